//! What a set of pairs is worth, level by level.
//!
//! The levels are never added up into one number: a [`Cost`] is compared field by field, so that no amount
//! of a lower level can outweigh the smallest amount of a higher one, and no weight can overflow. Sums and
//! differences go field by field as well, which is all that shortest paths and prices need.

use std::{
    cmp::Ordering,
    ops::{Add, AddAssign, Neg, Sub, SubAssign},
};

use serde::{Deserialize, Serialize};

/// The greatest score of a pair.
pub const BEST_SCORE: u8 = 100;

/// What a kept pair counts more than its score when a proposal is made again.
pub const KEPT_BONUS: u8 = 5;

/// What becomes of earlier pairs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// They count for nothing.
    #[default]
    None,
    /// Each one kept counts [`KEPT_BONUS`] points more: a proposal nobody has seen may change for the better.
    Bonus,
    /// As many as possible are kept, right after coverage: people know about them.
    Published,
}

/// What a program holds for fair and for settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Scores below this are poor; what they lack is squared, so that one very poor match counts more than
    /// several that are a little poor.
    pub weak: u8,
    /// What becomes of earlier pairs.
    pub keep: Keep,
}

impl Default for Policy {
    fn default() -> Self {
        Self { weak: 35, keep: Keep::None }
    }
}

impl Policy {
    /// By how much a score is poor, squared.
    #[must_use]
    pub fn shortfall_sq(&self, score: u8) -> u64 {
        u64::from(self.weak.saturating_sub(score)).pow(2)
    }
}

/// What a set of pairs is worth, in the order in which it is compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Levels {
    /// How many mentees have a mentor. More is better.
    pub coverage: u64,
    /// How many earlier pairs are kept. More is better under [`Keep::Published`].
    pub kept: u64,
    /// How many mentees who come back after their pair ended have a mentor. More is better.
    #[serde(default, skip_serializing_if = "is_nobody")]
    pub returning: u64,
    /// The sum of what poor matches lack, squared. Less is better.
    pub shortfall_sq: u64,
    /// The sum of all scores, without any bonus.
    pub sum: u64,
}

/// Where nobody comes back, nothing need be said of it.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out a reference")]
fn is_nobody(count: &u64) -> bool {
    *count == 0
}

impl Levels {
    /// Adds one pair.
    pub fn add(&mut self, policy: &Policy, score: u8, (kept, returning): (bool, bool)) {
        self.coverage += 1;
        self.kept += u64::from(kept);
        self.returning += u64::from(returning);
        self.shortfall_sq += policy.shortfall_sq(score);
        self.sum += u64::from(score);
    }

    /// The sum of all scores and of what kept pairs count more.
    #[must_use]
    pub fn sum_with_bonus(&self, keep: Keep) -> u64 {
        match keep {
            Keep::Bonus => self.sum + u64::from(KEPT_BONUS) * self.kept,
            Keep::None | Keep::Published => self.sum,
        }
    }

    /// Whether these levels are better (greater) than others under a policy, before the lot is drawn.
    #[must_use]
    pub fn compare(&self, other: &Self, keep: Keep) -> Ordering {
        let kept = if keep == Keep::Published { self.kept.cmp(&other.kept) } else { Ordering::Equal };
        self.coverage
            .cmp(&other.coverage)
            .then(kept)
            .then(self.returning.cmp(&other.returning))
            .then(other.shortfall_sq.cmp(&self.shortfall_sq))
            .then(self.sum_with_bonus(keep).cmp(&other.sum_with_bonus(keep)))
    }
}

