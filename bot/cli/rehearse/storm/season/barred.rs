//! Now and then somebody takes the bot's right to write in a pair's place. What was meant for the pair is given up, the
//! coordinators are told, and have it tried again when the bot may write there once more.

use std::collections::BTreeSet;

use plsep_domain::PairId;

use super::super::super::room::rooms;
use super::{Done, Season, Stuck, Troupe, coordinators};
use crate::store::{DeadLetter, Effect, StoreError, To};

impl<'a> Season<'a> {
    /// On each platform the bot may write no more in the place of one pair.
    pub(super) fn bar_places(&self, troupes: &[Troupe<'a>]) {
        for troupe in troupes {
            let mut open = rooms(self.catalogue, troupe, &mut vec![]);
            open.retain(|room| !room.place.archived);
            if open.is_empty() {
                continue;
            }
            let at = self.weather.roll("barred", open.len() as u64);
            let room = open.swap_remove(usize::try_from(at).unwrap_or(0));
            self.weather.tell(format!("the bot may not write in {} on {}", room.place.name, room.platform()));
            self.weather.bar(room.place.id);
        }
    }

    /// It may again, and a coordinator has everything tried again that was given up meanwhile. Nothing else was.
    pub(super) async fn let_in_again(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            for letter in self.wrongly_dead(platform).await.unwrap_or_default() {
                self.weather.broke(format!("nothing lost: {} was given up ({})", letter.key, letter.error));
            }
        }
        self.weather.let_in();
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            let none = async || self.dead(platform).await.is_ok_and(|dead| dead.is_empty());
            if none().await {
                continue;
            }
            self.persists(coordinator, "have it tried again", none, async || {
                coordinator.presses_any("try-again").await
            })
            .await?;
            done.office.push((platform.to_owned(), coordinator.person.handle.clone(), "undelivered.try-again"));
        }
        Ok(())
    }

    /// What was given up although the bot might have written there.
    async fn wrongly_dead(&self, platform: &str) -> Result<Vec<DeadLetter>, StoreError> {
        let mut dead = self.dead(platform).await?;
        let mut tx = self.theatre.store.read().await?;
        let season = self.season(&mut tx, platform).await?;
        let pairs = tx.pairs(season).await?.into_iter();
        let barred = pairs.filter(|pair| pair.channel.as_ref().is_some_and(|it| self.weather.is_barred(&it.0)));
        let barred: BTreeSet<PairId> = barred.map(|pair| pair.id).collect();
        let theirs = |letter: &DeadLetter| match &letter.effect {
            Effect::Post { to: To::Pair(pair), .. } => barred.contains(pair),
            _ => false,
        };
        dead.retain(|letter| !theirs(letter));
        Ok(dead)
    }

    async fn dead(&self, platform: &str) -> Result<Vec<DeadLetter>, StoreError> {
        let community = self.theatre.community(platform).await?;
        self.theatre.store.read().await?.dead_letters(community).await
    }
}
