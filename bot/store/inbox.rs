//! The inbox: which events were acted on, so that a second delivery is not acted on again.

use chrono::{DateTime, Utc};
use plsep_domain::CommunityId;

use super::{StoreError, Tx};

impl Tx {
    /// Remembers an event; `false` if it is remembered already.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown community, or what the database says.
    pub async fn first_time(
        &mut self,
        community: CommunityId,
        event_key: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "INSERT INTO inbox (community, event_key, seen_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        self.changed(sql, [community.into(), event_key.into(), now.into()]).await
    }

    /// Forgets events seen before this instant, and says how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn prune_inbox(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        self.run("DELETE FROM inbox WHERE seen_at < $1", [before.into()]).await
    }
}
