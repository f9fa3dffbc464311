//! Threads: making, joining, archiving and listing them.

use serde_json::{Value, json};

use super::super::happen::{self, GUILDS};
use super::super::ids::Snowflake;
use super::super::json;
use super::super::permissions::{
    self, CREATE_PRIVATE_THREADS, CREATE_PUBLIC_THREADS, MANAGE_THREADS, SEND_MESSAGES, VIEW_CHANNEL,
};
use super::super::refused::{FormErrors, Refused};
use super::super::shape::{given, needed, text};
use super::super::state::{Channel, ChannelKind, Thread, World};
use super::channels::require;
use super::{Call, Outcome, created, nothing, ok};

/// Members a thread may have.
const MOST_MEMBERS: usize = 1000;
/// Threads that may be active in a server.
const MOST_ACTIVE: usize = 1000;

/// `threads`, `thread-members` and `users/@me/threads` of a channel.
pub fn route(call: &mut Call<'_>, method: &str, channel: Snowflake, rest: &[&str]) -> Option<Outcome> {
    match (method, rest) {
        ("POST", ["threads"]) => Some(create(call, channel)),
        ("GET", ["threads", "archived", "private"] | ["users", "@me", "threads", "archived", "private"]) => {
            Some(archived(call, channel, ChannelKind::PrivateThread))
        }
        ("GET", ["threads", "archived", "public"]) => Some(archived(call, channel, ChannelKind::PublicThread)),
        ("GET", ["thread-members"]) => Some(members(call, channel)),
        ("PUT" | "DELETE", ["thread-members", who]) => Some(membership(call, channel, who, method == "PUT")),
        _ => None,
    }
}

/// Archives threads in which nobody has written for as long as each is set to: nobody sees the moment, so it is looked
/// after whenever the bot asks for something.
pub fn put_quiet_away(world: &mut World) {
    let now = world.now_ms();
    let mut quiet = Vec::new();
    for channel in world.channels.values_mut() {
        let Some(thread) = channel.thread.as_mut().filter(|thread| !thread.archived) else { continue };
        let last = channel.messages.last().map_or(0, |message| message.at_ms).max(thread.archive_ms);
        if now - last >= i64::try_from(thread.archive_minutes).unwrap_or(i64::MAX / 60_000) * 60_000 {
            thread.archived = true;
            thread.archive_ms = now;
            quiet.push(channel.id);
        }
    }
    quiet.into_iter().for_each(|id| happen::tell_channel(world, "UPDATE", id));
}

fn duration(body: &serde_json::Map<String, Value>) -> Result<Option<u64>, Refused> {
    let Some(value) = given(body, "auto_archive_duration") else { return Ok(None) };
    let minutes = value.as_u64().filter(|it| [60, 1440, 4320, 10_080].contains(it));
    minutes.map(Some).ok_or_else(|| {
        Refused::form("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of {60, 1440, 4320, 10080}.")
    })
}

fn create(call: &mut Call<'_>, parent: Snowflake) -> Outcome {
    let world = &mut *call.world;
    let body = call.body.object()?;
    let kind = match given(&body, "type").and_then(Value::as_u64) {
        None | Some(12) => ChannelKind::PrivateThread,
        Some(11) => ChannelKind::PublicThread,
        Some(_) => return Err(Refused::form("type", "BASE_TYPE_CHOICES", "Value must be one of {10, 11, 12}.")),
    };
    let private = kind == ChannelKind::PrivateThread;
    require(world, parent, if private { CREATE_PRIVATE_THREADS } else { CREATE_PUBLIC_THREADS })?;
    if world.channel(parent)?.kind != ChannelKind::Text {
        return Err(Refused::new(400, 50024, "Cannot execute action on this channel type"));
    }
    let mut form = FormErrors::default();
    let name = needed(&body, "name", (1, 100), "", &mut form).unwrap_or_default().to_owned();
    form.or(())?;
    let archive_minutes = duration(&body)?.unwrap_or(4320);
    let active = world.channels.values().filter(|it| it.thread.as_ref().is_some_and(|thread| !thread.archived)).count();
    if active >= MOST_ACTIVE {
        return Err(Refused::new(400, 160_006, "Maximum number of active threads reached"));
    }
    let id = world.ids.next();
    let now = world.now_ms();
    let thread = Thread {
        owner: world.bot,
        archived: false,
        locked: false,
        invitable: given(&body, "invitable").and_then(Value::as_bool).unwrap_or(true),
        archive_minutes,
        archive_ms: now,
        created_ms: now,
        members: [(world.bot, now)].into(),
        sent: 0,
    };
    let channel = Channel { parent: Some(parent), thread: Some(thread), ..happen::new_channel(id, kind, &name) };
    world.channels.insert(id, channel);
    happen::tell_channel(world, "CREATE", id);
    created(json::channel(world, world.channel(id)?))
}

fn thread(world: &World, id: Snowflake) -> Result<&Thread, Refused> {
    let refused = || Refused::new(400, 50024, "Cannot execute action on this channel type");
    world.channel(id)?.thread.as_ref().ok_or_else(refused)
}

