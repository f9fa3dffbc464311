//! What a turn reads for those who wait behind it, and what it leaves to be written with what others have left.

use serde::Serialize;

use super::{Failure, Turn, taken_back};
use crate::store::{
    Row, StoreError,
    ahead::{AskedEvent, AskedMonth},
    behind::{Deferred, Unwritten},
    checkins::spans,
    dialect::Dialect,
};

impl<DB: Dialect> Turn<DB> {
    /// Leaves something to be written: by the time somebody may look for it, and with the commit at the latest. Whoever
    /// does not begin anew, or shares with somebody who does not, has it written at once.
    pub(in crate::store) async fn leave(&mut self, deferred: Deferred) -> Result<(), StoreError> {
        self.check()?;
        self.changes(deferred.touches());
        let open = self.desk().the_open();
        open.behind.leave(deferred);
        if open.all_begin_anew { Ok(()) } else { self.write_down().await }
    }

    /// Writes down what was left, if anything was.
    pub(super) async fn write_down(&mut self) -> Result<(), StoreError> {
        self.check()?;
        if self.desk().the_open().behind.is_empty() {
            return Ok(());
        }
        // Should the caller go away in the middle, some of what others left is not written: then all begin anew.
        self.failure = Some(Failure { error: StoreError::TakenBack, spares_others: false });
        let desk = self.desk();
        let counts = desk.counts.clone();
        let open = desk.the_open();
        let outcome = open.behind.write_down::<DB>(&mut open.connection, &counts).await;
        let all_begin_anew = open.all_begin_anew;
        self.failure = None;
        match outcome {
            Ok(()) => Ok(()),
            Err(unwritten) if all_begin_anew => {
                let spares_others = unwritten.spares_others::<DB>();
                self.failure = Some(Failure { error: taken_back(&unwritten), spares_others });
                self.check()
            }
            Err(Unwritten::Missing(what)) => Err(StoreError::Missing { what }),
            Err(Unwritten::Failed(error)) => Err(self.failed(error)),
        }
    }

    /// What an event begins with; together with what those begin with who wait, unless that is known already.
    pub(in crate::store) async fn opening(&mut self, event: &AskedEvent) -> Result<Option<Row>, StoreError> {
        self.check()?;
        if let Some(found) = self.desk().the_open().ahead.take(event) {
            return Ok(found);
        }
        let alone = self.for_me_alone();
        let asked = if alone { vec![event.clone()] } else { self.desk().asks.events_with(event) };
        let rows = self.look_up(DB::OPENINGS, &asked).await?;
        let ahead = &mut self.desk().the_open().ahead;
        ahead.keep(&asked, rows)?;
        Ok(ahead.take(event).flatten())
    }

    /// A month of a pair; together with those for which others wait, unless it is known already.
    pub(in crate::store) async fn month(&mut self, month: AskedMonth) -> Result<Vec<Row>, StoreError> {
        self.check()?;
        if let Some(found) = self.desk().the_open().ahead.take_month(month) {
            return Ok(found);
        }
        let alone = self.for_me_alone();
        let asked = if alone { vec![month] } else { self.desk().asks.months_with(month) };
        let rows = self.look_up(DB::MONTHS, &spans(&asked)).await?;
        let ahead = &mut self.desk().the_open().ahead;
        ahead.keep_months(&asked, rows)?;
        Ok(ahead.take_month(month).unwrap_or_default())
    }

    /// Reads what is asked in a list.
    async fn look_up<T: Serialize + Sync>(&mut self, sql: &'static str, list: &[T]) -> Result<Vec<Row>, StoreError> {
        self.write_down().await?;
        let desk = self.desk();
        desk.counts.statement();
        match DB::look_up(&mut desk.the_open().connection, sql, list).await {
            Ok(rows) => Ok(rows),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// Whether nothing is to be read for others: what is changed here may be taken back, and is then not so for them; and
    /// after something long they begin afresh.
    fn for_me_alone(&self) -> bool {
        self.changed || self.long
    }
}
