//! The season's dates, in the program's own time zone, and what they make of an instant.
//!
//! The phase of a season follows from these dates and the instant alone: there is no flag to flip. Dates
//! are kept as a person wrote them, in local time, so that moving the clocks moves nothing.
//!
//! Local times that a change of the clocks makes odd: a time that happens twice opens at its first
//! occurrence and closes after its second; a time that is skipped means the moment of the change. So
//! nobody ever loses a minute they could have read off the wall.

mod extension;
mod local_time;
mod period;

use std::fmt;

use chrono::{DateTime, Days, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use extension::EXTENDED_MONTHS_MAX;
pub use local_time::LocalTime;
pub use period::{NotAPeriod, Period};

use crate::refusal::Refusal;

/// How long before the agreements are due the season says so, in days. A week holds every weekday, so
/// nobody's day at the desk is missed.
pub const AGREEMENTS_NOTICE_DAYS: u64 = 7;

/// How long before the closing survey ends it is mentioned once more, in days.
const SURVEY_NOTICE_DAYS: i64 = 3;

/// The dates of one season. In order after `Program::check` or [`Calendar::set`]; every function here
/// answers sensibly even when they are not, so that a faulty file can still be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    zone: Tz,
    applications_open: LocalTime,
    applications_close: LocalTime,
    agreements_due: LocalTime,
    runs_from: LocalTime,
    runs_until: LocalTime,
    wrap_up_until: LocalTime,
}

/// Where a season stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Before applications open.
    Draft,
    /// People may apply.
    ApplicationsOpen,
    /// Applications are closed; coordinators decide and match.
    Review,
    /// The last days before the run, in which the agreements are to be signed.
    AgreementsDue,
    /// Pairs meet.
    Running,
    /// The run is over; surveys and farewells.
    WrapUp,
    /// Over.
    Closed,
}

/// The dates a coordinator can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateName {
    /// From when applications count.
    ApplicationsOpen,
    /// Through when applications count.
    ApplicationsClose,
    /// Through when a signed agreement is on time.
    AgreementsDue,
    /// From when the program runs.
    RunsFrom,
    /// Through when the program runs.
    RunsUntil,
    /// Through when the season can still be changed.
    WrapUpUntil,
}

impl DateName {
    /// Every date, in the order of the season.
    pub const ALL: [Self; 6] = [
        Self::ApplicationsOpen,
        Self::ApplicationsClose,
        Self::AgreementsDue,
        Self::RunsFrom,
        Self::RunsUntil,
        Self::WrapUpUntil,
    ];

    /// The name of the date in the program's file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ApplicationsOpen => "applications_open",
            Self::ApplicationsClose => "applications_close",
            Self::AgreementsDue => "agreements_due",
            Self::RunsFrom => "runs_from",
            Self::RunsUntil => "runs_until",
            Self::WrapUpUntil => "wrap_up_until",
        }
    }

    /// The date of this name, as [`DateName::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.key() == key)
    }

    /// Whether the date means "from then on"; the others mean "through then".
    const fn is_start(self) -> bool {
        matches!(self, Self::ApplicationsOpen | Self::RunsFrom)
    }
}

