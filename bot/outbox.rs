//! Delivers what the flows have queued: claims due effects by lease, asks the chat, records what came of it.
//! What may have happened already is looked for before it is tried again; what can never happen is buried
//! and told to the coordinators. Decides nothing about the program.
//!
//! Each conversation is a lane: its effects go one after the other, and lanes go side by side, so that one
//! that is slow or fails holds up nobody else.

mod doubts;
mod gates;
mod office;
mod round;
mod terms;
mod unread;
mod work;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use plsep_domain::{AnnouncementId, OutboxId, PairId};
use tokio::sync::watch;

use crate::chat::{Chat, ChatError, Impossible, Message, UserRef};
use crate::clock::Clock;
use crate::recovery::{Way, took};
use crate::store::{
    Claimed, Effect, NewEffect, OfficeLost, PairPlaceLost, Retry, Store, StoreError, To, announcement_of,
};

use doubts::Doubts;
use gates::Gates;
use terms::Fits;
use work::{Steps, Undone, Work};

pub use unread::{Unreachable, Waiting};

/// How the outbox works.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Name of this process among replicas.
    pub owner: String,
    /// How long a claim holds before another process may take it over.
    pub lease: TimeDelta,
    /// How many effects one round claims.
    pub batch: u32,
    /// How many lanes go side by side at most.
    pub parallel: usize,
    /// For how long an effect that fails, but may yet work, is tried before it is given up; waiting because the platform
    /// asks for it does not count, and where the bot was away itself it takes longer. A platform may be away for a day,
    /// and nothing must be lost over that.
    pub give_up_after: TimeDelta,
    /// Wait after the first failure; doubles with each.
    pub backoff_first: TimeDelta,
    /// Longest wait between attempts.
    pub backoff_max: TimeDelta,
}

/// An effect that was given up, as coordinators are told of it.
#[derive(Clone, Debug)]
pub struct Undelivered<'a> {
    /// Which one.
    pub id: OutboxId,
    /// What was to happen.
    pub effect: &'a Effect,
    /// To whom, as far as it is known.
    pub to: Vec<UserRef>,
    /// Why it cannot.
    pub why: Impossible,
}

/// Makes the notice for coordinators about an effect that was given up.
pub type Notice = dyn Fn(&Undelivered<'_>) -> Message + Send + Sync;

/// Makes the one notice about an announcement whose messages fail.
pub type Failing = dyn Fn(AnnouncementId) -> Message + Send + Sync;

/// What is said where something cannot be delivered.
#[derive(Clone)]
pub struct Notices {
    /// To coordinators, about an effect that was given up.
    pub undelivered: Arc<Notice>,
    /// To coordinators, once, about an announcement of which something cannot be delivered.
    pub announcement: Arc<Failing>,
    /// To coordinators, about a person who takes no direct messages.
    pub unreachable: Arc<Unreachable>,
    /// To that person, where they are with their partner.
    pub waiting: Arc<Waiting>,
    /// To each coordinator, and to whoever appointed one, that the coordinators' place is gone.
    pub office_lost: Arc<OfficeLost<'static>>,
    /// To coordinators, that a pair's place is gone.
    pub pair_place_lost: Arc<PairPlaceLost<'static>>,
}

/// The delivering side of the outbox.
pub struct Outbox {
    store: Store,
    chats: BTreeMap<&'static str, Arc<dyn Chat>>,
    clock: Clock,
    policy: Policy,
    notices: Notices,
    stopping: watch::Receiver<bool>,
    gates: Gates,
    doubts: Doubts,
}

/// What became of an effect, for those behind it in its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// The next may go.
    Done,
    /// It waits, and they wait behind it.
    Later,
    /// It was not begun, or left at a step that is kept, and is to be given back with those behind it.
    Untouched,
}

/// How long an effect waits for something it builds on before it looks again: doubles from the first to the last.
const WAIT_FIRST: TimeDelta = TimeDelta::seconds(30);
const WAIT_MAX: TimeDelta = TimeDelta::hours(6);

