//! Everything the outbox has held, for whoever compares it with what people saw.

use chrono::{DateTime, Utc};
use plsep_domain::CommunityId;

use super::{Effect, Row, StoreError, Stored, Tx};

/// An effect, whatever became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectRecord {
    /// Its key.
    pub key: String,
    /// `pending`, `done` or `dead`.
    pub state: String,
    /// When it is, or was last, due.
    pub due_at: DateTime<Utc>,
    /// What was to happen.
    pub effect: Effect,
    /// What it came to, once it is done.
    pub result: Option<serde_json::Value>,
    /// Why the last attempt failed.
    pub error: Option<String>,
}

impl Stored for EffectRecord {
    const WHAT: &'static str = "effect";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.text("key")?,
            state: row.text("state")?,
            due_at: row.at("due_at")?,
            effect: row.json("effect")?,
            result: row.maybe_json("result")?,
            error: row.maybe_text("error")?,
        })
    }
}

impl Tx {
    /// Every effect of the community, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn every_effect(&mut self, community: CommunityId) -> Result<Vec<EffectRecord>, StoreError> {
        let sql = "SELECT key, state, due_at, effect, result, error FROM outbox WHERE community = $1 ORDER BY id";
        self.all(sql, [community.into()]).await
    }
}
