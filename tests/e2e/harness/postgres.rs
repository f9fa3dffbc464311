//! A fresh PostgreSQL database for a story of several processes, on the server that `PLSEP_TEST_POSTGRES` names.

use std::io::Write;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// Where the tests find a server.
const SERVER: &str = "PLSEP_TEST_POSTGRES";

/// The server's address. Its absence is said aloud, and is a failure where everything must be tested.
pub fn server() -> Option<String> {
    static SAY: Once = Once::new();
    let server = std::env::var_os(SERVER).map(|url| url.into_string().expect("the address is text"));
    if server.is_none() {
        assert!(
            std::env::var_os("CI").is_none_or(|ci| ci != "true"),
            "{SERVER} is not set, and CI tests both databases: run `. .ci/postgres` first"
        );
        // Past the test runner's capture, so that nobody takes half a run for a whole one.
        SAY.call_once(|| {
            let line = format!("\nPostgreSQL is NOT tested: {SERVER} is not set. `. .ci/postgres` starts one.\n");
            std::io::stderr().write_all(line.as_bytes()).expect("stderr takes a line");
        });
    }
    server
}

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

async fn tell(server: &str, sql: String) {
    let mut connection = PgConnection::connect(server).await.expect("the server for the tests answers");
    connection.execute(AssertSqlSafe(sql)).await.expect("the server for the tests makes databases");
    connection.close().await.expect("the connection closes");
}
