//! The dates of the 2025 season, and the odd days of other zones.

use proptest::prelude::*;

use super::*;

/// PLSEP's 2025 season.
pub(crate) fn sample() -> Calendar {
    serde_json::from_str(
        r#"{
            "zone": "America/Los_Angeles",
            "applications_open": "2025-01-13 09:00",
            "applications_close": "2025-02-17 23:59",
            "agreements_due": "2025-03-01",
            "runs_from": "2025-03-01",
            "runs_until": "2025-06-30",
            "wrap_up_until": "2025-07-14"
        }"#,
    )
    .expect("the sample is a calendar")
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("the test writes an instant")
}

fn local(text: &str) -> LocalTime {
    text.parse().expect("the test writes a date")
}

#[test]
fn the_season_goes_through_its_phases_by_the_clock_alone() {
    let calendar = sample();
    for (instant, phase) in [
        ("2025-01-13T16:59:59Z", Phase::Draft),
        ("2025-01-13T17:00:00Z", Phase::ApplicationsOpen),
        ("2025-02-18T07:59:59Z", Phase::ApplicationsOpen),
        ("2025-02-18T08:00:00Z", Phase::Review),
        ("2025-02-22T07:59:59Z", Phase::Review),
        ("2025-02-22T08:00:00Z", Phase::AgreementsDue),
        ("2025-03-01T07:59:59Z", Phase::AgreementsDue),
        ("2025-03-01T08:00:00Z", Phase::Running),
        ("2025-07-01T06:59:59Z", Phase::Running),
        ("2025-07-01T07:00:00Z", Phase::WrapUp),
        ("2025-07-15T06:59:59Z", Phase::WrapUp),
        ("2025-07-15T07:00:00Z", Phase::Closed),
    ] {
        assert_eq!(calendar.phase(at(instant)), phase, "{instant}");
    }
}

#[test]
fn a_survey_counts_from_the_end_of_the_run_through_the_last_second_of_the_wrap_up() {
    let calendar = sample();
    let (opens_at, closed_at) = (at("2025-07-01T07:00:00Z"), at("2025-07-15T07:00:00Z"));
    for (instant, expected) in [
        ("2025-07-01T06:59:59Z", Err(Refusal::SurveyNotOpen { opens_at })),
        ("2025-07-01T07:00:00Z", Ok(())),
        ("2025-07-15T06:59:59Z", Ok(())),
        ("2025-07-15T07:00:00Z", Err(Refusal::SurveyClosed { closed_at })),
    ] {
        assert_eq!(calendar.check_survey_time(at(instant)), expected, "{instant}");
    }
}

#[test]
fn a_survey_is_mentioned_again_three_days_before_it_closes_or_half_way_through_a_short_wrap_up() {
    let mut calendar = sample();
    assert_eq!(calendar.survey_reminder(), at("2025-07-12T07:00:00Z"));
    calendar.set(DateName::WrapUpUntil, local("2025-07-02")).unwrap();
    assert_eq!(calendar.survey_reminder(), at("2025-07-02T07:00:00Z"));
    calendar.set(DateName::WrapUpUntil, local("2025-06-30")).unwrap();
    assert_eq!(calendar.survey_reminder(), calendar.instant(DateName::WrapUpUntil));
}

#[test]
fn an_application_of_the_last_second_counts_and_of_the_next_does_not() {
    let calendar = sample();
    assert!(calendar.applications_accepted(at("2025-02-18T07:59:59.999Z")));
    assert!(!calendar.applications_accepted(at("2025-02-18T08:00:00Z")));
    assert!(!calendar.applications_accepted(at("2025-01-13T16:59:59.999Z")));
    let closed_at = at("2025-02-18T08:00:00Z");
    assert_eq!(
        calendar.check_application_time(at("2025-03-01T00:00:00Z")),
        Err(Refusal::ApplicationsClosed { closed_at })
    );
    let opens_at = at("2025-01-13T17:00:00Z");
    assert_eq!(
        calendar.check_application_time(at("2025-01-01T00:00:00Z")),
        Err(Refusal::ApplicationsNotOpen { opens_at })
    );
}

