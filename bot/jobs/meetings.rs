//! What is said of meetings because time has passed.

use plsep_domain::SeasonId;

use crate::flows::{Fault, Flows, meetings};

pub(super) async fn run(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    let told = meetings::tell_of_meetings(flows, season).await?;
    if told > 0 {
        tracing::info!(%season, told, "reminded of meetings, or asked about them");
    }
    Ok(())
}
