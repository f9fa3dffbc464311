//! Channels: making, reading, changing and deleting them.

use serde_json::{Map, Value};

use super::super::happen;
use super::super::ids::Snowflake;
use super::super::json;
use super::super::permissions::{self, MANAGE_CHANNELS, MANAGE_ROLES, SEND_MESSAGES, VIEW_CHANNEL};
use super::super::refused::{FormErrors, Refused};
use super::super::shape::{given, needed, number, text};
use super::super::state::{Channel, ChannelKind, World};
use super::{Call, Outcome, created, nothing, ok, overwrites, threads};

/// Channels a server may have, threads not counted.
const MOST_CHANNELS: usize = 500;
/// Channels a category may have.
const MOST_IN_CATEGORY: usize = 50;

/// The rights of the bot in a channel, if it holds all of `needed`.
///
/// # Errors
/// 10003 unknown, 50001 if it may not even look, 50013 if it lacks something else.
pub fn require(world: &World, id: Snowflake, needed: u64) -> Result<u64, Refused> {
    let rights = permissions::in_channel(world, world.bot, world.channel(id)?);
    if rights & VIEW_CHANNEL == 0 {
        return Err(Refused::missing_access());
    }
    if rights & needed == needed { Ok(rights) } else { Err(Refused::missing_permissions()) }
}

/// Reads a channel id out of a path.
pub fn id(text: &str) -> Result<Snowflake, Refused> {
    text.parse().map_err(|_| Refused::unknown_channel())
}

/// `/channels/{id}` and below, messages excepted.
pub fn route(call: &mut Call<'_>, method: &str, channel: &str, rest: &[&str]) -> Option<Outcome> {
    let channel = match id(channel) {
        Ok(id) => id,
        Err(refused) => return Some(Err(refused)),
    };
    match (method, rest) {
        ("GET", []) => Some(
            require(call.world, channel, 0).and_then(|_| ok(json::channel(call.world, call.world.channel(channel)?))),
        ),
        ("PATCH", []) => Some(change(call, channel)),
        ("DELETE", []) => Some(delete(call, channel)),
        ("PUT" | "DELETE", ["permissions", target]) => Some(overwrites::change(call, channel, target, method == "PUT")),
        ("POST", ["typing"]) => Some(require(call.world, channel, SEND_MESSAGES).and_then(|_| nothing())),
        (_, ["pins", ..]) => super::messages::old_pins(call, method, channel, rest),
        (_, ["threads" | "thread-members" | "users", ..]) => threads::route(call, method, channel, rest),
        _ => None,
    }
}

/// What a body says of a channel, checked.
fn check(body: &Map<String, Value>, new: bool) -> Result<(), Refused> {
    let mut form = FormErrors::default();
    if new || body.contains_key("name") {
        needed(body, "name", (1, 100), "", &mut form);
    }
    text(body, "topic", (0, 1024), "", &mut form);
    number(body, "rate_limit_per_user", (0, 21_600), "", &mut form);
    number(body, "position", (0, i64::from(i32::MAX)), "", &mut form);
    form.or(())
}

/// A text channel's name as Discord keeps it: lower case, dashes for spaces.
fn kept_name(kind: ChannelKind, name: &str) -> String {
    if !matches!(kind, ChannelKind::Text | ChannelKind::News) {
        return name.trim().to_owned();
    }
    let unwanted = |character: char| character.is_ascii_punctuation() && !"-_".contains(character);
    let mut kept = String::new();
    for character in name.trim().to_lowercase().chars().filter(|it| !unwanted(*it)) {
        let character = if character.is_whitespace() { '-' } else { character };
        if character != '-' || !kept.ends_with('-') {
            kept.push(character);
        }
    }
    kept
}

/// The category a body names, if there is room in it.
fn parent(world: &World, body: &Map<String, Value>, moving: Option<Snowflake>) -> Result<Option<Snowflake>, Refused> {
    let Some(value) = given(body, "parent_id") else { return Ok(None) };
    let category =
        Snowflake::of(value).and_then(|id| world.channels.get(&id)).filter(|it| it.kind == ChannelKind::Category);
    let Some(category) = category else {
        return Err(Refused::form("parent_id", "CHANNEL_PARENT_INVALID_TYPE", "Not a category"));
    };
    let inside = world.channels.values().filter(|it| it.parent == Some(category.id) && Some(it.id) != moving).count();
    if inside >= MOST_IN_CATEGORY {
        return Err(Refused::form(
            "parent_id",
            "CHANNEL_PARENT_MAX_CHANNELS",
            "Maximum number of channels in category reached (50)",
        ));
    }
    Ok(Some(category.id))
}

