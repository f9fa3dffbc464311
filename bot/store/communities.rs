//! Communities: the servers and workspaces the program is run in.

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, PersonId};

use super::{Person, Row, StoreError, Stored, Tx, people::columns as person_columns};
use crate::chat::{ChannelRef, CommunityRef};

/// One server or workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Community {
    /// Our id.
    pub id: CommunityId,
    /// Where it is.
    pub at: CommunityRef,
    /// What it calls itself.
    pub name: String,
    /// The coordinators' private channel, once it is open.
    pub coordinators_channel: Option<ChannelRef>,
}

macro_rules! columns {
    () => {
        "id, chat, chat_id, name, coordinators_channel"
    };
}

impl Stored for Community {
    const WHAT: &'static str = "community";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            at: CommunityRef { chat: row.text("chat")?, id: row.text("chat_id")? },
            name: row.text("name")?,
            coordinators_channel: row.maybe_text("coordinators_channel")?.map(ChannelRef),
        })
    }
}

/// With what the keys of effects begin that take somebody out of the coordinators' place.
#[must_use]
pub fn dismissal_keys(person: PersonId) -> String {
    format!("dismiss:{person}:")
}

/// Who came into the coordinators' place by themselves, and when last.
struct Entered(PersonId, DateTime<Utc>);

impl Stored for Entered {
    const WHAT: &'static str = "who came into the coordinators' place";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self(row.id("actor_person")?, row.at("at")?))
    }
}

impl Tx {
    /// Keeps a community that became reachable, with the name it has now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn upsert_community(
        &mut self,
        at: &CommunityRef,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<Community, StoreError> {
        const SQL: &str = concat!(
            "INSERT INTO communities (chat, chat_id, name, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (chat, chat_id) DO UPDATE SET name = excluded.name RETURNING ",
            columns!()
        );
        self.one(SQL, [at.chat.as_str().into(), at.id.as_str().into(), name.into(), now.into()]).await
    }

    /// The community.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn community(&mut self, id: CommunityId) -> Result<Community, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM communities WHERE id = $1");
        self.one(SQL, [id.into()]).await
    }

    /// The community of this server or workspace, if it was ever reachable.
    ///
    /// # Errors
    /// What the database says.
    pub async fn community_at(&mut self, at: &CommunityRef) -> Result<Option<Community>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM communities WHERE chat = $1 AND chat_id = $2");
        self.maybe(SQL, [at.chat.as_str().into(), at.id.as_str().into()]).await
    }

    /// Every community, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn communities(&mut self) -> Result<Vec<Community>, StoreError> {
        self.all(concat!("SELECT ", columns!(), " FROM communities ORDER BY id"), []).await
    }

    /// The coordinators' channel is gone; `false` if that was known.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lose_coordinators_channel(&mut self, id: CommunityId) -> Result<bool, StoreError> {
        let sql = "UPDATE communities SET coordinators_channel = NULL
             WHERE id = $1 AND coordinators_channel IS NOT NULL";
        self.changed(sql, [id.into()]).await
    }

    /// Everybody who ever appointed a coordinator here, whoever owns the place among them, or came into the coordinators'
    /// place by a group; of those who are here.
    ///
    /// # Errors
    /// What the database says.
    pub async fn appointers(&mut self, id: CommunityId) -> Result<Vec<Person>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            person_columns!(),
            " FROM people WHERE community = $1 AND present AND erased_at IS NULL AND id IN (
                 SELECT actor_person FROM audit WHERE community = $1 AND action IN (
                     'coordinators.add', 'coordinators.add-group', 'coordinators.enter'))
             ORDER BY id"
        );
        self.all(SQL, [id.into()]).await
    }

    /// Everybody who has come into the coordinators' place by themselves, as whoever coordinates by a group does, and was not
    /// taken out of it since.
    ///
    /// # Errors
    /// What the database says.
    pub async fn entered_office(&mut self, id: CommunityId) -> Result<Vec<PersonId>, StoreError> {
        let sql = "SELECT actor_person, MAX(at) AS at FROM audit
             WHERE community = $1 AND action IN ('coordinators.enter', 'coordinators.reopen')
             AND actor_person IS NOT NULL GROUP BY actor_person ORDER BY actor_person";
        let mut inside = Vec::new();
        for Entered(person, at) in self.all(sql, [id.into()]).await? {
            let Some((key, left_at)) = self.effects_due(id, &dismissal_keys(person)).await?.pop() else {
                inside.push(person);
                continue;
            };
            let left = self.effect_result(id, &key).await?.is_some_and(|result| result["skipped"] != true);
            if !left || left_at < at {
                inside.push(person);
            }
        }
        Ok(inside)
    }

    /// Remembers where the coordinators' channel is.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn set_coordinators_channel(&mut self, id: CommunityId, channel: &ChannelRef) -> Result<(), StoreError> {
        let sql = "UPDATE communities SET coordinators_channel = $2 WHERE id = $1";
        self.must_change(sql, [id.into(), channel.into()], Community::WHAT).await
    }
}
