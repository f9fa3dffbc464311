//! The writers' turn: one writes at a time, and those who wait for one another share one commit.
//!
//! A commit waits for the disk, so it costs more than what most writers write. A writer who commits while others wait
//! leaves its work in the open transaction and hands over; and the last one, or the one at a bound, commits for all.
//! Everybody hears what became of that one commit, and nobody is told "committed" before it.
//!
//! Whoever gives up takes back their own work alone: each begins at a savepoint. A savepoint costs as much as any
//! statement, though, and hardly anybody gives up. So events, which can be taken up once more, go without: should one of
//! them give up, all of them are taken back, and those who had done their part begin anew, each at a savepoint then.
//!
//! Every step that must not be left half done (beginning, taking back, committing) runs in a task of its own that
//! holds the turn, so that a caller who goes away in the middle leaves nothing torn.

mod lists;

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use sqlx::{Pool, pool::PoolConnection};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::{
    Ask, StoreError, Trouble,
    ahead::{Ahead, Asks, Touches},
    behind::{Behind, Unwritten},
    connect::ACQUIRE_MAX,
    counts::Counts,
    dialect::Dialect,
    inbox::Note,
    trouble,
    trouble::{Moment, Seam},
};
use crate::clock::{Stopwatch, pause};

/// Most writers who share one commit: far beyond where sharing more still pays, and so few that a commit that fails
/// disappoints no crowd.
const SHARERS_MAX: usize = 64;
/// Longest a commit is put off for others to join: a fraction of what a person notices.
const SHARING_MAX: Duration = Duration::from_millis(8);

/// Where writers queue.
#[derive(Debug)]
pub(super) struct Writer<DB: Dialect> {
    desk: Arc<Mutex<Desk<DB>>>,
    waiting: Arc<AtomicUsize>,
    asks: Asks,
}

/// What the one whose turn it is has before them.
#[derive(Debug)]
struct Desk<DB: Dialect> {
    counts: Counts,
    pool: Pool<DB>,
    /// Whether the connection may stay here between transactions; in memory the readers need it, too.
    keeps: bool,
    kept: Option<PoolConnection<DB>>,
    open: Option<Open<DB>>,
    /// Grows with each transaction, so that a task can tell whether its own is still open.
    serial: u64,
    waiting: Arc<AtomicUsize>,
    /// What the events ask that wait.
    asks: Asks,
}

/// A transaction that is open.
#[derive(Debug)]
struct Open<DB: Dialect> {
    connection: PoolConnection<DB>,
    /// Those who have done their part and wait for the commit.
    sharers: Vec<oneshot::Sender<Result<(), StoreError>>>,
    /// How many of them have left work in it.
    writers: u32,
    /// The events that were acted on in it, written down just before the commit.
    notes: Vec<Note>,
    /// What events that wait begin with.
    ahead: Ahead,
    /// What is still to be written. Where it cannot be, all begin anew: nothing is here unless all of them do so.
    behind: Behind,
    /// Whether all who share, and the present writer, begin anew if what they did is taken back with somebody else's.
    all_begin_anew: bool,
    /// Whether there is a savepoint, to which the present writer's work can be taken back.
    saved: bool,
    since: Stopwatch,
    seam: Seam,
}

/// For what somebody takes their turn.
#[derive(Clone, Copy, Debug)]
pub(super) enum Why<'a> {
    /// Anything short.
    Short,
    /// An event. It begins after the commit of the one before if that was the same event.
    Event(&'a Ask, IfTakenBack),
    /// Something long. It shares no commit: nobody would want to wait for it.
    Long,
}

/// What becomes of a writer who shares a commit with somebody who takes back what they wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IfTakenBack {
    /// Theirs goes, too, and they begin anew. Among such writers nobody sets a savepoint.
    BeginsAnew,
    /// Theirs stays: they have begun anew.
    Stays,
}

