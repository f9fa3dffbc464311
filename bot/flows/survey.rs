//! The closing survey: opened when the run is over, kept while it is filled in, changed until the season closes. Only
//! coordinators read it. Whether it is on time is judged by when the person did it; what comes later is kept for the
//! person, never given.

use std::collections::BTreeMap;

use plsep_domain::{Answers, Program, Refusal, Role, parse_answer};

use super::apply::take;
use super::{Session, Trouble};
use crate::chat::{Message, Reply};
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
    let Open { season, role, draft, .. } = in_hand(session).await?;
    let limits = session.limits();
    if limits.form_menus {
        return Ok(Reply::Open(Box::new(session.voice().survey_form(&season.program, role, &draft, &limits))));
    }
    let step = first_open_step(&season.program, role, &draft);
    let panel = SurveyPanel { program: &season.program, role, step, answers: &draft };
    // Beside the message that asked, which may bring a certificate and stays.
    Ok(Reply::Private(session.voice().survey_panel(&panel, &limits)))
}

/// Another step of the panel.
pub(super) async fn show_step(session: &mut Session<'_>, step: u8) -> Result<Reply, Trouble> {
    let open = in_hand(session).await?;
    Ok(panel(session, &open, step))
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
    Ok(too_late(session, &open).map_or_else(|| panel(session, &open, step), Reply::Replace))
}

/// The form for a step's written answers.
pub(super) async fn open_written(session: &mut Session<'_>, step: u8) -> Result<Reply, Trouble> {
    let Open { season, role, draft, .. } = in_hand(session).await?;
    let panel = SurveyPanel { program: &season.program, role, step, answers: &draft };
    Ok(Reply::Open(Box::new(session.voice().survey_written_form(&panel, &session.limits()))))
}

/// Written answers come in: what is right is kept even where something else is wrong.
pub(super) async fn write(
    session: &mut Session<'_>,
    step: u8,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let mut open = to_keep(session).await?;
    let program = open.season.program.clone();
    let asked = program.survey_for(open.role).filter(|question| question.step == step && !question.kind.is_choice());
    let errors = take(session, asked, values, &mut open.draft);
    session.tx.save_survey(open.season.id, session.person.id, &open.draft).await?;
    if let Some(late) = too_late(session, &open) {
        return Ok(Reply::Replace(late));
    }
    if errors.is_empty() {
        return Ok(panel(session, &open, step));
    }
    let panel = SurveyPanel { program: &program, role: open.role, step, answers: &open.draft };
    let form = session.voice().survey_written_form(&panel, &session.limits());
    Ok(Reply::Correct { form: Box::new(form), errors })
}

/// The whole form comes in.
pub(super) async fn send_form(
    session: &mut Session<'_>,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let mut open = to_keep(session).await?;
    let program = open.season.program.clone();
    let mut errors = take(session, program.survey_for(open.role), values, &mut open.draft);
    for question in open.draft.missing_of(program.survey_for(open.role)) {
        if !errors.iter().any(|(key, _)| *key == question.key) {
            errors.push((question.key.clone(), session.voice().answer_missing()));
        }
    }
    if let Some(late) = too_late(session, &open) {
        session.tx.save_survey(open.season.id, session.person.id, &open.draft).await?;
        return Ok(Reply::Private(late));
    }
    if errors.is_empty() {
        session.tx.give_survey(open.season.id, session.person.id, &open.draft, session.event.at).await?;
        return Ok(Reply::Private(session.voice().survey_thanks(&program)));
    }
    session.tx.save_survey(open.season.id, session.person.id, &open.draft).await?;
    let form = session.voice().survey_form(&program, open.role, &open.draft, &session.limits());
    Ok(Reply::Correct { form: Box::new(form), errors })
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
        return Ok(panel(session, &open, step));
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
    let season = session.season()?;
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

fn panel(session: &Session<'_>, open: &Open, step: u8) -> Reply {
    let Open { season, role, draft, .. } = open;
    let panel = SurveyPanel { program: &season.program, role: *role, step, answers: draft };
    Reply::Replace(session.voice().survey_panel(&panel, &session.limits()))
}

/// Where somebody who comes back goes on.
fn first_open_step(program: &Program, role: Role, answers: &Answers) -> u8 {
    let missing = answers.missing_of(program.survey_for(role));
    let first = missing.iter().map(|question| question.step).min();
    let last = program.survey_steps(role).last().map_or(1, |(step, _)| *step);
    first.unwrap_or(last)
}
