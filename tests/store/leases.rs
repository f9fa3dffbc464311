//! What one process holds another takes over, and whoever was deposed can do nothing with it any more.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_bot::clock::pause;
use plsep_bot::store::{Ask, Held};

use super::harness::{World, noon, on_postgres, on_sqlite};

const NAME: &str = "discord";

fn later(seconds: i64) -> DateTime<Utc> {
    noon() + TimeDelta::seconds(seconds)
}

async fn may_act(world: &World, held: &Held) -> bool {
    world.write().await.may_act(held, NAME).await.unwrap()
}

#[test]
fn a_file_is_for_one_process_which_may_do_everything() {
    on_sqlite(async |world| {
        assert!(world.store.leases(true).is_none());
        assert!(may_act(&world, &Held::everything()).await);
    });
}

#[test]
fn an_event_begins_with_who_may_receive() {
    on_postgres(async |world| {
        let scene = world.scene().await;
        let (at, user) = (&scene.community.at, &scene.ada.user);
        let mut leases = world.second().await.leases(false).unwrap();
        let held = Held::nothing();
        for round in 0..2 {
            let (now, until) = (later(round * 10), later(round * 10 + 6));
            let token = leases.take("slack", "one", now, until).await.unwrap().expect("nobody holds it");
            let told = world.write().await.opening(&Ask::new(at, user, "Ev")).await.unwrap().unwrap().receiver;
            assert_eq!((at.chat.as_str(), told), ("slack", Some(token)));
            assert!(!held.allows("slack", told), "it holds the one before, or none");
            held.set("slack", Some(token));
            assert!(held.allows("slack", told));
            assert!(!held.allows("discord", told));
            leases.give_back("slack", token).await.unwrap();
        }
    });
}

#[test]
fn one_holds_it_and_the_next_gets_a_greater_token() {
    on_postgres(async |world| {
        let (store, other) = (world.second().await, world.second().await);
        let (mut one, mut two) = (store.leases(false).unwrap(), other.leases(false).unwrap());
        let (first, second) = (Held::nothing(), Held::nothing());
        assert!(!may_act(&world, &first).await);

        let token = one.take(NAME, "one", noon(), later(6)).await.unwrap().expect("nobody holds it");
        first.set(NAME, Some(token));
        assert!(may_act(&world, &first).await);
        assert_eq!(two.take(NAME, "two", later(5), later(11)).await.unwrap(), None);
        assert!(one.renew(NAME, token, later(11)).await.unwrap());
        assert_eq!(two.take(NAME, "two", later(10), later(16)).await.unwrap(), None);

        let greater = two.take(NAME, "two", later(11), later(17)).await.unwrap().expect("it has run out");
        assert!(greater > token);
        second.set(NAME, Some(greater));
        // The first one may believe in its lease as long as it likes.
        assert!(!may_act(&world, &first).await);
        assert!(may_act(&world, &second).await);
        assert!(!one.renew(NAME, token, later(30)).await.unwrap());
        one.give_back(NAME, token).await.unwrap();
        assert!(two.renew(NAME, greater, later(20)).await.unwrap());

        two.give_back(NAME, greater).await.unwrap();
        let third = one.take(NAME, "one", later(12), later(18)).await.unwrap().expect("it was given back");
        assert!(third > greater);
        // What was given back is not had any more, not even late.
        assert!(!may_act(&world, &second).await);
    });
}

#[test]
fn it_is_renewed_late_as_long_as_nobody_else_has_it() {
    on_postgres(async |world| {
        let mut one = world.store.leases(false).unwrap();
        let token = one.take(NAME, "one", noon(), later(6)).await.unwrap().unwrap();
        assert!(one.renew(NAME, token, later(3600)).await.unwrap());
    });
}

#[test]
fn the_end_of_a_session_shows_the_death_of_its_process() {
    on_postgres(async |world| {
        let other = world.second().await;
        let (mut one, mut two) = (world.store.leases(true).unwrap(), other.leases(true).unwrap());
        let token = one.take(NAME, "one", noon(), later(6)).await.unwrap().unwrap();
        assert_eq!(two.take(NAME, "two", later(1), later(7)).await.unwrap(), None);
        drop(one);
        // The server needs a moment to notice.
        for _ in 0..500 {
            if let Some(greater) = two.take(NAME, "two", later(1), later(7)).await.unwrap() {
                assert!(greater > token);
                return;
            }
            pause(Duration::from_millis(10)).await;
        }
        panic!("the dead process keeps its lease");
    });
}

#[test]
fn a_take_over_waits_for_whoever_is_writing() {
    on_postgres(async |world| {
        let (mut one, mut two) = (world.store.leases(false).unwrap(), world.store.leases(false).unwrap());
        let held = Held::nothing();
        held.set(NAME, one.take(NAME, "one", noon(), later(6)).await.unwrap());
        let mut tx = world.write().await;
        assert!(tx.may_act(&held, NAME).await.unwrap());
        let (taking, writing) = tokio::join!(two.take(NAME, "two", later(7), later(13)), async {
            // Asked again as often as one likes: while this transaction lasts, the answer is the same.
            for _ in 0..20 {
                assert!(tx.may_act(&held, NAME).await.unwrap());
                pause(Duration::from_millis(5)).await;
            }
            tx.commit().await
        });
        writing.unwrap();
        assert!(taking.unwrap().is_some());
        assert!(!may_act(&world, &held).await);
    });
}
