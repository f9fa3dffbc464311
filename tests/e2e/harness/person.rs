//! A person of a story: does what a person does in front of a chat, and looks at what is there. Waits after each step
//! until the bot has answered; a `starts_` step does not.

use std::collections::BTreeMap;

use plsep_bot::words::Deed;
use plsep_domain::{Period, Question, Role};
use plsep_sandbox::{Action, Actor, CannotAct, Control, FormSeen, Place, Seen};

use super::{Story, answers, is_room};

/// A person, with a memory of what they have read.
pub struct Person {
    pub actor: Actor,
    handle: String,
    story: Story,
}

impl Person {
    pub fn new(story: Story, handle: &str) -> Self {
        Self { actor: Actor::new(story.platform().clone(), handle), handle: handle.to_owned(), story }
    }

    /// Types a whole line.
    pub async fn says(&self, line: &str) {
        self.done(&format!("type {line:?}"), self.actor.says(line).await).await;
    }

    /// Types a participant's command.
    pub async fn asks(&self, command: &str, options: &[(&str, &str)]) {
        self.says(&self.line("mentorship", command, options)).await;
    }

    /// Types a coordinator's command.
    pub async fn commands(&self, command: &str, options: &[(&str, &str)]) {
        self.says(&self.line("mentorship-admin", command, options)).await;
    }

    /// A command as it is typed on this platform: options by name, or one after the other.
    pub fn line(&self, root: &str, command: &str, options: &[(&str, &str)]) -> String {
        let option = |(name, value): &(&str, &str)| match self.story.on_discord() {
            true => format!(" {name}:\"{}\"", value.replace('"', "\\\"")),
            false => format!(" {value}"),
        };
        let options: String = options.iter().map(option).collect();
        format!("/{root} {command}{options}")
    }

    /// Hands in a list of participants: with the command, or in the form that the command opens. Contents that begin
    /// with `base64:` are bytes.
    pub async fn hands_in_list(&self, name: &str, contents: &str) {
        let file = format!("{name}\n{contents}");
        if self.story.on_discord() {
            self.commands("roster import", &[("file", &file)]).await;
        } else {
            self.commands("roster import", &[]).await;
            self.sends(&[("roster_file", &[&file])]).await;
        }
        self.story.drain().await;
    }

    /// The label of the newest button that begins so: one whose numbers do not matter to a story.
    pub fn label_beginning(&self, words: &str) -> String {
        let form = self.actor.form().into_iter().flat_map(|form| form.controls);
        let controls = self.everything().into_iter().flat_map(|seen| seen.controls).chain(form);
        let mut labels = controls.filter_map(|control| match control {
            Control::Button { label, .. } if label.starts_with(words) => Some(label),
            _ => None,
        });
        labels.next_back().unwrap_or_else(|| panic!("{} sees no button {words:?} in\n{}", self.handle, self.screen()))
    }

    /// Closes the open form, if there is one, without sending it.
    pub async fn closes_form(&self) {
        if self.actor.form().is_some() {
            self.done("close the form", self.actor.act(Action::CloseForm).await).await;
        }
    }

    /// Presses the newest button with this label.
    pub async fn presses(&self, label: &str) {
        self.done(&format!("press {label:?}"), self.actor.presses(label).await).await;
    }

    /// Presses the newest button with this label and does not wait.
    pub async fn starts_pressing(&self, label: &str) {
        self.actor
            .presses(label)
            .await
            .unwrap_or_else(|error| panic!("{} cannot press {label:?}: {error}", self.handle));
    }

    /// Presses a button that was there once, wherever it stands now.
    pub async fn presses_old(&self, message: &str, key: &str) -> Result<(), CannotAct> {
        let press = Action::Press { message: message.to_owned(), key: key.to_owned() };
        self.actor.act(press).await?;
        self.story.settle().await;
        Ok(())
    }

    /// The newest button with this label: its message and key.
    pub fn button(&self, label: &str) -> (String, String) {
        let found = self.everything().into_iter().rev().find_map(|seen| {
            let key = seen.controls.iter().find_map(|control| match control {
                Control::Button { key, label: its, .. } if its == label => Some(key.clone()),
                _ => None,
            })?;
            Some((seen.id, key))
        });
        found.unwrap_or_else(|| panic!("{} sees no button {label:?} in\n{}", self.handle, self.screen()))
    }

