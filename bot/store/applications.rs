//! Applications: one per person and season, with the answers as a draft and as last submitted.

use chrono::{DateTime, Utc};
use plsep_domain::{Answers, ApplicationId, ApplicationState, CommunityId, PersonId, Role, SeasonId};

use super::{
    Row, StoreError, Stored, Touches, Tx,
    behind::{Deferred, DeferredDraft},
    people::Person,
    value::{json, name, plain_json},
};

/// One person's application in one season.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Our id.
    pub id: ApplicationId,
    /// The community.
    pub community: CommunityId,
    /// The season.
    pub season: SeasonId,
    /// The applicant.
    pub person: PersonId,
    /// As what they apply.
    pub role: Role,
    /// The answers as they were last typed.
    pub draft: Answers,
    /// The answers as they were last submitted.
    pub answers: Option<Answers>,
    /// Where it stands.
    pub state: ApplicationState,
    /// When it was last submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When anything about it last changed.
    pub updated_at: DateTime<Utc>,
}

macro_rules! columns {
    () => {
        "applications.id, applications.community, applications.season, applications.person, applications.role,
         applications.draft, applications.answers, applications.state, applications.decline_reason,
         applications.submitted_at, applications.updated_at"
    };
}
pub(super) use columns;

impl Stored for Application {
    const WHAT: &'static str = "application";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            community: row.id("community")?,
            season: row.id("season")?,
            person: row.id("person")?,
            role: row.name("role")?,
            draft: row.json("draft")?,
            answers: row.maybe_json("answers")?,
            state: state(row)?,
            submitted_at: row.maybe_at("submitted_at")?,
            updated_at: row.at("updated_at")?,
        })
    }
}

fn state(row: &Row) -> Result<ApplicationState, StoreError> {
    use ApplicationState as State;
    match (row.text("state")?.as_str(), row.maybe_text("decline_reason")?) {
        ("draft", None) => Ok(State::Draft),
        ("submitted", None) => Ok(State::Submitted),
        ("not_on_roster", None) => Ok(State::NotOnRoster),
        ("accepted", None) => Ok(State::Accepted),
        ("wait_listed", None) => Ok(State::WaitListed),
        ("declined", Some(reason)) => Ok(State::Declined { reason }),
        ("withdrawn", None) => Ok(State::Withdrawn),
        _ => Err(StoreError::Corrupt { column: "state" }),
    }
}

