//! Whatever is lost on the way, a published pair gets one channel and one introduction.

use plsep_domain::Role::{Mentee, Mentor};
use plsep_sandbox::FaultKind;

use super::harness::{Both, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

fn lost_after_effect() -> [FaultKind; 3] {
    let answer = |status| FaultKind::AnswerAfterEffect { status, body: "{}".to_owned() };
    [FaultKind::CutAfterEffect, answer(502), answer(500)]
}

/// The request that opens a pair's channel, and the one that posts into it.
fn requests(t: &Story) -> [&'static str; 2] {
    if t.on_discord() {
        ["POST /api/v10/guilds/", "POST /api/v10/channels/"]
    } else {
        ["conversations.create", "chat.postMessage"]
    }
}

async fn publishes(t: &Story) {
    let sam = t.person("sam");
    sam.commands("match publish", &[]).await;
    sam.presses("Yes, publish and introduce").await;
}

fn one_of_each(t: &Story) {
    let (ada, grace) = (t.person("ada"), t.person("grace"));
    assert_eq!(ada.room().id, grace.room().id);
    assert_eq!(ada.in_room("Meet each other").len(), 1);
    assert_eq!(t.person("sam").rooms().len(), 0, "nobody else is let in");
}

#[tokio::test]
async fn an_answer_that_is_lost_costs_no_second_channel_or_introduction() {
    run_test(Both, async |t| {
        t.until_proposed(&PAIR).await;
        for request in requests(&t) {
            for kind in lost_after_effect() {
                t.goes_wrong(request, kind, 0);
            }
        }
        publishes(&t).await;
        t.drain().await;
        one_of_each(&t);
        t.travel_to("2025-02-19 10:00").await;
        one_of_each(&t);
    })
    .await;
}

#[tokio::test]
async fn a_bot_that_dies_in_between_goes_on_where_it_was() {
    for at in 0..2 {
        run_test(Both, async |t| {
            t.until_proposed(&PAIR).await;
            t.goes_wrong(requests(&t)[at], FaultKind::CutAfterEffect, 0);
            publishes(&t).await;
            assert_eq!(t.faults_left(), 0, "the answer was lost");
            // Everything it had in mind is gone; hours pass.
            t.stage.stop_bot().await;
            t.clock_jumps_to("2025-02-18 14:00");
            t.stage.restart_bot().await.expect("the bot starts");
            t.drain().await;
            one_of_each(&t);
        })
        .await;
    }
}

#[tokio::test]
async fn a_bot_that_dies_before_it_could_introduce_does_so_afterwards() {
    run_test(Both, async |t| {
        t.until_proposed(&PAIR).await;
        for request in requests(&t) {
            t.goes_wrong(request, FaultKind::CutBefore, 0);
        }
        publishes(&t).await;
        assert!(t.person("ada").rooms().is_empty());
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-02-18 10:05");
        t.stage.restart_bot().await.expect("the bot starts");
        t.drain().await;
        one_of_each(&t);
    })
    .await;
}
