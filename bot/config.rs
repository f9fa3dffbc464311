//! How the bot is set up: the shipped defaults, under the file named by `PLSEP_CONFIG`, under the
//! environment. Whatever cannot be used is refused in a sentence that says where it stands and how to mend
//! it, and all of it at once. It asks no platform and opens no database, and it never shows a secret.

mod error;
mod file;
mod program_file;
mod reader;
mod secret;
mod tokens;

use std::{ffi::OsString, time::Duration};

use reqwest::Url;

use reader::Reader;

pub use error::ConfigError;
pub use program_file::{ProgramSource, load_program, parse_program};
pub use secret::{DatabaseUrl, Secret};

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Config {
    /// The season to run.
    pub program: ProgramSource,
    /// Where everything is kept.
    pub database: DatabaseUrl,
    /// Discord.
    pub discord: DiscordConfig,
    /// Slack.
    pub slack: SlackConfig,
    /// How things are sent.
    pub outbox: OutboxConfig,
    /// Ports of the sandbox.
    pub sandbox: SandboxPorts,
    /// What is logged, as `tracing_subscriber::EnvFilter` reads it; known to be readable.
    pub log_filter: String,
}

/// How to reach Discord.
#[derive(Clone, Debug)]
pub struct DiscordConfig {
    /// The bot's token; none if this bot does not serve Discord.
    pub token: Option<Secret>,
    /// Base address without `/api`, version or trailing slash: `https://discord.com`.
    pub api_url: String,
    /// How long requests and replies may take.
    pub waits: Waits,
}

/// How to reach Slack.
#[derive(Clone, Debug)]
pub struct SlackConfig {
    /// Both tokens; none if this bot does not serve Slack.
    pub tokens: Option<SlackTokens>,
    /// Address to which `/method` is added, without trailing slash: `https://slack.com/api`.
    pub api_url: String,
    /// How long requests and replies may take.
    pub waits: Waits,
}

/// The two tokens of a Slack app.
#[derive(Clone, Debug)]
pub struct SlackTokens {
    /// Speaks as the bot (`xoxb-...`).
    pub bot: Secret,
    /// Opens sockets (`xapp-...`).
    pub app: Secret,
}

/// How long a platform is waited for, and kept waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    /// Without an answer by then, the person is told that it takes longer. Less than the platforms' 3 seconds.
    pub reply_deadline: Duration,
    /// The longest a single request may take.
    pub request_timeout: Duration,
}

/// How things are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutboxConfig {
    /// How long one worker holds what it has taken.
    pub lease: Duration,
    /// How much a worker takes at once.
    pub batch: u32,
    /// How many conversations are written to side by side.
    pub parallel: usize,
    /// How often one thing is tried.
    pub attempts_max: u32,
    /// The wait before the second attempt.
    pub backoff_first: Duration,
    /// The longest wait between attempts.
    pub backoff_max: Duration,
}

/// Ports of the sandbox on loopback; 0 means any free one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SandboxPorts {
    /// The pretend Discord.
    pub discord: u16,
    /// The pretend Slack.
    pub slack: u16,
    /// The page.
    pub page: u16,
}

impl Config {
    /// Reads the configuration; `environment` looks a variable up.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn load(environment: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        Reader::new(&environment)?.config()
    }

    /// Whether there is any platform to serve.
    #[must_use]
    pub fn has_platform(&self) -> bool {
        self.discord.token.is_some() || self.slack.tokens.is_some()
    }
}

/// Looks a variable up in the environment of this process: the argument for [`Config::load`] in the binary.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
pub fn process_environment(name: &str) -> Option<OsString> {
    match std::env::var(name) {
        Ok(value) => Some(value.into()),
        Err(std::env::VarError::NotUnicode(raw)) => Some(raw),
        Err(std::env::VarError::NotPresent) => None,
    }
}

/// What a configuration that can be used would still do badly, for `check`: a sentence each.
#[must_use]
pub fn faults(config: &Config) -> Vec<String> {
    let Config { program, database, discord, slack, outbox: _, sandbox: _, log_filter: _ } = config;
    let mut faults = load_program(program).err().map_or_else(Vec::new, |error| error.faults().to_vec());
    if database.in_memory() {
        faults.push(
            "database.url: a database in memory forgets everything when the bot stops. Name a file, such as \
             sqlite://data/plsep.sqlite."
                .to_owned(),
        );
    }
    for (key, url) in [("discord.api_url", &discord.api_url), ("slack.api_url", &slack.api_url)] {
        if is_open_to_listeners(url) {
            faults.push(format!("{key}: the token would travel unencrypted to another machine. Use https."));
        }
    }
    if !slack.api_url.ends_with("/api") {
        faults.push(format!(
            "slack.api_url: methods would be called at {}/auth.test. Slack has them at https://slack.com/api.",
            slack.api_url
        ));
    }
    faults
}

/// Whether a token sent there could be read on the way.
fn is_open_to_listeners(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| {
        let host = url.host_str().unwrap_or_default();
        let here = host == "localhost" || host == "[::1]" || host.starts_with("127.");
        url.scheme() == "http" && !here
    })
}

#[cfg(test)]
mod tests;
