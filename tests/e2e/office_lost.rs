//! The coordinators' channel, or a pair's, is deleted or archived by somebody. Nothing that was to be said there is lost, and
//! nobody has to guess what happened.

use plsep_bot::words::{Deed, OfficeDeed};
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{ConcernKind, PairState};

use super::harness::{Both, Loss, Story, run_test};

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

/// What a platform has told before is heard by the time a later deed is answered.
async fn news_arrives(t: &Story) {
    t.person("zoe").asks("about", &[]).await;
    t.settle().await;
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
        // Once deleted, and once archived and once without the bot where that is another thing.
        for (round, how) in [(1, Loss::Deleted), (2, Loss::Archived), (3, Loss::BotTakenOut)] {
            t.travel_to(&format!("2025-01-20 1{round}:00")).await;
            if round == 2 {
                // The news that it is gone is lost on its way: the next message finds out.
                t.stage.stop_bot().await;
                t.loses_office(how);
                t.stage.restart_bot().await.expect("the bot starts");
            } else {
                t.loses_office(how);
                news_arrives(&t).await;
                assert_eq!(directs(&t, "sam").len(), round, "nobody has to say anything there first");
            }
            let first = format!("First question of round {round}");
            let second = format!("Second question of round {round}");
            asks(&t, &first).await;
            asks(&t, &second).await;
            // Each coordinator is told once, and whoever appointed them.
            assert_eq!(directs(&t, "sam").len(), round);
            assert_eq!(directs(&t, "dana").len(), round);
            ben.sees_no(GONE);
            assert_eq!(in_the_office(&t, &format!("question of round {round}")), 0, "it waits");
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
            assert_eq!(in_the_office(&t, &format!("Later question of round {round}")), 1);
            sam.commands("season show", &[]).await;
            assert_eq!(shown(&t), round, "it tells no more: {}", sam.screen());
        }
        assert_eq!(t.audit().await.iter().filter(|line| *line == "sam: coordinators.reopen").count(), 3);
    })
    .await;
}

const PAIR_GONE: &str = "The private channel of";

#[tokio::test]
async fn a_pair_whose_channel_is_gone_stays_a_pair_and_gets_another() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let (sam, ada) = (t.person("sam"), t.person("ada"));
        let pair = t.pairs().await[0].id;
        t.travel_to("2025-03-03 10:00").await;
        t.loses_place("mentorship-grace-ada", Loss::Deleted);
        news_arrives(&t).await;
        assert_eq!(in_the_office(&t, PAIR_GONE), 1);
        assert_eq!(t.concerns().await, [ConcernKind::PlaceLost]);
        t.snapshot("pair_place_lost", &sam.finds(PAIR_GONE)[0].text);
        // What is said to the two together waits, and coordinators do not hear of it again.
        ada.asks("meeting set", &[("when", "march 11 2pm")]).await;
        t.travel_to("2025-03-03 11:00").await;
        assert_eq!(in_the_office(&t, PAIR_GONE), 1);
        assert!(ada.rooms().is_empty());
        sam.commands("pairs show", &[]).await;
        sam.sees("Their channel is gone");
        sam.commands("concerns list", &[]).await;
        sam.sees("A pair's channel is gone");
        sam.presses("Open a new channel for them").await;
        sam.sees("I am opening a new channel for");
        let once_more = || Deed::Office(OfficeDeed::ReopenPair(pair)).action();
        let answer = t.forges("sam", once_more()).await;
        assert!(answer.contains("have a channel, or it is just being opened"), "{answer}");
        let answer = t.forges("ada", once_more()).await;
        assert!(answer.contains("coordinators"), "{answer}");
        t.drain().await;
        assert_eq!(ada.in_room("Your new channel").len(), 1);
        assert_eq!(ada.in_room("A meeting is set").len(), 1, "{}", ada.screen());
        t.snapshot("pair_place_new", &ada.in_room("Your new channel")[0].text);
        assert!(t.concerns().await.is_empty());
        assert_eq!(t.audit().await.iter().filter(|line| *line == "sam: pair.reopen").count(), 1);
        // They go on in it.
        t.travel_to("2025-04-01 12:00").await;
        assert_eq!(ada.in_room("Your check-in for March 2025").len(), 1, "{}", ada.screen());
        assert_eq!(in_the_office(&t, PAIR_GONE), 1);
    })
    .await;
}

#[tokio::test]
async fn a_pair_whose_channel_is_gone_can_be_ended() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let sam = t.person("sam");
        t.travel_to("2025-03-03 10:00").await;
        // The news is lost on its way: the next message to the pair finds out.
        t.stage.stop_bot().await;
        t.loses_place("mentorship-grace-ada", Loss::Archived);
        t.stage.restart_bot().await.expect("the bot starts");
        t.person("ada").asks("meeting set", &[("when", "march 11 2pm")]).await;
        t.settle().await;
        assert_eq!(in_the_office(&t, PAIR_GONE), 1);
        assert_eq!(t.concerns().await, [ConcernKind::PlaceLost]);
        sam.commands("pairs end", &[("person", "@ada")]).await;
        let pair = t.pairs().await[0].id;
        sam.chooses(&Deed::Office(OfficeDeed::PickEndCause(pair)), "moved").await;
        sam.presses("Yes, end it and tell both").await;
        t.drain().await;
        assert!(matches!(t.pairs().await[0].state, PairState::Archived { .. }));
        assert_eq!(in_the_office(&t, PAIR_GONE), 1);
    })
    .await;
}
