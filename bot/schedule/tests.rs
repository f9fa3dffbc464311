//! Due and not yet done, whatever the clock does.

use proptest::prelude::*;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("the test writes an instant")
}

/// Ten in the morning of each 20th in California, for a season that was set up in January.
fn monthly() -> Plan {
    Plan {
        when: When::Cron(Arc::new(CronLine::parse("0 10 20 * *").expect("a line"))),
        zone: chrono_tz::America::Los_Angeles,
        created_at: at("2025-01-25T00:00:00Z"),
        over_at: None,
    }
}

const FEBRUARY: &str = "2025-02-20T18:00:00Z";
const MARCH: &str = "2025-03-20T17:00:00Z";

fn after(runs: &[&str]) -> Runs {
    runs.iter().fold(Runs::default(), |runs, at_| runs.with(at(at_)).expect("a new run"))
}

#[test]
fn the_latest_missed_run_is_caught_up_and_no_earlier_one() {
    let plan = monthly();
    for (ran, now, due) in [
        (&[][..], "2025-02-20T17:59:59Z", None),
        (&[], FEBRUARY, Some(FEBRUARY)),
        (&[FEBRUARY], FEBRUARY, None),
        (&[FEBRUARY], "2025-03-20T18:00:00Z", Some(MARCH)),
        // Down for an hour, a day, a month and more.
        (&[FEBRUARY], "2025-03-21T17:00:00Z", Some(MARCH)),
        (&[FEBRUARY], "2025-04-20T16:59:59Z", Some(MARCH)),
        (&[FEBRUARY], "2025-05-01T00:00:00Z", Some("2025-04-20T17:00:00Z")),
        // Put back after the run: an hour, and a month.
        (&[FEBRUARY, MARCH], "2025-03-20T16:00:00Z", None),
        (&[FEBRUARY, MARCH], "2025-02-21T00:00:00Z", None),
        // Far ahead for a while, then set right.
        (&[FEBRUARY, "2030-01-20T18:00:00Z"], "2025-03-20T16:59:59Z", None),
        (&[FEBRUARY, "2030-01-20T18:00:00Z"], MARCH, Some(MARCH)),
        (&[FEBRUARY, "2030-01-20T18:00:00Z", MARCH], "2025-03-20T18:00:00Z", None),
        (&[FEBRUARY, "2030-01-20T18:00:00Z", MARCH], "2030-01-20T18:00:00Z", None),
    ] {
        assert_eq!(plan.due(after(ran), at(now)), due.map(at), "{ran:?} at {now}");
    }
}

#[test]
fn nothing_is_due_from_before_the_season_was_set_up() {
    let plan = monthly();
    assert_eq!(plan.due(Runs::default(), at("2025-01-26T00:00:00Z")), None);
    // Set up while the clock was years ahead: the season must not be silent for years.
    let early = Plan { created_at: at("2030-01-01T00:00:00Z"), ..plan };
    assert_eq!(early.due(Runs::default(), at(MARCH)), Some(at(MARCH)));
    assert_eq!(early.due(after(&[MARCH]), at("2025-03-21T00:00:00Z")), None);
}

#[test]
fn a_line_changed_while_due_neither_skips_nor_doubles() {
    let with = |line: &str| Plan { when: When::Cron(Arc::new(CronLine::parse(line).expect("a line"))), ..monthly() };
    let now = at("2025-03-20T18:00:00Z");
    // Due by the old line and not yet run; the new one is earlier, later today, or later this month.
    assert_eq!(with("0 9 20 * *").due(after(&[FEBRUARY]), now), Some(at("2025-03-20T16:00:00Z")));
    assert_eq!(
        with("0 12 20 * *").due(after(&[FEBRUARY]), at("2025-03-20T19:00:00Z")),
        Some(at("2025-03-20T19:00:00Z"))
    );
    assert_eq!(
        with("0 10 25 * *").upcoming(after(&[FEBRUARY, "2025-02-25T18:00:00Z"]), now),
        Some(at("2025-03-25T17:00:00Z"))
    );
    // Run by the old line; the new one is earlier.
    assert_eq!(with("0 9 20 * *").due(after(&[FEBRUARY, MARCH]), now), None);
}

