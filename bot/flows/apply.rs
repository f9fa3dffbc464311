//! Applying: begin, answer, come back, send. Whatever a person has given is kept, also when it cannot be sent.

use std::collections::BTreeMap;

use plsep_domain::eligibility::{self, Eligibility, RosterEntry, RosterPerson};
use plsep_domain::{Answers, ApplicationState, ApplicationStep, Program, Question, Refusal, Role, parse_answer};

use super::{Session, Trouble};
use crate::chat::{Invocation, Reply, Text};
use crate::store::{Application, Season};
use crate::words::Panel;

pub(super) async fn command(session: &mut Session<'_>, invocation: &Invocation) -> Result<Reply, Trouble> {
    match invocation.choice("role").and_then(|role| role.parse().ok()) {
        Some(role) => open(session, role).await,
        // A button carries its role; only a command without its required option comes here.
        None => Ok(Reply::Private(session.voice().help("mentorship"))),
    }
}

/// Begins an application, or opens the one there is.
pub(super) async fn open(session: &mut Session<'_>, role: Role) -> Result<Reply, Trouble> {
    let season = session.season()?;
    season.program.calendar.check_application_time(session.event.at)?;
    let application = application(session, &season, role).await?;
    let limits = session.limits();
    if limits.form_menus {
        let form = session.voice().application_form(&season.program, role, &application.draft, &limits);
        return Ok(Reply::Open(Box::new(form)));
    }
    let step = first_open_step(&season.program, role, &application.draft);
    Ok(panel(session, &season.program, role, step, &application.draft))
}

/// Another step of the panel.
pub(super) async fn show_step(session: &mut Session<'_>, role: Role, step: u8) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let application = application(session, &season, role).await?;
    Ok(panel(session, &season.program, role, step, &application.draft))
}

/// A choice in the panel.
pub(super) async fn pick(
    session: &mut Session<'_>,
    role: Role,
    step: u8,
    key: &str,
    values: &[String],
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let mut application = application(session, &season, role).await?;
    let question =
        season.program.question(key).filter(|question| question.asks(role)).ok_or(Refusal::UnknownQuestion)?;
    let answer =
        parse_answer(question, values).map_err(|fault| Refusal::Answer { question: question.key.clone(), fault })?;
    application.draft.put(key, answer);
    session.tx.save_draft(application.id, &application.draft, session.now).await?;
    Ok(panel(session, &season.program, role, step, &application.draft))
}

/// The form for a step's written answers.
pub(super) async fn open_written(session: &mut Session<'_>, role: Role, step: u8) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let application = application(session, &season, role).await?;
    let panel = Panel { program: &season.program, role, step, answers: &application.draft };
    Ok(Reply::Open(Box::new(session.voice().written_form(&panel, &session.limits()))))
}

/// Written answers come in: what is right is kept even where something else is wrong.
pub(super) async fn write(
    session: &mut Session<'_>,
    role: Role,
    step: u8,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let mut application = application(session, &season, role).await?;
    let asked =
        season.program.questions_for(role).filter(|question| question.step == step && !question.kind.is_choice());
    let errors = take(session, asked, values, &mut application.draft);
    session.tx.save_draft(application.id, &application.draft, session.now).await?;
    if errors.is_empty() {
        return Ok(panel(session, &season.program, role, step, &application.draft));
    }
    let panel = Panel { program: &season.program, role, step, answers: &application.draft };
    let form = session.voice().written_form(&panel, &session.limits());
    Ok(Reply::Correct { form: Box::new(form), errors })
}

/// The whole form comes in.
pub(super) async fn send_form(
    session: &mut Session<'_>,
    role: Role,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let mut application = to_send(session, &season, role).await?;
    let mut errors = take(session, season.program.questions_for(role), values, &mut application.draft);
    for question in application.draft.missing(&season.program, role) {
        if !errors.iter().any(|(key, _)| *key == question.key) {
            errors.push((question.key.clone(), session.voice().answer_missing()));
        }
    }
    session.tx.save_draft(application.id, &application.draft, session.now).await?;
    let closed = season.program.calendar.check_application_time(session.event.at).is_err();
    // Once it is too late there is nothing to correct for; what was right is kept.
    if errors.is_empty() || closed {
        return submit(session, &season, application).await;
    }
    let form = session.voice().application_form(&season.program, role, &application.draft, &session.limits());
    Ok(Reply::Correct { form: Box::new(form), errors })
}

/// The panel's last button.
pub(super) async fn send_panel(session: &mut Session<'_>, role: Role) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let application = application(session, &season, role).await?;
    if !application.draft.missing(&season.program, role).is_empty() {
        let step = first_open_step(&season.program, role, &application.draft);
        return Ok(panel(session, &season.program, role, step, &application.draft));
    }
    submit(session, &season, application).await
}

