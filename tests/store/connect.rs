//! Opening a database: what works, and what is said when it does not.

use plsep_bot::store::{Store, StoreError};

use super::harness::{fresh_folder, on_postgres, run};
use super::postgres::server;

async fn refusal(url: &str) -> StoreError {
    Store::connect(url).await.expect_err("the database must not open")
}

#[test]
fn a_new_file_is_made_with_its_folder() {
    run(async {
        let folder = fresh_folder();
        let file = folder.join("deep/er/plsep.sqlite");
        let store = Store::connect(&format!("sqlite://{}", file.display())).await.unwrap();
        store.migrate().await.unwrap();
        store.close().await;
        assert!(file.exists());
        std::fs::remove_dir_all(folder).unwrap();
    });
}

#[test]
fn a_database_in_memory_serves_readers_and_writers() {
    run(async {
        let store = Store::connect("sqlite::memory:").await.unwrap();
        store.migrate().await.unwrap();
        let mut tx = store.write().await.unwrap();
        let community = super::harness::community(&mut tx, "T1").await;
        tx.commit().await.unwrap();
        assert_eq!(store.read().await.unwrap().communities().await.unwrap(), [community]);
    });
}

#[test]
fn an_address_of_another_kind_is_explained() {
    run(async {
        for url in ["mysql://root:secret@host/db", "plsep.sqlite", ""] {
            let words = refusal(url).await.to_string();
            assert!(words.contains("DATABASE_URL") && words.contains("sqlite://"), "{words}");
            assert!(!words.contains("secret"), "{words}");
        }
        let odd = refusal("postgres://plsep:secret@host:no-port/db").await.to_string();
        assert!(odd.contains("DATABASE_URL") && !odd.contains("secret"), "{odd}");
    });
}

#[test]
fn a_place_that_takes_no_file_is_named() {
    run(async {
        let folder = fresh_folder();
        std::fs::write(folder.join("file"), "not a folder").unwrap();
        let inside_a_file = refusal(&format!("sqlite://{}/file/plsep.sqlite", folder.display())).await;
        assert!(matches!(&inside_a_file, StoreError::File { path, .. } if path.ends_with("file/plsep.sqlite")));
        let a_folder = refusal(&format!("sqlite://{}", folder.display())).await;
        assert!(matches!(a_folder, StoreError::File { .. }), "{a_folder}");
        let other = "what was here before was no database, and it is longer than a header".repeat(20);
        std::fs::write(folder.join("file"), other).unwrap();
        let no_database = refusal(&format!("sqlite://{}/file", folder.display())).await;
        assert!(matches!(no_database, StoreError::File { .. }), "{no_database}");
        std::fs::remove_dir_all(folder).unwrap();
    });
}

#[test]
fn a_file_that_can_only_be_read_is_refused_at_once() {
    run(async {
        let folder = fresh_folder();
        let url = format!("sqlite://{}/plsep.sqlite", folder.display());
        let store = Store::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        store.close().await;
        let refused = refusal(&format!("{url}?mode=ro")).await;
        assert!(matches!(refused, StoreError::File { .. }), "{refused}");
        std::fs::remove_dir_all(folder).unwrap();
    });
}

#[test]
fn a_server_that_is_down_is_named_without_the_password() {
    run(async {
        // Port 9 is the discard service's: no database listens there.
        let refused = refusal("postgres://plsep:secret@127.0.0.1:9/plsep").await;
        assert!(matches!(&refused, StoreError::Unreachable { server, .. } if server == "127.0.0.1:9"), "{refused}");
        assert!(!format!("{refused} {refused:?}").contains("secret"));
    });
}

#[test]
fn a_user_or_database_that_the_server_does_not_know_is_named() {
    let Some(server) = server() else { return };
    run(async {
        let (scheme, rest) = server.split_once("://").unwrap();
        let host = rest.split_once('@').map_or(rest, |(_, host)| host);
        let stranger = refusal(&format!("{scheme}://nobody:secret@{host}")).await;
        assert!(matches!(&stranger, StoreError::Login { user, .. } if user == "nobody"), "{stranger}");
        assert!(!format!("{stranger} {stranger:?}").contains("secret"));
        let base = server.rsplit_once('/').unwrap().0;
        let missing = refusal(&format!("{base}/no_such_database")).await;
        assert!(
            matches!(&missing, StoreError::NoDatabase { database, .. } if database == "no_such_database"),
            "{missing}"
        );
    });
}

#[test]
fn a_server_that_was_restarted_is_noticed_by_nobody_who_reads_or_writes() {
    on_postgres(async |world| {
        // Several connections are open, and stay so.
        let readers = [world.read().await, world.read().await, world.read().await];
        drop(readers);
        drop(world.write().await);
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()";
        world.raw(end).await.unwrap();
        for _ in 0..4 {
            assert_eq!(world.read().await.pending_effects().await, Ok(0));
        }
        world.write().await.commit().await.unwrap();
    });
}
