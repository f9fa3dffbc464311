//! The load driver: how many people at once the bot answers, how fast, and what that costs.
//!
//! ```text
//! cargo bench --bench load -- [--platform discord|slack] [--database URL] [--rate N | --saturate]
//!                             [--seconds S] [--people P] [--at-once A]
//! ```
//!
//! The real program, `plsep-bot serve`, runs as a child process and is connected over the wire. The pretend platform and
//! the people live in this process, on the same machine, so its processor time is reported beside the bot's. With a
//! rate, interactions are sent at that rate whatever becomes of them, and the time of each counts from when it was to
//! be sent; without one, a fixed number of them is under way at a time. An apology is an answer like any other to the
//! one who waits for it, so figures count for nothing if the bot logged a warning or an error: then the driver fails.

mod load {
    pub mod bot;
    pub mod cast;
    pub mod figures;
    pub mod run;
}

use std::process::ExitCode;

use clap::Parser;

use load::run::{self, Options};

/// The program's own: what the pretend platform saves is left for the bot beside it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let options = Options::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    match runtime.expect("a runtime starts").block_on(run::run(&options)) {
        Ok(report) => {
            println!("{report}");
            if report.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
