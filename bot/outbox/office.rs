//! What becomes of messages to the coordinators when their place is gone: they wait, none is given up, and each coordinator
//! is told once, directly, with what to do. Opens no place by itself: somebody may have meant to take it away.

use plsep_domain::Lang;

use super::work::Steps;
use super::{Came, Later, Outbox};
use crate::store::{Claimed, Effect, NewEffect, StoreError, To, Tx};

/// What effects for the coordinators' place wait for. It is kept with them, and told by it when the place is there.
pub(super) const OFFICE_AWAITED: &str = "the coordinators' place";

/// How the keys of effects that open the coordinators' place begin.
const OFFICE: &str = "office";

/// Makes the word that the coordinators' place is gone, to a coordinator or (`false`) to whoever appointed one.
pub type OfficeLost = dyn Fn(Lang, bool) -> crate::chat::Message + Send + Sync;

/// Whether it is of use in the coordinators' place only.
pub(super) fn is_for_it(effect: &Effect) -> bool {
    matches!(effect, Effect::Post { to: To::Coordinators, .. } | Effect::Admit { .. })
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
        if tx.lose_coordinators_channel(claimed.community).await? {
            self.tell_office_lost(&mut tx, claimed).await?;
        }
        tx.commit().await?;
        let later = Later { wait: super::WAIT_FIRST, error: OFFICE_AWAITED, ambiguous: false, holds: false };
        self.later(claimed, steps, later).await
    }

    async fn tell_office_lost(&self, tx: &mut Tx, claimed: &Claimed) -> Result<(), StoreError> {
        let now = self.clock.now();
        let opened = tx.effect_keys(claimed.community, OFFICE).await?.len();
        let coordinators = tx.coordinators(claimed.community).await?;
        let others = tx.appointers(claimed.community).await?.into_iter();
        let others = others.filter(|person| coordinators.iter().all(|known| known.id != person.id));
        let others: Vec<_> = others.map(|person| (person, false)).collect();
        let all = coordinators.into_iter().filter(|person| person.present).map(|person| (person, true)).chain(others);
        for (person, coordinates) in all {
            let message = (self.notices.office_lost)(person.lang(), coordinates);
            let effect = Effect::Post { to: To::Person(person.id), message };
            let key = format!("lost-office:{opened}:{}", person.id);
            tx.enqueue(&NewEffect { community: claimed.community, key, due_at: now, effect }, now).await?;
        }
        Ok(())
    }
}
