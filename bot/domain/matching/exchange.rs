//! What making one more pair would cost all, exactly, for any mentee and mentor.
//!
//! Whoever is made room for pushes somebody else out, who may push on, until the mentee's old place is taken
//! or left. The cheapest such chain is a shortest path between mentors, over the least that moving one of a
//! mentor's mentees to another mentor costs. Prices make all these costs non-negative.

use super::{certify::Certified, instance::Instance, levels::Cost};

/// With more mentors it would take longer than the matching is worth; ask what one change would cost instead
/// (`what_if`).
pub(super) const MENTORS_MAX: usize = 300;

/// The least costs of moving one mentee from one mentor to another. Besides the mentors there is one more
/// node, that of being without: of a mentee without a mentor, and of a place without a mentee.
pub(super) struct Exchange<'a> {
    instance: &'a Instance,
    certified: &'a Certified,
    nodes: usize,
    /// `moves[from][to]`.
    moves: Vec<Option<Cost>>,
}

impl<'a> Exchange<'a> {
    /// None if there are too many mentors.
    pub(super) fn new(instance: &'a Instance, certified: &'a Certified) -> Option<Self> {
        if instance.mentors() > MENTORS_MAX {
            return None;
        }
        let nodes = instance.mentors() + 1;
        let mut exchange = Self { instance, certified, nodes, moves: vec![None; nodes * nodes] };
        let without = instance.mentors();
        let mut free: Vec<u32> = instance.parts().places.clone();
        for (mentee, seat) in certified.solution().seats.iter().enumerate() {
            if let Some(mentor) = *seat {
                free[mentor] -= 1;
            }
            if instance.is_pinned(mentee) {
                continue;
            }
            let from = seat.unwrap_or(without);
            for to in 0..without {
                if let Some(distance) = certified.distance(instance, mentee, to) {
                    exchange.lower(from, to, distance);
                }
            }
            exchange.lower(from, without, certified.solution().mentee_prices[mentee]);
        }
        for (mentor, free) in free.iter().enumerate() {
            exchange.lower(without, mentor, certified.solution().mentor_prices[mentor]);
            if *free > 0 {
                exchange.lower(mentor, without, Cost::ZERO);
            }
        }
        Some(exchange)
    }

    fn lower(&mut self, from: usize, to: usize, cost: Cost) {
        let known = &mut self.moves[from * self.nodes + to];
        if known.is_none_or(|known| cost < known) {
            *known = Some(cost);
        }
    }

    /// For each mentor the least cost of chains that begin there and end at this mentor.
    pub(super) fn chains_to(&self, mentor: usize) -> Vec<Option<Cost>> {
        let mut least: Vec<Option<Cost>> = vec![None; self.nodes];
        let mut is_done = vec![false; self.nodes];
        least[mentor] = Some(Cost::ZERO);
        loop {
            let open = (0..self.nodes).filter(|node| !is_done[*node]);
            let Some((cost, to)) = open.filter_map(|node| Some((least[node]?, node))).min() else { return least };
            is_done[to] = true;
            for from in (0..self.nodes).filter(|from| !is_done[*from]) {
                if let Some(step) = self.moves[from * self.nodes + to] {
                    least[from] = Some(least[from].map_or(cost + step, |known| known.min(cost + step)));
                }
            }
        }
    }

    /// What making a pair would cost all, given the chains to the mentee's own mentor. None for a pair that is
    /// not to be decided.
    pub(super) fn cost(&self, mentee: usize, mentor: usize, chains: &[Option<Cost>]) -> Option<Cost> {
        Some(self.certified.distance(self.instance, mentee, mentor)? + chains[mentor]?)
    }
}
