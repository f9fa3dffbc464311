//! Signs of life of the pairs: when something was last heard of them, and when they were asked. It judges no silence.

use chrono::{DateTime, Utc};
use plsep_domain::{PairId, SeasonId};

use super::{Row, StoreError, Stored, Tx};

/// A moment of a pair.
struct Sign(PairId, DateTime<Utc>);

impl Stored for Sign {
    const WHAT: &'static str = "sign of life";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self(row.id("pair")?, row.at("sign_at")?))
    }
}

impl Tx {
    /// When something was last heard of each pair of the season, or will be: an answer of one of the two, or a meeting
    /// that was set, held or is still to come. Pairs of which nothing was heard are not among them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_signs(&mut self, season: SeasonId) -> Result<Vec<(PairId, DateTime<Utc>)>, StoreError> {
        let sql = "SELECT signs.pair, MAX(signs.sign_at) AS sign_at FROM (
                 SELECT pair, given_at AS sign_at FROM checkin_answers
                 UNION ALL SELECT pair, created_at AS sign_at FROM meetings
                 UNION ALL SELECT pair, starts_at AS sign_at FROM meetings WHERE state IN ('planned', 'held')
                 UNION ALL SELECT meetings.pair, meeting_reports.given_at AS sign_at
                     FROM meeting_reports JOIN meetings ON meetings.id = meeting_reports.meeting
                 UNION ALL SELECT pair, answered_at AS sign_at FROM pulses WHERE answered_at IS NOT NULL) AS signs
             JOIN pairs ON pairs.id = signs.pair
             WHERE pairs.season = $1 GROUP BY signs.pair ORDER BY signs.pair";
        let found: Vec<Sign> = self.all(sql, [season.into()]).await?;
        Ok(found.into_iter().map(|Sign(pair, at)| (pair, at)).collect())
    }

    /// When each pair of the season was asked about a month, earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn questions_asked(&mut self, season: SeasonId) -> Result<Vec<(PairId, DateTime<Utc>)>, StoreError> {
        let sql = "SELECT nudges.pair, nudges.nudged_at AS sign_at FROM nudges JOIN pairs ON pairs.id = nudges.pair
             WHERE pairs.season = $1 AND (nudges.to_mentor = TRUE OR nudges.to_mentee = TRUE)
             ORDER BY nudges.pair, nudges.nudged_at";
        let found: Vec<Sign> = self.all(sql, [season.into()]).await?;
        Ok(found.into_iter().map(|Sign(pair, at)| (pair, at)).collect())
    }
}
