//! What coordinators are asked to look at: raised once under a key, open until somebody resolves it.

use chrono::{DateTime, Utc};
use plsep_domain::concern::ConcernKind;
use plsep_domain::{CommunityId, ConcernId, PairId, PersonId, SeasonId};

use super::{Effect, NewEffect, Row, StoreError, Stored, To, Tx, value::name};
use crate::chat::Message;

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// Our id.
    pub id: ConcernId,
    /// What makes it the same concern, however often it comes up.
    pub key: String,
    /// What it is.
    pub kind: ConcernKind,
    /// The pair it is about.
    pub pair: Option<PairId>,
    /// Whose concern it is.
    pub person: Option<PersonId>,
    /// What they wrote, for coordinators alone.
    pub note: Option<String>,
    /// Since when.
    pub raised_at: DateTime<Utc>,
    /// Which coordinator looks after it.
    pub assigned_to: Option<PersonId>,
    /// When it was resolved, if it was.
    pub resolved_at: Option<DateTime<Utc>>,
    /// By which coordinator.
    pub resolved_by: Option<PersonId>,
    /// What they noted.
    pub resolution: Option<String>,
}

/// Something to raise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConcern {
    /// The season.
    pub season: SeasonId,
    /// What makes it the same concern, however often it comes up.
    pub key: String,
    /// What it is.
    pub kind: ConcernKind,
    /// The pair it is about.
    pub pair: Option<PairId>,
    /// Whose concern it is.
    pub person: Option<PersonId>,
    /// What they wrote.
    pub note: Option<String>,
}

macro_rules! columns {
    () => {
        "id, key, kind, pair, person, note, raised_at, assigned_to, resolved_at, resolved_by, resolution"
    };
}

impl Stored for Concern {
    const WHAT: &'static str = "concern";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            key: row.text("key")?,
            kind: row.name("kind")?,
            pair: row.maybe_id("pair")?,
            person: row.maybe_id("person")?,
            note: row.maybe_text("note")?,
            raised_at: row.at("raised_at")?,
            assigned_to: row.maybe_id("assigned_to")?,
            resolved_at: row.maybe_at("resolved_at")?,
            resolved_by: row.maybe_id("resolved_by")?,
            resolution: row.maybe_text("resolution")?,
        })
    }
}

/// Under which key the notice of a concern is posted.
#[must_use]
pub fn concern_notice_key(key: &str) -> String {
    format!("concern:{key}")
}

impl Tx {
    /// Raises a concern and lays its notice, made of the number it is kept under, before the coordinators; `false`, and
    /// nothing is changed, if it was raised before.
    ///
    /// # Errors
    /// As [`Tx::raise_concern`].
    pub async fn raise_and_tell(
        &mut self,
        community: CommunityId,
        concern: &NewConcern,
        notice: impl FnOnce(ConcernId) -> Message + Send,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if !self.raise_concern(community, concern, now).await? {
            return Ok(false);
        }
        let kept = self.concern_at(community, &concern.key).await?.ok_or(StoreError::Missing { what: "concern" })?;
        let effect = Effect::Post { to: To::Coordinators, message: notice(kept.id) };
        self.enqueue(&NewEffect { community, key: concern_notice_key(&concern.key), due_at: now, effect }, now).await?;
        Ok(true)
    }

    /// Raises a concern; `false` if it was raised before.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for a pair or person of another community, or what the database says.
    pub async fn raise_concern(
        &mut self,
        community: CommunityId,
        concern: &NewConcern,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "INSERT INTO concerns (community, season, key, kind, pair, person, note, raised_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
        let NewConcern { season, key, kind, pair, person, note } = concern;
        let values = [
            community.into(),
            (*season).into(),
            key.as_str().into(),
            name(kind)?,
            pair.map(PairId::get).into(),
            (*person).into(),
            note.as_deref().into(),
            now.into(),
        ];
        self.changed(sql, values).await
    }

    /// Keeps what somebody wrote about a concern of theirs; `false` where they have none under this key.
    ///
    /// # Errors
    /// What the database says.
    pub async fn note_concern(
        &mut self,
        community: CommunityId,
        key: &str,
        person: PersonId,
        note: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE concerns SET note = $4 WHERE community = $1 AND key = $2 AND person = $3";
        self.changed(sql, [community.into(), key.into(), person.into(), note.into()]).await
    }

    /// What nobody has resolved yet, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_concerns(&mut self, community: CommunityId) -> Result<Vec<Concern>, StoreError> {
        const SQL: &str =
            concat!("SELECT ", columns!(), " FROM concerns WHERE community = $1 AND resolved_at IS NULL ORDER BY id");
        self.all(SQL, [community.into()]).await
    }

    /// One of the community's concerns, resolved or not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn concern(&mut self, community: CommunityId, id: ConcernId) -> Result<Option<Concern>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM concerns WHERE community = $1 AND id = $2");
        self.maybe(SQL, [community.into(), id.into()]).await
    }

    /// The concern that was raised under this key.
    ///
    /// # Errors
    /// What the database says.
    pub async fn concern_at(&mut self, community: CommunityId, key: &str) -> Result<Option<Concern>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM concerns WHERE community = $1 AND key = $2");
        self.maybe(SQL, [community.into(), key.into()]).await
    }

    /// Gives an open concern to a coordinator, if whoever had it is still the one the caller read; `false` if not.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for a person of another community, or what the database says.
    pub async fn assign_concern(
        &mut self,
        id: ConcernId,
        expected: Option<PersonId>,
        to: PersonId,
    ) -> Result<bool, StoreError> {
        // No person has the number 0.
        let sql = "UPDATE concerns SET assigned_to = $3
             WHERE id = $1 AND resolved_at IS NULL AND COALESCE(assigned_to, 0) = $2";
        self.changed(sql, [id.into(), expected.map_or(0, PersonId::get).into(), to.into()]).await
    }

    /// Resolves an open concern; `false` if it is resolved already.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for a person of another community, or what the database says.
    pub async fn resolve_concern(
        &mut self,
        id: ConcernId,
        by: PersonId,
        resolution: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE concerns SET resolved_at = $2, resolved_by = $3, resolution = $4
             WHERE id = $1 AND resolved_at IS NULL";
        self.changed(sql, [id.into(), now.into(), by.into(), resolution.into()]).await
    }

    /// Opens a resolved concern again; `false` if it is open.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reopen_concern(&mut self, id: ConcernId) -> Result<bool, StoreError> {
        let sql = "UPDATE concerns SET resolved_at = NULL, resolved_by = NULL, resolution = NULL
             WHERE id = $1 AND resolved_at IS NOT NULL";
        self.changed(sql, [id.into()]).await
    }
}
