//! The instance as newcomers (rows) and those they come to (columns). One of the two sides are mentees, who
//! have room for one; the search does not ask which.

use super::{
    Newcomers,
    candidates::{Candidate, Candidates, FIRST_LOOK, cut},
    price::Price,
};
use crate::matching::{
    instance::{Instance, RULED_OUT},
    levels::{BEST_SCORE, Cost, Keep},
};

const SCORES: usize = BEST_SCORE as usize + 1;

#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub instance: &'a Instance,
    pub newcomers: Newcomers,
}

impl Frame<'_> {
    pub(super) fn rows(&self) -> usize {
        match self.newcomers {
            Newcomers::Mentees => self.instance.mentees(),
            Newcomers::Places => self.instance.mentors(),
        }
    }

    pub(super) fn columns(&self) -> usize {
        match self.newcomers {
            Newcomers::Mentees => self.instance.mentors(),
            Newcomers::Places => self.instance.mentees(),
        }
    }

    /// Mentee and mentor.
    #[inline]
    pub(super) fn pair(&self, row: usize, column: usize) -> (usize, usize) {
        match self.newcomers {
            Newcomers::Mentees => (row, column),
            Newcomers::Places => (column, row),
        }
    }

    /// The way back.
    pub(super) fn row_and_column(&self, mentee: usize, mentor: usize) -> (usize, usize) {
        match self.newcomers {
            Newcomers::Mentees => (mentee, mentor),
            Newcomers::Places => (mentor, mentee),
        }
    }

    fn mentee_capacity(&self, mentee: usize) -> u32 {
        u32::from(!self.instance.is_pinned(mentee))
    }

    pub(super) fn row_capacity(&self, row: usize) -> u32 {
        match self.newcomers {
            Newcomers::Mentees => self.mentee_capacity(row),
            Newcomers::Places => self.instance.open_places(row),
        }
    }

    pub(super) fn column_capacity(&self, column: usize) -> u32 {
        match self.newcomers {
            Newcomers::Mentees => self.instance.open_places(column),
            Newcomers::Places => self.mentee_capacity(column),
        }
    }

    /// What any pair of a column costs besides what its score and lot say; never less than nothing.
    pub(super) fn column_cost(&self, column: usize) -> Cost {
        match self.newcomers {
            Newcomers::Mentees => Cost::ZERO,
            Newcomers::Places => self.instance.mentee_cost(column),
        }
    }

    /// The same for a row.
    pub(super) fn row_cost(&self, row: usize) -> Cost {
        match self.newcomers {
            Newcomers::Mentees => self.instance.mentee_cost(row),
            Newcomers::Places => Cost::ZERO,
        }
    }

    #[inline]
    pub(super) fn lot(&self, row: usize, column: usize) -> u64 {
        let (mentee, mentor) = self.pair(row, column);
        self.instance.lot(mentee, mentor)
    }

    /// Whether the pair costs less because it was one before.
    #[inline]
    pub(super) fn counts_as_kept(&self, row: usize, column: usize) -> bool {
        let (mentee, mentor) = self.pair(row, column);
        self.instance.parts().policy.keep != Keep::None && self.instance.was_pair(mentee, mentor)
    }

    /// The scores of a row, column by column, those of columns without room among them; [`RULED_OUT`] for all
    /// of them if the row has no room itself.
    pub(super) fn scores(&self, row: usize, scores: &mut Vec<u8>) {
        scores.clear();
        let table = &self.instance.parts().table;
        match self.newcomers {
            Newcomers::Mentees => scores.extend_from_slice(table.row(row)),
            Newcomers::Places => scores.extend((0..table.mentees()).map(|mentee| table.row(mentee)[row])),
        }
        if self.row_capacity(row) == 0 {
            scores.fill(RULED_OUT);
        }
    }

    /// Fills the first lists of all rows.
    pub(super) fn first_looks<P: Price>(&self, candidates: &mut Candidates<P>) {
        match self.newcomers {
            Newcomers::Mentees => {
                (0..self.rows()).for_each(|row| candidates.extend(*self, row, 0, |_| Default::default()));
            }
            Newcomers::Places => self.look_through_mentees(candidates),
        }
    }

    /// The first lists of all mentors in two passes over the scores, which lie mentee by mentee.
    fn look_through_mentees<P: Price>(&self, candidates: &mut Candidates<P>) {
        let (instance, mentors) = (self.instance, self.rows());
        let open: Vec<usize> = (0..instance.mentees()).filter(|mentee| !instance.is_pinned(*mentee)).collect();
        let wanted = |mentor: usize| FIRST_LOOK * (1 + instance.open_places(mentor).min(7) as usize);
        let cuts = self.cuts(&open, wanted);
        let mut found: Vec<Vec<Candidate>> = vec![Vec::new(); mentors];
        for mentee in &open {
            let scores = instance.parts().table.row(*mentee).iter().zip(&cuts).enumerate();
            for (mentor, (score, _)) in scores.filter(|(_, (score, cut))| score >= cut && **score <= BEST_SCORE) {
                let found = &mut found[mentor];
                found.push(Candidate::new(*score, instance.lot(*mentee, mentor), *mentee));
                // With many equal scores a list would grow with the other side instead of staying short.
                if found.len() > 8 * wanted(mentor) {
                    found.select_nth_unstable(wanted(mentor));
                    found.truncate(wanted(mentor) + 1);
                }
            }
        }
        for (mentor, found) in found.into_iter().enumerate() {
            let all = cuts[mentor] == 0 || cuts[mentor] == u8::MAX;
            candidates.enter_found(*self, mentor, found, wanted(mentor), all);
        }
    }

    /// For each mentor the score down to which there are enough mentees; beyond every score for a mentor who
    /// has no place.
    fn cuts(&self, open: &[usize], wanted: impl Fn(usize) -> usize) -> Vec<u8> {
        let mentors = self.rows();
        let mut by_score = vec![0_u32; mentors * (SCORES + 1)];
        for mentee in open {
            let row = self.instance.parts().table.row(*mentee);
            for (counts, score) in by_score.chunks_exact_mut(SCORES + 1).zip(row) {
                // Whoever is ruled out is counted apart: asking each time whether to count takes longer.
                counts[usize::from(*score).min(SCORES)] += 1;
            }
        }
        let counts = by_score.chunks_exact(SCORES + 1).enumerate();
        let cuts = counts.map(|(mentor, counts)| match self.instance.open_places(mentor) {
            0 => u8::MAX,
            _ => cut(counts, BEST_SCORE, wanted(mentor)),
        });
        cuts.collect()
    }
}
