//! The first answer to an interaction: which kinds are allowed, once, and within the deadline.

use serde_json::{Map, Value, json};

use super::super::happen::{self, Posting};
use super::super::ids::Snowflake;
use super::super::interactions::{AUTOCOMPLETE, COMMAND, COMPONENT, FORM};
use super::super::json::{self, EPHEMERAL, LOADING};
use super::super::refused::{FormErrors, Refused};
use super::super::shape::message::{Draft, Purpose, check};
use super::super::shape::{given, modal, needed, objects};
use super::super::state::{Interaction, InteractionState, OpenForm, World};
use super::{Call, Outcome, messages, nothing, ok};

const MESSAGE: u8 = 4;
const DEFERRED_MESSAGE: u8 = 5;
const DEFERRED_UPDATE: u8 = 6;
const UPDATE: u8 = 7;
const SUGGESTIONS: u8 = 8;
const OPEN_FORM: u8 = 9;

/// `POST /interactions/{id}/{token}/callback`.
pub fn answer(call: &mut Call<'_>, id: &str, token: &str) -> Outcome {
    let unknown = || Refused::new(404, 10062, "Unknown interaction");
    let id: Snowflake = id.parse().map_err(|_| unknown())?;
    let interaction = call.world.interactions.get(&id).filter(|it| it.token == token).ok_or_else(unknown)?;
    match interaction.state {
        InteractionState::Sent => {}
        InteractionState::Missed => return Err(unknown()),
        InteractionState::Answered(_) | InteractionState::Deferred => {
            return Err(Refused::new(400, 40060, "Interaction has already been acknowledged."));
        }
    }
    let body = call.body.object()?;
    let kind = given(&body, "type").and_then(Value::as_u64).and_then(|kind| u8::try_from(kind).ok()).unwrap_or(0);
    let legal = legal(interaction);
    if !legal.contains(&kind) {
        let list = legal.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
        return Err(Refused::form("type", "BASE_TYPE_CHOICES", &format!("Value must be one of {{{list}}}.")));
    }
    let data = given(&body, "data").and_then(Value::as_object).cloned().unwrap_or_default();
    let message = carry_out(call, id, kind, &data)?;
    let world = &mut *call.world;
    if let Some(interaction) = world.interactions.get_mut(&id) {
        let deferred = kind == DEFERRED_MESSAGE;
        interaction.state = if deferred { InteractionState::Deferred } else { InteractionState::Answered(kind) };
        interaction.original = message;
    }
    if !matches!(kind, DEFERRED_MESSAGE | DEFERRED_UPDATE) {
        world.answers.shown(id);
    }
    world.touch();
    if call.query.get("with_response").is_some_and(|it| it == "true" || it == "1") {
        return ok(response(world, id, kind, message));
    }
    nothing()
}

/// The callback types this interaction may be answered with.
fn legal(interaction: &Interaction) -> &'static [u8] {
    match (interaction.kind, interaction.message.is_some()) {
        (COMMAND, _) => &[MESSAGE, DEFERRED_MESSAGE, OPEN_FORM],
        (COMPONENT, _) => &[MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, OPEN_FORM],
        (AUTOCOMPLETE, _) => &[SUGGESTIONS],
        // A form that came from a button may update the message of the button.
        (FORM, true) => &[MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE],
        (FORM, false) => &[MESSAGE, DEFERRED_MESSAGE],
        _ => &[1],
    }
}

