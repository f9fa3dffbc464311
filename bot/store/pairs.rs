//! Pairs: a mentor and a mentee who were published, and the place they talk in.

use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use plsep_domain::{Cadence, CommunityId, EndReason, PairId, PairState, PersonId, ProposalId, SeasonId};

use super::{
    Person, Row, StoreError, Stored, Tx, people,
    value::{Value, json, name},
};
use crate::chat::ChannelRef;

/// A published pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Our id.
    pub id: PairId,
    /// The community.
    pub community: CommunityId,
    /// The season.
    pub season: SeasonId,
    /// The proposal it was published with.
    pub proposal: ProposalId,
    /// The mentor.
    pub mentor: PersonId,
    /// The mentee.
    pub mentee: PersonId,
    /// How well they fit.
    pub score: i64,
    /// Why they fit; its form is the caller's.
    pub reasons: serde_json::Value,
    /// Where the pair stands.
    pub state: PairState,
    /// Their private place, once it is open.
    pub channel: Option<ChannelRef>,
    /// How often they mean to meet.
    pub cadence: Cadence,
    /// Whether the mentor is given nobody else for this place, now that the pair has ended for a new match of the mentee.
    pub mentor_rests: bool,
    /// Until when it may go on, where coordinators said so; what is no later than the end of the season changes nothing.
    pub agreed_until: Option<DateTime<Utc>>,
}

/// Until when the last of these pairs goes on, or went on, of those that did not end early.
#[must_use]
pub fn latest_agreed<'a>(pairs: impl IntoIterator<Item = &'a Pair>) -> Option<DateTime<Utc>> {
    let lasted = |pair: &&Pair| matches!(pair.state.end_reason(), None | Some(EndReason::Completed));
    pairs.into_iter().filter(lasted).filter_map(|pair| pair.agreed_until).max()
}

impl Pair {
    /// Whether somebody is one of the two.
    #[must_use]
    pub fn has(&self, person: PersonId) -> bool {
        person == self.mentor || person == self.mentee
    }

    /// The other one, for one of the two.
    #[must_use]
    pub fn partner_of(&self, person: PersonId) -> PersonId {
        if person == self.mentor { self.mentee } else { self.mentor }
    }
}

/// A pair to publish.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPair {
    /// The season.
    pub season: SeasonId,
    /// The proposal it is published with.
    pub proposal: ProposalId,
    /// The mentor.
    pub mentor: PersonId,
    /// The mentee.
    pub mentee: PersonId,
    /// How well they fit.
    pub score: i64,
    /// Why they fit.
    pub reasons: serde_json::Value,
}

/// Every pair, where a range of them is asked for.
#[must_use]
pub fn every_pair() -> RangeInclusive<PairId> {
    PairId::from(i64::MIN)..=PairId::from(i64::MAX)
}

/// A pair that talks to each other, and no more of it than a round through thousands needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntroducedPair {
    /// Our id.
    pub id: PairId,
    /// The mentor.
    pub mentor: PersonId,
    /// The mentee.
    pub mentee: PersonId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when it may go on, where coordinators said so.
    pub agreed_until: Option<DateTime<Utc>>,
}

impl Stored for IntroducedPair {
    const WHAT: &'static str = "pair";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let (mentor, mentee) = (row.id("mentor")?, row.id("mentee")?);
        let (since, agreed_until) = (row.at("state_at")?, row.maybe_at("agreed_until")?);
        Ok(Self { id: row.id("id")?, mentor, mentee, since, agreed_until })
    }
}

/// Until when a pair goes on.
struct Agreed(DateTime<Utc>);

impl Stored for Agreed {
    const WHAT: &'static str = "pair";

    fn read(row: &Row) -> Result<Self, StoreError> {
        row.at("agreed_until").map(Self)
    }
}

macro_rules! columns {
    () => {
        "id, community, season, proposal, mentor, mentee, score, reasons, state, state_at, end_reason, channel, cadence,
         mentor_rests, agreed_until"
    };
}

pub(super) use columns;

impl Stored for Pair {
    const WHAT: &'static str = "pair";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            community: row.id("community")?,
            season: row.id("season")?,
            proposal: row.id("proposal")?,
            mentor: row.id("mentor")?,
            mentee: row.id("mentee")?,
            score: row.int("score")?,
            reasons: row.json("reasons")?,
            state: state(row)?,
            channel: row.maybe_text("channel")?.map(ChannelRef),
            cadence: row.name("cadence")?,
            mentor_rests: row.flag("mentor_rests")?,
            agreed_until: row.maybe_at("agreed_until")?,
        })
    }
}

