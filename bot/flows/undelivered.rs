//! What could not be delivered, and what a coordinator does about it: try again, or leave it.

use plsep_domain::OutboxId;
use plsep_domain::permission::Coordinator;

use super::{Session, Trouble};
use crate::chat::Reply;

/// Makes it due again, with all its attempts before it. What came of earlier attempts is looked for first.
pub(super) async fn try_again(session: &mut Session<'_>, proof: &Coordinator, id: OutboxId) -> Result<Reply, Trouble> {
    let Some(letter) = session.tx.dead_letter(session.community.id, id).await? else {
        return Ok(Reply::Replace(session.voice().undelivered_done("undelivered-settled")));
    };
    session.tx.revive(id, session.now).await?;
    let detail = serde_json::json!({ "key": letter.key });
    session.audit(proof, "undelivered.try-again", format!("effect:{id}"), detail).await?;
    Ok(Reply::Replace(session.voice().undelivered_done("undelivered-again")))
}

/// Lays it aside for good.
pub(super) async fn leave_it(session: &mut Session<'_>, proof: &Coordinator, id: OutboxId) -> Result<Reply, Trouble> {
    let Some(letter) = session.tx.dead_letter(session.community.id, id).await? else {
        return Ok(Reply::Replace(session.voice().undelivered_done("undelivered-settled")));
    };
    session.tx.lay_aside(id, session.now).await?;
    let detail = serde_json::json!({ "key": letter.key });
    session.audit(proof, "undelivered.leave-it", format!("effect:{id}"), detail).await?;
    Ok(Reply::Replace(session.voice().undelivered_done("undelivered-left")))
}
