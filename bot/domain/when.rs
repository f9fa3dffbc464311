//! Reads a date and a time of day as people write them, in English and in Spanish: "next tue 2pm", "3/14 14:00",
//! "el martes próximo a las 14h".
//!
//! It never guesses where a person would ask back: what can be meant in two ways comes back as candidates, and what
//! lacks a day or an hour says so. A default is taken only where nobody would doubt: "2" is two in the afternoon. Any
//! text is answered; none is taken for something it does not say, so a word it does not know ends the reading.

mod found;
mod tokens;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use found::{Clock, Day, Found, Half};

use crate::text::Lang;

/// Longest text that is read, in characters: the longest way to write a moment, twice.
pub const WHEN_MAX: usize = 100;

/// Most candidates that one text can have.
pub const CANDIDATES_MAX: usize = 4;

/// Between these two a meeting is usual, so that an hour without its half of the day is read as the one in between.
const USUAL: (NaiveTime, NaiveTime) = match (NaiveTime::from_hms_opt(7, 0, 0), NaiveTime::from_hms_opt(21, 0, 0)) {
    (Some(from), Some(to)) => (from, to),
    _ => panic!("seven and nine are hours"),
};

/// Which way a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Towards {
    /// Something that is to come.
    Future,
    /// Something that has been.
    Past,
}

/// Whose text it is, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The moment at which it was written.
    pub now: DateTime<Utc>,
    /// The zone of the person's clock.
    pub zone: Tz,
    /// Their language: it decides whether 3/4 is beyond doubt.
    pub lang: Lang,
    /// Which way they look.
    pub towards: Towards,
}

/// What a text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// One moment, beyond doubt.
    Understood(DateTime<Utc>),
    /// One of these, from two to four, earliest first.
    Ambiguous(Vec<DateTime<Utc>>),
    /// Something is missing.
    Incomplete(Missing),
    /// It cannot be a moment.
    Never(Never),
}

/// What a text lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The time of day.
    Time,
    /// The day.
    Date,
}

/// Why a text is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Never {
    /// It cannot be read.
    Unreadable,
    /// There is no such day, as 30 February.
    NoSuchDay,
    /// There is no such time of day, as 25:00.
    NoSuchTime,
    /// The clocks jump over it.
    Skipped,
    /// The day is not the weekday it is said to be.
    WeekdayDiffers(NaiveDate),
    /// It is over, where something to come is asked for.
    Past,
    /// It is to come, where something that has been is asked for.
    Future,
}

/// Reads a text.
#[must_use]
pub fn read(text: &str, asked: &Asked) -> Reading {
    let text = text.trim();
    if text.chars().count() > WHEN_MAX {
        return Reading::Never(Never::Unreadable);
    }
    if let Ok(exact) = DateTime::parse_from_rfc3339(&text.replacen(' ', "T", 1)) {
        return in_time(vec![exact.to_utc()], asked);
    }
    match Found::in_text(text, asked.lang) {
        Ok(found) => settle(&found, asked),
        Err(never) => Reading::Never(never),
    }
}

/// Reads a day without a time, as the day of its noon.
///
/// # Errors
/// Why it is no such day; [`Never::Unreadable`] also where it can be meant in two ways, or is not whole.
pub fn read_day(text: &str, asked: &Asked) -> Result<NaiveDate, Never> {
    match read(&format!("{text} 12:00"), asked) {
        Reading::Understood(noon) => Ok(noon.with_timezone(&asked.zone).date_naive()),
        Reading::Never(never) => Err(never),
        Reading::Ambiguous(_) | Reading::Incomplete(_) => Err(Never::Unreadable),
    }
}

/// A moment as this module reads it back in that zone: for a form that shows what is set.
#[must_use]
pub fn written(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}

