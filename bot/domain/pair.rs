//! The life of one published pair.
//!
//! A pair never ends by itself: every ending has a reason that a person gave or a date that was set.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, DateName},
    refusal::Refusal,
};

/// Where a pair stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PairState {
    /// Decided by a coordinator; the introduction is on its way.
    Published {
        /// When it was published.
        at: DateTime<Utc>,
    },
    /// The two have been introduced and can talk.
    Introduced {
        /// When the introduction stood there.
        at: DateTime<Utc>,
    },
    /// Over; the farewell is on its way.
    Ended {
        /// When it ended.
        at: DateTime<Utc>,
        /// Why.
        reason: EndReason,
    },
    /// Over, and their place is closed but kept.
    Archived {
        /// When it was closed.
        at: DateTime<Utc>,
        /// Why the pair had ended.
        reason: EndReason,
    },
}

/// Why a pair ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The season ran its course.
    Completed,
    /// The mentee left the program or asked to be forgotten.
    MenteeLeft,
    /// The mentor left the program or asked to be forgotten.
    MentorLeft,
    /// A coordinator paired them anew.
    Rematched,
    /// A coordinator ended it for another reason.
    ByCoordinator,
}

/// Why a coordinator ended a pair, as the audit log keeps it for ever: one of a few words, so that nothing stays there that
/// somebody wrote about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndCause {
    /// One of them has left the program.
    LeftProgram,
    /// One of them has moved or works elsewhere.
    Moved,
    /// It was not a good fit.
    NotGoodFit,
    /// They did not get in touch.
    NoContact,
    /// One of them asked for it.
    Asked,
    /// Another reason.
    Other,
}

impl EndCause {
    /// Every cause, in the order coordinators are offered them.
    pub const ALL: [Self; 6] =
        [Self::LeftProgram, Self::Moved, Self::NotGoodFit, Self::NoContact, Self::Asked, Self::Other];

    /// The stable name under which the audit log and catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::LeftProgram => "left-program",
            Self::Moved => "moved",
            Self::NotGoodFit => "not-good-fit",
            Self::NoContact => "no-contact",
            Self::Asked => "asked",
            Self::Other => "other",
        }
    }

    /// The one of this name, as [`EndCause::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.key() == key)
    }
}

/// Who goes back into the matching when coordinators end a pair for a new match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Back {
    /// The mentee alone; the mentor is given nobody else for this place.
    Mentee,
    /// Both.
    Both,
}

impl Back {
    /// Every one, in the order coordinators are offered them.
    pub const ALL: [Self; 2] = [Self::Mentee, Self::Both];

    /// The stable name under which the audit log and catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mentee => "mentee",
            Self::Both => "both",
        }
    }

    /// The one of this name, as [`Back::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|back| back.key() == key)
    }
}

/// Whether a pair may still be ended for a new match: a new one has to have time before the run is over.
///
/// # Errors
/// [`Refusal::RematchAfterRun`].
pub fn may_rematch(calendar: &Calendar, now: DateTime<Utc>) -> Result<(), Refusal> {
    let ends_at = calendar.instant(DateName::RunsUntil);
    if now < ends_at { Ok(()) } else { Err(Refusal::RematchAfterRun { ends_at }) }
}

impl EndReason {
    /// Whether a mentee whose pair ended so comes before those who have had no mentor, where places are too few: it was
    /// not they who left.
    #[must_use]
    pub const fn comes_back_first(self) -> bool {
        match self {
            Self::Rematched | Self::MentorLeft => true,
            Self::Completed | Self::MenteeLeft | Self::ByCoordinator => false,
        }
    }

    /// The stable name under which stores and catalogues keep this reason.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::MenteeLeft => "mentee_left",
            Self::MentorLeft => "mentor_left",
            Self::Rematched => "rematched",
            Self::ByCoordinator => "by_coordinator",
        }
    }
}

