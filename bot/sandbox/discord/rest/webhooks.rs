//! What may follow the first answer: follow-ups, and changes of the answer, while the token lives.

use serde_json::Value;

use super::super::happen;
use super::super::ids::Snowflake;
use super::super::interactions::TOKEN_MS;
use super::super::json::{self, EPHEMERAL, LOADING};
use super::super::refused::Refused;
use super::super::shape::message::{Purpose, check};
use super::super::state::{InteractionState, World};
use super::{Call, Outcome, callback, messages, nothing, ok};

/// `/webhooks/{application}/{token}` and below.
pub fn route(call: &mut Call<'_>, method: &str, application: &str, token: &str, rest: &[&str]) -> Option<Outcome> {
    let known = matches!((method, rest), ("POST", []) | ("GET" | "PATCH" | "DELETE", ["messages", _]));
    if !known {
        return None;
    }
    let id = match holder(call.world, application, token) {
        Ok(id) => id,
        Err(refused) => return Some(Err(refused)),
    };
    Some(match rest {
        [_, message] => at_message(call, method, id, message),
        _ => follow_up(call, id),
    })
}

/// The interaction a token belongs to.
fn holder(world: &World, application: &str, token: &str) -> Result<Snowflake, Refused> {
    let unknown = || Refused::new(404, 10015, "Unknown Webhook");
    if application.parse() != Ok(world.application) {
        return Err(unknown());
    }
    let interaction = world.interactions.values().rev().find(|it| it.token == token);
    let interaction = interaction.ok_or_else(|| Refused::new(401, 50027, "Invalid Webhook Token"))?;
    if world.now_ms() - interaction.created_ms >= TOKEN_MS {
        return Err(Refused::new(401, 50027, "Invalid Webhook Token"));
    }
    match interaction.state {
        InteractionState::Sent | InteractionState::Missed => Err(unknown()),
        InteractionState::Answered(_) | InteractionState::Deferred => Ok(interaction.id),
    }
}

fn follow_up(call: &mut Call<'_>, id: Snowflake) -> Outcome {
    let body = call.body.object()?;
    let deferred = call.world.interactions.get(&id).filter(|it| it.state == InteractionState::Deferred);
    if let Some(original) = deferred.and_then(|it| it.original) {
        // Right after a deferral a follow-up works as an edit of the answer; its ephemeral flag is ignored.
        return change(call, id, original);
    }
    let mut draft = check(&body, Purpose { interaction: true, v2: false, path: "" })?;
    if draft.is_empty(call.body.files.len()) {
        return Err(Refused::new(400, 50006, "Cannot send an empty message"));
    }
    draft.nonce = None;
    let message = callback::post(call.world, id, &draft, &call.body.files);
    call.world.answers.shown(id);
    let channel = channel_of(call.world, id)?;
    ok(json::message(call.world, call.world.message(channel, message).ok_or_else(Refused::unknown_message)?))
}

fn channel_of(world: &World, id: Snowflake) -> Result<Snowflake, Refused> {
    world.interactions.get(&id).map(|it| it.channel).ok_or_else(Refused::unknown_channel)
}

fn at_message(call: &mut Call<'_>, method: &str, id: Snowflake, which: &str) -> Outcome {
    let channel = channel_of(call.world, id)?;
    let original = call.world.interactions.get(&id).and_then(|it| it.original);
    let message = if which == "@original" { original } else { which.parse().ok() };
    let world = &*call.world;
    // A token reaches the messages of its interaction, not others of the app.
    let own = |message: &super::super::state::Message| {
        let by_token = message.origin.as_ref().is_some_and(|origin| origin["id"] == id.to_string());
        by_token || Some(message.id) == original
    };
    let found = message.and_then(|message| world.message(channel, message)).filter(|message| own(message));
    let message = found.ok_or_else(Refused::unknown_message)?;
    match method {
        "GET" => ok(json::message(world, message)),
        "PATCH" => {
            let message = message.id;
            change(call, id, message)
        }
        _ => {
            let message = message.id;
            settle(call.world, id, message);
            happen::remove_message(call.world, channel, message);
            nothing()
        }
    }
}

/// Whatever happens to the awaited answer, it is awaited no longer.
fn settle(world: &mut World, id: Snowflake, message: Snowflake) {
    if let Some(interaction) = world.interactions.get_mut(&id)
        && interaction.original == Some(message)
        && interaction.state == InteractionState::Deferred
    {
        interaction.state = InteractionState::Answered(5);
    }
}

fn change(call: &mut Call<'_>, id: Snowflake, message: Snowflake) -> Outcome {
    let channel = channel_of(call.world, id)?;
    let mut body = call.body.object()?;
    let before = call.world.message(channel, message).ok_or_else(Refused::unknown_message)?;
    if let Some(flags) = body.get("flags").and_then(Value::as_u64) {
        body.insert("flags".into(), (flags & !EPHEMERAL).into());
    }
    let v2 = before.flags & json::COMPONENTS_V2 != 0;
    let draft = check(&body, Purpose { interaction: true, v2, path: "" })?;
    messages::would_stand(before, &draft, call.body.files.len())?;
    debug_assert!(draft.flags.unwrap_or(0) & LOADING == 0, "bots cannot set the loading flag");
    happen::edit(call.world, channel, message, &draft, &call.body.files, true);
    settle(call.world, id, message);
    call.world.answers.shown(id);
    ok(json::message(call.world, call.world.message(channel, message).ok_or_else(Refused::unknown_message)?))
}
