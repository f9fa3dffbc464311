//! One type per kind of id, so that a season's number can never be used as a person's.
//!
//! These are our own ids, given by our own database. The ids of a chat platform never enter here.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// The bare number, as the database holds it.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

id! {
    /// One chat community the program is run in. Every other row belongs to exactly one.
    CommunityId,
    /// One human being in one community, whatever their name is today.
    PersonId,
    /// One run of the program, from the draft to the archive.
    SeasonId,
    /// One line of the roster of people who may be mentees.
    RosterId,
    /// One file that a coordinator handed in to be taken into the roster.
    RosterImportId,
    /// One person's application in one season.
    ApplicationId,
    /// One proposed set of pairs that coordinators look at before publishing.
    ProposalId,
    /// One published mentor and mentee.
    PairId,
    /// One meeting of a pair.
    MeetingId,
    /// One thing that a coordinator should look at.
    ConcernId,
    /// One announcement of the coordinators to many.
    AnnouncementId,
    /// One effect that waits to be carried out.
    OutboxId,
}
