//! Interactions: what a person's command, click or form becomes on the wire, and the deadlines of the answer.
//! What the answer does is carried out in `rest`.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use super::gateway::hub::Event;
use super::ids::Snowflake;
use super::json;
use super::permissions;
use super::state::{ChannelKind, Interaction, InteractionState, Message, Pings, World};

/// What a bot is told of an interaction.
const INTERACTION: &str = "INTERACTION_CREATE";

/// How long a token can be used, in world time.
pub const TOKEN_MS: i64 = 15 * 60 * 1000;
/// The largest file a person or the bot may attach.
pub const ATTACHMENT_LIMIT: u32 = 10 * 1024 * 1024;
/// What the client says when the app did not answer in time.
pub const NO_ANSWER: &str = "The application did not respond";

pub const COMMAND: u8 = 2;
pub const COMPONENT: u8 = 3;
pub const AUTOCOMPLETE: u8 = 4;
pub const FORM: u8 = 5;

/// A person's doing on its way to the bot.
pub struct Doing {
    pub kind: u8,
    pub by: Snowflake,
    pub channel: Snowflake,
    pub message: Option<Snowflake>,
    pub data: Value,
    /// Metadata of the interaction that opened the form.
    pub opened_by: Option<Value>,
}

/// Makes the interaction and sends it. Without any bot to hear it the person sees the failure at once.
pub fn send(world: &mut World, doing: Doing, twice: bool) -> Option<Snowflake> {
    if !world.hub.reachable() {
        if doing.kind != AUTOCOMPLETE {
            fail(world, doing.by, doing.channel);
        }
        return None;
    }
    let now = world.now_ms();
    // Twice the life of a token: late requests still get the refusal that fits.
    while world.interactions.first_key_value().is_some_and(|(_, it)| (now - it.created_ms).abs() >= 2 * TOKEN_MS) {
        world.interactions.pop_first();
    }
    let id = world.ids.next();
    let token = format!("aW50ZXJhY3Rpb24{:x}{:016x}", id.0, id.0.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let payload = payload(world, id, &token, &doing);
    let origin = origin(world, id, &doing);
    world.interactions.insert(
        id,
        Interaction {
            id,
            token,
            kind: doing.kind,
            by: doing.by,
            channel: doing.channel,
            message: doing.message,
            created_ms: world.now_ms(),
            state: InteractionState::Sent,
            original: None,
            origin,
            suggested: None,
        },
    );
    for _ in 0..if twice { 2 } else { 1 } {
        world.hub.dispatch(&Event {
            name: INTERACTION.to_owned(),
            data: payload.clone(),
            intents: 0,
            without_content: None,
        });
    }
    world.last_interaction = Some(payload);
    world.touch();
    Some(id)
}

/// Sends the newest interaction once more, and asks whether it was heard; `false` if there was none.
pub fn send_again(world: &mut World) -> bool {
    let Some(payload) = world.last_interaction.clone() else { return false };
    world.hub.dispatch(&Event { name: INTERACTION.to_owned(), data: payload, intents: 0, without_content: None });
    world.hub.ask_for_echoes();
    true
}

/// Waits out the deadline; then the token is void and the person is told.
pub fn watch_deadline(world: Arc<Mutex<World>>, id: Snowflake, deadline: Duration) {
    tokio::spawn(async move {
        // Real time on purpose: the person in front of the client waits in real time.
        let _ = tokio::time::timeout(deadline, std::future::pending::<()>()).await;
        miss(&mut world.lock().unwrap_or_else(PoisonError::into_inner), id);
    });
}

/// Ends the wait for the answer to every interaction that has none, and for what was promised for later.
pub fn miss_all(world: &mut World) {
    let open = world.interactions.iter().filter(|(_, it)| it.state == InteractionState::Sent);
    for id in open.map(|(id, _)| *id).collect::<Vec<_>>() {
        miss(world, id);
    }
    for interaction in world.interactions.values_mut().filter(|it| it.state == InteractionState::Deferred) {
        interaction.state = InteractionState::Missed;
    }
}

fn miss(world: &mut World, id: Snowflake) {
    let Some(interaction) = world.interactions.get_mut(&id).filter(|it| it.state == InteractionState::Sent) else {
        return;
    };
    interaction.state = InteractionState::Missed;
    let (kind, by, channel) = (interaction.kind, interaction.by, interaction.channel);
    if kind == AUTOCOMPLETE {
        world.touch();
    } else {
        fail(world, by, channel);
    }
}

/// Puts the client's notice in front of the person.
fn fail(world: &mut World, by: Snowflake, channel: Snowflake) {
    let id = world.ids.next();
    let message = Message {
        id,
        channel,
        author: world.bot,
        kind: 0,
        content: NO_ANSWER.into(),
        embeds: Vec::new(),
        components: Vec::new(),
        attachments: Vec::new(),
        flags: json::EPHEMERAL,
        at_ms: world.now_ms(),
        edited_ms: None,
        pinned: None,
        pings: Pings::default(),
        nonce: None,
        reference: None,
        reactions: Vec::new(),
        origin: None,
        only_for: Some(by),
        failure: true,
    };
    if let Some(place) = world.channels.get_mut(&channel) {
        place.messages.push(message);
    }
    world.touch();
}

fn owners(world: &World) -> Value {
    json!({"0": world.guild.id})
}

fn origin(world: &World, id: Snowflake, doing: &Doing) -> Value {
    let user = json::user_of(world, doing.by);
    let mut origin =
        json!({"id": id, "type": doing.kind, "user": user, "authorizing_integration_owners": owners(world)});
    if doing.kind == COMPONENT {
        origin["interacted_message_id"] = json!(doing.message);
    }
    if doing.kind == FORM {
        origin["triggering_interaction_metadata"] = doing.opened_by.clone().unwrap_or(Value::Null);
    }
    origin
}

fn payload(world: &World, id: Snowflake, token: &str, doing: &Doing) -> Value {
    let channel = world.channels.get(&doing.channel);
    let direct = channel.is_some_and(|channel| channel.kind == ChannelKind::Direct);
    let rights = |who| channel.map_or(0, |channel| permissions::in_channel(world, who, channel)).to_string();
    let person = world.members.get(&doing.by);
    let mut payload = json!({
        "id": id, "application_id": world.application, "type": doing.kind, "token": token, "version": 1,
        "data": doing.data, "channel_id": doing.channel, "entitlements": [], "app_permissions": rights(world.bot),
        "locale": person.map_or("en-US", |person| person.locale.as_str()),
        "authorizing_integration_owners": owners(world), "context": u8::from(direct), "attachment_size_limit": ATTACHMENT_LIMIT,
    });
    if let Some(channel) = channel {
        payload["channel"] = json::channel(world, channel);
        payload["channel"]["permissions"] = rights(doing.by).into();
    }
    if direct {
        payload["user"] = json::user_of(world, doing.by);
    } else {
        payload["guild_id"] = world.guild.id.to_string().into();
        payload["guild"] = json!({"id": world.guild.id, "locale": "en-US", "features": []});
        payload["guild_locale"] = "en-US".into();
        if let Some(person) = person {
            payload["member"] = json::member(person);
            payload["member"]["permissions"] = rights(doing.by).into();
        }
    }
    if let Some(message) = doing.message.and_then(|id| world.message(doing.channel, id)) {
        payload["message"] = json::message(world, message);
    }
    payload
}
