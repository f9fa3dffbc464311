//! The life of one meeting, when its two people are reminded of it and asked about it, and whose turn it is to set the
//! next one. A meeting that nobody answers for stays as it is: silence is no answer.

use chrono::{DateTime, Days, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, DateName, LocalTime};
use crate::nudge::{Reader, civil_for};
use crate::question::Role;
use crate::refusal::Refusal;

/// How long a meeting takes where nobody says otherwise, in minutes.
pub const MINUTES_USUAL: i64 = 60;

/// The shortest and the longest meeting, in minutes.
pub const MINUTES: std::ops::RangeInclusive<i64> = 5..=1440;

/// Longest words about where to meet, in characters: a link with everything in it.
pub const PLACE_MAX: usize = 300;

/// Most meetings that one pair has ahead of it: one a week for a season, and some.
pub const AHEAD_MAX: usize = 30;

/// A meeting set later than so long before it needs no reminder.
const REMIND_BEFORE: TimeDelta = TimeDelta::days(1);

/// How long after its end the two are asked whether it took place: nobody is asked while still talking.
const ASK_AFTER: TimeDelta = TimeDelta::hours(2);

/// How long a meeting counts as planned after its end while nobody answers for it.
const ANSWER_WITHIN: TimeDelta = TimeDelta::days(2);

/// Where a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingState {
    /// It is set, and nobody has answered for it.
    Planned,
    /// It took place, by everybody who answered.
    Held,
    /// It did not take place, by everybody who answered.
    Missed,
    /// One says that it took place, the other that it did not.
    Disputed,
    /// It was called off.
    Cancelled,
}

impl MeetingState {
    /// What follows from what people have said of it, one word each.
    #[must_use]
    pub fn of_reports(held: &[bool]) -> Self {
        match (held.contains(&true), held.contains(&false)) {
            (false, false) => Self::Planned,
            (true, false) => Self::Held,
            (false, true) => Self::Missed,
            (true, true) => Self::Disputed,
        }
    }

    /// The stable name under which stores and catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Held => "held",
            Self::Missed => "missed",
            Self::Disputed => "disputed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A meeting of the pair within the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeetingFact {
    /// When it is, or was.
    pub at: DateTime<Utc>,
    /// When it ends, or ended.
    pub ends_at: DateTime<Utc>,
    /// Where it stands.
    pub state: MeetingState,
}

impl MeetingFact {
    /// Whether it is a plan that nobody has answered for, though it was to take place days ago.
    #[must_use]
    pub fn is_stale(&self, now: DateTime<Utc>) -> bool {
        self.state == MeetingState::Planned && self.ends_at + ANSWER_WITHIN <= now
    }
}

/// How often a pair means to meet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// Every week.
    Weekly,
    /// Every two weeks.
    Fortnightly,
    /// Once a month.
    #[default]
    Monthly,
    /// As it suits them.
    Other,
}

impl Cadence {
    /// All of them, in the order people are offered them.
    pub const ALL: [Self; 4] = [Self::Weekly, Self::Fortnightly, Self::Monthly, Self::Other];

    /// The stable name under which stores and catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Fortnightly => "fortnightly",
            Self::Monthly => "monthly",
            Self::Other => "other",
        }
    }

    /// The one of this name, as [`Cadence::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cadence| cadence.key() == key)
    }
}

/// Whose turn it is to set the next meeting, by the meetings so far that were not called off: the mentee begins, since
/// it is about their goals, and then it goes back and forth, whoever set the last one.
#[must_use]
pub const fn lead(meetings: usize) -> Role {
    if meetings.is_multiple_of(2) { Role::Mentee } else { Role::Mentor }
}

/// When the two are reminded of a meeting that is set now: the day before, at its own time of day where that is a civil
/// hour for `setter`, and at a civil hour for both. Nothing for a meeting within a day.
#[must_use]
pub fn reminder_at(
    starts_at: DateTime<Utc>,
    setter: Reader,
    other: Reader,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    if starts_at - now < REMIND_BEFORE {
        return None;
    }
    let local = starts_at.with_timezone(&setter.zone).naive_local();
    let day = local.date().checked_sub_days(Days::new(1))?;
    let (last, _) = setter.hours.to.overflowing_sub_signed(TimeDelta::hours(1));
    let time = local.time().min(last).max(setter.hours.from);
    let at = civil_for(&[setter, other], LocalTime::from(day.and_time(time)).first_instant(setter.zone).max(now));
    (at < starts_at).then_some(at)
}

/// When the two are asked whether a meeting took place that ends then.
#[must_use]
pub fn question_at(ends_at: DateTime<Utc>, readers: &[Reader]) -> DateTime<Utc> {
    civil_for(readers, ends_at + ASK_AFTER)
}

