//! Coordinators look into the roster line by line, and say which line is whose.

use plsep_bot::words::{Deed, RosterDeed};
use plsep_domain::Role::Mentee;
use plsep_domain::{ApplicationState, ConcernKind, RosterEntry, RosterId};

use super::harness::{Both, OnSlack, Story, run_test};

fn line(name: &str, email: &str) -> RosterEntry {
    RosterEntry {
        name: name.to_owned(),
        email: email.to_owned(),
        chat_user: None,
        library_system: "Fresno County Public Library".to_owned(),
        active: true,
    }
}

/// The line of an address that begins so.
async fn id(t: &Story, email: &str) -> RosterId {
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let community = t.community_in(&mut tx).await;
    let lines = tx.roster(community).await.expect("it reads");
    lines.into_iter().find(|line| line.entry.email.starts_with(email)).expect("there is such a line").id
}

async fn picks(t: &Story, deed: RosterDeed, email: &str) {
    let line = id(t, email).await.to_string();
    t.person("sam").chooses(&Deed::Roster(deed), &line).await;
}

async fn state(t: &Story) -> ApplicationState {
    t.application("zoe").await.expect("there is one").state
}

/// The newest message with these words, as it is read.
fn shown(t: &Story, words: &str) -> String {
    t.person("sam").finds(words).pop().expect("it is shown").text
}

#[tokio::test]
async fn lines_are_found_by_part_of_a_name_a_library_or_an_address() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        let mut lines: Vec<RosterEntry> =
            (0..30).map(|n| line(&format!("Person {n:02}"), &format!("p{n:02}@libraries.example"))).collect();
        lines.push(RosterEntry { library_system: String::new(), ..line("José Núñez", "jn@leon.example") });
        lines.push(RosterEntry { active: false, ..line("Old Hand", "old@libraries.example") });
        t.imports(&lines).await;
        for search in ["nunez", "LEON.ex", "jose n"] {
            sam.commands("roster list", &[("search", search)]).await;
            sam.sees("One line of the roster");
            sam.sees("José Núñez: not met in the chat yet");
        }
        sam.commands("roster list", &[("search", "nobody at all")]).await;
        sam.sees("No line fits");
        sam.commands("roster list", &[]).await;
        t.snapshot("roster_list", &shown(&t, "34 lines of the roster"));
        sam.presses("Next page").await;
        sam.sees("Page 2 of 3");
        sam.presses("No longer take part (1)").await;
        sam.sees("Old Hand, Fresno County Public Library: no longer takes part");
        sam.presses("All lines").await;
        sam.presses("In the chat (2)").await;
        sam.sees("Ben Okafor, Fresno County Public Library: in the chat as");
        sam.commands("roster list", &[("search", "nunez")]).await;
        picks(&t, RosterDeed::PickLine, "jn@").await;
        t.snapshot("roster_line", &shown(&t, "E-mail on the roster"));
        sam.commands("roster show", &[("person", "@ada")]).await;
        sam.label_beginning("Part from this account");
    })
    .await;
}

#[tokio::test]
async fn a_line_is_linked_to_its_person_and_parted_again() {
    run_test(Both, async |t| {
        let (zoe, sam) = (t.person("zoe"), t.person("sam"));
        zoe.applies_as(Mentee).await;
        t.imports(&[line("Z. Stranger-Smith", "z@elsewhere.example")]).await;
        t.drain().await;
        assert_eq!(state(&t).await, ApplicationState::NotOnRoster);
        sam.commands("roster show", &[("person", "@zoe")]).await;
        sam.sees("is on no line of the roster");
        sam.commands("roster unlink", &[("person", "@zoe")]).await;
        sam.sees("This person is on no line of the roster");

        sam.commands("roster link", &[("person", "@zoe"), ("search", "stranger")]).await;
        let zoe_ref = plsep_bot::chat::UserRef(t.id_of("zoe"));
        picks(&t, RosterDeed::PickLineOf(zoe_ref), "z@").await;
        t.snapshot("roster_link_question", &shown(&t, "Link the line of"));
        assert_eq!(state(&t).await, ApplicationState::NotOnRoster, "nothing has happened yet");
        sam.presses("Yes, link them").await;
        sam.sees("Their application waited for it");
        t.drain().await;
        assert_eq!(state(&t).await, ApplicationState::Submitted);
        zoe.sees_times(1, "we have found you on the list of current PLSEP participants");

        sam.presses("Part from this account").await;
        t.snapshot("roster_unlink_question", &shown(&t, "Part the line of"));
        sam.presses("Yes, part them").await;
        sam.sees("This line belongs to nobody in the chat now");
        t.drain().await;
        assert_eq!(t.concerns().await, [ConcernKind::OffRoster]);
        let done = t.audit().await;
        for deed in ["sam: roster.link", "sam: roster.unlink"] {
            assert!(done.iter().any(|line| line == deed), "{done:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_that_would_cost_somebody_their_place_says_so_first() {
    run_test(Both, async |t| {
        let (ada, sam) = (t.person("ada"), t.person("sam"));
        t.person("zoe").asks("home", &[]).await;
        sam.commands("roster link", &[("person", "@zoe")]).await;
        let zoe = plsep_bot::chat::UserRef(t.id_of("zoe"));
        picks(&t, RosterDeed::PickLineOf(zoe.clone()), "ada").await;
        sam.sees("now. That link would end.");
        sam.sees_no("would no longer be on the roster");
        // She applies while the question is open.
        ada.applies_as(Mentee).await;
        sam.presses("Yes, link them").await;
        sam.sees("has applied and would no longer be on the roster");
        assert_eq!(t.concerns().await, []);
        t.travel_to("2025-01-20 14:00").await;
        sam.presses("Yes, link them").await;
        sam.sees("This question is too old");
        assert_eq!(t.concerns().await, []);

        sam.commands("roster link", &[("person", "@zoe")]).await;
        picks(&t, RosterDeed::PickLineOf(zoe), "ada").await;
        sam.presses("Yes, link them").await;
        sam.sees("This line is linked.");
        t.drain().await;
        assert_eq!(t.concerns().await, [ConcernKind::OffRoster]);
        sam.commands("roster show", &[("person", "@ada")]).await;
        sam.sees("is on no line of the roster");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_known_by_their_address_is_not_parted_in_vain() {
    // Only Slack tells a bot the address.
    run_test(OnSlack, async |t| {
        let sam = t.person("sam");
        t.person("ada").asks("home", &[]).await;
        sam.commands("roster unlink", &[("person", "@ada")]).await;
        sam.sees("the bot would find the person again at once");
    })
    .await;
}
