//! Socket Mode: the web socket itself, envelopes, and the redelivery of events nobody acknowledged. What an
//! acknowledgement means for the person who waits is decided in `interactions.rs`.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message as Frame, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::Inner;
use super::sockets::{Delivery, MOST_SOCKETS, Order, QUEUE};
use super::wire::Line;
use crate::clock::until_world;
use crate::faults::FaultKind;

/// Real Slack pings too, and the official JavaScript client hangs up if it stops doing so.
const PING_EVERY: Duration = Duration::from_secs(10);
/// After `warning` Slack closes the socket about ten seconds later.
const WARNING_GRACE: Duration = Duration::from_secs(10);
/// How long a socket that has to go may still acknowledge.
const LAST_WORDS: Duration = Duration::from_millis(200);
/// When an unacknowledged event is tried again, in world milliseconds after it happened.
const RETRY_AFTER_MS: [i64; 3] = [0, 60_000, 300_000];

/// `GET /link/?ticket=...`: takes up a web socket.
pub async fn link(
    State(inner): State<Arc<Inner>>,
    ConnectInfo(line): ConnectInfo<Line>,
    Query(query): Query<BTreeMap<String, String>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    // Any fault of a handshake ends it: refused with its status, or cut.
    match inner.faults.take("GET", "/link/", "") {
        Some(FaultKind::Answer { status, .. } | FaultKind::AnswerAfterEffect { status, .. }) => {
            return StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response();
        }
        Some(FaultKind::NeverAnswer | FaultKind::Swallow) => {
            inner.faults.silent();
            std::future::pending().await
        }
        Some(_) => line.cut(),
        None => {}
    }
    let ticket = query.get("ticket").map_or("", String::as_str);
    if !inner.sockets.take_ticket(ticket) {
        return (StatusCode::FORBIDDEN, "invalid ticket").into_response();
    }
    if inner.sockets.connected() >= MOST_SOCKETS {
        return (StatusCode::TOO_MANY_REQUESTS, "too_many_websockets").into_response();
    }
    upgrade.on_upgrade(move |socket| run(inner, socket))
}

async fn run(inner: Arc<Inner>, mut socket: WebSocket) {
    let (sender, mut orders) = mpsc::channel(QUEUE);
    let (id, connections, doomed) = inner.sockets.connect(sender);
    inner.bump();
    let hello = inner.look(|world| {
        json!({
            "type": "hello",
            "num_connections": connections.max(1),
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": world.app.id},
        })
    });
    if send(&mut socket, hello.to_string().into()).await && !doomed {
        inner.flush_events();
        serve(&inner, id, &mut socket, &mut orders).await;
    }
    if doomed {
        close(&mut socket, 1000).await;
    }
    inner.sockets.gone(id);
    inner.bump();
}

