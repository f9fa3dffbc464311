//! The month's question and what follows from each answer, in words. Decides nothing.

use plsep_domain::concern::HelpKind;
use plsep_domain::{CheckInAnswer, PairId, Period, Program, Standing};

use super::{Arg, Deed, MeetingDeed, Voice};
use crate::chat::{Block, Control, Field, FieldKind, Form, Message, Style, Text, UserRef};

/// The field of a form with a note.
pub(crate) const NOTE_FIELD: &str = "note";

/// Longest note: what a concern's message holds with room to spare.
const NOTE_MAX_CHARS: usize = 1_000;

/// A question about a month.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// The season's program.
    pub program: &'a Program,
    /// The pair.
    pub pair: PairId,
    /// The month.
    pub period: Period,
    /// Whether it was asked before.
    pub again: bool,
}

/// An answer, and what is known when it is given.
#[derive(Clone, Copy)]
pub struct Thanks<'a> {
    /// The season's program.
    pub program: &'a Program,
    /// The pair.
    pub pair: PairId,
    /// The month.
    pub period: Period,
    /// What was answered.
    pub answer: CheckInAnswer,
    /// How the pair stands with it.
    pub standing: Standing,
    /// Whether the person is asked once more if it stays so.
    pub asked_again: bool,
}

/// What somebody adds to a call for help.
pub struct HelpNotice<'a> {
    /// Who.
    pub person: &'a UserRef,
    /// Whom they are paired with.
    pub partner: &'a UserRef,
    /// The month.
    pub period: Period,
    /// What they chose or wrote.
    pub words: &'a str,
}