/// `POST /guilds/{id}/channels`.
pub fn create(call: &mut Call<'_>) -> Outcome {
    let world = &mut *call.world;
    let mine = permissions::in_guild(world, world.bot);
    if mine & MANAGE_CHANNELS == 0 {
        return Err(Refused::missing_permissions());
    }
    let body = call.body.object()?;
    check(&body, true)?;
    let code = given(&body, "type").and_then(Value::as_u64).unwrap_or(0);
    let Some(kind) = ChannelKind::of_new_channel(code) else {
        return Err(Refused::form("type", "BASE_TYPE_CHOICES", "Value must be one of {0, 2, 4, 5}."));
    };
    let parent = parent(world, &body, None)?;
    let mut overwrites = overwrites::read(world, &body, &[])?;
    if let Some(category) = parent.filter(|_| given(&body, "permission_overwrites").is_none()) {
        overwrites = world.channel(category)?.overwrites.clone();
    }
    let count = world.channels.values().filter(|it| it.thread.is_none() && it.kind != ChannelKind::Direct).count();
    if count >= MOST_CHANNELS {
        return Err(Refused::new(400, 30013, "Maximum number of guild channels reached (500)"));
    }
    let id = world.ids.next();
    let name = kept_name(kind, given(&body, "name").and_then(Value::as_str).unwrap_or_default());
    let mut channel = Channel { parent, overwrites, ..happen::new_channel(id, kind, &name) };
    channel.position = i64::try_from(count).unwrap_or(0);
    apply(&mut channel, &body);
    world.channels.insert(id, channel);
    happen::tell_channel(world, "CREATE", id);
    created(json::channel(world, world.channel(id)?))
}

/// The simple members of a channel's body.
fn apply(channel: &mut Channel, body: &Map<String, Value>) {
    if let Some(topic) = body.get("topic") {
        channel.topic = topic.as_str().filter(|topic| !topic.is_empty()).map(str::to_owned);
    }
    if let Some(seconds) = given(body, "rate_limit_per_user").and_then(Value::as_u64) {
        channel.slow_seconds = seconds;
    }
    if let Some(position) = given(body, "position").and_then(Value::as_i64) {
        channel.position = position;
    }
    if let Some(nsfw) = given(body, "nsfw").and_then(Value::as_bool) {
        channel.nsfw = nsfw;
    }
}

fn change(call: &mut Call<'_>, id: Snowflake) -> Outcome {
    let channel = call.world.channel(id)?;
    let (kind, is_thread, before) = (channel.kind, channel.thread.is_some(), channel.overwrites.clone());
    if kind == ChannelKind::Direct {
        return Err(Refused::new(403, 50003, "Cannot execute action on a DM channel"));
    }
    if is_thread {
        return threads::change(call, id);
    }
    let world = &mut *call.world;
    require(world, id, MANAGE_CHANNELS)?;
    let body = call.body.object()?;
    check(&body, false)?;
    let new = if body.contains_key("permission_overwrites") {
        require(world, id, MANAGE_ROLES)?;
        Some(overwrites::read(world, &body, &before)?)
    } else {
        None
    };
    let parent = if body.contains_key("parent_id") { Some(parent(world, &body, Some(id))?) } else { None };
    if body.contains_key("name") || body.contains_key("topic") {
        let now = world.now_ms();
        let limit = world.limits.sizes.channel_rename;
        world.limits.take_hidden(&format!("rename {id}"), limit, now)?;
    }
    if let Some(channel) = world.channels.get_mut(&id) {
        apply(channel, &body);
        if let Some(name) = given(&body, "name").and_then(Value::as_str) {
            channel.name = kept_name(kind, name);
        }
        if let Some(new) = new {
            channel.overwrites = new;
        }
        if let Some(parent) = parent {
            channel.parent = parent;
        }
    }
    happen::tell_channel(world, "UPDATE", id);
    ok(json::channel(world, world.channel(id)?))
}

fn delete(call: &mut Call<'_>, id: Snowflake) -> Outcome {
    let world = &mut *call.world;
    let channel = world.channel(id)?;
    let answer = json::channel(world, channel);
    if channel.kind == ChannelKind::Direct {
        // Closing a direct message only hides it.
        return ok(answer);
    }
    let needed = if channel.thread.is_some() { permissions::MANAGE_THREADS } else { MANAGE_CHANNELS };
    require(world, id, needed)?;
    happen::remove_channel(world, id);
    ok(answer)
}
