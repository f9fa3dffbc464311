//! Effects wait, are claimed by one worker at a time, and end exactly once.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_bot::{
    chat::{Message, Room, Text, UserRef},
    store::{Claimed, Effect, KEY_MAX, NewEffect, Pace, Retry, Store, StoreError, Terms, To, Tx, Wanted},
};
use plsep_domain::CommunityId;
use serde_json::json;

use super::harness::{Scene, community, noon, pair};

fn minutes(minutes: i64) -> DateTime<Utc> {
    noon() + TimeDelta::minutes(minutes)
}

/// An effect that has no others before or behind it.
fn post(community: CommunityId, key: &str, due_at: DateTime<Utc>) -> NewEffect {
    let message = Message::paragraph(Text::plain("Did you two meet this month?"));
    NewEffect { community, key: key.to_owned(), due_at, effect: Effect::Update { posted: "elsewhere".into(), message } }
}

/// An effect that goes to the coordinators' place, one after the other.
async fn notice(tx: &mut Tx, scene: &Scene, key: &str, due_at: DateTime<Utc>) {
    let message = Message::paragraph(Text::plain("Somebody left."));
    let effect = Effect::Post { to: To::Coordinators, message };
    let new = NewEffect { community: scene.community.id, key: key.to_owned(), due_at, effect };
    assert!(tx.enqueue(&new, noon()).await.unwrap());
}

async fn enqueue(tx: &mut Tx, scene: &Scene, key: &str, due_at: DateTime<Utc>) {
    assert!(tx.enqueue(&post(scene.community.id, key, due_at), noon()).await.unwrap());
}

