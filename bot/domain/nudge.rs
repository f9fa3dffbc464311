//! Who is nudged, when, and how often.
//!
//! The cron line says when a month's round begins; this file says whom it concerns, when "not yet"
//! is asked again, and what hour of the day is civil. It escalates nothing and drops nobody.

mod spread;

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use spread::Spread;

use crate::{calendar::LocalTime, meeting::Standing, pair::PairState, question::time_of_day};

/// How a program nudges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NudgeRule {
    /// When a month's round begins, in the program's zone: five fields, or six with seconds first.
    pub cron: String,
    /// How many days after "not yet" the person is asked again.
    pub retry_after_days: u32,
    /// How often "not yet" is asked again within a month.
    pub retries_max: u32,
    /// The hours in which people may be written to, in their own zone.
    pub civil_hours: CivilHours,
}

/// The hours of a day in which people may be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CivilHours {
    /// From this time of day.
    #[serde(with = "time_of_day")]
    pub from: NaiveTime,
    /// Until this time of day, later than `from`.
    #[serde(with = "time_of_day")]
    pub to: NaiveTime,
}

/// What is known of one person of a pair when the question about a month is considered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NudgeFacts {
    /// Where the pair stands in its life.
    pub state: PairState,
    /// How the pair stands in the month.
    pub standing: Standing,
    /// Whether the month's round has begun for the pair, even if nobody could be asked then.
    pub begun: bool,
    /// How often the person was asked in the month so far.
    pub asked: u32,
    /// Whether their latest word is "not yet".
    pub not_yet: bool,
    /// When they last said so, or were last asked, whichever is later.
    pub since: Option<DateTime<Utc>>,
    /// Until when the person asked not to be asked.
    pub snoozed_until: Option<DateTime<Utc>>,
}

/// Whether a person is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NudgeDecision {
    /// Ask.
    Ask,
    /// Not before this instant.
    Later {
        /// When to look again.
        at: DateTime<Utc>,
    },
    /// Not this period.
    No(NoNudge),
}

/// Why a person is not asked this month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoNudge {
    /// They have not been introduced yet.
    NotIntroduced,
    /// The pair has ended.
    Ended,
    /// They met.
    Met,
    /// A meeting is planned.
    Planned,
    /// A coordinator is looking after it.
    WithCoordinator,
    /// They were asked and have not answered: silence is a coordinator's to follow up, not a machine's.
    Silent,
    /// They said "not yet" and were asked as often as the program asks.
    Exhausted,
}

/// Whether the person is to be asked about the month now. Ask it when the month's round begins and, for those who said
/// "not yet" or paused then, from then until the month ends.
#[must_use]
pub fn nudge_due(facts: &NudgeFacts, rule: &NudgeRule, now: DateTime<Utc>) -> NudgeDecision {
    let NudgeFacts { state, standing, begun, asked, not_yet, since, snoozed_until } = facts;
    match state {
        PairState::Published { .. } => return NudgeDecision::No(NoNudge::NotIntroduced),
        PairState::Ended { .. } | PairState::Archived { .. } => return NudgeDecision::No(NoNudge::Ended),
        PairState::Introduced { .. } => {}
    }
    match standing {
        Standing::Met => return NudgeDecision::No(NoNudge::Met),
        Standing::Planned => return NudgeDecision::No(NoNudge::Planned),
        Standing::NeedsHelp | Standing::Disagree => return NudgeDecision::No(NoNudge::WithCoordinator),
        Standing::Waiting | Standing::NotYet => {}
    }
    let due = match (*not_yet, *asked) {
        // Whoever said "not yet" of their own accord before the round began is asked with everybody.
        (true, 0) if !begun => now,
        (false, 0) => now,
        (false, _) => return NudgeDecision::No(NoNudge::Silent),
        (true, asked) if asked > rule.retries_max => return NudgeDecision::No(NoNudge::Exhausted),
        (true, _) => since.unwrap_or(now) + TimeDelta::days(i64::from(rule.retry_after_days)),
    };
    let at = snoozed_until.map_or(due, |until| due.max(until));
    if at <= now { NudgeDecision::Ask } else { NudgeDecision::Later { at } }
}

/// This instant if it is civil in the zone, else the next instant at which the civil hours begin.
#[must_use]
pub fn civil(instant: DateTime<Utc>, zone: Tz, hours: CivilHours) -> DateTime<Utc> {
    let local = instant.with_timezone(&zone).naive_local();
    if hours.from <= local.time() && local.time() < hours.to {
        return instant;
    }
    let today = local.date();
    let day = if local.time() < hours.from { today } else { today.checked_add_days(Days::new(1)).unwrap_or(today) };
    // Never earlier than asked for, also when the clocks make the opening hour happen twice.
    LocalTime::from(day.and_time(hours.from)).first_instant(zone).max(instant)
}

/// Somebody who may be written to within their own hours, where they live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// The zone they live in.
    pub zone: Tz,
    /// The hours of their day in which they may be written to.
    pub hours: CivilHours,
}

/// The same for several readers: this instant, or the next that is civil for all of them. Readers whose hours never
/// meet are written to when it is civil for one of them: a message that waits for ever is no courtesy.
#[must_use]
pub fn civil_for(readers: &[Reader], instant: DateTime<Utc>) -> DateTime<Utc> {
    let suits = |at: DateTime<Utc>, reader: &Reader| civil(at, reader.zone, reader.hours);
    // Each reader pushes the moment forward at most once per round; four rounds settle any two zones of the earth.
    let common = (0..4).fold(instant, |at, _| readers.iter().fold(at, suits));
    if readers.iter().all(|reader| suits(common, reader) == common) {
        return common;
    }
    readers.iter().map(|reader| suits(instant, reader)).min().unwrap_or(instant)
}

#[cfg(test)]
mod tests;
