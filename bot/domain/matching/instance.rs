//! A matching as numbers: who may be paired with whom and how well, how many each mentor takes, what is
//! fixed, and what was before.
//!
//! People are rows and columns here; hand them over in the order of their ids. It knows no answers and no
//! rules: a pair that a rule forbids has no score.

use super::{
    levels::{BEST_SCORE, Cost, KEPT_BONUS, Keep, Levels, Policy},
    lot::lot,
};

/// How many mentees, and how many mentors, there may be: indices are kept in 16 bits.
pub const PEOPLE_MAX: usize = 1 << 16;

/// No score.
pub(super) const RULED_OUT: u8 = u8::MAX;

/// The scores: a byte for each mentee and mentor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    mentees: usize,
    mentors: usize,
    scores: Vec<u8>,
}

impl Table {
    /// A table in which every pair is ruled out.
    #[must_use]
    pub fn new(mentees: usize, mentors: usize) -> Self {
        Self { mentees, mentors, scores: vec![RULED_OUT; mentees * mentors] }
    }

    /// How many mentees.
    #[must_use]
    pub fn mentees(&self) -> usize {
        self.mentees
    }

    /// How many mentors.
    #[must_use]
    pub fn mentors(&self) -> usize {
        self.mentors
    }

    /// The pair's score, or none where it is ruled out.
    #[inline]
    #[must_use]
    pub fn get(&self, mentee: usize, mentor: usize) -> Option<u8> {
        let score = self.row(mentee)[mentor];
        (score != RULED_OUT).then_some(score)
    }

    /// Sets a pair's score, at most [`BEST_SCORE`] (a greater one counts as that), or rules it out.
    pub fn set(&mut self, mentee: usize, mentor: usize, score: Option<u8>) {
        let index = mentee * self.mentors + mentor;
        self.scores[index] = score.map_or(RULED_OUT, |score| score.min(BEST_SCORE));
    }

    /// One mentee's scores; above [`BEST_SCORE`] means ruled out.
    #[inline]
    pub(super) fn row(&self, mentee: usize) -> &[u8] {
        &self.scores[mentee * self.mentors..(mentee + 1) * self.mentors]
    }
}

/// What an [`Instance`] is made of. Each list has one entry per mentee or per mentor.
#[derive(Debug, Clone)]
pub struct Parts {
    /// The scores.
    pub table: Table,
    /// How many mentees each mentor takes.
    pub places: Vec<u32>,
    /// The mentor a coordinator decided on, for each mentee.
    pub pinned: Vec<Option<usize>>,
    /// The mentor each mentee had before. Gone mentors are none.
    pub previous: Vec<Option<usize>>,
    /// Whether each mentee comes back after their pair ended. Of equally many pairs, those that leave out nobody who
    /// does are better.
    pub returning: Vec<bool>,
    /// What each mentee's lots are drawn from.
    pub mentee_keys: Vec<u64>,
    /// What each mentor's lots are drawn from.
    pub mentor_keys: Vec<u64>,
    /// What counts as poor, and what becomes of earlier pairs.
    pub policy: Policy,
}

/// Why parts make no instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// More people than indices.
    #[error("more than {PEOPLE_MAX} people on one side")]
    TooMany,
    /// A list with too few or too many entries.
    #[error("the lists differ in length")]
    Lengths,
    /// A pin on a pair that is ruled out.
    #[error("mentee {mentee} is pinned to mentor {mentor}, but the pair is ruled out")]
    PinRuledOut {
        /// The mentee's row.
        mentee: usize,
        /// The mentor's column.
        mentor: usize,
    },
    /// More pins than the mentor takes mentees.
    #[error("mentor {mentor} takes {places} and has more pins")]
    OverCapacity {
        /// The mentor's column.
        mentor: usize,
        /// How many they take.
        places: u32,
    },
}

/// A matching as numbers. No pin in it breaks a rule or a capacity.
#[derive(Debug, Clone)]
pub struct Instance {
    parts: Parts,
    /// The places that pins leave.
    open: Vec<u32>,
    /// What a pair of this score costs.
    by_score: Vec<Cost>,
    /// Whether anybody comes back.
    some_return: bool,
}