/// One writer's turn. Dropped, it takes back what this writer wrote.
#[derive(Debug)]
pub(super) struct Turn<DB: Dialect> {
    /// Here until the turn ends.
    desk: Option<OwnedMutexGuard<Desk<DB>>>,
    /// The first failure of a statement; after it nothing more is done in this turn.
    failure: Option<Failure>,
    /// Shares with nobody.
    long: bool,
    /// Has changed something, which may be taken back.
    changed: bool,
    /// What may go wrong with this writer's own statements.
    seam: Seam,
}

#[derive(Clone, Debug)]
struct Failure {
    error: StoreError,
    spares_others: bool,
}

/// How a writer's part is taken back.
#[derive(Clone, Debug)]
enum Undo {
    /// Nothing was changed.
    Nothing,
    Mine,
    /// The transaction itself may be gone.
    Everybodys(StoreError),
}

/// Counts somebody who waits, for as long as they do.
struct Waits<'a>(&'a AtomicUsize);

impl<'a> Waits<'a> {
    fn new(counter: &'a AtomicUsize) -> Self {
        counter.fetch_add(1, Ordering::AcqRel);
        Self(counter)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl<DB: Dialect> Writer<DB> {
    /// Writes through the one connection of this pool, and keeps hold of it if it `keeps`.
    pub(super) fn new(pool: Pool<DB>, keeps: bool, counts: &Counts) -> Self {
        let (waiting, asks) = (Arc::new(AtomicUsize::new(0)), Asks::default());
        let desk = Desk {
            counts: counts.clone(),
            pool,
            keeps,
            kept: None,
            open: None,
            serial: 0,
            waiting: Arc::clone(&waiting),
            asks: asks.clone(),
        };
        Self { desk: Arc::new(Mutex::new(desk)), waiting, asks }
    }

    /// Waits for one's turn and begins.
    pub(super) async fn begin(&self, seam: Seam, why: Why<'_>) -> Result<Turn<DB>, StoreError> {
        let asking = match why {
            Why::Event(ask, _) => Some(self.asks.wait(ask)),
            Why::Short | Why::Long => None,
        };
        let mut desk = self.turn().await?;
        drop(asking);
        let long = matches!(why, Why::Long);
        let afresh = long || matches!(why, Why::Event(ask, _) if desk.is_noted(&ask.event.event_key));
        let begins_anew = matches!(why, Why::Event(_, IfTakenBack::BeginsAnew));
        // Whoever begins anew has had their troubles: how many have to is chance, and must not decide what goes wrong later.
        let has_begun_anew = matches!(why, Why::Event(_, IfTakenBack::Stays));
        let mine = if has_begun_anew { Seam::default() } else { seam.clone() };
        uninterrupted(async move {
            if afresh {
                desk.commit().await;
            }
            let mut turn = Turn { desk: Some(desk), failure: None, long, changed: false, seam: mine };
            turn.desk().begin(seam, begins_anew).await?;
            Ok(turn)
        })
        .await
    }

    /// The connection while nobody writes, for what brings its own transaction.
    pub(super) async fn connection(&self) -> Result<PoolConnection<DB>, StoreError> {
        let mut desk = self.turn().await?;
        uninterrupted(async move {
            desk.commit().await;
            match desk.kept.take() {
                Some(kept) => Ok(kept),
                None => Ok(desk.pool.acquire().await?),
            }
        })
        .await
    }

    /// Waits for the writer at work, and closes the connection.
    pub(super) async fn close(&self) {
        let mut desk = Arc::clone(&self.desk).lock_owned().await;
        desk.commit().await;
        drop(desk.kept.take());
        desk.pool.close().await;
    }

    async fn turn(&self) -> Result<OwnedMutexGuard<Desk<DB>>, StoreError> {
        let _waits = Waits::new(&self.waiting);
        tokio::time::timeout(ACQUIRE_MAX, Arc::clone(&self.desk).lock_owned())
            .await
            .map_err(|_| StoreError::Busy { what: "the writers before this one take too long".to_owned() })
    }
}

impl<DB: Dialect> Turn<DB> {
    /// For a statement, which may look for anything that was left to be written.
    pub(super) async fn connection(&mut self) -> Result<&mut DB::Connection, StoreError> {
        self.write_down().await?;
        Ok(&mut self.desk().the_open().connection)
    }

    /// Fails if a statement has failed already.
    fn check(&self) -> Result<(), StoreError> {
        match &self.failure {
            Some(failure) => Err(failure.error.clone()),
            None => Ok(()),
        }
    }

    /// Notes what a statement is about to change.
    pub(super) fn changes(&mut self, touched: Touches) {
        self.changed = true;
        self.desk().the_open().ahead.forget(touched);
    }

    /// Notes that a statement failed.
    pub(super) fn failed(&mut self, error: sqlx::Error) -> StoreError {
        let spares_others = DB::spares_others(&error);
        self.failure.get_or_insert_with(|| Failure { error: error.into(), spares_others }).error.clone()
    }

    /// Whether somebody who shares this transaction has still to write down what they acted on.
    pub(super) fn has_notes(&mut self) -> bool {
        !self.desk().the_open().notes.is_empty()
    }

    /// Ends the turn, and waits until what was written, and the events that were acted on, are durable.
    pub(super) async fn commit(mut self, notes: Vec<Note>) -> Result<(), StoreError> {
        if let Err(error) = self.seam.before(Moment::Statement).await {
            let spares_others = matches!(error, StoreError::Busy { .. });
            self.failure.get_or_insert(Failure { error, spares_others });
        }
        match &self.failure {
            Some(failure) => Err(failure.error.clone()),
            None => {
                let open = self.desk().the_open();
                open.writers += 1;
                open.notes.extend(notes);
                share(self.desk.take(), self.long).await
            }
        }
    }

    /// Ends the turn, takes back what was written in it, and waits until what others left before it is durable.
    pub(super) async fn undo(mut self) -> Result<(), StoreError> {
        let (Some(mut desk), how) = (self.desk.take(), self.how()) else { return Ok(()) };
        let shared = desk.the_open().is_shared();
        let desk = uninterrupted(async move {
            desk.undo(how).await;
            Ok(desk)
        })
        .await?;
        match &desk.open {
            Some(_) => share(Some(desk), false).await,
            None if shared => Err(StoreError::TakenBack),
            None => Ok(()),
        }
    }

    fn how(&self) -> Undo {
        match &self.failure {
            Some(Failure { error, spares_others: false }) => Undo::Everybodys(error.clone()),
            None if !self.changed => Undo::Nothing,
            _ => Undo::Mine,
        }
    }

    fn desk(&mut self) -> &mut Desk<DB> {
        self.desk.as_mut().expect("a turn has the desk until it ends")
    }
}

impl<DB: Dialect> Drop for Turn<DB> {
    fn drop(&mut self) {
        let (Some(mut desk), how) = (self.desk.take(), self.how()) else { return };
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(async move {
                desk.undo(how).await;
                hand_over(desk, false);
            })),
            // Without a runtime nobody waits for the others either.
            Err(_) => desk.abandon(),
        }
    }
}

