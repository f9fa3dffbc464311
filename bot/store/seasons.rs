//! Seasons: one run of a program in a community.

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
    pub program: Program,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
}

macro_rules! columns {
    () => {
        "id, community, program, created_at"
    };
}

impl Stored for Season {
    const WHAT: &'static str = "season";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            community: row.id("community")?,
            program: row.json("program")?,
            created_at: row.at("created_at")?,
        })
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
        const SQL: &str = concat!(
            "INSERT INTO seasons (community, program_key, program, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (community, program_key) DO NOTHING RETURNING ",
            columns!()
        );
        let values = [community.into(), program.key.as_str().into(), json(program)?, now.into()];
        self.maybe(SQL, values).await?.ok_or_else(|| StoreError::Taken { what: "a season".to_owned() })
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
        self.maybe(SQL, [community.into()]).await
    }

    /// The season.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn season(&mut self, id: SeasonId) -> Result<Season, StoreError> {
        self.one(concat!("SELECT ", columns!(), " FROM seasons WHERE id = $1"), [id.into()]).await
    }

    /// Every season of every community, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seasons(&mut self) -> Result<Vec<Season>, StoreError> {
        self.all(concat!("SELECT ", columns!(), " FROM seasons ORDER BY id"), []).await
    }

    /// Keeps the program as it is from now on, such as with a date moved.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Taken`] when the key was changed to that of another season,
    /// or what the database says.
    pub async fn save_program(&mut self, season: SeasonId, program: &Program) -> Result<(), StoreError> {
        let sql = "UPDATE seasons SET program_key = $2, program = $3 WHERE id = $1";
        let values = [season.into(), program.key.as_str().into(), json(program)?];
        self.must_change(sql, values, Season::WHAT).await
    }
}
