//! A bot whose clock does not go as the platform's: what people confirm is confirmed all the same.

use chrono::TimeDelta;
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

#[tokio::test]
async fn a_question_can_be_answered_however_far_the_clocks_are_apart() {
    for minutes in [8, -12] {
        run_test(Both, async |t| {
            t.until_paired(&PAIR).await;
            t.travel_to("2025-03-14 15:00").await;
            let (ada, mut sam) = (t.person("ada"), t.person("sam"));
            t.stage.set_ahead(TimeDelta::minutes(minutes));
            sam.reads();
            sam.commands("announce", &[("to", "everyone")]).await;
            sam.sends(&[("announcement", &["The workshop is on Friday."])]).await;
            sam.presses("Yes, send it to 2 people").await;
            sam.sees("It is on its way to 2 people.");
            sam.commands("nudges send-now", &[]).await;
            sam.presses("Yes, ask 2 people").await;
            t.drain().await;
            ada.sees_times(1, "The workshop is on Friday.");
            assert_eq!(ada.in_room("Your check-in for March 2025").len(), 1);
            assert_eq!(t.audit().await.iter().filter(|line| line.starts_with("sam: nudges.send-now")).count(), 1);
        })
        .await;
    }
}
