//! Where a database may be made to misbehave: a seam like the clock, for rehearsals of the worst.
//!
//! The product as it ships passes no troubles, and then nothing here is asked.

use std::sync::Arc;
use std::time::Duration;

use super::StoreError;
use crate::clock::pause;

/// When the database is about to be asked for something that may fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A transaction that reads is to begin.
    BeginRead,
    /// A transaction that writes is to begin.
    BeginWrite,
    /// Somebody who writes runs their last statement.
    Statement,
    /// What was written is to be made durable. Writers who share a commit share its trouble, too.
    Commit,
}

/// How the database misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// It takes so long (in real time), and then does what it was asked for.
    Slow(Duration),
    /// It refuses, as [`StoreError::Busy`]; nothing has happened.
    Busy,
    /// The connection breaks. At [`Moment::Commit`] the commit has happened, and only the answer is lost; at any other
    /// moment nothing has happened.
    Lost,
}

/// Decides, each time it is asked, whether there is trouble.
pub type Troubles = Arc<dyn Fn(Moment) -> Option<Trouble> + Send + Sync>;

/// The troubles of a store; usually none.
#[derive(Clone, Default)]
pub(super) struct Seam(pub(super) Option<Troubles>);

impl Seam {
    /// What goes wrong at this moment, if anything.
    pub(super) fn at(&self, moment: Moment) -> Option<Trouble> {
        self.0.as_ref().and_then(|troubles| troubles(moment))
    }

    /// What goes wrong with a commit that so many writers share. It is asked for each of them: how many of those who are
    /// there at one time come to share is chance, and must not decide what goes wrong with whoever comes after them.
    pub(super) fn at_commit_of(&self, writers: u32) -> Option<Trouble> {
        let troubles: Vec<Trouble> = (0..writers).filter_map(|_| self.at(Moment::Commit)).collect();
        troubles.first().copied()
    }

    /// Takes over the troubles of somebody who joins, if there were none before.
    pub(super) fn join(&mut self, other: Self) {
        if self.0.is_none() {
            *self = other;
        }
    }

    /// Fails if there is trouble at a moment at which nothing has happened yet.
    pub(super) async fn before(&self, moment: Moment) -> Result<(), StoreError> {
        match self.at(moment) {
            None => Ok(()),
            Some(Trouble::Slow(time)) => {
                pause(time).await;
                Ok(())
            }
            Some(Trouble::Busy) => Err(busy()),
            Some(Trouble::Lost) => Err(lost()),
        }
    }
}

impl std::fmt::Debug for Seam {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "troubled" } else { "no troubles" })
    }
}

/// What is said of a database that refuses.
pub(super) fn busy() -> StoreError {
    StoreError::Busy { what: "another writer holds it (rehearsed)".to_owned() }
}

/// What is said of a connection that breaks.
pub(super) fn lost() -> StoreError {
    StoreError::Database { what: "the connection was lost (rehearsed)".to_owned() }
}
