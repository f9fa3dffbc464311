//! What every event begins with, read in one go: where it happened, who acts, and the season there.

use plsep_domain::ApplicationId;

use super::{
    Application, Ask, Before, Community, Inner, Person, Row, Season, StoreError, Stored, Tx, Work, ahead::AskedEvent,
    applications::columns as application_columns, counts::Counts, dialect::Dialect, either, people::preferences,
    seasons::Head,
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

/// A row that is looked up by a key, or nothing. SQLite does that for each row of the left side by itself; PostgreSQL is
/// told to, because its plan may be as old as the connection and made when the tables were small.
macro_rules! look_up {
    (sqlite, $join:literal, $table:literal, $key:expr) => {
        concat!($join, " ", $table, " ON ", $key)
    };
    (pg, $join:literal, $table:literal, $key:expr) => {
        concat!($join, " LATERAL (SELECT * FROM ", $table, " WHERE ", $key, " OFFSET 0) AS ", $table, " ON TRUE")
    };
}

pub(super) use look_up;

/// What each of a list of events begins with: a row for each of those whose community is known.
macro_rules! openings {
    ($dialect:ident, $list:literal) => {
        concat!(
            "SELECT asked.event_key AS asked_key, asked.chat_user AS asked_user,
                 communities.id AS home, communities.chat, communities.chat_id, communities.name AS home_name,
                 communities.coordinators_channel, people.id AS actor, people.chat_user, people.name AS actor_name,
                 people.locale, people.zone, people.email, people.present, people.chosen_language, people.chosen_zone,
                 people.hours_from, people.hours_to, people.reach, people.snoozed_until, people.erased_at,
                 seasons.id AS newest, seasons.edition, seasons.created_at,
                 inbox.event_key IS NOT NULL AS acted, CASE WHEN inbox.person = people.id THEN inbox.answer END AS said,
                 (SELECT leases.token FROM leases WHERE leases.name = communities.chat) AS receiver, ",
            application_columns!(),
            " FROM (
                 SELECT item.value ->> 'chat' AS chat, item.value ->> 'chat_id' AS chat_id,
                     item.value ->> 'chat_user' AS chat_user, item.value ->> 'event_key' AS event_key FROM ",
            $list,
            " AS item) AS asked ",
            look_up!($dialect, "JOIN", "communities", "communities.chat = asked.chat AND communities.chat_id = asked.chat_id"),
            look_up!($dialect, " LEFT JOIN", "people", "people.community = communities.id AND people.chat_user = asked.chat_user"),
            look_up!(
                $dialect,
                " LEFT JOIN",
                "seasons",
                "seasons.id = (SELECT newest.id FROM seasons AS newest WHERE newest.community = communities.id
                     ORDER BY newest.created_at DESC, newest.id DESC LIMIT 1)"
            ),
            look_up!($dialect, " LEFT JOIN", "applications", "applications.season = seasons.id AND applications.person = people.id"),
            look_up!($dialect, " LEFT JOIN", "inbox", "inbox.community = communities.id AND inbox.event_key = asked.event_key"),
        )
    };
}
pub(super) const OPENINGS_SQLITE: &str = openings!(sqlite, "json_each($1)");
pub(super) const OPENINGS_PG: &str = openings!(pg, "jsonb_array_elements($1)");

impl Tx {
    /// What this event begins with, if its server or workspace was ever reachable. Where the transaction is one to write,
    /// it may have been read together with what others asked, and is as true as if it were read now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn opening(&mut self, ask: &Ask) -> Result<Option<Opening>, StoreError> {
        let Some(row) = either!(Inner, &mut self.inner, work => work.opening(&ask.event, &self.counts).await?) else {
            return Ok(None);
        };
        let Found { community, person, season, application, before, receiver } = Found::read(&row)?;
        let season = match season {
            Some(head) => Some(self.whole(head).await?),
            None => None,
        };
        Ok(Some(Opening { community, person, season, application, before, receiver }))
    }
}

impl<DB: Dialect> Work<DB> {
    async fn opening(&mut self, event: &AskedEvent, counts: &Counts) -> Result<Option<Row>, StoreError> {
        match self {
            Self::Writes(turn) => turn.opening(event).await,
            Self::Reads(tx) => {
                counts.statement();
                Ok(DB::look_up(&mut **tx, DB::OPENINGS, std::slice::from_ref(event)).await?.pop())
            }
        }
    }
}
