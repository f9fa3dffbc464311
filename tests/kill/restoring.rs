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

/// A copy in which some introductions are still to come.
async fn copy_amid_introductions(world: &World, folder: &Path) -> PathBuf {
    for number in 0.. {
        let copy = folder.join(format!("copy-{number}.sqlite"));
        backup(world, &copy);
        // Looked at beside itself, so that looking leaves nothing in it.
        let looked = folder.join(format!("looked-{number}.sqlite"));
        std::fs::copy(&copy, &looked).expect("the folder takes a file");
        let store = Store::connect(&format!("sqlite://{}", looked.display())).await.expect("the copy opens");
        let waiting = undelivered(&store).await;
        store.close().await;
        if waiting.iter().any(|key| key.starts_with("intro:")) {
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_put_back_goes_on_and_says_nothing_twice() {
    let folder = fresh_folder("restoring");
    let database = folder.join("plsep.sqlite");
    let world = World::open(format!("sqlite://{}", database.display()), "restoring").await;
    let process = Process::start(&world);
    within(ACT_MAX, people::play(&world, Act::Apply)).await.expect("everybody applies");
    world.delivered(&process).await;
    process.stop(&world).await;
    world.set_season(Act::Pair).await;

    // Places open slowly, so that there is a midst.
    for (faults, matching) in [(world.discord.faults(), "/guilds/"), (world.slack.faults(), "conversations.create")] {
        faults.add(Fault { matching: matching.to_owned(), times: 100, skip: 0, kind: FaultKind::Delay(400) });
    }
    let process = Process::start(&world);
    let (copy, ()) = within(ACT_MAX, async {
        tokio::join!(copy_amid_introductions(&world, &folder), people::play(&world, Act::Pair))
    })
    .await
    .expect("the pairs are introduced");
    world.delivered(&process).await;
    process.stop(&world).await;
    world.set_season(Act::Run).await;
    let process = Process::start(&world);
    if within(ACT_MAX, all_are_asked(&world)).await.is_err() {
        panic!("not everybody is asked\n{}", process.log());
    }
    world.delivered(&process).await;
    process.stop(&world).await;

    for beside in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{beside}", database.display()));
    }
    std::fs::rename(&copy, &database).expect("the copy is put back");
    world.set_season(Act::Run).await;
    let process = Process::start(&world);
    if within(ACT_MAX, people::play(&world, Act::Run)).await.is_err() {
        panic!("the season does not go on\n{}\n{}", world.screens(), process.log());
    }
    world.delivered(&process).await;
    assert!(process.has_said("put back from a copy"), "{}", process.log());
    process.stop(&world).await;
    check::everything(&world).await;
    world.close().await;
    let _ = std::fs::remove_dir_all(folder);
}