#[test]
fn agreements_stay_due_on_the_first_day_of_the_run() {
    let calendar = sample();
    let evening = at("2025-03-02T07:59:59Z");
    assert_eq!(calendar.phase(evening), Phase::Running);
    assert!(calendar.agreement_on_time(evening));
    assert!(!calendar.agreement_on_time(at("2025-03-02T08:00:00Z")));
}

#[test]
fn the_run_has_four_months_of_the_programs_zone() {
    let calendar = sample();
    let periods: Vec<String> = calendar.periods().iter().map(ToString::to_string).collect();
    assert_eq!(periods, ["2025-03", "2025-04", "2025-05", "2025-06"]);
    let march = Period::new(2025, 3).unwrap();
    assert_eq!(march.range(calendar.zone()), (at("2025-03-01T08:00:00Z"), at("2025-04-01T07:00:00Z")));
    assert_eq!(Period::containing(at("2025-04-01T06:59:59Z"), calendar.zone()), march);
    assert_eq!(Period::new(2025, 12).unwrap().next().to_string(), "2026-01");
}

#[test]
fn months_read_back_and_nothing_else_does() {
    assert_eq!("2025-03".parse(), Ok(Period::new(2025, 3).unwrap()));
    for bad in ["2025-3", "2025-13", "2025-00", "25-03", "2025", "2025-03-01", "+025-03", ""] {
        assert_eq!(bad.parse::<Period>(), Err(NotAPeriod), "{bad}");
    }
    assert_eq!(serde_json::to_string(&Period::new(2025, 3)).unwrap(), "\"2025-03\"");
}

#[test]
fn a_moved_date_moves_the_phases_and_a_wrong_one_moves_nothing() {
    let mut calendar = sample();
    calendar.set(DateName::ApplicationsClose, local("2025-02-19 17:00")).unwrap();
    assert_eq!(calendar.phase(at("2025-02-20T01:00:59Z")), Phase::ApplicationsOpen);
    assert_eq!(calendar.phase(at("2025-02-20T01:01:00Z")), Phase::Review);
    let before = calendar.clone();
    let refused = calendar.set(DateName::RunsUntil, local("2025-02-01"));
    assert!(matches!(refused, Err(Refusal::DateOrder { name: DateName::RunsUntil, .. })), "{refused:?}");
    assert_eq!(calendar, before);
}

#[test]
fn dates_read_in_the_forms_we_name_and_no_other() {
    assert_eq!(local(" 2025-02-17 ").to_string(), "2025-02-17");
    assert_eq!(local("2025-02-17T23:59:00").to_string(), "2025-02-17 23:59");
    for bad in ["17.2.2025", "2025-02-30", "2025-02-17 24:00", "2025-02-17 23:59:30", "Feb 17", ""] {
        assert_eq!(bad.parse::<LocalTime>(), Err(Refusal::NotADate), "{bad}");
    }
}

#[test]
fn a_time_that_happens_twice_opens_at_the_first_and_closes_after_the_second() {
    let zone = Tz::America__Los_Angeles;
    let twice = local("2025-11-02 01:30");
    assert_eq!(twice.first_instant(zone), at("2025-11-02T08:30:00Z"));
    assert_eq!(twice.instant_after(zone), at("2025-11-02T09:31:00Z"));
    assert_eq!(local("2025-11-02 00:59").instant_after(zone), at("2025-11-02T08:00:00Z"), "only once on that clock");
}

#[test]
fn a_time_that_is_skipped_means_the_moment_of_the_change() {
    let zone = Tz::America__Los_Angeles;
    let change = at("2025-03-09T10:00:00Z");
    assert_eq!(local("2025-03-09 02:30").first_instant(zone), change);
    assert_eq!(local("2025-03-09 02:30").instant_after(zone), change);
    assert_eq!(local("2025-03-09 01:59").instant_after(zone), change);
    // Samoa went without the whole of 30 December 2011; Lebanon's days may begin at one o'clock.
    let samoa = Tz::Pacific__Apia;
    assert_eq!(local("2011-12-30").first_instant(samoa), local("2011-12-31").first_instant(samoa));
    assert_eq!(local("2025-03-30").first_instant(Tz::Asia__Beirut), at("2025-03-29T22:00:00Z"));
}

