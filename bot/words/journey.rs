//! Where a person stands, and the way home from anywhere.

use plsep_domain::matching::WhyUnmatched;
use plsep_domain::{ApplicationState, DateName, Phase, Program, Role};

use super::reasons::why_key;
use super::{Arg, Deed, Voice};
use crate::chat::{ActionId, Block, CommandId, Control, Form, Message, Style, Text, UserRef};

/// Where one person stands in the season: the honest answer to "what about me".
#[derive(Clone, Debug)]
pub enum Stand {
    /// No application yet.
    NotApplied,
    /// An application, not paired.
    Applied {
        /// As what.
        role: Role,
        /// Where the application stands.
        state: ApplicationState,
        /// Required answers still missing (of a draft).
        missing: usize,
        /// Why no pair was found when the pairs were published; `None` before that.
        unmatched: Option<WhyUnmatched>,
    },
    /// In one pair, or a mentor in several.
    Paired {
        /// As what.
        role: Role,
        /// The others.
        partners: Vec<UserRef>,
        /// Whether the acknowledgement form is signed.
        signed: bool,
    },
}

impl Voice<'_> {
    /// Where I stand, what is next, my buttons.
    #[must_use]
    pub fn home(&self, program: &Program, phase: Phase, stand: &Stand, coordinates: bool) -> Message {
        let args = [("program", Arg::Words(program.name.get(self.lang).to_owned()))];
        let mut message =
            Message::default().with(self.heading("home-heading", &args)).with(self.stand(program, stand)).with(
                self.paragraph(
                    "home-next",
                    &[("phase", Arg::Key(phase.key())), ("at", self.next_date(program, phase))],
                ),
            );
        let mut buttons = self.stand_buttons(program, phase, stand);
        buttons.push(self.button("button-about", &Deed::Do(CommandId::About), Style::Plain));
        buttons.push(self.button("button-settings", &Deed::Do(CommandId::Settings), Style::Plain));
        buttons.push(self.button("button-help", &Deed::Do(CommandId::Help), Style::Plain));
        message = message.with(Block::Controls(buttons));
        if coordinates {
            message = message.with(self.paragraph("home-coordinator", &[])).with(Block::Controls(vec![self.button(
                "button-office",
                &Deed::Do(CommandId::SeasonShow),
                Style::Plain,
            )]));
        }
        message
    }

    /// Where I stand, in full.
    #[must_use]
    pub fn status(&self, program: &Program, phase: Phase, stand: &Stand) -> Message {
        Message::default()
            .with(self.heading("status-heading", &[]))
            .with(self.stand(program, stand))
            .with(
                self.paragraph(
                    "home-next",
                    &[("phase", Arg::Key(phase.key())), ("at", self.next_date(program, phase))],
                ),
            )
            .with(Block::Controls(self.stand_buttons(program, phase, stand)))
    }

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

    fn stand(&self, program: &Program, stand: &Stand) -> Block {
        match stand {
            Stand::NotApplied => self.paragraph("status-not-applied", &[]),
            Stand::Applied { role, state, missing, unmatched } => {
                let role = ("role", Arg::Key(role.key()));
                match (state, unmatched) {
                    (ApplicationState::Accepted, Some(why)) => self.paragraph(&why_key(why), &[]),
                    (ApplicationState::Declined { reason }, _) => {
                        self.paragraph("status-declined", &[("reason", Arg::Words(reason.clone()))])
                    }
                    (ApplicationState::Draft, _) => self.paragraph(
                        "status-draft",
                        &[
                            role,
                            ("missing", Arg::Number(*missing as i64)),
                            ("close", self.date(&program.calendar, DateName::ApplicationsClose)),
                        ],
                    ),
                    (state, _) => self.paragraph(&format!("status-{}", state.key().replace('_', "-")), &[role]),
                }
            }
            Stand::Paired { role, partners, signed } => {
                let key = if *signed { "status-paired" } else { "status-paired-unsigned" };
                let due = ("at", self.date(&program.calendar, DateName::AgreementsDue));
                let role = ("role", Arg::Key(role.key()));
                let Block::Paragraph(Text(mut spans)) = self.paragraph(key, &[role, due]) else {
                    unreachable!("a paragraph was made")
                };
                for partner in partners {
                    spans.push(crate::chat::Span::Plain(" ".to_owned()));
                    spans.push(crate::chat::Span::Person(partner.clone()));
                }
                Block::Paragraph(Text(spans))
            }
        }
    }

    fn stand_buttons(&self, program: &Program, phase: Phase, stand: &Stand) -> Vec<Control> {
        let open = phase == Phase::ApplicationsOpen;
        let mut buttons = Vec::new();
        match stand {
            Stand::NotApplied if open => buttons.extend(self.apply_buttons()),
            Stand::NotApplied => {}
            Stand::Applied { role, state, .. } => {
                let key =
                    if *state == ApplicationState::Draft { "button-continue" } else { "button-change-application" };
                let ended = matches!(state, ApplicationState::Withdrawn | ApplicationState::Declined { .. });
                if open && *state == ApplicationState::Withdrawn {
                    buttons.extend(self.apply_buttons());
                } else if open && !ended {
                    buttons.push(self.button(key, &Deed::Apply(*role), Style::Primary));
                }
                if !ended && !matches!(phase, Phase::WrapUp | Phase::Closed) {
                    buttons.push(self.button("button-withdraw", &Deed::Do(CommandId::Withdraw), Style::Plain));
                }
            }
            Stand::Paired { signed, .. } => {
                if !signed {
                    buttons.push(self.button("button-agreement", &Deed::Do(CommandId::Agreement), Style::Primary));
                }
                if matches!(phase, Phase::Running) && !program.calendar.periods().is_empty() {
                    buttons.push(self.button("button-check-in", &Deed::Do(CommandId::CheckIn), Style::Primary));
                }
            }
        }
        buttons
    }

    /// The date that matters next in a phase.
    fn next_date(&self, program: &Program, phase: Phase) -> Arg {
        let name = match phase {
            Phase::Draft => DateName::ApplicationsOpen,
            Phase::ApplicationsOpen => DateName::ApplicationsClose,
            Phase::Review | Phase::AgreementsDue => DateName::RunsFrom,
            Phase::Running => DateName::RunsUntil,
            Phase::WrapUp | Phase::Closed => DateName::WrapUpUntil,
        };
        self.date(&program.calendar, name)
    }
}
