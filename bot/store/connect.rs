//! Opening the database named by an address, and what each connection is told first.
//!
//! It makes no tables. A server is knocked at once, so that a wrong address is said at once rather than
//! after the pool has tried for its whole time.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    ConnectOptions, Connection, Executor, Postgres, Sqlite,
    pool::PoolOptions,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::{Db, Pools, StoreError, alone::Alone, counts::Counts, error::said, writer::Writer};

/// Few: every answer takes a millisecond, and a small server allows about a hundred over all.
pub(super) const READERS_MAX: u32 = 4;
/// How long one waits for a connection: longer than any queue of ours, shorter than a platform's patience.
pub(super) const ACQUIRE_MAX: Duration = Duration::from_secs(30);
/// How long a process waits for another one's transaction.
const LOCK_MAX: Duration = Duration::from_secs(5);
/// How long a server may take to answer the first knock.
const KNOCK_MAX: Duration = Duration::from_secs(10);
/// Before the first transaction of each connection to PostgreSQL: waits are bounded, and a process that
/// hangs inside a transaction does not keep all others from writing.
pub(super) const PG_SETTINGS: &str = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '30s'";
/// And for whoever writes: a plan is kept for as long as the connection, and one that was made while a table was small would
/// read all of it each time, also when it has grown. Writers look up rows by their keys.
const PG_WRITER_SETTINGS: &str = "SET enable_seqscan = off; SET jit = off";
/// Tells `file` and other tools whose database it is: the letters `plsp`, at the place SQLite has for that.
const SQLITE_MARK: &str = "PRAGMA application_id = 0x706c7370";

pub(super) async fn connect(url: &str, counts: &Counts) -> Result<(Db, Alone), StoreError> {
    match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => sqlite(url, counts).await.map(|(pools, alone)| (Db::Sqlite(pools), alone)),
        Some("postgres" | "postgresql") => postgres(url, counts).await.map(|pools| (Db::Pg(pools), Alone::never())),
        Some(other) => Err(StoreError::Address { why: format!("{other} is not a kind of database the bot knows") }),
        None => Err(StoreError::Address { why: "it names no kind of database".to_owned() }),
    }
}

async fn sqlite(url: &str, counts: &Counts) -> Result<(Pools<Sqlite>, Alone), StoreError> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|error| StoreError::Address { why: said(&error) })?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(LOCK_MAX)
        // What is deleted is overwritten: whoever asked to be forgotten is not to be read from free pages.
        .pragma("secure_delete", "ON")
        .disable_statement_logging();
    if url.contains(":memory:") || url.contains("mode=memory") {
        // What is in memory ends with its last connection: keep one, always, and use it for everything.
        let only = pool().max_connections(1).min_connections(1).max_lifetime(None).idle_timeout(None);
        let writer = only.connect_with(options).await?;
        return Ok((Pools { readers: writer.clone(), writer: Writer::new(writer, false, counts) }, Alone::never()));
    }
    let path = options.get_filename().to_owned();
    let unusable = |what: String| StoreError::File { path: path.display().to_string(), what };
    if let Some(folder) = path.parent().filter(|folder| *folder != Path::new("")) {
        std::fs::create_dir_all(folder).map_err(|error| unusable(error.to_string()))?;
    }
    let writer =
        pool().max_connections(1).connect_with(options.clone()).await.map_err(|error| unusable(said(&error)))?;
    // SQLite opens a file it may not write to without a word; it speaks at the first write. Where somebody
    // else is writing, it can be written to.
    match sqlx::query(SQLITE_MARK).execute(&writer).await.map_err(StoreError::from) {
        Ok(_) | Err(StoreError::Busy { .. }) => {}
        Err(StoreError::Database { what }) => return Err(unusable(what)),
        Err(other) => return Err(other),
    }
    // A file needs no question whether it is still there.
    let readers = pool().max_connections(READERS_MAX).test_before_acquire(false);
    let readers = readers.connect_lazy_with(options.pragma("query_only", "ON"));
    Ok((Pools { writer: Writer::new(writer, true, counts), readers }, Alone::beside(path)))
}

async fn postgres(url: &str, counts: &Counts) -> Result<Pools<Postgres>, StoreError> {
    let options = PgConnectOptions::from_str(url)
        // The parser's words may repeat parts of the address, and with them the password.
        .map_err(|_| StoreError::Address { why: "it is not written as PostgreSQL addresses are".to_owned() })?
        .application_name("plsep-bot")
        .disable_statement_logging();
    knock(&options).await?;
    let pool = |settings: &'static [&'static str]| {
        pool::<Postgres>().after_connect(move |connection, _| {
            Box::pin(async move {
                for setting in settings {
                    connection.execute(*setting).await?;
                }
                Ok(())
            })
        })
    };
    let writer = pool(&[PG_SETTINGS, PG_WRITER_SETTINGS]).max_connections(1).connect_lazy_with(options.clone());
    // Whoever begins to read finds out whether the connection is still there.
    let readers =
        pool(&[PG_SETTINGS]).max_connections(READERS_MAX).test_before_acquire(false).connect_lazy_with(options);
    Ok(Pools { writer: Writer::new(writer, true, counts), readers })
}

async fn knock(options: &PgConnectOptions) -> Result<(), StoreError> {
    let server = format!("{}:{}", options.get_host(), options.get_port());
    let opened = match tokio::time::timeout(KNOCK_MAX, options.connect()).await {
        Ok(opened) => opened,
        Err(_) => return Err(StoreError::Unreachable { server, what: "no answer in 10 seconds".to_owned() }),
    };
    let error = match opened {
        Ok(connection) => return Ok(connection.close().await?),
        Err(error) => error,
    };
    let what = said(&error);
    let code = error.as_database_error().and_then(|database| database.code().map(|code| code.into_owned()));
    Err(match code.as_deref() {
        Some("28P01" | "28000") => StoreError::Login { server, user: options.get_username().to_owned(), what },
        Some("3D000") => {
            let database = options.get_database().unwrap_or_else(|| options.get_username()).to_owned();
            StoreError::NoDatabase { server, database }
        }
        _ => StoreError::Unreachable { server, what },
    })
}

fn pool<DB: sqlx::Database>() -> PoolOptions<DB> {
    PoolOptions::new().acquire_timeout(ACQUIRE_MAX)
}
