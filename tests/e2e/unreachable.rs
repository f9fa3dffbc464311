//! Somebody takes no direct messages: what is for them waits for their visit, they hear that something waits where they
//! are with their partner, and coordinators hear once.

use plsep_bot::chat::{Message, Text};
use plsep_bot::store::{Effect, NewEffect, To};
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::concern::ConcernKind;
use plsep_sandbox::FaultKind;

use super::harness::{Both, OnSlack, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];
const WAITS: &str = "I have something to tell you and cannot write to you directly";

/// The program has something to tell Ada directly, as any flow leaves it.
async fn ada_is_told(t: &Story, key: &str, words: &str) {
    let mentee = t.pairs().await.remove(0).mentee;
    let mut tx = t.stage.store.write().await.expect("the database takes it");
    let community = t.community_in(&mut tx).await;
    let effect = Effect::Post { to: To::Person(mentee), message: Message::paragraph(Text::plain(words)) };
    let new = NewEffect { community, key: key.to_owned(), due_at: t.now(), effect };
    assert!(tx.enqueue(&new, t.now()).await.expect("it is sound"));
    tx.commit().await.expect("the database takes it");
    t.drain().await;
}

async fn concerns(t: &Story) -> usize {
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let community = t.community_in(&mut tx).await;
    let open = tx.open_concerns(community).await.expect("it reads");
    open.iter().filter(|concern| concern.kind == ConcernKind::Unreachable).count()
}

#[tokio::test]
async fn what_cannot_be_said_directly_is_read_at_the_next_visit() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (mut ada, grace, sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        t.directs_closed("ada", true);
        ada_is_told(&t, "note:1", "Your first secret.").await;
        ada_is_told(&t, "note:2", "Your second secret.").await;
        ada.sees_no("secret");

        // One word where she is with her partner, which gives nothing away.
        let word = grace.in_room(WAITS);
        assert_eq!((word.len(), word[0].pings.as_slice()), (1, ["Ada Reyes".to_owned()].as_slice()));
        grace.sees_no("secret");
        sam.sees_times(1, "I cannot write to");
        assert_eq!(concerns(&t).await, 1);

        ada.reads();
        ada.asks("home", &[]).await;
        t.snapshot("unreachable_home", &ada.reads());
        ada.sees_times(1, "Your first secret.");
        ada.sees_times(1, "Your second secret.");
        grace.sees_no("secret");
        // Shown is settled.
        ada.presses("Show where I stand").await;
        ada.sees("You are matched as a mentee");
        ada.sees_times(1, "Your first secret.");

        // The next day another word, and no second notice for the office.
        t.travel_to("2025-02-19 10:00").await;
        ada_is_told(&t, "note:3", "Your third secret.").await;
        assert_eq!(grace.in_room(WAITS).len(), 2);
        sam.sees_times(1, "I cannot write to");
        assert_eq!(concerns(&t).await, 1);

        // Opened again, what comes next comes directly; what waited waits on.
        t.directs_closed("ada", false);
        ada_is_told(&t, "note:4", "Your fourth secret.").await;
        ada.sees_times(1, "Your fourth secret.");
        ada.sees_no("Your third secret.");
        ada.asks("status", &[]).await;
        ada.sees_times(1, "Your third secret.");
    })
    .await;
}

#[tokio::test]
async fn what_was_not_shown_waits_on() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.directs_closed("ada", true);
        ada_is_told(&t, "note:1", "Your first secret.").await;
        let ada = t.person("ada");
        t.expects_no_answer(1);
        if t.on_discord() {
            t.expects_error("somebody is told that something went wrong");
        }
        // The answer does not get through, nor does the apology or what comes directly in its place.
        let answers = if t.on_discord() { "/callback" } else { "/commands/" };
        for _ in 0..4 {
            t.goes_wrong(answers, FaultKind::Answer { status: 503, headers: vec![], body: String::new() }, 0);
        }
        ada.asks("status", &[]).await;
        ada.sees_no("secret");
        t.forgets_faults();
        ada.asks("status", &[]).await;
        ada.sees_times(1, "Your first secret.");
        ada.asks("status", &[]).await;
        ada.sees("You are matched as a mentee");
        ada.sees_times(1, "Your first secret.");
    })
    .await;
}

#[tokio::test]
async fn a_word_that_something_waits_comes_at_a_civil_hour_and_not_when_it_was_read() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        t.directs_closed("ada", true);
        t.travel_to("2025-02-18 23:00").await;
        // The copy of what she signs answers her, so it is due at once.
        ada.signs().await;
        t.drain().await;
        assert!(grace.in_room(WAITS).is_empty(), "it is late");
        ada.asks("home", &[]).await;
        ada.sees("What I wanted to tell you");
        t.travel_to("2025-02-19 12:00").await;
        assert!(grace.in_room(WAITS).is_empty(), "she has read it");
    })
    .await;
}

#[tokio::test]
async fn somebody_without_a_partner_is_left_to_the_coordinators() {
    run_test(Both, async |t| {
        t.person("ben").applies_as(Mentee).await;
        t.directs_closed("ben", true);
        t.travel_to("2025-02-18 10:00").await;
        let (ben, sam) = (t.person("ben"), t.person("sam"));
        sam.commands("applications accept-all", &[]).await;
        sam.presses("Yes, accept them").await;
        t.drain().await;
        sam.sees_times(1, "please tell them another way");
        sam.commands("season show", &[]).await;
        sam.sees("0 messages could not be delivered");
        ben.asks("home", &[]).await;
        ben.sees("You are accepted");
    })
    .await;
}

#[tokio::test]
async fn the_home_tab_says_that_something_waits_and_keeps_it_until_it_is_read() {
    run_test(OnSlack, async |t| {
        t.until_paired(&PAIR).await;
        t.directs_closed("ada", true);
        ada_is_told(&t, "note:1", "Your first secret.").await;
        let ada = t.person("ada");
        for _ in 0..2 {
            ada.actor.act(plsep_sandbox::Action::OpenHome).await.expect("anybody may look");
            t.settle().await;
            ada.sees("One message waits for you that I could not send you directly.");
            ada.sees_no("secret");
        }
        ada.presses("Read what waits").await;
        ada.sees("Your first secret.");
    })
    .await;
}
