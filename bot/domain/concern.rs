//! What a coordinator should look at. The bot raises it and drops nobody; a person resolves it.

use serde::{Deserialize, Serialize};

/// What sort of help somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HelpKind {
    /// They find no time that suits both.
    Time,
    /// The partner does not answer.
    NoAnswer,
    /// They do not know what to talk about.
    Topics,
    /// Something else.
    Other,
}

impl HelpKind {
    /// Every kind, in the order people are offered them.
    pub const ALL: [Self; 4] = [Self::Time, Self::NoAnswer, Self::Topics, Self::Other];

    /// The stable name under which stores and catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::NoAnswer => "no-answer",
            Self::Topics => "topics",
            Self::Other => "other",
        }
    }

    /// The one of this name, as [`HelpKind::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Why a coordinator should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConcernKind {
    /// One of a pair says that they met, the other that they did not.
    Disagree,
    /// A pair asked for help with its month.
    NeedsHelp,
    /// Somebody said in private that it is not a good fit.
    NotGoodFit,
    /// Somebody asks a coordinator something.
    Asked,
    /// The bot cannot write to somebody directly.
    Unreachable,
    /// Somebody left the community, withdrew, or asked to be forgotten.
    Left,
    /// A pair has not been heard of.
    Silent,
    /// Somebody who is matched is not on the roster any more.
    OffRoster,
    /// The private place of a pair was deleted or closed by somebody.
    PlaceLost,
}

impl ConcernKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Disagree,
        Self::NeedsHelp,
        Self::NotGoodFit,
        Self::Asked,
        Self::Unreachable,
        Self::Left,
        Self::Silent,
        Self::OffRoster,
        Self::PlaceLost,
    ];

    /// The stable name under which stores and catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Disagree => "disagree",
            Self::NeedsHelp => "needs_help",
            Self::NotGoodFit => "not_good_fit",
            Self::Asked => "asked",
            Self::Unreachable => "unreachable",
            Self::Left => "left",
            Self::Silent => "silent",
            Self::OffRoster => "off_roster",
            Self::PlaceLost => "place_lost",
        }
    }
}
