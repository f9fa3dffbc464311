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
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use plsep_domain::{ApplicationId, PairId, Period, PersonId};
use serde::Serialize;

use super::{Row, StoreError, value::without_nul};
use crate::chat::{CommunityRef, UserRef};

/// For so many events it is read at once, at most: about as many as share a commit, with which what was read ahead is
/// forgotten.
const AT_ONCE: usize = 32;
/// From these tables it is read where something happened, and who acts.
const OPENINGS: [&str; 6] = ["applications", "communities", "inbox", "leases", "people", "seasons"];
/// From these tables a pair and its month are read.
const MONTHS: [&str; 4] = ["checkin_answers", "meetings", "nudges", "pairs"];

/// What an event asks, to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub(super) event: AskedEvent,
    month: Option<AskedMonth>,
}

/// Where something happened, who acts, and which event it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub(super) struct AskedEvent {
    chat: String,
    chat_id: String,
    chat_user: String,
    pub(super) event_key: String,
}

/// A month of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct AskedMonth {
    pub(super) pair: PairId,
    pub(super) period: Period,
}

impl Ask {
    /// An event by its key, of this account in this server or workspace.
    #[must_use]
    pub fn new(at: &CommunityRef, user: &UserRef, event_key: &str) -> Self {
        let [chat, chat_id, chat_user, event_key] =
            [at.chat.as_str(), at.id.as_str(), user.0.as_str(), event_key].map(without_nul);
        Self { event: AskedEvent { chat, chat_id, chat_user, event_key }, month: None }
    }

    /// The same event, which is about a month of a pair, and will ask for both.
    #[must_use]
    pub fn about(self, pair: PairId, period: Period) -> Self {
        Self { month: Some(AskedMonth { pair, period }), ..self }
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

    /// This event, and those of the next who wait, each once.
    pub(super) fn events_with(&self, mine: &AskedEvent) -> Vec<AskedEvent> {
        self.with_next(mine, |ask| Some(&ask.event))
    }

    /// This month of a pair, and those of the next who wait, each once.
    pub(super) fn months_with(&self, mine: AskedMonth) -> Vec<AskedMonth> {
        self.with_next(&mine, |ask| ask.month.as_ref())
    }

    fn with_next<T: Clone + Eq + Hash>(&self, mine: &T, of: impl Fn(&Ask) -> Option<&T>) -> Vec<T> {
        let waiting = self.waiting();
        let next = waiting.asks.values().take(AT_ONCE - 1).filter_map(of);
        let mut known = HashSet::new();
        std::iter::once(mine).chain(next).filter(|it| known.insert(*it)).cloned().collect()
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
    /// It may be anything.
    Anything,
    /// Whatever its table has.
    AllOf(&'static str),
    /// One application.
    Application(ApplicationId),
    /// The application of one person.
    ApplicationOf(PersonId),
    /// The months of one pair.
    MonthsOf(PairId),
}

impl Touches {
    /// What a statement may touch that says nothing more of it; nothing for one that only reads.
    pub(super) fn by(sql: &'static str) -> Option<Self> {
        if sql.starts_with("SELECT") {
            return None;
        }
        let rest = ["INSERT INTO ", "UPDATE ", "DELETE FROM "].iter().find_map(|verb| sql.strip_prefix(verb));
        let table = rest.and_then(|rest| rest.split(|sign: char| !(sign.is_alphanumeric() || sign == '_')).next());
        Some(table.map_or(Self::Anything, Self::AllOf))
    }
}

/// What was read ahead in a transaction.
#[derive(Default)]
pub(super) struct Ahead {
    /// Two may come with the same event's key, or say so: each finds what they asked.
    openings: HashMap<AskedEvent, Found>,
    /// The rows of each month; none where there is no such pair.
    months: HashMap<AskedMonth, Vec<Row>>,
}

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
        f.debug_tuple("Ahead").field(&self.openings.len()).field(&self.months.len()).finish()
    }
}

impl Ahead {
    /// What was found for this; the outer nothing where it was not looked for, or is not so any more.
    pub(super) fn take(&mut self, event: &AskedEvent) -> Option<Option<Row>> {
        self.openings.remove(event).map(|found| found.row)
    }

