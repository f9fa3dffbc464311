//! Applying: begin, answer, come back, send. Whatever a person has given is kept, also when it cannot be sent.

use std::collections::BTreeMap;

use plsep_domain::eligibility::Eligibility;
use plsep_domain::{
    Answer, Answers, ApplicationState, ApplicationStep, Program, Question, QuestionKind, Refusal, Role, parse_answer,
};

use super::roster::Roll;
use super::{Session, Trouble};
use crate::chat::{Form, Invocation, Reply, Text};
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
    let step = where_to_begin(session, &season.program, &application);
    Ok(shown(session, &season.program, role, step, &application.draft))
}

/// Another step.
pub(super) async fn show_step(session: &mut Session<'_>, role: Role, step: u8) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let application = application(session, &season, role).await?;
    Ok(shown(session, &season.program, role, step, &application.draft))
}

/// Another step, asked for in a window in which something may stand already: what fits of it is kept.
pub(super) async fn turn(
    session: &mut Session<'_>,
    role: Role,
    step: u8,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let mut application = to_keep(session, &season, role).await?;
    let before = application.draft.clone();
    let typed = season.program.questions_for(role).filter(|question| values.contains_key(&question.key));
    // What does not fit is asked again when its step is.
    let _ = take(session, typed, values, &mut application.draft);
    if application.draft != before {
        session.tx.save_draft(application.id, &application.draft, session.now).await?;
    }
    Ok(kept(session, &season, role, step, &application))
}

/// A choice in the panel.
pub(super) async fn pick(
    session: &mut Session<'_>,
    role: Role,
    step: u8,
    key: &str,
    part: Option<u8>,
    values: &[String],
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let mut application = to_keep(session, &season, role).await?;
    let question =
        season.program.question(key).filter(|question| question.asks(role)).ok_or(Refusal::UnknownQuestion)?;
    let given = match part {
        None => values.to_vec(),
        Some(part) => beside(question, application.draft.get(key), part, values, session.limits().menu_options),
    };
    let answer =
        parse_answer(question, &given).map_err(|fault| Refusal::Answer { question: question.key.clone(), fault })?;
    application.draft.put(key, answer);
    session.tx.save_draft(application.id, &application.draft, session.now).await?;
    Ok(kept(session, &season, role, step, &application))
}

/// What is chosen once these values are chosen in one of the menus among which the options of a question are divided:
/// what stands in its other menus stays, unless only one can be chosen at all.
fn beside(
    question: &Question,
    before: Option<&Answer>,
    part: u8,
    values: &[String],
    menu_options: usize,
) -> Vec<String> {
    let here = question.kind.options().chunks(menu_options.max(1)).nth(usize::from(part)).unwrap_or_default();
    let elsewhere = |key: &&String| !here.iter().any(|option| option.key == **key);
    let before = before.map(Answer::chosen).unwrap_or_default();
    match question.kind {
        QuestionKind::Many { .. } => before.iter().filter(elsewhere).chain(values).cloned().collect(),
        _ if values.is_empty() => before.iter().filter(elsewhere).cloned().collect(),
        _ => values.to_vec(),
    }
}

/// The step again, now that something is kept; or that it is too late to send it.
fn kept(session: &Session<'_>, season: &Season, role: Role, step: u8, application: &Application) -> Reply {
    match season.program.calendar.check_application_time(session.event.at) {
        Ok(()) => shown(session, &season.program, role, step, &application.draft),
        Err(refusal) => Reply::Replace(session.voice().refusal(&refusal, Some(&season.program))),
    }
}

/// The form for a step, or for its written answers where a form holds no others.
pub(super) async fn open_written(session: &mut Session<'_>, role: Role, step: u8) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let application = application(session, &season, role).await?;
    Ok(Reply::Open(Box::new(form(session, &season.program, role, step, &application.draft))))
}

