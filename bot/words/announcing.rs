//! Announcements in words: the form, the message as it is read, the question before it is sent, and how far it has come.
//! What a coordinator typed enters as it is, and can neither mention nor format.

use chrono::{DateTime, Utc};
use plsep_domain::{ANNOUNCEMENT_MAX, AnnouncementCounts, AnnouncementId, Audience};

use super::{Arg, Deed, OfficeDeed, Voice};
use crate::chat::{Block, CommandId, Field, FieldKind, Form, Limits, Message, Span, Style, Text, UserRef};

/// Key of the only field of the form.
pub(crate) const ANNOUNCEMENT_FIELD: &str = "announcement";

/// What is asked before an announcement is sent.
pub struct AnnouncementQuestion {
    /// Which.
    pub id: AnnouncementId,
    /// To whom.
    pub audience: Audience,
    /// How many messages.
    pub messages: usize,
    /// When the first is sent.
    pub from: DateTime<Utc>,
    /// When the last is.
    pub until: DateTime<Utc>,
    /// The message.
    pub shown: Message,
    /// Whether the number has changed since it was asked before.
    pub changed: bool,
}

/// How far an announcement has come.
pub struct AnnouncementProgress {
    /// Which.
    pub id: AnnouncementId,
    /// To whom.
    pub audience: Audience,
    /// How many messages.
    pub messages: i64,
    /// How many of them are where.
    pub counts: AnnouncementCounts,
    /// Some of those whom it did not reach.
    pub failed: Vec<UserRef>,
    /// Whether this is the last that is said.
    pub ended: bool,
}

impl Voice<'_> {
    /// Tells the office, once, that something of an announcement could not be delivered.
    #[must_use]
    pub fn announcement_fails(&self, id: AnnouncementId) -> Message {
        let again = Deed::Office(OfficeDeed::AnnounceAgain(id));
        self.say("announcement-fails", &[]).with(Block::Controls(vec![self.button(
            "button-announce-again",
            &again,
            Style::Primary,
        )]))
    }

    /// The form for the words.
    #[must_use]
    pub fn announcement_form(&self, audience: Audience, limits: &Limits) -> Form {
        let action = Deed::Office(OfficeDeed::Announce(audience)).action();
        Form {
            reopen: action.clone(),
            action,
            title: self.line("announcement-title", &[]),
            intro: Some(self.text("announcement-intro", &[("to", Arg::Key(audience.key()))])),
            fields: vec![Field {
                key: ANNOUNCEMENT_FIELD.to_owned(),
                label: self.line("announcement-label", &[]),
                hint: self.line("announcement-hint", &[]),
                required: true,
                kind: FieldKind::Text { multiline: true, min: 1, max: ANNOUNCEMENT_MAX.min(limits.field_text) },
                value: vec![],
            }],
            submit: self.line("announcement-submit", &[]),
            controls: vec![],
        }
    }

    /// The message as it is read.
    #[must_use]
    pub fn announcement(&self, audience: Audience, words: &str) -> Message {
        Message::default()
            .with(self.heading("announcement-heading", &[]))
            .with(Block::Paragraph(Text::plain(words)))
            .with(self.fine("announcement-foot", &[("to", Arg::Key(audience.key()))]))
            .with(Block::Controls(vec![self.button("button-ask", &Deed::Ask, Style::Plain)]))
    }

    /// Asks before it is sent.
    #[must_use]
    pub fn announcement_question(&self, question: &AnnouncementQuestion) -> Message {
        let AnnouncementQuestion { id, audience, messages, from, until, shown, changed } = question;
        let count = ("count", Arg::Number(i64::try_from(*messages).unwrap_or(i64::MAX)));
        let to = ("to", Arg::Key(audience.key()));
        let yes = Deed::Office(OfficeDeed::SendAnnouncement(*id)).action();
        let yes = crate::chat::Control::Button {
            label: self.line("button-announce-yes", &[to.clone(), count.clone()]),
            action: yes,
            style: Style::Primary,
        };
        let mut message = Message::default().with(self.heading("announcement-ask", &[]));
        if *changed {
            message = message.with(self.paragraph("announcement-changed", &[]));
        }
        let args = [to, count, ("from", self.when(*from)), ("until", self.when(*until))];
        message = message.with(self.paragraph("announcement-who", &args));
        if (*until - *from).num_hours() >= 1 {
            message = message.with(self.paragraph("announcement-later", &args));
        }
        message = message.with(self.fine("announcement-looks", &[]));
        message.blocks.extend(shown.clone().without_controls().blocks);
        message
            .with(Block::Controls(vec![
                yes,
                self.button("button-not-now", &Deed::Do(CommandId::SeasonShow), Style::Plain),
            ]))
            .with(self.holds())
    }

    /// It goes out.
    #[must_use]
    pub fn announcement_on_its_way(&self, audience: Audience, messages: i64) -> Message {
        self.say("announcement-started", &[("to", Arg::Key(audience.key())), ("count", Arg::Number(messages))])
    }

    /// How far it has come, with a button to stop it while that is possible; at the end what was done and what failed.
    #[must_use]
    pub fn announcement_progress(&self, progress: &AnnouncementProgress) -> Message {
        let AnnouncementProgress { id, audience, messages, counts, failed, ended } = progress;
        let number = |count: usize| Arg::Number(count as i64);
        let args = [
            ("to", Arg::Key(audience.key())),
            ("messages", Arg::Number(*messages)),
            ("sent", number(counts.sent)),
            ("waiting", number(counts.waiting)),
            ("unread", number(counts.unread)),
            ("failed", number(counts.failed)),
            ("stopped", number(counts.stopped)),
        ];
        let mut message = self.say(if *ended { "announcement-end" } else { "announcement-so-far" }, &args);
        if counts.stopped > 0 {
            message = message.with(self.paragraph("announcement-stopped", &args));
        }
        if counts.unread > 0 {
            message = message.with(self.paragraph("announcement-unread", &args));
        }
        let mut buttons = Vec::new();
        if counts.failed > 0 {
            let mut spans = self.text("announcement-failed", &args).0;
            for user in failed {
                spans.extend([Span::Plain(" ".to_owned()), Span::Person(user.clone())]);
            }
            message = message.with(Block::Paragraph(Text(spans)));
            let again = Deed::Office(OfficeDeed::AnnounceAgain(*id));
            buttons.push(self.button("button-announce-again", &again, Style::Primary));
        }
        if counts.waiting > 0 {
            let stop = Deed::Office(OfficeDeed::StopAnnouncement(*id));
            buttons.push(self.button("button-announce-stop", &stop, Style::Danger));
        }
        if buttons.is_empty() { message } else { message.with(Block::Controls(buttons)) }
    }

    /// It is stopped, as far as that was still possible.
    #[must_use]
    pub fn announcement_stopped(&self, messages: u64) -> Message {
        self.say("announcement-stop-done", &[("count", Arg::Number(i64::try_from(messages).unwrap_or(i64::MAX)))])
    }

    /// What failed is tried again.
    #[must_use]
    pub fn announcement_again(&self, messages: u64) -> Message {
        self.say("announcement-again-done", &[("count", Arg::Number(i64::try_from(messages).unwrap_or(i64::MAX)))])
    }
}
