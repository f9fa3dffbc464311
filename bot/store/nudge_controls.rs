//! What coordinators said of a season's monthly question: that it pauses, or that it is asked at once. The schedule reads
//! it; nothing is decided here.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, PairId, Period, PersonId, SeasonId};

use super::{Row, StoreError, Stored, Terms, Tx, Wanted};

/// What was said of a season's question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NudgeControl {
    /// Since when nobody is asked.
    pub paused_at: Option<DateTime<Utc>>,
    /// When a coordinator last wanted it asked at once.
    pub ask_at: Option<DateTime<Utc>>,
}

impl Stored for (SeasonId, NudgeControl) {
    const WHAT: &'static str = "word about the monthly question";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let control = NudgeControl { paused_at: row.maybe_at("paused_at")?, ask_at: row.maybe_at("ask_at")? };
        Ok((row.id("season")?, control))
    }
}

/// A question about a month that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingNudge {
    /// Of which pair.
    pub pair: PairId,
    /// About which month.
    pub period: Period,
    /// Who is asked; both where nobody is named.
    pub people: Vec<PersonId>,
    /// When it is due.
    pub due_at: DateTime<Utc>,
}

impl Stored for Option<WaitingNudge> {
    const WHAT: &'static str = "effect";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let due_at = row.at("due_at")?;
        Ok(match row.json::<Terms>("terms")?.wanted {
            Some(Wanted::Nudge { pair, period, people }) => Some(WaitingNudge { pair, period, people, due_at }),
            _ => None,
        })
    }
}

impl Tx {
    /// The questions about a month that wait to be sent in a community, in the order in which they are due.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waiting_nudges(&mut self, community: CommunityId) -> Result<Vec<WaitingNudge>, StoreError> {
        let sql = "SELECT terms, due_at FROM outbox
             WHERE community = $1 AND state = 'pending' AND SUBSTR(key, 1, 6) = 'nudge:' ORDER BY due_at, id";
        let all: Vec<Option<WaitingNudge>> = self.all(sql, [community.into()]).await?;
        Ok(all.into_iter().flatten().collect())
    }

    /// What was said of every season's question; nothing where nothing was.
    ///
    /// # Errors
    /// What the database says.
    pub async fn nudge_controls(&mut self) -> Result<HashMap<SeasonId, NudgeControl>, StoreError> {
        let all: Vec<_> = self.all("SELECT season, paused_at, ask_at FROM nudge_controls", []).await?;
        Ok(all.into_iter().collect())
    }

    /// What was said of one season's question.
    ///
    /// # Errors
    /// What the database says.
    pub async fn nudge_control(&mut self, season: SeasonId) -> Result<NudgeControl, StoreError> {
        let sql = "SELECT season, paused_at, ask_at FROM nudge_controls WHERE season = $1";
        let found: Option<(SeasonId, NudgeControl)> = self.maybe(sql, [season.into()]).await?;
        Ok(found.map(|(_, control)| control).unwrap_or_default())
    }

    /// Nobody is asked from now on; `false` if it pauses already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pause_nudges(&mut self, season: SeasonId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = "INSERT INTO nudge_controls (season, paused_at) VALUES ($1, $2)
             ON CONFLICT (season) DO UPDATE SET paused_at = $2 WHERE nudge_controls.paused_at IS NULL";
        self.changed(sql, [season.into(), now.into()]).await
    }

    /// The pause is over; `false` if there was none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn resume_nudges(&mut self, season: SeasonId) -> Result<bool, StoreError> {
        let sql = "UPDATE nudge_controls SET paused_at = NULL WHERE season = $1 AND paused_at IS NOT NULL";
        self.changed(sql, [season.into()]).await
    }

    /// It is asked at once.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ask_nudges_now(&mut self, season: SeasonId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "INSERT INTO nudge_controls (season, ask_at) VALUES ($1, $2)
             ON CONFLICT (season) DO UPDATE SET ask_at = $2";
        self.run(sql, [season.into(), now.into()]).await.map(|_| ())
    }
}
