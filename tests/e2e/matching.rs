//! Coordinators look at a proposal, decide about pairs, weigh what that costs, publish, and mend what breaks.

use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, Person, run_test};

#[tokio::test]
async fn from_a_proposal_over_a_swap_and_a_withdrawal_to_the_pairs_that_last() {
    run_test(Both, async |t| {
        let [ada, ben, grace, marcus, mut sam] = t.four_who_suit_by_two().await;
        sam.sees("2 pairs are proposed");
        sam.reads();

        sam.commands("match why", &[("person", "@ada")]).await;
        sam.sees("No mentor who could take");
        sam.commands("match swap", &[("one", "@ada"), ("other", "@ben")]).await;
        sam.sees("Mentees with a mentor: 2, as now");
        sam.presses("Yes, swap").await;
        sam.sees("2 decisions of the coordinators");
        sam.commands("match why", &[("person", "@ada")]).await;
        sam.sees("A decision of the coordinators stands against it");
        t.snapshot("matching_swap", &sam.reads());

        sam.commands("match release", &[("mentee", "@ada"), ("mentor", "@marcus")]).await;
        sam.commands("match release", &[("mentee", "@ben"), ("mentor", "@grace")]).await;
        sam.commands("match forbid", &[("mentee", "@ben"), ("mentor", "@grace")]).await;
        sam.presses("Yes, keep them apart").await;
        sam.sees("One decision of the coordinators");
        assert!(ada.rooms().is_empty() && ben.rooms().is_empty(), "nobody is told before the pairs are published");
        t.publishes().await;
        assert_eq!(ada.room().id, grace.room().id);
        assert_eq!(ben.room().id, marcus.room().id);

        // Marcus leaves. Grace offered one place, so Ben waits, and Ada's pair stays as it is.
        marcus.asks("withdraw", &[]).await;
        marcus.presses("Withdraw").await;
        t.drain().await;
        sam.reads();
        sam.commands("match release", &[("mentee", "@ben"), ("mentor", "@grace")]).await;
        sam.sees("compete for one place with");
        sam.commands("match one-more", &[("mentor", "@grace")]).await;
        sam.sees("Mentees with a mentor: 1 now, 2 then");
        sam.presses("Ask the mentor").await;
        t.drain().await;
        grace.sees("One mentee is still without a mentor");
        grace.presses("Yes, one more").await;
        t.drain().await;
        grace.sees("You are noted for 2 mentees now");
        sam.sees("can take one more mentee");
        sam.commands("match propose", &[]).await;
        t.publishes().await;
        assert_eq!(grace.rooms().iter().filter(|room| !room.archived).count(), 2);
        assert!(!ada.room().archived, "whoever need not move does not");
        grace.sees_no("No match this time");
        sam.commands("match show", &[]).await;
        sam.sees("These pairs are published");
        t.snapshot("matching_repair", &sam.reads());
        let audit = t.audit().await;
        for action in ["match.pin", "match.release", "match.forbid", "match.ask-one-more", "match.one-more"] {
            assert!(audit.iter().any(|line| line.contains(action)), "{action} is not in the audit log");
        }
    })
    .await;
}

#[tokio::test]
async fn a_published_pair_parts_only_where_somebody_would_stay_without_a_mentor() {
    run_test(Both, async |t| {
        const ELSEWHERE: &[&str] = &["San Diego Public Library"];
        let [ada, ben, grace, marcus, zoe, sam] =
            ["ada", "ben", "grace", "marcus", "zoe", "sam"].map(|handle| t.person(handle));
        ada.applies_as(Mentee).await;
        ben.applies_with(Mentee, &[("specialisations_sought", &["outreach"]), ("library_system", ELSEWHERE)]).await;
        grace.applies_as(Mentor).await;
        marcus.applies_with(Mentor, &[("specialisations_offered", &["outreach"])]).await;
        // Of Ben's own library system, so that she could take Ada alone.
        zoe.applies_with(Mentor, &[("specialisations_offered", &["fundraising"]), ("library_system", ELSEWHERE)]).await;
        t.accepts_and_proposes().await;
        t.publishes().await;
        assert_eq!((ada.room().id, ben.room().id), (grace.room().id, marcus.room().id));
        let first = ada.room().id;

        marcus.asks("withdraw", &[]).await;
        marcus.presses("Withdraw").await;
        t.drain().await;
        sam.commands("match propose", &[]).await;
        sam.sees("One published pair would part");
        sam.sees("2 pairs are proposed");
        sam.commands("match publish", &[]).await;
        sam.sees("One published pair ends for it");
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;
        let open = |person: &Person| person.rooms().into_iter().find(|room| !room.archived).expect("an open room").id;
        assert_eq!(open(&ada), open(&zoe));
        assert_eq!(open(&ben), open(&grace));
        assert!(ada.rooms().iter().any(|room| room.id == first && room.archived), "the first place is closed");
        grace.sees("This pairing has ended");
        // Nothing changes any more: whoever proposes again moves nobody.
        sam.commands("match propose", &[]).await;
        sam.sees("No pair is proposed");
    })
    .await;
}

