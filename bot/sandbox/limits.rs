//! How full the rate limits of a pretend platform were, for whoever wants to know whether a bot used what it
//! was given and asked for no more.

use std::collections::BTreeMap;

/// Limits that are kept count of before the least used are forgotten.
const MOST_LIMITS: usize = 10_000;

/// How one limit was used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LimitUse {
    /// Requests that were let through.
    pub requests: u32,
    /// Requests that were answered with 429.
    pub refused: u32,
    /// Requests that fit one window.
    pub allowed: u32,
    /// Length of a window in world milliseconds.
    pub window_ms: i64,
    /// Requests in the fullest window.
    pub busiest: u32,
    /// When the first request was let through, in world milliseconds.
    pub first_ms: i64,
    /// When the last was.
    pub last_ms: i64,
}

impl LimitUse {
    /// The share, from 0 to 1, that was used of what fits between the first request and the last.
    #[must_use]
    pub fn share(&self) -> f64 {
        let windows = (self.last_ms - self.first_ms).max(0) / self.window_ms.max(1) + 1;
        let fits = windows.saturating_mul(i64::from(self.allowed)).max(1);
        f64::from(self.requests) / f64::from(u32::try_from(fits).unwrap_or(u32::MAX))
    }
}

/// The use of every limit, by its name.
#[derive(Clone, Debug, Default)]
pub struct LimitUses(BTreeMap<String, LimitUse>);

/// One request as a limit saw it.
pub(crate) struct Counted {
    pub allowed: u32,
    pub window_ms: i64,
    /// Requests in the present window, with this one if it was let through.
    pub used: u32,
    pub let_through: bool,
}

impl LimitUses {
    /// Every limit and how it was used.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &LimitUse)> {
        self.0.iter().map(|(name, used)| (name.as_str(), used))
    }

    /// The use of the limit whose name contains this, if there is exactly one.
    #[must_use]
    pub fn of(&self, part: &str) -> Option<LimitUse> {
        let mut found = self.0.iter().filter(|(name, _)| name.contains(part));
        let (_, only) = found.next()?;
        found.next().is_none().then_some(*only)
    }

    /// Limits at which requests were refused, and how often.
    #[must_use]
    pub fn refused(&self) -> Vec<(String, u32)> {
        let refused = self.0.iter().filter(|(_, used)| used.refused > 0);
        refused.map(|(name, used)| (name.clone(), used.refused)).collect()
    }

    pub(crate) fn count(&mut self, name: &str, counted: &Counted, now_ms: i64) {
        if self.0.len() >= MOST_LIMITS {
            self.0.retain(|_, used| used.refused > 0 || used.busiest > 1);
        }
        let of = self.0.entry(name.to_owned()).or_default();
        (of.allowed, of.window_ms) = (counted.allowed, counted.window_ms);
        if counted.let_through {
            if of.requests == 0 {
                of.first_ms = now_ms;
            }
            (of.requests, of.last_ms) = (of.requests + 1, now_ms);
            of.busiest = of.busiest.max(counted.used);
        } else {
            of.refused += 1;
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
