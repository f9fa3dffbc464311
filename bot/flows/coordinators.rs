//! Who coordinates: people, and everybody in certain groups. The first one is appointed by whoever owns or administers the
//! community. Who is in a group is told by the platform with what somebody does, and never kept.

use std::fmt::Display;

use chrono::{DateTime, Utc};
use plsep_domain::permission::{Appointed, Coordinator};
use plsep_domain::{CommunityId, Lang, PersonId, Refusal, SeasonId};

use super::{Fault, Flows, Session, Trouble};
use crate::chat::{Group, GroupRef, Invocation, Message, Reply, Room, UserRef};
use crate::store::{AuditWho, Effect, NewEffect, OFFICE_KEYS, Person, PersonSeen, StoreError, Tx, dismissal_keys};
use crate::words::Roster;

pub(super) async fn list(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let people = session.tx.coordinators(session.community.id).await?.into_iter().map(|person| person.user).collect();
    let groups = session.tx.coordinator_groups(session.community.id).await?;
    Ok(Reply::Private(session.voice().coordinators(&Roster { people, groups })))
}

/// Makes somebody a coordinator, or everybody in a group.
pub(super) async fn add(session: &mut Session<'_>, invocation: &Invocation) -> Result<Reply, Trouble> {
    change(session, None, invocation).await
}

/// What the command names is added, or removed by whoever has the right to it; each is told of.
async fn change(
    session: &mut Session<'_>,
    removed_by: Option<&Coordinator>,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let (person, group) = named(invocation)?;
    let mut told = Message::default();
    if let Some(user) = person {
        let key = match removed_by {
            None => add_person(session, &user).await?,
            Some(proof) => remove_person(session, proof, &user).await?,
        };
        told.blocks.extend(session.voice().coordinator_changed(&user, key).blocks);
    }
    if let Some(group) = group {
        let key = match removed_by {
            None => add_group(session, &group).await?,
            Some(proof) => remove_group(session, proof, &group).await?,
        };
        told.blocks.extend(session.voice().coordinator_group_changed(&group, key).blocks);
    }
    Ok(Reply::Private(told))
}

/// How somebody comes to coordinate, if they do: by themselves, or by one of the groups they are in at this moment, as far
/// as that is told.
pub(super) async fn appointed(
    tx: &mut Tx,
    community: CommunityId,
    person: Option<PersonId>,
    groups: Option<&[GroupRef]>,
) -> Result<Appointed, StoreError> {
    if let Some(person) = person
        && tx.is_coordinator(community, person).await?
    {
        return Ok(Appointed::Person);
    }
    let Some(theirs) = groups.filter(|groups| !groups.is_empty()) else { return Ok(Appointed::Nobody) };
    let coordinates = tx.coordinator_groups(community).await?.iter().any(|group| theirs.contains(&group.at));
    Ok(if coordinates { Appointed::Group } else { Appointed::Nobody })
}

/// At least one of a person and a group.
fn named(invocation: &Invocation) -> Result<(Option<UserRef>, Option<Group>), Refusal> {
    match (invocation.person("person").cloned(), invocation.group("group").cloned()) {
        (None, None) => Err(Refusal::NobodyNamed),
        named => Ok(named),
    }
}

