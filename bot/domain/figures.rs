//! The figures of a season, counted from its facts: who applied, who has a mentor, who signed, which pairs met.
//!
//! Every number here is a count of people, pairs or meetings; none is estimated. What cannot be known is said with "at
//! least", as everywhere. It reads nothing and words nothing.

mod month;
mod turnout;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};

pub use month::{Cell, MonthFigures, PairMonth};
pub use turnout::Turnout;

use crate::agreement::Timing;
use crate::application::ApplicationState;
use crate::calendar::{Calendar, DateName};
use crate::ids::{PairId, PersonId};
use crate::meeting::MetInMonth;
use crate::pair::{EndReason, PairState};
use crate::question::Role;

/// The most stretches of time into which the weeks of applying are gathered: as many columns as a phone shows side by
/// side.
pub const STRETCHES_MAX: i64 = 8;

/// What is known of a season.
#[derive(Debug, Clone)]
pub struct SeasonFacts<'a> {
    /// Its dates.
    pub calendar: &'a Calendar,
    /// When the figures are asked for.
    pub now: DateTime<Utc>,
    /// Every application, also unfinished ones.
    pub applications: Vec<ApplicationFact>,
    /// Every pair, also ended ones.
    pub pairs: Vec<PairFact>,
    /// Who signed, and whether in time.
    pub signed: BTreeMap<PersonId, Timing>,
}

/// One application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationFact {
    /// Whose.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// Where it stands.
    pub state: ApplicationState,
    /// When it was last sent, if it was.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// One pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairFact {
    /// Which.
    pub id: PairId,
    /// Its mentor.
    pub mentor: PersonId,
    /// Its mentee.
    pub mentee: PersonId,
    /// Where it stands.
    pub state: PairState,
    /// When it was published, as far as that is known.
    pub published_at: Option<DateTime<Utc>>,
    /// How it stands in each month of the run, in the calendar's order.
    pub months: Vec<PairMonth>,
}

impl PairFact {
    /// Whether it goes on, or came to its good end: such a pair is what the season is about.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.state.is_live() || self.state.end_reason() == Some(EndReason::Completed)
    }
}

/// How many of each side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BySide {
    /// Mentees.
    pub mentees: usize,
    /// Mentors.
    pub mentors: usize,
}

/// The applications of some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first of the days.
    pub from: NaiveDate,
    /// The last of the days.
    pub until: NaiveDate,
    /// How many were sent in them.
    pub sent: BySide,
}

/// What became of the people of one side who applied. Each of them is counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// They have a partner, or had one to the end.
    pub paired: usize,
    /// Accepted, and without a partner.
    pub alone: usize,
    /// On the waiting list.
    pub wait_listed: usize,
    /// Nobody has decided yet.
    pub undecided: usize,
    /// Declined.
    pub declined: usize,
    /// Took their application back.
    pub withdrawn: usize,
}

impl Coverage {
    /// Everybody.
    #[must_use]
    pub const fn total(&self) -> usize {
        let Self { paired, alone, wait_listed, undecided, declined, withdrawn } = *self;
        paired + alone + wait_listed + undecided + declined + withdrawn
    }
}

/// Who of the paired people of one side has signed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forms {
    /// In time.
    pub on_time: usize,
    /// After the date.
    pub late: usize,
    /// Not yet.
    pub missing: usize,
}

impl Forms {
    /// Everybody.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.on_time + self.late + self.missing
    }

    /// Whoever has signed.
    #[must_use]
    pub const fn signed(&self) -> usize {
        self.on_time + self.late
    }
}

/// The figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// When they were counted.
    pub at: DateTime<Utc>,
    /// The applications by when they were sent, from the first day to the last so far.
    pub stretches: Vec<Stretch>,
    /// How many began and have not sent theirs.
    pub drafts: usize,
    /// What became of the mentees.
    pub mentees: Coverage,
    /// What became of the mentors.
    pub mentors: Coverage,
    /// The forms of the mentees in pairs.
    pub mentee_forms: Forms,
    /// The forms of the mentors in pairs.
    pub mentor_forms: Forms,
    /// Pairs that go on.
    pub pairs_live: usize,
    /// Pairs that came to the end of the run.
    pub pairs_completed: usize,
    /// Pairs that ended before.
    pub pairs_ended: usize,
    /// Month by month.
    pub months: Vec<MonthFigures>,
    /// Pairs that met at least once.
    pub pairs_met: usize,
    /// All meetings.
    pub meetings: MetInMonth,
}

