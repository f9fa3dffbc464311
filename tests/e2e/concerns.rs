//! What coordinators are asked to look at: who looks after it, what came of it, and that nobody does it twice.

use plsep_bot::store::NewConcern;
use plsep_bot::words::{Deed, OfficeDeed};
use plsep_domain::ConcernKind;
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, Story, run_test};

/// Ada and Grace are a pair, Ada asks for help in March, and Ben coordinates beside Sam.
async fn until_help_is_asked(t: &Story) {
    t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
    t.person("dana").commands("coordinators add", &[("person", "@ben")]).await;
    t.travel_to("2025-03-20 10:00").await;
    let ada = t.person("ada");
    ada.answers("2025-03", "need_help").await;
    t.drain().await;
}

async fn open(t: &Story) -> Vec<plsep_bot::store::Concern> {
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let community = t.community_in(&mut tx).await;
    tx.open_concerns(community).await.expect("it reads")
}

#[tokio::test]
async fn a_call_for_help_is_taken_handed_over_and_resolved_once() {
    run_test(Both, async |t| {
        until_help_is_asked(&t).await;
        let mut sam = t.person("sam");
        let ben = t.person("ben");
        let id = open(&t).await[0].id;
        sam.reads();
        sam.commands("concerns list", &[]).await;
        t.snapshot("concerns_queue", &sam.reads());
        sam.presses_deed(&Deed::Office(OfficeDeed::TakeConcern(id))).await;
        t.drain().await;
        t.snapshot("concern_taken", &sam.reads());
        ben.sees("looks after it.");

        // Both pressed at the same moment: the second is told.
        let answer = t.forges("ben", OfficeDeed::TakeConcern(id).action()).await;
        assert!(answer.contains("Another coordinator looks after this already"), "{answer}");

        let ben_is = ben_is(&t).await;
        sam.chooses(&Deed::Office(OfficeDeed::HandConcern(id)), &ben_is).await;
        sam.sees("It is handed over");
        t.drain().await;
        ben.sees("asks you to look after this");
        ben.presses("Resolve with a note").await;
        ben.sends(&[("resolution", &["Called both; they meet on Friday. <!channel>"])]).await;
        t.drain().await;
        ben.sees("Resolved by");
        sam.sees("Called both");
        assert!(open(&t).await.is_empty());
        let again = [("resolution".to_owned(), vec!["Once more".to_owned()])].into();
        let answer = t.forges_submission("sam", OfficeDeed::ResolveConcern(id).action(), again).await;
        assert!(answer.contains("This is resolved already"), "{answer}");
        sam.commands("concerns list", &[]).await;
        sam.sees("There is nothing to look at");

        ben.presses("Open it again").await;
        t.drain().await;
        assert_eq!(open(&t).await.len(), 1);
        let audit = t.audit().await;
        let tail = &audit[audit.len() - 4..];
        assert_eq!(tail, ["sam: concern.assign", "sam: concern.assign", "ben: concern.resolve", "ben: concern.reopen"]);
        // The pair sees nothing of it.
        for handle in ["ada", "grace"] {
            t.person(handle).sees_no("looks after it");
            t.person(handle).sees_no("Called both");
        }
    })
    .await;
}

async fn ben_is(t: &Story) -> String {
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let community = t.community_in(&mut tx).await;
    let user = plsep_bot::chat::UserRef(t.id_of("ben"));
    tx.person_at(community, &user).await.expect("it reads").expect("he coordinates").id.to_string()
}

#[tokio::test]
async fn what_is_made_up_or_empty_resolves_nothing() {
    run_test(Both, async |t| {
        until_help_is_asked(&t).await;
        let id = open(&t).await[0].id;
        let blank = || [("resolution".to_owned(), vec![" \n ".to_owned()])].into();
        let answer = t.forges_submission("sam", OfficeDeed::ResolveConcern(id).action(), blank()).await;
        assert!(answer.contains("There were no words in your note"), "{answer}");
        for deed in [OfficeDeed::TakeConcern(4711.into()), OfficeDeed::ShowConcern(4711.into())] {
            let answer = t.forges("sam", deed.action()).await;
            assert!(answer.contains("This button is too old"), "{answer}");
        }
        let answer = t.forges_submission("ada", OfficeDeed::ResolveConcern(id).action(), blank()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        assert_eq!(open(&t).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_long_queue_is_read_page_by_page_oldest_first() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        let mut tx = t.stage.store.write().await.expect("the database takes it");
        let community = t.community_in(&mut tx).await;
        let season = tx.current_season(community).await.expect("it reads").expect("there is one").id;
        for (number, kind) in ConcernKind::ALL.into_iter().cycle().take(23).enumerate() {
            let key = format!("story:{number}");
            let concern = NewConcern { season, key, kind, pair: None, person: None, note: None };
            assert!(tx.raise_concern(community, &concern, t.now()).await.expect("it is sound"));
        }
        tx.commit().await.expect("the database takes it");
        sam.commands("concerns list", &[]).await;
        sam.sees("23 things to look at");
        sam.sees("Page 1 of 3");
        sam.presses("Next page").await;
        sam.presses("Next page").await;
        sam.sees("Page 3 of 3");
        sam.chooses(&Deed::Office(OfficeDeed::PickConcern), &open(&t).await[22].id.to_string()).await;
        sam.sees("Nobody looks after it yet");
    })
    .await;
}
