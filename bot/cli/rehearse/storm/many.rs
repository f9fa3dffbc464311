//! `rehearse --faults storm --seeds A..B --jobs N`: many storms, each in a process of its own, spread evenly over the
//! platforms and the databases, and one report over all of them.

use std::collections::BTreeMap;
use std::process::Command;
use std::str::FromStr;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use super::super::super::{Failed, Which};
use crate::recovery::Way;

/// Seeds from the first up to, and without, the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seeds {
    /// The first.
    pub from: u64,
    /// One more than the last.
    pub to: u64,
}

impl FromStr for Seeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let both = text.split_once("..").and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
        match both {
            Some((from, to)) if from < to => Ok(Self { from, to }),
            _ => Err("write two numbers, as in 1..101; the second is not played any more".to_owned()),
        }
    }
}

/// Many storms.
pub(in super::super) struct Many<'a> {
    pub seeds: Seeds,
    /// How many are played at the same time.
    pub jobs: usize,
    /// On which platform; each seed on one of the two if it is both.
    pub on: Which,
    /// A PostgreSQL server, for every other pair of seeds; the others, or all without it, play on a file.
    pub server: Option<&'a str>,
    pub json: bool,
}

/// What has been gathered.
#[derive(Default)]
struct Sum {
    played: BTreeMap<String, u64>,
    ills: BTreeMap<String, u64>,
    ways: BTreeMap<String, u64>,
    requests: u64,
    failed: Vec<(String, String)>,
}

/// One seed's place.
struct Cell {
    platform: &'static str,
    server: bool,
}

impl Many<'_> {
    /// Plays them all and prints the report.
    ///
    /// # Errors
    /// A promise was not kept, or a storm could not be played.
    pub fn run(&self) -> Result<(), Failed> {
        let program = std::env::current_exe().map_err(|error| Failed::Input(error.to_string()))?;
        let next = AtomicU64::new(self.seeds.from);
        let sum = Mutex::new(Sum::default());
        let bar = ProgressBar::new(self.seeds.to - self.seeds.from);
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len} seasons, {eta} left");
        let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.max(1) {
                scope.spawn(|| {
                    loop {
                        let seed = next.fetch_add(1, Ordering::Relaxed);
                        if seed >= self.seeds.to {
                            return;
                        }
                        let cell = self.cell(seed);
                        let mut command = Command::new(&program);
                        command.args(self.arguments(seed, &cell));
                        let told = command.output();
                        let mut sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
                        match told {
                            Ok(told) => sum.add(seed, &cell, &told.stdout, &told.stderr, self.replay(seed, &cell)),
                            Err(error) => sum.failed.push((self.replay(seed, &cell), error.to_string())),
                        }
                        bar.inc(1);
                    }
                });
            }
        });
        bar.finish_and_clear();
        let sum = sum.into_inner().unwrap_or_else(PoisonError::into_inner);
        if self.json {
            println!("{}", serde_json::to_string_pretty(&sum.json()).unwrap_or_default());
        } else {
            print!("{}", sum.text());
        }
        match sum.failed.len() {
            0 => Ok(()),
            count => {
                Err(Failed::Found(format!("{count} of {} storms broke a promise.", self.seeds.to - self.seeds.from)))
            }
        }
    }

    fn cell(&self, seed: u64) -> Cell {
        let platform = match self.on {
            Which::Discord => "discord",
            Which::Slack => "slack",
            Which::Both => ["discord", "slack"][usize::from(seed % 2 == 1)],
        };
        Cell { platform, server: self.server.is_some() && seed / 2 % 2 == 1 }
    }

    fn arguments(&self, seed: u64, cell: &Cell) -> Vec<String> {
        let mut arguments: Vec<String> =
            ["rehearse", "--faults", "storm", "--json", "--platform", cell.platform, "--seed"]
                .map(str::to_owned)
                .into();
        arguments.push(seed.to_string());
        if let (true, Some(server)) = (cell.server, self.server) {
            arguments.extend(["--database".to_owned(), server.to_owned()]);
        }
        arguments
    }

    fn replay(&self, seed: u64, cell: &Cell) -> String {
        let database = if cell.server { " --database postgres://..." } else { "" };
        format!("plsep-bot rehearse --faults storm --platform {} --seed {seed}{database}", cell.platform)
    }
}

