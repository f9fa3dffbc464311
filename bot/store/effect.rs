//! Effects: what is to happen in a chat, kept until it has happened.
//!
//! Pure data. What each step of an effect means, and how it is carried out once, is the worker's business.

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, PairId, PersonId};
use serde::{Deserialize, Serialize};

use crate::chat::{Message, Room};

/// Longest key of an effect, in characters: what the narrowest place that carries it on a platform holds.
pub const KEY_MAX: usize = 120;

/// To whom a message goes. Where that is on the platform is looked up when it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// The pair's private place.
    Pair(PairId),
    /// A person, directly.
    Person(PersonId),
    /// The coordinators' private place.
    Coordinators,
}

/// What is to happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Opens the pair's private place and introduces the two there.
    Introduce {
        /// The pair.
        pair: PairId,
        /// The place.
        room: Room,
        /// The introduction.
        message: Message,
    },
    /// Posts a message.
    Post {
        /// To whom.
        to: To,
        /// What.
        message: Message,
    },
    /// Replaces a message of ours.
    Update {
        /// The key of the effect that posted it.
        posted: String,
        /// What it says from now on.
        message: Message,
    },
    /// Opens the coordinators' private place.
    OpenCoordinators {
        /// The place.
        room: Room,
        /// The first message there.
        message: Message,
    },
    /// Lets somebody into the coordinators' private place.
    Admit {
        /// Who.
        person: PersonId,
    },
    /// Says farewell in the pair's place, then closes it.
    Farewell {
        /// The pair.
        pair: PairId,
        /// The farewell.
        message: Message,
    },
}

/// An effect to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEffect {
    /// Where it is to happen.
    pub community: CommunityId,
    /// What makes it the same effect, however often it is asked for; at most [`KEY_MAX`] characters.
    pub key: String,
    /// Not before this instant.
    pub due_at: DateTime<Utc>,
    /// What is to happen.
    pub effect: Effect,
}
