//! What the program keeps: the only place with SQL, for SQLite and PostgreSQL alike.
//!
//! A flow opens a [`Tx`], reads and writes through its methods, and commits; a [`Tx`] that is dropped has
//! changed nothing. Both databases behave the same: readers see one moment, and writers go one after the
//! other, so that what a flow has read is still true when it writes. The methods stand in a file per
//! aggregate.
//!
//! It decides nothing, knows no platform and reads no clock: the time is an argument. Instants are kept
//! as microseconds since 1970 in UTC; what is finer is cut off. NUL characters, which PostgreSQL cannot
//! hold, are left out of every text on its way in. What is found in the database but means nothing to
//! this version is an error, never skipped.

mod agreements;
mod ahead;
mod alone;
mod announcements;
mod applications;
mod audit;
mod behind;
mod checkins;
mod communities;
mod concerns;
mod connect;
mod coordinator_groups;
mod copies;
mod counts;
mod dialect;
mod effect;
mod erasure;
mod error;
mod held;
mod inbox;
mod leases;
mod letters;
mod lost_places;
mod meetings;
mod migrate;
mod nudge_controls;
mod opening;
mod outbox;
mod outcomes;
mod pairs;
mod people;
mod programs;
mod proposals;
mod pulses;
mod review;
mod roster;
mod roster_imports;
mod roster_work;
mod row;
mod rulings;
mod schedule;
mod scratch;
mod season_export;
mod seasons;
mod signs;
mod surveys;
mod trouble;
mod unread;
mod value;
mod writer;

use std::sync::Arc;

use sqlx::{Pool, Postgres, Sqlite, Transaction};

pub use ahead::Ask;
pub use announcements::{Announcement, AnnouncementState, announcement_keys, announcement_of};
pub use applications::Application;
pub use audit::{AuditEntry, AuditWho};
pub use checkins::{AskedNudge, GivenAnswer, NewNudge, PairMonth};
pub use communities::{Community, dismissal_keys};
pub use concerns::{Concern, NewConcern, concern_notice_key};
pub use copies::copy_file;
pub use counts::Done;
pub use effect::{Effect, KEY_MAX, NewEffect, Pace, Terms, To, Wanted};
pub use error::StoreError;
pub use held::{HeldPart, HeldValue};
pub use inbox::{ANSWER_MAX, Before};
pub use leases::{Held, Leases};
pub use letters::{DeadLetter, Waiting};
pub use lost_places::{OFFICE_KEYS, OfficeLost, PairPlaceLost, pair_place_keys, place_lost_key};
pub use meetings::{Meeting, MeetingDraft, MeetingReport, NewMeeting};
pub use migrate::Applied;
pub use nudge_controls::{NudgeControl, WaitingNudge};
pub use opening::Opening;
pub use outbox::{Claimed, Lease, Retry};
pub use pairs::{IntroducedPair, NewPair, Pair, every_pair, latest_agreed};
pub use people::{Person, PersonSeen};
pub use proposals::{Proposal, Publication, PublicationCounts, progress_end_key, progress_key};
pub use pulses::Pulse;
pub use review::EffectRecord;
pub use roster::{Put, RosterLine};
pub use roster_imports::{ImportState, Restored, RosterImport};
pub use roster_work::{ImportWork, LongImport};
pub use rulings::Ruled;
pub use schedule::{PUT_BACK_MAX, Runs};
pub use scratch::Scratch;
pub use season_export::SeasonPart;
pub use seasons::Season;
pub use surveys::Survey;
pub use trouble::{Moment, Trouble, Troubles};
pub use unread::Unread;

use ahead::Touches;
use alone::Alone;
use behind::{Behind, Deferred};
use counts::Counts;
use dialect::Dialect;
use inbox::Note;
use programs::Programs;
use row::{Row, Stored};
use trouble::Seam;
use value::Value;
use writer::{IfTakenBack, Turn, Why, Writer};

/// The database. Cheap to clone; every clone shares the same connections.
#[derive(Clone, Debug)]
pub struct Store {
    db: Arc<Db>,
    alone: Arc<Alone>,
    seam: Seam,
    counts: Counts,
    programs: Programs,
}

#[derive(Debug)]
enum Db {
    Sqlite(Pools<Sqlite>),
    Pg(Pools<Postgres>),
}

/// The connections of this process: one that writes, so that writers queue here rather than fail with
/// "database is locked", and a few that read.
#[derive(Debug)]
struct Pools<DB: Dialect> {
    writer: Writer<DB>,
    readers: Pool<DB>,
}

