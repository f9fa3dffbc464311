//! What a control or form of ours does, as it travels through a platform and comes back. Everything in it
//! was in a person's hands: a flow checks again who may and whether it still holds.

use plsep_domain::{
    ApplicationId, Cadence, CheckInAnswer, DateName, Fit, FitWish, HelpKind, LocalTime, MeetingId, Occasion, OutboxId,
    PairId, Period, PersonId, ProposalId, Role, RosterImportId, Setting,
};

use super::{OfficeDeed, RosterDeed};
use crate::chat::command::{self, CommandId};
use crate::chat::{ActionId, Who};

/// What pressing, choosing or sending does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The same as typing the command without options.
    Do(CommandId),
    /// Begins or continues an application.
    Apply(Role),
    /// Shows a step of the application.
    ShowStep(Role, u8),
    /// Chooses the answer to a question in the panel of a step.
    Pick(Role, u8, String),
    /// The same in one of several menus, counted from 0, among which the options of the question are divided.
    PickPart(Role, u8, String, u8),
    /// Opens, and by sending it saves, the written answers of a step.
    Write(Role, u8),
    /// Sends the application: the button of the last step, or the whole form.
    Send(Role),
    /// Confirms the withdrawal.
    Withdraw,
    /// Opens, and by sending it signs, the acknowledgement form of this version.
    Sign(String),
    /// Confirms that everything held about the person is handed to them.
    Export,
    /// Confirms that everything held about the person is removed.
    Erase,
    /// Opens the closing survey.
    Survey,
    /// Shows a step of the closing survey.
    ShowSurvey(u8),
    /// Chooses the answer to a question in the closing survey's panel of a step.
    PickSurvey(u8, String),
    /// Opens, and by sending it saves, the written answers of a step of the closing survey.
    WriteSurvey(u8),
    /// Gives the closing survey: the button of the last step, or the whole form.
    SendSurvey,
    /// Hands in a list of participants: opens the form, or by sending it hands the file in.
    HandInRoster,
    /// Takes a list in that was handed in; what the roster has beyond it ends, or stays.
    ImportRoster(RosterImportId, bool),
    /// Leaves a list that was handed in.
    LeaveRoster(RosterImportId),
    /// Takes an import back.
    UndoRoster(RosterImportId),
    /// One person's answer for a pair's month.
    CheckIn(PairId, Period, CheckInAnswer),
    /// How a person finds the fit with their partner.
    Fit(PairId, Occasion, Fit),
    /// What a person wishes for whom it is not a good fit.
    FitWish(PairId, Occasion, FitWish),
    /// Opens, and by sending it gives, a note about the fit.
    FitNote(PairId, Occasion),
    /// What sort of help a person needs with a pair's month.
    HelpKind(PairId, Period, HelpKind),
    /// Opens, and by sending it gives, a note about the help they need.
    HelpNote(PairId, Period),
    /// Chooses a setting in the panel of settings.
    Prefer(Setting),
    /// Opens, and by sending it saves, the form for a setting that is typed.
    WriteSetting(Setting),
    /// Pauses for so many days.
    Pause(u16),
    /// Ends the pause.
    Resume,
    /// Accepts this application, whatever the roster says.
    Accept(ApplicationId),
    /// Opens the form to decline this application with a reason, and by sending it declines.
    Decline(ApplicationId),
    /// Opens the form for a meeting's time, and by sending it sets that.
    Meeting(MeetingDeed),
    /// Takes this moment, in seconds since 1970, for what was typed of a meeting.
    MeetingAt(MeetingDeed, i64),
    /// Asks whether a meeting is called off, or calls it off.
    CancelMeeting(MeetingId, bool),
    /// One person's answer about a meeting with this sequence.
    TellMeeting(MeetingId, i64, Told),
    /// Asks how often a pair means to meet, or says it.
    Cadence(PairId, Option<Cadence>),
    /// Opens the form for a question to the coordinators, and by sending it asks.
    Ask,
    /// Confirms that everybody eligible is accepted.
    AcceptAll,
    /// Confirms that applications close now.
    CloseApplications,
    /// Confirms a moved date.
    MoveDate(DateName, LocalTime),
    /// Shows a page of the proposal, counted from 0.
    ShowProposal(u16),
    /// Confirms that these pairs are made, each a mentee and their mentor, whatever else is proposed.
    Pin(Vec<(PersonId, PersonId)>),
    /// Confirms that this mentee and this mentor are kept apart.
    Forbid(PersonId, PersonId),
    /// Confirms that this mentor is asked for one more place.
    AskOneMore(PersonId),
    /// A mentor's answer to that, with how many they took when they were asked.
    OneMore {
        /// How many they had offered to take.
        capacity: u32,
        /// Whether they take one more.
        yes: bool,
    },
    /// Confirms that a proposal is published.
    Publish(ProposalId),
    /// Tries again to deliver what was given up.
    TryAgain(OutboxId),
    /// Lays aside what was given up.
    LeaveIt(OutboxId),
    /// What a control at the roster does.
    Roster(RosterDeed),
    /// What a control of the coordinators' desk does.
    Office(OfficeDeed),
}

