//! The monthly question and its repetition.

use chrono::{DateTime, Utc};
use plsep_domain::SeasonId;

use crate::flows::{Fault, Flows, check_in};

pub(super) async fn first(flows: &Flows, season: SeasonId, fired_at: DateTime<Utc>) -> Result<(), Fault> {
    let asked = check_in::ask_round(flows, season, fired_at, true).await?;
    tracing::info!(%season, asked, "asked the month's question");
    Ok(())
}

pub(super) async fn again(flows: &Flows, season: SeasonId, fired_at: DateTime<Utc>) -> Result<(), Fault> {
    let asked = check_in::ask_round(flows, season, fired_at, false).await?;
    if asked > 0 {
        tracing::info!(%season, asked, "asked again");
    }
    Ok(())
}
