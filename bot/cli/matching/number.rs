//! The listed people as numbers: everybody in the order of their ids, so that the order in which they are
//! listed decides nothing, and pins checked.

use std::collections::{HashMap, HashSet};

use plsep_domain::Program;
use plsep_domain::matching::{BEST_SCORE, Instance, Misfit, PEOPLE_MAX, Parts, Table, lot_key};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::applications::Applications;
use super::input::{Faults, Listed, Person};
use crate::config::ConfigError;

/// Everybody as rows and columns. Where nothing else is said, these are meant, not those of the file.
pub(super) struct Numbered {
    pub listed: Listed,
    pub applications: Option<Applications>,
    pub instance: Instance,
    /// Row -> where the file lists this mentee.
    mentees: Vec<usize>,
    /// Column -> where the file lists this mentor.
    mentors: Vec<usize>,
    forbidden: HashSet<(usize, usize)>,
}

impl Numbered {
    pub(super) fn mentee(&self, row: usize) -> &Person {
        &self.listed.mentees[self.mentees[row]]
    }

    pub(super) fn mentor(&self, column: usize) -> &Person {
        &self.listed.mentors[self.mentors[column]]
    }

    /// Where the file lists the two.
    pub(super) fn listed_at(&self, row: usize, column: usize) -> (usize, usize) {
        (self.mentees[row], self.mentors[column])
    }

    /// What rules a pair out, under a stable name.
    pub(super) fn against(&self, row: usize, column: usize) -> Option<String> {
        let (mentee, mentor) = self.listed_at(row, column);
        against(&self.listed, self.applications.as_ref(), &self.forbidden, mentee, mentor)
    }
}

/// The people as numbers. The program is asked for only where there are applications instead of scores.
pub(super) fn number(
    listed: Listed,
    shuffle: Option<u64>,
    program: impl FnOnce() -> Result<Program, ConfigError>,
) -> Result<Result<Numbered, Faults>, ConfigError> {
    let applications = match &listed.scores {
        Some(_) => None,
        None => match Applications::read(&listed, program()?) {
            Ok(applications) => Some(applications),
            Err(faults) => return Ok(Err(faults)),
        },
    };
    let forbidden: HashSet<(usize, usize)> = listed.forbidden.iter().copied().collect();
    let mut faults = Faults::default();
    let pinned = pins(&listed, applications.as_ref(), &forbidden, &mut faults);
    if let Err(faults) = faults.or(()) {
        return Ok(Err(faults));
    }
    let mut chance = shuffle.map(StdRng::seed_from_u64);
    let mut order = |people: &[Person]| {
        let mut order: Vec<usize> = (0..people.len()).collect();
        if let Some(chance) = &mut chance {
            order.shuffle(chance);
        }
        order.sort_by(|one, two| people[*one].id.text.cmp(&people[*two].id.text));
        order
    };
    let (mentees, mentors) = (order(&listed.mentees), order(&listed.mentors));
    let column_of: HashMap<usize, usize> = mentors.iter().enumerate().map(|(column, at)| (*at, column)).collect();
    let mut table = Table::new(mentees.len(), mentors.len());
    for (row, mentee) in mentees.iter().enumerate() {
        for (column, mentor) in mentors.iter().enumerate() {
            if against(&listed, applications.as_ref(), &forbidden, *mentee, *mentor).is_none() {
                table.set(row, column, score(&listed, applications.as_ref(), *mentee, *mentor));
            }
        }
    }
    let key = |role: &str, person: &Person| lot_key(format!("{role} {}", person.id.text).as_bytes());
    let instance = Instance::new(Parts {
        table,
        places: mentors.iter().map(|at| capacity(&listed, applications.as_ref(), *at)).collect(),
        pinned: mentees.iter().map(|at| pinned.get(at).map(|mentor| column_of[mentor])).collect(),
        previous: mentees.iter().map(|at| listed.previous[*at].map(|mentor| column_of[&mentor])).collect(),
        returning: vec![false; mentees.len()],
        mentee_keys: mentees.iter().map(|at| key("mentee", &listed.mentees[*at])).collect(),
        mentor_keys: mentors.iter().map(|at| key("mentor", &listed.mentors[*at])).collect(),
        policy: listed.policy,
    });
    Ok(instance.map_err(told).map(|instance| Numbered { listed, applications, instance, mentees, mentors, forbidden }))
}

/// What is wrong that was not found before.
fn told(misfit: Misfit) -> Faults {
    let mut faults = Faults::default();
    faults.add(match misfit {
        Misfit::TooMany => format!("mentees, mentors: expected at most {PEOPLE_MAX} people on either side"),
        Misfit::Lengths | Misfit::PinRuledOut { .. } | Misfit::OverCapacity { .. } => misfit.to_string(),
    });
    faults
}

fn score(listed: &Listed, applications: Option<&Applications>, mentee: usize, mentor: usize) -> Option<u8> {
    match (&listed.scores, applications) {
        (Some(scores), _) => scores.get(mentee, mentor, listed.mentors.len()),
        (None, Some(applications)) => {
            Some(u8::try_from(applications.fit(mentee, mentor).total()).unwrap_or(BEST_SCORE))
        }
        (None, None) => None,
    }
}

fn capacity(listed: &Listed, applications: Option<&Applications>, mentor: usize) -> u32 {
    let written = listed.mentors[mentor].capacity;
    written.or_else(|| Some(applications?.mentors[mentor].capacity)).unwrap_or(0)
}

/// What rules out a pair, by where the file lists the two.
fn against(
    listed: &Listed,
    applications: Option<&Applications>,
    forbidden: &HashSet<(usize, usize)>,
    mentee: usize,
    mentor: usize,
) -> Option<String> {
    if listed.mentees[mentee].id.text == listed.mentors[mentor].id.text {
        return Some("oneself".to_owned());
    }
    if forbidden.contains(&(mentee, mentor)) {
        return Some("forbidden".to_owned());
    }
    match applications {
        Some(applications) => applications.rule_against(mentee, mentor).map(|rule| rule.key().replace('-', "_")),
        None => score(listed, None, mentee, mentor).is_none().then(|| "not_eligible".to_owned()),
    }
}

/// The mentor each pinned mentee is pinned to, by where the file lists them.
fn pins(
    listed: &Listed,
    applications: Option<&Applications>,
    forbidden: &HashSet<(usize, usize)>,
    faults: &mut Faults,
) -> HashMap<usize, usize> {
    let mut pinned: HashMap<usize, usize> = HashMap::new();
    let mut taken: HashMap<usize, u32> = HashMap::new();
    for (row, (mentee, mentor)) in listed.pinned.iter().copied().enumerate() {
        let names = [&listed.mentees[mentee].id.written, &listed.mentors[mentor].id.written];
        let place = format!("pinned_pairs[{row}] (mentee {}, mentor {})", names[0], names[1]);
        if let Some(rule) = against(listed, applications, forbidden, mentee, mentor) {
            faults.add(format!("{place}: expected a pair that no rule forbids, found one against the rule {rule}"));
            continue;
        }
        match pinned.insert(mentee, mentor) {
            Some(other) if other == mentor => continue,
            Some(other) => {
                let other = &listed.mentors[other].id.written;
                faults.add(format!("{place}: expected one pin for a mentee, found them pinned to {other} already"));
                continue;
            }
            None => {}
        }
        let taken = taken.entry(mentor).or_default();
        *taken += 1;
        let capacity = capacity(listed, applications, mentor);
        if *taken > capacity {
            faults.add(format!("{place}: expected at most {capacity} pins, the mentor's capacity, found one more"));
        }
    }
    pinned
}
