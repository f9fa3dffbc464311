//! The coordinators' channel is deleted or archived by somebody. Nothing that was to be said there is lost, and nobody has
//! to guess what happened.

use super::harness::{Both, Story, run_test};

const GONE: &str = "The coordinators' channel is gone";

/// What the office says where coordinators read it, not directly to somebody.
fn in_the_office(t: &Story, words: &str) -> usize {
    let sam = t.person("sam");
    let offices: Vec<_> =
        sam.actor.places().into_iter().filter(|place| place.name.contains("coordinators") && !place.archived).collect();
    sam.finds(words).into_iter().filter(|seen| offices.iter().any(|place| place.id == seen.place)).count()
}

/// What somebody was told directly of the loss.
fn directs(t: &Story, handle: &str) -> Vec<String> {
    let told = t.person(handle).finds(GONE).into_iter();
    told.filter(|seen| seen.by_bot && !seen.ephemeral).map(|seen| seen.text).collect()
}

/// How often the desk told of the loss.
fn shown(t: &Story) -> usize {
    t.person("sam").finds(GONE).into_iter().filter(|seen| seen.ephemeral).count()
}

async fn asks(t: &Story, question: &str) {
    t.person("ben").asks("ask", &[("question", question)]).await;
    t.settle().await;
}

#[tokio::test]
async fn what_is_said_to_the_office_waits_for_a_new_channel_when_the_old_one_is_gone() {
    run_test(Both, async |t| {
        let (sam, ben) = (t.person("sam"), t.person("ben"));
        asks(&t, "Is there still a channel?").await;
        assert_eq!(in_the_office(&t, "Is there still a channel?"), 1);
        // Once deleted, and once archived where that is another thing.
        for (round, archived) in [(1, false), (2, true)] {
            t.travel_to(&format!("2025-01-20 1{round}:00")).await;
            t.loses_office(archived);
            let first = format!("First question of round {round}");
            let second = format!("Second question of round {round}");
            asks(&t, &first).await;
            asks(&t, &second).await;
            // Each coordinator is told once, and whoever appointed them.
            assert_eq!(directs(&t, "sam").len(), round);
            assert_eq!(directs(&t, "dana").len(), round);
            ben.sees_no(GONE);
            assert_eq!(in_the_office(&t, "question of round"), 0, "it waits");
            if round == 1 {
                t.snapshot("office_lost_coordinator", &directs(&t, "sam")[0]);
                t.snapshot("office_lost_owner", &directs(&t, "dana")[0]);
            }
            sam.commands("season show", &[]).await;
            assert_eq!(shown(&t), round, "the desk tells, too: {}", sam.screen());
            let (message, key) = sam.button("Open a new channel");
            sam.presses("Open a new channel").await;
            sam.presses_old(&message, &key).await.expect("the button is there");
            sam.sees("The coordinators have a channel, or it is just being opened");
            sam.sees("I am opening a new channel for the coordinators");
            t.drain().await;
            for question in [&first, &second] {
                assert_eq!(in_the_office(&t, question), 1, "{}", sam.screen());
            }
            asks(&t, &format!("Later question of round {round}")).await;
            assert_eq!(in_the_office(&t, "Later question of round"), 1);
            sam.commands("season show", &[]).await;
            assert_eq!(shown(&t), round, "it tells no more: {}", sam.screen());
        }
        assert_eq!(t.audit().await.iter().filter(|line| *line == "sam: coordinators.reopen").count(), 2);
    })
    .await;
}
