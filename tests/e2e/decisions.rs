//! What coordinators decide, and that nobody is left without an answer.

use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, run_test};

#[tokio::test]
async fn somebody_not_on_the_roster_is_told_kindly_and_vouched_for() {
    run_test(Both, async |t| {
        let (zoe, sam) = (t.person("zoe"), t.person("sam"));
        zoe.applies_as(Mentee).await;
        zoe.sees("Received, thank you");
        zoe.sees("We could not find you on the list of current PLSEP participants");
        t.drain().await;
        sam.sees_times(1, "applied as a mentee and is not on the roster");
        zoe.asks("status", &[]).await;
        zoe.sees("a coordinator is checking it");

        sam.commands("applications accept-all", &[]).await;
        sam.sees("(not on the roster)");
        sam.commands("applications accept", &[("person", "@zoe")]).await;
        sam.sees("is accepted and will be told");
        t.drain().await;
        zoe.sees("You are accepted");
    })
    .await;
}

#[tokio::test]
async fn somebody_declined_reads_the_reason() {
    run_test(Both, async |t| {
        let (zoe, sam) = (t.person("zoe"), t.person("sam"));
        zoe.applies_as(Mentee).await;
        let reason = "You are not in the program this year; please apply to PLSEP first.";
        sam.commands("applications decline", &[("person", "@zoe"), ("reason", reason)]).await;
        t.drain().await;
        zoe.sees("We could not accept your application this time");
        zoe.sees(reason);
        zoe.asks("status", &[]).await;
        zoe.sees("The coordinator wrote: You are not in the program this year");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_declined_without_a_reason_or_without_an_application() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        t.person("ada").applies_as(Mentee).await;
        let before = t.audit().await;
        sam.commands("applications decline", &[("person", "@ben"), ("reason", "No.")]).await;
        let bare = sam.line("mentorship-admin", "applications decline", &[("person", "@ada")]);
        match sam.actor.says(&bare).await {
            // The client asks for the reason itself.
            Err(_) => assert!(t.on_discord()),
            Ok(_) => {
                t.settle().await;
                sam.sees("I did not understand");
            }
        }
        assert_eq!(t.audit().await, before);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_no_match_is_told_why() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("ben", Mentee), ("grace", Mentor)]).await;
        let (ada, ben) = (t.person("ada"), t.person("ben"));
        let left = if ada.rooms().is_empty() { &ada } else { &ben };
        left.sees("No match this time");
        left.sees("More mentees applied than mentors could take");
        left.asks("status", &[]).await;
        left.sees_times(2, "More mentees applied than mentors could take");
        let matched = if ada.rooms().is_empty() { &ben } else { &ada };
        matched.sees_no("No match this time");
    })
    .await;
}

#[tokio::test]
async fn people_of_one_library_system_are_not_paired_and_told_so() {
    run_test(Both, async |t| {
        let (ada, grace, sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        ada.applies_as(Mentee).await;
        grace.applies_with(Mentor, &[("library_system", &["Fresno County Public Library"])]).await;
        t.until_proposed(&[("ben", Mentee), ("marcus", Mentor)]).await;
        sam.commands("match publish", &[]).await;
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;
        grace.sees("because they work in your own library system");
        assert_eq!(ada.rooms().len() + t.person("ben").rooms().len(), 1);
        assert!(grace.rooms().is_empty());
    })
    .await;
}