/// What is done about a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingDeed {
    /// The pair sets one.
    Set(PairId),
    /// The pair notes one that has been.
    Log(PairId),
    /// One gets another time.
    Move(MeetingId),
}

impl MeetingDeed {
    /// What it is, for sentences that depend on it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Set(_) => "set",
            Self::Log(_) => "log",
            Self::Move(_) => "move",
        }
    }

    /// About what it is.
    #[must_use]
    pub const fn number(&self) -> i64 {
        match self {
            Self::Set(pair) | Self::Log(pair) => pair.get(),
            Self::Move(meeting) => meeting.get(),
        }
    }

    fn of(kind: &str, number: i64) -> Option<Self> {
        Some(match kind {
            "set" => Self::Set(number.into()),
            "log" => Self::Log(number.into()),
            "move" => Self::Move(number.into()),
            _ => return None,
        })
    }
}

/// What somebody says of a meeting that was to take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It did.
    Held,
    /// It did not.
    NotHeld,
}

impl Deed {
    /// Whether it may be only for those who hold an office, or tells them that they do. What is not known to be a
    /// participant's own business may be.
    #[must_use]
    pub fn may_need_rank(&self) -> bool {
        match self {
            // Home tells coordinators that they are.
            Self::Do(id) => *id == CommandId::Home || command::spec(*id).who != Who::Anyone,
            Self::Apply(_)
            | Self::ShowStep(..)
            | Self::Pick(..)
            | Self::PickPart(..)
            | Self::Write(..)
            | Self::Send(_)
            | Self::Withdraw
            | Self::Sign(_)
            | Self::CheckIn(..)
            | Self::HelpKind(..)
            | Self::HelpNote(..)
            | Self::Fit(..)
            | Self::FitWish(..)
            | Self::FitNote(..)
            | Self::Prefer(_)
            | Self::WriteSetting(_)
            | Self::Pause(_)
            | Self::Resume
            | Self::Export
            | Self::Erase
            | Self::Survey
            | Self::ShowSurvey(_)
            | Self::PickSurvey(..)
            | Self::WriteSurvey(_)
            | Self::SendSurvey
            | Self::Meeting(_)
            | Self::MeetingAt(..)
            | Self::CancelMeeting(..)
            | Self::TellMeeting(..)
            | Self::Cadence(..)
            | Self::Ask
            | Self::OneMore { .. } => false,
            _ => true,
        }
    }

