//! Asked to stop, it ends with success within ten seconds, whatever goes on.

use std::time::Duration;

use plsep_bot::clock::{pause, within};
use plsep_bot::store::{Effect, NewEffect, To};
use plsep_sandbox::{Fault, FaultKind};

use super::postgres;
use super::world::{Dice, Process, World, fresh_folder};

const PATIENCE: Duration = Duration::from_secs(20);

async fn on_sqlite(name: &str) -> World {
    let folder = fresh_folder(name);
    World::open(format!("sqlite://{}/plsep.sqlite", folder.display()), name).await
}

fn never_answers(world: &World) {
    let fault = || Fault { matching: String::new(), times: 10_000, skip: 0, kind: FaultKind::NeverAnswer };
    world.discord.faults().add(fault());
    world.slack.faults().add(fault());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_it_starts() {
    let (world, dice) = (on_sqlite("starts").await, Dice::from_environment());
    println!("PLSEP_KILL_SEED={}", dice.seed());
    for round in 1..=6 {
        let process = Process::start(&world);
        let listening = async {
            while !process.says_times("is starting", round) {
                pause(Duration::from_millis(2)).await;
            }
        };
        within(PATIENCE, listening).await.expect("it begins to start");
        let _ = within(Duration::from_millis(dice.below(300)), std::future::pending::<()>()).await;
        process.stop(&world).await;
    }
    // A platform that hangs keeps it from starting, not from stopping.
    never_answers(&world);
    let process = Process::start(&world);
    within(PATIENCE, async {
        while !process.says_times("is starting", 7) {
            pause(Duration::from_millis(2)).await;
        }
    })
    .await
    .expect("it begins to start");
    process.stop(&world).await;
    world.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_full_outbox_and_platforms_that_hang() {
    let world = on_sqlite("full").await;
    let process = Process::start(&world);
    within(PATIENCE, world.connected(&process)).await.expect("it connects");
    let store = world.store().await;
    for platform in world.platforms() {
        let community = world.community(&store, platform.key()).await;
        let mut tx = store.write().await.expect("the database answers");
        let who = platform.residents().remove(2);
        let seen = plsep_bot::store::PersonSeen {
            user: plsep_bot::chat::UserRef(who.id),
            name: who.name,
            locale: None,
            zone: None,
            email: None,
        };
        let person = tx.upsert_person(community, &seen, world.now()).await.expect("it is kept").id;
        for number in 0..500 {
            let text = plsep_bot::chat::Text::plain(format!("Number {number}"));
            let message = plsep_bot::chat::Message::paragraph(text);
            let effect = Effect::Post { to: To::Person(person), message };
            let new = NewEffect { community, key: format!("many:{number}"), due_at: world.now(), effect };
            tx.enqueue(&new, world.now()).await.expect("it is queued");
        }
        tx.commit().await.expect("the database answers");
    }
    store.close().await;
    never_answers(&world);
    // It has taken some of them in hand.
    within(PATIENCE, async {
        while world.discord.faults().left() + world.slack.faults().left() >= 20_000 {
            pause(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("it begins to deliver");
    let took = process.stop(&world).await;
    println!("stopped in {took:?} with a full outbox and platforms that hang");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_gives_the_lease_back_to_who_stands_by() {
    let Some(server) = postgres::server() else { return };
    let database = postgres::fresh(&server).await;
    let world = World::open(database.clone(), "two").await;
    let one = Process::start(&world);
    within(PATIENCE, world.connected(&one)).await.expect("it connects");
    let other = Process::start(&world);
    within(PATIENCE, async {
        while !other.has_said("standing by") {
            pause(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("the second stands by");
    one.kill();
    within(PATIENCE, async {
        while !world.is_connected() {
            pause(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("the second takes over");
    let third = Process::start(&world);
    other.stop_alone().await;
    within(PATIENCE, world.connected(&third)).await.expect("the third takes over");
    third.stop(&world).await;
    world.close().await;
    postgres::remove(&server, &database).await;
}
