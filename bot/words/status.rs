//! Where a person stands, what is next, and the few buttons that make sense there. It names nobody's partner before
//! the pairs are published, and offers nothing that would be refused.

use plsep_domain::permission::Appointed;
use plsep_domain::status::{Part, Waiting};
use plsep_domain::{ApplicationState, DateName, EndReason, Phase, Program, Role, Stand};

use super::reasons::why_key;
use super::{Arg, Deed, OfficeDeed, Voice};
use crate::chat::{Block, CommandId, Control, Message, Style, UserRef};

/// Where one person stands, with what the sentences about it need.
pub struct StandView<'a> {
    /// The season's program.
    pub program: &'a Program,
    /// Its phase.
    pub phase: Phase,
    /// Where the person stands.
    pub stand: &'a Stand,
    /// The partners of a pair or of several, in the order in which the standing holds them.
    pub partners: &'a [UserRef],
    /// Whether the acknowledgement form is overdue.
    pub overdue: bool,
}

impl Voice<'_> {
    /// Where I stand, what is next, my buttons.
    #[must_use]
    pub fn home(&self, view: &StandView<'_>, appointed: Appointed) -> Message {
        let args = [("program", Arg::Words(view.program.name.get(self.lang).to_owned()))];
        let mut message = self.standing(Message::default().with(self.heading("home-heading", &args)), view);
        let mut first = self.stand_buttons(view);
        if matches!(view.stand, Stand::Paired { .. }) && view.phase != Phase::Closed {
            first.push(self.button("button-ask", &Deed::Ask, Style::Plain));
        }
        if !first.is_empty() {
            message = message.with(Block::Controls(first));
        }
        let mut buttons = vec![self.button("button-status", &Deed::Do(CommandId::Status), Style::Plain)];
        buttons.push(self.button("button-about", &Deed::Do(CommandId::About), Style::Plain));
        buttons.push(self.button("button-settings", &Deed::Do(CommandId::Settings), Style::Plain));
        buttons.push(self.button("button-my-data", &Deed::Do(CommandId::MyDataExport), Style::Plain));
        buttons.push(self.button("button-help", &Deed::Do(CommandId::Help), Style::Plain));
        message = message.with(Block::Controls(buttons));
        if appointed != Appointed::Nobody {
            let mut buttons = vec![self.button("button-office", &Deed::Do(CommandId::SeasonShow), Style::Plain)];
            if appointed == Appointed::Group {
                buttons.push(self.button("button-enter-office", &Deed::Office(OfficeDeed::EnterOffice), Style::Plain));
            }
            message = message.with(self.paragraph("home-coordinator", &[])).with(Block::Controls(buttons));
        }
        message
    }

    /// Where I stand, in full, with the way out.
    #[must_use]
    pub fn status(&self, view: &StandView<'_>) -> Message {
        let message = self.standing(Message::default().with(self.heading("status-heading", &[])), view);
        let mut buttons = self.stand_buttons(view);
        if may_withdraw(view) {
            buttons.push(self.button("button-withdraw", &Deed::Do(CommandId::Withdraw), Style::Plain));
        }
        if buttons.is_empty() { message } else { message.with(Block::Controls(buttons)) }
    }

    /// Where the person stands, what they can do next, and where the season stands.
    fn standing(&self, message: Message, view: &StandView<'_>) -> Message {
        let mut message = message;
        message.blocks.extend(self.stand(view));
        message.blocks.extend(self.next(view));
        // Where the standing has named the date, or it is none of theirs, it is not said again.
        let said = match view.stand {
            Stand::Draft { .. } | Stand::Sent { state: ApplicationState::Withdrawn, .. } => {
                view.phase == Phase::ApplicationsOpen
            }
            Stand::Sent { state: ApplicationState::Declined { .. }, .. } => view.phase < Phase::WrapUp,
            _ => false,
        };
        if said {
            return message;
        }
        let season = [("phase", Arg::Key(view.phase.key())), ("at", self.next_date(view.program, view.phase))];
        message.with(self.fine("home-season", &season))
    }

    fn stand(&self, view: &StandView<'_>) -> Vec<Block> {
        let args = self.stand_args(view);
        let say = |key: &str, more: &[(&'static str, Arg)]| {
            let mut all = args.clone();
            all.extend_from_slice(more);
            self.paragraph(key, &all)
        };
        match view.stand {
            Stand::NotApplied => vec![say("status-not-applied", &[])],
            Stand::Draft { missing, .. } => vec![say("status-draft", &[("missing", Arg::Number(*missing as i64))])],
            Stand::Sent { state: ApplicationState::Declined { reason }, .. } => {
                vec![say("status-declined", &[("reason", Arg::Words(reason.clone()))])]
            }
            Stand::Sent { state, changed, .. } => {
                let mut blocks = vec![say(&format!("status-{}", state.key().replace('_', "-")), &[])];
                blocks.extend(changed.then(|| say("status-changed", &[])).filter(|_| may_change(state)));
                blocks
            }
            Stand::Accepted { waiting, changed, .. } => {
                let mut blocks = vec![match waiting {
                    Waiting::NotYet => say("status-accepted", &[]),
                    Waiting::Proposed => say("status-proposed", &[]),
                    Waiting::Ended(EndReason::Completed) => say("status-completed", &[]),
                    Waiting::Ended(_) => say("status-ended", &[]),
                    Waiting::Unmatched(why) => say("status-unmatched", &[("why", self.why(why))]),
                }];
                blocks.extend(changed.then(|| say("status-changed", &[])));
                blocks
            }
            Stand::Paired { partners, signed, .. } => {
                let lines = view.partners.iter().zip(partners).map(|(user, (_, introduced))| {
                    let introduced = if *introduced { "yes" } else { "no" };
                    self.text(
                        "status-partner",
                        &[("person", Arg::Person(user.clone())), ("introduced", Arg::Key(introduced))],
                    )
                });
                vec![
                    say("status-paired", &[]),
                    Block::Bullets(lines.collect()),
                    say(if *signed { "status-signed" } else { "status-unsigned" }, &[]),
                ]
            }
        }
    }

    fn why(&self, why: &plsep_domain::matching::WhyUnmatched) -> Arg {
        Arg::Text(self.text(&why_key(why), &[]))
    }

    fn stand_args(&self, view: &StandView<'_>) -> Vec<(&'static str, Arg)> {
        let calendar = &view.program.calendar;
        vec![
            ("role", Arg::Key(role_of(view.stand).map_or("none", Role::key))),
            ("part", Arg::Key(Part::of(view.phase).key())),
            ("opens", self.date(calendar, DateName::ApplicationsOpen)),
            ("close", self.date(calendar, DateName::ApplicationsClose)),
            ("starts", self.date(calendar, DateName::RunsFrom)),
            ("due", self.date(calendar, DateName::AgreementsDue)),
            ("overdue", Arg::Key(if view.overdue { "yes" } else { "no" })),
            ("contact", Arg::Words(view.program.contact.clone())),
        ]
    }

    /// The one next thing; nothing where the standing itself has said it.
    fn next(&self, view: &StandView<'_>) -> Option<Block> {
        let part = Part::of(view.phase);
        let key = match view.stand {
            Stand::NotApplied if part == Part::Open => "next-apply",
            Stand::Draft { missing: 0, .. } if part == Part::Open => "next-send",
            Stand::Draft { .. } if part == Part::Open => "next-answer",
            Stand::Sent {
                state: ApplicationState::Submitted | ApplicationState::NotOnRoster | ApplicationState::WaitListed,
                ..
            } if part != Part::Over => "next-wait",
            Stand::Accepted { waiting: Waiting::NotYet | Waiting::Proposed, .. } if part != Part::Over => "next-wait",
            Stand::Paired { signed: false, .. } if view.phase != Phase::Closed => "next-sign",
            Stand::Paired { partners, .. }
                if part != Part::Over && partners.iter().any(|(_, introduced)| *introduced) =>
            {
                "next-meet"
            }
            Stand::Paired { .. } if part != Part::Over => "next-introduction",
            Stand::Accepted { waiting: Waiting::Ended(_), .. } if asks_survey(view) => "next-survey",
            _ => return None,
        };
        Some(self.paragraph(key, &[]))
    }

    fn stand_buttons(&self, view: &StandView<'_>) -> Vec<Control> {
        let open = Part::of(view.phase) == Part::Open;
        let change = |role: &Role, key| self.button(key, &Deed::Apply(*role), Style::Primary);
        match view.stand {
            Stand::NotApplied if open => self.apply_buttons(),
            Stand::Sent { state: ApplicationState::Withdrawn, .. } if open => self.apply_buttons(),
            Stand::Draft { role, .. } if open => vec![change(role, "button-continue")],
            Stand::Sent { role, state, .. } if open && may_change(state) => {
                vec![change(role, "button-change-application")]
            }
            Stand::Accepted { role, .. } if open => vec![change(role, "button-change-application")],
            Stand::Paired { signed, partners, .. } => {
                let mut buttons = Vec::new();
                if !signed && view.phase != Phase::Closed {
                    buttons.push(self.button("button-agreement", &Deed::Do(CommandId::Agreement), Style::Primary));
                }
                if view.phase == Phase::Running && partners.iter().any(|(_, introduced)| *introduced) {
                    buttons.push(self.button("button-check-in", &Deed::Do(CommandId::CheckIn), Style::Primary));
                }
                let ahead = !matches!(view.phase, Phase::WrapUp | Phase::Closed);
                if ahead && partners.iter().any(|(_, introduced)| *introduced) {
                    buttons.push(self.button("button-meetings", &Deed::Do(CommandId::MeetingList), Style::Plain));
                }
                buttons
            }
            Stand::Accepted { waiting: Waiting::Ended(reason), .. } if Part::of(view.phase) == Part::Over => {
                let mut buttons = Vec::new();
                if asks_survey(view) {
                    buttons.push(self.button("button-survey", &Deed::Do(CommandId::Survey), Style::Primary));
                }
                if *reason == EndReason::Completed {
                    buttons.push(self.button("button-certificate", &Deed::Do(CommandId::Certificate), Style::Plain));
                }
                buttons
            }
            _ => vec![],
        }
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

const fn role_of(stand: &Stand) -> Option<Role> {
    match stand {
        Stand::NotApplied => None,
        Stand::Draft { role, .. }
        | Stand::Sent { role, .. }
        | Stand::Accepted { role, .. }
        | Stand::Paired { role, .. } => Some(*role),
    }
}

/// Whether an application that stands so takes changes.
const fn may_change(state: &ApplicationState) -> bool {
    match state {
        ApplicationState::Draft
        | ApplicationState::Submitted
        | ApplicationState::NotOnRoster
        | ApplicationState::Accepted
        | ApplicationState::WaitListed => true,
        ApplicationState::Declined { .. } | ApplicationState::Withdrawn => false,
    }
}

/// Whether there is a closing survey, and it is open.
fn asks_survey(view: &StandView<'_>) -> bool {
    view.phase == Phase::WrapUp && !view.program.survey.is_empty()
}

/// Whether there is something to withdraw, and a season to withdraw from.
fn may_withdraw(view: &StandView<'_>) -> bool {
    let stands = match view.stand {
        Stand::NotApplied => false,
        Stand::Sent { state, .. } => may_change(state),
        Stand::Accepted { waiting: Waiting::Ended(EndReason::Completed), .. } => false,
        Stand::Draft { .. } | Stand::Accepted { .. } | Stand::Paired { .. } => true,
    };
    stands && Part::of(view.phase) != Part::Over
}
