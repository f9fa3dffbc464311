//! What a turn reads for those who wait behind it, and what it leaves to be written with what others have left.

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
        let for_me_alone = self.for_me_alone();
        self.check()?;
        if let Some(found) = self.desk().the_open().ahead.take(event) {
            return Ok(found);
        }
        self.write_down().await?;
        let desk = self.desk();
        let asked = if for_me_alone { vec![event.clone()] } else { desk.asks.events_with(event) };
        desk.counts.statement();
        let open = desk.the_open();
        match DB::look_up(&mut open.connection, DB::OPENINGS, &asked).await {
            Ok(rows) => {
                open.ahead.keep(&asked, rows)?;
                Ok(open.ahead.take(event).flatten())
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    /// A month of a pair; together with those for which others wait, unless it is known already.
    pub(in crate::store) async fn month(&mut self, month: AskedMonth) -> Result<Vec<Row>, StoreError> {
        let for_me_alone = self.for_me_alone();
        self.check()?;
        if let Some(found) = self.desk().the_open().ahead.take_month(month) {
            return Ok(found);
        }
        self.write_down().await?;
        let desk = self.desk();
        let asked = if for_me_alone { vec![month] } else { desk.asks.months_with(month) };
        desk.counts.statement();
        let open = desk.the_open();
        match DB::look_up(&mut open.connection, DB::MONTHS, &spans(&asked)).await {
            Ok(rows) => {
                open.ahead.keep_months(&asked, rows)?;
                Ok(open.ahead.take_month(month).unwrap_or_default())
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    /// Whether nothing is to be read for others: what is changed here may be taken back, and is then not so for them; and
    /// after something long they begin afresh.
    fn for_me_alone(&self) -> bool {
        self.changed || self.long
    }
}
