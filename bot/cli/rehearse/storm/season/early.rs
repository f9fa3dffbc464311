//! Some people answer in the minutes in which everybody is asked again, before the question has gone out to them.

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{CheckInAnswer, Period};

use super::{Done, Season, Stuck, Troupe};
use crate::cli::rehearse::room::rooms;
use crate::store::StoreError;

/// The second question comes within so long after it may.
const ASKED_WITHIN: TimeDelta = TimeDelta::days(2);
/// How many pairs answer so.
const EARLY: usize = 3;

impl<'a> Season<'a> {
    /// Waits until some are asked again and others are about to be, and lets a few of these answer. Comes back with the
    /// platforms and handles of those who did.
    pub(super) async fn answer_early(
        &self,
        troupes: &[Troupe<'a>],
        (period, fires): (Period, DateTime<Utc>),
        done: &mut Done,
    ) -> Result<Vec<(String, String)>, Stuck> {
        let again = fires + TimeDelta::days(i64::from(self.program.nudge.retry_after_days));
        self.travel(again - TimeDelta::hours(3)).await?;
        let waiting = async || self.to_be_asked_again(troupes, period).await.is_ok_and(|all| !all.is_empty());
        self.travel_until(again + ASKED_WITHIN, waiting).await?;
        let about_to_be = self.to_be_asked_again(troupes, period).await.unwrap_or_default();
        let mut early = Vec::new();
        for troupe in troupes {
            let found = rooms(self.catalogue, troupe, &mut Vec::new());
            let waits = found.iter().filter(|room| {
                let mentor = (room.platform(), self.id_of(room.platform(), room.mentor.actor.handle()));
                about_to_be.iter().any(|(platform, user)| (*platform, user) == (mentor.0, &mentor.1))
            });
            for room in waits.take(EARLY) {
                let who = (room.platform().to_owned(), room.mentor.person.handle.clone());
                if done.answers.iter().any(|(on, handle, month, answer)| {
                    (on, handle, *month) == (&who.0, &who.1, period) && *answer == CheckInAnswer::Met
                }) {
                    continue;
                }
                self.answer(room, room.mentor, period, Some(CheckInAnswer::Met), done).await?;
                early.push(who);
            }
        }
        Ok(early)
    }

    /// The mentors (platform and id there) of pairs whose second question is written, and not yet sent.
    async fn to_be_asked_again(
        &self,
        troupes: &[Troupe<'a>],
        period: Period,
    ) -> Result<Vec<(&'static str, String)>, StoreError> {
        let now = self.theatre.now();
        let mut found = Vec::new();
        for platform in troupes.iter().filter_map(|troupe| troupe.first()).map(|player| player.platform()) {
            let community = self.theatre.community(platform).await?;
            let mut tx = self.theatre.store.read().await?;
            let season = self.season(&mut tx, platform).await?;
            let effects = tx.every_effect(community).await?;
            for pair in tx.pairs(season).await? {
                let key = format!("nudge:{}:{period}:1", pair.id);
                let waits =
                    |it: &&crate::store::EffectRecord| it.key == key && it.state == "pending" && it.due_at > now;
                if effects.iter().any(|effect| waits(&effect)) {
                    found.push((platform, tx.person(pair.mentor).await?.user.0));
                }
            }
        }
        Ok(found)
    }
}
