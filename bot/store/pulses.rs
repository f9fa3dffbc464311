//! The private question about the fit: whom it was put to, and what each said. A partner's answer is nobody's but the
//! coordinators'.

use chrono::{DateTime, Utc};
use plsep_domain::pulse::{Fit, Occasion};
use plsep_domain::{PairId, PersonId, SeasonId};

use super::{Row, StoreError, Stored, Tx, value::name};

/// One question about the fit, and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulse {
    /// The pair.
    pub pair: PairId,
    /// Who is asked.
    pub person: PersonId,
    /// Why.
    pub occasion: Occasion,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// The latest answer.
    pub answer: Option<Fit>,
    /// What they wrote to it.
    pub note: Option<String>,
}

impl Stored for Pulse {
    const WHAT: &'static str = "pulse";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            pair: row.id("pair")?,
            person: row.id("person")?,
            occasion: row.name("occasion")?,
            asked_at: row.at("asked_at")?,
            answer: row.maybe_name("answer")?,
            note: row.maybe_text("note")?,
        })
    }
}

impl Stored for (PairId, DateTime<Utc>) {
    const WHAT: &'static str = "first meeting";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok((row.id("pair")?, row.at("met_at")?))
    }
}

impl Tx {
    /// Remembers that a person of the pair is asked; `false` if they were asked on this occasion before.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown pair or person, or what the database says.
    pub async fn ask_pulse(
        &mut self,
        pair: PairId,
        person: PersonId,
        occasion: Occasion,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "INSERT INTO pulses (pair, person, occasion, asked_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING";
        self.changed(sql, [pair.into(), person.into(), name(&occasion)?, at.into()]).await
    }

    /// The questions about the fit in the season, pair by pair.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pulses(&mut self, season: SeasonId) -> Result<Vec<Pulse>, StoreError> {
        let sql = "SELECT pulses.pair, pulses.person, pulses.occasion, pulses.asked_at, pulses.answer, pulses.note
             FROM pulses JOIN pairs ON pairs.id = pulses.pair
             WHERE pairs.season = $1 ORDER BY pulses.pair, pulses.person, pulses.occasion";
        self.all(sql, [season.into()]).await
    }

    /// One of them, if it was asked.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pulse(
        &mut self,
        pair: PairId,
        person: PersonId,
        occasion: Occasion,
    ) -> Result<Option<Pulse>, StoreError> {
        let sql = "SELECT pair, person, occasion, asked_at, answer, note FROM pulses
             WHERE pair = $1 AND person = $2 AND occasion = $3";
        self.maybe(sql, [pair.into(), person.into(), name(&occasion)?]).await
    }

    /// Keeps what somebody answered; their latest word counts.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when they were not asked, or what the database says.
    pub async fn answer_pulse(
        &mut self,
        pair: PairId,
        person: PersonId,
        occasion: Occasion,
        answer: Fit,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE pulses SET answer = $4, answered_at = $5 WHERE pair = $1 AND person = $2 AND occasion = $3";
        let values = [pair.into(), person.into(), name(&occasion)?, name(&answer)?, at.into()];
        self.must_change(sql, values, Pulse::WHAT).await
    }

    /// Keeps what somebody wrote to their answer.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when they were not asked, or what the database says.
    pub async fn note_pulse(
        &mut self,
        pair: PairId,
        person: PersonId,
        occasion: Occasion,
        note: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE pulses SET note = $4 WHERE pair = $1 AND person = $2 AND occasion = $3";
        self.must_change(sql, [pair.into(), person.into(), name(&occasion)?, note.into()], Pulse::WHAT).await
    }

    /// When each pair of the season met first, as far as it has said: a meeting that was held, or somebody's latest
    /// word about a month that they met.
    ///
    /// # Errors
    /// What the database says.
    pub async fn first_met(&mut self, season: SeasonId) -> Result<Vec<(PairId, DateTime<Utc>)>, StoreError> {
        let sql = "SELECT met.pair, MIN(met.met_at) AS met_at FROM (
                 SELECT said.pair AS pair, said.given_at AS met_at FROM checkin_answers AS said
                 WHERE said.answer = 'met' AND NOT EXISTS (
                     SELECT 1 FROM checkin_answers AS later
                     WHERE later.pair = said.pair AND later.period = said.period AND later.person = said.person
                         AND (later.given_at, later.id) > (said.given_at, said.id))
                 UNION ALL
                 SELECT meetings.pair AS pair, meetings.starts_at AS met_at FROM meetings
                 WHERE meetings.state = 'held') AS met
             JOIN pairs ON pairs.id = met.pair
             WHERE pairs.season = $1 GROUP BY met.pair ORDER BY met.pair";
        self.all(sql, [season.into()]).await
    }
}
