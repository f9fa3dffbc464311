//! Methods that make and change conversations.

use serde_json::{Value, json};

use super::{Answer, Refused, known_channel, need_scope, no, visible_channel};
use crate::slack::args::Args;
use crate::slack::posting;
use crate::slack::shapes;
use crate::slack::state::{Kind, Words, World};

const LONGEST_NAME: usize = 80;
const LONGEST_TOPIC: usize = 250;
/// Besides the app.
const MOST_IN_GROUP: usize = 8;

/// Slack's rules for channel names.
fn check_name(name: &str) -> Result<(), Refused> {
    if name.is_empty() {
        return no("invalid_name_required");
    }
    if name.chars().count() > LONGEST_NAME {
        return no("invalid_name_maxlength");
    }
    let allowed = |c: char| (c.is_alphanumeric() && !c.is_uppercase()) || c == '-' || c == '_';
    if !name.chars().all(allowed) {
        return no("invalid_name_specials");
    }
    if !name.chars().any(char::is_alphanumeric) {
        return no("invalid_name_punctuation");
    }
    Ok(())
}

/// The id of a conversation the app is a member of and may change.
pub fn own_channel(world: &World, args: &Args) -> Result<String, Refused> {
    let channel = visible_channel(world, args)?;
    if channel.is_direct() {
        return no("method_not_supported_for_channel_type");
    }
    need_scope(world, &channel.kind, "write")?;
    if !channel.has(&world.app.user_id) {
        return no("not_in_channel");
    }
    Ok(channel.id.clone())
}

pub fn shape_of(world: &World, id: &str) -> Value {
    world.channel(id).map_or(Value::Null, |channel| shapes::channel(world, channel))
}

pub fn create(world: &mut World, args: &Args) -> Answer {
    let name = args.text("name").ok_or_else(|| Refused::missing("name"))?;
    let kind = if args.flag("is_private") { Kind::Private } else { Kind::Public };
    need_scope(world, &kind, "write")?;
    check_name(&name)?;
    if world.name_in_use(&name) {
        return no("name_taken");
    }
    let bot = world.app.user_id.clone();
    let id = world.new_channel(&name, kind.clone(), &bot);
    if let Some(channel) = world.channel_mut(&id) {
        channel.members.push(bot.clone());
    }
    let text = format!("<@{bot}> has joined the channel");
    posting::system_line(world, &id, &bot, "channel_join", text);
    let shape = shape_of(world, &id);
    if kind == Kind::Public {
        let ts = world.event_ts();
        world.emit("channel_created", json!({"type": "channel_created", "channel": shape, "event_ts": ts}));
    }
    Ok(json!({"channel": shape}))
}

pub fn rename(world: &mut World, args: &Args) -> Answer {
    let id = own_channel(world, args)?;
    let name = args.text("name").ok_or_else(|| Refused::missing("name"))?;
    let channel = known_channel(world, &id)?;
    if channel.archived {
        return no("is_archived");
    }
    if channel.creator != world.app.user_id || channel.general {
        return no("not_authorized");
    }
    check_name(&name)?;
    let (old, created, private) = (channel.name.clone(), channel.created_ms, channel.is_private());
    if old != name && world.name_in_use(&name) {
        return no("name_taken");
    }
    let now = world.now_ms();
    if let Some(channel) = world.channel_mut(&id)
        && old != name
    {
        channel.previous_names.insert(0, old);
        channel.name.clone_from(&name);
        channel.updated_ms = now;
    }
    let ts = world.event_ts();
    let kind = if private { "group_rename" } else { "channel_rename" };
    let about = json!({"id": id, "name": name, "name_normalized": name, "created": created.div_euclid(1000)});
    world.emit(kind, json!({"type": kind, "channel": about, "event_ts": ts}));
    Ok(json!({"channel": shape_of(world, &id)}))
}

pub fn archive(world: &mut World, args: &Args) -> Answer {
    let id = own_channel(world, args)?;
    let bot = world.app.user_id.clone();
    let channel = known_channel(world, &id)?;
    if channel.archived {
        return no("already_archived");
    }
    if channel.general {
        return no("cant_archive_general");
    }
    let kind = if channel.is_private() { "group_archive" } else { "channel_archive" };
    let text = format!("<@{bot}> archived the channel");
    posting::system_line(world, &id, &bot, "channel_archive", text);
    if let Some(channel) = world.channel_mut(&id) {
        channel.archived = true;
    }
    let ts = world.event_ts();
    world.emit(kind, json!({"type": kind, "channel": id, "user": bot, "is_moved": 0, "event_ts": ts}));
    Ok(json!({}))
}

