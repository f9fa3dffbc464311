//! Announcements: asked once, sent once, counted, stopped, tried again.

use plsep_bot::chat::{Message, Text};
use plsep_bot::store::{AnnouncementState, Effect, NewEffect, To, announcement_keys};
use plsep_domain::{AnnouncementCounts, Audience};
use serde_json::json;

use super::harness::{at, noon};

stories! {
    async fn an_announcement_is_sent_once_and_its_words_are_forgotten(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let (here, season, ada) = (scene.community.id, scene.season.id, scene.ada.id);
        let keep = (Audience::Mentees, "Hello", 2);
        let left = tx.keep_announcement((here, season), ada, keep, noon()).await.unwrap();
        let id = tx.keep_announcement((here, season), ada, keep, noon()).await.unwrap();
        let states = (AnnouncementState::Asked, AnnouncementState::Sending);
        assert!(!tx.move_announcement(left, states, noon()).await.unwrap(), "it was left for the other");
        assert_eq!(tx.announcement(here, id).await.unwrap().unwrap().words.as_deref(), Some("Hello"));
        assert_eq!(tx.announcement(999.into(), id).await.unwrap(), None);
        assert!(tx.move_announcement(id, states, noon()).await.unwrap());
        assert!(!tx.move_announcement(id, states, noon()).await.unwrap());
        let sent = tx.announcement(here, id).await.unwrap().unwrap();
        assert_eq!((sent.words, sent.audience, sent.messages), (None, Audience::Mentees, 2));
        assert_eq!(tx.announcements_going_out().await.unwrap().len(), 1);
        let asked = tx.keep_announcement((here, season), ada, keep, noon()).await.unwrap();
        assert_eq!(tx.forget_announcements(noon()).await.unwrap(), 0);
        assert_eq!(tx.forget_announcements(at("2025-01-15T12:00:01Z")).await.unwrap(), 1);
        assert_eq!(tx.announcement(here, asked).await.unwrap().unwrap().state, AnnouncementState::Left);
    }

    async fn its_messages_are_counted_stopped_and_tried_again(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let (community, season, ada) = (scene.community.id, scene.season.id, scene.ada.id);
        let keep = (Audience::Everyone, "Hello", 4);
        let id = tx.keep_announcement((community, season), ada, keep, noon()).await.unwrap();
        let message = Message::paragraph(Text::plain("Hello"));
        let keys = announcement_keys(id);
        for (number, person) in [(1, ada), (2, scene.ben.id), (3, ada), (4, scene.ben.id)] {
            let effect = Effect::Post { to: To::Person(person), message: message.clone() };
            let new = NewEffect { community, key: format!("{keys}{number}"), due_at: noon(), effect };
            assert!(tx.enqueue(&new, noon()).await.unwrap());
        }
        // That of another announcement, whose number begins alike.
        let effect = Effect::Post { to: To::Coordinators, message };
        let other = NewEffect { community, key: format!("announce:{id}1:1"), due_at: noon(), effect };
        assert!(tx.enqueue(&other, noon()).await.unwrap());
        let until = at("2025-01-15T12:05:00Z");
        let claimed = tx.claim("w1", noon(), until, 2, &[]).await.unwrap();
        assert!(tx.finish(&claimed[0].lease, &json!({ "message": 1 }), noon()).await.unwrap());
        assert!(tx.bury(&claimed[1].lease, "gone", noon()).await.unwrap());
        let counts = AnnouncementCounts { sent: 1, waiting: 2, failed: 1, ..AnnouncementCounts::default() };
        assert_eq!(tx.announcement_counts(community, id).await.unwrap(), counts);
        let going = tx.claim("w1", noon(), until, 1, &[]).await.unwrap();
        assert_eq!(tx.stop_announcement(community, id, noon()).await.unwrap(), 1, "one is being sent");
        assert_eq!(tx.revive_announcement(community, id, noon()).await.unwrap(), 1);
        let counts = AnnouncementCounts { sent: 1, waiting: 2, stopped: 1, ..AnnouncementCounts::default() };
        assert_eq!(tx.announcement_counts(community, id).await.unwrap(), counts);
        assert!(tx.finish(&going[0].lease, &json!({ "message": 2 }), noon()).await.unwrap());
        assert_eq!(tx.pending_effects().await.unwrap(), 2, "the one that is tried again, and the other's");
    }

    async fn what_was_not_sent_yet_is_stopped_and_the_rest_is_known(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let community = scene.community.id;
        let before = at("2025-01-15T11:00:00Z");
        assert!(!tx.sends_since(community, before, "date:").await.unwrap());
        for (key, number) in [("date:1:", 1), ("date:1:", 2), ("date:11:", 3)] {
            let effect = Effect::Post { to: To::Coordinators, message: Message::paragraph(Text::plain("Hello")) };
            let new = NewEffect { community, key: format!("{key}{number}"), due_at: noon(), effect };
            assert!(tx.enqueue(&new, noon()).await.unwrap());
        }
        let claimed = tx.claim("w1", noon(), at("2025-01-15T12:05:00Z"), 1, &[]).await.unwrap();
        assert!(tx.finish(&claimed[0].lease, &json!({ "message": 1 }), noon()).await.unwrap());
        assert_eq!(tx.stop_effects(community, "date:1:", noon()).await.unwrap(), 1);
        assert_eq!(tx.unstopped_keys(community, "date:1:").await.unwrap(), ["date:1:1"]);
        assert_eq!(tx.unstopped_keys(community, "date:").await.unwrap(), ["date:1:1", "date:11:3"]);
        assert!(!tx.sends_since(community, before, "date:").await.unwrap());
        assert!(tx.sends_since(community, noon(), "date:1:").await.unwrap(), "another's counts");
        assert!(!tx.sends_since(community, at("2025-01-15T12:00:01Z"), "date:1:").await.unwrap());
    }
}
