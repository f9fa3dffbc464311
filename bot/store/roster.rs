//! The roster: who may be a mentee, as coordinators imported it.
//!
//! A line is known by its e-mail address in lower case. An import never unlinks an account.

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, RosterEntry, RosterId};

use super::{Row, StoreError, Stored, Tx};
use crate::chat::UserRef;

/// One line of the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterLine {
    /// Our id.
    pub id: RosterId,
    /// The community.
    pub community: CommunityId,
    /// What it says.
    pub entry: RosterEntry,
}

/// What became of a line that was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is new.
    Added,
    /// It was there and said something else.
    Changed,
    /// It was there already.
    Same,
}

macro_rules! columns {
    () => {
        "id, community, email, name, chat_user, library_system, active"
    };
}

impl Stored for RosterLine {
    const WHAT: &'static str = "line of the roster";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            community: row.id("community")?,
            entry: RosterEntry {
                name: row.text("name")?,
                email: row.text("email")?,
                chat_user: row.maybe_text("chat_user")?,
                library_system: row.text("library_system")?,
                active: row.flag("active")?,
            },
        })
    }
}

impl Tx {
    /// Adds a line, or changes the one with the same e-mail address. A line without an account keeps the
    /// account that is linked.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown community; what the database says, such as for an empty address.
    pub async fn put_roster_entry(
        &mut self,
        community: CommunityId,
        entry: &RosterEntry,
        now: DateTime<Utc>,
    ) -> Result<Put, StoreError> {
        const FIND: &str = concat!("SELECT ", columns!(), " FROM roster WHERE community = $1 AND email_key = $2");
        let email_key = entry.email.trim().to_lowercase();
        let before: Option<RosterLine> = self.maybe(FIND, [community.into(), email_key.as_str().into()]).await?;
        let mut wanted = entry.clone();
        if let (None, Some(before)) = (&wanted.chat_user, &before) {
            wanted.chat_user.clone_from(&before.entry.chat_user);
        }
        if before.as_ref().is_some_and(|before| before.entry == wanted) {
            return Ok(Put::Same);
        }
        self.write_roster(community, std::slice::from_ref(&wanted), now).await?;
        Ok(if before.is_some() { Put::Changed } else { Put::Added })
    }

    /// The roster, by e-mail address.
    ///
    /// # Errors
    /// What the database says.
    pub async fn roster(&mut self, community: CommunityId) -> Result<Vec<RosterLine>, StoreError> {
        let sql = concat!("SELECT ", columns!(), " FROM roster WHERE community = $1");
        let mut lines: Vec<RosterLine> = self.all(sql, [community.into()]).await?;
        // Sorted here, because the databases sort texts by different rules.
        lines.sort_by_cached_key(|line| (line.entry.email.to_lowercase(), line.id));
        Ok(lines)
    }

    /// Links a line to an account.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn link_roster(&mut self, id: RosterId, user: &UserRef) -> Result<(), StoreError> {
        let sql = "UPDATE roster SET chat_user = $2 WHERE id = $1";
        self.must_change(sql, [id.into(), user.into()], RosterLine::WHAT).await
    }

    /// Parts a line from its account.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn unlink_roster(&mut self, id: RosterId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let sql = "UPDATE roster SET chat_user = NULL, updated_at = $2 WHERE id = $1";
        self.must_change(sql, [id.into(), now.into()], RosterLine::WHAT).await
    }
}
