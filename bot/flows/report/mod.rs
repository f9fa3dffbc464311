//! What coordinators ask about the season as a whole: figures, pictures and files. Only whoever asked gets them, never a
//! channel. Nothing is changed by asking, and what takes long to draw is drawn after the database has been left.

mod export;
mod facts;
mod grant;
mod heat_map;
mod overview;
mod participation;
mod stuck;

use crate::chat::{Limits, Message, Reply};
use crate::store::{Effect, NewEffect, Person, Terms, To};

use super::session::Session;
use super::{Fault, Flows, fingerprint};

pub(super) use export::export;
pub(super) use facts::Known;
pub(super) use grant::grant;
pub(super) use heat_map::meetings;
pub(super) use overview::overview;
pub(super) use participation::participation;
pub(super) use stuck::stuck;

/// A message with files that take a while to make.
pub(super) struct Later {
    to: Person,
    key: String,
    limits: Limits,
    on_its_way: Message,
    make: Box<dyn FnOnce() -> Result<Message, Fault> + Send>,
}

/// Answers with a message whose files are made as soon as the session has ended, so that nobody waits for the drawing.
/// The same event delivered twice makes the same message under the same key.
pub(super) fn later(
    session: &mut Session<'_>,
    make: impl FnOnce() -> Result<Message, Fault> + Send + 'static,
) -> Reply {
    let on_its_way = session.voice().report_on_its_way();
    let key = format!("report:{}:{}", session.person.id, fingerprint(&session.event.key, 8));
    let (to, limits) = (session.person.clone(), session.limits());
    session.make_later(Later { to, key, limits, on_its_way: on_its_way.clone(), make: Box::new(make) });
    Reply::Private(on_its_way)
}

/// Makes it, and hands it to whoever asked: beside the answer where the chat carries files there, and else directly.
pub(super) async fn hand_out(flows: &Flows, later: Later) -> Result<Reply, Fault> {
    let Later { to, key, limits, on_its_way, make } = later;
    let made = tokio::task::spawn_blocking(make).await;
    let message = made.map_err(|lost| Fault::Unmade { what: "a report", why: lost.to_string() })??;
    if limits.private_files {
        return Ok(Reply::Private(message));
    }
    let now = flows.clock.now();
    let mut tx = flows.store().write().await?;
    let effect = Effect::Post { to: To::Person(to.id), message };
    let new = NewEffect { community: to.community, key, due_at: now, effect };
    tx.enqueue_on(&new, &Terms { wanted: None, answer: true }, now).await?;
    tx.commit().await?;
    flows.wake();
    Ok(Reply::Private(on_its_way))
}
