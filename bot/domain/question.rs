//! What a program asks of the people who apply. The questions come from the program's file.
//!
//! Nothing here asks for anything by itself: a question that is not in the file is not asked.

use std::{fmt, str::FromStr};

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::text::Localised;

/// As what somebody takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Seeks guidance.
    Mentee,
    /// Gives it.
    Mentor,
}

impl Role {
    /// Both roles.
    pub const ALL: [Self; 2] = [Self::Mentee, Self::Mentor];

    /// The stable name under which stores and catalogues keep this role.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mentee => "mentee",
            Self::Mentor => "mentor",
        }
    }

    /// The other side of a pair.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Mentee => Self::Mentor,
            Self::Mentor => Self::Mentee,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// The text names neither role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the roles are mentee and mentor")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.key().eq_ignore_ascii_case(text.trim())).ok_or(UnknownRole)
    }
}

/// One question of the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its stable name; answers are kept under it.
    pub key: String,
    /// The page of the form it stands on, from 1.
    pub step: u8,
    /// Who is asked.
    pub roles: Vec<Role>,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// The question in a few words.
    pub label: Localised,
    /// One more sentence beside it.
    #[serde(default)]
    pub hint: Option<Localised>,
    /// What the answer is about, in a word or two, for the match who reads it: "Position". Where it is left away, the
    /// question itself stands there.
    #[serde(default)]
    pub about: Option<Localised>,
    /// Whether an application without it is incomplete. A required question has no default answer.
    pub required: bool,
    /// Who gets to see the answer.
    pub shared: Shared,
    /// What the program does with the answer, besides showing it.
    #[serde(default)]
    pub meaning: Option<Meaning>,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum QuestionKind {
    /// One line of text.
    Short {
        /// The most characters it may have.
        max: u32,
    },
    /// Some lines of text.
    Long {
        /// The most characters it may have.
        max: u32,
    },
    /// One of some options.
    One {
        /// What there is to choose from, in the order it is shown.
        options: Vec<ChoiceOption>,
    },
    /// Several of some options.
    Many {
        /// What there is to choose from, in the order it is shown.
        options: Vec<ChoiceOption>,
        /// The fewest one may choose when answering at all.
        min: u32,
        /// The most one may choose.
        max: u32,
    },
    /// Yes or no.
    YesNo,
    /// A whole number.
    Number {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// Its stable name; answers are kept under it. For [`Meaning::Zone`] an IANA zone, for
    /// [`Meaning::Capacity`] a number.
    pub key: String,
    /// What people read.
    pub label: Localised,
    /// For an option of [`Meaning::Times`]: the hours it stands for, in the person's own zone.
    #[serde(default)]
    pub slot: Option<Slot>,
}

/// Some hours of some days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Which days.
    pub days: SlotDays,
    /// From this time of day.
    #[serde(with = "time_of_day")]
    pub from: NaiveTime,
    /// Until this time of day, later than `from`.
    #[serde(with = "time_of_day")]
    pub to: NaiveTime,
}

/// The days of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotDays {
    /// Monday to Friday.
    Weekdays,
    /// Saturday and Sunday.
    Weekends,
}

/// Who gets to see an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shared {
    /// The person's match, and coordinators.
    Match,
    /// Coordinators alone.
    Coordinators,
}

/// What the program does with an answer, besides showing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Where the person works: two of one library system are not paired, unless the program allows it.
    LibrarySystem,
    /// The branch or library within the system.
    Branch,
    /// The person's position. Options stand from junior to senior, "other" last.
    Position,
    /// How many years the person has worked in libraries.
    Years,
    /// What a mentee wants to learn about.
    SpecialisationsSought,
    /// What a mentor can teach. The same option keys as those sought.
    SpecialisationsOffered,
    /// Of what a mentee wants to learn about, what matters most. The same option keys.
    SpecialisationFirst,
    /// Of what a mentor can teach, what they know best. The same option keys.
    SpecialisationStrongest,
    /// The position a mentee aims for. The same option keys as positions held.
    PositionSought,
    /// A mentor whom a mentee would like, by name.
    Wish,
    /// What a mentee wants to reach.
    Goals,
    /// What a mentor says they can offer.
    Offer,
    /// How the person likes to meet.
    Formats,
    /// When the person can usually meet; the options carry slots.
    Times,
    /// The person's time zone; the options' keys are IANA zones.
    Zone,
    /// The languages the person can meet in.
    Languages,
    /// How many mentees a mentor takes.
    Capacity,
    /// The person's supervisor, with whom they are never paired.
    Supervisor,
    /// Anything the coordinators should know.
    Note,
}

impl Meaning {
    /// The name of the meaning in the program's file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::LibrarySystem => "library_system",
            Self::Branch => "branch",
            Self::Position => "position",
            Self::Years => "years",
            Self::SpecialisationsSought => "specialisations_sought",
            Self::SpecialisationsOffered => "specialisations_offered",
            Self::SpecialisationFirst => "specialisation_first",
            Self::SpecialisationStrongest => "specialisation_strongest",
            Self::PositionSought => "position_sought",
            Self::Wish => "wish",
            Self::Goals => "goals",
            Self::Offer => "offer",
            Self::Formats => "formats",
            Self::Times => "times",
            Self::Zone => "zone",
            Self::Languages => "languages",
            Self::Capacity => "capacity",
            Self::Supervisor => "supervisor",
            Self::Note => "note",
        }
    }
}

impl QuestionKind {
    /// What there is to choose from; nothing for kinds without options.
    #[must_use]
    pub fn options(&self) -> &[ChoiceOption] {
        match self {
            Self::One { options } | Self::Many { options, .. } => options,
            Self::Short { .. } | Self::Long { .. } | Self::YesNo | Self::Number { .. } => &[],
        }
    }

    /// Whether it is answered by choosing rather than by typing.
    #[must_use]
    pub const fn is_choice(&self) -> bool {
        match self {
            Self::One { .. } | Self::Many { .. } | Self::YesNo => true,
            Self::Short { .. } | Self::Long { .. } | Self::Number { .. } => false,
        }
    }
}

impl Question {
    /// The option of this key.
    #[must_use]
    pub fn option(&self, key: &str) -> Option<&ChoiceOption> {
        self.kind.options().iter().find(|option| option.key == key)
    }

    /// Whether people of this role are asked.
    #[must_use]
    pub fn asks(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// Times of day written `08:30`.
pub(crate) mod time_of_day {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(crate) fn serialize<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&time.format("%H:%M"))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(deserializer)?;
        NaiveTime::parse_from_str(&text, "%H:%M")
            .map_err(|_| de::Error::invalid_value(de::Unexpected::Str(&text), &"a time of day such as \"08:30\""))
    }
}