/// A transaction. Dropped without [`Tx::commit`], it has changed nothing.
///
/// After an error of the database the transaction does nothing more: drop it and begin anew.
#[derive(Debug)]
pub struct Tx {
    inner: Inner,
    counts: Counts,
    programs: Programs,
    written: u64,
    queued: bool,
    notes: Vec<Note>,
}

#[derive(Debug)]
enum Inner {
    Sqlite(Work<Sqlite>),
    Pg(Work<Postgres>),
}

/// Reading has a transaction to itself; writing has a turn in one that may be shared.
#[derive(Debug)]
enum Work<DB: Dialect> {
    Reads(Transaction<'static, DB>),
    Writes(Turn<DB>),
}

/// Writes one body once for each of the two databases.
macro_rules! either {
    ($kind:ident, $value:expr, $name:ident => $body:expr) => {
        match $value {
            $kind::Sqlite($name) => $body,
            $kind::Pg($name) => $body,
        }
    };
}
use either;

impl Store {
    /// Opens the database: `sqlite://path` (made if it is not there, with its folder), `sqlite::memory:`
    /// (gone with the last clone; its one connection serves readers and writers in turn) or `postgres://…`.
    /// Changes nothing in it: see [`Store::migrate`].
    ///
    /// # Errors
    /// A sentence that says what to do about it. It never holds the password.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let counts = Counts::default();
        let (db, alone) = connect::connect(url, &counts).await?;
        Ok(Self {
            db: Arc::new(db),
            alone: Arc::new(alone),
            seam: Seam::default(),
            counts,
            programs: Programs::default(),
        })
    }

    /// Makes sure that this process alone serves a database in a file, until the store is closed or the process ends,
    /// however it ends. Whoever only looks or imports needs no claim. A server or a database in memory is not claimed.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process serves it.
    pub fn claim_alone(&self) -> Result<(), StoreError> {
        self.alone.claim()
    }

    /// The same database, and from now on, for this store and its clones, it misbehaves when `troubles` says so. A
    /// seam for rehearsals.
    #[must_use]
    pub fn troubled(self, troubles: Troubles) -> Self {
        Self { seam: Seam(Some(troubles)), ..self }
    }

    /// Brings the tables to the form this version needs. Only ever forward.
    ///
    /// # Errors
    /// [`StoreError::Newer`] for a database that a later version has changed, [`StoreError::Changed`] for
    /// one that an edited version has, and what else a database says.
    pub async fn migrate(&self) -> Result<Applied, StoreError> {
        migrate::forward(&self.db).await
    }

    /// Begins to read. Everything read through it is of one moment, and nothing can be written.
    ///
    /// # Errors
    /// When the database does not let us.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        self.seam.before(Moment::BeginRead).await?;
        let inner = match &*self.db {
            Db::Sqlite(pools) => Inner::Sqlite(Work::Reads(pools.readers.begin().await?)),
            Db::Pg(pools) => Inner::Pg(Work::Reads(begin_to_read(&pools.readers).await?)),
        };
        Ok(self.tx(inner))
    }

    /// Begins to write, as soon as every earlier writer is done. There is one writer at a time, over all
    /// processes, so keep it short and never wait for a network inside. Writers that wait for one another share a
    /// commit.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when the earlier writers take too long.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        self.turn(Why::Short).await
    }

    /// Begins to write what an event does. What the same event did before, if it did anything, can be read in it.
    ///
    /// It costs less than [`Store::write`], because nothing parts it from other events that share the commit: should one
    /// of them take back what it wrote, this is taken back, too. Whoever is told so, by [`StoreError::TakenBack`], begins
    /// anew with [`Store::write_anew_for`].
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_for(&self, ask: &Ask) -> Result<Tx, StoreError> {
        self.turn(Why::Event(ask, IfTakenBack::BeginsAnew)).await
    }

    /// Begins anew to write what an event does, after it was taken back together with what somebody else wrote. Nobody
    /// takes it back now.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_anew_for(&self, ask: &Ask) -> Result<Tx, StoreError> {
        self.turn(Why::Event(ask, IfTakenBack::Stays)).await
    }

    /// Begins to write something long, such as a round over all pairs: it shares its commit with nobody, since nobody
    /// should wait for it who has done their part.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_long(&self) -> Result<Tx, StoreError> {
        self.turn(Why::Long).await
    }

    async fn turn(&self, why: Why<'_>) -> Result<Tx, StoreError> {
        if !matches!(why, Why::Event(_, IfTakenBack::Stays)) {
            self.seam.before(Moment::BeginWrite).await?;
        }
        let seam = self.seam.clone();
        let inner = match &*self.db {
            Db::Sqlite(pools) => Inner::Sqlite(Work::Writes(pools.writer.begin(seam, why).await?)),
            Db::Pg(pools) => Inner::Pg(Work::Writes(pools.writer.begin(seam, why).await?)),
        };
        self.counts.turn();
        Ok(self.tx(inner))
    }

    fn tx(&self, inner: Inner) -> Tx {
        Tx {
            inner,
            counts: self.counts.clone(),
            programs: self.programs.clone(),
            written: 0,
            queued: false,
            notes: Vec::new(),
        }
    }

    /// Empties what a database in a file keeps beside its rows of what was there before. A server has its own upkeep.
    ///
    /// # Errors
    /// What the database says; where somebody still reads what was there, it is overwritten later.
    pub async fn overwrite_traces(&self) -> Result<(), StoreError> {
        if let Db::Sqlite(pools) = &*self.db {
            let mut connection = pools.writer.connection().await?;
            sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut *connection).await?;
        }
        Ok(())
    }

    /// How much this store and its clones have done since it was opened.
    #[must_use]
    pub fn done(&self) -> Done {
        self.counts.done()
    }

    /// Waits for transactions under way and closes every connection.
    pub async fn close(&self) {
        either!(Db, &*self.db, pools => {
            pools.readers.close().await;
            pools.writer.close().await;
        });
        self.alone.release();
    }
}

