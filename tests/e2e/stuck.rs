//! Pairs that somebody should write to, and what a coordinator writes to them: once, in their own place, at an hour that
//! suits them, and kept nowhere else.

use std::collections::BTreeMap;

use plsep_bot::chat::What;
use plsep_bot::words::{Deed, OfficeDeed};
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{Lang, PairId};

use super::harness::{Both, Setup, Story, resident, run_test_with};

const WORDS: &str = "Shall we find a time together?\n<!channel> @everyone **all** <@1>";

async fn watched(story: impl AsyncFn(Story)) {
    run_test_with(Both, Setup { watched: true, ..Setup::default() }, story).await;
}

/// Two pairs: Ben asks for help in March, and of Ada and her mentor nothing is heard.
async fn until_april(t: &Story) {
    t.until_paired(&[("ada", Mentee), ("grace", Mentor), ("ben", Mentee), ("marcus", Mentor)]).await;
    t.travel_to("2025-03-10 11:00").await;
    let sam = t.person("sam");
    sam.commands("report stuck", &[]).await;
    sam.sees("No pair needs a word now");
    t.travel_to("2025-03-20 11:00").await;
    t.person("ben").answers("2025-03", "need_help").await;
    t.drain().await;
    t.travel_to("2025-04-10 12:00").await;
}

async fn pair_of(t: &Story, handle: &str) -> PairId {
    let pairs = t.pairs().await;
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let community = t.community_in(&mut tx).await;
    let user = plsep_bot::chat::UserRef(t.id_of(handle));
    let person = tx.person_at(community, &user).await.expect("it reads").expect("they are known");
    pairs.iter().find(|pair| pair.mentee == person.id).expect("they are in a pair").id
}

fn note(words: &str) -> BTreeMap<String, Vec<String>> {
    [("pair_note".to_owned(), vec![words.to_owned()])].into()
}

fn written(t: &[String]) -> usize {
    t.iter().filter(|line| *line == "sam: pair.write").count()
}

#[tokio::test]
async fn who_has_waited_longest_comes_first_and_is_written_to_once() {
    watched(async |t| {
        until_april(&t).await;
        let (mut ada, mut sam) = (t.person("ada"), t.person("sam"));
        let (pair, mentor) = (pair_of(&t, "ada").await, mentor_of(&t, "ada").await);
        sam.reads();
        ada.reads();
        sam.commands("report stuck", &[]).await;
        t.snapshot("stuck_pairs", &sam.reads());
        sam.presses_deed(&Deed::Office(OfficeDeed::WriteToPair(pair))).await;
        t.snapshot("pair_note_form", &sam.window());
        sam.sends(&[("pair_note", &[WORDS])]).await;
        sam.sees("is on its way to their channel");
        t.drain().await;
        t.snapshot("pair_note_read", &ada.reads());
        assert_eq!(t.person(&mentor).in_room("Shall we find a time together?").len(), 1);
        for handle in ["ben", "grace", "marcus", "zoe", "sam"].into_iter().filter(|it| *it != mentor) {
            t.person(handle).sees_no("Shall we find a time together?");
        }

        // The same form delivered twice is one message, and late in the evening it waits for the morning.
        t.travel_to("2025-04-10 22:30").await;
        let late =
            || What::Submit { action: OfficeDeed::WriteToPair(pair).action(), values: note("Good morning, you two.") };
        for _ in 0..2 {
            let answer = format!("{:?}", t.hands_over("sam", "note:1", late()).await);
            assert!(answer.contains("waits for an hour that suits both"), "{answer}");
        }
        t.drain().await;
        assert!(ada.in_room("Good morning, you two.").is_empty());
        t.travel_to("2025-04-11 12:00").await;
        t.drain().await;
        assert_eq!(ada.in_room("Good morning, you two.").len(), 1);
        assert_eq!(written(&t.audit().await), 2);
        sam.commands("audit show", &[("person", "@ada")]).await;
        sam.sees("message written to a pair");

        // A meeting that is set is an answer.
        ada.presses("Set a meeting").await;
        ada.sends_meeting("2025-04-15 14:00", "60", "The reading room").await;
        t.drain().await;
        sam.reads();
        sam.commands("report stuck", &[]).await;
        assert!(!sam.reads().contains("Ada"), "they have a plan");
    })
    .await;
}

