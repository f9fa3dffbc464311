//! Rate limits on the world's time, by Slack's published tiers. Numbers are the documented minimum per
//! minute plus a small burst; the real service publishes no exact figures, so a bot must live on these.

use std::collections::{BTreeMap, VecDeque};

/// How often a method may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// About 1 a minute.
    One,
    /// About 20 a minute.
    Two,
    /// About 50 a minute.
    Three,
    /// About 100 a minute.
    Four,
    /// `chat.postMessage`: about one a second for each channel, several hundred a minute for all.
    Posting,
    /// Hundreds a minute (`auth.test`, `chat.getPermalink`).
    Ample,
}

const MINUTE_MS: i64 = 60_000;
/// Messages that may follow each other at once in one channel before the one-a-second rule holds.
const POST_BURST: usize = 5;
/// Messages a minute over the whole workspace ("several hundred").
const POSTS_A_MINUTE: usize = 400;
/// Opening sockets is tier 1, but ten sockets are allowed and all are refreshed together.
const TIER_ONE: usize = 30;

impl Tier {
    fn per_minute(self) -> usize {
        match self {
            Self::One => TIER_ONE,
            Self::Two => 20 + 4,
            Self::Three => 50 + 10,
            Self::Four => 100 + 20,
            Self::Posting => POSTS_A_MINUTE,
            Self::Ample => 600,
        }
    }
}

/// What was called when.
#[derive(Default)]
pub struct Budgets {
    calls: BTreeMap<String, VecDeque<i64>>,
    off: bool,
    /// Replaces the per-minute figure of single methods.
    overrides: BTreeMap<String, usize>,
}

impl Budgets {
    /// Stops counting.
    pub fn turn_off(&mut self) {
        self.off = true;
    }

    /// Sets the calls a minute of one method and starts counting afresh.
    pub fn set(&mut self, method: &str, per_minute: usize) {
        self.off = false;
        self.calls.clear();
        self.overrides.insert(method.to_owned(), per_minute);
    }

    /// Counts a call. `Err` holds the whole seconds to wait; the call is then not counted.
    pub fn spend(&mut self, method: &str, tier: Tier, channel: Option<&str>, now_ms: i64) -> Result<(), i64> {
        if self.off {
            return Ok(());
        }
        let limit = self.overrides.get(method).copied().unwrap_or_else(|| tier.per_minute());
        let mut windows = vec![(method.to_owned(), limit, MINUTE_MS)];
        if let (Tier::Posting, Some(channel)) = (tier, channel) {
            let length = i64::try_from(POST_BURST).unwrap_or(i64::MAX) * 1000;
            windows.push((format!("{method} {channel}"), POST_BURST, length));
        }
        for (key, limit, length) in &windows {
            let calls = self.calls.entry(key.clone()).or_default();
            // A clock that was set back must not leave calls in the future behind.
            calls.retain(|at| *at > now_ms - length && *at <= now_ms);
            if calls.len() >= *limit {
                let oldest = calls.front().copied().unwrap_or(now_ms);
                return Err(((oldest + length - now_ms) + 999).div_euclid(1000).max(1));
            }
        }
        for (key, ..) in windows {
            self.calls.entry(key).or_default().push_back(now_ms);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_channel_takes_a_burst_and_then_one_a_second() {
        let mut budgets = Budgets::default();
        for _ in 0..POST_BURST {
            assert_eq!(budgets.spend("chat.postMessage", Tier::Posting, Some("C1"), 0), Ok(()));
        }
        assert_eq!(budgets.spend("chat.postMessage", Tier::Posting, Some("C1"), 10), Err(5));
        assert_eq!(budgets.spend("chat.postMessage", Tier::Posting, Some("C2"), 10), Ok(()));
        assert_eq!(budgets.spend("chat.postMessage", Tier::Posting, Some("C1"), 5_010), Ok(()));
    }

    #[test]
    fn a_tier_refills_with_the_worlds_minute() {
        let mut budgets = Budgets::default();
        budgets.set("conversations.create", 2);
        assert!(budgets.spend("conversations.create", Tier::Two, None, 0).is_ok());
        assert!(budgets.spend("conversations.create", Tier::Two, None, 30_000).is_ok());
        assert_eq!(budgets.spend("conversations.create", Tier::Two, None, 45_000), Err(15));
        assert!(budgets.spend("conversations.create", Tier::Two, None, 60_001).is_ok());
    }
}
