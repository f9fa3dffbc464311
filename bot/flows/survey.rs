//! The closing survey: opened when the run is over, kept while it is filled in, changed until the season closes. Only
//! coordinators read it. Whether it is on time is judged by when the person did it; what comes later is kept for the
//! person, never given.

use std::collections::BTreeMap;

use plsep_domain::{Answers, Program, Question, Refusal, Role, parse_answer};

use super::apply::{take, take_in};
use super::extension::own_season;
use super::{Session, Trouble};
use crate::chat::{Form, Message, Reply};
use crate::store::Season;
use crate::words::SurveyPanel;

/// Somebody's survey in hand.
struct Open {
    season: Season,
    role: Role,
    draft: Answers,
    /// It came after the survey had closed.
    late: Option<Refusal>,
}

/// Opens the survey, as it was last left.
pub(super) async fn open(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let (open, given) = (in_hand(session).await?, given(session).await?);
    let program = &open.season.program;
    let complete = open.draft.missing_of(program.survey_for(open.role)).is_empty();
    let step = match complete && given.as_ref() == Some(&open.draft) && session.limits().form_menus {
        // Whoever changes in a window what was given goes through it from the beginning.
        true => program.survey_steps(open.role).first().map_or(1, |(step, _)| *step),
        false => first_open_step(program, open.role, &open.draft),
    };
    // Beside the message that asked, which may bring a certificate and stays.
    Ok(match shown(session, &open, step) {
        Reply::Replace(panel) => Reply::Private(panel),
        other => other,
    })
}

/// Another step.
pub(super) async fn show_step(session: &mut Session<'_>, step: u8) -> Result<Reply, Trouble> {
    let open = in_hand(session).await?;
    Ok(shown(session, &open, step))
}

/// Another step, asked for in a window in which something may stand already: what fits of it is kept.
pub(super) async fn turn(
    session: &mut Session<'_>,
    step: u8,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let mut open = to_keep(session).await?;
    let before = open.draft.clone();
    let typed = open.season.program.survey_for(open.role).filter(|question| values.contains_key(&question.key));
    // What does not fit is asked again when its step is.
    let _ = take(session, typed, values, &mut open.draft);
    if open.draft != before {
        session.tx.save_survey(open.season.id, session.person.id, &open.draft).await?;
    }
    Ok(too_late(session, &open).map_or_else(|| shown(session, &open, step), Reply::Replace))
}

/// A choice in the panel.
pub(super) async fn pick(session: &mut Session<'_>, step: u8, key: &str, values: &[String]) -> Result<Reply, Trouble> {
    let mut open = to_keep(session).await?;
    let question = open.season.program.survey_for(open.role).find(|question| question.key == key);
    let question = question.ok_or(Refusal::UnknownQuestion)?;
    let answer =
        parse_answer(question, values).map_err(|fault| Refusal::Answer { question: question.key.clone(), fault })?;
    open.draft.put(key, answer);
    session.tx.save_survey(open.season.id, session.person.id, &open.draft).await?;
    Ok(too_late(session, &open).map_or_else(|| shown(session, &open, step), Reply::Replace))
}

/// The form for a step, or for its written answers where a form holds no others.
pub(super) async fn open_written(session: &mut Session<'_>, step: u8) -> Result<Reply, Trouble> {
    let open = in_hand(session).await?;
    Ok(Reply::Open(Box::new(form(session, &open, step))))
}

/// The answers of a form come in: what is right is kept even where something else is wrong.
pub(super) async fn write(
    session: &mut Session<'_>,
    step: u8,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let mut open = to_keep(session).await?;
    let program = open.season.program.clone();
    let menus = session.limits().form_menus;
    let asked: Vec<&Question> = program
        .survey_for(open.role)
        .filter(|question| question.step == step && (menus || !question.kind.is_choice()))
        .collect();
    let errors = take_in(session, &asked, values, &mut open.draft);
    session.tx.save_survey(open.season.id, session.person.id, &open.draft).await?;
    if let Some(late) = too_late(session, &open) {
        return Ok(Reply::Replace(late));
    }
    if !errors.is_empty() {
        return Ok(Reply::Correct { form: Box::new(form(session, &open, step)), errors });
    }
    let after = program.survey_steps(open.role).into_iter().map(|(number, _)| number).find(|number| *number > step);
    Ok(shown(session, &open, after.filter(|_| menus).unwrap_or(step)))
}

