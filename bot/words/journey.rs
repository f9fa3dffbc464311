//! The way through an application: withdrawn, decided, told why there is no match; and the way on when something
//! broke.

use plsep_domain::matching::WhyUnmatched;
use plsep_domain::{DateName, Program, Role};

use super::reasons::why_key;
use super::{Arg, Deed, Voice};
use crate::chat::{ActionId, Block, CommandId, Control, Form, Message, Style, Text};

impl Voice<'_> {
    /// Asks before an application is withdrawn.
    #[must_use]
    pub fn withdraw_question(&self, paired: bool) -> Message {
        let key = if paired { "withdraw-question-paired" } else { "withdraw-question" };
        self.say(key, &[]).with(Block::Controls(vec![
            self.button("button-withdraw", &Deed::Withdraw, Style::Danger),
            self.button("button-keep", &Deed::Do(CommandId::Status), Style::Plain),
        ]))
    }

    /// Withdrawn.
    #[must_use]
    pub fn withdrawn(&self, program: &Program) -> Message {
        self.say("withdrawn", &[("close", self.date(&program.calendar, DateName::ApplicationsClose))])
    }

    /// Tells a person that an application was accepted.
    #[must_use]
    pub fn accepted(&self, program: &Program, role: Role) -> Message {
        let args = [("role", Arg::Key(role.key())), ("at", self.date(&program.calendar, DateName::RunsFrom))];
        Message::default().with(self.heading("accepted-heading", &[])).with(self.paragraph("accepted", &args))
    }

    /// Reminds somebody of an application that is not sent.
    #[must_use]
    pub fn draft_reminder(&self, program: &Program, role: Role, missing: usize) -> Message {
        let args = [
            ("role", Arg::Key(role.key())),
            ("missing", Arg::Number(missing as i64)),
            ("close", self.date(&program.calendar, DateName::ApplicationsClose)),
        ];
        Message::default()
            .with(self.heading("draft-reminder-heading", &[]))
            .with(self.paragraph("draft-reminder", &args))
            .with(Block::Controls(vec![
                self.button("button-continue", &Deed::Apply(role), Style::Primary),
                self.button("button-withdraw", &Deed::Do(CommandId::Withdraw), Style::Plain),
            ]))
    }

    /// Tells a person that they are on the waiting list.
    #[must_use]
    pub fn wait_listed(&self, program: &Program, role: Role) -> Message {
        let args = [("role", Arg::Key(role.key())), ("contact", Arg::Words(program.contact.clone()))];
        Message::default().with(self.heading("wait-listed-heading", &[])).with(self.paragraph("wait-listed", &args))
    }

    /// Tells a person that the roster knows them now.
    #[must_use]
    pub fn found_on_roster(&self) -> Message {
        self.say("found-on-roster", &[])
    }

    /// Tells a person that an application was declined, with the coordinator's own reason.
    #[must_use]
    pub fn declined(&self, program: &Program, reason: &str) -> Message {
        Message::default()
            .with(self.paragraph("declined", &[]))
            .with(Block::Quote(Text::plain(reason)))
            .with(self.paragraph("declined-contact", &[("contact", Arg::Words(program.contact.clone()))]))
    }

    /// Tells a person that no match was found this time, and why.
    #[must_use]
    pub fn unmatched(&self, program: &Program, why: &WhyUnmatched) -> Message {
        Message::default()
            .with(self.heading("unmatched-heading", &[]))
            .with(self.paragraph(&why_key(why), &[]))
            .with(self.paragraph("unmatched-next", &[("contact", Arg::Words(program.contact.clone()))]))
    }

    /// Tells everybody affected that a date moved.
    #[must_use]
    pub fn date_moved(&self, program: &Program, name: DateName) -> Message {
        let args = [("date", Arg::Key(name.key())), ("at", self.date(&program.calendar, name))];
        self.say("date-moved", &args)
    }

    /// One calm line when something broke, with a code that operators find in the log.
    #[must_use]
    pub fn apology(&self, incident: &str) -> Message {
        self.say("apology", &[("incident", Arg::Code(incident.to_owned()))])
    }

    /// The person has more at work than one person may.
    #[must_use]
    pub fn too_many(&self) -> Message {
        self.say("too-many", &[])
    }

    /// Nothing was done; the bot is moving to another process, and the same press will do in a moment.
    #[must_use]
    pub fn try_once_more(&self) -> Message {
        self.say("try-once-more", &[])
    }

    /// The form is ready; it could not be opened in time.
    #[must_use]
    pub fn form_ready(&self, reopen: &ActionId, title: &str) -> Message {
        self.say("form-ready", &[("title", Arg::Strong(title.to_owned()))])
            .with(self.reopen("button-open-form", reopen))
    }

    /// What to mend in a form, where a chat cannot say it beside the fields.
    #[must_use]
    pub fn corrections(&self, form: &Form, errors: &[(String, Text)]) -> Message {
        let label =
            |key: &str| form.fields.iter().find(|field| field.key == key).map_or(key, |field| &field.label).to_owned();
        let lines = errors
            .iter()
            .map(|(key, words)| {
                let args = [("label", Arg::Strong(label(key))), ("fault", Arg::Words(words.words()))];
                self.text("correction", &args)
            })
            .collect();
        self.say("corrections", &[]).with(Block::Bullets(lines)).with(self.reopen("button-mend", &form.reopen))
    }

    fn reopen(&self, key: &str, action: &ActionId) -> Block {
        Block::Controls(vec![Control::Button {
            label: self.line(key, &[]),
            action: action.clone(),
            style: Style::Primary,
        }])
    }
}
