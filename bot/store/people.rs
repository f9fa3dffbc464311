//! People of a community, and which of them coordinate the program there.

use chrono::{DateTime, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use plsep_domain::{CivilHours, CommunityId, Lang, PersonId, Preferences, Program, Reach, Reader};

use super::{Row, StoreError, Stored, Tx};
use crate::chat::UserRef;

/// A person of a community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Our id.
    pub id: PersonId,
    /// The community.
    pub community: CommunityId,
    /// The platform's id of the person.
    pub user: UserRef,
    /// Display name when last seen; may hold anything.
    pub name: String,
    /// BCP 47 locale, if it was ever known.
    pub locale: Option<String>,
    /// IANA time zone, if it was ever known.
    pub zone: Option<String>,
    /// E-mail address, if it was ever known.
    pub email: Option<String>,
    /// Whether the person is in the community, as far as we know.
    pub present: bool,
    /// What they set for themselves.
    pub preferences: Preferences,
    /// When they asked to be forgotten, if they did. Nothing else of them is known then.
    pub erased_at: Option<DateTime<Utc>>,
}

impl Person {
    /// The language they are written to in: the one they chose, or the nearest to their platform's.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.preferences.lang.unwrap_or_else(|| self.locale.as_deref().map(Lang::nearest).unwrap_or_default())
    }

    /// The zone they live in: the one they chose, or their platform's, or else the program's.
    #[must_use]
    pub fn zone(&self, program: &Program) -> Tz {
        let told = || self.zone.as_deref().and_then(|zone| zone.parse().ok());
        self.preferences.zone.or_else(told).unwrap_or(program.calendar.zone())
    }

    /// When they may be written to.
    #[must_use]
    pub fn reader(&self, program: &Program) -> Reader {
        Reader { zone: self.zone(program), hours: self.preferences.hours.unwrap_or(program.nudge.civil_hours) }
    }
}

/// What an event tells about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonSeen {
    /// The platform's id of the person.
    pub user: UserRef,
    /// Display name.
    pub name: String,
    /// BCP 47 locale, if the platform told it.
    pub locale: Option<String>,
    /// IANA time zone, if the platform told it.
    pub zone: Option<String>,
    /// E-mail address, if the platform told it.
    pub email: Option<String>,
}

impl PersonSeen {
    /// Whether everything in it is known already, so that nothing need be written.
    #[must_use]
    pub fn tells_nothing_new_of(&self, known: &Person) -> bool {
        let Self { user, name, locale, zone, email } = self;
        let same = |told: &Option<String>, known: &Option<String>| told.is_none() || told == known;
        *user == known.user
            && *name == known.name
            && same(locale, &known.locale)
            && same(zone, &known.zone)
            && same(email, &known.email)
            && known.present
    }
}

macro_rules! columns {
    () => {
        "people.id, people.community, people.chat_user, people.name, people.locale, people.zone, people.email,
         people.present, people.chosen_language, people.chosen_zone, people.hours_from, people.hours_to, people.reach,
         people.snoozed_until, people.erased_at"
    };
}
pub(super) use columns;

impl Stored for Person {
    const WHAT: &'static str = "person";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            community: row.id("community")?,
            user: UserRef(row.text("chat_user")?),
            name: row.text("name")?,
            locale: row.maybe_text("locale")?,
            zone: row.maybe_text("zone")?,
            email: row.maybe_text("email")?,
            present: row.flag("present")?,
            preferences: preferences(row)?,
            erased_at: row.maybe_at("erased_at")?,
        })
    }
}

impl Stored for (PersonId, DateTime<Utc>) {
    const WHAT: &'static str = "person who pauses";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok((row.id("id")?, row.at("snoozed_until")?))
    }
}

pub(super) fn preferences(row: &Row) -> Result<Preferences, StoreError> {
    let lang = row.maybe_text("chosen_language")?.map(|code| code.parse());
    let zone = row.maybe_text("chosen_zone")?.map(|zone| zone.parse());
    let hours = match (row.maybe_int("hours_from")?, row.maybe_int("hours_to")?) {
        (Some(from), Some(to)) => Some(CivilHours { from: time(from)?, to: time(to)? }),
        _ => None,
    };
    Ok(Preferences {
        lang: lang.transpose().map_err(|_| StoreError::Corrupt { column: "chosen_language" })?,
        zone: zone.transpose().map_err(|_| StoreError::Corrupt { column: "chosen_zone" })?,
        hours,
        reach: Reach::from_key(&row.text("reach")?).ok_or(StoreError::Corrupt { column: "reach" })?,
        snoozed_until: row.maybe_at("snoozed_until")?,
    })
}

/// A time of day is kept in minutes.
fn time(minutes: i64) -> Result<NaiveTime, StoreError> {
    let seconds = u32::try_from(minutes * 60).ok();
    let time = seconds.and_then(|seconds| NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0));
    time.ok_or(StoreError::Corrupt { column: "hours_from" })
}

