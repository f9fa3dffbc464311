//! A database for one rehearsal: made empty before it, gone after it. It never touches a database it did not make.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use super::StoreError;
use super::error::said;

/// A database that is gone with this value's [`Scratch::remove`].
#[derive(Debug)]
pub struct Scratch {
    url: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    File(PathBuf),
    Server { options: Box<PgConnectOptions>, name: String },
}

/// What lies beside a database file.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", ".lock"];

impl Scratch {
    /// An empty database called `name` (letters, digits and `_`): a file below `folder`, or one on the PostgreSQL server
    /// that `server` names, whose own database is only used to make it. What was called so before is removed.
    ///
    /// # Errors
    /// The folder or the server does not let us.
    pub async fn make(server: Option<&str>, folder: &Path, name: &str) -> Result<Self, StoreError> {
        let Some(server) = server else {
            let path = folder.join(format!("{name}.sqlite"));
            let scratch = Self { url: format!("sqlite://{}", path.display()), kind: Kind::File(path) };
            scratch.remove().await?;
            return Ok(scratch);
        };
        let options = PgConnectOptions::from_str(server)
            .map_err(|_| StoreError::Address { why: "it is not written as PostgreSQL addresses are".to_owned() })?
            .disable_statement_logging();
        let url = options.clone().database(name).to_url_lossy().to_string();
        let scratch = Self { url, kind: Kind::Server { options: Box::new(options), name: name.to_owned() } };
        scratch.remove().await?;
        scratch.on_server("CREATE DATABASE").await?;
        Ok(scratch)
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Removes it, whoever is still connected.
    ///
    /// # Errors
    /// The folder or the server does not let us.
    pub async fn remove(&self) -> Result<(), StoreError> {
        match &self.kind {
            Kind::File(path) => {
                for beside in BESIDE {
                    let path = format!("{}{beside}", path.display());
                    match std::fs::remove_file(&path) {
                        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                            return Err(StoreError::File { path, what: error.to_string() });
                        }
                        _ => {}
                    }
                }
                Ok(())
            }
            Kind::Server { .. } => self.on_server("DROP DATABASE IF EXISTS").await,
        }
    }

    async fn on_server(&self, verb: &'static str) -> Result<(), StoreError> {
        let Kind::Server { options, name } = &self.kind else { return Ok(()) };
        let force = if verb.starts_with("DROP") { " WITH (FORCE)" } else { "" };
        let unreachable =
            |error: &sqlx::Error| StoreError::Unreachable { server: options.get_host().to_owned(), what: said(error) };
        let mut connection = options.connect().await.map_err(|error| unreachable(&error))?;
        // The name is ours, not a person's: it only ever holds letters, digits and underscores.
        let sql = format!("{verb} \"{name}\"{force}");
        connection.execute(AssertSqlSafe(sql)).await.map_err(|error| unreachable(&error))?;
        Ok(connection.close().await?)
    }
}
