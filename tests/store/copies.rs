//! A database that was put back from a copy looks before it sends, for a day; and what is handed out of a season.

use chrono::TimeDelta;
use plsep_bot::store::{Claimed, Effect, NewEffect, Terms, To, Tx};
use plsep_domain::CommunityId;

use super::harness::{World, noon, pair};

fn effect(community: CommunityId, key: &str) -> NewEffect {
    let message = plsep_bot::chat::Message::default();
    NewEffect { community, key: key.to_owned(), due_at: noon(), effect: Effect::Post { to: To::Coordinators, message } }
}

async fn claim(tx: &mut Tx, at: chrono::DateTime<chrono::Utc>) -> Claimed {
    let mut claimed = tx.claim("somebody", at, at + TimeDelta::minutes(1), 9, &[]).await.unwrap();
    assert_eq!(claimed.len(), 1);
    claimed.remove(0)
}

async fn done(tx: &mut Tx, claimed: &Claimed) {
    assert!(tx.finish(&claimed.lease, &serde_json::json!({}), noon()).await.unwrap());
}

async fn copied(world: &World) {
    let at = (noon() - TimeDelta::hours(5)).timestamp_micros();
    world.raw(format!("INSERT INTO copies (copied_at) VALUES ({at})")).await.unwrap();
}

stories! {
    async fn what_is_decided_after_a_copy_was_put_back_is_looked_for_first(world) {
        let here = world.scene().await.community.id;
        let mut tx = world.write().await;
        assert!(!tx.begin_on_copy(noon()).await.unwrap());
        assert!(tx.enqueue(&effect(here, "usual"), noon()).await.unwrap());
        let usual = claim(&mut tx, noon()).await;
        assert_eq!((usual.ambiguous, usual.first_at), (false, noon()));
        done(&mut tx, &usual).await;
        tx.commit().await.unwrap();

        copied(&world).await;
        let mut tx = world.write().await;
        assert!(tx.begin_on_copy(noon()).await.unwrap());
        assert!(!tx.begin_on_copy(noon()).await.unwrap(), "it begins once");
        let soon = noon() + TimeDelta::hours(23);
        assert!(tx.enqueue(&effect(here, "one"), soon).await.unwrap());
        let one = claim(&mut tx, soon).await;
        assert_eq!((one.ambiguous, one.first_at), (true, noon() - TimeDelta::hours(5)));
        done(&mut tx, &one).await;
        assert_eq!(tx.enqueue_all(&[(effect(here, "many"), Terms::default())], soon).await.unwrap(), 1);
        let many = claim(&mut tx, soon).await;
        assert!(many.ambiguous);
        done(&mut tx, &many).await;

        let later = noon() + TimeDelta::hours(25);
        assert!(tx.enqueue(&effect(here, "later"), later).await.unwrap());
        assert_eq!(tx.enqueue_all(&[(effect(here, "last"), Terms::default())], later).await.unwrap(), 1);
        assert_eq!(tx.waiting(here).await.unwrap().count, 2);
        let claimed = tx.claim("somebody", later, later + TimeDelta::minutes(1), 9, &[]).await.unwrap();
        assert!(claimed.iter().all(|claimed| !claimed.ambiguous), "as ever again");
    }

    async fn a_whole_season_is_read_with_every_part(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        pair(&mut tx, &scene).await;
        let parts = tx.whole_season(scene.season.id).await.unwrap();
        assert_eq!(parts.len(), 15);
        for part in &parts {
            assert!(part.rows.iter().all(|row| row.len() == part.columns.len()), "{}", part.part);
        }
        let rows = |name: &str| parts.iter().find(|part| part.part == name).map(|part| part.rows.len());
        assert_eq!((rows("people"), rows("pairs"), rows("surveys")), (Some(2), Some(1), Some(0)));
    }
}
