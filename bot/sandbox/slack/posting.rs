//! Puts messages into conversations: now, later, or for one reader only. Whether the app may do so is decided
//! before it comes here.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Inner;
use super::mrkdwn;
use super::shapes;
use super::state::{Author, Channel, Kind, Message, World};
use crate::clock::until_world;

/// Puts a message into a conversation, works out whom it notifies, and tells the app what Slack would tell it.
pub fn post(world: &mut World, channel_id: &str, mut message: Message) -> String {
    let ts = message.ts.clone();
    let Some(channel) = world.channel(channel_id) else { return ts };
    if message.only_for.is_none() && message.subtype.is_none() {
        message.pings = mrkdwn::pings(world, channel, &message);
    }
    let silent = message.only_for.is_some();
    let now = world.now_ms();
    if let Some(channel) = world.channel_mut(channel_id) {
        channel.open = true;
        channel.updated_ms = now;
        channel.messages.push(message);
    }
    if !silent {
        announce(world, channel_id, &ts);
    }
    ts
}

fn announce(world: &mut World, channel_id: &str, ts: &str) {
    let Some(channel) = world.channel(channel_id) else { return };
    let (subscription, channel_type) = subscription(channel);
    let Some(message) = channel.message(ts) else { return };
    let mut event = shapes::message(world, channel, message, true);
    event["channel"] = json!(channel_id);
    event["channel_type"] = json!(channel_type);
    event["event_ts"] = json!(ts);
    if channel.is_direct() || channel.has(&world.app.user_id) {
        world.emit(subscription, event);
    }
}

fn subscription(channel: &Channel) -> (&'static str, &'static str) {
    match channel.kind {
        Kind::Public => ("message.channels", "channel"),
        Kind::Private => ("message.groups", "group"),
        Kind::Direct(_) => ("message.im", "im"),
        Kind::Group => ("message.mpim", "mpim"),
    }
}

/// Tells the app that a message changed (`message_changed`) or went (`message_deleted`).
pub fn announce_change(world: &mut World, channel_id: &str, before: &Message, after: Option<&Message>) {
    let ts = world.next_ts();
    let Some(channel) = world.channel(channel_id) else { return };
    let (subscription, channel_type) = subscription(channel);
    let mut event = json!({
        "type": "message", "hidden": true, "channel": channel_id, "ts": ts, "event_ts": ts,
        "channel_type": channel_type, "previous_message": shapes::message(world, channel, before, true),
    });
    match after {
        Some(after) => {
            event["subtype"] = json!("message_changed");
            event["message"] = shapes::message(world, channel, after, true);
        }
        None => {
            event["subtype"] = json!("message_deleted");
            event["deleted_ts"] = json!(before.ts);
        }
    }
    if channel.is_direct() || channel.has(&world.app.user_id) {
        world.emit(subscription, event);
    }
}

/// A notice that only one person sees, from Slack itself or from the app.
pub fn whisper(world: &mut World, channel_id: &str, user: &str, mut message: Message) -> String {
    message.only_for = Some(user.to_owned());
    post(world, channel_id, message)
}

/// A new message by the app, dated now.
pub fn draft(world: &mut World, text: &str, blocks: Vec<Value>) -> Message {
    let (ts, now) = (world.next_ts(), world.now_ms());
    let mut message = Message::new(ts, now, Author::App, text.to_owned());
    message.blocks = blocks;
    message
}

/// Slack's own notice that the app did not answer.
pub fn complain(world: &mut World, channel_id: &str, user: &str, text: &str) {
    let (ts, now) = (world.next_ts(), world.now_ms());
    let mut message = Message::new(ts, now, Author::Slack, text.to_owned());
    message.failure = true;
    whisper(world, channel_id, user, message);
}

/// One line by Slack itself, such as "joined the channel": part of the history the app reads.
pub fn system_line(world: &mut World, channel_id: &str, user: &str, subtype: &'static str, text: String) {
    let (ts, now) = (world.next_ts(), world.now_ms());
    let mut message = Message::new(ts, now, Author::User(user.to_owned()), text);
    message.subtype = Some(subtype);
    post(world, channel_id, message);
}

/// Posts the scheduled messages whose time has come.
pub fn deliver_due(world: &mut World) {
    let now = world.now_ms();
    while let Some(position) = world.scheduled.iter().position(|scheduled| scheduled.post_at_ms <= now) {
        let scheduled = world.scheduled.remove(position);
        let archived = world.channel(&scheduled.channel).is_none_or(|channel| channel.archived);
        // Documented: a scheduled message with metadata is accepted and then never posted.
        if archived || scheduled.message.metadata.is_some() {
            continue;
        }
        let mut message = scheduled.message;
        message.ts = world.ids.ts(scheduled.post_at_ms);
        message.at_ms = scheduled.post_at_ms;
        let shared = (scheduled.channel.clone(), message.ts.clone());
        for file in world.files.iter_mut().filter(|file| message.files.contains(&file.id)) {
            file.shares.push(shared.clone());
        }
        post(world, &scheduled.channel, message);
    }
}

/// Watches the world's clock for scheduled messages.
pub async fn deliver_scheduled(inner: Arc<Inner>) {
    let mut changes = inner.changes.subscribe();
    loop {
        let (clock, next) =
            inner.look(|world| (world.clock.clone(), world.scheduled.iter().map(|one| one.post_at_ms).min()));
        let Some(next) = next else {
            if changes.changed().await.is_err() {
                return;
            }
            continue;
        };
        tokio::select! {
            () = until_world(&clock, next) => inner.change(|_| ()),
            changed = changes.changed() => if changed.is_err() { return },
        }
    }
}
