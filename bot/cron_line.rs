//! A cron line as people write it, and the instants at which it fires in a time zone.
//!
//! It reads the usual five fields (minute, hour, day of month, month, weekday), or six with the second
//! first. Weekdays count from Sunday as 0 or 7. A day fires when day of month **and** weekday fit, so that
//! `0 10 1-7 * MON` is the first Monday of each month. When the clocks jump over a local time, the line
//! fires at the moment of the jump; when they repeat an hour, it fires in the first of the two.
//!
//! It starts nothing and remembers nothing, and it refuses what it would otherwise have to guess:
//! shorthands such as `@monthly`, years, `L`, `W` and `#`.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use cron::Schedule;
use plsep_domain::LocalTime;

/// The fields of a line with seconds, as messages call them, in order.
const FIELDS: [&str; 6] = ["second", "minute", "hour", "day of month", "month", "weekday"];

/// Where the weekday stands among [`FIELDS`].
const WEEKDAY: usize = 5;

/// Weekdays by their number in a line, as the parser below reads them without doubt.
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// The most that clocks were ever put back at once, with room: a day, when a zone changed sides of the date line.
const LONGEST_OVERLAP_HOURS: i64 = 26;

/// A line that fires at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CronLine {
    /// As written.
    written: String,
    /// Of local times, which the schedule takes for UTC: gaps and overlaps are no business of its.
    local: Schedule,
}

/// Why a text is not a cron line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CronFault {
    /// Neither five fields nor six.
    #[error(
        "a cron line has five fields (minute, hour, day of month, month, weekday), or six with the second first; \
         this one has {0}. \"0 10 1 * *\" means at 10:00 on the first day of each month"
    )]
    FieldCount(usize),
    /// A field that cannot be read.
    #[error(
        "\"{given}\" is not a {field}: a field is \"*\", a number, a range such as 1-5, a list such as 1,15, or any \
         of these with a step such as */2; months and weekdays may be names such as MAR or MON"
    )]
    Field {
        /// Which field.
        field: &'static str,
        /// What was written.
        given: String,
    },
    /// A line such as the 30th of February.
    #[error("this line never fires: no date fits its day of month and its month; mend one of the two")]
    Never,
}

impl CronLine {
    /// Reads a line.
    ///
    /// # Errors
    /// [`CronFault`] says what cannot be read and how it is written.
    pub fn parse(text: &str) -> Result<Self, CronFault> {
        let mut fields: Vec<String> = text.split_whitespace().map(str::to_uppercase).collect();
        let count = fields.len();
        if count == FIELDS.len() - 1 {
            fields.insert(0, "0".to_owned());
        }
        if fields.len() != FIELDS.len() {
            return Err(CronFault::FieldCount(count));
        }
        for (position, field) in FIELDS.into_iter().enumerate() {
            let fault = || CronFault::Field { field, given: fields[position].clone() };
            let normal = if position == WEEKDAY {
                weekdays(&fields[position]).ok_or_else(fault)?
            } else {
                fields[position].clone()
            };
            let mut alone = ["*"; FIELDS.len()];
            alone[position] = &normal;
            Schedule::from_str(&alone.join(" ")).map_err(|_| fault())?;
            fields[position] = normal;
        }
        let local = Schedule::from_str(&fields.join(" "))
            .map_err(|_| CronFault::Field { field: "cron line", given: text.trim().to_owned() })?;
        if local.after(&DateTime::UNIX_EPOCH).next().is_none() {
            return Err(CronFault::Never);
        }
        Ok(Self { written: text.trim().to_owned(), local })
    }

    /// The latest instant not after `now` at which the line fired in `zone`; none before 1970.
    #[must_use]
    pub fn last_at_or_before(&self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let local = as_if_utc(now, zone);
        // In the second pass through a repeated hour, what fired last may stand later on the clock than now.
        let repeated = first_instant(local.naive_utc(), zone) < now;
        let ahead = if repeated { TimeDelta::hours(LONGEST_OVERLAP_HOURS) } else { TimeDelta::seconds(1) };
        let from = local + ahead;
        self.local.after(&from).rev().map(|local| first_instant(local.naive_utc(), zone)).find(|fired| *fired <= now)
    }

    /// The first instant after `after` at which the line fires in `zone`; none after the year 2100.
    #[must_use]
    pub fn next_after(&self, after: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let from = as_if_utc(after, zone);
        self.local.after(&from).map(|local| first_instant(local.naive_utc(), zone)).find(|fires| *fires > after)
    }
}

impl fmt::Display for CronLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// The clock on the wall, in the form that the schedule takes.
fn as_if_utc(instant: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    instant.with_timezone(&zone).naive_local().and_utc()
}

/// The first instant of a local second, or the moment at which the clocks jumped over it.
fn first_instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&local).earliest() {
        Some(instant) => instant.to_utc(),
        None => LocalTime::from(local).first_instant(zone),
    }
}

/// A weekday field with every day by its name, whichever way it was written.
fn weekdays(field: &str) -> Option<String> {
    if field == "*" || field == "?" {
        return Some("*".to_owned());
    }
    let mut chosen = [false; WEEKDAYS.len()];
    for item in field.split(',') {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, Some(step.parse::<usize>().ok().filter(|step| *step > 0)?)),
            None => (item, None),
        };
        let (from, to) = match (range, range.split_once('-')) {
            ("*", _) => (0, WEEKDAYS.len() - 1),
            (_, Some((from, to))) => (weekday(from)?, weekday(to)?),
            (from, None) if step.is_some() => (weekday(from)?, WEEKDAYS.len() - 1),
            (day, None) => (weekday(day)?, weekday(day)?),
        };
        // FRI-MON goes on over the week's end.
        let to = if to < from { to + WEEKDAYS.len() } else { to };
        (from..=to).step_by(step.unwrap_or(1)).for_each(|day| chosen[day % WEEKDAYS.len()] = true);
    }
    let names: Vec<&str> = WEEKDAYS.into_iter().zip(chosen).filter_map(|(name, on)| on.then_some(name)).collect();
    Some(names.join(","))
}

/// A weekday's number, 0 to 7, from a number or a name, short or long.
fn weekday(text: &str) -> Option<usize> {
    match text.parse::<usize>() {
        Ok(number) => Some(number).filter(|number| *number <= WEEKDAYS.len()),
        Err(_) => text.parse::<chrono::Weekday>().ok().map(|day| day.num_days_from_sunday() as usize),
    }
}

#[cfg(test)]
mod tests;
