//! A meeting is moved while nobody knows whether its message stands there: if it does, it is changed like any other; if
//! it arrives after everybody has looked, it is taken away.

use plsep_domain::MeetingState;

use super::*;
use crate::store::{Meeting, NewMeeting, Terms, Wanted};

impl Scene {
    async fn introduced(&self) {
        let (key, introduction) = self.introduction();
        self.enqueue(&key, introduction).await;
        self.play().await;
    }

    /// A meeting is set, and what the pair is told of it is due.
    async fn sets_a_meeting(&self) -> Meeting {
        let new = NewMeeting {
            pair: self.pair.id,
            starts_at: self.now() + TimeDelta::days(3),
            minutes: 60,
            place: String::new(),
            state: MeetingState::Planned,
            set_by: self.pair.mentor,
            remind_at: None,
            ask_at: None,
        };
        let effect = Effect::Post { to: To::Pair(self.pair.id), message: words() };
        let post = NewEffect { community: self.community, key: "meeting".into(), due_at: self.now(), effect };
        let mut tx = self.store.write().await.unwrap();
        let meeting = tx.insert_meeting(&new, self.now()).await.unwrap();
        let wanted = Wanted::Meeting { meeting: meeting.id, sequence: meeting.sequence, planned: false };
        let terms = Terms { wanted: Some(wanted), ..Terms::default() };
        assert!(tx.enqueue_on(&post, &terms, self.now()).await.unwrap());
        tx.commit().await.unwrap();
        meeting
    }

    /// It is moved, and the message before it is to say so.
    async fn moves(&self, meeting: Meeting) {
        let moved = Meeting { starts_at: meeting.starts_at + TimeDelta::days(1), ..meeting };
        let mut tx = self.store.write().await.unwrap();
        assert!(tx.change_meeting(&moved, self.now()).await.unwrap());
        tx.commit().await.unwrap();
        self.enqueue("meeting:over", Effect::Update { posted: "meeting".into(), message: words() }).await;
    }

    /// A meeting is moved while its message is in doubt. How often the message stands there in the end, and how often it
    /// was changed.
    async fn moved_in_doubt(how: How) -> (usize, usize) {
        let scene = Self::new("", None).await;
        scene.introduced().await;
        let meeting = scene.sets_a_meeting().await;
        scene.next_call(how);
        scene.process(4).run_due().await.unwrap();
        scene.moves(meeting).await;
        scene.play().await;
        let (stand, changed) = {
            let seen = scene.paper.seen();
            let stand = seen.posts.iter().filter(|(_, key)| key == "meeting").count();
            (stand, seen.changed.len())
        };
        let mut tx = scene.store.read().await.unwrap();
        assert_eq!(
            (tx.pending_effects().await.unwrap(), tx.dead_letters(scene.community).await.unwrap().len()),
            (0, 0)
        );
        (stand, changed)
    }
}

#[tokio::test]
async fn what_was_posted_in_doubt_and_is_not_wanted_any_more_is_changed_where_it_stands() {
    assert_eq!(Scene::moved_in_doubt(How::LostAfter).await, (1, 1));
}

#[tokio::test]
async fn what_never_arrived_and_is_not_wanted_any_more_is_let_go_with_its_change() {
    assert_eq!(Scene::moved_in_doubt(How::FailsUnclearly).await, (0, 0));
}

#[tokio::test]
async fn what_arrives_after_it_was_let_go_is_taken_away() {
    assert_eq!(Scene::moved_in_doubt(How::ArrivesLate).await, (0, 0));
}
