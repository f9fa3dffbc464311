//! What a participant sets for themselves: language, time zone, the hours in which they may be written to, where
//! they are asked about their meetings, and a pause. What is not set follows the platform, or else the program.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{calendar::LocalTime, nudge::CivilHours, refusal::Refusal, text::Lang};

/// The shortest hours of a day that somebody may leave: a message has to fit in, also one for two people.
const HOURS_MIN: TimeDelta = TimeDelta::hours(1);

/// One thing that people set for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// The language.
    Language,
    /// The time zone.
    Zone,
    /// The hours in which they may be written to.
    Hours,
    /// Where they are asked about their meetings.
    Reach,
    /// Until when nothing is asked of them.
    Pause,
}

impl Setting {
    /// Every setting, in the order people see them.
    pub const ALL: [Self; 5] = [Self::Language, Self::Zone, Self::Hours, Self::Reach, Self::Pause];

    /// The stable name under which catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Zone => "zone",
            Self::Hours => "hours",
            Self::Reach => "reach",
            Self::Pause => "pause",
        }
    }

    /// The one of this name, as [`Setting::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.key() == key)
    }
}

/// Where somebody is asked about their meetings and reminded of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// In the pair's private place.
    #[default]
    Channel,
    /// Directly.
    Direct,
}

impl Reach {
    /// Both, in the order people are offered them.
    pub const ALL: [Self; 2] = [Self::Channel, Self::Direct];

    /// The stable name under which stores and catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Channel => "channel",
        }
    }

    /// The one of this name, as [`Reach::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reach| reach.key() == key)
    }
}

/// One person's own settings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// The language they chose.
    pub lang: Option<Lang>,
    /// The time zone they chose.
    pub zone: Option<Tz>,
    /// The hours of their day in which they may be written to.
    pub hours: Option<CivilHours>,
    /// Where they are asked about their meetings and reminded of them.
    pub reach: Reach,
    /// Until when nothing is asked of them; it ends by itself.
    pub snoozed_until: Option<DateTime<Utc>>,
}

impl Preferences {
    /// Until when the person is not to be asked anything, if that is still to come.
    #[must_use]
    pub fn snoozed_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.snoozed_until.filter(|until| *until > now)
    }
}

/// The hours between two times of day as people write them: `9 am` and `6 pm`, `9` and `18:00`, `noon`. Hours over
/// midnight are not taken: quiet is what lies between them, and a day begins in the morning.
///
/// # Errors
/// [`Refusal::NotATime`] for what is no time of day, [`Refusal::HoursOrder`] when the end does not come at least an hour
/// after the beginning.
pub fn read_hours(from: &str, to: &str) -> Result<CivilHours, Refusal> {
    let (from, _) = time_of_day(from).ok_or(Refusal::NotATime)?;
    let (mut to, bare) = time_of_day(to).ok_or(Refusal::NotATime)?;
    if bare && to <= from && to < NOON {
        // From 9 to 6 is until the evening.
        to += TimeDelta::hours(12);
    }
    if to == NaiveTime::MIN {
        to = LAST_MINUTE;
    }
    hours(from, to)
}

/// A time of day as people write it: `11:59 pm`, `9`, `23:59`, `noon`.
///
/// # Errors
/// [`Refusal::NotATime`] for what is none.
pub fn read_time(text: &str) -> Result<NaiveTime, Refusal> {
    time_of_day(text).map(|(time, _)| time).ok_or(Refusal::NotATime)
}

/// The hours between two times of day.
///
/// # Errors
/// [`Refusal::HoursOrder`] when the end does not come at least an hour after the beginning.
pub fn hours(from: NaiveTime, to: NaiveTime) -> Result<CivilHours, Refusal> {
    if to - from < HOURS_MIN {
        return Err(Refusal::HoursOrder);
    }
    Ok(CivilHours { from, to })
}

const NOON: NaiveTime = NaiveTime::from_hms_opt(12, 0, 0).expect("noon is a time of day");
const LAST_MINUTE: NaiveTime = NaiveTime::from_hms_opt(23, 59, 0).expect("a minute to midnight is a time of day");

/// A time of day, and whether it leaves open which half of the day is meant.
fn time_of_day(text: &str) -> Option<(NaiveTime, bool)> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect::<String>().to_lowercase();
    match text.as_str() {
        "noon" | "midday" | "mediodía" | "mediodia" => return Some((NOON, false)),
        "midnight" | "medianoche" => return Some((NaiveTime::MIN, false)),
        _ => {}
    }
    let text = text.trim_end_matches('h');
    let (digits, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (text, None),
    };
    let (hour, minute) = digits.split_once(':').unwrap_or((digits, "00"));
    let number = |digits: &str, most: usize| {
        let whole = !digits.is_empty() && digits.len() <= most && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|_| whole)
    };
    let (hour, minute) = (number(hour, 2)?, number(minute, 2).filter(|_| minute.len() == 2)?);
    let bare = half.is_none() && hour <= 12;
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        // 24:00 is midnight.
        None if hour == 24 && minute == 0 => 0,
        None => hour,
    };
    Some((NaiveTime::from_hms_opt(hour, minute, 0)?, bare))
}

