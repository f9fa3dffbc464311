//! What goes wrong at the coordinators' desk though everybody means well: two press at one moment, a date is put into the
//! past, two remove each other from their office, and somebody goes before a word reaches them.

use std::collections::BTreeMap;

use plsep_bot::chat::command::{Invocation, OptionValue};
use plsep_bot::chat::{CommandId, UserRef, What};
use plsep_bot::words::OfficeDeed;
use plsep_domain::EndReason;
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

async fn coordinators(t: &Story) -> usize {
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let community = t.community_in(&mut tx).await;
    tx.coordinators(community).await.expect("it reads").len()
}

#[tokio::test]
async fn two_coordinators_who_publish_at_the_same_moment_publish_once() {
    run_test(Both, async |t| {
        t.until_proposed(&PAIR).await;
        let (ada, sam, ben) = (t.person("ada"), t.person("sam"), t.person("ben"));
        sam.commands("coordinators add", &[("person", "@ben")]).await;
        for coordinator in [&sam, &ben] {
            coordinator.commands("match publish", &[]).await;
        }
        for coordinator in [&sam, &ben] {
            coordinator.starts_pressing("Yes, publish and introduce").await;
        }
        t.drain().await;
        assert_eq!(t.pairs().await.len(), 1);
        assert_eq!(ada.rooms().len(), 1, "one place, one introduction");
        let published = t.audit().await.iter().filter(|line| line.contains("match.publish")).count();
        assert_eq!(published, 1);
        // One of them did it, and the other hears that it is done.
        let told = [&sam, &ben].map(|it| it.has("These pairs are published already"));
        assert!(told[0] != told[1], "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_date_that_is_moved_into_the_past_takes_effect_at_once_and_once() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-04-14 15:00").await;
        let (ada, grace, mut sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        // Before the run it cannot end.
        sam.commands("season move", &[("date", "runs-until"), ("to", "2025-02-20")]).await;
        sam.sees("That would put the dates out of order");
        assert!(t.pairs().await[0].state.is_live());
        sam.reads();
        sam.commands("season move", &[("date", "runs-until"), ("to", "2025-04-10")]).await;
        t.snapshot("date_into_the_past", &sam.reads());
        sam.presses("Yes, move it").await;
        t.travel_to("2025-04-14 18:00").await;
        assert_eq!(t.pairs().await[0].state.end_reason(), Some(EndReason::Completed));
        for person in [&ada, &grace] {
            assert!(person.room().archived);
            person.sees_times(1, "Thank you for being part of it");
        }
        // Moved back, nobody is brought back who has been thanked; a later end asks nobody twice.
        sam.commands("season move", &[("date", "runs-until"), ("to", "2025-06-30")]).await;
        sam.presses("Yes, move it").await;
        t.travel_to("2025-07-01 12:00").await;
        for person in [&ada, &grace] {
            person.sees_times(1, "Thank you for being part of it");
        }
        assert_eq!(t.pairs().await[0].state.end_reason(), Some(EndReason::Completed));
    })
    .await;
}

#[tokio::test]
async fn two_coordinators_who_remove_each_other_leave_one() {
    run_test(Both, async |t| {
        let (sam, ben) = (t.person("sam"), t.person("ben"));
        sam.commands("coordinators add", &[("person", "@ben")]).await;
        t.drain().await;
        assert_eq!(coordinators(&t).await, 2);
        let removes = |who: &str| {
            let whom = OptionValue::Person(UserRef(t.id_of(who)));
            What::Command(Invocation { id: CommandId::CoordinatorsRemove, options: BTreeMap::from([("person", whom)]) })
        };
        let (one, other) = tokio::join!(
            t.hands_over("sam", "remove:1", removes("ben")),
            t.hands_over("ben", "remove:2", removes("sam"))
        );
        let told = [format!("{one:?}"), format!("{other:?}")];
        let done = told.iter().filter(|it| it.contains("no longer a coordinator")).count();
        let refused = told.iter().filter(|it| it.contains("Only coordinators can do that")).count();
        assert_eq!((done, refused), (1, 1), "{told:?}");
        assert_eq!(coordinators(&t).await, 1);
        // Whoever is left cannot remove themselves.
        let (left, handle) = if told[0].contains("no longer") { (&sam, "@sam") } else { (&ben, "@ben") };
        left.commands("coordinators remove", &[("person", handle)]).await;
        left.sees("is the last coordinator");
        assert_eq!(coordinators(&t).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_a_coordinator_wrote_to_a_pair_goes_with_whoever_asks_to_be_forgotten() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        // Late in the evening, so that it waits for the morning.
        t.travel_to("2025-04-10 22:30").await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        let pair = t.pairs().await[0].id;
        let words = [("pair_note".to_owned(), vec!["A word about Ada's mornings".to_owned()])].into();
        let answer = t.forges_submission("sam", OfficeDeed::WriteToPair(pair).action(), words).await;
        assert!(answer.contains("it waits for an hour that suits both"), "{answer}");
        ada.asks("my-data delete", &[]).await;
        ada.presses("Yes, delete everything about me").await;
        ada.sees("You are forgotten here");
        t.travel_to("2025-04-11 12:00").await;
        grace.sees_no("A word about Ada's mornings");
        grace.sees_times(1, "This pairing has ended");
        // That it was written stays in the log, and not what.
        let audit = t.audit().await;
        assert!(audit.iter().any(|line| line == "sam: pair.write"), "{audit:?}");
        let mut tx = t.stage.store.read().await.expect("the database answers");
        let community = t.community_in(&mut tx).await;
        let sent = tx.done_effect(community, &format!("office-note:{pair}:")).await.expect("it reads");
        assert_eq!(sent, None);
    })
    .await;
}
