//! The assignment of mentees to mentors' places: as many as possible, then the greatest sum of scores.
//!
//! The method is that of shortest augmenting paths (Kuhn, Munkres; with capacities, a transportation
//! problem). Mentees come in one after another; each takes the cheapest chain of moves through those who
//! are already seated, and prices keep every earlier choice the best one. Being left out is a seat too,
//! dearer than any sum of bad fits, which is why coverage comes first. It is exact and costs at most
//! mentees² × mentors steps. It knows numbers only: no people, no rules.

/// The best score of one pair; a worse one costs the difference.
const BEST: u32 = 100;

/// For each mentee the mentor's index, or none. `fits[mentee][mentor]` is the score of a pair, at most
/// 100 (a greater one counts as 100), or none where it is forbidden; `places[mentor]` how many the mentor
/// takes. The result depends on the order of both, so the caller sorts them.
pub(super) fn assign(fits: &[Vec<Option<u32>>], places: &[u32]) -> Vec<Option<usize>> {
    let mut table = Table::new(fits, places);
    for mentee in 0..fits.len() {
        table.seat(mentee);
    }
    table.seat_of.iter().map(|seat| seat.filter(|seat| *seat < places.len())).collect()
}

/// Who sits where, and the prices that prove it best: for every mentee and mentor, cost is at least
/// `mentee_price + seat_price`, with equality where the mentee sits, and a mentor with a place left has
/// price 0.
struct Table<'a> {
    fits: &'a [Vec<Option<u32>>],
    places: &'a [u32],
    /// What being left out costs: more than all other costs together.
    left_out: i64,
    mentee_price: Vec<i64>,
    seat_price: Vec<i64>,
    seat_of: Vec<Option<usize>>,
    seated: Vec<Vec<usize>>,
}

/// One search for the cheapest chain of moves.
struct Search {
    /// For each seat the least cost found of reaching it.
    cost: Vec<Option<i64>>,
    /// For each seat the mentee who would move there.
    mover: Vec<usize>,
    /// Seats whose cost is final, in the order in which that was found.
    done: Vec<usize>,
    is_done: Vec<bool>,
}

impl<'a> Table<'a> {
    fn new(fits: &'a [Vec<Option<u32>>], places: &'a [u32]) -> Self {
        let mentees = fits.len();
        // The last seat is that of being left out. It has a place for everybody.
        let seats = places.len() + 1;
        let left_out = i64::from(BEST + 1) * (i64::try_from(mentees).unwrap_or(i64::MAX / 1_000) + 1);
        Self {
            fits,
            places,
            left_out,
            mentee_price: vec![0; mentees],
            seat_price: vec![0; seats],
            seat_of: vec![None; mentees],
            seated: vec![Vec::new(); seats],
        }
    }

    fn price(&self, mentee: usize, seat: usize) -> Option<i64> {
        if seat == self.places.len() {
            return Some(self.left_out);
        }
        // A mentor without a place is no seat at all; nobody sits there who could move on.
        if self.places[seat] == 0 {
            return None;
        }
        self.fits[mentee][seat].map(|fit| i64::from(BEST - fit.min(BEST)))
    }

    fn has_place(&self, seat: usize) -> bool {
        self.places.get(seat).is_none_or(|places| self.seated[seat].len() < *places as usize)
    }

    /// Seats one more mentee at the least cost for all.
    fn seat(&mut self, newcomer: usize) {
        let seats = self.seat_price.len();
        let mut search = Search {
            cost: vec![None; seats],
            mover: vec![newcomer; seats],
            done: Vec::new(),
            is_done: vec![false; seats],
        };
        self.look(&mut search, newcomer, 0);
        let free = loop {
            let (cost, seat) = search.cheapest().expect("being left out is always possible");
            if self.has_place(seat) {
                self.adjust_prices(&search, newcomer, cost);
                break seat;
            }
            search.done.push(seat);
            search.is_done[seat] = true;
            for index in 0..self.seated[seat].len() {
                self.look(&mut search, self.seated[seat][index], cost);
            }
        };
        self.move_along(&search, newcomer, free);
    }

    /// Looks where this mentee could go, having been reached at this cost.
    fn look(&self, search: &mut Search, mentee: usize, reached_at: i64) {
        for seat in 0..self.seat_price.len() {
            if search.is_done[seat] {
                continue;
            }
            let Some(price) = self.price(mentee, seat) else { continue };
            let cost = reached_at + price - self.mentee_price[mentee] - self.seat_price[seat];
            if search.cost[seat].is_none_or(|known| cost < known) {
                search.cost[seat] = Some(cost);
                search.mover[seat] = mentee;
            }
        }
    }

    fn adjust_prices(&mut self, search: &Search, newcomer: usize, cost: i64) {
        self.mentee_price[newcomer] += cost;
        for seat in &search.done {
            let saved = cost - search.cost[*seat].unwrap_or(cost);
            self.seat_price[*seat] -= saved;
            for mentee in &self.seated[*seat] {
                self.mentee_price[*mentee] += saved;
            }
        }
    }

    /// Each mover takes the seat found, from the free one back to the newcomer's.
    fn move_along(&mut self, search: &Search, newcomer: usize, free: usize) {
        let mut seat = free;
        loop {
            let mover = search.mover[seat];
            let before = self.seat_of[mover].replace(seat);
            self.seated[seat].push(mover);
            if mover == newcomer {
                return;
            }
            let before = before.expect("whoever is moved along has a seat");
            self.seated[before].retain(|mentee| *mentee != mover);
            seat = before;
        }
    }
}

impl Search {
    /// The cheapest seat that is not done; of several the first.
    fn cheapest(&self) -> Option<(i64, usize)> {
        let open = self.cost.iter().enumerate().filter(|(seat, _)| !self.is_done[*seat]);
        open.filter_map(|(seat, cost)| cost.map(|cost| (cost, seat))).min()
    }
}
