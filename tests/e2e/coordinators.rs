//! Who coordinates: people and groups, how they come to it, and how it ends.

use plsep_bot::chat::{UserRef, What};
use plsep_bot::words::{Deed, OfficeDeed};
use plsep_sandbox::FaultKind;
use plsep_sandbox::person::PlaceKind::Private;

use super::harness::{Both, By, OnSlack, Story, resident, run_test};

/// How a group is named on this platform.
fn named(t: &Story, name: &str) -> String {
    if t.on_discord() { name.to_owned() } else { format!("@{name}") }
}

#[tokio::test]
async fn everybody_in_a_group_coordinates_as_long_as_they_are_in_it() {
    run_test(Both, async |t| {
        t.joins(resident("olga", "Olga Office", "America/Los_Angeles"));
        t.settle().await;
        let (dana, olga, sam) = (t.person("dana"), t.person("olga"), t.person("sam"));
        let group = t.makes_group("mentorship-office", &["olga"]);
        t.travel_to("2025-01-20 10:01").await;
        olga.commands("season show", &[]).await;
        olga.sees("Only coordinators can do that");
        dana.commands("coordinators add", &[("group", &named(&t, "mentorship-office"))]).await;
        t.snapshot("coordinators_group_added", &dana.newest());
        dana.commands("coordinators add", &[("group", &named(&t, "mentorship-office"))]).await;
        dana.sees("are coordinators already");
        sam.commands("coordinators list", &[]).await;
        t.snapshot("coordinators_list_with_group", &sam.newest());
        // She is none of the people who were named, and can do what they can.
        olga.asks("home", &[]).await;
        olga.sees("You are a coordinator of this program");
        let before = olga.actor.places().len();
        olga.presses("Come into the coordinators' channel").await;
        t.drain().await;
        assert_eq!(olga.actor.places().len(), before + 1, "the coordinators' channel is among hers");
        olga.commands("season show", &[]).await;
        olga.sees("Applications are open");
        let accept = Deed::Do(plsep_bot::chat::CommandId::ApplicationsAcceptAll);
        olga.presses_deed(&accept).await;
        olga.hands_in_list("people.csv", "Name,Email,Library system\nAna Ortiz,ana@example.org,Fresno\n").await;
        olga.sees("One person is new");
        olga.closes_form().await;
        // She is taken out of the group. What stands on her screen is of no use any more.
        t.leaves_group(&group, "olga");
        t.travel_to("2025-01-20 10:02").await;
        let log = t.audit().await;
        olga.presses_deed(&accept).await;
        olga.sees("Only coordinators can do that");
        olga.commands("season show", &[]).await;
        olga.sees_times(3, "Only coordinators can do that");
        assert_eq!(t.audit().await, log);
        assert_eq!(log[2..4], ["dana: coordinators.add-group", "olga: coordinators.enter"]);
        // No platform tells the bot of it, so it asks each morning who is in the group still.
        assert_eq!(olga.actor.places().len(), before + 1);
        t.travel_to("2025-01-21 12:00").await;
        assert_eq!(olga.actor.places().len(), before, "she no longer reads with the coordinators");
        // Back in the group she is let in again, and stays.
        t.joins_group(&group, "olga");
        t.travel_to("2025-01-21 12:05").await;
        olga.asks("home", &[]).await;
        olga.presses("Come into the coordinators' channel").await;
        t.travel_to("2025-01-23 12:00").await;
        assert_eq!(olga.actor.places().len(), before + 1);
    })
    .await;
}

