//! How much a store has done since it was opened: for measuring what an interaction costs.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// What was done, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Transactions that were to write.
    pub turns: u64,
    /// Commits to the disk; writers that wait for one another share one.
    pub commits: u64,
    /// Statements, without those that begin and end transactions.
    pub statements: u64,
}

/// Counts; clones count together.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    turns: AtomicU64,
    commits: AtomicU64,
    statements: AtomicU64,
}

impl Counts {
    pub(super) fn turn(&self) {
        self.0.turns.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn commit(&self) {
        self.0.commits.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn statement(&self) {
        self.0.statements.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn done(&self) -> Done {
        let Counters { turns, commits, statements } = &*self.0;
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Done { turns: read(turns), commits: read(commits), statements: read(statements) }
    }
}
