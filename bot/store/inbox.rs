//! The inbox: which events were acted on and what was answered, so that a second delivery is told the same and
//! not acted on again.

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, PersonId};

use super::{Row, StoreError, Stored, Tx, Value, value::json};
use crate::chat::Reply;

/// Largest answer that is kept, in bytes of JSON: several times what a full message comes to. What is larger is made
/// anew from the state a second delivery finds.
pub const ANSWER_MAX: usize = 16 * 1024;

/// What became of an event before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing was changed by it.
    Nothing,
    /// It was acted on, and answered so; without the answer where that was not kept.
    Acted(Option<Box<Reply>>),
}

impl Stored for Before {
    const WHAT: &'static str = "event";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let kept: Option<serde_json::Value> = row.maybe_json("answer")?;
        // An answer in another version's words is as good as none.
        Ok(Self::Acted(kept.and_then(|kept| serde_json::from_value(kept).ok())))
    }
}

impl Tx {
    /// Remembers an event that is acted on, with who did it and its answer, unless that is a form: a form follows from the state that a
    /// second delivery finds, and to write it down would hold up everybody who waits for their turn. `false` if it is remembered already: then take back what
    /// was written.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown community, or what the database says.
    pub async fn remember_event(
        &mut self,
        community: CommunityId,
        event_key: &str,
        person: PersonId,
        answer: &Reply,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "INSERT INTO inbox (community, event_key, seen_at, answer, person) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING";
        let answer = match answer {
            Reply::Open(_) | Reply::Correct { .. } => Value::Json(None),
            Reply::Private(_) | Reply::Replace(_) | Reply::Home(_) | Reply::Nothing => {
                let text =
                    serde_json::to_vec(answer).map_err(|error| StoreError::NoJson { what: error.to_string() })?;
                if text.len() > ANSWER_MAX { Value::Json(None) } else { json(answer)? }
            }
        };
        self.changed(sql, [community.into(), event_key.into(), now.into(), answer, person.into()]).await
    }

    /// What became of an event before. What was answered is told to nobody but the person who was answered.
    ///
    /// # Errors
    /// What the database says.
    pub async fn event_before(
        &mut self,
        community: CommunityId,
        event_key: &str,
        person: PersonId,
    ) -> Result<Before, StoreError> {
        let sql = "SELECT CASE WHEN person = $3 THEN answer END AS answer FROM inbox
             WHERE community = $1 AND event_key = $2";
        let before = self.maybe(sql, [community.into(), event_key.into(), person.into()]).await?;
        Ok(before.unwrap_or(Before::Nothing))
    }

    /// Forgets events seen before this instant, and says how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn prune_inbox(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        self.run("DELETE FROM inbox WHERE seen_at < $1", [before.into()]).await
    }
}
