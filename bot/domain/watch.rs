//! What coordinators hear by themselves: a digest each week, and of a pair that nothing was heard of for long.
//!
//! Silence is no verdict. A pair that has answered and was not asked since is not silent, and nobody is dropped by a
//! machine: a coordinator looks.

mod stuck;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use stuck::{StuckFacts, WhyStuck, stuck};

use crate::calendar::{Calendar, DateName};

/// How a season is watched over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WatchRule {
    /// When coordinators get their digest, in the program's zone: five fields, or six with seconds first.
    pub digest_cron: String,
    /// After how many days without a word coordinators hear of a pair.
    pub silent_after_days: u32,
}

impl Default for WatchRule {
    fn default() -> Self {
        Self { digest_cron: "0 9 * * MON".to_owned(), silent_after_days: 21 }
    }
}

/// What is known of a pair that talks to each other now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LifeFacts {
    /// When it was introduced.
    pub introduced_at: DateTime<Utc>,
    /// When something was last heard of it, or will be: an answer, or a meeting, also one that is planned.
    pub last_sign: Option<DateTime<Utc>>,
    /// When it was first asked something after that.
    pub asked_at: Option<DateTime<Utc>>,
    /// Whether one of the two has asked for a pause.
    pub pauses: bool,
}

/// Since when a pair is silent, if it has been for long enough that a coordinator should look: since it could first have
/// met, or since it was asked and did not answer.
#[must_use]
pub fn silent_since(
    facts: &LifeFacts,
    rule: &WatchRule,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let LifeFacts { introduced_at, last_sign, asked_at, pauses } = *facts;
    let since = match last_sign {
        None => introduced_at.max(calendar.instant(DateName::RunsFrom)),
        Some(_) => asked_at?,
    };
    let long = now - since >= TimeDelta::days(i64::from(rule.silent_after_days));
    let running = now < calendar.instant(DateName::RunsUntil);
    (long && running && !pauses).then_some(since)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::sample;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("the test writes an instant")
    }

    #[test]
    fn a_pair_is_silent_when_it_was_asked_and_never_when_it_was_not() {
        let (rule, calendar) = (WatchRule::default(), sample());
        let introduced_at = at("2025-02-18T18:00:00Z");
        let silent = |last_sign: Option<&str>, asked_at: Option<&str>, now: &str| {
            let facts =
                LifeFacts { introduced_at, last_sign: last_sign.map(at), asked_at: asked_at.map(at), pauses: false };
            silent_since(&facts, &rule, &calendar, at(now))
        };
        // The run begins at midnight of March 1 in Los Angeles: before, nobody is expected to have met.
        let start = Some(at("2025-03-01T08:00:00Z"));
        assert_eq!(silent(None, None, "2025-03-22T07:59:59Z"), None);
        assert_eq!(silent(None, None, "2025-03-22T08:00:00Z"), start);
        assert_eq!(silent(None, Some("2025-03-20T17:00:00Z"), "2025-04-30T17:00:00Z"), start);
        let word = Some("2025-03-20T17:00:00Z");
        assert_eq!(silent(word, None, "2025-04-19T17:00:00Z"), None, "it has answered, and was not asked since");
        let asked = "2025-04-20T17:00:00Z";
        assert_eq!(silent(word, Some(asked), "2025-05-11T16:59:59Z"), None);
        assert_eq!(silent(word, Some(asked), "2025-05-11T17:00:00Z"), Some(at(asked)));
        assert_eq!(silent(None, None, "2025-07-01T07:00:00Z"), None, "the run is over");
        let paused = LifeFacts { introduced_at, last_sign: None, asked_at: None, pauses: true };
        assert_eq!(silent_since(&paused, &rule, &calendar, at("2025-05-01T00:00:00Z")), None);
    }
}
