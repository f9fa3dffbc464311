//! Attempts whose answer was lost, and since when, by a clock that nobody sets. Such a request may still be on its way:
//! nobody looks for what it does, or does it again, before it has arrived.
//!
//! The instant at which an effect is due says the same, but a machine's clock may be set meanwhile, and another process
//! has a clock of its own. So whoever first meets a doubt waits for as long as any request can be under way.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use plsep_domain::OutboxId;

use crate::store::Claimed;

/// How long a request may be on its way. Both platforms give one up themselves after well under this time.
pub(super) const SETTLING: TimeDelta = TimeDelta::seconds(15);

/// How long a doubt is remembered that is never met again: somebody else did it.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

/// Since when there is doubt about which effects.
#[derive(Default)]
pub(super) struct Doubts(Mutex<BTreeMap<OutboxId, Duration>>);

impl Doubts {
    /// An attempt got no answer just now.
    pub fn arise(&self, claimed: &Claimed, steady: Duration) {
        self.lock().insert(claimed.id, steady);
    }

    /// It is known what became of the effect.
    pub fn end(&self, claimed: &Claimed) {
        self.lock().remove(&claimed.id);
    }

    /// How long to wait before this effect may be looked for; nothing where there is no doubt, or no longer.
    pub fn settle_in(&self, claimed: &Claimed, steady: Duration) -> Option<TimeDelta> {
        if !claimed.ambiguous {
            return None;
        }
        let mut doubts = self.lock();
        doubts.retain(|_, since| steady.saturating_sub(*since) < KEPT);
        let since = *doubts.entry(claimed.id).or_insert(steady);
        let waited = TimeDelta::from_std(steady.saturating_sub(since)).unwrap_or(SETTLING);
        Some(SETTLING - waited).filter(|left| *left > TimeDelta::zero())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<OutboxId, Duration>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
