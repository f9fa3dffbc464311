//! The closing survey: its panel, and what is said before and after it.

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{Answers, DateName, Program, Question, Role};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, Control, Form, Limits, Message, Style};

/// A step of the survey.
pub struct SurveyPanel<'a> {
    /// The season's program.
    pub program: &'a Program,
    /// As what the person took part.
    pub role: Role,
    /// Which step, from 1.
    pub step: u8,
    /// Answers so far.
    pub answers: &'a Answers,
}

impl Voice<'_> {
    /// The written answers of one step as a form.
    #[must_use]
    pub fn survey_written_form(&self, panel: &SurveyPanel<'_>, limits: &Limits) -> Form {
        let action = Deed::WriteSurvey(panel.step).action();
        Form {
            title: self.line("survey-title", &[]),
            intro: None,
            fields: of_step(panel)
                .filter(|question| !question.kind.is_choice())
                .map(|question| self.field(question, panel.answers, limits))
                .collect(),
            controls: vec![],
            submit: self.line("button-save", &[]),
            reopen: action.clone(),
            action,
        }
    }

    /// One step of the panel: what was answered, menus, and where to go on.
    #[must_use]
    pub fn survey_panel(&self, panel: &SurveyPanel<'_>, limits: &Limits) -> Message {
        let SurveyPanel { program, role, step, answers } = *panel;
        let rows = of_step(panel).map(|question| (self.label(question), self.answered(question, answers))).collect();
        let mut message = Message::default()
            .with(self.heading("survey-title", &[]))
            .with(self.paragraph("survey-intro", &[("at", self.survey_closes(program))]))
            .with(Block::Fields(rows));
        for question in of_step(panel).filter(|question| question.kind.is_choice()) {
            let action = Deed::PickSurvey(step, question.key.clone()).action();
            message = message.with(Block::Controls(vec![self.menu_of(question, action, answers, limits)]));
        }
        let missing = answers.missing_of(program.survey_for(role));
        let last = program.survey_steps(role).last().is_none_or(|(last, _)| *last == step);
        if last && !missing.is_empty() {
            let names = missing.iter().map(|question| self.label(question).words()).collect::<Vec<_>>().join(" · ");
            let args = [("count", Arg::Number(missing.len() as i64)), ("questions", Arg::Words(names))];
            message = message.with(self.paragraph("panel-missing", &args));
        }
        message
            .with(Block::Controls(self.survey_buttons(panel, missing.is_empty())))
            .with(self.fine("survey-saved", &[]))
    }

    /// Thanks for a survey that was given.
    #[must_use]
    pub fn survey_thanks(&self, program: &Program) -> Message {
        self.say("survey-thanks", &[("at", self.survey_closes(program))]).with(Block::Controls(vec![self.button(
            "button-survey-change",
            &Deed::Survey,
            Style::Plain,
        )]))
    }

    /// Mentions the survey once more, before it closes.
    #[must_use]
    pub fn survey_reminder(&self, program: &Program) -> Message {
        self.say("survey-reminder", &[("at", self.survey_closes(program))]).with(Block::Controls(vec![self.button(
            "button-survey",
            &Deed::Survey,
            Style::Primary,
        )]))
    }

    /// When the survey closes, by its last second, as it was announced.
    pub(super) fn survey_closes(&self, program: &Program) -> Arg {
        self.date(&program.calendar, DateName::WrapUpUntil)
    }

    /// A moment that is the first one after something, shown by the second before it.
    pub(super) fn last_second(&self, end: DateTime<Utc>) -> Arg {
        self.when(end - TimeDelta::seconds(1))
    }

    fn survey_buttons(&self, panel: &SurveyPanel<'_>, complete: bool) -> Vec<Control> {
        let SurveyPanel { program, role, step, .. } = *panel;
        let steps: Vec<u8> = program.survey_steps(role).into_iter().map(|(step, _)| step).collect();
        let place = steps.iter().position(|known| *known == step).unwrap_or(0);
        let mut buttons = Vec::new();
        if of_step(panel).any(|question| !question.kind.is_choice()) {
            buttons.push(self.button("button-write", &Deed::WriteSurvey(step), Style::Plain));
        }
        if let Some(before) = place.checked_sub(1).and_then(|before| steps.get(before)) {
            buttons.push(self.button("button-back", &Deed::ShowSurvey(*before), Style::Plain));
        }
        match steps.get(place + 1) {
            Some(next) => buttons.push(self.button("button-next", &Deed::ShowSurvey(*next), Style::Plain)),
            None if complete => buttons.push(self.button("button-survey-send", &Deed::SendSurvey, Style::Primary)),
            None => {}
        }
        buttons
    }
}

fn of_step<'a>(panel: &SurveyPanel<'a>) -> impl Iterator<Item = &'a Question> + use<'a> {
    let step = panel.step;
    panel.program.survey_for(panel.role).filter(move |question| question.step == step)
}
