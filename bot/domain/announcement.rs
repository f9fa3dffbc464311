//! To whom coordinators can say something at once, and how far that has come. It decides who belongs, and knows nothing of
//! what is said.

use crate::application::ApplicationState;
use crate::question::Role;

/// Longest announcement, in characters: what a platform shows whole beside the rest of a message.
pub const ANNOUNCEMENT_MAX: usize = 1500;

/// To whom an announcement goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Every accepted mentee, directly.
    Mentees,
    /// Every accepted mentor, directly.
    Mentors,
    /// Every pair that has been introduced, in its own place.
    Pairs,
    /// Every accepted mentee and mentor, directly, each once.
    Everyone,
}

impl Audience {
    /// Every audience, in the order coordinators are offered them.
    pub const ALL: [Self; 4] = [Self::Mentees, Self::Mentors, Self::Pairs, Self::Everyone];

    /// The stable name under which stores and catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mentees => "mentees",
            Self::Mentors => "mentors",
            Self::Pairs => "pairs",
            Self::Everyone => "everyone",
        }
    }

    /// The one of this name, as [`Audience::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.key() == key)
    }

    /// Whether somebody with this application is written to directly. What is said to pairs stands in their place alone.
    #[must_use]
    pub fn includes(self, role: Role, state: &ApplicationState) -> bool {
        let meant = match self {
            Self::Mentees => role == Role::Mentee,
            Self::Mentors => role == Role::Mentor,
            Self::Pairs => false,
            Self::Everyone => true,
        };
        meant && *state == ApplicationState::Accepted
    }
}

/// How far an announcement has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnnouncementCounts {
    /// Messages that were sent.
    pub sent: usize,
    /// Messages that are still to be sent.
    pub waiting: usize,
    /// Messages that could not be sent directly and are read at the next visit.
    pub unread: usize,
    /// Messages that could not be sent.
    pub failed: usize,
    /// Messages that were stopped before anybody saw them.
    pub stopped: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_is_accepted_and_meant_is_written_to() {
        let accepted = ApplicationState::Accepted;
        for (audience, mentee, mentor) in [
            (Audience::Mentees, true, false),
            (Audience::Mentors, false, true),
            (Audience::Pairs, false, false),
            (Audience::Everyone, true, true),
        ] {
            assert_eq!(audience.includes(Role::Mentee, &accepted), mentee, "{audience:?}");
            assert_eq!(audience.includes(Role::Mentor, &accepted), mentor, "{audience:?}");
            for state in [ApplicationState::Draft, ApplicationState::Submitted, ApplicationState::Withdrawn] {
                assert!(!audience.includes(Role::Mentee, &state), "{audience:?} {state:?}");
            }
            assert_eq!(Audience::from_key(audience.key()), Some(audience));
        }
        assert_eq!(Audience::from_key("nobody"), None);
    }
}
