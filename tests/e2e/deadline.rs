//! "Until 11:59 PM" lasts through 23:59:59, and counts when the person sends, not when the bot gets round to it.

use std::time::Duration;

use plsep_domain::Role::Mentee;
use plsep_sandbox::FaultKind;

use super::harness::{Both, Setup, run_test, run_test_with};

#[tokio::test]
async fn in_time_by_one_second() {
    run_test(Both, async |t| {
        let ada = t.person("ada");
        t.travel_to("2025-02-17 23:59:59").await;
        ada.applies_as(Mentee).await;
        ada.sees("Received, thank you");
    })
    .await;
}

#[tokio::test]
async fn too_late_by_one_second_is_told_kindly_and_loses_nothing() {
    run_test(Both, async |t| {
        let ada = t.person("ada");
        t.travel_to("2025-02-17 23:59").await;
        let ready = ada.fills_in(Mentee, &[]).await;
        t.travel_to("2025-02-18 00:00").await;
        ada.hands_in(&ready).await;
        ada.sees("Applications closed on");
        ada.sees("What you answered is kept");
        ada.sees_no("Received, thank you");
        let kept = t.application("ada").await.expect("the draft is there");
        assert!(kept.draft.missing(&t.program, Mentee).is_empty(), "every answer is kept");
        assert_eq!(kept.state, plsep_domain::ApplicationState::Draft);

        ada.asks("apply", &[("role", "mentee")]).await;
        ada.sees("Applications closed on");
        ada.asks("status", &[]).await;
        ada.sees("was not sent before applications closed");
    })
    .await;
}

#[tokio::test]
async fn sent_in_time_counts_however_long_the_bot_takes() {
    let slow = || Setup { reply_deadline: Duration::from_millis(50), ..Setup::default() };
    run_test_with(Both, slow(), async |t| {
        let ada = t.person("ada");
        t.travel_to("2025-02-17 23:59:58").await;
        let ready = ada.fills_in(Mentee, &[]).await;
        // Somebody else keeps the database busy, over the deadline.
        let busy = t.stage.store.write().await.expect("the database is free");
        if t.on_discord() {
            // A fault without harm, to notice when the bot asks for more time.
            t.goes_wrong("/callback", FaultKind::Delay(0), 0);
        }
        ada.starts_handing_in(&ready).await;
        match t.on_discord() {
            true => t.until("the bot asks for more time", || t.faults_left() == 0).await,
            false => t.until("the form says to wait", || ada.has("One moment")).await,
        }
        ada.sees_no("Received, thank you");
        t.clock_jumps_to("2025-02-18 00:00:30");
        drop(busy);
        t.settle().await;
        ada.sees("Received, thank you");
        let sent = t.application("ada").await.expect("it is there").submitted_at.expect("it is sent");
        assert!(sent <= t.at("2025-02-17 23:59:59"), "sent at {sent}");
    })
    .await;
}
