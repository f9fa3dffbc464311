//! One pair as coordinators see it, a meeting on its behalf, and the question before it is ended. Decides nothing.

use chrono::{DateTime, Utc};
use plsep_domain::confirm::HOLDS_MINUTES;
use plsep_domain::{PairId, PairState, Period, Standing, text};

use super::office::REASON_FIELD;
use super::{Arg, Deed, OfficeDeed, Voice, WHEN_FIELD};
use crate::chat::{Block, CommandId, Field, FieldKind, Form, Message, Span, Style, Text, UserRef};

/// Longest reason of an end.
const REASON_MAX_CHARS: usize = 500;

/// One pair.
pub struct PairView {
    /// Which.
    pub id: PairId,
    /// The mentor.
    pub mentor: UserRef,
    /// The mentee.
    pub mentee: UserRef,
    /// Where it stands.
    pub state: PairState,
    /// The month and how it stands in it, while the program runs.
    pub standing: Option<(Period, Standing)>,
    /// Who has not signed.
    pub unsigned: Vec<UserRef>,
    /// How many meetings took place.
    pub held: usize,
    /// The latest of them.
    pub latest: Option<DateTime<Utc>>,
    /// The next that is set.
    pub next: Option<DateTime<Utc>>,
    /// How many things about it wait to be looked at.
    pub concerns: usize,
}