/// Leaves one's work in the open transaction, hands over, and waits for the commit.
async fn share<DB: Dialect>(desk: Option<OwnedMutexGuard<Desk<DB>>>, at_once: bool) -> Result<(), StoreError> {
    let mut desk = desk.expect("a turn has the desk until it ends");
    let (told, outcome) = oneshot::channel();
    desk.the_open().sharers.push(told);
    hand_over(desk, at_once);
    outcome.await.unwrap_or_else(|_| Err(lost()))
}

/// Gives the turn to the next one; commits first if there is nobody, or if those who shared have waited enough. What
/// is left open is committed by a task that queues behind those who wait now.
fn hand_over<DB: Dialect>(mut desk: OwnedMutexGuard<Desk<DB>>, at_once: bool) {
    let alone = desk.waiting.load(Ordering::Acquire) == 0;
    let Some(open) = &desk.open else { return };
    let (sharers, enough) = (open.sharers.len(), open.since.elapsed() >= SHARING_MAX);
    if at_once || alone || enough || sharers >= SHARERS_MAX {
        tokio::spawn(async move { desk.commit().await });
    } else if sharers == 1 {
        let (queue, serial) = (Arc::clone(OwnedMutexGuard::mutex(&desk)), desk.serial);
        tokio::spawn(async move {
            let mut desk = queue.lock_owned().await;
            if desk.serial == serial {
                desk.commit().await;
            }
        });
    }
}

