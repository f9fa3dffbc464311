//! The nudges of one month, told as stories, and civil hours around the clock changes.

use proptest::prelude::*;

use super::*;
use crate::pair::EndReason;

fn rule() -> NudgeRule {
    let (cron, civil_hours) = ("0 10 20 * *".to_owned(), hours());
    NudgeRule { cron, retry_after_days: 3, retries_max: 2, civil_hours }
}

fn hours() -> CivilHours {
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour of the day");
    CivilHours { from: time(9), to: time(18) }
}

/// The day of March 2025 at 10:00 in California.
fn day(day: u32) -> DateTime<Utc> {
    format!("2025-03-{day:02}T17:00:00Z").parse().expect("a day of March")
}

/// Somebody who was asked so often, and whose latest word is "not yet" if the pair stands so.
fn facts(standing: Standing, asked: u32) -> NudgeFacts {
    NudgeFacts {
        state: PairState::Introduced { at: day(1) },
        standing,
        begun: asked > 0,
        asked,
        not_yet: standing == Standing::NotYet,
        since: None,
        snoozed_until: None,
    }
}

#[test]
fn whoever_has_not_met_is_asked_when_the_round_begins() {
    for standing in [Standing::Waiting, Standing::NotYet] {
        assert_eq!(nudge_due(&facts(standing, 0), &rule(), day(20)), NudgeDecision::Ask);
    }
}

#[test]
fn whoever_met_or_plans_to_or_needs_a_human_is_left_alone() {
    let no = |standing| nudge_due(&facts(standing, 0), &rule(), day(20));
    assert_eq!(no(Standing::Met), NudgeDecision::No(NoNudge::Met));
    assert_eq!(no(Standing::Planned), NudgeDecision::No(NoNudge::Planned));
    assert_eq!(no(Standing::NeedsHelp), NudgeDecision::No(NoNudge::WithCoordinator));
    assert_eq!(no(Standing::Disagree), NudgeDecision::No(NoNudge::WithCoordinator));
}

#[test]
fn not_yet_is_asked_again_after_three_days_and_twice_at_most() {
    let asked = |times, said| NudgeFacts { since: Some(day(said)), ..facts(Standing::NotYet, times) };
    assert_eq!(nudge_due(&asked(1, 20), &rule(), day(22)), NudgeDecision::Later { at: day(23) });
    assert_eq!(nudge_due(&asked(1, 20), &rule(), day(23)), NudgeDecision::Ask);
    assert_eq!(nudge_due(&asked(2, 23), &rule(), day(26)), NudgeDecision::Ask);
    assert_eq!(nudge_due(&asked(3, 26), &rule(), day(31)), NudgeDecision::No(NoNudge::Exhausted));
}

#[test]
fn silence_is_not_nagged_but_left_to_a_human() {
    assert_eq!(nudge_due(&facts(Standing::Waiting, 1), &rule(), day(30)), NudgeDecision::No(NoNudge::Silent));
    // The partner's "not yet" is the partner's.
    let silent = NudgeFacts { not_yet: false, ..facts(Standing::NotYet, 1) };
    assert_eq!(nudge_due(&silent, &rule(), day(30)), NudgeDecision::No(NoNudge::Silent));
}

#[test]
fn whoever_pauses_is_asked_when_the_pause_is_over() {
    let snoozed = NudgeFacts { begun: true, snoozed_until: Some(day(25)), ..facts(Standing::Waiting, 0) };
    assert_eq!(nudge_due(&snoozed, &rule(), day(20)), NudgeDecision::Later { at: day(25) });
    assert_eq!(nudge_due(&snoozed, &rule(), day(25)), NudgeDecision::Ask);
    // What they say meanwhile counts as an answer, and is asked again after the usual days.
    let said = NudgeFacts { not_yet: true, since: Some(day(24)), ..snoozed };
    assert_eq!(nudge_due(&said, &rule(), day(25)), NudgeDecision::Later { at: day(27) });
}

#[test]
fn only_introduced_pairs_are_asked() {
    let no = |state| nudge_due(&NudgeFacts { state, ..facts(Standing::Waiting, 0) }, &rule(), day(20));
    assert_eq!(no(PairState::Published { at: day(1) }), NudgeDecision::No(NoNudge::NotIntroduced));
    let reason = EndReason::MentorLeft;
    assert_eq!(no(PairState::Ended { at: day(2), reason }), NudgeDecision::No(NoNudge::Ended));
    assert_eq!(no(PairState::Archived { at: day(3), reason }), NudgeDecision::No(NoNudge::Ended));
}

#[test]
fn ten_in_california_is_too_early_in_hawaii() {
    let round = "2025-03-20T17:00:00Z".parse().expect("an instant");
    assert_eq!(civil(round, Tz::America__Los_Angeles, hours()), round);
    assert_eq!(civil(round, Tz::Pacific__Honolulu, hours()).to_rfc3339(), "2025-03-20T19:00:00+00:00");
    assert_eq!(civil(round, Tz::Europe__Madrid, hours()).to_rfc3339(), "2025-03-21T08:00:00+00:00");
}

#[test]
fn the_night_of_the_clock_change_still_ends_at_nine_on_the_wall() {
    let before = "2025-03-09T07:30:00Z".parse().expect("an instant");
    let nine = civil(before, Tz::America__Los_Angeles, hours());
    assert_eq!(nine.to_rfc3339(), "2025-03-09T16:00:00+00:00");
}

#[test]
fn readers_whose_hours_never_meet_are_written_to_when_it_suits_one_of_them() {
    let reader = |from, to| {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour of the day");
        Reader { zone: Tz::America__Los_Angeles, hours: CivilHours { from: time(from), to: time(to) } }
    };
    let night = "2025-03-20T08:00:00Z".parse().expect("an instant");
    let both = [reader(8, 10), reader(17, 20)];
    let morning = civil_for(&both, night);
    assert_eq!(morning.to_rfc3339(), "2025-03-20T15:00:00+00:00");
    assert_eq!(civil_for(&both, morning), morning, "it is not put off when it comes");
    let meet = [reader(8, 18), reader(17, 20)];
    assert_eq!(civil_for(&meet, night).to_rfc3339(), "2025-03-21T00:00:00+00:00", "at 5 PM it suits both");
}

proptest! {
    #![proptest_config(crate::repeatable())]

    #[test]
    fn a_civil_hour_is_civil_soon_and_never_early(seconds in 1_700_000_000_i64..1_800_000_000, zone in 0_usize..4) {
        let zones = [Tz::America__Los_Angeles, Tz::Pacific__Honolulu, Tz::Australia__Lord_Howe, Tz::Asia__Kathmandu];
        let instant = DateTime::from_timestamp(seconds, 0).expect("an instant of this decade");
        let civil_at = civil(instant, zones[zone], hours());
        let wall = civil_at.with_timezone(&zones[zone]).time();
        prop_assert!(civil_at >= instant);
        prop_assert!(civil_at - instant <= TimeDelta::hours(16));
        prop_assert!(hours().from <= wall && wall < hours().to, "{}", wall);
        prop_assert_eq!(civil(civil_at, zones[zone], hours()), civil_at);
    }
}
