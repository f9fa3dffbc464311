//! The rules of the mentorship program, and nothing else.
//!
//! Everything here is a plain function of its arguments: no input or output, no clock, no chance, and
//! no word of any chat platform. Reading order: the season's dates, what people answer, who may take
//! part, who is paired with whom, and what a pair hears from us afterwards.

pub mod agreement;
pub mod announcement;
pub mod application;
pub mod audit;
pub mod calendar;
pub mod cells;
pub mod concern;
pub mod confirm;
pub mod eligibility;
pub mod figures;
pub mod find;
pub mod ids;
pub mod matching;
pub mod meeting;
pub mod nudge;
pub mod pair;
pub mod permission;
pub mod preferences;
pub mod program;
pub mod pulse;
pub mod question;
pub mod refusal;
pub mod reminder;
pub mod roster;
pub mod status;
pub mod text;
pub mod watch;
pub mod when;
pub mod zones;

pub use agreement::{Signature, Timing};
pub use announcement::{ANNOUNCEMENT_MAX, AnnouncementCounts, Audience};
pub use application::{Answer, AnswerFault, Answers, ApplicationState, ApplicationStep, parse_answer};
pub use audit::{AuditGroup, AuditLook};
pub use calendar::{Calendar, DateName, EXTENDED_MONTHS_MAX, LocalTime, Period, Phase};
pub use concern::{ConcernKind, HelpKind};
pub use eligibility::{Eligibility, RosterEntry, RosterPerson};
pub use ids::{
    AnnouncementId, ApplicationId, CommunityId, ConcernId, MeetingId, OutboxId, PairId, PersonId, ProposalId, RosterId,
    RosterImportId, SeasonId,
};
pub use meeting::{Cadence, CheckIn, CheckInAnswer, MeetingFact, MeetingState, Standing, Together};
pub use nudge::{CivilHours, NudgeDecision, NudgeFacts, NudgeRule, Reader};
pub use pair::{Back, EndCause, EndReason, PairState, may_rematch};
pub use permission::{Actor, Capability, Coordinator, Owner, Participant, Rank, may};
pub use preferences::{Preferences, Reach, Setting};
pub use program::{About, Agreement, MatchingRule, Program, ProgramFault, Weights};
pub use pulse::{Fit, FitWish, Occasion};
pub use question::{ChoiceOption, Meaning, Question, QuestionKind, Role, Shared, Slot};
pub use refusal::Refusal;
pub use status::Stand;
pub use text::{Lang, Localised};

/// Every run of the property tests tries the same cases, so that a red build is red again.
#[cfg(test)]
pub(crate) fn repeatable() -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        rng_seed: proptest::test_runner::RngSeed::Fixed(2025),
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    }
}
