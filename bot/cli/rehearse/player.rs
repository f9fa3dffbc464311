//! One simulated person of a rehearsal: does on either platform what a person would do there, by the same buttons,
//! menus and forms, and notices what they are shown.

use std::cell::Cell;
use std::collections::BTreeMap;

use plsep_domain::{CheckInAnswer, Lang, Period, Program, Question, QuestionKind, Role};
use plsep_sandbox::person::{FileSeen, PlaceKind};
use plsep_sandbox::{Action, Actor, CannotAct, Control, FormSeen, Place, Seen};

use super::super::people::{Applicant, naming};
use super::super::stage::{Stage, StageError};
use super::room::month_name;
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::words::Deed;
use crate::words::{Arg, Catalogue};

/// A world in which people act: it comes to rest after each of their moves.
pub(super) trait Settles {
    /// Waits until everybody is answered and everything due at this moment is done.
    async fn settle(&self) -> Result<(), StageError>;
}

impl Settles for Stage {
    async fn settle(&self) -> Result<(), StageError> {
        Self::settle(self).await
    }
}

/// A person of the rehearsal on one platform.
pub(super) struct Player<'a, W = Stage> {
    pub person: &'a Applicant,
    pub actor: Actor,
    world: &'a W,
    program: &'a Program,
    /// Words that say that something did not work, as far as the person heeds them.
    heeds: Vec<String>,
    /// How often they have been read so far.
    read: Cell<usize>,
}

/// Why a rehearsal cannot go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stuck {
    /// The person could not do what the script says.
    #[error("{handle} on {platform} is stuck: {what}")]
    Person {
        /// Who.
        handle: String,
        /// Where.
        platform: &'static str,
        /// What the client said.
        what: String,
    },
    /// The stage.
    #[error(transparent)]
    Stage(#[from] StageError),
}

impl<'a, W: Settles> Player<'a, W> {
    pub fn new(world: &'a W, program: &'a Program, person: &'a Applicant, actor: Actor) -> Self {
        Self { person, actor, world, program, heeds: Vec::new(), read: Cell::new(0) }
    }

    /// A person who notices when the bot says that something did not work, and does not go on as if it had.
    pub fn attentive(mut self, catalogue: &Catalogue) -> Self {
        let begins = |key: &str| {
            let line = catalogue.line(self.lang(), key, &[("incident", Arg::Words(String::new()))]);
            line.split(['.', ',']).next().unwrap_or_default().to_owned()
        };
        self.heeds = ["apology", "try-once-more", "too-many"].map(begins).into();
        self
    }

