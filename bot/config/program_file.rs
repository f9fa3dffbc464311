//! The program's file: found, read and checked, down to its cron line. It changes nothing and starts nothing.

use std::path::{Path, PathBuf};

use plsep_domain::Program;

use super::{ConfigError, file};
use crate::cron_line::CronLine;

/// How a configuration names a program that is built in.
const BUILTIN: &str = "builtin:";

/// The programs that are built in: name and text.
const SHIPPED: [(&str, &str); 1] = [("plsep-2025", include_str!("../../config/programs/plsep-2025.toml"))];

/// Where a program stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgramSource {
    /// One that is built in.
    Shipped {
        /// Its name.
        name: &'static str,
        /// Its text.
        text: &'static str,
    },
    /// A file.
    File(PathBuf),
}

impl ProgramSource {
    /// Reads `builtin:NAME`, or the path of a file as seen from `directory`.
    ///
    /// # Errors
    /// The end of a sentence that begins with the place where it was found.
    pub fn parse(text: &str, directory: &Path) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err("is empty; name a file, or builtin:plsep-2025 for the season that is built in".to_owned());
        }
        let Some(wanted) = text.strip_prefix(BUILTIN) else { return Ok(Self::File(directory.join(text))) };
        SHIPPED
            .into_iter()
            .find(|(name, _)| *name == wanted)
            .map(|(name, text)| Self::Shipped { name, text })
            .ok_or_else(|| format!("names no season that is built in; there is {BUILTIN}{}", SHIPPED[0].0))
    }
}

impl Default for ProgramSource {
    fn default() -> Self {
        let (name, text) = SHIPPED[0];
        Self::Shipped { name, text }
    }
}

/// Reads a program and checks it as a whole.
///
/// # Errors
/// Every fault at once: the file cannot be read, is not TOML, holds unknown or missing keys, contradicts
/// itself, or its cron line cannot be read.
pub fn load_program(source: &ProgramSource) -> Result<Program, ConfigError> {
    match source {
        ProgramSource::Shipped { name, text } => parse_program(&format!("config/programs/{name}.toml"), text),
        ProgramSource::File(path) => {
            let name = path.display().to_string();
            let mend = "Name the program's file in program.file, or take builtin:plsep-2025.";
            let text = std::fs::read_to_string(path)
                .map_err(|why| ConfigError::one(format!("{name} cannot be read: {why}. {mend}")))?;
            parse_program(&name, &text)
        }
    }
}

/// Reads a program from text; `name` is what messages call the file.
///
/// # Errors
/// As [`load_program`].
pub fn parse_program(name: &str, text: &str) -> Result<Program, ConfigError> {
    let mend = "Compare with config/programs/plsep-2025.toml, which holds every key.";
    let program: Program = file::parse(name, text, mend)?;
    let mut faults: Vec<String> = program.check().into_iter().map(|fault| format!("{name}, {fault}")).collect();
    for (key, line) in [("nudge.cron", &program.nudge.cron), ("watch.digest_cron", &program.watch.digest_cron)] {
        if let Err(fault) = CronLine::parse(line) {
            faults.push(format!("{name}, {key}: {fault}."));
        }
    }
    ConfigError::check(faults)?;
    Ok(program)
}
