//! `rehearse --faults storm`: a whole season of sixty people while everything goes wrong that can, decided by a seed. It
//! plays on a thread of its own, one thing after the other, so that a seed replays the same season; at the end every
//! promise is judged by what people saw.

mod cast;
pub(super) mod many;
mod process;
mod season;
mod theatre;
mod verdict;
pub mod ways;
mod weather;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{DateName, Program};
use plsep_sandbox::SandboxClock;
use serde_json::{Value, json};

use super::super::people::Applicant;
use super::super::stage::{StageError, instant};
use super::super::{Failed, Which};
use super::ledger::Outcome;
use super::player::Stuck;
use crate::clock::within;
use crate::words::Catalogue;
use season::Season;
use theatre::Theatre;
use verdict::Broken;
use ways::Ways;
use weather::Weather;

/// A season that takes longer, in real time, never ends: many are played side by side, and none may hold up the rest.
const SEASON_MAX: Duration = Duration::from_secs(900);

/// Lines of the timeline that are shown around a broken promise.
const LINES_AROUND: usize = 40;

/// Where a storm plays.
pub(super) struct Setting<'a> {
    pub on: Which,
    /// The PostgreSQL server to play on; a file if there is none.
    pub server: Option<&'a str>,
    /// How many processes share the work: more than one on PostgreSQL alone.
    pub processes: usize,
    pub program: Program,
    /// Where every request is recorded, if it is.
    pub record: Option<&'a Path>,
}

/// One storm.
pub(super) struct Storm<'a> {
    pub setting: Setting<'a>,
    pub people: &'a [Applicant],
    pub seed: u64,
    /// Counts the ways back that are taken.
    pub ways: &'a Ways,
    /// Whether the whole timeline is told, not only what is around a broken promise.
    pub whole: bool,
}

/// How a storm went.
pub(super) struct Report {
    pub outcome: Outcome,
    pub seed: u64,
    pub ills: BTreeMap<&'static str, u64>,
    pub ways: BTreeMap<&'static str, u64>,
    pub requests: u64,
}

impl Storm<'_> {
    /// Plays it, on a thread of its own.
    ///
    /// # Errors
    /// The machine, or a season that cannot be played to its end.
    pub fn run(self) -> Result<Report, Failed> {
        std::thread::scope(|scope| {
            let played = scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let played = within(SEASON_MAX, self.play());
                let late =
                    |_| Failed::Found("The season did not come to its end; something waits for ever.".to_owned());
                runtime.map_err(StageError::Io)?.block_on(played).map_err(late)?
            });
            played.join().unwrap_or_else(|_| Err(Failed::Found("The storm panicked; see above.".to_owned())))
        })
    }

    async fn play(self) -> Result<Report, Failed> {
        let Self { setting, people, seed, ways, whole } = self;
        let program = setting.program.clone();
        let opens = program.calendar.instant(DateName::ApplicationsOpen) + TimeDelta::hours(1);
        let clock = SandboxClock::still(opens.timestamp_millis());
        let weather = Weather::new(seed, clock.clone(), setting.processes);
        let cast = cast::sixty(people, &weather);
        let name = format!("plsep_storm_{}_{seed}", std::process::id());
        let theatre = Theatre::open(setting, clock, weather.clone(), &name).await?;
        let catalogue = Catalogue::embedded();
        let season =
            Season { theatre: &theatre, weather: &weather, program: &program, people: &cast, catalogue: &catalogue };
        let troupes = season.troupes();
        let played = async {
            season::fill(&season, &troupes).await?;
            season.play(&troupes).await
        };
        let (mut done, mut broken) = match played.await {
            Ok(done) => (done, Vec::new()),
            Err(Stuck::Stage(error)) => (season::Done::default(), vec![late(&theatre, format!("the world: {error}"))]),
            Err(stuck) => (season::Done::default(), vec![late(&theatre, stuck.to_string())]),
        };
        let finished = broken.is_empty();
        broken.extend(weather.broken().into_iter().map(|what| Broken { what, at: None }));
        if finished {
            broken.extend(verdict::judge(&season, &troupes, &mut done).await?);
        }
        let platforms = theatre.platforms().iter().map(|platform| platform.key().to_owned()).collect();
        let zone = program.calendar.zone();
        let precise = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S%.3f").to_string();
        let story = weather.story();
        let told = if whole { story } else { excerpt(story, &broken) };
        let timeline = told.into_iter().map(|(at, what)| (precise(instant(at)), what)).collect();
        let outcome = Outcome {
            platforms,
            timeline,
            ledger: done.ledger,
            broken: broken.into_iter().map(|broken| broken.what).collect(),
        };
        let report =
            Report { outcome, seed, ills: weather.counts(), ways: ways.counts(), requests: weather.requests() };
        drop(troupes);
        theatre.close().await?;
        Ok(report)
    }
}

fn late(theatre: &Theatre, what: String) -> Broken {
    Broken { what, at: Some(theatre.now()) }
}

/// The lines of the story around the first broken promise of which it is known when it broke, else its end.
fn excerpt(story: Vec<(i64, String)>, broken: &[Broken]) -> Vec<(i64, String)> {
    if broken.is_empty() {
        return Vec::new();
    }
    let at = broken.iter().filter_map(|broken| broken.at).min();
    let end = at.map_or(story.len(), |at| {
        let last = story.iter().rposition(|(ms, _)| *ms <= at.timestamp_millis());
        last.map_or(story.len(), |last| (last + 1 + LINES_AROUND / 4).min(story.len()))
    });
    let begin = end.saturating_sub(LINES_AROUND);
    story.into_iter().take(end).skip(begin).collect()
}

impl Report {
    /// For scripts.
    pub fn json(&self) -> Value {
        let mut json = self.outcome.json();
        json["seed"] = self.seed.into();
        json["ills"] = json!(self.ills);
        json["ways"] = json!(self.ways);
        json["requests"] = self.requests.into();
        json
    }

    /// For a person.
    pub fn text(&self) -> String {
        let list = |all: &BTreeMap<&'static str, u64>| {
            let some: Vec<String> =
                all.iter().filter(|(_, n)| **n > 0).map(|(name, n)| format!("{name} {n}")).collect();
            some.join(", ")
        };
        format!(
            "Seed {}\nWent wrong: {}\nWays back: {}\nRequests: {}\n{}",
            self.seed,
            list(&self.ills),
            list(&self.ways),
            self.requests,
            self.outcome.text()
        )
    }
}