/// The last step's form comes in: with it everything is given.
pub(super) async fn send_form(
    session: &mut Session<'_>,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let mut open = to_keep(session).await?;
    let program = open.season.program.clone();
    let last = last_step(&program, open.role);
    let asked: Vec<&Question> = program
        .survey_for(open.role)
        .filter(|question| question.step == last || values.contains_key(&question.key))
        .collect();
    let errors = take_in(session, &asked, values, &mut open.draft);
    if let Some(late) = too_late(session, &open) {
        session.tx.save_survey(open.season.id, session.person.id, &open.draft).await?;
        return Ok(Reply::Private(late));
    }
    let complete = open.draft.missing_of(program.survey_for(open.role)).is_empty();
    if errors.is_empty() && complete {
        session.tx.give_survey(open.season.id, session.person.id, &open.draft, session.event.at).await?;
        return Ok(Reply::Private(session.voice().survey_thanks(&program)));
    }
    session.tx.save_survey(open.season.id, session.person.id, &open.draft).await?;
    if !errors.is_empty() {
        return Ok(Reply::Correct { form: Box::new(form(session, &open, last)), errors });
    }
    let step = first_open_step(&program, open.role, &open.draft);
    let panel = SurveyPanel { program: &program, role: open.role, step, answers: &open.draft };
    Ok(Reply::Open(Box::new(session.voice().survey_form(&panel, true, &session.limits()))))
}

/// The panel's last button.
pub(super) async fn send_panel(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let open = to_keep(session).await?;
    let program = &open.season.program;
    if let Some(late) = too_late(session, &open) {
        return Ok(Reply::Replace(late));
    }
    if !open.draft.missing_of(program.survey_for(open.role)).is_empty() {
        let step = first_open_step(program, open.role, &open.draft);
        return Ok(shown(session, &open, step));
    }
    session.tx.give_survey(open.season.id, session.person.id, &open.draft, session.event.at).await?;
    Ok(Reply::Replace(session.voice().survey_thanks(program)))
}

/// The person's survey, if they may answer it now.
async fn in_hand(session: &mut Session<'_>) -> Result<Open, Trouble> {
    let open = known(session).await?;
    open.season.program.calendar.check_survey_time(session.event.at)?;
    Ok(open)
}

/// The same to put answers in: those that come after it closed are kept too, so that nothing typed is lost.
async fn to_keep(session: &mut Session<'_>) -> Result<Open, Trouble> {
    let mut open = known(session).await?;
    open.late = match open.season.program.calendar.check_survey_time(session.event.at) {
        Ok(()) => None,
        Err(Refusal::SurveyClosed { closed_at }) => Some(Refusal::SurveyLate { closed_at }),
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(open)
}

/// What is said of answers that are kept and came too late. It is an answer and not a failed transaction.
fn too_late(session: &Session<'_>, open: &Open) -> Option<Message> {
    let refusal = open.late.as_ref()?;
    Some(session.voice().refusal(refusal, Some(&open.season.program)))
}

/// The person's survey, whenever.
async fn known(session: &mut Session<'_>) -> Result<Open, Trouble> {
    let season = own_season(session).await?;
    let me = session.person.id;
    let pairs = session.tx.pairs_of(season.id, me).await?;
    if pairs.is_empty() {
        return Err(Refusal::NotParticipant.into());
    }
    if season.program.survey.is_empty() {
        return Err(Refusal::NoSurvey.into());
    }
    let role = if pairs.iter().any(|pair| pair.mentor == me) { Role::Mentor } else { Role::Mentee };
    let draft = session.tx.survey_of(season.id, me).await?.map(|survey| survey.draft).unwrap_or_default();
    Ok(Open { season, role, draft, late: None })
}

/// What the person has given, if they have.
async fn given(session: &mut Session<'_>) -> Result<Option<Answers>, Trouble> {
    let season = session.season()?;
    Ok(session.tx.survey_of(season.id, session.person.id).await?.and_then(|survey| survey.answers))
}

/// A step as the chat shows it: as a form, or as a message with menus where a form holds none.
fn shown(session: &Session<'_>, open: &Open, step: u8) -> Reply {
    let limits = session.limits();
    if limits.form_menus {
        return Reply::Open(Box::new(form(session, open, step)));
    }
    Reply::Replace(session.voice().survey_panel(&panel(open, step), &limits))
}

fn form(session: &Session<'_>, open: &Open, step: u8) -> Form {
    let limits = session.limits();
    match limits.form_menus {
        true => session.voice().survey_form(&panel(open, step), false, &limits),
        false => session.voice().survey_written_form(&panel(open, step), &limits),
    }
}

fn panel(open: &Open, step: u8) -> SurveyPanel<'_> {
    SurveyPanel { program: &open.season.program, role: open.role, step, answers: &open.draft }
}

/// The first step that lacks something; the last one if none does.
fn first_open_step(program: &Program, role: Role, answers: &Answers) -> u8 {
    let missing = answers.missing_of(program.survey_for(role));
    missing.iter().map(|question| question.step).min().unwrap_or_else(|| last_step(program, role))
}

fn last_step(program: &Program, role: Role) -> u8 {
    program.survey_steps(role).last().map_or(1, |(step, _)| *step)
}