    /// Chooses in the menu of a question of the application.
    pub async fn picks(&self, role: Role, step: u8, question: &str, values: &[&str]) {
        let action = Deed::Pick(role, step, question.to_owned()).action();
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let chosen = self.actor.chooses_key(|key| names_action(key, action.as_str()), values).await;
        self.done(&format!("answer {question}"), chosen).await;
    }

    /// Answers the closing survey, opened before, with these choices and texts, up to the last button. What comes back
    /// belongs into the open form, where the platform asks in forms.
    pub async fn fills_in_survey(&self, choices: &[(&str, &str)], texts: &[(&str, &str)]) -> Ready {
        let one = |(key, value): &(&str, &str)| ((*key).to_owned(), vec![(*value).to_owned()]);
        if self.actor.form().is_some() {
            let all: BTreeMap<_, _> = choices.iter().chain(texts).map(one).collect();
            return self.up_to_last(&Deed::SendSurvey, all).await;
        }
        for (key, value) in choices {
            self.chooses(&Deed::PickSurvey(1, (*key).to_owned()), value).await;
        }
        if !texts.is_empty() {
            self.presses_deed(&Deed::WriteSurvey(1)).await;
            let values = texts.iter().map(one).collect();
            self.done("send the answers", self.actor.act(Action::Submit { values }).await).await;
        }
        Ready(None)
    }

    /// Sends the closing survey.
    pub async fn hands_in_survey(&self, ready: &Ready) {
        let sent = match &ready.0 {
            Some(values) => self.actor.act(Action::Submit { values: values.clone() }).await,
            None => self.actor.presses("Send my answers").await,
        };
        self.done("send the survey", sent).await;
    }

    /// Chooses in the newest menu that does this.
    pub async fn chooses(&self, deed: &Deed, value: &str) {
        let action = deed.action();
        let chosen = self.actor.chooses_key(|key| names_action(key, action.as_str()), vec![value.to_owned()]).await;
        self.done(&format!("choose {value} for {}", action.as_str()), chosen).await;
    }

    /// Chooses in the newest menu that does this.
    pub async fn chooses_all(&self, deed: &Deed, values: &[&str]) {
        let action = deed.action();
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let chosen = self.actor.chooses_key(|key| names_action(key, action.as_str()), values).await;
        self.done(&format!("choose in {}", action.as_str()), chosen).await;
    }

    /// Sends the open form.
    pub async fn sends(&self, values: &[(&str, &[&str])]) {
        self.done("send the form", self.actor.sends(values).await).await;
    }

    /// Sends the open form of a meeting. `when` is a day and a time in figures where it is picked, as on Slack.
    pub async fn sends_meeting(&self, when: &str, minutes: &str, place: &str) {
        let picked = if self.story.on_discord() { when.to_owned() } else { when.replacen(' ', "T", 1) };
        let all = [("when", [picked.as_str()]), ("minutes", [minutes]), ("place", [place])];
        let filled = all.iter().filter(|(_, [value])| !value.is_empty());
        self.sends(&filled.map(|(key, value)| (*key, value.as_slice())).collect::<Vec<_>>()).await;
    }

    /// Applies with the usual answers.
    pub async fn applies_as(&self, role: Role) {
        self.applies_with(role, &[]).await;
    }

    /// Applies, with these answers instead of the usual ones.
    pub async fn applies_with(&self, role: Role, answers: &[(&str, &[&str])]) {
        let ready = self.fills_in(role, answers).await;
        self.hands_in(&ready).await;
    }

