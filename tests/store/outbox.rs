//! Effects wait, are claimed by one worker at a time, and end exactly once.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_bot::{
    chat::{Message, Room, Text, UserRef},
    store::{Claimed, Effect, KEY_MAX, NewEffect, Retry, Store, StoreError, To, Tx},
};
use plsep_domain::CommunityId;
use serde_json::json;

use super::harness::{Scene, community, noon, pair};

fn minutes(minutes: i64) -> DateTime<Utc> {
    noon() + TimeDelta::minutes(minutes)
}

fn post(community: CommunityId, key: &str, due_at: DateTime<Utc>) -> NewEffect {
    let message = Message::paragraph(Text::plain("Did you two meet this month?"));
    NewEffect { community, key: key.to_owned(), due_at, effect: Effect::Post { to: To::Coordinators, message } }
}

async fn enqueue(tx: &mut Tx, scene: &Scene, key: &str, due_at: DateTime<Utc>) {
    assert!(tx.enqueue(&post(scene.community.id, key, due_at), noon()).await.unwrap());
}

/// Claims everything due at this minute, for ten minutes.
async fn claim(tx: &mut Tx, now: i64) -> Vec<Claimed> {
    tx.claim("worker", minutes(now), minutes(now + 10), 100).await.unwrap()
}

async fn claim_one(tx: &mut Tx, now: i64) -> Claimed {
    let mut claimed = claim(tx, now).await;
    assert_eq!(claimed.len(), 1, "one effect is due");
    claimed.remove(0)
}

fn keys(claimed: &[Claimed]) -> Vec<&str> {
    claimed.iter().map(|claimed| claimed.key.as_str()).collect()
}