fn state(row: &Row) -> Result<PairState, StoreError> {
    let at = row.at("state_at")?;
    match (row.text("state")?.as_str(), row.maybe_name("end_reason")?) {
        ("published", None) => Ok(PairState::Published { at }),
        ("introduced", None) => Ok(PairState::Introduced { at }),
        ("ended", Some(reason)) => Ok(PairState::Ended { at, reason }),
        ("archived", Some(reason)) => Ok(PairState::Archived { at, reason }),
        _ => Err(StoreError::Corrupt { column: "state" }),
    }
}

/// The columns that hold a state besides its name: since when, and why it ended.
fn state_values(state: &PairState) -> Result<(Value, Value), StoreError> {
    let (at, reason): (_, Option<&EndReason>) = match state {
        PairState::Published { at } | PairState::Introduced { at } => (at, None),
        PairState::Ended { at, reason } | PairState::Archived { at, reason } => (at, Some(reason)),
    };
    Ok(((*at).into(), reason.map_or(Ok(None::<&str>.into()), name)?))
}

impl Tx {
    /// Publishes a pair.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the mentee has a mentor in this season, [`StoreError::Missing`] for an
    /// unknown season, [`StoreError::Stray`] for people of another community or a proposal of another
    /// season, or what the database says.
    pub async fn insert_pair(&mut self, pair: &NewPair, now: DateTime<Utc>) -> Result<Pair, StoreError> {
        const SQL: &str = concat!(
            "INSERT INTO pairs
                 (community, season, proposal, mentor, mentee, score, reasons, state, state_at, updated_at)
             SELECT community, id, $2, $3, $4, $5, $6, 'published', $7, $7 FROM seasons WHERE id = $1
             ON CONFLICT DO NOTHING RETURNING ",
            columns!()
        );
        let NewPair { season, proposal, mentor, mentee, score, reasons } = pair;
        self.season(*season).await?;
        let values = [
            (*season).into(),
            (*proposal).into(),
            (*mentor).into(),
            (*mentee).into(),
            (*score).into(),
            json(reasons)?,
            now.into(),
        ];
        self.maybe(SQL, values).await?.ok_or_else(|| StoreError::Taken { what: "a mentee with a mentor".to_owned() })
    }

