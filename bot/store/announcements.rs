//! Announcements: what a coordinator wrote until the question about it is answered, and how far one that goes out has
//! come. The words are kept no longer than the question; what goes out stands in the outbox, under keys that begin with
//! [`announcement_keys`].

use chrono::{DateTime, Utc};
use plsep_domain::{AnnouncementCounts, AnnouncementId, Audience, CommunityId, PersonId, SeasonId};
use serde::{Deserialize, Serialize};

use super::{Row, StoreError, Stored, Tx, letters::revived, value::name};

/// How an announcement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnouncementState {
    /// Its question waits for an answer.
    Asked,
    /// It was left, or the question grew too old.
    Left,
    /// It goes out.
    Sending,
    /// What came of it was told.
    Ended,
}

/// What a coordinator has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Our id.
    pub id: AnnouncementId,
    /// The community.
    pub community: CommunityId,
    /// The season.
    pub season: SeasonId,
    /// Who wrote it.
    pub person: PersonId,
    /// To whom it goes.
    pub audience: Audience,
    /// What it says, as long as it is asked about.
    pub words: Option<String>,
    /// How many messages the question named.
    pub messages: i64,
    /// How it stands.
    pub state: AnnouncementState,
    /// When the question was asked, or when it was begun, or taken up again, to be sent.
    pub since: DateTime<Utc>,
}

macro_rules! columns {
    () => {
        "id, community, season, person, audience, words, messages, state, since"
    };
}

impl Stored for Announcement {
    const WHAT: &'static str = "announcement";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let audience = Audience::from_key(&row.text("audience")?);
        Ok(Self {
            id: row.id("id")?,
            community: row.id("community")?,
            season: row.id("season")?,
            person: row.id("person")?,
            audience: audience.ok_or(StoreError::Corrupt { column: "audience" })?,
            words: row.maybe_text("words")?,
            messages: row.int("messages")?,
            state: row.name("state")?,
            since: row.at("since")?,
        })
    }
}

impl Stored for AnnouncementCounts {
    const WHAT: &'static str = "announcement";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let count = |column| Ok::<_, StoreError>(usize::try_from(row.int(column)?).unwrap_or_default());
        Ok(Self {
            sent: count("sent")?,
            waiting: count("waiting")?,
            unread: count("unread")?,
            failed: count("failed")?,
            stopped: count("stopped")?,
        })
    }
}

/// How the keys of an announcement's messages begin.
#[must_use]
pub fn announcement_keys(id: AnnouncementId) -> String {
    format!("announce:{id}:")
}

/// The announcement whose message this key names, if it names one.
#[must_use]
pub fn announcement_of(key: &str) -> Option<AnnouncementId> {
    let (id, _) = key.strip_prefix("announce:")?.split_once(':')?;
    id.parse::<i64>().ok().map(AnnouncementId::from)
}

/// The condition that an effect of community `$1` is one of the messages whose keys begin with `$2`.
macro_rules! its_messages {
    () => {
        " WHERE community = $1 AND SUBSTR(key, 1, LENGTH($2)) = $2"
    };
}

impl Tx {
    /// Keeps what somebody has to say until the question about it is answered. One of theirs that waited is left.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for somebody of another community, or what the database says.
    pub async fn keep_announcement(
        &mut self,
        (community, season): (CommunityId, SeasonId),
        person: PersonId,
        (audience, words, messages): (Audience, &str, usize),
        now: DateTime<Utc>,
    ) -> Result<AnnouncementId, StoreError> {
        let sql = "UPDATE announcements SET state = 'left', words = NULL
             WHERE community = $1 AND state = 'asked' AND person = $2";
        self.run(sql, [community.into(), person.into()]).await?;
        let sql = "INSERT INTO announcements (community, season, person, audience, words, messages, state, since)
             VALUES ($1, $2, $3, $4, $5, $6, 'asked', $7) RETURNING id AS n";
        let values = [
            community.into(),
            season.into(),
            person.into(),
            audience.key().into(),
            words.into(),
            i64::try_from(messages).unwrap_or(i64::MAX).into(),
            now.into(),
        ];
        Ok(self.one::<i64, _>(sql, values).await?.into())
    }

