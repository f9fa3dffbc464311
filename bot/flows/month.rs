//! How the pairs of a season stand in a month, read in a few statements however many pairs there are, and whom the
//! month's question concerns. What follows from a standing is the domain's word; this only brings it the facts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use plsep_domain::meeting::{MetInMonth, met_in_month, standing};
use plsep_domain::nudge::{NudgeRule, nudge_due};
use plsep_domain::{
    Calendar, CheckInAnswer, MeetingFact, NudgeDecision, NudgeFacts, PairId, PairState, Period, PersonId, SeasonId,
    Standing, Together,
};

use crate::store::{AskedNudge, GivenAnswer, IntroducedPair, Pair, Person, Season, StoreError, Tx};

/// What was said and asked about a month.
pub(super) struct Month {
    said: ByPair<GivenAnswer>,
    /// The meetings that begin in it.
    met: ByPair<MeetingFact>,
    asked: ByPair<AskedNudge>,
}

/// What there is of each pair, one after the other: two lists however many pairs there are.
struct ByPair<T> {
    /// Each pair, in order, with the place after its last.
    ends: Vec<(PairId, usize)>,
    all: Vec<T>,
}

impl<T> ByPair<T> {
    /// `rows` come pair by pair, in the order of the pairs' numbers.
    fn new(rows: impl IntoIterator<Item = (PairId, T)>) -> Self {
        let (mut ends, mut all) = (Vec::<(PairId, usize)>::new(), Vec::new());
        for (pair, row) in rows {
            all.push(row);
            match ends.last_mut() {
                Some((last, end)) if *last == pair => *end = all.len(),
                _ => ends.push((pair, all.len())),
            }
        }
        Self { ends, all }
    }

    fn of(&self, pair: PairId) -> &[T] {
        let Ok(place) = self.ends.binary_search_by_key(&pair, |(pair, _)| *pair) else { return &[] };
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before].1);
        &self.all[from..self.ends[place].1]
    }
}

/// A pair that is to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueNudge {
    /// The pair.
    pub pair: IntroducedPair,
    /// Which time the pair is asked: 0 for the month's first.
    pub round: u32,
    /// Whether the mentor is asked.
    pub mentor: bool,
    /// Whether the mentee is asked.
    pub mentee: bool,
    /// Whether it is no news to any of them.
    pub again: bool,
}

impl DueNudge {
    /// Whether anybody is asked. Where nobody is, the month's round has only begun for the pair: whoever pauses is asked
    /// afterwards.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.mentor || self.mentee
    }
}

/// The season's pairs, of those `among` these, of which somebody is to be asked about the month now; oldest first.
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
    let mut due = round(tx, season, period, among, now).await?;
    due.retain(DueNudge::asks);
    Ok(due)
}

