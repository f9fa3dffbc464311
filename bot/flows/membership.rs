//! Somebody leaves the community, or comes back. The bot drops nobody: coordinators are told.

use plsep_domain::ConcernKind;

use super::{Session, Trouble};
use crate::chat::Reply;
use crate::store::NewConcern;

pub(super) async fn left(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    if session.is_newcomer() {
        // Nobody is known who was forgotten, or never asked for anything.
        return Ok(Reply::Nothing);
    }
    let me = session.person.clone();
    session.tx.set_present(me.id, false).await?;
    if let Ok(season) = session.season()
        && session.application().is_some()
    {
        let notice = session.voice_in(plsep_domain::Lang::En).left_notice(&me.user, &me.name);
        let concern = NewConcern {
            season: season.id,
            key: format!("left:{}:{}", me.id, session.now.timestamp()),
            kind: ConcernKind::Left,
            pair: None,
            person: Some(me.id),
            note: None,
        };
        session.raise(concern, notice).await?;
    }
    Ok(Reply::Nothing)
}

pub(super) async fn joined(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let me = session.person.id;
    session.tx.set_present(me, true).await?;
    Ok(Reply::Nothing)
}