impl Sum {
    fn add(&mut self, seed: u64, cell: &Cell, told: &[u8], complained: &[u8], replay: String) {
        let database = if cell.server { "postgres" } else { "sqlite" };
        *self.played.entry(format!("{} on {database}", cell.platform)).or_default() += 1;
        let Ok(report) = serde_json::from_slice::<Value>(told) else {
            let why = String::from_utf8_lossy(complained).into_owned();
            self.failed.push((replay, format!("seed {seed} was not played to its end: {why}")));
            return;
        };
        let count = |from: &Value, into: &mut BTreeMap<String, u64>| {
            for (name, number) in from.as_object().into_iter().flatten() {
                *into.entry(name.clone()).or_default() += number.as_u64().unwrap_or_default();
            }
        };
        count(&report["ills"], &mut self.ills);
        count(&report["ways"], &mut self.ways);
        self.requests += report["requests"].as_u64().unwrap_or_default();
        if report["ok"] != true {
            let lines = |list: &Value, line: &dyn Fn(&Value) -> String| {
                list.as_array().into_iter().flatten().map(line).collect::<Vec<_>>().join("\n  ")
            };
            let plain = |it: &Value| it.as_str().unwrap_or_default().to_owned();
            let broken = [lines(&report["broken"], &plain), lines(&report["differing"], &plain)].join("\n  ");
            let timeline =
                lines(&report["timeline"], &|it: &Value| format!("{}  {}", plain(&it["at"]), plain(&it["what"])));
            self.failed.push((replay, format!("{broken}\n  ---\n  {timeline}")));
        }
    }

    fn json(&self) -> Value {
        let failed: Vec<Value> =
            self.failed.iter().map(|(replay, what)| serde_json::json!({ "replay": replay, "what": what })).collect();
        serde_json::json!({
            "ok": failed.is_empty(), "played": self.played, "requests": self.requests, "ills": self.ills,
            "ways": self.ways, "failed": failed,
        })
    }

    fn text(&self) -> String {
        let table = |title: &str, all: &BTreeMap<String, u64>| {
            let rows: String = all.iter().map(|(name, number)| format!("  {name:<24}{number:>12}\n")).collect();
            format!("{title}\n{rows}")
        };
        let mut text = table("Seasons played", &self.played);
        text.push_str(&format!("  {:<24}{:>12}\n", "requests", self.requests));
        text.push_str(&table("What went wrong, how often", &self.ills));
        text.push_str(&table("Ways back, how often taken", &self.ways));
        let untried: Vec<&str> = Way::ALL
            .map(Way::key)
            .into_iter()
            .filter(|way| self.ways.get(*way).is_none_or(|taken| *taken == 0))
            .collect();
        if !untried.is_empty() {
            text.push_str(&format!("Never taken, so not tried: {}\n", untried.join(", ")));
        }
        for (replay, what) in &self.failed {
            text.push_str(&format!("\nNot kept. Again with: {replay}\n  {what}\n"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_two_numbers_in_order() {
        assert_eq!("1..101".parse(), Ok(Seeds { from: 1, to: 101 }));
        for wrong in ["", "5", "5..5", "9..2", "a..b"] {
            assert!(wrong.parse::<Seeds>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn seeds_spread_evenly_over_platforms_and_databases() {
        let many = Many {
            seeds: Seeds { from: 1, to: 401 },
            jobs: 1,
            on: Which::Both,
            server: Some("postgres://x"),
            json: false,
        };
        let mut cells: BTreeMap<(&str, bool), u64> = BTreeMap::new();
        for seed in 1..401 {
            let cell = many.cell(seed);
            *cells.entry((cell.platform, cell.server)).or_default() += 1;
        }
        assert_eq!(cells.into_values().collect::<Vec<_>>(), [100; 4]);
    }
}