/// Claims everything due at this minute, for ten minutes.
async fn claim(tx: &mut Tx, now: i64) -> Vec<Claimed> {
    tx.claim("worker", minutes(now), minutes(now + 10), 100, &[]).await.unwrap()
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
        let terms = Terms { wanted: None, answer: true };
        let round = [post(here, "nudge:1", minutes(5)), second, post(here, "nudge:3", minutes(2))];
        let round = round.map(|new| (new, terms.clone()));
        assert_eq!(tx.enqueue_all(&round, noon()).await.unwrap(), 2, "one was there");
        assert_eq!(tx.enqueue_all(&round, noon()).await.unwrap(), 0);
        assert_eq!(tx.enqueue_all(&[], noon()).await.unwrap(), 0);
        let claimed = claim(&mut tx, 10).await;
        assert_eq!(keys(&claimed), ["nudge:1", "nudge:2", "nudge:3"]);
        let times: Vec<_> = claimed.iter().map(|claimed| claimed.due_at).collect();
        assert_eq!(times, [minutes(0), minutes(1), minutes(2)], "what was there keeps its time");
        let kept = Message::paragraph(Text::plain(odd.replace('\0', "")));
        assert_eq!(claimed[1].effect, Effect::Post { to: To::Coordinators, message: kept });
        assert_eq!((&claimed[0].terms, &claimed[1].terms), (&Terms::default(), &terms));
        let lanes: Vec<_> = claimed.iter().map(|claimed| claimed.lane.as_deref()).collect();
        assert_eq!(lanes, [None, Some(format!("office:{here}").as_str()), None]);
        let nowhere = (post(CommunityId::from(999), "x", minutes(0)), terms);
        assert_eq!(tx.enqueue_all(&[nowhere], noon()).await, Err(StoreError::Stray));
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
            Effect::Sweep { of: "nudge:1".to_owned() },
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
        let first = tx.claim("worker", minutes(5), minutes(15), 3, &[]).await.unwrap();
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

    async fn what_is_done_is_known_with_its_first_attempt(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        let claimed = claim_one(&mut tx, 3).await;
        assert_eq!(tx.done_effect(scene.community.id, "a").await.unwrap(), None, "it is under way");
        assert!(tx.finish(&claimed.lease, &json!({ "id": "17.5" }), minutes(4)).await.unwrap());
        let done = tx.done_effect(scene.community.id, "a").await.unwrap();
        assert_eq!(done, Some((claimed.effect, json!({ "id": "17.5" }), minutes(3))));
    }

    async fn a_lease_ends_with_the_report(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        let lease = claim_one(&mut tx, 0).await.lease;
        let retry = Retry { due_at: minutes(1), error: "busy", ambiguous: false, holds: false };
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
        let retry = Retry { due_at: minutes(0), error: "late", ambiguous: true, holds: false };
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
            let retry = Retry { due_at: minutes(now + 1), error: "busy", ambiguous, holds: false };
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

    async fn what_cannot_be_sent_directly_waits_for_its_reader_and_is_no_dead_letter(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let (here, reader) = (scene.community.id, scene.ada.id);
        for (key, words) in [("one", "First"), ("two", "Second")] {
            let effect = Effect::Post { to: To::Person(reader), message: Message::paragraph(Text::plain(words)) };
            let new = NewEffect { community: here, key: key.to_owned(), due_at: noon(), effect };
            assert!(tx.enqueue(&new, noon()).await.unwrap());
            let claimed = claim_one(&mut tx, 0).await;
            assert!(tx.leave_unread(&claimed.lease, reader, "closed", minutes(1)).await.unwrap());
            assert!(!tx.leave_unread(&claimed.lease, reader, "closed", minutes(1)).await.unwrap(), "the lease is used up");
        }
        assert_eq!(tx.dead_letters(here).await.unwrap(), []);
        let waiting = tx.unread(reader).await.unwrap();
        let said: Vec<_> = waiting.iter().map(|unread| unread.message.summary()).collect();
        assert_eq!((said, waiting[0].at), (vec!["First".to_owned(), "Second".to_owned()], noon()));
        assert_eq!(tx.unread(scene.ben.id).await.unwrap(), []);
        assert_eq!(tx.dead_letter(here, waiting[0].id).await.unwrap(), None, "nobody tries again");

        assert!(tx.set_read(waiting[0].id, minutes(2)).await.unwrap());
        assert!(!tx.set_read(waiting[0].id, minutes(3)).await.unwrap(), "once");
        assert_eq!(tx.unread(reader).await.unwrap(), waiting[1..]);
        assert_eq!(tx.unread_readers(here).await.unwrap(), [reader]);
        assert!(tx.set_read(waiting[1].id, minutes(4)).await.unwrap());
        assert_eq!(tx.unread_readers(here).await.unwrap(), []);
        assert_eq!(tx.effects_due(here, "o").await.unwrap(), [("one".to_owned(), noon())]);
        assert!(tx.is_left_unread(here, "one").await.unwrap());
        assert!(!tx.is_left_unread(here, "three").await.unwrap());
    }

    async fn a_lane_is_one_workers_at_a_time(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        for key in ["n1", "n2", "n3"] {
            notice(&mut tx, &scene, key, noon()).await;
        }
        enqueue(&mut tx, &scene, "free", noon()).await;
        let first = tx.claim("worker", minutes(0), minutes(10), 2, &[]).await.unwrap();
        assert_eq!(keys(&first), ["n1", "n2"]);
        assert_eq!(keys(&claim(&mut tx, 0).await), ["free"], "the third waits behind the other two");
        assert!(tx.finish(&first[0].lease, &json!(null), noon()).await.unwrap());
        assert_eq!(keys(&claim(&mut tx, 0).await), [""; 0]);
        assert_eq!(tx.next_due().await.unwrap(), Some(minutes(10)), "when the leases run out");
        assert!(tx.finish(&first[1].lease, &json!(null), noon()).await.unwrap());
        assert_eq!(keys(&claim(&mut tx, 0).await), ["n3"]);
    }

    async fn what_holds_its_lane_lets_nothing_pass(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        notice(&mut tx, &scene, "n1", noon()).await;
        notice(&mut tx, &scene, "n2", noon()).await;
        let claimed = tx.claim("worker", minutes(0), minutes(10), 1, &[]).await.unwrap();
        let retry = Retry { due_at: minutes(5), error: "busy", ambiguous: false, holds: true };
        assert!(tx.retry(&claimed[0].lease, &retry, noon()).await.unwrap());
        assert_eq!(keys(&claim(&mut tx, 1).await), [""; 0]);
        assert_eq!(tx.next_due().await.unwrap(), Some(minutes(5)));
        let again = claim_one(&mut tx, 5).await;
        assert_eq!(again.key, "n1");
        let waits = Retry { due_at: minutes(9), error: "it waits", ambiguous: false, holds: false };
        assert!(tx.retry(&again.lease, &waits, minutes(5)).await.unwrap());
        assert_eq!(keys(&claim(&mut tx, 5).await), ["n2"], "what only waits lets others pass");
    }

    async fn a_change_stands_in_the_lane_of_its_message(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        notice(&mut tx, &scene, "n1", noon()).await;
        let message = Message::paragraph(Text::plain("Somebody came back."));
        let effect = Effect::Update { posted: "n1".into(), message };
        let change = NewEffect { community: scene.community.id, key: "c1".into(), due_at: noon(), effect };
        assert!(tx.enqueue(&change, noon()).await.unwrap());
        let claimed = claim(&mut tx, 0).await;
        assert_eq!(claimed[0].lane, claimed[1].lane);
        assert!(claimed[0].lane.is_some());
    }

    async fn what_is_given_back_was_never_tried(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        let claimed = claim_one(&mut tx, 0).await;
        assert!(tx.give_back(&claimed.lease, None, noon()).await.unwrap());
        assert!(!tx.give_back(&claimed.lease, None, noon()).await.unwrap());
        let claimed = claim_one(&mut tx, 0).await;
        assert_eq!((claimed.attempts, claimed.ambiguous), (0, false));
        assert!(tx.give_back(&claimed.lease, Some(minutes(30)), noon()).await.unwrap());
        assert_eq!(tx.next_due().await.unwrap(), Some(minutes(30)));
    }

    async fn a_lease_that_is_renewed_keeps_others_away(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        let claimed = claim_one(&mut tx, 0).await;
        assert_eq!(claimed.until, minutes(10));
        assert!(tx.renew(&claimed.lease, minutes(20)).await.unwrap());
        assert_eq!(keys(&claim(&mut tx, 15).await), [""; 0]);
        assert_eq!(keys(&claim(&mut tx, 20).await), ["a"]);
        assert!(!tx.renew(&claimed.lease, minutes(40)).await.unwrap(), "it is another's now");
    }

    async fn the_first_attempt_is_dated_until_nothing_of_it_is_in_doubt(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        let mut first_at = async |now: i64, ambiguous: bool| {
            let claimed = claim_one(&mut tx, now).await;
            let retry = Retry { due_at: minutes(now + 1), error: "busy", ambiguous, holds: false };
            assert!(tx.retry(&claimed.lease, &retry, minutes(now)).await.unwrap());
            claimed.first_at
        };
        assert_eq!(first_at(0, false).await, minutes(0));
        assert_eq!(first_at(1, true).await, minutes(1), "the one before had no effect");
        assert_eq!(first_at(2, false).await, minutes(1));
        assert_eq!(first_at(3, false).await, minutes(3));
    }

    async fn what_waits_for_a_shut_gate_stays_where_it_is(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        let (here, elsewhere) = (scene.community.id, CommunityId::from(999));
        let gates = [(here, Pace::Post), (elsewhere, Pace::Open)];
        assert_eq!(tx.claim("worker", noon(), minutes(10), 9, &gates).await.unwrap(), []);
        let until = [((here, Pace::Post), minutes(3))];
        assert_eq!(tx.next_due_beside(&until).await.unwrap(), Some(minutes(3)));
        assert_eq!(tx.next_due().await.unwrap(), Some(noon()));
        let others = [(here, Pace::Open), (elsewhere, Pace::Post)];
        assert_eq!(tx.claim("worker", noon(), minutes(10), 9, &others).await.unwrap().len(), 1);
    }

    async fn an_effect_keeps_its_terms(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await.id;
        let wanted = Wanted::Nudge { pair, period: "2025-03".parse().unwrap(), people: vec![scene.ada.id] };
        let terms = Terms { wanted: Some(wanted), answer: true };
        assert!(tx.enqueue_on(&post(scene.community.id, "a", noon()), &terms, noon()).await.unwrap());
        let claimed = claim_one(&mut tx, 3).await;
        assert_eq!((claimed.terms, claimed.created_at), (terms, noon()));
    }

    async fn a_dead_letter_that_is_laid_aside_stays_so(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let other = community(&mut tx, "T2").await;
        enqueue(&mut tx, &scene, "a", noon()).await;
        let claimed = claim_one(&mut tx, 0).await;
        assert!(!tx.lay_aside(claimed.id, noon()).await.unwrap(), "it is alive");
        assert!(tx.bury(&claimed.lease, "the room is gone", minutes(1)).await.unwrap());
        assert_eq!(tx.dead_letter(other.id, claimed.id).await.unwrap(), None);
        assert!(tx.dead_letter(scene.community.id, claimed.id).await.unwrap().is_some());
        assert!(tx.lay_aside(claimed.id, minutes(2)).await.unwrap());
        assert!(!tx.lay_aside(claimed.id, minutes(2)).await.unwrap());
        assert_eq!(tx.dead_letters(scene.community.id).await.unwrap(), []);
        assert_eq!(tx.dead_letter(scene.community.id, claimed.id).await.unwrap(), None);
        assert!(!tx.revive(claimed.id, minutes(3)).await.unwrap());
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
                let claimed = tx.claim(&owner, minutes(0), minutes(10), 3, &[]).await.unwrap();
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
