//! What events begin with, read ahead: whoever has the turn reads it for those who wait behind them as well, in one
//! statement, because each statement is a round trip to the database.
//!
//! What was read ahead is somebody's as long as nobody writes anything that it depends on. Nobody else writes while the
//! transaction is open, so it is enough that each statement of this one that changes rows says what it touches. One
//! that does not say it makes everything forgotten that was read from the table it changes. Only the leases change
//! beside the writers: who receives may have changed since by as much as a commit is put off, which is why nothing that
//! must not be done twice rests on it alone.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use plsep_domain::{ApplicationId, PersonId};
use serde::Serialize;

use super::{Row, StoreError, value::without_nul};
use crate::chat::{CommunityRef, UserRef};

/// For so many events at once it is read, at most: more wait rarely, and the one who reads waits for all of it.
const AT_ONCE: usize = 32;
/// From these tables it is read.
const READ: [&str; 6] = ["applications", "communities", "inbox", "leases", "people", "seasons"];

/// What an event asks, to begin with: where it happened, who acts, and which event it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Ask {
    chat: String,
    chat_id: String,
    chat_user: String,
    event_key: String,
}

impl Ask {
    /// An event by its key, of this account in this server or workspace.
    #[must_use]
    pub fn new(at: &CommunityRef, user: &UserRef, event_key: &str) -> Self {
        let [chat, chat_id, chat_user, event_key] =
            [at.chat.as_str(), at.id.as_str(), user.0.as_str(), event_key].map(without_nul);
        Self { chat, chat_id, chat_user, event_key }
    }

    pub(super) fn event_key(&self) -> &str {
        &self.event_key
    }
}

/// What those ask who wait for their turn.
#[derive(Clone, Debug, Default)]
pub(super) struct Asks(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    /// By when they came.
    asks: BTreeMap<u64, Ask>,
    last: u64,
}

/// Asks for as long as it is there.
#[derive(Debug)]
pub(super) struct Asking {
    asks: Asks,
    number: u64,
}

impl Asks {
    /// Somebody waits who will ask this.
    pub(super) fn wait(&self, ask: &Ask) -> Asking {
        let mut waiting = self.waiting();
        waiting.last += 1;
        let number = waiting.last;
        waiting.asks.insert(number, ask.clone());
        Asking { asks: self.clone(), number }
    }

    /// This, and what those will ask next who wait, each once.
    pub(super) fn with_next(&self, ask: &Ask) -> Vec<Ask> {
        let waiting = self.waiting();
        let mut known: HashSet<&Ask> = [ask].into();
        let mut next = vec![ask.clone()];
        next.extend(waiting.asks.values().filter(|it| known.insert(it)).take(AT_ONCE - 1).cloned());
        next
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.asks.waiting().asks.remove(&self.number);
    }
}

/// What a statement that changes rows touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Touches {
    /// Whatever its table has.
    AllOf(&'static str),
    /// One application.
    Application(ApplicationId),
    /// The application of one person.
    ApplicationOf(PersonId),
}

impl Touches {
    /// What a statement may touch that says nothing more of it; nothing for one that only reads.
    pub(super) fn by(sql: &'static str) -> Option<Self> {
        if sql.starts_with("SELECT") {
            return None;
        }
        let rest = ["INSERT INTO ", "UPDATE ", "DELETE FROM "].iter().find_map(|verb| sql.strip_prefix(verb));
        let table = rest.and_then(|rest| rest.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).next());
        // What is no plain change of one table may be anything.
        Some(Self::AllOf(table.unwrap_or(READ[0])))
    }
}

/// What was read ahead in a transaction. Two may come with the same event's key, or say so: each finds what they asked.
#[derive(Default)]
pub(super) struct Ahead(HashMap<Ask, Found>);

/// What was found for one of them.
struct Found {
    /// The one row, where the community is known.
    row: Option<Row>,
    person: Option<PersonId>,
    application: Option<ApplicationId>,
}

impl fmt::Debug for Ahead {
    /// What people wrote is in no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ahead").field(&self.0.len()).finish()
    }
}

impl Ahead {
    /// What was found for this; the outer nothing where it was not looked for, or is not so any more.
    pub(super) fn take(&mut self, ask: &Ask) -> Option<Option<Row>> {
        self.0.remove(ask).map(|found| found.row)
    }

    /// Keeps what was found for these, each row with what was asked.
    pub(super) fn keep(&mut self, asks: &[Ask], rows: Vec<Row>) -> Result<(), StoreError> {
        let nobody = || Found { row: None, person: None, application: None };
        self.0.extend(asks.iter().map(|ask| (ask.clone(), nobody())));
        for row in rows {
            let ask = Ask {
                chat: row.text("chat")?,
                chat_id: row.text("chat_id")?,
                chat_user: row.text("asked_user")?,
                event_key: row.text("asked_key")?,
            };
            let (person, application) = (row.maybe_id("actor")?, row.maybe_id("id")?);
            self.0.insert(ask, Found { row: Some(row), person, application });
        }
        Ok(())
    }

    /// Forgets what may not be so any more.
    pub(super) fn forget(&mut self, touched: Touches) {
        match touched {
            Touches::AllOf(table) if READ.contains(&table) => self.0.clear(),
            Touches::AllOf(_) => {}
            Touches::Application(id) => self.0.retain(|_, found| found.application != Some(id)),
            Touches::ApplicationOf(person) => self.0.retain(|_, found| found.person != Some(person)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(key: &str) -> Ask {
        Ask::new(&CommunityRef { chat: "slack".to_owned(), id: "T".to_owned() }, &UserRef("U".to_owned()), key)
    }

    #[test]
    fn those_who_wait_are_looked_for_in_their_order_and_each_once() {
        let asks = Asks::default();
        let _waiting: Vec<Asking> = ["b", "a", "b", "c"].into_iter().map(|key| asks.wait(&ask(key))).collect();
        let gone = asks.wait(&ask("gone"));
        drop(gone);
        let keys = |asks: Vec<Ask>| asks.into_iter().map(|ask| ask.event_key).collect::<Vec<_>>();
        assert_eq!(keys(asks.with_next(&ask("a"))), ["a", "b", "c"]);
    }

    #[test]
    fn no_more_are_looked_for_than_can_be_waited_for() {
        let asks = Asks::default();
        let _waiting: Vec<Asking> = (0..100).map(|number| asks.wait(&ask(&number.to_string()))).collect();
        assert_eq!(asks.with_next(&ask("mine")).len(), AT_ONCE);
    }

    #[test]
    fn a_statement_touches_its_table() {
        assert_eq!(Touches::by("SELECT 1"), None);
        assert_eq!(Touches::by("UPDATE people SET x = 1"), Some(Touches::AllOf("people")));
        assert_eq!(Touches::by("INSERT INTO outbox (key) VALUES ($1)"), Some(Touches::AllOf("outbox")));
        assert_eq!(Touches::by("DELETE FROM inbox WHERE seen_at < $1"), Some(Touches::AllOf("inbox")));
        let Some(Touches::AllOf(table)) = Touches::by("WITH gone AS (SELECT 1) DELETE FROM people") else { panic!() };
        assert!(READ.contains(&table), "what is not known may be anything");
    }
}
