//! People as numbers: the candidates of a [`Problem`] in the order of their ids, as rows and columns.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    BEST_SCORE, Candidate, Instance, NotProposed, PairKey, Parts, Problem, Rule, Table, fit, lot_key, rule_against,
};
use crate::{ids::PersonId, refusal::Refusal};

/// The people of a problem, each once, by id, and the problem in numbers.
pub(super) struct People<'a> {
    pub mentees: Vec<&'a Candidate>,
    pub mentors: Vec<&'a Candidate>,
    pub instance: Instance,
}

impl<'a> People<'a> {
    /// The people of a problem whose pins can be kept.
    pub(super) fn of(problem: &'a Problem) -> Result<Self, NotProposed> {
        let (mentees, mentors) = (by_id(&problem.mentees), by_id(&problem.mentors));
        if mentees.is_empty() || mentors.is_empty() {
            return Err(Refusal::NothingToPropose.into());
        }
        check_pins(problem, &mentees, &mentors)?;
        let instance = Instance::new(parts(problem, &mentees, &mentors))?;
        Ok(Self { mentees, mentors, instance })
    }

    pub(super) fn mentee(&self, row: usize) -> PersonId {
        self.mentees[row].person
    }

    pub(super) fn mentor(&self, column: usize) -> PersonId {
        self.mentors[column].person
    }

    pub(super) fn row(&self, mentee: PersonId) -> Result<usize, Refusal> {
        index(&self.mentees, mentee).ok_or(Refusal::UnknownPerson)
    }

    pub(super) fn column(&self, mentor: PersonId) -> Result<usize, Refusal> {
        index(&self.mentors, mentor).ok_or(Refusal::UnknownPerson)
    }
}

impl Problem {
    /// The rule against this pair, if there is one, counting what coordinators forbade.
    #[must_use]
    pub fn rule_against(&self, mentee: &Candidate, mentor: &Candidate) -> Option<Rule> {
        let forbidden = self.forbidden.contains(&PairKey { mentee: mentee.person, mentor: mentor.person });
        let rule = rule_against(mentee, mentor, &self.rule);
        rule.into_iter().chain(forbidden.then_some(Rule::Forbidden)).min()
    }
}

fn index(people: &[&Candidate], person: PersonId) -> Option<usize> {
    people.binary_search_by_key(&person, |candidate| candidate.person).ok()
}

/// By id, so that the order in which people are listed decides nothing. Of two entries with one id the
/// smaller counts, for the same reason.
fn by_id(candidates: &[Candidate]) -> Vec<&Candidate> {
    let mut sorted: Vec<&Candidate> = candidates.iter().collect();
    sorted.sort();
    sorted.dedup_by_key(|candidate| candidate.person);
    sorted
}

/// Whether every pin can be kept.
fn check_pins(problem: &Problem, mentees: &[&Candidate], mentors: &[&Candidate]) -> Result<(), Refusal> {
    let mut left: Vec<u32> = mentors.iter().map(|mentor| mentor.capacity).collect();
    let mut seen = BTreeSet::new();
    for PairKey { mentee, mentor } in problem.pinned.iter().copied() {
        let (Some(row), Some(column)) = (index(mentees, mentee), index(mentors, mentor)) else {
            return Err(Refusal::UnknownPerson);
        };
        if !seen.insert(mentee) {
            return Err(Refusal::PinnedTwice { mentee });
        }
        if let Some(rule) = problem.rule_against(mentees[row], mentors[column]) {
            return Err(Refusal::PinImpossible { mentee, mentor, rule });
        }
        let capacity = mentors[column].capacity;
        left[column] = left[column].checked_sub(1).ok_or(Refusal::OverCapacity { mentor, capacity })?;
    }
    Ok(())
}

fn parts(problem: &Problem, mentees: &[&Candidate], mentors: &[&Candidate]) -> Parts {
    let mut table = Table::new(mentees.len(), mentors.len());
    for (row, mentee) in mentees.iter().enumerate() {
        for (column, mentor) in mentors.iter().enumerate() {
            if problem.rule_against(mentee, mentor).is_none() {
                let total = fit(mentee, mentor, &problem.rule.weights).total();
                table.set(row, column, Some(u8::try_from(total).unwrap_or(BEST_SCORE)));
            }
        }
    }
    let among = |pairs: &BTreeSet<PairKey>| -> Vec<Option<usize>> {
        let mentor_of: BTreeMap<PersonId, PersonId> = pairs.iter().map(|pair| (pair.mentee, pair.mentor)).collect();
        mentees.iter().map(|mentee| index(mentors, *mentor_of.get(&mentee.person)?)).collect()
    };
    let key = |role: &str, person: PersonId| lot_key(format!("{role} {person}").as_bytes());
    Parts {
        table,
        places: mentors.iter().map(|mentor| mentor.capacity).collect(),
        pinned: among(&problem.pinned),
        previous: among(&problem.previous),
        returning: mentees.iter().map(|mentee| problem.returning.contains(&mentee.person)).collect(),
        mentee_keys: mentees.iter().map(|mentee| key("mentee", mentee.person)).collect(),
        mentor_keys: mentors.iter().map(|mentor| key("mentor", mentor.person)).collect(),
        policy: problem.policy,
    }
}