/// Does what the callback says and returns the message that `@original` means from now on.
fn carry_out(
    call: &mut Call<'_>,
    id: Snowflake,
    kind: u8,
    data: &Map<String, Value>,
) -> Result<Option<Snowflake>, Refused> {
    let Some(interaction) = call.world.interactions.get(&id) else { return Ok(None) };
    let (by, channel, source, origin) =
        (interaction.by, interaction.channel, interaction.message, interaction.origin.clone());
    match kind {
        MESSAGE => {
            let draft = check(data, Purpose { interaction: true, v2: false, path: "data" })?;
            if draft.is_empty(call.body.files.len()) {
                return Err(Refused::new(400, 50006, "Cannot send an empty message"));
            }
            Ok(Some(respond(call, id, &draft)))
        }
        DEFERRED_MESSAGE => {
            // Only the ephemeral flag counts in a deferral.
            let flags = given(data, "flags").and_then(Value::as_u64).unwrap_or(0) & EPHEMERAL;
            let mut draft = check(&Map::new(), Purpose { interaction: true, v2: false, path: "data" })?;
            draft.flags = Some(flags | LOADING);
            Ok(Some(respond(call, id, &draft)))
        }
        DEFERRED_UPDATE => Ok(source),
        UPDATE => {
            let Some(source) = source else { return Ok(None) };
            let before = call.world.message(channel, source).ok_or_else(Refused::unknown_message)?;
            let v2 = before.flags & json::COMPONENTS_V2 != 0;
            let draft = check(data, Purpose { interaction: true, v2, path: "data" })?;
            messages::would_stand(before, &draft, call.body.files.len())?;
            happen::edit(call.world, channel, source, &draft, &call.body.files, true);
            Ok(Some(source))
        }
        SUGGESTIONS => {
            let choices = suggestions(data)?;
            if let Some(interaction) = call.world.interactions.get_mut(&id) {
                interaction.suggested = Some(choices);
            }
            Ok(None)
        }
        _ => {
            let body = modal::check(data)?;
            let form = OpenForm { body, channel, message: source, origin, errors: Default::default() };
            call.world.forms.insert(by, form);
            Ok(source)
        }
    }
}

/// Posts the answer to an interaction.
fn respond(call: &mut Call<'_>, id: Snowflake, draft: &Draft) -> Snowflake {
    post(call.world, id, draft, &call.body.files)
}

/// Posts a message on behalf of an interaction: its answer or a follow-up.
pub fn post(
    world: &mut World,
    id: Snowflake,
    draft: &Draft,
    files: &[super::super::shape::message::Upload],
) -> Snowflake {
    let Some(interaction) = world.interactions.get(&id) else { return id };
    let only_for = draft.flags.is_some_and(|flags| flags & EPHEMERAL != 0).then_some(interaction.by);
    let posting = Posting {
        channel: interaction.channel,
        author: world.bot,
        kind: if interaction.kind == COMMAND { 20 } else { 0 },
        flags: 0,
        origin: Some(interaction.origin.clone()),
        only_for,
    };
    happen::post(world, draft, files, posting)
}

fn suggestions(data: &Map<String, Value>) -> Result<Vec<Value>, Refused> {
    let mut form = FormErrors::default();
    let list = objects(data.get("choices"), "data.choices", &mut form);
    form.items("data.choices", list.len(), 0, 25);
    for (index, choice) in list.iter().enumerate() {
        let path = format!("data.choices.{index}");
        needed(choice, "name", (1, 100), &path, &mut form);
        if let Some(Value::String(text)) = choice.get("value") {
            form.length(&format!("{path}.value"), text, 1, 100);
        }
    }
    let choices = list.into_iter().cloned().map(Value::Object).collect();
    form.or(choices)
}

/// What `with_response` answers.
fn response(world: &World, id: Snowflake, kind: u8, message: Option<Snowflake>) -> Value {
    let Some(interaction) = world.interactions.get(&id) else { return Value::Null };
    let found = message.and_then(|message| world.message(interaction.channel, message));
    let mut answer = json!({"interaction": {
        "id": id, "type": interaction.kind, "channel_id": interaction.channel, "guild_id": world.guild.id,
        "response_message_loading": kind == DEFERRED_MESSAGE,
        "response_message_ephemeral": found.is_some_and(|message| message.only_for.is_some()),
    }});
    if let Some(found) = found.filter(|_| kind != OPEN_FORM) {
        answer["interaction"]["response_message_id"] = json!(found.id);
        // Deferrals have no resource: the message is not there yet, or not changed yet.
        if matches!(kind, MESSAGE | UPDATE) {
            answer["resource"] = json!({"type": kind, "message": json::message(world, found)});
        }
    }
    answer
}
