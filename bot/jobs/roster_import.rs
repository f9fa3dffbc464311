//! A long list of participants is taken in step by step; the next step is due as soon as one is done.

use plsep_domain::SeasonId;

use crate::flows::{Fault, Flows, roster_import};

pub(super) async fn run(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    roster_import::go_on(flows, season).await
}
