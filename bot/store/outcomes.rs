//! What effects came to, for those that build on them.

use chrono::{DateTime, Utc};
use plsep_domain::CommunityId;

use super::{Effect, Lease, Row, StoreError, Stored, Tx};

/// An effect that is done.
struct Done {
    effect: Effect,
    result: serde_json::Value,
    at: DateTime<Utc>,
}

impl Stored for Done {
    const WHAT: &'static str = "effect";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { effect: row.json("effect")?, result: row.json("result")?, at: row.at("at")? })
    }
}

/// What an effect came to, under the name `result`.
struct Outcome(Option<serde_json::Value>);

impl Stored for Outcome {
    const WHAT: &'static str = "result";

    fn read(row: &Row) -> Result<Self, StoreError> {
        row.maybe_json("result").map(Self)
    }
}

/// What is to happen, under the name `effect`.
struct Held(Effect);

impl Stored for Held {
    const WHAT: &'static str = "effect";

    fn read(row: &Row) -> Result<Self, StoreError> {
        row.json("effect").map(Self)
    }
}

impl Tx {
    /// What is to happen by now under a lease, or nothing if the lease is no longer good. Whoever was forgotten since it
    /// was claimed is no longer in it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn held_effect(&mut self, lease: &Lease) -> Result<Option<Effect>, StoreError> {
        let sql = "SELECT effect FROM outbox
             WHERE id = $1 AND lease_token = $2 AND state = 'pending' AND lease_until IS NOT NULL";
        let held: Option<Held> = self.maybe(sql, [lease.id.into(), lease.token.into()]).await?;
        Ok(held.map(|Held(effect)| effect))
    }

    /// What was done under this key, once it is done: what it was, what it came to, and when its first attempt began.
    ///
    /// # Errors
    /// What the database says.
    pub async fn done_effect(
        &mut self,
        community: CommunityId,
        key: &str,
    ) -> Result<Option<(Effect, serde_json::Value, DateTime<Utc>)>, StoreError> {
        let sql = "SELECT effect, result, COALESCE(first_at, created_at) AS at FROM outbox
             WHERE community = $1 AND key = $2 AND state = 'done'";
        let found: Option<Done> = self.maybe(sql, [community.into(), key.into()]).await?;
        Ok(found.map(|Done { effect, result, at }| (effect, result, at)))
    }

    /// What the effect of this key came to, once it is done.
    ///
    /// # Errors
    /// What the database says.
    pub async fn effect_result(
        &mut self,
        community: CommunityId,
        key: &str,
    ) -> Result<Option<serde_json::Value>, StoreError> {
        let sql = "SELECT result FROM outbox WHERE community = $1 AND key = $2";
        let found: Option<Outcome> = self.maybe(sql, [community.into(), key.into()]).await?;
        Ok(found.and_then(|Outcome(result)| result))
    }
}
