//! The two files a configuration is made of: the one shipped in the binary, which gives every key, and the
//! operator's own, which gives some. Unknown keys are refused, so that a typing error is not a default.

use serde::{Deserialize, de::DeserializeOwned};

use super::ConfigError;

/// The shipped file, by the name messages call it.
pub(super) const SHIPPED: (&str, &str) = ("config/bot.toml", include_str!("../../config/bot.toml"));

/// What a file may say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub program: ProgramTable,
    pub database: DatabaseTable,
    pub discord: PlatformTable,
    pub slack: PlatformTable,
    pub outbox: OutboxTable,
    pub sandbox: SandboxTable,
    pub log: LogTable,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ProgramTable {
    pub file: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DatabaseTable {
    pub url: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PlatformTable {
    pub api_url: Option<String>,
    pub reply_deadline_ms: Option<u64>,
    pub request_timeout_ms: Option<u64>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct OutboxTable {
    pub lease_s: Option<u64>,
    pub batch: Option<u64>,
    pub parallel: Option<u64>,
    pub attempts_max: Option<u64>,
    pub backoff_first_s: Option<u64>,
    pub backoff_max_s: Option<u64>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SandboxTable {
    pub discord_port: Option<u64>,
    pub slack_port: Option<u64>,
    pub page_port: Option<u64>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LogTable {
    pub filter: Option<String>,
}

/// A value and where it was found, for messages.
pub(super) struct Given<T> {
    pub value: T,
    /// Such as `outbox.batch in plsep.toml`.
    pub place: String,
}

/// The shipped file under the operator's own.
pub(super) struct Layers {
    shipped: File,
    own: Option<(String, File)>,
}

impl Layers {
    /// Reads the shipped file, and the operator's own, given by name and text, over it.
    ///
    /// # Errors
    /// If the operator's file is not TOML or holds what no configuration knows.
    pub fn read(own: Option<(String, String)>) -> Result<Self, ConfigError> {
        let shipped = parse(SHIPPED.0, SHIPPED.1, "")?;
        let own = match own {
            Some((name, text)) => Some((name.clone(), parse(&name, &text, &mend(&text))?)),
            None => None,
        };
        Ok(Self { shipped, own })
    }

    /// The value of a key: the operator's if given, else the default.
    pub fn pick<T>(&self, key: &str, get: impl Fn(&File) -> Option<T>) -> Given<T> {
        if let Some((name, own)) = &self.own
            && let Some(value) = get(own)
        {
            return Given { value, place: format!("{key} in {name}") };
        }
        let value = get(&self.shipped).expect("config/bot.toml gives every key, which the tests hold");
        Given { value, place: format!("{key} in {}", SHIPPED.0) }
    }
}

/// How to mend an operator's file that cannot be read.
fn mend(text: &str) -> String {
    let key = |line: &str| line.split('=').next().unwrap_or_default().contains("token");
    let tokens =
        if text.lines().any(key) { " Tokens do not belong in a file: set them in the environment." } else { "" };
    format!("Compare with config/bot.toml, which holds every key with its default.{tokens}")
}

/// Reads TOML; a fault becomes a sentence with line and column, and `mend` behind it. The line itself is
/// not repeated: it may hold a token that went astray.
///
/// # Errors
/// If the text is not TOML or does not describe a `T`.
pub(super) fn parse<T: DeserializeOwned>(name: &str, text: &str, mend: &str) -> Result<T, ConfigError> {
    // Some editors put an invisible mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    toml::from_str(text).map_err(|fault| {
        let place = fault.span().map_or_else(String::new, |span| {
            let before = text.get(..span.start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            format!(", line {line}, column {column}")
        });
        let what = fault.message().trim_end().replace('\n', "; ");
        ConfigError::one(format!("{name}{place}: {what}. {mend}").trim_end().to_owned())
    })
}