    pub fn platform(&self) -> &'static str {
        self.actor.platform().key()
    }

    pub fn lang(&self) -> Lang {
        Lang::nearest(&self.person.locale)
    }

    /// Types a command.
    pub async fn says(&self, line: &str) -> Result<(), Stuck> {
        self.done(self.actor.says(line).await).await
    }

    /// Types a command that names somebody.
    pub async fn names(&self, id: CommandId, handle: &str, more: Option<(&str, &str)>) -> Result<(), Stuck> {
        self.says(&naming(self.platform(), &typed(id), handle, more)).await
    }

    /// Presses the newest button of this deed.
    pub async fn presses(&self, deed: &Deed) -> Result<(), Stuck> {
        let action = deed.action();
        self.done(self.actor.presses_key(|key| names_action(key, action.as_str())).await).await
    }

    /// Presses the newest button whose action begins so.
    pub async fn presses_any(&self, verb: &str) -> Result<(), Stuck> {
        let verb = format!("{verb}:");
        self.done(self.actor.presses_key(|key| key.starts_with(&verb)).await).await
    }

    /// Presses the newest button in this place whose action fits. Returns whether there is one.
    pub async fn presses_in(&self, place: &Place, fits: impl Fn(&str) -> bool) -> Result<bool, Stuck> {
        let messages = self.actor.platform().messages(self.actor.handle(), &place.id);
        let found = messages.iter().rev().find_map(|seen| Some((seen.id.clone(), button(seen, &fits)?)));
        let Some((message, key)) = found else { return Ok(false) };
        self.done(self.actor.act(Action::Press { message, key }).await).await?;
        Ok(true)
    }

    /// Chooses one value in the newest menu of this deed.
    pub async fn chooses(&self, deed: &Deed, value: &str) -> Result<(), Stuck> {
        let action = deed.action();
        let chosen = self.actor.chooses_key(|key| names_action(key, action.as_str()), vec![value.to_owned()]).await;
        self.done(chosen).await
    }

    /// Sends the open form.
    pub async fn sends(&self, values: &[(&str, &str)]) -> Result<(), Stuck> {
        let values = values.iter().map(|(key, value)| ((*key).to_owned(), vec![(*value).to_owned()])).collect();
        self.done(self.actor.act(Action::Submit { values }).await).await
    }

    /// The places in which the person and the bot talk alone.
    pub fn directs(&self) -> impl Iterator<Item = Place> {
        self.actor.places().into_iter().filter(|place| place.kind == PlaceKind::Direct)
    }

    /// How many files with this ending the bot has handed to the person alone.
    pub fn own_files(&self, ending: &str) -> usize {
        self.files_handed_alone().into_iter().filter(|file| file.name.ends_with(ending)).count()
    }

    /// The files that the bot has handed to the person alone.
    pub(super) fn files_handed_alone(&self) -> Vec<FileSeen> {
        let directs: Vec<String> = self.directs().map(|place| place.id).collect();
        let all = self.actor.everything().into_iter();
        let own = all.filter(|seen| seen.by_bot && (seen.ephemeral || directs.contains(&seen.place)));
        own.flat_map(|seen| seen.files).collect()
    }

    /// Begins the application and leaves it half done: after the first step or, where there is only one in a form, with an
    /// answer that does not fit.
    pub async fn begins(&self, role: Role) -> Result<(), Stuck> {
        self.asks_to_apply(role).await?;
        let steps = self.program.steps(role);
        let Some((step, questions)) = steps.first() else { return Ok(()) };
        let Some(form) = self.actor.form() else { return self.answers_step(role, *step, questions).await };
        let mut values = self.values(asked_in(&form, self.program.questions_for(role)));
        if steps.len() > 1 {
            self.done(self.actor.act(Action::Submit { values }).await).await?;
            return self.done(self.actor.act(Action::CloseForm).await).await;
        }
        for question in questions.iter().filter(|question| matches!(question.kind, QuestionKind::Number { .. })) {
            values.insert(question.key.clone(), vec!["some".to_owned()]);
        }
        self.done(self.actor.act(Action::Submit { values }).await).await
    }

    /// Opens the application again. Returns whether what was answered before is there.
    pub async fn comes_back(&self, role: Role) -> Result<bool, Stuck> {
        self.asks_to_apply(role).await?;
        let first = self.program.steps(role).first().map(|(step, _)| *step);
        if let Some(form) = self.actor.form() {
            let shown = asked_in(&form, self.program.questions_for(role)).map(|question| question.step).min();
            return Ok(shown > first || form.fields.iter().any(|field| !field.value.is_empty()));
        }
        Ok(self.step_shown(role) > first)
    }

    async fn asks_to_apply(&self, role: Role) -> Result<(), Stuck> {
        let role_option = if self.platform() == "discord" { "role:" } else { "" };
        self.says(&format!("{} {role_option}{role}", typed(CommandId::Apply))).await
    }

    /// Fills in and sends the application, the way the platform asks for it.
    pub async fn applies(&self, role: Role) -> Result<(), Stuck> {
        self.asks_to_apply(role).await?;
        self.finishes(role).await
    }

    /// Fills in and sends the application that is open.
    pub async fn finishes(&self, role: Role) -> Result<(), Stuck> {
        if self.actor.form().is_some() {
            return self.fills_steps(role).await;
        }
        let steps = self.program.steps(role);
        // Somebody who continues is shown the first step that lacks something.
        let begin = self.step_shown(role).and_then(|shown| steps.iter().position(|(step, _)| *step == shown));
        for (place, (step, questions)) in steps.iter().enumerate().skip(begin.unwrap_or(0)) {
            self.answers_step(role, *step, questions).await?;
            match steps.get(place + 1) {
                Some((next, _)) => self.presses(&Deed::ShowStep(role, *next)).await?,
                None => self.presses(&Deed::Send(role)).await?,
            }
        }
        Ok(())
    }

    async fn answers_step(&self, role: Role, step: u8, questions: &[&Question]) -> Result<(), Stuck> {
        for question in questions.iter().filter(|question| question.kind.is_choice()) {
            let values = self.person.values(question);
            if !values.is_empty() {
                let action = Deed::Pick(role, step, question.key.clone()).action();
                let chosen = self.actor.chooses_key(|key| names_action(key, action.as_str()), values).await;
                self.done(chosen).await?;
            }
        }
        if questions.iter().any(|question| !question.kind.is_choice()) {
            self.presses(&Deed::Write(role, step)).await?;
            self.fills(questions.iter().copied().filter(|question| !question.kind.is_choice())).await?;
        }
        Ok(())
    }

    /// Opens, fills in and sends the closing survey: of each choice the first, and nothing written.
    pub async fn gives_survey(&self, role: Role) -> Result<(), Stuck> {
        self.says(&typed(CommandId::Survey)).await?;
        let choices: Vec<(u8, &str, String)> = self
            .program
            .survey_for(role)
            .filter(|question| question.required)
            .filter_map(|question| Some((question.step, question.key.as_str(), first_choice(question)?)))
            .collect();
        if self.actor.form().is_some() {
            for _ in self.program.survey_steps(role) {
                let Some(form) = self.actor.form().filter(|form| !form.submit.is_empty()) else { break };
                let here = choices.iter().filter(|(_, key, _)| form.fields.iter().any(|field| field.key == *key));
                self.sends(&here.map(|(_, key, value)| (*key, value.as_str())).collect::<Vec<_>>()).await?;
            }
            return Ok(());
        }
        for (step, key, value) in &choices {
            self.chooses(&Deed::PickSurvey(*step, (*key).to_owned()), value).await?;
        }
        self.presses(&Deed::SendSurvey).await
    }

    /// The step of the application that the newest panel shows.
    fn step_shown(&self, role: Role) -> Option<u8> {
        let begins = [format!("pick:{role}:"), format!("write:{role}:")];
        let step = |control: &Control| {
            let (Control::Button { key, .. } | Control::Select { key, .. }) = control else { return None };
            let rest = begins.iter().find_map(|begin| key.strip_prefix(begin.as_str()))?;
            rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
        };
        let all = self.actor.everything();
        let panels = all.iter().filter_map(|seen| Some((seen, seen.controls.iter().find_map(step)?)));
        panels.max_by_key(|(seen, _)| seen.edited_ms.unwrap_or(seen.at_ms).max(seen.at_ms)).map(|(_, step)| step)
    }

    /// Reads and signs the acknowledgement form with this name.
    pub async fn signs(&self, name: &str) -> Result<(), Stuck> {
        self.says(&typed(CommandId::Agreement)).await?;
        self.presses(&Deed::Sign(self.program.agreement.version.clone())).await?;
        self.done(self.actor.sends(&[("typed_name", &[name])]).await).await
    }

    /// Answers the month's question where it stands in this place. Returns whether it does.
    pub async fn answers(&self, place: &Place, period: Period, answer: CheckInAnswer) -> Result<bool, Stuck> {
        let (middle, end) = (format!(":{period}:"), format!(":{}", answer.key()));
        let fits = |key: &str| key.starts_with("checkin:") && key.contains(&middle) && names_end(key, &end);
        self.presses_in(place, fits).await
    }

    /// Answers the month's question that was asked directly, about the pair with this partner.
    pub async fn answers_directly(&self, partner: &str, period: Period, answer: CheckInAnswer) -> Result<bool, Stuck> {
        let (middle, end) = (format!(":{period}:"), format!(":{}", answer.key()));
        let fits = |key: &str| key.starts_with("checkin:") && key.contains(&middle) && names_end(key, &end);
        for place in self.directs() {
            let messages = self.actor.platform().messages(self.actor.handle(), &place.id);
            let about = messages.iter().rev().filter(|seen| seen.text.contains(partner));
            let found = about.into_iter().find_map(|seen| Some((seen.id.clone(), button(seen, fits)?)));
            if let Some((message, key)) = found {
                self.done(self.actor.act(Action::Press { message, key }).await).await?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How often the month's question was asked directly about the pair with this partner.
    pub fn asked_directly(&self, catalogue: &Catalogue, period: Period, partner: &str) -> usize {
        let month = Arg::Words(month_name(catalogue, self.lang(), period));
        let heading = catalogue.line(self.lang(), "nudge-heading", &[("month", month)]);
        let asked = self.directs().flat_map(|place| self.in_place(&place, &heading));
        asked.filter(|seen| seen.text.contains(partner)).count()
    }

    /// How many messages, or open windows, in front of the person have a line that begins so.
    pub fn sees(&self, line: &str) -> usize {
        let windows = self.actor.form().into_iter();
        let windows = windows.filter(|form| form.notes.iter().any(|note| has_line(note, line)));
        self.actor.everything().iter().filter(|seen| seen.by_bot && has_line(&seen.text, line)).count()
            + windows.count()
    }

    /// The messages of one place with a line that begins so.
    pub fn in_place(&self, place: &Place, line: &str) -> Vec<Seen> {
        let all = self.actor.platform().messages(self.actor.handle(), &place.id);
        all.into_iter().filter(|seen| seen.by_bot && has_line(&seen.text, line)).collect()
    }

    /// Whether something new says that something did not work: in the bot's words, or in the client's own.
    fn reads_trouble(&self) -> bool {
        let all = self.actor.everything();
        let says = |seen: &&Seen| seen.failure || self.heeds.iter().any(|line| has_line(&seen.text, line));
        let read = all.iter().filter(says).count();
        self.read.replace(read) < read
    }

    /// Fills in and sends one form after the other: every step shows itself once.
    async fn fills_steps(&self, role: Role) -> Result<(), Stuck> {
        for _ in self.program.steps(role) {
            let Some(form) = self.actor.form().filter(|form| !form.submit.is_empty()) else { break };
            self.fills(asked_in(&form, self.program.questions_for(role))).await?;
        }
        Ok(())
    }

    async fn fills<'q>(&self, questions: impl Iterator<Item = &'q Question>) -> Result<(), Stuck> {
        let values = self.values(questions);
        self.done(self.actor.act(Action::Submit { values }).await).await
    }

    fn values<'q>(&self, questions: impl Iterator<Item = &'q Question>) -> BTreeMap<String, Vec<String>> {
        let answers = questions.map(|question| (question.key.clone(), self.person.values(question)));
        answers.filter(|(_, values)| !values.is_empty()).collect()
    }

    pub(super) async fn done<T>(&self, did: Result<T, CannotAct>) -> Result<(), Stuck> {
        did.map_err(|error| Stuck::Person {
            handle: self.person.handle.clone(),
            platform: self.platform(),
            what: error.to_string(),
        })?;
        self.world.settle().await?;
        if !self.heeds.is_empty() && self.reads_trouble() {
            return Err(Stuck::Person {
                handle: self.person.handle.clone(),
                platform: self.platform(),
                what: "the bot says that it did not work".to_owned(),
            });
        }
        Ok(())
    }
}

/// The button of a message whose action fits.
fn button(seen: &Seen, fits: impl Fn(&str) -> bool) -> Option<String> {
    seen.controls.iter().find_map(|control| match control {
        Control::Button { key, .. } if fits(key) => Some(key.clone()),
        _ => None,
    })
}

fn first_choice(question: &Question) -> Option<String> {
    match &question.kind {
        QuestionKind::One { options } | QuestionKind::Many { options, .. } => Some(options.first()?.key.clone()),
        _ => None,
    }
}

/// The questions that a form asks.
fn asked_in<'q>(form: &FormSeen, questions: impl Iterator<Item = &'q Question>) -> impl Iterator<Item = &'q Question> {
    questions.filter(|question| form.fields.iter().any(|field| field.key == question.key))
}

/// Whether a control's key is that of an action: adapters add a mark of their own behind it.
pub(super) fn names_action(key: &str, action: &str) -> bool {
    key.strip_prefix(action)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == ':' || c == '_' || c == '-'))
}

fn names_end(key: &str, end: &str) -> bool {
    key.find(end).is_some_and(|at| names_action(&key[at..], end))
}

fn has_line(text: &str, begins: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with(begins))
}