/// The answers of a form come in: what is right is kept even where something else is wrong.
pub(super) async fn write(
    session: &mut Session<'_>,
    role: Role,
    step: u8,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let mut application = to_keep(session, &season, role).await?;
    let menus = session.limits().form_menus;
    let asked: Vec<&Question> = season
        .program
        .questions_for(role)
        .filter(|question| question.step == step && (menus || !question.kind.is_choice()))
        .collect();
    let errors = take_in(session, &asked, values, &mut application.draft);
    session.tx.save_draft(application.id, &application.draft, session.now).await?;
    let closed = season.program.calendar.check_application_time(session.event.at).is_err();
    if errors.is_empty() || closed {
        let next = if menus { after(&season.program, role, step) } else { step };
        return Ok(kept(session, &season, role, next, &application));
    }
    let form = form(session, &season.program, role, step, &application.draft);
    Ok(Reply::Correct { form: Box::new(form), errors })
}

/// The last step's form comes in: with it everything is sent.
pub(super) async fn send_form(
    session: &mut Session<'_>,
    role: Role,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let program = &season.program;
    let mut application = to_keep(session, &season, role).await?;
    let last = last_step(program, role);
    let asked: Vec<&Question> = program
        .questions_for(role)
        .filter(|question| question.step == last || values.contains_key(&question.key))
        .collect();
    let errors = take_in(session, &asked, values, &mut application.draft);
    session.tx.save_draft(application.id, &application.draft, session.now).await?;
    // Once it is too late there is nothing to correct for; what was right is kept.
    if program.calendar.check_application_time(session.event.at).is_err() {
        return submit(session, &season, application).await;
    }
    if !errors.is_empty() {
        let form = form(session, program, role, last, &application.draft);
        return Ok(Reply::Correct { form: Box::new(form), errors });
    }
    if application.draft.missing(program, role).is_empty() {
        return submit(session, &season, application).await;
    }
    // The program has changed since, or somebody has changed sides.
    let panel =
        Panel { program, role, step: first_open_step(program, role, &application.draft), answers: &application.draft };
    Ok(Reply::Open(Box::new(session.voice().application_form(&panel, true, &session.limits()))))
}

