//! Which pairs a coordinator should write to: those that never met, of which nothing was heard, that asked for help, or
//! whose answers differ. It is no verdict, and whoever pauses or has a plan is left alone.

use chrono::{DateTime, TimeDelta, Utc};

use super::{LifeFacts, WatchRule, silent_since};
use crate::calendar::{Calendar, DateName};
use crate::meeting::Standing;

/// What is known of an introduced pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StuckFacts {
    /// What was heard of it, and what it was asked.
    pub life: LifeFacts,
    /// Whether it has met, as far as it is known.
    pub has_met: bool,
    /// How it stood in the latest month of which anything is known, and when that was last said.
    pub latest: Option<(Standing, Option<DateTime<Utc>>)>,
}

/// Why a pair is stuck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyStuck {
    /// One of them asked for help.
    NeedsHelp,
    /// One says that they met, the other that they did not.
    Disagree,
    /// They have never met.
    NeverMet,
    /// They were asked, and nothing was heard.
    NoWord,
}

impl WhyStuck {
    /// The stable name under which catalogues keep this reason.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NeedsHelp => "needs_help",
            Self::Disagree => "disagree",
            Self::NeverMet => "never_met",
            Self::NoWord => "no_word",
        }
    }
}

/// Why a pair is stuck, and since when; `None` for one that goes well, or has a meeting ahead.
///
/// A call for help is heard at once and whoever pauses; silence counts from when the pair could have met, or was last
/// heard of, and only once it is long enough.
#[must_use]
pub fn stuck(
    facts: &StuckFacts,
    rule: &WatchRule,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Option<(WhyStuck, DateTime<Utc>)> {
    let StuckFacts { life, has_met, latest } = *facts;
    if now >= calendar.instant(DateName::RunsUntil) {
        return None;
    }
    let begins = life.introduced_at.max(calendar.instant(DateName::RunsFrom));
    let heard = life.last_sign.unwrap_or(life.introduced_at).min(now);
    match latest {
        Some((Standing::NeedsHelp, at)) => return Some((WhyStuck::NeedsHelp, at.unwrap_or(heard))),
        Some((Standing::Disagree, at)) => return Some((WhyStuck::Disagree, at.unwrap_or(heard))),
        _ => {}
    }
    if life.last_sign.is_some_and(|at| at > now) {
        // A meeting is set.
        return None;
    }
    let long = now - begins >= TimeDelta::days(i64::from(rule.silent_after_days));
    if !has_met && long && !life.pauses {
        return Some((WhyStuck::NeverMet, begins));
    }
    silent_since(&life, rule, calendar, now).map(|_| (WhyStuck::NoWord, heard))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::sample;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("the test writes an instant")
    }

    #[test]
    fn a_pair_is_stuck_for_one_reason_and_the_gravest_comes_first() {
        let (rule, calendar) = (WatchRule::default(), sample());
        let (word, asked) = ("2025-03-20T17:00:00Z", "2025-04-20T17:00:00Z");
        let start = "2025-03-01T08:00:00Z";
        let help = Some((Standing::NeedsHelp, Some(at(word))));
        let differ = Some((Standing::Disagree, None));
        let life = |last_sign: Option<&str>, asked_at: Option<&str>, pauses: bool| LifeFacts {
            introduced_at: at("2025-02-18T18:00:00Z"),
            last_sign: last_sign.map(at),
            asked_at: asked_at.map(at),
            pauses,
        };
        let not_yet = Some((Standing::NotYet, Some(at(word))));
        let met = Some((Standing::Met, Some(at(word))));
        type Row<'a> =
            (LifeFacts, bool, Option<(Standing, Option<DateTime<Utc>>)>, &'a str, Option<(WhyStuck, &'a str)>);
        let rows: [Row<'_>; 14] = [
            // Before anybody could be expected to have met, and after the run, nobody is stuck.
            (life(None, None, false), false, None, "2025-02-25T17:00:00Z", None),
            (life(None, None, false), false, None, "2025-03-22T07:59:59Z", None),
            (life(None, None, false), false, None, "2025-07-01T07:00:00Z", None),
            (life(Some(word), None, false), true, help, "2025-07-01T07:00:00Z", None),
            // Never met: also where they have said "not yet", not where they pause or have a plan.
            (life(None, None, false), false, None, "2025-03-22T08:00:00Z", Some((WhyStuck::NeverMet, start))),
            (life(Some(word), None, false), false, not_yet, "2025-03-25T08:00:00Z", Some((WhyStuck::NeverMet, start))),
            (life(None, None, true), false, None, "2025-03-25T08:00:00Z", None),
            (life(Some("2025-03-28T17:00:00Z"), None, false), false, None, "2025-03-25T08:00:00Z", None),
            // No word: only after they were asked, and long enough.
            (life(Some(word), None, false), true, met, "2025-04-19T17:00:00Z", None),
            (life(Some(word), Some(asked), false), true, met, "2025-05-11T16:59:59Z", None),
            (life(Some(word), Some(asked), false), true, met, "2025-05-11T17:00:00Z", Some((WhyStuck::NoWord, word))),
            // What was said aloud is heard at once, whoever pauses and whatever is planned.
            (life(Some(word), None, true), false, help, "2025-03-20T17:00:01Z", Some((WhyStuck::NeedsHelp, word))),
            (
                life(Some("2025-04-02T17:00:00Z"), None, false),
                true,
                help,
                "2025-03-25T08:00:00Z",
                Some((WhyStuck::NeedsHelp, word)),
            ),
            (life(Some(word), None, false), true, differ, "2025-03-25T08:00:00Z", Some((WhyStuck::Disagree, word))),
        ];
        for (place, (life, has_met, latest, now, expected)) in rows.into_iter().enumerate() {
            let facts = StuckFacts { life, has_met, latest };
            let found = stuck(&facts, &rule, &calendar, at(now));
            assert_eq!(found, expected.map(|(why, since)| (why, at(since))), "row {place}");
        }
    }
}