/// Carries out orders and reads acknowledgements until the socket ends.
async fn serve(inner: &Inner, id: u64, socket: &mut WebSocket, orders: &mut mpsc::Receiver<Order>) {
    let mut ping = tokio::time::interval(PING_EVERY);
    ping.tick().await;
    let mut closes_at: Option<Instant> = None;
    loop {
        let closing = async {
            match closes_at {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            order = orders.recv() => match order {
                Some(Order::Send(frame)) => if !send(socket, frame).await { return },
                Some(Order::Disconnect(reason)) => {
                    if !send(socket, disconnect(&reason).to_string().into()).await {
                        return;
                    }
                    // A warned socket goes on working for a while; any other gets nothing new.
                    if reason == "warning" {
                        closes_at = Some(Instant::now() + WARNING_GRACE);
                    } else {
                        inner.sockets.gone(id);
                        return drain(inner, socket, orders).await;
                    }
                }
                Some(Order::Close(code)) => return close(socket, code).await,
                Some(Order::Drop) | None => return,
                Some(Order::Deafen) => return deaf(orders).await,
            },
            frame = socket.recv() => match frame {
                Some(Ok(Frame::Text(text))) => acknowledge(inner, text.as_str()),
                Some(Ok(Frame::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
            _ = ping.tick() => if socket.send(Frame::Ping("Ping from sandbox".into())).await.is_err() { return },
            () = closing => return close(socket, 1000).await,
        }
    }
}

/// Holds the connection without reading or writing until it is told to end it.
async fn deaf(orders: &mut mpsc::Receiver<Order>) {
    while let Some(order) = orders.recv().await {
        if matches!(order, Order::Drop | Order::Close(_)) {
            return;
        }
    }
}

fn disconnect(reason: &str) -> Value {
    json!({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
}

/// Sends what was meant for the socket before it had to go, and waits for the last acknowledgements.
async fn drain(inner: &Inner, socket: &mut WebSocket, orders: &mut mpsc::Receiver<Order>) {
    while let Ok(order) = orders.try_recv() {
        if let Order::Send(frame) = order
            && !send(socket, frame).await
        {
            return;
        }
    }
    let drained = tokio::time::timeout(LAST_WORDS, async {
        while let Some(Ok(frame)) = socket.recv().await {
            if let Frame::Text(text) = frame {
                acknowledge(inner, text.as_str());
            }
        }
    });
    if drained.await.is_err() {
        close(socket, 1000).await;
    }
}

fn acknowledge(inner: &Inner, text: &str) {
    let Ok(mut frame) = serde_json::from_str::<Value>(text) else {
        return tracing::debug!("a client sent a frame that is not JSON");
    };
    let payload = frame.get_mut("payload").map(Value::take).unwrap_or_default();
    if let Some(envelope) = frame["envelope_id"].as_str() {
        inner.sockets.acknowledge(envelope, payload);
    }
}

async fn send(socket: &mut WebSocket, frame: Utf8Bytes) -> bool {
    socket.send(Frame::Text(frame)).await.is_ok()
}

async fn close(socket: &mut WebSocket, code: u16) {
    let frame = CloseFrame { code, reason: "".into() };
    if socket.send(Frame::Close(Some(frame))).await.is_err() {
        tracing::debug!("the client was gone before the close frame");
    }
}

impl Inner {
    /// Sends an event, or keeps it until a socket connects.
    pub(super) fn send_event(self: &Arc<Self>, event: Value) {
        let (payload, at_ms) = self.change_quietly(|world| {
            let id = world.ids.next("Ev");
            let (at_s, at_ms) = (world.now_s(), world.now_ms());
            let authorization = json!({
                "enterprise_id": null, "team_id": world.team_id, "user_id": world.app.user_id,
                "is_bot": true, "is_enterprise_install": false,
            });
            let payload = json!({
                "token": "sandbox-verification-token",
                "team_id": world.team_id,
                "context_team_id": world.team_id,
                "context_enterprise_id": null,
                "api_app_id": world.app.id,
                "event": event,
                "type": "event_callback",
                "event_id": id,
                "event_time": at_s,
                "authorizations": [authorization],
                "is_ext_shared_channel": false,
                "event_context": format!("4-{id}"),
            });
            (payload, at_ms)
        });
        self.tell(Undelivered { payload, at_ms, attempt: 0 });
    }

    /// Tries an event at once or in its turn.
    fn tell(self: &Arc<Self>, event: Undelivered) {
        if let Some(held) = &mut *self.held() {
            return held.push_back(event);
        }
        self.try_event(event);
    }

    /// From now on each event waits for [`Inner::tell_next`].
    pub(super) fn hold_events(&self) {
        self.held().get_or_insert_default();
    }

    /// Tries the next event of those that are held; `false` if there is none, or nobody is connected.
    pub(super) fn tell_next(self: &Arc<Self>) -> bool {
        if self.sockets.connected() == 0 {
            return false;
        }
        let oldest = self.oldest_event();
        while let Some(event) = self.held().as_mut().and_then(VecDeque::pop_front) {
            if event.at_ms >= oldest {
                self.try_event(event);
                return true;
            }
        }
        false
    }

    fn held(&self) -> MutexGuard<'_, Option<VecDeque<Undelivered>>> {
        self.held_events.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first attempts are made in order, while the caller waits; only waiting happens elsewhere.
    fn try_event(self: &Arc<Self>, event: Undelivered) {
        let mut envelope = json!({
            "type": "events_api", "accepts_response_payload": false, "payload": event.payload,
            "retry_attempt": event.attempt, "retry_reason": "",
        });
        if event.attempt > 0 {
            envelope["retry_reason"] = json!("timeout");
        }
        let Some(Delivery { answer: ack, copy }) = self.sockets.deliver(envelope) else {
            return self.keep_event(event);
        };
        if let Some(copy) = copy {
            self.pend_until(copy);
        }
        let patience = self.look(|world| world.patience);
        let waiting = self.begin();
        let inner = Arc::clone(self);
        self.spawn(async move {
            let acknowledged = matches!(tokio::time::timeout(patience, ack).await, Ok(Ok(_)));
            drop(waiting);
            inner.bump();
            if !acknowledged {
                inner.retry_event(event).await;
            }
        });
    }

    /// Counts as pending what is delivered, until it is acknowledged or cannot be any more: who waits for the bot to have
    /// heard everything waits for that, also for a second delivery.
    pub(super) fn pend_until<T: Send + 'static>(self: &Arc<Self>, ended: oneshot::Receiver<T>) {
        let (inner, waiting, patience) = (Arc::clone(self), self.begin(), self.look(|world| world.patience));
        self.spawn(async move {
            // However it ends, nothing is expected any more.
            drop(tokio::time::timeout(patience, ended).await);
            drop(waiting);
            inner.bump();
        });
    }

    /// Sends the newest envelope once more; `false` if there was none, or nobody is connected.
    pub(super) fn deliver_again(self: &Arc<Self>) -> bool {
        let Some(Delivery { answer, copy }) = self.sockets.deliver_again() else { return false };
        if let Some(copy) = copy {
            self.pend_until(copy);
        }
        // The first delivery's answer is the one that counts for whoever waits for it.
        self.pend_until(answer);
        true
    }

    async fn retry_event(self: Arc<Self>, event: Undelivered) {
        let Some(after_ms) = RETRY_AFTER_MS.get(event.attempt) else {
            return tracing::info!("an event was given up after its last attempt");
        };
        let clock = self.look(|world| world.clock.clone());
        until_world(&clock, event.at_ms + after_ms).await;
        self.tell(Undelivered { attempt: event.attempt + 1, ..event });
    }

    /// When the oldest event happened of which there is still to be an attempt.
    fn oldest_event(&self) -> i64 {
        self.look(super::state::World::now_ms) - RETRY_AFTER_MS[2] - RETRY_AFTER_MS[1]
    }

    /// Delivers what happened while nobody was connected, unless it is older than the last retry.
    pub(super) fn flush_events(self: &Arc<Self>) {
        let oldest = self.oldest_event();
        for event in self.take_kept_events() {
            if event.at_ms >= oldest {
                self.tell(Undelivered { attempt: event.attempt.max(1), ..event });
            }
        }
    }
}

/// An event the app has not acknowledged yet.
pub struct Undelivered {
    payload: Value,
    at_ms: i64,
    attempt: usize,
}
