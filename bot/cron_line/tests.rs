//! Cron lines: what is read, what is refused, and what happens when the clocks change.

use chrono::{Datelike, NaiveDate, Timelike, Weekday};
use proptest::prelude::*;

use super::*;

const LOS_ANGELES: Tz = chrono_tz::America::Los_Angeles;

fn line(text: &str) -> CronLine {
    CronLine::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

fn utc(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// All instants of a line after `from` and not after `to`, as `2025-03-09 10:00:00`.
fn firings(text: &str, zone: Tz, from: &str, to: &str) -> Vec<String> {
    let (line, to) = (line(text), utc(to));
    std::iter::successors(line.next_after(utc(from), zone), |at| line.next_after(*at, zone))
        .take_while(|at| *at <= to)
        .map(|at| at.format("%F %T").to_string())
        .collect()
}

fn days(text: &str) -> Vec<Weekday> {
    let line = line(text);
    let start = utc("2025-06-01T00:00:00Z"); // a Sunday
    std::iter::successors(line.next_after(start, Tz::UTC), |at| line.next_after(*at, Tz::UTC))
        .take_while(|at| *at <= start + TimeDelta::days(7))
        .map(|at| at.weekday())
        .collect()
}

#[test]
fn five_fields_fire_on_the_minute_and_six_on_the_second() {
    let (from, to) = ("2025-03-01T00:00:00Z", "2025-05-31T00:00:00Z");
    let monthly = firings("0 10 1 * *", LOS_ANGELES, from, to);
    assert_eq!(monthly, ["2025-03-01 18:00:00", "2025-04-01 17:00:00", "2025-05-01 17:00:00"]);
    assert_eq!(firings("0 0 10 1 * *", LOS_ANGELES, from, to), monthly);
    assert_eq!(firings("30 59 23 31 mar *", Tz::UTC, from, to), ["2025-03-31 23:59:30"]);
}

#[test]
fn weekdays_count_from_sunday_and_may_be_named() {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    assert_eq!(days("0 9 * * 0"), [Sun]);
    assert_eq!(days("0 9 * * 7"), [Sun]);
    assert_eq!(days("0 9 * * 1"), [Mon]);
    assert_eq!(days("0 9 * * 1-5"), [Mon, Tue, Wed, Thu, Fri]);
    assert_eq!(days("0 9 * * MON-Fri"), [Mon, Tue, Wed, Thu, Fri]);
    assert_eq!(days("0 9 * * 5-7"), [Sun, Fri, Sat]);
    assert_eq!(days("0 9 * * fri-mon"), [Sun, Mon, Fri, Sat]);
    assert_eq!(days("0 9 * * Tuesday,6"), [Tue, Sat]);
    assert_eq!(days("0 9 * * */3"), [Sun, Wed, Sat]);
    assert_eq!(days("0 9 * * 1-5/2"), [Mon, Wed, Fri]);
    assert_eq!(days("0 9 * * 0-7"), days("0 9 * * *"));
}

#[test]
fn day_of_month_and_weekday_must_both_fit() {
    let first_mondays = firings("0 10 1-7 * MON", Tz::UTC, "2025-03-01T00:00:00Z", "2025-05-31T00:00:00Z");
    assert_eq!(first_mondays, ["2025-03-03 10:00:00", "2025-04-07 10:00:00", "2025-05-05 10:00:00"]);
}

#[test]
fn a_time_that_the_clocks_jump_over_fires_at_the_jump() {
    // At 2:00 on 9 March 2025 clocks in Los Angeles went to 3:00 = 10:00 UTC.
    let around = ("2025-03-08T12:00:00Z", "2025-03-10T12:00:00Z");
    let nightly = firings("30 2 * * *", LOS_ANGELES, around.0, around.1);
    assert_eq!(nightly, ["2025-03-09 10:00:00", "2025-03-10 09:30:00"]);
    let line = line("30 2 * * *");
    let fired = utc("2025-03-09T10:00:00Z");
    assert_eq!(line.last_at_or_before(fired, LOS_ANGELES), Some(fired));
    assert_eq!(line.last_at_or_before(fired - TimeDelta::seconds(1), LOS_ANGELES), Some(utc("2025-03-08T10:30:00Z")));
    // Several times within the gap are one moment, and one firing.
    let quarterly = firings("*/15 2 9 3 *", LOS_ANGELES, around.0, around.1);
    assert_eq!(quarterly, ["2025-03-09 10:00:00"]);
}

#[test]
fn a_time_that_comes_twice_fires_once() {
    // At 2:00 on 2 November 2025 clocks in Los Angeles went back to 1:00: 1:30 was 8:30 and 9:30 UTC.
    let nightly = firings("30 1 * * *", LOS_ANGELES, "2025-11-01T12:00:00Z", "2025-11-03T12:00:00Z");
    assert_eq!(nightly, ["2025-11-02 08:30:00", "2025-11-03 09:30:00"]);
    // 1:10 in the second pass: 1:30 on the clock has been already.
    let second_pass = utc("2025-11-02T09:10:00Z");
    assert_eq!(line("30 1 * * *").last_at_or_before(second_pass, LOS_ANGELES), Some(utc("2025-11-02T08:30:00Z")));
}

#[test]
fn a_day_that_a_zone_skipped_is_made_good() {
    // Samoa had no 30 December 2011: what was due on it fires as the 31st begins, 10:00 UTC.
    let noon = firings("0 12 30 12 *", chrono_tz::Pacific::Apia, "2011-12-01T00:00:00Z", "2012-01-31T00:00:00Z");
    assert_eq!(noon, ["2011-12-30 10:00:00"]);
}

#[test]
fn what_cannot_be_read_is_named() {
    assert_eq!(CronLine::parse(""), Err(CronFault::FieldCount(0)));
    assert_eq!(CronLine::parse("@monthly"), Err(CronFault::FieldCount(1)));
    assert_eq!(CronLine::parse("0 0 10 1 * * 2025"), Err(CronFault::FieldCount(7)));
    for (text, field, given) in [
        ("60 10 1 * *", "minute", "60"),
        ("0 25 1 * *", "hour", "25"),
        ("0 10 0 * *", "day of month", "0"),
        ("0 10 L * *", "day of month", "L"),
        ("0 10 1 13 *", "month", "13"),
        ("0 10 * * 8", "weekday", "8"),
        ("0 10 * * MON#1", "weekday", "MON#1"),
        ("0 10 * * 1/0", "weekday", "1/0"),
        ("0 10 * * ,", "weekday", ","),
        ("0 10 1, * *", "day of month", "1,"),
        ("x 10 1 * *", "minute", "X"),
        ("*/0 10 1 * *", "minute", "*/0"),
    ] {
        assert_eq!(CronLine::parse(text), Err(CronFault::Field { field, given: given.to_owned() }), "{text}");
    }
    assert_eq!(CronLine::parse("0 10 30 FEB *"), Err(CronFault::Never));
}

fn any_zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![
        LOS_ANGELES,
        Tz::UTC,
        chrono_tz::Europe::Berlin,
        chrono_tz::Australia::Lord_Howe, // changes by half an hour
        chrono_tz::America::St_Johns,
        chrono_tz::Asia::Kathmandu,
        chrono_tz::America::Sao_Paulo, // used to change at midnight
        chrono_tz::Africa::Casablanca,
    ])
}

