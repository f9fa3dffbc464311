//! What the search adds and compares. It does little else, so that costs are written into one wide number where all
//! their levels fit side by side, for the longest chain there can be; where they do not, they stay as they are.
//!
//! Nothing rests on it: the proof adds and compares level by level, and a wrong number would not pass.

use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use crate::matching::{
    instance::Instance,
    levels::{BEST_SCORE, Cost, KEPT_BONUS, Keep},
    lot::LOT_BITS,
};

/// How many pairs a number of the search can hold for each person on the scarcer side: a chain visits everybody once, by
/// two pairs, and four sums over chains are added at most.
const PAIRS_EACH: usize = 8;

/// A cost, a distance or a price.
pub(super) trait Price:
    Copy + Default + Ord + Add<Output = Self> + Sub<Output = Self> + Neg<Output = Self> + AddAssign + SubAssign
{
    /// How costs are written.
    type Scale: Copy;

    fn of(cost: Cost, scale: Self::Scale) -> Self;

    fn cost(self, scale: Self::Scale) -> Cost;

    /// The same with a lot, where there was none.
    fn with_lot(self, lot: u64) -> Self;
}

impl Price for Cost {
    type Scale = ();

    fn of(cost: Cost, (): ()) -> Self {
        cost
    }

    fn cost(self, (): ()) -> Cost {
        self
    }

    #[inline]
    fn with_lot(self, lot: u64) -> Self {
        Self { lot: lot.cast_signed(), ..self }
    }
}

/// All levels side by side, the lot lowest. Each has room for its greatest sum and a sign, so that sums of such numbers
/// are those of the levels, and are ordered as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Packed(i128);

/// How many bits each level has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    kept: u32,
    returning: u32,
    shortfall: u32,
    score: u32,
    lot: u32,
}

impl Scale {
    /// For chains over so many people; none where the levels do not fit.
    pub(super) fn fitting(instance: &Instance, people: usize) -> Option<Self> {
        let policy = instance.parts().policy;
        let pairs = (PAIRS_EACH * (people + 1)) as u64;
        let bits = |most: u64| u64::BITS - most.leading_zeros();
        let room = |most: u64| bits(most) + bits(pairs) + 1;
        let scale = Self {
            kept: if policy.keep == Keep::Published { room(1) } else { 0 },
            returning: if instance.some_return() { room(1) } else { 0 },
            shortfall: room(policy.shortfall_sq(0)),
            score: room(u64::from(BEST_SCORE + KEPT_BONUS)),
            lot: room((1 << LOT_BITS) - 1),
        };
        let Self { kept, returning, shortfall, score, lot } = scale;
        (room(1) + kept + returning + shortfall + score + lot <= i128::BITS).then_some(scale)
    }
}

impl Price for Packed {
    type Scale = Scale;

    fn of(cost: Cost, scale: Scale) -> Self {
        let levels = [
            (0, cost.cover),
            (scale.kept, cost.kept),
            (scale.returning, cost.returning),
            (scale.shortfall, cost.shortfall),
            (scale.score, cost.score),
            (scale.lot, cost.lot),
        ];
        Self(levels.into_iter().fold(0, |packed, (bits, level)| (packed << bits) + i128::from(level)))
    }

    fn cost(self, scale: Scale) -> Cost {
        let mut rest = self.0;
        let mut lowest = |bits: u32| {
            if bits == 0 {
                return 0;
            }
            let above = i128::BITS - bits;
            let level = rest << above >> above;
            rest = (rest - level) >> bits;
            i64::try_from(level).unwrap_or(i64::MAX)
        };
        let (lot, score, shortfall) = (lowest(scale.lot), lowest(scale.score), lowest(scale.shortfall));
        let (returning, kept) = (lowest(scale.returning), lowest(scale.kept));
        Cost { cover: i64::try_from(rest).unwrap_or(i64::MAX), kept, returning, shortfall, score, lot }
    }

    #[inline]
    fn with_lot(self, lot: u64) -> Self {
        Self(self.0 + i128::from(lot))
    }
}

impl Add for Packed {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Packed {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Packed {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Packed {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Packed {
    #[inline]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

/// What pairs cost, written for the search.
pub(super) struct Costs<P: Price> {
    /// New pairs by score, without their lot.
    by_score: Vec<P>,
    /// By how much an earlier pair costs less.
    kept_gain: P,
    pub scale: P::Scale,
}

impl<P: Price> Costs<P> {
    pub(super) fn new(instance: &Instance, scale: P::Scale) -> Self {
        let by_score = (0..=BEST_SCORE).map(|score| P::of(instance.new_pair_cost(score, 0), scale));
        Self { by_score: by_score.collect(), kept_gain: P::of(instance.kept_gain(), scale), scale }
    }

    /// What a pair of this score and lot costs.
    #[inline]
    pub(super) fn of(&self, score: u8, lot: u64, kept: bool) -> P {
        let cost = self.by_score[usize::from(score)].with_lot(lot);
        if kept { cost - self.kept_gain } else { cost }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matching::{Parts, Policy, Table};

    fn instance(keep: Keep, weak: u8) -> Instance {
        instance_with(keep, weak, false)
    }

    fn instance_with(keep: Keep, weak: u8, returning: bool) -> Instance {
        let parts = Parts {
            table: Table::new(1, 0),
            places: vec![],
            pinned: vec![None],
            previous: vec![None],
            returning: vec![returning],
            mentee_keys: vec![1],
            mentor_keys: vec![],
            policy: Policy { weak, keep },
        };
        Instance::new(parts).unwrap()
    }

    #[test]
    fn levels_fit_for_thousands_of_people_and_are_not_squeezed_in_where_they_do_not() {
        let usual = instance(Keep::Bonus, 35);
        assert!(Scale::fitting(&usual, 8_000).is_some());
        assert!(Scale::fitting(&usual, 60_000).is_none());
        assert!(Scale::fitting(&instance(Keep::Published, 35), 500).is_some());
        assert!(Scale::fitting(&instance_with(Keep::Published, 35, true), 500).is_none());
        assert!(Scale::fitting(&instance(Keep::Published, 100), 8_000).is_none());
    }

    /// A cost as great as one pair's can be on each level, times the most pairs that are ever added.
    fn sum(people: i64) -> impl Strategy<Value = Cost> {
        let pairs = 8 * people;
        let level = move |most: i64| -(most * pairs)..=most * pairs;
        let lot = level((1 << LOT_BITS) - 1);
        (level(1), level(1), level(1), level(35 * 35), level(105), lot).prop_map(
            |(cover, kept, returning, shortfall, score, lot)| Cost { cover, kept, returning, shortfall, score, lot },
        )
    }

    proptest! {
        #[test]
        fn a_packed_cost_comes_back_and_compares_and_adds_as_it_was(one in sum(100), other in sum(100)) {
            let scale = Scale::fitting(&instance_with(Keep::Published, 35, true), 100).unwrap();
            let (packed, with) = (Packed::of(one, scale), Packed::of(other, scale));
            prop_assert_eq!(packed.cost(scale), one);
            prop_assert_eq!((-packed).cost(scale), -one);
            prop_assert_eq!(packed.cmp(&with), one.cmp(&other));
            let halves = |cost: Cost| Cost {
                cover: cost.cover / 2, kept: cost.kept / 2, returning: cost.returning / 2,
                shortfall: cost.shortfall / 2, score: cost.score / 2, lot: cost.lot / 2,
            };
            let added = Packed::of(halves(one), scale) + Packed::of(halves(other), scale);
            prop_assert_eq!(added.cost(scale), halves(one) + halves(other));
        }
    }
}