/// Makes a complete draft an application. The moment that counts is when the person sent it.
async fn submit(session: &mut Session<'_>, season: &Season, application: Application) -> Result<Reply, Trouble> {
    if let Err(refusal) = season.program.calendar.check_application_time(session.event.at) {
        // What was answered stays in the draft, so this is an answer and not a failed transaction.
        return Ok(Reply::Replace(session.voice().refusal(&refusal, Some(&season.program))));
    }
    let Application { id, role, draft, state, .. } = application;
    let mut next = state.after(ApplicationStep::Submit)?;
    if next == ApplicationState::Submitted && !on_roster(session, role).await? {
        next = next.after(ApplicationStep::WaitForRoster)?;
        let notice = session.voice_in(plsep_domain::Lang::En).not_on_roster_notice(&session.person.user);
        session.tell_office(format!("not-on-roster:{id}"), notice).await?;
    }
    session.tx.submit_application(id, &draft, &next, session.event.at, session.now).await?;
    let known = next != ApplicationState::NotOnRoster;
    Ok(Reply::Replace(session.voice().received(&season.program, role, known)))
}

/// Whether the roster knows the person; links the line to the account when it was found by e-mail.
async fn on_roster(session: &mut Session<'_>, role: Role) -> Result<bool, Trouble> {
    let lines = session.tx.roster(session.community.id).await?;
    let entries: Vec<RosterEntry> = lines.iter().map(|line| line.entry.clone()).collect();
    let who = RosterPerson { chat_user: session.person.user.0.clone(), email: session.person.email.clone() };
    let known = eligibility::eligibility(role, &who, &entries) == Eligibility::Eligible;
    if let Some(found) = eligibility::find(&who, &entries).filter(|entry| entry.chat_user.is_none())
        && let Some(line) = lines.iter().find(|line| line.entry == *found)
    {
        session.tx.link_roster(line.id, &session.person.user).await?;
    }
    Ok(known)
}

/// What a whole form is to be put in: a draft that is there takes answers also after the deadline, so that nothing
/// is lost; whether it can still be sent is asked afterwards.
async fn to_send(session: &mut Session<'_>, season: &Season, role: Role) -> Result<Application, Trouble> {
    let known = session.tx.application_of(season.id, session.person.id).await?;
    match known.filter(|known| known.role == role && known.state == ApplicationState::Draft) {
        Some(draft) => Ok(draft),
        None => application(session, season, role).await,
    }
}

/// The person's application in this role, begun if there is none.
async fn application(session: &mut Session<'_>, season: &Season, role: Role) -> Result<Application, Trouble> {
    let me = session.person.id;
    if let Some(known) = session.tx.application_of(season.id, me).await? {
        match &known.state {
            ApplicationState::Draft if known.role == role => {
                season.program.calendar.check_application_time(session.event.at)?;
                return Ok(known);
            }
            ApplicationState::Withdrawn => {
                let draft = known.state.after(ApplicationStep::Restart)?;
                session.tx.set_application_state(known.id, &known.state, &draft, session.now).await?;
            }
            ApplicationState::Draft => {}
            ApplicationState::Declined { .. } => {
                return Err(Refusal::ApplicationStep { from: known.state, step: ApplicationStep::Submit }.into());
            }
            _ if known.role != role => return Err(Refusal::AlreadyApplied.into()),
            _ => return Ok(known),
        }
    }
    // A draft has no side yet: beginning in the other role takes its answers along.
    season.program.calendar.check_application_time(session.event.at)?;
    Ok(session.tx.start_application(season.id, me, role, session.now).await?)
}

/// Takes what fits into the draft and says what does not. An answer left empty is taken back.
pub(super) fn take<'q>(
    session: &Session<'_>,
    asked: impl Iterator<Item = &'q Question>,
    values: &BTreeMap<String, Vec<String>>,
    draft: &mut Answers,
) -> Vec<(String, Text)> {
    let voice = session.voice();
    let mut errors = Vec::new();
    for question in asked {
        let given = values.get(&question.key).map(Vec::as_slice).unwrap_or_default();
        match parse_answer(question, given) {
            Ok(answer) => draft.put(&question.key, answer),
            Err(fault) => errors.push((question.key.clone(), voice.answer_fault(fault))),
        }
    }
    errors
}

fn panel(session: &Session<'_>, program: &Program, role: Role, step: u8, answers: &Answers) -> Reply {
    let panel = Panel { program, role, step, answers };
    Reply::Replace(session.voice().application_panel(&panel, &session.limits()))
}

/// Where somebody who comes back goes on.
fn first_open_step(program: &Program, role: Role, answers: &Answers) -> u8 {
    let missing = answers.missing(program, role);
    let first = missing.iter().map(|question| question.step).min();
    let last = program.steps(role).last().map_or(1, |(step, _)| *step);
    first.unwrap_or(last)
}
