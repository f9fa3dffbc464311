//! Who competes for what: for a mentee who found no place though some mentors would suit, the mentors they
//! could have moved to, those who sit there, where these could have moved, and so on until nobody knows a way
//! out. The places reached that way are all taken, and those who can go nowhere else are more than the
//! places: that is why somebody had to be left out, whoever it was.

use std::collections::BTreeMap;

use super::instance::Instance;

/// More mentees than places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// Mentees who can go to none but these mentors, those who are pinned there among them.
    pub mentees: Vec<usize>,
    /// The mentors.
    pub mentors: Vec<usize>,
    /// How many places these mentors have together.
    pub places: u64,
}

/// The contests of a matching, and for each unmatched mentee which of them they lost; none for a mentee whom
/// no mentor with a place suits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contests {
    /// Each once.
    pub contests: Vec<Contest>,
    /// By unmatched mentee.
    pub lost: BTreeMap<usize, Option<usize>>,
}

/// A set of mentors.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Mentors(Vec<u64>);

impl Mentors {
    fn none(mentors: usize) -> Self {
        Self(vec![0; mentors.div_ceil(64)])
    }

    fn insert(&mut self, mentor: usize) {
        self.0[mentor / 64] |= 1 << (mentor % 64);
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(one, two)| one & !two == 0)
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        let words = self.0.iter().enumerate();
        words.flat_map(|(index, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| index * 64 + bit))
    }

    /// Adds others, and says which of them are new.
    fn add(&mut self, others: &Self) -> Vec<usize> {
        let new = Self(self.0.iter().zip(&others.0).map(|(known, other)| other & !known).collect());
        self.0.iter_mut().zip(&new.0).for_each(|(known, new)| *known |= new);
        new.iter().collect()
    }
}

/// The contests of seats that cover as many as possible.
#[must_use]
pub fn contests(instance: &Instance, seats: &[Option<usize>]) -> Contests {
    let mut found = Contests::default();
    if seats.iter().all(Option::is_some) {
        return found;
    }
    let suitable: Vec<Mentors> = (0..instance.mentees()).map(|mentee| suitable(instance, mentee)).collect();
    let mut seated = vec![Vec::new(); instance.mentors()];
    for (mentee, seat) in seats.iter().enumerate() {
        if let Some(mentor) = *seat {
            seated[mentor].push(mentee);
        }
    }
    let mut known: BTreeMap<Mentors, usize> = BTreeMap::new();
    for mentee in (0..seats.len()).filter(|mentee| seats[*mentee].is_none()) {
        if suitable[mentee].is_empty() {
            found.lost.insert(mentee, None);
            continue;
        }
        let reached = reach(&suitable, &seated, mentee);
        let next = found.contests.len();
        let contest = *known.entry(reached).or_insert_with_key(|reached| {
            found.contests.push(contest(instance, &suitable, reached));
            next
        });
        found.lost.insert(mentee, Some(contest));
    }
    found
}

/// The mentors with a place who suit a mentee; for one who is pinned, the mentor they are pinned to.
fn suitable(instance: &Instance, mentee: usize) -> Mentors {
    let mut mentors = Mentors::none(instance.mentors());
    let parts = instance.parts();
    match parts.pinned[mentee] {
        Some(mentor) => mentors.insert(mentor),
        None => (0..instance.mentors())
            .filter(|mentor| parts.places[*mentor] > 0 && parts.table.get(mentee, *mentor).is_some())
            .for_each(|mentor| mentors.insert(mentor)),
    }
    mentors
}

/// Everybody to whom a chain of moves could lead.
fn reach(suitable: &[Mentors], seated: &[Vec<usize>], mentee: usize) -> Mentors {
    let mut reached = suitable[mentee].clone();
    let mut open: Vec<usize> = reached.iter().collect();
    while let Some(mentor) = open.pop() {
        for mentee in &seated[mentor] {
            open.extend(reached.add(&suitable[*mentee]));
        }
    }
    reached
}

fn contest(instance: &Instance, suitable: &[Mentors], mentors: &Mentors) -> Contest {
    let can_go_nowhere_else = |mentee: &usize| !suitable[*mentee].is_empty() && suitable[*mentee].is_within(mentors);
    Contest {
        mentees: (0..suitable.len()).filter(can_go_nowhere_else).collect(),
        places: mentors.iter().map(|mentor| u64::from(instance.parts().places[mentor])).sum(),
        mentors: mentors.iter().collect(),
    }
}
