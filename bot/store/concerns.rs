//! What coordinators are asked to look at: raised once under a key, open until somebody resolves it.

use chrono::{DateTime, Utc};
use plsep_domain::concern::ConcernKind;
use plsep_domain::{CommunityId, ConcernId, PairId, PersonId, SeasonId};

use super::{Row, StoreError, Stored, Tx, value::name};

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// Our id.
    pub id: ConcernId,
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

impl Stored for Concern {
    const WHAT: &'static str = "concern";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            kind: row.name("kind")?,
            pair: row.maybe_id("pair")?,
            person: row.maybe_id("person")?,
            note: row.maybe_text("note")?,
            raised_at: row.at("raised_at")?,
            assigned_to: row.maybe_id("assigned_to")?,
            resolved_at: row.maybe_at("resolved_at")?,
        })
    }
}

impl Tx {
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
        const SQL: &str = "SELECT id, kind, pair, person, note, raised_at, assigned_to, resolved_at FROM concerns
             WHERE community = $1 AND resolved_at IS NULL ORDER BY id";
        self.all(SQL, [community.into()]).await
    }
}
