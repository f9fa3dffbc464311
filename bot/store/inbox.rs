//! The inbox: which events were acted on and what was answered, so that a second delivery is told the same and
//! not acted on again.

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, PersonId};
use serde::Serialize;

use super::{
    Row, StoreError, Tx,
    value::{plain_json, without_nul},
};
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

impl Before {
    /// What became of an event that is remembered with an answer, or none, in this column.
    pub(super) fn of(row: &Row, answer: &'static str) -> Result<Self, StoreError> {
        let kept: Option<serde_json::Value> = row.maybe_json(answer)?;
        // An answer in another version's words is as good as none.
        Ok(Self::Acted(kept.and_then(|kept| serde_json::from_value(kept).ok())))
    }
}

/// An event that is to be remembered with the commit that makes what it did durable.
#[derive(Debug, Serialize)]
pub(super) struct Note {
    community: CommunityId,
    pub(super) event_key: String,
    /// In microseconds since 1970.
    seen_at: i64,
    answer: Option<serde_json::Value>,
    person: PersonId,
}

/// One statement for all who share a commit. An event that is remembered already is a failure of the whole commit:
/// what it did would be done twice. The dialects differ in how they take a list apart.
macro_rules! remember {
    ($list:literal) => {
        concat!(
            "INSERT INTO inbox (community, event_key, seen_at, answer, person)
             SELECT CAST(item.value ->> 'community' AS BIGINT), item.value ->> 'event_key',
                 CAST(item.value ->> 'seen_at' AS BIGINT), NULLIF(item.value -> 'answer', 'null'),
                 CAST(item.value ->> 'person' AS BIGINT) FROM ",
            $list,
            " AS item"
        )
    };
}
pub(super) const REMEMBER_SQLITE: &str = remember!("json_each($1)");
pub(super) const REMEMBER_PG: &str = remember!("jsonb_array_elements($1)");

impl Tx {
    /// Remembers an event that is acted on, with who did it and its answer, unless there is none to keep or that is a
    /// form: a form follows from the state that a second delivery finds, and to write it down would hold up everybody who
    /// waits for their turn.
    ///
    /// It is written with the commit, in one statement for all who share it, so look first ([`Tx::opening`]) whether it
    /// is remembered already, in a transaction that was begun for it ([`super::Store::write_for`]): to remember it
    /// twice makes the commit fail, and so does a community that is not there.
    ///
    /// # Errors
    /// [`StoreError::NoJson`] for an answer that cannot be written.
    pub fn remember_event(
        &mut self,
        community: CommunityId,
        event_key: &str,
        person: PersonId,
        answer: Option<&Reply>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let no_json = |error: serde_json::Error| StoreError::NoJson { what: error.to_string() };
        let answer = match answer {
            None | Some(Reply::Open(_) | Reply::Correct { .. }) => None,
            Some(answer @ (Reply::Private(_) | Reply::Replace(_) | Reply::Home(_) | Reply::Nothing)) => {
                let text = serde_json::to_vec(answer).map_err(no_json)?;
                let small = text.len() <= ANSWER_MAX;
                small.then(|| plain_json(answer)).transpose()?
            }
        };
        let event_key = without_nul(event_key);
        self.notes.push(Note { community, event_key, seen_at: now.timestamp_micros(), answer, person });
        Ok(())
    }

    /// Forgets events seen before this instant, and says how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn prune_inbox(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        self.run("DELETE FROM inbox WHERE seen_at < $1", [before.into()]).await
    }
}
