//! Keeps our calls below Slack's published limits, by the program's clock. It never waits: it says how long
//! to wait, and leaves the waiting to whoever keeps the work.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// How many calls fit into a window.
#[derive(Clone, Copy)]
struct Rate {
    calls: usize,
    window: TimeDelta,
}

/// Messages that may follow each other at once in one channel; over the window it is one a second.
const BURST: usize = 4;
/// "Several hundred" messages a minute over the workspace, Slack says.
const POSTS_A_MINUTE: usize = 300;
/// Most places remembered at once; older ones are forgotten when their window has passed.
const REMEMBERED: usize = 10_000;

/// The published calls a minute of the methods that carry effects.
fn a_minute(method: &str) -> usize {
    match method {
        "conversations.create"
        | "conversations.archive"
        | "conversations.rename"
        | "conversations.setTopic"
        | "conversations.setPurpose"
        | "users.conversations" => 20,
        "chat.postMessage" => POSTS_A_MINUTE,
        "users.info" | "conversations.members" => 100,
        _ => 50,
    }
}

/// What was called when, and what Slack asked us to leave alone until when.
#[derive(Default)]
pub struct Budgets {
    calls: HashMap<String, VecDeque<DateTime<Utc>>>,
    held: HashMap<String, DateTime<Utc>>,
}

impl Budgets {
    /// Counts a call, or says how long to wait; then nothing is counted.
    pub fn spend(&mut self, method: &str, channel: Option<&str>, now: DateTime<Utc>) -> Result<(), Duration> {
        self.forget(now);
        if let Some(until) = self.held.get(&place(method, channel))
            && *until > now
        {
            return Err(wait(*until, now));
        }
        let mut rates = vec![(method.to_owned(), Rate { calls: a_minute(method), window: TimeDelta::minutes(1) })];
        if let ("chat.postMessage", Some(_)) = (method, channel) {
            let window = TimeDelta::seconds(i64::try_from(BURST).unwrap_or(1));
            rates.push((place(method, channel), Rate { calls: BURST, window }));
        }
        for (key, rate) in &rates {
            let calls = self.calls.entry(key.clone()).or_default();
            // A clock that was set back must not leave calls in the future behind.
            calls.retain(|at| *at + rate.window > now && *at <= now);
            if let Some(oldest) = calls.front().filter(|_| calls.len() >= rate.calls) {
                return Err(wait(*oldest + rate.window, now));
            }
        }
        for (key, _) in rates {
            self.calls.entry(key).or_default().push_back(now);
        }
        Ok(())
    }

    /// Slack asked for a pause.
    pub fn hold(&mut self, method: &str, channel: Option<&str>, pause: Duration, now: DateTime<Utc>) {
        let pause = TimeDelta::from_std(pause).unwrap_or(TimeDelta::hours(1));
        self.held.insert(place(method, channel), now + pause);
    }

    fn forget(&mut self, now: DateTime<Utc>) {
        // A pause that reaches further than a clock that was set back is Slack's no more.
        self.held.retain(|_, until| *until > now && *until <= now + TimeDelta::hours(1));
        if self.calls.len() > REMEMBERED {
            self.calls.retain(|_, calls| calls.back().is_some_and(|at| *at + TimeDelta::minutes(1) > now));
        }
    }
}

/// Slack counts messages by channel, everything else by workspace.
fn place(method: &str, channel: Option<&str>) -> String {
    match channel.filter(|_| method == "chat.postMessage") {
        Some(channel) => format!("{method} {channel}"),
        None => method.to_owned(),
    }
}

fn wait(until: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    (until - now).to_std().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_740_000_000_000 + ms).unwrap()
    }

    #[test]
    fn a_channel_takes_a_burst_then_one_a_second_and_others_are_free() {
        let mut budgets = Budgets::default();
        for _ in 0..BURST {
            assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(0)), Ok(()));
        }
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(1500)), Err(Duration::from_millis(2500)));
        assert_eq!(budgets.spend("chat.postMessage", Some("C2"), at(1500)), Ok(()));
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(4000)), Ok(()));
    }

    #[test]
    fn twenty_rooms_a_minute() {
        let mut budgets = Budgets::default();
        for second in 0..20 {
            assert_eq!(budgets.spend("conversations.create", None, at(second * 1000)), Ok(()));
        }
        assert_eq!(budgets.spend("conversations.create", None, at(20_000)), Err(Duration::from_secs(40)));
        assert_eq!(budgets.spend("conversations.invite", None, at(20_000)), Ok(()));
        assert_eq!(budgets.spend("conversations.create", None, at(60_000)), Ok(()));
    }

    #[test]
    fn a_pause_slack_asks_for_holds_its_method_only() {
        let mut budgets = Budgets::default();
        budgets.hold("chat.postMessage", Some("C1"), Duration::from_secs(30), at(0));
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(10_000)), Err(Duration::from_secs(20)));
        assert_eq!(budgets.spend("chat.postMessage", Some("C2"), at(10_000)), Ok(()));
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(30_000)), Ok(()));
    }

    #[test]
    fn a_clock_set_back_does_not_block_for_long() {
        let mut budgets = Budgets::default();
        for _ in 0..BURST {
            budgets.spend("chat.postMessage", Some("C1"), at(86_400_000)).unwrap();
        }
        budgets.hold("chat.update", None, Duration::from_secs(30), at(86_400_000));
        assert_eq!(budgets.spend("chat.postMessage", Some("C1"), at(0)), Ok(()));
        assert_eq!(budgets.spend("chat.update", None, at(0)), Ok(()));
    }
}
