//! `sandbox`: the pretend platforms with the bot and a page to look at them.

use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use plsep_domain::DateName;
use plsep_domain::roster::Sheet;
use plsep_sandbox::page::{Page, PageOptions, TimeMachine};
use plsep_sandbox::{Actor, SandboxClock};

use super::people::{self, Applicant, Part};
use super::serve::stop_signal;
use super::stage::{Stage, StageOptions};
use super::{Failed, import, program_source};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::config::{self, Config};

/// The season's people who come with the program.
pub(super) const PEOPLE: &str = include_str!("../../config/programs/plsep-2025-people.csv");

/// How the sandbox is opened.
#[derive(clap::Args, Default)]
pub(super) struct Options {
    /// Port of the pretend Discord (default: as configured, or any free one).
    #[arg(long)]
    discord_port: Option<u16>,
    /// Port of the pretend Slack.
    #[arg(long)]
    slack_port: Option<u16>,
    /// Port of the page.
    #[arg(long)]
    page_port: Option<u16>,
    /// Opens the platforms without our bot, for trying another one.
    #[arg(long)]
    no_bot: bool,
    /// The season's file instead of the configured one.
    #[arg(long)]
    program: Option<PathBuf>,
    /// Records every request and answer in this file.
    #[arg(long)]
    record: Option<PathBuf>,
}

pub(super) async fn run(config: &Config, options: Options, first_words: &str) -> Result<(), Failed> {
    let Options { discord_port, slack_port, page_port, no_bot, program, record } = options;
    let program = config::load_program(&program_source(config, program.as_ref()))?;
    let people = people::read(PEOPLE, 1).map_err(Failed::Input)?;
    let opens = program.calendar.instant(DateName::ApplicationsOpen) + TimeDelta::hours(1);
    let zone = program.calendar.zone().name().to_owned();
    let title = program.name.en.clone();
    let stage = Stage::open(StageOptions {
        discord: Some(discord_port.unwrap_or(config.sandbox.discord)),
        slack: Some(slack_port.unwrap_or(config.sandbox.slack)),
        clock: SandboxClock::flowing(opens.timestamp_millis()),
        // The pretend season is gone with the process: every start begins at the beginning.
        database: "sqlite::memory:".to_owned(),
        program,
        record,
        bot: !no_bot,
        by_itself: true,
        reply_deadline: Duration::from_secs(2),
    })
    .await?;
    fill(&stage, &people, true).await?;
    let time: std::sync::Arc<dyn TimeMachine> = stage.clone();
    let page = Page::start(PageOptions {
        port: page_port.unwrap_or(config.sandbox.page),
        platforms: stage.platforms(),
        time,
        zone,
        title,
    })
    .await
    .map_err(super::stage::StageError::Io)?;
    println!("{first_words} open {} in a browser.", page.url());
    println!("Everything in it is pretend, and gone when you stop it with Ctrl-C.");
    println!("A bot of your own gets in with:");
    for (name, value) in stage.environment() {
        println!("  {name}={value}");
    }
    stop_signal().await;
    page.stop().await;
    stage.close().await;
    Ok(())
}

/// The people join; those who are on the roster are put there, unless a coordinator will bring it in; the coordinators
/// are appointed by the owner.
pub(super) async fn fill(stage: &Stage, people: &[Applicant], with_roster: bool) -> Result<(), Failed> {
    let refused = |error: plsep_sandbox::CannotAct| Failed::Input(error.to_string());
    for platform in stage.platforms() {
        for resident in people::residents(people) {
            platform.join(resident).map_err(refused)?;
        }
    }
    if stage.bot().await.is_none() {
        return Ok(());
    }
    stage.settle().await?;
    for platform in stage.platforms() {
        if with_roster {
            let community = stage.community(platform.key()).await?;
            let sheet = Sheet { good: people::roster(people, &platform.residents()), ..Sheet::default() };
            import::put(&stage.store, community, &sheet, false, stage.now()).await?;
        }
        let Some(owner) = people.iter().find(|person| person.part == Part::Owner) else { continue };
        let owner = Actor::new(platform.clone(), &owner.handle);
        for coordinator in people.iter().filter(|person| person.part == Part::Coordinator) {
            let command = typed(CommandId::CoordinatorsAdd);
            let line = people::naming(platform.key(), &command, &coordinator.handle, None);
            owner.says(&line).await.map_err(refused)?;
            stage.settle().await?;
        }
    }
    Ok(())
}