fn minutes(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight() / 60)
}

impl Tx {
    /// Keeps what is known of a person who was seen, and takes them for present. What the platform did not
    /// tell this time stays as it was.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown community, or what the database says.
    pub async fn upsert_person(
        &mut self,
        community: CommunityId,
        seen: &PersonSeen,
        now: DateTime<Utc>,
    ) -> Result<Person, StoreError> {
        const SQL: &str = concat!(
            "INSERT INTO people (community, chat_user, name, locale, zone, email, present, seen_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (community, chat_user) DO UPDATE SET
                 name = excluded.name,
                 locale = COALESCE(excluded.locale, people.locale),
                 zone = COALESCE(excluded.zone, people.zone),
                 email = COALESCE(excluded.email, people.email),
                 present = excluded.present,
                 seen_at = excluded.seen_at
             RETURNING ",
            columns!()
        );
        let PersonSeen { user, name, locale, zone, email } = seen;
        let values = [
            community.into(),
            user.into(),
            name.as_str().into(),
            locale.as_deref().into(),
            zone.as_deref().into(),
            email.as_deref().into(),
            true.into(),
            now.into(),
        ];
        self.one(SQL, values).await
    }

    /// The person.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn person(&mut self, id: PersonId) -> Result<Person, StoreError> {
        self.one(concat!("SELECT ", columns!(), " FROM people WHERE id = $1"), [id.into()]).await
    }

    /// The person of this account, if they were ever seen.
    ///
    /// # Errors
    /// What the database says.
    pub async fn person_at(&mut self, community: CommunityId, user: &UserRef) -> Result<Option<Person>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM people WHERE community = $1 AND chat_user = $2");
        self.maybe(SQL, [community.into(), user.into()]).await
    }

    /// Remembers that somebody left or came back.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn set_present(&mut self, id: PersonId, present: bool) -> Result<(), StoreError> {
        let sql = "UPDATE people SET present = $2 WHERE id = $1";
        self.must_change(sql, [id.into(), present.into()], Person::WHAT).await
    }

    /// Keeps what a person set for themselves.
    ///
    /// # Errors
    /// [`StoreError::Missing`], or what the database says.
    pub async fn set_preferences(&mut self, id: PersonId, preferences: &Preferences) -> Result<(), StoreError> {
        let sql =
            "UPDATE people SET chosen_language = $2, chosen_zone = $3, hours_from = $4, hours_to = $5, reach = $6,
                 snoozed_until = $7
             WHERE id = $1";
        let Preferences { lang, zone, hours, reach, snoozed_until } = preferences;
        let values = [
            id.into(),
            lang.map(Lang::code).into(),
            zone.map(Tz::name).into(),
            hours.map(|hours| minutes(hours.from)).into(),
            hours.map(|hours| minutes(hours.to)).into(),
            reach.key().into(),
            (*snoozed_until).into(),
        ];
        self.must_change(sql, values, Person::WHAT).await
    }

    /// Until when people of the community pause, of those who do.
    ///
    /// # Errors
    /// What the database says.
    pub async fn snoozed(
        &mut self,
        community: CommunityId,
        now: DateTime<Utc>,
    ) -> Result<Vec<(PersonId, DateTime<Utc>)>, StoreError> {
        let sql = "SELECT id, snoozed_until FROM people WHERE community = $1 AND snoozed_until > $2 ORDER BY id";
        self.all(sql, [community.into(), now.into()]).await
    }

    /// Everybody who was ever seen in the community, first seen first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn people(&mut self, community: CommunityId) -> Result<Vec<Person>, StoreError> {
        const SQL: &str = concat!("SELECT ", columns!(), " FROM people WHERE community = $1 ORDER BY id");
        self.all(SQL, [community.into()]).await
    }

    /// Makes somebody a coordinator; `false` if they were one.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for a person of another community, or what the database says.
    pub async fn add_coordinator(
        &mut self,
        community: CommunityId,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "INSERT INTO coordinators (community, person, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        self.changed(sql, [community.into(), person.into(), now.into()]).await
    }

    /// Ends that somebody is a coordinator; `false` if they were none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remove_coordinator(&mut self, community: CommunityId, person: PersonId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM coordinators WHERE community = $1 AND person = $2";
        self.changed(sql, [community.into(), person.into()]).await
    }

    /// The coordinators, longest-serving first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn coordinators(&mut self, community: CommunityId) -> Result<Vec<Person>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            columns!(),
            " FROM people JOIN coordinators ON coordinators.person = people.id
             WHERE coordinators.community = $1 ORDER BY coordinators.since, people.id"
        );
        self.all(SQL, [community.into()]).await
    }

    /// Whether somebody is a coordinator.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_coordinator(&mut self, community: CommunityId, person: PersonId) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) AS n FROM coordinators WHERE community = $1 AND person = $2";
        Ok(self.one::<i64, _>(sql, [community.into(), person.into()]).await? > 0)
    }
}
