//! Rulings: what coordinators decided about pairs before they are proposed.

use chrono::{DateTime, Utc};
use plsep_domain::matching::{PairKey, Ruling};
use plsep_domain::{PersonId, SeasonId};

use super::{Row, StoreError, Stored, Tx, value::name};

/// A pair and what was decided about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruled {
    /// The pair.
    pub pair: PairKey,
    /// What was decided.
    pub ruling: Ruling,
}

impl Stored for Ruled {
    const WHAT: &'static str = "ruling";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let pair = PairKey { mentee: row.id("mentee")?, mentor: row.id("mentor")? };
        Ok(Self { pair, ruling: row.name("ruling")? })
    }
}

impl Tx {
    /// Keeps a ruling in place of what was decided about the pair before. A pin takes the place of the mentee's pin to
    /// somebody else, too.
    ///
    /// # Errors
    /// [`StoreError::Missing`] for an unknown season, [`StoreError::Stray`] for people of another community, or what
    /// the database says.
    pub async fn rule(
        &mut self,
        season: SeasonId,
        ruled: Ruled,
        by: PersonId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Ruled { pair: PairKey { mentee, mentor }, ruling } = ruled;
        let ruling = name(&ruling)?;
        if ruled.ruling == Ruling::Pinned {
            let sql = "DELETE FROM match_rulings WHERE season = $1 AND mentee = $2 AND ruling = 'pinned'";
            self.run(sql, [season.into(), mentee.into()]).await?;
        }
        let sql = "INSERT INTO match_rulings (community, season, mentee, mentor, ruling, decided_by, decided_at)
             SELECT community, id, $2, $3, $4, $5, $6 FROM seasons WHERE id = $1
             ON CONFLICT (season, mentee, mentor) DO UPDATE SET
                 ruling = excluded.ruling, decided_by = excluded.decided_by, decided_at = excluded.decided_at";
        let values = [season.into(), mentee.into(), mentor.into(), ruling, by.into(), now.into()];
        self.must_change(sql, values, "season").await
    }

    /// Takes back what was decided about a pair; `false` if nothing was.
    ///
    /// # Errors
    /// What the database says.
    pub async fn release(&mut self, season: SeasonId, pair: PairKey) -> Result<bool, StoreError> {
        let sql = "DELETE FROM match_rulings WHERE season = $1 AND mentee = $2 AND mentor = $3";
        self.changed(sql, [season.into(), pair.mentee.into(), pair.mentor.into()]).await
    }

    /// Everything decided about pairs of a season, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn rulings(&mut self, season: SeasonId) -> Result<Vec<Ruled>, StoreError> {
        let sql = "SELECT mentee, mentor, ruling FROM match_rulings WHERE season = $1
             ORDER BY decided_at, mentee, mentor";
        self.all(sql, [season.into()]).await
    }
}
