//! Lists of participants that are too long to be taken in at once: what is still to be written of one, and how far that has
//! come. It writes no line of the roster.

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, PersonId, RosterImportId, SeasonId};
use serde::{Deserialize, Serialize};

use super::{Restored, Row, StoreError, Stored, Tx, value::json};

/// A long list that is being taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongImport {
    /// Which list.
    pub id: RosterImportId,
    /// The community.
    pub community: CommunityId,
    /// The season in which it is taken in.
    pub season: SeasonId,
    /// Who said yes to it.
    pub person: PersonId,
    /// What there is to do.
    pub work: ImportWork,
    /// How many of its lines are done, counted from the first.
    pub taken: usize,
}

/// What there is to do for a list whose question was answered with yes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportWork {
    /// Every line that it writes, and what stood there when it was asked about; each address once. Those that the list does
    /// not name, and that end, come last.
    pub lines: Vec<Restored>,
    /// Addresses of lines that somebody else has changed before their turn came, so that they were left as they are.
    pub left_alone: Vec<String>,
    /// How many lines that the list does not name it ends.
    pub ended: usize,
    /// How many lines say already what the list says.
    pub same: usize,
    /// How many rows of the list were left out, because they could not be read.
    pub left_out: usize,
}

/// How many of the list's lines are done, as the database counts.
fn count(lines: usize) -> i64 {
    i64::try_from(lines).unwrap_or(i64::MAX)
}

impl Stored for LongImport {
    const WHAT: &'static str = "long list that is being taken in";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("import")?,
            community: row.id("community")?,
            season: row.id("season")?,
            person: row.id("person")?,
            work: row.json("work")?,
            taken: usize::try_from(row.int("taken")?).map_err(|_| StoreError::Corrupt { column: "taken" })?,
        })
    }
}

impl Tx {
    /// Notes a long list whose question was answered with yes: nothing of it is written yet.
    ///
    /// # Errors
    /// [`StoreError::Taken`] while another is being taken in there, or what the database says.
    pub async fn begin_long_import(&mut self, import: &LongImport, now: DateTime<Utc>) -> Result<(), StoreError> {
        let LongImport { id, community, season, person, ref work, taken } = *import;
        let sql = "INSERT INTO roster_work (import, community, season, person, work, taken, begun_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values =
            [id.into(), community.into(), season.into(), person.into(), json(work)?, count(taken).into(), now.into()];
        self.run(sql, values).await.map(|_| ())
    }

    /// Since when a long list is being taken in, for each season where one is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn long_imports_since(&mut self) -> Result<Vec<(SeasonId, DateTime<Utc>)>, StoreError> {
        self.all("SELECT season, begun_at AS due_at FROM roster_work ORDER BY season", []).await
    }

    /// The long list that is being taken in.
    ///
    /// # Errors
    /// What the database says.
    pub async fn long_import(&mut self, community: CommunityId) -> Result<Option<LongImport>, StoreError> {
        let sql = "SELECT import, community, season, person, work, taken FROM roster_work WHERE community = $1";
        self.maybe(sql, [community.into()]).await
    }

    /// Notes how far a long list has come that had come as far as `before`; `false` if it had not, or if it is done.
    ///
    /// # Errors
    /// What the database says.
    pub async fn move_long_import(&mut self, import: &LongImport, before: usize) -> Result<bool, StoreError> {
        let sql = "UPDATE roster_work SET taken = $3, work = $4 WHERE import = $1 AND taken = $2";
        let values = [import.id.into(), count(before).into(), count(import.taken).into(), json(&import.work)?];
        self.changed(sql, values).await
    }

    /// Notes that a long list is taken in; `false` if that was noted before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_long_import(&mut self, id: RosterImportId) -> Result<bool, StoreError> {
        self.changed("DELETE FROM roster_work WHERE import = $1", [id.into()]).await
    }

    /// Takes lines that name an account or an address out of the long list that is being taken in.
    pub(super) async fn forget_in_long_import(
        &mut self,
        community: CommunityId,
        user: &str,
        email: Option<&str>,
    ) -> Result<(), StoreError> {
        let Some(mut import) = self.long_import(community).await? else { return Ok(()) };
        let names = |line: &Restored| {
            [Some(&line.now), line.before.as_ref()].into_iter().flatten().any(|entry| {
                entry.chat_user.as_deref() == Some(user)
                    || email.is_some_and(|email| entry.email.trim().to_lowercase() == email)
            })
        };
        let (taken, ending) = (import.taken, import.work.lines.len() - import.work.ended);
        import.taken -= import.work.lines.iter().take(taken).filter(|line| names(line)).count();
        import.work.ended -= import.work.lines.iter().skip(ending).filter(|line| names(line)).count();
        import.work.left_alone.retain(|address| email.is_none_or(|email| address.trim().to_lowercase() != email));
        import.work.lines.retain(|line| !names(line));
        self.move_long_import(&import, taken).await.map(|_| ())
    }
}