/// Runs in a task of its own, so that it is done to its end whatever becomes of the caller.
async fn uninterrupted<T: Send + 'static>(
    work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::spawn(work).await.unwrap_or_else(|_| Err(lost()))
}

fn lost() -> StoreError {
    StoreError::Database { what: "the transaction was given up".to_owned() }
}

impl<DB: Dialect> Open<DB> {
    /// Whether somebody has left their part in it.
    fn is_shared(&self) -> bool {
        !self.sharers.is_empty()
    }
}

impl<DB: Dialect> Desk<DB> {
    fn the_open(&mut self) -> &mut Open<DB> {
        self.open.as_mut().expect("whoever has the turn has a transaction")
    }

    /// Whether this event was acted on in the transaction that is open.
    fn is_noted(&self, event_key: &str) -> bool {
        self.open.iter().flat_map(|open| &open.notes).any(|note| note.event_key == event_key)
    }

    async fn begin(&mut self, seam: Seam, begins_anew: bool) -> Result<(), StoreError> {
        let Some(open) = &mut self.open else { return self.begin_first(seam, begins_anew).await };
        open.all_begin_anew &= begins_anew;
        if open.all_begin_anew {
            open.seam.join(seam);
            return Ok(());
        }
        if let Err(unwritten) = open.behind.write_down::<DB>(&mut open.connection, &self.counts).await {
            self.fail(taken_back(&unwritten)).await;
            return self.begin_first(seam, begins_anew).await;
        }
        let sql = if open.saved { "RELEASE SAVEPOINT mine; SAVEPOINT mine" } else { "SAVEPOINT mine" };
        match DB::raw(&mut open.connection, sql).await {
            Ok(()) => {
                open.saved = true;
                open.seam.join(seam);
                Ok(())
            }
            Err(error) => {
                let error = StoreError::from(error);
                self.fail(error.clone()).await;
                Err(error)
            }
        }
    }

    async fn begin_first(&mut self, seam: Seam, begins_anew: bool) -> Result<(), StoreError> {
        let mut kept = self.kept.take();
        let connection = loop {
            let fresh = kept.is_none();
            let connection = match kept.take() {
                Some(kept) => kept,
                None => self.pool.acquire().await?,
            };
            match begun(connection).await {
                Ok(connection) => break connection,
                // The server may have been restarted meanwhile: a fresh connection tells.
                Err((_, None)) if !fresh => {}
                Err((error, connection)) => {
                    self.kept = connection.filter(|_| self.keeps);
                    return Err(error);
                }
            }
        };
        self.serial += 1;
        self.open = Some(Open {
            connection,
            sharers: Vec::new(),
            writers: 0,
            notes: Vec::new(),
            ahead: Ahead::default(),
            behind: Behind::default(),
            all_begin_anew: begins_anew,
            saved: false,
            since: Stopwatch::start(),
            seam,
        });
        Ok(())
    }

    /// Makes what all sharers wrote durable, and tells them what became of it.
    async fn commit(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        let trouble = open.seam.at_commit_of(open.writers);
        if let Some(Trouble::Slow(time)) = trouble {
            pause(time).await;
        }
        let outcome = match trouble {
            Some(Trouble::Busy) => Err(trouble::busy()),
            Some(Trouble::Lost | Trouble::Slow(_)) | None => finish(&mut open, &self.counts).await,
        };
        let outcome = match outcome {
            Ok(()) => {
                self.counts.commit();
                self.put_back(open.connection);
                if trouble == Some(Trouble::Lost) { Err(trouble::lost()) } else { Ok(()) }
            }
            Err(error) => {
                self.roll_back(open.connection).await;
                Err(error)
            }
        };
        tell(open.sharers, &outcome);
    }

