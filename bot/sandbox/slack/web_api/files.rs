//! Files in three steps: ask for an address, send the bytes, complete and share. Sharing in a conversation happens a
//! moment after the `ok`, as Slack documents; a message that names a finished file has it at once.

use serde_json::{Value, json};

use super::content::may_write;
use super::{Answer, Refused, known_channel, no};
use crate::slack::args::Args;
use crate::slack::blocks::{self, Surface};
use crate::slack::posting;
use crate::slack::shapes;
use crate::slack::state::{Scheduled, StoredFile, World};

const LONGEST_ALT: usize = 1000;
/// How long after completing a file it is shared.
const SHARED_AFTER_MS: i64 = 2000;

pub fn get_upload_url(world: &mut World, args: &Args) -> Answer {
    let name = args.filled("filename").ok_or_else(|| Refused::missing("filename"))?;
    let length = args.number("length").ok_or_else(|| Refused::missing("length"))?;
    let declared = usize::try_from(length).ok().filter(|length| *length > 0);
    let declared = declared.ok_or_else(|| Refused::new("file_upload_size_restricted"))?;
    let alt = args.filled("alt_txt").or_else(|| args.filled("alt_text"));
    if alt.as_ref().is_some_and(|alt| alt.chars().count() > LONGEST_ALT) {
        return no("alt_txt_too_large");
    }
    let (id, created_ms) = (world.ids.next("F"), world.now_ms());
    world.files.push(StoredFile {
        id: id.clone(),
        title: name.clone(),
        name,
        alt,
        declared,
        bytes: None,
        complete: false,
        created_ms,
        owner: None,
        shares: Vec::new(),
    });
    Ok(json!({"upload_url": format!("{}/upload/v1/{id}", world.origin), "file_id": id}))
}

pub fn complete(world: &mut World, args: &Args) -> Answer {
    let files = args.value("files").and_then(Value::as_array).cloned().ok_or_else(|| Refused::missing("files"))?;
    let ids: Vec<String> = files.iter().filter_map(|file| file["id"].as_str().map(str::to_owned)).collect();
    let ready = |id: &String| world.file(id).is_some_and(|file| file.bytes.is_some());
    if ids.is_empty() || ids.len() != files.len() || !ids.iter().all(ready) {
        return no("file_not_found");
    }
    let channels = match args.filled("channel_id") {
        Some(channel) => vec![channel],
        None => args.list("channels").unwrap_or_default(),
    };
    for channel in &channels {
        known_channel(world, channel).map_err(|_| Refused::new("invalid_channel"))?;
        may_write(world, channel).map_err(|_| Refused::new("posting_to_channel_denied"))?;
    }
    let mut blocks = args.value("blocks").cloned().unwrap_or(Value::Null);
    let findings = blocks::check_blocks(&blocks, Surface::Message, "/blocks");
    if !findings.is_empty() {
        return Err(Refused::because("invalid_blocks", findings));
    }
    blocks::normalise(&mut blocks, &mut world.ids);
    for (id, given) in ids.iter().zip(&files) {
        if let Some(file) = world.files.iter_mut().find(|file| file.id == *id) {
            file.complete = true;
            file.title = given["title"].as_str().unwrap_or(&file.name).to_owned();
        }
    }
    for channel in channels {
        let blocks = blocks.as_array().cloned().unwrap_or_default();
        let mut message = posting::draft(world, &args.text("initial_comment").unwrap_or_default(), blocks);
        message.thread_ts = args.filled("thread_ts");
        message.files.clone_from(&ids);
        let post_at_ms = world.now_ms() + SHARED_AFTER_MS;
        world.scheduled.push(Scheduled { id: String::new(), channel, post_at_ms, message });
    }
    let shapes: Vec<Value> = ids.iter().filter_map(|id| world.file(id)).map(|file| shapes::file(world, file)).collect();
    Ok(json!({"files": shapes}))
}

fn own_file<'w>(world: &'w World, args: &Args) -> Result<&'w StoredFile, Refused> {
    let id = args.filled("file").ok_or_else(|| Refused::missing("file"))?;
    world.file(&id).filter(|file| file.complete).ok_or_else(|| Refused::new("file_not_found"))
}

pub fn info(world: &mut World, args: &Args) -> Answer {
    let file = own_file(world, args)?;
    Ok(json!({"file": shapes::file(world, file), "comments": [], "response_metadata": {"next_cursor": ""}}))
}

pub fn delete(world: &mut World, args: &Args) -> Answer {
    let id = own_file(world, args)?.id.clone();
    world.files.retain(|file| file.id != id);
    for message in world.channels.iter_mut().flat_map(|channel| channel.messages.iter_mut()) {
        message.files.retain(|file| *file != id);
    }
    Ok(json!({}))
}
