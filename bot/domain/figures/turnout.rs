//! Of how many who were asked something an answer came, on either side. It names nobody, and no answer is a wrong.

use super::BySide;
use crate::question::Role;

/// Who was asked, and of whom an answer came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turnout {
    /// How many were asked. Whoever is in two pairs is asked about each.
    pub asked: BySide,
    /// How many of them answered.
    pub answered: BySide,
}

impl Turnout {
    /// Counts questions: whom each was put to, and whether an answer came. An answer nobody asked for counts as both.
    #[must_use]
    pub fn of(questions: impl IntoIterator<Item = (Role, bool, bool)>) -> Self {
        let mut turnout = Self::default();
        for (role, asked, answered) in questions {
            let (of_asked, of_answered) = match role {
                Role::Mentee => (&mut turnout.asked.mentees, &mut turnout.answered.mentees),
                Role::Mentor => (&mut turnout.asked.mentors, &mut turnout.answered.mentors),
            };
            *of_asked += usize::from(asked || answered);
            *of_answered += usize::from(answered);
        }
        turnout
    }

    /// Whether nobody was asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.asked == BySide::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Role::{Mentee, Mentor};

    #[test]
    fn answers_are_counted_on_their_side_and_never_more_than_were_asked() {
        let side = |mentees, mentors| BySide { mentees, mentors };
        let rows = [
            (vec![], side(0, 0), side(0, 0)),
            (vec![(Mentee, false, false)], side(0, 0), side(0, 0)),
            (vec![(Mentee, true, false), (Mentor, true, true)], side(1, 1), side(0, 1)),
            (vec![(Mentor, true, true), (Mentor, true, false), (Mentee, false, true)], side(1, 2), side(1, 1)),
        ];
        for (questions, asked, answered) in rows {
            assert_eq!(Turnout::of(questions.clone()), Turnout { asked, answered }, "{questions:?}");
        }
        assert!(Turnout::of([]).is_empty());
    }
}
