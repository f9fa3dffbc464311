//! Who is paired with whom: rules, fit, solution and reasons.
//!
//! First as many mentees as possible get a mentor, then the sum of all fits is as great as possible, under
//! rules that nothing outweighs. The same people always give the same pairs, in whatever order they are
//! listed. Nothing about a person counts but their own answers to the program's questions; who they are
//! does not. It proposes; a coordinator publishes.

mod candidate;
mod certify;
mod explain;
mod hours;
mod instance;
mod levels;
mod lot;
mod score;
mod solve;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};

pub use candidate::Candidate;
pub use certify::{Certified, Solution, Uncertified, certify};
pub use explain::{Reason, WhyUnmatched};
pub use hours::WeekHours;
pub use instance::{Instance, Misfit, PEOPLE_MAX, Parts, Table};
pub use levels::{BEST_SCORE, Cost, KEPT_BONUS, Keep, Level, Levels, Policy};
pub use lot::{LOT_BITS, lot_key};
pub use score::{Fit, fit, rule_against};
pub use solve::solve;

use crate::{ids::PersonId, program::MatchingRule, refusal::Refusal};

/// A rule that forbids a pair, however well the two would fit. In the order in which they are told: of
/// several, the first counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Nobody mentors themselves.
    Oneself,
    /// One is the other's supervisor.
    OwnSupervisor,
    /// A coordinator forbade the pair.
    Forbidden,
    /// They work in one library system.
    SameLibrarySystem,
}

impl Rule {
    /// The stable name under which the text catalogue keeps this rule.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Oneself => "oneself",
            Self::OwnSupervisor => "own-supervisor",
            Self::Forbidden => "forbidden",
            Self::SameLibrarySystem => "same-library-system",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// A mentee and a mentor, in that order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PairKey {
    /// The mentee.
    pub mentee: PersonId,
    /// The mentor.
    pub mentor: PersonId,
}

/// Everything that decides a matching.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Who seeks a mentor. Each person once; a second entry of one person is ignored.
    pub mentees: Vec<Candidate>,
    /// Who offers to mentor. Each person once; a second entry of one person is ignored.
    pub mentors: Vec<Candidate>,
    /// Pairs a coordinator has decided on.
    pub pinned: BTreeSet<PairKey>,
    /// Pairs a coordinator rules out.
    pub forbidden: BTreeSet<PairKey>,
    /// Who was whose mentor before, as proposed or as published. People who have gone may be among them.
    #[serde(default)]
    pub previous: BTreeSet<PairKey>,
    /// What counts as poor, and what becomes of earlier pairs.
    #[serde(default)]
    pub policy: Policy,
    /// The program's rule.
    pub rule: MatchingRule,
}

/// A proposed set of pairs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matching {
    /// The pairs, by mentee.
    pub pairs: Vec<ProposedPair>,
    /// Each mentee without a mentor, and why.
    pub unmatched_mentees: BTreeMap<PersonId, WhyUnmatched>,
    /// Each mentor without a mentee, and why.
    pub unmatched_mentors: BTreeMap<PersonId, WhyUnmatched>,
}

/// One proposed pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedPair {
    /// Who.
    pub pair: PairKey,
    /// Whether a coordinator decided on it.
    pub pinned: bool,
    /// How well they fit.
    pub fit: Fit,
    /// Why, from their own answers.
    pub reasons: Vec<Reason>,
}

impl Matching {
    /// The sum of all fits.
    #[must_use]
    pub fn total_score(&self) -> u64 {
        self.pairs.iter().map(|pair| u64::from(pair.fit.total())).sum()
    }
}

