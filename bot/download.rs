//! Fetches the bytes of a file that somebody handed in, from an address that an adapter has judged: bounded in size
//! whatever the server says beforehand, following no redirect, and telling nobody the address.

use reqwest::Client;

use crate::chat::{HANDED_MAX_BYTES, Handed};

/// A client that follows nobody elsewhere. No download takes longer than `timeout`.
///
/// # Errors
/// The client cannot be built.
pub fn client(timeout: std::time::Duration) -> Result<Client, reqwest::Error> {
    Client::builder().timeout(timeout).connect_timeout(timeout).redirect(reqwest::redirect::Policy::none()).build()
}

/// Fetches a file of this name.
pub async fn download(client: &Client, url: &str, bearer: Option<&str>, name: String) -> Handed {
    let mut request = client.get(url);
    if let Some(token) = bearer {
        request = request.bearer_auth(token);
    }
    let mut response = match request.send().await {
        Ok(response) if response.status().is_success() => response,
        Ok(response) => {
            tracing::warn!(status = response.status().as_u16(), "a file that was handed in could not be fetched");
            return Handed::NotFetched;
        }
        Err(error) => return not_fetched(error),
    };
    let mut content = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if content.len() + chunk.len() > HANDED_MAX_BYTES => return Handed::TooLarge,
            Ok(Some(chunk)) => content.extend_from_slice(&chunk),
            Ok(None) => return Handed::Here { name, content },
            Err(error) => return not_fetched(error),
        }
    }
}

fn not_fetched(error: reqwest::Error) -> Handed {
    // The address may let anybody in who has it.
    tracing::warn!(error = %error.without_url(), "a file that was handed in could not be fetched");
    Handed::NotFetched
}
