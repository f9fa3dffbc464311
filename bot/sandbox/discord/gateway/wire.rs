//! One WebSocket with or without the `zlib-stream` transport compression. Knows nothing of payloads.

use std::collections::HashMap;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use flate2::{Compress, Compression, FlushCompress};

/// A socket and its compressor, if the bot asked for one.
pub struct Wire {
    socket: WebSocket,
    zlib: Option<Compress>,
}

impl Wire {
    pub fn new(socket: WebSocket, query: &HashMap<String, String>) -> Self {
        let wanted = query.get("compress").is_some_and(|kind| kind == "zlib-stream");
        Self { socket, zlib: wanted.then(|| Compress::new(Compression::fast(), true)) }
    }

    /// Sends a payload.
    pub async fn text(&mut self, payload: &str) -> Result<(), axum::Error> {
        let message = match &mut self.zlib {
            Some(zlib) => Message::Binary(deflate(zlib, payload.as_bytes()).into()),
            None => Message::Text(payload.into()),
        };
        self.socket.send(message).await
    }

    pub async fn next(&mut self) -> Option<Result<Message, axum::Error>> {
        self.socket.recv().await
    }

    /// Sends a close frame and reads what is left, so that the frame arrives before the connection ends.
    pub async fn close(mut self, code: Option<u16>) {
        let frame = code.map(|code| CloseFrame { code, reason: reason(code).into() });
        if self.socket.send(Message::Close(frame)).await.is_ok() {
            let rest = async { while let Some(Ok(_)) = self.socket.recv().await {} };
            let _ = tokio::time::timeout(std::time::Duration::from_secs(1), rest).await;
        }
    }
}

/// Compresses one message and flushes it, so that it ends with `00 00 FF FF`.
fn deflate(zlib: &mut Compress, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 64);
    let start = zlib.total_in();
    loop {
        let done = usize::try_from(zlib.total_in() - start).unwrap_or(bytes.len());
        out.reserve(1024);
        let room = out.capacity() - out.len();
        let before = out.len();
        if zlib.compress_vec(&bytes[done..], &mut out, FlushCompress::Sync).is_err() {
            return out;
        }
        // Room left over means that the flush is complete.
        if out.len() - before < room {
            return out;
        }
    }
}

fn reason(code: u16) -> &'static str {
    match code {
        4001 => "Unknown opcode.",
        4002 => "Error while decoding payload.",
        4003 => "Not authenticated.",
        4004 => "Authentication failed.",
        4005 => "Already authenticated.",
        4007 => "Invalid seq.",
        4008 => "You are being rate limited.",
        4009 => "Session timed out.",
        4010 => "Invalid shard.",
        4011 => "Sharding required.",
        4012 => "Invalid API version.",
        4013 => "Invalid intent(s).",
        4014 => "Disallowed intent(s).",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use flate2::{Decompress, FlushDecompress};

    use super::*;

    #[test]
    fn every_frame_ends_where_bots_look_for_its_end() {
        let mut zlib = Compress::new(Compression::fast(), true);
        let mut inflater = Decompress::new(true);
        for size in (0_usize..3000).chain([10_000, 100_000]) {
            let payload: String =
                (0..size).map(|at| char::from(b"abcdefghijklmnopqrstuvwxyz"[(at * at + size) % 26])).collect();
            let frame = deflate(&mut zlib, payload.as_bytes());
            assert!(frame.ends_with(&[0, 0, 0xFF, 0xFF]), "{size} bytes became {frame:?}");
            let mut out = Vec::with_capacity(payload.len() + 64);
            inflater.decompress_vec(&frame, &mut out, FlushDecompress::Sync).unwrap();
            assert_eq!(out, payload.as_bytes());
        }
    }
}