/// Why there is no proposal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotProposed {
    /// What a coordinator asked for cannot be.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// More people than can be counted.
    #[error(transparent)]
    Misfit(#[from] Misfit),
    /// The solver made a mistake. Nothing of it may be shown.
    #[error("a matching failed its check: {0}")]
    Uncertified(#[from] Uncertified),
}

/// Proposes the pairs.
///
/// # Errors
/// What is wrong with the pins: [`Refusal::UnknownPerson`], [`Refusal::PinnedTwice`],
/// [`Refusal::PinImpossible`] or [`Refusal::OverCapacity`]; [`Refusal::NothingToPropose`] when there is no
/// mentee or no mentor at all; and whatever is ours to mend.
pub fn propose(problem: &Problem) -> Result<Matching, NotProposed> {
    let mentees: BTreeMap<PersonId, &Candidate> = by_id(&problem.mentees);
    let mentors: BTreeMap<PersonId, &Candidate> = by_id(&problem.mentors);
    if mentees.is_empty() || mentors.is_empty() {
        return Err(Refusal::NothingToPropose.into());
    }
    check_pins(problem, &mentees, &mentors)?;
    let rows: Vec<&Candidate> = mentees.values().copied().collect();
    let columns: Vec<&Candidate> = mentors.values().copied().collect();
    let instance = Instance::new(problem.parts(&rows, &columns))?;
    let certified = certify(&instance, solve(&instance))?;
    let pairs = certified
        .solution()
        .seats
        .iter()
        .zip(&rows)
        .filter_map(|(seat, mentee)| Some(PairKey { mentee: mentee.person, mentor: columns[(*seat)?].person }));
    Ok(explain::explain(problem, &mentees, &mentors, &pairs.collect()))
}

impl Problem {
    /// The rule against this pair, if there is one, counting what coordinators forbade.
    #[must_use]
    pub fn rule_against(&self, mentee: &Candidate, mentor: &Candidate) -> Option<Rule> {
        let forbidden = self.forbidden.contains(&PairKey { mentee: mentee.person, mentor: mentor.person });
        let rule = rule_against(mentee, mentor, &self.rule);
        rule.into_iter().chain(forbidden.then_some(Rule::Forbidden)).min()
    }

    /// The problem as numbers: rows and columns as these people come, which are in the order of their ids.
    fn parts(&self, mentees: &[&Candidate], mentors: &[&Candidate]) -> Parts {
        let mut table = Table::new(mentees.len(), mentors.len());
        for (row, mentee) in mentees.iter().enumerate() {
            for (column, mentor) in mentors.iter().enumerate() {
                if self.rule_against(mentee, mentor).is_none() {
                    let total = fit(mentee, mentor, &self.rule.weights).total();
                    table.set(row, column, Some(u8::try_from(total).unwrap_or(BEST_SCORE)));
                }
            }
        }
        let column_of = |person: PersonId| mentors.binary_search_by_key(&person, |mentor| mentor.person).ok();
        let among = |pairs: &BTreeSet<PairKey>| -> Vec<Option<usize>> {
            let mentor_of: BTreeMap<PersonId, PersonId> = pairs.iter().map(|pair| (pair.mentee, pair.mentor)).collect();
            mentees.iter().map(|mentee| column_of(*mentor_of.get(&mentee.person)?)).collect()
        };
        let key = |role: &str, person: PersonId| lot_key(format!("{role} {person}").as_bytes());
        Parts {
            table,
            places: mentors.iter().map(|mentor| mentor.capacity).collect(),
            pinned: among(&self.pinned),
            previous: among(&self.previous),
            mentee_keys: mentees.iter().map(|mentee| key("mentee", mentee.person)).collect(),
            mentor_keys: mentors.iter().map(|mentor| key("mentor", mentor.person)).collect(),
            policy: self.policy,
        }
    }
}

/// By id, so that the order in which people are listed decides nothing. Of two entries with one id the
/// smaller counts, for the same reason.
fn by_id(candidates: &[Candidate]) -> BTreeMap<PersonId, &Candidate> {
    let mut sorted: Vec<&Candidate> = candidates.iter().collect();
    sorted.sort();
    let mut people = BTreeMap::new();
    for candidate in sorted {
        people.entry(candidate.person).or_insert(candidate);
    }
    people
}

/// Whether every pin can be kept.
fn check_pins(
    problem: &Problem,
    mentees: &BTreeMap<PersonId, &Candidate>,
    mentors: &BTreeMap<PersonId, &Candidate>,
) -> Result<(), Refusal> {
    let mut left: BTreeMap<PersonId, u32> = mentors.iter().map(|(id, mentor)| (*id, mentor.capacity)).collect();
    let mut seen = BTreeSet::new();
    for PairKey { mentee, mentor } in problem.pinned.iter().copied() {
        let (Some(seeker), Some(guide)) = (mentees.get(&mentee), mentors.get(&mentor)) else {
            return Err(Refusal::UnknownPerson);
        };
        if !seen.insert(mentee) {
            return Err(Refusal::PinnedTwice { mentee });
        }
        if let Some(rule) = problem.rule_against(seeker, guide) {
            return Err(Refusal::PinImpossible { mentee, mentor, rule });
        }
        let left = left.entry(mentor).or_default();
        *left = left.checked_sub(1).ok_or(Refusal::OverCapacity { mentor, capacity: guide.capacity })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
