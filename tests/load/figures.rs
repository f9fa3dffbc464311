//! What was measured, sorted and written down. Every time is kept, so that percentiles are exact.

use std::{
    collections::BTreeMap,
    fmt,
    sync::Mutex,
    time::{Duration, Instant},
};

use super::cast::Kind;

/// Times from an interaction to the answer on the screen, and what went wrong.
#[derive(Default)]
pub struct Figures {
    times: Mutex<BTreeMap<Kind, Vec<Duration>>>,
    failures: Mutex<Vec<String>>,
    from: Mutex<Option<Instant>>,
}

/// Percentiles of some times.
pub struct Times {
    pub count: usize,
    pub p50: Duration,
    pub p90: Duration,
    pub p99: Duration,
    pub max: Duration,
}

impl Figures {
    /// What was sent before this does not count.
    pub fn count_from(&self, from: Instant) {
        *self.from.lock().expect("no panic holds it") = Some(from);
    }

    pub fn answered(&self, kind: Kind, sent: Instant, seen: Instant) {
        if kind == Kind::Opening {
            return;
        }
        if self.from.lock().expect("no panic holds it").is_some_and(|from| sent >= from) {
            self.times.lock().expect("no panic holds it").entry(kind).or_default().push(seen - sent);
        }
    }

    pub fn failed(&self, why: String) {
        self.failures.lock().expect("no panic holds it").push(why);
    }

    /// How many failed, and how the first did.
    pub fn failures(&self) -> (usize, Option<String>) {
        let failures = self.failures.lock().expect("no panic holds it");
        (failures.len(), failures.first().cloned())
    }

    /// By kind, and of all together.
    pub fn times(&self) -> (Vec<(Kind, Times)>, Times) {
        let times = self.times.lock().expect("no panic holds it");
        let by_kind = times.iter().map(|(kind, times)| (*kind, Times::of(times.clone()))).collect();
        (by_kind, Times::of(times.values().flatten().copied().collect()))
    }
}

impl Times {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len().saturating_sub(1)));
        let at = |percent| at(percent).copied().unwrap_or_default();
        Self { count: times.len(), p50: at(50), p90: at(90), p99: at(99), max: at(100) }
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        let Self { count, p50, p90, p99, max } = self;
        let (p50, p90, p99, max) = (ms(*p50), ms(*p90), ms(*p99), ms(*max));
        write!(f, "{count:>7}   p50 {p50:>7.2} ms   p90 {p90:>7.2} ms   p99 {p99:>7.2} ms   max {max:>7.2} ms")
    }
}
