//! Many at once: no lock errors, no lost updates, no half-written state.

use plsep_bot::{
    chat::Reply,
    store::{Before, Store, StoreError},
};

use super::harness::{noon, person, program};

/// Reads a number and writes the next one, as every flow does in its way.
async fn count_up(store: Store, who: usize) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    let season = tx.seasons().await?.remove(0);
    let mut program = plsep_domain::Program::clone(&season.program);
    program.contact = (program.contact.parse::<u32>().expect("a number was kept") + 1).to_string();
    tx.save_program(season.id, &program).await?;
    person(&mut tx, season.community, &format!("person-{who}")).await;
    tx.commit().await
}

stories! {
    async fn two_hundred_writers_lose_nothing_and_see_no_lock(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let mut program = program("plsep-2025");
        program.contact = "0".to_owned();
        tx.save_program(scene.season.id, &program).await.unwrap();
        tx.commit().await.unwrap();

        // Half of them through a second process.
        let stores = [world.store.clone(), world.second().await];
        let writers: Vec<_> =
            (0..200).map(|who| tokio::spawn(count_up(stores[who % 2].clone(), who))).collect();
        for writer in writers {
            writer.await.unwrap().expect("no writer fails");
        }
        let mut tx = world.read().await;
        assert_eq!(tx.season(scene.season.id).await.unwrap().program.contact, "200");
        assert_eq!(tx.people(scene.community.id).await.unwrap().len(), 202);
        stores[1].close().await;
    }

    async fn what_is_not_committed_never_was(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        person(&mut tx, scene.community.id, "cyd").await;
        drop(tx);
        assert_eq!(world.read().await.people(scene.community.id).await.unwrap().len(), 2);
        // The next writer is not kept waiting by the one that went away.
        world.write().await.commit().await.unwrap();
    }

    async fn a_reader_sees_one_moment_and_waits_for_nobody(world) {
        let scene = world.scene().await;
        let mut reader = world.read().await;
        assert_eq!(reader.people(scene.community.id).await.unwrap().len(), 2);
        let mut writer = world.write().await;
        person(&mut writer, scene.community.id, "cyd").await;
        assert_eq!(reader.people(scene.community.id).await.unwrap().len(), 2);
        writer.commit().await.unwrap();
        assert_eq!(reader.people(scene.community.id).await.unwrap().len(), 2);
        drop(reader);
        assert_eq!(world.read().await.people(scene.community.id).await.unwrap().len(), 3);
    }

    async fn a_reader_cannot_write(world) {
        let scene = world.scene().await;
        let mut reader = world.read().await;
        let refused = reader.set_present(scene.ada.id, false).await;
        assert!(matches!(refused, Err(StoreError::Database { .. })), "{refused:?}");
        drop(reader);
        assert!(world.read().await.person(scene.ada.id).await.unwrap().present);
    }

    async fn a_writer_waits_for_the_writer_before_it(world) {
        let scene = world.scene().await;
        let store = world.second().await;
        let mut first = world.write().await;
        let ask = scene.ask(&scene.ada, "event");
        let second = tokio::spawn(async move {
            let mut tx = store.write_for(&ask).await.unwrap();
            tx.opening(&ask).await.unwrap().expect("the community is known").before
        });
        first.remember_event(scene.community.id, "event", scene.ada.id, Some(&Reply::Nothing), noon()).unwrap();
        first.commit().await.unwrap();
        assert_eq!(second.await.unwrap(), Before::Acted(Some(Box::new(Reply::Nothing))));
    }
}