/// The same, with the pairs for which the round begins though everybody to be asked pauses.
pub(super) async fn round(
    tx: &mut Tx,
    season: &Season,
    period: Period,
    among: &RangeInclusive<PairId>,
    now: DateTime<Utc>,
) -> Result<Vec<DueNudge>, StoreError> {
    let month = Month::read(tx, season, period, among).await?;
    let snoozed: HashMap<PersonId, DateTime<Utc>> = tx.snoozed(season.community, now).await?.into_iter().collect();
    let calendar = &season.program.calendar;
    let pairs = tx.introduced_pairs(season.id, among).await?.into_iter();
    let pairs = pairs.filter(|pair| calendar.until(pair.agreed_until).has_period(period));
    Ok(pairs.filter_map(|pair| month.decide(&pair, &season.program.nudge, &snoozed, now)).collect())
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
        season: &Season,
        period: Period,
        among: &RangeInclusive<PairId>,
    ) -> Result<Self, StoreError> {
        let (zone, season) = (season.program.calendar.zone(), season.id);
        let said = ByPair::new(tx.answers_in(season, period, among).await?);
        let asked = ByPair::new(tx.nudges_in(season, period, among).await?);
        let meetings = tx.meetings_in(season, period.range(zone), among).await?;
        let met = ByPair::new(meetings.into_iter().map(|meeting| (meeting.pair, meeting.fact())));
        Ok(Self { said, met, asked })
    }

    /// How a pair stands, and when one of them last said "not yet".
    pub fn standing(&self, pair: PairId, mentor: PersonId, mentee: PersonId) -> (Standing, Option<DateTime<Utc>>) {
        standing_of(self.said(pair), self.met(pair), mentor, mentee)
    }

    /// When one of a pair last said what makes it stand so.
    pub fn last_said(&self, pair: PairId, standing: Standing) -> Option<DateTime<Utc>> {
        let counts = |given: &&GivenAnswer| standing != Standing::NeedsHelp || given.answer == CheckInAnswer::NeedHelp;
        self.said(pair).iter().filter(counts).map(|given| given.at).max()
    }

    /// Whether a pair met in it, as far as it is known.
    pub fn has_met(&self, pair: &IntroducedPair) -> bool {
        let (said, met) = (self.said(pair.id), self.met(pair.id));
        met_in_month(GivenAnswer::by(said, pair.mentor), GivenAnswer::by(said, pair.mentee), met).meetings > 0
    }

    /// How often a pair met in it, as far as it is known.
    pub fn met_by(&self, pair: &Pair) -> MetInMonth {
        let said = self.said(pair.id);
        met_in_month(GivenAnswer::by(said, pair.mentor), GivenAnswer::by(said, pair.mentee), self.met(pair.id))
    }

    fn said(&self, pair: PairId) -> &[GivenAnswer] {
        self.said.of(pair)
    }

    fn met(&self, pair: PairId) -> &[MeetingFact] {
        self.met.of(pair)
    }

    fn decide(
        &self,
        pair: &IntroducedPair,
        rule: &NudgeRule,
        snoozed: &HashMap<PersonId, DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Option<DueNudge> {
        // A plan that nobody has answered for, days after it, is no reason not to ask.
        let met: Vec<MeetingFact> = self.met(pair.id).iter().copied().filter(|fact| !fact.is_stale(now)).collect();
        let said = self.said(pair.id);
        let (standing, _) = standing_of(said, &met, pair.mentor, pair.mentee);
        let rows = self.asked.of(pair.id);
        let decide = |person: PersonId, was_asked: fn(&AskedNudge) -> bool| {
            let not_yet = said.iter().find(|given| given.person == person && given.answer == CheckInAnswer::NotYet);
            let asked = rows.iter().filter(|row| was_asked(row));
            // The days until the next question count from the last one, so that an old "not yet" does not bring two in
            // a row.
            let last = asked.clone().map(|row| row.at).max();
            let facts = NudgeFacts {
                state: PairState::Introduced { at: pair.since },
                standing,
                begun: !rows.is_empty(),
                asked: u32::try_from(asked.count()).unwrap_or(u32::MAX),
                not_yet: not_yet.is_some(),
                since: not_yet.map(|given| given.at).max(last),
                snoozed_until: snoozed.get(&person).copied(),
            };
            (nudge_due(&facts, rule, now), facts.asked > 0)
        };
        let (mentor, mentor_again) = decide(pair.mentor, |row| row.to_mentor);
        let (mentee, mentee_again) = decide(pair.mentee, |row| row.to_mentee);
        let asks = |decision| matches!(decision, NudgeDecision::Ask);
        let waits = |decision| matches!(decision, NudgeDecision::Later { .. });
        let begins = rows.is_empty() && (waits(mentor) || waits(mentee));
        let due = DueNudge {
            pair: *pair,
            round: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            mentor: asks(mentor),
            mentee: asks(mentee),
            again: (!asks(mentor) || mentor_again) && (!asks(mentee) || mentee_again),
        };
        (due.asks() || begins).then_some(due)
    }
}

/// How a pair stands by its latest answers and its meetings, and when one of them last said "not yet".
pub(super) fn standing_of(
    said: &[GivenAnswer],
    met: &[MeetingFact],
    mentor: PersonId,
    mentee: PersonId,
) -> (Standing, Option<DateTime<Utc>>) {
    let (mentor, mentee) = (GivenAnswer::by(said, mentor), GivenAnswer::by(said, mentee));
    let not_yet = [mentor, mentee].into_iter().flatten().filter(|said| said.answer == CheckInAnswer::NotYet);
    (standing(mentor, mentee, met), not_yet.map(|said| said.at).max())
}

/// The calendar until the last pair of the season that goes on comes, or came, to its end.
pub(super) async fn whole_run<'a>(tx: &mut Tx, season: &'a Season) -> Result<Cow<'a, Calendar>, StoreError> {
    Ok(season.program.calendar.until(tx.last_agreed(season.id).await?))
}

/// Every month of the run for the season's pairs `among` these, and of the time for which some of them go on.
pub(super) async fn every_month(
    tx: &mut Tx,
    season: &Season,
    among: &RangeInclusive<PairId>,
) -> Result<Vec<Month>, StoreError> {
    let mut months = Vec::new();
    for period in whole_run(tx, season).await?.periods() {
        months.push(Month::read(tx, season, period, among).await?);
    }
    Ok(months)
}

/// How often people met in these pairs, over all these months.
pub(super) fn together(months: &[Month], pairs: &[Pair]) -> Together {
    months.iter().fold(Together::default(), |sum, month| sum.with_month(pairs.iter().map(|pair| month.met_by(pair))))
}
