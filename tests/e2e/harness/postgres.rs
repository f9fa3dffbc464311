//! A fresh PostgreSQL database for a story of several processes.

#[path = "postgres_server.rs"]
mod postgres_server;

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

pub use postgres_server::server;

/// The address of a new, empty database.
pub async fn fresh(server: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("plsep_e2e_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    tell(server, format!("CREATE DATABASE {name}")).await;
    let (front, query) = server.split_once('?').map_or((server, ""), |(front, query)| (front, query));
    let base = front.rsplit_once('/').expect("the address of a server names a database").0;
    format!("{base}/{name}?{query}")
}

/// Removes a database that [`fresh`] made, whoever still uses it.
pub async fn remove(server: &str, url: &str) {
    let name = url.rsplit_once('/').and_then(|(_, name)| name.split('?').next()).expect("an address of fresh");
    tell(server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

/// Says something to a server, or to one of its databases.
pub async fn tell(server: &str, sql: String) {
    let mut connection = PgConnection::connect(server).await.expect("the server for the tests answers");
    connection.execute(AssertSqlSafe(sql)).await.expect("the server for the tests makes databases");
    connection.close().await.expect("the connection closes");
}
