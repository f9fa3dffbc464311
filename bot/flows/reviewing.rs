//! A coordinator reads one application: where it stands, what was decided, and every answer that was sent. What somebody
//! has only begun, or has withdrawn, stays theirs.

use plsep_domain::permission::Coordinator;
use plsep_domain::{ApplicationId, ApplicationState, ApplicationStep, Audience, EndCause, PersonId};

use super::applications::{is_paired, named, of_id, vouched};
use super::{Session, Trouble};
use crate::chat::{Invocation, Message, Reply};
use crate::store::{Application, AuditEntry, AuditWho, Person, Season, StoreError};
use crate::words::{ApplicationView, AuditBy, AuditLine};

/// How many decisions are told: the latest.
const HISTORY: u32 = 5;

/// `/mentorship-admin applications show`.
pub(super) async fn show(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (application, person) = named(session, &season, invocation).await?;
    Ok(Reply::Private(view(session, &season, &application, &person, 0).await?))
}

/// The same from the queue.
pub(super) async fn open(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    application: ApplicationId,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (application, person) = of_id(session, &season, application).await?;
    Ok(Reply::Private(view(session, &season, &application, &person, 0).await?))
}

/// Another page in the place of the one that is read.
pub(super) async fn turn_to(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    application: ApplicationId,
    page: u16,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (application, person) = of_id(session, &season, application).await?;
    Ok(Reply::Replace(view(session, &season, &application, &person, page).await?))
}

async fn view(
    session: &mut Session<'_>,
    season: &Season,
    application: &Application,
    person: &Person,
    page: u16,
) -> Result<Message, Trouble> {
    let subject = format!("application:{}", application.id);
    let entries = session.tx.audit_of(session.community.id, &subject, HISTORY).await?;
    let mut history = Vec::new();
    for entry in entries {
        let mut line = line(session, entry).await?;
        // Whose application it is stands above.
        line.about.clear();
        history.push(line);
    }
    let free = !is_paired(session, season, person).await?;
    let state = &application.state;
    let known = vouched(application)?;
    let can = |step| known.after(step).is_ok();
    let readable = !matches!(state, ApplicationState::Draft | ApplicationState::Withdrawn);
    let view = ApplicationView {
        id: application.id,
        user: &person.user,
        name: &person.name,
        role: application.role,
        state,
        sent_at: application.submitted_at,
        answers: application.answers.as_ref().filter(|_| readable),
        history,
        can_accept: can(ApplicationStep::Accept),
        can_wait: free && can(ApplicationStep::WaitList),
        can_decline: free && can(ApplicationStep::Decline { reason: "-".to_owned() }),
        page,
    };
    Ok(session.voice().application_view(&season.program, &view))
}

/// An entry of the audit log with who did it.
pub(super) async fn line(session: &mut Session<'_>, entry: AuditEntry) -> Result<AuditLine, StoreError> {
    let by = match entry.who {
        AuditWho::Person(person) => {
            let person = session.tx.person(person).await?;
            if person.erased_at.is_some() { AuditBy::Forgotten } else { AuditBy::Person(person.user) }
        }
        AuditWho::Bot => AuditBy::Bot,
        AuditWho::Operator => AuditBy::Operator,
    };
    let mut about = Vec::new();
    for person in people_of(session, &entry.subject).await? {
        let person = session.tx.person(person).await?;
        if person.erased_at.is_none() {
            about.push(person.user);
        }
    }
    let cause = entry.detail.get("cause").and_then(|cause| cause.as_str()).and_then(EndCause::from_key);
    let audience = entry.detail.get("to").and_then(|to| to.as_str()).and_then(Audience::from_key);
    let number = |of: &str| entry.detail.get(of).and_then(serde_json::Value::as_i64);
    let announced = audience.zip(number("messages"));
    let reminded = number("applications").zip(number("forms")).map(|(applications, forms)| applications + forms);
    Ok(AuditLine { at: entry.at, by, action: entry.action, about, cause, announced, reminded })
}

/// The people whom a stable name speaks of.
pub(super) async fn people_of(session: &mut Session<'_>, subject: &str) -> Result<Vec<PersonId>, StoreError> {
    let mut people = Vec::new();
    for part in subject.split(' ') {
        let Some((kind, Ok(number))) = part.split_once(':').map(|(kind, number)| (kind, number.parse::<i64>())) else {
            continue;
        };
        match kind {
            "person" | "mentee" | "mentor" => people.push(number.into()),
            "application" => match session.tx.application(number.into()).await {
                Ok(application) => people.push(application.person),
                // Whoever asked to be forgotten has taken it with them.
                Err(StoreError::Missing { .. }) => {}
                Err(error) => return Err(error),
            },
            "pair" => {
                let pair = session.tx.pair(number.into()).await?;
                people.extend([pair.mentor, pair.mentee]);
            }
            _ => {}
        }
    }
    Ok(people)
}
