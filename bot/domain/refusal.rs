//! Every "no" of the program, as one enum.
//!
//! A refusal is the person's business: they may not, or cannot, and are told what to do next. A failure
//! of ours never appears here. `Display` is one sentence for operators, free of personal data; what a
//! person reads is made from `key()` and the fields by the text catalogue.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    application::{AnswerFault, ApplicationState, ApplicationStep},
    calendar::DateName,
    ids::PersonId,
    matching::Rule,
    question::Role,
};

/// Why the program says no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// There is no season to apply to or to look at.
    #[error("no season has been set up here")]
    SeasonMissing,
    /// A season with this key exists already.
    #[error("the season exists already")]
    SeasonExists,
    /// The season is over; nothing in it can change any more.
    #[error("the season closed at {closed_at}")]
    SeasonClosed {
        /// The first instant after the season.
        closed_at: DateTime<Utc>,
    },
    /// Too early to apply.
    #[error("applications open at {opens_at}")]
    ApplicationsNotOpen {
        /// The first instant at which an application counts.
        opens_at: DateTime<Utc>,
    },
    /// Too late to apply.
    #[error("applications closed at {closed_at}")]
    ApplicationsClosed {
        /// The first instant at which an application no longer counts.
        closed_at: DateTime<Utc>,
    },
    /// Matching while people may still apply.
    #[error("applications stay open until {closes_at}")]
    ApplicationsStillOpen {
        /// The first instant at which applications are closed.
        closes_at: DateTime<Utc>,
    },
    /// The person has not applied this season.
    #[error("the person has no application this season")]
    NoApplication,
    /// The person whom a coordinator named has not applied this season.
    #[error("the named person has no application this season")]
    NamedHasNoApplication,
    /// The person applied already, in the other role.
    #[error("the person has applied already")]
    AlreadyApplied,
    /// Required questions without an answer.
    #[error("{} required question(s) have no answer", questions.len())]
    AnswersMissing {
        /// The keys of those questions, in the program's order.
        questions: Vec<String>,
    },
    /// The program asks no such question of this role.
    #[error("the program has no such question for this role")]
    UnknownQuestion,
    /// An answer that does not fit its question.
    #[error("the answer to {question}: {fault}")]
    Answer {
        /// The question's key.
        question: String,
        /// What is wrong with the answer.
        fault: AnswerFault,
    },
    /// The application cannot take this step from where it stands.
    #[error("an application that is {} cannot take the step {}", from.key(), step.key())]
    ApplicationStep {
        /// Where the application stands.
        from: ApplicationState,
        /// What was tried.
        step: ApplicationStep,
    },
    /// The mentee is not on the roster of current participants.
    #[error("the applicant is not on the roster")]
    NotOnRoster,
    /// The mentee's line on the roster says that they no longer take part.
    #[error("the applicant's roster entry is inactive")]
    RosterInactive,
    /// The question about a list of participants was answered, or has expired.
    #[error("the list that was handed in is no longer asked about")]
    RosterFileGone,
    /// A long list of participants is being taken in at this moment.
    #[error("another list is being taken in")]
    RosterUnderWay,
    /// Something has been built on an import since, so that it cannot be taken back.
    #[error("the roster has changed since the import")]
    RosterChangedSince,
    /// The person is on no line of the roster.
    #[error("on no line of the roster")]
    NoRosterLine,
    /// The line of the roster is linked to nobody.
    #[error("the line is linked to nobody")]
    NotLinked,
    /// The line is known by its address, so that parting it would change nothing.
    #[error("the line is known by its address")]
    LinkedByAddress,
    /// Declining needs a sentence for the applicant.
    #[error("a decline needs a reason for the applicant")]
    ReasonMissing,
    /// Only participants of this season may do that.
    #[error("only participants may do that")]
    NotParticipant,
    /// Only coordinators may do that.
    #[error("only coordinators may do that")]
    NotCoordinator,
    /// Whether they are in a group that coordinates could not be found out.
    #[error("the groups of the person are not known")]
    GroupsUnknown,
    /// The season is not over, so the next one cannot be set up.
    #[error("the season closes at {closes_at}")]
    SeasonOn {
        /// The first instant at which it is over.
        closes_at: DateTime<Utc>,
    },
    /// What was done about a date can no longer be undone with its button.
    #[error("a moved date can no longer be undone")]
    UndoOver,
    /// Neither a person nor a group was named.
    #[error("nobody was named")]
    NobodyNamed,
    /// Only the owner of the installation may do that.
    #[error("only the owner may do that")]
    NotOwner,
    /// The button or form was made for somebody else.
    #[error("the control belongs to another person")]
    NotYourButton,
    /// The button, form or proposal is too old to act on.
    #[error("the control has expired")]
    Expired,
    /// Nobody by that name or id is known here.
    #[error("no such person is known here")]
    UnknownPerson,
    /// There is no accepted mentee and mentor to propose pairs from.
    #[error("there is nobody to match yet")]
    NothingToPropose,
    /// There is no proposal, or it holds no pair.
    #[error("there are no proposed pairs to publish")]
    NothingToPublish,
    /// These pairs are published already.
    #[error("the pairs are published already")]
    AlreadyPublished,
    /// A pinned pair breaks a rule that no pin may break.
    #[error("mentee {mentee} cannot be pinned to mentor {mentor}: {rule}")]
    PinImpossible {
        /// The pinned mentee.
        mentee: PersonId,
        /// The pinned mentor.
        mentor: PersonId,
        /// The rule in the way.
        rule: Rule,
    },
    /// More mentees are pinned to a mentor than they offered to take.
    #[error("mentor {mentor} offered to take {capacity}")]
    OverCapacity {
        /// The mentor.
        mentor: PersonId,
        /// How many they offered to take.
        capacity: u32,
    },
    /// One mentee is pinned to two mentors.
    #[error("mentee {mentee} is pinned to more than one mentor")]
    PinnedTwice {
        /// The mentee.
        mentee: PersonId,
    },
    /// The person is not among those who can be matched in that role.
    #[error("the person does not wait for a match as a {role}")]
    NotWaitingForMatch {
        /// The role.
        role: Role,
    },
    /// The latest proposal does not hold who was named, or not with a mentor.
    #[error("the proposal does not hold them")]
    NotInProposal,
    /// Nothing was decided about the pair.
    #[error("nothing was decided about the pair")]
    NothingRuled,
    /// The person has no pair this season.
    #[error("the person has no pair")]
    NoPair,
    /// The pair has ended.
    #[error("the pair has ended")]
    PairEnded,
    /// The pair cannot take this step yet.
    #[error("the pair has not been introduced yet")]
    PairNotIntroduced,
    /// The meeting's moment is over.
    #[error("the moment is over")]
    MeetingPast,
    /// The program has ended by then.
    #[error("the program ends at {ends_at}")]
    MeetingAfterRun {
        /// The first instant after the run.
        ends_at: DateTime<Utc>,
    },
    /// The meeting has not taken place yet.
    #[error("the moment is to come")]
    MeetingToCome,
    /// The two did not know each other then.
    #[error("the pair was introduced at {introduced_at}")]
    MeetingBeforePair {
        /// When they were introduced.
        introduced_at: DateTime<Utc>,
    },
    /// The meeting was called off, or answered for.
    #[error("the meeting is settled")]
    MeetingSettled,
    /// The pair has as many meetings ahead of it as a pair may.
    #[error("the pair has too many meetings ahead of it")]
    MeetingsTooMany,
    /// There is nothing to ask in an empty question.
    #[error("the question is empty")]
    QuestionMissing,
    /// The pair has to end first.
    #[error("the pair has not ended")]
    PairStillLive,
    /// Somebody in a pair can be neither declined nor wait-listed.
    #[error("the person is in a pair")]
    InPair,
    /// The typed name is not a name.
    #[error("the typed name is no signature")]
    NotAName,
    /// The person has signed already.
    #[error("the person has signed already")]
    AlreadySigned,
    /// The form the person read is not the form in force.
    #[error("the agreement has changed since the person opened it")]
    AgreementChanged,
    /// The closing survey opens when the run is over.
    #[error("the closing survey opens at {opens_at}")]
    SurveyNotOpen {
        /// The first instant at which it can be answered.
        opens_at: DateTime<Utc>,
    },
    /// The closing survey can no longer be answered or changed.
    #[error("the closing survey closed at {closed_at}")]
    SurveyClosed {
        /// The first instant at which it can no longer be answered.
        closed_at: DateTime<Utc>,
    },
    /// The same, for answers that were typed before it closed and came too late: they are kept, and not sent.
    #[error("the closing survey closed at {closed_at}, before these answers came")]
    SurveyLate {
        /// The first instant at which it can no longer be answered.
        closed_at: DateTime<Utc>,
    },
    /// The season asks nothing at its end.
    #[error("the season has no closing survey")]
    NoSurvey,
    /// There is no certificate before the pair has run its course.
    #[error("the certificate comes at {comes_at}")]
    CertificateNotYet {
        /// The first instant at which there is one.
        comes_at: DateTime<Utc>,
    },
    /// No pair of the person's ran its course.
    #[error("no pair of the person's ran its course")]
    NoCertificate,
    /// The only coordinator there is cannot be forgotten before somebody else coordinates.
    #[error("the last coordinator cannot be forgotten")]
    LastCoordinator,
    /// The text is no date of the forms we read.
    #[error("not a date: write 2025-02-17 or 2025-02-17 23:59")]
    NotADate,
    /// The text names no time zone we know.
    #[error("not a time zone")]
    NotAZone {
        /// Names of zones that come near.
        near: Vec<String>,
    },
    /// The text is no day, or could be more than one.
    #[error("not a day")]
    NotADay,
    /// The text is no time of day.
    #[error("not a time of day")]
    NotATime,
    /// Hours that end before, or hardly after, they begin.
    #[error("the hours leave no room")]
    HoursOrder,
    /// A pause that would be over already.
    #[error("the pause would be over already")]
    PausePast,
    /// A pause beyond the end of the run.
    #[error("the run is over at {latest}")]
    PauseBeyond {
        /// When there is nothing to be asked any more.
        latest: DateTime<Utc>,
    },
    /// A question that asks before something happens was answered too late.
    #[error("the question is too old")]
    ConfirmationOld,
    /// Somebody named by a coordinator is in no pair.
    #[error("the person is in no pair")]
    NamedHasNoPair,
    /// It is too late in the season for a new match.
    #[error("the run was over at {ends_at}")]
    RematchAfterRun {
        /// The first instant after the run.
        ends_at: DateTime<Utc>,
    },
    /// A pair goes on after the season that is over.
    #[error("a pair of the season goes on until {until}")]
    PairGoesOn {
        /// When the last of them ends.
        until: DateTime<Utc>,
    },
    /// No pair goes by the words of a command.
    #[error("no pair goes by these words")]
    NoPairFound,
    /// A pair would not go on for longer by that.
    #[error("the run ends at {ends_at}, or that day is over")]
    ExtensionTooEarly {
        /// The first instant after the run.
        ends_at: DateTime<Utc>,
    },
    /// A pair would go on for too long.
    #[error("a pair may go on until {latest}")]
    ExtensionTooLate {
        /// The latest end there may be.
        latest: DateTime<Utc>,
    },
    /// A pair that a coordinator means has ended.
    #[error("the pair has ended already")]
    NamedPairEnded,
    /// Another coordinator looks after it.
    #[error("another coordinator looks after this")]
    ConcernTaken,
    /// It is resolved.
    #[error("this is resolved")]
    ConcernResolved,
    /// A concern is resolved with a note.
    #[error("no note about what came of it")]
    ResolutionMissing,
    /// What was written is no cron line.
    #[error("this is no cron line")]
    NotACronLine,
    /// A cron line would ask the month's question more than once a day.
    #[error("the question would be asked more than once a day")]
    CronTooOften,
    /// A cron line never fires while the program runs.
    #[error("the question would never be asked while the program runs")]
    CronNever,
    /// The monthly question pauses.
    #[error("the monthly question is paused")]
    NudgesPaused,
    /// An announcement has no words.
    #[error("the announcement has no words")]
    AnnouncementEmpty,
    /// A message to a pair has no words.
    #[error("the message to the pair has no words")]
    PairNoteEmpty,
    /// There is nobody whom an announcement could reach.
    #[error("nobody belongs to those who are to read this")]
    NobodyToTell,
    /// Nobody has begun an application without sending it, and no acknowledgement form is missing.
    #[error("nobody is to be reminded of anything")]
    NobodyToRemind,
    /// An announcement was sent, or left, before.
    #[error("the announcement was sent or left before")]
    AnnouncementSettled,
    /// Moving a date would put the season out of order.
    #[error("{name} must not be before {earlier}")]
    DateOrder {
        /// The later date of the two.
        name: DateName,
        /// The date that has to come first.
        earlier: DateName,
    },
}

