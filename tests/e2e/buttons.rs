//! Buttons outlive their moment: pressed twice, by somebody else, too late, after a restart, by two at once.

use plsep_bot::words::Deed;
use plsep_domain::CheckInAnswer;
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

#[tokio::test]
async fn pressed_twice_is_done_once() {
    run_test(Both, async |t| {
        t.until_proposed(&PAIR).await;
        let sam = t.person("sam");
        sam.commands("match publish", &[]).await;
        // Twice in a row, before the bot has answered the first.
        sam.starts_pressing("Yes, publish and introduce").await;
        sam.starts_pressing("Yes, publish and introduce").await;
        t.drain().await;
        assert_eq!(t.pairs().await.len(), 1);
        let ada = t.person("ada");
        assert_eq!(ada.in_room("Meet each other").len(), 1);
        assert_eq!(t.audit().await.iter().filter(|line| line.ends_with("match.publish")).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_same_press_delivered_twice_is_done_once() {
    run_test(Both, async |t| {
        t.until_proposed(&PAIR).await;
        match (&t.stage.discord, &t.stage.slack) {
            (Some(discord), _) => discord.sockets().deliver_interactions_twice(true),
            (None, Some(slack)) => slack.sockets().deliver_twice(true),
            (None, None) => {}
        }
        let sam = t.person("sam");
        sam.commands("match publish", &[]).await;
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;
        assert_eq!(t.pairs().await.len(), 1);
        assert_eq!(t.person("ada").in_room("Meet each other").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_coordinators_publish_the_same_proposal() {
    run_test(Both, async |t| {
        let (sam, dana) = (t.person("sam"), t.person("dana"));
        sam.commands("coordinators add", &[("person", "@dana")]).await;
        t.until_proposed(&PAIR).await;
        sam.commands("match publish", &[]).await;
        dana.commands("match publish", &[]).await;
        sam.starts_pressing("Yes, publish and introduce").await;
        dana.starts_pressing("Yes, publish and introduce").await;
        t.drain().await;
        assert_eq!(t.pairs().await.len(), 1);
        assert_eq!(t.person("ada").in_room("Meet each other").len(), 1);
        let told = [&sam, &dana].map(|person| person.has("These pairs are published already"));
        assert_eq!(told.iter().filter(|told| **told).count(), 1, "one of the two is told: {told:?}");
    })
    .await;
}

#[tokio::test]
async fn an_old_proposal_is_not_published() {
    run_test(Both, async |t| {
        t.until_proposed(&PAIR).await;
        let sam = t.person("sam");
        sam.commands("match publish", &[]).await;
        let (message, key) = sam.button("Yes, publish and introduce");
        sam.commands("match propose", &[]).await;
        sam.presses_old(&message, &key).await.expect("the button is still there");
        sam.sees("This button is too old");
        assert!(t.pairs().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_third_person_neither_sees_nor_presses_a_pairs_buttons() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-20 11:00").await;
        let (ada, ben) = (t.person("ada"), t.person("ben"));
        let (message, key) = ada.button("We met");
        for stranger in [&ben, &t.person("zoe"), &t.person("sam")] {
            stranger.sees_no("Your check-in for March 2025");
            assert!(stranger.presses_old(&message, &key).await.is_err(), "nobody presses what they cannot see");
        }
        let pair = t.pairs().await.remove(0);
        let forged = Deed::CheckIn(pair.id, "2025-03".parse().expect("a month"), CheckInAnswer::NeedHelp).action();
        for stranger in ["ben", "zoe", "sam"] {
            let answer = t.forges(stranger, forged.clone()).await;
            assert!(answer.contains("This button is for somebody else"), "{answer}");
        }
        let nowhere = Deed::CheckIn(999.into(), "2025-03".parse().expect("a month"), CheckInAnswer::Met).action();
        assert!(t.forges("ben", nowhere).await.contains("too old"));
        t.drain().await;
        t.person("sam").sees_no("asks for help");
    })
    .await;
}

#[tokio::test]
async fn after_a_restart_buttons_still_work() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-20 11:00").await;
        t.stage.restart_bot().await.expect("the bot starts");
        let ada = t.person("ada");
        ada.answers("2025-03", "met").await;
        ada.sees("Your meeting in March 2025 is noted");
    })
    .await;
}

#[tokio::test]
async fn after_the_season_a_button_says_so() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-20 11:00").await;
        let ada = t.person("ada");
        let (message, key) = ada.button("We met");
        t.travel_to("2025-07-01 12:00").await;
        match ada.presses_old(&message, &key).await {
            Ok(()) => ada.sees("This pair has ended"),
            // An archived channel takes no presses.
            Err(_) => {
                let pair = t.pairs().await.remove(0);
                let late = Deed::CheckIn(pair.id, "2025-03".parse().expect("a month"), CheckInAnswer::Met).action();
                assert!(t.forges("ada", late).await.contains("This pair has ended"));
            }
        }
        t.travel_to("2025-07-20 12:00").await;
        ada.asks("home", &[]).await;
        ada.sees("This season ended on");
    })
    .await;
}

#[tokio::test]
async fn two_answers_stand_side_by_side_and_coordinators_hear_of_it_once() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-20 11:00").await;
        let (ada, grace, sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        ada.answers("2025-03", "met").await;
        grace.answers("2025-03", "not_yet").await;
        grace.answers("2025-03", "not_yet").await;
        t.drain().await;
        sam.sees_times(1, "one says they met, the other that they did not");
        grace.sees_no("one says they met");
    })
    .await;
}
