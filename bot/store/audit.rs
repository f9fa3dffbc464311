//! The audit log: who did what, and when. It is only ever added to; the databases themselves refuse to
//! change or remove an entry.

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, PersonId};

use super::{Row, StoreError, Stored, Tx, value::json};

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