#[tokio::test]
async fn the_last_who_can_coordinate_stays() {
    run_test(Both, async |t| {
        t.joins(resident("olga", "Olga Office", "America/Los_Angeles"));
        t.settle().await;
        let (olga, sam) = (t.person("olga"), t.person("sam"));
        t.makes_group("mentorship-office", &["olga"]);
        t.travel_to("2025-01-20 10:01").await;
        let group = named(&t, "mentorship-office");
        sam.commands("coordinators remove", &[("group", &group)]).await;
        sam.sees("are not coordinators through it");
        sam.commands("coordinators remove", &[("person", "@sam")]).await;
        sam.sees("is the last coordinator");
        sam.commands("coordinators add", &[("group", &group)]).await;
        // With a group beside her she can go.
        sam.commands("coordinators remove", &[("person", "@sam")]).await;
        sam.sees("is no longer a coordinator");
        olga.commands("coordinators list", &[]).await;
        t.snapshot("coordinators_list_group_alone", &olga.newest());
        olga.commands("coordinators remove", &[("group", &group)]).await;
        olga.sees("Nobody but the members of the group");
        olga.commands("coordinators add", &[("person", "@sam")]).await;
        olga.commands("coordinators remove", &[("group", &group)]).await;
        olga.sees("no longer makes anybody a coordinator");
        olga.commands("coordinators list", &[]).await;
        olga.sees("Only coordinators can do that");
        sam.commands("coordinators add", &[]).await;
        sam.sees("Please name a person or a group");
    })
    .await;
}

#[tokio::test]
async fn whoever_coordinates_no_more_is_taken_out_of_the_coordinators_channel() {
    run_test(Both, async |t| {
        for (handle, name) in [("nora", "Nora Office"), ("olga", "Olga Office"), ("omar", "Omar Office")] {
            t.joins(resident(handle, name, "America/Los_Angeles"));
        }
        t.settle().await;
        let (olga, omar, sam) = (t.person("olga"), t.person("omar"), t.person("sam"));
        t.makes_group("mentorship-office", &["olga", "omar"]);
        let group = named(&t, "mentorship-office");
        sam.commands("coordinators add", &[("group", &group)]).await;
        t.travel_to("2025-01-20 10:05").await;
        let reads = |person: &str| t.person(person).actor.places().iter().filter(|it| it.kind == Private).count();
        for person in [&olga, &omar] {
            person.asks("home", &[]).await;
            person.presses("Come into the coordinators' channel").await;
        }
        sam.commands("coordinators add", &[("person", "@nora")]).await;
        sam.commands("coordinators add", &[("person", "@omar")]).await;
        t.drain().await;
        assert_eq!(["nora", "olga", "omar", "sam"].map(reads), [1; 4]);

        // Whoever is removed by name is out, also if the platform's answer is lost.
        t.goes_wrong(if t.on_discord() { "/permissions/" } else { "conversations.kick" }, FaultKind::CutAfterEffect, 0);
        sam.commands("coordinators remove", &[("person", "@nora")]).await;
        t.snapshot("coordinator_removed_by_name", &sam.newest());
        t.drain().await;
        assert_eq!(t.faults_left(), 0);
        assert_eq!(["nora", "olga", "omar", "sam"].map(reads), [0, 1, 1, 1]);

        // Without the group whoever came in by it is out; whoever was named, too, stays.
        sam.commands("coordinators remove", &[("group", &group)]).await;
        t.snapshot("coordinator_group_removed", &sam.newest());
        t.drain().await;
        assert_eq!(["olga", "omar", "sam"].map(reads), [0, 1, 1]);

        // Added again before it was done, nobody leaves.
        sam.commands("coordinators remove", &[("person", "@omar")]).await;
        sam.sees("is no longer a coordinator");
        sam.commands("coordinators add", &[("person", "@omar")]).await;
        t.drain().await;
        assert_eq!(["omar", "sam"].map(reads), [1, 1]);
    })
    .await;
}

