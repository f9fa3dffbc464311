//! The audit log as coordinators read it: who did what, and when, the newest first; of everybody, or of what one person
//! did or was done about them, of one kind, since a day; and the whole of it as a file. Nothing in it can be changed.

use std::collections::HashMap;

use chrono_tz::Tz;
use plsep_domain::permission::Coordinator;
use plsep_domain::when::Never;
use plsep_domain::{AuditGroup, AuditLook, PersonId, Refusal, audit};

use super::{Session, Trouble, report, reviewing};
use crate::chat::{File, Invocation, Message, Reply};
use crate::reports::{self, Cell, Table};
use crate::store::{AuditEntry, AuditWho, StoreError};
use crate::words::{AUDIT_PAGE, AuditBy, Voice};

/// How many entries are read from the store at once.
const PIECE: u32 = 500;

/// The columns of the file.
const COLUMNS: [&str; 7] = ["at", "by", "what", "action", "about", "subject", "detail"];

/// `/mentorship-admin audit show`.
pub(super) async fn show(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let mut look = AuditLook::default();
    if let Some(user) = invocation.person("person") {
        look.about = Some(session.person_of(user).await?.id);
    }
    if let Some(group) = invocation.choice("action") {
        look.group = Some(AuditGroup::from_key(group).ok_or(Refusal::Expired)?);
    }
    if let Some(typed) = invocation.words("since").filter(|typed| !typed.trim().is_empty()) {
        let voice = session.voice();
        match audit::since(typed, session.event.at, voice.zone(), session.person.lang()) {
            Ok(at) => look.since = Some(at),
            Err(Never::Unreadable) => return Err(Refusal::NotADay.into()),
            Err(never) => return Ok(Reply::Private(Message::paragraph(voice.when_never(never)))),
        }
    }
    Ok(Reply::Private(page(session, &look, 0).await?))
}

/// Another page in the place of the one that is read.
pub(super) async fn turn_to(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    look: AuditLook,
    to: u16,
) -> Result<Reply, Trouble> {
    Ok(Reply::Replace(page(session, &look, to).await?))
}

async fn page(session: &mut Session<'_>, look: &AuditLook, page: u16) -> Result<Message, Trouble> {
    let community = session.community.id;
    let count = session.tx.audit_count(community, look).await?;
    let pages = u16::try_from(count.div_ceil(AUDIT_PAGE).max(1)).unwrap_or(u16::MAX);
    let page = page.min(pages - 1);
    let from = usize::from(page) * AUDIT_PAGE;
    let entries = session.tx.audit_page(community, look, from, AUDIT_PAGE).await?;
    let mut lines = Vec::new();
    for entry in entries {
        lines.push(reviewing::line(session, entry).await?);
    }
    Ok(session.voice().audit(&lines, count, (usize::from(page), usize::from(pages)), look))
}

/// `/mentorship-admin audit export`: the whole log as it is at that moment, and then that it was handed out.
pub(super) async fn export(session: &mut Session<'_>, proof: &Coordinator) -> Result<Reply, Trouble> {
    let voice = session.voice();
    // The file is read by others, too, so its clock is the program's.
    let zone = session.voice_in(session.person.lang()).zone();
    let (mut known, mut rows, mut place) = (Known::default(), Vec::new(), 0);
    loop {
        let (entries, last) = session.tx.audit_after(session.community.id, place, PIECE).await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            rows.push(row(session, &mut known, &voice, zone, entry).await?);
        }
        place = last;
    }
    let count = rows.len();
    let subject = format!("community:{}", session.community.id);
    session.audit(proof, "audit.export", subject, serde_json::json!({ "entries": count })).await?;
    let head = COLUMNS.iter().map(|column| voice.audit_column(column, zone)).collect();
    let name = "audit-log.csv".to_owned();
    let table = Table { name: name.clone(), head, rows };
    let (message, alt) = (voice.audit_file(count, zone), Some(voice.audit_file_alt()));
    Ok(report::later(session, move || {
        let content = reports::csv(&table);
        Ok(message.with_file(File { name, media: "text/csv".to_owned(), alt, content }))
    }))
}

/// What has been looked up for the rows before.
#[derive(Default)]
struct Known {
    names: HashMap<PersonId, Option<String>>,
    subjects: HashMap<String, Vec<PersonId>>,
}

impl Known {
    /// A name; none of somebody who asked to be forgotten.
    async fn name(&mut self, session: &mut Session<'_>, person: PersonId) -> Result<Option<String>, StoreError> {
        if let Some(name) = self.names.get(&person) {
            return Ok(name.clone());
        }
        let found = session.tx.person(person).await?;
        let name = found.erased_at.is_none().then_some(found.name);
        self.names.insert(person, name.clone());
        Ok(name)
    }

    /// The names of those whom a stable name speaks of.
    async fn about(&mut self, session: &mut Session<'_>, subject: &str) -> Result<String, StoreError> {
        let people = if let Some(known) = self.subjects.get(subject) {
            known.clone()
        } else {
            let found = reviewing::people_of(session, subject).await?;
            self.subjects.insert(subject.to_owned(), found.clone());
            found
        };
        let mut names = Vec::new();
        for person in people {
            names.extend(self.name(session, person).await?);
        }
        Ok(names.join(", "))
    }
}

async fn row(
    session: &mut Session<'_>,
    known: &mut Known,
    voice: &Voice<'_>,
    zone: Tz,
    entry: AuditEntry,
) -> Result<Vec<Cell>, StoreError> {
    let by = match entry.who {
        AuditWho::Person(person) => known.name(session, person).await?,
        AuditWho::Bot => Some(voice.audit_by_word(&AuditBy::Bot)),
        AuditWho::Operator => Some(voice.audit_by_word(&AuditBy::Operator)),
    };
    Ok(vec![
        Cell::When(entry.at.with_timezone(&zone).naive_local()),
        Cell::Words(by.unwrap_or_else(|| voice.audit_by_word(&AuditBy::Forgotten))),
        Cell::Words(voice.audit_what(&entry.action)),
        Cell::Words(entry.action),
        Cell::Words(known.about(session, &entry.subject).await?),
        Cell::Words(entry.subject),
        Cell::Words(detail(&entry.detail)),
    ])
}

/// What else was written down, as words: each with what it is.
fn detail(detail: &serde_json::Value) -> String {
    use serde_json::Value;
    let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match detail {
        Value::Null => String::new(),
        Value::Object(fields) => {
            let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{key}: {}", said(value))).collect();
            fields.join("; ")
        }
        other => said(other),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_written_down_is_read_without_braces() {
        for (kept, told) in [
            (json!(null), ""),
            (json!({ "from": "submitted", "to": "accepted" }), "from: submitted; to: accepted"),
            (json!({ "pairs": 3, "unmatched": [1] }), "pairs: 3; unmatched: [1]"),
            (json!("=1+1"), "=1+1"),
        ] {
            assert_eq!(detail(&kept), told);
        }
    }
}