#[tokio::test]
async fn the_draft_is_in_the_language_of_the_two() {
    watched(async |t| {
        until_april(&t).await;
        for handle in ["ada", &mentor_of(&t, "ada").await] {
            t.lives_in(handle, "America/Los_Angeles", Lang::Es).await;
        }
        let (mut ada, sam) = (t.person("ada"), t.person("sam"));
        ada.reads();
        sam.commands("report stuck", &[]).await;
        sam.presses_deed(&Deed::Office(OfficeDeed::WriteToPair(pair_of(&t, "ada").await))).await;
        sam.sends(&[]).await;
        t.drain().await;
        t.snapshot("pair_note_in_spanish", &ada.reads());
    })
    .await;
}

#[tokio::test]
async fn nobody_else_writes_to_a_pair_and_no_pair_that_has_ended_is_written_to() {
    watched(async |t| {
        until_april(&t).await;
        let (mentor, sam) = (t.person(&mentor_of(&t, "ada").await), t.person("sam"));
        let pair = pair_of(&t, "ada").await;
        let write = OfficeDeed::WriteToPair(pair);
        for handle in ["ada", "ben", "zoe"] {
            let answer = t.forges(handle, write.action()).await;
            assert!(answer.contains("Only coordinators can do that"), "{handle}: {answer}");
            let answer = t.forges_submission(handle, write.action(), note("A word")).await;
            assert!(answer.contains("Only coordinators can do that"), "{handle}: {answer}");
        }
        let answer = t.forges_submission("sam", write.action(), note(" \n\u{200b} ")).await;
        assert!(answer.contains("There were no words to send"), "{answer}");
        let answer = t.forges_submission("sam", OfficeDeed::WriteToPair(4711.into()).action(), note("A word")).await;
        assert!(answer.contains("This button is too old"), "{answer}");
        sam.commands("report stuck", &[]).await;
        sam.presses_deed(&Deed::Office(write)).await;
        // One of the two leaves while the coordinator writes.
        mentor.asks("withdraw", &[]).await;
        mentor.presses("Withdraw").await;
        t.drain().await;
        sam.sends(&[("pair_note", &["A word"])]).await;
        sam.sees("This pair has ended already");
        t.drain().await;
        assert_eq!(written(&t.audit().await), 0);
        sam.commands("report stuck", &[]).await;
        sam.sees("One pair to write to");
    })
    .await;
}

/// The handle of whom somebody's pair has as its mentor.
async fn mentor_of(t: &Story, handle: &str) -> String {
    let pair = pair_of(t, handle).await;
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let mentor = tx.pair(pair).await.expect("it reads").mentor;
    let user = tx.person(mentor).await.expect("it reads").user.0;
    let who = t.platform().residents().into_iter().find(|who| t.id_of(&who.handle) == user);
    who.expect("somebody of the cast").handle
}

#[tokio::test]
async fn each_pair_is_listed_with_its_reason_as_many_as_fit() {
    watched(async |t| {
        let joined = ["Ivy Green", "Joe Hill", "Kim Lake", "Lou Moss", "May Noon", "Ned Oaks", "Oda Pine", "Pat Reed"];
        for who in joined {
            t.joins(resident(&who[..3].to_lowercase(), who, "America/Los_Angeles"));
        }
        t.settle().await;
        let mentees = ["ada", "ben", "ivy", "joe", "kim", "lou"];
        for handle in &mentees[2..] {
            t.puts_on_roster(handle).await;
        }
        let mentors = ["grace", "marcus", "may", "ned", "oda", "pat"];
        let all: Vec<_> =
            mentees.iter().map(|it| (*it, Mentee)).chain(mentors.iter().map(|it| (*it, Mentor))).collect();
        t.until_paired(&all).await;
        t.travel_to("2025-03-20 11:00").await;
        t.person("ada").answers("2025-03", "met").await;
        t.person(&mentor_of(&t, "ada").await).answers("2025-03", "not_yet").await;
        t.person("ben").answers("2025-03", "need_help").await;
        t.person("ivy").answers("2025-03", "met").await;
        t.drain().await;
        t.travel_to("2025-05-14 12:00").await;
        let mut sam = t.person("sam");
        sam.reads();
        sam.commands("report stuck", &[]).await;
        t.snapshot("stuck_pairs_of_many", &sam.reads());
        t.lives_in("sam", "America/Los_Angeles", Lang::Es).await;
        sam.commands("report stuck", &[]).await;
        t.snapshot("stuck_pairs_in_spanish", &sam.reads());
    })
    .await;
}
