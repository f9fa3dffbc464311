//! How good a mentee's mentor is among those who would have suited, and what stood against the better ones.

use std::{cell::OnceCell, cmp::Reverse};

use super::{certify::Certified, exchange::Exchange, instance::Instance, levels::Level};

/// How many better mentors are told of; the best come first.
pub const BETTER_MAX: usize = 5;

/// Where a mentee's mentor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// 1 if nobody who suits has a greater score; one more for each who has.
    pub rank: u32,
    /// How many mentors suit.
    pub of: u32,
    /// Those with a greater score, at most [`BETTER_MAX`].
    pub better: Vec<Better>,
}

/// A mentor who would have been better for a mentee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Better {
    /// Who.
    pub mentor: usize,
    /// The score the pair would have had.
    pub score: u8,
    /// The mentees who have this mentor's places.
    pub held_by: Vec<usize>,
    /// What stands against the pair. None where nothing is weighed: the mentee is pinned elsewhere, every place
    /// of the mentor is, or there are too many mentors to tell for all pairs.
    pub stake: Option<Stake>,
}

/// What making a pair would cost all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stake {
    /// The highest level on which it would cost something.
    pub level: Level,
    /// How much on that level: mentees, kept pairs, squared shortfall, or points.
    pub amount: u64,
}

/// Where each seated mentee's mentor stands; none for the others.
#[must_use]
pub fn standings(instance: &Instance, certified: &Certified) -> Vec<Option<Standing>> {
    let seats = &certified.solution().seats;
    let mut seated = vec![Vec::new(); instance.mentors()];
    for (mentee, seat) in seats.iter().enumerate() {
        if let Some(mentor) = *seat {
            seated[mentor].push(mentee);
        }
    }
    let exchange = Exchange::new(instance, certified);
    let mut standings = vec![None; seats.len()];
    for (mentor, mentees) in seated.iter().enumerate().filter(|(_, mentees)| !mentees.is_empty()) {
        // Worked out only where somebody could have had it better.
        let chains = OnceCell::new();
        let stake = |mentee: usize, better: usize| {
            let exchange = exchange.as_ref()?;
            let chains = chains.get_or_init(|| exchange.chains_to(mentor));
            let (level, amount) = exchange.cost(mentee, better, chains)?.first_level()?;
            Some(Stake { level, amount: amount.unsigned_abs() })
        };
        for mentee in mentees {
            standings[*mentee] = standing(instance, &seated, (*mentee, mentor), &stake);
        }
    }
    standings
}

fn standing(
    instance: &Instance,
    seated: &[Vec<usize>],
    (mentee, mentor): (usize, usize),
    stake: &dyn Fn(usize, usize) -> Option<Stake>,
) -> Option<Standing> {
    let parts = instance.parts();
    let own = parts.table.get(mentee, mentor)?;
    let with_place = (0..instance.mentors()).filter(|mentor| parts.places[*mentor] > 0);
    let suitable: Vec<(usize, u8)> =
        with_place.filter_map(|mentor| Some((mentor, parts.table.get(mentee, mentor)?))).collect();
    let mut better: Vec<(usize, u8)> = suitable.iter().copied().filter(|(_, score)| *score > own).collect();
    better.sort_by_key(|(mentor, score)| (Reverse(*score), *mentor));
    let count = |people: &[(usize, u8)]| u32::try_from(people.len()).unwrap_or(u32::MAX);
    let (rank, of) = (count(&better) + 1, count(&suitable));
    let better = better.into_iter().take(BETTER_MAX).map(|(mentor, score)| {
        let held_by = seated[mentor].clone();
        Better { mentor, score, held_by, stake: stake(mentee, mentor) }
    });
    Some(Standing { rank, of, better: better.collect() })
}
