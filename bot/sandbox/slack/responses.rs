//! `response_url`: up to five answers to an interaction within thirty minutes, also where the bot is not a
//! member.

use serde_json::{Value, json};

use super::blocks::{self, Surface};
use super::http::{Asked, Reply};
use super::posting;
use super::state::{Hook, World};

const MOST_USES: u32 = 5;
const LIFETIME_MS: i64 = 30 * 60 * 1000;

/// Takes an answer sent to a `response_url`.
pub fn respond(world: &mut World, asked: &Asked) -> Reply {
    let now = world.now_ms();
    let Some(hook) = world.hooks.get_mut(&asked.path) else {
        return refuse(404, "invalid_url");
    };
    if asked.method != "POST" || asked.broken_json {
        return refuse(400, "invalid_payload");
    }
    if now - hook.born_ms > LIFETIME_MS {
        return refuse(404, "expired_url");
    }
    if hook.uses >= MOST_USES {
        return refuse(404, "used_url");
    }
    hook.uses += 1;
    let hook = Hook {
        original: hook.original.clone(),
        channel: hook.channel.clone(),
        user: hook.user.clone(),
        trigger: hook.trigger.clone(),
        ..*hook
    };
    match apply(world, &hook, &asked.args.as_value()) {
        Ok(()) => {
            world.answers.shown(&hook.trigger);
            Reply::text(200, "ok")
        }
        Err((error, messages)) => {
            let mut body = json!({"ok": false, "error": error});
            if !messages.is_empty() {
                body["response_metadata"] = json!({"messages": messages});
            }
            Reply::json(if error == "invalid_blocks" { 200 } else { 404 }, body)
        }
    }
}

fn refuse(status: u16, error: &str) -> Reply {
    Reply::json(status, json!({"ok": false, "error": error}))
}

type Refusal = (&'static str, Vec<String>);

fn apply(world: &mut World, hook: &Hook, body: &Value) -> Result<(), Refusal> {
    if body["delete_original"] == true {
        let ts = hook.original.clone().ok_or(("message_not_found", Vec::new()))?;
        let channel = world.channel_mut(&hook.channel).ok_or(("channel_not_found", Vec::new()))?;
        channel.messages.retain(|message| message.ts != ts);
        return Ok(());
    }
    let (text, blocks) = content(world, body)?;
    if body["replace_original"] == true {
        let ts = hook.original.clone().ok_or(("message_not_found", Vec::new()))?;
        let edited = (world.next_ts(), world.now_ms());
        let message = world.channel_mut(&hook.channel).and_then(|channel| channel.message_mut(&ts));
        let message = message.ok_or(("message_not_found", Vec::new()))?;
        message.text = text;
        message.blocks = blocks;
        message.edited = Some(edited);
        return Ok(());
    }
    if world.channel(&hook.channel).is_none_or(|channel| channel.archived) {
        return Err(("is_archived", Vec::new()));
    }
    let mut message = posting::draft(world, &text, blocks);
    message.thread_ts = body["thread_ts"].as_str().map(str::to_owned);
    if body["response_type"] == "in_channel" {
        posting::post(world, &hook.channel, message);
    } else {
        posting::whisper(world, &hook.channel, &hook.user, message);
    }
    Ok(())
}

/// The text and checked blocks of an answer.
pub fn content(world: &mut World, body: &Value) -> Result<(String, Vec<Value>), Refusal> {
    let text = body["text"].as_str().unwrap_or_default().to_owned();
    let mut blocks = body["blocks"].clone();
    let findings = blocks::check_blocks(&blocks, Surface::Message, "/blocks");
    if !findings.is_empty() {
        return Err(("invalid_blocks", findings));
    }
    blocks::normalise(&mut blocks, &mut world.ids);
    let blocks: Vec<Value> = blocks.as_array().cloned().unwrap_or_default();
    if text.is_empty() && blocks.is_empty() {
        return Err(("no_text", Vec::new()));
    }
    Ok((text, blocks))
}
