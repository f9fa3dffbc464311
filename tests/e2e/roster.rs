//! Who may be a mentee: the roster knows people by account or address, never by name, and nobody is lost because it
//! does not know them yet.

use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{ApplicationState, ConcernKind, RosterEntry};

use super::harness::{Both, OnSlack, Story, run_test};

fn line(name: &str, email: &str, chat_user: Option<String>, active: bool) -> RosterEntry {
    let library_system = "Fresno County Public Library".to_owned();
    RosterEntry { name: name.to_owned(), email: email.to_owned(), chat_user, library_system, active }
}

async fn state(t: &Story, handle: &str) -> ApplicationState {
    t.application(handle).await.expect("there is one").state
}

#[tokio::test]
async fn whoever_is_put_on_the_roster_later_is_told_and_decided() {
    run_test(Both, async |t| {
        let (zoe, sam) = (t.person("zoe"), t.person("sam"));
        zoe.applies_as(Mentee).await;
        t.drain().await;
        sam.sees("Zoe Stranger applied as a mentee and is not on the roster");
        sam.sees("If they belong to the program, accept them");
        assert_eq!(state(&t, "zoe").await, ApplicationState::NotOnRoster);
        // Somebody else of her name is not her.
        t.imports(&[line("Zoe Stranger", "another@libraries.example", None, true)]).await;
        assert_eq!(state(&t, "zoe").await, ApplicationState::NotOnRoster);

        t.imports(&[line("Z. Stranger-Smith", "z@elsewhere.example", Some(t.id_of("zoe")), true)]).await;
        t.drain().await;
        assert_eq!(state(&t, "zoe").await, ApplicationState::Submitted);
        zoe.sees_times(1, "we have found you on the list of current PLSEP participants");
        sam.sees_times(1, "One applicant is on the roster now");
        zoe.asks("status", &[]).await;
        zoe.sees("A coordinator reads every application; yours is not decided yet");
        sam.commands("applications accept-all", &[]).await;
        sam.presses("Yes, accept them").await;
        t.drain().await;
        zoe.sees("You are accepted");
        // Imported once more, nobody is told again.
        t.imports(&[line("Z. Stranger-Smith", "z@elsewhere.example", None, true)]).await;
        t.drain().await;
        zoe.sees_times(1, "we have found you on the list");
    })
    .await;
}

#[tokio::test]
async fn an_address_in_any_case_and_with_a_label_is_the_same() {
    // Only Slack tells a bot the address.
    run_test(OnSlack, async |t| {
        let zoe = t.person("zoe");
        zoe.applies_as(Mentee).await;
        t.imports(&[line("Zoe", "ZOE+plsep@Libraries.example", None, true)]).await;
        t.drain().await;
        zoe.sees("we have found you on the list");
        // From now on the line is her account's, whatever address it has.
        t.imports(&[line("Zoe", "zoe+plsep@libraries.example", None, true)]).await;
        assert_eq!(state(&t, "zoe").await, ApplicationState::Submitted);
    })
    .await;
}

#[tokio::test]
async fn a_line_that_was_changed_by_hand_is_noticed_in_the_morning() {
    run_test(Both, async |t| {
        let zoe = t.person("zoe");
        zoe.applies_as(Mentee).await;
        t.puts_on_roster("zoe").await;
        t.travel_to("2025-01-21 08:59").await;
        zoe.sees_no("we have found you on the list");
        t.travel_to("2025-01-21 09:00").await;
        zoe.sees_times(1, "we have found you on the list");
        t.travel_to("2025-01-24 12:00").await;
        zoe.sees_times(1, "we have found you on the list");
    })
    .await;
}

#[tokio::test]
async fn whoever_no_longer_takes_part_waits_and_the_coordinators_decide_with_a_button() {
    run_test(Both, async |t| {
        let (ben, sam, zoe) = (t.person("ben"), t.person("sam"), t.person("zoe"));
        t.imports(&[line("Ben Okafor", "ben@libraries.example", Some(t.id_of("ben")), false)]).await;
        ben.applies_as(Mentee).await;
        ben.sees("We could not find you on the list of current PLSEP participants");
        t.drain().await;
        sam.sees("the roster says that they no longer take part");
        sam.presses("Accept").await;
        sam.sees("Ben Okafor is accepted and will be told");
        t.drain().await;
        ben.sees("You are accepted");
        // The button was pressed before.
        sam.presses("Accept").await;
        sam.sees("This is not possible now, because the application is accepted");

        zoe.applies_as(Mentee).await;
        t.drain().await;
        sam.presses("Decline with a reason").await;
        sam.sends(&[("reason", &["Please apply to PLSEP first, at plsep.example."])]).await;
        sam.sees("Zoe Stranger is declined and will be told");
        t.drain().await;
        zoe.sees("Please apply to PLSEP first");
        assert_eq!(t.audit().await.iter().filter(|line| line.starts_with("sam: application.")).count(), 2);
    })
    .await;
}

#[tokio::test]
async fn whom_the_roster_loses_is_laid_before_the_coordinators_and_not_dropped() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let (ada, sam, ben) = (t.person("ada"), t.person("sam"), t.person("ben"));
        let off = |handle: &str, name| line(name, &format!("{handle}@libraries.example"), Some(t.id_of(handle)), false);
        t.imports(&[off("ada", "Ada Reyes")]).await;
        t.drain().await;
        sam.sees_times(1, "Ada Reyes is no longer on the roster, and their application is accepted");
        assert_eq!(state(&t, "ada").await, ApplicationState::Accepted);
        assert_eq!(ada.rooms().len(), 1);
        assert_eq!(t.concerns().await, [ConcernKind::OffRoster]);
        // Again the same, and nobody is told again.
        t.imports(&[off("ada", "Ada Reyes")]).await;
        t.drain().await;
        sam.sees_times(1, "is no longer on the roster");
        ben.sees_no("roster");
    })
    .await;
}

#[tokio::test]
async fn mentors_need_no_roster() {
    run_test(Both, async |t| {
        let (marcus, sam) = (t.person("marcus"), t.person("sam"));
        marcus.applies_as(Mentor).await;
        marcus.sees("A coordinator reads every application");
        t.drain().await;
        sam.sees_no("is not on the roster");
    })
    .await;
}