impl Outbox {
    /// An outbox over these chats. Once `stopping` is set it begins nothing more.
    #[must_use]
    pub fn new(
        store: Store,
        chats: Vec<Arc<dyn Chat>>,
        clock: Clock,
        policy: Policy,
        notices: Notices,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        let chats = chats.into_iter().map(|chat| (chat.name(), chat)).collect();
        Self { store, chats, clock, policy, notices, stopping, gates: Gates::default(), doubts: Doubts::default() }
    }

    /// When the next effect is due.
    ///
    /// # Errors
    /// The database.
    pub async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let shut = self.gates.shut(self.clock.now());
        self.store.read().await?.next_due_beside(&shut).await
    }

    fn stops(&self) -> bool {
        *self.stopping.borrow()
    }

    async fn deliver(&self, claimed: &Claimed) -> Result<Came, StoreError> {
        let mut steps: Steps = serde_json::from_value(claimed.steps.clone()).unwrap_or_default();
        if let Some(wait) = self.doubts.settle_in(claimed, self.clock.steady()) {
            let error = "an attempt before it may still be on its way";
            return self.later(claimed, &steps, Later { wait, error, ambiguous: true, holds: true }).await;
        }
        let performed = AssertUnwindSafe(self.perform(claimed, &mut steps)).catch_unwind().await;
        let undone = match performed {
            Ok(Ok(())) => {
                self.doubts.end(claimed);
                return Ok(Came::Done);
            }
            Ok(Err(undone)) => undone,
            // Whatever it had begun may have happened.
            Err(_) => ChatError::Passing { what: "it panicked".into(), retry_after: None, ambiguous: true }.into(),
        };
        match undone {
            Undone::Store(error) => Err(error),
            Undone::LeaseLost => {
                took(Way::LeaseLost);
                tracing::warn!(
                    effect = claimed.key,
                    "an effect is no longer held: another process took it over, or it was ended"
                );
                Ok(Came::Later)
            }
            Undone::Stopped | Undone::Changed => Ok(Came::Untouched),
            Undone::NotNow(at) => {
                took(Way::CivilWait);
                self.put_off(claimed, at).await
            }
            Undone::Waits(what) => {
                steps.waits += 1;
                let wait = doubled(WAIT_FIRST, steps.waits, WAIT_MAX);
                // Nobody waits behind it: what it waits for may be among them.
                self.later(claimed, &steps, Later { wait, error: what, ambiguous: false, holds: false }).await
            }
            Undone::Chat(error) => self.failed(claimed, &mut steps, error).await,
        }
    }

    async fn failed(&self, claimed: &Claimed, steps: &mut Steps, error: ChatError) -> Result<Came, StoreError> {
        if let ChatError::Held { ambiguous: true, .. } | ChatError::Passing { ambiguous: true, .. } = &error {
            self.doubts.arise(claimed, self.clock.steady());
        }
        match error {
            ChatError::Held { what, wait, scope, ambiguous } => {
                took(Way::BudgetKept);
                let wait = time(wait, self.policy.backoff_max);
                self.gates.shut_for(claimed.community, scope, self.clock.now(), wait);
                if ambiguous || !self.gates.is_shut(claimed, self.clock.now()) {
                    return self.later(claimed, steps, Later { wait, error: &what, ambiguous, holds: true }).await;
                }
                // Its row stays as it is: it comes back when its pace is open again.
                Ok(Came::Untouched)
            }
            ChatError::Passing { what, retry_after: Some(wait), ambiguous } => {
                took(Way::PauseKept);
                let wait = time(wait, self.policy.backoff_max);
                self.later(claimed, steps, Later { wait, error: &what, ambiguous, holds: true }).await
            }
            ChatError::Passing { what, retry_after: None, ambiguous } => {
                took(Way::PutOff);
                if steps.fail(self.clock.now(), &self.policy) {
                    return self.bury(claimed, steps, Impossible::Refused, &what).await;
                }
                let wait = self.backoff(&claimed.key, steps.failures);
                let wait = if ambiguous { wait.max(doubts::SETTLING) } else { wait };
                self.later(claimed, steps, Later { wait, error: &what, ambiguous, holds: true }).await
            }
            // The people took away the place that was opened for them before they were introduced in it.
            ChatError::Never { why: Impossible::PlaceGone, what } if steps.opens_anew(&claimed.effect) => {
                let later = Later { wait: TimeDelta::zero(), error: &what, ambiguous: true, holds: true };
                self.later(claimed, steps, later).await
            }
            ChatError::Never { why: Impossible::PlaceGone, what } if office::is_for_it(&claimed.effect) => {
                self.hold_for_office(claimed, steps, &what).await
            }
            ChatError::Never { why: Impossible::PlaceGone, what }
                if let Effect::Post { to: To::Pair(pair), .. } = claimed.effect =>
            {
                self.hold_for_pair(claimed, steps, (pair, &what)).await
            }
            ChatError::Never { why, what } => self.bury(claimed, steps, why, &what).await,
        }
    }

    async fn perform(&self, claimed: &Claimed, steps: &mut Steps) -> Result<(), Undone> {
        let (at, chat) = self.reach(claimed).await?;
        match self.fits(claimed, steps).await? {
            Fits::NoMore => {
                took(Way::Outdated);
                Work::new(self, claimed, at, chat).let_go().await
            }
            Fits::AsItIs => Work::new(self, claimed, at, chat).carry_out(steps).await,
            Fits::Without(people) => {
                let fewer = Claimed { effect: claimed.effect.clone().without_mentions(&people), ..claimed.clone() };
                Work::new(self, &fewer, at, chat).in_place_of(&claimed.effect).carry_out(steps).await
            }
        }
    }

    /// Puts an effect off that was not begun; those behind it may go.
    async fn put_off(&self, claimed: &Claimed, at: DateTime<Utc>) -> Result<Came, StoreError> {
        let mut tx = self.store.write().await?;
        tx.give_back(&claimed.lease, Some(at), self.clock.now()).await?;
        tx.commit().await?;
        Ok(Came::Done)
    }

    async fn later(&self, claimed: &Claimed, steps: &Steps, later: Later<'_>) -> Result<Came, StoreError> {
        let Later { wait, error, ambiguous, holds } = later;
        let now = self.clock.now();
        tracing::debug!(effect = claimed.key, wait_ms = wait.num_milliseconds(), error, "an effect waits");
        // An attempt that could not even look keeps the doubt of the one before it.
        let ambiguous = ambiguous || claimed.ambiguous;
        let mut tx = self.store.write().await?;
        tx.save_steps(&claimed.lease, &steps.encode()).await?;
        tx.retry(&claimed.lease, &Retry { due_at: now + wait, error, ambiguous, holds }, now).await?;
        tx.commit().await?;
        Ok(if holds { Came::Later } else { Came::Done })
    }

    /// Gives an effect up, loudly: the coordinators are told in the same transaction.
    async fn bury(
        &self,
        claimed: &Claimed,
        steps: &mut Steps,
        why: Impossible,
        what: &str,
    ) -> Result<Came, StoreError> {
        let now = self.clock.now();
        if let Effect::Sweep { .. } = claimed.effect {
            // There was most likely nothing to take away; that is nobody's trouble.
            tracing::warn!(effect = claimed.key, what, "nobody could look whether something was left twice");
            let mut tx = self.store.write().await?;
            tx.finish(&claimed.lease, &serde_json::json!({ "skipped": true }), now).await?;
            tx.commit().await?;
            return Ok(Came::Done);
        }
        if let (Effect::Post { to: To::Person(reader), .. }, Impossible::PersonUnreachable) = (&claimed.effect, why) {
            return self.leave_unread(claimed, steps, *reader, what).await;
        }
        took(Way::GivenUp);
        tracing::error!(effect = claimed.key, ?why, what, "an effect was given up");
        steps.begin_anew();
        let mut tx = self.store.write().await?;
        tx.save_steps(&claimed.lease, &steps.encode()).await?;
        let buried = tx.bury(&claimed.lease, what, now).await?;
        let to_office =
            matches!(claimed.effect, Effect::Post { to: To::Coordinators, .. } | Effect::OpenCoordinators { .. });
        if buried && !to_office {
            let (key, message) = self.notice(&mut tx, claimed, why).await?;
            let effect = Effect::Post { to: To::Coordinators, message };
            tx.enqueue(&NewEffect { community: claimed.community, key, due_at: now, effect }, now).await?;
        }
        tx.commit().await?;
        Ok(Came::Done)
    }

    /// What coordinators are told of an effect that was given up, and under which key. Of an announcement they hear once for
    /// each try: the message about it says whom it did not reach, and tries again.
    async fn notice(
        &self,
        tx: &mut crate::store::Tx,
        claimed: &Claimed,
        why: Impossible,
    ) -> Result<(String, Message), StoreError> {
        if let Some(id) = announcement_of(&claimed.key)
            && let Some(announcement) = tx.announcement(claimed.community, id).await?
        {
            let key = format!("undelivered:announcement:{id}:{}", announcement.since.timestamp());
            return Ok((key, (self.notices.announcement)(id)));
        }
        let to = readers(tx, &claimed.effect).await?;
        let message = (self.notices.undelivered)(&Undelivered { id: claimed.id, effect: &claimed.effect, to, why });
        // Given up again after another try, it is told again.
        Ok((format!("undelivered:{}:{}", claimed.id, claimed.lease.claim()), message))
    }

    /// Doubles with each failure, and differs from effect to effect so that they do not all come back at once.
    fn backoff(&self, key: &str, failures: u32) -> TimeDelta {
        let longest = doubled(self.policy.backoff_first, failures, self.policy.backoff_max);
        let mut hasher = DefaultHasher::new();
        (key, failures).hash(&mut hasher);
        let spread = i32::try_from(hasher.finish() % 50).unwrap_or_default();
        longest - longest * spread / 100
    }
}

