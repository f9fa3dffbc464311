//! Who coordinates. The first one is appointed by whoever owns or administers the community.

use plsep_domain::permission::Coordinator;
use plsep_domain::{Lang, Refusal};

use super::{Session, Trouble};
use crate::chat::{Invocation, Reply, Room, UserRef};
use crate::store::{AuditWho, Effect, Person, PersonSeen};
use crate::words::Roster;

/// Key of the coordinators' own place.
const OFFICE: &str = "office";

pub(super) async fn list(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let people = session.tx.coordinators(session.community.id).await?.into_iter().map(|person| person.user).collect();
    Ok(Reply::Private(session.voice().coordinators(&Roster { people })))
}

/// Makes somebody a coordinator and lets them into the coordinators' place, which opens with the first.
pub(super) async fn add(session: &mut Session<'_>, invocation: &Invocation) -> Result<Reply, Trouble> {
    let user = invocation.person("person").ok_or(Refusal::UnknownPerson)?.clone();
    let person = known(session, &user).await?;
    if !session.tx.add_coordinator(session.community.id, person.id, session.now).await? {
        return Ok(Reply::Private(session.voice().coordinator_changed(&user, "coordinator-already")));
    }
    let voice = session.voice_in(Lang::En);
    let room = Room {
        key: OFFICE.to_owned(),
        name: "mentorship-coordinators".to_owned(),
        topic: voice.office_topic(),
        members: vec![user.clone()],
    };
    let opened = Effect::OpenCoordinators { room, message: voice.office_opened() };
    if !session.enqueue(OFFICE.to_owned(), session.now, opened).await? {
        let key = format!("admit:{}:{}", person.id, session.now.timestamp_millis());
        session.enqueue(key, session.now, Effect::Admit { person: person.id }).await?;
    }
    let by = AuditWho::Person(session.person.id);
    session.audit_as(by, "coordinators.add", format!("person:{}", person.id), serde_json::Value::Null).await?;
    Ok(Reply::Private(session.voice().coordinator_changed(&user, "coordinator-added")))
}

pub(super) async fn remove(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let user = invocation.person("person").ok_or(Refusal::UnknownPerson)?.clone();
    let all = session.tx.coordinators(session.community.id).await?;
    let key = match all.iter().find(|person| person.user == user) {
        None => "coordinator-not",
        Some(_) if all.len() == 1 => "coordinator-last",
        Some(person) => {
            session.tx.remove_coordinator(session.community.id, person.id).await?;
            let subject = format!("person:{}", person.id);
            session.audit(proof, "coordinators.remove", subject, serde_json::Value::Null).await?;
            "coordinator-removed"
        }
    };
    Ok(Reply::Private(session.voice().coordinator_changed(&user, key)))
}

/// Somebody may be appointed before they have ever spoken to the bot; their name comes with their first event.
async fn known(session: &mut Session<'_>, user: &UserRef) -> Result<Person, Trouble> {
    if let Some(person) = session.tx.person_at(session.community.id, user).await? {
        return Ok(person);
    }
    let seen = PersonSeen { user: user.clone(), name: user.0.clone(), locale: None, zone: None, email: None };
    Ok(session.tx.upsert_person(session.community.id, &seen, session.now).await?)
}
