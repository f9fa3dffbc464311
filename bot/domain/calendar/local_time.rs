//! A date, or a date with a time of day, as somebody wrote it, without a zone of its own.
//!
//! It reads `2025-02-17`, `2025-02-17 23:59` and the same as TOML's bare dates; it knows no shorter or
//! friendlier form, because a deadline must not be guessed.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::refusal::Refusal;

/// How far a skipped local time can lie before the first time that exists again, in minutes: the largest
/// jump on record skipped one whole day (Samoa, 2011); the rest is room.
const LONGEST_GAP_MINUTES: i64 = 26 * 60;

/// A local date or minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalTime {
    /// A whole day.
    Day(NaiveDate),
    /// A minute of a day; its seconds are zero.
    Minute(NaiveDateTime),
}

impl LocalTime {
    /// The day it falls on.
    #[must_use]
    pub const fn date(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Minute(minute) => minute.date(),
        }
    }

    /// The same day or minute so many years later; a leap day is the last of February where there is none.
    pub(super) fn later_by(self, years: u32) -> Self {
        let months = Months::new(years.saturating_mul(12));
        match self {
            Self::Day(day) => Self::Day(day.checked_add_months(months).unwrap_or(day)),
            Self::Minute(minute) => Self::Minute(minute.checked_add_months(months).unwrap_or(minute)),
        }
    }

    /// The instant from which it is this day or minute in the zone.
    #[must_use]
    pub fn first_instant(self, zone: Tz) -> DateTime<Utc> {
        let local = match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN),
            Self::Minute(minute) => minute,
        };
        zone.from_local_datetime(&local).earliest().map_or_else(|| end_of_gap(local, zone), |at| at.to_utc())
    }

    /// The first instant after this day or minute in the zone: through 23:59 means until this.
    #[must_use]
    pub fn instant_after(self, zone: Tz) -> DateTime<Utc> {
        let second = TimeDelta::seconds(1);
        let last = match self {
            Self::Day(day) => day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN) - second,
            Self::Minute(minute) => minute + TimeDelta::minutes(1) - second,
        };
        zone.from_local_datetime(&last).latest().map_or_else(|| end_of_gap(last, zone), |at| at.to_utc() + second)
    }
}

/// The instant at which the clocks jumped over this local time.
fn end_of_gap(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let minute = local - TimeDelta::seconds(i64::from(local.second()));
    (1..=LONGEST_GAP_MINUTES)
        .find_map(|minutes| zone.from_local_datetime(&(minute + TimeDelta::minutes(minutes))).earliest())
        .map_or_else(|| zone.from_utc_datetime(&local).to_utc(), |at| at.to_utc())
}

impl From<NaiveDate> for LocalTime {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<NaiveDateTime> for LocalTime {
    /// Seconds are dropped: dates of a season are whole minutes.
    fn from(time: NaiveDateTime) -> Self {
        Self::Minute(time.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(time))
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.format("%Y-%m-%d").fmt(f),
            Self::Minute(minute) => minute.format("%Y-%m-%d %H:%M").fmt(f),
        }
    }
}

impl FromStr for LocalTime {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Ok(Self::Day(day));
        }
        ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
            .into_iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
            .filter(|time| time.second() == 0)
            .map(Self::Minute)
            .ok_or(Refusal::NotADate)
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocalTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LocalTimeVisitor)
    }
}

struct LocalTimeVisitor;

impl<'de> de::Visitor<'de> for LocalTimeVisitor {
    type Value = LocalTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as \"2025-02-17\" or \"2025-02-17 23:59\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<LocalTime, E> {
        text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }

    /// A bare TOML date arrives as a map of one entry, whose value is the date as text. Coordinators who
    /// leave the quotation marks away are understood.
    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<LocalTime, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((_, text)) => self.visit_str(&text),
            None => Err(de::Error::invalid_length(0, &self)),
        }
    }
}