impl Instance {
    /// The instance these parts make.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn new(parts: Parts) -> Result<Self, Misfit> {
        let (mentees, mentors) = (parts.table.mentees, parts.table.mentors);
        if mentees > PEOPLE_MAX || mentors > PEOPLE_MAX {
            return Err(Misfit::TooMany);
        }
        let lengths = [parts.pinned.len(), parts.previous.len(), parts.returning.len(), parts.mentee_keys.len()];
        if lengths != [mentees; 4] || [parts.places.len(), parts.mentor_keys.len()] != [mentors; 2] {
            return Err(Misfit::Lengths);
        }
        let pairs = || parts.pinned.iter().chain(&parts.previous).flatten();
        if pairs().any(|mentor| *mentor >= mentors) {
            return Err(Misfit::Lengths);
        }
        let mut open = parts.places.clone();
        for (mentee, mentor) in parts.pinned.iter().enumerate() {
            let Some(mentor) = *mentor else { continue };
            if parts.table.get(mentee, mentor).is_none() {
                return Err(Misfit::PinRuledOut { mentee, mentor });
            }
            open[mentor] =
                open[mentor].checked_sub(1).ok_or(Misfit::OverCapacity { mentor, places: parts.places[mentor] })?;
        }
        let by_score = (0..=BEST_SCORE).map(|score| Cost {
            cover: -1,
            shortfall: i64::try_from(parts.policy.shortfall_sq(score)).unwrap_or(i64::MAX),
            score: -i64::from(score),
            ..Cost::ZERO
        });
        let some_return = parts.returning.contains(&true);
        Ok(Self { open, by_score: by_score.collect(), some_return, parts })
    }

    /// What it is made of.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// How many mentees.
    #[must_use]
    pub fn mentees(&self) -> usize {
        self.parts.table.mentees
    }

    /// How many mentors.
    #[must_use]
    pub fn mentors(&self) -> usize {
        self.parts.table.mentors
    }

    /// The places of a mentor that pins leave.
    #[must_use]
    pub fn open_places(&self, mentor: usize) -> u32 {
        self.open[mentor]
    }

    /// Whether a coordinator decided on this mentee's mentor.
    #[must_use]
    pub fn is_pinned(&self, mentee: usize) -> bool {
        self.parts.pinned[mentee].is_some()
    }

    /// The score of a pair that is still to be decided: not ruled out, the mentee not pinned, the mentor with
    /// a place left by pins.
    #[inline]
    #[must_use]
    pub fn open_score(&self, mentee: usize, mentor: usize) -> Option<u8> {
        let score = self.parts.table.get(mentee, mentor)?;
        (self.open[mentor] > 0 && !self.is_pinned(mentee)).then_some(score)
    }

    /// Whether the two were a pair before.
    #[inline]
    #[must_use]
    pub fn was_pair(&self, mentee: usize, mentor: usize) -> bool {
        self.parts.previous[mentee] == Some(mentor)
    }

    /// The lot of a pair.
    #[inline]
    pub(super) fn lot(&self, mentee: usize, mentor: usize) -> u64 {
        lot(self.parts.mentee_keys[mentee], self.parts.mentor_keys[mentor])
    }

    /// Whether anybody comes back after their pair ended.
    #[must_use]
    pub fn some_return(&self) -> bool {
        self.some_return
    }

    /// What any pair of this mentee costs besides what its score and lot say; never less than nothing.
    #[inline]
    pub(super) fn mentee_cost(&self, mentee: usize) -> Cost {
        Cost { returning: i64::from(self.some_return && !self.parts.returning[mentee]), ..Cost::ZERO }
    }

    /// What a pair of this score and lot costs that was no pair before, whoever the mentee is.
    #[inline]
    pub(super) fn new_pair_cost(&self, score: u8, lot: u64) -> Cost {
        let cost = self.by_score[usize::from(score)];
        Cost { lot: lot.cast_signed(), ..cost }
    }

    /// What a pair costs, but for its lot.
    #[inline]
    pub(super) fn cost_before_lot(&self, mentee: usize, mentor: usize, score: u8) -> Cost {
        let cost = self.by_score[usize::from(score)] + self.mentee_cost(mentee);
        if self.was_pair(mentee, mentor) { cost - self.kept_gain() } else { cost }
    }

    /// By how much an earlier pair costs less.
    #[inline]
    pub(super) fn kept_gain(&self) -> Cost {
        match self.parts.policy.keep {
            Keep::None => Cost::ZERO,
            Keep::Bonus => Cost { score: i64::from(KEPT_BONUS), ..Cost::ZERO },
            Keep::Published => Cost { kept: 1, ..Cost::ZERO },
        }
    }

    /// What a pair costs.
    #[inline]
    #[must_use]
    pub fn cost(&self, mentee: usize, mentor: usize, score: u8) -> Cost {
        Cost { lot: self.lot(mentee, mentor).cast_signed(), ..self.cost_before_lot(mentee, mentor, score) }
    }

    /// What these seats are worth. A seat on a pair that is ruled out counts for nothing.
    #[must_use]
    pub fn levels(&self, seats: &[Option<usize>]) -> Levels {
        let mut levels = Levels::default();
        for (mentee, seat) in seats.iter().enumerate() {
            if let Some((mentor, score)) = seat.and_then(|mentor| Some((mentor, self.parts.table.get(mentee, mentor)?)))
            {
                let returning = self.parts.returning[mentee];
                levels.add(&self.parts.policy, score, (self.was_pair(mentee, mentor), returning));
            }
        }
        levels
    }
}