/// The instant at which a pause until this day ends: when the day begins where the person lives. `latest` is when there
/// is nothing to be asked any more.
///
/// # Errors
/// [`Refusal::PausePast`] when that is no time from now, [`Refusal::PauseBeyond`] when it is after `latest`.
pub fn pause_until(
    day: NaiveDate,
    zone: Tz,
    now: DateTime<Utc>,
    latest: DateTime<Utc>,
) -> Result<DateTime<Utc>, Refusal> {
    let until = LocalTime::from(day).first_instant(zone);
    if until <= now {
        return Err(Refusal::PausePast);
    }
    if until > latest {
        return Err(Refusal::PauseBeyond { latest });
    }
    Ok(until)
}

/// The instant at which a pause of so many days ends: it begins now, and ends when that day begins where the person
/// lives, or at `latest`, whichever comes first.
///
/// # Errors
/// [`Refusal::PausePast`] when there is nothing left to pause.
pub fn pause_for(days: u16, zone: Tz, now: DateTime<Utc>, latest: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
    let day = now.with_timezone(&zone).date_naive() + TimeDelta::days(i64::from(days));
    pause_until(day.min(latest.with_timezone(&zone).date_naive()), zone, now, latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("the test writes an instant")
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (from, to, expected) in [
            ("9", "18", "09:00-18:00"),
            ("9", "6", "09:00-18:00"),
            ("9 am", "6 PM", "09:00-18:00"),
            ("9:30 a.m.", "5:15 p.m.", "09:30-17:15"),
            ("noon", "20:00", "12:00-20:00"),
            ("8h", "17h", "08:00-17:00"),
            ("12 am", "12 pm", "00:00-12:00"),
            ("17:00", "midnight", "17:00-23:59"),
            ("17:00", "24:00", "17:00-23:59"),
        ] {
            let hours = read_hours(from, to).unwrap_or_else(|refusal| panic!("{from} {to}: {refusal}"));
            assert_eq!(format!("{}-{}", hours.from.format("%H:%M"), hours.to.format("%H:%M")), expected);
        }
    }

    #[test]
    fn hours_that_leave_no_room_or_are_none_are_refused() {
        for (from, to) in [("18", "9 am"), ("10 pm", "6 am"), ("9", "9:30"), ("9 pm", "9 pm")] {
            assert_eq!(read_hours(from, to), Err(Refusal::HoursOrder), "{from} {to}");
        }
        for text in ["", "soon", "25", "9:5", "13 pm", "0 am", "-9", "9:60", "١٢", "9999999999999999999"] {
            assert_eq!(read_hours(text, "18"), Err(Refusal::NotATime), "{text}");
            assert_eq!(read_hours("9", text), Err(Refusal::NotATime), "{text}");
        }
    }

    #[test]
    fn a_pause_ends_when_its_day_begins_where_the_person_lives() {
        let (now, end) = (at("2025-03-05T20:00:00Z"), at("2025-07-01T07:00:00Z"));
        let zone = Tz::America__Los_Angeles;
        let day = |text: &str| text.parse().expect("a date");
        // The clocks go forward on March 9.
        assert_eq!(pause_until(day("2025-03-12"), zone, now, end), Ok(at("2025-03-12T07:00:00Z")));
        assert_eq!(pause_until(day("2025-03-06"), zone, now, end), Ok(at("2025-03-06T08:00:00Z")));
        assert_eq!(pause_until(day("2025-03-05"), zone, now, end), Err(Refusal::PausePast));
        assert_eq!(pause_until(day("2024-03-05"), zone, now, end), Err(Refusal::PausePast));
        assert_eq!(pause_until(day("2025-07-01"), zone, now, end), Ok(end));
        assert_eq!(pause_until(day("2025-07-02"), zone, now, end), Err(Refusal::PauseBeyond { latest: end }));
        assert_eq!(pause_for(7, zone, now, end), Ok(at("2025-03-12T07:00:00Z")));
        assert_eq!(pause_for(365, zone, now, end), Ok(end));
        assert_eq!(pause_for(7, zone, end, end), Err(Refusal::PausePast));
    }
}
