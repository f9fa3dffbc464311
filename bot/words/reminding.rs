//! What coordinators read before and after they remind people by hand. It decides nothing.

use chrono::{DateTime, Utc};
use plsep_domain::reminder::LeftOut;

use super::{Arg, Deed, OfficeDeed, Voice};
use crate::chat::{Block, CommandId, Control, Message, Style, Text, UserRef};

/// How many people of each kind are named; the others are counted.
const NAMED: usize = 20;

/// Who would be reminded.
pub struct RemindQuestion {
    /// Of an application they have begun.
    pub drafts: Vec<UserRef>,
    /// Of the acknowledgement form.
    pub forms: Vec<UserRef>,
    /// How many are left out, by why.
    pub left_out: Vec<(LeftOut, usize)>,
    /// When the first and the last of them hear it.
    pub moments: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// What they read.
    pub shown: Vec<Message>,
    /// Whether it has changed since it was asked before.
    pub changed: bool,
    /// Now: the question holds for a while.
    pub now: DateTime<Utc>,
}

impl Voice<'_> {
    /// Asks before people are reminded; where nobody is, says why.
    #[must_use]
    pub fn remind_question(&self, question: &RemindQuestion) -> Message {
        let RemindQuestion { drafts, forms, left_out, moments, shown, changed, now } = question;
        let people = drafts.len() + forms.len();
        let count = [("count", Arg::Number(people as i64))];
        let mut message = Message::default().with(self.heading("remind-heading", &count));
        if *changed {
            message = message.with(self.paragraph("remind-changed", &count));
        }
        message = self.reminded("remind-drafts", message, drafts);
        message = self.reminded("remind-forms", message, forms);
        if let Some((from, until)) = moments {
            let key = if (*until - *from).num_hours() >= 1 { "remind-when" } else { "remind-at" };
            message = message.with(self.paragraph(key, &[("from", self.when(*from)), ("until", self.when(*until))]));
        }
        if !left_out.is_empty() {
            let line = |(why, count): &(LeftOut, usize)| {
                self.text("remind-left-out", &[("why", Arg::Key(why.key())), ("count", Arg::Number(*count as i64))])
            };
            message = message
                .with(self.paragraph("remind-left-out-heading", &[]))
                .with(Block::Bullets(left_out.iter().map(line).collect()));
        }
        if people == 0 {
            return message.with(self.paragraph("remind-nobody", &[]));
        }
        message = message.with(self.fine("remind-looks", &[]));
        for shown in shown {
            message.blocks.extend(shown.clone().without_controls().blocks);
        }
        let yes = Deed::Office(OfficeDeed::Remind(u32::try_from(people).unwrap_or(u32::MAX), now.timestamp()));
        let yes =
            Control::Button { label: self.line("button-remind", &count), action: yes.action(), style: Style::Primary };
        let not_now = self.button("button-not-now", &Deed::Do(CommandId::ApplicationsQueue), Style::Plain);
        message.with(Block::Controls(vec![yes, not_now])).with(self.holds())
    }

    /// They will be reminded.
    #[must_use]
    pub fn remind_done(&self, people: usize) -> Message {
        self.say("remind-done", &[("count", Arg::Number(people as i64))])
    }

    fn reminded(&self, key: &str, message: Message, people: &[UserRef]) -> Message {
        if people.is_empty() {
            return message;
        }
        let lines: Vec<Text> = people
            .iter()
            .take(NAMED)
            .map(|user| self.text("remind-line", &[("person", Arg::Person(user.clone()))]))
            .collect();
        let message = message
            .with(self.paragraph(key, &[("count", Arg::Number(people.len() as i64))]))
            .with(Block::Bullets(lines));
        match people.len().saturating_sub(NAMED) {
            0 => message,
            more => message.with(self.fine("list-more", &[("count", Arg::Number(more as i64))])),
        }
    }
}