    /// Opens the application and answers everything, up to the last button. What comes back belongs into the open form,
    /// where the platform asks in forms: the last one, or the one in which something does not fit.
    pub async fn fills_in(&self, role: Role, answers: &[(&str, &[&str])]) -> Ready {
        self.asks("apply", &[("role", role.key())]).await;
        let program = self.story.program.clone();
        if self.actor.form().is_some() {
            return self.up_to_last(&Deed::Send(role), self.values(role, program.questions_for(role), answers)).await;
        }
        let steps = program.steps(role);
        for (place, (step, questions)) in steps.iter().enumerate() {
            self.answers_step(role, *step, questions, answers).await;
            if let Some((next, _)) = steps.get(place + 1) {
                self.presses_deed(&Deed::ShowStep(role, *next)).await;
            }
        }
        Ready(None)
    }

    /// Fills in and sends one form after the other, up to the last, or to one that is not taken.
    async fn up_to_last(&self, last: &Deed, all: BTreeMap<String, Vec<String>>) -> Ready {
        loop {
            let form = self.actor.form().unwrap_or_else(|| panic!("{} has no form in\n{}", self.handle, self.screen()));
            let here = |key: &String| form.fields.iter().any(|field| field.key == *key);
            let values: BTreeMap<_, _> = all.clone().into_iter().filter(|(key, _)| here(key)).collect();
            if names_action(&form.key, last.action().as_str()) || !form.errors.is_empty() {
                return Ready(Some(values));
            }
            self.done("send the step", self.actor.act(Action::Submit { values }).await).await;
        }
    }

    /// Answers and sends the step of the application that stands in the open form.
    pub async fn sends_step(&self, role: Role, answers: &[(&str, &[&str])]) {
        self.starts_sending_step(role, answers).await;
        self.story.settle().await;
    }

    /// The same without waiting.
    pub async fn starts_sending_step(&self, role: Role, answers: &[(&str, &[&str])]) {
        let form = self.actor.form().unwrap_or_else(|| panic!("{} has no form in\n{}", self.handle, self.screen()));
        let asked = |question: &&Question| form.fields.iter().any(|field| field.key == question.key);
        let values = self.values(role, self.story.program.questions_for(role).filter(asked), answers);
        let sent = self.actor.act(Action::Submit { values }).await;
        sent.unwrap_or_else(|error| panic!("{} cannot send: {error}\n{}", self.handle, self.screen()));
    }

    /// The open form as it is read, with its buttons.
    #[track_caller]
    pub fn window(&self) -> String {
        let form = self.actor.form().unwrap_or_else(|| panic!("{} has no form in\n{}", self.handle, self.screen()));
        let labels = form.controls.iter().filter_map(|control| match control {
            Control::Button { label, .. } => Some(label.clone()),
            _ => None,
        });
        let labels: String =
            labels.chain([form.close.clone(), form.submit.clone()]).map(|it| format!("[{it}]")).collect();
        format!("{}\n{labels}", window(&form))
    }

    /// Types into the open form without sending it.
    pub async fn types(&self, values: &[(&str, &[&str])]) {
        let own = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        let values = values.iter().map(|(key, values)| ((*key).to_owned(), own(values))).collect();
        self.done("type", self.actor.act(Action::Enter { values }).await).await;
    }

    /// Sends what is filled in.
    pub async fn hands_in(&self, ready: &Ready) {
        self.starts_handing_in(ready).await;
        self.story.settle().await;
    }

    /// Sends what is filled in and does not wait.
    pub async fn starts_handing_in(&self, ready: &Ready) {
        let sent = match &ready.0 {
            Some(values) => self.actor.act(Action::Submit { values: values.clone() }).await,
            None => self.actor.presses_key(|key| key.starts_with("send:")).await,
        };
        sent.unwrap_or_else(|error| panic!("{} cannot send: {error}\n{}", self.handle, self.screen()));
    }

    /// Answers one step of the panel.
    pub async fn answers_step(&self, role: Role, step: u8, questions: &[&Question], answers: &[(&str, &[&str])]) {
        for question in questions.iter().filter(|question| question.kind.is_choice()) {
            let values = self.answer(role, question, answers);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            if !values.is_empty() {
                self.picks(role, step, &question.key, &values).await;
            }
        }
        if questions.iter().any(|question| !question.kind.is_choice()) {
            self.presses_deed(&Deed::Write(role, step)).await;
            self.sends_answers(role, questions.iter().copied().filter(|it| !it.kind.is_choice()), answers).await;
        }
    }