/// Bot tokens cannot: only a person can bring a channel back.
pub fn unarchive(world: &mut World, args: &Args) -> Answer {
    let channel = visible_channel(world, args)?;
    if channel.archived { no("not_allowed_token_type") } else { no("not_archived") }
}

pub fn set_topic(world: &mut World, args: &Args) -> Answer {
    describe(world, args, "topic")
}

pub fn set_purpose(world: &mut World, args: &Args) -> Answer {
    describe(world, args, "purpose")
}

fn describe(world: &mut World, args: &Args, what: &str) -> Answer {
    let id = own_channel(world, args)?;
    let value = args.text(what).ok_or_else(|| Refused::missing(what))?;
    if value.chars().count() > LONGEST_TOPIC {
        return no("too_long");
    }
    let words = Words { value: value.clone(), creator: world.app.user_id.clone(), last_set: world.now_s() };
    let channel = world.channel_mut(&id).filter(|channel| !channel.archived);
    let channel = channel.ok_or_else(|| Refused::new("is_archived"))?;
    let subtype = if what == "topic" {
        channel.topic = words;
        "channel_topic"
    } else {
        channel.purpose = words;
        "channel_purpose"
    };
    let bot = world.app.user_id.clone();
    let text = format!("<@{bot}> set the channel {what}: {value}");
    posting::system_line(world, &id, &bot, subtype, text);
    Ok(json!({"channel": shape_of(world, &id), what: value}))
}

pub fn open(world: &mut World, args: &Args) -> Answer {
    let id = match (args.filled("channel"), args.list("users")) {
        (Some(channel), _) => known_channel(world, &channel)?.id.clone(),
        (None, Some(users)) if !users.is_empty() => open_with(world, users)?,
        _ => return no("users_list_not_supplied"),
    };
    let already = world.channel(&id).is_some_and(|channel| channel.open);
    if let Some(channel) = world.channel_mut(&id) {
        channel.open = true;
    }
    Ok(json!({"no_op": already, "already_open": already, "channel": shape_of(world, &id)}))
}

fn open_with(world: &mut World, users: Vec<String>) -> Result<String, Refused> {
    if users.len() > MOST_IN_GROUP {
        return no("too_many_users");
    }
    for user in &users {
        match world.person(user) {
            Some(person) if person.resident.present => {}
            Some(_) => return no("user_disabled"),
            None => return no("user_not_found"),
        }
    }
    if let [user] = users.as_slice() {
        need_scope(world, &Kind::Direct(user.clone()), "write")?;
        return world.direct_with(user).map(|channel| channel.id.clone()).ok_or_else(|| Refused::new("user_not_found"));
    }
    need_scope(world, &Kind::Group, "write")?;
    let mut members = users;
    members.push(world.app.user_id.clone());
    let same = |ids: &[String]| ids.len() == members.len() && members.iter().all(|member| ids.contains(member));
    let known = world.channels.iter().find(|channel| channel.kind == Kind::Group && same(&channel.members));
    if let Some(known) = known {
        return Ok(known.id.clone());
    }
    let handles: Vec<String> =
        members.iter().filter_map(|id| world.person(id)).map(|person| person.resident.handle.clone()).collect();
    let bot = world.app.user_id.clone();
    let id = world.new_channel(&format!("mpdm-{}-1", handles.join("--")), Kind::Group, &bot);
    if let Some(channel) = world.channel_mut(&id) {
        channel.members = members;
    }
    Ok(id)
}

pub fn close(world: &mut World, args: &Args) -> Answer {
    let channel = visible_channel(world, args)?;
    if !matches!(channel.kind, Kind::Direct(_) | Kind::Group) {
        return no("method_not_supported_for_channel_type");
    }
    let (id, open) = (channel.id.clone(), channel.open);
    if let Some(channel) = world.channel_mut(&id) {
        channel.open = false;
    }
    Ok(if open { json!({}) } else { json!({"no_op": true, "already_closed": true}) })
}