/// Whether a meeting may be set for that moment: it is to come, and begins while the program runs, because a pair's
/// place closes at the end of the run.
///
/// # Errors
/// [`Refusal::MeetingPast`] or [`Refusal::MeetingAfterRun`].
pub fn may_set(starts_at: DateTime<Utc>, calendar: &Calendar, now: DateTime<Utc>) -> Result<(), Refusal> {
    let ends_at = calendar.instant(DateName::RunsUntil);
    if starts_at <= now {
        Err(Refusal::MeetingPast)
    } else if starts_at >= ends_at {
        Err(Refusal::MeetingAfterRun { ends_at })
    } else {
        Ok(())
    }
}

/// Whether a meeting at that moment may be noted as held: it is over, and the two knew each other, to the day.
///
/// # Errors
/// [`Refusal::MeetingToCome`] or [`Refusal::MeetingBeforePair`].
pub fn may_log(
    at: DateTime<Utc>,
    introduced_at: DateTime<Utc>,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let day = |at: DateTime<Utc>| at.with_timezone(&calendar.zone()).date_naive();
    if at > now {
        Err(Refusal::MeetingToCome)
    } else if day(at) < day(introduced_at) {
        Err(Refusal::MeetingBeforePair { introduced_at })
    } else {
        Ok(())
    }
}

/// How many minutes somebody writes that a meeting takes: "45", "90 min", "1.5 hours", "1 h 30", "una hora"; nothing if
/// it cannot be read, or no meeting is so long.
#[must_use]
pub fn minutes(text: &str) -> Option<i64> {
    let mut total = 0.0;
    let mut words = split_units(&text.to_lowercase().replace(',', ".")).into_iter().peekable();
    words.peek()?;
    while let Some(word) = words.next() {
        let number: f64 = match word.as_str() {
            "a" | "an" | "one" | "un" | "una" => 1.0,
            "two" | "dos" => 2.0,
            "and" | "y" | "con" => continue,
            "half" | "media" | "medio" => {
                total += 30.0;
                words.next_if(|next| matches!(next.as_str(), "hour" | "hora" | "an"));
                words.next_if(|next| next == "hour");
                continue;
            }
            word => word.parse().ok().filter(|number: &f64| (0.0..=1440.0).contains(number))?,
        };
        let unit = match words.peek().map(String::as_str) {
            Some("m" | "min" | "mins" | "minute" | "minutes" | "minuto" | "minutos") => 1.0,
            Some("h" | "hr" | "hrs" | "hour" | "hours" | "hora" | "horas") => 60.0,
            // "1 h 30": what follows hours is minutes.
            None => 1.0,
            Some(_) => return None,
        };
        words.next();
        total += number * unit;
    }
    let minutes = total.round() as i64;
    ((total - total.round()).abs() < 1e-9 && MINUTES.contains(&minutes)).then_some(minutes)
}

/// Words and numbers apart, also where they are written as one: "90min".
fn split_units(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut was_number = None;
        for c in word.chars() {
            let number = c.is_ascii_digit() || c == '.';
            match parts.last_mut().filter(|_| was_number == Some(number)) {
                Some(part) => part.push(c),
                None => parts.push(c.to_string()),
            }
            was_number = Some(number);
        }
    }
    parts
}