/// The cost of a pair, of a chain of moves, or a price. Compared level by level, in the order of the fields;
/// less is better.
///
/// No field can overflow: one pair costs less than 2^[`LOT_BITS`](super::lot::LOT_BITS) in each, a chain has
/// at most twice 2^16 pairs, and no more than four such sums are ever added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Cost {
    /// -1 for each pair: coverage.
    pub cover: i64,
    /// -1 for each kept pair of those that are published.
    pub kept: i64,
    /// Where somebody comes back after their pair ended: 1 for each pair of a mentee who does not, so that of equally
    /// many pairs those are best that leave out none who does.
    pub returning: i64,
    /// What the score lacks, squared.
    pub shortfall: i64,
    /// The score, and the bonus for a kept pair of those that are proposed, negative.
    pub score: i64,
    /// The lot: decides between sets of pairs that are otherwise worth the same.
    pub lot: i64,
}

impl Cost {
    /// Nothing.
    pub const ZERO: Self = Self { cover: 0, kept: 0, returning: 0, shortfall: 0, score: 0, lot: 0 };

    /// How the sum of three costs compares to nothing on all levels above the lot.
    #[inline]
    pub(super) fn sign_before_lot(one: Self, two: Self, three: Self) -> Ordering {
        // Level by level, because the first ones mostly decide.
        (one.cover + two.cover + three.cover)
            .cmp(&0)
            .then_with(|| (one.kept + two.kept + three.kept).cmp(&0))
            .then_with(|| (one.returning + two.returning + three.returning).cmp(&0))
            .then_with(|| (one.shortfall + two.shortfall + three.shortfall).cmp(&0))
            .then_with(|| (one.score + two.score + three.score).cmp(&0))
    }

    /// The highest level on which it is not zero.
    #[must_use]
    pub fn first_level(&self) -> Option<(Level, i64)> {
        let Self { cover, kept, returning, shortfall, score, lot } = *self;
        let levels = [
            (Level::Coverage, cover),
            (Level::Kept, kept),
            (Level::Returning, returning),
            (Level::Shortfall, shortfall),
            (Level::Sum, score),
            (Level::Lot, lot),
        ];
        levels.into_iter().find(|(_, amount)| *amount != 0)
    }
}

/// One level of what a set of pairs is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// How many mentees have a mentor.
    Coverage,
    /// How many published pairs are kept.
    Kept,
    /// How many mentees who come back after their pair ended have a mentor.
    Returning,
    /// What poor matches lack, squared.
    Shortfall,
    /// The sum of scores and bonuses.
    Sum,
    /// The lot alone.
    Lot,
}

impl Ord for Cost {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.cover
            .cmp(&other.cover)
            .then_with(|| self.kept.cmp(&other.kept))
            .then_with(|| self.returning.cmp(&other.returning))
            .then_with(|| self.shortfall.cmp(&other.shortfall))
            .then_with(|| self.score.cmp(&other.score))
            .then_with(|| self.lot.cmp(&other.lot))
    }
}

impl PartialOrd for Cost {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }

    // The search does little else than this comparison. Spelled out it takes half as long.
    #[inline]
    fn lt(&self, other: &Self) -> bool {
        if self.cover != other.cover {
            self.cover < other.cover
        } else if self.kept != other.kept {
            self.kept < other.kept
        } else if self.returning != other.returning {
            self.returning < other.returning
        } else if self.shortfall != other.shortfall {
            self.shortfall < other.shortfall
        } else if self.score != other.score {
            self.score < other.score
        } else {
            self.lot < other.lot
        }
    }

    #[inline]
    fn ge(&self, other: &Self) -> bool {
        !self.lt(other)
    }
}

impl Add for Cost {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        Self {
            cover: self.cover + other.cover,
            kept: self.kept + other.kept,
            returning: self.returning + other.returning,
            shortfall: self.shortfall + other.shortfall,
            score: self.score + other.score,
            lot: self.lot + other.lot,
        }
    }
}

impl Sub for Cost {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Neg for Cost {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self {
            cover: -self.cover,
            kept: -self.kept,
            returning: -self.returning,
            shortfall: -self.shortfall,
            score: -self.score,
            lot: -self.lot,
        }
    }
}

impl AddAssign for Cost {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Cost {
    #[inline]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}