/// The panel's last button.
pub(super) async fn send_panel(session: &mut Session<'_>, role: Role) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let application = application(session, &season, role).await?;
    if !application.draft.missing(&season.program, role).is_empty() {
        let step = first_open_step(&season.program, role, &application.draft);
        return Ok(shown(session, &season.program, role, step, &application.draft));
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
    if next == ApplicationState::Submitted {
        let eligible = on_roster(session, role).await?;
        if eligible != Eligibility::Eligible {
            next = next.after(ApplicationStep::WaitForRoster)?;
            let inactive = eligible == Eligibility::Inactive;
            let notice =
                session.voice_in(plsep_domain::Lang::En).not_on_roster_notice(id, &session.person.user, inactive);
            session.tell_office(format!("not-on-roster:{id}"), notice).await?;
        }
    }
    session.tx.submit_application(id, &draft, &next, session.event.at, session.now).await?;
    let known = next != ApplicationState::NotOnRoster;
    Ok(Reply::Replace(session.voice().received(&season.program, role, known)))
}

/// Whether the roster knows the person; links the line to the account when it was found by e-mail.
async fn on_roster(session: &mut Session<'_>, role: Role) -> Result<Eligibility, Trouble> {
    let roll = Roll::of(session.tx.roster(session.community.id).await?);
    if let Some(line) = roll.unlinked(&session.person) {
        session.tx.link_roster(line, &session.person.user).await?;
    }
    Ok(roll.judge(&session.person, role))
}

/// What answers are to be put in: a draft that is there takes them also after the deadline, so that nothing is lost;
/// whether it can still be sent is asked afterwards.
async fn to_keep(session: &mut Session<'_>, season: &Season, role: Role) -> Result<Application, Trouble> {
    match session.application().filter(|known| known.role == role && known.state == ApplicationState::Draft) {
        Some(draft) => Ok(draft),
        None => application(session, season, role).await,
    }
}

/// The person's application in this role, begun if there is none.
async fn application(session: &mut Session<'_>, season: &Season, role: Role) -> Result<Application, Trouble> {
    let me = session.person.id;
    if let Some(known) = session.application() {
        match &known.state {
            ApplicationState::Draft => {
                season.program.calendar.check_application_time(session.event.at)?;
                if known.role == role {
                    return Ok(known);
                }
                // A draft has no side yet: going on in the other role takes its answers along.
                session.tx.change_role(known.id, role, session.now).await?;
                return Ok(Application { role, updated_at: session.now, ..known });
            }
            ApplicationState::Withdrawn => {
                let draft = known.state.after(ApplicationStep::Restart)?;
                session.tx.set_application_state(known.id, &known.state, &draft, session.now).await?;
            }
            ApplicationState::Declined { .. } => {
                return Err(Refusal::ApplicationStep { from: known.state, step: ApplicationStep::Submit }.into());
            }
            _ if known.role != role => return Err(Refusal::AlreadyApplied.into()),
            _ => return Ok(known),
        }
    }
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

/// The same, where all that is asked stands in front of the person: what must be answered and is not, is wrong, too.
pub(super) fn take_in(
    session: &Session<'_>,
    asked: &[&Question],
    values: &BTreeMap<String, Vec<String>>,
    draft: &mut Answers,
) -> Vec<(String, Text)> {
    let mut errors = take(session, asked.iter().copied(), values, draft);
    for question in draft.missing_of(asked.iter().copied()) {
        if !errors.iter().any(|(key, _)| *key == question.key) {
            errors.push((question.key.clone(), session.voice().answer_missing()));
        }
    }
    errors
}

/// A step as the chat shows it: as a form, or as a message with menus where a form holds none.
fn shown(session: &Session<'_>, program: &Program, role: Role, step: u8, answers: &Answers) -> Reply {
    let limits = session.limits();
    if limits.form_menus {
        return Reply::Open(Box::new(form(session, program, role, step, answers)));
    }
    let panel = Panel { program, role, step, answers };
    Reply::Replace(session.voice().application_panel(&panel, &limits))
}

fn form(session: &Session<'_>, program: &Program, role: Role, step: u8, answers: &Answers) -> Form {
    let (panel, limits) = (Panel { program, role, step, answers }, session.limits());
    match limits.form_menus {
        true => session.voice().application_form(&panel, false, &limits),
        false => session.voice().written_form(&panel, &limits),
    }
}

/// Where somebody begins or goes on: at the first step that lacks something, and else at the last. Whoever changes in a
/// window what was sent goes through it from the beginning.
fn where_to_begin(session: &Session<'_>, program: &Program, application: &Application) -> u8 {
    let Application { role, draft, answers, state, .. } = application;
    let sent = *state != ApplicationState::Draft && draft.missing(program, *role).is_empty();
    if sent && session.limits().form_menus && answers.as_ref() == Some(draft) {
        return program.steps(*role).first().map_or(1, |(step, _)| *step);
    }
    first_open_step(program, *role, draft)
}

/// The first step that lacks something; the last one if none does.
fn first_open_step(program: &Program, role: Role, answers: &Answers) -> u8 {
    let missing = answers.missing(program, role);
    missing.iter().map(|question| question.step).min().unwrap_or_else(|| last_step(program, role))
}

fn last_step(program: &Program, role: Role) -> u8 {
    program.steps(role).last().map_or(1, |(step, _)| *step)
}

/// The step that follows.
fn after(program: &Program, role: Role, step: u8) -> u8 {
    let next = program.steps(role).into_iter().map(|(number, _)| number).find(|number| *number > step);
    next.unwrap_or_else(|| last_step(program, role))
}
