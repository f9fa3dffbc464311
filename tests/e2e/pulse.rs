//! Each person is asked about the fit in private, once for each occasion, and what they say stays with the coordinators.

use plsep_bot::store::Concern;
use plsep_bot::words::Deed;
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{ConcernKind, Fit, FitWish, Occasion, PairState, Setting};

use super::harness::{Both, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

const FIRST: &str = "You have met";
const MIDTERM: &str = "Half of the program is over";

async fn concerns(t: &Story) -> Vec<Concern> {
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let community = t.community_in(&mut tx).await;
    tx.open_concerns(community).await.expect("it reads")
}

/// They were introduced, and said on March 20 that they met.
async fn until_met(t: &Story) {
    t.until_paired(&PAIR).await;
    t.travel_to("2025-03-20 11:00").await;
    t.person("ada").answers("2025-03", "met").await;
}

#[tokio::test]
async fn the_day_after_the_first_meeting_each_is_asked_alone_and_once() {
    run_test(Both, async |t| {
        until_met(&t).await;
        let (mut ada, grace) = (t.person("ada"), t.person("grace"));
        t.travel_to("2025-03-20 20:00").await;
        ada.sees_no(FIRST);
        ada.reads();
        t.travel_to("2025-03-21 09:10").await;
        let mut seen = vec![ada.reads()];
        for person in [&ada, &grace] {
            person.sees_times(1, FIRST);
            assert!(person.in_room(FIRST).is_empty(), "it is nobody else's business");
        }
        ada.presses("It is a good fit").await;
        seen.push(ada.reads());
        ada.presses("I am still deciding").await;
        seen.push(ada.reads());
        t.snapshot("pulse", &seen.join("\n\n=====\n\n"));
        t.stage.restart_bot().await.expect("the bot starts");
        t.travel_to("2025-04-29 20:00").await;
        ada.sees_times(1, FIRST);
        assert_eq!(concerns(&t).await, []);
        // In the middle of the run, on April 30 at midnight, once more.
        t.travel_to("2025-05-03 20:00").await;
        for person in [&ada, &grace] {
            person.sees_times(1, MIDTERM);
        }
        t.travel_to("2025-06-29 20:00").await;
        for person in [&ada, &grace] {
            person.sees_times(1, FIRST);
            person.sees_times(1, MIDTERM);
        }
    })
    .await;
}

#[tokio::test]
async fn not_a_good_fit_is_laid_before_the_coordinators_and_breaks_nobody_up() {
    run_test(Both, async |t| {
        until_met(&t).await;
        t.travel_to("2025-03-21 09:10").await;
        let (mut ada, grace, mut sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        ada.reads();
        sam.reads();
        let heard = grace.everything().len();
        ada.presses("It is not a good fit").await;
        t.drain().await;
        let mut seen = vec![ada.reads()];
        ada.presses("I would like another partner").await;
        seen.push(ada.reads());
        ada.presses("Write a note").await;
        ada.sends(&[("note", &["We want different things @everyone"])]).await;
        t.drain().await;
        seen.push(ada.reads());
        t.snapshot("pulse_not_good", &seen.join("\n\n=====\n\n"));
        t.snapshot("pulse_not_good_office", &sam.reads());
        let open = concerns(&t).await;
        assert_eq!(open.iter().map(|concern| concern.kind).collect::<Vec<_>>(), [ConcernKind::NotGoodFit]);
        assert_eq!(open[0].note.as_deref(), Some("We want different things @everyone"));
        // Said once more, it is told once.
        let pair = t.pairs().await.remove(0);
        t.forges("ada", Deed::Fit(pair.id, Occasion::FirstMeeting, Fit::NotGood).action()).await;
        t.drain().await;
        sam.sees_times(1, "is not a good fit");
        assert!(matches!(pair.state, PairState::Introduced { .. }), "nothing ends by itself");
        assert_eq!(grace.everything().len(), heard, "the partner hears nothing of it");
    })
    .await;
}

#[tokio::test]
async fn buttons_are_for_whoever_was_asked() {
    run_test(Both, async |t| {
        until_met(&t).await;
        let pair = t.pairs().await.remove(0);
        // Not asked yet, not asked on this occasion, and not theirs.
        let early = Deed::Fit(pair.id, Occasion::FirstMeeting, Fit::NotGood).action();
        assert!(t.forges("ada", early.clone()).await.contains("too old"));
        t.travel_to("2025-03-21 09:10").await;
        assert!(t.forges("ben", early).await.contains("This button is for somebody else"));
        let other = Deed::FitWish(pair.id, Occasion::MidTerm, FitWish::Talk).action();
        assert!(t.forges("ada", other).await.contains("too old"));
        assert_eq!(concerns(&t).await, []);
        // After the pair has ended it is too late.
        let grace = t.person("grace");
        let (message, key) = grace.button("It is not a good fit");
        let ada = t.person("ada");
        ada.asks("withdraw", &[]).await;
        ada.presses("Withdraw").await;
        t.drain().await;
        grace.presses_old(&message, &key).await.expect("the button is there");
        grace.sees("This pair has ended");
        assert!(concerns(&t).await.iter().all(|concern| concern.kind != ConcernKind::NotGoodFit));
    })
    .await;
}

#[tokio::test]
async fn who_pauses_is_asked_afterwards_at_their_hour_and_in_their_language() {
    run_test(Both, async |t| {
        until_met(&t).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        ada.asks("settings", &[]).await;
        ada.chooses(&Deed::Prefer(Setting::Hours), "1020-1260").await;
        ada.chooses(&Deed::Prefer(Setting::Language), "es").await;
        ada.asks("snooze", &[("until", "2025-03-25")]).await;
        t.travel_to("2025-03-24 22:00").await;
        grace.sees_times(1, FIRST);
        ada.sees_no("Ya se reunieron");
        t.travel_to("2025-03-25 16:59").await;
        ada.sees_no("Ya se reunieron");
        t.travel_to("2025-03-25 17:05").await;
        ada.sees_times(1, "Ya se reunieron");
        ada.sees("¿Cómo siente hasta ahora la mentoría con Grace Lindqvist?");
    })
    .await;
}

#[tokio::test]
async fn a_question_that_waits_for_its_hour_is_not_asked_in_a_pause_nor_after_the_end() {
    run_test(Both, async |t| {
        until_met(&t).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        for person in [&ada, &grace] {
            person.asks("settings", &[]).await;
            person.chooses(&Deed::Prefer(Setting::Hours), "1020-1260").await;
        }
        // The question is on its way since nine, and waits for five.
        t.travel_to("2025-03-21 12:00").await;
        ada.asks("snooze", &[("until", "2025-03-24")]).await;
        t.travel_to("2025-03-23 22:00").await;
        grace.sees_times(1, FIRST);
        ada.sees_no(FIRST);
        t.travel_to("2025-03-24 12:00").await;
        grace.asks("withdraw", &[]).await;
        grace.presses("Withdraw").await;
        t.drain().await;
        t.travel_to("2025-03-26 20:00").await;
        ada.sees_no(FIRST);
    })
    .await;
}
