//! A place of the bot's is found to be gone: that is kept, and whoever can do something about it is told, once for each
//! loss. Opens no place by itself: somebody may have meant to take it away.

use chrono::{DateTime, Utc};
use plsep_domain::concern::ConcernKind;
use plsep_domain::{CommunityId, ConcernId, Lang, PairId};

use super::{Effect, NewConcern, NewEffect, Pair, StoreError, To, Tx};
use crate::chat::{Message, UserRef};

/// With what the keys of effects begin that open the coordinators' place.
pub const OFFICE_KEYS: &str = "office";

/// Makes the word that the coordinators' place is gone, to a coordinator or (`false`) to whoever appointed one.
pub type OfficeLost<'a> = dyn Fn(Lang, bool) -> Message + Send + Sync + 'a;

/// Makes the notice for coordinators that a pair's place is gone: which pair, its mentor and mentee, and as which concern
/// it is kept.
pub type PairPlaceLost<'a> = dyn Fn(PairId, (&UserRef, &UserRef), ConcernId) -> Message + Send + Sync + 'a;

/// With what the keys of effects begin that open another place for a pair in place of one that is gone.
#[must_use]
pub fn pair_place_keys(pair: PairId) -> String {
    format!("place:{pair}:")
}

/// As what the loss of a pair's place is kept, where so many others were opened for it before.
#[must_use]
pub fn place_lost_key(pair: PairId, opened: usize) -> String {
    format!("place-lost:{pair}:{opened}")
}

impl Tx {
    /// The coordinators' place is gone: each coordinator, and whoever appointed one, is told directly. `false` if that
    /// was known.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lose_office(
        &mut self,
        community: CommunityId,
        words: &OfficeLost<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if !self.lose_coordinators_channel(community).await? {
            return Ok(false);
        }
        let opened = self.effect_keys(community, OFFICE_KEYS).await?.len();
        let coordinators = self.coordinators(community).await?;
        let others = self.appointers(community).await?.into_iter();
        let others = others.filter(|person| coordinators.iter().all(|known| known.id != person.id));
        let others: Vec<_> = others.map(|person| (person, false)).collect();
        let all = coordinators.into_iter().filter(|person| person.present).map(|person| (person, true)).chain(others);
        for (person, coordinates) in all {
            let effect = Effect::Post { to: To::Person(person.id), message: words(person.lang(), coordinates) };
            let key = format!("lost-office:{opened}:{}", person.id);
            self.enqueue(&NewEffect { community, key, due_at: now, effect }, now).await?;
        }
        Ok(true)
    }

    /// The place of a pair that goes on is gone: coordinators are told, and have it in their queue. What is for the pair
    /// waits until it has another place. `false` if that was known.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lose_pair_place(
        &mut self,
        pair: &Pair,
        words: &PairPlaceLost<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let Some(gone) = &pair.channel else { return Ok(false) };
        if !self.forget_pair_channel(pair.id, gone).await? {
            return Ok(false);
        }
        let community = pair.community;
        let opened = self.effect_keys(community, &pair_place_keys(pair.id)).await?.len();
        let (mentor, mentee) = (self.person(pair.mentor).await?.user, self.person(pair.mentee).await?.user);
        let concern = NewConcern {
            season: pair.season,
            key: place_lost_key(pair.id, opened),
            kind: ConcernKind::PlaceLost,
            pair: Some(pair.id),
            person: None,
            note: None,
        };
        self.raise_and_tell(community, &concern, |id| words(pair.id, (&mentor, &mentee), id), now).await?;
        Ok(true)
    }
}
