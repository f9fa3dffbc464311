//! A database that misbehaves on request: each trouble leaves behind exactly what it says.

use std::sync::{Arc, Mutex};

use plsep_bot::store::{Moment, Store, StoreError, Trouble};

use super::harness::{World, person};

/// The world's database with this trouble at the first such moment, and none after it.
fn troubled_once(world: &World, at: Moment, trouble: Trouble) -> Store {
    let left = Mutex::new(Some(trouble));
    world.store.clone().troubled(Arc::new(move |moment| match moment == at {
        true => left.lock().unwrap().take(),
        false => None,
    }))
}

stories! {
    async fn a_busy_database_has_done_nothing(world) {
        let scene = world.scene().await;
        let store = troubled_once(&world, Moment::BeginRead, Trouble::Busy);
        assert!(matches!(store.read().await, Err(StoreError::Busy { .. })));
        store.read().await.expect("the trouble is over");
        let store = troubled_once(&world, Moment::BeginWrite, Trouble::Busy);
        assert!(matches!(store.clone().write().await, Err(StoreError::Busy { .. })));
        store.write().await.expect("the trouble is over, for the clone's sisters too");
        let store = troubled_once(&world, Moment::Commit, Trouble::Busy);
        let mut tx = store.write().await.unwrap();
        person(&mut tx, scene.community.id, "cyd").await;
        assert!(matches!(tx.commit().await, Err(StoreError::Busy { .. })));
        assert_eq!(world.read().await.people(scene.community.id).await.unwrap().len(), 2);
    }

    async fn a_statement_that_fails_has_done_nothing_and_others_are_spared(world) {
        let scene = world.scene().await;
        let store = troubled_once(&world, Moment::Statement, Trouble::Busy);
        let names = ["cyd", "dov", "eve"];
        let writers = names.map(|name| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut tx = store.write().await.unwrap();
                person(&mut tx, scene.community.id, name).await;
                tx.commit().await
            })
        });
        let mut failed = Vec::new();
        for (name, writer) in names.iter().zip(writers) {
            match writer.await.unwrap() {
                Ok(()) => {}
                Err(StoreError::Busy { .. }) => failed.push(*name),
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(failed.len(), 1);
        let people = world.read().await.people(scene.community.id).await.unwrap();
        let kept = names.iter().filter(|name| people.iter().any(|person| person.name == **name)).count();
        assert_eq!(kept, 2);
        assert!(people.iter().all(|person| person.name != failed[0]));
    }

    async fn a_lost_commit_has_happened(world) {
        let scene = world.scene().await;
        let store = troubled_once(&world, Moment::Commit, Trouble::Lost);
        let mut tx = store.write().await.unwrap();
        person(&mut tx, scene.community.id, "cyd").await;
        assert!(matches!(tx.commit().await, Err(StoreError::Database { .. })));
        assert_eq!(world.read().await.people(scene.community.id).await.unwrap().len(), 3);
    }

    async fn a_lost_beginning_has_done_nothing_and_others_are_spared(world) {
        let store = troubled_once(&world, Moment::BeginWrite, Trouble::Lost);
        world.store.write().await.expect("only the troubled store is troubled").commit().await.unwrap();
        assert!(matches!(store.write().await, Err(StoreError::Database { .. })));
        store.write().await.expect("the trouble is over").commit().await.unwrap();
    }
}
