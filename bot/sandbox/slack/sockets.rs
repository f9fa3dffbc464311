//! The open Socket Mode connections: who is connected, what is sent to whom, which envelopes wait for an
//! acknowledgement, and what goes wrong with them on purpose. It does not read or write the network.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::ws::Utf8Bytes;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};

/// Slack allows ten sockets for one app.
pub const MOST_SOCKETS: usize = 10;
/// Frames a socket may lag behind; more than any story sends before the bot reads again.
pub const QUEUE: usize = 4096;

/// What the task of one socket is told.
#[derive(Debug)]
pub enum Order {
    /// Send this frame.
    Send(Utf8Bytes),
    /// Send `disconnect` with this reason and close soon after.
    Disconnect(String),
    /// Close with this code.
    Close(u16),
    /// Drop the TCP connection without a word.
    Drop,
    /// Neither read nor write any more, but keep the connection.
    Deafen,
}

struct Socket {
    id: u64,
    orders: mpsc::Sender<Order>,
}

#[derive(Default)]
struct State {
    sockets: Vec<Socket>,
    next_socket: usize,
    tickets: BTreeSet<String>,
    waiting: BTreeMap<String, oneshot::Sender<Value>>,
    /// Envelopes that were sent twice, and the socket that has yet to acknowledge the second one.
    copies: BTreeMap<String, (u64, oneshot::Sender<()>)>,
    twice: bool,
    last: Option<Utf8Bytes>,
    close_after_hello: u32,
    envelopes: u64,
    opened: u64,
    acks: u64,
    unknown_acks: u64,
    open_calls: u64,
}

/// An envelope on its way.
pub struct Delivery {
    /// The acknowledgement's payload (`null` if bare) comes through here.
    pub answer: oneshot::Receiver<Value>,
    /// Ends when the second of two envelopes is acknowledged, or cannot be any more.
    pub copy: Option<oneshot::Receiver<()>>,
}

/// A handle on the app's sockets: faults to inject and counters to read. Clones share the same sockets.
#[derive(Clone)]
pub struct Sockets {
    state: Arc<Mutex<State>>,
    connected: watch::Sender<usize>,
}

impl Default for Sockets {
    fn default() -> Self {
        Self { state: Arc::default(), connected: watch::Sender::new(0) }
    }
}

