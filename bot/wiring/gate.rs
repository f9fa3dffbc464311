//! Who receives. Of several processes that share a database, one holds a platform's lease and receives its
//! events; the others stand by, send, and take over when the lease is given back, runs out, or its holder dies.
//!
//! A holder that could not renew in time stops by itself, before anybody else may take over by the clock. That
//! is for order's sake: what makes a deposed holder harmless is the token, which each event's transaction asks
//! for ([`crate::store::Tx::may_act`]).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Mutex, watch};
use tokio::time::Instant;

use crate::chat::{ConnectError, Receiver};
use crate::clock::{Clock, pause, within};
use crate::store::{Held, Leases, Store, StoreError};

/// How long a lease holds without being renewed: a person who presses a button meanwhile tries once more, and a
/// database that stumbles for a moment moves nothing.
pub const LEASE: Duration = Duration::from_secs(6);
/// How often it is renewed: two attempts may fail before it runs out.
pub const RENEW_EVERY: Duration = Duration::from_secs(2);
/// How often who stands by looks whether it is free.
pub const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Who could not renew for so long stops receiving. What is left until the lease runs out is for saying goodbye
/// to the platform, and for clocks that do not go alike.
pub const GIVE_UP_AFTER: Duration = Duration::from_millis(4500);
/// How long the database may take for one look or renewal.
const ATTEMPT: Duration = Duration::from_millis(1500);
/// Rest after a renewal that failed.
const AGAIN_AFTER: Duration = Duration::from_millis(400);

/// One platform's receiving.
pub(super) struct Gate {
    receiver: Arc<dyn Receiver>,
    held: Held,
    clock: Clock,
    owner: String,
    // Whether leases are kept in real time, or only when somebody asks, in the time of the clock.
    by_itself: bool,
    // The process is about to stop: what it holds it keeps until all is answered, and takes nothing new.
    leaving: AtomicBool,
    state: Mutex<State>,
}

struct State {
    // None where there is only ever one process.
    leases: Option<Leases>,
    holding: Option<Holding>,
    closed: bool,
}

/// A lease that was taken.
struct Holding {
    token: i64,
    /// When the last good renewal was asked for.
    renewed: Instant,
    renewed_at: DateTime<Utc>,
}

/// What a gate is made of.
pub(super) struct Parts<'a> {
    pub store: &'a Store,
    pub receiver: Arc<dyn Receiver>,
    pub held: Held,
    pub clock: Clock,
    pub owner: String,
    pub by_itself: bool,
}

impl Gate {
    /// A gate that is closed until the first [`Gate::look`].
    pub fn new(parts: Parts<'_>) -> Self {
        let Parts { store, receiver, held, clock, owner, by_itself } = parts;
        // A world of simulated time is to be the same each time it is played, so nothing in it hangs on how soon a
        // server notices the end of a session.
        let state = State { leases: store.leases(by_itself), holding: None, closed: false };
        Self { receiver, held, clock, owner, by_itself, leaving: AtomicBool::new(false), state: Mutex::new(state) }
    }

    /// Takes or renews the lease, and begins or stops to receive accordingly. Whether this process receives now.
    ///
    /// # Errors
    /// The database; who holds the lease goes on receiving as long as it safely can.
    pub async fn look(&self) -> Result<bool, StoreError> {
        let mut state = self.state.lock().await;
        let State { leases, holding, closed } = &mut *state;
        if *closed {
            return Ok(false);
        }
        let Some(leases) = leases else {
            self.receiver.start_receiving().await;
            return Ok(true);
        };
        match holding {
            Some(held) => {
                let outcome = self.renew(leases, held).await;
                let lost = match &outcome {
                    Ok(true) => return Ok(true),
                    Ok(false) => "another process has taken over",
                    Err(_) if self.is_late(held) => "it could not be renewed in time",
                    Err(_) => return outcome,
                };
                tracing::warn!(platform = self.receiver.name(), why = lost, "the lease is lost: standing by");
                *holding = None;
                self.held.set(self.receiver.name(), None);
                self.receiver.stop_receiving().await;
                outcome.map(|_| false)
            }
            None if self.leaving.load(Ordering::Acquire) => Ok(false),
            None => {
                *holding = self.take(leases).await?;
                if holding.is_some() {
                    self.receiver.start_receiving().await;
                }
                Ok(holding.is_some())
            }
        }
    }

