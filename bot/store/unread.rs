//! Direct messages that can never be delivered, until their reader comes by and reads them.

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, OutboxId, PersonId};

use super::{Effect, Lease, Row, StoreError, Stored, Tx};
use crate::chat::Message;

/// A direct message that waits for its reader's next visit.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// Our id.
    pub id: OutboxId,
    /// What it says.
    pub message: Message,
    /// When it was written.
    pub at: DateTime<Utc>,
}

impl Stored for Unread {
    const WHAT: &'static str = "unread message";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let message = match row.json("effect")? {
            Effect::Post { message, .. } => message,
            _ => Message::default(),
        };
        Ok(Self { id: row.id("id")?, message, at: row.at("created_at")? })
    }
}

impl Tx {
    /// Leaves an effect for its reader's next visit; `false` if the lease is no longer good.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave_unread(
        &mut self,
        lease: &Lease,
        reader: PersonId,
        error: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if !self.bury(lease, error, now).await? {
            return Ok(false);
        }
        let sql = "UPDATE outbox SET unread_by = $2 WHERE id = $1 AND state = 'dead'";
        self.changed(sql, [lease.effect().into(), reader.into()]).await
    }

    /// What waits for a person, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn unread(&mut self, reader: PersonId) -> Result<Vec<Unread>, StoreError> {
        let sql = "SELECT id, effect, created_at FROM outbox
             WHERE unread_by = $1 AND settled_at IS NULL ORDER BY id";
        self.all(sql, [reader.into()]).await
    }

    /// Everybody in the community for whom something waits.
    ///
    /// # Errors
    /// What the database says.
    pub async fn unread_readers(&mut self, community: CommunityId) -> Result<Vec<PersonId>, StoreError> {
        let sql = "SELECT DISTINCT unread_by AS n FROM outbox
             WHERE community = $1 AND unread_by IS NOT NULL AND settled_at IS NULL ORDER BY unread_by";
        Ok(self.all::<i64, _>(sql, [community.into()]).await?.into_iter().map(PersonId::from).collect())
    }

    /// The person has read one of them; `false` if they had before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_read(&mut self, id: OutboxId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let sql = "UPDATE outbox SET settled_at = $2 WHERE id = $1 AND unread_by IS NOT NULL AND settled_at IS NULL";
        self.changed(sql, [id.into(), now.into()]).await
    }

    /// Whether the effect of this key waits, or waited, for its reader's visit: no message of it will ever stand anywhere.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_left_unread(&mut self, community: CommunityId, key: &str) -> Result<bool, StoreError> {
        let sql = "SELECT id, effect, created_at FROM outbox
             WHERE community = $1 AND key = $2 AND unread_by IS NOT NULL";
        Ok(self.maybe::<Unread, _>(sql, [community.into(), key.into()]).await?.is_some())
    }
}
