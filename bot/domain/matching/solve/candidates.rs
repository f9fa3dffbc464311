//! Each newcomer's candidates, the most promising first, as far as anybody has looked.
//!
//! A list holds the newcomer's cheapest pairs. It is in the order of what a pair cost, the price of its column
//! included, when the list was last put in order. Prices of columns only rise, so that this is the least it
//! can cost now. A pair that is not in the list costs at least as much as the list's dearest one, prices
//! aside: its frontier. Whoever needs to look beyond the frontier makes the list grow.

use super::{
    Frame,
    price::{Costs, Price},
};
use crate::matching::{
    instance::RULED_OUT,
    levels::{BEST_SCORE, Keep},
    lot::LOT_BITS,
};

/// How many entries of a list are put in order at once, at first.
const AT_ONCE: usize = 32;

/// How many candidates a list holds at first.
pub(super) const FIRST_LOOK: usize = 32;

const COLUMN_BITS: u32 = 16;
const _: () = assert!(8 + LOT_BITS + COLUMN_BITS == u64::BITS, "a candidate fills its number");

/// One possible pair of a row, as one number of 64 bits that sorts as its cost does: what the score lacks to
/// the best one (8 bits), the lot (40), the column (16). Nothing is ever added to such a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate(u64);

impl Candidate {
    #[inline]
    pub(super) fn new(score: u8, lot: u64, column: usize) -> Self {
        Self(u64::from(BEST_SCORE - score) << (LOT_BITS + COLUMN_BITS) | lot << COLUMN_BITS | column as u64)
    }

    #[inline]
    pub(super) fn column(self) -> usize {
        (self.0 & ((1 << COLUMN_BITS) - 1)) as usize
    }

    #[inline]
    fn score(self) -> u8 {
        BEST_SCORE - (self.0 >> (LOT_BITS + COLUMN_BITS)) as u8
    }

    #[inline]
    fn cost<P: Price>(self, costs: &Costs<P>, kept: bool) -> P {
        costs.of(self.score(), self.0 >> COLUMN_BITS & ((1 << LOT_BITS) - 1), kept)
    }
}

/// A candidate in a list.
#[derive(Clone, Copy)]
pub(super) struct Entry<P> {
    /// The least the pair can cost now, the price of its column included.
    pub at_least: P,
    candidate: Candidate,
    /// Whether it was a pair before and costs less for it.
    kept: bool,
}

impl<P: Price> Entry<P> {
    #[inline]
    pub(super) fn column(&self) -> usize {
        self.candidate.column()
    }

    /// What the pair itself costs.
    #[inline]
    pub(super) fn cost(&self, costs: &Costs<P>) -> P {
        self.candidate.cost(costs, self.kept)
    }
}

/// One row's candidates.
pub(super) struct List<P> {
    entries: Vec<Entry<P>>,
    /// How many entries are in order; the others come behind them, in any order.
    in_order: usize,
    /// The dearest candidate that was looked up, and its cost.
    frontier: Option<(Candidate, P)>,
    /// Whether there are no others.
    complete: bool,
    /// How many were looked at in vain since the list was last put in order.
    pub in_vain: u32,
}

/// What to look at next.
pub(super) enum Next<P> {
    Entry(Entry<P>),
    /// Unknown candidates, which cost at least this much.
    Beyond(P),
    Nothing,
}

impl<P> Default for List<P> {
    fn default() -> Self {
        Self { entries: Vec::new(), in_order: 0, frontier: None, complete: false, in_vain: 0 }
    }
}

impl<P: Price> List<P> {
    /// The next thing to look at behind the first few entries.
    #[inline]
    pub(super) fn next(&mut self, at: usize) -> Next<P> {
        if at == self.in_order && at < self.entries.len() {
            self.order_more();
        }
        let beyond = self.frontier.filter(|_| !self.complete).map(|(_, cost)| cost);
        match (self.entries.get(at), beyond) {
            (Some(entry), Some(beyond)) if beyond < entry.at_least => Next::Beyond(beyond),
            (Some(entry), _) => Next::Entry(*entry),
            (None, Some(beyond)) => Next::Beyond(beyond),
            (None, None) => Next::Nothing,
        }
    }

    /// Puts the list in order by the columns' prices of now, if enough was looked at in vain.
    #[inline]
    pub(super) fn refresh(&mut self, costs: &Costs<P>, price: impl Fn(usize) -> P) {
        if self.in_vain as usize > self.entries.len() / 2 {
            self.in_vain = 0;
            self.order_from(0, costs, price);
        }
    }

    fn order_from(&mut self, at: usize, costs: &Costs<P>, price: impl Fn(usize) -> P) {
        for entry in &mut self.entries[at..] {
            entry.at_least = entry.cost(costs) + price(entry.column());
        }
        self.in_order = at;
    }

    /// Puts some more entries in order. Most lists are looked at no further than their beginning.
    #[cold]
    fn order_more(&mut self) {
        let rest = &mut self.entries[self.in_order..];
        let wanted = self.in_order.max(AT_ONCE).min(rest.len());
        if wanted < rest.len() {
            rest.select_nth_unstable_by_key(wanted, |entry| entry.at_least);
        }
        rest[..wanted].sort_unstable_by_key(|entry| entry.at_least);
        self.in_order += wanted;
    }
}

