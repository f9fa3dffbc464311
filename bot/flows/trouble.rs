//! What can go wrong in a flow: the person's business, or ours.

use plsep_domain::Refusal;

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
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Fault(Fault::Store(error))
    }
}
