//! The season after this one, as a proposal: the same program with its dates, and the years it speaks of, later by whole
//! years. It judges nobody's plans: whoever sets the season up looks at every date first.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Utc};

use super::Program;
use crate::calendar::DateName;
use crate::text::Localised;

/// How many years ahead the next season is looked for. Nobody leaves a program alone for longer.
const YEARS_MAX: u32 = 20;

impl Program {
    /// The first season of this program whose key is not among those `taken` and for which one can still apply: this
    /// one as it is, or else the same some years later. `None` where there is none within reach.
    #[must_use]
    pub fn next(&self, taken: &[String], now: DateTime<Utc>) -> Option<Self> {
        (0..=YEARS_MAX)
            .map(|years| self.later_by(years))
            .find(|next| !taken.contains(&next.key) && next.calendar.instant(DateName::ApplicationsClose) > now)
    }

    /// The same some years later, also where its name, its key, its acknowledgement form and what people read before they
    /// apply speak of the years of its dates.
    fn later_by(&self, years: u32) -> Self {
        if years == 0 {
            return self.clone();
        }
        let spoken: BTreeSet<i32> = DateName::ALL.map(|name| self.calendar.local(name).date().year()).into();
        let later = |text: &str| years_later(text, &spoken, years);
        let both = |text: &Localised| Localised { en: later(&text.en), es: later(&text.es) };
        let mut next = self.clone();
        next.calendar = self.calendar.later_by(years);
        next.key = later(&self.key);
        if next.key == self.key {
            next.key = format!("{}-{}", self.key, next.calendar.local(DateName::RunsFrom).date().year());
        }
        next.name = both(&self.name);
        next.agreement.version = later(&self.agreement.version);
        next.agreement.text = both(&self.agreement.text);
        next.about.what = both(&self.about.what);
        next.about.mentee_benefits = both(&self.about.mentee_benefits);
        next.about.mentor_benefits = both(&self.about.mentor_benefits);
        next.about.expectations = both(&self.about.expectations);
        next
    }
}

/// A text with each of these years, where one stands by itself, later by so many.
fn years_later(text: &str, spoken: &BTreeSet<i32>, by: u32) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for character in text.chars().map(Some).chain([None]) {
        if let Some(digit) = character.filter(char::is_ascii_digit) {
            digits.push(digit);
            continue;
        }
        match digits.parse::<i32>().ok().filter(|year| digits.len() == 4 && spoken.contains(year)) {
            Some(year) => out.push_str(&year.saturating_add_unsigned(by).to_string()),
            None => out.push_str(&digits),
        }
        digits.clear();
        out.extend(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::shipped;

    fn at(moment: &str) -> DateTime<Utc> {
        moment.parse().expect("a moment")
    }

    #[test]
    fn years_move_where_they_stand_by_themselves() {
        let spoken: BTreeSet<i32> = [2025, 2026].into();
        for (text, moved) in [
            ("PLSEP Mentorship Program 2025", "PLSEP Mentorship Program 2027"),
            ("2025/2026", "2027/2028"),
            ("call 120253 or 2025b, in 1999", "call 120253 or 2027b, in 1999"),
            ("no year", "no year"),
            ("año 2026.", "año 2028."),
            ("", ""),
        ] {
            assert_eq!(years_later(text, &spoken, 2), moved);
        }
    }

    #[test]
    fn the_next_season_is_the_first_that_can_still_be_applied_for() {
        let program = shipped();
        let next = |taken: &[&str], now: &str| {
            let taken: Vec<String> = taken.iter().map(|key| (*key).to_owned()).collect();
            program.next(&taken, at(now)).map(|next| next.key)
        };
        let after = "2025-08-01T00:00:00Z";
        assert_eq!(next(&[], "2025-01-01T00:00:00Z").as_deref(), Some("plsep-2025"), "a file that was not used yet");
        assert_eq!(next(&["plsep-2025"], "2025-01-01T00:00:00Z").as_deref(), Some("plsep-2026"));
        assert_eq!(next(&["plsep-2025"], after).as_deref(), Some("plsep-2026"));
        assert_eq!(next(&["plsep-2025", "plsep-2026"], after).as_deref(), Some("plsep-2027"));
        assert_eq!(next(&["plsep-2025"], "2027-08-01T00:00:00Z").as_deref(), Some("plsep-2028"));
        assert_eq!(next(&["plsep-2025"], "2099-01-01T00:00:00Z"), None);
    }

    #[test]
    fn a_season_is_whole_after_every_shift() {
        let program = shipped();
        for years in 0..=YEARS_MAX {
            let later = program.later_by(years);
            assert_eq!(later.check(), [], "{years} years later");
            assert_eq!(later.questions, program.questions);
            assert_eq!(later.calendar.periods().len(), program.calendar.periods().len());
        }
        let next = program.later_by(1);
        assert_eq!(next.name.en, "PLSEP Mentorship Program 2026");
        assert_eq!(next.agreement.version, "2026-1");
        assert!(next.agreement.text.es.contains("30 de junio de 2026"), "{}", next.agreement.text.es);
        assert_eq!(next.calendar.local(DateName::ApplicationsClose).to_string(), "2026-02-17 23:59");
    }

    #[test]
    fn a_key_without_a_year_is_given_one() {
        let mut program = shipped();
        "mentors".clone_into(&mut program.key);
        assert_eq!(program.later_by(2).key, "mentors-2027");
        program.calendar.set(DateName::WrapUpUntil, "2028-02-29".parse::<crate::LocalTime>().unwrap()).unwrap();
        let last = program.later_by(1).calendar.local(DateName::WrapUpUntil);
        assert_eq!(last.to_string(), "2029-02-28", "a leap day has none in most years");
    }
}
