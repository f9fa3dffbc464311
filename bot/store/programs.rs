//! Programs that were read before, so that a season is known by a small number instead of by all its text.
//!
//! Nothing old is ever served: the number is read with the season each time, in the same transaction, and each state of
//! a program has its own.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use plsep_domain::{Program, SeasonId};

/// Most programs remembered at once; a bot serves a few communities with one current season each.
const REMEMBERED: usize = 32;

/// Shared by a store, its clones and their transactions.
#[derive(Clone, Debug, Default)]
pub(super) struct Programs(Arc<Mutex<HashMap<SeasonId, Edition>>>);

/// A program and the number of this state of it.
type Edition = (i64, Arc<Program>);

impl Programs {
    /// The program of this season in this edition, if it was read before.
    pub(super) fn known(&self, season: SeasonId, edition: i64) -> Option<Arc<Program>> {
        let programs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        programs.get(&season).filter(|(known, _)| *known == edition).map(|(_, program)| Arc::clone(program))
    }

    /// Remembers what was read.
    pub(super) fn remember(&self, season: SeasonId, edition: i64, program: &Arc<Program>) {
        let mut programs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if programs.len() >= REMEMBERED && !programs.contains_key(&season) {
            programs.clear();
        }
        programs.insert(season, (edition, Arc::clone(program)));
    }
}