    /// An announcement of the community.
    ///
    /// # Errors
    /// What the database says.
    pub async fn announcement(
        &mut self,
        community: CommunityId,
        id: AnnouncementId,
    ) -> Result<Option<Announcement>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM announcements WHERE community = $1 AND id = $2");
        self.maybe(SQL, [community.into(), id.into()]).await
    }

    /// Takes an announcement from one state to another; `false` if it was not in the first. Its words are forgotten.
    ///
    /// # Errors
    /// What the database says.
    pub async fn move_announcement(
        &mut self,
        id: AnnouncementId,
        (from, to): (AnnouncementState, AnnouncementState),
        since: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE announcements SET state = $3, words = NULL, since = $4 WHERE id = $1 AND state = $2";
        self.changed(sql, [id.into(), name(&from)?, name(&to)?, since.into()]).await
    }

    /// Announcements that go out, in every season.
    ///
    /// # Errors
    /// What the database says.
    pub async fn announcements_going_out(&mut self) -> Result<Vec<Announcement>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM announcements WHERE state = 'sending' ORDER BY id");
        self.all(SQL, []).await
    }

    /// How far an announcement has come.
    ///
    /// # Errors
    /// What the database says.
    pub async fn announcement_counts(
        &mut self,
        community: CommunityId,
        id: AnnouncementId,
    ) -> Result<AnnouncementCounts, StoreError> {
        const SQL: &str = concat!(
            r#"SELECT COUNT(CASE WHEN state = 'done' AND CAST(result AS TEXT) NOT LIKE '%"skipped"%' THEN 1 END) AS sent,
                 COUNT(CASE WHEN state = 'done' AND error = 'stopped' THEN 1 END) AS stopped,
                 COUNT(CASE WHEN state = 'pending' THEN 1 END) AS waiting,
                 COUNT(CASE WHEN state = 'dead' AND unread_by IS NOT NULL THEN 1 END) AS unread,
                 COUNT(CASE WHEN state = 'dead' AND unread_by IS NULL THEN 1 END) AS failed
             FROM outbox"#,
            its_messages!()
        );
        self.one(SQL, [community.into(), announcement_keys(id).into()]).await
    }

    /// Ends the messages of an announcement of which nothing was sent yet: nobody sees anything of them. Returns how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn stop_announcement(
        &mut self,
        community: CommunityId,
        id: AnnouncementId,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        self.stop_effects(community, &announcement_keys(id), now).await
    }

    /// Ends the effects whose keys begin so and of which nothing was sent yet: nobody sees anything of them. Returns how
    /// many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn stop_effects(
        &mut self,
        community: CommunityId,
        beginning: &str,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        const SQL: &str = concat!(
            r#"UPDATE outbox SET state = 'done', result = '{"skipped": true}', error = 'stopped', updated_at = $3"#,
            its_messages!(),
            " AND state = 'pending' AND attempts = attempts_void AND lease_until IS NULL"
        );
        self.run(SQL, [community.into(), beginning.into(), now.into()]).await
    }

    /// The messages of an announcement that could not be sent are due again, as [`Tx::revive`] says. Returns how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn revive_announcement(
        &mut self,
        community: CommunityId,
        id: AnnouncementId,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        const SQL: &str = concat!(
            revived!("$3"),
            its_messages!(),
            " AND state = 'dead' AND settled_at IS NULL AND unread_by IS NULL"
        );
        self.queued = true;
        self.run(SQL, [community.into(), announcement_keys(id).into(), now.into()]).await
    }

    /// Leaves announcements whose question is older than `before`, and forgets their words. Returns how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_announcements(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let sql = "UPDATE announcements SET state = 'left', words = NULL WHERE state = 'asked' AND since < $1";
        self.run(sql, [before.into()]).await
    }
}
