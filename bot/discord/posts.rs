//! Posts and edits the bot's own messages, each effect once: Discord drops a second message with the same
//! nonce for a few minutes, and after that the channel's latest messages are searched for the fingerprint.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, MessageId};

use super::error::Failure;
use super::mark::{self, Mark};
use super::render::{files, reference_line, render};
use super::rest::{Call, Rest};
use crate::chat::{Attempt, ChannelRef, ChatError, Impossible, Message, MessageRef, Post, Recipient, UserRef};
use crate::recovery::{Way, took};

/// Messages searched for one that may be there already: all since the first attempt, in pages of the most that
/// Discord gives, up to more than a few people write in weeks.
const PAGE: usize = 100;
const PAGES: usize = 20;
/// How far our clock may be behind or ahead of Discord's.
const CLOCKS_APART: TimeDelta = TimeDelta::hours(1);
/// When Discord's ids begin.
const EPOCH_MS: i64 = 1_420_070_400_000;
/// Direct-message channels remembered; they never change, so forgetting all of them costs a request each.
const REMEMBERED: usize = 2_000;

/// Direct-message channels by person.
#[derive(Default)]
pub(super) struct Directs(Mutex<HashMap<u64, ChannelId>>);

/// Posts `post`, or finds it.
///
/// # Errors
/// See [`ChatError`].
pub(super) async fn post(
    rest: &Rest,
    directs: &Directs,
    (guild, bot): (u64, u64),
    post: &Post<'_>,
    attempt: Attempt,
) -> Result<MessageRef, ChatError> {
    let channel = channel(rest, directs, post.to).await?;
    if attempt == Attempt::Again {
        if let Some(adopted) = adopt(rest, channel, bot, post).await? {
            return Ok(adopted);
        }
        took(Way::DoneAnew);
    }
    let mut body = render(post.message, &Mark::of_effect(guild, post.key)).post();
    body["nonce"] = mark::nonce(post.key).into();
    body["enforce_nonce"] = true.into();
    let route = Route::ChannelMessages { channel_id: channel };
    let sent =
        rest.send(Call::write("post a message", LightMethod::Post, route, body).carrying(files(post.message))).await;
    let sent = sent.map_err(|failure| failure.chat())?;
    match sent["id"].as_str() {
        Some(id) => Ok(message_ref(channel, id)),
        None => Err(Failure::unreadable("post a message", true).chat()),
    }
}

/// The message that carries the key already. It came with its files, or not at all.
///
/// # Errors
/// See [`ChatError`].
pub(super) async fn adopt(
    rest: &Rest,
    channel: ChannelId,
    bot: u64,
    post: &Post<'_>,
) -> Result<Option<MessageRef>, ChatError> {
    let found = find(rest, channel, bot, (post.key, post.since), 1).await.map_err(|it| it.chat())?;
    let adopted = found.first().map(|id| message_ref(channel, id));
    if adopted.is_some() {
        took(Way::MessageAdopted);
    }
    Ok(adopted)
}

/// The conversation in which a recipient reads.
///
/// # Errors
/// See [`ChatError`].
pub(super) async fn channel(rest: &Rest, directs: &Directs, to: &Recipient) -> Result<ChannelId, ChatError> {
    match to {
        Recipient::Channel(channel) => channel_id(channel),
        Recipient::Person(user) => direct(rest, directs, user).await,
    }
}

/// Replaces the content of a message.
///
/// # Errors
/// See [`ChatError`].
pub(super) async fn update(
    rest: &Rest,
    guild: u64,
    key: &str,
    at: &MessageRef,
    message: &Message,
) -> Result<(), ChatError> {
    let channel_id = channel_id(&at.channel)?;
    let message_id =
        snowflake(&at.id).map(MessageId::new).ok_or_else(|| refused("the message has no id of Discord"))?;
    let body = render(message, &Mark::of_effect(guild, key)).edit();
    let route = Route::ChannelMessage { channel_id, message_id };
    let edited =
        rest.send(Call::write("edit a message", LightMethod::Patch, route, body).carrying(files(message))).await;
    edited.map(drop).map_err(|failure| failure.chat())
}

