//! The private question about the fit, who pauses, and what is written to a concern.

use plsep_bot::store::{NewConcern, StoreError};
use plsep_domain::pulse::{Fit, Occasion};
use plsep_domain::{CheckInAnswer, ConcernKind, Preferences, SeasonId};

use super::harness::{at, noon, pair, period};

stories! {
    async fn each_is_asked_once_on_each_occasion_and_their_latest_word_counts(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await.id;
        let (ada, ben) = (scene.ada.id, scene.ben.id);
        assert!(tx.ask_pulse(pair, ada, Occasion::FirstMeeting, noon()).await.unwrap());
        assert!(!tx.ask_pulse(pair, ada, Occasion::FirstMeeting, noon()).await.unwrap());
        assert!(tx.ask_pulse(pair, ada, Occasion::MidTerm, noon()).await.unwrap());
        assert!(tx.ask_pulse(pair, ben, Occasion::FirstMeeting, noon()).await.unwrap());
        for fit in [Fit::NotGood, Fit::Good] {
            tx.answer_pulse(pair, ada, Occasion::FirstMeeting, fit, noon()).await.unwrap();
        }
        tx.note_pulse(pair, ada, Occasion::FirstMeeting, "We laugh a lot").await.unwrap();
        let kept = tx.pulse(pair, ada, Occasion::FirstMeeting).await.unwrap().expect("it was asked");
        assert_eq!((kept.answer, kept.note.as_deref(), kept.asked_at), (Some(Fit::Good), Some("We laugh a lot"), noon()));
        assert_eq!(tx.pulse(pair, ben, Occasion::FirstMeeting).await.unwrap().expect("it was asked").answer, None);
        assert_eq!(tx.pulse(pair, ben, Occasion::MidTerm).await.unwrap(), None);
        assert_eq!(tx.pulses(scene.season.id).await.unwrap().len(), 3);
        assert_eq!(tx.pulses(SeasonId::from(999)).await.unwrap(), []);
        let unasked = tx.answer_pulse(pair, ben, Occasion::MidTerm, Fit::Good, noon()).await;
        assert!(matches!(unasked, Err(StoreError::Missing { .. })), "{unasked:?}");
    }

    async fn a_pair_met_first_when_its_latest_words_say_so(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let pair = pair(&mut tx, &scene).await.id;
        let (march, april) = (period("2025-03"), period("2025-04"));
        let later = at("2025-04-20T17:00:00Z");
        assert_eq!(tx.first_met(scene.season.id).await.unwrap(), []);
        tx.record_answer(pair, scene.ada.id, march, CheckInAnswer::Met, noon()).await.unwrap();
        assert_eq!(tx.first_met(scene.season.id).await.unwrap(), [(pair, noon())]);
        // It was a slip.
        tx.record_answer(pair, scene.ada.id, march, CheckInAnswer::NotYet, at("2025-03-21T17:00:00Z")).await.unwrap();
        assert_eq!(tx.first_met(scene.season.id).await.unwrap(), []);
        tx.record_answer(pair, scene.ben.id, april, CheckInAnswer::Met, later).await.unwrap();
        assert_eq!(tx.first_met(scene.season.id).await.unwrap(), [(pair, later)]);
        assert_eq!(tx.first_met(SeasonId::from(999)).await.unwrap(), []);
    }

    async fn who_pauses_is_found_until_the_pause_is_over(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let until = at("2025-03-20T17:00:00Z");
        let paused = Preferences { snoozed_until: Some(until), ..Preferences::default() };
        tx.set_preferences(scene.ada.id, &paused).await.unwrap();
        let here = scene.community.id;
        assert_eq!(tx.snoozed(here, noon()).await.unwrap(), [(scene.ada.id, until)]);
        assert_eq!(tx.snoozed(here, until).await.unwrap(), []);
        assert_eq!(tx.snoozed(999.into(), noon()).await.unwrap(), []);
    }

    async fn a_note_is_kept_with_a_concern_of_ones_own(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let (here, ada) = (scene.community.id, scene.ada.id);
        let season = scene.season.id;
        let key = "fit:1".to_owned();
        let concern = NewConcern { season, key, kind: ConcernKind::NotGoodFit, pair: None, person: Some(ada), note: None };
        assert!(tx.raise_concern(here, &concern, noon()).await.unwrap());
        assert!(tx.note_concern(here, "fit:1", ada, "Different hours").await.unwrap());
        assert!(!tx.note_concern(here, "fit:1", scene.ben.id, "Mine").await.unwrap());
        assert!(!tx.note_concern(here, "fit:2", ada, "None").await.unwrap());
        assert_eq!(tx.open_concerns(here).await.unwrap()[0].note.as_deref(), Some("Different hours"));
    }

    async fn a_concern_has_one_coordinator_and_is_resolved_once(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let (here, ada, ben) = (scene.community.id, scene.ada.id, scene.ben.id);
        let (season, key) = (scene.season.id, "asked:1".to_owned());
        let concern = NewConcern { season, key, kind: ConcernKind::Asked, pair: None, person: None, note: None };
        assert!(tx.raise_concern(here, &concern, noon()).await.unwrap());
        let id = tx.concern_at(here, "asked:1").await.unwrap().unwrap().id;
        assert!(tx.assign_concern(id, None, ada).await.unwrap());
        assert!(!tx.assign_concern(id, None, ben).await.unwrap(), "somebody has it");
        assert!(tx.assign_concern(id, Some(ada), ben).await.unwrap());
        assert!(tx.resolve_concern(id, ben, "Called them", noon()).await.unwrap());
        assert!(!tx.resolve_concern(id, ada, "Me too", noon()).await.unwrap());
        assert!(!tx.assign_concern(id, Some(ben), ada).await.unwrap(), "it is resolved");
        let kept = tx.concern(here, id).await.unwrap().unwrap();
        assert_eq!((kept.resolved_by, kept.resolution.as_deref()), (Some(ben), Some("Called them")));
        assert_eq!(tx.open_concerns(here).await.unwrap(), []);
        assert!(tx.reopen_concern(id).await.unwrap());
        assert!(!tx.reopen_concern(id).await.unwrap());
        assert_eq!(tx.open_concerns(here).await.unwrap()[0].resolution, None);
        assert_eq!(tx.concern(999.into(), id).await.unwrap(), None);
    }
}
