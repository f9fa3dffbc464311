//! Files of messages. Slack takes the bytes first, and shares them with nobody until a message of ours names the file;
//! so a file whose fate is unknown is uploaded again without anybody seeing it, and a message that was posted without
//! its files is completed. Files are never shared in a conversation by themselves: such a share carries no key of ours,
//! and stands there at some later moment.

use serde_json::{Value, json};

use super::api::Api;
use super::fault::{Fault, Why};
use super::text::line;
use crate::chat::File;

/// Longest words for a file.
const ALT: usize = 1000;
const TITLE: usize = 200;

const ADDRESS: &str = "files.getUploadURLExternal";
const COMPLETE: &str = "files.completeUploadExternal";

/// Gives Slack the files, and tells under which ids.
pub async fn upload(api: &Api, files: &[File]) -> Result<Vec<String>, Fault> {
    let mut ids = Vec::new();
    let mut named = Vec::new();
    for file in files {
        let length = file.content.len().to_string();
        let alt = file.alt.as_deref().map(|alt| line(alt, ALT)).unwrap_or_default();
        let arguments = [("filename", file.name.as_str()), ("length", length.as_str()), ("alt_txt", alt.as_str())];
        // Words beside a picture; other files are read out by their title.
        let given = if alt.is_empty() || !file.media.starts_with("image/") { &arguments[..2] } else { &arguments[..] };
        let address = api.read(ADDRESS, given).await?;
        let (Some(url), Some(id)) = (address["upload_url"].as_str(), address["file_id"].as_str()) else {
            return Err(Fault::new(ADDRESS, false, Why::Garbled));
        };
        api.upload(url, &file.content).await?;
        let title = file.alt.as_deref().map_or_else(|| file.name.clone(), |alt| line(alt, TITLE));
        named.push(json!({"id": id, "title": title}));
        ids.push(id.to_owned());
    }
    if named.is_empty() {
        return Ok(ids);
    }
    let mut complete = api.effect(COMPLETE, None, &json!({"files": named})).await;
    if let Err(fault) = &mut complete {
        // Completed or not, nobody sees it.
        fault.writes = false;
    }
    complete.map(|_| ids)
}

/// Gives a message of ours, which says `content`, these files instead of those it has.
pub async fn attach(api: &Api, (channel, ts): (&str, &str), mut content: Value, files: &[File]) -> Result<(), Fault> {
    content["file_ids"] = upload(api, files).await?.into();
    content["channel"] = channel.into();
    content["ts"] = ts.into();
    api.effect("chat.update", None, &content).await.map(drop)
}