fn any_line() -> impl Strategy<Value = String> {
    let minute = prop_oneof![(0..60u32).prop_map(|m| m.to_string()), Just("*/20".to_owned()), Just("*".to_owned())];
    let hour = prop_oneof![(0..24u32).prop_map(|h| h.to_string()), Just("*".to_owned()), Just("0-4".to_owned())];
    let day = prop_oneof![(1..=28u32).prop_map(|d| d.to_string()), Just("*".to_owned())];
    let weekday = prop_oneof![(0..=7u32).prop_map(|d| d.to_string()), Just("*".to_owned()), Just("5-7".to_owned())];
    (minute, hour, day, weekday).prop_map(|(m, h, d, w)| format!("{m} {h} {d} * {w}"))
}

/// An instant of the years 2010 to 2035.
fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    (1_262_304_000_i64..2_051_222_400).prop_map(|second| DateTime::from_timestamp(second, 0).expect("in range"))
}

proptest! {
    #[test]
    fn next_and_last_are_two_sides_of_one_thing(text in any_line(), zone in any_zone(), at in any_instant()) {
        let line = line(&text);
        let next = line.next_after(at, zone).expect("the calendar goes on to 2100");
        prop_assert!(next > at);
        prop_assert_eq!(line.last_at_or_before(next, zone), Some(next));
        let before = line.last_at_or_before(next - TimeDelta::nanoseconds(1), zone).expect("it fired before");
        prop_assert!(before <= at, "{} fires between {} and {}", text, at, next);
        prop_assert_eq!(line.next_after(before, zone), Some(next));
    }

    #[test]
    fn a_daily_line_fires_once_for_each_day_whatever_the_clocks_do(
        hour in 0..24u32, minute in 0..60u32, zone in any_zone(), year in 2012..2030i32,
    ) {
        let line = line(&format!("{minute} {hour} * * *"));
        let first = NaiveDate::from_ymd_opt(year, 1, 2).expect("a date");
        let start = first_instant(first.and_time(chrono::NaiveTime::MIN), zone) - TimeDelta::nanoseconds(1);
        let fired: Vec<_> = std::iter::successors(line.next_after(start, zone), |at| line.next_after(*at, zone))
            .take(360)
            .map(|at| at.with_timezone(&zone))
            .collect();
        for (day, at) in first.iter_days().zip(&fired) {
            let wanted = day.and_hms_opt(hour, minute, 0).expect("a time");
            let exists = zone.from_local_datetime(&wanted).earliest();
            prop_assert!(exists.is_none_or(|instant| instant == *at), "{} fired at {}", wanted, at);
            if exists.is_none() {
                prop_assert!(at.naive_local() > wanted, "{} fired at {}", wanted, at);
                prop_assert!(at.naive_local() <= wanted + TimeDelta::hours(1), "{} fired at {}", wanted, at);
                prop_assert_eq!(at.second(), 0);
            }
        }
    }
}