/// The candidates of all rows.
pub(super) struct Candidates<P: Price> {
    pub lists: Vec<List<P>>,
    pub costs: Costs<P>,
    /// Columns without any room.
    closed: Vec<u16>,
    scores: Vec<u8>,
    found: Vec<Candidate>,
}

impl<P: Price> Candidates<P> {
    pub(super) fn new(frame: Frame<'_>, costs: Costs<P>) -> Self {
        let closed = (0..frame.columns()).filter(|column| frame.column_capacity(*column) == 0);
        let closed = closed.map(|column| column as u16).collect();
        let mut candidates = Self { lists: Vec::new(), costs, closed, scores: Vec::new(), found: Vec::new() };
        candidates.lists.resize_with(frame.rows(), List::default);
        frame.first_looks(&mut candidates);
        candidates.enter_kept(frame);
        candidates
    }

    /// Doubles a list; what was looked at already, its first entries, stays in front.
    #[cold]
    pub(super) fn extend(&mut self, frame: Frame<'_>, row: usize, looked_at: usize, price: impl Fn(usize) -> P) {
        let list = &mut self.lists[row];
        let wanted = list.entries.len().max(FIRST_LOOK);
        let last = list.frontier.map(|(candidate, _)| candidate);
        // First by score alone, because lots need drawing only where they may decide.
        let floor = last.map_or(BEST_SCORE, Candidate::score);
        frame.scores(row, &mut self.scores);
        self.closed.iter().for_each(|column| self.scores[usize::from(*column)] = RULED_OUT);
        let mut by_score = [0; 1 << u8::BITS];
        self.scores.iter().for_each(|score| by_score[usize::from(*score)] += 1);
        let cut = cut(&by_score, floor, wanted);
        self.found.clear();
        for (column, score) in self.scores.iter().enumerate().filter(|(_, score)| (cut..=floor).contains(*score)) {
            let candidate = Candidate::new(*score, frame.lot(row, column), column);
            if last.is_none_or(|last| candidate > last) {
                self.found.push(candidate);
            }
        }
        let none_below = cut == 0;
        self.enter(frame, row, wanted, none_below);
        self.lists[row].order_from(looked_at, &self.costs, price);
    }

    /// Enters the cheapest of those in `found`, which are all of the row's down to some score.
    pub(super) fn enter(&mut self, frame: Frame<'_>, row: usize, wanted: usize, none_below: bool) {
        let (list, found) = (&mut self.lists[row], &mut self.found);
        list.complete = none_below && found.len() <= wanted;
        if found.len() > wanted {
            found.select_nth_unstable(wanted);
            found.truncate(wanted);
        }
        found.sort_unstable();
        list.entries.reserve_exact(found.len());
        for candidate in found.iter() {
            if !frame.counts_as_kept(row, candidate.column()) {
                let at_least = candidate.cost(&self.costs, false);
                list.entries.push(Entry { at_least, candidate: *candidate, kept: false });
            }
        }
        list.in_order = list.entries.len();
        if let Some(last) = found.last() {
            list.frontier = Some((*last, last.cost(&self.costs, false)));
        }
        found.clear();
    }

    /// Enters what others have found of a row.
    pub(super) fn enter_found(
        &mut self,
        frame: Frame<'_>,
        row: usize,
        found: Vec<Candidate>,
        wanted: usize,
        all: bool,
    ) {
        self.found = found;
        self.enter(frame, row, wanted, all);
    }

    /// Earlier pairs cost less than their score says. There are few; all are known from the start.
    fn enter_kept(&mut self, frame: Frame<'_>) {
        let parts = frame.instance.parts();
        if parts.policy.keep == Keep::None {
            return;
        }
        for (mentee, previous) in parts.previous.iter().enumerate() {
            let Some(mentor) = *previous else { continue };
            let Some(score) = frame.instance.open_score(mentee, mentor) else { continue };
            let (row, column) = frame.row_and_column(mentee, mentor);
            let candidate = Candidate::new(score, frame.lot(row, column), column);
            let entry = Entry { at_least: candidate.cost(&self.costs, true), candidate, kept: true };
            let entries = &mut self.lists[row].entries;
            let at = entries.partition_point(|known| known.at_least < entry.at_least);
            entries.insert(at, entry);
            self.lists[row].in_order += 1;
        }
    }
}

/// The greatest score at or below `floor` down to which there are more than `wanted` candidates: all of one
/// score are taken together, and one more than wanted shows that the list goes on.
pub(super) fn cut(by_score: &[u32], floor: u8, wanted: usize) -> u8 {
    let mut found = 0;
    for score in (0..=floor).rev() {
        // Of the floor's own score some may be known already.
        found += if score == floor && floor < BEST_SCORE { 0 } else { by_score[usize::from(score)] as usize };
        if found > wanted {
            return score;
        }
    }
    0
}

const _: () = assert!(RULED_OUT > BEST_SCORE, "whoever is ruled out has no score");
