//! Signs of life of the pairs, and when pairs were published.

use plsep_bot::store::NewMeeting;
use plsep_domain::{CheckInAnswer, MeetingState};

use super::harness::{at, noon, pair, period};

stories! {
    async fn the_latest_sign_of_a_pair_is_its_latest_word_or_meeting(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await.id;
        assert_eq!(tx.last_signs(scene.season.id).await.unwrap(), []);
        let said = at("2025-03-20T17:00:00Z");
        tx.record_answer(pair, scene.ada.id, period("2025-03"), CheckInAnswer::NotYet, said).await.unwrap();
        assert_eq!(tx.last_signs(scene.season.id).await.unwrap(), [(pair, said)]);
        let starts_at = at("2025-04-20T17:00:00Z");
        let meeting = NewMeeting {
            pair,
            starts_at,
            minutes: 60,
            place: String::new(),
            state: MeetingState::Planned,
            set_by: scene.ada.id,
            remind_at: None,
            ask_at: None,
        };
        let meeting = tx.insert_meeting(&meeting, said).await.unwrap();
        assert_eq!(tx.last_signs(scene.season.id).await.unwrap(), [(pair, starts_at)], "a plan is a sign of life");
        tx.set_meeting_state(meeting.id, MeetingState::Missed, said).await.unwrap();
        assert_eq!(tx.last_signs(scene.season.id).await.unwrap(), [(pair, said)], "one that fell through is none");
        assert!(tx.record_nudge(pair, period("2025-03"), 0, noon()).await.unwrap());
        assert!(tx.record_nudge(pair, period("2025-03"), 1, said).await.unwrap());
        let mut asked = [(pair, noon()), (pair, said)];
        asked.sort_by_key(|(_, at)| *at);
        assert_eq!(tx.questions_asked(scene.season.id).await.unwrap(), asked);
    }

    async fn a_pair_was_published_with_its_proposal(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await;
        assert_eq!(tx.pairs_published(scene.season.id).await.unwrap(), []);
        assert!(tx.publish_proposal(pair.proposal, noon()).await.unwrap());
        assert_eq!(tx.pairs_published(scene.season.id).await.unwrap(), [(pair.id, noon())]);
    }
}
