//! Reminders: an application that is not sent, a form that is not signed. Once each, at a civil hour, and not to
//! whoever has done it.

use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, OnSlack, resident, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];
const UNSENT: &str = "Your application is not sent yet";
const UNSIGNED: &str = "Please sign the acknowledgement form";

#[tokio::test]
async fn an_unsent_application_is_reminded_of_three_days_and_one_day_before() {
    run_test(Both, async |t| {
        let (ada, ben, zoe) = (t.person("ada"), t.person("ben"), t.person("zoe"));
        ada.asks("apply", &[("role", "mentee")]).await;
        ben.applies_as(Mentee).await;
        zoe.asks("apply", &[("role", "mentor")]).await;
        t.travel_to("2025-02-14 08:59").await;
        ada.sees_no(UNSENT);
        t.travel_to("2025-02-14 09:00").await;
        ada.sees_times(1, UNSENT);
        ada.sees("if you send it by");
        t.travel_to("2025-02-14 09:05").await;
        zoe.sees_times(1, UNSENT);
        zoe.presses("Withdraw").await;
        zoe.presses("Withdraw").await;
        zoe.sees("You have withdrawn");
        t.travel_to("2025-02-15 18:00").await;
        ada.sees_times(1, UNSENT);
        // Away on the second morning; back in the evening, when nobody is written to; told the next morning, once.
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-02-16 20:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.travel_to("2025-02-17 08:59").await;
        ada.sees_times(1, UNSENT);
        t.travel_to("2025-02-17 12:00").await;
        ada.sees_times(2, UNSENT);
        ada.presses("Continue my application").await;
        ada.sees("step 1 of 3");
        t.travel_to("2025-02-20 12:00").await;
        ada.sees_times(if t.on_discord() { 1 } else { 2 }, UNSENT);
        for other in [&ben, &t.person("marcus")] {
            other.sees_no(UNSENT);
        }
        zoe.sees_times(1, UNSENT);
    })
    .await;
}

#[tokio::test]
async fn when_the_deadline_moves_its_reminders_move_along() {
    run_test(Both, async |t| {
        let (ada, sam) = (t.person("ada"), t.person("sam"));
        ada.asks("apply", &[("role", "mentee")]).await;
        t.travel_to("2025-02-13 12:00").await;
        sam.commands("season move", &[("date", "applications-close"), ("to", "2025-02-21 17:00")]).await;
        sam.presses("Yes, move it").await;
        t.travel_to("2025-02-17 12:00").await;
        ada.sees_no(UNSENT);
        t.travel_to("2025-02-18 12:00").await;
        ada.sees_times(1, UNSENT);
        t.travel_to("2025-02-20 08:59").await;
        // Sent before the second: none comes.
        ada.applies_as(Mentee).await;
        t.travel_to("2025-02-22 12:00").await;
        ada.sees_times(1, UNSENT);
    })
    .await;
}

#[tokio::test]
async fn an_unsigned_form_is_reminded_of_before_it_is_due_and_the_day_after() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        t.travel_to("2025-02-22 12:00").await;
        ada.sees_times(1, UNSIGNED);
        grace.sees_times(1, UNSIGNED);
        grace.presses("Read and sign the form").await;
        grace.presses("Sign").await;
        grace.sends(&[("typed_name", &["Grace Lindqvist"])]).await;
        grace.sees("Thank you, Grace Lindqvist");
        t.travel_to("2025-02-27 12:00").await;
        ada.sees_times(2, UNSIGNED);
        t.travel_to("2025-03-02 12:00").await;
        ada.sees_times(3, UNSIGNED);
        ada.sees("It still counts if you sign it now");
        grace.sees_times(1, UNSIGNED);
        ada.signs().await;
        t.drain().await;
        ada.sees("Signed after the due date. It counts just the same.");
        t.travel_to("2025-03-19 12:00").await;
        ada.sees_times(3, UNSIGNED);
    })
    .await;
}

#[tokio::test]
async fn a_reminder_that_waits_for_the_morning_stops_when_the_pair_ends() {
    // Only Slack tells a bot where its readers live: at nine in Los Angeles it is seven in Honolulu.
    run_test(OnSlack, async |t| {
        t.joins(resident("kai", "Kai Kealoha", "Pacific/Honolulu"));
        t.settle().await;
        t.until_paired(&[("ada", Mentee), ("kai", Mentor)]).await;
        let (ada, kai) = (t.person("ada"), t.person("kai"));
        t.travel_to("2025-02-22 09:00").await;
        ada.sees_times(1, UNSIGNED);
        kai.sees_no(UNSIGNED);
        ada.asks("withdraw", &[]).await;
        ada.presses("Withdraw").await;
        t.travel_to("2025-02-22 18:00").await;
        kai.sees_no(UNSIGNED);
        t.travel_to("2025-03-03 18:00").await;
        ada.sees_times(1, UNSIGNED);
    })
    .await;
}
