//! What can go wrong in a flow: the person's business, or ours.

use plsep_domain::Refusal;
use plsep_domain::matching::NotProposed;

use crate::reports::ChartError;
use crate::store::StoreError;

/// A flow's way out.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The person may not, or cannot: told in words, nothing changed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Ours: logged once with an incident code.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A failure of ours.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something kept does not read back.
    #[error("{what} does not read back: {why}")]
    Unreadable {
        /// What it is.
        what: &'static str,
        /// Why.
        why: String,
    },
    /// Something that was to be handed out could not be made.
    #[error("{what} could not be made: {why}")]
    Unmade {
        /// What it is.
        what: &'static str,
        /// Why.
        why: String,
    },
    /// The pairs could not be worked out, or failed their check.
    #[error("no pairs were proposed: {0}")]
    NotProposed(NotProposed),
}

impl Fault {
    /// A picture that could not be drawn.
    pub(super) fn picture(error: ChartError) -> Self {
        Self::Unmade { what: "a picture", why: error.to_string() }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Fault(Fault::Store(error))
    }
}

impl From<NotProposed> for Trouble {
    fn from(error: NotProposed) -> Self {
        match error {
            NotProposed::Refused(refusal) => Self::Refused(refusal),
            ours @ (NotProposed::Misfit(_) | NotProposed::Uncertified(_)) => Self::Fault(Fault::NotProposed(ours)),
        }
    }
}
