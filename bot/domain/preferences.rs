//! What a participant sets for themselves: language, time zone, the hours in which they may be written to, where
//! they are asked about their meetings, and a pause. What is not set follows the platform, or else the program.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{nudge::CivilHours, text::Lang};

/// Where somebody is asked about their meetings and reminded of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// In the pair's private place.
    #[default]
    Channel,
    /// Directly.
    Direct,
}

impl Reach {
    /// Both, in the order people are offered them.
    pub const ALL: [Self; 2] = [Self::Channel, Self::Direct];

    /// The stable name under which stores and catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Channel => "channel",
        }
    }

    /// The one of this name, as [`Reach::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reach| reach.key() == key)
    }
}

/// One person's own settings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// The language they chose.
    pub lang: Option<Lang>,
    /// The time zone they chose.
    pub zone: Option<Tz>,
    /// The hours of their day in which they may be written to.
    pub hours: Option<CivilHours>,
    /// Where they are asked about their meetings and reminded of them.
    pub reach: Reach,
    /// Until when nothing is asked of them; it ends by itself.
    pub snoozed_until: Option<DateTime<Utc>>,
}

impl Preferences {
    /// Until when the person is not to be asked anything, if that is still to come.
    #[must_use]
    pub fn snoozed_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.snoozed_until.filter(|until| *until > now)
    }
}
