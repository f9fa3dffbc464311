//! What part of the audit log somebody looks at. It knows the stable names of what is done by their first word alone, and
//! never who did it.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::ids::PersonId;
use crate::text::Lang;
use crate::when::{self, Asked, Missing, Never, Reading, Towards};

/// What belongs together in the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuditGroup {
    /// The season and its dates.
    Season,
    /// The list of participants.
    Roster,
    /// Applications and acknowledgement forms.
    Applications,
    /// Proposals, and what coordinators decided about them.
    Matching,
    /// Pairs that were published.
    Pairs,
    /// The monthly question.
    Nudges,
    /// Announcements, and messages that could not be delivered.
    Announcements,
    /// What coordinators were asked to look at.
    Concerns,
    /// Who coordinates.
    Coordinators,
    /// What was handed out or deleted: reports, exports, a person's own data.
    Reports,
}

impl AuditGroup {
    /// Every group, in the order coordinators are offered them.
    pub const ALL: [Self; 10] = [
        Self::Season,
        Self::Roster,
        Self::Applications,
        Self::Matching,
        Self::Pairs,
        Self::Nudges,
        Self::Announcements,
        Self::Concerns,
        Self::Coordinators,
        Self::Reports,
    ];

    /// The stable name under which commands, controls and catalogues know it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Season => "season",
            Self::Roster => "roster",
            Self::Applications => "applications",
            Self::Matching => "matching",
            Self::Pairs => "pairs",
            Self::Nudges => "nudges",
            Self::Announcements => "announcements",
            Self::Concerns => "concerns",
            Self::Coordinators => "coordinators",
            Self::Reports => "reports",
        }
    }

    /// The one of this name, as [`AuditGroup::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.key() == key)
    }

    /// What the stable names of its deeds begin with, up to the dot: at most three.
    #[must_use]
    pub const fn themes(self) -> &'static [&'static str] {
        match self {
            Self::Season => &["season"],
            Self::Roster => &["roster"],
            Self::Applications => &["application", "agreement"],
            Self::Matching => &["match"],
            Self::Pairs => &["pair"],
            Self::Nudges => &["nudges"],
            Self::Announcements => &["announce", "undelivered"],
            Self::Concerns => &["concern"],
            Self::Coordinators => &["coordinators"],
            Self::Reports => &["report", "audit", "my-data"],
        }
    }

    /// The group of a deed, by its stable name. What a later version wrote down may be in none.
    #[must_use]
    pub fn of(action: &str) -> Option<Self> {
        let theme = action.split('.').next()?;
        Self::ALL.into_iter().find(|group| group.themes().contains(&theme))
    }
}

/// Which entries are looked at; all of them where nothing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditLook {
    /// What this person did, or what was done about them.
    pub about: Option<PersonId>,
    /// What belongs to this group.
    pub group: Option<AuditGroup>,
    /// What was done then or later.
    pub since: Option<DateTime<Utc>>,
}

/// Since when somebody wants to look, as people write a day or a moment that has been: a day begins at its midnight on
/// their clock, and today is a day that has been.
///
/// # Errors
/// Why it is no such day; [`Never::Unreadable`] also where it can be meant in two ways.
pub fn since(text: &str, now: DateTime<Utc>, zone: Tz, lang: Lang) -> Result<DateTime<Utc>, Never> {
    let text = text.trim();
    match when::read(text, &Asked { now, zone, lang, towards: Towards::Past }) {
        Reading::Understood(at) => return Ok(at),
        Reading::Never(never) => return Err(never),
        Reading::Ambiguous(_) | Reading::Incomplete(Missing::Date) => return Err(Never::Unreadable),
        Reading::Incomplete(Missing::Time) => {}
    }
    let midnight = |day: NaiveDate| {
        let skipped = [0, 1, 2, 3].map(|hours| day.and_time(NaiveTime::MIN) + TimeDelta::hours(hours));
        skipped.into_iter().find_map(|local| zone.from_local_datetime(&local).earliest()).map(|at| at.to_utc())
    };
    // At noon of today it may still be morning, and today is meant all the same.
    let today = now.with_timezone(&zone).date_naive();
    let tonight = today.succ_opt().and_then(midnight).ok_or(Never::Unreadable)? - TimeDelta::seconds(1);
    let day = when::read_day(text, &Asked { now: tonight, zone, lang, towards: Towards::Past })?;
    midnight(day).ok_or(Never::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_its_midnight_and_today_is_one() {
        let now: DateTime<Utc> = "2025-03-12T15:30:00Z".parse().unwrap();
        let read = |text, lang| since(text, now, chrono_tz::America::Los_Angeles, lang).map(|at| at.to_rfc3339());
        for (text, lang, at) in [
            ("today", Lang::En, "2025-03-12T07:00:00+00:00"),
            ("hoy", Lang::Es, "2025-03-12T07:00:00+00:00"),
            ("2025-03-12", Lang::En, "2025-03-12T07:00:00+00:00"),
            ("yesterday", Lang::En, "2025-03-11T07:00:00+00:00"),
            (" 2025-02-19 ", Lang::En, "2025-02-19T08:00:00+00:00"),
            ("March 1", Lang::En, "2025-03-01T08:00:00+00:00"),
            ("1 de marzo", Lang::Es, "2025-03-01T08:00:00+00:00"),
            ("3/1/2025", Lang::En, "2025-03-01T08:00:00+00:00"),
            ("monday", Lang::En, "2025-03-10T07:00:00+00:00"),
            ("yesterday 2pm", Lang::En, "2025-03-11T21:00:00+00:00"),
        ] {
            assert_eq!(read(text, lang).as_deref(), Ok(at), "{text}");
        }
        for (text, never) in [
            ("2025-03-13", Never::Future),
            ("tomorrow", Never::Future),
            ("2025-02-30", Never::NoSuchDay),
            ("the beginning", Never::Unreadable),
            // Of this week, or of the one before: nobody can tell.
            ("last monday", Never::Unreadable),
            ("2pm", Never::Unreadable),
            ("", Never::Unreadable),
        ] {
            assert_eq!(read(text, Lang::En), Err(never), "{text}");
        }
    }

    #[test]
    fn a_group_is_known_by_its_key_and_no_deed_is_in_two() {
        for group in AuditGroup::ALL {
            assert_eq!(AuditGroup::from_key(group.key()), Some(group));
            assert!((1..=3).contains(&group.themes().len()), "{group:?}");
            for theme in group.themes() {
                assert_eq!(AuditGroup::of(&format!("{theme}.anything")), Some(group));
            }
        }
        assert_eq!(AuditGroup::from_key("everything"), None);
        assert_eq!(AuditGroup::of("later.thing"), None);
        assert_eq!(AuditGroup::of(""), None);
    }
}