    /// Takes back what the present writer wrote.
    async fn undo(&mut self, how: Undo) {
        let Some(open) = &mut self.open else { return };
        match how {
            Undo::Everybodys(error) => self.fail(error).await,
            Undo::Nothing | Undo::Mine if !open.is_shared() => self.fail(lost()).await,
            Undo::Nothing => {}
            Undo::Mine if !open.saved => self.fail(StoreError::TakenBack).await,
            Undo::Mine => {
                if let Err(error) = DB::raw(&mut open.connection, "ROLLBACK TO SAVEPOINT mine").await {
                    self.fail(error.into()).await;
                }
            }
        }
    }

    /// Takes everything back, and tells the sharers.
    async fn fail(&mut self, error: StoreError) {
        let Some(open) = self.open.take() else { return };
        self.roll_back(open.connection).await;
        tell(open.sharers, &Err(error));
    }

    async fn roll_back(&mut self, connection: PoolConnection<DB>) {
        if let Some(connection) = rolled_back(connection).await {
            self.put_back(connection);
        }
    }

    fn put_back(&mut self, connection: PoolConnection<DB>) {
        if self.keeps {
            self.kept = Some(connection);
        }
    }

    /// Lets go of everything at once: a connection that closes takes its transaction back.
    fn abandon(&mut self) {
        if let Some(open) = self.open.take() {
            drop(open.connection.detach());
        }
    }
}

impl<DB: Dialect> Drop for Desk<DB> {
    /// To the pool it goes back by way of a runtime, which may be gone.
    fn drop(&mut self) {
        self.abandon();
        if let Some(kept) = self.kept.take() {
            drop(kept.detach());
        }
    }
}

/// Begins; after a failure gives the connection back if it is still good.
async fn begun<DB: Dialect>(
    mut connection: PoolConnection<DB>,
) -> Result<PoolConnection<DB>, (StoreError, Option<PoolConnection<DB>>)> {
    match DB::raw(&mut connection, DB::BEGIN).await {
        Ok(()) => Ok(connection),
        Err(error) => Err((error.into(), rolled_back(connection).await)),
    }
}

/// Takes back whatever is open on a connection; without it if the connection is broken. A database that answers that
/// there was nothing to take back has not broken anything.
async fn rolled_back<DB: Dialect>(mut connection: PoolConnection<DB>) -> Option<PoolConnection<DB>> {
    match DB::raw(&mut connection, "ROLLBACK").await {
        Err(error) if error.as_database_error().is_none() => {
            drop(connection.detach());
            None
        }
        _ => Some(connection),
    }
}

/// Writes down what was left, and the events that were acted on, and commits.
async fn finish<DB: Dialect>(open: &mut Open<DB>, counts: &Counts) -> Result<(), StoreError> {
    open.behind.write_down::<DB>(&mut open.connection, counts).await.map_err(|unwritten| taken_back(&unwritten))?;
    if !open.notes.is_empty() {
        counts.statement();
        DB::change(&mut open.connection, DB::REMEMBER, &open.notes).await?;
    }
    Ok(DB::raw(&mut open.connection, "COMMIT").await?)
}

/// What all hear of it who shared a transaction in which something could not be written that was left: to begin anew.
/// Then each writes for themselves, and whose it was hears why.
fn taken_back(unwritten: &Unwritten) -> StoreError {
    tracing::warn!(?unwritten, "what several had left to be written could not be; each writes it for themselves now");
    StoreError::TakenBack
}

/// A sharer who is gone need not be told.
fn tell(sharers: Vec<oneshot::Sender<Result<(), StoreError>>>, outcome: &Result<(), StoreError>) {
    for sharer in sharers {
        let _ = sharer.send(outcome.clone());
    }
}