fn settle(found: &Found, asked: &Asked) -> Reading {
    match (found.points, asked.towards) {
        (Some(Towards::Past), Towards::Future) => return Reading::Never(Never::Past),
        (Some(Towards::Future), Towards::Past) => return Reading::Never(Never::Future),
        _ => {}
    }
    if let Some(shift) = found.shift {
        let minute = TimeDelta::seconds(asked.now.timestamp().rem_euclid(60));
        return match asked.now.checked_add_signed(shift - minute) {
            Some(at) if found.day.is_none() && found.clock.is_none() => in_time(vec![at], asked),
            _ => Reading::Never(Never::Unreadable),
        };
    }
    let today = asked.now.with_timezone(&asked.zone).date_naive();
    let days = match days(found, today, asked.towards) {
        Ok(days) => days,
        Err(reading) => return reading,
    };
    let Some(clock) = found.clock else {
        return Reading::Incomplete(if days.is_empty() { Missing::Date } else { Missing::Time });
    };
    let times = match times(clock, found.half) {
        Some(times) => times,
        None => return Reading::Never(Never::NoSuchTime),
    };
    if days.is_empty() {
        return Reading::Incomplete(Missing::Date);
    }
    // Midnight is where two days meet: which of the two is meant, nobody can tell.
    let after = |day: &NaiveDate| day.checked_add_days(Days::new(1)).filter(|_| clock.midnight);
    let days = days.iter().flat_map(|day| [Some(*day), after(day)]).flatten();
    let locals =
        days.flat_map(|day| times.iter().map(move |time| asked.zone.from_local_datetime(&day.and_time(*time))));
    let mut moments: Vec<DateTime<Tz>> =
        locals.flat_map(|local| [local.earliest(), local.latest()]).flatten().collect();
    if moments.is_empty() {
        return Reading::Never(Never::Skipped);
    }
    if let Some(word) = &found.zone {
        moments.retain(|at| names_zone(word, &at.format("%Z").to_string()));
        if moments.is_empty() {
            return Reading::Never(Never::Unreadable);
        }
    }
    in_time(moments.into_iter().map(|at| at.to_utc()).collect(), asked)
}

/// Whether a word is the zone's short name, as PST, or the same all year round, as PT.
fn names_zone(word: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    let all_year = name.len() == 3 && [&name[..1], &name[2..]].concat() == word;
    name == word || all_year
}

/// Those of the moments that lie on the side that is asked for.
fn in_time(mut moments: Vec<DateTime<Utc>>, asked: &Asked) -> Reading {
    moments.retain(|at| (*at > asked.now) == (asked.towards == Towards::Future));
    moments.sort_unstable();
    moments.dedup();
    moments.truncate(CANDIDATES_MAX);
    match moments.as_slice() {
        [] if asked.towards == Towards::Future => Reading::Never(Never::Past),
        [] => Reading::Never(Never::Future),
        [at] => Reading::Understood(*at),
        _ => Reading::Ambiguous(moments),
    }
}

/// The times of day that are meant; nothing if there is no such time.
fn times(clock: Clock, half: Option<Half>) -> Option<Vec<NaiveTime>> {
    let Clock { hour, minute, exact, .. } = clock;
    let time = |hour| NaiveTime::from_hms_opt(hour, minute, 0);
    Some(match (half, hour) {
        (_, 24..) => return None,
        (Some(Half::Morning), 13..) | (Some(Half::Afternoon), 0) | (Some(Half::Night), 0 | 12) => return None,
        (Some(Half::Morning), 12) => vec![time(0)?],
        (Some(Half::Morning), _) => vec![time(hour)?],
        // One at night is early; nine at night is late.
        (Some(Half::Night), 1..=5) => vec![time(hour)?],
        (Some(Half::Afternoon), 12) => vec![time(12)?],
        (Some(Half::Afternoon | Half::Night), 1..=11) => vec![time(hour + 12)?],
        (None, 1..=12) if !exact => {
            let both = [time(hour % 12)?, time(hour % 12 + 12)?];
            let usual: Vec<_> = both.into_iter().filter(|time| USUAL.0 <= *time && *time <= USUAL.1).collect();
            if usual.is_empty() { both.to_vec() } else { usual }
        }
        _ => vec![time(hour)?],
    })
}

