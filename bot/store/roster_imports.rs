//! Lists of participants that coordinators handed in: kept from the question until its answer, and what an import has
//! changed until it can no longer be taken back. It judges no list.

use chrono::{DateTime, Utc};
use plsep_domain::roster::{PlanFigures, Sheet};
use plsep_domain::{CommunityId, PersonId, RosterEntry, RosterImportId};
use serde::{Deserialize, Serialize};

use super::{Inner, Row, StoreError, Stored, Tx, value::json};

/// How a list that was handed in stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Its question waits for an answer.
    Asked,
    /// It was taken in, or is being taken in, where it is long.
    Done,
    /// It was left.
    Left,
    /// It was taken in and taken back.
    Undone,
}

/// A list that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterImport {
    /// Our id.
    pub id: RosterImportId,
    /// The community.
    pub community: CommunityId,
    /// Who handed it in.
    pub person: PersonId,
    /// How it stands.
    pub state: ImportState,
    /// What was read, as long as it is asked about.
    pub sheet: Option<Sheet>,
    /// What the question named.
    pub figures: PlanFigures,
    /// What taking it back would restore, as long as that is possible.
    pub undo: Option<Vec<Restored>>,
    /// When it was handed in.
    pub made_at: DateTime<Utc>,
    /// When its question was answered.
    pub done_at: Option<DateTime<Utc>>,
}

/// One line that an import wrote: what it says since, and what it said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// What the import wrote.
    pub now: RosterEntry,
    /// What stood there; `None` for a line that was new.
    pub before: Option<RosterEntry>,
}

/// How many lines one statement writes.
const LINES_AT_ONCE: usize = 500;

/// The dialects differ in how they take a list apart.
macro_rules! write_roster {
    ($list:literal, $flag:literal) => {
        concat!(
            "INSERT INTO roster (community, email_key, email, name, chat_user, library_system, active, updated_at)
             SELECT $1, item.value ->> 'key', item.value ->> 'email', item.value ->> 'name',
                 item.value ->> 'chat_user', item.value ->> 'library_system', CAST(item.value ->> 'active' AS ",
            $flag,
            "), $2 FROM ",
            $list,
            " AS item WHERE true ON CONFLICT (community, email_key) DO UPDATE SET
                 email = excluded.email, name = excluded.name, chat_user = excluded.chat_user,
                 library_system = excluded.library_system, active = excluded.active, updated_at = excluded.updated_at"
        )
    };
}

/// The same.
macro_rules! remove_lines {
    ($list:literal) => {
        concat!(
            "DELETE FROM roster WHERE community = $1 AND email_key IN (SELECT item.value ->> 'key' FROM ",
            $list,
            " AS item)"
        )
    };
}

macro_rules! columns {
    () => {
        "id, community, person, state, sheet, figures, undo, made_at, done_at"
    };
}

impl Stored for RosterImport {
    const WHAT: &'static str = "list that was handed in";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            community: row.id("community")?,
            person: row.id("person")?,
            state: row.name("state")?,
            sheet: row.maybe_json("sheet")?,
            figures: row.json("figures")?,
            undo: row.maybe_json("undo")?,
            made_at: row.at("made_at")?,
            done_at: row.maybe_at("done_at")?,
        })
    }
}

/// What a statement says of its own row.
struct Id(RosterImportId);

impl Stored for Id {
    const WHAT: &'static str = RosterImport::WHAT;

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self(row.id("id")?))
    }
}

impl Tx {
    /// Keeps a list until its question is answered. One that waited for the same person is left.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for somebody of another community, or what the database says.
    pub async fn keep_roster_import(
        &mut self,
        community: CommunityId,
        person: PersonId,
        sheet: &Sheet,
        figures: PlanFigures,
        now: DateTime<Utc>,
    ) -> Result<RosterImportId, StoreError> {
        let sql = "UPDATE roster_imports SET state = 'left', sheet = NULL
             WHERE community = $1 AND person = $2 AND state = 'asked'";
        self.run(sql, [community.into(), person.into()]).await?;
        let sql = "INSERT INTO roster_imports (community, person, state, sheet, figures, made_at)
             VALUES ($1, $2, 'asked', $3, $4, $5) RETURNING id";
        let values = [community.into(), person.into(), json(sheet)?, json(&figures)?, now.into()];
        let Id(id) = self.one(sql, values).await?;
        Ok(id)
    }

