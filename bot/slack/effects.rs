//! Messages the program sends by itself: each carries its key in the message's metadata, so that one whose
//! fate is unknown can be found again instead of being sent twice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::api::Api;
use super::fault::{Fault, Why};
use super::files;
use super::render::body;
use crate::chat::{Attempt, ChannelRef, Kept, Message, MessageRef, Post, Recipient, UserRef};
use crate::recovery::{Way, took};

/// Marks the metadata of our messages.
const EVENT_TYPE: &str = "plsep_effect";
/// Messages looked through for one of ours: all since the first attempt, up to more than a few people write in
/// weeks.
const PAGES: usize = 10;
const PAGE: &str = "200";
/// How far our clock may be behind or ahead of Slack's.
const CLOCKS_APART: TimeDelta = TimeDelta::hours(1);
/// Most doubles looked for; there is hardly ever one.
const DOUBLES_MAX: usize = 10;
/// Most conversations remembered; they can always be asked for again.
const REMEMBERED: usize = 10_000;

/// The bot itself, as Slack names it in messages and conversations.
#[derive(Clone, Debug)]
pub struct Me {
    /// Id as a user.
    pub user: String,
    /// Id as a bot, if Slack told.
    pub bot: Option<String>,
}

impl Me {
    fn wrote(&self, message: &Value) -> bool {
        message["user"] == self.user.as_str() || self.bot.as_deref().is_some_and(|bot| message["bot_id"] == bot)
    }
}

/// Direct conversations with people.
pub struct Directs {
    api: Arc<Api>,
    known: Mutex<HashMap<String, String>>,
}

impl Directs {
    /// Knows none yet.
    pub fn new(api: Arc<Api>) -> Self {
        Self { api, known: Mutex::default() }
    }

    /// The conversation with somebody.
    pub async fn channel(&self, user: &UserRef) -> Result<String, Fault> {
        if let Some(known) = self.lock().get(&user.0) {
            return Ok(known.clone());
        }
        let mut opened = self.api.effect("conversations.open", None, &json!({"users": user.0})).await;
        if let Err(fault) = &mut opened {
            // Asking twice for a conversation opens it once.
            fault.writes = false;
        }
        let id = opened?["channel"]["id"].as_str().unwrap_or_default().to_owned();
        if id.is_empty() {
            return Err(Fault::new("conversations.open", false, Why::Garbled));
        }
        let mut known = self.lock();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(user.0.clone(), id.clone());
        Ok(id)
    }

