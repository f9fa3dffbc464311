//! Reads request bodies: JSON, or multipart with `payload_json` and `files[n]`. Writes nothing.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use axum::http::request::Parts;
use serde_json::{Map, Value};

use super::super::interactions::ATTACHMENT_LIMIT;
use super::super::refused::Refused;
use super::super::shape::message::Upload;

/// A request body.
#[derive(Default)]
pub struct Body {
    /// `null` if there was none.
    pub json: Value,
    pub files: Vec<Upload>,
}

impl Body {
    /// The body as an object; an absent one counts as empty.
    pub fn object(&self) -> Result<Map<String, Value>, Refused> {
        match &self.json {
            Value::Object(map) => Ok(map.clone()),
            Value::Null => Ok(Map::new()),
            _ => Err(Refused::form("", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")),
        }
    }
}

/// Reads a body as its content type says.
///
/// # Errors
/// 50109 for broken JSON, 40005 for too large a file, 30015 for more than ten.
pub async fn read(parts: &Parts, bytes: Bytes) -> Result<Body, Refused> {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        return multipart(parts, bytes).await;
    }
    if bytes.is_empty() {
        return Ok(Body::default());
    }
    let json = serde_json::from_slice(&bytes).map_err(|_| Refused::not_json())?;
    Ok(Body { json, files: Vec::new() })
}

async fn multipart(parts: &Parts, bytes: Bytes) -> Result<Body, Refused> {
    // The parts carry the body limit of this server; without them axum's own, smaller one would hold.
    let request = Request::from_parts(parts.clone(), axum::body::Body::from(bytes));
    let broken = |_| Refused::new(400, 50035, "Invalid Form Body");
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Refused::not_json())?;
    let mut body = Body::default();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "payload_json" {
            let text = field.text().await.map_err(broken)?;
            body.json = serde_json::from_str(&text).map_err(|_| Refused::not_json())?;
            continue;
        }
        let number =
            name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']')).and_then(|digits| digits.parse().ok());
        let index = number.unwrap_or(body.files.len() as u64);
        let Some(file_name) = field.file_name().map(str::to_owned) else { continue };
        let content_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
        let bytes = field.bytes().await.map_err(broken)?.to_vec();
        if bytes.len() > ATTACHMENT_LIMIT as usize {
            return Err(Refused::new(413, 40005, "Request entity too large"));
        }
        body.files.push(Upload { index, name: file_name, content_type, bytes });
    }
    if body.files.len() > 10 {
        return Err(Refused::new(400, 30015, "Maximum number of attachments in a message reached (10)"));
    }
    Ok(body)
}

/// The query as pairs.
pub fn query(text: &str) -> HashMap<String, String> {
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (unescape(key), unescape(&value.replace('+', " ")))
    };
    text.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

/// Turns `%41` into `A`.
pub fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
