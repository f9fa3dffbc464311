//! Who is paired with whom: rules, fit, solution and reasons.
//!
//! First as many mentees as possible get a mentor, then the sum of all fits is as great as possible, under
//! rules that nothing outweighs. The same people always give the same pairs, in whatever order they are
//! listed. Nothing about a person counts but their own answers to the program's questions; who they are
//! does not. It proposes; a coordinator publishes.

mod candidate;
mod certify;
mod contest;
mod exchange;
mod explain;
mod hours;
mod instance;
mod levels;
mod lot;
mod people;
mod score;
mod solve;
mod standing;
mod what_if;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};

pub use candidate::Candidate;
pub use certify::{Certified, Solution, Uncertified, certify};
pub use contest::{Contest, Contests, contests};
pub use explain::{NamedBetter, NamedContest, NamedStanding, Reason, WhyUnmatched, reasons, unoffered_topics};
pub use hours::WeekHours;
pub use instance::{Instance, Misfit, PEOPLE_MAX, Parts, Table};
pub use levels::{BEST_SCORE, Cost, KEPT_BONUS, Keep, Level, Levels, Policy};
pub use lot::{LOT_BITS, lot_key};
pub use score::{Fit, fit, rule_against};
pub use solve::solve;
pub use standing::{BETTER_MAX, Better, Stake, Standing, standings};
pub use what_if::{Change, Difference, Move, NoAnswer, what_if};

use crate::{ids::PersonId, program::MatchingRule, refusal::Refusal};
use people::People;

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

/// What a coordinator has decided about a pair, whatever else is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// The pair is made.
    Pinned,
    /// The pair is not made.
    Forbidden,
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
    /// Mentees who come back after their pair ended: of equally many pairs, none of them is left out for somebody else.
    #[serde(default)]
    pub returning: BTreeSet<PersonId>,
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
    /// What unmatched mentees competed for; [`WhyUnmatched::Contested`] says in which of these.
    #[serde(default)]
    pub contests: Vec<NamedContest>,
    /// What all pairs are worth together.
    #[serde(default)]
    pub levels: Levels,
    /// Published pairs that would part for it. Published pairs that last are not among [`Matching::pairs`] once
    /// [`Matching::beside`] has taken them out.
    #[serde(default)]
    pub parted: Vec<PairKey>,
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
    /// Where the mentor stands among those who would have suited the mentee. Unknown for proposals made before
    /// that was worked out.
    #[serde(default)]
    pub standing: Option<NamedStanding>,
}

impl Matching {
    /// The same as what changes beside the pairs that are published: those that last are taken out, and those that do
    /// not are named.
    #[must_use]
    pub fn beside(mut self, published: &BTreeSet<PairKey>) -> Self {
        let together: BTreeSet<PairKey> = self.pairs.iter().map(|pair| pair.pair).collect();
        self.parted = published.difference(&together).copied().collect();
        self.pairs.retain(|pair| !published.contains(&pair.pair));
        self
    }

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

impl From<NoAnswer> for NotProposed {
    fn from(no_answer: NoAnswer) -> Self {
        match no_answer {
            NoAnswer::Misfit(misfit) => Self::Misfit(misfit),
            NoAnswer::Uncertified(uncertified) => Self::Uncertified(uncertified),
        }
    }
}

/// Proposes the pairs.
///
/// # Errors
/// What is wrong with the pins: [`Refusal::UnknownPerson`], [`Refusal::PinnedTwice`],
/// [`Refusal::PinImpossible`] or [`Refusal::OverCapacity`]; [`Refusal::NothingToPropose`] when there is no
/// mentee or no mentor at all; and whatever is ours to mend.
pub fn propose(problem: &Problem) -> Result<Matching, NotProposed> {
    let people = People::of(problem)?;
    let certified = certify(&people.instance, solve(&people.instance))?;
    Ok(explain::explain(problem, &people, &certified))
}

/// What changes, made together, would cost or gain, and who would move.
///
/// # Errors
/// Those of [`propose`]; a forced pair is a pin.
pub fn weigh(
    problem: &Problem,
    changes: &[Change<PersonId, PersonId>],
) -> Result<Difference<PersonId, PersonId>, NotProposed> {
    let people = People::of(problem)?;
    let now = certify(&people.instance, solve(&people.instance))?;
    // Asked as pins first, for a refusal that names the rule.
    let mut pinned = problem.clone();
    for change in changes {
        if let Change::Force(mentee, mentor) = *change {
            pinned.pinned.retain(|pair| pair.mentee != mentee);
            pinned.pinned.insert(PairKey { mentee, mentor });
        }
    }
    People::of(&pinned)?;
    let numbered = |change: &Change<PersonId, PersonId>| {
        Ok(match *change {
            Change::Force(mentee, mentor) => Change::Force(people.row(mentee)?, people.column(mentor)?),
            Change::Forbid(mentee, mentor) => Change::Forbid(people.row(mentee)?, people.column(mentor)?),
            Change::AddPlace(mentor) => Change::AddPlace(people.column(mentor)?),
        })
    };
    let changes = changes.iter().map(numbered).collect::<Result<Vec<_>, Refusal>>()?;
    let Difference { before, after, moves } = what_if(&people.instance, &now, &changes)?;
    let seat = |column: Option<usize>| column.map(|column| people.mentor(column));
    let moves = moves.into_iter().map(|Move { mentee, from, to }| Move {
        mentee: people.mentee(mentee),
        from: seat(from),
        to: seat(to),
    });
    Ok(Difference { before, after, moves: moves.collect() })
}

#[cfg(test)]
mod explained_tests;
#[cfg(test)]
mod tests;