    /// The action that travels.
    #[must_use]
    pub fn action(&self) -> ActionId {
        match self {
            Self::Do(id) => {
                let typed = command::typed(*id);
                ActionId::new("do", &[&typed.trim_start_matches('/').replace(' ', ".")])
            }
            Self::Apply(role) => ActionId::new("apply", &[role.key()]),
            Self::ShowStep(role, step) => ActionId::new("step", &[role.key(), &step.to_string()]),
            Self::Pick(role, step, question) => ActionId::new("pick", &[role.key(), &step.to_string(), question]),
            Self::PickPart(role, step, question, part) => {
                ActionId::new("pick", &[role.key(), &step.to_string(), question, &part.to_string()])
            }
            Self::Write(role, step) => ActionId::new("write", &[role.key(), &step.to_string()]),
            Self::Send(role) => ActionId::new("send", &[role.key()]),
            Self::Withdraw => ActionId::new("withdraw", &[]),
            Self::Sign(version) => ActionId::new("sign", &[version]),
            Self::Export => ActionId::new("my-data-export", &[]),
            Self::Erase => ActionId::new("my-data-delete", &[]),
            Self::Survey => ActionId::new("survey", &[]),
            Self::ShowSurvey(step) => ActionId::new("survey-step", &[&step.to_string()]),
            Self::PickSurvey(step, question) => ActionId::new("survey-pick", &[&step.to_string(), question]),
            Self::WriteSurvey(step) => ActionId::new("survey-write", &[&step.to_string()]),
            Self::SendSurvey => ActionId::new("survey-send", &[]),
            Self::HandInRoster => ActionId::new("roster-file", &[]),
            Self::ImportRoster(id, ends) => {
                ActionId::new("roster-import", &[&id.to_string(), if *ends { "end" } else { "keep" }])
            }
            Self::LeaveRoster(id) => ActionId::new("roster-leave", &[&id.to_string()]),
            Self::UndoRoster(id) => ActionId::new("roster-undo", &[&id.to_string()]),
            Self::CheckIn(pair, period, answer) => {
                ActionId::new("checkin", &[&pair.to_string(), &period.to_string(), answer.key()])
            }
            Self::Fit(pair, occasion, fit) => ActionId::new("fit", &[&pair.to_string(), occasion.key(), fit.key()]),
            Self::FitWish(pair, occasion, wish) => {
                ActionId::new("fit-wish", &[&pair.to_string(), occasion.key(), wish.key()])
            }
            Self::FitNote(pair, occasion) => ActionId::new("fit-note", &[&pair.to_string(), occasion.key()]),
            Self::HelpKind(pair, period, kind) => {
                ActionId::new("help", &[&pair.to_string(), &period.to_string(), kind.key()])
            }
            Self::HelpNote(pair, period) => ActionId::new("help-note", &[&pair.to_string(), &period.to_string()]),
            Self::Prefer(setting) => ActionId::new("prefer", &[setting.key()]),
            Self::WriteSetting(setting) => ActionId::new("write-setting", &[setting.key()]),
            Self::Pause(days) => ActionId::new("pause", &[&days.to_string()]),
            Self::Resume => ActionId::new("resume", &[]),
            Self::Accept(application) => ActionId::new("accept", &[&application.to_string()]),
            Self::Decline(application) => ActionId::new("decline", &[&application.to_string()]),
            Self::Meeting(deed) => ActionId::new("meeting", &[deed.kind(), &deed.number().to_string()]),
            Self::MeetingAt(deed, at) => {
                ActionId::new("meeting-at", &[deed.kind(), &deed.number().to_string(), &at.to_string()])
            }
            Self::CancelMeeting(id, sure) => {
                ActionId::new(if *sure { "cancel-meeting-yes" } else { "cancel-meeting" }, &[&id.to_string()])
            }
            Self::TellMeeting(id, sequence, told) => {
                let told = if *told == Told::Held { "held" } else { "not-held" };
                ActionId::new("tell-meeting", &[&id.to_string(), &sequence.to_string(), told])
            }
            Self::Cadence(pair, None) => ActionId::new("cadence", &[&pair.to_string()]),
            Self::Cadence(pair, Some(cadence)) => ActionId::new("cadence", &[&pair.to_string(), cadence.key()]),
            Self::Ask => ActionId::new("ask", &[]),
            Self::AcceptAll => ActionId::new("accept-all", &[]),
            Self::CloseApplications => ActionId::new("close-applications", &[]),
            // A time of day holds the colon that separates arguments; a dot travels for it.
            Self::MoveDate(name, to) => ActionId::new("move", &[name.key(), &to.to_string().replace(':', ".")]),
            Self::ShowProposal(page) => ActionId::new("proposal", &[&page.to_string()]),
            Self::Pin(pairs) => {
                let people = pairs.iter().flat_map(|(mentee, mentor)| [mentee.to_string(), mentor.to_string()]);
                let people: Vec<String> = people.collect();
                ActionId::new("pin", &people.iter().map(String::as_str).collect::<Vec<_>>())
            }
            Self::Forbid(mentee, mentor) => ActionId::new("forbid", &[&mentee.to_string(), &mentor.to_string()]),
            Self::AskOneMore(mentor) => ActionId::new("ask-one-more", &[&mentor.to_string()]),
            Self::OneMore { capacity, yes } => {
                ActionId::new("one-more", &[&capacity.to_string(), if *yes { "yes" } else { "no" }])
            }
            Self::Publish(proposal) => ActionId::new("publish", &[&proposal.to_string()]),
            Self::TryAgain(effect) => ActionId::new("try-again", &[&effect.to_string()]),
            Self::LeaveIt(effect) => ActionId::new("leave-it", &[&effect.to_string()]),
            Self::Roster(deed) => deed.action(),
            Self::Office(deed) => deed.action(),
        }
    }

