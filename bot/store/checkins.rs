//! What each person of a pair said about a month, and how often the pair was asked.
//!
//! Every answer stays; the latest of each person counts. Nobody's answer touches another's.

use std::ops::RangeInclusive;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{CheckIn, CheckInAnswer, MeetingFact, PairId, Period, PersonId, SeasonId};
use serde::Serialize;

use super::{
    Inner, Pair, Row, StoreError, Stored, Tx,
    pairs::columns as pair_columns,
    value::{json, name},
};

/// One person's latest answer for a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenAnswer {
    /// Who gave it.
    pub person: PersonId,
    /// What they said.
    pub answer: CheckInAnswer,
    /// When they said it.
    pub at: DateTime<Utc>,
}

impl GivenAnswer {
    /// What somebody said last, among these.
    #[must_use]
    pub fn by(said: &[Self], person: PersonId) -> Option<CheckIn> {
        let given = said.iter().find(|given| given.person == person)?;
        Some(CheckIn { answer: given.answer, at: given.at })
    }
}

impl Stored for (PairId, GivenAnswer) {
    const WHAT: &'static str = "answer";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let given = GivenAnswer { person: row.id("person")?, answer: row.name("answer")?, at: row.at("given_at")? };
        Ok((row.id("pair")?, given))
    }
}

/// A question that is asked of a pair: the `sequence`th about a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NewNudge {
    /// Who is asked.
    pub pair: PairId,
    /// Which time it is, from 0.
    pub sequence: i64,
    /// Whether the mentor is asked.
    pub to_mentor: bool,
    /// Whether the mentee is asked.
    pub to_mentee: bool,
}

/// A question that was asked of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedNudge {
    /// Which time it was, from 0.
    pub sequence: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the mentor was asked.
    pub to_mentor: bool,
    /// Whether the mentee was asked.
    pub to_mentee: bool,
}

/// What is known of one pair's month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairMonth {
    /// The latest answer of each person, earliest first.
    pub said: Vec<GivenAnswer>,
    /// How the pair was asked, by sequence.
    pub asked: Vec<AskedNudge>,
    /// The meetings that begin in it, earliest first.
    pub met: Vec<MeetingFact>,
}

impl PairMonth {
    /// With one more answer. It is the person's latest, unless they said something at a later time.
    pub fn hear(&mut self, given: GivenAnswer) {
        if self.said.iter().any(|known| known.person == given.person && known.at > given.at) {
            return;
        }
        self.said.retain(|known| known.person != given.person);
        self.said.push(given);
        self.said.sort_by_key(|given| (given.at, given.person));
    }
}

/// One thing that is known of a pair's month, beside the pair itself.
enum Known {
    Nothing,
    Said(GivenAnswer),
    Asked(AskedNudge),
    Met(MeetingFact),
}

impl Stored for (Pair, Known) {
    const WHAT: &'static str = "pair";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok((Pair::read(row)?, Known::read(row)?))
    }
}

impl Known {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let Some(kind) = row.maybe_text("kind")? else { return Ok(Self::Nothing) };
        let (number, at) = (row.int("number")?, row.at("at")?);
        match kind.as_str() {
            "said" => Ok(Self::Said(GivenAnswer { person: number.into(), answer: row.name("word")?, at })),
            "asked" => {
                let (to_mentor, to_mentee) = (row.flag("to_mentor")?, row.flag("to_mentee")?);
                Ok(Self::Asked(AskedNudge { sequence: number, at, to_mentor, to_mentee }))
            }
            "met" => {
                let ends_at = at + TimeDelta::minutes(number);
                Ok(Self::Met(MeetingFact { at, ends_at, state: row.name("word")? }))
            }
            _ => Err(StoreError::Corrupt { column: "kind" }),
        }
    }
}

/// A pair, in a statement that says nothing else of it.
struct Found(PairId);

impl Stored for Found {
    const WHAT: &'static str = "pair";

    fn read(row: &Row) -> Result<Self, StoreError> {
        row.id("pair").map(Self)
    }
}

