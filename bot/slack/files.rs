//! Files of messages, and files that people hand in.
//! Slack takes the bytes first, and shares them with nobody until a message of ours names the file;
//! so a file whose fate is unknown is uploaded again without anybody seeing it, and a message that was posted without
//! its files is completed. Files are never shared in a conversation by themselves: such a share carries no key of ours,
//! and stands there at some later moment.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::{Value, json};

use super::api::Api;
use super::fault::{Fault, Why};
use super::text::line;
use crate::chat::{Fetch, File, HANDED_MAX_BYTES, Handed};

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

/// Where Slack keeps what people upload.
const KEPT_AT: &str = "https://files.slack.com/";

const INFO: &str = "files.info";

/// A file that a form was sent with. Slack tells only its id; its address is asked for, and the bytes are fetched with
/// the bot's token, which goes to Slack and to nobody else.
pub struct HandedIn {
    api: Arc<Api>,
    id: String,
}

impl HandedIn {
    /// The file of this id.
    pub fn new(api: &Arc<Api>, id: &str) -> Self {
        Self { api: Arc::clone(api), id: id.to_owned() }
    }
}

#[async_trait]
impl Fetch for HandedIn {
    async fn fetch(&self) -> Handed {
        let file = match self.api.read_at_once(INFO, &[("file", &self.id)]).await {
            Ok(answer) => answer["file"].clone(),
            Err(fault) => {
                tracing::warn!(?fault, "Slack does not tell of a file that was handed in");
                return Handed::NotFetched;
            }
        };
        if file["size"].as_u64().is_some_and(|size| size > HANDED_MAX_BYTES as u64) {
            return Handed::TooLarge;
        }
        let Some(url) = file["url_private_download"].as_str().or(file["url_private"].as_str()) else {
            tracing::warn!("Slack tells no address of a file that was handed in");
            return Handed::NotFetched;
        };
        let name = file["name"].as_str().unwrap_or_default().to_owned();
        self.api.download(url, name).await
    }
}

/// Whether an address is Slack's own, or of the server that stands for it, whose API is at `api`.
pub fn is_its_own(url: &str, api: Option<&str>) -> bool {
    let origin = api.and_then(|api| {
        let host = api.find("://")? + 3;
        Some(&api[..api[host..].find('/').map_or(api.len(), |end| host + end)])
    });
    let of_origin = origin.is_some_and(|origin| url.strip_prefix(origin).is_some_and(|path| path.starts_with('/')));
    of_origin || url.starts_with(KEPT_AT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_goes_to_slack_alone() {
        assert!(is_its_own("https://files.slack.com/files-pri/T1-F1/download/list.csv", None));
        for url in [
            "http://files.slack.com/files-pri/T1-F1/list.csv",
            "https://files.slack.com.evil.example/list.csv",
            "https://files.slack.com@evil.example/list.csv",
            "https://drive.example/list.csv",
        ] {
            assert!(!is_its_own(url, None), "{url}");
            assert!(!is_its_own(url, Some("http://127.0.0.1:80/api")), "{url}");
        }
        assert!(is_its_own("http://127.0.0.1:80/files-pri/F1/list.csv", Some("http://127.0.0.1:80/api")));
        assert!(!is_its_own("http://127.0.0.1:8080/files-pri/F1", Some("http://127.0.0.1:80/api")));
    }
}
