//! What is held about a person: they may have all of it, and may have all of it removed. Both are confirmed first.
//! The bot keeps nothing back for itself, and tells nobody why somebody left.

use std::collections::HashMap;

use plsep_domain::{Lang, PairId, Refusal};
use serde_json::Value;

use super::closing::part;
use super::{Session, Trouble};
use crate::chat::{Message, Reply};
use crate::store::{AuditWho, HeldPart, HeldValue, Pair, Person};
use crate::words::{DataPart, DataValue};

/// Says what a copy holds, and asks.
pub(super) fn ask_export(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    Ok(Reply::Private(session.voice().export_question()))
}

/// Hands the person everything that is held about them.
pub(super) async fn export(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let me = session.person.clone();
    let parts: Vec<DataPart> = session.tx.held_about(me.id).await?.into_iter().map(told).collect();
    let message = session.voice().export(session.program_if_any(), &parts, session.now);
    session.audit_as(AuditWho::Person(me.id), "my-data.export", format!("person:{}", me.id), Value::Null).await?;
    let key = format!("my-data:{}:{}", me.id, session.now.timestamp_micros());
    let on_its_way = session.voice().export_on_its_way();
    Ok(session.hand_over(key, message, on_its_way).await?)
}

fn told(held: HeldPart) -> DataPart {
    let value = |held| match held {
        HeldValue::Words(words) => DataValue::Words(words),
        HeldValue::Number(number) => DataValue::Number(number),
        HeldValue::When(at) => DataValue::When(at),
        HeldValue::Json(json) => match serde_json::from_value(json.clone()) {
            Ok(answers) => DataValue::Answers(answers),
            Err(_) => DataValue::Raw(json),
        },
    };
    let row = |row: Vec<_>| row.into_iter().map(|(name, held)| (name, value(held))).collect();
    DataPart { part: held.part, rows: held.rows.into_iter().map(row).collect() }
}

/// Says what deleting means, and asks.
pub(super) async fn ask_delete(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    may_be_forgotten(session).await?;
    let live = session.tx.every_pair_of(session.person.id).await?.into_iter().any(|pair| pair.state.is_live());
    let contact = session.program_if_any().map(|program| program.contact.clone());
    Ok(Reply::Private(session.voice().delete_question(live, contact)))
}

/// Forgets the person: their pairs end decently, the others are told, and everything of theirs is taken out.
pub(super) async fn delete(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    may_be_forgotten(session).await?;
    let me = session.person.clone();
    let mut partners = Vec::new();
    for pair in session.tx.every_pair_of(me.id).await? {
        let other = session.tx.person(pair.partner_of(me.id)).await?;
        partners.push((pair, other));
    }
    let took_part = session.application().is_some();
    let words = farewells(session, &partners);
    session.tx.erase_person(&me, &words, session.now).await?;
    if let Ok(season) = session.season() {
        for (pair, other) in &partners {
            if let Some(message) = words.get(&pair.id) {
                part(session, &season, pair, other, message.clone()).await?;
            }
        }
    }
    if took_part || !partners.is_empty() {
        let left: Vec<_> = partners
            .iter()
            .filter(|(pair, other)| pair.state.is_live() && !other.user.is_gone())
            .map(|(_, other)| other.user.clone())
            .collect();
        // Who it was is nobody's business any more, the coordinators' neither.
        let notice = session.voice_in(Lang::En).erased_notice(&left);
        session.tell_office(format!("erased:{}", me.id), notice).await?;
    }
    let subject = format!("person:{}", me.id);
    session.audit_as(AuditWho::Person(me.id), "my-data.delete", subject, Value::Null).await?;
    session.forget_traces();
    Ok(Reply::Replace(session.voice().deleted()))
}

/// The only coordinator would leave a program that nobody can run.
async fn may_be_forgotten(session: &mut Session<'_>) -> Result<(), Trouble> {
    let coordinators = session.tx.coordinators(session.community.id).await?;
    let alone = matches!(coordinators.as_slice(), [only] if only.id == session.person.id);
    if alone && session.tx.coordinator_groups(session.community.id).await?.is_empty() {
        return Err(Refusal::LastCoordinator.into());
    }
    Ok(())
}

/// What each pair's place is told in the end: nothing of who asked, or why.
fn farewells(session: &Session<'_>, partners: &[(Pair, Person)]) -> HashMap<PairId, Message> {
    let Some(program) = session.program_if_any() else { return HashMap::new() };
    partners.iter().map(|(pair, other)| (pair.id, session.voice_to(other).pair_ended(program))).collect()
}