impl Stored for (PairId, AskedNudge) {
    const WHAT: &'static str = "nudge";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let asked = AskedNudge {
            sequence: row.int("sequence")?,
            at: row.at("nudged_at")?,
            to_mentor: row.flag("to_mentor")?,
            to_mentee: row.flag("to_mentee")?,
        };
        Ok((row.id("pair")?, asked))
    }
}

/// The latest answer of each person, from all that `pairs` of a period are given in `which`.
macro_rules! latest_answers {
    ($which:literal) => {
        concat!(
            "SELECT said.pair, said.person, said.answer, said.given_at FROM checkin_answers AS said
                 JOIN pairs ON pairs.id = said.pair
             WHERE ",
            $which,
            " AND said.period = $2 AND NOT EXISTS (
                 SELECT 1 FROM checkin_answers AS later
                 WHERE later.pair = said.pair AND later.period = said.period AND later.person = said.person
                     AND (later.given_at, later.id) > (said.given_at, said.id))"
        )
    };
}

/// The dialects differ in how they take a list apart.
macro_rules! record_nudges {
    ($list:literal, $flag:literal) => {
        concat!(
            "INSERT INTO nudges (pair, period, sequence, nudged_at, to_mentor, to_mentee)
             SELECT CAST(item.value ->> 'pair' AS BIGINT), $1, CAST(item.value ->> 'sequence' AS BIGINT), $2,
                 CAST(item.value ->> 'to_mentor' AS ",
            $flag,
            "), CAST(item.value ->> 'to_mentee' AS ",
            $flag,
            ") FROM ",
            $list,
            " AS item WHERE true ON CONFLICT DO NOTHING RETURNING pair"
        )
    };
}

impl Tx {
    /// Keeps what somebody said about their pair's month. It counts from now on, unless they said something
    /// at a later time.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no such pair or the person is not in it, or what the database says.
    pub async fn record_answer(
        &mut self,
        pair: PairId,
        person: PersonId,
        period: Period,
        answer: CheckInAnswer,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO checkin_answers (pair, period, person, answer, given_at)
             SELECT id, $3, $2, $4, $5 FROM pairs WHERE id = $1 AND (mentor = $2 OR mentee = $2)";
        let values = [pair.into(), person.into(), period.into(), name(&answer)?, at.into()];
        self.must_change(sql, values, "pair of this person").await
    }

    /// The latest answer of each person of the pair for the month, earliest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn answers(&mut self, pair: PairId, period: Period) -> Result<Vec<GivenAnswer>, StoreError> {
        const SQL: &str = concat!(latest_answers!("said.pair = $1"), " ORDER BY said.given_at, said.id");
        let found = self.all(SQL, [pair.into(), period.into()]).await?;
        Ok(found.into_iter().map(|(_, given): (PairId, GivenAnswer)| given).collect())
    }

    /// The pair with what is known of its month, whose days lie from one moment until another, in one statement: it is
    /// asked for with every answer.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn pair_in_month(
        &mut self,
        pair: PairId,
        period: Period,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<(Pair, PairMonth), StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            pair_columns!(),
            ", kind, number, at, word, to_mentor, to_mentee FROM pairs LEFT JOIN (
                 SELECT 'said' AS kind, latest.person AS number, latest.given_at AS at, latest.answer AS word,
                     FALSE AS to_mentor, FALSE AS to_mentee FROM (",
            latest_answers!("said.pair = $1"),
            ") AS latest
                 UNION ALL SELECT 'asked', sequence, nudged_at, '', to_mentor, to_mentee FROM nudges
                     WHERE pair = $1 AND period = $2
                 UNION ALL SELECT 'met', minutes, starts_at, meetings.state, FALSE, FALSE FROM meetings
                     WHERE pair = $1 AND starts_at >= $3 AND starts_at < $4
             ) AS known ON TRUE
             WHERE pairs.id = $1 ORDER BY at, number"
        );
        let values = [pair.into(), period.into(), from.into(), until.into()];
        let mut rows = self.all(SQL, values).await?.into_iter();
        let Some((pair, first)) = rows.next() else { return Err(StoreError::Missing { what: Pair::WHAT }) };
        let mut month = PairMonth::default();
        for known in std::iter::once(first).chain(rows.map(|(_, known): (Pair, Known)| known)) {
            match known {
                Known::Nothing => {}
                Known::Said(given) => month.said.push(given),
                Known::Asked(asked) => month.asked.push(asked),
                Known::Met(met) => month.met.push(met),
            }
        }
        month.asked.sort_by_key(|asked| asked.sequence);
        Ok((pair, month))
    }

    /// The same for the pairs of the season whose numbers are `among` these, pair by pair.
    ///
    /// # Errors
    /// What the database says.
    pub async fn answers_in(
        &mut self,
        season: SeasonId,
        period: Period,
        among: &RangeInclusive<PairId>,
    ) -> Result<Vec<(PairId, GivenAnswer)>, StoreError> {
        const SQL: &str = concat!(
            latest_answers!("pairs.season = $1 AND pairs.id BETWEEN $3 AND $4"),
            " ORDER BY said.pair, said.given_at, said.id"
        );
        let values = [season.into(), period.into(), (*among.start()).into(), (*among.end()).into()];
        self.all(SQL, values).await
    }

    /// Remembers that the pair was asked about the month for the `sequence`th time; `false` if that is
    /// remembered already.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown pair, or what the database says.
    pub async fn record_nudge(
        &mut self,
        pair: PairId,
        period: Period,
        sequence: i64,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "INSERT INTO nudges (pair, period, sequence, nudged_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING";
        self.changed(sql, [pair.into(), period.into(), sequence.into(), at.into()]).await
    }

    /// Remembers in one statement that these pairs were asked about the month, and says of which that was new.
    /// Give it a bounded number at a time.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown pair, or what the database says.
    pub async fn record_nudges(
        &mut self,
        period: Period,
        asked: &[NewNudge],
        at: DateTime<Utc>,
    ) -> Result<Vec<PairId>, StoreError> {
        let sql = match &self.inner {
            Inner::Sqlite(_) => record_nudges!("json_each($3)", "INTEGER"),
            Inner::Pg(_) => record_nudges!("jsonb_array_elements(CAST($3 AS JSONB))", "BOOLEAN"),
        };
        let new: Vec<Found> = self.all(sql, [period.into(), at.into(), json(&asked)?]).await?;
        Ok(new.into_iter().map(|Found(pair)| pair).collect())
    }

    /// How the pair was asked about the month, by sequence.
    ///
    /// # Errors
    /// What the database says.
    pub async fn nudges(&mut self, pair: PairId, period: Period) -> Result<Vec<AskedNudge>, StoreError> {
        let sql = "SELECT pair, sequence, nudged_at, to_mentor, to_mentee FROM nudges
             WHERE pair = $1 AND period = $2 ORDER BY sequence";
        let found: Vec<(PairId, AskedNudge)> = self.all(sql, [pair.into(), period.into()]).await?;
        Ok(found.into_iter().map(|(_, asked)| asked).collect())
    }

    /// The same for the pairs of the season whose numbers are `among` these, pair by pair.
    ///
    /// # Errors
    /// What the database says.
    pub async fn nudges_in(
        &mut self,
        season: SeasonId,
        period: Period,
        among: &RangeInclusive<PairId>,
    ) -> Result<Vec<(PairId, AskedNudge)>, StoreError> {
        let sql = "SELECT nudges.pair, nudges.sequence, nudges.nudged_at, nudges.to_mentor, nudges.to_mentee
             FROM nudges JOIN pairs ON pairs.id = nudges.pair
             WHERE pairs.season = $1 AND nudges.period = $2 AND pairs.id BETWEEN $3 AND $4
             ORDER BY nudges.pair, nudges.sequence";
        let values = [season.into(), period.into(), (*among.start()).into(), (*among.end()).into()];
        self.all(sql, values).await
    }
}