impl Refusal {
    /// The stable name under which the text catalogue keeps the sentences for this refusal.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::SeasonMissing => "season-missing",
            Self::SeasonExists => "season-exists",
            Self::SeasonClosed { .. } => "season-closed",
            Self::ApplicationsNotOpen { .. } => "applications-not-open",
            Self::ApplicationsClosed { .. } => "applications-closed",
            Self::ApplicationsStillOpen { .. } => "applications-still-open",
            Self::RosterFileGone => "roster-file-gone",
            Self::RosterUnderWay => "roster-under-way",
            Self::RosterChangedSince => "roster-changed-since",
            Self::NoRosterLine => "no-roster-line",
            Self::NotLinked => "not-linked",
            Self::LinkedByAddress => "linked-by-address",
            Self::NoApplication => "no-application",
            Self::NamedHasNoApplication => "named-has-no-application",
            Self::AlreadyApplied => "already-applied",
            Self::AnswersMissing { .. } => "answers-missing",
            Self::UnknownQuestion => "unknown-question",
            Self::Answer { fault, .. } => fault.key(),
            Self::ApplicationStep { .. } => "application-step",
            Self::NotOnRoster => "not-on-roster",
            Self::RosterInactive => "roster-inactive",
            Self::ReasonMissing => "reason-missing",
            Self::NotParticipant => "not-participant",
            Self::NotCoordinator => "not-coordinator",
            Self::SeasonOn { .. } => "season-on",
            Self::UndoOver => "undo-over",
            Self::GroupsUnknown => "groups-unknown",
            Self::NobodyNamed => "nobody-named",
            Self::NotOwner => "not-owner",
            Self::NotYourButton => "not-your-button",
            Self::Expired => "expired",
            Self::UnknownPerson => "unknown-person",
            Self::NothingToPropose => "nothing-to-propose",
            Self::NothingToPublish => "nothing-to-publish",
            Self::AlreadyPublished => "already-published",
            Self::PinImpossible { .. } => "pin-impossible",
            Self::OverCapacity { .. } => "over-capacity",
            Self::PinnedTwice { .. } => "pinned-twice",
            Self::NotWaitingForMatch { .. } => "not-waiting-for-match",
            Self::NotInProposal => "not-in-proposal",
            Self::NothingRuled => "nothing-ruled",
            Self::NoPair => "no-pair",
            Self::PairEnded => "pair-ended",
            Self::PairNotIntroduced => "pair-not-introduced",
            Self::MeetingPast => "meeting-past",
            Self::MeetingAfterRun { .. } => "meeting-after-run",
            Self::MeetingToCome => "meeting-to-come",
            Self::MeetingBeforePair { .. } => "meeting-before-pair",
            Self::MeetingSettled => "meeting-settled",
            Self::MeetingsTooMany => "meetings-too-many",
            Self::QuestionMissing => "question-missing",
            Self::PairStillLive => "pair-still-live",
            Self::InPair => "in-pair",
            Self::NotAName => "not-a-name",
            Self::AlreadySigned => "already-signed",
            Self::AgreementChanged => "agreement-changed",
            Self::SurveyNotOpen { .. } => "survey-not-open",
            Self::SurveyClosed { .. } => "survey-closed",
            Self::SurveyLate { .. } => "survey-late",
            Self::NoSurvey => "no-survey",
            Self::CertificateNotYet { .. } => "certificate-not-yet",
            Self::NoCertificate => "no-certificate",
            Self::LastCoordinator => "last-coordinator",
            Self::NotADate => "not-a-date",
            Self::NotAZone { .. } => "not-a-zone",
            Self::NotADay => "not-a-day",
            Self::NotATime => "not-a-time",
            Self::HoursOrder => "hours-order",
            Self::PausePast => "pause-past",
            Self::PauseBeyond { .. } => "pause-beyond",
            Self::ConfirmationOld => "confirmation-old",
            Self::NamedHasNoPair => "named-has-no-pair",
            Self::RematchAfterRun { .. } => "rematch-after-run",
            Self::PairGoesOn { .. } => "pair-goes-on",
            Self::NoPairFound => "no-pair-found",
            Self::ExtensionTooEarly { .. } => "extension-too-early",
            Self::ExtensionTooLate { .. } => "extension-too-late",
            Self::NamedPairEnded => "named-pair-ended",
            Self::ConcernTaken => "concern-taken",
            Self::ConcernResolved => "concern-resolved",
            Self::ResolutionMissing => "resolution-missing",
            Self::NotACronLine => "not-a-cron-line",
            Self::CronTooOften => "cron-too-often",
            Self::CronNever => "cron-never",
            Self::NudgesPaused => "nudges-paused",
            Self::AnnouncementEmpty => "announcement-empty",
            Self::PairNoteEmpty => "pair-note-empty",
            Self::NobodyToTell => "nobody-to-tell",
            Self::NobodyToRemind => "nobody-to-remind",
            Self::AnnouncementSettled => "announcement-settled",
            Self::DateOrder { .. } => "date-order",
        }
    }
}