/// Whether two meetings of one pair are at the same time, each with its beginning and its minutes.
#[must_use]
pub fn overlap(one: (DateTime<Utc>, i64), other: (DateTime<Utc>, i64)) -> bool {
    let end = |(at, minutes): (DateTime<Utc>, i64)| at + TimeDelta::minutes(minutes);
    one.0 < end(other) && other.0 < end(one)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::sample;
    use crate::nudge::CivilHours;
    use crate::repeatable;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn reader(zone: &str) -> Reader {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        Reader { zone: zone.parse().unwrap(), hours: CivilHours { from: hour(9), to: hour(18) } }
    }

    #[test]
    fn a_reminder_comes_the_day_before_at_a_civil_hour_of_both() {
        let (la, ny, honolulu) =
            (reader("America/Los_Angeles"), reader("America/New_York"), reader("Pacific/Honolulu"));
        let now = at("2025-03-05T18:00:00Z");
        let table = [
            // Two in the afternoon: at two the day before.
            ("2025-03-14T21:00:00Z", la, la, Some("2025-03-13T21:00:00Z")),
            // Seven in the evening: at five the day before.
            ("2025-03-15T02:00:00Z", la, la, Some("2025-03-14T00:00:00Z")),
            // Eight in the morning: at nine the day before.
            ("2025-03-14T15:00:00Z", la, la, Some("2025-03-13T16:00:00Z")),
            // For somebody in New York five there is too late, so the next morning; nine there is six here.
            ("2025-03-15T00:00:00Z", la, ny, Some("2025-03-14T16:00:00Z")),
            ("2025-03-14T16:30:00Z", la, honolulu, Some("2025-03-13T19:00:00Z")),
            // Over the change of the clocks on March 9 the time of day stays.
            ("2025-03-09T21:00:00Z", la, la, Some("2025-03-08T22:00:00Z")),
            // Less than a day before, nobody needs to be reminded.
            ("2025-03-06T17:59:59Z", la, la, None),
            ("2025-03-06T18:00:00Z", la, la, Some("2025-03-05T18:00:00Z")),
        ];
        for (starts, setter, other, expected) in table {
            assert_eq!(reminder_at(at(starts), setter, other, now), expected.map(at), "{starts}");
        }
    }

    #[test]
    fn nobody_is_asked_before_the_end_or_at_night() {
        let la = [reader("America/Los_Angeles")];
        assert_eq!(question_at(at("2025-03-14T22:00:00Z"), &la), at("2025-03-15T00:00:00Z"));
        assert_eq!(question_at(at("2025-03-14T23:30:00Z"), &la), at("2025-03-15T16:00:00Z"));
    }

    #[test]
    fn a_meeting_is_set_within_the_run_to_the_second() {
        let calendar = sample();
        let end = calendar.instant(DateName::RunsUntil);
        let second = TimeDelta::seconds(1);
        let now = end - TimeDelta::days(30);
        assert_eq!(may_set(now, &calendar, now), Err(Refusal::MeetingPast));
        assert_eq!(may_set(now + second, &calendar, now), Ok(()));
        assert_eq!(may_set(end - second, &calendar, now), Ok(()));
        assert_eq!(may_set(end, &calendar, now), Err(Refusal::MeetingAfterRun { ends_at: end }));
        let introduced_at = now - TimeDelta::days(3);
        assert_eq!(may_log(now, introduced_at, &calendar, now), Ok(()));
        assert_eq!(may_log(now + second, introduced_at, &calendar, now), Err(Refusal::MeetingToCome));
        let before = introduced_at - TimeDelta::days(1);
        assert_eq!(may_log(before, introduced_at, &calendar, now), Err(Refusal::MeetingBeforePair { introduced_at }));
    }

    #[test]
    fn what_two_people_say_is_one_state_and_nobody_is_overruled() {
        use MeetingState::{Disputed, Held, Missed, Planned};
        let table: [(&[bool], MeetingState); 6] = [
            (&[], Planned),
            (&[true], Held),
            (&[false], Missed),
            (&[true, true], Held),
            (&[false, false], Missed),
            (&[false, true], Disputed),
        ];
        for (reports, expected) in table {
            assert_eq!(MeetingState::of_reports(reports), expected, "{reports:?}");
        }
    }

    #[test]
    fn a_length_is_read_as_people_write_it() {
        let table = [
            ("45", Some(45)),
            ("45 min", Some(45)),
            ("90min", Some(90)),
            ("1 hour", Some(60)),
            ("1.5 hours", Some(90)),
            ("1,5 horas", Some(90)),
            ("an hour and a half", None),
            ("half an hour", Some(30)),
            ("media hora", Some(30)),
            ("una hora", Some(60)),
            ("una hora y media", Some(90)),
            ("1h30", Some(90)),
            ("1 h 30 min", Some(90)),
            ("", None),
            ("0", None),
            ("4", None),
            ("1441", None),
            ("24 hours", Some(1440)),
            ("long", None),
            ("-30", None),
            ("1e3", None),
            ("NaN", None),
        ];
        for (text, expected) in table {
            assert_eq!(minutes(text), expected, "{text}");
        }
    }

    #[test]
    fn the_lead_goes_back_and_forth() {
        assert_eq!([lead(0), lead(1), lead(2)], [Role::Mentee, Role::Mentor, Role::Mentee]);
    }

    proptest! {
        #![proptest_config(repeatable())]

        #[test]
        fn a_reminder_is_before_the_meeting_and_never_before_now(minutes in 0i64..400_000, far in any::<bool>()) {
            let (la, other) = (reader("America/Los_Angeles"), reader(if far { "Asia/Tokyo" } else { "America/Denver" }));
            let now = at("2025-01-05T18:00:00Z");
            let starts = now + TimeDelta::minutes(minutes);
            if let Some(reminder) = reminder_at(starts, la, other, now) {
                prop_assert!(now <= reminder && reminder < starts);
            } else {
                prop_assert!(far || minutes < 1440, "{}", starts);
            }
        }

        #[test]
        fn meetings_overlap_both_ways_or_not_at_all(a in 0i64..500, b in 0i64..500, m in 5i64..90, n in 5i64..90) {
            let one = (at("2025-03-05T18:00:00Z") + TimeDelta::minutes(a), m);
            let other = (at("2025-03-05T18:00:00Z") + TimeDelta::minutes(b), n);
            prop_assert_eq!(overlap(one, other), overlap(other, one));
            prop_assert_eq!(overlap(one, other), a < b + n && b < a + m);
        }
    }
}
