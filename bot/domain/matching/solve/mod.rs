//! Finds the best seats: shortest augmenting paths between people and places.
//!
//! The scarcer side (mentees, or mentors' places) comes in one after another. Each newcomer takes the
//! cheapest chain of moves, found by Dijkstra's method over costs that prices make non-negative; the prices
//! keep every earlier choice the best one, and prove it in the end (see `certify`). Coverage is a level of
//! the cost like the others, so that a chain which leaves nobody out always beats one that does, and the
//! number of pairs is the greatest possible. A mentor with several places is one node, not several.
//!
//! A search looks at each person's best candidates alone, cheapest first, and stops as soon as whatever is
//! left costs more than a chain that is known already. Lists that end before that grow (`candidates`). So
//! most pairs are never looked at, and memory beside the scores grows with the people.
//!
//! It knows numbers only: no people, no rules. It draws no lot and asks no order: for the same instance the
//! result is the same, and unless two sets of lots have exactly one sum, no order could give another.

mod candidates;
mod frame;
mod price;
mod search;

use super::{certify::Solution, instance::Instance, levels::Cost};
use frame::Frame;
use price::{Packed, Price, Scale};
use search::Search;

/// Which side comes in one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Newcomers {
    /// Mentees look for a place.
    Mentees,
    /// Places look for a mentee.
    Places,
}

/// The best seats, and the prices that prove them.
#[must_use]
pub fn solve(instance: &Instance) -> Solution {
    solve_from(instance, scarce_side(instance))
}

/// The same from a given side; the result does not depend on it, only the time it takes.
pub(super) fn solve_from(instance: &Instance, newcomers: Newcomers) -> Solution {
    let frame = Frame { instance, newcomers };
    match Scale::fitting(instance, frame.rows().min(frame.columns())) {
        Some(scale) => solve_with::<Packed>(frame, scale),
        None => solve_with::<Cost>(frame, ()),
    }
}

/// The same with costs written in a given way; the result does not depend on that either.
fn solve_with<P: Price>(frame: Frame<'_>, scale: P::Scale) -> Solution {
    let Frame { instance, newcomers } = frame;
    let mut search = Search::<P>::new(frame, scale);
    for row in 0..frame.rows() {
        for _ in 0..frame.row_capacity(row) {
            if !search.seat(row) {
                break;
            }
        }
    }
    let (row_prices, column_prices, pairs) = search.finish();
    let mut seats = instance.parts().pinned.clone();
    for (row, column) in pairs {
        let (mentee, mentor) = frame.pair(row, column);
        seats[mentee] = Some(mentor);
    }
    let (mentee_prices, mentor_prices): (Vec<Cost>, Vec<Cost>) = match newcomers {
        Newcomers::Mentees => (row_prices, column_prices),
        Newcomers::Places => (column_prices, row_prices),
    };
    Solution { seats, mentee_prices, mentor_prices }
}

/// From the scarce side chains stay short: on the other one there is nearly always somebody free at hand.
fn scarce_side(instance: &Instance) -> Newcomers {
    let mentees = (0..instance.mentees()).filter(|mentee| !instance.is_pinned(*mentee)).count() as u64;
    let places: u64 = (0..instance.mentors()).map(|mentor| u64::from(instance.open_places(mentor))).sum();
    if places < mentees { Newcomers::Places } else { Newcomers::Mentees }
}

#[cfg(test)]
mod tests;
