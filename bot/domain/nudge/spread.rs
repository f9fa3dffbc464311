//! Gives each message of a round a moment of its own: the first leaves at the hour itself, the next a few seconds
//! later, so that neither the platform nor a coordinator's phone meets a storm. It knows nothing of civil hours; the
//! caller says which moment suits the readers.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

/// From one message to the next, if the round is short enough for it.
const STEP: TimeDelta = TimeDelta::seconds(3);

/// A round is over within this time, however many it concerns: the question is one of the hour it was set to.
const ROUND_MAX: TimeDelta = TimeDelta::minutes(20);

/// The moments of one round. The same messages in the same order get the same moments.
#[derive(Debug)]
pub struct Spread {
    step: TimeDelta,
    /// How many of the round have been put behind each moment.
    taken: BTreeMap<DateTime<Utc>, i32>,
}

impl Spread {
    /// The moments of a round of so many messages.
    #[must_use]
    pub fn over(messages: usize) -> Self {
        let messages = i32::try_from(messages).unwrap_or(i32::MAX).max(1);
        Self { step: STEP.min(ROUND_MAX / messages), taken: BTreeMap::new() }
    }

    /// The next message's moment: when it suits its readers from `from` on, behind those that suit at the same time.
    /// `suits` says of a moment when, from then on, the message may be sent.
    pub fn next(&mut self, from: DateTime<Utc>, suits: impl Fn(DateTime<Utc>) -> DateTime<Utc>) -> DateTime<Utc> {
        let at = self.behind(suits(from));
        let civil = suits(at);
        // Those whom the end of the day leaves behind are no storm the next morning either.
        if civil == at { at } else { self.behind(civil) }
    }

    fn behind(&mut self, opening: DateTime<Utc>) -> DateTime<Utc> {
        let taken = self.taken.entry(opening).or_default();
        let at = opening + self.step * *taken;
        *taken += 1;
        at
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::nudge::{CivilHours, civil};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("the test writes an instant")
    }

    fn hours() -> CivilHours {
        let time = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour of the day");
        CivilHours { from: time(9), to: time(18) }
    }

    #[test]
    fn the_first_is_on_the_hour_and_the_others_follow() {
        let ten = at("2025-03-20T17:00:00Z");
        let mut spread = Spread::over(3);
        let moments: Vec<i64> = (0..3).map(|_| (spread.next(ten, |at| at) - ten).num_seconds()).collect();
        assert_eq!(moments, [0, 3, 6]);
    }

    #[test]
    fn ten_thousand_are_asked_within_the_hour() {
        let ten = at("2025-03-20T17:00:00Z");
        let mut spread = Spread::over(10_000);
        let last = (0..10_000).map(|_| spread.next(ten, |at| at)).last().expect("there are some");
        assert!(last - ten > TimeDelta::minutes(19) && last - ten < ROUND_MAX, "{last}");
    }

    #[test]
    fn who_is_left_behind_at_night_is_spread_in_the_morning() {
        let six = at("2025-03-21T01:00:00Z") - TimeDelta::seconds(5);
        let zone = chrono_tz::America::Los_Angeles;
        let mut spread = Spread::over(5);
        let moments: Vec<String> =
            (0..5).map(|_| spread.next(six, |at| civil(at, zone, hours())).to_rfc3339()).collect();
        let expected = ["21T00:59:55", "21T00:59:58", "21T16:00:00", "21T16:00:03", "21T16:00:06"];
        assert_eq!(moments, expected.map(|at| format!("2025-03-{at}+00:00")));
    }

    proptest! {
        #[test]
        fn every_moment_is_civil_and_none_is_shared(minute in 0_i64..3 * 24 * 60, count in 1_usize..400) {
            let from = at("2025-03-08T00:00:00Z") + TimeDelta::minutes(minute);
            let zone = chrono_tz::America::Los_Angeles;
            let mut spread = Spread::over(count);
            let mut before = Vec::new();
            for _ in 0..count {
                let moment = spread.next(from, |at| civil(at, zone, hours()));
                prop_assert!(moment >= from && civil(moment, zone, hours()) == moment);
                prop_assert!(!before.contains(&moment));
                before.push(moment);
            }
        }
    }
}
