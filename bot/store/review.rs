//! Everything the outbox has held, for whoever compares it with what people saw.

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, PersonId};

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
    /// Who is to read it on their next visit, if it could not be delivered.
    pub unread_by: Option<PersonId>,
    /// When it was read, or laid aside, after it had been given up.
    pub settled_at: Option<DateTime<Utc>>,
}

/// What somebody typed, or what was made of it, wherever it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The table.
    pub place: String,
    /// What stands there.
    pub words: String,
}

impl Stored for Kept {
    const WHAT: &'static str = "text";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { place: row.text("place")?, words: row.text("words")? })
    }
}

/// Every column that may hold what a person typed.
const WORDS: &str = "SELECT 'applications' AS place, CAST(draft AS TEXT) AS words FROM applications
     UNION ALL SELECT 'applications', COALESCE(CAST(answers AS TEXT), '') FROM applications
     UNION ALL SELECT 'signatures', typed_name FROM signatures
     UNION ALL SELECT 'surveys', CAST(draft AS TEXT) FROM surveys
     UNION ALL SELECT 'surveys', COALESCE(CAST(answers AS TEXT), '') FROM surveys
     UNION ALL SELECT 'pulses', COALESCE(note, '') FROM pulses
     UNION ALL SELECT 'concerns', COALESCE(note, '') FROM concerns
     UNION ALL SELECT 'concerns', COALESCE(resolution, '') FROM concerns
     UNION ALL SELECT 'announcements', COALESCE(words, '') FROM announcements
     UNION ALL SELECT 'meetings', place FROM meetings
     UNION ALL SELECT 'meeting_drafts', words FROM meeting_drafts
     UNION ALL SELECT 'meeting_drafts', place FROM meeting_drafts
     UNION ALL SELECT 'outbox', CAST(effect AS TEXT) FROM outbox
     UNION ALL SELECT 'outbox', COALESCE(CAST(result AS TEXT), '') FROM outbox
     UNION ALL SELECT 'outbox', CAST(steps AS TEXT) FROM outbox
     UNION ALL SELECT 'inbox', COALESCE(CAST(answer AS TEXT), '') FROM inbox
     UNION ALL SELECT 'audit', CAST(detail AS TEXT) FROM audit
     UNION ALL SELECT 'proposals', CAST(body AS TEXT) FROM proposals
     UNION ALL SELECT 'pairs', CAST(reasons AS TEXT) FROM pairs";

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
            unread_by: row.maybe_id("unread_by")?,
            settled_at: row.maybe_at("settled_at")?,
        })
    }
}

impl Tx {
    /// Every effect of the community, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn every_effect(&mut self, community: CommunityId) -> Result<Vec<EffectRecord>, StoreError> {
        let sql = "SELECT key, state, due_at, effect, result, error, unread_by, settled_at FROM outbox
             WHERE community = $1 ORDER BY id";
        self.all(sql, [community.into()]).await
    }

    /// Everything that is kept of people's own words, of every community.
    ///
    /// # Errors
    /// What the database says.
    pub async fn every_word(&mut self) -> Result<Vec<Kept>, StoreError> {
        self.all(WORDS, []).await
    }
}
