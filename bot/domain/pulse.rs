//! The private question about the fit: on which occasion each person of a pair is asked, once, and what they can say.
//! It breaks nobody up; what somebody says is for the coordinators alone.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, DateName};

/// Two questions about the fit lie at least so far apart.
const APART: TimeDelta = TimeDelta::days(14);

/// In the last days of the run nobody is asked: the closing survey does that.
const LAST_DAYS: TimeDelta = TimeDelta::days(14);

/// Why somebody is asked about the fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The two have met for the first time.
    FirstMeeting,
    /// Half of the run is over.
    MidTerm,
}

impl Occasion {
    /// Both, in the order in which they come.
    pub const ALL: [Self; 2] = [Self::FirstMeeting, Self::MidTerm];

    /// The stable name under which stores and catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::FirstMeeting => "first_meeting",
            Self::MidTerm => "mid_term",
        }
    }

    /// The one of this name, as [`Occasion::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|occasion| occasion.key() == key)
    }
}

/// How somebody finds the fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// Good.
    Good,
    /// Still deciding.
    Deciding,
    /// Not a good fit.
    NotGood,
}

impl Fit {
    /// Every answer, in the order people are offered them.
    pub const ALL: [Self; 3] = [Self::Good, Self::Deciding, Self::NotGood];

    /// The stable name under which stores and catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Deciding => "deciding",
            Self::NotGood => "not_good",
        }
    }

    /// The one of this name, as [`Fit::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fit| fit.key() == key)
    }
}

/// What somebody wants for whom it is not a good fit. A coordinator decides with them; nothing follows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FitWish {
    /// To talk about it.
    Talk,
    /// Another partner.
    Another,
    /// That it is known, and no more.
    Nothing,
}

impl FitWish {
    /// Every wish, in the order people are offered them.
    pub const ALL: [Self; 3] = [Self::Talk, Self::Another, Self::Nothing];

    /// The stable name under which catalogues keep it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Talk => "talk",
            Self::Another => "another",
            Self::Nothing => "nothing",
        }
    }

    /// The one of this name, as [`FitWish::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wish| wish.key() == key)
    }
}

/// What is known of one person of an introduced pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PulseFacts {
    /// When the two met first, as far as they have said.
    pub first_met: Option<DateTime<Utc>>,
    /// On which occasions the person was asked, and when.
    pub asked: Vec<(Occasion, DateTime<Utc>)>,
    /// Until when they asked not to be asked.
    pub snoozed_until: Option<DateTime<Utc>>,
}

/// The occasion on which the person is to be asked now: the day after the first meeting, and from the middle of the run
/// on. What was missed is made good while it still makes sense.
#[must_use]
pub fn pulse_due(facts: &PulseFacts, calendar: &Calendar, now: DateTime<Utc>) -> Option<Occasion> {
    let PulseFacts { first_met, asked, snoozed_until } = facts;
    let (from, until) = (calendar.instant(DateName::RunsFrom), calendar.instant(DateName::RunsUntil));
    if now < from || until - LAST_DAYS <= now || snoozed_until.is_some_and(|until| until > now) {
        return None;
    }
    if asked.iter().any(|(_, at)| now - *at < APART) {
        return None;
    }
    let open = |occasion| asked.iter().all(|(known, _)| *known != occasion);
    if open(Occasion::FirstMeeting) && first_met.is_some_and(|met| is_later_day(met, now, calendar.zone())) {
        return Some(Occasion::FirstMeeting);
    }
    (open(Occasion::MidTerm) && from + (until - from) / 2 <= now).then_some(Occasion::MidTerm)
}

fn is_later_day(met: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> bool {
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    day(met) < day(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        let dates = r#"
            zone = "America/Los_Angeles"
            applications_open = "2025-01-13 09:00"
            applications_close = "2025-02-17 23:59"
            agreements_due = "2025-03-01"
            runs_from = "2025-03-01"
            runs_until = "2025-06-30"
            wrap_up_until = "2025-07-14"
        "#;
        toml::from_str(dates).expect("the dates are in order")
    }

    fn at(day: &str) -> DateTime<Utc> {
        format!("{day}T17:00:00Z").parse().expect("a day")
    }

    fn due(met: Option<&str>, asked: &[(Occasion, &str)], snoozed: Option<&str>, now: &str) -> Option<Occasion> {
        let asked = asked.iter().map(|(occasion, day)| (*occasion, at(day))).collect();
        let facts = PulseFacts { first_met: met.map(at), asked, snoozed_until: snoozed.map(at) };
        pulse_due(&facts, &calendar(), at(now))
    }

    #[test]
    fn each_occasion_comes_once_and_not_two_in_a_row() {
        use Occasion::{FirstMeeting as First, MidTerm as Mid};
        for (met, asked, snoozed, now, expected) in [
            (None, &[][..], None, "2025-03-20", None),
            (Some("2025-03-20"), &[], None, "2025-03-20", None),
            (Some("2025-03-20"), &[], None, "2025-03-21", Some(First)),
            (Some("2025-03-20"), &[(First, "2025-03-21")], None, "2025-03-22", None),
            (Some("2025-03-20"), &[(First, "2025-03-21")], None, "2025-04-29", None),
            (Some("2025-03-20"), &[(First, "2025-03-21")], None, "2025-05-01", Some(Mid)),
            (Some("2025-04-28"), &[(First, "2025-04-29")], None, "2025-05-01", None),
            (Some("2025-04-28"), &[(First, "2025-04-29")], None, "2025-05-13", Some(Mid)),
            (None, &[], None, "2025-05-01", Some(Mid)),
            (Some("2025-05-20"), &[(Mid, "2025-05-01")], None, "2025-05-21", Some(First)),
            (Some("2025-03-20"), &[], Some("2025-04-01"), "2025-03-25", None),
            (Some("2025-03-20"), &[], Some("2025-04-01"), "2025-04-02", Some(First)),
            (Some("2025-03-20"), &[], None, "2025-06-17", None),
            (Some("2025-02-20"), &[], None, "2025-02-25", None),
        ] {
            assert_eq!(due(met, asked, snoozed, now), expected, "{met:?} {asked:?} {snoozed:?} {now}");
        }
    }

    #[test]
    fn names_come_back_as_they_went() {
        for occasion in Occasion::ALL {
            assert_eq!(Occasion::from_key(occasion.key()), Some(occasion));
        }
        for fit in Fit::ALL {
            assert_eq!(Fit::from_key(fit.key()), Some(fit));
        }
        for wish in FitWish::ALL {
            assert_eq!(FitWish::from_key(wish.key()), Some(wish));
        }
    }
}
