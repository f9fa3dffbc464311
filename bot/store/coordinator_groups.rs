//! Groups of a platform whose members coordinate. Who is in one is never kept here.

use chrono::{DateTime, Utc};
use plsep_domain::CommunityId;

use super::{Row, StoreError, Stored, Tx};
use crate::chat::{Group, GroupRef};

impl Stored for Group {
    const WHAT: &'static str = "group of coordinators";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { at: GroupRef(row.text("chat_group")?), name: row.text("name")? })
    }
}

impl Tx {
    /// Lets the members of a group coordinate; `false` if they could already.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown community, or what the database says.
    pub async fn add_coordinator_group(
        &mut self,
        community: CommunityId,
        group: &Group,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "INSERT INTO coordinator_groups (community, chat_group, name, since) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING";
        self.changed(sql, [community.into(), group.at.0.as_str().into(), group.name.as_str().into(), now.into()]).await
    }

    /// Ends that the members of a group coordinate; `false` if they did not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remove_coordinator_group(
        &mut self,
        community: CommunityId,
        group: &GroupRef,
    ) -> Result<bool, StoreError> {
        let sql = "DELETE FROM coordinator_groups WHERE community = $1 AND chat_group = $2";
        self.changed(sql, [community.into(), group.0.as_str().into()]).await
    }

    /// The groups whose members coordinate, longest-serving first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn coordinator_groups(&mut self, community: CommunityId) -> Result<Vec<Group>, StoreError> {
        let sql = "SELECT chat_group, name FROM coordinator_groups WHERE community = $1 ORDER BY since, chat_group";
        self.all(sql, [community.into()]).await
    }
}
