//! Snowflakes and instants as Discord writes them. Ids follow the world clock and a counter, never chance.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat};
use serde::{Serialize, Serializer};

use crate::SandboxClock;

/// The first millisecond of 2015, where Discord's ids begin.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// One id of the pretend Discord; a string on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Snowflake(pub u64);

impl fmt::Display for Snowflake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

impl Serialize for Snowflake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Snowflake {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Snowflake {
    /// Reads an id out of JSON, where bots may write a string or (some libraries) a number.
    pub fn of(value: &serde_json::Value) -> Option<Self> {
        value.as_str().and_then(|text| text.parse().ok()).or_else(|| value.as_u64().map(Self))
    }
}

/// Gives out ids: the world's millisecond, then a running number.
pub struct IdMaker {
    clock: SandboxClock,
    given: u64,
}

impl IdMaker {
    pub fn new(clock: SandboxClock) -> Self {
        Self { clock, given: 0 }
    }

    pub fn next(&mut self) -> Snowflake {
        let since = u64::try_from(self.clock.now_ms() - DISCORD_EPOCH_MS).unwrap_or(0);
        self.given += 1;
        Snowflake((since << 22) | (self.given & 0x3F_FFFF))
    }

    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }
}

/// An instant as Discord writes it: `2025-03-01T17:00:00.000000+00:00`.
pub fn iso(at_ms: i64) -> String {
    DateTime::from_timestamp_millis(at_ms).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Micros, false)
}
