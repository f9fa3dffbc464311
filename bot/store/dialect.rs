//! What differs between the databases when a transaction begins, and when a statement in it fails.

use std::future::Future;

use serde::Serialize;
use sqlx::{Postgres, Sqlite, types::Json};

use super::{Row, applications, checkins, inbox, opening};

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
    /// Remembers a list of events ([`super::inbox::Note`]).
    const REMEMBER: &'static str;
    /// Keeps a list of drafts ([`super::behind::DeferredDraft`]).
    const DRAFTS: &'static str;
    /// Keeps a list of answers about months of pairs ([`super::behind::DeferredAnswer`]).
    const ANSWERS: &'static str;
    /// What each of a list of events begins with ([`super::ahead::AskedEvent`]), in no certain order.
    const OPENINGS: &'static str;
    /// What is known of each of a list of months of pairs ([`super::checkins::Span`]), of each in the order of time.
    const MONTHS: &'static str;

    /// Runs statements without values, all in one go.
    fn raw(
        connection: &mut Self::Connection,
        sql: &'static str,
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;

    /// Runs a statement that takes a list and changes rows; says how many.
    fn change<T: Serialize + Sync>(
        connection: &mut Self::Connection,
        sql: &'static str,
        list: &[T],
    ) -> impl Future<Output = Result<u64, sqlx::Error>> + Send;

    /// Runs a statement that takes a list and reads.
    fn look_up<T: Serialize + Sync>(
        connection: &mut Self::Connection,
        sql: &'static str,
        list: &[T],
    ) -> impl Future<Output = Result<Vec<Row>, sqlx::Error>> + Send;

    /// Whether after this failure of one statement the transaction still stands up to the last savepoint.
    fn spares_others(error: &sqlx::Error) -> bool;
}

/// Written once for both; each has a driver of its own.
macro_rules! lists {
    ($row:ident) => {
        async fn raw(connection: &mut Self::Connection, sql: &'static str) -> Result<(), sqlx::Error> {
            sqlx::raw_sql(sql).execute(connection).await.map(|_| ())
        }

        async fn change<T: Serialize + Sync>(
            connection: &mut Self::Connection,
            sql: &'static str,
            list: &[T],
        ) -> Result<u64, sqlx::Error> {
            Ok(sqlx::query(sql).bind(Json(list)).execute(connection).await?.rows_affected())
        }

        async fn look_up<T: Serialize + Sync>(
            connection: &mut Self::Connection,
            sql: &'static str,
            list: &[T],
        ) -> Result<Vec<Row>, sqlx::Error> {
            let rows = sqlx::query(sql).bind(Json(list)).fetch_all(connection).await?;
            Ok(rows.into_iter().map(Row::$row).collect())
        }
    };
}

impl Dialect for Sqlite {
    const BEGIN: &'static str = "BEGIN IMMEDIATE";
    const REMEMBER: &'static str = inbox::REMEMBER_SQLITE;
    const DRAFTS: &'static str = applications::DRAFTS_SQLITE;
    const ANSWERS: &'static str = checkins::ANSWERS_SQLITE;
    const OPENINGS: &'static str = opening::OPENINGS_SQLITE;
    const MONTHS: &'static str = checkins::MONTHS_SQLITE;

    lists!(Sqlite);

    /// A full disk and the like make SQLite take everything back by itself; a broken constraint does not.
    fn spares_others(error: &sqlx::Error) -> bool {
        use sqlx::error::ErrorKind;
        error.as_database_error().is_some_and(|error| !matches!(error.kind(), ErrorKind::Other))
    }
}

impl Dialect for Postgres {
    const BEGIN: &'static str = concat!("BEGIN; ", lock_out!());
    const REMEMBER: &'static str = inbox::REMEMBER_PG;
    const DRAFTS: &'static str = applications::DRAFTS_PG;
    const ANSWERS: &'static str = checkins::ANSWERS_PG;
    const OPENINGS: &'static str = opening::OPENINGS_PG;
    const MONTHS: &'static str = checkins::MONTHS_PG;

    lists!(Pg);

    fn spares_others(error: &sqlx::Error) -> bool {
        error.as_database_error().is_some()
    }
}
