//! What a message may hold, whether it is posted, updated, scheduled or whispered.

use serde_json::{Value, json};

use super::{Refused, known_channel, no};
use crate::slack::args::Args;
use crate::slack::blocks::{self, Surface};
use crate::slack::posting;
use crate::slack::state::{Kind, Message, World};

/// Longer texts are cut off.
const LONGEST_TEXT: usize = 40_000;
const LARGEST_METADATA: usize = 16_000;
const MOST_ATTACHMENTS: usize = 100;

/// Text, blocks and attachments of a call, checked.
pub struct Written {
    pub text: String,
    pub blocks: Vec<Value>,
    pub attachments: Vec<Value>,
}

/// Reads and judges the content of a call.
pub fn written(world: &mut World, args: &Args) -> Result<Written, Refused> {
    let mut blocks = args.value("blocks").cloned().unwrap_or(Value::Null);
    if !blocks.is_null() && !blocks.is_array() {
        return no("invalid_blocks_format");
    }
    let findings = blocks::check_blocks(&blocks, Surface::Message, "/blocks");
    if !findings.is_empty() {
        return Err(Refused::because("invalid_blocks", findings));
    }
    blocks::normalise(&mut blocks, &mut world.ids);
    let attachments = args.value("attachments").cloned().unwrap_or(Value::Null);
    let mut attachments = attachments.as_array().cloned().unwrap_or_default();
    if attachments.len() > MOST_ATTACHMENTS {
        return no("too_many_attachments");
    }
    for (index, attachment) in attachments.iter_mut().enumerate() {
        let at = format!("/attachments/{index}/blocks");
        let findings = blocks::check_blocks(&attachment["blocks"], Surface::Message, &at);
        if !findings.is_empty() {
            return Err(Refused::because("invalid_attachments", findings));
        }
        blocks::normalise(&mut attachment["blocks"], &mut world.ids);
        attachment["id"] = json!(index + 1);
    }
    let mut text = args.text("text").unwrap_or_default();
    if let Some(markdown) = args.filled("markdown_text") {
        if !text.is_empty() || !blocks.is_null() {
            return no("markdown_text_conflict");
        }
        text = markdown;
    }
    let blocks = blocks.as_array().cloned().unwrap_or_default();
    if text.is_empty() && blocks.is_empty() && attachments.is_empty() {
        return no("no_text");
    }
    Ok(Written { text: text.chars().take(LONGEST_TEXT).collect(), blocks, attachments })
}

/// A new message by the app from a call.
pub fn message(world: &mut World, args: &Args) -> Result<Message, Refused> {
    let metadata = metadata(args)?.filter(|metadata| metadata.as_object().is_some_and(|map| !map.is_empty()));
    let written = written(world, args)?;
    let mut message = posting::draft(world, &written.text, written.blocks);
    message.attachments = written.attachments;
    message.metadata = metadata;
    message.mrkdwn = args.text("mrkdwn").is_none_or(|flag| flag != "false");
    message.thread_ts = args.filled("thread_ts");
    message.broadcast = args.flag("reply_broadcast");
    Ok(message)
}

/// `{event_type, event_payload}`, or an empty object that clears it.
pub fn metadata(args: &Args) -> Result<Option<Value>, Refused> {
    let Some(metadata) = args.value("metadata") else { return Ok(None) };
    let Some(object) = metadata.as_object() else { return no("invalid_metadata_format") };
    let whole =
        metadata["event_type"].as_str().is_some_and(|kind| !kind.is_empty()) && metadata["event_payload"].is_object();
    if !object.is_empty() && !whole {
        return no("invalid_metadata_schema");
    }
    if metadata.to_string().len() > LARGEST_METADATA {
        return no("metadata_too_large");
    }
    Ok(Some(metadata.clone()))
}

/// The conversation a message is to go to: an id, a user id (their direct messages), or a public name.
pub fn target(world: &World, args: &Args) -> Result<String, Refused> {
    let named = args.filled("channel").ok_or_else(|| Refused::missing("channel"))?;
    if let Some(person) = world.person(&named) {
        let direct = world.direct_with(&named).filter(|_| person.resident.present);
        return direct.map(|channel| channel.id.clone()).ok_or_else(|| Refused::new("channel_not_found"));
    }
    let name = named.trim_start_matches('#');
    let by_name = world.channels.iter().find(|channel| channel.kind == Kind::Public && channel.name == name);
    match by_name {
        Some(channel) => Ok(channel.id.clone()),
        None => Ok(known_channel(world, &named)?.id.clone()),
    }
}

/// Whether the app may write there.
pub fn may_write(world: &World, id: &str) -> Result<(), Refused> {
    let channel = known_channel(world, id)?;
    if channel.archived {
        return no("is_archived");
    }
    if let Kind::Direct(user) = &channel.kind {
        if !world.messages_tab {
            return no("messages_tab_disabled");
        }
        let present = world.person(user).is_some_and(|person| person.resident.present);
        return if present { Ok(()) } else { no("channel_not_found") };
    }
    let member = channel.has(&world.app.user_id);
    let open = channel.kind == Kind::Public && world.app.scopes.contains("chat:write.public");
    if member || open { Ok(()) } else { no("not_in_channel") }
}
