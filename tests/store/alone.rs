//! One process serves a database in a file; whoever only looks in or imports may do so beside it.

use std::{
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use plsep_bot::store::{Store, StoreError};

use super::harness::{fresh_folder, run};

/// The real program on the database `plsep.sqlite` in this folder, with Slack somewhere on this machine.
fn program(folder: &Path, command: &str, slack: &TcpListener) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_plsep-bot"));
    let port = slack.local_addr().unwrap().port();
    program
        .arg(command)
        .current_dir(folder)
        .env_clear()
        .env("DATABASE_URL", "sqlite://plsep.sqlite")
        .env("SLACK_BOT_TOKEN", "xoxb-1")
        .env("SLACK_APP_TOKEN", "xapp-1")
        .env("SLACK_API_URL", format!("http://127.0.0.1:{port}/api"));
    program
}

/// Serves until it is killed: Slack keeps it waiting. Returns once it has gone past its database.
fn serving(folder: &Path, slack: &TcpListener) -> (Child, TcpStream) {
    let serving = program(folder, "serve", slack).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (knock, _) = slack.accept().expect("the program calls Slack once its database is open");
    (serving, knock)
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

#[test]
fn a_second_process_does_not_serve_the_same_file_and_a_killed_one_leaves_no_lock() {
    let folder = fresh_folder();
    let slack = TcpListener::bind("127.0.0.1:0").unwrap();
    let (mut first, _knock) = serving(&folder, &slack);

    let second = program(&folder, "serve", &slack).output().unwrap();
    assert_eq!(second.status.code(), Some(1), "{}", words(&second));
    let why = words(&second);
    assert!(why.contains("plsep.sqlite is in use by another running bot") && why.contains("PostgreSQL"), "{why}");

    for beside in ["migrate", "check"] {
        let done = program(&folder, beside, &slack).output().unwrap();
        assert!(done.status.success(), "{beside}: {}", words(&done));
    }

    first.kill().unwrap();
    first.wait().unwrap();
    let (mut third, _knock) = serving(&folder, &slack);
    third.kill().unwrap();
    third.wait().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_claim_is_the_stores_until_it_closes_and_whatever_the_file_is_called() {
    run(async {
        let folder = fresh_folder();
        let url = format!("sqlite://{}/plsep.sqlite", folder.display());
        let first = Store::connect(&url).await.unwrap();
        first.claim_alone().unwrap();
        first.clone().claim_alone().expect("what is ours can be claimed again");

        let roundabout = format!("sqlite://{}/./plsep.sqlite", folder.display());
        let second = Store::connect(&roundabout).await.expect("looking is free");
        let refused = second.claim_alone();
        assert!(matches!(&refused, Err(StoreError::InUse { path }) if path.ends_with("plsep.sqlite")), "{refused:?}");
        first.close().await;
        second.claim_alone().expect("what is closed is free");
        second.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    });
}

#[test]
fn a_database_in_memory_has_no_second_process() {
    run(async {
        let stores =
            [Store::connect("sqlite::memory:").await.unwrap(), Store::connect("sqlite::memory:").await.unwrap()];
        for store in stores {
            store.claim_alone().unwrap();
            store.close().await;
        }
    });
}

stories! {
    async fn a_server_serves_several(world) {
        let second = world.second().await;
        world.store.claim_alone().unwrap();
        let refused = matches!(second.claim_alone(), Err(StoreError::InUse { .. }));
        assert_eq!(refused, world.is_sqlite());
        second.close().await;
    }
}
