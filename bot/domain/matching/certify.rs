//! Proves that seats are the best there are, in one pass over all pairs, from prices.
//!
//! Every mentee and every mentor's place has a price of at least nothing. If no pair costs less than the two
//! prices together give back (`cost + mentee's price + mentor's price >= 0`), then no set of pairs costs less
//! than minus the sum of all prices; and the seats cost exactly that if every seated pair does so with
//! equality and only people and places in use have a price. This is linear programming duality, which holds
//! level by level because costs can be added and are ordered. Nothing of how the seats were found is
//! trusted: the check looks at the instance, the seats and the prices alone.

use std::cmp::Ordering;

use super::{
    instance::Instance,
    levels::{BEST_SCORE, Cost, Levels},
};

/// No price is ever this great: below it sums of four prices fit on every level.
const PRICE_BOUND: i64 = 1 << 61;

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
    (0..mentees)
        .filter(|mentee| !instance.is_pinned(*mentee))
        .try_for_each(|mentee| row(instance, &solution, mentee))?;
    let levels = instance.levels(seats);
    Ok(Certified { levels, solution })
}

fn within_bounds(price: &Cost) -> bool {
    let Cost { cover, kept, shortfall, score, lot } = *price;
    [cover, kept, shortfall, score, lot].iter().all(|level| level.unsigned_abs() < PRICE_BOUND.unsigned_abs())
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

/// No pair of this mentee would improve the whole, and the seated one is among the best.
fn row(instance: &Instance, solution: &Solution, mentee: usize) -> Result<(), Uncertified> {
    let price = solution.mentee_prices[mentee];
    let previous = instance.parts().previous[mentee];
    let mentors = instance.parts().table.row(mentee).iter().zip(&solution.mentor_prices).enumerate();
    for (mentor, (score, mentor_price)) in mentors.filter(|(_, (score, _))| **score <= BEST_SCORE) {
        let cost = match previous {
            Some(earlier) if earlier == mentor => instance.cost_before_lot(mentee, mentor, *score),
            _ => instance.new_pair_cost(*score, 0),
        };
        let improves = match Cost::sign_before_lot(cost, price, *mentor_price) {
            Ordering::Greater => false,
            Ordering::Less => true,
            // The lot is drawn only where it decides.
            Ordering::Equal => instance.lot(mentee, mentor).cast_signed() + price.lot + mentor_price.lot < 0,
        };
        if improves && instance.open_places(mentor) > 0 {
            return Err(Uncertified::Improves { mentee, mentor });
        }
    }
    let Some(mentor) = solution.seats[mentee] else { return Ok(()) };
    let distance = instance.open_score(mentee, mentor).map(|score| {
        let cost = instance.cost(mentee, mentor, score);
        cost + price + solution.mentor_prices[mentor]
    });
    if distance == Some(Cost::ZERO) { Ok(()) } else { Err(Uncertified::NotTight { mentee, mentor }) }
}
