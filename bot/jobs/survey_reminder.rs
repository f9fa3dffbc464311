//! The closing survey, once more before it closes.

use plsep_domain::SeasonId;

use crate::flows::{Fault, Flows, closing};

pub(super) async fn run(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    let reminded = closing::remind_of_survey(flows, season).await?;
    tracing::info!(%season, reminded, "mentioned the closing survey once more");
    Ok(())
}
