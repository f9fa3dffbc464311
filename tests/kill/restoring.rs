//! The database of a season is copied while the bot serves, in the midst of introductions. Later that copy is put back:
//! the season goes on, and nobody reads or finds anything twice, though the copy knows nothing of what was sent since.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use plsep_bot::clock::{pause, within};
use plsep_bot::store::Store;
use plsep_sandbox::{Fault, FaultKind};

use super::people::{self, CAST, Human, is_participant};
use super::season::Act;
use super::world::{Process, World, fresh_folder, undelivered};
use super::{ACT_MAX, check};

/// Copies the database as an operator does.
fn backup(world: &World, to: &Path) {
    let done = Command::new(env!("CARGO_BIN_EXE_plsep-bot"))
        .args(["backup", "--to"])
        .arg(to)
        .env_clear()
        .env("DATABASE_URL", &world.database)
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Whether the pairs of every community are published, and some introductions are still to come.
async fn is_amid_introductions(store: &Store) -> bool {
    let mut tx = store.read().await.expect("the database answers");
    for season in tx.seasons().await.expect("it reads") {
        if tx.pairs(season.id).await.expect("it reads").is_empty() {
            return false;
        }
    }
    drop(tx);
    undelivered(store).await.iter().any(|key| key.starts_with("intro:"))
}

/// A copy in which some introductions are still to come.
async fn copy_amid_introductions(world: &World, folder: &Path) -> PathBuf {
    for number in 0.. {
        let copy = folder.join(format!("copy-{number}.sqlite"));
        backup(world, &copy);
        // Looked at beside itself, so that looking leaves nothing in it.
        let looked = folder.join(format!("looked-{number}.sqlite"));
        std::fs::copy(&copy, &looked).expect("the folder takes a file");
        let store = Store::connect(&format!("sqlite://{}", looked.display())).await.expect("the copy opens");
        let amid = is_amid_introductions(&store).await;
        store.close().await;
        if amid {
            return copy;
        }
        pause(Duration::from_millis(50)).await;
    }
    unreachable!("numbers do not end")
}

/// Everybody has been asked about the month.
async fn all_are_asked(world: &World) {
    for platform in world.platforms() {
        for handle in CAST.into_iter().filter(|handle| is_participant(handle)) {
            let human = Human::new(&platform, handle);
            while human.in_rooms("Your check-in for") == 0 {
                pause(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Applies, pairs, and runs the season until everybody has been asked. Comes back with a copy that was made in the midst of
/// the introductions, and with the bot stopped.
async fn season_with_copy<C>(world: &World, copies: impl AsyncFnOnce() -> C) -> C {
    let process = Process::start(world);
    within(ACT_MAX, people::play(world, Act::Apply)).await.expect("everybody applies");
    world.delivered(&process).await;
    process.stop(world).await;
    world.set_season(Act::Pair).await;

    // Places open slowly, so that there is a midst.
    for (faults, matching) in [(world.discord.faults(), "/guilds/"), (world.slack.faults(), "conversations.create")] {
        faults.add(Fault { matching: matching.to_owned(), times: 100, skip: 0, kind: FaultKind::Delay(400) });
    }
    let process = Process::start(world);
    let (copy, ()) = within(ACT_MAX, async { tokio::join!(copies(), people::play(world, Act::Pair)) })
        .await
        .expect("the pairs are introduced");
    world.delivered(&process).await;
    process.stop(world).await;
    world.set_season(Act::Run).await;
    let process = Process::start(world);
    // They may all have been asked before; and whoever is told to stop must be running to hear it.
    world.connected(&process).await;
    if within(ACT_MAX, all_are_asked(world)).await.is_err() {
        panic!("not everybody is asked\n{}", process.log());
    }
    world.delivered(&process).await;
    process.stop(world).await;
    copy
}

/// The season goes on with a database that was put back, and nobody reads anything twice.
async fn goes_on(world: &World) {
    world.set_season(Act::Run).await;
    let process = Process::start(world);
    if within(ACT_MAX, people::play(world, Act::Run)).await.is_err() {
        panic!("the season does not go on\n{}\n{}", world.screens(), process.log());
    }
    world.delivered(&process).await;
    assert!(process.has_said("put back from a copy"), "{}", process.log());
    process.stop(world).await;
    check::everything(world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_put_back_goes_on_and_says_nothing_twice() {
    let folder = fresh_folder("restoring");
    let database = folder.join("plsep.sqlite");
    let world = World::open(format!("sqlite://{}", database.display()), "restoring").await;
    let copy = season_with_copy(&world, async || copy_amid_introductions(&world, &folder).await).await;
    for beside in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{beside}", database.display()));
    }
    std::fs::rename(&copy, &database).expect("the copy is put back");
    goes_on(&world).await;
    world.close().await;
    let _ = std::fs::remove_dir_all(folder);
}

/// Runs a tool of the server's as an operator does.
fn tool(name: &str, options: &[&str]) {
    let done = Command::new(name).args(options).output();
    let done = done.unwrap_or_else(|error| panic!("{name} is not there, and comes with PostgreSQL: {error}"));
    assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A dump of a moment at which some introductions are still to come.
async fn dump_amid_introductions(world: &World, folder: &Path) -> PathBuf {
    let to = folder.join("plsep.dump");
    let store = world.store().await;
    loop {
        while !is_amid_introductions(&store).await {
            pause(Duration::from_millis(20)).await;
        }
        tool("pg_dump", &["--format=custom", &format!("--file={}", to.display()), &world.database]);
        // Still so afterwards, so it was so in between.
        if is_amid_introductions(&store).await {
            store.close().await;
            return to;
        }
    }
}

fn put_back(world: &World, dump: &Path) {
    let into = format!("--dbname={}", world.database);
    tool("pg_restore", &["--clean", "--if-exists", &into, dump.to_str().expect("a path in words")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dump_put_back_goes_on_and_says_nothing_twice() {
    let Some(server) = super::postgres::server() else { return };
    let (folder, database) = (fresh_folder("dumping"), super::postgres::fresh(&server).await);
    let world = World::open(database.clone(), "dumping").await;
    let dump = season_with_copy(&world, async || dump_amid_introductions(&world, &folder).await).await;
    put_back(&world, &dump);
    goes_on(&world).await;

    // Without the mark the same dump says things twice, so the story above proves something.
    put_back(&world, &dump);
    super::postgres::tell(&database, "DELETE FROM database_marks".to_owned()).await;
    world.set_season(Act::Run).await;
    let process = Process::start(&world);
    let twice = async {
        while !check::something_is_twice(&world) {
            pause(Duration::from_millis(50)).await;
        }
    };
    if within(ACT_MAX, twice).await.is_err() {
        panic!("nothing is said twice without the mark\n{}", process.log());
    }
    process.stop(&world).await;
    world.close().await;
    super::postgres::remove(&server, &database).await;
    let _ = std::fs::remove_dir_all(folder);
}
