//! Who is paired with whom: rules, fit, solution and reasons.
//!
//! First as many mentees as possible get a mentor, then the sum of all fits is as great as possible, under
//! rules that nothing outweighs. The same people always give the same pairs, in whatever order they are
//! listed. Nothing about a person counts but their own answers to the program's questions; who they are
//! does not. It proposes; a coordinator publishes.

mod candidate;
mod explain;
mod hours;
mod score;
mod solve;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};

pub use candidate::Candidate;
pub use explain::{Reason, WhyUnmatched};
pub use hours::WeekHours;
pub use score::{Fit, fit, rule_against};

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

    /// Whether a coordinator's pin may set it aside. They may know better where people work; a supervisor
    /// stays a supervisor.
    #[must_use]
    pub const fn yields_to_pin(self) -> bool {
        match self {
            Self::SameLibrarySystem => true,
            Self::Oneself | Self::OwnSupervisor | Self::Forbidden => false,
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

/// Proposes the pairs.
///
/// # Errors
/// What is wrong with the pins: [`Refusal::UnknownPerson`], [`Refusal::PinnedTwice`],
/// [`Refusal::PinImpossible`] or [`Refusal::OverCapacity`]; and [`Refusal::NothingToPropose`] when there is
/// no mentee or no mentor at all.
pub fn propose(problem: &Problem) -> Result<Matching, Refusal> {
    let mentees: BTreeMap<PersonId, &Candidate> = by_id(&problem.mentees);
    let mentors: BTreeMap<PersonId, &Candidate> = by_id(&problem.mentors);
    if mentees.is_empty() || mentors.is_empty() {
        return Err(Refusal::NothingToPropose);
    }
    let capacity = capacity_after_pins(problem, &mentees, &mentors)?;
    let pinned: BTreeSet<PersonId> = problem.pinned.iter().map(|pin| pin.mentee).collect();
    let free: Vec<&Candidate> = mentees.values().copied().filter(|mentee| !pinned.contains(&mentee.person)).collect();
    let columns: Vec<&Candidate> = mentors.values().copied().collect();
    let places: Vec<u32> = columns.iter().map(|mentor| capacity[&mentor.person]).collect();
    let fits: Vec<Vec<Option<u32>>> = free
        .iter()
        .map(|mentee| columns.iter().map(|mentor| problem.allowed_score(mentee, mentor)).collect())
        .collect();
    let mut chosen: BTreeSet<PairKey> = problem.pinned.clone();
    for (mentee, column) in free.iter().zip(solve::assign(&fits, &places)) {
        if let Some(column) = column {
            chosen.insert(PairKey { mentee: mentee.person, mentor: columns[column].person });
        }
    }
    Ok(explain::explain(problem, &mentees, &mentors, &chosen))
}

impl Problem {
    /// The rule against this pair, if there is one, counting what coordinators forbade.
    #[must_use]
    pub fn rule_against(&self, mentee: &Candidate, mentor: &Candidate) -> Option<Rule> {
        let forbidden = self.forbidden.contains(&PairKey { mentee: mentee.person, mentor: mentor.person });
        let rule = rule_against(mentee, mentor, &self.rule);
        rule.into_iter().chain(forbidden.then_some(Rule::Forbidden)).min()
    }

    fn allowed_score(&self, mentee: &Candidate, mentor: &Candidate) -> Option<u32> {
        match self.rule_against(mentee, mentor) {
            Some(_) => None,
            None => Some(fit(mentee, mentor, &self.rule.weights).total()),
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

/// How many mentees each mentor can take besides the pinned ones.
fn capacity_after_pins(
    problem: &Problem,
    mentees: &BTreeMap<PersonId, &Candidate>,
    mentors: &BTreeMap<PersonId, &Candidate>,
) -> Result<BTreeMap<PersonId, u32>, Refusal> {
    let mut capacity: BTreeMap<PersonId, u32> = mentors.iter().map(|(id, mentor)| (*id, mentor.capacity)).collect();
    let mut seen = BTreeSet::new();
    for PairKey { mentee, mentor } in problem.pinned.iter().copied() {
        let (Some(seeker), Some(guide)) = (mentees.get(&mentee), mentors.get(&mentor)) else {
            return Err(Refusal::UnknownPerson);
        };
        if !seen.insert(mentee) {
            return Err(Refusal::PinnedTwice { mentee });
        }
        if let Some(rule) = problem.rule_against(seeker, guide).filter(|rule| !rule.yields_to_pin()) {
            return Err(Refusal::PinImpossible { mentee, mentor, rule });
        }
        let left = capacity.entry(mentor).or_default();
        *left = left.checked_sub(1).ok_or(Refusal::OverCapacity { mentor, capacity: guide.capacity })?;
    }
    Ok(capacity)
}

#[cfg(test)]
mod tests;
