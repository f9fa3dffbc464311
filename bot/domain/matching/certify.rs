//! Proves that seats are the best there are, in one pass over all pairs, from prices.
//!
//! Every mentee and every mentor's place has a price of at least nothing. If no pair costs less than the two
//! prices together give back (`cost + mentee's price + mentor's price >= 0`), then no set of pairs costs less
//! than minus the sum of all prices; and the seats cost exactly that if every seated pair does so with
//! equality and only people and places in use have a price. This is linear programming duality, which holds
//! level by level because costs can be added and are ordered. Nothing of how the seats were found is
//! trusted: the check looks at the instance, the seats and the prices alone.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{
    instance::Instance,
    levels::{BEST_SCORE, Cost, Levels},
};

/// No price is ever this great: below it sums of four prices fit on every level.
const PRICE_BOUND: i64 = 1 << 61;

/// For fewer mentees than this with one price, a close look at each pair is cheaper than finding out which
/// pairs are worth one.
const ALIKE_MIN: usize = 4;

/// Seats and the prices that are to prove them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// For each mentee the mentor, pinned pairs among them.
    pub seats: Vec<Option<usize>>,
    /// For each mentee what their having a mentor is worth to all.
    pub mentee_prices: Vec<Cost>,
    /// For each mentor what one more place would be worth to all, at most.
    pub mentor_prices: Vec<Cost>,
}

/// A solution that is proven to be the best. Only [`certify`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certified {
    solution: Solution,
    levels: Levels,
}

impl Certified {
    /// The seats and prices.
    #[must_use]
    pub fn solution(&self) -> &Solution {
        &self.solution
    }

    /// What it is worth.
    #[must_use]
    pub fn levels(&self) -> Levels {
        self.levels
    }

    /// How far the pair is from being among the best: what it costs beyond its prices. Nothing for a pair that
    /// is seated; none for one that is not to be decided. Making the pair would cost all at least that.
    #[must_use]
    pub fn distance(&self, instance: &Instance, mentee: usize, mentor: usize) -> Option<Cost> {
        let score = instance.open_score(mentee, mentor)?;
        let prices = self.solution.mentee_prices[mentee] + self.solution.mentor_prices[mentor];
        Some(instance.cost(mentee, mentor, score) + prices)
    }
}

/// What is wrong with a solution. That is never a person's fault: nothing of it may be shown as a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Uncertified {
    /// Lists of other lengths than the instance has people.
    #[error("the solution speaks of other people than the instance")]
    Lengths,
    /// A seat on a pair that is ruled out.
    #[error("mentee {mentee} sits at mentor {mentor}, who is ruled out for them")]
    RuledOut {
        /// The mentee's row.
        mentee: usize,
        /// The mentor's column.
        mentor: usize,
    },
    /// A pin that was not kept.
    #[error("mentee {mentee} does not sit where they are pinned")]
    PinLost {
        /// The mentee's row.
        mentee: usize,
    },
    /// More mentees than places.
    #[error("mentor {mentor} has more mentees than places")]
    OverCapacity {
        /// The mentor's column.
        mentor: usize,
    },
    /// A price below nothing, or beyond every bound.
    #[error("the price of {whom} {index} is out of bounds")]
    Price {
        /// Mentee or mentor.
        whom: &'static str,
        /// Row or column.
        index: usize,
    },
    /// Somebody without a pair, or with a free place, who has a price nevertheless.
    #[error("{whom} {index} is not fully used and has a price")]
    Idle {
        /// Mentee or mentor.
        whom: &'static str,
        /// Row or column.
        index: usize,
    },
    /// A seated pair that costs more than its prices.
    #[error("the seat of mentee {mentee} at mentor {mentor} is not among the best")]
    NotTight {
        /// The mentee's row.
        mentee: usize,
        /// The mentor's column.
        mentor: usize,
    },
    /// A pair that would improve the whole.
    #[error("mentee {mentee} and mentor {mentor} would improve the whole")]
    Improves {
        /// The mentee's row.
        mentee: usize,
        /// The mentor's column.
        mentor: usize,
    },
}

/// Checks a solution against its instance.
///
/// # Errors
/// The first thing that is wrong.
pub fn certify(instance: &Instance, solution: Solution) -> Result<Certified, Uncertified> {
    let Solution { seats, mentee_prices, mentor_prices } = &solution;
    let (mentees, mentors) = (instance.mentees(), instance.mentors());
    if seats.len() != mentees || mentee_prices.len() != mentees || mentor_prices.len() != mentors {
        return Err(Uncertified::Lengths);
    }
    for (whom, prices) in [("mentee", mentee_prices), ("mentor", mentor_prices)] {
        if let Some(index) = prices.iter().position(|price| *price < Cost::ZERO || !within_bounds(price)) {
            return Err(Uncertified::Price { whom, index });
        }
    }
    feasible(instance, &solution)?;
    optimal(instance, &solution)?;
    let levels = instance.levels(seats);
    Ok(Certified { levels, solution })
}

fn within_bounds(price: &Cost) -> bool {
    let Cost { cover, kept, returning, shortfall, score, lot } = *price;
    [cover, kept, returning, shortfall, score, lot]
        .iter()
        .all(|level| level.unsigned_abs() < PRICE_BOUND.unsigned_abs())
}

