//! What an event begins with is read in one go, and a program that was read before is never an old one.

use plsep_bot::{
    chat::{CommunityRef, UserRef},
    store::{Ask, Before, Opening, PersonSeen, Tx},
};
use plsep_domain::{Program, Role};

use super::harness::{noon, program};

fn named(contact: &str) -> Program {
    Program { contact: contact.to_owned(), ..program("plsep-2025") }
}

async fn contact(tx: &mut Tx, season: plsep_domain::SeasonId) -> String {
    tx.season(season).await.unwrap().program.contact.clone()
}

stories! {
    async fn an_event_begins_with_all_there_is(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let opening = tx.opening(&scene.ask(&scene.ada, "Ev")).await.unwrap().expect("it is known");
        let Opening { community, person, season, application, before, receiver } = opening;
        assert_eq!((community, person), (scene.community.clone(), Some(scene.ada.clone())));
        assert_eq!((season, application, before), (Some(scene.season.clone()), None, Before::Nothing));
        assert_eq!(receiver, None);
        let stranger = tx.opening(&Ask::new(&scene.community.at, &UserRef("U-new".to_owned()), "Ev")).await.unwrap();
        assert_eq!(stranger.expect("the community is known").person, None);
        let elsewhere = CommunityRef { chat: "discord".to_owned(), ..scene.community.at.clone() };
        assert_eq!(tx.opening(&Ask::new(&elsewhere, &scene.ada.user, "Ev")).await.unwrap(), None);
        let begun = tx.start_application(scene.season.id, scene.ada.id, Role::Mentor, noon()).await.unwrap();
        let opening = tx.opening(&scene.ask(&scene.ada, "Ev")).await.unwrap().expect("it is known");
        assert_eq!(opening.application, Some(begun));
        let other = tx.opening(&scene.ask(&scene.ben, "Ev")).await.unwrap().expect("it is known");
        assert_eq!(other.application, None, "nobody finds another's");
        let next = tx.insert_season(scene.community.id, &program("plsep-2026"), noon()).await.unwrap();
        let opening = tx.opening(&scene.ask(&scene.ada, "Ev")).await.unwrap().expect("it is known");
        assert_eq!(tx.seasons_of(scene.community.id).await.unwrap(), [next.clone(), scene.season.clone()]);
        assert_eq!(tx.seasons_of(999.into()).await.unwrap(), []);
        assert_eq!((opening.season, opening.application), (Some(next), None), "the newest season counts");
    }

    async fn who_is_known_as_they_are_seen_need_not_be_written(world) {
        let scene = world.scene().await;
        let seen = PersonSeen {
            user: scene.ada.user.clone(),
            name: scene.ada.name.clone(),
            locale: None,
            zone: scene.ada.zone.clone(),
            email: None,
        };
        assert!(seen.tells_nothing_new_of(&scene.ada));
        assert!(!seen.tells_nothing_new_of(&scene.ben));
        assert!(!PersonSeen { name: "Ada R.".to_owned(), ..seen.clone() }.tells_nothing_new_of(&scene.ada));
        assert!(!PersonSeen { locale: Some("es".to_owned()), ..seen.clone() }.tells_nothing_new_of(&scene.ada));
        let gone = plsep_bot::store::Person { present: false, ..scene.ada.clone() };
        assert!(!seen.tells_nothing_new_of(&gone));
    }

    async fn a_moved_date_is_seen_at_once_by_every_process(world) {
        let scene = world.scene().await;
        let second = world.second().await;
        for round in 0..3 {
            let mut other = second.read().await.unwrap();
            contact(&mut other, scene.season.id).await;
            drop(other);
            let mut tx = world.write().await;
            tx.save_program(scene.season.id, &named(&format!("round {round}"))).await.unwrap();
            assert_eq!(contact(&mut tx, scene.season.id).await, format!("round {round}"));
            tx.commit().await.unwrap();
            let mut other = second.read().await.unwrap();
            assert_eq!(contact(&mut other, scene.season.id).await, format!("round {round}"));
            let opening = other.opening(&scene.ask(&scene.ada, "Ev")).await.unwrap();
            assert_eq!(opening.unwrap().season.unwrap().program.contact, format!("round {round}"));
        }
        second.close().await;
    }

    async fn a_change_that_came_to_nothing_is_forgotten(world) {
        let scene = world.scene().await;
        let before = scene.season.program.contact.clone();
        let mut tx = world.write().await;
        tx.save_program(scene.season.id, &named("never")).await.unwrap();
        assert_eq!(contact(&mut tx, scene.season.id).await, "never", "it was read, and so remembered");
        drop(tx);
        assert_eq!(contact(&mut world.read().await, scene.season.id).await, before);
        let mut tx = world.write().await;
        tx.save_program(scene.season.id, &named("in earnest")).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(contact(&mut world.read().await, scene.season.id).await, "in earnest");
    }

    async fn a_season_that_came_to_nothing_leaves_no_program_to_the_next(world) {
        let scene = world.scene().await;
        for contact_of in ["one", "another"] {
            let mut tx = world.write().await;
            let season = Program { key: "plsep-2026".to_owned(), ..named(contact_of) };
            let season = tx.insert_season(scene.community.id, &season, noon()).await.unwrap();
            assert_eq!(contact(&mut tx, season.id).await, contact_of);
        }
    }

    async fn a_program_changed_by_hand_is_read_anew(world) {
        let scene = world.scene().await;
        contact(&mut world.read().await, scene.season.id).await;
        let changed = serde_json::to_string(&named("by hand")).unwrap();
        world.raw(format!("UPDATE seasons SET program = '{changed}'")).await.unwrap();
        assert_eq!(contact(&mut world.read().await, scene.season.id).await, "by hand");
    }
}
