//! What is sent goes out when it is still wanted and at an hour that suits its readers; and what cannot be
//! delivered is laid before the coordinators, who try again or leave it.

use plsep_bot::words::Deed;
use plsep_domain::Role::{Mentee, Mentor};
use plsep_sandbox::FaultKind;

use super::harness::{Both, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];
const QUESTION: &str = "Your check-in for March 2025";

/// Ada and Grace are a pair and have signed, so that nothing reminds them of it.
async fn paired(t: &Story) {
    t.until_paired(&PAIR).await;
    for handle in ["ada", "grace"] {
        t.person(handle).signs().await;
    }
    t.drain().await;
}

fn posting(t: &Story) -> &'static str {
    if t.on_discord() { "POST /api/v10/channels/" } else { "chat.postMessage" }
}

/// The platform is down for the next message.
fn fails(t: &Story) {
    let down = FaultKind::Answer { status: 503, headers: Vec::new(), body: String::new() };
    t.goes_wrong(posting(t), down, 0);
}

/// The platform does not let the bot write the next message where it is to stand.
fn may_not(t: &Story) {
    let (status, body) = match t.on_discord() {
        true => (403, r#"{"code": 50013, "message": "Missing Permissions"}"#),
        false => (200, r#"{"ok": false, "error": "restricted_action"}"#),
    };
    t.goes_wrong(posting(t), FaultKind::Answer { status, headers: Vec::new(), body: body.to_owned() }, 0);
}

#[tokio::test]
async fn an_outage_wakes_nobody_at_night() {
    run_test(Both, async |t| {
        paired(&t).await;
        fails(&t);
        t.travel_to("2025-03-20 10:00").await;
        let ada = t.person("ada");
        assert!(ada.in_room(QUESTION).is_empty(), "the platform was down");
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-03-21 03:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.settle().await;
        t.travel_to("2025-03-21 08:59").await;
        assert!(ada.in_room(QUESTION).is_empty(), "people are asleep, or on their way to work");
        t.travel_to("2025-03-21 09:00").await;
        assert_eq!(ada.in_room(QUESTION).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_question_that_was_answered_meanwhile_is_not_asked() {
    run_test(Both, async |t| {
        paired(&t).await;
        fails(&t);
        t.travel_to("2025-03-20 10:00").await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        for person in [&ada, &grace] {
            person.asks("check-in", &[]).await;
            person.answers("2025-03", "met").await;
        }
        t.travel_to("2025-03-24 10:00").await;
        assert!(ada.in_room(QUESTION).is_empty(), "they have met");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_asked_of_a_pair_that_has_parted() {
    run_test(Both, async |t| {
        paired(&t).await;
        fails(&t);
        t.travel_to("2025-03-20 10:00").await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        ada.asks("withdraw", &[]).await;
        ada.presses("Withdraw").await;
        t.travel_to("2025-03-24 10:00").await;
        grace.sees_no(QUESTION);
    })
    .await;
}

#[tokio::test]
async fn a_copy_of_what_one_has_just_signed_comes_at_any_hour() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-02-20 23:00").await;
        let ada = t.person("ada");
        ada.signs().await;
        t.drain().await;
        assert!(t.now() < t.at("2025-02-20 23:01"), "nothing waits for the morning");
        ada.sees("Ada Reyes");
    })
    .await;
}

#[tokio::test]
async fn what_could_not_be_delivered_is_tried_again_by_a_press() {
    run_test(Both, async |t| {
        paired(&t).await;
        may_not(&t);
        t.expects_error("an effect was given up");
        t.travel_to("2025-03-20 10:00").await;
        let (ada, sam) = (t.person("ada"), t.person("sam"));
        assert!(ada.in_room(QUESTION).is_empty());
        sam.sees("I could not deliver a message for");
        sam.sees("lacks a permission");
        sam.commands("season show", &[]).await;
        sam.sees("One message could not be delivered");
        let (message, key) = sam.button("Try again");

        sam.presses("Try again").await;
        t.drain().await;
        sam.sees("I am trying again");
        assert_eq!(ada.in_room(QUESTION).len(), 1);
        assert_eq!(t.audit().await.iter().filter(|line| *line == "sam: undelivered.try-again").count(), 1);
        // The button is gone from the screen; a press that was on its way all the same changes nothing.
        let _ = sam.presses_old(&message, &key).await;
        t.drain().await;
        assert_eq!(ada.in_room(QUESTION).len(), 1);
        assert_eq!(t.audit().await.iter().filter(|line| *line == "sam: undelivered.try-again").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_fails_again_is_told_again_and_can_be_left() {
    run_test(Both, async |t| {
        paired(&t).await;
        may_not(&t);
        t.expects_error("an effect was given up");
        t.travel_to("2025-03-20 10:00").await;
        let (ada, sam) = (t.person("ada"), t.person("sam"));
        may_not(&t);
        sam.presses("Try again").await;
        t.drain().await;
        let told = sam.finds("I could not deliver a message for");
        assert_eq!(told.len(), 1, "the first notice says that it is tried again; the second is new");

        let answer = t.forges("ada", Deed::LeaveIt(1.into()).action()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        sam.presses("Leave it").await;
        t.drain().await;
        sam.sees("I am leaving it");
        sam.commands("season show", &[]).await;
        sam.sees("0 messages could not be delivered");
        t.travel_to("2025-03-25 10:00").await;
        assert!(ada.in_room(QUESTION).is_empty());
        assert!(t.audit().await.contains(&"sam: undelivered.leave-it".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn what_could_not_be_told_to_the_office_still_counts() {
    run_test(Both, async |t| {
        paired(&t).await;
        t.expects_error("an effect was given up");
        may_not(&t);
        let ada = t.person("ada");
        ada.asks("check-in", &[]).await;
        t.travel_to("2025-03-05 10:00").await;
        ada.asks("check-in", &[]).await;
        ada.answers("2025-03", "need_help").await;
        t.drain().await;
        t.expects_dead_letter("concern:");
        let sam = t.person("sam");
        sam.commands("season show", &[]).await;
        sam.sees("One message could not be delivered");
    })
    .await;
}
