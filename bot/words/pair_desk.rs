//! One pair as coordinators see it, a meeting on its behalf, and the question before it is ended. Decides nothing.

use chrono::{DateTime, Utc};
use plsep_domain::confirm::HOLDS_MINUTES;
use plsep_domain::{EndCause, PairId, PairState, Period, Standing, text};

use super::{Arg, Deed, OfficeDeed, ReadBy, Voice, WHEN_FIELD};
use crate::chat::{Block, Choice, CommandId, Control, Field, FieldKind, Form, Message, Style, Text, UserRef};

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
    /// Until when it may go on, where that is after the end of the season.
    pub goes_on_until: Option<DateTime<Utc>>,
    /// Whether it was introduced in a place that is gone.
    pub place_lost: bool,
    /// How many meetings took place.
    pub held: usize,
    /// The latest of them.
    pub latest: Option<DateTime<Utc>>,
    /// The next that is set.
    pub next: Option<DateTime<Utc>>,
    /// How many things about it wait to be looked at.
    pub concerns: usize,
}

/// What is asked before a pair is ended.
pub struct EndQuestion {
    /// Which pair.
    pub pair: PairId,
    /// Mentor and mentee.
    pub people: (UserRef, UserRef),
    /// What they will read, and from when.
    pub read: ReadBy,
    /// Why, once that is chosen.
    pub cause: Option<EndCause>,
    /// Now: the question holds for a while.
    pub now: DateTime<Utc>,
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
            lines.push(Text(self.unsigned_names(view.unsigned.iter())));
        }
        if let Some(until) = view.goes_on_until {
            lines.push(self.text("pair-view-goes-on", &[("at", self.last_second(until))]));
        }
        if view.place_lost {
            lines.push(self.text("pair-view-place-lost", &[]));
        }
        if view.concerns > 0 {
            lines.push(self.text("pair-view-concerns", &[("count", Arg::Number(view.concerns as i64))]));
        }
        let mut buttons = Vec::new();
        if view.place_lost {
            buttons.push(self.reopen_pair(view.id));
        }
        if matches!(view.state, PairState::Introduced { .. }) {
            let log = Deed::Office(OfficeDeed::LogMeeting(view.id));
            buttons.push(self.button("button-pair-log", &log, Style::Plain));
            let extend = Deed::Office(OfficeDeed::AskExtension(view.id));
            buttons.push(self.button("button-extension", &extend, Style::Plain));
        }
        if view.state.is_live() {
            let rematch = Deed::Office(OfficeDeed::AskRematch(view.id));
            buttons.push(self.button("button-rematch", &rematch, Style::Plain));
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
            controls: vec![],
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

    /// Asks before a pair is ended: who is told what, and when. First for the reason, and then whether it shall be done.
    #[must_use]
    pub fn pair_end_question(&self, question: &EndQuestion) -> Message {
        let EndQuestion { pair, people: (mentor, mentee), read, cause, now } = question;
        let args = [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone()))];
        let message = Message::default().with(self.heading("pair-end-heading", &[]));
        let message = self.with_read(message, ("pair-end-question", &args), read);
        let mut message = message.with(self.paragraph("pair-end-then", &[]));
        let not_now = self.button("button-not-now", &Deed::Do(CommandId::SeasonShow), Style::Plain);
        let Some(cause) = cause else {
            let menu = Control::Menu {
                label: self.line("pair-end-why", &[]),
                action: Deed::Office(OfficeDeed::PickEndCause(*pair)).action(),
                options: EndCause::ALL
                    .iter()
                    .map(|cause| Choice {
                        value: cause.key().to_owned(),
                        label: self.line("end-cause", &[("cause", Arg::Key(cause.key()))]),
                    })
                    .collect(),
                chosen: vec![],
                min: 1,
                max: 1,
            };
            return message
                .with(self.paragraph("pair-end-ask-why", &[]))
                .with(Block::Controls(vec![menu]))
                .with(Block::Controls(vec![not_now]));
        };
        message = message.with(self.paragraph("pair-end-because", &[("cause", Arg::Text(self.end_cause(*cause)))]));
        let yes = Deed::Office(OfficeDeed::EndPair(*pair, *cause, now.timestamp()));
        let yes = self.button("button-pair-end-yes", &yes, Style::Danger);
        message.with(Block::Controls(vec![yes, not_now])).with(self.holds())
    }

    /// Why a pair is ended.
    pub(super) fn end_cause(&self, cause: EndCause) -> Text {
        self.text("end-cause", &[("cause", Arg::Key(cause.key()))])
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

    pub(super) fn named(&self, (mentor, mentee): (&str, &str)) -> [(&'static str, Arg); 2] {
        let words = |name: &str| Arg::Words(text::clean(name, false));
        [("mentor", words(mentor)), ("mentee", words(mentee))]
    }
}
