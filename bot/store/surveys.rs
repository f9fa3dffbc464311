//! Closing surveys: one per person and season, as it was last typed and as it was last given. It judges no answer.

use chrono::{DateTime, Utc};
use plsep_domain::{Answers, PersonId, SeasonId};

use super::{Row, StoreError, Stored, Tx, value::json};

/// Somebody's closing survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Whose it is.
    pub person: PersonId,
    /// The answers as they were last typed.
    pub draft: Answers,
    /// The answers as they were last given, once they were.
    pub answers: Option<Answers>,
    /// When they were last given.
    pub given_at: Option<DateTime<Utc>>,
}

macro_rules! columns {
    () => {
        "person, draft, answers, given_at"
    };
}

impl Stored for Survey {
    const WHAT: &'static str = "survey";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            person: row.id("person")?,
            draft: row.json("draft")?,
            answers: row.maybe_json("answers")?,
            given_at: row.maybe_at("given_at")?,
        })
    }
}

impl Tx {
    /// The person's survey of the season, if they have begun one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn survey_of(&mut self, season: SeasonId, person: PersonId) -> Result<Option<Survey>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM surveys WHERE season = $1 AND person = $2");
        self.maybe(SQL, [season.into(), person.into()]).await
    }

    /// Every survey of the season that was given, by person.
    ///
    /// # Errors
    /// What the database says.
    pub async fn surveys(&mut self, season: SeasonId) -> Result<Vec<Survey>, StoreError> {
        const SQL: &str =
            concat!("SELECT ", columns!(), " FROM surveys WHERE season = $1 AND answers IS NOT NULL ORDER BY person");
        self.all(SQL, [season.into()]).await
    }

    /// Keeps what was typed so far. What was given stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for a person who is not of the season's community, or what the database says.
    pub async fn save_survey(&mut self, season: SeasonId, person: PersonId, draft: &Answers) -> Result<(), StoreError> {
        let sql = "INSERT INTO surveys (community, season, person, draft)
             SELECT community, id, $2, $3 FROM seasons WHERE id = $1
             ON CONFLICT (season, person) DO UPDATE SET draft = excluded.draft";
        self.must_change(sql, [season.into(), person.into(), json(draft)?], Survey::WHAT).await
    }

    /// Keeps answers as given.
    ///
    /// # Errors
    /// As [`Tx::save_survey`].
    pub async fn give_survey(
        &mut self,
        season: SeasonId,
        person: PersonId,
        answers: &Answers,
        given_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO surveys (community, season, person, draft, answers, given_at)
             SELECT community, id, $2, $3, $3, $4 FROM seasons WHERE id = $1
             ON CONFLICT (season, person) DO UPDATE SET
                 draft = excluded.draft, answers = excluded.answers, given_at = excluded.given_at";
        let values = [season.into(), person.into(), json(answers)?, given_at.into()];
        self.must_change(sql, values, Survey::WHAT).await
    }
}
