//! The audit log as coordinators read it: who did what, and when, the newest first; of everybody, or of what one person
//! did or was done about them. Nothing in it can be changed.

use plsep_domain::permission::Coordinator;
use plsep_domain::{PersonId, Refusal};

use super::{Session, Trouble, reviewing};
use crate::chat::{Invocation, Message, Reply};
use crate::words::AUDIT_PAGE;

/// `/mentorship-admin audit show`.
pub(super) async fn show(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let about = match invocation.person("person") {
        None => None,
        Some(user) => {
            let person = session.tx.person_at(session.community.id, user).await?;
            Some(person.ok_or(Refusal::UnknownPerson)?.id)
        }
    };
    Ok(Reply::Private(page(session, about, 0).await?))
}

/// Another page in the place of the one that is read.
pub(super) async fn turn_to(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    about: Option<PersonId>,
    to: u16,
) -> Result<Reply, Trouble> {
    Ok(Reply::Replace(page(session, about, to).await?))
}

async fn page(session: &mut Session<'_>, about: Option<PersonId>, page: u16) -> Result<Message, Trouble> {
    let community = session.community.id;
    let count = session.tx.audit_count(community, about).await?;
    let pages = u16::try_from(count.div_ceil(AUDIT_PAGE).max(1)).unwrap_or(u16::MAX);
    let page = page.min(pages - 1);
    let from = usize::from(page) * AUDIT_PAGE;
    let entries = session.tx.audit_page(community, about, from, AUDIT_PAGE).await?;
    let mut lines = Vec::new();
    for entry in entries {
        lines.push(reviewing::line(session, entry).await?);
    }
    Ok(session.voice().audit(&lines, count, (usize::from(page), usize::from(pages)), about))
}
