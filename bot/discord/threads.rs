//! Private threads, for pairs that a full server has no channel for: below a channel of ours that everybody may see
//! and nobody may write in, each readable by its members alone. A thread has no topic, so it carries its fingerprint
//! at the end of its name; only a thread that the bot itself made in that channel is taken for ours.

use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, GuildId, UserId};

use super::error::Failure;
use super::mark::fingerprint;
use super::posts::{channel_id, snowflake};
use super::rest::{Call, Rest};
use super::right;
use super::rooms::{
    TEXT_CHANNEL, carries, ends_with_mark, legal_name, overwrite_of_everyone, overwrite_of_person, settled, topic,
};
use crate::chat::{ChannelRef, ChatError, Impossible, Room};

/// The channel below which the threads are.
const PARENT: &str = "mentorship-threads";
/// Under which key the parent is found again.
const PARENT_KEY: &str = "threads";
const PARENT_TOPIC: &str = "Private threads of mentorship pairs. Each is seen by its pair alone";
/// Longest name of a thread.
const NAME: usize = 100;
pub(super) const PRIVATE_THREAD: u8 = 12;
/// Discord's code for a server with too many threads that are not put away.
const TOO_MANY_ACTIVE: u64 = 160_006;
/// Minutes without a message after which a thread leaves the sidebar: the longest there is. Writing brings it back.
const QUIET_MINUTES: u32 = 10_080;

/// Who may what in the parent: everybody looks and writes in the threads they are in, nobody opens any or looks into
/// others'.
mod here {
    use super::right;

    pub const ALLOWED: u64 = right::VIEW_CHANNEL | right::READ_MESSAGE_HISTORY | right::SEND_MESSAGES_IN_THREADS;
    pub const DENIED: u64 =
        right::SEND_MESSAGES | right::CREATE_PUBLIC_THREADS | right::CREATE_PRIVATE_THREADS | right::MANAGE_THREADS;
    pub const OF_BOT: u64 = ALLOWED | right::SEND_MESSAGES | right::MANAGE_CHANNELS | right::FOR_THREADS;
}

/// The parent among a server's channels, if it has been made.
pub(super) fn parent(channels: &[Value]) -> Option<ChannelId> {
    let found = channels.iter().find(|it| it["type"] == TEXT_CHANNEL && carries(it, PARENT_KEY))?;
    found["id"].as_str().and_then(snowflake).map(ChannelId::new)
}

/// Whether a channel with this topic is the parent.
pub(super) fn is_parent_topic(topic: &str) -> bool {
    ends_with_mark(topic, PARENT_KEY)
}

/// Makes the parent. One made twice would be found by its topic: nothing is doubtful about trying again.
pub(super) async fn make_parent(rest: &Rest, guild_id: GuildId, bot: u64, rights: u64) -> Result<ChannelId, Failure> {
    const WHAT: &str = "make the channel for private threads";
    let body = json!({
        "type": TEXT_CHANNEL, "name": PARENT, "topic": topic(PARENT_TOPIC, PARENT_KEY),
        "permission_overwrites": [
            overwrite_of_everyone(guild_id, here::ALLOWED & rights, here::DENIED & rights),
            overwrite_of_person(bot, here::OF_BOT & rights),
        ],
    });
    let call = Call::write(WHAT, LightMethod::Post, Route::GuildChannels { guild_id }, body);
    let made = rest.send(call).await.map_err(settled)?;
    let id = made["id"].as_str().and_then(snowflake);
    id.map(ChannelId::new).ok_or_else(|| Failure::unreadable(WHAT, false))
}

