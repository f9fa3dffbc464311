//! Where an application stands, and the steps it can take from there.
//!
//! The bot takes only the steps that follow from the roster; accepting, wait-listing and declining are a
//! coordinator's. Whether the deadline has passed is the calendar's business, not this file's.

use serde::{Deserialize, Serialize};

use crate::{refusal::Refusal, text::clean};

/// Where an application stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ApplicationState {
    /// Begun, and kept to be finished.
    #[default]
    Draft,
    /// Received; a coordinator is to decide.
    Submitted,
    /// Received from a mentee who is not on the roster; waits until a coordinator has cleared that up.
    NotOnRoster,
    /// To be matched.
    Accepted,
    /// To be matched when somebody else's place becomes free.
    WaitListed,
    /// Not this season.
    Declined {
        /// The coordinator's sentence for the applicant.
        reason: String,
    },
    /// Taken back by the applicant.
    Withdrawn,
}

/// A step that somebody wants an application to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum ApplicationStep {
    /// The applicant begins again after withdrawing.
    Restart,
    /// The applicant sends it, or sends it again with changes.
    Submit,
    /// The roster does not know the mentee.
    WaitForRoster,
    /// The roster has come to know the mentee.
    FoundOnRoster,
    /// A coordinator accepts.
    Accept,
    /// A coordinator puts it on the waiting list.
    WaitList,
    /// A coordinator declines.
    Decline {
        /// The sentence for the applicant.
        reason: String,
    },
    /// The applicant takes it back.
    Withdraw,
}

impl ApplicationStep {
    /// The stable name of the step.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Restart => "restart",
            Self::Submit => "submit",
            Self::WaitForRoster => "wait_for_roster",
            Self::FoundOnRoster => "found_on_roster",
            Self::Accept => "accept",
            Self::WaitList => "wait_list",
            Self::Decline { .. } => "decline",
            Self::Withdraw => "withdraw",
        }
    }
}

impl ApplicationState {
    /// The stable name under which stores and catalogues keep this state.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::NotOnRoster => "not_on_roster",
            Self::Accepted => "accepted",
            Self::WaitListed => "wait_listed",
            Self::Declined { .. } => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Where the application stands after this step.
    ///
    /// An accepted or wait-listed applicant who edits their answers keeps their place. A mentee whom the
    /// roster does not know can be declined but not accepted: the roster is to be mended first.
    ///
    /// # Errors
    /// [`Refusal::NotOnRoster`] for accepting such a mentee, [`Refusal::ReasonMissing`] for declining
    /// without a sentence, [`Refusal::ApplicationStep`] for every other step that does not lead on.
    pub fn after(&self, step: ApplicationStep) -> Result<Self, Refusal> {
        use ApplicationState as State;
        use ApplicationStep as Step;
        match (self, step) {
            (State::Withdrawn, Step::Restart) => Ok(State::Draft),
            (State::Draft | State::Submitted | State::NotOnRoster, Step::Submit) => Ok(State::Submitted),
            (State::Accepted, Step::Submit) => Ok(State::Accepted),
            (State::WaitListed, Step::Submit) => Ok(State::WaitListed),
            (State::Submitted | State::NotOnRoster, Step::WaitForRoster) => Ok(State::NotOnRoster),
            (State::Submitted | State::NotOnRoster, Step::FoundOnRoster) => Ok(State::Submitted),
            (State::NotOnRoster, Step::Accept | Step::WaitList) => Err(Refusal::NotOnRoster),
            (State::Submitted | State::WaitListed | State::Declined { .. }, Step::Accept) => Ok(State::Accepted),
            (State::Submitted | State::Accepted | State::Declined { .. }, Step::WaitList) => Ok(State::WaitListed),
            (State::Submitted | State::NotOnRoster | State::Accepted | State::WaitListed, Step::Decline { reason }) => {
                let reason = clean(&reason, true);
                if reason.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(State::Declined { reason }) }
            }
            (
                State::Draft | State::Submitted | State::NotOnRoster | State::Accepted | State::WaitListed,
                Step::Withdraw,
            ) => Ok(State::Withdrawn),
            (from, step) => Err(Refusal::ApplicationStep { from: from.clone(), step }),
        }
    }
}
