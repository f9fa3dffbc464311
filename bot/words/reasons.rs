//! Why a pair was made, in words from its own answers.

use plsep_domain::matching::{Reason, WhyUnmatched};
use plsep_domain::{Meaning, Program, Role};

use super::{Arg, Voice};
use crate::chat::Text;

impl Voice<'_> {
    /// Why a pair was made, a plain sentence for each reason.
    #[must_use]
    pub fn reasons(&self, program: &Program, reasons: &[Reason]) -> Vec<String> {
        reasons.iter().map(|reason| self.reason(program, reason).words()).collect()
    }

    /// One reason.
    pub(super) fn reason(&self, program: &Program, reason: &Reason) -> Text {
        let named = |key: &str, meaning: Meaning, keys: &[String]| {
            self.text(key, &[("what", Arg::Words(self.options_named(program, meaning, keys)))])
        };
        match reason {
            Reason::Pinned => self.text("reason-pinned", &[]),
            Reason::SharedSpecialisations(keys) => {
                named("reason-specialisations", Meaning::SpecialisationsOffered, keys)
            }
            Reason::SameTimes { minutes_per_week } => {
                self.text("reason-times", &[("hours", Arg::Number(i64::from(minutes_per_week.div_ceil(60))))])
            }
            Reason::SameFormats(keys) => named("reason-formats", Meaning::Formats, keys),
            Reason::SameLanguages(keys) => named("reason-languages", Meaning::Languages, keys),
            Reason::FurtherPosition => self.text("reason-position", &[]),
            Reason::FirstMeetsStrongest(key) => {
                named("reason-first", Meaning::SpecialisationsOffered, std::slice::from_ref(key))
            }
            Reason::HoldsPositionSought => self.text("reason-sought", &[]),
            Reason::GoalsMeetOffer => self.text("reason-goals", &[]),
            Reason::MoreYears(years) => self.text("reason-years", &[("years", Arg::Number(i64::from(*years)))]),
        }
    }

    pub(super) fn options_named(&self, program: &Program, meaning: Meaning, keys: &[String]) -> String {
        let question = program.meaning(meaning, Role::Mentor);
        let label = |key: &String| {
            let option = question.and_then(|question| question.option(key));
            option.map_or_else(|| key.clone(), |option| option.label.get(self.lang).to_owned())
        };
        keys.iter().map(label).collect::<Vec<_>>().join(", ")
    }
}

/// Under which name the catalogue keeps the sentence for an unmatched person.
pub(super) fn why_key(why: &WhyUnmatched) -> String {
    let name = match why {
        WhyUnmatched::NoEligibleMentor { .. } => "no-eligible-mentor",
        WhyUnmatched::Contested { .. } => "contested",
        WhyUnmatched::NoEligibleMentee { .. } => "no-eligible-mentee",
        WhyUnmatched::NoMenteeLeft { .. } => "no-mentee-left",
        WhyUnmatched::NoPlace => "no-place",
    };
    format!("unmatched-{name}")
}
