//! Tokens from the environment, judged by their look: the mistakes people make when they copy them are
//! told apart, so that nobody has to guess from a platform's "unauthorized". It asks no platform, and no
//! message repeats any part of a token.

use super::{Secret, SlackTokens};

/// Reads `DISCORD_TOKEN`.
///
/// # Errors
/// A sentence that says what was copied instead of the token and where the token is found.
pub(super) fn discord(given: Option<String>) -> Result<Option<Secret>, String> {
    let Some(token) = given else { return Ok(None) };
    let name = "DISCORD_TOKEN";
    if token.starts_with("Bot ") || token.starts_with("Bearer ") {
        return Err(format!("{name} begins with a word before the token. Set the token alone, without \"Bot\"."));
    }
    let token = clean(name, token)?;
    if token.starts_with("xox") || token.starts_with("xapp-") {
        return Err(format!("{name} holds a token of Slack. Discord's stands in its developer portal, under Bot."));
    }
    Ok(Some(Secret::new(token)))
}

/// Reads `SLACK_BOT_TOKEN` and `SLACK_APP_TOKEN`: both or neither.
///
/// # Errors
/// Sentences that say which token is missing or mixed up and where each is found.
pub(super) fn slack(bot: Option<String>, app: Option<String>) -> Result<Option<SlackTokens>, Vec<String>> {
    let (bot, app) = match (bot, app) {
        (None, None) => return Ok(None),
        (Some(_), None) => {
            return Err(vec![format!("SLACK_BOT_TOKEN is set, but SLACK_APP_TOKEN is not; {NEEDS_BOTH} {WHERE_APP}")]);
        }
        (None, Some(_)) => {
            return Err(vec![format!("SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not; {NEEDS_BOTH} {WHERE_BOT}")]);
        }
        (Some(bot), Some(app)) => (bot, app),
    };
    if bot.starts_with("xapp-") && app.starts_with("xoxb-") {
        let swapped = "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: the bot token begins with xoxb-, the \
                       app-level token with xapp-.";
        return Err(vec![swapped.to_owned()]);
    }
    match (slack_bot(bot), slack_app(app)) {
        (Ok(bot), Ok(app)) => Ok(Some(SlackTokens { bot, app })),
        (bot, app) => Err([bot.err(), app.err()].into_iter().flatten().collect()),
    }
}

const NEEDS_BOTH: &str = "Slack needs the two of them.";
const WHERE_BOT: &str = "The bot token (xoxb-...) stands in the app's settings, under OAuth & Permissions.";
const WHERE_APP: &str = "The app-level token (xapp-...) is made in the app's settings, under Basic Information.";

fn slack_bot(given: String) -> Result<Secret, String> {
    let token = clean("SLACK_BOT_TOKEN", given)?;
    match token.as_str() {
        known if known.starts_with("xoxb-") => Ok(Secret::new(token)),
        rotated if rotated.starts_with("xoxe") => Err(
            "SLACK_BOT_TOKEN expires within hours, because token rotation is switched on for the app. Make the app \
             anew from the manifest, which leaves rotation off, and use its token."
                .to_owned(),
        ),
        user if user.starts_with("xoxp-") => {
            Err(format!("SLACK_BOT_TOKEN holds a person's token (xoxp-...) instead of the bot's. {WHERE_BOT}"))
        }
        _ => Err(format!("SLACK_BOT_TOKEN does not begin with xoxb-. {WHERE_BOT}")),
    }
}

fn slack_app(given: String) -> Result<Secret, String> {
    let token = clean("SLACK_APP_TOKEN", given)?;
    if token.starts_with("xapp-") {
        Ok(Secret::new(token))
    } else {
        Err(format!("SLACK_APP_TOKEN does not begin with xapp-. {WHERE_APP}"))
    }
}

/// A token without anything that came along when it was copied.
fn clean(name: &str, token: String) -> Result<String, String> {
    if token.trim().is_empty() {
        return Err(format!("{name} is set but empty. Set it to the token, or do not set it at all."));
    }
    if token.chars().any(|sign| sign.is_whitespace() || sign.is_control()) {
        return Err(format!("{name} holds a space or a line break. Copy the token again, without anything around it."));
    }
    if token.starts_with(['"', '\'', '<']) || token.ends_with(['"', '\'', '>']) {
        return Err(format!("{name} holds quotation marks or brackets around the token. Take them away."));
    }
    if !token.is_ascii() || token.contains("...") {
        return Err(format!("{name} is not the whole token. Use the button that copies it instead of selecting it."));
    }
    Ok(token)
}
