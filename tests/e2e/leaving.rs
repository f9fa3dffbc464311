//! People withdraw, leave, or close their door to messages; whoever it concerns is told, and nothing else breaks.

use plsep_domain::Role::{Mentee, Mentor};
use plsep_sandbox::Action;

use super::harness::{Both, OnDiscord, resident, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

#[tokio::test]
async fn withdrawn_before_matching_and_applied_again() {
    run_test(Both, async |t| {
        let ada = t.person("ada");
        ada.applies_as(Mentee).await;
        ada.asks("withdraw", &[]).await;
        ada.presses("Withdraw").await;
        ada.sees("You have withdrawn");
        ada.asks("status", &[]).await;
        ada.sees("is withdrawn");
        // What was answered before is still there, so there is only a button left.
        ada.asks("apply", &[("role", "mentee")]).await;
        match ada.actor.form() {
            Some(_) => ada.sends(&[]).await,
            None => ada.presses("Send my application").await,
        }
        ada.asks("status", &[]).await;
        ada.sees("Your application as a mentee is received");
    })
    .await;
}

#[tokio::test]
async fn a_pair_ends_decently_when_one_leaves_it() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, grace, sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        t.travel_to("2025-04-02 11:00").await;
        ada.asks("withdraw", &[]).await;
        ada.sees("Your partner will be told kindly");
        ada.presses("Withdraw").await;
        t.drain().await;
        grace.sees("This pairing has ended");
        assert!(grace.room().archived);
        sam.sees_times(1, "has left");
        t.travel_to("2025-04-25 11:00").await;
        grace.sees_no("Your check-in for April 2025");
    })
    .await;
}

#[tokio::test]
async fn a_pair_that_ends_before_its_introduction_is_told_so() {
    run_test(Both, async |t| {
        t.until_proposed(&PAIR).await;
        let (ada, grace, sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        t.travel_to("2025-02-18 22:00").await;
        sam.commands("match publish", &[]).await;
        sam.presses("Yes, publish and introduce").await;
        assert!(ada.rooms().is_empty(), "nobody is written to at night");
        ada.asks("withdraw", &[]).await;
        ada.presses("Withdraw").await;
        t.travel_to("2025-02-19 12:00").await;
        t.drain().await;
        grace.sees("This pairing has ended");
        grace.sees_no("Meet each other");
        assert!(grace.rooms().is_empty() && ada.rooms().is_empty(), "nobody is welcomed to what is over");
        assert_eq!(t.pairs().await[0].state.key(), "archived");
        sam.sees("has left");
    })
    .await;
}

#[tokio::test]
async fn somebody_leaves_the_community() {
    run_test(Both, async |t| {
        if let Some(discord) = &t.stage.discord {
            // The privileged intent for members, as switched on in the app's settings.
            discord.sockets().allow_privileged_intents(1 << 1);
            t.stage.restart_bot().await.expect("the bot starts");
        }
        t.until_paired(&PAIR).await;
        let (ada, sam) = (t.person("ada"), t.person("sam"));
        ada.actor.act(Action::Leave).await.expect("anybody may leave");
        // Nobody answers to somebody's leaving; a command that comes behind it on the same line shows that it was heard.
        sam.commands("pairs list", &[]).await;
        sam.sees("One pair");
        t.drain().await;
        sam.sees_times(1, "has left");
        assert_eq!(t.person("grace").rooms().len(), 1, "the bot drops nobody by itself");
    })
    .await;
}

#[tokio::test]
async fn closed_direct_messages_cost_nobody_else_anything() {
    // Only on Discord can a person close their direct messages to a bot.
    run_test(OnDiscord, async |t| {
        t.joins(plsep_sandbox::NewResident {
            dms_closed: true,
            ..resident("ivy", "Ivy Closed", "America/Los_Angeles")
        });
        t.settle().await;
        t.puts_on_roster("ivy").await;
        t.until_paired(&[("ivy", Mentee), ("grace", Mentor)]).await;
        let (ivy, grace, sam) = (t.person("ivy"), t.person("grace"), t.person("sam"));
        sam.sees("I cannot write to");
        grace.sees("You are accepted");
        assert_eq!(ivy.in_room("Meet each other").len(), 1);
        ivy.asks("status", &[]).await;
        ivy.sees("You are accepted");
        ivy.asks("status", &[]).await;
        ivy.sees("You are matched as a mentee");
    })
    .await;
}
