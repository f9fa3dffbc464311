//! Keeps the Socket Mode connections. The crate carries the frames; when to connect, how often to try and
//! what counts as connected is decided here, because the crate alone would reconnect hundreds of times a
//! second, would ask again each second whatever Slack says, and calls itself connected before it is.
//!
//! The crate reads the next frame only after the answer to the one before. So nothing is worked on while a
//! frame is answered, except for sent forms, which Slack wants answered in the acknowledgement: these may
//! hold a socket up, together no longer than the deadline in any three seconds. Whoever comes after that gets
//! a modal that says "one moment" at once, and the answer in its place. Several sockets share the load.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt;
use serde_json::{Value, json};
use slack_morphism::clients_manager::{SlackSocketModeClientsManager, SlackSocketModeClientsManagerFactory};
use slack_morphism::listener::SlackClientEventsListenerEnvironment;
use slack_morphism::prelude::{SlackClientSocketModeConfig, SlackSocketModeClientListener, SlackSocketModeWssClientId};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use super::api::Api;
use super::board::Board;
use super::desk::Desk;
use super::fault::{Fault, Why};
use crate::clock;

/// Slack waits this long for an acknowledgement.
const ACK: Duration = Duration::from_secs(3);
/// A connection that lasted this long was a good one: the next is tried at once.
const STEADY: Duration = Duration::from_secs(30);
/// The crate's own wait between attempts. We give up an attempt long before, so it never comes to a second.
const NEVER_SECONDS: u64 = 30 * 24 * 60 * 60;
/// Signs of one connection: a greeting, a goodbye, an end, and one to spare.
const SIGNS: usize = 4;

/// How connections are kept.
#[derive(Clone, Copy, Debug)]
pub struct Keeping {
    /// Wait before the second attempt in a row; doubled for each further one. The first is made at once.
    pub first_wait: Duration,
    /// Longest wait between attempts, unless Slack asks for more.
    pub longest_wait: Duration,
    /// How long Slack may take to greet.
    pub greeting: Duration,
    /// Pings are sent this often, in whole seconds, and a socket that leaves them unanswered about three times
    /// as long is given up.
    pub ping_seconds: u64,
}

/// One connection's place: it is filled again whenever it becomes empty.
pub struct Keeper {
    /// Where envelopes go.
    pub desk: Arc<Desk>,
    /// Opens sockets.
    pub api: Arc<Api>,
    /// Shows how this place stands.
    pub board: Arc<Board>,
    /// Number of this place.
    pub place: usize,
    /// How.
    pub keeping: Keeping,
    /// Longest wait for the answer to a form.
    pub deadline: Duration,
    /// Becomes true when it is time to stop.
    pub stop: watch::Receiver<bool>,
}

type Manager = Arc<dyn SlackSocketModeClientsManager + Send + Sync>;

struct Connection {
    manager: Manager,
    ear: Arc<Ear>,
    signs: mpsc::Receiver<Sign>,
}

/// What a connection tells its keeper.
#[derive(Debug)]
enum Sign {
    /// Slack greets.
    Hello,
    /// Slack asks to connect anew; the connection stays for some seconds.
    Leave(String),
    /// The connection has ended.
    Lost,
}

impl Keeper {
    /// Keeps the connection until told to stop.
    pub async fn keep(mut self) {
        let mut stop = self.stop.clone();
        let mut open = Vec::new();
        tokio::select! {
            // A sender that is gone means that nobody is left who could want the socket.
            _ = stop.wait_for(|stop| *stop) => {}
            () = self.serve(&mut open) => {}
        }
        close(&mut open).await;
    }

