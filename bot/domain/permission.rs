//! Who may do what, and the proof that it was asked.
//!
//! Code that changes something on a coordinator's word takes a [`Coordinator`], and only this file can
//! make one; so the check cannot be forgotten. A proof is neither cloned nor stored: each command asks
//! again. How somebody comes to be a coordinator is decided elsewhere.

use serde::{Deserialize, Serialize};

use crate::{ids::PersonId, refusal::Refusal};

/// What an action asks of the person who takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Everybody in the community.
    Anyone,
    /// Whoever has applied in the current season.
    Participant,
    /// Whoever coordinates the program here.
    Coordinator,
    /// Whoever answers for the installation.
    Owner,
}

/// A person's office, apart from taking part themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// No office.
    #[default]
    Member,
    /// Coordinates the program.
    Coordinator,
    /// Coordinates it and names the coordinators.
    Owner,
}

/// How somebody comes to coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appointed {
    /// They do not.
    Nobody,
    /// They were named themselves.
    Person,
    /// They are in a group that was named, as long as they are in it.
    Group,
}

impl Appointed {
    /// The office that comes of it.
    #[must_use]
    pub const fn rank(self) -> Rank {
        match self {
            Self::Nobody => Rank::Member,
            Self::Person | Self::Group => Rank::Coordinator,
        }
    }
}

/// The person who acts, with what was found about them for this one action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Who acts.
    pub person: PersonId,
    /// Whether they have applied in the current season.
    pub participant: bool,
    /// Their office.
    pub rank: Rank,
}

/// Proof that this person takes part in the season.
#[derive(Debug, PartialEq, Eq)]
pub struct Participant(PersonId);

/// Proof that this person coordinates the program here.
#[derive(Debug, PartialEq, Eq)]
pub struct Coordinator(PersonId);

/// Proof that this person answers for the installation.
#[derive(Debug, PartialEq, Eq)]
pub struct Owner(PersonId);

impl Participant {
    /// Who it is.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.0
    }
}

impl Coordinator {
    /// Who it is, for the audit log.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.0
    }
}

impl Owner {
    /// Who it is, for the audit log.
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.0
    }
}

/// Whether the actor may take an action that asks for this.
///
/// # Errors
/// The refusal that names what they lack.
pub fn may(actor: &Actor, need: Capability) -> Result<(), Refusal> {
    match need {
        Capability::Anyone => Ok(()),
        Capability::Participant => as_participant(actor).map(drop),
        Capability::Coordinator => as_coordinator(actor).map(drop),
        Capability::Owner => as_owner(actor).map(drop),
    }
}

/// Proof that the actor takes part.
///
/// # Errors
/// [`Refusal::NotParticipant`].
pub fn as_participant(actor: &Actor) -> Result<Participant, Refusal> {
    if actor.participant { Ok(Participant(actor.person)) } else { Err(Refusal::NotParticipant) }
}

/// Proof that the actor coordinates. Owners do.
///
/// # Errors
/// [`Refusal::NotCoordinator`].
pub fn as_coordinator(actor: &Actor) -> Result<Coordinator, Refusal> {
    match actor.rank {
        Rank::Coordinator | Rank::Owner => Ok(Coordinator(actor.person)),
        Rank::Member => Err(Refusal::NotCoordinator),
    }
}

/// Proof that the actor is an owner.
///
/// # Errors
/// [`Refusal::NotOwner`].
pub fn as_owner(actor: &Actor) -> Result<Owner, Refusal> {
    match actor.rank {
        Rank::Owner => Ok(Owner(actor.person)),
        Rank::Member | Rank::Coordinator => Err(Refusal::NotOwner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_capability_admits_exactly_whom_it_names() {
        let actor = |participant, rank| Actor { person: PersonId::from(7), participant, rank };
        let allowed = |actor: &Actor| {
            [Capability::Anyone, Capability::Participant, Capability::Coordinator, Capability::Owner]
                .map(|need| may(actor, need).is_ok())
        };
        assert_eq!(allowed(&actor(false, Rank::Member)), [true, false, false, false]);
        assert_eq!(allowed(&actor(true, Rank::Member)), [true, true, false, false]);
        assert_eq!(allowed(&actor(false, Rank::Coordinator)), [true, false, true, false]);
        assert_eq!(allowed(&actor(false, Rank::Owner)), [true, false, true, true]);
    }

    #[test]
    fn a_proof_says_whose_it_is() {
        let actor = Actor { person: PersonId::from(7), participant: true, rank: Rank::Owner };
        assert_eq!(as_coordinator(&actor).map(|proof| proof.person()), Ok(PersonId::from(7)));
        assert_eq!(as_owner(&actor).map(|proof| proof.person()), Ok(PersonId::from(7)));
        assert_eq!(as_participant(&actor).map(|proof| proof.person()), Ok(PersonId::from(7)));
    }
}
