//! Somebody leaves the community, or comes back. The bot drops nobody: coordinators are told.

use super::{Session, Trouble};
use crate::chat::Reply;

pub(super) async fn left(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    if session.is_newcomer() {
        // Nobody is known who was forgotten, or never asked for anything.
        return Ok(Reply::Nothing);
    }
    let me = session.person.clone();
    session.tx.set_present(me.id, false).await?;
    if let Ok(season) = session.season()
        && session.tx.application_of(season.id, me.id).await?.is_some()
    {
        let notice = session.voice_in(plsep_domain::Lang::En).left_notice(&me.user, &me.name);
        session.tell_office(format!("left:{}:{}", me.id, session.now.timestamp()), notice).await?;
    }
    Ok(Reply::Nothing)
}

pub(super) async fn joined(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let me = session.person.id;
    session.tx.set_present(me, true).await?;
    Ok(Reply::Nothing)
}
