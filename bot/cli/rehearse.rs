//! `rehearse`.
use super::Failed;
use crate::config::Config;
/// x
#[derive(clap::Args)]
pub(super) struct Options {}
pub(super) async fn run(_config: &Config, _options: Options) -> Result<(), Failed> {
    Ok(())
}