    /// The pair.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn pair(&mut self, id: PairId) -> Result<Pair, StoreError> {
        self.one(concat!("SELECT ", columns!(), " FROM pairs WHERE id = $1"), [id.into()]).await
    }

    /// Every pair of the season, also ended ones, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pairs(&mut self, season: SeasonId) -> Result<Vec<Pair>, StoreError> {
        self.all(concat!("SELECT ", columns!(), " FROM pairs WHERE season = $1 ORDER BY id"), [season.into()]).await
    }

    /// The pairs of the season that are published or introduced and have not ended, whose numbers are `among` these:
    /// oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn live_pairs(
        &mut self,
        season: SeasonId,
        among: &RangeInclusive<PairId>,
    ) -> Result<Vec<Pair>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM pairs WHERE season = $1 AND state IN ('published', 'introduced') AND id BETWEEN $2 AND $3 ORDER BY id"
        );
        self.all(SQL, [season.into(), (*among.start()).into(), (*among.end()).into()]).await
    }

    /// The pairs of the season that talk to each other now, whose numbers are `among` these: oldest first, and of each
    /// only who is in it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn introduced_pairs(
        &mut self,
        season: SeasonId,
        among: &RangeInclusive<PairId>,
    ) -> Result<Vec<IntroducedPair>, StoreError> {
        let sql = "SELECT id, mentor, mentee, state_at, agreed_until FROM pairs
             WHERE season = $1 AND state = 'introduced' AND id BETWEEN $2 AND $3 ORDER BY id";
        self.all(sql, [season.into(), (*among.start()).into(), (*among.end()).into()]).await
    }

    /// Everybody in the season's pairs whose numbers are `among` these, also in ended ones.
    ///
    /// # Errors
    /// What the database says.
    pub async fn people_of_pairs(
        &mut self,
        season: SeasonId,
        among: &RangeInclusive<PairId>,
    ) -> Result<Vec<Person>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            people::columns!(),
            " FROM people WHERE id IN (
                 SELECT mentor FROM pairs WHERE season = $1 AND id BETWEEN $2 AND $3
                 UNION SELECT mentee FROM pairs WHERE season = $1 AND id BETWEEN $2 AND $3)
             ORDER BY id"
        );
        self.all(SQL, [season.into(), (*among.start()).into(), (*among.end()).into()]).await
    }

    /// Every pair of the season the person is in, as mentor or mentee, also ended ones, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pairs_of(&mut self, season: SeasonId, person: PersonId) -> Result<Vec<Pair>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM pairs WHERE season = $1 AND (mentor = $2 OR mentee = $2) ORDER BY id"
        );
        self.all(SQL, [season.into(), person.into()]).await
    }

    /// The pair that talks in this place.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pair_in(&mut self, community: CommunityId, channel: &ChannelRef) -> Result<Option<Pair>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM pairs WHERE community = $1 AND channel = $2");
        self.maybe(SQL, [community.into(), channel.into()]).await
    }

    /// Moves a pair on, if it still stands where the caller read it (only the name of the state is
    /// compared); `false` if it does not.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when an ended pair would live again though the mentee has another mentor, or
    /// what the database says.
    pub async fn set_pair_state(
        &mut self,
        id: PairId,
        expected: &PairState,
        to: &PairState,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE pairs SET state = $3, state_at = $4, end_reason = $5, updated_at = $6
             WHERE id = $1 AND state = $2";
        let (state_at, end_reason) = state_values(to)?;
        self.changed(sql, [id.into(), expected.key().into(), to.key().into(), state_at, end_reason, now.into()]).await
    }

    /// Keeps how often the pair means to meet.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn set_cadence(&mut self, id: PairId, cadence: Cadence) -> Result<(), StoreError> {
        self.must_change("UPDATE pairs SET cadence = $2 WHERE id = $1", [id.into(), name(&cadence)?], Pair::WHAT).await
    }

    /// Keeps that the mentor of an ended pair is given nobody else for its place.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn rest_mentor(&mut self, id: PairId) -> Result<(), StoreError> {
        self.must_change("UPDATE pairs SET mentor_rests = $2 WHERE id = $1", [id.into(), true.into()], Pair::WHAT).await
    }

    /// Keeps until when a pair may go on.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn agree_until(
        &mut self,
        id: PairId,
        until: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE pairs SET agreed_until = $2, updated_at = $3 WHERE id = $1";
        self.must_change(sql, [id.into(), until.into(), now.into()], Pair::WHAT).await
    }

    /// Until when the last of the season's pairs goes on, or went on, of those with which something was agreed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_agreed(&mut self, season: SeasonId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let sql = "SELECT agreed_until FROM pairs WHERE season = $1 AND agreed_until IS NOT NULL
             ORDER BY agreed_until DESC LIMIT 1";
        Ok(self.maybe::<Agreed, 1>(sql, [season.into()]).await?.map(|Agreed(until)| until))
    }

    /// When the next pair that talks to each other and goes on comes to its end, by season.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next_agreed_ends(&mut self) -> Result<Vec<(SeasonId, DateTime<Utc>)>, StoreError> {
        let sql = "SELECT season, MIN(agreed_until) AS due_at FROM pairs
             WHERE agreed_until IS NOT NULL AND state = 'introduced' GROUP BY season ORDER BY season";
        self.all(sql, []).await
    }

    /// Remembers where the pair talks.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Taken`] when another pair talks there, or what the database says.
    pub async fn set_pair_channel(&mut self, id: PairId, channel: &ChannelRef) -> Result<(), StoreError> {
        let sql = "UPDATE pairs SET channel = $2 WHERE id = $1";
        self.must_change(sql, [id.into(), channel.into()], Pair::WHAT).await
    }

    /// The place of a pair is gone; `false` if it talks elsewhere, or nowhere.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_pair_channel(&mut self, id: PairId, gone: &ChannelRef) -> Result<bool, StoreError> {
        let sql = "UPDATE pairs SET channel = NULL WHERE id = $1 AND channel = $2";
        self.changed(sql, [id.into(), gone.into()]).await
    }
}
