//! Keeps the Socket Mode connections: when to connect, how often to try, and what counts as connected.
//!
//! The client library would reconnect hundreds of times a second, ask again each second whatever Slack says, call
//! itself connected before it is, and read nothing while a form is answered; so its sockets are not used.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::api::Api;
use super::board::Board;
use super::desk::Desk;
use super::fault::{Fault, Why};
use super::line::{Line, Sign};
use crate::clock;
use crate::recovery::{Way, took};

/// A connection that lasted this long was a good one: the next is tried at once.
const STEADY: Duration = Duration::from_secs(30);
/// Signs of one connection: a greeting, a goodbye, and one to spare.
const SIGNS: usize = 3;

/// How connections are kept.
#[derive(Clone, Copy, Debug)]
pub struct Keeping {
    /// Wait before the second attempt in a row; doubled for each further one. The first is made at once.
    pub first_wait: Duration,
    /// Longest wait between attempts, unless Slack asks for more.
    pub longest_wait: Duration,
    /// How long Slack may take to greet.
    pub greeting: Duration,
    /// Pings are sent this often, and a socket that leaves three of them unanswered is given up.
    pub ping_every: Duration,
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
    /// Becomes true when it is time to stop.
    pub stop: watch::Receiver<bool>,
}

/// A connection that Slack has greeted. Dropped, it answers what it has read, and ends.
struct Connection {
    signs: mpsc::Receiver<Sign>,
    _leave: oneshot::Sender<()>,
}

/// Why there is no connection.
enum Vain {
    /// Slack gave no address.
    Fault(Fault),
    /// The address led nowhere, or nobody greeted there.
    NotGreeted,
}

impl Keeper {
    /// Keeps the connection until told to stop.
    pub async fn keep(mut self) {
        let mut stop = self.stop.clone();
        let mut lines = JoinSet::new();
        tokio::select! {
            // A sender that is gone means that nobody is left who could want the socket.
            _ = stop.wait_for(|stop| *stop) => {}
            () = self.serve(&mut lines) => {}
        }
        // The connection was dropped with `serve`. What it has read is answered first.
        while lines.join_next().await.is_some() {}
    }

    /// Never ends by itself.
    async fn serve(&mut self, lines: &mut JoinSet<()>) {
        let mut wait = Wait::new(self.keeping);
        let mut before: Option<Connection> = None;
        let mut again = false;
        loop {
            clock::pause(wait.next()).await;
            // The one before stays until the new one is greeted, so that nothing is missed in between.
            let next = self.connect(lines).await;
            drop(before.take());
            while lines.try_join_next().is_some() {}
            let mut connection = match next {
                Ok(connection) => connection,
                Err(vain) => {
                    self.is_down(vain).await;
                    continue;
                }
            };
            if again {
                took(Way::Reconnected);
            }
            again = true;
            self.board.ready(self.place);
            let began = Instant::now();
            let end = connection.signs.recv().await;
            if began.elapsed() >= STEADY {
                wait = Wait::new(self.keeping);
            }
            if let Some(Sign::Leave(reason)) = &end {
                tracing::debug!(place = self.place, reason, "Slack asks to connect anew");
                before = Some(connection);
            } else {
                self.board.down(self.place, "the socket was closed".into());
            }
        }
    }

    /// Tells that there is no connection, and waits as long as Slack asks to.
    async fn is_down(&self, vain: Vain) {
        match vain {
            Vain::NotGreeted => self.board.down(self.place, "Slack did not greet the socket".into()),
            Vain::Fault(fault) => {
                self.board.down(self.place, fault.what());
                if let Why::Limited(Some(asked)) = fault.why {
                    clock::pause(asked).await;
                }
            }
        }
    }

    /// Connects, and waits until Slack greets.
    async fn connect(&self, lines: &mut JoinSet<()>) -> Result<Connection, Vain> {
        let (sender, mut signs) = mpsc::channel(SIGNS);
        let (leave, left) = oneshot::channel();
        let greeted = async {
            let url = self.api.open_socket().await.map_err(Vain::Fault)?;
            let line = Line::open(&url, Arc::clone(&self.desk), self.keeping.ping_every, sender, left).await;
            // The error may quote the address, which opens the socket.
            lines.spawn(line.map_err(|_| Vain::NotGreeted)?.run());
            let sign = signs.recv().await;
            matches!(sign, Some(Sign::Hello)).then_some(()).ok_or(Vain::NotGreeted)
        };
        clock::within(self.keeping.greeting, greeted).await.unwrap_or(Err(Vain::NotGreeted))?;
        Ok(Connection { signs, _leave: leave })
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
            Keeping { first_wait: seconds(1), longest_wait: seconds(5), greeting: seconds(1), ping_every: seconds(1) };
        let mut wait = Wait::new(keeping);
        let waits: Vec<_> = (0..6).map(|_| wait.next().as_secs()).collect();
        assert_eq!(waits, [0, 1, 2, 4, 5, 5]);
    }
}
