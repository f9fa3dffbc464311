//! Identifiers and message timestamps as Slack shapes them, without chance: the same story gives the same ids.

use std::collections::BTreeMap;

/// Digits of the part of an id that varies.
const DIGITS: u32 = 9;
/// 36 to the power of [`DIGITS`].
const SPACE: u128 = 101_559_956_668_416;
/// Coprime to 36, so that multiplying by it visits every id of the space once and neighbours look unrelated.
const STRIDE: u128 = 61_803_398_874_989;

/// Hands out ids. Each prefix counts for itself, so that one more message does not shift the channels' ids.
#[derive(Default)]
pub struct Ids {
    counters: BTreeMap<String, u128>,
    last_ts_us: i64,
}

impl Ids {
    /// The next id with this prefix, for example `U0ABCDEFGHI`.
    pub fn next(&mut self, prefix: &str) -> String {
        format!("{prefix}0{}", base36(self.count(prefix) * STRIDE % SPACE))
    }

    /// The next number of a series that is shown as hexadecimal digits (hashes, tickets, generated block ids).
    pub fn token(&mut self, series: &str) -> String {
        base36(self.count(series) * STRIDE % SPACE).to_lowercase()
    }

    fn count(&mut self, series: &str) -> u128 {
        let counter = self.counters.entry(series.to_owned()).or_insert(0);
        *counter += 1;
        *counter
    }

    /// The next message timestamp: the world's time, but always later than the one before, also when the
    /// world's clock stands still or is set back.
    pub fn ts(&mut self, now_ms: i64) -> String {
        self.last_ts_us = (now_ms * 1000).max(self.last_ts_us + 1);
        format!("{}.{:06}", self.last_ts_us.div_euclid(1_000_000), self.last_ts_us.rem_euclid(1_000_000))
    }
}

fn base36(mut number: u128) -> String {
    let mut digits = Vec::new();
    for _ in 0..DIGITS {
        let digit = u8::try_from(number % 36).unwrap_or(0);
        digits.push(char::from(if digit < 10 { b'0' + digit } else { b'A' + digit - 10 }));
        number /= 36;
    }
    digits.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_look_like_slacks() {
        let mut ids = Ids::default();
        let (first, second) = (ids.next("U"), ids.next("U"));
        assert_ne!(first, second);
        assert!(first.len() == 11 && first.starts_with('U'), "{first}");
        assert!(first.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()));
    }

    #[test]
    fn timestamps_increase_even_when_the_clock_does_not() {
        let mut ids = Ids::default();
        assert_eq!(ids.ts(1_700_000_000_123), "1700000000.123000");
        assert_eq!(ids.ts(1_700_000_000_123), "1700000000.123001");
        assert_eq!(ids.ts(1_600_000_000_000), "1700000000.123002");
    }
}
