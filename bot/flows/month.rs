//! How the pairs of a season stand in a month, read in a few statements however many pairs there are, and whom the
//! month's question concerns. What follows from a standing is the domain's word; this only brings it the facts.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use plsep_domain::meeting::{CheckIn, standing};
use plsep_domain::nudge::{NudgeRule, nudge_due};
use plsep_domain::{
    CheckInAnswer, MeetingFact, NudgeDecision, NudgeFacts, PairId, PairState, Period, PersonId, Program, SeasonId,
    Standing,
};

use crate::store::{GivenAnswer, IntroducedPair, Meeting, Pair, Person, Season, StoreError, Tx};

/// What was said and asked about a month.
pub(super) struct Month {
    said: HashMap<PairId, Vec<GivenAnswer>>,
    /// The meetings that begin in it.
    met: HashMap<PairId, Vec<MeetingFact>>,
    /// How often each pair was asked, and when last.
    asked: HashMap<PairId, (u32, DateTime<Utc>)>,
}

/// A pair that is to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueNudge {
    /// The pair.
    pub pair: IntroducedPair,
    /// Which time it is: 0 for the month's first.
    pub round: u32,
}

/// The season's pairs, of those `among` these, that are to be asked about the month now; oldest first.
///
/// # Errors
/// What the database says.
pub async fn due_nudges(
    tx: &mut Tx,
    season: &Season,
    period: Period,
    among: &RangeInclusive<PairId>,
    now: DateTime<Utc>,
) -> Result<Vec<DueNudge>, StoreError> {
    let month = Month::read(tx, season.id, period, among).await?;
    let pairs = tx.introduced_pairs(season.id, among).await?;
    let due = pairs.into_iter().filter_map(|pair| match month.decide(&pair, &season.program.nudge, now) {
        NudgeDecision::Ask { round } => Some(DueNudge { pair, round }),
        NudgeDecision::Later { .. } | NudgeDecision::No(_) => None,
    });
    Ok(due.collect())
}

/// The people of the season's pairs `among` these, by id.
pub(super) async fn people(
    tx: &mut Tx,
    season: SeasonId,
    among: &RangeInclusive<PairId>,
) -> Result<HashMap<PersonId, Person>, StoreError> {
    Ok(tx.people_of_pairs(season, among).await?.into_iter().map(|person| (person.id, person)).collect())
}

impl Month {
    pub async fn read(
        tx: &mut Tx,
        season: SeasonId,
        period: Period,
        among: &RangeInclusive<PairId>,
    ) -> Result<Self, StoreError> {
        let mut said: HashMap<PairId, Vec<GivenAnswer>> = HashMap::new();
        for (pair, given) in tx.answers_in(season, period, among).await? {
            said.entry(pair).or_default().push(given);
        }
        let mut asked = HashMap::new();
        for (pair, _, at) in tx.nudges_in(season, period, among).await? {
            let (count, last) = asked.entry(pair).or_insert((0, at));
            (*count, *last) = (*count + 1, at.max(*last));
        }
        let zone = tx.season(season).await?.program.calendar.zone();
        let mut met: HashMap<PairId, Vec<MeetingFact>> = HashMap::new();
        for meeting in tx.meetings_in(season, period.range(zone), among).await? {
            met.entry(meeting.pair).or_default().push(meeting.fact());
        }
        Ok(Self { said, met, asked })
    }

    /// How a pair stands, and when one of them last said "not yet".
    pub fn standing(&self, pair: PairId, mentor: PersonId, mentee: PersonId) -> (Standing, Option<DateTime<Utc>>) {
        standing_of(self.said(pair), self.met(pair), mentor, mentee)
    }

    fn said(&self, pair: PairId) -> &[GivenAnswer] {
        self.said.get(&pair).map(Vec::as_slice).unwrap_or_default()
    }

    fn met(&self, pair: PairId) -> &[MeetingFact] {
        self.met.get(&pair).map(Vec::as_slice).unwrap_or_default()
    }

    fn decide(&self, pair: &IntroducedPair, rule: &NudgeRule, now: DateTime<Utc>) -> NudgeDecision {
        // A plan that nobody has answered for, days after it, is no reason not to ask.
        let met: Vec<MeetingFact> = self.met(pair.id).iter().copied().filter(|fact| !fact.is_stale(now)).collect();
        let (standing, not_yet_at) = standing_of(self.said(pair.id), &met, pair.mentor, pair.mentee);
        let (asked, last_asked) = self.asked.get(&pair.id).map_or((0, None), |(count, last)| (*count, Some(*last)));
        // The days until the next question count from the last one, so that an old "not yet" does not bring two in a row.
        let not_yet_at = not_yet_at.max(last_asked);
        let state = PairState::Introduced { at: pair.since };
        nudge_due(&NudgeFacts { state, snoozed_until: None, standing, asked, not_yet_at }, rule, now)
    }
}

/// The pair's meetings that begin in the month.
pub(super) async fn met_in(
    tx: &mut Tx,
    program: &Program,
    pair: &Pair,
    period: Period,
) -> Result<Vec<MeetingFact>, StoreError> {
    let range = period.range(program.calendar.zone());
    let meetings = tx.meetings_in(pair.season, range, &(pair.id..=pair.id)).await?;
    Ok(meetings.iter().map(Meeting::fact).collect())
}

/// How a pair stands by its latest answers and its meetings, and when one of them last said "not yet".
pub(super) fn standing_of(
    said: &[GivenAnswer],
    met: &[MeetingFact],
    mentor: PersonId,
    mentee: PersonId,
) -> (Standing, Option<DateTime<Utc>>) {
    let of = |person| {
        said.iter().find(|given| given.person == person).map(|given| CheckIn { answer: given.answer, at: given.at })
    };
    let (mentor, mentee) = (of(mentor), of(mentee));
    let not_yet = [mentor, mentee].into_iter().flatten().filter(|said| said.answer == CheckInAnswer::NotYet);
    (standing(mentor, mentee, met), not_yet.map(|said| said.at).max())
}
