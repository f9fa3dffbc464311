//! Ordinary messages: posting, reading, editing, deleting, pinning.

use serde_json::{Value, json};

use super::super::happen::{self, Posting};
use super::super::ids::{Snowflake, iso};
use super::super::json;
use super::super::permissions::{
    ATTACH_FILES, EMBED_LINKS, MANAGE_MESSAGES, PIN_MESSAGES, READ_MESSAGE_HISTORY, SEND_MESSAGES,
};
use super::super::refused::Refused;
use super::super::shape::message::{Draft, Purpose, check};
use super::super::state::{ChannelKind, Message, Nonce, World};
use super::channels::{id, require};
use super::{Call, Outcome, nothing, ok, reactions};

/// How long an enforced nonce is remembered, in world time.
const NONCE_MS: i64 = 5 * 60 * 1000;
/// Messages that may be pinned in a channel.
const MOST_PINS: usize = 250;

/// `/channels/{id}/messages` and below.
pub fn route(call: &mut Call<'_>, method: &str, channel: &str, rest: &[&str]) -> Option<Outcome> {
    let channel = match id(channel) {
        Ok(id) => id,
        Err(refused) => return Some(Err(refused)),
    };
    match (method, rest) {
        ("POST", []) => Some(post(call, channel)),
        ("GET", []) => Some(list(call, channel)),
        ("POST", ["bulk-delete"]) => Some(bulk_delete(call, channel)),
        ("GET", ["pins"]) => Some(pins(call, channel)),
        ("PUT" | "DELETE", ["pins", message]) => Some(pin(call, channel, message, method == "PUT")),
        ("GET", [message]) => Some(one(call, channel, message)),
        ("PATCH", [message]) => Some(edit(call, channel, message)),
        ("DELETE", [message]) => Some(delete(call, channel, message)),
        (_, [message, "reactions", rest @ ..]) => reactions::route(call, method, channel, message, rest),
        _ => None,
    }
}

/// The older addresses of pins.
pub fn old_pins(call: &mut Call<'_>, method: &str, channel: Snowflake, rest: &[&str]) -> Option<Outcome> {
    match (method, rest) {
        ("GET", ["pins"]) => {
            let list = pins(call, channel).map(|mut answer| {
                let items = answer.body["items"].take();
                answer.body = items.as_array().into_iter().flatten().map(|item| item["message"].clone()).collect();
                answer
            });
            Some(list)
        }
        ("PUT" | "DELETE", ["pins", message]) => Some(pin(call, channel, message, method == "PUT")),
        _ => None,
    }
}

/// A message that REST may speak of: ephemeral ones are not among them.
pub fn find<'a>(world: &'a World, channel: Snowflake, text: &str) -> Result<&'a Message, Refused> {
    let message = text.parse().ok().and_then(|id| world.message(channel, id));
    message.filter(|message| message.only_for.is_none()).ok_or_else(Refused::unknown_message)
}

/// Whether the bot may post this here.
fn may_post(world: &World, channel: Snowflake, draft: &Draft, files: usize) -> Result<(), Refused> {
    let place = world.channel(channel)?;
    if place.kind == ChannelKind::Direct {
        return may_write_to(world, place.recipients.first().copied());
    }
    if !place.kind.holds_messages() {
        return Err(Refused::new(400, 50008, "Cannot send messages in a non-text channel"));
    }
    let mut needed = SEND_MESSAGES;
    if files > 0 {
        needed |= ATTACH_FILES;
    }
    if draft.embeds.as_deref().is_some_and(|embeds| !embeds.is_empty()) {
        needed |= EMBED_LINKS;
    }
    require(world, channel, needed)?;
    let locked = place.thread.as_ref().is_some_and(|thread| thread.archived && thread.locked);
    if locked { Err(Refused::new(400, 50083, "Thread is archived")) } else { Ok(()) }
}

/// Direct messages reach present people who take them.
fn may_write_to(world: &World, who: Option<Snowflake>) -> Result<(), Refused> {
    let person = who.and_then(|id| world.members.get(&id)).ok_or_else(Refused::unknown_channel)?;
    if !person.present {
        return Err(Refused::new(403, 50278, "Cannot send messages to this user due to having no mutual guilds"));
    }
    if person.dms_closed {
        return Err(Refused::new(403, 50007, "Cannot send messages to this user"));
    }
    Ok(())
}

