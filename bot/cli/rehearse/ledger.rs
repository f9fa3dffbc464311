//! What was expected and what people saw, and the story in between.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

/// The rows of the ledger, in the order of the season.
pub(super) const ROWS: [&str; 37] = [
    "roster_rows",
    "roster_errors",
    "applied",
    "drafts_resumed",
    "too_late",
    "not_on_roster",
    "withdrawn",
    "reviewed",
    "accepted",
    "declined",
    "pinned",
    "published",
    "matched",
    "unmatched",
    "introduced",
    "acknowledged",
    "announced",
    "dates_moved",
    "denied",
    "meetings_set",
    "ics_sent",
    "nudged",
    "answered",
    "disagreements",
    "concerns",
    "concerns_resolved",
    "rematched",
    "pulses",
    "snoozed",
    "archived",
    "surveys",
    "certificates",
    "exports",
    "deletions",
    "reports",
    "digests",
    "audit_entries",
];

/// One row on one platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// By the script and the program's rules.
    pub expected: usize,
    /// In front of the people.
    pub seen: usize,
}

/// A ledger for each platform.
#[derive(Debug, Default)]
pub(super) struct Ledger(BTreeMap<(String, &'static str), Count>);

impl Ledger {
    /// So many more are expected on a platform.
    pub fn expect(&mut self, platform: &str, row: &'static str, more: usize) {
        self.0.entry((platform.to_owned(), row)).or_default().expected += more;
    }

    /// So many more were seen on a platform.
    pub fn see(&mut self, platform: &str, row: &'static str, more: usize) {
        self.0.entry((platform.to_owned(), row)).or_default().seen += more;
    }

    fn count(&self, platform: &str, row: &'static str) -> Count {
        self.0.get(&(platform.to_owned(), row)).copied().unwrap_or_default()
    }
}

/// How a rehearsal went.
pub(super) struct Outcome {
    /// The platforms in order.
    pub platforms: Vec<String>,
    /// What happened: when (in the program's zone), what.
    pub timeline: Vec<(String, String)>,
    /// The figures.
    pub ledger: Ledger,
    /// Promises that were not kept, in words.
    pub broken: Vec<String>,
}

impl Outcome {
    /// How many figures differ, with every broken promise counted.
    pub fn differences(&self) -> usize {
        let differs = |platform: &String| {
            ROWS.iter()
                .filter(|row| {
                    let Count { expected, seen } = self.ledger.count(platform, row);
                    expected != seen
                })
                .count()
        };
        self.platforms.iter().map(differs).sum::<usize>() + self.broken.len()
    }

    /// The figures that differ, in words.
    pub fn differing(&self) -> Vec<String> {
        let of = |platform: &String| {
            let counts = ROWS.iter().map(|row| (*row, self.ledger.count(platform, row)));
            let differ = counts.filter(|(_, count)| count.expected != count.seen);
            differ
                .map(|(row, count)| format!("{platform}: {row}: {} expected, {} seen", count.expected, count.seen))
                .collect::<Vec<_>>()
        };
        self.platforms.iter().flat_map(of).collect()
    }

    /// For scripts.
    pub fn json(&self) -> Value {
        let ledger: BTreeMap<&String, BTreeMap<&str, Value>> = self
            .platforms
            .iter()
            .map(|platform| {
                let rows = ROWS.iter().map(|row| {
                    let Count { expected, seen } = self.ledger.count(platform, row);
                    (*row, json!({ "expected": expected, "seen": seen }))
                });
                (platform, rows.collect())
            })
            .collect();
        let timeline: Vec<Value> = self.timeline.iter().map(|(at, what)| json!({ "at": at, "what": what })).collect();
        json!({ "ok": self.differences() == 0, "ledger": ledger, "broken": self.broken, "differing": self.differing(), "timeline": timeline })
    }

    /// For a coordinator.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let widest = self.timeline.iter().map(|(at, _)| at.len()).max().unwrap_or_default();
        for (at, what) in &self.timeline {
            writeln!(out, "{at:<widest$}  {what}").expect("a string takes everything");
        }
        write!(out, "\n{:<18}", "").expect("a string takes everything");
        for platform in &self.platforms {
            write!(out, "{platform:>24}").expect("a string takes everything");
        }
        write!(out, "\n{:<18}", "").expect("a string takes everything");
        for _ in &self.platforms {
            write!(out, "{:>14}{:>10}", "expected", "seen").expect("a string takes everything");
        }
        out.push('\n');
        // A storm counts less than a rehearsal in fair weather.
        let counted =
            |row: &&'static str| self.platforms.iter().any(|it| self.ledger.count(it, row) != Count::default());
        for row in ROWS.into_iter().filter(counted) {
            write!(out, "{:<18}", row.replace('_', " ")).expect("a string takes everything");
            for platform in &self.platforms {
                let Count { expected, seen } = self.ledger.count(platform, row);
                let mark = if expected == seen { "" } else { " <" };
                write!(out, "{expected:>14}{:>10}", format!("{seen}{mark}")).expect("a string takes everything");
            }
            out.push('\n');
        }
        for broken in &self.broken {
            writeln!(out, "Not kept: {broken}").expect("a string takes everything");
        }
        writeln!(
            out,
            "\n{}",
            if self.differences() == 0 { "Everything was as expected." } else { "Look at the marked figures." }
        )
        .expect("a string takes everything");
        out
    }
}
