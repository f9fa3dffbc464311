//! The coordinators' weekly digest.

use chrono::{DateTime, Utc};
use plsep_domain::SeasonId;

use crate::flows::{Fault, Flows, digest};

pub(super) async fn run(flows: &Flows, season: SeasonId, fired_at: DateTime<Utc>) -> Result<(), Fault> {
    if digest::weekly(flows, season, fired_at).await? {
        tracing::info!(%season, "sent the week's digest to the coordinators");
    }
    Ok(())
}
