//! What every event begins with, read in one go: where it happened, who acts, and the season there.

use plsep_domain::ApplicationId;

use super::{
    Application, Before, Community, Person, Row, Season, StoreError, Stored, Tx,
    applications::columns as application_columns, people::preferences, seasons::Head,
};
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
    /// The person's application in that season, if they have begun one.
    pub application: Option<Application>,
    /// What became of the same event before; what was answered is told to nobody but the person who was answered.
    pub before: Before,
    /// The token of the lease on receiving from this platform, if anybody ever held it.
    pub receiver: Option<i64>,
}

/// The same, with the season's program still to come.
struct Found {
    community: Community,
    person: Option<Person>,
    season: Option<Head>,
    application: Option<Application>,
    before: Before,
    receiver: Option<i64>,
}

impl Stored for Found {
    const WHAT: &'static str = "community";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let community = Community {
            id: row.id("home")?,
            at: CommunityRef { chat: row.text("chat")?, id: row.text("chat_id")? },
            name: row.text("home_name")?,
            coordinators_channel: row.maybe_text("coordinators_channel")?.map(ChannelRef),
        };
        let person = match row.maybe_id("actor")? {
            None => None,
            Some(id) => Some(Person {
                id,
                community: community.id,
                user: UserRef(row.text("chat_user")?),
                name: row.text("actor_name")?,
                locale: row.maybe_text("locale")?,
                zone: row.maybe_text("zone")?,
                email: row.maybe_text("email")?,
                present: row.flag("present")?,
                preferences: preferences(row)?,
                erased_at: row.maybe_at("erased_at")?,
            }),
        };
        let season = match row.maybe_id("newest")? {
            None => None,
            Some(id) => Some(Head {
                id,
                community: community.id,
                edition: row.int("edition")?,
                created_at: row.at("created_at")?,
            }),
        };
        // The application's columns have the names they have everywhere.
        let application = row.maybe_id::<ApplicationId>("id")?.map(|_| Application::read(row)).transpose()?;
        let before = if row.flag("acted")? { Before::of(row, "said")? } else { Before::Nothing };
        Ok(Self { community, person, season, application, before, receiver: row.maybe_int("receiver")? })
    }
}

impl Tx {
    /// What this event of this account in this server or workspace begins with, if that was ever reachable.
    ///
    /// # Errors
    /// What the database says.
    pub async fn opening(
        &mut self,
        at: &CommunityRef,
        user: &UserRef,
        event_key: &str,
    ) -> Result<Option<Opening>, StoreError> {
        const SQL: &str = concat!(
            "SELECT communities.id AS home, communities.chat, communities.chat_id, communities.name AS home_name,
                 communities.coordinators_channel, people.id AS actor, people.chat_user, people.name AS actor_name,
                 people.locale, people.zone, people.email, people.present, people.chosen_language, people.chosen_zone,
                 people.hours_from, people.hours_to, people.reach, people.snoozed_until, people.erased_at,
                 seasons.id AS newest, seasons.edition, seasons.created_at,
                 inbox.event_key IS NOT NULL AS acted, CASE WHEN inbox.person = people.id THEN inbox.answer END AS said,
                 (SELECT leases.token FROM leases WHERE leases.name = communities.chat) AS receiver, ",
            application_columns!(),
            " FROM communities
             LEFT JOIN people ON people.community = communities.id AND people.chat_user = $3
             LEFT JOIN seasons ON seasons.id = (
                 SELECT newest.id FROM seasons AS newest WHERE newest.community = communities.id
                 ORDER BY newest.created_at DESC, newest.id DESC LIMIT 1)
             LEFT JOIN applications ON applications.season = seasons.id AND applications.person = people.id
             LEFT JOIN inbox ON inbox.community = communities.id AND inbox.event_key = $4
             WHERE communities.chat = $1 AND communities.chat_id = $2"
        );
        let values = [at.chat.as_str().into(), at.id.as_str().into(), user.into(), event_key.into()];
        let found = self.maybe(SQL, values).await?;
        let Some(Found { community, person, season, application, before, receiver }) = found else { return Ok(None) };
        let season = match season {
            Some(head) => Some(self.whole(head).await?),
            None => None,
        };
        Ok(Some(Opening { community, person, season, application, before, receiver }))
    }
}
