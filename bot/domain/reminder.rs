//! Who is reminded of what is due, and how often: of an application that is not sent, and of the acknowledgement form.
//!
//! A reminder belongs to a mark, so many days before or after a date; it is due from that day on until the next mark,
//! once. When the date moves, its marks move along. Reminders stop when nothing is due any more; whether that is so is
//! for the caller to say.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use crate::calendar::{Calendar, DateName, Phase};

/// Days before applications close on which somebody with an unsent application is reminded.
pub const DRAFT_MARKS: [i64; 2] = [3, 1];

/// Days before the acknowledgement forms are due on which somebody who has not signed is reminded; the last is the day
/// after.
pub const AGREEMENT_MARKS: [i64; 3] = [7, 2, -1];

/// Whoever has just been at it needs no reminder: the application was touched, or the pair was introduced.
const QUIET: TimeDelta = TimeDelta::hours(12);

/// A reminder that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// How many days before the date its mark is; negative after it.
    pub mark: i64,
    /// The date as it is set now. Together with the mark it says which reminder this is.
    pub date: NaiveDate,
}

/// The reminder to send an application that was last touched at that moment.
#[must_use]
pub fn of_draft(calendar: &Calendar, touched_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<Reminder> {
    if !calendar.applications_accepted(now) || now - touched_at < QUIET {
        return None;
    }
    due(calendar, DateName::ApplicationsClose, &DRAFT_MARKS, now)
}

/// The reminder to sign the acknowledgement form, for somebody whose pair was introduced at that moment.
#[must_use]
pub fn of_agreement(calendar: &Calendar, introduced_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<Reminder> {
    if calendar.phase(now) >= Phase::WrapUp || now - introduced_at < QUIET {
        return None;
    }
    due(calendar, DateName::AgreementsDue, &AGREEMENT_MARKS, now)
}

/// The latest mark that has been reached. Marks that were missed are not made up for.
fn due(calendar: &Calendar, name: DateName, marks: &[i64], now: DateTime<Utc>) -> Option<Reminder> {
    let today = now.with_timezone(&calendar.zone()).date_naive();
    let date = calendar.local(name).date();
    let reached = |mark: &&i64| day_of(date, **mark).is_some_and(|day| today >= day);
    marks.iter().filter(reached).min().map(|mark| Reminder { mark: *mark, date })
}

fn day_of(date: NaiveDate, mark: i64) -> Option<NaiveDate> {
    let days = Days::new(mark.unsigned_abs());
    if mark < 0 { date.checked_add_days(days) } else { date.checked_sub_days(days) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::sample;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("the test writes an instant")
    }

    #[test]
    fn an_unsent_application_is_due_on_its_marks() {
        // Applications close on Monday, February 17, 11:59 PM in Los Angeles.
        let cases = [
            ("2025-02-13T17:00:00Z", None),
            ("2025-02-14T17:00:00Z", Some(3)),
            ("2025-02-15T17:00:00Z", Some(3)),
            ("2025-02-16T07:59:59Z", Some(3)),
            ("2025-02-16T08:00:00Z", Some(1)),
            ("2025-02-18T07:59:59Z", Some(1)),
            ("2025-02-18T08:00:00Z", None),
            ("2025-06-01T08:00:00Z", None),
        ];
        for (now, mark) in cases {
            let reminder = of_draft(&sample(), at("2025-02-01T00:00:00Z"), at(now));
            assert_eq!(reminder.map(|reminder| reminder.mark), mark, "{now}");
        }
    }

    #[test]
    fn whoever_has_just_been_at_it_is_left_alone() {
        let now = at("2025-02-16T17:00:00Z");
        assert_eq!(of_draft(&sample(), at("2025-02-16T16:00:00Z"), now), None);
        assert!(of_draft(&sample(), at("2025-02-16T05:00:00Z"), now).is_some());
        assert_eq!(of_agreement(&sample(), at("2025-02-23T16:00:00Z"), at("2025-02-23T17:00:00Z")), None);
    }

    #[test]
    fn a_form_is_due_before_its_date_and_once_after_it_until_the_run_is_over() {
        let cases = [
            ("2025-02-21T17:00:00Z", None),
            ("2025-02-22T17:00:00Z", Some(7)),
            ("2025-02-26T17:00:00Z", Some(7)),
            ("2025-02-27T17:00:00Z", Some(2)),
            ("2025-03-01T17:00:00Z", Some(2)),
            ("2025-03-02T17:00:00Z", Some(-1)),
            ("2025-05-02T17:00:00Z", Some(-1)),
            ("2025-07-02T17:00:00Z", None),
        ];
        for (now, mark) in cases {
            let reminder = of_agreement(&sample(), at("2025-02-18T20:00:00Z"), at(now));
            assert_eq!(reminder.map(|reminder| reminder.mark), mark, "{now}");
        }
    }

    #[test]
    fn when_the_date_moves_its_reminders_are_other_ones() {
        let now = at("2025-02-16T17:00:00Z");
        let before = of_draft(&sample(), at("2025-02-01T00:00:00Z"), now);
        let mut moved = sample();
        let to: crate::calendar::LocalTime = "2025-02-19 23:59".parse().expect("a date");
        moved.set(DateName::ApplicationsClose, to).expect("in order");
        let after = of_draft(&moved, at("2025-02-01T00:00:00Z"), now);
        assert_eq!(after.map(|reminder| reminder.mark), Some(3));
        assert_ne!(before, after);
    }
}
