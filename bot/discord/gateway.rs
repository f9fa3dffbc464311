//! Keeps a gateway session alive: opens one, watches it, and opens the next after a pause that grows with
//! every failure. Nothing above may depend on having seen every event: between two sessions some are lost.

use std::sync::Arc;
use std::time::Duration;

use rand::Rng;
use serenity::http::{Http, Route};
use serenity::model::gateway::GatewayIntents;
use tokio::sync::watch;
use tokio::time::Instant;

use super::error::{Failure, PLATFORM, token_refused, unreachable};
use super::rest::{Call, Rest};
use super::session::{BEAT, Ending, Opening, Session, Sink, Step};
use crate::chat::{ConnectError, Connection};
use crate::clock::{pause, within};

/// A thread that has not ticked for so long is stuck.
const STUCK_AFTER: Duration = Duration::from_secs(2);
/// A session that has held for so long was a good one: the next failure counts as the first, and it may
/// resume once more by itself.
const CALM: Duration = Duration::from_secs(30);
/// Where the privileged intents are switched on.
const INTENTS_HINT: &str = "it refuses the events the bot asks for. Open the app in the Discord developer \
                            portal, section Bot, and check its privileged intents, then start again";

/// How long to wait between attempts to connect.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    /// After the first failure. Discord wants five seconds between two sessions.
    pub first: Duration,
    /// At most; doubled from the first up to here. Discord allows 1,000 sessions a day.
    pub longest: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_secs(5), longest: Duration::from_secs(180) }
    }
}

impl Backoff {
    /// The pause before attempt `failures + 1`: exponential, and up to half as long again by chance, so that
    /// many bots do not come back in the same instant.
    fn pause_after(&self, failures: u32, chance: f64) -> Duration {
        let doubled = self.first.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)));
        doubled.min(self.longest).mul_f64(1.0 + chance / 2.0)
    }
}

/// What the supervisor works with.
#[derive(Clone)]
pub(super) struct Gateway {
    /// Requests.
    pub rest: Arc<Rest>,
    /// Serenity's client, for its runner.
    pub http: Arc<Http>,
    /// Token without prefix.
    pub token: String,
    /// How long READY and RESUMED may take.
    pub patience: Duration,
    /// Pauses between attempts.
    pub backoff: Backoff,
    /// Which events to ask for.
    pub intents: GatewayIntents,
    /// Takes events.
    pub sink: Arc<dyn Sink>,
    /// How the connection stands.
    pub connection: watch::Sender<Connection>,
    /// Why the bot can never get in, once that is known.
    pub fatal: watch::Sender<Option<ConnectError>>,
}

impl Gateway {
    /// Connects, and connects again, until told to stop (by true, or because nobody is left to tell) or refused
    /// for good.
    pub async fn keep(self, mut stopping: watch::Receiver<bool>) {
        let mut failures = 0;
        let mut intents = self.intents;
        loop {
            let Some(ending) = self.one_session(intents, &mut failures, stopping.clone()).await else { return };
            let what = match ending {
                Ending::TokenRefused => return self.give_up(token_refused("the gateway closed with code 4004")),
                Ending::IntentsRefused if intents.contains(GatewayIntents::GUILD_MEMBERS) => {
                    // The switch was turned off since we looked. Without it the bot merely learns later who left.
                    intents.remove(GatewayIntents::GUILD_MEMBERS);
                    "the privileged intent for members is switched off; going on without it".to_owned()
                }
                Ending::IntentsRefused => {
                    return self.give_up(ConnectError::Refused { platform: PLATFORM, what: INTENTS_HINT.to_owned() });
                }
                Ending::Unreachable(what) => what,
                Ending::Lost(what) => what.to_owned(),
            };
            failures += 1;
            let wait = self.backoff.pause_after(failures, rand::rng().random());
            tracing::warn!(failures, wait_ms = wait.as_millis(), what, "the connection to Discord is down");
            self.connection.send_replace(Connection::Down(what));
            tokio::select! {
                () = pause(wait) => {}
                () = stopped(&mut stopping) => return,
            }
        }
    }

    fn give_up(&self, error: ConnectError) {
        tracing::error!(%error, "Discord cannot be used");
        // First the reason: whoever waits for the connection looks for it next.
        let sentence = error.to_string();
        self.fatal.send_replace(Some(error));
        self.connection.send_replace(Connection::Down(sentence));
    }

