//! Whether a pair met in a period, from what each of the two said.
//!
//! Each person answers for themselves and nobody is overruled by the last click: where the two differ, a
//! coordinator looks. Nothing is inferred from how much a pair writes.

mod plan;
mod together;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use plan::{
    AHEAD_MAX, Cadence, MINUTES, MINUTES_USUAL, MeetingFact, MeetingState, PLACE_MAX, lead, may_log, may_set, minutes,
    overlap, question_at, reminder_at,
};
pub use together::{MetInMonth, Together, met_in_month};

/// One person's answer to "did you two meet this month?".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckInAnswer {
    /// We met.
    Met,
    /// It is planned.
    Planned,
    /// Not yet.
    NotYet,
    /// We need help.
    NeedHelp,
}

impl CheckInAnswer {
    /// Every answer, in the order people are offered them.
    pub const ALL: [Self; 4] = [Self::Met, Self::Planned, Self::NotYet, Self::NeedHelp];

    /// The stable name under which stores and catalogues keep this answer.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Planned => "planned",
            Self::NotYet => "not_yet",
            Self::NeedHelp => "need_help",
        }
    }

    /// The answer of this name, as [`CheckInAnswer::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.key() == key)
    }
}

/// One person's latest answer for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// What they said.
    pub answer: CheckInAnswer,
    /// When they said it.
    pub at: DateTime<Utc>,
}

/// How a pair stands in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// They met.
    Met,
    /// A meeting is planned.
    Planned,
    /// Nobody has said anything yet.
    Waiting,
    /// Not yet.
    NotYet,
    /// One of them asked for help.
    NeedsHelp,
    /// One says that they met, the other that they did not.
    Disagree,
}

impl Standing {
    /// The stable name under which catalogues keep this standing.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Planned => "planned",
            Self::Waiting => "waiting",
            Self::NotYet => "not_yet",
            Self::NeedsHelp => "needs_help",
            Self::Disagree => "disagree",
        }
    }

    /// Whether a coordinator should look.
    #[must_use]
    pub const fn needs_coordinator(self) -> bool {
        matches!(self, Self::NeedsHelp | Self::Disagree)
    }
}

/// How the pair stands in the period of these answers and meetings.
///
/// A call for help comes before everything. "Planned" contradicts nothing: a plan may have been kept or
/// not. A meeting that was held after somebody said "not yet" is news, not a contradiction.
#[must_use]
pub fn standing(mentor: Option<CheckIn>, mentee: Option<CheckIn>, meetings: &[MeetingFact]) -> Standing {
    let held = meetings.iter().filter(|meeting| meeting.state == MeetingState::Held).map(|meeting| meeting.at).max();
    let is = |state| meetings.iter().any(|meeting| meeting.state == state);
    let answers: Vec<CheckInAnswer> = [mentor, mentee]
        .into_iter()
        .flatten()
        .filter(|check_in| check_in.answer != CheckInAnswer::NotYet || held.is_none_or(|held| held <= check_in.at))
        .map(|check_in| check_in.answer)
        .collect();
    let said = |answer| answers.contains(&answer);
    let met = said(CheckInAnswer::Met) || held.is_some();
    if said(CheckInAnswer::NeedHelp) {
        Standing::NeedsHelp
    } else if is(MeetingState::Disputed) || met && said(CheckInAnswer::NotYet) {
        Standing::Disagree
    } else if met {
        Standing::Met
    } else if said(CheckInAnswer::Planned) || is(MeetingState::Planned) {
        Standing::Planned
    } else if said(CheckInAnswer::NotYet) {
        Standing::NotYet
    } else {
        Standing::Waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn at(day: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(day * 86_400, 0).expect("a small number of days is a time")
    }

    pub(super) fn said(answer: CheckInAnswer) -> Option<CheckIn> {
        Some(CheckIn { answer, at: at(20) })
    }

    pub(super) fn fact(day: i64, state: MeetingState) -> MeetingFact {
        MeetingFact { at: at(day), ends_at: at(day), state }
    }

    #[test]
    fn every_two_answers_have_one_standing_whoever_gave_which() {
        use CheckInAnswer::{Met, NeedHelp, NotYet, Planned};
        let table = [
            (None, None, Standing::Waiting),
            (said(Met), None, Standing::Met),
            (said(Planned), None, Standing::Planned),
            (said(NotYet), None, Standing::NotYet),
            (said(NeedHelp), None, Standing::NeedsHelp),
            (said(Met), said(Met), Standing::Met),
            (said(Met), said(Planned), Standing::Met),
            (said(Met), said(NotYet), Standing::Disagree),
            (said(Met), said(NeedHelp), Standing::NeedsHelp),
            (said(Planned), said(Planned), Standing::Planned),
            (said(Planned), said(NotYet), Standing::Planned),
            (said(Planned), said(NeedHelp), Standing::NeedsHelp),
            (said(NotYet), said(NotYet), Standing::NotYet),
            (said(NotYet), said(NeedHelp), Standing::NeedsHelp),
            (said(NeedHelp), said(NeedHelp), Standing::NeedsHelp),
        ];
        for (one, other, expected) in table {
            assert_eq!(standing(one, other, &[]), expected, "{one:?} {other:?}");
            assert_eq!(standing(other, one, &[]), expected, "{other:?} {one:?}");
        }
    }

    #[test]
    fn a_meeting_held_later_is_news_and_one_held_before_is_a_contradiction() {
        let held = |day| [fact(day, MeetingState::Held)];
        assert_eq!(standing(said(CheckInAnswer::NotYet), None, &held(25)), Standing::Met);
        assert_eq!(standing(said(CheckInAnswer::NotYet), None, &held(15)), Standing::Disagree);
        assert_eq!(standing(None, None, &held(15)), Standing::Met);
    }

    #[test]
    fn a_meeting_in_the_calendar_is_a_plan_until_it_is_said_to_have_failed() {
        let meeting = |state| [fact(25, state)];
        assert_eq!(standing(None, None, &meeting(MeetingState::Planned)), Standing::Planned);
        assert_eq!(standing(None, None, &meeting(MeetingState::Missed)), Standing::Waiting);
        assert_eq!(standing(None, None, &meeting(MeetingState::Cancelled)), Standing::Waiting);
        assert_eq!(standing(said(CheckInAnswer::NeedHelp), None, &meeting(MeetingState::Held)), Standing::NeedsHelp);
        assert_eq!(standing(said(CheckInAnswer::Met), None, &meeting(MeetingState::Disputed)), Standing::Disagree);
        let plan = fact(25, MeetingState::Planned);
        assert!(!plan.is_stale(at(26)) && plan.is_stale(at(28)), "silence for days is no plan any more");
    }
}
