//! Dead letters: effects that were given up, until somebody tries again or lays them aside. A direct message that can
//! only be read at its reader's next visit is none of them.

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, OutboxId};

use super::{Effect, Row, StoreError, Stored, Tx};

/// An effect that was given up.
#[derive(Clone, Debug, PartialEq)]
pub struct DeadLetter {
    /// Our id.
    pub id: OutboxId,
    /// Where it was to happen.
    pub community: CommunityId,
    /// Its key.
    pub key: String,
    /// What was to happen.
    pub effect: Effect,
    /// Why it could not.
    pub error: String,
    /// How many attempts were made.
    pub attempts: i64,
    /// When it was given up.
    pub at: DateTime<Utc>,
}

impl Stored for DeadLetter {
    const WHAT: &'static str = "dead letter";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            community: row.id("community")?,
            key: row.text("key")?,
            effect: row.json("effect")?,
            error: row.text("error")?,
            attempts: row.int("attempts")?,
            at: row.at("updated_at")?,
        })
    }
}

/// What waits to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// How much.
    pub count: i64,
    /// When the first of it is due.
    pub next: Option<DateTime<Utc>>,
}

impl Stored for Waiting {
    const WHAT: &'static str = "what waits";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { count: row.int("n")?, next: row.maybe_at("next_at")? })
    }
}

/// What makes a dead letter due at once, at `$now`, with all its attempts before it. One attempt is kept where it is not
/// known that none had an effect, so that the next looks first.
macro_rules! revived {
    ($now:literal) => {
        concat!(
            "UPDATE outbox SET state = 'pending', due_at = ",
            $now,
            ", updated_at = ",
            $now,
            ", holds = FALSE, attempts = CASE WHEN attempts > attempts_void THEN 1 ELSE 0 END, attempts_void = 0"
        )
    };
}
pub(super) use revived;

impl Tx {
    /// How much of the community waits to be done, and until when.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waiting(&mut self, community: CommunityId) -> Result<Waiting, StoreError> {
        let sql = "SELECT COUNT(*) AS n, MIN(due_at) AS next_at FROM outbox WHERE community = $1 AND state = 'pending'";
        self.one(sql, [community.into()]).await
    }

    /// What was given up in the community and not laid aside since, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dead_letters(&mut self, community: CommunityId) -> Result<Vec<DeadLetter>, StoreError> {
        let sql = "SELECT id, community, key, effect, error, attempts, updated_at FROM outbox
             WHERE community = $1 AND state = 'dead' AND settled_at IS NULL AND unread_by IS NULL ORDER BY updated_at, id";
        self.all(sql, [community.into()]).await
    }

    /// One of them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dead_letter(
        &mut self,
        community: CommunityId,
        id: OutboxId,
    ) -> Result<Option<DeadLetter>, StoreError> {
        let sql = "SELECT id, community, key, effect, error, attempts, updated_at FROM outbox
             WHERE community = $1 AND id = $2 AND state = 'dead' AND settled_at IS NULL AND unread_by IS NULL";
        self.maybe(sql, [community.into(), id.into()]).await
    }

    /// Makes a dead letter due at once, with all its attempts before it; what is known of its steps stays.
    /// `false` if it is no dead letter, or was laid aside.
    ///
    /// # Errors
    /// What the database says.
    pub async fn revive(&mut self, id: OutboxId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        const SQL: &str = concat!(revived!("$2"), " WHERE id = $1 AND state = 'dead' AND settled_at IS NULL");
        self.queued = true;
        self.changed(SQL, [id.into(), now.into()]).await
    }

    /// Lays a dead letter aside for good; `false` if it is none, or was laid aside before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lay_aside(&mut self, id: OutboxId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = "UPDATE outbox SET settled_at = $2 WHERE id = $1 AND state = 'dead' AND settled_at IS NULL";
        self.changed(sql, [id.into(), now.into()]).await
    }
}
