//! Bringing a database to the form this version needs, with the migrations that are built in.
//!
//! Only forward, all steps or none. A database that is newer than the program is left alone.

use sqlx::{
    Connection, Postgres, Sqlite,
    migrate::{Migrate, MigrateError, Migrator},
};

use super::{
    Db, StoreError,
    dialect::{Dialect, LOCK_OUT},
};

/// What a migration did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The version the database had; 0 for an empty one.
    pub from: i64,
    /// The version it has now.
    pub to: i64,
}

/// Every step in one transaction, which locks all other writers out. No other writer shares it.
pub(super) async fn forward(db: &Db) -> Result<Applied, StoreError> {
    match db {
        Db::Sqlite(pools) => {
            let mut connection = pools.writer.connection().await?;
            let mut tx = connection.begin_with(Sqlite::BEGIN).await?;
            let applied = forward_on(sqlx::migrate!("migrations/sqlite"), &mut *tx).await?;
            tx.commit().await?;
            Ok(applied)
        }
        Db::Pg(pools) => {
            let mut connection = pools.writer.connection().await?;
            let mut tx = connection.begin().await?;
            Postgres::raw(&mut tx, LOCK_OUT).await?;
            let applied = forward_on(sqlx::migrate!("migrations/postgres"), &mut *tx).await?;
            tx.commit().await?;
            Ok(applied)
        }
    }
}

async fn forward_on<C: Migrate>(mut known: Migrator, connection: &mut C) -> Result<Applied, StoreError> {
    // The writers' lock is lock enough, and unlike the migrator's it ends with the transaction.
    known.set_locking(false);
    let newest = known.iter().map(|migration| migration.version).max().unwrap_or_default();
    connection.ensure_migrations_table(&known.table_name).await?;
    let applied = connection.list_applied_migrations(&known.table_name).await?;
    let from = applied.iter().map(|migration| migration.version).max().unwrap_or_default();
    if from > newest {
        return Err(StoreError::Newer { found: from, known: newest });
    }
    known.run_direct(None, connection, false).await?;
    Ok(Applied { from, to: newest })
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            MigrateError::VersionMissing(version) | MigrateError::VersionMismatch(version) => Self::Changed { version },
            other => Self::Database { what: other.to_string() },
        }
    }
}
