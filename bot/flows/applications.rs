//! Coordinators decide on applications.

use std::collections::BTreeMap;

use plsep_domain::permission::Coordinator;
use plsep_domain::{Answer, ApplicationId, ApplicationState, ApplicationStep, Meaning, Refusal};

use super::{Session, Trouble};
use crate::chat::{Invocation, Message, Reply};
use crate::store::{Application, Person, Season, StoreError};
use crate::words::{QueueLine, REASON_FIELD};

pub(super) async fn queue(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    Ok(Reply::Private(queue_page(session, 0).await?))
}

/// Another page of the queue in the place of the one that is read.
pub(super) async fn turn_queue(session: &mut Session<'_>, _proof: &Coordinator, to: u16) -> Result<Reply, Trouble> {
    Ok(Reply::Replace(queue_page(session, to).await?))
}

async fn queue_page(session: &mut Session<'_>, page: u16) -> Result<Message, Trouble> {
    let season = session.season()?;
    let waiting = waiting(session, &season).await?;
    let lines: Vec<QueueLine> = waiting
        .into_iter()
        .map(|(application, person)| QueueLine {
            library_system: library_system(&season, &application),
            id: application.id,
            name: person.name,
            user: person.user,
            role: application.role,
            state: application.state,
        })
        .collect();
    Ok(session.voice().queue(&lines, page, &session.limits()))
}

pub(super) async fn ask_accept_all(session: &mut Session<'_>, proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let waiting = waiting(session, &season).await?;
    let (eligible, left): (Vec<_>, Vec<_>) =
        waiting.into_iter().partition(|(application, _)| application.state == ApplicationState::Submitted);
    if eligible.is_empty() {
        // Nothing to confirm: who is left needs a decision by name.
        return queue(session, proof).await;
    }
    Ok(Reply::Private(session.voice().accept_all_question(eligible.len(), left.len())))
}

pub(super) async fn accept_all(session: &mut Session<'_>, proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let mut count = 0;
    for (application, person) in waiting(session, &season).await? {
        if application.state == ApplicationState::Submitted {
            take_in(session, proof, &season, application, &person).await?;
            count += 1;
        }
    }
    Ok(Reply::Replace(session.voice().accepted_all(count)))
}

/// Accepts one person. A coordinator who names somebody vouches for them where the roster does not.
pub(super) async fn accept(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (application, person) = named(session, &season, invocation).await?;
    take_in(session, proof, &season, application, &person).await?;
    Ok(Reply::Private(session.voice().decided(&person.user, &ApplicationState::Accepted)))
}

/// The same by the button beside the news of somebody whom the roster does not know.
pub(super) async fn accept_this(
    session: &mut Session<'_>,
    proof: &Coordinator,
    application: ApplicationId,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (application, person) = of_id(session, &season, application).await?;
    take_in(session, proof, &season, application, &person).await?;
    Ok(Reply::Private(session.voice().decided(&person.user, &ApplicationState::Accepted)))
}

pub(super) async fn decline(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let reason = invocation.words("reason").unwrap_or_default().to_owned();
    let (application, person) = named(session, &season, invocation).await?;
    turn_away(session, proof, &season, &application, &person, reason).await
}

/// Opens the form for the reason, if there still is something to decline.
pub(super) async fn open_decline(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    application: ApplicationId,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (application, _) = of_id(session, &season, application).await?;
    application.state.after(ApplicationStep::Decline { reason: "-".to_owned() })?;
    Ok(Reply::Open(Box::new(session.voice().decline_form(application.id))))
}

/// The reason comes in.
pub(super) async fn decline_this(
    session: &mut Session<'_>,
    proof: &Coordinator,
    application: ApplicationId,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (application, person) = of_id(session, &season, application).await?;
    let reason = values.get(REASON_FIELD).map(|lines| lines.join("\n")).unwrap_or_default();
    turn_away(session, proof, &season, &application, &person, reason).await
}

/// Puts one person on the waiting list. Whoever is named belongs to the program, whatever the roster says.
pub(super) async fn wait_list(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (application, person) = named(session, &season, invocation).await?;
    let_wait(session, proof, &season, &application, &person).await
}

/// The same by the button beside an application.
pub(super) async fn wait_list_this(
    session: &mut Session<'_>,
    proof: &Coordinator,
    application: ApplicationId,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (application, person) = of_id(session, &season, application).await?;
    let_wait(session, proof, &season, &application, &person).await
}

async fn let_wait(
    session: &mut Session<'_>,
    proof: &Coordinator,
    season: &Season,
    application: &Application,
    person: &Person,
) -> Result<Reply, Trouble> {
    in_no_pair(session, season, person).await?;
    let waits = vouched(application)?.after(ApplicationStep::WaitList)?;
    decide(session, proof, "application.wait-list", application, &waits).await?;
    let message = session.voice_to(person).wait_listed(&season.program, application.role);
    let key = format!("wait-listed:{}:{}", application.id, session.now.timestamp());
    session.tell(key, person, message).await?;
    Ok(Reply::Private(session.voice().decided(&person.user, &waits)))
}

