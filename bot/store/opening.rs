//! What every event begins with, read in one go: where it happened, who acts, and the season there.

use super::{Community, Person, Row, Season, StoreError, Stored, Tx, people::preferences, seasons::Head};
use crate::chat::{ChannelRef, CommunityRef, UserRef};

/// Where an event happened and who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The community.
    pub community: Community,
    /// The person, if they were ever seen.
    pub person: Option<Person>,
    /// The community's newest season.
    pub season: Option<Season>,
    /// The token of the lease on receiving from this platform, if anybody ever held it.
    pub receiver: Option<i64>,
}

/// The same, with the season's program still to come.
struct Found {
    community: Community,
    person: Option<Person>,
    season: Option<Head>,
    receiver: Option<i64>,
}

impl Stored for Found {
    const WHAT: &'static str = "community";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let community = Community {
            id: row.id("id")?,
            at: CommunityRef { chat: row.text("chat")?, id: row.text("chat_id")? },
            name: row.text("name")?,
            coordinators_channel: row.maybe_text("coordinators_channel")?.map(ChannelRef),
        };
        let person = match row.maybe_id("person")? {
            None => None,
            Some(id) => Some(Person {
                id,
                community: community.id,
                user: UserRef(row.text("chat_user")?),
                name: row.text("person_name")?,
                locale: row.maybe_text("locale")?,
                zone: row.maybe_text("zone")?,
                email: row.maybe_text("email")?,
                present: row.flag("present")?,
                preferences: preferences(row)?,
                erased_at: row.maybe_at("erased_at")?,
            }),
        };
        let season = match row.maybe_id("season")? {
            None => None,
            Some(id) => Some(Head {
                id,
                community: community.id,
                edition: row.int("edition")?,
                created_at: row.at("created_at")?,
            }),
        };
        Ok(Self { community, person, season, receiver: row.maybe_int("receiver")? })
    }
}

impl Tx {
    /// What an event of this account in this server or workspace begins with, if it was ever reachable.
    ///
    /// # Errors
    /// What the database says.
    pub async fn opening(&mut self, at: &CommunityRef, user: &UserRef) -> Result<Option<Opening>, StoreError> {
        const SQL: &str = "SELECT communities.id, communities.chat, communities.chat_id, communities.name,
                 communities.coordinators_channel, people.id AS person, people.chat_user, people.name AS person_name,
                 people.locale, people.zone, people.email, people.present, people.chosen_language, people.chosen_zone,
                 people.hours_from, people.hours_to, people.reach, people.snoozed_until, people.erased_at,
                 seasons.id AS season, seasons.edition, seasons.created_at,
                 (SELECT leases.token FROM leases WHERE leases.name = communities.chat) AS receiver
             FROM communities
             LEFT JOIN people ON people.community = communities.id AND people.chat_user = $3
             LEFT JOIN seasons ON seasons.id = (
                 SELECT newest.id FROM seasons AS newest WHERE newest.community = communities.id
                 ORDER BY newest.created_at DESC, newest.id DESC LIMIT 1)
             WHERE communities.chat = $1 AND communities.chat_id = $2";
        let found = self.maybe(SQL, [at.chat.as_str().into(), at.id.as_str().into(), user.into()]).await?;
        let Some(Found { community, person, season, receiver }) = found else { return Ok(None) };
        let season = match season {
            Some(head) => Some(self.whole(head).await?),
            None => None,
        };
        Ok(Some(Opening { community, person, season, receiver }))
    }
}