/// How an effect goes on that did not happen yet.
struct Later<'a> {
    wait: TimeDelta,
    error: &'a str,
    ambiguous: bool,
    holds: bool,
}

/// Who was to read it.
async fn readers(tx: &mut crate::store::Tx, effect: &Effect) -> Result<Vec<UserRef>, StoreError> {
    let pair = |pair: PairId| Some((Some(pair), None));
    let whom = match effect {
        Effect::Introduce { pair: id, .. } | Effect::Farewell { pair: id, .. } => pair(*id),
        Effect::Post { to: To::Pair(id), .. } => pair(*id),
        Effect::Post { to: To::Person(person), .. } | Effect::Admit { person } | Effect::Dismiss { person } => {
            Some((None, Some(*person)))
        }
        Effect::Post { to: To::Coordinators, .. }
        | Effect::OpenCoordinators { .. }
        | Effect::Update { .. }
        | Effect::Sweep { .. } => None,
    };
    Ok(match whom {
        Some((Some(pair), _)) => {
            let pair = tx.pair(pair).await?;
            vec![tx.person(pair.mentor).await?.user, tx.person(pair.mentee).await?.user]
        }
        Some((None, Some(person))) => vec![tx.person(person).await?.user],
        _ => Vec::new(),
    })
}

/// `first` for the first time, then twice as long each time, up to `max`.
fn doubled(first: TimeDelta, times: u32, max: TimeDelta) -> TimeDelta {
    (first * 2_i32.pow(times.saturating_sub(1).min(16))).min(max)
}

fn time(wait: Duration, longest: TimeDelta) -> TimeDelta {
    TimeDelta::from_std(wait).unwrap_or(longest)
}

#[cfg(test)]
mod tests;
