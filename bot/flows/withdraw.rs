//! Withdrawing an application, or leaving a pair: asked once, told kindly to whoever it concerns.

use plsep_domain::{ApplicationStep, ConcernKind, Refusal};

use super::closing::part;
use super::{Session, Trouble};
use crate::chat::Reply;
use crate::store::{AuditWho, NewConcern, Pair, Season};

pub(super) async fn ask(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let application = session.application().ok_or(Refusal::NoApplication)?;
    application.state.after(ApplicationStep::Withdraw)?;
    let paired = !live_pairs(session, &season).await?.is_empty();
    Ok(Reply::Private(session.voice().withdraw_question(paired)))
}

pub(super) async fn confirm(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let me = session.person.clone();
    let application = session.application().ok_or(Refusal::NoApplication)?;
    let withdrawn = application.state.after(ApplicationStep::Withdraw)?;
    if !session.tx.set_application_state(application.id, &application.state, &withdrawn, session.now).await? {
        return Err(Refusal::Expired.into());
    }
    for pair in live_pairs(session, &season).await? {
        let other = session.tx.person(pair.partner_of(me.id)).await?;
        let message = session.voice_to(&other).pair_ended(&season.program);
        part(session, &season, &pair, &other, message).await?;
        let notice = session.voice_in(plsep_domain::Lang::En).left_notice(&me.user, &me.name);
        let concern = NewConcern {
            season: season.id,
            key: format!("left-pair:{}", pair.id),
            kind: ConcernKind::Left,
            pair: Some(pair.id),
            person: Some(me.id),
            note: None,
        };
        session.raise(concern, notice).await?;
    }
    let subject = format!("application:{}", application.id);
    session.audit_as(AuditWho::Person(me.id), "application.withdraw", subject, serde_json::Value::Null).await?;
    Ok(Reply::Replace(session.voice().withdrawn(&season.program)))
}

async fn live_pairs(session: &mut Session<'_>, season: &Season) -> Result<Vec<Pair>, Trouble> {
    let pairs = session.tx.pairs_of(season.id, session.person.id).await?;
    Ok(pairs.into_iter().filter(|pair| pair.state.is_live()).collect())
}
