//! What a chat can offer while somebody fills in an option of a command: a few names to choose from, so that nobody has to
//! know how a thing is called inside. It is asked for at each letter, changes nothing, and need not be answered.

use super::{Actor, CommandId, CommunityRef};

/// Most suggestions that are shown at once, on any platform.
pub const SUGGESTIONS_MAX: usize = 25;

/// Somebody is filling in an option.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Where.
    pub community: CommunityRef,
    /// Who.
    pub actor: Actor,
    /// Of which command.
    pub command: CommandId,
    /// Which option.
    pub option: &'static str,
    /// What they have typed so far.
    pub typed: String,
}

/// One suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What is read.
    pub label: String,
    /// What the option holds if it is chosen.
    pub value: String,
}
