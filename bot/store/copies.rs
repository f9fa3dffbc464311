//! A copy of a database in a file, made while the bot serves, and what a database that was copied knows of itself.
//!
//! Between the copy and the first start on it the bot may have done what the copy does not know. So a copy notes what it
//! is, and takes what waits in it for tried already: before it is sent, it is looked for. The same holds for a day after
//! the first start for what is decided anew, and numbers that may have been given out meanwhile are not given again.
//!
//! A server's database is dumped by the server's own tool, which notes nothing. So it keeps a mark that fits it alone, made
//! of the numbers under which the server knows the database and some of its tables. In one that was put back they are
//! others, and it becomes a copy at its first start. A file system that was put back as a whole has the same numbers, and
//! is not told from the one it was.

use std::path::Path;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::error::said;
use super::{Inner, StoreError, Tx};

/// How far back is looked for what a dump does not know, where it knows of nothing that was sent before.
const UNKNOWN_DUMP: TimeDelta = TimeDelta::days(30);

/// How many numbers of each table are left out in a copy: more than are given out between two backups.
const NUMBERS_LEFT_OUT: i64 = 10_000;

/// Copies the database in a file at `url`, as it stands at this moment, into a new file. Whoever serves it goes on.
///
/// # Errors
/// [`StoreError::File`] when the copy cannot be written, or is not whole.
pub async fn copy_file(url: &str, to: &Path, now: DateTime<Utc>) -> Result<(), StoreError> {
    let from = SqliteConnectOptions::from_str(url)
        .map_err(|error| StoreError::Address { why: said(&error) })?
        .create_if_missing(false)
        .busy_timeout(std::time::Duration::from_secs(30))
        .disable_statement_logging();
    let unusable = |error: sqlx::Error| StoreError::File { path: to.display().to_string(), what: said(&error) };
    let mut connection = from.connect().await?;
    let copied = sqlx::query("VACUUM INTO $1").bind(to.display().to_string()).execute(&mut connection).await;
    connection.close().await?;
    copied.map_err(unusable)?;
    let copy = SqliteConnectOptions::new()
        .filename(to)
        .create_if_missing(false)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging();
    let mut copy = copy.connect().await.map_err(unusable)?;
    let noted = note(&mut copy, now).await;
    copy.close().await?;
    let whole = noted.map_err(unusable)?;
    if whole == "ok" {
        return Ok(());
    }
    Err(StoreError::File { path: to.display().to_string(), what: whole })
}

/// Writes into the copy what it is, and says whether it is whole.
async fn note(copy: &mut SqliteConnection, now: DateTime<Utc>) -> Result<String, sqlx::Error> {
    let at = now.timestamp_micros();
    let sql = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'copies'";
    let knows: i64 = sqlx::query_scalar(sql).fetch_one(&mut *copy).await?;
    if knows == 0 {
        // A database of an earlier version, which a later one brings up to date.
        return whole(copy).await;
    }
    sqlx::query("INSERT INTO copies (copied_at) VALUES ($1)").bind(at).execute(&mut *copy).await?;
    let sql = "UPDATE outbox SET attempts = attempts + 1,
             first_at = CASE WHEN attempts > attempts_void THEN COALESCE(first_at, $1) ELSE $1 END
         WHERE state = 'pending'";
    sqlx::query(sql).bind(at).execute(&mut *copy).await?;
    let sql = "UPDATE sqlite_sequence SET seq = seq + $1";
    sqlx::query(sql).bind(NUMBERS_LEFT_OUT).execute(&mut *copy).await?;
    whole(copy).await
}

async fn whole(copy: &mut SqliteConnection) -> Result<String, sqlx::Error> {
    sqlx::query_scalar("PRAGMA integrity_check").fetch_one(copy).await
}

/// Whether what is decided at this moment, the parameter, may have been done already, before the database was put back.
macro_rules! in_doubt {
    ($now:literal) => {
        concat!("FROM copies WHERE started_at IS NULL OR started_at > ", $now, " - 86400000000")
    };
}
pub(super) use in_doubt;

/// What a server's database is known by. Restoring makes its tables anew, under other numbers.
macro_rules! mark {
    () => {
        "concat_ws('-', (SELECT oid FROM pg_database WHERE datname = current_database()), 'copies'::regclass::oid,
             'outbox'::regclass::oid, 'people'::regclass::oid, 'seasons'::regclass::oid)"
    };
}

/// When a dump was made is not known; the last thing that it knows of was done before.
const COPIED_AT: &str = "INSERT INTO copies (copied_at) SELECT COALESCE(MAX(updated_at), $1) FROM outbox";

impl Tx {
    /// Notes that the bot begins to serve. Returns whether the database is a copy on which it has not served before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin_on_copy(&mut self, now: DateTime<Utc>) -> Result<bool, StoreError> {
        if matches!(self.inner, Inner::Pg(_)) {
            self.know_again(now).await?;
        }
        self.changed("UPDATE copies SET started_at = $1 WHERE started_at IS NULL", [now.into()]).await
    }

    /// Makes a copy of a database that does not fit its mark, as [`copy_file`] makes one of a file.
    async fn know_again(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let sql =
            concat!("INSERT INTO database_marks (id, mark) VALUES (1, ", mark!(), ") ON CONFLICT (id) DO NOTHING");
        if self.changed(sql, []).await? {
            return Ok(());
        }
        let sql = concat!("UPDATE database_marks SET mark = ", mark!(), " WHERE mark <> ", mark!());
        if !self.changed(sql, []).await? {
            return Ok(());
        }
        self.run(COPIED_AT, [(now - UNKNOWN_DUMP).into()]).await?;
        let sql = "UPDATE outbox SET attempts = attempts + 1,
                 first_at = CASE WHEN attempts > attempts_void THEN COALESCE(first_at, dumped.at) ELSE dumped.at END
             FROM (SELECT MAX(copied_at) AS at FROM copies) AS dumped
             WHERE state = 'pending'";
        self.run(sql, []).await?;
        let sql = "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, COALESCE(last_value, 0) + $1)
             FROM pg_sequences WHERE schemaname = current_schema()";
        self.run(sql, [NUMBERS_LEFT_OUT.into()]).await?;
        Ok(())
    }
}