    /// `None` when told to stop.
    async fn one_session(
        &self,
        intents: GatewayIntents,
        failures: &mut u32,
        mut stopping: watch::Receiver<bool>,
    ) -> Option<Ending> {
        let address = tokio::select! {
            address = address(&self.rest) => address,
            () = stopped(&mut stopping) => return None,
        };
        let address = match address {
            Ok(address) => address,
            Err(error) => return Some(Ending::Unreachable(error.to_string())),
        };
        let opening = Opening {
            http: Arc::clone(&self.http),
            token: self.token.clone(),
            address,
            intents,
            patience: self.patience,
        };
        let mut session = match Session::start(opening, Arc::clone(&self.sink)) {
            Ok(session) => session,
            Err(error) => return Some(Ending::Unreachable(format!("no thread for the gateway: {error}"))),
        };
        let ending = tokio::select! {
            ending = self.watch(&mut session, failures) => Some(ending),
            () = stopped(&mut stopping) => None,
        };
        session.end(ending.is_none()).await;
        ending
    }

    /// Watches a session to its end.
    async fn watch(&self, session: &mut Session, failures: &mut u32) -> Ending {
        let mut state = Watched::new(session.ticks());
        loop {
            match within(BEAT, session.steps.recv()).await {
                Ok(Some(Step::Ended(ending))) => return ending,
                Ok(None) => return Ending::Lost("the gateway thread is gone"),
                Ok(Some(Step::Ready)) => {
                    session.gate.arm().await;
                    state.up();
                    self.connection.send_replace(Connection::Ready);
                }
                Ok(Some(Step::Resumed)) => {
                    state.up();
                    self.connection.send_replace(Connection::Ready);
                }
                Err(_) => {}
            }
            if session.gate.dialled().await {
                state.wait();
                self.connection.send_replace(Connection::Down("reconnecting".to_owned()));
            }
            if state.calm() {
                *failures = 0;
                session.gate.arm().await;
            }
            if state.overdue(self.patience) {
                return Ending::Lost("Discord does not say that we are in");
            }
            match state.stuck(session.ticks()) {
                Stuck::No => {}
                Stuck::Suspected => session.probe(),
                Stuck::Yes => return Ending::Lost("serenity spins on a dead connection"),
            }
        }
    }
}

/// Where the gateway is, by our own reading.
///
/// # Errors
/// The address cannot be learned, or is none.
pub(super) async fn address(rest: &Rest) -> Result<String, ConnectError> {
    let answer = rest.send(Call::get("look up the gateway", Route::Gateway)).await;
    let answer = answer.map_err(|failure: Failure| failure.connect(rest.base()))?;
    let url = answer["url"].as_str().unwrap_or_default();
    if url.starts_with("wss://") || url.starts_with("ws://") {
        // Serenity adds its query right behind; a bare host needs a path before that.
        let slash = if url.split_once("://").is_some_and(|(_, rest)| rest.contains('/')) { "" } else { "/" };
        Ok(format!("{url}{slash}"))
    } else {
        Err(unreachable(rest.base(), "it does not say where its gateway is".to_owned()))
    }
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // A closed channel means that nobody is left who could want the connection.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// How a session does.
struct Watched {
    /// Since when it is connected, or since when we wait for that.
    since: Instant,
    connected: bool,
    ticks: u64,
    ticked: Instant,
    probed: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Stuck {
    No,
    Suspected,
    Yes,
}

impl Watched {
    fn new(ticks: u64) -> Self {
        let now = Instant::now();
        Self { since: now, connected: false, ticks, ticked: now, probed: false }
    }

    fn up(&mut self) {
        self.connected = true;
        self.since = Instant::now();
    }

    fn wait(&mut self) {
        self.connected = false;
        self.since = Instant::now();
    }

    fn calm(&self) -> bool {
        self.connected && self.since.elapsed() >= CALM
    }

    fn overdue(&self, patience: Duration) -> bool {
        !self.connected && self.since.elapsed() >= patience
    }

    fn stuck(&mut self, ticks: u64) -> Stuck {
        if ticks != self.ticks {
            (self.ticks, self.ticked, self.probed) = (ticks, Instant::now(), false);
            return Stuck::No;
        }
        if self.ticked.elapsed() < STUCK_AFTER {
            return Stuck::No;
        }
        if self.probed {
            return Stuck::Yes;
        }
        (self.probed, self.ticked) = (true, Instant::now());
        Stuck::Suspected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let backoff = Backoff { first: Duration::from_secs(5), longest: Duration::from_secs(180) };
        let pauses: Vec<u64> = (1..=8).map(|failures| backoff.pause_after(failures, 0.0).as_secs()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 180, 180]);
        assert_eq!(backoff.pause_after(2, 1.0), Duration::from_secs(15));
        assert_eq!(backoff.pause_after(u32::MAX, 0.0), Duration::from_secs(180));
    }
}
