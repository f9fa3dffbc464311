//! The application: its panel, the fields of its forms, and what is said when it is sent.

use plsep_domain::{Answer, Answers, DateName, Program, Question, QuestionKind, Role, Shared};

use super::{Arg, Deed, Voice};
use crate::chat::{ActionId, Block, Choice, Control, Field, FieldKind, Form, Limits, Message, Style, Text};

/// Longest text a short answer's field offers when a number is asked for.
const NUMBER_MAX_CHARS: usize = 12;

/// Longest part of a written answer that the panel shows: it is there to recognise it, and the form holds it all.
const SHOWN_CHARS: usize = 280;

/// Longest part of an option's label that tells one menu from the next.
const PART_CHARS: usize = 20;

/// A step of an application. Where forms hold no menus, it is a message with menus, and a form for its texts.
pub struct Panel<'a> {
    /// The season's program.
    pub program: &'a Program,
    /// As what the person applies.
    pub role: Role,
    /// Which step, from 1.
    pub step: u8,
    /// Answers so far.
    pub answers: &'a Answers,
}

impl Voice<'_> {
    /// The written answers of one step as a form.
    #[must_use]
    pub fn written_form(&self, panel: &Panel<'_>, limits: &Limits) -> Form {
        let action = Deed::Write(panel.role, panel.step).action();
        Form {
            title: self.line("application-title", &[("role", Arg::Key(panel.role.key()))]),
            intro: None,
            fields: written(panel).map(|question| self.field(question, panel.answers, limits)).collect(),
            controls: vec![],
            submit: self.line("button-save", &[]),
            reopen: action.clone(),
            action,
        }
    }

    /// One step of the panel: what was answered, menus, and where to go on.
    #[must_use]
    pub fn application_panel(&self, panel: &Panel<'_>, limits: &Limits) -> Message {
        let Panel { program, role, step, answers } = *panel;
        let steps = program.steps(role);
        let place = steps.iter().position(|(number, _)| *number == step).unwrap_or(0);
        let args = [
            ("role", Arg::Key(role.key())),
            ("step", Arg::Number(place as i64 + 1)),
            ("steps", Arg::Number(steps.len() as i64)),
        ];
        let close = [("at", self.date(&program.calendar, DateName::ApplicationsClose))];
        let mut message = Message::default().with(self.heading("panel-heading", &args));
        if place == 0 {
            message = message.with(self.paragraph("application-intro", &close));
        }
        let questions = steps.get(place).map(|(_, questions)| questions.as_slice()).unwrap_or_default();
        message = message.with(Block::Fields(
            questions.iter().map(|question| (self.row_label(question), self.answered(question, answers))).collect(),
        ));
        let menus = questions.iter().filter(|question| question.kind.is_choice());
        for question in menus {
            message = message.with(Block::Controls(self.menus(question, role, step, answers, limits)));
        }
        let last = place + 1 == steps.len();
        if last {
            message = message.with(self.missing(program, role, answers));
        }
        message.with(Block::Controls(self.panel_buttons(panel, &steps, place))).with(self.fine("panel-saved", &[]))
    }

    /// "Received", said only after the commit, with what comes next.
    #[must_use]
    pub fn received(&self, program: &Program, role: Role, on_roster: bool) -> Message {
        let args =
            [("role", Arg::Key(role.key())), ("close", self.date(&program.calendar, DateName::ApplicationsClose))];
        let key = if on_roster { "received-next" } else { "received-not-on-roster" };
        Message::default()
            .with(self.heading("received-heading", &[]))
            .with(self.paragraph("received", &args))
            .with(self.paragraph(key, &[("contact", Arg::Words(program.contact.clone()))]))
            .with(Block::Controls(vec![
                self.button("button-change-application", &Deed::Apply(role), Style::Plain),
                self.button("button-status", &Deed::Do(crate::chat::CommandId::Status), Style::Plain),
            ]))
    }

    /// Which required questions are still open, for the panel's last step.
    fn missing(&self, program: &Program, role: Role, answers: &Answers) -> Block {
        let open: Vec<Text> = answers.missing(program, role).iter().map(|question| self.label(question)).collect();
        if open.is_empty() {
            return self.paragraph("panel-complete", &[]);
        }
        let names = open.iter().map(Text::words).collect::<Vec<_>>().join(" · ");
        self.paragraph("panel-missing", &[("count", Arg::Number(open.len() as i64)), ("questions", Arg::Words(names))])
    }

    fn panel_buttons(&self, panel: &Panel<'_>, steps: &[(u8, Vec<&Question>)], place: usize) -> Vec<Control> {
        let Panel { program, role, step, answers } = *panel;
        let mut buttons = Vec::new();
        if written(panel).next().is_some() {
            buttons.push(self.button("button-write", &Deed::Write(role, step), Style::Primary));
        }
        if let Some((before, _)) = place.checked_sub(1).and_then(|before| steps.get(before)) {
            buttons.push(self.button("button-back", &Deed::ShowStep(role, *before), Style::Plain));
        }
        match steps.get(place + 1) {
            Some((next, _)) => buttons.push(self.button("button-next", &Deed::ShowStep(role, *next), Style::Plain)),
            None if answers.missing(program, role).is_empty() => {
                buttons.push(self.button("button-send", &Deed::Send(role), Style::Primary));
            }
            None => {}
        }
        buttons
    }

    /// A question as a menu that does this.
    pub(super) fn menu_of(&self, question: &Question, action: ActionId, answers: &Answers, limits: &Limits) -> Control {
        let (min, max) = bounds(question);
        Control::Menu {
            label: question.label.get(self.lang).to_owned(),
            action,
            options: self.options(question, limits),
            chosen: raw(answers.get(&question.key)),
            min,
            max,
        }
    }

    /// The menu of a question, or several if it has more options than one menu holds.
    fn menus(&self, question: &Question, role: Role, step: u8, answers: &Answers, limits: &Limits) -> Vec<Control> {
        let (_, max) = bounds(question);
        let options = self.options(question, limits);
        let chosen = raw(answers.get(&question.key));
        let label = question.label.get(self.lang);
        if options.len() <= limits.menu_options {
            let action = Deed::Pick(role, step, question.key.clone()).action();
            return vec![self.menu_of(question, action, answers, limits)];
        }
        let parts = options.chunks(limits.menu_options.max(1)).zip(0_u8..);
        let menu = |(options, part): (&[Choice], u8)| {
            let ends = [options.first(), options.last()].map(|end| end.map(|end| first_chars(&end.label, PART_CHARS)));
            let [from, to] = ends.map(|end| Arg::Words(end.unwrap_or_default()));
            let args = [("question", Arg::Words(label.to_owned())), ("from", from), ("to", to)];
            Control::Menu {
                label: self.line("panel-part", &args),
                action: Deed::PickPart(role, step, question.key.clone(), part).action(),
                options: options.to_vec(),
                chosen: chosen
                    .iter()
                    .filter(|key| options.iter().any(|option| option.value == **key))
                    .cloned()
                    .collect(),
                // What is chosen in another of the menus may be enough.
                min: 0,
                max: max.min(options.len()),
            }
        };
        parts.map(menu).collect()
    }

    /// A question as a field of a form.
    pub(super) fn field(&self, question: &Question, answers: &Answers, limits: &Limits) -> Field {
        let text = |max: u32, multiline| FieldKind::Text {
            multiline,
            min: usize::from(question.required),
            max: (max as usize).min(limits.field_text),
        };
        Field {
            key: question.key.clone(),
            label: question.label.get(self.lang).to_owned(),
            hint: self.hint(question),
            required: question.required,
            kind: match &question.kind {
                QuestionKind::Short { max } => text(*max, false),
                QuestionKind::Long { max } => text(*max, true),
                QuestionKind::Number { .. } => {
                    FieldKind::Text { multiline: false, min: usize::from(question.required), max: NUMBER_MAX_CHARS }
                }
                QuestionKind::One { .. } | QuestionKind::YesNo => FieldKind::One(self.options(question, limits)),
                QuestionKind::Many { .. } => {
                    let (min, max) = bounds(question);
                    FieldKind::Many { options: self.options(question, limits), min, max }
                }
            },
            value: raw(answers.get(&question.key)),
        }
    }

    /// Help beside a question. Who will see the answer comes first: a chat with short hints cuts the end.
    fn hint(&self, question: &Question) -> String {
        let shared = match question.shared {
            Shared::Match => self.line("shared-match", &[]),
            Shared::Coordinators => self.line("shared-coordinators", &[]),
        };
        match &question.hint {
            Some(hint) => format!("{shared} {}", hint.get(self.lang)),
            None => shared,
        }
    }

    /// The question with who will see the answer: menus in a message have no place for a hint.
    fn row_label(&self, question: &Question) -> Text {
        let key = match question.shared {
            Shared::Match => "panel-shared-match",
            Shared::Coordinators => "panel-shared-coordinators",
        };
        self.text(key, &[("question", Arg::Words(question.label.get(self.lang).to_owned()))])
    }

    fn options(&self, question: &Question, limits: &Limits) -> Vec<Choice> {
        let fit = |label: &str| label.chars().take(limits.option_label).collect::<String>();
        match &question.kind {
            QuestionKind::YesNo => ["yes", "no"]
                .map(|value| Choice { value: value.to_owned(), label: self.line(&format!("answer-{value}"), &[]) })
                .to_vec(),
            kind => kind
                .options()
                .iter()
                .map(|option| Choice { value: option.key.clone(), label: fit(option.label.get(self.lang)) })
                .collect(),
        }
    }

    pub(super) fn label(&self, question: &Question) -> Text {
        Text::plain(question.label.get(self.lang))
    }

    /// The answer as the person would say it, or that there is none yet.
    pub(super) fn answered(&self, question: &Question, answers: &Answers) -> Text {
        match answers.get(&question.key) {
            Some(answer) => self.shortened(question, answer, SHOWN_CHARS, "answer-long"),
            None if question.required => self.text("answer-open", &[]),
            None => self.text("answer-optional", &[]),
        }
    }

    /// An answer in words, of a long one its beginning and, in the sentence `key`, how much there is.
    pub(super) fn shortened(&self, question: &Question, answer: &Answer, most: usize, key: &str) -> Text {
        let words = self.answer(question, answer);
        let length = words.chars().count();
        if length <= most || !matches!(answer, Answer::Text(_)) {
            return Text::plain(words);
        }
        let beginning = Arg::Words(first_chars(&words, most));
        self.text(key, &[("beginning", beginning), ("length", Arg::Number(length as i64))])
    }

    /// An answer in words.
    pub(super) fn answer(&self, question: &Question, answer: &Answer) -> String {
        let label =
            |key: &String| question.option(key).map_or(key.as_str(), |option| option.label.get(self.lang)).to_owned();
        match answer {
            Answer::Text(text) => text.clone(),
            Answer::One(_) | Answer::Many(_) => answer.chosen().iter().map(label).collect::<Vec<_>>().join(", "),
            Answer::Yes(true) => self.line("answer-yes", &[]),
            Answer::Yes(false) => self.line("answer-no", &[]),
            Answer::Number(number) => number.to_string(),
        }
    }
}