#[tokio::test]
async fn where_somebody_cannot_be_taken_out_the_coordinators_are_told_what_to_do() {
    run_test(Both, async |t| {
        t.joins(resident("nora", "Nora Office", "America/Los_Angeles"));
        t.settle().await;
        let (nora, mut sam) = (t.person("nora"), t.person("sam"));
        sam.commands("coordinators add", &[("person", "@nora")]).await;
        t.drain().await;
        let (what, answer) = if t.on_discord() {
            ("DELETE /api/v10/channels/", r#"{"message": "Missing Permissions", "code": 50013}"#)
        } else {
            ("conversations.kick", r#"{"ok": false, "error": "restricted_action"}"#)
        };
        let status = if t.on_discord() { 403 } else { 200 };
        t.goes_wrong(what, FaultKind::Answer { status, headers: vec![], body: answer.to_owned() }, 0);
        t.expects_error("an effect was given up");
        sam.reads();
        sam.commands("coordinators remove", &[("person", "@nora")]).await;
        t.drain().await;
        t.snapshot("coordinator_not_dismissed", &sam.reads());
        sam.presses("Try again").await;
        t.drain().await;
        assert!(!nora.actor.places().iter().any(|place| place.kind == Private), "she is out");
    })
    .await;
}

/// As in a direct message on Discord, which tells of no roles.
#[tokio::test]
async fn where_no_groups_are_told_whoever_is_known_by_one_alone_is_shown_the_way() {
    run_test(Both, async |t| {
        let press = || What::Press(Deed::Office(OfficeDeed::ShowQueue(0)).action());
        let told = async |handle: &str| {
            let by = By { user: UserRef(t.id_of(handle)), steward: false, groups: None, file: None };
            format!("{:?}", t.hands_over_by(by, &format!("direct:{handle}:{}", t.now()), press()).await)
        };
        // As long as no group coordinates nobody is asked to come back.
        assert!(told("zoe").await.contains("Only coordinators can do that"));
        t.appoints_group("the-office").await;
        t.travel_to("2025-01-20 10:01").await;
        let answer = told("zoe").await;
        assert!(answer.contains("in a channel rather than in a direct message"), "{answer}");
        assert!(told("sam").await.contains("Nobody is waiting"), "who was named needs no group");
    })
    .await;
}

#[tokio::test]
async fn the_only_coordinator_by_name_may_be_forgotten_if_a_group_coordinates_too() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        sam.asks("my-data delete", &[]).await;
        sam.sees("You are the only coordinator");
        t.appoints_group("the-office").await;
        sam.asks("my-data delete", &[]).await;
        sam.sees_times(1, "You are the only coordinator");
    })
    .await;
}

/// On Discord each event tells the roles itself.
#[tokio::test]
async fn whoever_is_known_by_a_group_alone_waits_while_nobody_can_say_who_is_in_it() {
    run_test(OnSlack, async |t| {
        t.joins(resident("olga", "Olga Office", "America/Los_Angeles"));
        t.settle().await;
        let (olga, sam, zoe) = (t.person("olga"), t.person("sam"), t.person("zoe"));
        t.makes_group("mentorship-office", &["olga"]);
        sam.commands("coordinators add", &[("group", "@mentorship-office")]).await;
        t.travel_to("2025-01-20 10:05").await;
        let log = t.audit().await;
        for _ in 0..4 {
            t.goes_wrong("usergroups.list", FaultKind::CutBefore, 0);
        }
        olga.commands("applications queue", &[]).await;
        olga.sees("I cannot see at the moment which groups you are in");
        let forged = Deed::Office(OfficeDeed::ShowQueue(0));
        assert!(t.forges("olga", forged.action()).await.contains("Only coordinators can do that"));
        zoe.commands("applications queue", &[]).await;
        zoe.sees("I cannot see at the moment which groups you are in");
        // Who was named is not asked for a group.
        sam.commands("applications queue", &[]).await;
        sam.sees("Nobody is waiting");
        assert_eq!(t.audit().await, log);
        olga.asks("home", &[]).await;
        assert!(!olga.newest().contains("You are a coordinator"));
        assert_eq!(t.faults_left(), 0);
        t.travel_to("2025-01-20 10:06").await;
        olga.commands("applications queue", &[]).await;
        olga.sees("Nobody is waiting");
    })
    .await;
}
