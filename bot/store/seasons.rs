//! Seasons: one run of a program in a community.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, Program, SeasonId};

use super::{Row, StoreError, Stored, Tx, value::json};

/// One run of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Season {
    /// Our id.
    pub id: SeasonId,
    /// The community.
    pub community: CommunityId,
    /// The program as it is for this season, with every date that was moved.
    pub program: Arc<Program>,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
}

impl Season {
    /// The season as it is for a pair, or for somebody, with whom this end was agreed. It is for reading: a date of the
    /// season is never moved by it.
    #[must_use]
    pub fn until(mut self, agreed: Option<DateTime<Utc>>) -> Self {
        if let Cow::Owned(longer) = self.program.calendar.until(agreed) {
            Arc::make_mut(&mut self.program).calendar = longer;
        }
        self
    }
}

macro_rules! columns {
    () => {
        "id, community, edition, created_at"
    };
}

/// A season without its program, and which edition of it there is now.
pub(super) struct Head {
    pub(super) id: SeasonId,
    pub(super) community: CommunityId,
    pub(super) edition: i64,
    pub(super) created_at: DateTime<Utc>,
}

impl Stored for Head {
    const WHAT: &'static str = "season";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            community: row.id("community")?,
            edition: row.int("edition")?,
            created_at: row.at("created_at")?,
        })
    }
}

impl Stored for Arc<Program> {
    const WHAT: &'static str = "season";

    fn read(row: &Row) -> Result<Self, StoreError> {
        row.json("program").map(Arc::new)
    }
}

impl Tx {
    /// Sets up a season.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the community has a season of this program key, [`StoreError::Stray`] for
    /// an unknown community, or what the database says.
    pub async fn insert_season(
        &mut self,
        community: CommunityId,
        program: &Program,
        now: DateTime<Utc>,
    ) -> Result<Season, StoreError> {
        let sql = "INSERT INTO seasons (community, program_key, program, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (community, program_key) DO NOTHING";
        let values = [community.into(), program.key.as_str().into(), json(program)?, now.into()];
        if !self.changed(sql, values).await? {
            return Err(StoreError::Taken { what: "a season".to_owned() });
        }
        const SQL: &str = concat!("SELECT ", columns!(), " FROM seasons WHERE community = $1 AND program_key = $2");
        let head = self.one(SQL, [community.into(), program.key.as_str().into()]).await?;
        self.whole(head).await
    }

    /// A season with its program, which is read only if this edition was not read before.
    pub(super) async fn whole(&mut self, head: Head) -> Result<Season, StoreError> {
        let Head { id, community, edition, created_at } = head;
        let program = match self.programs.known(id, edition) {
            Some(program) => program,
            None => {
                let program = self.one("SELECT program FROM seasons WHERE id = $1", [id.into()]).await?;
                self.programs.remember(id, edition, &program);
                program
            }
        };
        Ok(Season { id, community, program, created_at })
    }

    /// The community's newest season.
    ///
    /// # Errors
    /// What the database says.
    pub async fn current_season(&mut self, community: CommunityId) -> Result<Option<Season>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM seasons WHERE community = $1 ORDER BY created_at DESC, id DESC LIMIT 1"
        );
        match self.maybe(SQL, [community.into()]).await? {
            Some(head) => self.whole(head).await.map(Some),
            None => Ok(None),
        }
    }

    /// The season.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn season(&mut self, id: SeasonId) -> Result<Season, StoreError> {
        let head = self.one(concat!("SELECT ", columns!(), " FROM seasons WHERE id = $1"), [id.into()]).await?;
        self.whole(head).await
    }

    /// Every season of every community, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seasons(&mut self) -> Result<Vec<Season>, StoreError> {
        let mut seasons = Vec::new();
        for head in self.all(concat!("SELECT ", columns!(), " FROM seasons ORDER BY id"), []).await? {
            seasons.push(self.whole(head).await?);
        }
        Ok(seasons)
    }

    /// Every season of a community, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seasons_of(&mut self, community: CommunityId) -> Result<Vec<Season>, StoreError> {
        const SQL: &str =
            concat!("SELECT ", columns!(), " FROM seasons WHERE community = $1 ORDER BY created_at DESC, id DESC");
        let mut seasons = Vec::new();
        for head in self.all(SQL, [community.into()]).await? {
            seasons.push(self.whole(head).await?);
        }
        Ok(seasons)
    }

    /// Keeps the program as it is from now on, such as with a date moved.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Taken`] when the key was changed to that of another season,
    /// or what the database says.
    pub async fn save_program(&mut self, season: SeasonId, program: &Program) -> Result<(), StoreError> {
        let sql = "UPDATE seasons SET program_key = $2, program = $3 WHERE id = $1";
        let values = [season.into(), program.key.as_str().into(), json(program)?];
        self.must_change(sql, values, Head::WHAT).await
    }
}
