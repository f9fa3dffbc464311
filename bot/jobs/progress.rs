//! How far the opening of the pairs' places has come.

use plsep_domain::SeasonId;

use crate::flows::{Fault, Flows, publishing};

pub(super) async fn run(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    publishing::tell_progress(flows, season).await
}
