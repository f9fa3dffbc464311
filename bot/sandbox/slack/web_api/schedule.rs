//! Messages for later.

use serde_json::{Value, json};

use super::content::{self, may_write, target};
use super::{Answer, Refused, no, page};
use crate::slack::args::Args;
use crate::slack::state::{Scheduled, World};

const FARTHEST_MS: i64 = 120 * 24 * 3_600_000;
/// Messages scheduled for one channel within any five minutes.
const MOST_IN_FIVE_MINUTES: usize = 30;
const FIVE_MINUTES_MS: i64 = 300_000;

pub fn add(world: &mut World, args: &Args) -> Answer {
    let id = target(world, args)?;
    may_write(world, &id)?;
    let post_at = args.number("post_at").ok_or_else(|| Refused::new("invalid_time"))?;
    let (post_at_ms, now) = (post_at * 1000, world.now_ms());
    if post_at_ms <= now {
        return no("time_in_past");
    }
    if post_at_ms - now > FARTHEST_MS {
        return no("time_too_far");
    }
    let near = |one: &&Scheduled| one.channel == id && (one.post_at_ms - post_at_ms).abs() < FIVE_MINUTES_MS;
    if world.scheduled.iter().filter(near).count() >= MOST_IN_FIVE_MINUTES {
        return no("restricted_too_many");
    }
    let message = content::message(world, args)?;
    let scheduled_id = world.ids.next("Q");
    let shape = json!({
        "text": message.text, "type": "delayed_message", "user": world.app.user_id, "bot_id": world.app.bot_id,
        "app_id": world.app.id, "team": world.team_id, "blocks": message.blocks,
    });
    world.scheduled.push(Scheduled { id: scheduled_id.clone(), channel: id.clone(), post_at_ms, message });
    Ok(json!({"channel": id, "scheduled_message_id": scheduled_id, "post_at": post_at, "message": shape}))
}

pub fn delete(world: &mut World, args: &Args) -> Answer {
    let id = args.filled("scheduled_message_id").ok_or_else(|| Refused::missing("scheduled_message_id"))?;
    let channel = args.filled("channel").ok_or_else(|| Refused::missing("channel"))?;
    let before = world.scheduled.len();
    world.scheduled.retain(|one| one.id != id || one.channel != channel);
    if world.scheduled.len() == before { no("invalid_scheduled_message_id") } else { Ok(json!({})) }
}

pub fn list(world: &mut World, args: &Args) -> Answer {
    let wanted = args.filled("channel");
    let here = |one: &&Scheduled| !one.id.is_empty() && wanted.as_ref().is_none_or(|channel| *channel == one.channel);
    let shape = |one: &Scheduled| {
        json!({
            "id": one.id, "channel_id": one.channel, "post_at": one.post_at_ms / 1000,
            "date_created": one.message.at_ms / 1000, "text": one.message.text,
        })
    };
    let all: Vec<Value> = world.scheduled.iter().filter(here).map(shape).collect();
    let (all, next) = page(&all, args, 100, 1000)?;
    Ok(json!({"scheduled_messages": all, "response_metadata": {"next_cursor": next}}))
}
