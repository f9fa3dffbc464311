//! `rehearse`: a whole season on the pretend platforms, in simulated time, through the real adapters. Prints what
//! happened and when, and a ledger of what was expected and what people really saw.

mod ledger;
mod plan;
mod player;
mod room;
mod script;

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
    /// Where the bot keeps everything meanwhile (default: in memory).
    #[arg(long, default_value = "sqlite::memory:")]
    database: String,
    /// Records every request and answer in this file.
    #[arg(long)]
    record: Option<PathBuf>,
    /// Prints the timeline and the ledger as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(config: &Config, options: Options) -> Result<(), Failed> {
    let program = config::load_program(&program_source(config, options.program.as_ref()))?;
    let file = match &options.people {
        Some(path) => std::fs::read_to_string(path)
            .map_err(|error| Failed::Input(format!("{} cannot be read: {error}", path.display())))?,
        None => sandbox::PEOPLE.to_owned(),
    };
    let people = people::read(&file).map_err(Failed::Input)?;
    people::check(&people, &program).map_err(Failed::Input)?;
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
    sandbox::fill(&stage, &people).await?;
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
    match outcome.differences() {
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