/// Pins, rules and capacities are kept, and whoever is not fully used has no price.
fn feasible(instance: &Instance, solution: &Solution) -> Result<(), Uncertified> {
    let mut free: Vec<u32> = instance.parts().places.clone();
    for (mentee, seat) in solution.seats.iter().copied().enumerate() {
        let pinned = instance.parts().pinned[mentee];
        if pinned.is_some() && pinned != seat {
            return Err(Uncertified::PinLost { mentee });
        }
        let Some(mentor) = seat else {
            if solution.mentee_prices[mentee] != Cost::ZERO {
                return Err(Uncertified::Idle { whom: "mentee", index: mentee });
            }
            continue;
        };
        if mentor >= free.len() || instance.parts().table.get(mentee, mentor).is_none() {
            return Err(Uncertified::RuledOut { mentee, mentor });
        }
        free[mentor] = free[mentor].checked_sub(1).ok_or(Uncertified::OverCapacity { mentor })?;
    }
    let idle = |(mentor, free): (usize, &u32)| *free > 0 && solution.mentor_prices[mentor] != Cost::ZERO;
    match free.iter().enumerate().position(idle) {
        Some(index) => Err(Uncertified::Idle { whom: "mentor", index }),
        None => Ok(()),
    }
}

/// No pair would improve the whole, and the seated ones are among the best.
///
/// A pair costs less the greater its score, so that for two prices there is a least score that has to be looked
/// at closely; above the lot, few different prices occur. So most pairs are settled by comparing two bytes.
fn optimal(instance: &Instance, solution: &Solution) -> Result<(), Uncertified> {
    let mut alike: BTreeMap<Cost, Vec<usize>> = BTreeMap::new();
    for mentee in (0..instance.mentees()).filter(|mentee| !instance.is_pinned(*mentee)) {
        let price = solution.mentee_prices[mentee] + instance.mentee_cost(mentee);
        alike.entry(Cost { lot: 0, ..price }).or_default().push(mentee);
    }
    let mut floors = Vec::new();
    for (price, mentees) in alike {
        if mentees.len() < ALIKE_MIN {
            floors.clear();
            floors.resize(instance.mentors(), 0);
        } else {
            floors_under(instance, solution, price, &mut floors);
        }
        mentees.iter().try_for_each(|mentee| row(instance, solution, *mentee, &floors))?;
    }
    Ok(())
}

/// For each mentor the least score at which a new pair would not clearly cost more than its prices give back,
/// for mentees with this price and what any pair of theirs costs; beyond every score if there is none.
fn floors_under(instance: &Instance, solution: &Solution, price: Cost, floors: &mut Vec<u8>) {
    let mut known: BTreeMap<Cost, u8> = BTreeMap::new();
    floors.clear();
    for (mentor, mentor_price) in solution.mentor_prices.iter().enumerate() {
        let mentor_price = Cost { lot: 0, ..*mentor_price };
        let floor = *known.entry(mentor_price).or_insert_with(|| {
            let clearly_more = |score| {
                let cost = instance.new_pair_cost(score, 0);
                Cost::sign_before_lot(cost, price, mentor_price) == Ordering::Greater
            };
            let scores: [u8; BEST_SCORE as usize + 1] = std::array::from_fn(|score| score as u8);
            u8::try_from(scores.partition_point(|score| clearly_more(*score))).unwrap_or(BEST_SCORE)
        });
        floors.push(if instance.open_places(mentor) > 0 { floor } else { u8::MAX });
    }
}

/// No pair of this mentee would improve the whole, and the seated one is among the best.
fn row(instance: &Instance, solution: &Solution, mentee: usize, floors: &[u8]) -> Result<(), Uncertified> {
    // In blocks that a processor compares at once.
    const BLOCK: usize = 32;
    let distance = |mentor: usize| {
        let score = instance.open_score(mentee, mentor)?;
        let prices = solution.mentee_prices[mentee] + solution.mentor_prices[mentor];
        Some(instance.cost(mentee, mentor, score) + prices)
    };
    let improves = |mentor: usize| distance(mentor).is_some_and(|distance| distance < Cost::ZERO);
    let scores = instance.parts().table.row(mentee);
    let close = |score: u8, floor: u8| (score >= floor) & (score <= BEST_SCORE);
    for (block, (scores, floors)) in scores.chunks(BLOCK).zip(floors.chunks(BLOCK)).enumerate() {
        if !scores.iter().zip(floors).fold(false, |any, (score, floor)| any | close(*score, *floor)) {
            continue;
        }
        for (index, (score, floor)) in scores.iter().zip(floors).enumerate() {
            let mentor = block * BLOCK + index;
            if close(*score, *floor) && improves(mentor) {
                return Err(Uncertified::Improves { mentee, mentor });
            }
        }
    }
    // An earlier pair costs less than its score says.
    if let Some(mentor) = instance.parts().previous[mentee].filter(|mentor| improves(*mentor)) {
        return Err(Uncertified::Improves { mentee, mentor });
    }
    match solution.seats[mentee] {
        Some(mentor) if distance(mentor) != Some(Cost::ZERO) => Err(Uncertified::NotTight { mentee, mentor }),
        Some(_) | None => Ok(()),
    }
}