impl Voice<'_> {
    /// The question in the pair's place to these of the two, with its four answers and a prompt that fits the month.
    #[must_use]
    pub fn nudge(&self, ask: &Ask<'_>, members: &[UserRef]) -> Message {
        let key = if ask.again { "nudge-again" } else { "nudge" };
        let args = [("month", Arg::Words(self.month(ask.period))), ("people", Arg::Number(members.len() as i64))];
        let message = Message::default()
            .with(self.heading("nudge-heading", &args[..1]))
            .with(self.paragraph(key, &args))
            .with(self.mentions(members));
        self.with_answers(message, ask).with(self.fine("nudge-private", &[]))
    }

    /// The question to one person directly, who is paired with `partner`.
    #[must_use]
    pub fn nudge_directly(&self, ask: &Ask<'_>, partner: &str) -> Message {
        let key = if ask.again { "nudge-directly-again" } else { "nudge-directly" };
        let args = [("month", Arg::Words(self.month(ask.period))), ("partner", Arg::Words(partner.to_owned()))];
        let message =
            Message::default().with(self.heading("nudge-heading", &args[..1])).with(self.paragraph(key, &args));
        self.with_answers(message, ask).with(self.fine("nudge-directly-private", &[]))
    }

    /// The same question, asked for by a person, with what they said so far.
    #[must_use]
    pub fn check_in(&self, pair: PairId, period: Period, partner: &str, said: Option<CheckInAnswer>) -> Message {
        let args = [("month", Arg::Words(self.month(period))), ("partner", Arg::Words(partner.to_owned()))];
        let message = self.say("check-in", &args);
        let message = match said {
            Some(said) => {
                let said = self.line(&answer_key(said), &[]);
                message.with(self.paragraph("check-in-said", &[("answer", Arg::Strong(said))]))
            }
            None => message,
        };
        message.with(Block::Controls(self.check_in_buttons(pair, period)))
    }

    /// Thanks for an answer, with what follows from it.
    #[must_use]
    pub fn check_in_thanks(&self, thanks: &Thanks<'_>) -> Message {
        let Thanks { program, pair, period, answer, standing, asked_again } = *thanks;
        let key = format!("thanks-{}", answer.key().replace('_', "-"));
        let mut message = self.say(&key, &[("month", Arg::Words(self.month(period)))]);
        match answer {
            CheckInAnswer::NotYet => {
                if let Some(prompt) = self.prompt(program, period) {
                    message =
                        message.with(self.paragraph("not-yet-prompt", &[])).with(Block::Quote(Text::plain(prompt)));
                }
                if asked_again && standing == Standing::NotYet {
                    let days = Arg::Number(i64::from(program.nudge.retry_after_days));
                    message = message.with(self.paragraph("not-yet-again", &[("days", days)]));
                }
            }
            CheckInAnswer::NeedHelp => {
                let kinds = HelpKind::ALL
                    .map(|kind| self.button(&help_key(kind), &Deed::HelpKind(pair, period, kind), Style::Plain));
                message = message
                    .with(self.paragraph("help-question", &[]))
                    .with(Block::Controls(kinds.to_vec()))
                    .with(Block::Controls(vec![self.help_note_button(pair, period)]));
            }
            CheckInAnswer::Planned => message = message.with(self.paragraph("planned-set", &[])),
            CheckInAnswer::Met => {}
        }
        let (set, log) = (Deed::Meeting(MeetingDeed::Set(pair)), Deed::Meeting(MeetingDeed::Log(pair)));
        let buttons = match answer {
            CheckInAnswer::Met => vec![
                self.button("button-set-next", &set, Style::Primary),
                self.button("button-log", &log, Style::Plain),
            ],
            CheckInAnswer::Planned | CheckInAnswer::NotYet => {
                vec![self.button("button-set-new", &set, Style::Primary)]
            }
            CheckInAnswer::NeedHelp => vec![],
        };
        let message = if buttons.is_empty() { message } else { message.with(Block::Controls(buttons)) };
        message.with(self.fine("thanks-change", &[("month", Arg::Words(self.month(period)))]))
    }

    /// A sort of help was noted; whoever wants to can write more.
    #[must_use]
    pub fn help_thanks(&self, pair: PairId, period: Period) -> Message {
        self.say("help-thanks", &[]).with(Block::Controls(vec![self.help_note_button(pair, period)]))
    }

    /// A note was taken.
    #[must_use]
    pub fn help_noted(&self) -> Message {
        self.say("help-noted", &[])
    }

    /// The form for a note to the coordinators.
    #[must_use]
    pub fn help_form(&self, pair: PairId, period: Period) -> Form {
        self.note_form(&Deed::HelpNote(pair, period), true)
    }

    /// What somebody adds to their call for help, for the coordinators.
    #[must_use]
    pub fn help_notice(&self, notice: &HelpNotice<'_>) -> Message {
        let args = [
            ("person", Arg::Person(notice.person.clone())),
            ("partner", Arg::Person(notice.partner.clone())),
            ("month", Arg::Words(self.month(notice.period))),
        ];
        self.say("notice-help", &args).with(Block::Quote(Text::plain(notice.words)))
    }

    /// A sort of help, in words.
    #[must_use]
    pub fn help_kind(&self, kind: HelpKind) -> String {
        self.line(&help_key(kind), &[])
    }

    /// A form with a note that only coordinators read.
    pub(super) fn note_form(&self, deed: &Deed, required: bool) -> Form {
        Form {
            action: deed.action(),
            title: self.line("note-title", &[]),
            intro: None,
            fields: vec![Field {
                key: NOTE_FIELD.to_owned(),
                label: self.line("note-label", &[]),
                hint: self.line("note-hint", &[]),
                required,
                kind: FieldKind::Text { multiline: true, min: usize::from(required), max: NOTE_MAX_CHARS },
                value: vec![],
            }],
            controls: vec![],
            submit: self.line("button-note-send", &[]),
            reopen: deed.action(),
        }
    }

    fn help_note_button(&self, pair: PairId, period: Period) -> Control {
        self.button("button-note", &Deed::HelpNote(pair, period), Style::Plain)
    }

    /// The prompt and the answers under a question.
    fn with_answers(&self, message: Message, ask: &Ask<'_>) -> Message {
        let message = match self.prompt(ask.program, ask.period) {
            Some(prompt) => message.with(self.paragraph("nudge-prompt", &[])).with(Block::Quote(Text::plain(prompt))),
            None => message,
        };
        message.with(Block::Controls(self.check_in_buttons(ask.pair, ask.period)))
    }

    fn check_in_buttons(&self, pair: PairId, period: Period) -> Vec<Control> {
        CheckInAnswer::ALL
            .into_iter()
            .map(|answer| {
                let style = if answer == CheckInAnswer::Met { Style::Primary } else { Style::Plain };
                self.button(&answer_key(answer), &Deed::CheckIn(pair, period, answer), style)
            })
            .collect()
    }

    /// The conversation prompt of the program's n-th month.
    fn prompt<'p>(&self, program: &'p Program, period: Period) -> Option<&'p str> {
        let place = program.calendar.periods().iter().position(|known| *known == period)?;
        program.prompts.get(place).map(|prompt| prompt.get(self.lang).trim())
    }
}

fn answer_key(answer: CheckInAnswer) -> String {
    format!("check-in-{}", answer.key().replace('_', "-"))
}

fn help_key(kind: HelpKind) -> String {
    format!("help-kind-{}", kind.key())
}
