//! Dates are moved by whoever never types a command, put back when that was a mistake, and next year's season follows.

use plsep_bot::words::{Deed, OfficeDeed};
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{DateName, Setting};

use super::harness::{Both, Person, Setup, Story, run_test, run_test_with};

const MOVED: &str = "A date of the mentorship program has moved";
const STAYS: &str = "A date of the mentorship program has not moved after all";

/// Opens the form for a date from the menu of `season show`, and sends it. The day is picked on Slack, and typed on
/// Discord.
async fn moves(t: &Story, sam: &Person, name: DateName, (picked, typed): (&str, &str), time: &str) {
    sam.chooses(&Deed::Office(OfficeDeed::PickDate), name.key()).await;
    let day = if t.on_discord() { typed } else { picked };
    sam.sends(&[("day", &[day]), ("time", &[time])]).await;
}

#[tokio::test]
async fn a_date_is_moved_with_menu_and_form_and_nothing_is_typed_as_a_command() {
    run_test(Both, async |t| {
        t.person("ada").applies_as(Mentee).await;
        let sam = t.person("sam");
        sam.commands("season show", &[]).await;
        t.snapshot("season_with_date_menu", &sam.newest());
        sam.chooses(&Deed::Office(OfficeDeed::PickDate), "applications_close").await;
        t.snapshot("season_date_form", &sam.window());
        sam.closes_form().await;
        // What does not fit is said beside it.
        moves(&t, &sam, DateName::ApplicationsClose, ("2025-02-20", "February 20"), "late").await;
        match t.on_discord() {
            true => sam.sees("I could not read this time of day"),
            false => assert!(sam.window().contains("I could not read this time of day"), "{}", sam.window()),
        }
        sam.closes_form().await;
        moves(&t, &sam, DateName::ApplicationsClose, ("2024-02-20", "2024-02-20"), "11:59 pm").await;
        match t.on_discord() {
            true => sam.sees("out of order"),
            false => assert!(sam.window().contains("out of order"), "{}", sam.window()),
        }
        sam.closes_form().await;
        moves(&t, &sam, DateName::ApplicationsClose, ("2025-02-20", "February 20"), "11:59 pm").await;
        sam.sees("Applications close: Thursday, February 20");
        sam.presses("Yes, move it").await;
        t.drain().await;
        t.person("ada").sees_times(1, MOVED);
        assert!(t.audit().await.contains(&"sam: season.move".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_move_is_undone_and_only_whoever_was_told_hears_of_it() {
    run_test(Both, async |t| {
        for (handle, role) in [("ada", Mentee), ("grace", Mentor)] {
            t.person(handle).applies_as(role).await;
        }
        // It is night for grace, so that she has not been told when it is undone.
        t.lives_in("grace", "Asia/Tokyo", plsep_domain::Lang::En).await;
        let (sam, ada, grace) = (t.person("sam"), t.person("ada"), t.person("grace"));
        t.travel_to("2025-01-20 10:30").await;
        sam.commands("season move", &[("date", "runs-until"), ("to", "2025-05-30")]).await;
        sam.presses("Yes, move it").await;
        t.settle().await;
        t.snapshot("season_date_moved", &sam.newest());
        ada.sees_times(1, MOVED);
        grace.sees_no(MOVED);
        t.travel_to("2025-01-20 10:35").await;
        sam.presses("Undo this move").await;
        t.settle().await;
        sam.sees("The date is back where it was");
        sam.sees("One person had been told of the move");
        ada.sees_times(1, STAYS);
        t.travel_to("2025-01-21 18:00").await;
        grace.sees_no(MOVED);
        grace.sees_no(STAYS);
        let log = t.audit().await;
        assert!(log.contains(&"sam: season.move".to_owned()) && log.contains(&"sam: season.move-undone".to_owned()));
        sam.commands("season show", &[]).await;
        sam.sees("Monday, June 30, 2025");
    })
    .await;
}

#[tokio::test]
async fn a_move_into_the_past_is_undone_while_nothing_has_followed_and_not_after_that() {
    run_test(Both, async |t| {
        let (sam, ben) = (t.person("sam"), t.person("ben"));
        let close = [("date", "applications-close"), ("to", "2025-01-19 23:59")];
        t.travel_to("2025-01-20 10:05").await;
        sam.commands("season move", &[("date", "applications-close"), ("to", "2025-02-20 23:59")]).await;
        sam.sees_no("as soon as you confirm");
        sam.commands("season move", &close).await;
        t.snapshot("move_into_the_past", &sam.newest());
        sam.asks("settings", &[]).await;
        sam.chooses(&Deed::Prefer(Setting::Language), "es").await;
        sam.commands("season move", &close).await;
        t.snapshot("move_into_the_past_spanish", &sam.newest());
        sam.chooses(&Deed::Prefer(Setting::Language), "usual").await;
        sam.commands("season move", &close).await;
        sam.presses("Yes, move it").await;
        ben.asks("apply", &[("role", "mentee")]).await;
        ben.sees("Applications closed");
        sam.presses("Undo this move").await;
        sam.sees("The date is back where it was");
        sam.sees("Nobody had been told of the move");
        t.settle().await;
        ben.applies_as(Mentee).await;
        // The second time something follows from it: what ben asks reaches the coordinators.
        t.travel_to("2025-01-20 10:30").await;
        sam.commands("season move", &close).await;
        sam.presses("Yes, move it").await;
        let (message, key) = sam.button("Undo this move");
        ben.asks("ask", &[("question", "Am I too late?")]).await;
        t.settle().await;
        sam.presses_old(&message, &key).await.expect("the button is there");
        sam.sees("This can no longer be undone with the button");
        // And after ten minutes in any case.
        sam.commands("season move", &[("date", "applications-close"), ("to", "2025-02-17 23:59")]).await;
        sam.presses("Yes, move it").await;
        let (message, key) = sam.button("Undo this move");
        t.travel_to("2025-01-20 10:41").await;
        sam.presses_old(&message, &key).await.expect("the button is there");
        sam.sees_times(2, "This can no longer be undone with the button");
        sam.commands("season show", &[]).await;
        sam.sees("Applications close: Monday, February 17");
    })
    .await;
}

#[tokio::test]
async fn the_next_season_is_set_up_once_this_one_is_closed() {
    let setup = Setup { from: "2025-01-20 10:00", ..Setup::default() };
    run_test_with(Both, setup, async |t| {
        t.person("ada").applies_as(Mentee).await;
        let (sam, ada) = (t.person("sam"), t.person("ada"));
        sam.commands("season create", &[]).await;
        sam.sees("This season is still on until");
        t.travel_to("2025-07-15 09:00").await;
        sam.commands("season show", &[]).await;
        sam.presses("Set up the next season").await;
        t.snapshot("season_next_question", &sam.newest());
        let (message, key) = sam.button("Yes, set up this season");
        // A question that is ten minutes old is asked anew.
        t.travel_to("2025-07-15 09:11").await;
        sam.presses_old(&message, &key).await.expect("the button is there");
        assert_eq!(t.seasons().await, ["plsep-2025"]);
        sam.commands("season create", &[]).await;
        sam.presses("Yes, set up this season").await;
        t.snapshot("season_next_done", &sam.newest());
        assert_eq!(t.seasons().await, ["plsep-2025", "plsep-2026"]);
        assert_eq!(t.audit().await.last().map(String::as_str), Some("sam: season.create"));
        sam.commands("season create", &[]).await;
        sam.sees_times(2, "This season is still on until");
        // Nobody is told; who looks sees the new one, and begins anew.
        ada.sees_no("2026");
        ada.asks("status", &[]).await;
        ada.sees("You have not applied yet");
        t.travel_to("2026-01-20 10:00").await;
        ada.applies_as(Mentee).await;
        assert!(t.application("ada").await.is_some_and(|application| application.answers.is_some()));
        sam.commands("applications queue", &[]).await;
        assert!(sam.newest().contains("One application"), "{}", sam.newest());
    })
    .await;
}

#[tokio::test]
async fn a_certificate_can_be_had_also_when_the_next_season_is_set_up() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        t.travel_to("2025-07-15 09:00").await;
        let (sam, ada, ben) = (t.person("sam"), t.person("ada"), t.person("ben"));
        sam.commands("season create", &[]).await;
        sam.presses("Yes, set up this season").await;
        let before = ada.files().len();
        ada.asks("certificate", &[]).await;
        t.drain().await;
        assert_eq!(ada.files().len(), before + 1);
        assert!(ada.files().iter().all(|(name, _)| name == "certificate.pdf"), "{}", ada.screen());
        ben.asks("certificate", &[]).await;
        ben.sees("Certificates are for pairs that took part until the program ended");
    })
    .await;
}
