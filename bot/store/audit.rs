//! The audit log: who did what, and when. It is only ever added to; the databases themselves refuse to
//! change or remove an entry.

use chrono::{DateTime, Utc};
use plsep_domain::{AuditGroup, AuditLook, CommunityId, PersonId};

use super::{
    Row, StoreError, Stored, Tx,
    value::{Value, json},
};

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditWho {
    /// A person of the community.
    Person(PersonId),
    /// The bot, because its time had come.
    Bot,
    /// Whoever operates the bot, from the command line.
    Operator,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// Where.
    pub community: CommunityId,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub who: AuditWho,
    /// What: a stable word such as `date_moved`.
    pub action: String,
    /// To what: a stable name such as `application:7`.
    pub subject: String,
    /// What else is worth knowing, such as the value before and after.
    pub detail: serde_json::Value,
}

/// What a person did, or was done about them, of everybody where the person is 0; since `$4`; of a group by what its
/// stable names begin with, of all where the first beginning is empty.
macro_rules! looked_at {
    () => {
        "community = $1 AND ($2 = 0 OR actor_person = $2 OR subject = $3
             OR subject IN (SELECT 'application:' || id FROM applications WHERE person = $2)
             OR subject IN (SELECT 'pair:' || id FROM pairs WHERE mentor = $2 OR mentee = $2))
             AND audit.at >= $4 AND ($5 = '' OR action LIKE $5 OR action LIKE $6 OR action LIKE $7)"
    };
}

/// An entry with its place in the log.
struct Placed(i64, AuditEntry);

impl Stored for Placed {
    const WHAT: &'static str = "entry of the audit log";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self(row.int("id")?, AuditEntry::read(row)?))
    }
}

impl Stored for AuditEntry {
    const WHAT: &'static str = "entry of the audit log";

    fn read(row: &Row) -> Result<Self, StoreError> {
        let who = match (row.text("actor")?.as_str(), row.maybe_id("actor_person")?) {
            ("person", Some(person)) => AuditWho::Person(person),
            ("bot", None) => AuditWho::Bot,
            ("operator", None) => AuditWho::Operator,
            _ => return Err(StoreError::Corrupt { column: "actor" }),
        };
        Ok(Self {
            community: row.id("community")?,
            at: row.at("at")?,
            who,
            action: row.text("action")?,
            subject: row.text("subject")?,
            detail: row.json("detail")?,
        })
    }
}

impl Tx {
    /// Adds an entry.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown community or a person of another one, or what the database says.
    pub async fn append_audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        let sql = "INSERT INTO audit (community, at, actor, actor_person, action, subject, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let AuditEntry { community, at, who, action, subject, detail } = entry;
        let (actor, person) = match who {
            AuditWho::Person(person) => ("person", Some(*person)),
            AuditWho::Bot => ("bot", None),
            AuditWho::Operator => ("operator", None),
        };
        let values = [
            (*community).into(),
            (*at).into(),
            actor.into(),
            person.into(),
            action.as_str().into(),
            subject.as_str().into(),
            json(detail)?,
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// The latest entries about one thing, by its stable name, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn audit_of(
        &mut self,
        community: CommunityId,
        subject: &str,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let sql = "SELECT community, at, actor, actor_person, action, subject, detail FROM audit
             WHERE community = $1 AND subject = $2 ORDER BY id DESC LIMIT $3";
        self.all(sql, [community.into(), subject.into(), i64::from(limit).into()]).await
    }

    /// How many entries are looked at.
    ///
    /// # Errors
    /// What the database says.
    pub async fn audit_count(&mut self, community: CommunityId, look: &AuditLook) -> Result<usize, StoreError> {
        const SQL: &str = concat!("SELECT COUNT(*) AS n FROM audit WHERE ", looked_at!());
        let count: i64 = self.one(SQL, looked_at(community, look)).await?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// Some of these entries, newest first, leaving out so many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn audit_page(
        &mut self,
        community: CommunityId,
        look: &AuditLook,
        skip: usize,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        const SQL: &str = concat!(
            "SELECT community, at, actor, actor_person, action, subject, detail FROM audit WHERE ",
            looked_at!(),
            " ORDER BY id DESC LIMIT $8 OFFSET $9"
        );
        let [community, person, subject, since, one, two, three] = looked_at(community, look);
        let [limit, skip] = [limit, skip].map(|bound| i64::try_from(bound).unwrap_or(i64::MAX).into());
        self.all(SQL, [community, person, subject, since, one, two, three, limit, skip]).await
    }

    /// The entries behind a place in the log, oldest first and at most so many, with the place of the last of them: so
    /// the whole is read from 0 on, piece by piece, until a piece is empty.
    ///
    /// # Errors
    /// What the database says.
    pub async fn audit_after(
        &mut self,
        community: CommunityId,
        place: i64,
        limit: u32,
    ) -> Result<(Vec<AuditEntry>, i64), StoreError> {
        let sql = "SELECT id, community, at, actor, actor_person, action, subject, detail FROM audit
             WHERE community = $1 AND id > $2 ORDER BY id LIMIT $3";
        let found: Vec<Placed> = self.all(sql, [community.into(), place.into(), i64::from(limit).into()]).await?;
        let last = found.last().map_or(place, |Placed(place, _)| *place);
        Ok((found.into_iter().map(|Placed(_, entry)| entry).collect(), last))
    }

    /// The community's latest entries, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn audit(&mut self, community: CommunityId, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let sql = "SELECT community, at, actor, actor_person, action, subject, detail FROM audit
             WHERE community = $1 ORDER BY id DESC LIMIT $2";
        self.all(sql, [community.into(), i64::from(limit).into()]).await
    }
}

/// The values for what is looked at: a person's number, 0 for everybody, and the stable name under which the log speaks
/// of them; the moment; and the beginnings of the group's names.
fn looked_at(community: CommunityId, look: &AuditLook) -> [Value; 7] {
    let person = look.about.map_or(0, PersonId::get);
    let themes = look.group.map(AuditGroup::themes).unwrap_or_default();
    let [one, two, three] =
        [0, 1, 2].map(|place: usize| themes.get(place).map(|theme| format!("{theme}.%")).unwrap_or_default());
    let since = look.since.unwrap_or_default();
    let subject = format!("person:{person}");
    [community.into(), person.into(), subject.into(), since.into(), one.into(), two.into(), three.into()]
}
