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
    require_accepted(session, &season).await?;
    Ok(Reply::Private(match session.tx.signature(season.id, session.person.id).await? {
        Some(signature) => session.voice().agreement_already(&signature),
        None => session.voice().agreement_to_sign(&season.program),
    }))
}

/// The form to type one's name in.
pub(super) async fn open_form(session: &mut Session<'_>, version: &str) -> Result<Reply, Trouble> {
    let season = session.season()?;
    require_accepted(session, &season).await?;
    if let Some(signature) = session.tx.signature(season.id, session.person.id).await? {
        return Ok(Reply::Private(session.voice().agreement_already(&signature)));
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
    require_accepted(session, &season).await?;
    let me = session.person.clone();
    if let Some(signature) = session.tx.signature(season.id, me.id).await? {
        return Ok(Reply::Private(session.voice().agreement_already(&signature)));
    }
    let typed = values.get(NAME_FIELD).map(|lines| lines.join(" ")).unwrap_or_default();
    let form = &season.program.agreement;
    let signature = agreement::sign(&typed, version, form, &season.program.calendar, session.event.at)?;
    session.tx.sign(season.id, me.id, &signature).await?;
    let detail = serde_json::json!({ "version": signature.text_version, "timing": signature.timing });
    session.audit_as(AuditWho::Person(me.id), "agreement.sign", format!("person:{}", me.id), detail).await?;
    let copy = session.voice().agreement_copy(form, &signature);
    session.answer(format!("agreement-copy:{}:{}", season.id, me.id), &me, copy).await?;
    Ok(Reply::Private(session.voice().agreement_thanks(&signature)))
}

/// Only somebody the program has accepted has anything to sign.
async fn require_accepted(session: &mut Session<'_>, season: &Season) -> Result<(), Trouble> {
    let application = session.tx.application_of(season.id, session.person.id).await?;
    match application.map(|application| application.state) {
        Some(ApplicationState::Accepted) => Ok(()),
        _ => Err(Refusal::NotParticipant.into()),
    }
}
