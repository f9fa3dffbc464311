//! A pair goes on after the end of the season: what is asked, what the two read, what goes on and what waits for them.

use plsep_bot::words::{Deed, OfficeDeed, SEASON_END};
use plsep_domain::EndReason;
use plsep_domain::Role::{Mentee, Mentor};
use plsep_sandbox::page::TimeMachine;

use super::harness::{Both, Person, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

/// Ada and Grace, and Ben and Marcus, are pairs in June.
async fn until_june(t: &Story) -> [Person; 5] {
    let [ada, ben, grace, marcus, sam] = t.four_who_suit_by_two().await;
    t.publishes().await;
    assert_eq!(ada.room().id, grace.room().id);
    t.travel_to("2025-06-10 10:00").await;
    [ada, grace, ben, marcus, sam]
}

/// The pair of Ada.
async fn of_ada(t: &Story) -> plsep_bot::store::Pair {
    let pairs = t.pairs().await;
    let mut tx = t.stage.store.read().await.expect("the database answers");
    for pair in pairs {
        if tx.person(pair.mentee).await.expect("it reads").user.0 == t.id_of("ada") {
            return pair;
        }
    }
    panic!("she is in a pair")
}

#[tokio::test]
async fn one_pair_goes_on_until_september_and_everybody_else_ends_in_june() {
    run_test(Both, async |t| {
        let [mut ada, grace, ben, _, mut sam] = until_june(&t).await;
        let pair = of_ada(&t).await.id;
        let pick = Deed::Office(OfficeDeed::PickExtension(pair));
        sam.reads();
        ada.reads();
        sam.commands("pairs extend", &[("person", "@ada")]).await;
        let mut seen = vec![sam.reads()];
        sam.chooses(&pick, "2025-09-30").await;
        seen.push(sam.newest());
        sam.presses("Yes, let them go on").await;
        seen.push(sam.newest());
        sam.reads();
        sam.commands("pairs show", &[("person", "@ada")]).await;
        seen.push(sam.reads());
        t.snapshot("extension_asked", &seen.join("\n\n=====\n\n"));
        t.drain().await;
        t.snapshot("extension_told", &ada.reads());
        assert_eq!(grace.in_room("you two can go on until").len(), 1);
        let audit = t.audit().await;
        assert!(audit.iter().any(|line| line.contains("pair.extend")), "{audit:?}");

        // The program ends for the others, and for the two it does not.
        t.travel_to("2025-07-02 12:00").await;
        assert!(ben.room().archived && !ada.room().archived);
        ben.sees_times(1, "Thank you for being part of it");
        ada.sees_no("Thank you for being part of it");
        ada.reads();
        ada.asks("status", &[]).await;
        t.snapshot("extension_status", &ada.reads());
        ada.asks("certificate", &[]).await;
        ada.sees("Your certificate comes when the program has ended: Wednesday, October 1");
        ada.asks("survey", &[]).await;
        ada.sees("The closing survey opens when the program has ended: Wednesday, October 1");
        ada.asks("meeting set", &[("when", "8/15/2025 2pm")]).await;
        t.drain().await;
        assert_eq!(t.meetings().await.len(), 1);
        ada.asks("meeting set", &[("when", "10/2/2025 2pm")]).await;
        ada.sees("The program ends on Tuesday, September 30");

        // Each month they are asked, and nobody else is; July's word is taken.
        t.travel_to("2025-07-16 12:00").await;
        let next = t.stage.next_event().await.expect("something is to come");
        assert_eq!(next.what, "the month's question to every pair");
        t.travel_to("2025-07-25 12:00").await;
        ada.sees_times(1, "Your check-in for July 2025");
        ben.sees_no("Your check-in for July 2025");
        ada.answers("2025-07", "met").await;
        t.travel_to("2025-08-16 12:00").await;
        sam.commands("pairs list", &[]).await;
        sam.reads();

        // And then it ends for them as it ended for the others.
        t.travel_to("2025-10-01 12:00").await;
        assert!(ada.room().archived);
        let ended = of_ada(&t).await;
        assert_eq!(ended.state.end_reason(), Some(EndReason::Completed));
        for person in [&ada, &grace] {
            person.sees_times(1, "Thank you for being part of it");
        }
        ben.sees_times(1, "Thank you for being part of it");
        ben.sees_times(1, "This is the only reminder.");
        ada.sees_no("This is the only reminder.");
        ada.asks("survey", &[]).await;
        ada.sees("until Tuesday, October 14");
        ada.closes_form().await;
        ada.asks("certificate", &[]).await;
        t.drain().await;
        assert_eq!(ada.files()[0].0, "certificate.pdf");
        t.travel_to("2025-10-12 12:00").await;
        for person in [&ada, &grace] {
            person.sees_times(1, "This is the only reminder.");
        }
        ada.sees("The closing survey is open until Tuesday, October 14");
        t.travel_to("2025-10-25 12:00").await;
        ada.sees_no("Your check-in for October 2025");
        for person in [&ada, &grace, &ben] {
            person.sees_times(1, "This is the only reminder.");
        }
        let next = t.stage.next_event().await.map(|next| next.what);
        assert!(!next.as_ref().is_some_and(|what| what.contains("question")), "nobody is left to ask: {next:?}");
    })
    .await;
}

#[tokio::test]
async fn it_is_taken_back_before_and_after_the_end_of_the_season() {
    run_test(Both, async |t| {
        let [ada, grace, _, _, sam] = until_june(&t).await;
        let pair = of_ada(&t).await.id;
        let pick = Deed::Office(OfficeDeed::PickExtension(pair));
        let goes_on = async || {
            sam.commands("pairs extend", &[("person", "@grace"), ("until", "8/31/2025")]).await;
            sam.presses("Yes, let them go on").await;
            t.drain().await;
        };
        goes_on().await;
        sam.commands("pairs extend", &[("person", "@grace")]).await;
        sam.sees("For now they may go on until Sunday, August 31");
        sam.chooses(&pick, SEASON_END).await;
        sam.presses("Yes, take it back").await;
        t.drain().await;
        assert_eq!(grace.in_room("Your pairing ends with the program, on Monday, June 30").len(), 1);
        assert_eq!(of_ada(&t).await.agreed_until, None);

        // Once more, and taken back when only they still go on.
        goes_on().await;
        t.travel_to("2025-07-20 12:00").await;
        assert!(!ada.room().archived);
        // The season is over, and still looks after them: the next one waits.
        sam.commands("season create", &[]).await;
        sam.sees("goes on until Sunday, August 31");
        sam.commands("pairs extend", &[("person", "@grace")]).await;
        sam.chooses(&pick, SEASON_END).await;
        sam.presses("Yes, take it back").await;
        t.travel_to("2025-07-21 12:00").await;
        assert_eq!(grace.in_room("The longer time for your pairing ends today").len(), 1);
        assert!(ada.room().archived);
        ada.sees_times(1, "Thank you for being part of it");
        sam.commands("season create", &[]).await;
        assert!(!sam.newest().contains("goes on until"), "{}", sam.newest());
    })
    .await;
}

#[tokio::test]
async fn how_long_is_bounded_asked_first_and_for_coordinators() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-06-10 10:00").await;
        let sam = t.person("sam");
        let pair = t.pairs().await[0].id;
        for (until, said) in [
            ("2025-06-30", "That day is over, or is not after the program"),
            ("2025-06-01", "That day is over, or is not after the program"),
            ("2026-07-01", "A pair may go on for a year after the program at most"),
            ("someday", "I could not"),
        ] {
            sam.commands("pairs extend", &[("person", "@ada"), ("until", until)]).await;
            assert!(sam.newest().contains(said), "{until}: {}", sam.newest());
        }
        let day = "2025-08-31".parse().ok();
        let yes = |at: i64| OfficeDeed::Extend(pair, day, at).action();
        let now = t.now().timestamp();
        assert!(t.forges("ada", yes(now)).await.contains("Only coordinators can do that"));
        assert!(t.forges("sam", yes(now - 700)).await.contains("This question is too old"));
        let far = OfficeDeed::Extend(pair, "2030-01-01".parse().ok(), now).action();
        assert!(t.forges("sam", far).await.contains("a year after the program at most"));
        assert_eq!(t.pairs().await[0].agreed_until, None);
        assert!(t.forges("sam", yes(now)).await.contains("Done"));
        // Pressed again, it is so already.
        assert!(t.forges("sam", yes(now - 1)).await.contains("so nothing has changed"));
        t.drain().await;
        t.person("ada").sees_times(1, "you two can go on until");
    })
    .await;
}
