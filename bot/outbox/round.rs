//! One round: what is due is claimed, sorted into lanes, and the lanes go side by side.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};

use super::{Came, Outbox, Policy};
use crate::clock::{TooSlow, within};
use crate::store::{Claimed, StoreError};

/// Batches that one round claims at most, so that whatever else is due gets its turn.
const BATCHES_PER_ROUND: u32 = 10;
/// How long a round watches its lanes before it looks for work that has come meanwhile, in real time.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What has come to its end in a round.
enum Step {
    /// A claim.
    Claimed(Result<Vec<Claimed>, StoreError>),
    /// A lane, with those of its effects that were not begun.
    Lane(Result<Vec<Claimed>, StoreError>),
    /// What was not begun is given back.
    GivenBack(Result<(), StoreError>),
}

impl Outbox {
    /// Delivers what is due now. Returns how many effects were claimed; 0 means that nothing is due.
    ///
    /// # Errors
    /// The database. Lanes that are under way are finished first.
    pub async fn run_due(&self) -> Result<usize, StoreError> {
        // Claiming runs beside the lanes and is never waited for alone: a lane may hold the writers' turn.
        let mut running: FuturesUnordered<BoxFuture<'_, Step>> = FuturesUnordered::new();
        let (mut lanes, mut waiting, mut outcome) = (0, VecDeque::<Vec<Claimed>>::new(), Ok(()));
        let (mut count, mut batches, mut claiming, mut look) = (0, 0, false, true);
        let mut untouched = Vec::new();
        loop {
            let free = lanes < self.policy.parallel.max(1);
            let goes_on = batches < BATCHES_PER_ROUND && outcome.is_ok() && !self.stops();
            if look && free && !claiming && waiting.is_empty() && goes_on {
                (claiming, look, batches) = (true, false, batches + 1);
                running.push(self.claim().map(Step::Claimed).boxed());
            }
            while lanes < self.policy.parallel.max(1)
                && let Some(lane) = waiting.pop_front()
            {
                if self.must_wait(&lane[0]) {
                    untouched.extend(lane);
                    continue;
                }
                lanes += 1;
                running.push(self.lane(lane).map(Step::Lane).boxed());
            }
            if !untouched.is_empty() && (lanes == 0 || untouched.len() >= self.policy.parallel) {
                running.push(self.give_back(std::mem::take(&mut untouched)).map(Step::GivenBack).boxed());
            }
            match within(LOOK_EVERY, running.next()).await {
                Ok(None) => return outcome.map(|()| count),
                Ok(Some(Step::Claimed(Ok(claimed)))) => {
                    claiming = false;
                    count += claimed.len();
                    // A full batch says that there may be more.
                    look = u32::try_from(claimed.len()).is_ok_and(|len| len >= self.policy.batch);
                    waiting = in_lanes(claimed);
                }
                Ok(Some(Step::Claimed(Err(error)))) => (claiming, outcome) = (false, Err(error)),
                Ok(Some(Step::Lane(Ok(behind)))) => {
                    lanes -= 1;
                    untouched.extend(behind);
                }
                Ok(Some(Step::Lane(Err(error)))) => (lanes, outcome) = (lanes - 1, Err(error)),
                Ok(Some(Step::GivenBack(done))) => outcome = done.and(outcome),
                Err(TooSlow) => look = true,
            }
        }
    }

    async fn claim(&self) -> Result<Vec<Claimed>, StoreError> {
        let now = self.clock.now();
        let shut: Vec<_> = self.gates.shut(now).into_iter().map(|(place, _)| place).collect();
        let Policy { owner, lease, batch, .. } = &self.policy;
        let mut tx = self.store.write().await?;
        let claimed = tx.claim(owner, now, now + *lease, *batch, &shut).await?;
        tx.commit().await?;
        Ok(claimed)
    }

    /// Whether an effect must not be begun now.
    fn must_wait(&self, claimed: &Claimed) -> bool {
        self.stops() || self.gates.is_shut(claimed, self.clock.now())
    }

    /// Carries out the effects of one lane, in order. Returns those that were not begun, because one before them
    /// waits or the bot stops.
    async fn lane(&self, effects: Vec<Claimed>) -> Result<Vec<Claimed>, StoreError> {
        let mut effects = VecDeque::from(effects);
        while let Some(next) = effects.front() {
            if self.must_wait(next) {
                break;
            }
            match self.deliver(next).await? {
                Came::Untouched => break,
                Came::Done => drop(effects.pop_front()),
                Came::Later => {
                    effects.pop_front();
                    break;
                }
            }
        }
        Ok(effects.into())
    }

    /// Gives back what was claimed and not begun, as if nobody had touched it.
    async fn give_back(&self, effects: Vec<Claimed>) -> Result<(), StoreError> {
        let mut tx = self.store.write().await?;
        for claimed in effects {
            tx.give_back(&claimed.lease, None, self.clock.now()).await?;
        }
        tx.commit().await
    }
}

/// Effects by lane, each in order; lanes in the order in which their first is due.
fn in_lanes(claimed: Vec<Claimed>) -> VecDeque<Vec<Claimed>> {
    let mut lanes: VecDeque<Vec<Claimed>> = VecDeque::new();
    for effect in claimed {
        let same = |lane: &&mut Vec<Claimed>| effect.lane.is_some() && lane[0].lane == effect.lane;
        match lanes.iter_mut().find(same) {
            Some(lane) => lane.push(effect),
            None => lanes.push_back(vec![effect]),
        }
    }
    lanes
}
