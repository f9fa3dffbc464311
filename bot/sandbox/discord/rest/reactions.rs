//! Reactions of the bot.

use serde_json::json;

use super::super::happen::{self, GUILD_REACTIONS};
use super::super::ids::Snowflake;
use super::super::json;
use super::super::permissions::{ADD_REACTIONS, READ_MESSAGE_HISTORY};
use super::channels::require;
use super::messages::find;
use super::{Call, Outcome, nothing, ok};

/// `/channels/{id}/messages/{id}/reactions` and below.
pub fn route(call: &mut Call<'_>, method: &str, channel: Snowflake, message: &str, rest: &[&str]) -> Option<Outcome> {
    match (method, rest) {
        ("PUT", [emoji, "@me"]) => Some(react(call, channel, message, emoji, true)),
        ("DELETE", [emoji, "@me"]) => Some(react(call, channel, message, emoji, false)),
        ("GET", [emoji]) => Some(who(call, channel, message, emoji)),
        _ => None,
    }
}

fn react(call: &mut Call<'_>, channel: Snowflake, message: &str, emoji: &str, add: bool) -> Outcome {
    let world = &mut *call.world;
    let known = find(world, channel, message)?.reactions.iter().any(|(name, _)| name == emoji);
    require(world, channel, if add && !known { READ_MESSAGE_HISTORY | ADD_REACTIONS } else { READ_MESSAGE_HISTORY })?;
    let id = find(world, channel, message)?.id;
    let bot = world.bot;
    if let Some(message) = world.message_mut(channel, id) {
        for (_, by) in message.reactions.iter_mut().filter(|(name, _)| name == emoji) {
            by.retain(|it| *it != bot);
            if add {
                by.push(bot);
            }
        }
        if add && !known {
            message.reactions.push((emoji.to_owned(), vec![bot]));
        }
        message.reactions.retain(|(_, by)| !by.is_empty());
    }
    let name = if add { "MESSAGE_REACTION_ADD" } else { "MESSAGE_REACTION_REMOVE" };
    let data = json!({
        "user_id": bot, "channel_id": channel, "message_id": id, "guild_id": world.guild.id,
        "emoji": {"id": null, "name": emoji}, "type": 0, "burst": false, "burst_colors": [],
    });
    happen::tell(world, name, data, GUILD_REACTIONS);
    nothing()
}

fn who(call: &mut Call<'_>, channel: Snowflake, message: &str, emoji: &str) -> Outcome {
    require(call.world, channel, READ_MESSAGE_HISTORY)?;
    let found = find(call.world, channel, message)?;
    let by = found.reactions.iter().filter(|(name, _)| name == emoji).flat_map(|(_, by)| by);
    ok(by.map(|id| json::user_of(call.world, *id)).collect())
}
