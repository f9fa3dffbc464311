//! Why each pair was proposed, and why each unmatched person was not.
//!
//! Reasons are data taken from people's own answers; the words are made elsewhere. It decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::score::{holds_what_is_sought, shared_goals};
use super::{
    Candidate, Certified, Level, Matching, PairKey, Problem, ProposedPair, Rule, Standing, contests, fit,
    people::People, standings,
};
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
    /// What the mentee wants to reach and what the mentor offers speak of the same things.
    GoalsMeetOffer,
    /// The mentor knows best what matters most to the mentee: an option key.
    FirstMeetsStrongest(String),
    /// The mentor holds the position that the mentee aims for.
    HoldsPositionSought,
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
        /// Which of the matching's contests they lost. Unknown for proposals made before that was worked out.
        #[serde(default)]
        contest: Option<usize>,
        /// What they seek and no mentor offers: option keys.
        #[serde(default)]
        topics_nobody_offers: BTreeSet<String>,
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

/// Mentees who can go to none but some mentors, and are more than their places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedContest {
    /// The mentees, with and without a place.
    pub mentees: Vec<PersonId>,
    /// The mentors.
    pub mentors: Vec<PersonId>,
    /// How many places the mentors have together.
    pub places: u64,
}

/// Where a mentor stands among those who would have suited a mentee; see [`Standing`](super::Standing).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedStanding {
    /// 1 is the best.
    pub rank: u32,
    /// How many would have suited.
    pub of: u32,
    /// The best of those who would have been better.
    pub better: Vec<NamedBetter>,
}

/// A mentor who would have been better; see [`Better`](super::Better).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedBetter {
    /// Who.
    pub mentor: PersonId,
    /// The score the pair would have had.
    pub score: u32,
    /// Who has the mentor's places.
    pub held_by: Vec<PersonId>,
    /// On which level making the pair would cost all something, and how much.
    pub stake: Option<(Level, u64)>,
}

/// The proposal that these seats make, with all its reasons.
pub(super) fn explain(problem: &Problem, people: &People<'_>, certified: &Certified) -> Matching {
    let seats = &certified.solution().seats;
    let contests = contests(&people.instance, seats);
    let standings = standings(&people.instance, certified);
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let (mut pairs, mut unmatched_mentees) = (Vec::new(), BTreeMap::new());
    for (row, (mentee, standing)) in people.mentees.iter().zip(standings).enumerate() {
        let Some(column) = seats[row] else {
            let lost = contests.lost.get(&row).copied().flatten();
            unmatched_mentees.insert(mentee.person, why_without_mentor(problem, people, mentee, lost));
            continue;
        };
        taken.insert(column);
        let mut pair = proposed(problem, mentee, people.mentors[column]);
        pair.standing = standing.map(|standing| named(people, standing));
        pairs.push(pair);
    }
    let unmatched_mentors = people.mentors.iter().enumerate().filter(|(column, _)| !taken.contains(column));
    let unmatched_mentors =
        unmatched_mentors.map(|(_, mentor)| (mentor.person, why_without_mentee(problem, people, mentor)));
    let contests = contests.contests.iter().map(|contest| NamedContest {
        mentees: contest.mentees.iter().map(|row| people.mentee(*row)).collect(),
        mentors: contest.mentors.iter().map(|column| people.mentor(*column)).collect(),
        places: contest.places,
    });
    Matching {
        pairs,
        unmatched_mentees,
        unmatched_mentors: unmatched_mentors.collect(),
        contests: contests.collect(),
        levels: certified.levels(),
        parted: Vec::new(),
    }
}

fn named(people: &People<'_>, standing: Standing) -> NamedStanding {
    let better = standing.better.into_iter().map(|better| NamedBetter {
        mentor: people.mentor(better.mentor),
        score: u32::from(better.score),
        held_by: better.held_by.iter().map(|row| people.mentee(*row)).collect(),
        stake: better.stake.map(|stake| (stake.level, stake.amount)),
    });
    NamedStanding { rank: standing.rank, of: standing.of, better: better.collect() }
}