    /// A list that was handed in here.
    ///
    /// # Errors
    /// What the database says.
    pub async fn roster_import(
        &mut self,
        community: CommunityId,
        id: RosterImportId,
    ) -> Result<Option<RosterImport>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM roster_imports WHERE community = $1 AND id = $2");
        self.maybe(SQL, [community.into(), id.into()]).await
    }

    /// Ends the question about a list; `false` if it was answered before. The list itself is forgotten.
    ///
    /// # Errors
    /// What the database says.
    pub async fn settle_roster_import(
        &mut self,
        id: RosterImportId,
        state: ImportState,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE roster_imports SET state = $2, sheet = NULL, done_at = $3 WHERE id = $1 AND state = 'asked'";
        let state = super::value::name(&state)?;
        self.changed(sql, [id.into(), state, now.into()]).await
    }

    /// Keeps what taking an import back would restore.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where it is not one that was taken in, or what the database says.
    pub async fn keep_way_back(&mut self, id: RosterImportId, undo: &[Restored]) -> Result<(), StoreError> {
        let sql = "UPDATE roster_imports SET undo = $2 WHERE id = $1 AND state = 'done'";
        self.must_change(sql, [id.into(), json(&undo)?], RosterImport::WHAT).await
    }

    /// An earlier import than this one can no longer be taken back.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seal_roster_imports(&mut self, community: CommunityId, but: RosterImportId) -> Result<(), StoreError> {
        let sql = "UPDATE roster_imports SET undo = NULL WHERE community = $1 AND id <> $2 AND undo IS NOT NULL";
        self.run(sql, [community.into(), but.into()]).await.map(|_| ())
    }

    /// Notes that an import was taken back; `false` if it was before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn undone_roster_import(&mut self, id: RosterImportId) -> Result<bool, StoreError> {
        let sql = "UPDATE roster_imports SET state = 'undone', undo = NULL WHERE id = $1 AND state = 'done'";
        self.changed(sql, [id.into()]).await
    }

    /// Forgets what was read, and what could be taken back, of lists handed in before a moment. Returns how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_roster_imports(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let sql = "UPDATE roster_imports SET sheet = NULL, undo = NULL,
                 state = CASE WHEN state = 'asked' THEN 'left' ELSE state END
             WHERE made_at < $1 AND (sheet IS NOT NULL OR undo IS NOT NULL)";
        self.run(sql, [before.into()]).await
    }

    /// Writes lines as they are, over those with the same e-mail addresses; each address once.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown community, or what the database says.
    pub async fn write_roster(
        &mut self,
        community: CommunityId,
        lines: &[RosterEntry],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = match &self.inner {
            Inner::Sqlite(_) => write_roster!("json_each($3)", "INTEGER"),
            Inner::Pg(_) => write_roster!("jsonb_array_elements(CAST($3 AS JSONB))", "BOOLEAN"),
        };
        for some in lines.chunks(LINES_AT_ONCE) {
            let items: Vec<_> = some
                .iter()
                .map(|RosterEntry { name, email, chat_user, library_system, active }| {
                    serde_json::json!({
                        "key": key(email), "email": email, "name": name, "chat_user": chat_user,
                        "library_system": library_system, "active": active,
                    })
                })
                .collect();
            self.run(sql, [community.into(), now.into(), json(&items)?]).await?;
        }
        Ok(())
    }

    /// Takes back what an import wrote: lines say again what they said before, and new ones go.
    ///
    /// # Errors
    /// What the database says.
    pub async fn restore_roster(
        &mut self,
        community: CommunityId,
        lines: &[Restored],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = match &self.inner {
            Inner::Sqlite(_) => remove_lines!("json_each($2)"),
            Inner::Pg(_) => remove_lines!("jsonb_array_elements(CAST($2 AS JSONB))"),
        };
        let new: Vec<_> = lines.iter().filter(|line| line.before.is_none()).collect();
        for some in new.chunks(LINES_AT_ONCE) {
            let keys: Vec<_> = some.iter().map(|line| serde_json::json!({ "key": key(&line.now.email) })).collect();
            self.run(sql, [community.into(), json(&keys)?]).await?;
        }
        let before: Vec<RosterEntry> = lines.iter().filter_map(|line| line.before.clone()).collect();
        self.write_roster(community, &before, now).await
    }
}

/// What a line is known by.
fn key(email: &str) -> String {
    email.trim().to_lowercase()
}
