//! A whole season with one pair, and every word that each of them reads.

use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, run_test};

#[tokio::test]
async fn one_pair_from_the_application_to_the_farewell() {
    run_test(Both, async |t| {
        let (mut ada, mut grace, mut sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        ada.applies_as(Mentee).await;
        ada.sees("Received, thank you");
        grace.applies_as(Mentor).await;

        t.travel_to("2025-02-18 10:00").await;
        sam.commands("applications accept-all", &[]).await;
        sam.presses("Yes, accept them").await;
        t.drain().await;
        sam.commands("match propose", &[]).await;
        assert!(ada.rooms().is_empty(), "nobody is told before the pairs are published");
        sam.commands("match publish", &[]).await;
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;

        let mut members = ada.room().members;
        // Whoever owns a Discord server reads every channel in it; no bot can change that.
        members.retain(|member| !(t.on_discord() && member == "Dana Whitaker"));
        members.sort();
        assert_eq!(members, ["Ada Reyes", "Grace Lindqvist", "PLSEP Mentorship"]);
        assert_eq!(ada.room().id, grace.room().id);
        assert_eq!(ada.in_room("Meet each other").len(), 1);

        ada.signs().await;
        grace.signs().await;
        t.drain().await;

        t.travel_to("2025-03-20 11:00").await;
        for person in [&ada, &grace] {
            assert_eq!(person.in_room("Your check-in for March 2025").len(), 1);
            person.answers("2025-03", "met").await;
            person.sees("Your meeting in March 2025 is noted");
        }

        t.travel_to("2025-07-01 12:00").await;
        assert_eq!(ada.in_room("You met at least once").len(), 1);
        assert!(ada.room().archived && grace.room().archived);
        t.snapshot("season_mentee", &ada.reads());
        t.snapshot("season_mentor", &grace.reads());
        t.snapshot("season_coordinator", &sam.reads());
    })
    .await;
}
