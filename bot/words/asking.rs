//! How often a pair means to meet, and a question to the coordinators, in words.

use plsep_domain::{Cadence, PairId};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, Field, FieldKind, Form, Limits, Message, Style, Text, UserRef};

/// Key of the question's field.
pub(crate) const QUESTION_FIELD: &str = "question";

/// Longest question, in characters.
pub const QUESTION_MAX: usize = 1500;

impl Voice<'_> {
    /// How often the two mean to meet, one button each.
    #[must_use]
    pub fn cadence_question(&self, pair: PairId, partner: &str, now: Cadence) -> Message {
        let args = [("partner", Arg::Words(partner.to_owned())), ("cadence", Arg::Key(now.key()))];
        let buttons = Cadence::ALL.into_iter().map(|cadence| {
            self.button(&format!("cadence-{}", cadence.key()), &Deed::Cadence(pair, Some(cadence)), Style::Plain)
        });
        self.say("cadence-question", &args).with(Block::Controls(buttons.collect()))
    }

    /// It is noted.
    #[must_use]
    pub fn cadence_noted(&self, cadence: Cadence) -> Message {
        self.say("cadence-noted", &[("cadence", Arg::Key(cadence.key()))])
    }

    /// The pair's place is told what one of the two has chosen.
    #[must_use]
    pub fn cadence_news(&self, by: &UserRef, pair: PairId, cadence: Cadence) -> Message {
        let args = [("by", Arg::Person(by.clone())), ("cadence", Arg::Key(cadence.key()))];
        self.say("cadence-news", &args).with(Block::Controls(vec![self.button(
            "button-how-often",
            &Deed::Cadence(pair, None),
            Style::Plain,
        )]))
    }

    /// The form for a question to the coordinators.
    #[must_use]
    pub fn ask_form(&self, limits: &Limits) -> Form {
        let action = Deed::Ask.action();
        Form {
            reopen: action.clone(),
            action,
            title: self.line("ask-title", &[]),
            intro: Some(self.text("ask-intro", &[])),
            fields: vec![Field {
                key: QUESTION_FIELD.to_owned(),
                label: self.line("ask-label", &[]),
                hint: self.line("shared-coordinators", &[]),
                required: true,
                kind: FieldKind::Text { multiline: true, min: 1, max: QUESTION_MAX.min(limits.field_text) },
                value: vec![],
            }],
            controls: vec![],
            submit: self.line("ask-submit", &[]),
        }
    }

    /// The question is on its way.
    #[must_use]
    pub fn asked(&self, question: &str) -> Message {
        self.say("asked", &[]).with(Block::Quote(Text::plain(question)))
    }

    /// Coordinators read the question.
    #[must_use]
    pub fn asked_notice(&self, by: &UserRef, name: &str, question: &str) -> Message {
        let args = [("person", Arg::Person(by.clone())), ("name", Arg::Words(name.to_owned()))];
        self.say("notice-asked", &args)
            .with(Block::Quote(Text::plain(question)))
            .with(self.fine("notice-asked-next", &[]))
    }
}
