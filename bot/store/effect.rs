//! Effects: what is to happen in a chat, kept until it has happened.
//!
//! Pure data. What each step of an effect means, and how it is carried out once, is the worker's business.

use chrono::{DateTime, Utc};
use plsep_domain::{ApplicationId, CommunityId, MeetingId, Occasion, PairId, Period, PersonId, SeasonId};
use serde::{Deserialize, Serialize};

use crate::chat::{Message, Room, UserRef};

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
    /// Takes somebody out of the coordinators' private place, unless they are a coordinator, by name or by a group.
    Dismiss {
        /// Who.
        person: PersonId,
    },
    /// Takes away what a request that was given up and arrived late has left a second time.
    Sweep {
        /// The key of the effect.
        of: String,
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

/// Which of a platform's budgets an effect waits for. Where one is used up, the effects that need it stay
/// where they are until it fills again, and others go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Places are opened.
    Open,
    /// Places are closed.
    Close,
    /// People are written to directly.
    Direct,
    /// Everything else.
    Post,
}

impl Pace {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Close, Self::Direct, Self::Post];

    /// Its stable name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Close => "close",
            Self::Direct => "direct",
            Self::Post => "post",
        }
    }
}

impl Effect {
    /// The conversation an effect goes to. What goes to one conversation goes in order, one after the other.
    /// A change of a message belongs where the message is, so it has none of its own.
    #[must_use]
    pub fn lane(&self, community: CommunityId) -> Option<String> {
        match self {
            Self::Introduce { pair, .. } | Self::Post { to: To::Pair(pair), .. } | Self::Farewell { pair, .. } => {
                Some(format!("pair:{pair}"))
            }
            Self::Post { to: To::Person(person), .. } => Some(format!("person:{person}")),
            Self::Post { to: To::Coordinators, .. }
            | Self::OpenCoordinators { .. }
            | Self::Admit { .. }
            | Self::Dismiss { .. } => Some(format!("office:{community}")),
            Self::Update { .. } | Self::Sweep { .. } => None,
        }
    }

    /// The same without a mention of these people in its message, if it posts one.
    #[must_use]
    pub fn without_mentions(self, people: &[UserRef]) -> Self {
        match self {
            Self::Post { to, message } => Self::Post { to, message: message.without_mentions(people) },
            other => other,
        }
    }

    /// Whether it leaves a message.
    #[must_use]
    pub const fn posts(&self) -> bool {
        match self {
            Self::Introduce { .. } | Self::Post { .. } | Self::OpenCoordinators { .. } | Self::Farewell { .. } => true,
            Self::Update { .. } | Self::Admit { .. } | Self::Dismiss { .. } | Self::Sweep { .. } => false,
        }
    }

    /// The budget it waits for.
    #[must_use]
    pub const fn pace(&self) -> Pace {
        match self {
            Self::Introduce { .. } | Self::OpenCoordinators { .. } => Pace::Open,
            Self::Farewell { .. } => Pace::Close,
            Self::Post { to: To::Person(_), .. } => Pace::Direct,
            Self::Post { .. }
            | Self::Update { .. }
            | Self::Admit { .. }
            | Self::Dismiss { .. }
            | Self::Sweep { .. } => Pace::Post,
        }
    }

    /// The key of the effect that it is about, if it is about another one.
    #[must_use]
    pub fn changes(&self) -> Option<&str> {
        match self {
            Self::Update { posted: of, .. } | Self::Sweep { of } => Some(of),
            _ => None,
        }
    }
}

/// On which terms an effect is carried out. The usual ones: at a civil hour of its readers, come what may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// Only as long as this holds; after that nobody sees anything of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Wanted>,
    /// It answers what its reader has just done, so no hour is too late for it as long as it comes soon.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub answer: bool,
}

/// As long as what an effect is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// The word that messages wait for somebody: until they have read them all.
    Unread {
        /// Who.
        person: PersonId,
    },
    /// The question about a month: while the two are introduced, not parted, and have not said that they met,
    /// that it is planned, or that a coordinator is needed; and while somebody who is asked neither pauses nor has
    /// answered since.
    Nudge {
        /// The pair.
        pair: PairId,
        /// The month.
        period: Period,
        /// Who is asked; both where nobody is named.
        #[serde(default)]
        people: Vec<PersonId>,
    },
    /// What is said of a meeting: while it has not changed, its pair lives, and, where it is about a plan, nobody has
    /// answered for it or called it off.
    Meeting {
        /// The meeting.
        meeting: MeetingId,
        /// The state of it that is told of.
        sequence: i64,
        /// It is about a plan.
        planned: bool,
    },
    /// The private question about the fit: while the two are introduced and the person has not answered. Whoever pauses
    /// is asked afterwards.
    Pulse {
        /// The pair.
        pair: PairId,
        /// Who is asked.
        person: PersonId,
        /// Why.
        occasion: Occasion,
    },
    /// The note that a pause is over: unless it was ended, or changed, before.
    Resumed {
        /// Who paused.
        person: PersonId,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// The closing survey mentioned once more: while the person has not answered it and still can.
    Survey {
        /// The season.
        season: SeasonId,
        /// The person.
        person: PersonId,
    },
    /// The reminder to send an application: while it is not sent and can be.
    Draft {
        /// The application.
        application: ApplicationId,
    },
    /// The reminder to sign the acknowledgement form: while the person is in a pair and has not signed.
    Signature {
        /// The season.
        season: SeasonId,
        /// Who is to sign.
        person: PersonId,
    },
}