    /// Never ends by itself. `open` holds the connections that have to be closed when this is stopped.
    async fn serve(&mut self, open: &mut Vec<Connection>) {
        let mut wait = Wait::new(self.keeping);
        loop {
            clock::pause(wait.next()).await;
            open.push(self.prepare());
            let greeted = match open.last_mut() {
                Some(next) => self.connect(next).await,
                None => false,
            };
            if !greeted {
                close(open).await;
                self.board.down(self.place, "Slack did not greet the socket".into());
                self.wait_until_welcome(&mut wait).await;
                continue;
            }
            // An old connection stayed until the new one was greeted, so that nothing is missed in between.
            let newest = open.split_off(open.len() - 1);
            close(open).await;
            open.extend(newest);
            self.board.ready(self.place);
            let began = Instant::now();
            let end = match open.last_mut() {
                Some(connection) => connection.signs.recv().await.unwrap_or(Sign::Lost),
                None => Sign::Lost,
            };
            if began.elapsed() >= STEADY {
                wait = Wait::new(self.keeping);
            }
            if let Sign::Leave(reason) = &end {
                tracing::debug!(place = self.place, reason, "Slack asks to connect anew");
            } else {
                self.board.down(self.place, "the socket was closed".into());
                close(open).await;
            }
        }
    }

    /// After a failure: asks for an address ourselves until Slack gives one, as seldom as Slack wishes.
    async fn wait_until_welcome(&self, wait: &mut Wait) {
        loop {
            clock::pause(wait.next()).await;
            let Err(fault) = self.api.would_open_socket().await else { return };
            self.board.down(self.place, fault.what());
            if let Fault { why: Why::Limited(Some(asked)), .. } = fault {
                clock::pause(asked).await;
            }
        }
    }

    /// A connection that has not begun.
    fn prepare(&self) -> Connection {
        let client = self.api.client();
        let environment = Arc::new(SlackClientEventsListenerEnvironment::new(Arc::clone(&client)));
        let manager = client.http_api.connector.new_clients_manager(environment);
        let (sender, signs) = mpsc::channel(SIGNS);
        let patience = Mutex::new(Patience::new(self.deadline));
        Connection { manager, signs, ear: Arc::new(Ear { desk: Arc::clone(&self.desk), signs: sender, patience }) }
    }

    /// Connects; whether Slack greeted in time.
    async fn connect(&self, next: &mut Connection) -> bool {
        let config = SlackClientSocketModeConfig::new()
            .with_max_connections_count(1)
            .with_initial_backoff_in_seconds(0)
            .with_reconnect_timeout_in_seconds(NEVER_SECONDS)
            .with_ping_interval_in_seconds(self.keeping.ping_seconds.max(1))
            .with_ping_failure_threshold_times(2);
        let ear: Arc<dyn SlackSocketModeClientListener + Send + Sync> = Arc::clone(&next.ear) as _;
        if next.manager.register_new_token(&config, self.api.app_token().clone(), ear).await.is_err() {
            return false;
        }
        next.manager.start().await;
        let greeting = async { matches!(next.signs.recv().await, Some(Sign::Hello)) };
        clock::within(self.keeping.greeting, greeting).await == Ok(true)
    }
}

/// Ends all these connections; what was to be sent on them goes out first.
async fn close(connections: &mut Vec<Connection>) {
    // Taken off the list only when ended: this may be interrupted, and is then called again.
    while let Some(connection) = connections.last() {
        connection.manager.shutdown().await;
        connections.pop();
    }
}

/// Hears one connection.
struct Ear {
    desk: Arc<Desk>,
    signs: mpsc::Sender<Sign>,
    patience: Mutex<Patience>,
}

impl Ear {
    async fn hear(&self, body: &str) -> Option<Value> {
        let frame: Value = serde_json::from_str(body).unwrap_or_default();
        match frame["type"].as_str() {
            Some("hello") => self.sign(Sign::Hello),
            Some("disconnect") => {
                self.sign(Sign::Leave(frame["reason"].as_str().unwrap_or("unknown").to_owned()));
            }
            _ => {}
        }
        let envelope = frame["envelope_id"].as_str()?;
        let patience = self.lock().left(Instant::now());
        let began = Instant::now();
        let payload = self.desk.receive(&frame, patience).await;
        self.lock().spend(began, began.elapsed());
        Some(match payload.filter(|_| frame["accepts_response_payload"] != false) {
            Some(payload) => json!({"envelope_id": envelope, "payload": payload}),
            None => json!({"envelope_id": envelope}),
        })
    }

