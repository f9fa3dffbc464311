//! Meetings: set, changed, reported, due, and half typed.

use plsep_bot::store::{Meeting, MeetingDraft, MeetingReport, NewMeeting, Pair, StoreError, every_pair};
use plsep_domain::{Cadence, MeetingState};

use super::harness::{Scene, at, noon, pair, person};

fn new_meeting(scene: &Scene, pair: &Pair) -> NewMeeting {
    NewMeeting {
        pair: pair.id,
        starts_at: at("2025-03-14T21:00:00Z"),
        minutes: 45,
        place: "Zoom \u{1F4DA} \u{202e}**@everyone**".to_owned(),
        state: MeetingState::Planned,
        set_by: scene.ada.id,
        remind_at: Some(at("2025-03-13T21:00:00Z")),
        ask_at: Some(at("2025-03-15T00:00:00Z")),
    }
}

stories! {
    async fn of_two_changes_at_once_one_comes_too_late(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await;
        let set = tx.insert_meeting(&new_meeting(&scene, &pair), noon()).await.unwrap();
        assert_eq!((set.sequence, set.state), (0, MeetingState::Planned));
        assert_eq!(set.place, new_meeting(&scene, &pair).place);
        assert_eq!(set.ends_at(), at("2025-03-14T21:45:00Z"));
        let moved = Meeting { starts_at: at("2025-03-15T21:00:00Z"), set_by: scene.ben.id, ..set.clone() };
        assert!(tx.change_meeting(&moved, noon()).await.unwrap());
        let called_off = Meeting { state: MeetingState::Cancelled, ..set.clone() };
        assert!(!tx.change_meeting(&called_off, noon()).await.unwrap(), "it was read before it was moved");
        let kept = tx.meeting(set.id).await.unwrap();
        assert_eq!(kept, Meeting { sequence: 1, ..moved });
        assert_eq!(tx.meeting(999.into()).await, Err(StoreError::Missing { what: "meeting" }));
    }

    async fn a_pair_has_one_meeting_for_one_moment(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await;
        let first = tx.insert_meeting(&new_meeting(&scene, &pair), noon()).await.unwrap();
        tx.change_meeting(&Meeting { state: MeetingState::Cancelled, ..first.clone() }, noon()).await.unwrap();
        let second = tx.insert_meeting(&new_meeting(&scene, &pair), noon()).await.unwrap();
        tx.commit().await.unwrap();
        let twice = world.write().await.insert_meeting(&new_meeting(&scene, &pair), noon()).await;
        assert!(matches!(twice, Err(StoreError::Taken { .. })), "{twice:?}");
        let ids: Vec<_> = world.read().await.meetings_of(pair.id).await.unwrap().iter().map(|it| it.id).collect();
        assert_eq!(ids, [first.id, second.id]);
    }

    async fn what_is_due_is_found_until_it_is_done(world) {
        let scene = world.scene().await;
        let season = scene.season.id;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await;
        assert_eq!(tx.next_meeting_moments().await.unwrap(), []);
        let set = tx.insert_meeting(&new_meeting(&scene, &pair), noon()).await.unwrap();
        let (remind_at, ask_at) = (set.remind_at.unwrap(), set.ask_at.unwrap());
        assert_eq!(tx.next_meeting_moments().await.unwrap(), [(season, remind_at)]);
        assert_eq!(tx.due_meetings(season, at("2025-03-13T20:59:59Z")).await.unwrap(), []);
        assert_eq!(tx.due_meetings(season, remind_at).await.unwrap(), std::slice::from_ref(&set));
        tx.set_meeting_moments(set.id, None, set.ask_at).await.unwrap();
        assert_eq!(tx.next_meeting_moments().await.unwrap(), [(season, ask_at)]);
        assert_eq!(tx.due_meetings(season, at("2025-03-14T23:59:59Z")).await.unwrap(), []);
        assert_eq!(tx.due_meetings(season, ask_at).await.unwrap().len(), 1);
        tx.set_meeting_moments(set.id, None, None).await.unwrap();
        assert_eq!(tx.next_meeting_moments().await.unwrap(), []);
    }

    async fn a_month_holds_the_meetings_that_begin_in_it(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await;
        let (from, until) = (at("2025-03-01T08:00:00Z"), at("2025-04-01T07:00:00Z"));
        let second = chrono::TimeDelta::seconds(1);
        for starts_at in [from - second, from, until - second, until] {
            tx.insert_meeting(&NewMeeting { starts_at, ..new_meeting(&scene, &pair) }, noon()).await.unwrap();
        }
        let found = tx.meetings_in(scene.season.id, (from, until), &every_pair()).await.unwrap();
        assert_eq!(found.iter().map(|it| it.starts_at).collect::<Vec<_>>(), [from, until - second]);
        let nobody = pair.id.get() + 1;
        let none = tx.meetings_in(scene.season.id, (from, until), &(nobody.into()..=nobody.into())).await.unwrap();
        assert_eq!(none, []);
    }

    async fn each_answers_for_themselves_and_the_latest_word_counts(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await;
        let set = tx.insert_meeting(&new_meeting(&scene, &pair), noon()).await.unwrap();
        let said = |person, held, hour: u32| MeetingReport { person, held, at: at(&format!("2025-03-15T{hour:02}:00:00Z")) };
        let (ada, ben) = (scene.ada.id, scene.ben.id);
        tx.report_meeting(set.id, &said(ada, false, 1)).await.unwrap();
        tx.report_meeting(set.id, &said(ben, true, 2)).await.unwrap();
        tx.report_meeting(set.id, &said(ada, true, 3)).await.unwrap();
        assert_eq!(tx.meeting_reports(set.id).await.unwrap(), [said(ben, true, 2), said(ada, true, 3)]);
        tx.set_meeting_state(set.id, MeetingState::Held, noon()).await.unwrap();
        assert_eq!(tx.meeting(set.id).await.unwrap().state, MeetingState::Held);
        let cyd = person(&mut tx, scene.community.id, "cyd").await;
        let stranger = tx.report_meeting(set.id, &said(cyd.id, true, 4)).await;
        assert_eq!(stranger, Err(StoreError::Missing { what: "meeting of this person" }));
        tx.clear_meeting_reports(set.id).await.unwrap();
        assert_eq!(tx.meeting_reports(set.id).await.unwrap(), []);
    }

    async fn what_is_half_typed_is_kept_until_it_is_set(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let draft = |words: &str| MeetingDraft { words: words.to_owned(), place: "Zoom\0".to_owned(), ..Default::default() };
        tx.keep_meeting_draft(scene.ada.id, "set:1", &draft("fri 9"), noon()).await.unwrap();
        tx.keep_meeting_draft(scene.ada.id, "set:1", &draft("friday at 9"), noon()).await.unwrap();
        tx.keep_meeting_draft(scene.ben.id, "set:1", &draft("sat 9"), noon()).await.unwrap();
        let kept = tx.meeting_draft(scene.ada.id, "set:1").await.unwrap().unwrap();
        assert_eq!((kept.words.as_str(), kept.place.as_str()), ("friday at 9", "Zoom"));
        tx.drop_meeting_draft(scene.ada.id, "set:1").await.unwrap();
        assert_eq!(tx.meeting_draft(scene.ada.id, "set:1").await.unwrap(), None);
        assert!(tx.meeting_draft(scene.ben.id, "set:1").await.unwrap().is_some());
    }

    async fn a_pair_meets_monthly_until_it_says_otherwise(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await;
        assert_eq!(pair.cadence, Cadence::Monthly);
        for cadence in Cadence::ALL {
            tx.set_cadence(pair.id, cadence).await.unwrap();
            assert_eq!(tx.pair(pair.id).await.unwrap().cadence, cadence);
        }
        let missing = tx.set_cadence(999.into(), Cadence::Weekly).await;
        assert_eq!(missing, Err(StoreError::Missing { what: "pair" }));
    }
}
