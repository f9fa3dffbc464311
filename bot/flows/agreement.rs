//! Reading and signing the acknowledgement form, once by each side.

use std::collections::BTreeMap;

use plsep_domain::{ApplicationState, Refusal, agreement};

use super::{Session, Trouble};
use crate::chat::Reply;
use crate::store::{AuditWho, Season};
use crate::words::NAME_FIELD;

/// The text, with a button to sign; or when it was signed.
pub(super) async fn read(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let season = session.season()?;
    require_accepted(session)?;
    if let Some(signed) = signed(session, &season).await? {
        return Ok(signed);
    }
    let overdue = !season.program.calendar.agreement_on_time(session.now);
    Ok(Reply::Private(session.voice().agreement_to_sign(&season.program, overdue)))
}

/// What the person signed and when, word for word, if they have.
async fn signed(session: &mut Session<'_>, season: &Season) -> Result<Option<Reply>, Trouble> {
    let me = session.person.id;
    let Some(signature) = session.tx.signature(season.id, me).await? else { return Ok(None) };
    let text = session.tx.signed_text(season.id, me).await?;
    Ok(Some(Reply::Private(session.voice().agreement_already(&season.program, &signature, text.as_deref()))))
}

/// The form to type one's name in.
pub(super) async fn open_form(session: &mut Session<'_>, version: &str) -> Result<Reply, Trouble> {
    let season = session.season()?;
    require_accepted(session)?;
    if let Some(signed) = signed(session, &season).await? {
        return Ok(signed);
    }
    if season.program.agreement.version != version {
        return Err(Refusal::AgreementChanged.into());
    }
    Ok(Reply::Open(Box::new(session.voice().agreement_form(&season.program.agreement))))
}

/// A typed name comes in.
pub(super) async fn sign(
    session: &mut Session<'_>,
    version: &str,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    require_accepted(session)?;
    if let Some(signed) = signed(session, &season).await? {
        return Ok(signed);
    }
    let me = session.person.clone();
    let typed = values.get(NAME_FIELD).map(|lines| lines.join(" ")).unwrap_or_default();
    let form = &season.program.agreement;
    let signature = agreement::sign(&typed, version, form, &season.program.calendar, session.event.at)?;
    let text = form.text.get(me.lang()).trim();
    session.tx.sign(season.id, me.id, &signature, text).await?;
    let detail = serde_json::json!({ "version": signature.text_version, "timing": signature.timing });
    session.audit_as(AuditWho::Person(me.id), "agreement.sign", format!("person:{}", me.id), detail).await?;
    let copy = session.voice().agreement_copy(form, &signature);
    session.answer(format!("agreement-copy:{}:{}", season.id, me.id), &me, copy).await?;
    Ok(Reply::Private(session.voice().agreement_thanks(&signature)))
}

/// Only somebody the program has accepted has anything to sign.
fn require_accepted(session: &Session<'_>) -> Result<(), Refusal> {
    match session.application().map(|application| application.state) {
        Some(ApplicationState::Accepted) => Ok(()),
        _ => Err(Refusal::NotParticipant),
    }
}