#[tokio::test]
async fn a_published_pair_that_coordinators_keep_apart_ends_decently() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let [ada, grace, sam] = ["ada", "grace", "sam"].map(|handle| t.person(handle));
        sam.commands("match forbid", &[("mentee", "@ada"), ("mentor", "@grace")]).await;
        sam.sees("would lose");
        sam.presses("Yes, keep them apart").await;
        sam.sees("One published pair would part");
        ada.asks("status", &[]).await;
        ada.sees_no("No match this time");
        sam.commands("match publish", &[]).await;
        sam.sees("One published pair ends for it");
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;
        assert!(ada.room().archived && grace.room().archived);
        ada.sees("This pairing has ended");
        ada.sees("No match this time");
    })
    .await;
}

#[tokio::test]
async fn a_pin_shows_its_cost_and_takes_the_place_of_another() {
    run_test(Both, async |t| {
        let [.., sam] = t.four_who_suit_by_two().await;
        sam.commands("match pin", &[("mentee", "@ada"), ("mentor", "@marcus")]).await;
        sam.sees("would move from");
        sam.presses("Yes, pin them").await;
        sam.sees("a coordinator suggested this pair");
        // Marcus has one place, and it is Ada's now.
        sam.commands("match pin", &[("mentee", "@ben"), ("mentor", "@marcus")]).await;
        sam.sees("This mentor offered to take one mentee");
        sam.commands("match pin", &[("mentee", "@ada"), ("mentor", "@grace")]).await;
        sam.presses("Yes, pin them").await;
        let rulings = t.rulings().await;
        assert_eq!(rulings.len(), 1, "{rulings:?}");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_decided_is_said_with_the_way_on() {
    run_test(Both, async |t| {
        let [ada, .., sam] = t.four_who_suit_by_two().await;
        let before = t.audit().await.len();
        sam.commands("match pin", &[("mentee", "@grace"), ("mentor", "@ada")]).await;
        sam.sees("This is not an accepted mentee of this season");
        sam.commands("match forbid", &[("mentee", "@ada"), ("mentor", "@ben")]).await;
        sam.sees("This is not an accepted mentor of this season");
        sam.commands("match release", &[("mentee", "@ada"), ("mentor", "@grace")]).await;
        sam.sees("Nothing was decided about this pair");
        sam.commands("match why", &[("person", "@zoe")]).await;
        let unknown =
            if t.on_discord() { "I do not know this person yet" } else { "does not hold everybody you named" };
        sam.sees(unknown);
        assert_eq!(t.audit().await.len(), before);
        ada.commands("match pin", &[("mentee", "@ada"), ("mentor", "@grace")]).await;
        ada.sees("Only coordinators can do that");
    })
    .await;
}

#[tokio::test]
async fn a_button_that_outlived_its_people_decides_nothing() {
    run_test(Both, async |t| {
        let [ada, .., sam] = t.four_who_suit_by_two().await;
        sam.commands("match pin", &[("mentee", "@ada"), ("mentor", "@marcus")]).await;
        let (message, key) = sam.button("Yes, pin them");
        ada.asks("withdraw", &[]).await;
        ada.presses("Withdraw").await;
        sam.presses_old(&message, &key).await.unwrap();
        sam.sees("This button is too old");
        assert!(t.rulings().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_is_contested_or_ruled_out_is_shown_by_name_and_by_rule() {
    run_test(Both, async |t| {
        let mut sam = t.person("sam");
        t.accepts_crowd(6).await;
        t.person("ada").applies_with(Mentee, &[("library_system", &["Oakland Public Library"])]).await;
        t.person("ben").applies_as(Mentee).await;
        t.travel_to("2025-02-18 10:00").await;
        sam.commands("applications accept-all", &[]).await;
        sam.presses("Yes, accept them").await;
        t.drain().await;
        sam.reads();
        sam.commands("match propose", &[]).await;
        sam.sees("every mentor is ruled out for them: 6 in the same library system");
        sam.sees("7 mentees (");
        sam.sees("compete for 6 places with");
        t.snapshot("matching_contested", &sam.reads());
    })
    .await;
}

#[tokio::test]
async fn a_long_proposal_is_read_page_by_page() {
    run_test(Both, async |t| {
        let mut sam = t.person("sam");
        t.accepts_crowd(13).await;
        t.travel_to("2025-02-18 10:00").await;
        sam.reads();
        sam.commands("match propose", &[]).await;
        sam.sees("Page 1 of 2");
        sam.presses("Next page").await;
        sam.sees("Page 2 of 2");
        sam.sees_no("Page 1 of 2");
        sam.presses("Previous page").await;
        sam.sees("Page 1 of 2");
    })
    .await;
}