    /// Sends a message that nobody will look for again: the answer to something the person did.
    pub async fn send(&self, user: &UserRef, message: &Message) -> Result<(), Fault> {
        let channel = self.channel(user).await?;
        let mut content = body(message);
        content["channel"] = channel.as_str().into();
        let posted = self.api.write("chat.postMessage", &content).await?;
        match posted["ts"].as_str() {
            Some(ts) if !message.files.is_empty() => {
                files::attach(&self.api, (&channel, ts), body(message), &message.files).await
            }
            _ => Ok(()),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Posts a message, or adopts the one that carries its key.
pub async fn post(
    api: &Api,
    directs: &Directs,
    me: &Me,
    post: &Post<'_>,
    attempt: Attempt,
) -> Result<MessageRef, Fault> {
    let again = attempt == Attempt::Again;
    let channel = channel(directs, post.to).await.map_err(|fault| if again { fault.unsettled() } else { fault })?;
    if again {
        if let Some(adopted) = adopt(api, me, &channel, post).await? {
            return Ok(adopted);
        }
        took(Way::DoneAnew);
    }
    let mut content = keyed(post.key, post.message);
    content["channel"] = channel.as_str().into();
    content["unfurl_links"] = false.into();
    content["unfurl_media"] = false.into();
    let posted = api.effect("chat.postMessage", Some(&channel), &content).await?;
    let ts = posted["ts"].as_str().ok_or_else(|| Fault::new("chat.postMessage", true, Why::Garbled))?;
    if !post.message.files.is_empty() {
        let content = keyed(post.key, post.message);
        files::attach(api, (&channel, ts), content, &post.message.files).await.map_err(Fault::unsettled)?;
    }
    Ok(MessageRef { id: ts.to_owned(), channel: ChannelRef(channel) })
}

/// The message that carries the key already, complete with its files.
pub async fn adopt(api: &Api, me: &Me, channel: &str, post: &Post<'_>) -> Result<Option<MessageRef>, Fault> {
    let found = find(api, me, channel, (post.key, post.since), 1).await?.into_iter().next();
    let Some(found) = found else { return Ok(None) };
    took(Way::MessageAdopted);
    let id = ts_of(&found);
    if !post.message.files.is_empty() && found["files"].as_array().is_none_or(Vec::is_empty) {
        // It was left between posting and completing. It may have been changed since, and keeps its words.
        let content = json!({"text": found["text"], "blocks": found["blocks"], "metadata": found["metadata"]});
        files::attach(api, (channel, &id), content, &post.message.files).await.map_err(Fault::unsettled)?;
    }
    Ok(Some(MessageRef { channel: ChannelRef(channel.to_owned()), id }))
}

/// The conversation in which a recipient reads.
pub async fn channel(directs: &Directs, to: &Recipient) -> Result<String, Fault> {
    match to {
        Recipient::Channel(channel) => Ok(channel.0.clone()),
        Recipient::Person(user) => directs.channel(user).await,
    }
}

/// Replaces the content of a message of ours, its files with it.
pub async fn update(api: &Api, key: &str, at: &MessageRef, message: &Message) -> Result<(), Fault> {
    files::attach(api, (&at.channel.0, &at.id), keyed(key, message), &message.files).await
}

/// Takes away messages with the key, but the one that is kept. A channel cannot be opened twice: its name is taken.
pub async fn take_away_doubles(api: &Api, me: &Me, kept: &Kept<'_>) -> Result<(), Fault> {
    let channel = kept.place.0.as_str();
    for double in find(api, me, channel, (kept.key, kept.since), DOUBLES_MAX).await? {
        let ts = ts_of(&double);
        if kept.message == Some(ts.as_str()) {
            continue;
        }
        tracing::warn!(effect = kept.key, "a message that arrived late is taken away");
        match api.effect("chat.delete", None, &json!({"channel": channel, "ts": ts})).await {
            Err(fault) if fault.code() == Some("message_not_found") => {}
            done => done.map(drop)?,
        }
    }
    Ok(())
}

fn keyed(key: &str, message: &Message) -> Value {
    let mut content = body(message);
    content["metadata"] = json!({"event_type": EVENT_TYPE, "event_payload": {"key": key}});
    content
}

/// Looks for our messages with this key, at most so many, among all of a conversation since the first attempt. As long as looking
/// fails, the message may be there, so that failure is as ambiguous as the one before.
async fn find(
    api: &Api,
    me: &Me,
    channel: &str,
    (key, since): (&str, DateTime<Utc>),
    most: usize,
) -> Result<Vec<Value>, Fault> {
    let (mut cursor, mut found) = (String::new(), Vec::new());
    let since = (since.min(api.now()) - CLOCKS_APART).timestamp().max(0).to_string();
    for _ in 0..PAGES {
        let arguments = [
            ("channel", channel),
            ("include_all_metadata", "true"),
            ("limit", PAGE),
            ("oldest", since.as_str()),
            ("cursor", cursor.as_str()),
        ];
        let given = if cursor.is_empty() { &arguments[..4] } else { &arguments[..] };
        let mut page = api.read("conversations.history", given).await.map_err(Fault::unsettled)?;
        let ours = |message: &Value| key_of(message).as_deref() == Some(key) && me.wrote(message);
        if let Value::Array(messages) = page["messages"].take() {
            found.extend(messages.into_iter().filter(ours));
        }
        if found.len() >= most {
            return Ok(found);
        }
        cursor = next_cursor(&page);
        if cursor.is_empty() {
            return Ok(found);
        }
    }
    // It may be among them: whoever does not know does not post a second time.
    Err(Fault::new("conversations.history", false, Why::TooMuch).unsettled())
}

fn ts_of(message: &Value) -> String {
    message["ts"].as_str().unwrap_or_default().to_owned()
}

/// The key of the effect that a message with metadata is.
#[must_use]
pub fn key_of(message: &Value) -> Option<String> {
    let metadata = &message["metadata"];
    let key = (metadata["event_type"] == EVENT_TYPE).then(|| metadata["event_payload"]["key"].as_str());
    key.flatten().map(str::to_owned)
}

/// Where the next page of a list begins; empty at the end.
pub fn next_cursor(page: &Value) -> String {
    page["response_metadata"]["next_cursor"].as_str().unwrap_or_default().to_owned()
}
