//! Which pair a coordinator means: by a person, by part of a name, by what is suggested, or chosen. Never by a number.

use plsep_bot::chat::CommandId;
use plsep_bot::words::{Deed, OfficeDeed, PairTask};

use super::harness::{Both, Story, run_test};

const GRACE: &str = "Grace Lindqvist (mentor) and Ada Reyes (mentee)";

/// Ada and Grace, and Ben and Marcus, are pairs.
async fn two_pairs(t: &Story) {
    t.four_who_suit_by_two().await;
    t.publishes().await;
    t.travel_to("2025-03-14 15:00").await;
}

#[tokio::test]
async fn a_pair_is_chosen_named_or_suggested() {
    run_test(Both, async |t| {
        two_pairs(&t).await;
        let mut sam = t.person("sam");
        sam.reads();
        // Nothing is named: it is asked.
        sam.commands("pairs end", &[]).await;
        t.snapshot("which_pair", &sam.reads());
        sam.presses(GRACE).await;
        sam.sees("End this pair?");
        // By part of a name, of one or of both.
        sam.commands("pairs rematch", &[("pair", "lind")]).await;
        assert!(sam.newest().contains("Look for a new match?"), "{}", sam.newest());
        sam.commands("pairs show", &[("pair", "ada grace")]).await;
        assert!(sam.newest().contains("Introduced on"), "{}", sam.newest());
        // In a typed line a time follows, so that the name is said to be one.
        let grace = if t.on_discord() { "grace" } else { "pair:grace" };
        sam.commands("pairs log", &[("pair", grace), ("when", "3/12/2025 2:00 pm")]).await;
        sam.sees("Noted:");
        sam.commands("pairs rematch", &[("pair", "nobody")]).await;
        sam.sees("I found no such pair");
        // What is suggested is taken as it is. Where a chat suggests nothing, its words find the same.
        sam.commands("pairs show", &[("pair", GRACE)]).await;
        assert!(sam.newest().contains("Introduced on"), "{}", sam.newest());
    })
    .await;
}

#[tokio::test]
async fn suggestions_are_for_coordinators_and_find_by_any_part_of_a_name() {
    run_test(Both, async |t| {
        two_pairs(&t).await;
        for (typed, found) in [("gra", vec![GRACE]), ("ADA gr", vec![GRACE]), ("qvist", vec![])] {
            assert_eq!(t.suggested("sam", CommandId::PairsEnd, "pair", typed).await, found, "{typed}");
        }
        assert_eq!(t.suggested("sam", CommandId::PairsShow, "pair", "").await.len(), 2);
        let lines = t.suggested("sam", CommandId::RosterLink, "search", "ad").await;
        assert!(lines.iter().any(|line| line.starts_with("Ada Reyes")), "{lines:?}");
        for stranger in ["ada", "grace", "zoe", "dana"] {
            for (command, option) in [(CommandId::PairsEnd, "pair"), (CommandId::RosterLink, "search")] {
                assert_eq!(t.suggested(stranger, command, option, "").await, Vec::<String>::new(), "{stranger}");
            }
        }
        // A pair that is over can be looked at, and no more.
        let sam = t.person("sam");
        t.person("ada").asks("withdraw", &[]).await;
        t.person("ada").presses("Withdraw").await;
        t.drain().await;
        assert_eq!(t.suggested("sam", CommandId::PairsEnd, "pair", "grace").await, Vec::<String>::new());
        let over = format!("{GRACE}, ended");
        assert_eq!(t.suggested("sam", CommandId::PairsShow, "pair", "grace").await, [over]);
        sam.commands("pairs show", &[("pair", "grace")]).await;
        sam.sees("Ended");
        sam.commands("pairs end", &[("pair", "grace")]).await;
        sam.sees("I found no such pair");
    })
    .await;
}

#[tokio::test]
async fn of_many_pairs_one_is_chosen_in_a_menu() {
    run_test(Both, async |t| {
        t.accepts_crowd(6).await;
        t.travel_to("2025-02-18 10:00").await;
        let mut sam = t.person("sam");
        sam.commands("match propose", &[]).await;
        t.publishes().await;
        t.travel_to("2025-03-14 15:00").await;
        sam.reads();
        sam.commands("pairs extend", &[]).await;
        t.snapshot("which_of_many_pairs", &sam.reads());
        let pair = t.pairs().await[0].id;
        sam.chooses(&Deed::Office(OfficeDeed::PickPair(PairTask::Extend)), &pair.to_string()).await;
        sam.sees("Until when may this pair go on?");
    })
    .await;
}
