//! One search after another for the cheapest chain of moves, and the prices they leave behind.
//!
//! Between searches this holds: a pair costs at least nothing when both prices are added, and exactly nothing
//! when it is seated; no price is negative; whoever among those come to has room left has no price. A
//! newcomer who has been let in and does not find room has none either. Prices of columns never fall.
//!
//! What any pair of a mentee costs, whoever the mentor is, stands in their row's or their column's price from the
//! beginning, where it changes nothing about which candidate is cheapest; it is taken out when somebody stays without,
//! and in the end.

use std::{cmp::Ordering, collections::BinaryHeap};

use super::{
    candidates::{Candidates, Next},
    frame::Frame,
    price::{Costs, Price},
};
use crate::matching::levels::Cost;

/// How many candidates of a row are looked at before others have their turn.
const AT_ONCE: usize = 12;

/// Marks a row in the heap; columns have no mark.
const ROW: u32 = 1 << 16;

/// Who sits where, the prices, and the scratch of a search.
pub(super) struct Search<'a, P: Price> {
    frame: Frame<'a>,
    candidates: Candidates<P>,
    rows: Vec<Row<P>>,
    columns: Vec<Column<P>>,
    /// The rows at each column.
    seated: Vec<Vec<u16>>,
    /// The columns of each row.
    held: Vec<Vec<u16>>,
    /// By distance: columns that were reached, and rows that have more candidates to look at.
    heap: BinaryHeap<Step<P>>,
    round: u32,
    /// Rows whose distance is final, and with it that of their columns.
    reached: Vec<u16>,
}

/// A column, and what the search of a round knows of it.
#[derive(Clone, Copy, Default)]
struct Column<P> {
    price: P,
    distance: P,
    room: u32,
    round: u32,
    /// The row that would move here.
    mover: u16,
    /// One of the rows that sit here, if there is no room.
    seated: u16,
    /// The last round in which the price changed.
    priced: u32,
}

/// A row, and what the search of a round knows of it.
#[derive(Clone, Copy, Default)]
struct Row<P> {
    price: P,
    /// How much of the price any pair of the row costs.
    own: P,
    distance: P,
    round: u32,
    /// The column it would leave.
    leaves: u16,
    /// How many of its candidates were looked at.
    looked_at: u32,
}

/// What comes next in a search; the nearest is the greatest.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Step<P> {
    distance: P,
    who: u32,
}

impl<P: Price> Ord for Step<P> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        (other.distance, other.who).cmp(&(self.distance, self.who))
    }
}

impl<P: Price> PartialOrd for Step<P> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }

    // What the heap asks; the short way to the same answer.
    #[inline]
    fn le(&self, other: &Self) -> bool {
        if self.distance == other.distance { self.who >= other.who } else { other.distance < self.distance }
    }
}

/// The end of the cheapest chain so far.
#[derive(Clone, Copy)]
struct End<P> {
    distance: P,
    to: To,
}

#[derive(Clone, Copy)]
enum To {
    /// A column with room, taken by this row.
    Room { column: usize, mover: usize },
    /// This row stays, or becomes, without.
    Without { row: usize },
}

impl<'a, P: Price> Search<'a, P> {
    pub(super) fn new(frame: Frame<'a>, scale: P::Scale) -> Self {
        let column = |column| Column {
            room: frame.column_capacity(column),
            price: P::of(frame.column_cost(column), scale),
            ..Column::default()
        };
        let row = |row| Row { own: P::of(frame.row_cost(row), scale), ..Row::default() };
        let mut search = Self {
            candidates: Candidates::new(frame, Costs::new(frame.instance, scale)),
            rows: (0..frame.rows()).map(row).collect(),
            columns: (0..frame.columns()).map(column).collect(),
            seated: vec![Vec::new(); frame.columns()],
            held: vec![Vec::new(); frame.rows()],
            heap: BinaryHeap::new(),
            round: 0,
            reached: Vec::new(),
            frame,
        };
        for (row, list) in search.rows.iter_mut().zip(&mut search.candidates.lists) {
            // The least price at which no pair costs less than nothing, as long as columns have none.
            row.price = match list.next(0) {
                Next::Entry(entry) => -entry.at_least,
                Next::Beyond(_) | Next::Nothing => row.own,
            };
        }
        search
    }

    /// Lets one unit of a row in, at the least cost for all. Says whether it found room: if not, the row's
    /// other units would not, either.
    pub(super) fn seat(&mut self, newcomer: usize) -> bool {
        self.round += 1;
        self.heap.clear();
        self.reached.clear();
        let Row { price, own, .. } = self.rows[newcomer];
        let mut end = End { distance: price - own, to: To::Without { row: newcomer } };
        self.reach_row(newcomer, P::default(), &mut end);
        while let Some(Step { distance, who }) = self.heap.pop() {
            if distance >= end.distance {
                break;
            }
            if who >= ROW {
                self.look((who - ROW) as usize, &mut end);
            } else {
                self.leave_column(who as usize, distance, &mut end);
            }
        }
        self.adjust_prices(end.distance);
        self.move_along(newcomer, end.to)
    }