    fn sign(&self, sign: Sign) {
        // A keeper that has turned away needs no sign any more.
        let _ = self.signs.try_send(sign);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Patience> {
        self.patience.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl SlackSocketModeClientListener for Ear {
    async fn on_message(&self, _: &SlackSocketModeWssClientId, body: String) -> Option<String> {
        // A panic here would silently end the reading of this connection.
        match AssertUnwindSafe(self.hear(&body)).catch_unwind().await {
            Ok(answer) => answer.map(|answer| answer.to_string()),
            Err(_) => {
                tracing::error!("an envelope could not be taken in");
                let frame: Value = serde_json::from_str(&body).unwrap_or_default();
                frame["envelope_id"].as_str().map(|envelope| json!({"envelope_id": envelope}).to_string())
            }
        }
    }

    async fn on_error(&self, _: Box<dyn std::error::Error + Send + Sync>) {
        // The error may quote what people wrote; the end of the connection follows by itself.
        tracing::debug!("a socket reported an error");
    }

    async fn on_disconnect(&self, _: &SlackSocketModeWssClientId) {
        self.sign(Sign::Lost);
    }
}

/// How long a connection may still be held up: no frame waits behind others for longer than the deadline.
struct Patience {
    most: Duration,
    spent: VecDeque<(Instant, Duration)>,
}

impl Patience {
    fn new(most: Duration) -> Self {
        Self { most: most.min(ACK), spent: VecDeque::new() }
    }

    fn left(&mut self, now: Instant) -> Duration {
        while self.spent.front().is_some_and(|(began, waited)| now.saturating_duration_since(*began + *waited) > ACK) {
            self.spent.pop_front();
        }
        let spent: Duration = self.spent.iter().map(|(_, waited)| *waited).sum();
        self.most.saturating_sub(spent)
    }

    fn spend(&mut self, began: Instant, waited: Duration) {
        // What is shorter than a millisecond holds nobody up, and would only fill the list.
        if waited >= Duration::from_millis(1) {
            self.spent.push_back((began, waited));
        }
    }
}

/// Waits between attempts: none, then longer and longer.
struct Wait {
    keeping: Keeping,
    next: Duration,
}

impl Wait {
    fn new(keeping: Keeping) -> Self {
        Self { keeping, next: Duration::ZERO }
    }

    fn next(&mut self) -> Duration {
        let now = self.next;
        self.next = (now * 2).max(self.keeping.first_wait).min(self.keeping.longest_wait);
        now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_become_rarer_up_to_a_limit() {
        let seconds = Duration::from_secs;
        let keeping =
            Keeping { first_wait: seconds(1), longest_wait: seconds(5), greeting: seconds(1), ping_seconds: 1 };
        let mut wait = Wait::new(keeping);
        let waits: Vec<_> = (0..6).map(|_| wait.next().as_secs()).collect();
        assert_eq!(waits, [0, 1, 2, 4, 5, 5]);
    }

    #[test]
    fn forms_together_hold_a_socket_up_no_longer_than_the_deadline() {
        let begin = Instant::now();
        let at = |ms| begin + Duration::from_millis(ms);
        let mut patience = Patience::new(Duration::from_secs(2));
        assert_eq!(patience.left(at(0)), Duration::from_secs(2));
        patience.spend(at(0), Duration::from_millis(1500));
        assert_eq!(patience.left(at(1500)), Duration::from_millis(500));
        patience.spend(at(1500), Duration::from_millis(500));
        assert_eq!(patience.left(at(2000)), Duration::ZERO);
        assert_eq!(patience.left(at(4600)), Duration::from_millis(1500));
        assert_eq!(patience.left(at(5100)), Duration::from_secs(2));
    }
}