impl Sockets {
    fn with<T>(&self, what: impl FnOnce(&mut State) -> T) -> T {
        what(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Sockets that are connected and have been greeted.
    #[must_use]
    pub fn connected(&self) -> usize {
        self.with(|state| state.sockets.len())
    }

    /// Changes whenever a socket connects or goes; holds the number connected.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<usize> {
        self.connected.subscribe()
    }

    /// Sockets opened since the start.
    #[must_use]
    pub fn opened(&self) -> u64 {
        self.with(|state| state.opened)
    }

    /// Calls of `apps.connections.open` since the start.
    #[must_use]
    pub fn open_calls(&self) -> u64 {
        self.with(|state| state.open_calls)
    }

    /// Acknowledgements that answered a waiting envelope.
    #[must_use]
    pub fn acks(&self) -> u64 {
        self.with(|state| state.acks)
    }

    /// Acknowledgements that came too late, twice, or for an envelope that never was.
    #[must_use]
    pub fn stray_acks(&self) -> u64 {
        self.with(|state| state.unknown_acks)
    }

    /// Envelopes sent since the start (a redelivery counts again).
    #[must_use]
    pub fn envelopes(&self) -> u64 {
        self.with(|state| state.envelopes)
    }

    /// Asks every socket to reconnect, as Slack does every few hours. `reason` is `warning` (the socket stays
    /// for a while), `refresh_requested` or `link_disabled`.
    pub fn disconnect(&self, reason: &str) {
        self.order_all(|| Order::Disconnect(reason.to_owned()));
    }

    /// Closes every socket with this close code.
    pub fn close(&self, code: u16) {
        self.order_all(|| Order::Close(code));
    }

    /// Breaks the TCP connection of every socket.
    pub fn drop_connections(&self) {
        self.order_all(|| Order::Drop);
    }

    /// Makes the sockets that are open now deaf: no pong, no envelope, but the connection stays.
    pub fn deafen(&self) {
        self.order_all(|| Order::Deafen);
    }

    /// Closes the next `times` sockets right after their hello.
    pub fn close_after_hello(&self, times: u32) {
        self.with(|state| state.close_after_hello = times);
    }

    /// Delivers every envelope twice (to different sockets if there are several).
    pub fn deliver_twice(&self, on: bool) {
        self.with(|state| state.twice = on);
    }

    /// Gives up every envelope that waits for its acknowledgement.
    pub(super) fn give_up(&self) {
        self.with(|state| {
            state.waiting.clear();
            state.copies.clear();
        });
    }

    /// Sends the newest envelope once more. `None` if there was none, or nobody is connected.
    pub(super) fn deliver_again(&self) -> Option<Delivery> {
        let last = self.with(|state| state.last.clone())?;
        let mut envelope: Value = serde_json::from_str(&last).expect("it was written as JSON");
        envelope["retry_attempt"] = json!(1);
        envelope["retry_reason"] = json!("timeout");
        self.deliver(envelope)
    }

    fn order_all(&self, order: impl Fn() -> Order) {
        self.with(|state| {
            for socket in &state.sockets {
                // A socket whose queue is full is as good as deaf already.
                if socket.orders.try_send(order()).is_err() {
                    tracing::debug!(socket = socket.id, "an order did not fit the socket's queue");
                }
            }
        });
    }

    pub(super) fn count_open_call(&self) {
        self.with(|state| state.open_calls += 1);
    }

    pub(super) fn add_ticket(&self, ticket: &str) {
        self.with(|state| state.tickets.insert(ticket.to_owned()));
    }

    /// A ticket is good for one socket.
    pub(super) fn take_ticket(&self, ticket: &str) -> bool {
        self.with(|state| state.tickets.remove(ticket))
    }

    /// Registers a socket. Returns its number and whether it is to be closed right after the hello.
    pub(super) fn connect(&self, orders: mpsc::Sender<Order>) -> (u64, usize, bool) {
        let result = self.with(|state| {
            state.opened += 1;
            let doomed = state.close_after_hello > 0;
            state.close_after_hello = state.close_after_hello.saturating_sub(1);
            if !doomed {
                state.sockets.push(Socket { id: state.opened, orders });
            }
            (state.opened, state.sockets.len(), doomed)
        });
        self.connected.send_replace(self.connected());
        result
    }

    pub(super) fn gone(&self, id: u64) {
        self.with(|state| {
            state.sockets.retain(|socket| socket.id != id);
            state.copies.retain(|_, (socket, _)| *socket != id);
        });
        self.connected.send_replace(self.connected());
    }

    /// Sends an envelope to one of the sockets. `None` if nobody is connected.
    pub(super) fn deliver(&self, mut envelope: Value) -> Option<Delivery> {
        self.with(|state| {
            if state.sockets.is_empty() {
                return None;
            }
            state.envelopes += 1;
            let id = envelope_id(state.envelopes);
            envelope["envelope_id"] = json!(id);
            let frame: Utf8Bytes = envelope.to_string().into();
            state.last = Some(frame.clone());
            let (sender, answer) = oneshot::channel();
            state.waiting.retain(|_, waiting| !waiting.is_closed());
            state.copies.retain(|_, (_, waiting)| !waiting.is_closed());
            state.waiting.insert(id.clone(), sender);
            let mut last = None;
            for _ in 0..=usize::from(state.twice) {
                let target = state.next_socket % state.sockets.len();
                state.next_socket = state.next_socket.wrapping_add(1);
                let socket = &state.sockets[target];
                if socket.orders.try_send(Order::Send(frame.clone())).is_err() {
                    tracing::debug!(socket = socket.id, "an envelope did not fit the socket's queue");
                }
                last = Some(socket.id);
            }
            let copy = last.filter(|_| state.twice).map(|socket| {
                let (sender, copy) = oneshot::channel();
                state.copies.insert(id, (socket, sender));
                copy
            });
            Some(Delivery { answer, copy })
        })
    }

    /// The app acknowledged an envelope.
    pub(super) fn acknowledge(&self, envelope: &str, payload: Value) {
        self.with(|state| {
            let Some(waiting) = state.waiting.remove(envelope) else {
                state.unknown_acks += 1;
                // Whoever waits for it learns by its end that nothing is on its way any more.
                drop(state.copies.remove(envelope));
                return;
            };
            let heard = waiting.send(payload).is_ok();
            if heard { state.acks += 1 } else { state.unknown_acks += 1 }
        });
    }
}

/// Shaped like a UUID, because clients may treat it as one.
fn envelope_id(number: u64) -> String {
    format!("{:08x}-5bac-4ac4-8000-{:012x}", number >> 32, number)
}