/// Begins to read on PostgreSQL. Connections are not tried before each use, so that reading costs no second round trip;
/// where the server has been restarted, beginning tells, on each of them once.
async fn begin_to_read(readers: &Pool<Postgres>) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let mut stale = 0;
    loop {
        match readers.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await {
            Err(error) if stale < connect::READERS_MAX && is_over(&error) => stale += 1,
            outcome => return outcome,
        }
    }
}

/// Whether the connection is at its end: it is broken, or the server has said that it closes it.
fn is_over(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    matches!(error, sqlx::Error::Io(_)) || code.is_some_and(|code| code.starts_with("57P"))
}

impl<DB: Dialect> Work<DB> {
    async fn connection(&mut self) -> Result<&mut DB::Connection, StoreError> {
        match self {
            Self::Reads(tx) => Ok(&mut **tx),
            Self::Writes(turn) => turn.connection().await,
        }
    }

    async fn leave(&mut self, deferred: Deferred, counts: &Counts) -> Result<(), StoreError> {
        match self {
            Self::Reads(tx) => Ok(Behind::from(deferred).write_down::<DB>(&mut **tx, counts).await?),
            Self::Writes(turn) => turn.leave(deferred).await,
        }
    }

    fn failed(&mut self, error: sqlx::Error) -> StoreError {
        match self {
            Self::Reads(_) => error.into(),
            Self::Writes(turn) => turn.failed(error),
        }
    }
}

/// Binds the values and runs the statement with the given method, once for each database.
macro_rules! statement {
    ($tx:expr, $sql:expr, $values:expr, $method:ident) => {{
        $tx.counts.statement();
        either!(Inner, &mut $tx.inner, work => {
            let mut query = sqlx::query($sql);
            for value in $values {
                query = match value {
                    Value::Int(int) => query.bind(int),
                    Value::Text(text) => query.bind(text),
                    Value::Flag(flag) => query.bind(flag),
                    Value::Json(json) => query.bind(json),
                };
            }
            match query.$method(work.connection().await?).await {
                Ok(done) => done.into(),
                Err(error) => return Err(work.failed(error)),
            }
        })
    }};
}

impl Tx {
    /// Makes everything that was written durable, at once. Returns when it is; writers that waited for one another are
    /// told together.
    ///
    /// # Errors
    /// When the database could not do it; then nothing was written, unless the connection was lost while
    /// it answered.
    pub async fn commit(self) -> Result<(), StoreError> {
        either!(Inner, self.inner, work => match work {
            Work::Reads(tx) => Ok(tx.commit().await?),
            Work::Writes(turn) => turn.commit(self.notes).await,
        })
    }

