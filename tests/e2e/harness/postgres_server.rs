//! Where the tests find PostgreSQL: on the server that `PLSEP_TEST_POSTGRES` names.

use std::io::Write;
use std::sync::Once;

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
