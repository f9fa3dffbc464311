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

/// What a coordinator can remind people of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemindOf {
    /// An application that was begun and is not sent.
    Draft,
    /// The acknowledgement form.
    Agreement,
}

/// Why somebody whom a coordinator wants reminded is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// They have withdrawn what they began.
    Withdrawn,
    /// Applications are closed, or will be by the time they may be written to.
    Closed,
    /// They have left the community.
    Away,
    /// They have paused what the bot asks.
    Paused,
    /// They take no direct messages, and something waits for their next visit already.
    Unreachable,
    /// They were at it in the last hours.
    JustAtIt,
    /// They have been reminded today, or will be before another day begins.
    RemindedToday,
}

impl LeftOut {
    /// Its stable name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
            Self::Away => "away",
            Self::Paused => "paused",
            Self::Unreachable => "unreachable",
            Self::JustAtIt => "just-at-it",
            Self::RemindedToday => "reminded-today",
        }
    }
}

/// What is to be known of somebody before they are reminded by hand.
#[derive(Debug, Clone, Copy)]
pub struct Remindable {
    /// What they are reminded of.
    pub of: RemindOf,
    /// They are in the community.
    pub here: bool,
    /// They have paused.
    pub paused: bool,
    /// A direct message could not be delivered and waits for them.
    pub unreachable: bool,
    /// When they were last at it: the application was touched, or the pair was introduced.
    pub touched_at: DateTime<Utc>,
    /// When the reminder would reach them.
    pub due_at: DateTime<Utc>,
    /// When the latest reminder of the same reached them, or will.
    pub reminded_at: Option<DateTime<Utc>>,
}

/// Whether a coordinator can remind somebody now, or why not.
///
/// # Errors
/// Why they are left out.
pub fn by_hand(calendar: &Calendar, facts: &Remindable, now: DateTime<Utc>) -> Result<(), LeftOut> {
    let Remindable { of, here, paused, unreachable, touched_at, due_at, reminded_at } = *facts;
    let day = |at: DateTime<Utc>| at.with_timezone(&calendar.zone()).date_naive();
    let open = |at| calendar.applications_accepted(at);
    match () {
        () if of == RemindOf::Draft && !(open(now) && open(due_at)) => Err(LeftOut::Closed),
        () if !here => Err(LeftOut::Away),
        () if paused => Err(LeftOut::Paused),
        () if reminded_at.is_some_and(|at| day(at) >= day(now)) => Err(LeftOut::RemindedToday),
        () if unreachable => Err(LeftOut::Unreachable),
        () if now - touched_at < QUIET => Err(LeftOut::JustAtIt),
        () => Ok(()),
    }
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
    fn a_coordinator_reminds_whoever_can_still_do_it_and_hears_why_not_the_others() {
        let (now, evening) = (at("2025-02-10T20:00:00Z"), at("2025-02-18T07:30:00Z"));
        let ready = Remindable {
            of: RemindOf::Draft,
            here: true,
            paused: false,
            unreachable: false,
            touched_at: at("2025-02-01T00:00:00Z"),
            due_at: now,
            reminded_at: None,
        };
        let cases = [
            (ready, now, Ok(())),
            (Remindable { here: false, ..ready }, now, Err(LeftOut::Away)),
            (Remindable { paused: true, ..ready }, now, Err(LeftOut::Paused)),
            (Remindable { unreachable: true, ..ready }, now, Err(LeftOut::Unreachable)),
            (Remindable { touched_at: at("2025-02-10T15:00:00Z"), ..ready }, now, Err(LeftOut::JustAtIt)),
            (Remindable { reminded_at: Some(at("2025-02-10T07:59:59Z")), ..ready }, now, Ok(())),
            (Remindable { reminded_at: Some(at("2025-02-10T08:00:00Z")), ..ready }, now, Err(LeftOut::RemindedToday)),
            (Remindable { reminded_at: Some(at("2025-02-11T17:00:00Z")), ..ready }, now, Err(LeftOut::RemindedToday)),
            // Half an hour before midnight of the last day: whoever sleeps would hear it too late.
            (Remindable { due_at: evening, ..ready }, evening, Ok(())),
            (Remindable { due_at: at("2025-02-18T17:00:00Z"), ..ready }, evening, Err(LeftOut::Closed)),
            (ready, at("2025-02-18T08:00:00Z"), Err(LeftOut::Closed)),
            (Remindable { of: RemindOf::Agreement, ..ready }, at("2025-02-28T08:00:00Z"), Ok(())),
        ];
        for (facts, now, expected) in cases {
            assert_eq!(by_hand(&sample(), &facts, now), expected, "{facts:?} at {now}");
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