    /// Takes back what was written, and waits until what was read here is durable. Whoever has read something in a
    /// transaction that could write, and says so without having committed anything, calls this first: it may have been
    /// left there by a writer whose commit is still to come.
    ///
    /// # Errors
    /// What was read was not made durable.
    pub async fn undo(self) -> Result<(), StoreError> {
        either!(Inner, self.inner, work => match work {
            Work::Reads(tx) => Ok(tx.rollback().await?),
            Work::Writes(turn) => turn.undo().await,
        })
    }

    /// How many rows were changed in this transaction so far.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Whether something was left to deliver in this transaction.
    #[must_use]
    pub fn queued(&self) -> bool {
        self.queued
    }

    /// Whether others who share this transaction acted on events that are written down only with the commit.
    fn others_have_notes(&mut self) -> bool {
        either!(Inner, &mut self.inner, work => match work {
            Work::Reads(_) => false,
            Work::Writes(turn) => turn.has_notes(),
        })
    }

    /// Changes rows and says how many.
    async fn run<const N: usize>(&mut self, sql: &'static str, values: [Value; N]) -> Result<u64, StoreError> {
        self.touch(Touches::by(sql));
        let Changed(rows) = statement!(self, sql, values, execute);
        self.written += rows;
        Ok(rows)
    }

    /// Changes a row, now or by the time it can be read.
    async fn leave(&mut self, deferred: Deferred) -> Result<(), StoreError> {
        either!(Inner, &mut self.inner, work => work.leave(deferred, &self.counts).await?);
        self.written += 1;
        Ok(())
    }

    fn touch(&mut self, touched: Option<Touches>) {
        either!(Inner, &mut self.inner, work => if let (Work::Writes(turn), Some(touched)) = (work, touched) {
            turn.changes(touched);
        });
    }

    /// Changes one row; `false` if there was none to change.
    async fn changed<const N: usize>(&mut self, sql: &'static str, values: [Value; N]) -> Result<bool, StoreError> {
        Ok(self.run(sql, values).await? > 0)
    }

    /// Changes the row that must be there.
    async fn must_change<const N: usize>(
        &mut self,
        sql: &'static str,
        values: [Value; N],
        what: &'static str,
    ) -> Result<(), StoreError> {
        if self.changed(sql, values).await? { Ok(()) } else { Err(StoreError::Missing { what }) }
    }

    /// Reads every row.
    async fn all<T: Stored, const N: usize>(
        &mut self,
        sql: &'static str,
        values: [Value; N],
    ) -> Result<Vec<T>, StoreError> {
        self.all_on(Touches::by(sql), sql, values).await
    }

    /// The same for a statement that touches no more than this.
    async fn all_on<T: Stored, const N: usize>(
        &mut self,
        touched: Option<Touches>,
        sql: &'static str,
        values: [Value; N],
    ) -> Result<Vec<T>, StoreError> {
        self.touch(touched);
        let Rows(rows) = statement!(self, sql, values, fetch_all);
        if touched.is_some() {
            // It changed rows and gave them back.
            self.written += u64::try_from(rows.len()).unwrap_or(u64::MAX);
        }
        rows.iter().map(T::read).collect()
    }

    /// Reads the first row, if there is one.
    async fn maybe<T: Stored, const N: usize>(
        &mut self,
        sql: &'static str,
        values: [Value; N],
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// Reads the row that must be there.
    async fn one<T: Stored, const N: usize>(&mut self, sql: &'static str, values: [Value; N]) -> Result<T, StoreError> {
        self.maybe(sql, values).await?.ok_or(StoreError::Missing { what: T::WHAT })
    }
}

/// How many rows a statement changed.
struct Changed(u64);

impl From<sqlx::sqlite::SqliteQueryResult> for Changed {
    fn from(result: sqlx::sqlite::SqliteQueryResult) -> Self {
        Self(result.rows_affected())
    }
}

impl From<sqlx::postgres::PgQueryResult> for Changed {
    fn from(result: sqlx::postgres::PgQueryResult) -> Self {
        Self(result.rows_affected())
    }
}

/// What a statement found.
struct Rows(Vec<Row>);

impl From<Vec<sqlx::sqlite::SqliteRow>> for Rows {
    fn from(rows: Vec<sqlx::sqlite::SqliteRow>) -> Self {
        Self(rows.into_iter().map(Row::Sqlite).collect())
    }
}

impl From<Vec<sqlx::postgres::PgRow>> for Rows {
    fn from(rows: Vec<sqlx::postgres::PgRow>) -> Self {
        Self(rows.into_iter().map(Row::Pg).collect())
    }
}