impl PairState {
    /// The stable name under which stores and catalogues keep this state.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Published { .. } => "published",
            Self::Introduced { .. } => "introduced",
            Self::Ended { .. } => "ended",
            Self::Archived { .. } => "archived",
        }
    }

    /// Whether the pair still counts against the mentor's capacity.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        matches!(self, Self::Published { .. } | Self::Introduced { .. })
    }

    /// Why the pair ended, if it has.
    #[must_use]
    pub const fn end_reason(&self) -> Option<EndReason> {
        match self {
            Self::Published { .. } | Self::Introduced { .. } => None,
            Self::Ended { reason, .. } | Self::Archived { reason, .. } => Some(*reason),
        }
    }

    /// After the introduction. A second report of the same introduction changes nothing, because the
    /// effect may be reported twice.
    ///
    /// # Errors
    /// [`Refusal::PairEnded`] when it ended before it was introduced.
    pub fn introduced(&self, at: DateTime<Utc>) -> Result<Self, Refusal> {
        match self {
            Self::Published { .. } => Ok(Self::Introduced { at }),
            Self::Introduced { .. } => Ok(self.clone()),
            Self::Ended { .. } | Self::Archived { .. } => Err(Refusal::PairEnded),
        }
    }

    /// After somebody ended it.
    ///
    /// # Errors
    /// [`Refusal::PairEnded`] when it had ended: the first reason stands.
    pub fn ended(&self, at: DateTime<Utc>, reason: EndReason) -> Result<Self, Refusal> {
        match self {
            Self::Published { .. } | Self::Introduced { .. } => Ok(Self::Ended { at, reason }),
            Self::Ended { .. } | Self::Archived { .. } => Err(Refusal::PairEnded),
        }
    }

    /// After its place was closed. Reported twice, it changes nothing.
    ///
    /// # Errors
    /// [`Refusal::PairStillLive`]: it has to end first.
    pub fn archived(&self, at: DateTime<Utc>) -> Result<Self, Refusal> {
        match self {
            Self::Ended { reason, .. } => Ok(Self::Archived { at, reason: *reason }),
            Self::Archived { .. } => Ok(self.clone()),
            Self::Published { .. } | Self::Introduced { .. } => Err(Refusal::PairStillLive),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(hour * 3600, 0).expect("a small number of hours is a time")
    }

    #[test]
    fn a_pair_is_introduced_ends_and_is_archived_once() {
        let published = PairState::Published { at: at(0) };
        let introduced = published.introduced(at(1)).unwrap();
        assert_eq!(introduced.introduced(at(2)), Ok(introduced.clone()), "the second report changes nothing");
        let ended = introduced.ended(at(3), EndReason::Completed).unwrap();
        assert_eq!(ended.ended(at(4), EndReason::MentorLeft), Err(Refusal::PairEnded));
        let archived = ended.archived(at(5)).unwrap();
        assert_eq!(archived, PairState::Archived { at: at(5), reason: EndReason::Completed });
        assert_eq!(archived.archived(at(6)), Ok(archived.clone()));
        assert_eq!(archived.introduced(at(7)), Err(Refusal::PairEnded));
    }

    #[test]
    fn a_live_pair_holds_its_mentors_place_and_cannot_be_archived() {
        let published = PairState::Published { at: at(0) };
        assert!(published.is_live());
        assert_eq!(published.archived(at(1)), Err(Refusal::PairStillLive));
        assert!(!published.ended(at(1), EndReason::MenteeLeft).unwrap().is_live());
    }

    #[test]
    fn the_stored_form_is_stable() {
        let ended = PairState::Ended { at: at(0), reason: EndReason::MenteeLeft };
        let json = serde_json::to_string(&ended).unwrap();
        assert_eq!(json, r#"{"state":"ended","at":"1970-01-01T00:00:00Z","reason":"mentee_left"}"#);
        assert_eq!(serde_json::from_str::<PairState>(&json).unwrap(), ended);
    }

    #[test]
    fn who_goes_back_comes_back_by_its_name() {
        for back in Back::ALL {
            assert_eq!(Back::from_key(back.key()), Some(back));
        }
        assert_eq!(Back::from_key("nobody"), None);
    }

    #[test]
    fn a_new_match_is_looked_for_until_the_run_is_over() {
        let calendar = &crate::program::shipped().calendar;
        let ends_at = calendar.instant(DateName::RunsUntil);
        assert_eq!(may_rematch(calendar, ends_at - chrono::TimeDelta::seconds(1)), Ok(()));
        assert_eq!(may_rematch(calendar, ends_at), Err(Refusal::RematchAfterRun { ends_at }));
    }

    #[test]
    fn every_cause_comes_back_by_its_name() {
        for cause in EndCause::ALL {
            assert_eq!(EndCause::from_key(cause.key()), Some(cause));
        }
        assert_eq!(EndCause::from_key("because"), None);
    }
}