#[test]
fn the_next_boundary_is_the_next_change_that_can_be_seen() {
    let calendar = sample();
    let mut now = at("2024-12-31T00:00:00Z");
    let mut seen = Vec::new();
    while let Some((phase, change)) = calendar.next_boundary(now) {
        seen.push(phase);
        now = change;
    }
    assert_eq!(seen, Phase::ALL[1..]);
}

/// Calendars with any dates at all in 2025, in order or not.
fn calendars() -> impl Strategy<Value = Calendar> {
    let day = || {
        (0_u64..364, proptest::option::of((0_u32..24, 0_u32..60))).prop_map(|(day, time)| {
            let date = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).expect("a date") + Days::new(day);
            match time.and_then(|(hour, minute)| date.and_hms_opt(hour, minute, 0)) {
                Some(time) => LocalTime::from(time),
                None => LocalTime::from(date),
            }
        })
    };
    let zones = [Tz::America__Los_Angeles, Tz::America__New_York, Tz::Australia__Lord_Howe, Tz::Asia__Beirut];
    (0..zones.len(), proptest::array::uniform6(day()), any::<bool>()).prop_map(move |(zone, mut days, sort)| {
        if sort {
            days.sort_by_key(|day| day.first_instant(Tz::UTC));
        }
        let [applications_open, applications_close, agreements_due, runs_from, runs_until, wrap_up_until] = days;
        let zone = zones[zone];
        Calendar { zone, applications_open, applications_close, agreements_due, runs_from, runs_until, wrap_up_until }
    })
}

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (1_735_000_000_i64..1_768_000_000).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).expect("an instant"))
}

proptest! {
    #![proptest_config(crate::repeatable())]

    #[test]
    fn phases_never_go_back(calendar in calendars(), one in instants(), two in instants()) {
        prop_assert!(calendar.phase(one.min(two)) <= calendar.phase(one.max(two)));
    }

    #[test]
    fn the_phase_changes_at_the_next_boundary_and_not_before(calendar in calendars(), now in instants()) {
        match calendar.next_boundary(now) {
            Some((phase, change)) => {
                prop_assert!(change > now);
                prop_assert!(phase > calendar.phase(now));
                prop_assert_eq!(calendar.phase(change), phase);
                prop_assert_eq!(calendar.phase(change - chrono::TimeDelta::seconds(1)), calendar.phase(now));
            }
            None => prop_assert_eq!(calendar.phase(now), Phase::Closed),
        }
    }

    #[test]
    fn applications_count_in_their_phase_alone_when_the_dates_are_in_order(calendar in calendars(), now in instants()) {
        prop_assume!(calendar.disorders().is_empty());
        prop_assert_eq!(calendar.applications_accepted(now), calendar.phase(now) == Phase::ApplicationsOpen);
    }

    #[test]
    fn setting_a_date_keeps_the_order(mut calendar in calendars(), name in 0_usize..6, day in 0_u64..364) {
        prop_assume!(calendar.disorders().is_empty());
        let date = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).expect("a date") + Days::new(day);
        let before = calendar.clone();
        match calendar.set(DateName::ALL[name], date) {
            Ok(()) => {
                prop_assert!(calendar.disorders().is_empty());
                prop_assert_eq!(calendar.local(DateName::ALL[name]), LocalTime::Day(date));
            }
            Err(_) => prop_assert_eq!(calendar, before),
        }
    }

    #[test]
    fn every_instant_lies_in_the_range_of_its_month(now in instants()) {
        for zone in [Tz::America__Los_Angeles, Tz::Asia__Beirut, Tz::Pacific__Apia] {
            let period = Period::containing(now, zone);
            let (from, until) = period.range(zone);
            prop_assert!(from <= now && now < until);
            prop_assert_eq!(period.next().range(zone).0, until);
        }
    }

    #[test]
    fn a_calendar_comes_back_from_its_stored_form(calendar in calendars()) {
        let json = serde_json::to_string(&calendar).unwrap();
        prop_assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), calendar);
    }
}
