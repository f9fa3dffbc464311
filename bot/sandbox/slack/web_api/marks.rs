//! Pins and reactions.

use serde_json::{Value, json};

use super::{Answer, Refused, known_channel, no, visible_channel};
use crate::slack::args::Args;
use crate::slack::shapes;
use crate::slack::state::World;

/// The conversation (of which the app is a member) and a message in it that everybody there can see.
fn marked(world: &World, args: &Args) -> Result<(String, String), Refused> {
    let channel = visible_channel(world, args)?;
    if !channel.is_direct() && !channel.has(&world.app.user_id) {
        return no("not_in_channel");
    }
    if channel.archived {
        return no("is_archived");
    }
    let ts = args.filled("timestamp").ok_or_else(|| Refused::new("no_item_specified"))?;
    match channel.message(&ts).filter(|message| message.only_for.is_none()) {
        Some(_) => Ok((channel.id.clone(), ts)),
        None => no("message_not_found"),
    }
}

pub fn pin(world: &mut World, args: &Args) -> Answer {
    let (id, ts) = marked(world, args)?;
    let Some(channel) = world.channel_mut(&id) else { return no("channel_not_found") };
    if channel.pins.contains(&ts) {
        return no("already_pinned");
    }
    channel.pins.push(ts);
    Ok(json!({}))
}

pub fn unpin(world: &mut World, args: &Args) -> Answer {
    let (id, ts) = marked(world, args)?;
    let Some(channel) = world.channel_mut(&id) else { return no("channel_not_found") };
    let before = channel.pins.len();
    channel.pins.retain(|pin| *pin != ts);
    if channel.pins.len() == before { no("no_pin") } else { Ok(json!({})) }
}

pub fn pins(world: &mut World, args: &Args) -> Answer {
    let id = visible_channel(world, args)?.id.clone();
    let channel = known_channel(world, &id)?;
    let item = |ts: &String| {
        let message = channel.message(ts)?;
        let shape = shapes::message(world, channel, message, false);
        Some(json!({
            "type": "message", "channel": id, "created": message.at_ms / 1000, "created_by": world.app.user_id,
            "message": shape,
        }))
    };
    let items: Vec<Value> = channel.pins.iter().filter_map(item).collect();
    Ok(json!({"items": items}))
}

pub fn react(world: &mut World, args: &Args) -> Answer {
    let name = args.filled("name").ok_or_else(|| Refused::missing("name"))?;
    if name.contains(':') || name.contains(' ') {
        return no("invalid_name");
    }
    let (id, ts) = marked(world, args)?;
    let bot = world.app.user_id.clone();
    let message = world.channel_mut(&id).and_then(|channel| channel.message_mut(&ts));
    let users = message.ok_or_else(|| Refused::new("message_not_found"))?.reactions.entry(name).or_default();
    if users.contains(&bot) {
        return no("already_reacted");
    }
    users.push(bot);
    Ok(json!({}))
}