/// `PATCH` of a thread.
pub fn change(call: &mut Call<'_>, id: Snowflake) -> Outcome {
    let world = &mut *call.world;
    let rights = require(world, id, 0)?;
    let body = call.body.object()?;
    let mut form = FormErrors::default();
    text(&body, "name", (1, 100), "", &mut form);
    form.or(())?;
    let minutes = duration(&body)?;
    let flag = |key: &str| given(&body, key).and_then(Value::as_bool);
    let manages = rights & MANAGE_THREADS != 0;
    let now = thread(world, id)?;
    let unarchives = flag("archived") == Some(false) && !now.locked && rights & SEND_MESSAGES != 0;
    let owns = now.owner == world.bot && flag("locked").is_none();
    let only_unarchives = unarchives && body.len() == 1;
    if !manages && !owns && !only_unarchives {
        return Err(Refused::missing_permissions());
    }
    if now.archived && flag("archived") != Some(false) {
        return Err(Refused::new(400, 50083, "Thread is archived"));
    }
    let at = world.now_ms();
    if let Some(channel) = world.channels.get_mut(&id) {
        if let Some(name) = given(&body, "name").and_then(Value::as_str) {
            channel.name = name.to_owned();
        }
        if let Some(seconds) = given(&body, "rate_limit_per_user").and_then(Value::as_u64) {
            channel.slow_seconds = seconds;
        }
        if let Some(thread) = &mut channel.thread {
            if let Some(archived) = flag("archived") {
                thread.archived = archived;
                thread.archive_ms = at;
            }
            thread.locked = flag("locked").unwrap_or(thread.locked);
            thread.invitable = flag("invitable").unwrap_or(thread.invitable);
            thread.archive_minutes = minutes.unwrap_or(thread.archive_minutes);
        }
    }
    happen::tell_channel(world, "UPDATE", id);
    ok(json::channel(world, world.channel(id)?))
}

fn members(call: &Call<'_>, id: Snowflake) -> Outcome {
    require(call.world, id, 0)?;
    let with_member = call.query.get("with_member").is_some_and(|it| it == "true");
    let one = |(who, at): (&Snowflake, &i64)| {
        let mut json = json::thread_member(id, *who, *at);
        if let Some(member) = call.world.members.get(who).filter(|_| with_member) {
            json["member"] = json::member(member);
        }
        json
    };
    ok(thread(call.world, id)?.members.iter().map(one).collect())
}

fn membership(call: &mut Call<'_>, id: Snowflake, who: &str, add: bool) -> Outcome {
    let world = &mut *call.world;
    let itself = who == "@me";
    let who = if itself { world.bot } else { who.parse().map_err(|_| Refused::unknown_user())? };
    let rights = require(world, id, 0)?;
    let now = thread(world, id)?;
    if now.archived {
        return Err(Refused::new(400, 50083, "Thread is archived"));
    }
    if world.present(who).is_none() {
        return Err(Refused::unknown_member());
    }
    let may = if add {
        itself || rights & SEND_MESSAGES != 0
    } else {
        itself || rights & MANAGE_THREADS != 0 || now.owner == world.bot
    };
    if !may {
        return Err(Refused::missing_permissions());
    }
    let parent = world.channel(id)?.parent.map(|parent| world.channel(parent)).transpose()?;
    if add && parent.is_some_and(|parent| permissions::in_channel(world, who, parent) & VIEW_CHANNEL == 0) {
        return Err(Refused::missing_access());
    }
    if add && now.members.len() >= MOST_MEMBERS {
        return Err(Refused::new(400, 30033, "Maximum number of thread participants has been reached (1000)"));
    }
    let at = world.now_ms();
    let count = {
        let channel = world.channels.get_mut(&id).ok_or_else(Refused::unknown_channel)?;
        let members = channel.thread.as_mut().map(|thread| &mut thread.members).ok_or_else(Refused::unknown_channel)?;
        if add {
            members.entry(who).or_insert(at);
        } else {
            members.remove(&who);
        }
        members.len()
    };
    let mut data = json!({"id": id, "guild_id": world.guild.id, "member_count": count});
    if add {
        data["added_members"] = json!([json::thread_member(id, who, at)]);
    } else {
        data["removed_member_ids"] = json!([who]);
    }
    happen::tell(world, "THREAD_MEMBERS_UPDATE", data, GUILDS);
    nothing()
}

fn list(world: &World, wanted: impl Fn(&Channel, &Thread) -> bool) -> Value {
    let mut threads = Vec::new();
    let mut members = Vec::new();
    for channel in world.channels.values() {
        let Some(thread) = channel.thread.as_ref().filter(|thread| wanted(channel, thread)) else { continue };
        if permissions::in_channel(world, world.bot, channel) & VIEW_CHANNEL == 0 {
            continue;
        }
        threads.push(json::channel(world, channel));
        members.extend(thread.members.get(&world.bot).map(|at| json::thread_member(channel.id, world.bot, *at)));
    }
    json!({"threads": threads, "members": members})
}

fn archived(call: &Call<'_>, parent: Snowflake, kind: ChannelKind) -> Outcome {
    require(call.world, parent, permissions::READ_MESSAGE_HISTORY)?;
    let mut found =
        list(call.world, |channel, thread| channel.parent == Some(parent) && channel.kind == kind && thread.archived);
    found["has_more"] = false.into();
    ok(found)
}

/// `GET /guilds/{id}/threads/active`.
pub fn active(call: &Call<'_>) -> Outcome {
    let mut found = list(call.world, |_, thread| !thread.archived);
    found["has_more"] = false.into();
    ok(found)
}
