//! What becomes of messages whose place is found to be gone, the coordinators' or a pair's: they wait, none is given up, and
//! whoever can have another place opened is told once. Opens none by itself: somebody may have meant to take it away.

use plsep_domain::PairId;

use super::work::Steps;
use super::{Came, Later, Outbox};
use crate::store::{Claimed, Effect, StoreError, To};

/// What effects for the coordinators' place wait for. It is kept with them, and told by it when the place is there.
pub(super) const OFFICE_AWAITED: &str = "the coordinators' place";

/// What effects for a pair's place wait for, kept and told in the same way.
pub(super) const PAIR_AWAITED: &str = "the pair's place";

/// Whether it is of use in the coordinators' place only.
pub(super) fn is_for_it(effect: &Effect) -> bool {
    matches!(effect, Effect::Post { to: To::Coordinators, .. } | Effect::Admit { .. } | Effect::Dismiss { .. })
}

impl Outbox {
    /// Keeps what found the place gone until there is another, and says so where it can be read.
    pub(super) async fn hold_for_office(
        &self,
        claimed: &Claimed,
        steps: &Steps,
        what: &str,
    ) -> Result<Came, StoreError> {
        tracing::warn!(effect = claimed.key, what, "the coordinators' place is gone; what is for it waits");
        let mut tx = self.store.write().await?;
        tx.lose_office(claimed.community, &*self.notices.office_lost, self.clock.now()).await?;
        tx.commit().await?;
        let later = Later { wait: super::WAIT_FIRST, error: OFFICE_AWAITED, ambiguous: false, holds: false };
        self.later(claimed, steps, later).await
    }

    /// The same for a pair.
    pub(super) async fn hold_for_pair(
        &self,
        claimed: &Claimed,
        steps: &Steps,
        (pair, what): (PairId, &str),
    ) -> Result<Came, StoreError> {
        tracing::warn!(effect = claimed.key, what, "a pair's place is gone; what is for it waits");
        let mut tx = self.store.write().await?;
        let pair = tx.pair(pair).await?;
        tx.lose_pair_place(&pair, &*self.notices.pair_place_lost, self.clock.now()).await?;
        tx.commit().await?;
        let later = Later { wait: super::WAIT_FIRST, error: PAIR_AWAITED, ambiguous: false, holds: false };
        self.later(claimed, steps, later).await
    }
}
