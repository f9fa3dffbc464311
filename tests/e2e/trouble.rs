//! When the database is slow, somebody presses without end, or the program itself has a fault, everybody is still
//! answered in time, and nobody else is harmed.

use std::time::Duration;

use plsep_domain::Role::Mentee;
use plsep_sandbox::FaultKind;

use super::harness::{Both, Setup, run_test_with};

#[tokio::test]
async fn a_flood_at_a_slow_database_is_bounded_and_everybody_is_answered() {
    let slow = Setup { reply_deadline: Duration::from_millis(50), ..Setup::default() };
    run_test_with(Both, slow, async |t| {
        let (ada, ben) = (t.person("ada"), t.person("ben"));
        let about = ada.line("mentorship", "about", &[]);
        if t.on_discord() {
            // Faults without harm, to notice when each command has its first answer.
            (0..7).for_each(|_| t.goes_wrong("/callback", FaultKind::Delay(0), 0));
        }
        let busy = t.stage.store.write().await.expect("the database is free");
        for _ in 0..6 {
            ada.actor.says(&about).await.expect("the command is there");
        }
        // Said while nothing can be read or written.
        t.until("Ada is told to wait", || ada.finds("That was a lot at once").len() == 2).await;
        // Another person is not held up by that, only by the database.
        ben.actor.says(&about).await.expect("the command is there");
        t.until("all of them are told that it takes longer", || t.faults_left() == 0).await;
        drop(busy);
        t.settle().await;
        ada.sees_times(4, "How to apply");
        ben.sees_times(1, "How to apply");
        ben.sees_no("That was a lot at once");
        ada.asks("about", &[]).await;
        ada.sees_times(5, "How to apply");
    })
    .await;
}

#[tokio::test]
async fn a_fault_of_the_program_costs_one_calm_line_and_nothing_else() {
    // A version that cannot be put on a button: nothing that people type, and a fault nevertheless.
    let faulty = Setup { program: |program| program.agreement.version = "2025:1".to_owned(), ..Setup::default() };
    run_test_with(Both, faulty, async |t| {
        t.expects_error("somebody is told that something went wrong");
        t.expects_error("an interaction was lost");
        let (ada, sam) = (t.person("ada"), t.person("sam"));
        ada.applies_as(Mentee).await;
        t.travel_to("2025-02-18 10:00").await;
        sam.commands("applications accept-all", &[]).await;
        sam.presses("Yes, accept them").await;
        ada.asks("agreement", &[]).await;
        let sorry = "Something went wrong on our side";
        assert_eq!(ada.finds(sorry).len() + sam.finds(sorry).len(), 1, "{}\n{}", ada.screen(), sam.screen());
        // The transaction it died in is taken back, and the next ones write as ever.
        ada.asks("withdraw", &[]).await;
        ada.presses("Withdraw").await;
        ada.sees("You have withdrawn");
    })
    .await;
}
