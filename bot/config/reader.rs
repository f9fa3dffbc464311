//! Goes through the layers value by value and gathers every fault, so that the operator mends them in one
//! go. A faulty value gets a stand-in until the end, where any fault refuses the whole.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    time::Duration,
};

use reqwest::Url;

use super::{
    Config, ConfigError, DatabaseUrl, DiscordConfig, OutboxConfig, ProgramSource, SandboxPorts, Secret, SlackConfig,
    SlackTokens, Waits,
    file::{File, Given, Layers, PlatformTable},
    tokens,
};

/// Platforms take an interaction for lost after 3 seconds; this leaves a tenth of a second for the way.
const REPLY_DEADLINE_MAX_MS: u64 = 2_900;

/// One thing to send takes up to three requests (look, act, look again): its lease must outlast them, or a
/// second worker would take it up meanwhile.
const REQUESTS_PER_LEASE: u64 = 3;

/// The longest time that may be asked for in seconds: a day.
const DAY_S: u64 = 86_400;

type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The layers, the environment over them, and what was found wrong so far.
pub(super) struct Reader<'a> {
    environment: Environment<'a>,
    layers: Layers,
    /// Where the operator's file lies: paths of programs are seen from there.
    directory: PathBuf,
    faults: Vec<String>,
}

impl<'a> Reader<'a> {
    /// Opens the files.
    ///
    /// # Errors
    /// If the operator's file cannot be read, is not TOML or holds unknown keys.
    pub fn new(environment: Environment<'a>) -> Result<Self, ConfigError> {
        let mut faults = Vec::new();
        let name = variable(environment, "PLSEP_CONFIG", &mut faults);
        ConfigError::check(faults)?;
        let directory = name.as_deref().and_then(|name| Path::new(name).parent()).map(Path::to_owned);
        let layers = Layers::read(name.map(read_own).transpose()?)?;
        Ok(Self { environment, layers, directory: directory.unwrap_or_default(), faults: Vec::new() })
    }