impl fmt::Display for DateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// Each pair of dates that has an order: the first must not come after the second. The agreements may be
/// due before the run or some days into it, as in PLSEP, where they are due on the day the run starts.
const ORDER: [(DateName, DateName); 6] = [
    (DateName::ApplicationsOpen, DateName::ApplicationsClose),
    (DateName::ApplicationsClose, DateName::AgreementsDue),
    (DateName::ApplicationsClose, DateName::RunsFrom),
    (DateName::AgreementsDue, DateName::RunsUntil),
    (DateName::RunsFrom, DateName::RunsUntil),
    (DateName::RunsUntil, DateName::WrapUpUntil),
];

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::ApplicationsOpen,
        Self::Review,
        Self::AgreementsDue,
        Self::Running,
        Self::WrapUp,
        Self::Closed,
    ];

    /// The stable name under which stores and catalogues keep this phase.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::ApplicationsOpen => "applications_open",
            Self::Review => "review",
            Self::AgreementsDue => "agreements_due",
            Self::Running => "running",
            Self::WrapUp => "wrap_up",
            Self::Closed => "closed",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl Calendar {
    /// The zone in which the dates are meant.
    #[must_use]
    pub const fn zone(&self) -> Tz {
        self.zone
    }

    /// The date as it was written.
    #[must_use]
    pub const fn local(&self, name: DateName) -> LocalTime {
        match name {
            DateName::ApplicationsOpen => self.applications_open,
            DateName::ApplicationsClose => self.applications_close,
            DateName::AgreementsDue => self.agreements_due,
            DateName::RunsFrom => self.runs_from,
            DateName::RunsUntil => self.runs_until,
            DateName::WrapUpUntil => self.wrap_up_until,
        }
    }

    /// The instant at which the date takes effect: for a "from" date its first instant, for a "through"
    /// date the first instant after it. Something at exactly that instant is already on the other side.
    #[must_use]
    pub fn instant(&self, name: DateName) -> DateTime<Utc> {
        let local = self.local(name);
        if name.is_start() { local.first_instant(self.zone) } else { local.instant_after(self.zone) }
    }

    /// Where the season stands. Whether pairs are published makes no difference: coordinators who are
    /// late or early are not locked out by a word. Agreements due during the run stay due: see
    /// [`Calendar::agreement_on_time`].
    #[must_use]
    pub fn phase(&self, now: DateTime<Utc>) -> Phase {
        let starts = self.phase_starts();
        starts.into_iter().rev().find(|(_, start)| *start <= now).map_or(Phase::Draft, |(phase, _)| phase)
    }

    /// When the phase changes next, and to what. Nothing changes after the season is closed.
    #[must_use]
    pub fn next_boundary(&self, now: DateTime<Utc>) -> Option<(Phase, DateTime<Utc>)> {
        let (_, at) = self.phase_starts().into_iter().find(|(_, start)| *start > now)?;
        Some((self.phase(at), at))
    }

    /// Whether an application submitted at this instant counts. It depends on when the person submitted,
    /// never on when anybody got round to it.
    #[must_use]
    pub fn applications_accepted(&self, submitted_at: DateTime<Utc>) -> bool {
        self.check_application_time(submitted_at).is_ok()
    }

    /// The same question, with the refusal to tell.
    ///
    /// # Errors
    /// [`Refusal::ApplicationsNotOpen`] or [`Refusal::ApplicationsClosed`].
    pub fn check_application_time(&self, submitted_at: DateTime<Utc>) -> Result<(), Refusal> {
        let opens_at = self.instant(DateName::ApplicationsOpen);
        let closed_at = self.instant(DateName::ApplicationsClose);
        if submitted_at >= closed_at {
            Err(Refusal::ApplicationsClosed { closed_at })
        } else if submitted_at < opens_at {
            Err(Refusal::ApplicationsNotOpen { opens_at })
        } else {
            Ok(())
        }
    }

    /// Whether a closing survey given at this instant counts: from the end of the run through the end of the wrap-up.
    ///
    /// # Errors
    /// [`Refusal::SurveyNotOpen`] or [`Refusal::SurveyClosed`].
    pub fn check_survey_time(&self, given_at: DateTime<Utc>) -> Result<(), Refusal> {
        let opens_at = self.instant(DateName::RunsUntil);
        let closed_at = self.instant(DateName::WrapUpUntil);
        if given_at >= closed_at {
            Err(Refusal::SurveyClosed { closed_at })
        } else if given_at < opens_at {
            Err(Refusal::SurveyNotOpen { opens_at })
        } else {
            Ok(())
        }
    }

    /// When whoever has not answered the closing survey is reminded, once: three days before it closes, or when half
    /// of a shorter wrap-up is over.
    #[must_use]
    pub fn survey_reminder(&self) -> DateTime<Utc> {
        let (opens, closes) = (self.instant(DateName::RunsUntil), self.instant(DateName::WrapUpUntil));
        closes - ((closes - opens) / 2).min(TimeDelta::days(SURVEY_NOTICE_DAYS))
    }

    /// Whether an agreement signed at this instant is on time.
    #[must_use]
    pub fn agreement_on_time(&self, signed_at: DateTime<Utc>) -> bool {
        signed_at < self.instant(DateName::AgreementsDue)
    }

    /// Every calendar month of the run, in order; the first and the last may be part months.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        let last = Period::of_date(self.runs_until.date());
        let mut period = Period::of_date(self.runs_from.date());
        let mut periods = Vec::new();
        while period <= last {
            periods.push(period);
            period = period.next();
        }
        periods
    }

    /// Moves one date, and leaves all dates alone if that would put them out of order.
    ///
    /// # Errors
    /// [`Refusal::DateOrder`] names the two dates that would be in the wrong order.
    pub fn set(&mut self, name: DateName, to: impl Into<LocalTime>) -> Result<(), Refusal> {
        let mut moved = self.clone();
        *moved.local_mut(name) = to.into();
        match moved.disorders().into_iter().find(|(earlier, later)| *earlier == name || *later == name) {
            Some((earlier, later)) => Err(Refusal::DateOrder { name: later, earlier }),
            None => {
                *self = moved;
                Ok(())
            }
        }
    }

    /// The same dates so many years later.
    #[must_use]
    pub(crate) fn later_by(&self, years: u32) -> Self {
        let mut later = self.clone();
        for name in DateName::ALL {
            *later.local_mut(name) = self.local(name).later_by(years);
        }
        later
    }

    /// Every two dates that are in the wrong order: the first ought not to come after the second.
    #[must_use]
    pub fn disorders(&self) -> Vec<(DateName, DateName)> {
        ORDER.into_iter().filter(|(earlier, later)| self.instant(*earlier) > self.instant(*later)).collect()
    }

    const fn local_mut(&mut self, name: DateName) -> &mut LocalTime {
        match name {
            DateName::ApplicationsOpen => &mut self.applications_open,
            DateName::ApplicationsClose => &mut self.applications_close,
            DateName::AgreementsDue => &mut self.agreements_due,
            DateName::RunsFrom => &mut self.runs_from,
            DateName::RunsUntil => &mut self.runs_until,
            DateName::WrapUpUntil => &mut self.wrap_up_until,
        }
    }

    /// When each phase but the draft starts, never decreasing. A phase that starts when the next does is
    /// empty and is never seen. The agreements' notice starts a week before they are due, but neither
    /// before applications close nor after the run starts.
    fn phase_starts(&self) -> [(Phase, DateTime<Utc>); 6] {
        let closed = self.instant(DateName::ApplicationsClose);
        let run = self.instant(DateName::RunsFrom);
        let due = self.agreements_due.date();
        let notice = LocalTime::Day(due.checked_sub_days(Days::new(AGREEMENTS_NOTICE_DAYS)).unwrap_or(due));
        let mut starts = [
            (Phase::ApplicationsOpen, self.instant(DateName::ApplicationsOpen)),
            (Phase::Review, closed),
            (Phase::AgreementsDue, notice.first_instant(self.zone).min(run).max(closed)),
            (Phase::Running, run),
            (Phase::WrapUp, self.instant(DateName::RunsUntil)),
            (Phase::Closed, self.instant(DateName::WrapUpUntil)),
        ];
        for later in 1..starts.len() {
            starts[later].1 = starts[later].1.max(starts[later - 1].1);
        }
        starts
    }
}

#[cfg(test)]
pub(crate) use tests::sample;

#[cfg(test)]
mod tests;