/// Fails with what to do if the bot may not open private threads.
pub(super) fn allowed(rights: u64) -> Result<(), ChatError> {
    let names = [
        (right::CREATE_PRIVATE_THREADS, "Create Private Threads"),
        (right::SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
        (right::MANAGE_THREADS, "Manage Threads"),
    ];
    let missing: Vec<&str> = names.into_iter().filter(|(bit, _)| rights & bit == 0).map(|(_, name)| name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(full(&format!("the bot may not use private threads instead: give its role {}", missing.join(", "))))
}

/// The server has no room, and no way around it.
pub(super) fn full(why: &str) -> ChatError {
    let what = format!("open a private channel: the server has as many channels as Discord allows, and {why}");
    ChatError::Never { why: Impossible::Full, what }
}

/// The thread of this key, if it was opened: among those at work, then among those that were last put away.
pub(super) async fn find(
    rest: &Rest,
    guild_id: GuildId,
    channel_id: ChannelId,
    bot: u64,
    key: &str,
) -> Result<Option<Value>, Failure> {
    // One page: what is looked for was opened by an attempt not long ago.
    for route in [Route::GuildThreadsActive { guild_id }, Route::ChannelArchivedPrivateThreads { channel_id }] {
        if let Some(found) = listed(rest, route, channel_id, bot, key).await?.into_iter().next() {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// All threads of this key that are at work: more than one if an attempt that was given up arrived late.
pub(super) async fn at_work(
    rest: &Rest,
    guild_id: GuildId,
    parent: ChannelId,
    bot: u64,
    key: &str,
) -> Result<Vec<ChannelId>, Failure> {
    let found = listed(rest, Route::GuildThreadsActive { guild_id }, parent, bot, key).await?;
    Ok(found.iter().filter_map(|it| it["id"].as_str().and_then(snowflake).map(ChannelId::new)).collect())
}

async fn listed(rest: &Rest, route: Route<'_>, parent: ChannelId, bot: u64, key: &str) -> Result<Vec<Value>, Failure> {
    let (parent, bot, tail) = (parent.get().to_string(), bot.to_string(), tail(key));
    let page = rest.send(Call::get("look for a private thread", route)).await?;
    let ours = |it: &&Value| {
        it["parent_id"] == parent.as_str()
            && it["owner_id"] == bot.as_str()
            && it["name"].as_str().is_some_and(|name| name.ends_with(&tail))
    };
    Ok(page["threads"].as_array().into_iter().flatten().filter(ours).cloned().collect())
}

/// Opens a thread and lets its members in.
pub(super) async fn open(
    rest: &Rest,
    parent: ChannelId,
    room: &Room,
    members: &[UserId],
) -> Result<ChannelRef, ChatError> {
    const WHAT: &str = "open a private thread";
    let tail = tail(&room.key);
    let name: String = legal_name(&room.name).chars().take(NAME - tail.chars().count()).collect();
    let body = json!({
        "type": PRIVATE_THREAD, "name": format!("{name}{tail}"), "invitable": false,
        "auto_archive_duration": QUIET_MINUTES,
    });
    let call = Call::write(WHAT, LightMethod::Post, Route::ChannelThreads { channel_id: parent }, body);
    let made = rest.send(call).await.map_err(|failure| match failure.code() {
        TOO_MANY_ACTIVE => full("as many private threads at work: archive some that nobody needs"),
        _ => failure.chat(),
    })?;
    let thread = made["id"].as_str().ok_or_else(|| Failure::unreadable(WHAT, true).chat())?;
    complete(rest, &ChannelRef(thread.to_owned()), members, false).await
}

/// Lets in whoever is missing. The thread is there, so whatever goes wrong from here on leaves a doubt.
pub(super) async fn complete(
    rest: &Rest,
    thread: &ChannelRef,
    members: &[UserId],
    asleep: bool,
) -> Result<ChannelRef, ChatError> {
    let id = channel_id(thread)?;
    if asleep {
        awake(rest, id).await.map_err(unsettled)?;
    }
    for member in members {
        admit(rest, id, *member).await.map_err(unsettled)?;
    }
    Ok(thread.clone())
}

/// Lets somebody in; fine if the person is in already.
pub(super) async fn admit(rest: &Rest, channel_id: ChannelId, user_id: UserId) -> Result<(), Failure> {
    let route = Route::ChannelThreadMember { channel_id, user_id };
    let call = Call::write("let somebody into a private thread", LightMethod::Put, route, json!({}));
    rest.send(call).await.map(drop)
}

/// Takes somebody out; fine if the person is not in.
pub(super) async fn dismiss(rest: &Rest, channel_id: ChannelId, user_id: UserId, asleep: bool) -> Result<(), Failure> {
    if asleep {
        // Nothing of a thread that is put away can be changed.
        awake(rest, channel_id).await?;
    }
    let route = Route::ChannelThreadMember { channel_id, user_id };
    rest.send(Call::delete("take somebody out of a private thread", route)).await.map(drop)
}

/// Closes a thread for writing; its members read on. Only whoever manages threads can open it again.
pub(super) async fn close(rest: &Rest, channel_id: ChannelId, now: &Value) -> Result<(), Failure> {
    let state = &now["thread_metadata"];
    if state["locked"] == true && state["archived"] == true {
        return Ok(());
    }
    if state["archived"] == true {
        // Nothing of a thread that is put away can be changed.
        awake(rest, channel_id).await?;
    }
    let body = json!({"archived": true, "locked": true});
    let call = Call::write("close a private thread", LightMethod::Patch, Route::Channel { channel_id }, body);
    rest.send(call).await.map(drop)
}

async fn awake(rest: &Rest, channel_id: ChannelId) -> Result<(), Failure> {
    let body = json!({"archived": false});
    let call = Call::write("bring a private thread back", LightMethod::Patch, Route::Channel { channel_id }, body);
    rest.send(call).await.map(drop)
}

fn unsettled(failure: Failure) -> ChatError {
    match failure.chat() {
        ChatError::Passing { what, retry_after, .. } => ChatError::Passing { what, retry_after, ambiguous: true },
        ChatError::Held { what, wait, scope, .. } => ChatError::Held { what, wait, scope, ambiguous: true },
        never @ ChatError::Never { .. } => never,
    }
}

fn tail(key: &str) -> String {
    format!("-{}", fingerprint(key))
}
