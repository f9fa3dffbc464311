//! Forms that ask step by step in one window, for chats whose forms hold menus: the application and the closing survey.
//! What is kept of a step, and which one comes next, is for the flows.

use plsep_domain::{DateName, Question};

use super::{Arg, Deed, Panel, SurveyPanel, Voice};
use crate::chat::{ActionId, Field, Form, Limits, Span, Style, Text};

/// Where a form stands among the others.
struct Place {
    /// From 1.
    number: usize,
    /// How many there are.
    of: usize,
    /// The step before, as the program numbers it.
    before: Option<u8>,
}

impl Place {
    fn of(steps: &[(u8, Vec<&Question>)], step: u8) -> Self {
        let at = steps.iter().position(|(number, _)| *number == step).unwrap_or(0);
        let before = at.checked_sub(1).and_then(|before| steps.get(before)).map(|(number, _)| *number);
        Self { number: at + 1, of: steps.len(), before }
    }

    fn is_last(&self) -> bool {
        self.number >= self.of
    }
}

/// What makes one of the forms.
struct Shape {
    action: ActionId,
    reopen: ActionId,
    title: &'static str,
    submit: &'static str,
    intro: Text,
    fields: Vec<Field>,
    back: Option<Deed>,
}

impl Voice<'_> {
    /// One step of the application. If `wanted`, the person wanted to send it, and something here was still open.
    #[must_use]
    pub fn application_form(&self, panel: &Panel<'_>, wanted: bool, limits: &Limits) -> Form {
        let Panel { program, role, step, answers } = *panel;
        let steps = program.steps(role);
        let place = Place::of(&steps, step);
        let close = [("at", self.date(&program.calendar, DateName::ApplicationsClose))];
        let args = [("role", Arg::Key(role.key()))];
        let parts = [
            wanted.then(|| self.text("step-still-open", &[])),
            (place.of > 1).then(|| self.text("application-step", &args)),
            (place.number == 1).then(|| self.text("application-intro", &close)),
            (place.of > 1 && place.is_last()).then(|| self.text("application-step-last", &[])),
        ];
        let shape = Shape {
            action: if place.is_last() { Deed::Send(role) } else { Deed::Write(role, step) }.action(),
            reopen: if place.of > 1 { Deed::ShowStep(role, step) } else { Deed::Apply(role) }.action(),
            title: if place.of > 1 { "application-step-title" } else { "application-title" },
            submit: if place.is_last() { "button-send" } else { "button-next-step" },
            intro: joined(parts),
            fields: of_step(&steps, step).map(|question| self.field(question, answers, limits)).collect(),
            back: place.before.map(|before| Deed::ShowStep(role, before)),
        };
        self.step_form(shape, &place, &args)
    }

    /// One step of the closing survey. If `wanted`, the person wanted to send it, and something here was still open.
    #[must_use]
    pub fn survey_form(&self, panel: &SurveyPanel<'_>, wanted: bool, limits: &Limits) -> Form {
        let SurveyPanel { program, role, step, answers } = *panel;
        let steps = program.survey_steps(role);
        let place = Place::of(&steps, step);
        let close = [("at", self.survey_closes(program))];
        let parts = [
            wanted.then(|| self.text("step-still-open", &[])),
            (place.number == 1).then(|| self.text("survey-intro", &close)),
            (place.of > 1).then(|| self.text("survey-step", &[])),
        ];
        let shape = Shape {
            action: if place.is_last() { Deed::SendSurvey } else { Deed::WriteSurvey(step) }.action(),
            reopen: if place.of > 1 { Deed::ShowSurvey(step) } else { Deed::Survey }.action(),
            title: if place.of > 1 { "survey-step-title" } else { "survey-title" },
            submit: if place.is_last() { "button-survey-send" } else { "button-next-step" },
            intro: joined(parts),
            fields: of_step(&steps, step).map(|question| self.field(question, answers, limits)).collect(),
            back: place.before.map(Deed::ShowSurvey),
        };
        self.step_form(shape, &place, &[])
    }

    fn step_form(&self, shape: Shape, place: &Place, args: &[(&'static str, Arg)]) -> Form {
        let Shape { action, reopen, title, submit, intro, fields, back } = shape;
        let mut args = args.to_vec();
        args.extend([("step", Arg::Number(place.number as i64)), ("steps", Arg::Number(place.of as i64))]);
        Form {
            action,
            title: self.line(title, &args),
            intro: Some(intro).filter(|intro| !intro.0.is_empty()),
            fields,
            controls: back.iter().map(|deed| self.button("button-back", deed, Style::Plain)).collect(),
            submit: self.line(submit, &[]),
            reopen,
        }
    }
}

fn of_step<'q>(steps: &'q [(u8, Vec<&'q Question>)], step: u8) -> impl Iterator<Item = &'q Question> {
    steps.iter().filter(move |(number, _)| *number == step).flat_map(|(_, questions)| questions.iter().copied())
}

fn joined<const N: usize>(parts: [Option<Text>; N]) -> Text {
    let mut spans: Vec<Span> = Vec::new();
    for part in parts.into_iter().flatten() {
        if !spans.is_empty() {
            spans.push(Span::Plain(" ".to_owned()));
        }
        spans.extend(part.0);
    }
    Text(spans)
}
