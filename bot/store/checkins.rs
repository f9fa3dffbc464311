//! What each person of a pair said about a month, and how often the pair was asked.
//!
//! Every answer stays; the latest of each person counts. Nobody's answer touches another's.

use std::ops::RangeInclusive;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use plsep_domain::{CheckIn, CheckInAnswer, MeetingFact, PairId, Period, PersonId, SeasonId};
use serde::Serialize;

use super::{
    Inner, Pair, Row, StoreError, Stored, Tx, Work,
    ahead::AskedMonth,
    behind::{Deferred, DeferredAnswer},
    counts::Counts,
    dialect::Dialect,
    either,
    opening::look_up,
    pairs::columns as pair_columns,
    value::json,
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

/// One thing that is known of a pair's month.
enum Known {
    Pair(Box<Pair>),
    Said(GivenAnswer),
    Asked(AskedNudge),
    Met(MeetingFact),
}

impl Stored for Known {
    const WHAT: &'static str = "pair";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let Some(kind) = row.maybe_text("kind")? else { return Ok(Self::Pair(Box::new(Pair::read(row)?))) };
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

/// A month of a pair, with moments between which the month lies in any zone: the pair's own is known only later.
#[derive(Debug, Serialize)]
pub(super) struct Span {
    pair: PairId,
    period: Period,
    from: i64,
    until: i64,
}

/// These months with such moments.
pub(super) fn spans(asked: &[AskedMonth]) -> Vec<Span> {
    let span = |AskedMonth { pair, period }: &AskedMonth| {
        // No zone is a day ahead of the world's clock, or behind it.
        let (from, until) = period.range(Tz::UTC);
        let [from, until] = [from - TimeDelta::days(1), until + TimeDelta::days(1)].map(|at| at.timestamp_micros());
        Span { pair: *pair, period: *period, from, until }
    };
    asked.iter().map(span).collect()
}

/// The number of what one of the two said last about the month.
macro_rules! latest_of {
    ($person:literal) => {
        concat!(
            "(SELECT said.id FROM checkin_answers AS said
                 WHERE said.pair = of_pair AND said.period = of_period AND said.person = ",
            $person,
            " ORDER BY said.given_at DESC, said.id DESC LIMIT 1)"
        )
    };
}

/// What stands in the place of the pair's columns in the rows of what else is known.
macro_rules! of_the_pair {
    () => {
        "of_pair, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"
    };
}

/// What is known of each of a list of months of pairs: a row for the pair, and one for each thing, with the pair's number
/// and the month.
macro_rules! months {
    ($dialect:ident, $list:literal) => {
        concat!(
            "WITH asked AS (
                 SELECT CAST(item.value ->> 'pair' AS BIGINT) AS of_pair, item.value ->> 'period' AS of_period,
                     CAST(item.value ->> 'from' AS BIGINT) AS since, CAST(item.value ->> 'until' AS BIGINT) AS until FROM ",
            $list,
            " AS item)
             SELECT ",
            pair_columns!(),
            ", of_period, NULL AS kind, 0 AS number, 0 AS at, '' AS word, FALSE AS to_mentor, FALSE AS to_mentee FROM asked ",
            look_up!($dialect, "JOIN", "pairs", "pairs.id = of_pair"),
            " UNION ALL SELECT ",
            of_the_pair!(),
            ", of_period, 'said', checkin_answers.person, checkin_answers.given_at, checkin_answers.answer, FALSE, FALSE FROM asked ",
            look_up!($dialect, "JOIN", "pairs", "pairs.id = of_pair"),
            look_up!(
                $dialect,
                " JOIN",
                "checkin_answers",
                concat!("checkin_answers.id IN (", latest_of!("pairs.mentor"), ", ", latest_of!("pairs.mentee"), ")")
            ),
            " UNION ALL SELECT ",
            of_the_pair!(),
            ", of_period, 'asked', nudges.sequence, nudges.nudged_at, '', nudges.to_mentor, nudges.to_mentee FROM asked ",
            look_up!($dialect, "JOIN", "nudges", "nudges.pair = of_pair AND nudges.period = of_period"),
            " UNION ALL SELECT ",
            of_the_pair!(),
            ", of_period, 'met', meetings.minutes, meetings.starts_at, meetings.state, FALSE, FALSE FROM asked ",
            look_up!(
                $dialect,
                "JOIN",
                "meetings",
                "meetings.pair = of_pair AND meetings.starts_at >= since AND meetings.starts_at < until"
            ),
            " ORDER BY at, number"
        )
    };
}
pub(super) const MONTHS_SQLITE: &str = months!(sqlite, "json_each($1)");
pub(super) const MONTHS_PG: &str = months!(pg, "jsonb_array_elements($1)");

/// Keeps each of a list of answers, if it is of one of the pair. The dialects differ in how they take a list apart, and in
/// what they call the place of an item in it.
macro_rules! answers {
    ($list:literal, $place:literal) => {
        concat!(
            "INSERT INTO checkin_answers (pair, period, person, answer, given_at)
             SELECT pairs.id, late.period, late.person, late.answer, late.given_at FROM (
                 SELECT CAST(item.value ->> 'pair' AS BIGINT) AS pair, item.value ->> 'period' AS period,
                     CAST(item.value ->> 'person' AS BIGINT) AS person, item.value ->> 'answer' AS answer,
                     CAST(item.value ->> 'given_at' AS BIGINT) AS given_at, item.",
            $place,
            " AS place FROM ",
            $list,
            ") AS late
             JOIN pairs ON pairs.id = late.pair AND (pairs.mentor = late.person OR pairs.mentee = late.person)
             ORDER BY late.place"
        )
    };
}
pub(super) const ANSWERS_SQLITE: &str = answers!("json_each($1) AS item", "key");
pub(super) const ANSWERS_PG: &str =
    answers!("jsonb_array_elements($1) WITH ORDINALITY AS item (value, place)", "place");

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
    /// [`StoreError::Missing`] when there is no such pair or the person is not in it, or what the database says; for an
    /// event this may come with the commit, as [`StoreError::TakenBack`].
    pub async fn record_answer(
        &mut self,
        pair: PairId,
        person: PersonId,
        period: Period,
        answer: CheckInAnswer,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.leave(Deferred::Answer(DeferredAnswer { pair, person, period, answer, given_at: at.timestamp_micros() }))
            .await
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

    /// The pair with what is known of its month, whose days are those of this zone, in one statement: it is asked for
    /// with every answer. Where the transaction is one to write, it may have been read together with what others asked
    /// ([`Ask::about`]).
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn pair_in_month(
        &mut self,
        pair: PairId,
        period: Period,
        zone: Tz,
    ) -> Result<(Pair, PairMonth), StoreError> {
        let asked = AskedMonth { pair, period };
        let rows = either!(Inner, &mut self.inner, work => work.month(asked, &self.counts).await?);
        let (from, until) = period.range(zone);
        let (mut pair, mut month) = (None, PairMonth::default());
        for row in &rows {
            match Known::read(row)? {
                Known::Pair(found) => pair = Some(*found),
                Known::Said(given) => month.said.push(given),
                Known::Asked(asked) => month.asked.push(asked),
                Known::Met(met) if (from..until).contains(&met.at) => month.met.push(met),
                Known::Met(_) => {}
            }
        }
        month.asked.sort_by_key(|asked| asked.sequence);
        Ok((pair.ok_or(StoreError::Missing { what: Pair::WHAT })?, month))
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

impl<DB: Dialect> Work<DB> {
    async fn month(&mut self, month: AskedMonth, counts: &Counts) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Writes(turn) => turn.month(month).await,
            Self::Reads(tx) => {
                counts.statement();
                Ok(DB::look_up(&mut **tx, DB::MONTHS, &spans(&[month])).await?)
            }
        }
    }
}
