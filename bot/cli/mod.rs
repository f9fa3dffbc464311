//! The command line: a contract that scripts depend on. Each command has a file of its own.

mod backup;
mod check;
mod export;
mod import;
mod matching;
mod people;
mod rehearse;
mod sandbox;
mod serve;
pub mod stage;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand, ValueEnum};
use tracing_subscriber::layer::{Identity, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

use crate::config::{self, Config};
use rehearse::storm::ways::Ways;

/// Runs the PLSEP Mentorship Program in Discord or Slack. Without a command: serves the platforms whose tokens are set,
/// or else opens the sandbox with its page.
#[derive(Parser)]
#[command(name = "plsep-bot", version)]
struct Line {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves Discord, Slack or both, as the environment's tokens say.
    Serve,
    /// Opens a pretend Discord and a pretend Slack with a page to look at them.
    Sandbox(sandbox::Options),
    /// Plays a whole season on the pretend platforms in simulated time, and checks what everybody saw.
    Rehearse(rehearse::Options),
    /// Brings the database up to date.
    Migrate,
    /// Looks for faults in the configuration before they hurt, and tells how each season stands and what is due next.
    ///
    /// Ends with 0 when nothing needs a person; with 1 when something does: a fault in the configuration, a database that
    /// cannot be reached or read, a message that was given up or is overdue by an hour, coordinators without a channel;
    /// with 2 when the configuration cannot be read at all.
    Check,
    /// Takes the roster of program participants in from a file, row by row as in chat.
    Import(import::Options),
    /// Writes a whole season into a folder, as JSON and as tables for a spreadsheet, also while the bot serves.
    Export(export::Options),
    /// Copies the database into a new file, also while the bot serves.
    Backup(backup::Options),
    /// Works out the pairs for people in a JSON file.
    Match(matching::Options),
    /// Prints the Slack app manifest.
    Manifest,
}

/// Which pretend platforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Which {
    /// Discord alone.
    Discord,
    /// Slack alone.
    Slack,
    /// Both, in one process.
    Both,
}

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failed {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] config::ConfigError),
    /// The stage of a sandbox or rehearsal.
    #[error(transparent)]
    Stage(#[from] stage::StageError),
    /// The bot does not start.
    #[error(transparent)]
    Start(#[from] crate::wiring::StartError),
    /// The database.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// Something the person at the terminal gave cannot be used.
    #[error("{0}")]
    Input(String),
    /// Something was found that must not be; it has been told already.
    #[error("{0}")]
    Found(String),
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let line = Line::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("This machine cannot start the program: {error}");
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(obey(line));
    // What still runs elsewhere, such as the look-up of a name, is not waited for.
    runtime.shutdown_background();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("{failed}");
            // 2 for what the caller can mend on the command line or in the configuration, 1 for everything else.
            ExitCode::from(if matches!(failed, Failed::Config(_) | Failed::Input(_)) { 2 } else { 1 })
        }
    }
}

async fn obey(line: Line) -> Result<(), Failed> {
    let config = Config::load(config::process_environment)?;
    match line.command {
        None if config.has_platform() => logged(&config, "info", serve::run(&config)).await,
        None => {
            let first_words = "No platform tokens are set, so this is the sandbox:";
            logged(&config, "warn", sandbox::run(&config, sandbox::Options::default(), first_words)).await
        }
        Some(Command::Serve) => logged(&config, "info", serve::run(&config)).await,
        Some(Command::Sandbox(options)) => {
            logged(&config, "warn", sandbox::run(&config, options, "This is the sandbox:")).await
        }
        Some(Command::Rehearse(options)) => {
            let ways = Ways::default();
            logged_with(&config, "error", Some(ways.layer()), rehearse::run(&config, options, &ways)).await
        }
        Some(Command::Migrate) => serve::migrate(&config).await,
        Some(Command::Check) => check::run(&config).await,
        Some(Command::Import(options)) => import::run(&config, &options).await,
        Some(Command::Export(options)) => export::run(&config, &options).await,
        Some(Command::Backup(options)) => backup::run(&config, &options).await,
        Some(Command::Match(options)) => matching::run(&config, &options),
        Some(Command::Manifest) => {
            let words = crate::words::TreeWords(Arc::new(crate::words::Catalogue::embedded()));
            let manifest = crate::slack::manifest(&words);
            println!("{}", serde_json::to_string_pretty(&manifest).unwrap_or_default());
            Ok(())
        }
    }
}

/// Runs a command with its log on standard error: as the configuration says, or `usual` where it says nothing of its own.
async fn logged(config: &Config, usual: &str, work: impl Future<Output = Result<(), Failed>>) -> Result<(), Failed> {
    logged_with(config, usual, None::<Identity>, work).await
}

/// The same, with somebody else who listens.
async fn logged_with<L: Layer<Registry> + Send + Sync>(
    config: &Config,
    usual: &str,
    listener: Option<L>,
    work: impl Future<Output = Result<(), Failed>>,
) -> Result<(), Failed> {
    let filter = if config.log_filter == "info" { usual } else { &config.log_filter };
    // Both client libraries log what people typed, or what opens sockets.
    let quiet = format!("{},slack_morphism=off", crate::discord::LOG_DIRECTIVE);
    let filter = EnvFilter::try_new(format!("{filter},{quiet}")).unwrap_or_else(|_| EnvFilter::new(&quiet));
    // A second initialisation can only come from tests, which have their own.
    let told = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(filter);
    let _ = tracing_subscriber::registry().with(listener).with(told).try_init();
    work.await
}

/// The path of a program file given on the command line, or the configured one.
fn program_source(config: &Config, given: Option<&PathBuf>) -> config::ProgramSource {
    given.map_or_else(|| config.program.clone(), |path| config::ProgramSource::File(path.clone()))
}