stories! {
    async fn a_round_is_kept_in_one_statement(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let here = scene.community.id;
        enqueue(&mut tx, &scene, "nudge:1", minutes(0)).await;
        let odd = "¡Hola! ☀ \u{0} <@everyone> '; DROP TABLE outbox; --";
        let mut second = post(here, "nudge:2", minutes(1));
        second.effect = Effect::Post { to: To::Coordinators, message: Message::paragraph(Text::plain(odd)) };
        let round = [post(here, "nudge:1", minutes(5)), second, post(here, "nudge:3", minutes(2))];
        assert_eq!(tx.enqueue_all(&round, noon()).await.unwrap(), 2, "one was there");
        assert_eq!(tx.enqueue_all(&round, noon()).await.unwrap(), 0);
        assert_eq!(tx.enqueue_all(&[], noon()).await.unwrap(), 0);
        let claimed = claim(&mut tx, 10).await;
        assert_eq!(keys(&claimed), ["nudge:1", "nudge:2", "nudge:3"]);
        let times: Vec<_> = claimed.iter().map(|claimed| claimed.due_at).collect();
        assert_eq!(times, [minutes(0), minutes(1), minutes(2)], "what was there keeps its time");
        let kept = Message::paragraph(Text::plain(odd.replace('\0', "")));
        assert_eq!(claimed[1].effect, Effect::Post { to: To::Coordinators, message: kept });
        assert_eq!(tx.enqueue_all(&[post(CommunityId::from(999), "x", minutes(0))], noon()).await, Err(StoreError::Stray));
    }

    async fn every_kind_of_effect_comes_out_as_it_went_in(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await.id;
        let message = Message::paragraph(Text::plain("¡Hola! ☀ <@everyone> '; DROP TABLE outbox; --"));
        let room = Room {
            key: "intro:1".to_owned(),
            name: "ada-ben".to_owned(),
            topic: "Mentorship".to_owned(),
            members: vec![UserRef("U-ada".to_owned())],
        };
        let person = scene.ada.id;
        let effects = [
            Effect::Introduce { pair, room: room.clone(), message: message.clone() },
            Effect::Post { to: To::Pair(pair), message: message.clone() },
            Effect::Post { to: To::Person(person), message: message.clone() },
            Effect::Post { to: To::Coordinators, message: message.clone() },
            Effect::Update { posted: "nudge:1".to_owned(), message: message.clone() },
            Effect::OpenCoordinators { room, message: message.clone() },
            Effect::Admit { person },
            Effect::Farewell { pair, message },
        ];
        for (number, effect) in effects.iter().enumerate() {
            let new = NewEffect {
                community: scene.community.id,
                key: format!("key:{number}"),
                due_at: noon(),
                effect: effect.clone(),
            };
            assert!(tx.enqueue(&new, noon()).await.unwrap());
        }
        let claimed: Vec<_> = claim(&mut tx, 0).await.into_iter().map(|claimed| claimed.effect).collect();
        assert_eq!(claimed, effects);
    }

    async fn a_key_is_kept_once_in_each_community(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let other = community(&mut tx, "T2").await;
        enqueue(&mut tx, &scene, "intro:1", noon()).await;
        assert!(!tx.enqueue(&post(scene.community.id, "intro:1", minutes(9)), noon()).await.unwrap());
        assert!(tx.enqueue(&post(other.id, "intro:1", noon()), noon()).await.unwrap());
        let claimed = claim_one_of(&mut tx, scene.community.id).await;
        assert!(tx.finish(&claimed.lease, &json!(1), noon()).await.unwrap());
        let again = tx.enqueue(&post(scene.community.id, "intro:1", noon()), noon()).await.unwrap();
        assert!(!again, "what is done is not done again");
        assert!(tx.enqueue(&post(scene.community.id, &"ñ".repeat(KEY_MAX), noon()), noon()).await.unwrap());
        tx.commit().await.unwrap();
        let long = post(scene.community.id, &"k".repeat(KEY_MAX + 1), noon());
        assert!(matches!(world.write().await.enqueue(&long, noon()).await, Err(StoreError::Database { .. })));
        let nowhere = post(CommunityId::from(999), "intro:1", noon());
        assert_eq!(world.write().await.enqueue(&nowhere, noon()).await, Err(StoreError::Stray));
    }

    async fn what_is_due_longest_comes_first_and_what_is_not_due_waits(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        assert_eq!(tx.next_due().await.unwrap(), None);
        for (key, due) in [("c", 3), ("a", 1), ("late", 60), ("b", 2), ("a2", 1)] {
            enqueue(&mut tx, &scene, key, minutes(due)).await;
        }
        assert_eq!(tx.next_due().await.unwrap(), Some(minutes(1)));
        assert_eq!(tx.pending_effects().await.unwrap(), 5);
        let first = tx.claim("worker", minutes(5), minutes(15), 3).await.unwrap();
        assert_eq!(keys(&first), ["a", "a2", "b"]);
        assert_eq!(keys(&claim(&mut tx, 5).await), ["c"]);
        assert_eq!(keys(&claim(&mut tx, 5).await), [""; 0]);
        assert_eq!(tx.next_due().await.unwrap(), Some(minutes(15)), "when the leases run out");
        assert_eq!(tx.pending_effects().await.unwrap(), 5);
    }

    async fn a_finished_effect_tells_what_it_came_to(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        enqueue(&mut tx, &scene, "intro:1", noon()).await;
        let claimed = claim_one(&mut tx, 0).await;
        assert_eq!((claimed.attempts, claimed.ambiguous, &claimed.steps), (0, false, &json!({})));
        assert!(tx.save_steps(&claimed.lease, &json!({ "room": "C7" })).await.unwrap());
        assert_eq!(tx.effect_result(scene.community.id, "intro:1").await.unwrap(), None);
        let result = json!({ "channel": "C7", "id": "17.5" });
        assert!(tx.finish(&claimed.lease, &result, minutes(1)).await.unwrap());
        assert_eq!(tx.effect_result(scene.community.id, "intro:1").await.unwrap(), Some(result));
        assert_eq!(tx.effect_result(scene.community.id, "intro:2").await.unwrap(), None);
        assert_eq!(tx.pending_effects().await.unwrap(), 0);
        assert_eq!(tx.next_due().await.unwrap(), None);
        assert_eq!(keys(&claim(&mut tx, 99).await), [""; 0]);
    }

    async fn a_lease_ends_with_the_report(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        let lease = claim_one(&mut tx, 0).await.lease;
        let retry = Retry { due_at: minutes(1), error: "busy", ambiguous: false };
        assert!(tx.retry(&lease, &retry, noon()).await.unwrap());
        assert!(!tx.retry(&lease, &retry, noon()).await.unwrap());
        assert!(!tx.finish(&lease, &json!(null), noon()).await.unwrap());
        let lease = claim_one(&mut tx, 1).await.lease;
        assert!(tx.finish(&lease, &json!(null), noon()).await.unwrap());
        assert!(!tx.finish(&lease, &json!(1), noon()).await.unwrap());
        assert!(!tx.bury(&lease, "x", noon()).await.unwrap());
        assert!(!tx.save_steps(&lease, &json!({})).await.unwrap());
        assert_eq!(tx.effect_result(scene.community.id, "a").await.unwrap(), Some(json!(null)));
    }

    async fn a_worker_that_died_is_replaced_and_its_late_report_counts_for_nothing(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        let dead = claim_one(&mut tx, 0).await;
        assert!(tx.save_steps(&dead.lease, &json!({ "room": "C7" })).await.unwrap());
        assert_eq!(keys(&claim(&mut tx, 9).await), [""; 0], "the lease still runs");
        let heir = claim_one(&mut tx, 10).await;
        assert_eq!((heir.attempts, &heir.steps), (1, &json!({ "room": "C7" })));
        assert!(heir.ambiguous, "nobody knows what the first one did");

        assert!(!tx.save_steps(&dead.lease, &json!({ "room": "C8" })).await.unwrap());
        assert!(!tx.finish(&dead.lease, &json!("late"), minutes(11)).await.unwrap());
        let retry = Retry { due_at: minutes(0), error: "late", ambiguous: true };
        assert!(!tx.retry(&dead.lease, &retry, minutes(11)).await.unwrap());
        assert!(!tx.bury(&dead.lease, "late", minutes(11)).await.unwrap());
        assert!(tx.finish(&heir.lease, &json!("done"), minutes(11)).await.unwrap());
        assert_eq!(tx.effect_result(scene.community.id, "a").await.unwrap(), Some(json!("done")));
    }

    async fn a_doubt_stays_until_somebody_has_looked(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        let mut retried = async |now: i64, ambiguous: bool| {
            let claimed = claim_one(&mut tx, now).await;
            let retry = Retry { due_at: minutes(now + 1), error: "busy", ambiguous };
            assert!(tx.retry(&claimed.lease, &retry, minutes(now)).await.unwrap());
            (claimed.attempts, claimed.ambiguous)
        };
        assert_eq!(retried(0, false).await, (0, false));
        assert_eq!(retried(1, true).await, (1, false));
        assert_eq!(retried(2, true).await, (2, true));
        assert_eq!(retried(3, false).await, (3, true));
        assert_eq!(retried(4, false).await, (4, false));
    }

    async fn a_dead_letter_can_be_revived_and_starts_afresh(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let other = community(&mut tx, "T2").await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        let claimed = claim_one(&mut tx, 0).await;
        assert!(tx.save_steps(&claimed.lease, &json!({ "room": "C7" })).await.unwrap());
        assert!(tx.bury(&claimed.lease, "the room is gone", minutes(1)).await.unwrap());
        assert_eq!(tx.pending_effects().await.unwrap(), 0);
        let letters = tx.dead_letters(scene.community.id).await.unwrap();
        assert_eq!(letters.len(), 1);
        assert_eq!((letters[0].key.as_str(), letters[0].error.as_str()), ("a", "the room is gone"));
        assert_eq!((letters[0].attempts, letters[0].at), (1, minutes(1)));
        assert_eq!(tx.dead_letters(other.id).await.unwrap(), []);

        assert!(tx.revive(letters[0].id, minutes(20)).await.unwrap());
        assert!(!tx.revive(letters[0].id, minutes(20)).await.unwrap());
        assert_eq!(tx.dead_letters(scene.community.id).await.unwrap(), []);
        let revived = claim_one(&mut tx, 20).await;
        assert_eq!((revived.steps, revived.attempts, revived.ambiguous), (json!({ "room": "C7" }), 1, true));
    }

    async fn many_workers_never_get_the_same_effect(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        for number in 0..60 {
            enqueue(&mut tx, &scene, &format!("key:{number}"), noon()).await;
        }
        tx.commit().await.unwrap();

        async fn work(store: Store, owner: String) -> Vec<String> {
            let mut mine = Vec::new();
            loop {
                let mut tx = store.write().await.unwrap();
                let claimed = tx.claim(&owner, minutes(0), minutes(10), 3).await.unwrap();
                tx.commit().await.unwrap();
                if claimed.is_empty() {
                    return mine;
                }
                mine.extend(claimed.into_iter().map(|claimed| claimed.key));
            }
        }
        let stores = [world.store.clone(), world.second().await];
        let workers: Vec<_> = (0..8)
            .map(|number| tokio::spawn(work(stores[number % 2].clone(), format!("worker-{number}"))))
            .collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.await.unwrap());
        }
        assert_eq!(all.len(), 60);
        assert_eq!(all.into_iter().collect::<BTreeSet<_>>().len(), 60);
        stores[1].close().await;
    }

    async fn an_effect_that_somebody_else_holds_is_passed_over(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        enqueue(&mut tx, &scene, "b", noon()).await;
        tx.commit().await.unwrap();
        if world.is_sqlite() {
            return; // SQLite has no locks on rows.
        }
        // An operator with a console, in the middle of something.
        use sqlx::{Connection, Executor};
        let mut console = sqlx::PgConnection::connect(&world.url).await.unwrap();
        console.execute("BEGIN; SELECT id FROM outbox WHERE key = 'a' FOR UPDATE").await.unwrap();
        let mut tx = world.write().await;
        assert_eq!(keys(&claim(&mut tx, 0).await), ["b"]);
        console.close().await.unwrap();
    }
}

async fn claim_one_of(tx: &mut Tx, community: CommunityId) -> Claimed {
    let mut claimed = claim(tx, 0).await;
    claimed.retain(|claimed| claimed.community == community);
    claimed.remove(0)
}
