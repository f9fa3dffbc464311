//! What can go wrong with the database, in sentences that say what to do.
//!
//! None of them holds a password or what a person wrote: they go to logs.

use sqlx::error::ErrorKind;

/// Why the database did not do something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The address names no database we can open.
    #[error(
        "The database address cannot be used: {why}. Write sqlite://data/plsep.sqlite or \
         postgres://user:password@host/database in DATABASE_URL"
    )]
    Address {
        /// What is wrong with it; without the password.
        why: String,
    },
    /// The file of a SQLite database cannot be used.
    #[error(
        "The database file {path} cannot be used: {what}. Give the bot the right to write to this file and its \
         folder, or name another file in DATABASE_URL"
    )]
    File {
        /// The file.
        path: String,
        /// What the system said.
        what: String,
    },
    /// Another process serves the database in this file.
    #[error(
        "The database file {path} is in use by another running bot, and a SQLite database serves one process. Stop          that process first, or keep the data in PostgreSQL (postgres://... in DATABASE_URL), which serves several"
    )]
    InUse {
        /// The file.
        path: String,
    },
    /// The PostgreSQL server cannot be reached.
    #[error(
        "The database server at {server} does not answer: {what}. Start it, or correct the address in DATABASE_URL"
    )]
    Unreachable {
        /// Host and port.
        server: String,
        /// What happened.
        what: String,
    },
    /// The PostgreSQL server does not let us in.
    #[error(
        "The database server at {server} does not let {user} in: {what}. Correct the user name and the password in \
         DATABASE_URL"
    )]
    Login {
        /// Host and port.
        server: String,
        /// The user's name there.
        user: String,
        /// What the server said.
        what: String,
    },
    /// The PostgreSQL server has no such database.
    #[error(
        "The database server at {server} has no database named {database}. Create it (createdb {database}), or correct DATABASE_URL"
    )]
    NoDatabase {
        /// Host and port.
        server: String,
        /// The name.
        database: String,
    },
    /// A later version of the program has changed the database.
    #[error(
        "The database is of version {found}, and this program knows versions up to {known}. Start the newer program \
         that was used before, or restore a backup from before the update"
    )]
    Newer {
        /// The database's version.
        found: i64,
        /// The latest version this program knows.
        known: i64,
    },
    /// The database was made by a program whose migrations differ from ours.
    #[error(
        "Step {version} of the database was made by another edition of this program than this one. Start the \
         edition that was used before, or restore a backup"
    )]
    Changed {
        /// The migration.
        version: i64,
    },
    /// Another transaction or process has kept the database for too long.
    #[error(
        "The database is busy: {what}. Try again; if it stays so, look for a second program that uses the same database"
    )]
    Busy {
        /// What happened.
        what: String,
    },
    /// Somebody who shared the transaction took back what they wrote, and with it what everybody wrote who said that
    /// they would begin anew.
    #[error("What was written was taken back together with what somebody else wrote. Begin anew")]
    TakenBack,
    /// The database holds something that means nothing to this version.
    #[error(
        "The database holds something in {column} that this program does not understand. Start the newest version, or restore a backup"
    )]
    Corrupt {
        /// The column.
        column: &'static str,
    },
    /// What was to be there is not.
    #[error("There is no such {what} in the database")]
    Missing {
        /// What was looked for.
        what: &'static str,
    },
    /// It is there already, and can be there only once.
    #[error("There is such {what} in the database already")]
    Taken {
        /// What is there.
        what: String,
    },
    /// It points to something that is not there, or that belongs to another community.
    #[error("What was to be kept belongs to something that is not in the database, or that is of another community")]
    Stray,
    /// A value cannot be written as JSON.
    #[error("A value cannot be written as JSON: {what}")]
    NoJson {
        /// Why not.
        what: String,
    },
    /// Any other failure of the database.
    #[error("The database reports: {what}")]
    Database {
        /// What it said.
        what: String,
    },
}

impl From<sqlx::Error> for StoreError {
    /// Keeps the message alone: details of PostgreSQL repeat the values of the row.
    fn from(error: sqlx::Error) -> Self {
        let what = said(&error);
        match &error {
            sqlx::Error::Database(database) => match database.kind() {
                ErrorKind::UniqueViolation => Self::Taken { what: database.constraint().map_or(what, str::to_owned) },
                ErrorKind::ForeignKeyViolation => Self::Stray,
                _ if is_busy(database.code().as_deref()) => Self::Busy { what },
                _ => Self::Database { what },
            },
            sqlx::Error::PoolTimedOut => Self::Busy { what: "every connection is in use".to_owned() },
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                Self::Database { what: "a value of an unexpected kind".to_owned() }
            }
            _ => Self::Database { what },
        }
    }
}

/// The database's own message.
pub(super) fn said(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(database) => database.message().to_owned(),
        other => other.to_string(),
    }
}

/// SQLite: busy or locked, with their extended codes. PostgreSQL: lock not available, deadlock.
fn is_busy(code: Option<&str>) -> bool {
    match code {
        Some("55P03" | "40P01" | "40001") => true,
        Some(code) => code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6) && code < 10_000),
        None => false,
    }
}