    /// The configuration.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn config(mut self) -> Result<Config, ConfigError> {
        let discord = DiscordConfig {
            token: self.discord_token(),
            api_url: without_version(&self.address("DISCORD_API_URL", "discord", |file| &file.discord)).to_owned(),
            waits: self.waits("discord", |file| &file.discord),
        };
        let slack = SlackConfig {
            tokens: self.slack_tokens(),
            api_url: self.address("SLACK_API_URL", "slack", |file| &file.slack),
            waits: self.waits("slack", |file| &file.slack),
        };
        let config = Config {
            program: self.program(),
            database: self.database(),
            outbox: self.outbox(discord.waits.request_timeout.max(slack.waits.request_timeout)),
            sandbox: self.sandbox(),
            log_filter: self.log_filter(),
            discord,
            slack,
        };
        ConfigError::check(self.faults)?;
        Ok(config)
    }

    fn program(&mut self) -> ProgramSource {
        let given = self.layers.pick("program.file", |file| file.program.file.clone());
        ProgramSource::parse(&given.value, &self.directory).unwrap_or_else(|fault| {
            self.faults.push(format!("{} {fault}.", given.place));
            ProgramSource::default()
        })
    }

    fn database(&mut self) -> DatabaseUrl {
        let given = self.text("DATABASE_URL", "database.url", |file| file.database.url.clone());
        DatabaseUrl::parse(&given.value).unwrap_or_else(|fault| {
            self.faults.push(format!("{} {fault}.", given.place));
            DatabaseUrl::default()
        })
    }

    fn discord_token(&mut self) -> Option<Secret> {
        let token = variable(self.environment, "DISCORD_TOKEN", &mut self.faults);
        tokens::discord(token).unwrap_or_else(|fault| {
            self.faults.push(fault);
            None
        })
    }

    fn slack_tokens(&mut self) -> Option<SlackTokens> {
        let bot = variable(self.environment, "SLACK_BOT_TOKEN", &mut self.faults);
        let app = variable(self.environment, "SLACK_APP_TOKEN", &mut self.faults);
        tokens::slack(bot, app).unwrap_or_else(|faults| {
            self.faults.extend(faults);
            None
        })
    }

    fn waits(&mut self, name: &str, table: impl Fn(&File) -> &PlatformTable) -> Waits {
        let key = format!("{name}.reply_deadline_ms");
        let given = self.layers.pick(&key, |file| table(file).reply_deadline_ms);
        let reply_deadline = self.within(&given, 100, REPLY_DEADLINE_MAX_MS, "platforms give up after 3000");
        let key = format!("{name}.request_timeout_ms");
        let given = self.layers.pick(&key, |file| table(file).request_timeout_ms);
        let request_timeout = self.within(&given, 1_000, 60_000, "shorter cuts good answers off, longer holds all up");
        Waits {
            reply_deadline: Duration::from_millis(reply_deadline),
            request_timeout: Duration::from_millis(request_timeout),
        }
    }

    fn outbox(&mut self, request_timeout: Duration) -> OutboxConfig {
        let lease_min = request_timeout.as_secs().saturating_mul(REQUESTS_PER_LEASE);
        let lease = self.layers.pick("outbox.lease_s", |file| file.outbox.lease_s);
        let lease = self.within(&lease, lease_min, 3_600, "it must outlast three requests at their longest");
        let batch = self.layers.pick("outbox.batch", |file| file.outbox.batch);
        let batch = self.within(&batch, 1, 200, "a batch must be done within its lease");
        let parallel = self.layers.pick("outbox.parallel", |file| file.outbox.parallel);
        let parallel = self.within(&parallel, 1, 64, "more would only wait for the platforms");
        let attempts = self.layers.pick("outbox.attempts_max", |file| file.outbox.attempts_max);
        let attempts = self.within(&attempts, 1, 50, "what fails more often needs a person");
        let first = self.layers.pick("outbox.backoff_first_s", |file| file.outbox.backoff_first_s);
        let first = self.within(&first, 1, DAY_S, "waits are at least a second and at most a day");
        let max = self.layers.pick("outbox.backoff_max_s", |file| file.outbox.backoff_max_s);
        let max = self.within(&max, first, DAY_S, "it is at least outbox.backoff_first_s and at most a day");
        OutboxConfig {
            lease: Duration::from_secs(lease),
            batch: u32::try_from(batch).unwrap_or(u32::MAX),
            parallel: usize::try_from(parallel).unwrap_or(1),
            attempts_max: u32::try_from(attempts).unwrap_or(u32::MAX),
            backoff_first: Duration::from_secs(first),
            backoff_max: Duration::from_secs(max),
        }
    }

    fn sandbox(&mut self) -> SandboxPorts {
        SandboxPorts {
            discord: self.port("sandbox.discord_port", |file| file.sandbox.discord_port),
            slack: self.port("sandbox.slack_port", |file| file.sandbox.slack_port),
            page: self.port("sandbox.page_port", |file| file.sandbox.page_port),
        }
    }

    fn port(&mut self, key: &str, get: impl Fn(&File) -> Option<u64>) -> u16 {
        let given = self.layers.pick(key, get);
        let port = self.within(&given, 0, u64::from(u16::MAX), "0 means any free port");
        u16::try_from(port).unwrap_or_default()
    }

    fn log_filter(&mut self) -> String {
        let given = self.text("RUST_LOG", "log.filter", |file| file.log.filter.clone());
        if let Err(why) = tracing_subscriber::EnvFilter::try_new(&given.value) {
            let mend = "Write error, warn, info, debug or trace, or parts such as info,plsep_bot::outbox=debug.";
            self.faults.push(format!("{} cannot be read: {why}. {mend}", given.place));
        }
        given.value
    }

    /// A whole number between two bounds; the nearer bound stands in for one that is not.
    fn within(&mut self, given: &Given<u64>, min: u64, max: u64, why: &str) -> u64 {
        let Given { value, place } = given;
        if !(min..=max).contains(value) {
            self.faults.push(format!("{place} is {value}; it must be from {min} to {max}, because {why}."));
        }
        (*value).min(max).max(min)
    }

    /// An address of an API, without slash at its end.
    fn address(&mut self, name: &str, table_name: &str, table: impl Fn(&File) -> &PlatformTable) -> String {
        let given = self.text(name, &format!("{table_name}.api_url"), |file| table(file).api_url.clone());
        let text = given.value.trim();
        let fault = match Url::parse(text) {
            Err(why) => Some(format!("is not an address ({why})")),
            Ok(url) if !matches!(url.scheme(), "http" | "https") => {
                Some("begins with neither https:// nor http://".into())
            }
            Ok(url) if !url.username().is_empty() || url.password().is_some() => {
                Some("holds a name or password".into())
            }
            Ok(url) if url.query().is_some() || url.fragment().is_some() => Some("has something behind ? or #".into()),
            Ok(_) => None,
        };
        if let Some(fault) = fault {
            let mend = "Write an address such as https://slack.com/api, or leave it away to take the real one.";
            self.faults.push(format!("{} {fault}. {mend}", given.place));
        }
        text.trim_end_matches('/').to_owned()
    }

    /// What the environment says, else what the files say.
    fn text(&mut self, name: &str, key: &str, get: impl Fn(&File) -> Option<String>) -> Given<String> {
        match variable(self.environment, name, &mut self.faults) {
            Some(value) => Given { value, place: name.to_owned() },
            None => self.layers.pick(key, get),
        }
    }
}

/// The operator's file: its name and text.
fn read_own(name: String) -> Result<(String, String), ConfigError> {
    match std::fs::read_to_string(&name) {
        Ok(text) => Ok((name, text)),
        Err(why) => Err(ConfigError::one(format!(
            "\"{name}\", the file that PLSEP_CONFIG names, cannot be read: {why}. Name a file that is there, or do not \
             set PLSEP_CONFIG."
        ))),
    }
}

/// A variable as text.
fn variable(environment: Environment<'_>, name: &str, faults: &mut Vec<String>) -> Option<String> {
    let text = environment(name)?.into_string();
    if text.is_err() {
        faults.push(format!("{name} holds bytes that are not text. Set it anew, in UTF-8."));
    }
    text.ok()
}

/// An address of Discord's API as its client wants it: it adds `/api/v10` itself, other libraries do not.
fn without_version(url: &str) -> &str {
    let versionless = match url.rsplit_once("/v") {
        Some((rest, version)) if version.bytes().all(|sign| sign.is_ascii_digit()) => rest,
        _ => url,
    };
    versionless.strip_suffix("/api").unwrap_or(url)
}
