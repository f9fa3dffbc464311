//! What coordinators are asked to look at, as a queue: who looks after it, what came of it. Nothing is dropped: a concern
//! is open until a coordinator resolves it with a note, and can be opened again.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use plsep_domain::permission::Coordinator;
use plsep_domain::{CommunityId, ConcernId, ConcernKind, Lang, PersonId, Refusal, text};

use super::asking::mark;
use super::{Session, Trouble};
use crate::chat::{Message, Reply, UserRef};
use crate::store::{Concern, Effect, NewConcern, Person, StoreError, To, Tx, concern_notice_key};
use crate::words::{ConcernLine, ConcernView, RESOLUTION_FIELD, RESOLUTION_MAX, Voice};

/// `/mentorship-admin concerns list`.
pub(super) async fn list(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    Ok(Reply::Private(page(session, 0).await?))
}

/// Another page in the place of the one that is read.
pub(super) async fn turn_to(session: &mut Session<'_>, _proof: &Coordinator, to: u16) -> Result<Reply, Trouble> {
    Ok(Reply::Replace(page(session, to).await?))
}

/// One concern, with what can be done about it.
pub(super) async fn show(session: &mut Session<'_>, _proof: &Coordinator, id: ConcernId) -> Result<Reply, Trouble> {
    let concern = of_id(session, id).await?;
    card(session, &concern, None).await
}

/// A coordinator takes a concern that nobody looks after.
pub(super) async fn take(session: &mut Session<'_>, proof: &Coordinator, id: ConcernId) -> Result<Reply, Trouble> {
    let concern = unresolved(session, id).await?;
    let me = session.person.clone();
    match concern.assigned_to {
        Some(owner) if owner == me.id => return card(session, &concern, Some("concern-yours")).await,
        Some(_) => return Err(Refusal::ConcernTaken.into()),
        None => {}
    }
    assign(session, proof, &concern, &me).await?;
    let concern = of_id(session, id).await?;
    card(session, &concern, Some("concern-yours")).await
}

/// A coordinator gives a concern to one of them, themselves included.
pub(super) async fn hand(
    session: &mut Session<'_>,
    proof: &Coordinator,
    id: ConcernId,
    to: PersonId,
) -> Result<Reply, Trouble> {
    let concern = unresolved(session, id).await?;
    let coordinators = session.tx.coordinators(session.community.id).await?;
    let Some(to) = coordinators.into_iter().find(|person| person.id == to) else {
        // They coordinate no more since the menu was shown.
        return Err(Refusal::Expired.into());
    };
    if concern.assigned_to != Some(to.id) {
        assign(session, proof, &concern, &to).await?;
        if to.id != session.person.id {
            let view = view(session, &concern).await?;
            let message = session.voice_to(&to).concern_handed(&session.person.user, &view, &session.limits());
            let key = format!("concern-handed:{id}:{}:{}", to.id, mark(session));
            session.tell(key, &to, message).await?;
        }
    }
    let concern = of_id(session, id).await?;
    let key = if to.id == session.person.id { "concern-yours" } else { "concern-handed-over" };
    card(session, &concern, Some(key)).await
}

/// Opens the form for what came of it.
pub(super) async fn open_form(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    id: ConcernId,
) -> Result<Reply, Trouble> {
    unresolved(session, id).await?;
    Ok(Reply::Open(Box::new(session.voice().resolution_form(id))))
}

/// What came of it comes in.
pub(super) async fn resolve(
    session: &mut Session<'_>,
    proof: &Coordinator,
    id: ConcernId,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let concern = unresolved(session, id).await?;
    let typed = values.get(RESOLUTION_FIELD).map(|lines| lines.join("\n")).unwrap_or_default();
    let note: String = text::clean(&typed, true).chars().take(RESOLUTION_MAX).collect();
    if note.is_empty() {
        return Err(Refusal::ResolutionMissing.into());
    }
    if !session.tx.resolve_concern(concern.id, proof.person(), &note, session.now).await? {
        return Err(Refusal::ConcernResolved.into());
    }
    note_down(session, proof, "concern.resolve", &concern, serde_json::Value::Null).await?;
    let concern = of_id(session, id).await?;
    tell_place(session, &concern).await?;
    card(session, &concern, None).await
}

/// It was not over after all.
pub(super) async fn reopen(session: &mut Session<'_>, proof: &Coordinator, id: ConcernId) -> Result<Reply, Trouble> {
    let concern = of_id(session, id).await?;
    if !session.tx.reopen_concern(concern.id).await? {
        // Somebody else has just opened it again: what they see is how it stands.
        return card(session, &concern, None).await;
    }
    note_down(session, proof, "concern.reopen", &concern, serde_json::Value::Null).await?;
    let concern = of_id(session, id).await?;
    tell_place(session, &concern).await?;
    card(session, &concern, None).await
}

async fn assign(session: &mut Session<'_>, proof: &Coordinator, concern: &Concern, to: &Person) -> Result<(), Trouble> {
    if !session.tx.assign_concern(concern.id, concern.assigned_to, to.id).await? {
        return Err(Refusal::ConcernTaken.into());
    }
    let detail = serde_json::json!({ "to": to.id });
    note_down(session, proof, "concern.assign", concern, detail).await?;
    let concern = of_id(session, concern.id).await?;
    tell_place(session, &concern).await
}

