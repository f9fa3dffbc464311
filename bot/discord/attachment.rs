//! A file that came with a command. Discord names its address in the interaction; it is fetched from Discord's own
//! delivery network and from nowhere else, and never with the bot's token.

use std::sync::Arc;

use async_trait::async_trait;

use super::events::Attached;
use super::rest::{PUBLIC_URL, Rest};
use crate::chat::{Fetch, HANDED_MAX_BYTES, Handed};
use crate::download::download;

/// Where Discord keeps what people attach.
const NETWORK: [&str; 2] = ["https://cdn.discordapp.com/", "https://media.discordapp.net/"];

/// A file to fetch.
pub(super) struct Attachment {
    /// The way to Discord.
    pub rest: Arc<Rest>,
    /// What it told of the file.
    pub file: Attached,
}

/// Whether an address is of Discord's own network, or of the server that stands for it.
fn is_its_own(url: &str, base: &str) -> bool {
    let of_base = base != PUBLIC_URL && url.strip_prefix(base).is_some_and(|path| path.starts_with('/'));
    of_base || NETWORK.iter().any(|network| url.starts_with(network))
}

#[async_trait]
impl Fetch for Attachment {
    async fn fetch(&self) -> Handed {
        let Attached { name, url, size } = &self.file;
        if *size as usize > HANDED_MAX_BYTES {
            return Handed::TooLarge;
        }
        if !is_its_own(url, self.rest.base()) {
            tracing::warn!("a file that was handed in lies at an address that is not Discord's; not fetched");
            return Handed::NotFetched;
        }
        download(&self.rest.client(), url, None, name.clone()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_fetched_from_discord_alone() {
        for url in
            ["https://cdn.discordapp.com/ephemeral-attachments/1/2/list.csv?ex=1", "https://media.discordapp.net/x"]
        {
            assert!(is_its_own(url, PUBLIC_URL), "{url}");
        }
        for url in [
            "http://cdn.discordapp.com/x",
            "https://cdn.discordapp.com.evil.example/x",
            "https://cdn.discordapp.com@evil.example/x",
            "http://169.254.169.254/latest",
            "file:///etc/passwd",
            "https://discord.com/api",
        ] {
            assert!(!is_its_own(url, PUBLIC_URL), "{url}");
        }
        let base = "http://127.0.0.1:80";
        assert!(is_its_own("http://127.0.0.1:80/attachments/1/2/list.csv", base));
        assert!(!is_its_own("http://127.0.0.1:8080/attachments/1/2/list.csv", base));
    }
}