fn why_without_mentor(
    problem: &Problem,
    people: &People<'_>,
    mentee: &Candidate,
    contest: Option<usize>,
) -> WhyUnmatched {
    // A mentor without any place could not have taken this or any mentee.
    let open = people.mentors.iter().filter(|mentor| mentor.capacity > 0);
    let (eligible, by_rule) = judge(open.map(|mentor| problem.rule_against(mentee, mentor)));
    match eligible {
        0 => WhyUnmatched::NoEligibleMentor { by_rule },
        eligible => WhyUnmatched::Contested {
            eligible,
            contest,
            topics_nobody_offers: unoffered_topics(mentee, people.mentors.iter().copied()),
        },
    }
}

fn why_without_mentee(problem: &Problem, people: &People<'_>, mentor: &Candidate) -> WhyUnmatched {
    let (eligible, by_rule) = judge(people.mentees.iter().map(|mentee| problem.rule_against(mentee, mentor)));
    match eligible {
        _ if mentor.capacity == 0 => WhyUnmatched::NoPlace,
        0 => WhyUnmatched::NoEligibleMentee { by_rule },
        eligible => WhyUnmatched::NoMenteeLeft { eligible },
    }
}

/// What a mentee seeks and no mentor with a place offers: option keys.
pub fn unoffered_topics<'a>(mentee: &Candidate, mentors: impl Iterator<Item = &'a Candidate>) -> BTreeSet<String> {
    let mut missing = mentee.specialisations.clone();
    for mentor in mentors.filter(|mentor| mentor.capacity > 0) {
        missing.retain(|topic| !mentor.specialisations.contains(topic));
    }
    missing
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

fn proposed(problem: &Problem, mentee: &Candidate, mentor: &Candidate) -> ProposedPair {
    let pair = PairKey { mentee: mentee.person, mentor: mentor.person };
    let pinned = problem.pinned.contains(&pair);
    let fit = fit(mentee, mentor, &problem.rule.weights);
    ProposedPair { pair, pinned, fit, reasons: reasons(pinned, mentee, mentor), standing: None }
}

/// What speaks for the pair, weightiest first in the usual program.
#[must_use]
pub fn reasons(pinned: bool, mentee: &Candidate, mentor: &Candidate) -> Vec<Reason> {
    let common = |one: &BTreeSet<String>, two: &BTreeSet<String>| -> Option<Vec<String>> {
        let keys: Vec<String> = one.intersection(two).cloned().collect();
        (!keys.is_empty()).then_some(keys)
    };
    let minutes = mentee.hours.common_minutes(&mentor.hours);
    let further = mentee.position.zip(mentor.position).is_some_and(|(mentee, mentor)| mentor > mentee);
    let years = mentee.years.zip(mentor.years).map_or(0, |(mentee, mentor)| mentor.saturating_sub(mentee));
    let years = u32::try_from(years).unwrap_or(0);
    let best = mentee.first.clone().filter(|first| mentor.first.as_ref() == Some(first));
    // A wish is between the mentee and the coordinators, so that it is no reason to be told.
    [
        pinned.then_some(Reason::Pinned),
        common(&mentee.specialisations, &mentor.specialisations).map(Reason::SharedSpecialisations),
        best.map(Reason::FirstMeetsStrongest),
        holds_what_is_sought(mentee, mentor).then_some(Reason::HoldsPositionSought),
        (minutes > 0).then_some(Reason::SameTimes { minutes_per_week: minutes }),
        common(&mentee.formats, &mentor.formats).map(Reason::SameFormats),
        common(&mentee.languages, &mentor.languages).map(Reason::SameLanguages),
        further.then_some(Reason::FurtherPosition),
        (years > 0).then_some(Reason::MoreYears(years)),
        (shared_goals(mentee, mentor) > 0).then_some(Reason::GoalsMeetOffer),
    ]
    .into_iter()
    .flatten()
    .collect()
}
