//! Files that people hand in. An adapter fetches one from its platform before the program sees the event, within bounds
//! of size and time, and trusts nothing of what is said about it: neither its kind nor its size.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use super::{ActionId, Event, Form, Handler, Message, Reply, Text, What};
use super::{Capacity, CommunityRef};

/// Largest file that is taken in, in bytes: a list of twenty thousand people has a tenth of it.
pub const HANDED_MAX_BYTES: usize = 5 << 20;

/// A file that came with an event.
#[derive(Clone, PartialEq, Eq)]
pub enum Handed {
    /// It is here.
    Here {
        /// Its name, as the person has it.
        name: String,
        /// Its bytes.
        content: Vec<u8>,
    },
    /// It is larger than [`HANDED_MAX_BYTES`], and was not fetched.
    TooLarge,
    /// The platform did not give it.
    NotFetched,
}

impl fmt::Debug for Handed {
    /// What somebody hands in is never written into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Here { content, .. } => write!(f, "Here({} bytes)", content.len()),
            Self::TooLarge => f.write_str("TooLarge"),
            Self::NotFetched => f.write_str("NotFetched"),
        }
    }
}

/// Fetches one file that a platform has told of.
#[async_trait]
pub trait Fetch: Send + Sync {
    /// The file, or why it is not here. Ends within a bound of the adapter's.
    async fn fetch(&self) -> Handed;
}

/// A handler that is given an event's file with it: fetching counts as a part of the handling, so that the platform
/// hears in time whatever it takes.
pub struct Handing {
    handler: Arc<dyn Handler>,
    file: Box<dyn Fetch>,
}

impl Handing {
    /// The same handler, with a file to fetch first.
    #[must_use]
    pub fn over(handler: &Arc<dyn Handler>, file: Box<dyn Fetch>) -> Arc<dyn Handler> {
        Arc::new(Self { handler: Arc::clone(handler), file })
    }
}

#[async_trait]
impl Handler for Handing {
    async fn handle(&self, event: Event) -> Reply {
        let handed = Some(self.file.fetch().await);
        self.handler.handle(Event { handed, ..event }).await
    }

    async fn delivered(&self, event_key: &str) {
        self.handler.delivered(event_key).await;
    }

    async fn reachable(&self, community: CommunityRef, name: String) {
        self.handler.reachable(community, name).await;
    }

    fn has_room(&self, community: &CommunityRef, capacity: Capacity) {
        self.handler.has_room(community, capacity);
    }

    fn asks_rank(&self, what: &What) -> bool {
        self.handler.asks_rank(what)
    }

    fn apology(&self, locale: Option<&str>) -> Message {
        self.handler.apology(locale)
    }

    fn too_many(&self, locale: Option<&str>) -> Message {
        self.handler.too_many(locale)
    }

    fn form_ready(&self, reopen: &ActionId, title: &str, locale: Option<&str>) -> Message {
        self.handler.form_ready(reopen, title, locale)
    }

    fn corrections(&self, form: &Form, errors: &[(String, Text)], locale: Option<&str>) -> Message {
        self.handler.corrections(form, errors, locale)
    }
}
