//! What coordinators say to many at once: looked at first, sent once to each at an hour that suits them, stopped, tried
//! again.

use plsep_bot::words::OfficeDeed;
use plsep_domain::Audience;
use plsep_domain::Role::{Mentee, Mentor};
use plsep_sandbox::FaultKind;

use super::harness::{Both, Person, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];
const WORDS: &str = "The workshop is on Friday.\n<!channel> @everyone <@1> =cmd()";

async fn says(sam: &Person, to: &str, words: &str) {
    sam.commands("announce", &[("to", to)]).await;
    sam.sends(&[("announcement", &[words])]).await;
}

fn audits(all: &[String], line: &str) -> usize {
    all.iter().filter(|it| *it == line).count()
}

/// The last of the announcement's messages, as its buttons know it.
fn sends(number: i64) -> plsep_bot::chat::ActionId {
    OfficeDeed::SendAnnouncement(number.into()).action()
}

async fn paired(t: &Story) {
    t.until_paired(&PAIR).await;
    for handle in ["ada", "grace"] {
        t.person(handle).signs().await;
    }
    t.drain().await;
}

#[tokio::test]
async fn it_is_looked_at_first_and_reaches_each_once() {
    run_test(Both, async |t| {
        paired(&t).await;
        t.travel_to("2025-03-14 15:00").await;
        let (mut ada, mut grace, mut sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        sam.reads();
        ada.reads();
        says(&sam, "everyone", WORDS).await;
        t.snapshot("announcement_question", &sam.reads());
        ada.sees_no("workshop");
        sam.presses("Yes, send it to 2 people").await;
        sam.sees("It is on its way to 2 people.");
        t.travel_to("2025-03-14 15:02").await;
        t.snapshot("announcement_read", &ada.reads());
        for person in [&ada, &grace] {
            person.sees_times(1, "The workshop is on Friday.");
        }
        t.snapshot("announcement_progress", &sam.reads());
        let answer = t.forges("sam", sends(1)).await;
        assert!(answer.contains("was sent, or left, before"), "{answer}");
        t.drain().await;
        ada.sees_times(1, "The workshop is on Friday.");
        assert_eq!(audits(&t.audit().await, "sam: announce.send"), 1);
        sam.commands("audit show", &[]).await;
        sam.sees("announcement sent (to mentees and mentors, 2 messages)");

        grace.reads();
        t.lives_in("grace", "America/Los_Angeles", plsep_domain::Lang::Es).await;
        says(&sam, "mentors", "Dear mentors").await;
        sam.presses("Yes, send it to one person").await;
        t.drain().await;
        t.snapshot("announcement_spanish", &grace.reads());
        ada.sees_no("Dear mentors");
    })
    .await;
}

#[tokio::test]
async fn pairs_read_it_in_their_own_place_alone() {
    run_test(Both, async |t| {
        paired(&t).await;
        t.travel_to("2025-03-14 15:00").await;
        let (ada, mut sam) = (t.person("ada"), t.person("sam"));
        says(&sam, "pairs", WORDS).await;
        sam.sees("One pair reads it in its channel");
        sam.presses("Yes, send it to one pair").await;
        t.drain().await;
        assert_eq!(ada.in_room("The workshop is on Friday.").len(), 1);
        assert!(ada.in_room("The workshop")[0].pings.is_empty(), "nobody is called");
        t.lives_in("sam", "America/Los_Angeles", plsep_domain::Lang::Es).await;
        sam.reads();
        says(&sam, "everyone", WORDS).await;
        t.snapshot("announcement_question_spanish", &sam.reads());
    })
    .await;
}

#[tokio::test]
async fn only_a_coordinator_sends_it_and_soon_enough() {
    run_test(Both, async |t| {
        paired(&t).await;
        t.travel_to("2025-03-14 15:00").await;
        let (ada, grace, sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        says(&sam, "everyone", "First words").await;
        let answer = t.forges("ada", sends(1)).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        let answer = t.forges("ada", OfficeDeed::Announce(Audience::Everyone).action()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        t.travel_to("2025-03-14 15:11").await;
        sam.presses("Yes, send it to 2 people").await;
        sam.sees("This question is too old");
        // Whoever writes anew has left what they wrote before.
        says(&sam, "everyone", "Second words").await;
        let answer = t.forges("sam", sends(1)).await;
        assert!(answer.contains("was sent, or left, before"), "{answer}");
        let answer = t.forges("sam", sends(99)).await;
        assert!(!answer.contains("on its way"), "{answer}");
        // The number that was named is the number it is sent to.
        t.accepts_crowd(1).await;
        sam.presses("Yes, send it to 2 people").await;
        sam.sees("Somebody has joined or left since you were asked");
        t.drain().await;
        ada.sees_no("words");
        sam.presses("Yes, send it to 4 people").await;
        t.drain().await;
        for person in [&ada, &grace, &t.person("mentor1")] {
            person.sees_times(1, "Second words");
            person.sees_no("First words");
        }
        sam.commands("announce", &[("to", "mentees")]).await;
        sam.sends(&[("announcement", &["  "])]).await;
        sam.sees("There were no words to send");
    })
    .await;
}

#[tokio::test]
async fn at_night_it_waits_for_the_morning_and_can_be_stopped() {
    run_test(Both, async |t| {
        paired(&t).await;
        t.lives_in("ada", "America/New_York", plsep_domain::Lang::En).await;
        t.travel_to("2025-03-14 20:30").await;
        let (ada, grace, mut sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        sam.reads();
        says(&sam, "everyone", "Good morning").await;
        t.snapshot("announcement_at_night", &sam.reads());
        sam.presses("Yes, send it to 2 people").await;
        t.drain().await;
        sam.sees("0 of 2 sent, 2 still to go");
        t.stage.restart_bot().await.expect("the bot starts");
        t.travel_to("2025-03-15 06:30").await;
        ada.sees_times(1, "Good morning");
        grace.sees_no("Good morning");
        t.travel_to("2025-03-15 07:31").await;
        sam.sees("1 of 2 sent, 1 still to go");
        let answer = t.forges("grace", OfficeDeed::StopAnnouncement(1.into()).action()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        sam.reads();
        sam.presses("Stop what is not sent yet").await;
        t.drain().await;
        t.snapshot("announcement_stopped", &sam.reads());
        t.travel_to("2025-03-15 12:00").await;
        grace.sees_no("Good morning");
        let answer = t.forges("sam", OfficeDeed::StopAnnouncement(1.into()).action()).await;
        assert!(answer.contains("nothing left to stop"), "{answer}");
        assert_eq!(audits(&t.audit().await, "sam: announce.stop"), 1);
    })
    .await;
}

#[tokio::test]
async fn what_fails_is_named_and_tried_again_and_a_closed_door_is_no_failure() {
    run_test(Both, async |t| {
        paired(&t).await;
        t.travel_to("2025-03-14 15:00").await;
        let (ada, mut sam) = (t.person("ada"), t.person("sam"));
        let (posting, status, body) = match t.on_discord() {
            true => ("POST /api/v10/channels/", 403, r#"{"code": 50013, "message": "Missing Permissions"}"#),
            false => ("chat.postMessage", 200, r#"{"ok": false, "error": "restricted_action"}"#),
        };
        says(&sam, "pairs", "Meet the others").await;
        t.goes_wrong(posting, FaultKind::Answer { status, headers: Vec::new(), body: body.to_owned() }, 0);
        t.expects_error("an effect was given up");
        sam.presses("Yes, send it to one pair").await;
        t.travel_to("2025-03-14 15:02").await;
        assert!(ada.in_room("Meet the others").is_empty());
        sam.sees("0 of 1 sent");
        sam.reads();
        sam.presses("Try again those that failed").await;
        t.travel_to("2025-03-14 15:04").await;
        assert_eq!(ada.in_room("Meet the others").len(), 1);
        t.snapshot("announcement_tried_again", &sam.reads());

        t.directs_closed("ada", true);
        says(&sam, "mentees", "A word to you").await;
        sam.presses("Yes, send it to one person").await;
        t.travel_to("2025-03-14 15:08").await;
        sam.sees("One person takes no direct messages from me, and reads it at their next visit.");
        ada.sees_no("A word to you");
        ada.asks("home", &[]).await;
        ada.sees("A word to you");
    })
    .await;
}

#[tokio::test]
async fn however_many_messages_fail_the_coordinators_hear_it_once() {
    run_test(Both, async |t| {
        paired(&t).await;
        t.travel_to("2025-03-14 15:00").await;
        let mut sam = t.person("sam");
        let (posting, status, body) = match t.on_discord() {
            true => ("POST /api/v10/channels/", 404, r#"{"code": 10003, "message": "Unknown Channel"}"#),
            false => ("chat.postMessage", 200, r#"{"ok": false, "error": "channel_not_found"}"#),
        };
        says(&sam, "everyone", "Meet the others").await;
        t.expects_error("an effect was given up");
        // The two messages fail, and what is told of it between them does not: how far it has come, and the notice.
        for skip in [0, 2] {
            let answer = FaultKind::Answer { status, headers: Vec::new(), body: body.to_owned() };
            t.goes_wrong(posting, answer, skip);
        }
        sam.reads();
        sam.presses("Yes, send it to 2 people").await;
        t.travel_to("2025-03-14 15:10").await;
        sam.sees_times(1, "Some messages of an announcement could not be sent");
        sam.sees_no("I could not deliver");
        t.snapshot("announcement_fails", &sam.reads());
        sam.presses("Try again those that failed").await;
        t.travel_to("2025-03-14 15:20").await;
        for person in ["ada", "grace"] {
            t.person(person).sees_times(1, "Meet the others");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_is_there_to_be_told() {
    run_test(Both, async |t| {
        t.travel_to("2025-02-10 10:00").await;
        let sam = t.person("sam");
        says(&sam, "pairs", "Hello").await;
        sam.sees("Nobody would read this yet");
    })
    .await;
}
