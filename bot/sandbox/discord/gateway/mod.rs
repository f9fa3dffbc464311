//! The gateway: one WebSocket per connection, from HELLO to close. What goes over it is decided by the hub.

mod commands;
pub mod faults;
pub mod hub;
mod wire;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::Discord;
use commands::Reply;
use hub::{Link, ToSocket};
use wire::Wire;

/// Payloads a connection may send in a minute.
const SENDS_PER_MINUTE: usize = 120;
/// The largest payload a bot may send, in bytes.
const LARGEST_SEND: usize = 4096;

/// Serves one connection until either side ends it.
pub async fn serve(discord: Discord, socket: WebSocket, query: HashMap<String, String>) {
    let (out, inbox) = mpsc::unbounded_channel();
    let link = Link { id: discord.sockets().next_link(), out, queued: Arc::new(AtomicUsize::new(0)) };
    let connection = Connection { wire: Wire::new(socket, &query), link: link.clone(), inbox, sent: Vec::new() };
    if discord.sockets().refuses_connections() {
        connection.wire.close(Some(1011)).await;
        return;
    }
    discord.sockets().opened(&link);
    if query.get("v").is_some_and(|version| version != "10" && version != "9") {
        connection.wire.close(Some(4012)).await;
    } else {
        let goodbye = connection.run(&discord).await;
        discord.world().hub.unlink(link.id, goodbye);
    }
    discord.sockets().closed(link.id);
    discord.world().touch();
}

struct Connection {
    wire: Wire,
    link: Link,
    inbox: mpsc::UnboundedReceiver<ToSocket>,
    /// When payloads were received in the last minute.
    sent: Vec<Instant>,
}

impl Connection {
    /// Returns whether the bot said goodbye (close 1000 or 1001), which ends its session.
    async fn run(mut self, discord: &Discord) -> bool {
        let interval = discord.sockets().heartbeat_interval();
        let hello =
            json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": interval.as_millis(), "_trace": []}});
        if self.wire.text(&hello.to_string()).await.is_err() {
            return false;
        }
        // A bot that stays silent for one and a half intervals is given up.
        let patience = interval + interval / 2;
        let mut heard = Instant::now();
        loop {
            let left = patience.saturating_sub(heard.elapsed()).max(Duration::from_millis(1));
            tokio::select! {
                order = self.inbox.recv() => match order {
                    Some(ToSocket::Frame(frame)) => {
                        let written = self.wire.text(&frame).await;
                        self.link.queued.fetch_sub(1, Ordering::SeqCst);
                        discord.world().touch();
                        if written.is_err() {
                            return false;
                        }
                    }
                    Some(ToSocket::Close(code)) => {
                        self.wire.close(code).await;
                        return false;
                    }
                    Some(ToSocket::Drop) | None => return false,
                },
                got = tokio::time::timeout(left, self.wire.next()) => match got {
                    Err(_) => {
                        self.wire.close(Some(4009)).await;
                        return false;
                    }
                    Ok(None | Some(Err(_))) => return false,
                    Ok(Some(Ok(Message::Close(frame)))) => return said_goodbye(frame.as_ref()),
                    Ok(Some(Ok(Message::Text(text)))) => {
                        heard = Instant::now();
                        if let Some(code) = self.hear(discord, text.as_str()) {
                            self.wire.close(Some(code)).await;
                            return false;
                        }
                    }
                    Ok(Some(Ok(Message::Binary(bytes)))) => {
                        heard = Instant::now();
                        let text = String::from_utf8(bytes.to_vec()).unwrap_or_default();
                        if let Some(code) = self.hear(discord, &text) {
                            self.wire.close(Some(code)).await;
                            return false;
                        }
                    }
                    Ok(Some(Ok(_))) => {}
                },
            }
        }
    }

    /// Takes one payload; a close code if the connection must end.
    fn hear(&mut self, discord: &Discord, text: &str) -> Option<u16> {
        let now = Instant::now();
        self.sent.retain(|at| now.duration_since(*at) < Duration::from_secs(60));
        self.sent.push(now);
        if self.sent.len() > SENDS_PER_MINUTE {
            return Some(4008);
        }
        let payload = serde_json::from_str::<Value>(text).ok().filter(Value::is_object);
        let Some(payload) = payload.filter(|_| text.len() <= LARGEST_SEND) else { return Some(4002) };
        match commands::take(discord, &self.link, &payload) {
            Reply::Nothing => None,
            Reply::Close(code) => Some(code),
        }
    }
}

fn said_goodbye(frame: Option<&CloseFrame>) -> bool {
    frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001))
}