fn written<'a>(panel: &Panel<'a>) -> impl Iterator<Item = &'a Question> + use<'a> {
    let (program, step) = (panel.program, panel.step);
    program.questions_for(panel.role).filter(move |question| question.step == step && !question.kind.is_choice())
}

/// The beginning of a text, with an ellipsis if something is left out.
fn first_chars(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// Fewest and most choices. An optional question may be left without any.
fn bounds(question: &Question) -> (usize, usize) {
    match &question.kind {
        QuestionKind::Many { min, max, options } => {
            (if question.required { (*min).max(1) as usize } else { 0 }, (*max as usize).min(options.len()))
        }
        _ => (usize::from(question.required), 1),
    }
}

/// An answer as a form's field holds it.
fn raw(answer: Option<&Answer>) -> Vec<String> {
    match answer {
        None => vec![],
        Some(Answer::Text(text)) => vec![text.clone()],
        Some(Answer::One(_) | Answer::Many(_)) => answer.map(Answer::chosen).unwrap_or_default().to_vec(),
        Some(Answer::Yes(yes)) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        Some(Answer::Number(number)) => vec![number.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use plsep_domain::Lang;

    use super::*;
    use crate::words::Catalogue;

    /// Longest hint of the chat that takes the least.
    const HINT_MAX_CHARS: usize = 100;

    fn shipped() -> Program {
        toml::from_str(include_str!("../../config/programs/plsep-2025.toml")).expect("the shipped season is sound")
    }

    #[test]
    fn every_hint_says_first_who_will_see_the_answer_and_fits() {
        let (catalogue, program) = (Catalogue::embedded(), shipped());
        for lang in [Lang::En, Lang::Es] {
            let voice = Voice::new(&catalogue, lang, program.calendar.zone());
            for question in &program.questions {
                let hint = voice.hint(question);
                let note = voice
                    .line(if question.shared == Shared::Match { "shared-match" } else { "shared-coordinators" }, &[]);
                assert!(hint.starts_with(&note), "{}: {hint}", question.key);
                assert_eq!(hint.matches(&note).count(), 1, "{}: {hint}", question.key);
                let length = hint.chars().count();
                assert!(length <= HINT_MAX_CHARS, "{} {lang:?} has {length}: {hint}", question.key);
            }
        }
    }

    #[test]
    fn the_panel_says_of_every_question_who_will_see_the_answer() {
        let (catalogue, program) = (Catalogue::embedded(), shipped());
        let voice = Voice::new(&catalogue, Lang::En, program.calendar.zone());
        let label = |key: &str| voice.row_label(program.question(key).expect("it is asked")).words();
        assert_eq!(label("position"), "Your position (shared with your match)");
        assert_eq!(label("supervisor"), "Your supervisor's full name (coordinators only)");
    }
}