async fn note_down(
    session: &mut Session<'_>,
    proof: &Coordinator,
    action: &str,
    concern: &Concern,
    detail: serde_json::Value,
) -> Result<(), StoreError> {
    session.audit(proof, action, format!("concern:{}", concern.id), detail).await
}

/// The notice in the coordinators' place says from now on how the concern stands.
pub(super) async fn tell_place(session: &mut Session<'_>, concern: &Concern) -> Result<(), Trouble> {
    let posted = concern_notice_key(&concern.key);
    let Some((Effect::Post { to: To::Coordinators, message }, ..)) =
        session.tx.done_effect(session.community.id, &posted).await?
    else {
        // It is not there yet, or was not kept: the queue shows how it stands.
        return Ok(());
    };
    let view = view(session, concern).await?;
    let message = session.voice_in(Lang::En).concern_notice_now(message, &view);
    let key = format!("concern-now:{}:{}", concern.id, mark(session));
    session.enqueue(key, session.now, Effect::Update { posted, message }).await?;
    Ok(())
}

/// Raises what a coordinator should look at, and lays `notice` before the office with a button to look after it. What was
/// raised before changes nothing; whether it was not.
///
/// # Errors
/// What the database says.
pub(super) async fn raise(
    tx: &mut Tx,
    office: &Voice<'_>,
    community: CommunityId,
    (concern, notice): (&NewConcern, Message),
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    tx.raise_and_tell(community, concern, |id| office.concern_to_take(notice, id), now).await
}

async fn page(session: &mut Session<'_>, page: u16) -> Result<Message, Trouble> {
    let open = session.tx.open_concerns(session.community.id).await?;
    let (first, shown) = ConcernLine::page(&open, page);
    let mut lines = Vec::new();
    for concern in shown {
        lines.push(ConcernLine { view: view(session, concern).await?, names: names(session, concern).await? });
    }
    Ok(session.voice().concerns(&lines, open.len(), first, &session.limits()))
}

async fn card(session: &mut Session<'_>, concern: &Concern, done: Option<&'static str>) -> Result<Reply, Trouble> {
    let view = view(session, concern).await?;
    let coordinators = session.tx.coordinators(session.community.id).await?;
    let others: Vec<(PersonId, String)> = coordinators
        .into_iter()
        .filter(|person| Some(person.id) != concern.assigned_to)
        .map(|person| (person.id, person.name))
        .collect();
    Ok(Reply::Private(session.voice().concern(done, &view, &others, &session.limits())))
}

async fn view(session: &mut Session<'_>, concern: &Concern) -> Result<ConcernView, StoreError> {
    let (mut rematch, mut reopen) = (None, None);
    let pair = match concern.pair {
        Some(pair) => {
            let pair = session.tx.pair(pair).await?;
            let wanted = concern.kind == ConcernKind::NotGoodFit && concern.resolved_at.is_none();
            rematch = Some(pair.id).filter(|_| wanted && pair.state.is_live());
            let lost = concern.kind == ConcernKind::PlaceLost && concern.resolved_at.is_none();
            reopen = Some(pair.id).filter(|_| lost && pair.channel.is_none() && pair.state.is_live());
            let (mentor, mentee) = (session.tx.person(pair.mentor).await?, session.tx.person(pair.mentee).await?);
            Some((mentor.user, mentee.user))
        }
        None => None,
    };
    let person = user(session, concern.person).await?;
    let assigned = user(session, concern.assigned_to).await?;
    let by = user(session, concern.resolved_by).await?;
    let resolved = concern.resolved_at.zip(by).map(|(at, by)| (at, by, concern.resolution.clone()));
    Ok(ConcernView {
        id: concern.id,
        kind: concern.kind,
        pair,
        person,
        note: concern.note.clone(),
        raised_at: concern.raised_at,
        assigned,
        resolved,
        rematch,
        reopen,
    })
}

async fn user(session: &mut Session<'_>, person: Option<PersonId>) -> Result<Option<UserRef>, StoreError> {
    match person {
        Some(person) => Ok(Some(session.tx.person(person).await?.user)),
        None => Ok(None),
    }
}

/// Whom a concern is about, by name, for a menu.
async fn names(session: &mut Session<'_>, concern: &Concern) -> Result<Vec<String>, StoreError> {
    let mut people: Vec<PersonId> = concern.person.into_iter().collect();
    if let Some(pair) = concern.pair {
        let pair = session.tx.pair(pair).await?;
        people.extend([pair.mentor, pair.mentee].into_iter().filter(|person| Some(*person) != concern.person));
    }
    let mut names = Vec::new();
    for person in people {
        names.push(session.tx.person(person).await?.name);
    }
    Ok(names)
}

async fn unresolved(session: &mut Session<'_>, id: ConcernId) -> Result<Concern, Trouble> {
    let concern = of_id(session, id).await?;
    if concern.resolved_at.is_some() { Err(Refusal::ConcernResolved.into()) } else { Ok(concern) }
}

/// The concern of a button. The number was in a person's hands, so it may be anything.
async fn of_id(session: &mut Session<'_>, id: ConcernId) -> Result<Concern, Trouble> {
    Ok(session.tx.concern(session.community.id, id).await?.ok_or(Refusal::Expired)?)
}
