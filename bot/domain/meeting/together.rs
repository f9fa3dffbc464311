//! How often people met, as far as it is known: what they noted, and what they said of a month without noting it. It
//! claims no meeting that one of the two denies, and says "at least" where it can only know that there was one.

use super::{CheckIn, CheckInAnswer, MeetingFact, MeetingState};

/// What is known of one pair in one month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MetInMonth {
    /// How many meetings.
    pub meetings: usize,
    /// Whether that is the least they can have been: nobody noted them, but somebody said that they met.
    pub at_least: bool,
}

/// What is known of the pairs of one person, or of one pair, over all months.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Together {
    /// In how many months there was a meeting.
    pub months: usize,
    /// How many meetings there were.
    pub meetings: usize,
    /// Whether there may have been more.
    pub at_least: bool,
}

/// How often a pair met in the month of these answers and meetings.
///
/// Meetings that are set, called off, missed or disputed are none. "Not yet" takes back what was held before it was
/// said; a meeting held later is news. A call for help, and a plan, take nothing back. Where nothing is noted, "we met"
/// stands for one meeting unless the other says that it did not take place.
#[must_use]
pub fn met_in_month(mentor: Option<CheckIn>, mentee: Option<CheckIn>, meetings: &[MeetingFact]) -> MetInMonth {
    let said = [mentor, mentee].into_iter().flatten();
    let denied_at = said.clone().filter(|said| said.answer == CheckInAnswer::NotYet).map(|said| said.at).max();
    let held = meetings.iter().filter(|meeting| meeting.state == MeetingState::Held);
    let held = held.filter(|meeting| denied_at.is_none_or(|denied_at| meeting.at > denied_at)).count();
    if held > 0 {
        return MetInMonth { meetings: held, at_least: false };
    }
    let disputed = meetings.iter().any(|meeting| meeting.state == MeetingState::Disputed);
    let met = said.into_iter().any(|said| said.answer == CheckInAnswer::Met);
    if met && denied_at.is_none() && !disputed {
        return MetInMonth { meetings: 1, at_least: true };
    }
    MetInMonth::default()
}

impl Together {
    /// The same with one more month: what is known in it of each pair that counts.
    #[must_use]
    pub fn with_month(self, pairs: impl IntoIterator<Item = MetInMonth>) -> Self {
        let mut month = MetInMonth::default();
        for met in pairs {
            month.meetings += met.meetings;
            month.at_least |= met.at_least;
        }
        Self {
            months: self.months + usize::from(month.meetings > 0),
            meetings: self.meetings + month.meetings,
            at_least: self.at_least || month.at_least,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{fact, said};
    use super::*;

    #[test]
    fn what_was_noted_counts_and_what_was_only_said_counts_as_one_at_least() {
        use CheckInAnswer::{Met, NeedHelp, NotYet, Planned};
        use MeetingState::{Cancelled, Disputed, Held, Missed};
        let state_planned = MeetingState::Planned;
        let none = MetInMonth::default();
        let noted = |meetings| MetInMonth { meetings, at_least: false };
        let least = MetInMonth { meetings: 1, at_least: true };
        let table: [(_, _, &[(i64, MeetingState)], _); 17] = [
            (None, None, &[], none),
            (None, None, &[(5, Held)], noted(1)),
            (None, None, &[(5, Held), (12, Held), (26, state_planned)], noted(2)),
            (None, None, &[(5, Missed), (6, Cancelled), (7, Disputed), (8, state_planned)], none),
            (None, None, &[(5, Disputed), (12, Held)], noted(1)),
            (said(Met), None, &[], least),
            (said(Met), said(Met), &[], least),
            (said(Met), said(Planned), &[], least),
            (said(Met), said(NeedHelp), &[], least),
            (said(Met), said(Met), &[(5, Held), (12, Held)], noted(2)),
            (said(Met), None, &[(5, Missed)], least),
            (said(Met), None, &[(5, Disputed)], none),
            (said(Met), said(NotYet), &[], none),
            (said(Planned), said(NeedHelp), &[], none),
            (said(NotYet), None, &[(15, Held)], none),
            (said(NotYet), None, &[(15, Held), (25, Held)], noted(1)),
            (said(Met), said(NotYet), &[(25, Held)], noted(1)),
        ];
        for (one, other, meetings, expected) in table {
            let meetings: Vec<_> = meetings.iter().map(|(day, state)| fact(*day, *state)).collect();
            assert_eq!(met_in_month(one, other, &meetings), expected, "{one:?} {other:?} {meetings:?}");
            assert_eq!(met_in_month(other, one, &meetings), expected, "{other:?} {one:?} {meetings:?}");
        }
    }

    #[test]
    fn a_month_counts_once_for_somebody_with_several_pairs() {
        let noted = MetInMonth { meetings: 2, at_least: false };
        let least = MetInMonth { meetings: 1, at_least: true };
        let none = MetInMonth::default();
        let total = Together::default().with_month([noted, least]).with_month([none, none]).with_month([noted]);
        assert_eq!(total, Together { months: 2, meetings: 5, at_least: true });
        assert_eq!(Together::default().with_month([]), Together::default());
    }
}