    /// A column's distance is final: whoever sits there could move on. All of them or none were reached
    /// before, because a row with several columns is reached with all of them.
    fn leave_column(&mut self, index: usize, distance: P, end: &mut End<P>) {
        for place in 0..self.seated[index].len() {
            let row = usize::from(self.seated[index][place]);
            if self.rows[row].round != self.round {
                self.rows[row].leaves = index as u16;
                self.reach_row(row, distance, end);
            }
        }
    }

    fn reach_row(&mut self, index: usize, distance: P, end: &mut End<P>) {
        let row = &mut self.rows[index];
        row.round = self.round;
        row.distance = distance;
        row.looked_at = 0;
        let without = distance + row.price - row.own;
        if without < end.distance {
            *end = End { distance: without, to: To::Without { row: index } };
        }
        self.reached.push(index as u16);
        let columns = &self.columns;
        let Candidates { lists, costs, .. } = &mut self.candidates;
        lists[index].refresh(costs, |column| columns[column].price);
        self.look(index, end);
    }

    /// Looks at some of the row's candidates, and at the others later if they can still be of use by then.
    fn look(&mut self, index: usize, end: &mut End<P>) {
        let Row { price, distance, mut looked_at, .. } = self.rows[index];
        let base = distance + price;
        for turn in 0.. {
            let next = self.candidates.lists[index].next(looked_at as usize);
            let at_least = base
                + match next {
                    Next::Entry(entry) => entry.at_least,
                    Next::Beyond(at_least) => at_least,
                    Next::Nothing => return,
                };
            if at_least >= end.distance {
                return;
            }
            if turn >= AT_ONCE {
                self.rows[index].looked_at = looked_at;
                self.heap.push(Step { distance: at_least, who: ROW + index as u32 });
                return;
            }
            if let Next::Entry(entry) = next {
                looked_at += 1;
                let with_pair = base + entry.cost(&self.candidates.costs);
                let useful = self.reach_column(index, entry.column(), with_pair, end);
                self.candidates.lists[index].in_vain += u32::from(!useful);
            } else {
                let columns = &self.columns;
                self.candidates.extend(self.frame, index, looked_at as usize, |column| columns[column].price);
            }
        }
    }

    /// Whether the column is or was within reach, which makes the candidate worth its place in the list.
    #[inline]
    fn reach_column(&mut self, row: usize, index: usize, with_pair: P, end: &mut End<P>) -> bool {
        let column = &mut self.columns[index];
        let distance = with_pair + column.price;
        if distance >= end.distance {
            return false;
        }
        if column.room > 0 {
            *end = End { distance, to: To::Room { column: index, mover: row } };
            return true;
        }
        let is_reached = self.rows[usize::from(column.seated)].round == self.round;
        if !is_reached && (column.round != self.round || distance < column.distance) {
            (column.distance, column.mover, column.round) = (distance, row as u16, self.round);
            self.heap.push(Step { distance, who: index as u32 });
        }
        true
    }

    /// Whoever was reached before the end saves what lies between, and their columns cost it.
    fn adjust_prices(&mut self, end: P) {
        for index in &self.reached {
            let row = &mut self.rows[usize::from(*index)];
            let between = end - row.distance;
            row.price -= between;
            for column in &self.held[usize::from(*index)] {
                let column = &mut self.columns[usize::from(*column)];
                if column.priced != self.round {
                    column.priced = self.round;
                    column.price += between;
                }
            }
        }
    }

    /// Each mover takes the place found, from the end back to the newcomer.
    fn move_along(&mut self, newcomer: usize, to: To) -> bool {
        let (mut column, mut mover) = match to {
            To::Without { row } if row == newcomer => return false,
            To::Without { row } => {
                let column = self.leave(row);
                (column, usize::from(self.columns[column].mover))
            }
            To::Room { column, mover } => {
                self.columns[column].room -= 1;
                (column, mover)
            }
        };
        loop {
            self.seated[column].push(mover as u16);
            self.columns[column].seated = mover as u16;
            self.held[mover].push(column as u16);
            if mover == newcomer {
                return true;
            }
            column = self.leave(mover);
            mover = usize::from(self.columns[column].mover);
        }
    }

    /// Takes a row from the column it was reached by.
    fn leave(&mut self, row: usize) -> usize {
        let column = usize::from(self.rows[row].leaves);
        let place = self.seated[column].iter().position(|seated| usize::from(*seated) == row);
        self.seated[column].swap_remove(place.expect("a row is reached by a column at which it sits"));
        self.held[row].retain(|held| usize::from(*held) != column);
        column
    }

    /// The prices of rows and of columns, and who sits where, row by column.
    pub(super) fn finish(self) -> (Vec<Cost>, Vec<Cost>, Vec<(usize, usize)>) {
        let mut pairs = Vec::new();
        for (column, rows) in self.seated.iter().enumerate() {
            pairs.extend(rows.iter().map(|row| (usize::from(*row), column)));
        }
        let scale = self.candidates.costs.scale;
        let row_prices = self.rows.iter().map(|row| (row.price - row.own).cost(scale)).collect();
        let own = |column: usize| self.frame.column_cost(column);
        let column_prices = self.columns.iter().enumerate();
        let column_prices = column_prices.map(|(index, column)| column.price.cost(scale) - own(index)).collect();
        (row_prices, column_prices, pairs)
    }
}
