//! Takes away what a request that arrived late has left a second time: a message with the key of another, a
//! channel or thread with the mark of another. It touches nothing but the bot's own, and no channel in which anybody has
//! written.

use serde_json::Value;
use serenity::http::Route;
use serenity::model::id::{ChannelId, GuildId, MessageId};

use super::error::Failure;
use super::posts::{self, snowflake};
use super::rest::{Call, Rest};
use super::rooms;
use crate::chat::{ChatError, Impossible, Kept};

/// Most doubles looked for; there is hardly ever one.
const MOST: usize = 10;

/// Takes away everything with the key, but what is kept.
///
/// # Errors
/// See [`ChatError`].
pub(super) async fn take_away(rest: &Rest, (guild, bot): (GuildId, u64), kept: &Kept<'_>) -> Result<(), ChatError> {
    let channel = posts::channel_id(kept.place)?;
    let carry_the_key = posts::find(rest, channel, bot, (kept.key, kept.since), MOST).await;
    for id in carry_the_key.map_err(|it| it.chat())?.into_iter().filter(|id| kept.message != Some(id)) {
        tracing::warn!(effect = kept.key, "a message that arrived late is taken away");
        let Some(message_id) = snowflake(&id).map(MessageId::new) else { continue };
        delete(rest, "take a message away", Route::ChannelMessage { channel_id: channel, message_id }).await?;
    }
    if kept.opened {
        for double in rooms::with_mark(rest, guild, bot, kept.key).await.map_err(|it| it.chat())? {
            if double != channel {
                take_channel_away(rest, bot, double, kept.key).await?;
            }
        }
    }
    Ok(())
}

async fn take_channel_away(rest: &Rest, bot: u64, channel_id: ChannelId, key: &str) -> Result<(), ChatError> {
    let call = Call::get("look into a channel that was opened twice", Route::ChannelMessages { channel_id });
    let messages = rest.send(call).await.map_err(|it| it.chat())?;
    let bot = bot.to_string();
    let by_others = |message: &Value| message["author"]["id"] != bot.as_str();
    if messages.as_array().is_none_or(|all| all.iter().any(by_others)) {
        tracing::error!(effect = key, "a channel was opened twice, and people write in both");
        return Ok(());
    }
    tracing::warn!(effect = key, "a channel that was opened late is taken away");
    delete(rest, "take a channel away", Route::Channel { channel_id }).await
}

/// Fine if it is gone already.
async fn delete(rest: &Rest, what: &'static str, route: Route<'_>) -> Result<(), ChatError> {
    match rest.send(Call::delete(what, route)).await.map_err(|failure: Failure| failure.chat()) {
        Err(ChatError::Never { why: Impossible::PlaceGone, .. }) => Ok(()),
        done => done.map(drop),
    }
}