    /// Presses the newest button that does this.
    pub async fn presses_deed(&self, deed: &Deed) {
        let action = deed.action();
        let pressed = self.actor.presses_key(|key| names_action(key, action.as_str())).await;
        self.done(&format!("press {}", action.as_str()), pressed).await;
    }

    async fn sends_answers<'q>(
        &self,
        role: Role,
        questions: impl Iterator<Item = &'q Question>,
        answers: &[(&str, &[&str])],
    ) {
        let values = self.values(role, questions, answers);
        self.done("send the answers", self.actor.act(Action::Submit { values }).await).await;
    }

    fn values<'q>(
        &self,
        role: Role,
        questions: impl Iterator<Item = &'q Question>,
        answers: &[(&str, &[&str])],
    ) -> BTreeMap<String, Vec<String>> {
        let all = questions.map(|question| (question.key.clone(), self.answer(role, question, answers)));
        all.filter(|(_, values)| !values.is_empty()).collect()
    }

    fn answer(&self, role: Role, question: &Question, answers: &[(&str, &[&str])]) -> Vec<String> {
        match answers.iter().find(|(key, _)| *key == question.key) {
            Some((_, values)) => values.iter().map(|value| (*value).to_owned()).collect(),
            None => answers::usual(&self.handle, role, question),
        }
    }

    /// Everything in front of the person.
    pub fn everything(&self) -> Vec<Seen> {
        self.actor.everything()
    }

    /// The messages with these words that the person sees.
    pub fn finds(&self, words: &str) -> Vec<Seen> {
        self.everything().into_iter().filter(|seen| seen.text.contains(words)).collect()
    }

    /// The person has these words in front of them, in a message or an open window.
    #[track_caller]
    pub fn sees(&self, words: &str) {
        assert!(self.has(words), "{} does not see {words:?} in\n{}", self.handle, self.screen());
    }

    /// Whether the person has these words in front of them.
    pub fn has(&self, words: &str) -> bool {
        let form = self.actor.form();
        let in_form = form.is_some_and(|form| window(&form).contains(words));
        in_form || !self.finds(words).is_empty()
    }

    /// Exactly so many messages have these words.
    #[track_caller]
    pub fn sees_times(&self, count: usize, words: &str) {
        assert_eq!(self.finds(words).len(), count, "{} sees {words:?} in\n{}", self.handle, self.screen());
    }

    /// The person does not have these words in front of them.
    #[track_caller]
    pub fn sees_no(&self, words: &str) {
        assert!(!self.has(words), "{} sees {words:?} in\n{}", self.handle, self.screen());
    }

    /// The files in front of the person, the newest last: name and bytes as they are downloaded.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let all = self.everything().into_iter().flat_map(|seen| seen.files);
        let bytes = |id: &str| self.story.platform().file(&self.handle, id).expect("a file one sees can be downloaded");
        all.map(|file| (file.name, bytes(&file.id))).collect()
    }

    /// The newest file of this name, as words.
    #[track_caller]
    pub fn file(&self, name: &str) -> String {
        let found = self.files().into_iter().rev().find(|(its, _)| its == name);
        let (_, bytes) = found.unwrap_or_else(|| panic!("{} sees no file {name:?} in\n{}", self.handle, self.screen()));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The private places of pairs that the person can read.
    pub fn rooms(&self) -> Vec<Place> {
        self.actor.places().into_iter().filter(is_room).collect()
    }

    /// The person's one private place with a partner.
    #[track_caller]
    pub fn room(&self) -> Place {
        let mut rooms = self.rooms();
        assert_eq!(rooms.len(), 1, "{} is in these rooms: {rooms:?}", self.handle);
        rooms.remove(0)
    }

    /// Messages of the person's room with these words, for everybody in it.
    #[track_caller]
    pub fn in_room(&self, words: &str) -> Vec<Seen> {
        let place = self.room().id;
        let found = self.finds(words).into_iter();
        found.filter(|seen| seen.place == place && !seen.ephemeral).collect()
    }

    /// Answers the newest question about a month.
    pub async fn answers(&self, period: &str, answer: &str) {
        let period: Period = period.parse().expect("a story writes months as 2025-03");
        let (middle, end) = (format!(":{period}:"), format!(":{answer}"));
        let fits = |key: &str| {
            key.starts_with("checkin:")
                && key.contains(&middle)
                && key.find(&end).is_some_and(|at| names_action(&key[at..], &end))
        };
        let pressed = self.actor.presses_key(fits).await;
        self.done(&format!("answer {answer} for {period}"), pressed).await;
    }

    /// Reads and signs the acknowledgement form.
    pub async fn signs(&self) {
        self.asks("agreement", &[]).await;
        self.presses("Sign").await;
        let name = self.story.platform().residents().into_iter().find(|who| who.handle == self.handle);
        let name = name.expect("somebody of the cast").name;
        self.sends(&[("typed_name", &[&name])]).await;
    }

    /// The same in any language.
    pub async fn signs_in_any_language(&self) {
        self.asks("agreement", &[]).await;
        self.presses_deed(&Deed::Sign(self.story.program.agreement.version.clone())).await;
        self.sends(&[("typed_name", &["My Own Name"])]).await;
    }

    /// The newest answer that only the person sees, as it is read on the screen.
    pub fn newest(&self) -> String {
        self.everything().iter().rfind(|seen| seen.by_bot && seen.ephemeral).map(shown).unwrap_or_default()
    }

    /// What the bot said, or changed, since this was last asked, as it is read on the screen.
    pub fn reads(&mut self) -> String {
        let places = self.actor.places();
        let name =
            |id: &str| places.iter().find(|place| place.id == id).map_or("?", |place| place.name.as_str()).to_owned();
        let news = self.actor.news();
        let lines: Vec<String> = news.iter().map(|seen| format!("[{}] {}", name(&seen.place), shown(seen))).collect();
        lines.join("\n\n")
    }

    /// The whole screen, for somebody who wonders why a story failed.
    pub fn screen(&self) -> String {
        let form = self.actor.form().map(|form| window(&form));
        let all = self.everything();
        let lines = all.iter().filter(|seen| seen.by_bot || seen.failure).map(shown);
        lines.chain(form).collect::<Vec<_>>().join("\n---\n")
    }

    async fn done<T>(&self, what: &str, did: Result<T, CannotAct>) {
        if let Err(error) = did {
            panic!("{} cannot {what}: {error}\n{}", self.handle, self.screen());
        }
        self.story.settle().await;
    }
}

