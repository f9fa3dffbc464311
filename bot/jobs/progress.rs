//! How far the opening of the pairs' places, and an announcement, has come.

use plsep_domain::SeasonId;

use crate::flows::{Fault, Flows, announcing, publishing};

pub(super) async fn run(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    publishing::tell_progress(flows, season).await?;
    announcing::tell_progress(flows, season).await
}
