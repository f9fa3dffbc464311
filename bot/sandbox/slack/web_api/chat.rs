//! Methods that write messages.

use serde_json::json;

use super::content::{self, may_write, target};
use super::{Answer, Refused, known_channel, no};
use crate::slack::args::Args;
use crate::slack::posting;
use crate::slack::shapes;
use crate::slack::state::{Author, World};

/// `chat.update` is stricter than `chat.postMessage`.
const LONGEST_UPDATE: usize = 4000;

pub fn post_message(world: &mut World, args: &Args) -> Answer {
    let id = target(world, args)?;
    may_write(world, &id)?;
    let message = content::message(world, args)?;
    if let Some(thread) = &message.thread_ts
        && world.channel(&id).is_none_or(|channel| channel.message(thread).is_none())
    {
        return no("thread_not_found");
    }
    let ts = posting::post(world, &id, message);
    let channel = known_channel(world, &id)?;
    let posted = channel.message(&ts).ok_or_else(|| Refused::new("fatal_error"))?;
    Ok(json!({"channel": id, "ts": ts, "message": shapes::message(world, channel, posted, true)}))
}

pub fn post_ephemeral(world: &mut World, args: &Args) -> Answer {
    let id = target(world, args)?;
    may_write(world, &id)?;
    let user = args.filled("user").ok_or_else(|| Refused::missing("user"))?;
    if known_channel(world, &id)?.members.iter().all(|member| *member != user) {
        return no("user_not_in_channel");
    }
    let message = content::message(world, args)?;
    Ok(json!({"message_ts": posting::whisper(world, &id, &user, message)}))
}

/// The conversation and timestamp of a message of the app's own.
fn own_message(world: &World, args: &Args, refusal: &str) -> Result<(String, String), Refused> {
    let id = args.filled("channel").ok_or_else(|| Refused::missing("channel"))?;
    let ts = args.filled("ts").ok_or_else(|| Refused::missing("ts"))?;
    let message = known_channel(world, &id)?.message(&ts).filter(|message| message.only_for.is_none());
    match message.map(|message| &message.author) {
        None => no("message_not_found"),
        Some(Author::App) => Ok((id, ts)),
        Some(_) => no(refusal),
    }
}

pub fn update(world: &mut World, args: &Args) -> Answer {
    let (id, ts) = own_message(world, args, "cant_update_message")?;
    if known_channel(world, &id)?.archived {
        return no("is_inactive");
    }
    if args.text("text").is_some_and(|text| text.chars().count() > LONGEST_UPDATE) {
        return no("msg_too_long");
    }
    let metadata = content::metadata(args)?;
    let written = content::written(world, args)?;
    let files = given_files(world, args)?;
    let edited = (world.next_ts(), world.now_ms());
    let message = world.channel_mut(&id).and_then(|channel| channel.message_mut(&ts));
    let message = message.ok_or_else(|| Refused::new("message_not_found"))?;
    let before = message.clone();
    message.text = written.text;
    message.blocks = written.blocks;
    message.attachments = written.attachments;
    message.edited = Some(edited);
    if let Some(metadata) = metadata {
        message.metadata = metadata.as_object().is_some_and(|map| !map.is_empty()).then_some(metadata);
    }
    if let Some(files) = &files {
        message.files.clone_from(files);
    }
    let after = message.clone();
    if let Some(files) = &files {
        share_anew(world, (&id, &ts), files);
    }
    posting::announce_change(world, &id, &before, Some(&after));
    let channel = known_channel(world, &id)?;
    let shape = shapes::message(world, channel, &after, true);
    Ok(json!({"channel": id, "ts": ts, "text": after.text, "message": shape}))
}

/// The files a message is to have from now on, if the call says so; its list replaces what the message has.
fn given_files(world: &World, args: &Args) -> Result<Option<Vec<String>>, Refused> {
    let Some(ids) = args.list("file_ids") else { return Ok(None) };
    let uploaded = |id: &String| world.file(id).is_some_and(|file| file.complete);
    if ids.iter().all(uploaded) { Ok(Some(ids)) } else { no("file_not_found") }
}

/// A file is shared by the messages that have it, and by no others.
fn share_anew(world: &mut World, (channel, ts): (&str, &str), files: &[String]) {
    let here = (channel.to_owned(), ts.to_owned());
    for file in &mut world.files {
        file.shares.retain(|share| *share != here);
        if files.contains(&file.id) {
            file.shares.push(here.clone());
        }
    }
}

pub fn delete(world: &mut World, args: &Args) -> Answer {
    let (id, ts) = own_message(world, args, "cant_delete_message")?;
    let Some(channel) = world.channel_mut(&id) else { return no("channel_not_found") };
    let before = channel.message(&ts).cloned();
    channel.messages.retain(|message| message.ts != ts);
    channel.pins.retain(|pin| *pin != ts);
    if let Some(before) = before {
        posting::announce_change(world, &id, &before, None);
    }
    Ok(json!({"channel": id, "ts": ts}))
}

pub fn get_permalink(world: &mut World, args: &Args) -> Answer {
    let id = args.filled("channel").ok_or_else(|| Refused::missing("channel"))?;
    let ts = args.filled("message_ts").ok_or_else(|| Refused::missing("message_ts"))?;
    let channel = known_channel(world, &id)?;
    if channel.message(&ts).is_none() {
        return no("message_not_found");
    }
    let link = format!("https://{}.slack.com/archives/{id}/p{}", world.domain, ts.replace('.', ""));
    Ok(json!({"channel": id, "permalink": link}))
}
