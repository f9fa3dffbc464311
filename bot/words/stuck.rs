//! Pairs that somebody should write to, and what a coordinator writes to them, in words. What was typed enters as it is,
//! and can neither mention nor format.

use chrono::{DateTime, Utc};
use plsep_domain::watch::{WatchRule, WhyStuck};
use plsep_domain::{PairId, text};

use super::meeting_form::shortened;
use super::{Arg, Deed, MeetingDeed, OfficeDeed, Voice};
use crate::chat::{
    Block, CommandId, Control, Field, FieldKind, Form, Limits, Message, Style, Text, UserRef, WhenStyle,
};

/// Key of the only field of the form.
pub(crate) const PAIR_NOTE_FIELD: &str = "pair_note";

/// Longest message to a pair, in characters.
pub(crate) const PAIR_NOTE_MAX: usize = 1500;

/// Most pairs that are shown at once: more is no list that anybody works through.
const SHOWN: usize = 10;

/// A pair that somebody should write to.
#[derive(Clone, Debug)]
pub struct StuckLine {
    /// Which.
    pub pair: PairId,
    /// Mentor and mentee.
    pub people: (UserRef, UserRef),
    /// Their names.
    pub names: (String, String),
    /// Why.
    pub why: WhyStuck,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl Voice<'_> {
    /// The pairs, in this order, as many as fit, each with a button to write to them.
    #[must_use]
    pub fn stuck_pairs(&self, lines: &[StuckLine], rule: &WatchRule, limits: &Limits) -> Message {
        let overview = self.button("button-report-meetings", &Deed::Do(CommandId::ReportMeetings), Style::Plain);
        if lines.is_empty() {
            return self
                .say("stuck-none", &[("days", Arg::Number(i64::from(rule.silent_after_days)))])
                .with(Block::Controls(vec![overview]));
        }
        let count = |count: usize| ("count", Arg::Number(i64::try_from(count).unwrap_or(i64::MAX)));
        let mut message = Message::default()
            .with(self.heading("stuck-heading", &[count(lines.len())]))
            .with(self.paragraph("stuck-intro", &[]));
        let shown = SHOWN.min(limits.control_rows);
        for line in lines.iter().take(shown) {
            let args = [
                ("mentor", Arg::Person(line.people.0.clone())),
                ("mentee", Arg::Person(line.people.1.clone())),
                ("why", Arg::Key(line.why.key())),
                ("since", Arg::When(line.since, self.zone, WhenStyle::Date)),
            ];
            let label = self.line("button-pair-write", &self.named((&line.names.0, &line.names.1)));
            let write = Control::Button {
                label: shortened(&label, limits.button_label),
                action: Deed::Office(OfficeDeed::WriteToPair(line.pair)).action(),
                style: Style::Plain,
            };
            message = message.with(self.paragraph("stuck-line", &args)).with(Block::Controls(vec![write]));
        }
        match lines.len() - lines.len().min(shown) {
            0 => message,
            more => message.with(self.fine("stuck-more", &[count(more)])),
        }
    }

    /// What a coordinator may begin with, in the language of the two.
    #[must_use]
    pub fn pair_note_draft(&self, names: (&str, &str)) -> String {
        [
            self.line("pair-note-draft-hello", &self.named(names)),
            self.line("pair-note-draft-ask", &[]),
            self.line("pair-note-draft-set", &[("button", Arg::Words(self.line("button-set-new", &[])))]),
            self.line("pair-note-draft-help", &[("ask", Arg::Words(self.line("button-ask", &[])))]),
        ]
        .join("\n\n")
    }

    /// The form, with a draft to change.
    #[must_use]
    pub fn pair_note_form(&self, pair: PairId, names: (&str, &str), draft: String, limits: &Limits) -> Form {
        let action = Deed::Office(OfficeDeed::WriteToPair(pair)).action();
        let max = PAIR_NOTE_MAX.min(limits.field_text);
        Form {
            reopen: action.clone(),
            action,
            title: self.line("pair-note-title", &[]),
            intro: Some(self.text("pair-note-intro", &self.named(names))),
            fields: vec![Field {
                key: PAIR_NOTE_FIELD.to_owned(),
                label: self.line("pair-note-label", &[]),
                hint: self.line("pair-note-hint", &[]),
                required: true,
                kind: FieldKind::Text { multiline: true, min: 1, max },
                value: vec![shortened(&draft, max)],
            }],
            submit: self.line("pair-note-submit", &[]),
            controls: vec![],
        }
    }

    /// The message as the two read it.
    #[must_use]
    pub fn pair_note(&self, pair: PairId, by: &str, words: &str) -> Message {
        let set = Deed::Meeting(MeetingDeed::Set(pair));
        Message::default()
            .with(self.heading("pair-note-heading", &[]))
            .with(Block::Paragraph(Text::plain(words)))
            .with(self.fine("pair-note-foot", &[("by", Arg::Words(text::clean(by, false)))]))
            .with(Block::Controls(vec![
                self.button("button-set-new", &set, Style::Primary),
                self.button("button-ask", &Deed::Ask, Style::Plain),
            ]))
    }

    /// It is on its way, or arrives `later`.
    #[must_use]
    pub fn pair_note_done(&self, (mentor, mentee): &(UserRef, UserRef), later: Option<DateTime<Utc>>) -> Message {
        let two = [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone()))];
        let [mentor, mentee] = two;
        let message = match later {
            None => self.say("pair-note-done", &[mentor, mentee]),
            Some(at) => self.say("pair-note-later", &[mentor, mentee, ("at", self.when(at))]),
        };
        let back = self.button("button-report-stuck", &Deed::Do(CommandId::ReportStuck), Style::Plain);
        message.with(Block::Controls(vec![back]))
    }
}
