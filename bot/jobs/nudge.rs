//! The monthly question, its repetition, and the same at a coordinator's word.

use chrono::{DateTime, Utc};
use plsep_domain::SeasonId;

use crate::flows::check_in::Asks;
use crate::flows::{Fault, Flows, check_in};

pub(super) async fn first(flows: &Flows, season: SeasonId, fired_at: DateTime<Utc>) -> Result<(), Fault> {
    let asked = check_in::ask_round(flows, season, fired_at, Asks::First).await?;
    tracing::info!(%season, asked, "asked the month's question");
    Ok(())
}

pub(super) async fn again(flows: &Flows, season: SeasonId, fired_at: DateTime<Utc>) -> Result<(), Fault> {
    let asked = check_in::ask_round(flows, season, fired_at, Asks::Again).await?;
    if asked > 0 {
        tracing::info!(%season, asked, "asked again");
    }
    Ok(())
}

pub(super) async fn now(flows: &Flows, season: SeasonId, fired_at: DateTime<Utc>) -> Result<(), Fault> {
    let asked = check_in::ask_round(flows, season, fired_at, Asks::All).await?;
    tracing::info!(%season, asked, "asked the month's question at a coordinator's word");
    Ok(())
}
