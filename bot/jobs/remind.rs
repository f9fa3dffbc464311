//! What the day brings: who reads with the coordinators and is none any more, reminders of what is due, applicants whom the
//! roster has come to know, the private question about the fit, and pairs of which nothing was heard.

use plsep_domain::SeasonId;

use crate::flows::{Fault, Flows, closing, coordinators, pulse, reminders, roster, silence};

pub(super) async fn run(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    coordinators::look_after_office(flows, season).await?;
    let found = roster::look_again(flows, season).await?;
    let sent = reminders::remind(flows, season).await?;
    let silent = silence::look(flows, season).await?;
    if silent > 0 {
        tracing::info!(%season, silent, "laid silent pairs before the coordinators");
    }
    let asked = pulse::ask(flows, season).await?;
    if asked > 0 {
        tracing::info!(%season, asked, "asked people about the fit");
    }
    // Those whose pair went on after the season hear of it when it soon closes to them.
    let mentioned = closing::remind_of_survey(flows, season).await?;
    if mentioned > 0 {
        tracing::info!(%season, mentioned, "mentioned the closing survey once more");
    }
    if found + sent > 0 {
        tracing::info!(%season, found, sent, "looked at the roster again and reminded people of what is due");
    }
    Ok(())
}