impl Figures {
    /// Counts.
    #[must_use]
    pub fn of(facts: &SeasonFacts<'_>) -> Self {
        let SeasonFacts { calendar, now, applications, pairs, signed } = facts;
        let sent: Vec<&ApplicationFact> = applications.iter().filter(|it| it.submitted_at.is_some()).collect();
        let side = |role, of: fn(&PairFact) -> PersonId| {
            let paired: BTreeSet<PersonId> = pairs.iter().filter(|pair| pair.counts()).map(of).collect();
            let theirs = sent.iter().copied().filter(|it| it.role == role);
            let mut coverage = Coverage::default();
            for application in theirs {
                coverage.add(application, paired.contains(&application.person));
            }
            let mut forms = Forms::default();
            for person in &paired {
                match signed.get(person) {
                    Some(Timing::OnTime) => forms.on_time += 1,
                    Some(Timing::Late) => forms.late += 1,
                    None => forms.missing += 1,
                }
            }
            (coverage, forms)
        };
        let (mentees, mentee_forms) = side(Role::Mentee, |pair| pair.mentee);
        let (mentors, mentor_forms) = side(Role::Mentor, |pair| pair.mentor);
        let months = MonthFigures::all(calendar, pairs, *now);
        let meetings = months.iter().fold(MetInMonth::default(), |sum, month| MetInMonth {
            meetings: sum.meetings + month.meetings.meetings,
            at_least: sum.at_least || month.meetings.at_least,
        });
        let ended = |completed| {
            let reasons = pairs.iter().filter_map(|pair| pair.state.end_reason());
            reasons.filter(|reason| (*reason == EndReason::Completed) == completed).count()
        };
        Self {
            at: *now,
            stretches: stretches(calendar, &sent, *now),
            drafts: applications.iter().filter(|it| it.state == ApplicationState::Draft).count(),
            mentees,
            mentors,
            mentee_forms,
            mentor_forms,
            pairs_live: pairs.iter().filter(|pair| pair.state.is_live()).count(),
            pairs_completed: ended(true),
            pairs_ended: ended(false),
            pairs_met: pairs.iter().filter(|pair| pair.months.iter().any(|it| it.met.meetings > 0)).count(),
            months,
            meetings,
        }
    }
}

impl Coverage {
    fn add(&mut self, application: &ApplicationFact, paired: bool) {
        use ApplicationState as State;
        let count = match &application.state {
            _ if paired => &mut self.paired,
            State::Accepted => &mut self.alone,
            State::WaitListed => &mut self.wait_listed,
            // A draft that was sent before is one that its owner takes up again.
            State::Submitted | State::NotOnRoster | State::Draft => &mut self.undecided,
            State::Declined { .. } => &mut self.declined,
            State::Withdrawn => &mut self.withdrawn,
        };
        *count += 1;
    }
}

/// The days of applying so far, in whole weeks from the first day. What was sent outside of them, because a date has
/// moved since, counts in the nearest.
fn stretches(calendar: &Calendar, sent: &[&ApplicationFact], now: DateTime<Utc>) -> Vec<Stretch> {
    let day = |at: DateTime<Utc>| at.with_timezone(&calendar.zone()).date_naive();
    let first = calendar.local(DateName::ApplicationsOpen).date();
    let last = calendar.local(DateName::ApplicationsClose).date().min(day(now)).max(first);
    let weeks = (last - first).num_days() / 7 + 1;
    let length = 7 * u64::try_from((weeks + STRETCHES_MAX - 1) / STRETCHES_MAX).unwrap_or(1);
    let mut all = Vec::new();
    let mut from = first;
    while from <= last {
        let Some(next) = from.checked_add_days(Days::new(length)) else { break };
        all.push(Stretch { from, until: next.pred_opt().unwrap_or(from).min(last), sent: BySide::default() });
        from = next;
    }
    let most = all.len().saturating_sub(1);
    for application in sent {
        let Some(at) = application.submitted_at else { continue };
        let place = all.iter().position(|it| day(at) <= it.until).unwrap_or(most);
        if let Some(stretch) = all.get_mut(place) {
            match application.role {
                Role::Mentee => stretch.sent.mentees += 1,
                Role::Mentor => stretch.sent.mentors += 1,
            }
        }
    }
    all
}

#[cfg(test)]
mod tests;