/// The days that are meant, none where no day is said.
fn days(found: &Found, today: NaiveDate, towards: Towards) -> Result<Vec<NaiveDate>, Reading> {
    let never = |why| Reading::Never(why);
    let Some(day) = &found.day else {
        // "fri 10" where that Friday is the 10th says the day twice, and no hour.
        let days = found.weekday.map_or_else(Vec::new, |weekday| weekdays(weekday, found, today, towards));
        let twice = |clock: Clock| clock.bare && days.iter().any(|day| day.day() == clock.hour);
        return match found.clock {
            Some(clock) if twice(clock) => Err(Reading::Incomplete(Missing::Time)),
            _ => Ok(days),
        };
    };
    let all = match day {
        Day::Offset(days) => today.checked_add_signed(TimeDelta::days(*days)).into_iter().collect(),
        Day::Full(readings) => {
            readings.iter().filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(*year, *month, *day)).collect()
        }
        Day::Yearly(readings) => {
            readings.iter().filter_map(|(month, day)| nearest(*month, *day, today, towards)).collect()
        }
        Day::OfMonth(day) => of_month(*day, found.weekday, today, towards),
    };
    let all: Vec<NaiveDate> = all;
    let Some(first) = all.first() else { return Err(never(Never::NoSuchDay)) };
    match found.weekday {
        None => Ok(all),
        Some(weekday) => {
            let fit: Vec<_> = all.iter().copied().filter(|day| day.weekday() == weekday).collect();
            if fit.is_empty() { Err(never(Never::WeekdayDiffers(*first))) } else { Ok(fit) }
        }
    }
}

/// The next such day of a year, or the latest one.
fn nearest(month: u32, day: u32, today: NaiveDate, towards: Towards) -> Option<NaiveDate> {
    let this = NaiveDate::from_ymd_opt(today.year(), month, day);
    let (over, other) = match towards {
        Towards::Future => (this.is_none_or(|date| date < today), today.year() + 1),
        Towards::Past => (this.is_none_or(|date| date > today), today.year() - 1),
    };
    if over { NaiveDate::from_ymd_opt(other, month, day) } else { this }
}

/// The next such day of a month, or the latest one; on that weekday, if one is said and comes soon.
fn of_month(day: u32, weekday: Option<Weekday>, today: NaiveDate, towards: Towards) -> Vec<NaiveDate> {
    let step = match towards {
        Towards::Future => 1,
        Towards::Past => -1,
    };
    let month = |ahead: i32| {
        let months = today.year() * 12 + today.month0() as i32 + ahead * step;
        NaiveDate::from_ymd_opt(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, day)
    };
    let on_this_side = |date: &NaiveDate| if step > 0 { *date >= today } else { *date <= today };
    let near: Vec<_> = (0..4).filter_map(month).filter(on_this_side).collect();
    let fit = near.iter().find(|date| weekday.is_none_or(|weekday| date.weekday() == weekday));
    fit.or(near.first()).copied().into_iter().collect()
}

/// The days that a weekday can mean.
fn weekdays(weekday: Weekday, found: &Found, today: NaiveDate, towards: Towards) -> Vec<NaiveDate> {
    let from = i64::from(today.weekday().num_days_from_monday());
    let to = i64::from(weekday.num_days_from_monday());
    if found.next_week {
        return today.checked_add_signed(TimeDelta::days(7 - from + to)).into_iter().collect();
    }
    let (ahead, sign) = match towards {
        Towards::Future => ((to - from).rem_euclid(7), 1),
        Towards::Past => ((from - to).rem_euclid(7), -1),
    };
    let there = today.checked_add_signed(TimeDelta::days(ahead * sign)).unwrap_or(today);
    // Weeks begin on a Monday for some and on a Sunday for others.
    let same_week = |first: fn(NaiveDate) -> NaiveDate| first(there) == first(today);
    let same =
        same_week(|day| day.week(Weekday::Mon).first_day()) || same_week(|day| day.week(Weekday::Sun).first_day());
    let offsets: &[i64] = match (ahead, found.next, same) {
        (0, true, _) => &[7],
        (0, false, _) => &[0, 7],
        (_, true, true) => &[ahead, ahead + 7],
        _ => &[ahead],
    };
    offsets.iter().filter_map(|days| today.checked_add_signed(TimeDelta::days(days * sign))).collect()
}

#[cfg(test)]
mod tests;