async fn turn_away(
    session: &mut Session<'_>,
    proof: &Coordinator,
    season: &Season,
    application: &Application,
    person: &Person,
    reason: String,
) -> Result<Reply, Trouble> {
    in_no_pair(session, season, person).await?;
    let declined = application.state.after(ApplicationStep::Decline { reason })?;
    let ApplicationState::Declined { reason } = &declined else { return Err(Refusal::ReasonMissing.into()) };
    let message = session.voice_to(person).declined(&season.program, reason);
    decide(session, proof, "application.decline", application, &declined).await?;
    let key = format!("declined:{}:{}", application.id, session.now.timestamp());
    session.tell(key, person, message).await?;
    Ok(Reply::Private(session.voice().decided(&person.user, &declined)))
}

/// Nobody is taken out of a pair by the way.
async fn in_no_pair(session: &mut Session<'_>, season: &Season, person: &Person) -> Result<(), Trouble> {
    if is_paired(session, season, person).await? { Err(Refusal::InPair.into()) } else { Ok(()) }
}

/// Whether somebody is in a pair that has not ended.
pub(super) async fn is_paired(session: &mut Session<'_>, season: &Season, person: &Person) -> Result<bool, StoreError> {
    Ok(session.tx.pairs_of(season.id, person.id).await?.iter().any(|pair| pair.state.is_live()))
}

/// Where an application stands once a coordinator vouches for the applicant.
pub(super) fn vouched(application: &Application) -> Result<ApplicationState, Refusal> {
    match &application.state {
        ApplicationState::NotOnRoster => application.state.after(ApplicationStep::FoundOnRoster),
        state => Ok(state.clone()),
    }
}

async fn take_in(
    session: &mut Session<'_>,
    proof: &Coordinator,
    season: &Season,
    application: Application,
    person: &Person,
) -> Result<(), Trouble> {
    let accepted = vouched(&application)?.after(ApplicationStep::Accept)?;
    decide(session, proof, "application.accept", &application, &accepted).await?;
    let message = session.voice_to(person).accepted(&season.program, application.role);
    session.tell(format!("accepted:{}:{}", application.id, session.now.timestamp()), person, message).await?;
    Ok(())
}

async fn decide(
    session: &mut Session<'_>,
    proof: &Coordinator,
    action: &str,
    application: &Application,
    to: &ApplicationState,
) -> Result<(), Trouble> {
    if !session.tx.set_application_state(application.id, &application.state, to, session.now).await? {
        return Err(Refusal::Expired.into());
    }
    let detail = serde_json::json!({ "from": application.state.key(), "to": to.key() });
    Ok(session.audit(proof, action, format!("application:{}", application.id), detail).await?)
}

async fn waiting(session: &mut Session<'_>, season: &Season) -> Result<Vec<(Application, Person)>, Trouble> {
    let all = session.tx.applications(season.id).await?;
    let waits = |state: &ApplicationState| {
        matches!(state, ApplicationState::Submitted | ApplicationState::NotOnRoster | ApplicationState::WaitListed)
    };
    Ok(all.into_iter().filter(|(application, _)| waits(&application.state)).collect())
}

pub(super) async fn named(
    session: &mut Session<'_>,
    season: &Season,
    invocation: &Invocation,
) -> Result<(Application, Person), Trouble> {
    let user = invocation.person("person").ok_or(Refusal::UnknownPerson)?;
    let person = session.person_of(user).await?;
    let application = session.tx.application_of(season.id, person.id).await?.ok_or(Refusal::NamedHasNoApplication)?;
    Ok((application, person))
}

/// The application of a button. The number was in a person's hands, so it may be anything.
pub(super) async fn of_id(
    session: &mut Session<'_>,
    season: &Season,
    id: ApplicationId,
) -> Result<(Application, Person), Trouble> {
    let application = match session.tx.application(id).await {
        Ok(application) if application.season == season.id => application,
        Ok(_) | Err(StoreError::Missing { .. }) => return Err(Refusal::Expired.into()),
        Err(error) => return Err(error.into()),
    };
    let person = session.tx.person(application.person).await?;
    Ok((application, person))
}

fn library_system(season: &Season, application: &Application) -> String {
    let question = season.program.meaning(Meaning::LibrarySystem, application.role);
    let answer = question.and_then(|question| application.answers.as_ref()?.get(&question.key));
    match (answer, question) {
        (Some(Answer::Text(text)), _) => text.clone(),
        (Some(Answer::One(key)), Some(question)) => {
            question.option(key).map_or_else(|| key.clone(), |option| option.label.en.clone())
        }
        _ => String::new(),
    }
}
