//! What is written behind: what people do most often is left here when they do it, and written down in one statement
//! for all of them, because each statement is a round trip to the database.
//!
//! It is written with the commit, or before anybody's next statement, which may look for it. Whether it can be is known
//! only then. So it is left here only by those who begin anew if something is taken back, and as long as all who share
//! the transaction do so; if it cannot be written, all of them begin anew, nothing is left behind, and who was the cause
//! of it hears so.

use std::{collections::BTreeMap, fmt};

use plsep_domain::{ApplicationId, CheckInAnswer, PairId, Period, PersonId, Role};
use serde::Serialize;

use super::{Application, StoreError, Stored, ahead::Touches, counts::Counts, dialect::Dialect};

/// Something that can wait until it is written.
pub(super) enum Deferred {
    Draft(DeferredDraft),
    Answer(DeferredAnswer),
}

/// What is new about the draft of an application.
#[derive(Serialize)]
pub(super) struct DeferredDraft {
    pub(super) application: ApplicationId,
    pub(super) role: Option<Role>,
    pub(super) draft: Option<serde_json::Value>,
    /// In microseconds since 1970.
    pub(super) updated_at: i64,
}

/// What somebody said about a month of their pair.
#[derive(Serialize)]
pub(super) struct DeferredAnswer {
    pub(super) pair: PairId,
    pub(super) person: PersonId,
    pub(super) period: Period,
    pub(super) answer: CheckInAnswer,
    /// In microseconds since 1970.
    pub(super) given_at: i64,
}

impl Deferred {
    /// What it touches of what was read ahead.
    pub(super) fn touches(&self) -> Touches {
        match self {
            Self::Draft(draft) => Touches::Application(draft.application),
            Self::Answer(said) => Touches::MonthsOf(said.pair),
        }
    }
}

/// What is still to be written in a transaction.
#[derive(Default)]
pub(super) struct Behind {
    /// One for each application: a statement changes a row once.
    drafts: BTreeMap<ApplicationId, DeferredDraft>,
    /// In the order in which they were given.
    answers: Vec<DeferredAnswer>,
}

impl fmt::Debug for Behind {
    /// What people wrote is in no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Behind").field(&self.drafts.len()).field(&self.answers.len()).finish()
    }
}

/// Why it could not be written.
#[derive(Debug)]
pub(super) enum Unwritten {
    /// Something it belongs to is not there.
    Missing(&'static str),
    Failed(sqlx::Error),
}

impl Unwritten {
    /// Whether the transaction still stands without it.
    pub(super) fn spares_others<DB: Dialect>(&self) -> bool {
        match self {
            Self::Missing(_) => true,
            Self::Failed(error) => DB::spares_others(error),
        }
    }
}

impl From<sqlx::Error> for Unwritten {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Unwritten> for StoreError {
    fn from(unwritten: Unwritten) -> Self {
        match unwritten {
            Unwritten::Missing(what) => Self::Missing { what },
            Unwritten::Failed(error) => error.into(),
        }
    }
}

impl From<Deferred> for Behind {
    fn from(deferred: Deferred) -> Self {
        let mut behind = Self::default();
        behind.leave(deferred);
        behind
    }
}

impl Behind {
    /// Leaves something to be written. What is said later of the same draft is what counts.
    pub(super) fn leave(&mut self, deferred: Deferred) {
        match deferred {
            Deferred::Draft(mut new) => {
                if let Some(before) = self.drafts.remove(&new.application) {
                    new.role = new.role.or(before.role);
                    new.draft = new.draft.or(before.draft);
                }
                self.drafts.insert(new.application, new);
            }
            Deferred::Answer(answer) => self.answers.push(answer),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.drafts.is_empty() && self.answers.is_empty()
    }

    /// Writes down whatever was left.
    pub(super) async fn write_down<DB: Dialect>(
        &mut self,
        connection: &mut DB::Connection,
        counts: &Counts,
    ) -> Result<(), Unwritten> {
        let Self { drafts, answers } = std::mem::take(self);
        if !drafts.is_empty() {
            let list: Vec<DeferredDraft> = drafts.into_values().collect();
            written::<DB, _>(connection, counts, DB::DRAFTS, &list, Application::WHAT).await?;
        }
        if !answers.is_empty() {
            written::<DB, _>(connection, counts, DB::ANSWERS, &answers, "pair of this person").await?;
        }
        Ok(())
    }
}

/// Runs a statement that is to write each item of the list.
async fn written<DB: Dialect, T: Serialize + Sync>(
    connection: &mut DB::Connection,
    counts: &Counts,
    sql: &'static str,
    list: &[T],
    what: &'static str,
) -> Result<(), Unwritten> {
    counts.statement();
    let rows = DB::change(connection, sql, list).await?;
    if usize::try_from(rows).is_ok_and(|rows| rows == list.len()) { Ok(()) } else { Err(Unwritten::Missing(what)) }
}
