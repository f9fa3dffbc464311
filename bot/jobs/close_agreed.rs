//! The end of pairs that coordinators let go on after the end of the season.

use plsep_domain::SeasonId;

use crate::flows::{Fault, Flows, closing};

pub(super) async fn run(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    let ended = closing::close_season(flows, season).await?;
    let told = closing::follow_up(flows, season).await?;
    tracing::info!(%season, ended, told, "ended pairs that went on after the season");
    Ok(())
}
