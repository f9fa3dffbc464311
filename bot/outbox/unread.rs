//! What becomes of a direct message to somebody who takes none: it waits for their next visit. Where they have a place
//! with a partner they are told there, once a day at most, that something waits, and nothing of what; the coordinators
//! are told once that this person cannot be reached.

use plsep_domain::concern::ConcernKind;
use plsep_domain::{Lang, PersonId};

use super::work::Steps;
use super::{Came, Notices, Outbox};
use crate::chat::UserRef;
use crate::store::{Claimed, Effect, NewConcern, NewEffect, Pair, Person, StoreError, Terms, To, Tx, Wanted};

impl Outbox {
    /// Leaves a message for its reader's next visit, and says so where it can be said.
    pub(super) async fn leave_unread(
        &self,
        claimed: &Claimed,
        steps: &Steps,
        reader: PersonId,
        what: &str,
    ) -> Result<Came, StoreError> {
        let now = self.clock.now();
        tracing::warn!(effect = claimed.key, what, "a direct message waits for its reader's next visit");
        let mut tx = self.store.write().await?;
        tx.save_steps(&claimed.lease, &steps.encode()).await?;
        if tx.leave_unread(&claimed.lease, reader, what, now).await? {
            let person = tx.person(reader).await?;
            let place = self.place_of(&mut tx, claimed, &person).await?;
            if let Some(pair) = &place {
                self.tell_in(&mut tx, claimed, pair, &person).await?;
            }
            self.tell_office(&mut tx, claimed, &person, place.is_some()).await?;
        }
        tx.commit().await?;
        Ok(Came::Done)
    }

    /// A place that the person shares with a partner.
    async fn place_of(&self, tx: &mut Tx, claimed: &Claimed, person: &Person) -> Result<Option<Pair>, StoreError> {
        let Some(season) = tx.current_season(claimed.community).await? else { return Ok(None) };
        let pairs = tx.pairs_of(season.id, person.id).await?;
        Ok(pairs.into_iter().find(|pair| person.present && pair.state.is_live() && pair.channel.is_some()))
    }

    async fn tell_in(&self, tx: &mut Tx, claimed: &Claimed, pair: &Pair, person: &Person) -> Result<(), StoreError> {
        let now = self.clock.now();
        let Some(season) = tx.current_season(claimed.community).await? else { return Ok(()) };
        let today = now.with_timezone(&person.zone(&season.program)).date_naive();
        let Notices { waiting, .. } = &self.notices;
        let note = NewEffect {
            community: claimed.community,
            key: format!("waiting:{}:{today}", person.id),
            due_at: now,
            effect: Effect::Post { to: To::Pair(pair.id), message: waiting(person.lang(), &person.user) },
        };
        let terms = Terms { wanted: Some(Wanted::Unread { person: person.id }), ..Terms::default() };
        tx.enqueue_on(&note, &terms, now).await?;
        Ok(())
    }

    async fn tell_office(&self, tx: &mut Tx, claimed: &Claimed, person: &Person, told: bool) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut key = format!("unreachable:{}", person.id);
        if let Some(season) = tx.current_season(claimed.community).await? {
            key = format!("unreachable:{}:{}", season.id, person.id);
            let concern = NewConcern {
                season: season.id,
                key: key.clone(),
                kind: ConcernKind::Unreachable,
                pair: None,
                person: Some(person.id),
                note: None,
            };
            tx.raise_concern(claimed.community, &concern, now).await?;
        }
        let message = (self.notices.unreachable)(&person.user, told);
        let effect = Effect::Post { to: To::Coordinators, message };
        let new = NewEffect { community: claimed.community, key: format!("concern:{key}"), due_at: now, effect };
        tx.enqueue(&new, now).await?;
        Ok(())
    }
}

/// Makes the word to somebody that messages wait for them.
pub type Waiting = dyn Fn(Lang, &UserRef) -> crate::chat::Message + Send + Sync;
/// Makes the notice for coordinators that somebody cannot be reached; whether they were told elsewhere.
pub type Unreachable = dyn Fn(&UserRef, bool) -> crate::chat::Message + Send + Sync;