async fn direct(rest: &Rest, directs: &Directs, user: &UserRef) -> Result<ChannelId, ChatError> {
    let id = snowflake(&user.0).ok_or_else(|| refused("the person has no id of Discord"))?;
    if let Some(known) = directs.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return Ok(*known);
    }
    let body = json!({"recipient_id": id.to_string()});
    let call = Call::write("open a direct message", LightMethod::Post, Route::UserMeDmChannels, body);
    // Opening the same conversation twice opens one: nothing is doubtful about trying again.
    let opened = rest.send(call).await.map_err(|failure| match failure.chat() {
        ChatError::Passing { what, retry_after, .. } => ChatError::Passing { what, retry_after, ambiguous: false },
        never => never,
    })?;
    let channel = opened["id"].as_str().and_then(snowflake).map(ChannelId::new);
    let channel = channel.ok_or_else(|| Failure::unreadable("open a direct message", false).chat())?;
    let mut directs = directs.0.lock().unwrap_or_else(PoisonError::into_inner);
    if directs.len() >= REMEMBERED {
        directs.clear();
    }
    directs.insert(id, channel);
    Ok(channel)
}

/// The ids of the bot's own messages that carry the key, at most so many, among all since the first attempt.
pub(super) async fn find(
    rest: &Rest,
    channel_id: ChannelId,
    bot: u64,
    (key, since): (&str, DateTime<Utc>),
    most: usize,
) -> Result<Vec<String>, Failure> {
    const WHAT: &str = "look for a message";
    let (bot, print, mut found) = (bot.to_string(), mark::fingerprint(key), Vec::new());
    let mut after = id_at(since.min(rest.now()) - CLOCKS_APART);
    for _ in 0..PAGES {
        let mut call = Call::get(WHAT, Route::ChannelMessages { channel_id });
        call.query.extend([("limit", PAGE.to_string()), ("after", after.to_string())]);
        let page = rest.send(call).await?;
        let messages = page.as_array().ok_or_else(|| Failure::unreadable(WHAT, false))?;
        let ours = |message: &&Value| message["author"]["id"] == bot.as_str() && carries(message, &print);
        found.extend(messages.iter().filter(ours).filter_map(|message| message["id"].as_str().map(str::to_owned)));
        if found.len() >= most {
            return Ok(found);
        }
        let newest = messages.iter().filter_map(|message| message["id"].as_str().and_then(snowflake)).max();
        match newest {
            Some(newest) if messages.len() >= PAGE => after = newest,
            _ => return Ok(found),
        }
    }
    // It may be among them: whoever does not know does not post a second time.
    Err(Failure::Broken { what: format!("{WHAT}: there are too many since the first attempt"), ambiguous: true })
}

/// The id that a message of this moment would have at least.
fn id_at(moment: DateTime<Utc>) -> u64 {
    u64::try_from(moment.timestamp_millis() - EPOCH_MS).unwrap_or(0) << 22
}

fn carries(message: &Value, print: &str) -> bool {
    print_of(message).as_deref() == Some(print)
}

/// The fingerprint that a message of the bot's carries, in one of its controls or in its last line.
#[must_use]
pub fn print_of(message: &Value) -> Option<String> {
    let rows = message["components"].as_array().into_iter().flatten();
    let mut controls = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
    let in_control = controls.find_map(|control| Mark::read(control["custom_id"].as_str()?)?.1.print);
    let embeds = message["embeds"].as_array().into_iter().flatten().map(|embed| &embed["description"]);
    let texts = embeds.chain([&message["content"]]).filter_map(Value::as_str);
    let mut last_lines = texts.filter_map(|text| text.trim_end().lines().last());
    let begins = reference_line("");
    in_control.or_else(|| last_lines.find_map(|line| line.strip_prefix(begins.as_str())).map(str::to_owned))
}

fn message_ref(channel: ChannelId, id: &str) -> MessageRef {
    MessageRef { channel: ChannelRef(channel.get().to_string()), id: id.to_owned() }
}

/// A channel's id as Discord knows it.
pub(super) fn channel_id(channel: &ChannelRef) -> Result<ChannelId, ChatError> {
    snowflake(&channel.0).map(ChannelId::new).ok_or_else(|| refused("the conversation has no id of Discord"))
}

/// Reads an id; 0 is none.
pub(super) fn snowflake(text: &str) -> Option<u64> {
    text.parse().ok().filter(|id| *id != 0)
}

/// Something that cannot be asked of Discord at all.
pub(super) fn refused(what: &str) -> ChatError {
    ChatError::Never { why: Impossible::Refused, what: what.to_owned() }
}
