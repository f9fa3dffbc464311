//! Rate limits on the world's time, by Slack's published tiers: exactly as many calls in any minute. Messages
//! in one channel: one a second, with a short burst ahead of it.

use std::collections::{BTreeMap, VecDeque};

use crate::limits::{Counted, LimitUses};

/// How often a method may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// About 1 a minute.
    One,
    /// 20 a minute.
    Two,
    /// 50 a minute.
    Three,
    /// 100 a minute.
    Four,
    /// `chat.postMessage`: one a second for each channel, several hundred a minute for all.
    Posting,
    /// Hundreds a minute (`auth.test`, `chat.getPermalink`).
    Ample,
}

const MINUTE_MS: i64 = 60_000;
const SECOND_MS: i64 = 1_000;
/// Messages that may run ahead of one a second in one channel. Slack says "short bursts" without a figure.
const POST_BURST: i64 = 5;
/// Messages a minute over the whole workspace. Slack says "several hundred".
const POSTS_A_MINUTE: usize = 300;
/// Opening sockets is tier 1, but ten sockets are allowed and all are refreshed together.
const TIER_ONE: usize = 30;

impl Tier {
    fn per_minute(self) -> usize {
        match self {
            Self::One => TIER_ONE,
            Self::Two => 20,
            Self::Three => 50,
            Self::Four => 100,
            Self::Posting => POSTS_A_MINUTE,
            Self::Ample => 600,
        }
    }
}

/// What was called when.
#[derive(Default)]
pub struct Budgets {
    calls: BTreeMap<String, VecDeque<i64>>,
    /// By channel: when the next message would be due at one a second.
    paces: BTreeMap<String, i64>,
    /// How full every limit was.
    pub uses: LimitUses,
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
        let calls = self.calls.entry(method.to_owned()).or_default();
        // A clock that was set back must not leave calls in the future behind.
        calls.retain(|at| *at > now_ms - MINUTE_MS && *at <= now_ms);
        let free_at = if calls.len() < limit { now_ms } else { calls.front().map_or(now_ms, |at| at + MINUTE_MS) };
        let channel = channel.filter(|_| tier == Tier::Posting).map(|channel| format!("{method} {channel}"));
        let pace = channel.as_ref().and_then(|place| self.paces.get(place)).copied();
        // Whatever is left of a pace of another time, when the clock was set back, is none.
        let pace = pace.filter(|due| *due > now_ms && *due <= now_ms + POST_BURST * SECOND_MS).unwrap_or(now_ms);
        let paced_at = channel.as_ref().map_or(now_ms, |_| pace + SECOND_MS - POST_BURST * SECOND_MS);
        let let_through = free_at <= now_ms && paced_at <= now_ms && calls.len() < limit;
        if let_through {
            calls.push_back(now_ms);
        }
        let size = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let counted = Counted { allowed: size(limit), window_ms: MINUTE_MS, used: size(calls.len()), let_through };
        self.uses.count(method, &counted, now_ms);
        if !let_through {
            return Err((free_at.max(paced_at) - now_ms + 999).div_euclid(1000).max(1));
        }
        if let Some(place) = channel {
            self.paces.insert(place, pace + SECOND_MS);
        }
        Ok(())
    }
}

impl super::Slack {
    /// How full every rate limit was since the start, or since [`Slack::forget_limits`].
    #[must_use]
    pub fn limits_report(&self) -> LimitUses {
        self.inner.look(|world| world.budgets.uses.clone())
    }

    /// Begins to count afresh how full the rate limits are; the limits themselves go on.
    pub fn forget_limits(&self) {
        self.inner.change(|world| world.budgets.uses.clear());
    }

    /// Stops counting calls: nothing is refused as `ratelimited` any more.
    pub fn disable_rate_limits(&self) {
        self.inner.change(|world| world.budgets.turn_off());
    }

    /// Allows `per_minute` calls of one method in a world minute, and starts counting afresh.
    pub fn set_rate_limit(&self, method: &str, per_minute: usize) {
        self.inner.change(|world| world.budgets.set(method, per_minute));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_channel_takes_a_burst_and_then_one_a_second() {
        let mut budgets = Budgets::default();
        let mut post = |channel: &str, now: i64| budgets.spend("chat.postMessage", Tier::Posting, Some(channel), now);
        for _ in 0..POST_BURST {
            assert_eq!(post("C1", 0), Ok(()));
        }
        assert_eq!(post("C1", 10), Err(1));
        assert_eq!(post("C2", 10), Ok(()));
        assert_eq!(post("C1", 1_000), Ok(()));
        assert_eq!(post("C1", 1_000), Err(1));
        assert_eq!(post("C1", 3_000), Ok(()));
        assert_eq!(post("C1", 3_000), Ok(()));
        assert_eq!(post("C1", 3_000), Err(1));
    }

    #[test]
    fn a_tier_lets_exactly_its_figure_through_in_any_minute() {
        for (tier, figure) in [(Tier::Two, 20), (Tier::Three, 50), (Tier::Four, 100)] {
            let mut budgets = Budgets::default();
            let through = (0..60_000).step_by(100).filter(|at| budgets.spend("a", tier, None, *at).is_ok()).count();
            assert_eq!(through, figure);
            let used = budgets.uses.of("a").unwrap();
            assert_eq!((used.busiest, used.requests as usize), (used.allowed, figure));
            assert_eq!(used.refused as usize, 600 - figure);
        }
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
