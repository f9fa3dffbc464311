//! Parses the command line and calls the library.

use std::process::ExitCode;

/// Trees of JSON are built and dropped all the time; this one does that with far less of the processor.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    plsep_bot::cli::run()
}