    /// The same for a month of a pair.
    pub(super) fn take_month(&mut self, month: AskedMonth) -> Option<Vec<Row>> {
        self.months.remove(&month)
    }

    /// Keeps what was found for these, each row with what was asked.
    pub(super) fn keep(&mut self, asked: &[AskedEvent], rows: Vec<Row>) -> Result<(), StoreError> {
        let nobody = || Found { row: None, person: None, application: None };
        self.openings.extend(asked.iter().map(|event| (event.clone(), nobody())));
        for row in rows {
            let event = AskedEvent {
                chat: row.text("chat")?,
                chat_id: row.text("chat_id")?,
                chat_user: row.text("asked_user")?,
                event_key: row.text("asked_key")?,
            };
            let (person, application) = (row.maybe_id("actor")?, row.maybe_id("id")?);
            self.openings.insert(event, Found { row: Some(row), person, application });
        }
        Ok(())
    }

    /// Keeps what was found for these months of pairs.
    pub(super) fn keep_months(&mut self, asked: &[AskedMonth], rows: Vec<Row>) -> Result<(), StoreError> {
        self.months.extend(asked.iter().map(|month| (*month, Vec::new())));
        for row in rows {
            let month = AskedMonth { pair: row.id("id")?, period: row.name("of_period")? };
            self.months.entry(month).or_default().push(row);
        }
        Ok(())
    }

    /// Forgets what may not be so any more.
    pub(super) fn forget(&mut self, touched: Touches) {
        match touched {
            Touches::Anything => *self = Self::default(),
            Touches::AllOf(table) if OPENINGS.contains(&table) => self.openings.clear(),
            Touches::AllOf(table) if MONTHS.contains(&table) => self.months.clear(),
            Touches::AllOf(_) => {}
            Touches::Application(id) => self.openings.retain(|_, found| found.application != Some(id)),
            Touches::ApplicationOf(person) => self.openings.retain(|_, found| found.person != Some(person)),
            Touches::MonthsOf(pair) => self.months.retain(|month, _| month.pair != pair),
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
        let keys: Vec<String> = asks.events_with(&ask("a").event).into_iter().map(|event| event.event_key).collect();
        assert_eq!(keys, ["a", "b", "c"]);
    }

    #[test]
    fn so_are_the_months_of_their_pairs() {
        let asks = Asks::default();
        let month = |pair: i64| AskedMonth { pair: pair.into(), period: "2026-03".parse().unwrap() };
        let about = |pair: i64| ask("a").about(month(pair).pair, month(pair).period);
        let _waiting =
            [asks.wait(&about(2)), asks.wait(&ask("of nothing")), asks.wait(&about(1)), asks.wait(&about(2))];
        assert_eq!(asks.months_with(month(1)), [month(1), month(2)]);
    }

    #[test]
    fn no_more_are_looked_for_than_can_be_waited_for() {
        let asks = Asks::default();
        let _waiting: Vec<Asking> = (0..100).map(|number| asks.wait(&ask(&number.to_string()))).collect();
        assert_eq!(asks.events_with(&ask("mine").event).len(), AT_ONCE);
    }

    #[test]
    fn a_statement_touches_its_table() {
        assert_eq!(Touches::by("SELECT 1"), None);
        assert_eq!(Touches::by("UPDATE people SET x = 1"), Some(Touches::AllOf("people")));
        assert_eq!(Touches::by("INSERT INTO outbox (key) VALUES ($1)"), Some(Touches::AllOf("outbox")));
        assert_eq!(Touches::by("DELETE FROM inbox WHERE seen_at < $1"), Some(Touches::AllOf("inbox")));
        assert_eq!(Touches::by("WITH gone AS (SELECT 1) DELETE FROM people"), Some(Touches::Anything));
    }
}