impl Voice<'_> {
    /// One pair, with what a coordinator can do about it.
    #[must_use]
    pub fn pair_view(&self, view: &PairView) -> Message {
        let since = match view.state {
            PairState::Published { at }
            | PairState::Introduced { at }
            | PairState::Ended { at, .. }
            | PairState::Archived { at, .. } => at,
        };
        let args = [("mentor", Arg::Person(view.mentor.clone())), ("mentee", Arg::Person(view.mentee.clone()))];
        let mut lines =
            vec![self.text("pair-view-state", &[("state", Arg::Key(view.state.key())), ("at", self.when(since))])];
        if let Some((period, standing)) = view.standing {
            let args = [("month", Arg::Words(self.month(period))), ("standing", Arg::Key(standing.key()))];
            lines.push(self.text("pair-view-month", &args));
        }
        lines.push(self.text("pair-view-held", &[("count", Arg::Number(view.held as i64))]));
        if let Some(at) = view.latest {
            lines.push(self.text("pair-view-latest", &[("at", self.when(at))]));
        }
        if let Some(at) = view.next {
            lines.push(self.text("pair-view-next", &[("at", self.when(at))]));
        }
        if !view.unsigned.is_empty() {
            let mut spans = self.text("unsigned-names", &[]).0;
            for user in &view.unsigned {
                spans.extend([Span::Plain(" ".to_owned()), Span::Person(user.clone())]);
            }
            lines.push(Text(spans));
        }
        if view.concerns > 0 {
            lines.push(self.text("pair-view-concerns", &[("count", Arg::Number(view.concerns as i64))]));
        }
        let mut buttons = Vec::new();
        if matches!(view.state, PairState::Introduced { .. }) {
            let log = Deed::Office(OfficeDeed::LogMeeting(view.id));
            buttons.push(self.button("button-pair-log", &log, Style::Plain));
        }
        if view.state.is_live() {
            let end = Deed::Office(OfficeDeed::AskEndPair(view.id));
            buttons.push(self.button("button-pair-end", &end, Style::Danger));
        }
        let message = Message::default().with(self.paragraph("pair-view", &args)).with(Block::Bullets(lines));
        if buttons.is_empty() { message } else { message.with(Block::Controls(buttons)) }
    }

    /// The form for a meeting on a pair's behalf.
    #[must_use]
    pub fn pair_log_form(&self, pair: PairId, names: (&str, &str), when: &str) -> Form {
        let action = Deed::Office(OfficeDeed::LogMeeting(pair)).action();
        Form {
            reopen: action.clone(),
            action,
            title: self.line("pair-log-title", &[]),
            intro: Some(self.text("pair-log-intro", &self.named(names))),
            fields: vec![Field {
                key: WHEN_FIELD.to_owned(),
                label: self.line("meeting-when", &[]),
                hint: self.line("pair-log-hint", &[]),
                required: true,
                kind: FieldKind::Moment,
                value: if when.is_empty() { vec![] } else { vec![when.to_owned()] },
            }],
            submit: self.line("button-save", &[]),
        }
    }

    /// What was typed is no one time: what is wrong, with a button to the form.
    #[must_use]
    pub fn pair_log_again(&self, pair: PairId, fault: Text) -> Message {
        let open = Deed::Office(OfficeDeed::LogMeeting(pair));
        Message::paragraph(fault).with(Block::Controls(vec![self.button("button-open-form", &open, Style::Primary)]))
    }

    /// What was typed may mean several times.
    #[must_use]
    pub fn pair_log_ambiguous(&self) -> Text {
        self.text("pair-log-ambiguous", &[])
    }

    /// A meeting at that time is known.
    #[must_use]
    pub fn pair_log_known(&self, at: DateTime<Utc>) -> Message {
        self.say("pair-log-known", &[("at", self.when(at))])
    }

    /// It is noted.
    #[must_use]
    pub fn pair_log_done(&self, (mentor, mentee): &(UserRef, UserRef), at: DateTime<Utc>) -> Message {
        let args =
            [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone())), ("at", self.when(at))];
        self.say("pair-log-done", &args)
    }

    /// Asks before a pair is ended: who is told what, and when.
    #[must_use]
    pub fn pair_end_question(
        &self,
        pair: PairId,
        (mentor, mentee): &(UserRef, UserRef),
        words: &Message,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Message {
        let args =
            [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone())), ("at", self.when(at))];
        let yes = Deed::Office(OfficeDeed::EndPair(pair, now.timestamp()));
        Message::default()
            .with(self.heading("pair-end-heading", &[]))
            .with(self.paragraph("pair-end-question", &args))
            .with(Block::Quote(Text::plain(words.summary())))
            .with(self.paragraph("pair-end-then", &[]))
            .with(Block::Controls(vec![
                self.button("button-pair-end-yes", &yes, Style::Danger),
                self.button("button-not-now", &Deed::Do(CommandId::SeasonShow), Style::Plain),
            ]))
            .with(self.holds())
    }

    /// The form for the reason.
    #[must_use]
    pub fn pair_end_form(&self, pair: PairId, asked_at: i64, names: (&str, &str)) -> Form {
        let action = Deed::Office(OfficeDeed::EndPair(pair, asked_at)).action();
        Form {
            reopen: action.clone(),
            action,
            title: self.line("button-pair-end", &[]),
            intro: Some(self.text("pair-end-intro", &self.named(names))),
            fields: vec![Field {
                key: REASON_FIELD.to_owned(),
                label: self.line("pair-end-reason", &[]),
                hint: self.line("pair-end-hint", &[]),
                required: true,
                kind: FieldKind::Text { multiline: true, min: 1, max: REASON_MAX_CHARS },
                value: vec![],
            }],
            submit: self.line("button-pair-end", &[]),
        }
    }

    /// The pair is ended.
    #[must_use]
    pub fn pair_end_done(&self, (mentor, mentee): &(UserRef, UserRef)) -> Message {
        let args = [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone()))];
        self.say("pair-end-done", &args).with(Block::Controls(vec![self.button(
            "button-propose",
            &Deed::Do(CommandId::MatchPropose),
            Style::Plain,
        )]))
    }

    /// For how long a question can be answered.
    pub(super) fn holds(&self) -> Block {
        self.fine("confirm-holds", &[("minutes", Arg::Number(HOLDS_MINUTES))])
    }

    fn named(&self, (mentor, mentee): (&str, &str)) -> [(&'static str, Arg); 2] {
        let words = |name: &str| Arg::Words(text::clean(name, false));
        [("mentor", words(mentor)), ("mentee", words(mentee))]
    }
}
