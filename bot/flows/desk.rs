//! The controls of the coordinators' desk. Whoever presses one must coordinate, each time; what is done then is the
//! business of the flow it belongs to.

use super::{Session, Trouble, applications, reviewing};
use crate::chat::Reply;
use crate::words::OfficeDeed;

/// A pressed button.
pub(super) async fn press(session: &mut Session<'_>, deed: OfficeDeed) -> Result<Reply, Trouble> {
    let proof = session.coordinator().await?;
    match deed {
        OfficeDeed::ShowQueue(page) => applications::turn_queue(session, &proof, page).await,
        OfficeDeed::ShowApplication(id, page) => reviewing::turn_to(session, &proof, id, page).await,
        OfficeDeed::WaitList(id) => applications::wait_list_this(session, &proof, id).await,
        OfficeDeed::PickApplication => Err(plsep_domain::Refusal::Expired.into()),
    }
}

/// A choice in a menu. The values were in a person's hands, so they may be anything.
pub(super) async fn choose(session: &mut Session<'_>, deed: OfficeDeed, values: &[String]) -> Result<Reply, Trouble> {
    let proof = session.coordinator().await?;
    let chosen = values.first().and_then(|value| value.parse::<i64>().ok()).ok_or(plsep_domain::Refusal::Expired)?;
    match deed {
        OfficeDeed::PickApplication => reviewing::open(session, &proof, chosen.into()).await,
        _ => Err(plsep_domain::Refusal::Expired.into()),
    }
}
