//! What one change would cost or gain, and who would move. It changes nothing; it solves the changed question
//! anew, so that the answer is exact.

use super::{
    certify::{Certified, Uncertified, certify},
    instance::{Instance, Misfit},
    levels::Levels,
    solve::solve,
};

/// A change that a coordinator weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<Mentee, Mentor> {
    /// Make this pair whatever else happens, instead of what the mentee is pinned to.
    Force(Mentee, Mentor),
    /// Never make this pair.
    Forbid(Mentee, Mentor),
    /// Give this mentor one more place.
    AddPlace(Mentor),
}

/// What a change does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<Mentee, Mentor> {
    /// What the matching is worth now.
    pub before: Levels,
    /// What it would be worth.
    pub after: Levels,
    /// Who would move, by mentee.
    pub moves: Vec<Move<Mentee, Mentor>>,
}

/// A mentee who would move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move<Mentee, Mentor> {
    /// Who.
    pub mentee: Mentee,
    /// Their mentor now.
    pub from: Option<Mentor>,
    /// Their mentor then.
    pub to: Option<Mentor>,
}

/// Why a change has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// The change cannot be: a forced pair that is ruled out, or one more pin than there are places.
    #[error(transparent)]
    Misfit(#[from] Misfit),
    /// The solver made a mistake.
    #[error(transparent)]
    Uncertified(#[from] Uncertified),
}

/// What changes would do to a matching, all of them together, one after the other.
///
/// # Errors
/// See [`NoAnswer`].
pub fn what_if(
    instance: &Instance,
    now: &Certified,
    changes: &[Change<usize, usize>],
) -> Result<Difference<usize, usize>, NoAnswer> {
    let mut parts = instance.parts().clone();
    for change in changes {
        match *change {
            Change::Force(mentee, mentor) => parts.pinned[mentee] = Some(mentor),
            Change::Forbid(mentee, mentor) => {
                parts.table.set(mentee, mentor, None);
                if parts.pinned[mentee] == Some(mentor) {
                    parts.pinned[mentee] = None;
                }
            }
            Change::AddPlace(mentor) => parts.places[mentor] = parts.places[mentor].saturating_add(1),
        }
    }
    let changed = Instance::new(parts)?;
    let then = certify(&changed, solve(&changed))?;
    let seats = now.solution().seats.iter().zip(&then.solution().seats).enumerate();
    let moves =
        seats.filter(|(_, (from, to))| from != to).map(|(mentee, (from, to))| Move { mentee, from: *from, to: *to });
    Ok(Difference { before: now.levels(), after: then.levels(), moves: moves.collect() })
}