    /// The deed of an action that came back; `None` if no control of ours has it.
    #[must_use]
    pub fn of(action: &ActionId) -> Option<Self> {
        let args: Vec<&str> = action.args().collect();
        let role = |text: &str| text.parse::<Role>().ok();
        let id = |text: &str| text.parse::<i64>().ok();
        Some(match (action.verb(), args.as_slice()) {
            ("do", [path]) => Self::Do(command::all().find(|(known, _)| known.join(".") == **path)?.1.id),
            ("apply", [who]) => Self::Apply(role(who)?),
            ("step", [who, step]) => Self::ShowStep(role(who)?, step.parse().ok()?),
            ("pick", [who, step, question]) => Self::Pick(role(who)?, step.parse().ok()?, (*question).to_owned()),
            ("pick", [who, step, question, part]) => {
                Self::PickPart(role(who)?, step.parse().ok()?, (*question).to_owned(), part.parse().ok()?)
            }
            ("write", [who, step]) => Self::Write(role(who)?, step.parse().ok()?),
            ("send", [who]) => Self::Send(role(who)?),
            ("withdraw", []) => Self::Withdraw,
            ("sign", [version]) => Self::Sign((*version).to_owned()),
            ("my-data-export", []) => Self::Export,
            ("my-data-delete", []) => Self::Erase,
            ("survey", []) => Self::Survey,
            ("survey-step", [step]) => Self::ShowSurvey(step.parse().ok()?),
            ("survey-pick", [step, question]) => Self::PickSurvey(step.parse().ok()?, (*question).to_owned()),
            ("survey-write", [step]) => Self::WriteSurvey(step.parse().ok()?),
            ("survey-send", []) => Self::SendSurvey,
            ("roster-file", []) => Self::HandInRoster,
            ("roster-import", [import, "end"]) => Self::ImportRoster(id(import)?.into(), true),
            ("roster-import", [import, "keep"]) => Self::ImportRoster(id(import)?.into(), false),
            ("roster-leave", [import]) => Self::LeaveRoster(id(import)?.into()),
            ("roster-undo", [import]) => Self::UndoRoster(id(import)?.into()),
            ("checkin", [pair, period, answer]) => {
                Self::CheckIn(id(pair)?.into(), period.parse().ok()?, CheckInAnswer::from_key(answer)?)
            }
            ("fit", [pair, occasion, fit]) => {
                Self::Fit(id(pair)?.into(), Occasion::from_key(occasion)?, Fit::from_key(fit)?)
            }
            ("fit-wish", [pair, occasion, wish]) => {
                Self::FitWish(id(pair)?.into(), Occasion::from_key(occasion)?, FitWish::from_key(wish)?)
            }
            ("fit-note", [pair, occasion]) => Self::FitNote(id(pair)?.into(), Occasion::from_key(occasion)?),
            ("help", [pair, period, kind]) => {
                Self::HelpKind(id(pair)?.into(), period.parse().ok()?, HelpKind::from_key(kind)?)
            }
            ("help-note", [pair, period]) => Self::HelpNote(id(pair)?.into(), period.parse().ok()?),
            ("prefer", [setting]) => Self::Prefer(Setting::from_key(setting)?),
            ("write-setting", [setting]) => Self::WriteSetting(Setting::from_key(setting)?),
            ("pause", [days]) => Self::Pause(days.parse().ok()?),
            ("resume", []) => Self::Resume,
            ("accept", [application]) => Self::Accept(id(application)?.into()),
            ("decline", [application]) => Self::Decline(id(application)?.into()),
            ("meeting", [kind, number]) => Self::Meeting(MeetingDeed::of(kind, id(number)?)?),
            ("meeting-at", [kind, number, at]) => Self::MeetingAt(MeetingDeed::of(kind, id(number)?)?, id(at)?),
            ("cancel-meeting", [meeting]) => Self::CancelMeeting(id(meeting)?.into(), false),
            ("cancel-meeting-yes", [meeting]) => Self::CancelMeeting(id(meeting)?.into(), true),
            ("tell-meeting", [meeting, sequence, "held"]) => {
                Self::TellMeeting(id(meeting)?.into(), id(sequence)?, Told::Held)
            }
            ("tell-meeting", [meeting, sequence, "not-held"]) => {
                Self::TellMeeting(id(meeting)?.into(), id(sequence)?, Told::NotHeld)
            }
            ("cadence", [pair]) => Self::Cadence(id(pair)?.into(), None),
            ("cadence", [pair, cadence]) => Self::Cadence(id(pair)?.into(), Some(Cadence::from_key(cadence)?)),
            ("ask", []) => Self::Ask,
            ("accept-all", []) => Self::AcceptAll,
            ("close-applications", []) => Self::CloseApplications,
            ("move", [name, to]) => Self::MoveDate(DateName::from_key(name)?, to.replace('.', ":").parse().ok()?),
            ("proposal", [page]) => Self::ShowProposal(page.parse().ok()?),
            ("pin", [one, two]) => Self::Pin(vec![(id(one)?.into(), id(two)?.into())]),
            ("pin", [one, two, three, four]) => {
                Self::Pin(vec![(id(one)?.into(), id(two)?.into()), (id(three)?.into(), id(four)?.into())])
            }
            ("forbid", [mentee, mentor]) => Self::Forbid(id(mentee)?.into(), id(mentor)?.into()),
            ("ask-one-more", [mentor]) => Self::AskOneMore(id(mentor)?.into()),
            ("one-more", [capacity, "yes"]) => Self::OneMore { capacity: capacity.parse().ok()?, yes: true },
            ("one-more", [capacity, "no"]) => Self::OneMore { capacity: capacity.parse().ok()?, yes: false },
            ("publish", [proposal]) => Self::Publish(id(proposal)?.into()),
            ("try-again", [effect]) => Self::TryAgain(id(effect)?.into()),
            ("leave-it", [effect]) => Self::LeaveIt(id(effect)?.into()),
            (verb, args) => {
                let roster = RosterDeed::of(verb, args).map(Self::Roster);
                return roster.or_else(|| OfficeDeed::of(verb, args).map(Self::Office));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_comes_back_as_it_went() {
        let deeds = [
            Deed::Apply(Role::Mentee),
            Deed::ShowStep(Role::Mentor, 3),
            Deed::Pick(Role::Mentee, 2, "specialisations_sought".into()),
            Deed::PickPart(Role::Mentee, 2, "specialisations_sought".into(), 3),
            Deed::PickPart(Role::Mentee, u8::MAX, "k".repeat(40), u8::MAX),
            Deed::Write(Role::Mentor, 1),
            Deed::Send(Role::Mentee),
            Deed::Withdraw,
            Deed::Sign("2025-1".into()),
            Deed::Export,
            Deed::Erase,
            Deed::Survey,
            Deed::ShowSurvey(2),
            Deed::PickSurvey(1, "met_as_hoped".into()),
            Deed::WriteSurvey(1),
            Deed::SendSurvey,
            Deed::HandInRoster,
            Deed::ImportRoster(7.into(), true),
            Deed::ImportRoster(7.into(), false),
            Deed::LeaveRoster(7.into()),
            Deed::UndoRoster(7.into()),
            Deed::CheckIn(7.into(), "2025-03".parse().unwrap(), CheckInAnswer::NotYet),
            Deed::Fit(7.into(), Occasion::FirstMeeting, Fit::NotGood),
            Deed::FitWish(7.into(), Occasion::MidTerm, FitWish::Another),
            Deed::FitNote(7.into(), Occasion::MidTerm),
            Deed::HelpKind(7.into(), "2025-03".parse().unwrap(), HelpKind::NoAnswer),
            Deed::HelpNote(7.into(), "2025-03".parse().unwrap()),
            Deed::Prefer(Setting::Zone),
            Deed::WriteSetting(Setting::Hours),
            Deed::Pause(14),
            Deed::Resume,
            Deed::Accept(5.into()),
            Deed::Decline(6.into()),
            Deed::Meeting(MeetingDeed::Set(7.into())),
            Deed::Meeting(MeetingDeed::Log(7.into())),
            Deed::Meeting(MeetingDeed::Move(8.into())),
            Deed::MeetingAt(MeetingDeed::Set(7.into()), 1_741_986_000),
            Deed::CancelMeeting(8.into(), false),
            Deed::CancelMeeting(8.into(), true),
            Deed::TellMeeting(8.into(), 2, Told::Held),
            Deed::TellMeeting(8.into(), 2, Told::NotHeld),
            Deed::Cadence(7.into(), None),
            Deed::Cadence(7.into(), Some(Cadence::Fortnightly)),
            Deed::Ask,
            Deed::AcceptAll,
            Deed::CloseApplications,
            Deed::MoveDate(DateName::ApplicationsClose, "2025-02-20 23:59".parse().unwrap()),
            Deed::MoveDate(DateName::RunsFrom, "2025-03-02".parse().unwrap()),
            Deed::ShowProposal(2),
            Deed::Pin(vec![(3.into(), 4.into())]),
            Deed::Pin(vec![(3.into(), 4.into()), (5.into(), 6.into())]),
            Deed::Forbid(3.into(), 4.into()),
            Deed::AskOneMore(4.into()),
            Deed::OneMore { capacity: 2, yes: true },
            Deed::OneMore { capacity: 1, yes: false },
            Deed::Publish(9.into()),
            Deed::TryAgain(11.into()),
            Deed::LeaveIt(12.into()),
        ];
        let commands = command::all().map(|(_, spec)| Deed::Do(spec.id));
        for deed in deeds.into_iter().chain(commands) {
            assert_eq!(Deed::of(&deed.action()), Some(deed));
        }
    }

    #[test]
    fn what_is_not_ours_is_no_deed() {
        for text in [
            "",
            "dance",
            "checkin:1:2025-13:met",
            "checkin:x:2025-03:met",
            "publish",
            "publish:1:2",
            "apply:king",
            "pin:1:2:3",
        ] {
            assert_eq!(ActionId::parse(text).as_ref().and_then(Deed::of), None, "{text}");
        }
    }
}
