//! What differs between the databases when a transaction begins, and when a statement in it fails.

use std::future::Future;

use sqlx::{Postgres, Sqlite, types::Json};

use super::{
    Row,
    ahead::{AskedEvent, AskedMonth},
    checkins::{MONTHS_PG, MONTHS_SQLITE, spans},
    inbox::{Note, REMEMBER_PG, REMEMBER_SQLITE},
    opening::{OPENINGS_PG, OPENINGS_SQLITE},
};

/// Locks other processes out of PostgreSQL until the transaction ends. The number is any that no other program sharing
/// the database is likely to use: the letters `plsep`.
macro_rules! lock_out {
    () => {
        "SELECT pg_advisory_xact_lock(482855839088)"
    };
}
pub(super) const LOCK_OUT: &str = lock_out!();

/// What differs between the databases.
pub(super) trait Dialect: sqlx::Database {
    /// Begins a transaction that will write, once no other process has one.
    const BEGIN: &'static str;

    /// Runs statements without values, all in one go.
    fn raw(
        connection: &mut Self::Connection,
        sql: &'static str,
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;

    /// Remembers all these events at once.
    fn remember(
        connection: &mut Self::Connection,
        notes: &[Note],
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;

    /// What each of these events begins with, in no certain order.
    fn openings(
        connection: &mut Self::Connection,
        asked: &[AskedEvent],
    ) -> impl Future<Output = Result<Vec<Row>, sqlx::Error>> + Send;

    /// What is known of each of these months of pairs, of each in the order of time.
    fn months(
        connection: &mut Self::Connection,
        asked: &[AskedMonth],
    ) -> impl Future<Output = Result<Vec<Row>, sqlx::Error>> + Send;

    /// Whether after this failure of one statement the transaction still stands up to the last savepoint.
    fn spares_others(error: &sqlx::Error) -> bool;
}

impl Dialect for Sqlite {
    const BEGIN: &'static str = "BEGIN IMMEDIATE";

    async fn raw(connection: &mut Self::Connection, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(sql).execute(connection).await.map(|_| ())
    }

    async fn remember(connection: &mut Self::Connection, notes: &[Note]) -> Result<(), sqlx::Error> {
        sqlx::query(REMEMBER_SQLITE).bind(Json(notes)).execute(connection).await.map(|_| ())
    }

    async fn openings(connection: &mut Self::Connection, asked: &[AskedEvent]) -> Result<Vec<Row>, sqlx::Error> {
        let rows = sqlx::query(OPENINGS_SQLITE).bind(Json(asked)).fetch_all(connection).await?;
        Ok(rows.into_iter().map(Row::Sqlite).collect())
    }

    async fn months(connection: &mut Self::Connection, asked: &[AskedMonth]) -> Result<Vec<Row>, sqlx::Error> {
        let rows = sqlx::query(MONTHS_SQLITE).bind(Json(spans(asked))).fetch_all(connection).await?;
        Ok(rows.into_iter().map(Row::Sqlite).collect())
    }

    /// A full disk and the like make SQLite take everything back by itself; a broken constraint does not.
    fn spares_others(error: &sqlx::Error) -> bool {
        use sqlx::error::ErrorKind;
        error.as_database_error().is_some_and(|error| !matches!(error.kind(), ErrorKind::Other))
    }
}

impl Dialect for Postgres {
    const BEGIN: &'static str = concat!("BEGIN; ", lock_out!());

    async fn raw(connection: &mut Self::Connection, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(sql).execute(connection).await.map(|_| ())
    }

    async fn remember(connection: &mut Self::Connection, notes: &[Note]) -> Result<(), sqlx::Error> {
        sqlx::query(REMEMBER_PG).bind(Json(notes)).execute(connection).await.map(|_| ())
    }

    async fn openings(connection: &mut Self::Connection, asked: &[AskedEvent]) -> Result<Vec<Row>, sqlx::Error> {
        let rows = sqlx::query(OPENINGS_PG).bind(Json(asked)).fetch_all(connection).await?;
        Ok(rows.into_iter().map(Row::Pg).collect())
    }

    async fn months(connection: &mut Self::Connection, asked: &[AskedMonth]) -> Result<Vec<Row>, sqlx::Error> {
        let rows = sqlx::query(MONTHS_PG).bind(Json(spans(asked))).fetch_all(connection).await?;
        Ok(rows.into_iter().map(Row::Pg).collect())
    }

    fn spares_others(error: &sqlx::Error) -> bool {
        error.as_database_error().is_some()
    }
}