    async fn take(&self, leases: &mut Leases) -> Result<Option<Holding>, StoreError> {
        let (renewed, renewed_at) = (Instant::now(), self.clock.now());
        let name = self.receiver.name();
        let taken = bounded(ATTEMPT, leases.take(name, &self.owner, renewed_at, self.until(renewed_at))).await?;
        let Some(token) = taken else { return Ok(None) };
        tracing::info!(platform = name, token, "the lease is ours: receiving");
        self.held.set(name, Some(token));
        Ok(Some(Holding { token, renewed, renewed_at }))
    }

    async fn renew(&self, leases: &mut Leases, holding: &mut Holding) -> Result<bool, StoreError> {
        let (renewed, renewed_at) = (Instant::now(), self.clock.now());
        let left = GIVE_UP_AFTER.saturating_sub(holding.renewed.elapsed()).clamp(AGAIN_AFTER, ATTEMPT);
        let renewal = leases.renew(self.receiver.name(), holding.token, self.until(renewed_at));
        let good = bounded(left, renewal).await?;
        if good {
            (holding.renewed, holding.renewed_at) = (renewed, renewed_at);
        }
        Ok(good)
    }

    fn until(&self, from: DateTime<Utc>) -> DateTime<Utc> {
        from + TimeDelta::from_std(LEASE).unwrap_or_default()
    }

    /// Whether it is too long since the lease was renewed. In earnest nobody's clock is asked, only how much time
    /// has gone by.
    fn is_late(&self, holding: &Holding) -> bool {
        let since = match self.by_itself {
            true => holding.renewed.elapsed(),
            false => (self.clock.now() - holding.renewed_at).to_std().unwrap_or_default(),
        };
        since + AGAIN_AFTER >= GIVE_UP_AFTER
    }

    /// From now on nothing is taken any more; what is held is kept until [`Gate::close`].
    pub fn leave(&self) {
        self.leaving.store(true, Ordering::Release);
    }

    /// Waits until the platform has let us in, if this process receives.
    ///
    /// # Errors
    /// The platform refuses us for good; the lease is given back then.
    pub async fn let_in(&self) -> Result<(), ConnectError> {
        let refused = self.receiver.let_in().await;
        if refused.is_err() {
            self.close().await;
        }
        refused
    }

    /// Looks again and again until told that the gate is closed. Where there is only ever one process, there is nothing to look at.
    pub async fn keep(self: Arc<Self>, mut closing: watch::Receiver<bool>) {
        if self.state.lock().await.leases.is_none() {
            return;
        }
        let mut failing = false;
        while !*closing.borrow() {
            let looked = self.look().await;
            if let (Err(error), false) = (&looked, failing) {
                // Once for each time that the database is away, not twice a second.
                tracing::warn!(platform = self.receiver.name(), %error, "the lease could not be looked at; trying again");
            }
            failing = looked.is_err();
            let rest = match looked {
                Ok(true) => RENEW_EVERY,
                Ok(false) => LOOK_EVERY,
                Err(_) => AGAIN_AFTER,
            };
            tokio::select! {
                () = pause(rest) => {}
                _ = closing.wait_for(|closed| *closed) => {}
            }
        }
    }

    /// Gives the lease back and takes none any more. What was received is to be answered before.
    pub async fn close(&self) {
        let mut state = self.state.lock().await;
        state.closed = true;
        self.held.set(self.receiver.name(), None);
        let State { leases: Some(leases), holding, .. } = &mut *state else { return };
        let Some(Holding { token, .. }) = holding.take() else { return };
        if let Err(error) = bounded(ATTEMPT, leases.give_back(self.receiver.name(), token)).await {
            tracing::warn!(%error, "the lease could not be given back; it runs out by itself");
        }
    }
}

async fn bounded<T>(limit: Duration, work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let late = |_| StoreError::Busy { what: "no answer about a lease in time".to_owned() };
    within(limit, work).await.map_err(late)?
}