/// Keeps what is new about each of a list of drafts. The dialects differ in how they take a list apart.
macro_rules! drafts {
    ($list:literal) => {
        concat!(
            "UPDATE applications SET role = COALESCE(late.role, applications.role),
                 draft = COALESCE(late.draft, applications.draft), updated_at = late.updated_at
             FROM (
                 SELECT CAST(item.value ->> 'application' AS BIGINT) AS application, item.value ->> 'role' AS role,
                     NULLIF(item.value -> 'draft', 'null') AS draft,
                     CAST(item.value ->> 'updated_at' AS BIGINT) AS updated_at FROM ",
            $list,
            " AS item) AS late
             WHERE applications.id = late.application"
        )
    };
}
pub(super) const DRAFTS_SQLITE: &str = drafts!("json_each($1)");
pub(super) const DRAFTS_PG: &str = drafts!("jsonb_array_elements($1)");

fn decline_reason(state: &ApplicationState) -> Option<&str> {
    use ApplicationState as State;
    match state {
        State::Declined { reason } => Some(reason),
        State::Draft
        | State::Submitted
        | State::NotOnRoster
        | State::Accepted
        | State::WaitListed
        | State::Withdrawn => None,
    }
}

impl Tx {
    /// The person's application in the season, if they have begun one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn application_of(
        &mut self,
        season: SeasonId,
        person: PersonId,
    ) -> Result<Option<Application>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM applications WHERE season = $1 AND person = $2");
        self.maybe(SQL, [season.into(), person.into()]).await
    }

    /// Begins an application. If there is one, it is given back as it is, save that a draft takes the role.
    ///
    /// # Errors
    /// [`StoreError::Missing`] for an unknown season, [`StoreError::Stray`] for a person who is not of the
    /// season's community, or what the database says.
    pub async fn start_application(
        &mut self,
        season: SeasonId,
        person: PersonId,
        role: Role,
        now: DateTime<Utc>,
    ) -> Result<Application, StoreError> {
        const START: &str = concat!(
            "INSERT INTO applications (community, season, person, role, draft, state, updated_at)
             SELECT community, id, $2, $3, $4, 'draft', $5 FROM seasons WHERE id = $1
             ON CONFLICT (season, person) DO UPDATE SET role = excluded.role, updated_at = excluded.updated_at
             WHERE applications.state = 'draft' AND applications.role <> excluded.role
             RETURNING ",
            columns!()
        );
        const READ: &str = concat!("SELECT ", columns!(), " FROM applications WHERE season = $1 AND person = $2");
        let values = [season.into(), person.into(), name(&role)?, json(&Answers::default())?, now.into()];
        let begun: Vec<Application> = self.all_on(Some(Touches::ApplicationOf(person)), START, values).await?;
        match begun.into_iter().next() {
            Some(begun) => Ok(begun),
            None => self.one(READ, [season.into(), person.into()]).await,
        }
    }

    /// The application.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn application(&mut self, id: ApplicationId) -> Result<Application, StoreError> {
        self.one(concat!("SELECT ", columns!(), " FROM applications WHERE id = $1"), [id.into()]).await
    }

    /// Keeps what was typed so far. What was submitted stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says; for an event this may come with the commit, as
    /// [`StoreError::TakenBack`].
    pub async fn save_draft(
        &mut self,
        id: ApplicationId,
        draft: &Answers,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let draft = Some(plain_json(draft)?);
        let updated_at = now.timestamp_micros();
        self.leave(Deferred::Draft(DeferredDraft { application: id, role: None, draft, updated_at })).await
    }

    /// Keeps that a draft is one of this role from now on. Whether it is a draft is for the caller to look.
    ///
    /// # Errors
    /// As [`Tx::save_draft`].
    pub async fn change_role(&mut self, id: ApplicationId, role: Role, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (role, updated_at) = (Some(role), now.timestamp_micros());
        self.leave(Deferred::Draft(DeferredDraft { application: id, role, draft: None, updated_at })).await
    }

    /// Keeps answers as submitted, and where the application stands with them.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn submit_application(
        &mut self,
        id: ApplicationId,
        answers: &Answers,
        state: &ApplicationState,
        submitted_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE applications SET draft = $2, answers = $2, state = $3, decline_reason = $4,
                 submitted_at = $5, updated_at = $6
             WHERE id = $1";
        let values = [
            id.into(),
            json(answers)?,
            state.key().into(),
            decline_reason(state).into(),
            submitted_at.into(),
            now.into(),
        ];
        self.must_change(sql, values, Application::WHAT).await
    }

    /// Moves an application on, if it still stands where the caller read it (the reason of a decline is
    /// not compared); `false` if it does not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_application_state(
        &mut self,
        id: ApplicationId,
        expected: &ApplicationState,
        to: &ApplicationState,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE applications SET state = $3, decline_reason = $4, updated_at = $5
             WHERE id = $1 AND state = $2";
        let values = [id.into(), expected.key().into(), to.key().into(), decline_reason(to).into(), now.into()];
        self.changed(sql, values).await
    }

    /// Every application of the season with its applicant, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn applications(&mut self, season: SeasonId) -> Result<Vec<(Application, Person)>, StoreError> {
        const APPLICATIONS: &str = concat!("SELECT ", columns!(), " FROM applications WHERE season = $1 ORDER BY id");
        const APPLICANTS: &str = concat!(
            "SELECT ",
            super::people::columns!(),
            " FROM people JOIN applications ON applications.person = people.id
             WHERE applications.season = $1 ORDER BY applications.id"
        );
        let applications: Vec<Application> = self.all(APPLICATIONS, [season.into()]).await?;
        let applicants: Vec<Person> = self.all(APPLICANTS, [season.into()]).await?;
        Ok(applications.into_iter().zip(applicants).collect())
    }
}
