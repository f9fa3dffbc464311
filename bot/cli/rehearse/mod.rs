//! `rehearse`: a whole season on the pretend platforms, in simulated time, through the real adapters. Prints what
//! happened and when, and a ledger of what was expected and what people really saw.

mod ledger;
mod looks;
mod participants;
mod plan;
mod player;
mod room;
mod script;
pub mod storm;

use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use plsep_domain::DateName;
use plsep_sandbox::SandboxClock;

use super::stage::{Stage, StageOptions};
use super::{Failed, Which, people, program_source, sandbox};
use crate::config::{self, Config};

use script::{Faults, Script};
use storm::many::{Many, Seeds};
use storm::ways::Ways;
use storm::{Setting, Storm};

/// How a rehearsal is played.
#[derive(clap::Args)]
pub(super) struct Options {
    /// On which pretend platforms.
    #[arg(long, value_enum, default_value = "both")]
    platform: Which,
    /// The season's file instead of the configured one.
    #[arg(long)]
    program: Option<PathBuf>,
    /// The people, as a CSV file, instead of the forty that come with the program.
    #[arg(long)]
    people: Option<PathBuf>,
    /// Decides in which order people apply.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What goes wrong on purpose.
    #[arg(long, value_enum, default_value = "none")]
    faults: Faults,
    /// Plays a storm for each of these seeds, as in 1..101, and reports on all of them.
    #[arg(long)]
    seeds: Option<Seeds>,
    /// How many of them are played at the same time.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// How many processes of the bot share the work in a storm on PostgreSQL (default: one or two, by the seed).
    #[arg(long)]
    processes: Option<usize>,
    /// Prints everything that happened in a storm, not only what happened around a broken promise.
    #[arg(long)]
    whole: bool,
    /// Where the bot keeps everything meanwhile (default: in memory). In a storm, a PostgreSQL server on which each
    /// season gets a database of its own (default: a file that is removed afterwards).
    #[arg(long, default_value = "sqlite::memory:")]
    database: String,
    /// Records every request and answer in this file.
    #[arg(long)]
    record: Option<PathBuf>,
    /// Prints the timeline and the ledger as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(config: &Config, options: Options, ways: &Ways) -> Result<(), Failed> {
    let server = options.database.starts_with("postgres").then_some(options.database.as_str());
    if let Some(seeds) = options.seeds {
        let Options { platform: on, jobs, json, .. } = options;
        return Many { seeds, jobs, on, server, json }.run();
    }
    let program = config::load_program(&program_source(config, options.program.as_ref()))?;
    let file = match &options.people {
        Some(path) => std::fs::read_to_string(path)
            .map_err(|error| Failed::Input(format!("{} cannot be read: {error}", path.display())))?,
        None => sandbox::PEOPLE.to_owned(),
    };
    let people = people::read(&file, options.seed).map_err(Failed::Input)?;
    people::check(&people, &program).map_err(Failed::Input)?;
    if options.faults == Faults::Storm {
        // Every other pair of seeds shares the work where it can be shared.
        let by_seed = 1 + usize::from(options.seed / 4 % 2 == 1);
        let processes = if server.is_some() { options.processes.unwrap_or(by_seed) } else { 1 };
        let record = options.record.as_deref();
        let setting = Setting { on: options.platform, server, processes, program, record };
        let storm = Storm { setting, people: &people, seed: options.seed, ways, whole: options.whole };
        let report = storm.run()?;
        let told = if options.json { format!("{:#}\n", report.json()) } else { report.text() };
        print!("{told}");
        return verdict(report.outcome.differences());
    }
    let opens = program.calendar.instant(DateName::ApplicationsOpen) + TimeDelta::hours(1);
    let on = |which| options.platform == which || options.platform == Which::Both;
    let stage = Stage::open(StageOptions {
        discord: on(Which::Discord).then_some(0),
        slack: on(Which::Slack).then_some(0),
        clock: SandboxClock::still(opens.timestamp_millis()),
        database: options.database.clone(),
        program: program.clone(),
        record: options.record.clone(),
        bot: true,
        by_itself: false,
        reply_deadline: Duration::from_secs(2),
    })
    .await?;
    if !stage.store.read().await?.seasons().await?.iter().all(|season| season.created_at == stage.now()) {
        let what =
            "The database holds a season already. A rehearsal plays in an empty one: name another with --database.";
        return Err(Failed::Input(what.to_owned()));
    }
    sandbox::fill(&stage, &people, false).await?;
    let progress = progress_bar(&options, &program);
    let script = Script {
        stage: &stage,
        program: &program,
        people: &people,
        seed: options.seed,
        faults: options.faults,
        progress: &progress,
    };
    let played = script.play().await;
    progress.finish_and_clear();
    let outcome = played?;
    stage.close().await;
    if options.json {
        println!("{}", serde_json::to_string_pretty(&outcome.json()).unwrap_or_default());
    } else {
        print!("{}", outcome.text());
    }
    verdict(outcome.differences())
}

/// Fails if anything differs from what was expected.
fn verdict(differences: usize) -> Result<(), Failed> {
    match differences {
        0 => Ok(()),
        1 => Err(Failed::Found("One figure differs from what was expected.".to_owned())),
        count => Err(Failed::Found(format!("{count} figures differ from what was expected."))),
    }
}

/// Counts the season's days, for a person who watches.
fn progress_bar(options: &Options, program: &plsep_domain::Program) -> ProgressBar {
    let calendar = &program.calendar;
    let days = (calendar.instant(DateName::WrapUpUntil) - calendar.instant(DateName::ApplicationsOpen)).num_days();
    let bar = ProgressBar::new(days.unsigned_abs());
    if options.json {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{msg:32} {bar:40} day {pos} of {len}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
