//! Around a meeting: the reminder the day before, the question after its end, what each of the two says, and what their
//! month makes of it.

use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{ConcernKind, Lang, MeetingState, Preferences, Reach};

use super::harness::{Both, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

/// The pair has set a meeting for Friday, March 14, at two.
async fn set(t: &Story) {
    t.until_paired(&PAIR).await;
    t.travel_to("2025-03-05 10:00").await;
    t.person("ada").asks("meeting set", &[("when", "2025-03-14 14:00")]).await;
    t.drain().await;
}

#[tokio::test]
async fn reminded_the_day_before_and_asked_only_afterwards() {
    run_test(Both, async |t| {
        set(&t).await;
        let (mut ada, grace) = (t.person("ada"), t.person("grace"));
        ada.reads();
        let seen = |words: &str| grace.in_room(words).len();
        // On time to the second.
        t.travel_to("2025-03-13 13:59:59").await;
        assert_eq!(seen("A reminder: your meeting"), 0);
        t.travel_to("2025-03-13 14:00").await;
        assert_eq!(seen("A reminder: your meeting"), 1);
        t.travel_to("2025-03-14 16:59:59").await;
        assert_eq!(seen("Did you two meet?"), 0);
        t.travel_to("2025-03-14 17:00").await;
        assert_eq!((seen("A reminder: your meeting"), seen("Did you two meet?")), (1, 1));
        ada.presses("Yes, we met").await;
        ada.sees("Lovely, it is noted");
        grace.presses("Yes, we met").await;
        t.drain().await;
        assert_eq!(seen("you have both answered for this meeting"), 1);
        assert_eq!(t.meetings().await[0].state, MeetingState::Held);
        // The month is answered for: nobody is asked about it.
        t.travel_to("2025-03-31 12:00").await;
        ada.sees_no("Your check-in for March 2025");
        t.snapshot("meeting_after", &ada.reads());
    })
    .await;
}

#[tokio::test]
async fn missed_while_the_bot_was_away_is_made_good_once() {
    run_test(Both, async |t| {
        set(&t).await;
        let ada = t.person("ada");
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-03-14 11:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.settle().await;
        assert_eq!(ada.in_room("A reminder: your meeting").len(), 1, "late, but before the meeting");
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-03-15 22:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.settle().await;
        assert_eq!(ada.in_room("Did you two meet?").len(), 0, "nobody is asked at night");
        t.travel_to("2025-03-16 09:00").await;
        assert_eq!(ada.in_room("Did you two meet?").len(), 1);
        t.travel_to("2025-03-18 09:00").await;
        assert_eq!(ada.in_room("Did you two meet?").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_said_of_a_time_that_no_longer_holds() {
    run_test(Both, async |t| {
        set(&t).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        grace.presses("Move it").await;
        grace.sends_meeting("2025-03-21 14:00", "", "").await;
        t.travel_to("2025-03-19 12:00").await;
        ada.sees_no("A reminder: your meeting");
        ada.sees_no("Did you two meet?");
        // A meeting that is planned is no reason to ask about the month.
        t.travel_to("2025-03-20 11:00").await;
        ada.sees_no("Your check-in for March 2025");
        t.travel_to("2025-03-20 15:00").await;
        assert_eq!(ada.in_room("A reminder: your meeting").len(), 1);
        // Within a day nobody needs a reminder.
        ada.asks("meeting set", &[("when", "tomorrow 10am")]).await;
        t.travel_to("2025-03-21 10:00").await;
        assert_eq!(ada.in_room("A reminder: your meeting").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn where_the_two_differ_a_coordinator_looks_and_nobody_is_overruled() {
    run_test(Both, async |t| {
        set(&t).await;
        t.travel_to("2025-03-14 17:00").await;
        let (ada, grace, sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        ada.presses("Yes, we met").await;
        grace.presses("No").await;
        grace.sees("Thank you for being honest");
        t.drain().await;
        sam.sees_times(1, "one says they met, the other that they did not");
        ada.sees_no("one says they met");
        assert_eq!(t.meetings().await[0].state, MeetingState::Disputed);
        assert_eq!(t.concerns().await, [ConcernKind::Disagree]);
        t.travel_to("2025-03-31 12:00").await;
        ada.sees_no("Your check-in for March 2025");
    })
    .await;
}

#[tokio::test]
async fn moved_without_telling_the_bot_is_told_afterwards() {
    run_test(Both, async |t| {
        set(&t).await;
        t.travel_to("2025-03-14 17:00").await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        ada.presses("No, we moved it").await;
        ada.sends_meeting("2025-03-13 10:00", "", "").await;
        t.drain().await;
        let meetings = t.meetings().await;
        assert_eq!((meetings.len(), meetings[0].state), (1, MeetingState::Held));
        assert_eq!(grace.in_room("A meeting is noted").len(), 1);
        // The question from before has nothing left to ask.
        let stale = t.forges(
            "grace",
            plsep_bot::words::Deed::TellMeeting(meetings[0].id, 0, plsep_bot::words::Told::NotHeld).action(),
        );
        assert!(stale.await.contains("This meeting has changed since"));
        grace.presses("Yes, we met").await;
        assert_eq!(t.meetings().await[0].state, MeetingState::Held);
    })
    .await;
}

#[tokio::test]
async fn a_past_meeting_is_noted_by_one_and_counts_for_its_month() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-19 12:00").await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        grace.asks("meeting log", &[("when", "monday 10am")]).await;
        grace.sees("Your meeting is noted");
        grace.asks("meeting log", &[("when", "tomorrow 10am")]).await;
        grace.sees("This time is still to come");
        grace.asks("meeting log", &[("when", "2025-02-10 10:00")]).await;
        grace.sees("You two were introduced on");
        t.drain().await;
        assert_eq!(ada.in_room("A meeting is noted").len(), 1);
        t.travel_to("2025-03-31 12:00").await;
        ada.sees_no("Your check-in for March 2025");
        t.travel_to("2025-04-20 11:00").await;
        ada.sees("Your check-in for April 2025");
        ada.asks("meeting list", &[]).await;
        ada.sees("you met");
    })
    .await;
}

#[tokio::test]
async fn silence_about_a_meeting_leaves_the_month_to_be_asked_about() {
    run_test(Both, async |t| {
        set(&t).await;
        t.travel_to("2025-03-20 11:00").await;
        t.person("ada").sees("Your check-in for March 2025");
    })
    .await;
}

#[tokio::test]
async fn each_hears_it_where_they_want_to_and_nothing_while_they_pause() {
    run_test(Both, async |t| {
        set(&t).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        let spanish = |known| Preferences { reach: Reach::Direct, lang: Some(Lang::Es), ..known };
        t.prefers("grace", spanish).await;
        t.travel_to("2025-03-13 15:00").await;
        assert_eq!(ada.in_room("A reminder: your meeting").len(), 1);
        let direct = grace.finds("Un recordatorio: su reunión");
        assert_eq!(direct.len(), 1, "in her own language");
        assert_ne!(direct[0].place, grace.room().id, "and not in front of the other");
        let until = t.at("2025-03-17 09:00");
        t.prefers("ada", |known| Preferences { snoozed_until: Some(until), ..known }).await;
        t.travel_to("2025-03-14 18:00").await;
        grace.presses("Sí, nos reunimos").await;
        grace.sees("queda anotada");
        ada.sees_no("Did you two meet?");
        t.travel_to("2025-03-18 12:00").await;
        ada.sees_no("Did you two meet?");
    })
    .await;
}

#[tokio::test]
async fn both_pause_and_are_asked_when_the_first_is_back() {
    run_test(Both, async |t| {
        set(&t).await;
        for (who, until) in [("ada", "2025-03-17 09:00"), ("grace", "2025-03-25 09:00")] {
            let until = t.at(until);
            t.prefers(who, |known| Preferences { snoozed_until: Some(until), ..known }).await;
        }
        t.travel_to("2025-03-17 08:59").await;
        t.person("ada").sees_no("A reminder: your meeting");
        t.person("ada").sees_no("Did you two meet?");
        t.travel_to("2025-03-17 09:00").await;
        assert_eq!(t.person("ada").in_room("Did you two meet?").len(), 1);
        t.travel_to("2025-03-26 12:00").await;
        assert_eq!(t.person("ada").in_room("Did you two meet?").len(), 1);
    })
    .await;
}
