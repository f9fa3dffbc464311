//! Writes every request to a pretend platform, with its answer, as one JSON line: what a contract checker
//! reads. Tokens are shortened to their kind before they are written.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use serde_json::{Map, Value};

/// One request and its answer.
#[derive(Serialize)]
pub struct Exchange {
    /// World time in milliseconds since the epoch.
    pub t: i64,
    /// `discord` or `slack`.
    pub platform: &'static str,
    /// HTTP method.
    pub method: String,
    /// Path with query, as received (`/api/v10/...`, `/api/chat.postMessage`).
    pub path: String,
    /// Lower-case header names; authorization shortened.
    pub headers: Map<String, Value>,
    /// Parsed body: JSON, form fields, or the `payload_json` of a multipart request.
    pub body: Value,
    /// HTTP status of the answer.
    pub status: u16,
    /// Parsed body of the answer, `null` if empty.
    pub response: Value,
}

/// Where exchanges are written; does nothing unless given a file.
#[derive(Clone, Default)]
pub struct Recorder(Option<Arc<Mutex<BufWriter<File>>>>);

impl Recorder {
    /// Records nothing.
    #[must_use]
    pub fn off() -> Self {
        Self(None)
    }

    /// Records to `path`, replacing what was there.
    ///
    /// # Errors
    /// The file cannot be created.
    pub fn to_file(path: &Path) -> io::Result<Self> {
        Ok(Self(Some(Arc::new(Mutex::new(BufWriter::new(File::create(path)?))))))
    }

    /// Writes one line, made only if there is a file. A write error is logged once per line and otherwise ignored: a recording never
    /// disturbs what it records.
    pub fn write(&self, exchange: impl FnOnce() -> Exchange) {
        let Some(out) = &self.0 else { return };
        let exchange = exchange();
        let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
        let written = serde_json::to_writer(&mut *out, &exchange)
            .map_err(io::Error::from)
            .and_then(|()| out.write_all(b"\n"))
            .and_then(|()| out.flush());
        if let Err(error) = written {
            tracing::error!(%error, "the recording could not be written");
        }
    }

    /// `Bot abc.def` -> `Bot …`, `Bearer xoxb-1-2` -> `Bearer xoxb…`: the kind of a credential without it.
    #[must_use]
    pub fn shorten_credential(value: &str) -> String {
        let (scheme, rest) = value.split_once(' ').map_or(("", value), |(scheme, rest)| (scheme, rest));
        let kind: String = if rest.starts_with("xapp") {
            "xapp".into()
        } else if rest.starts_with("xox") {
            rest.chars().take(4).collect()
        } else {
            String::new()
        };
        if scheme.is_empty() { format!("{kind}…") } else { format!("{scheme} {kind}…") }
    }
}
