//! Methods that read messages.

use serde_json::{Value, json};

use super::{Answer, Refused, need_scope, no, page, visible_channel};
use crate::slack::args::Args;
use crate::slack::shapes;
use crate::slack::state::{Channel, Message, World};

/// A conversation whose content the app may read.
fn readable<'w>(world: &'w World, args: &Args) -> Result<&'w Channel, Refused> {
    let channel = visible_channel(world, args)?;
    need_scope(world, &channel.kind, "history")?;
    if !channel.is_direct() && !channel.has(&world.app.user_id) {
        return no("not_in_channel");
    }
    Ok(channel)
}

/// Timestamps compare as numbers of microseconds.
fn micros(ts: &str) -> Option<i64> {
    let (seconds, fraction) = ts.split_once('.').unwrap_or((ts, "0"));
    Some(seconds.parse::<i64>().ok()? * 1_000_000 + format!("{fraction:0<6}").get(..6)?.parse::<i64>().ok()?)
}

fn in_window(message: &Message, args: &Args) -> bool {
    let at = micros(&message.ts).unwrap_or(0);
    let bound = |key: &str| args.filled(key).and_then(|ts| micros(&ts)).filter(|at| *at > 0);
    let inclusive = args.flag("inclusive");
    bound("oldest").is_none_or(|oldest| at > oldest || (inclusive && at == oldest))
        && bound("latest").is_none_or(|latest| at < latest || (inclusive && at == latest))
}

fn answer(world: &World, channel: &Channel, messages: &[&Message], args: &Args) -> Answer {
    let (messages, next) = page(messages, args, 100, 999)?;
    let metadata = args.flag("include_all_metadata");
    let shapes: Vec<Value> =
        messages.iter().map(|message| shapes::message(world, channel, message, metadata)).collect();
    let mut answer = json!({
        "messages": shapes, "has_more": !next.is_empty(), "pin_count": channel.pins.len(),
        "channel_actions_ts": null, "channel_actions_count": 0,
    });
    if !next.is_empty() {
        answer["response_metadata"] = json!({"next_cursor": next});
    }
    Ok(answer)
}

/// Newest first; ephemeral messages and replies in threads are not in it.
pub fn history(world: &mut World, args: &Args) -> Answer {
    let channel = readable(world, args)?;
    let top = |message: &&Message| {
        let reply = message.thread_ts.as_ref().is_some_and(|thread| *thread != message.ts && !message.broadcast);
        message.only_for.is_none() && !reply && in_window(message, args)
    };
    let messages: Vec<&Message> = channel.messages.iter().rev().filter(top).collect();
    answer(world, channel, &messages, args)
}

/// A thread, oldest first, its parent included.
pub fn replies(world: &mut World, args: &Args) -> Answer {
    let channel = readable(world, args)?;
    let ts = args.filled("ts").ok_or_else(|| Refused::missing("ts"))?;
    if channel.message(&ts).is_none_or(|message| message.only_for.is_some()) {
        return no("thread_not_found");
    }
    let in_thread = |message: &&Message| {
        let here = message.ts == ts || message.thread_ts.as_deref() == Some(&ts);
        here && message.only_for.is_none() && (message.ts == ts || in_window(message, args))
    };
    let messages: Vec<&Message> = channel.messages.iter().filter(in_thread).collect();
    answer(world, channel, &messages, args)
}