#[test]
fn a_date_is_due_once_and_again_when_it_is_moved_on() {
    let plan = |day: &str| Plan { when: When::Once(at(day)), ..monthly() };
    let (june, july) = ("2025-07-01T07:00:00Z", "2025-07-16T07:00:00Z");
    assert_eq!(plan(june).upcoming(Runs::default(), at(MARCH)), Some(at(june)));
    assert_eq!(plan(june).due(Runs::default(), at("2025-08-01T00:00:00Z")), Some(at(june)));
    assert_eq!(plan(june).due(after(&[june]), at("2025-08-01T00:00:00Z")), None);
    assert_eq!(plan(july).due(after(&[june]), at("2025-08-01T00:00:00Z")), Some(at(july)));
    assert_eq!(plan("2025-01-01T00:00:00Z").due(Runs::default(), at(MARCH)), None, "over before it began");
}

fn any_line() -> impl Strategy<Value = String> {
    let minute = prop_oneof![(0..60u32).prop_map(|m| m.to_string()), Just("*/20".to_owned())];
    let hour = prop_oneof![(0..24u32).prop_map(|h| h.to_string()), Just("*".to_owned()), Just("1-3".to_owned())];
    let day = prop_oneof![(1..=28u32).prop_map(|d| d.to_string()), Just("*".to_owned())];
    (minute, hour, day).prop_map(|(m, h, d)| format!("{m} {h} {d} * *"))
}

fn any_zone() -> impl Strategy<Value = Tz> {
    use chrono_tz::{Africa, America, Australia, Europe};
    let zones = vec![America::Los_Angeles, Tz::UTC, Europe::Berlin, Australia::Lord_Howe, Africa::Casablanca];
    prop::sample::select(zones)
}

/// What the clock does between two looks.
#[derive(Clone, Debug)]
enum Step {
    /// It goes on by so many seconds.
    On(i64),
    /// It is put back by so many seconds.
    Back(i64),
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (1..90 * 60_i64).prop_map(Step::On),
        2 => (1..3 * 86_400_i64).prop_map(Step::On),
        1 => (20 * 86_400..40 * 86_400_i64).prop_map(Step::On),
        1 => (1..6 * 3_600_i64).prop_map(Step::Back),
    ]
}

proptest! {
    #[test]
    fn every_fire_is_covered_once_and_never_early(
        line in any_line(), zone in any_zone(), start in 1_704_000_000_i64..1_767_000_000,
        steps in prop::collection::vec(any_step(), 1..60),
    ) {
        let created_at = DateTime::from_timestamp(start, 0).expect("in range");
        let cron = Arc::new(CronLine::parse(&line).expect("a line"));
        let plan = Plan { when: When::Cron(cron.clone()), zone, created_at, over_at: None };
        let (mut now, mut furthest, mut ran) = (created_at, created_at, Runs::default());
        let mut done: Vec<DateTime<Utc>> = Vec::new();
        for step in steps {
            now = match step {
                Step::On(seconds) => now + TimeDelta::seconds(seconds),
                // A little, and never so often that it adds up to more than a day.
                Step::Back(seconds) => (now - TimeDelta::seconds(seconds)).max(furthest - TimeDelta::hours(20)),
            };
            furthest = furthest.max(now);
            prop_assert_eq!(plan.upcoming(ran, now) == Some(now), plan.due(ran, now).is_some());
            while let Some(fired_at) = plan.due(ran, now) {
                prop_assert!(fired_at <= now, "it ran at {}, before {}", now, fired_at);
                prop_assert_eq!(cron.last_at_or_before(fired_at, zone), Some(fired_at));
                prop_assert!(!done.contains(&fired_at), "{} twice", fired_at);
                ran = ran.with(fired_at).expect("a run that is due is new");
                done.push(fired_at);
            }
            let next = plan.upcoming(ran, now).expect("the calendar goes on");
            prop_assert_eq!(Some(next), cron.next_after(now, zone));
        }
        // What fired up to the furthest look is covered by a run for that fire or a later one.
        let last = cron.last_at_or_before(furthest, zone).filter(|last| *last >= created_at);
        prop_assert_eq!(done.iter().max().copied(), last);
    }

    #[test]
    fn a_clock_that_was_far_ahead_silences_nothing(
        line in any_line(), zone in any_zone(), ahead_days in 400_i64..4_000, days_there in 0_i64..40,
    ) {
        let now = at("2025-03-20T17:00:00Z");
        let cron = Arc::new(CronLine::parse(&line).expect("a line"));
        let plan = Plan { when: When::Cron(cron.clone()), zone, created_at: now, over_at: None };
        let mut ran = Runs::default();
        for day in 0..=days_there {
            let there = now + TimeDelta::days(ahead_days + day);
            if let Some(fired_at) = plan.due(ran, there) {
                ran = ran.with(fired_at).expect("a run that is due is new");
            }
        }
        let next = cron.next_after(now, zone).expect("the calendar goes on");
        prop_assert_eq!(plan.due(ran, next), Some(next), "set right, it runs as ever");
    }
}
