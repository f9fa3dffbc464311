//! Bringing a database to the form this version needs, with the migrations that are built in.
//!
//! Only forward, each step whole or not at all. A database that is newer than the program is left alone.

use sqlx::migrate::{Migrate, MigrateError, Migrator};

use super::{Db, StoreError};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// What a migration did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The version the database had; 0 for an empty one.
    pub from: i64,
    /// The version it has now.
    pub to: i64,
}

pub(super) async fn migrate(db: &Db) -> Result<Applied, StoreError> {
    match db {
        Db::Sqlite(pools) => {
            let mut connection = pools.writer.acquire().await?;
            forward(&SQLITE, &mut *connection).await
        }
        Db::Pg(pools) => {
            // A connection of its own: after a failure it would keep the lock that keeps others from migrating.
            let mut connection = pools.writer.acquire().await?.detach();
            forward(&POSTGRES, &mut connection).await
        }
    }
}

async fn forward<C: Migrate>(known: &Migrator, connection: &mut C) -> Result<Applied, StoreError> {
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