fn post(call: &mut Call<'_>, channel: Snowflake) -> Outcome {
    let body = call.body.object()?;
    let draft = check(&body, Purpose { interaction: false, v2: false, path: "" })?;
    let world = &mut *call.world;
    may_post(world, channel, &draft, call.body.files.len())?;
    if draft.is_empty(call.body.files.len()) {
        return Err(Refused::new(400, 50006, "Cannot send an empty message"));
    }
    let now = world.now_ms();
    world.nonces.retain(|it| it.at_ms <= now && now - it.at_ms < NONCE_MS);
    let nonce = draft.nonce.as_ref().map(|nonce| nonce.as_str().map_or_else(|| nonce.to_string(), str::to_owned));
    if draft.enforce_nonce
        && let Some(known) = world.nonces.iter().find(|it| it.author == world.bot && Some(&it.nonce) == nonce.as_ref())
    {
        let current = world.message(known.message.channel, known.message.id).unwrap_or(&known.message);
        return ok(json::message(world, current));
    }
    if let Some(to) = draft.reply_to.filter(|_| draft.reply_must_exist)
        && world.message(channel, to).is_none()
    {
        return Err(Refused::form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"));
    }
    unarchive(world, channel);
    let posting = Posting { channel, author: world.bot, kind: 0, flags: 0, origin: None, only_for: None };
    let id = happen::post(world, &draft, &call.body.files, posting);
    let message = world.message(channel, id).ok_or_else(Refused::unknown_message)?.clone();
    let answer = json::message(world, &message);
    if let Some(nonce) = nonce {
        world.nonces.push(Nonce { author: world.bot, nonce, at_ms: now, message });
    }
    ok(answer)
}

/// Writing in an archived thread opens it again.
pub fn unarchive(world: &mut World, id: Snowflake) {
    let thread = world.channels.get_mut(&id).and_then(|channel| channel.thread.as_mut());
    if let Some(thread) = thread.filter(|thread| thread.archived) {
        thread.archived = false;
        happen::tell_channel(world, "UPDATE", id);
    }
}

fn list(call: &mut Call<'_>, channel: Snowflake) -> Outcome {
    let world = &*call.world;
    let rights = require(world, channel, 0)?;
    let most = match call.query.get("limit").map(|text| text.parse::<usize>()) {
        None => 50,
        Some(Ok(limit)) if (1..=100).contains(&limit) => limit,
        Some(_) => {
            return Err(Refused::form("limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 100."));
        }
    };
    if rights & READ_MESSAGE_HISTORY == 0 {
        return ok(json!([]));
    }
    let mark = |key: &str| call.query.get(key).and_then(|text| text.parse::<Snowflake>().ok());
    let mut all: Vec<&Message> = world.channel(channel)?.messages.iter().filter(|it| it.only_for.is_none()).collect();
    all.sort_by_key(|it| it.id);
    let window: Vec<&Message> = if let Some(around) = mark("around") {
        let middle = all.partition_point(|it| it.id < around);
        all.into_iter().skip(middle.saturating_sub(most / 2)).take(most).collect()
    } else if let Some(after) = mark("after") {
        all.into_iter().filter(|it| it.id > after).take(most).collect()
    } else {
        let before = mark("before").unwrap_or(Snowflake(u64::MAX));
        let older: Vec<&Message> = all.into_iter().filter(|it| it.id < before).collect();
        older[older.len().saturating_sub(most)..].to_vec()
    };
    ok(window.iter().rev().map(|it| json::message(world, it)).collect())
}

fn one(call: &mut Call<'_>, channel: Snowflake, message: &str) -> Outcome {
    require(call.world, channel, READ_MESSAGE_HISTORY)?;
    ok(json::message(call.world, find(call.world, channel, message)?))
}

fn edit(call: &mut Call<'_>, channel: Snowflake, message: &str) -> Outcome {
    let world = &mut *call.world;
    require(world, channel, 0)?;
    let found = find(world, channel, message)?;
    let (id, v2) = (found.id, found.flags & json::COMPONENTS_V2 != 0);
    if found.author != world.bot {
        return Err(Refused::new(403, 50005, "Cannot edit a message authored by another user"));
    }
    let body = call.body.object()?;
    let draft = check(&body, Purpose { interaction: false, v2, path: "" })?;
    would_stand(found, &draft, call.body.files.len())?;
    happen::edit(world, channel, id, &draft, &call.body.files, false);
    ok(json::message(world, find(world, channel, message)?))
}

/// An edit must leave something in the message, and nothing of the old kind in one that becomes Components V2.
pub fn would_stand(before: &Message, draft: &Draft, files: usize) -> Result<(), Refused> {
    let content = draft.content.as_ref().unwrap_or(&before.content);
    let embeds = draft.embeds.as_ref().unwrap_or(&before.embeds);
    let components = draft.components.as_ref().unwrap_or(&before.components);
    let kept = draft.attachments.as_ref().map_or(before.attachments.len(), Vec::len);
    let v2 = draft.flags.is_some_and(|flags| flags & json::COMPONENTS_V2 != 0);
    if v2 && (!content.is_empty() || !embeds.is_empty()) {
        let field = if content.is_empty() { "embeds" } else { "content" };
        return Err(Refused::form(
            field,
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            &format!("The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"),
        ));
    }
    let empty = content.is_empty() && embeds.is_empty() && components.is_empty() && kept + files == 0;
    if empty { Err(Refused::new(400, 50006, "Cannot send an empty message")) } else { Ok(()) }
}

fn delete(call: &mut Call<'_>, channel: Snowflake, message: &str) -> Outcome {
    let world = &mut *call.world;
    require(world, channel, 0)?;
    let found = find(world, channel, message)?;
    let (id, own) = (found.id, found.author == world.bot);
    if !own {
        if world.channel(channel)?.kind == ChannelKind::Direct {
            return Err(Refused::new(403, 50003, "Cannot execute action on a DM channel"));
        }
        require(world, channel, MANAGE_MESSAGES)?;
    }
    happen::remove_message(world, channel, id);
    nothing()
}

fn bulk_delete(call: &mut Call<'_>, channel: Snowflake) -> Outcome {
    let world = &mut *call.world;
    require(world, channel, MANAGE_MESSAGES)?;
    let body = call.body.object()?;
    let ids: Vec<Snowflake> =
        body.get("messages").and_then(Value::as_array).into_iter().flatten().filter_map(Snowflake::of).collect();
    if !(2..=100).contains(&ids.len()) {
        return Err(Refused::form("messages", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length."));
    }
    for id in ids {
        happen::remove_message(world, channel, id);
    }
    nothing()
}

fn pins(call: &mut Call<'_>, channel: Snowflake) -> Outcome {
    let world = &*call.world;
    require(world, channel, READ_MESSAGE_HISTORY)?;
    let mut pinned: Vec<(i64, &Message)> =
        world.channel(channel)?.messages.iter().filter_map(|it| Some((it.pinned?, it))).collect();
    pinned.sort_by_key(|(at, message)| std::cmp::Reverse((*at, message.id)));
    let items: Vec<Value> =
        pinned.iter().map(|(at, it)| json!({"pinned_at": iso(*at), "message": json::message(world, it)})).collect();
    ok(json!({"items": items, "has_more": false}))
}

fn pin(call: &mut Call<'_>, channel: Snowflake, message: &str, put: bool) -> Outcome {
    let world = &mut *call.world;
    require(world, channel, PIN_MESSAGES)?;
    let found = find(world, channel, message)?;
    let (id, before) = (found.id, found.pinned.is_some());
    let count = world.channel(channel)?.messages.iter().filter(|it| it.pinned.is_some()).count();
    if put && !before && count >= MOST_PINS {
        return Err(Refused::new(400, 30003, "Maximum number of pins reached for the channel (250)"));
    }
    let now = world.now_ms();
    if let Some(message) = world.message_mut(channel, id) {
        message.pinned = put.then_some(now);
    }
    if let Some(place) = world.channels.get_mut(&channel).filter(|_| put) {
        place.last_pin_ms = Some(now);
    }
    if put && !before {
        announce_pin(world, channel, id);
    }
    let data = json!({"guild_id": world.guild.id, "channel_id": channel, "last_pin_timestamp": iso(now)});
    happen::tell(world, "CHANNEL_PINS_UPDATE", data, happen::GUILDS);
    nothing()
}

/// The notice that stands in the channel.
fn announce_pin(world: &mut World, channel: Snowflake, pinned: Snowflake) {
    let Ok(empty) = check(&serde_json::Map::new(), Purpose { interaction: false, v2: false, path: "" }) else { return };
    let posting = Posting { channel, author: world.bot, kind: 6, flags: 0, origin: None, only_for: None };
    let notice = happen::post(world, &empty, &[], posting);
    let guild = world.guild.id;
    if let Some(message) = world.message_mut(channel, notice) {
        message.reference = Some(json!({"type": 0, "channel_id": channel, "message_id": pinned, "guild_id": guild}));
    }
}
