//! `match`: works out the pairs for people in a JSON file, without any platform or database. What goes in and
//! what comes out is a contract, told in docs/MATCHING.md. It publishes nothing and remembers nothing.

mod applications;
mod input;
mod number;
mod output;
mod scores;

use std::fs;
use std::path::PathBuf;

use super::Failed;
use crate::config::Config;

/// What to match.
#[derive(clap::Args)]
pub(super) struct Options {
    /// The file with mentees, mentors, and scores or applications.
    #[arg(long = "in")]
    input: PathBuf,
    /// Where to write the pairs.
    #[arg(long = "out")]
    output: PathBuf,
    /// Brings the people into another order first. The pairs must not depend on it.
    #[arg(long)]
    shuffle: Option<u64>,
    /// Tells of each pair what stood against better ones, and names everybody who competed in vain.
    #[arg(long)]
    explain: bool,
}

pub(super) fn run(config: &Config, options: &Options) -> Result<(), Failed> {
    let path = &options.input;
    let told = |what: String| Failed::Input(format!("{} cannot be matched:\n{what}", path.display()));
    let bytes = fs::read(path).map_err(|error| told(format!("it cannot be read: {error}")))?;
    let listed = input::read(&bytes).map_err(|faults| told(faults.to_string()))?;
    drop(bytes);
    let numbered = number::number(listed, options.shuffle, || crate::config::load_program(&config.program))?
        .map_err(|faults| told(faults.to_string()))?;
    let output = output::matched(&numbered, options.explain)
        .map_err(|fault| Failed::Found(format!("The pairs failed their check, so that none were written: {fault}")))?;
    let mut text = serde_json::to_string_pretty(&output)
        .map_err(|error| Failed::Found(format!("The pairs cannot be told in JSON: {error}")))?;
    text.push('\n');
    let unwritable = |error| Failed::Input(format!("{} cannot be written: {error}", options.output.display()));
    fs::write(&options.output, text).map_err(unwritable)?;
    println!("{}", output.in_a_line());
    Ok(())
}