/// A person is let into the coordinators' place, too, which opens with the first appointment.
async fn add_person(session: &mut Session<'_>, user: &UserRef) -> Result<&'static str, Trouble> {
    let person = known(session, user).await?;
    if !session.tx.add_coordinator(session.community.id, person.id, session.now).await? {
        return Ok("coordinator-already");
    }
    let_in(session, &person).await?;
    let by = AuditWho::Person(session.person.id);
    session.audit_as(by, "coordinators.add", format!("person:{}", person.id), serde_json::Value::Null).await?;
    Ok("coordinator-added")
}

/// Who is in the group is not known here, so each of them comes into the place by themselves.
async fn add_group(session: &mut Session<'_>, group: &Group) -> Result<&'static str, Trouble> {
    if !session.tx.add_coordinator_group(session.community.id, group, session.now).await? {
        return Ok("coordinator-group-already");
    }
    open_office(session, vec![]).await?;
    let by = AuditWho::Person(session.person.id);
    let detail = serde_json::json!({ "name": group.name });
    session.audit_as(by, "coordinators.add-group", format!("group:{}", group.at.0), detail).await?;
    Ok("coordinator-group-added")
}

/// Lets whoever coordinates by a group into the coordinators' place.
pub(super) async fn enter_office(session: &mut Session<'_>, proof: &Coordinator) -> Result<Reply, Trouble> {
    let me = session.person.clone();
    let_in(session, &me).await?;
    let subject = format!("person:{}", me.id);
    session.audit(proof, "coordinators.enter", subject, serde_json::Value::Null).await?;
    Ok(Reply::Private(session.voice().office_entered()))
}

/// Lets somebody into the coordinators' place, which opens if it is not there.
async fn let_in(session: &mut Session<'_>, person: &Person) -> Result<(), StoreError> {
    if !open_office(session, vec![person.user.clone()]).await? {
        let key = format!("admit:{}:{}", person.id, session.now.timestamp_millis());
        session.enqueue(key, session.now, Effect::Admit { person: person.id }).await?;
    }
    Ok(())
}

/// Takes somebody out of the coordinators' place, unless they still coordinate by name or by a group.
async fn let_out(session: &mut Session<'_>, person: PersonId) -> Result<(), StoreError> {
    let (community, now) = (session.community.id, session.now);
    dismiss(&mut session.tx, (community, person), now.timestamp_millis(), now).await
}

/// Queues that somebody is taken out of the coordinators' place, once for each `occasion`.
async fn dismiss(
    tx: &mut Tx,
    (community, person): (CommunityId, PersonId),
    occasion: impl Display,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let key = format!("{}{occasion}", dismissal_keys(person));
    let effect = NewEffect { community, key, due_at: now, effect: Effect::Dismiss { person } };
    tx.enqueue(&effect, now).await.map(drop)
}

/// Looks each day, for everybody who came into the coordinators' place by a group, whether they are in one still: a platform
/// does not tell who is taken out of a group.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn look_after_office(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().write().await?;
    let season = tx.season(season).await?;
    let day = now.with_timezone(&season.program.calendar.zone()).date_naive();
    let named: Vec<PersonId> = tx.coordinators(season.community).await?.into_iter().map(|person| person.id).collect();
    for person in tx.entered_office(season.community).await?.into_iter().filter(|person| !named.contains(person)) {
        dismiss(&mut tx, (season.community, person), day, now).await?;
    }
    tx.commit().await?;
    flows.wake();
    Ok(())
}

/// Whether the coordinators' place was there once, and is gone.
pub(super) async fn office_is_lost(session: &mut Session<'_>) -> Result<bool, StoreError> {
    let community = session.community.id;
    if session.community.coordinators_channel.is_some() {
        return Ok(false);
    }
    let Some(newest) = session.tx.effect_keys(community, OFFICE_KEYS).await?.pop() else { return Ok(false) };
    // Another one may be on its way.
    Ok(session.tx.effect_result(community, &newest).await?.is_some())
}

/// Opens another place in place of one that is gone, for everybody who was appointed by name and whoever asks for it.
/// What was to be said in the old one is said there.
pub(super) async fn reopen_office(session: &mut Session<'_>, proof: &Coordinator) -> Result<Reply, Trouble> {
    if !office_is_lost(session).await? {
        return Ok(Reply::Private(session.voice().office_reopened("office-is-there")));
    }
    let community = session.community.id;
    let opened = session.tx.effect_keys(community, OFFICE_KEYS).await?.len();
    let coordinators = session.tx.coordinators(community).await?.into_iter();
    let mut members: Vec<UserRef> = coordinators.filter(|person| person.present).map(|person| person.user).collect();
    if !members.contains(&session.person.user) {
        members.push(session.person.user.clone());
    }
    open_place(session, format!("{OFFICE_KEYS}:{opened}"), members).await?;
    let subject = format!("community:{community}");
    session.audit(proof, "coordinators.reopen", subject, serde_json::Value::Null).await?;
    Ok(Reply::Private(session.voice().office_reopened("office-reopened")))
}

/// Opens the coordinators' first place with these people; `false` if it is opened already.
async fn open_office(session: &mut Session<'_>, members: Vec<UserRef>) -> Result<bool, StoreError> {
    open_place(session, OFFICE_KEYS.to_owned(), members).await
}

async fn open_place(session: &mut Session<'_>, key: String, members: Vec<UserRef>) -> Result<bool, StoreError> {
    let voice = session.voice_in(Lang::En);
    let room =
        Room { key: key.clone(), name: "mentorship-coordinators".to_owned(), topic: voice.office_topic(), members };
    let opened = Effect::OpenCoordinators { room, message: voice.office_opened() };
    session.enqueue(key, session.now, opened).await
}

pub(super) async fn remove(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    change(session, Some(proof), invocation).await
}

async fn remove_person(
    session: &mut Session<'_>,
    proof: &Coordinator,
    user: &UserRef,
) -> Result<&'static str, Trouble> {
    let all = session.tx.coordinators(session.community.id).await?;
    let Some(person) = all.iter().find(|person| person.user == *user) else { return Ok("coordinator-not") };
    let by_name_alone = session.tx.coordinator_groups(session.community.id).await?.is_empty();
    if all.len() == 1 && by_name_alone {
        return Ok("coordinator-last");
    }
    session.tx.remove_coordinator(session.community.id, person.id).await?;
    let_out(session, person.id).await?;
    let subject = format!("person:{}", person.id);
    session.audit(proof, "coordinators.remove", subject, serde_json::Value::Null).await?;
    Ok(if by_name_alone { "coordinator-removed" } else { "coordinator-removed-by-name" })
}

async fn remove_group(session: &mut Session<'_>, proof: &Coordinator, group: &Group) -> Result<&'static str, Trouble> {
    let all = session.tx.coordinator_groups(session.community.id).await?;
    if !all.iter().any(|known| known.at == group.at) {
        return Ok("coordinator-group-not");
    }
    if all.len() == 1 && session.tx.coordinators(session.community.id).await?.is_empty() {
        return Ok("coordinator-group-last");
    }
    session.tx.remove_coordinator_group(session.community.id, &group.at).await?;
    for person in session.tx.entered_office(session.community.id).await? {
        let_out(session, person).await?;
    }
    let detail = serde_json::json!({ "name": group.name });
    session.audit(proof, "coordinators.remove-group", format!("group:{}", group.at.0), detail).await?;
    Ok("coordinator-group-removed")
}

/// Somebody may be appointed before they have ever spoken to the bot; their name comes with their first event.
async fn known(session: &mut Session<'_>, user: &UserRef) -> Result<Person, Trouble> {
    if let Some(person) = session.tx.person_at(session.community.id, user).await? {
        return Ok(person);
    }
    let seen = PersonSeen { user: user.clone(), name: user.0.clone(), locale: None, zone: None, email: None };
    Ok(session.tx.upsert_person(session.community.id, &seen, session.now).await?)
}
