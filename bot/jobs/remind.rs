//! What the day brings: reminders of what is due, and applicants whom the roster has come to know.

use plsep_domain::SeasonId;

use crate::flows::{Fault, Flows, reminders, roster};

pub(super) async fn run(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    let found = roster::look_again(flows, season).await?;
    let sent = reminders::remind(flows, season).await?;
    if found + sent > 0 {
        tracing::info!(%season, found, sent, "looked at the roster again and reminded people of what is due");
    }
    Ok(())
}
