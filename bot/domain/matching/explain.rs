//! Why each pair was proposed, and why each unmatched person was not.
//!
//! Reasons are data taken from people's own answers; the words are made elsewhere. It decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Candidate, Matching, PairKey, Problem, ProposedPair, Rule, fit};
use crate::ids::PersonId;

/// One reason for a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A coordinator decided on it.
    Pinned,
    /// The mentor offers these of what the mentee seeks: option keys, in alphabetical order.
    SharedSpecialisations(Vec<String>),
    /// They can usually meet at the same hours.
    SameTimes {
        /// How many minutes of a week.
        minutes_per_week: u32,
    },
    /// They like to meet the same way: option keys.
    SameFormats(Vec<String>),
    /// They share these languages: option keys.
    SameLanguages(Vec<String>),
    /// The mentor's position is further along.
    FurtherPosition,
    /// The mentor has this many more years in libraries.
    MoreYears(u32),
}

/// Why somebody is in no pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyUnmatched {
    /// A mentee for whom every mentor is ruled out: how many by which rule.
    NoEligibleMentor {
        /// Mentors by the rule against them.
        by_rule: BTreeMap<Rule, u32>,
    },
    /// A mentee whom some mentors suit, all of whose places went to others, so that as many as possible
    /// got a mentor and the fits together are best.
    Contested {
        /// How many mentors would have suited.
        eligible: u32,
    },
    /// A mentor for whom every mentee is ruled out: how many by which rule.
    NoEligibleMentee {
        /// Mentees by the rule against them.
        by_rule: BTreeMap<Rule, u32>,
    },
    /// A mentor whom some mentees suit, all of whom found a mentor elsewhere.
    NoMenteeLeft {
        /// How many mentees would have suited.
        eligible: u32,
    },
    /// A mentor who offers no place.
    NoPlace,
}

/// The proposal that these pairs make, with all its reasons.
pub(super) fn explain(
    problem: &Problem,
    mentees: &BTreeMap<PersonId, &Candidate>,
    mentors: &BTreeMap<PersonId, &Candidate>,
    chosen: &BTreeSet<PairKey>,
) -> Matching {
    let pairs = chosen.iter().map(|pair| proposed(problem, *pair, mentees[&pair.mentee], mentors[&pair.mentor]));
    let paired_mentees: BTreeSet<PersonId> = chosen.iter().map(|pair| pair.mentee).collect();
    let paired_mentors: BTreeSet<PersonId> = chosen.iter().map(|pair| pair.mentor).collect();
    let unmatched_mentees = mentees.iter().filter(|(id, _)| !paired_mentees.contains(id)).map(|(id, mentee)| {
        // A mentor without any place could not have taken this or any mentee.
        let open = mentors.values().filter(|mentor| mentor.capacity > 0);
        let (eligible, by_rule) = judge(open.map(|mentor| problem.rule_against(mentee, mentor)));
        let why = match eligible {
            0 => WhyUnmatched::NoEligibleMentor { by_rule },
            eligible => WhyUnmatched::Contested { eligible },
        };
        (*id, why)
    });
    let unmatched_mentors = mentors.iter().filter(|(id, _)| !paired_mentors.contains(id)).map(|(id, mentor)| {
        let (eligible, by_rule) = judge(mentees.values().map(|mentee| problem.rule_against(mentee, mentor)));
        let why = match eligible {
            _ if mentor.capacity == 0 => WhyUnmatched::NoPlace,
            0 => WhyUnmatched::NoEligibleMentee { by_rule },
            eligible => WhyUnmatched::NoMenteeLeft { eligible },
        };
        (*id, why)
    });
    Matching {
        pairs: pairs.collect(),
        unmatched_mentees: unmatched_mentees.collect(),
        unmatched_mentors: unmatched_mentors.collect(),
    }
}

/// How many are not ruled out, and how many are by which rule.
fn judge(rules: impl Iterator<Item = Option<Rule>>) -> (u32, BTreeMap<Rule, u32>) {
    let mut eligible = 0;
    let mut by_rule = BTreeMap::new();
    for rule in rules {
        match rule {
            Some(rule) => *by_rule.entry(rule).or_default() += 1,
            None => eligible += 1,
        }
    }
    (eligible, by_rule)
}

fn proposed(problem: &Problem, pair: PairKey, mentee: &Candidate, mentor: &Candidate) -> ProposedPair {
    let pinned = problem.pinned.contains(&pair);
    let fit = fit(mentee, mentor, &problem.rule.weights);
    ProposedPair { pair, pinned, fit, reasons: reasons(pinned, mentee, mentor) }
}

/// What speaks for the pair, weightiest first in the usual program.
fn reasons(pinned: bool, mentee: &Candidate, mentor: &Candidate) -> Vec<Reason> {
    let common = |one: &BTreeSet<String>, two: &BTreeSet<String>| -> Option<Vec<String>> {
        let keys: Vec<String> = one.intersection(two).cloned().collect();
        (!keys.is_empty()).then_some(keys)
    };
    let minutes = mentee.hours.common_minutes(&mentor.hours);
    let further = mentee.position.zip(mentor.position).is_some_and(|(mentee, mentor)| mentor > mentee);
    let years = mentee.years.zip(mentor.years).map_or(0, |(mentee, mentor)| mentor.saturating_sub(mentee));
    let years = u32::try_from(years).unwrap_or(0);
    [
        pinned.then_some(Reason::Pinned),
        common(&mentee.specialisations, &mentor.specialisations).map(Reason::SharedSpecialisations),
        (minutes > 0).then_some(Reason::SameTimes { minutes_per_week: minutes }),
        common(&mentee.formats, &mentor.formats).map(Reason::SameFormats),
        common(&mentee.languages, &mentor.languages).map(Reason::SameLanguages),
        further.then_some(Reason::FurtherPosition),
        (years > 0).then_some(Reason::MoreYears(years)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