/// An application that waits for its last button.
pub struct Ready(Option<BTreeMap<String, Vec<String>>>);

/// A message with its controls.
fn shown(seen: &Seen) -> String {
    let labels: Vec<String> = seen
        .controls
        .iter()
        .map(|control| match control {
            Control::Button { label, .. } | Control::Link { label, .. } => format!("[{label}]"),
            Control::Select { label, chosen, .. } => format!("[{label}: {}]", chosen.join(", ")),
        })
        .collect();
    let only_you = if seen.ephemeral { "(only you) " } else { "" };
    let files = seen.files.iter().map(|file| match &file.alt {
        Some(alt) => format!("\n(file {}: {alt})", file.name),
        None => format!("\n(file {})", file.name),
    });
    let text = format!("{only_you}{}{}", seen.text, files.collect::<String>());
    if labels.is_empty() { text } else { format!("{text}\n{}", labels.join(" ")) }
}

/// A window as it is read.
fn window(form: &FormSeen) -> String {
    let fields = form.fields.iter().map(|field| format!("{}: {}", field.label, field.value.join(", ")));
    let errors = form.errors.iter().map(|(field, error)| format!("{field}! {error}"));
    let notes = form.notes.iter().cloned();
    std::iter::once(form.title.clone()).chain(notes).chain(fields).chain(errors).collect::<Vec<_>>().join("\n")
}

/// Whether a control's key is that of an action: adapters add a mark of their own behind it.
fn names_action(key: &str, action: &str) -> bool {
    key.strip_prefix(action)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == ':' || c == '_' || c == '-'))
}
