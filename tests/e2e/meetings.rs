//! A pair sets, moves, calls off and notes its meetings, in its own words and on its own clocks.

use plsep_bot::words::{Deed, MeetingDeed, Told};
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{ConcernKind, Lang};

use super::harness::{Both, OnDiscord, OnSlack, Story, resident, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

/// A mentee in Los Angeles and a mentor in New York, who both want Spanish.
pub(super) async fn two_clocks(t: &Story) -> [super::harness::Person; 2] {
    t.joins(resident("eva", "Eva Núñez", "America/Los_Angeles"));
    t.joins(resident("luz", "Luz Ibarra", "America/New_York"));
    t.settle().await;
    t.puts_on_roster("eva").await;
    for (who, role, zone) in [("eva", Mentee, "America/Los_Angeles"), ("luz", Mentor, "America/New_York")] {
        t.person(who).applies_as(role).await;
        t.lives_in(who, zone, Lang::Es).await;
    }
    t.until_paired(&[]).await;
    [t.person("eva"), t.person("luz")]
}

/// The newest calendar file of the pair, without folds.
fn file(t: &Story, handle: &str) -> String {
    let person = t.person(handle);
    let all = person.everything().into_iter().flat_map(|seen| seen.files);
    let mut bytes = all.filter_map(|file| t.platform().file(handle, &file.id));
    let newest = bytes.next_back().expect("a message brought a file");
    String::from_utf8(newest).expect("a calendar is text").replace("\r\n ", "")
}

#[tokio::test]
async fn a_meeting_is_set_moved_and_called_off_and_both_calendars_follow() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (mut ada, grace) = (t.person("ada"), t.person("grace"));
        t.travel_to("2025-03-05 10:00").await;
        ada.reads();
        // Across the change of the clocks on March 9: two o'clock stays two o'clock.
        ada.asks("meeting set", &[("when", "next tue 2pm")]).await;
        t.drain().await;
        ada.sees("Your meeting is set");
        assert_eq!(grace.in_room("A meeting is set").len(), 1);
        let first = file(&t, "grace");
        grace.sees("Tuesday, March 11, 2025 at 2:00 PM PDT");
        grace.presses("Move it").await;
        grace.sends_meeting("2025-03-14 15:30", "45 min", "https://example.org/j/1").await;
        t.drain().await;
        ada.sees("The meeting is moved");
        ada.sees("Friday, March 14, 2025 at 3:30 PM PDT");
        assert_eq!(ada.in_room("This meeting was moved").len(), 1);
        let second = file(&t, "grace");
        ada.presses("Cancel it").await;
        ada.sees("Cancel your meeting with Grace Lindqvist");
        ada.presses("Yes, cancel it").await;
        t.drain().await;
        grace.sees("The meeting is cancelled");
        let files = [first, second, file(&t, "grace")];
        let uid = |file: &str| file.lines().find(|line| line.starts_with("UID:")).map(str::to_owned);
        assert!(files.iter().all(|file| uid(file).is_some() && uid(file) == uid(&files[0])), "{files:?}");
        for (place, sequence, method, start) in [
            (0, "SEQUENCE:0", "METHOD:PUBLISH", "DTSTART:20250311T210000Z"),
            (1, "SEQUENCE:1", "METHOD:PUBLISH", "DTSTART:20250314T223000Z"),
            (2, "SEQUENCE:2", "METHOD:CANCEL", "DTSTART:20250314T223000Z"),
        ] {
            for expected in [sequence, method, start] {
                assert!(files[place].lines().any(|line| line == expected), "{expected} in {}", files[place]);
            }
        }
        t.travel_to("2025-03-17 12:00").await;
        ada.sees_no("Did you two meet?");
        t.snapshot("meeting_changes", &ada.reads());
    })
    .await;
}

#[tokio::test]
async fn what_can_mean_two_things_is_asked_back_and_nothing_typed_is_lost() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-05 10:00").await;
        let ada = t.person("ada");
        ada.asks("meeting set", &[("when", "friday at 9")]).await;
        ada.sees("can mean more than one time");
        t.stage.restart_bot().await.expect("the bot starts");
        // Twice in a row, before the bot has answered the first.
        ada.starts_pressing("Fri Mar 7, 9:00 AM PST").await;
        ada.starts_pressing("Fri Mar 7, 9:00 AM PST").await;
        t.drain().await;
        assert_eq!(ada.in_room("A meeting is set").len(), 1);
        ada.sees("Friday, March 7, 2025 at 9:00 AM PST");
        ada.asks("meeting set", &[("when", "friday")]).await;
        ada.sees("At what time?");
        ada.asks("meeting set", &[("when", "march 9 2:30 am")]).await;
        ada.sees("this time does not exist");
        ada.asks("meeting set", &[("when", "yesterday 2pm")]).await;
        ada.sees("This time is over");
        ada.asks("meeting set", &[("when", "tuesday march 14 2pm")]).await;
        ada.sees("That date is Friday, March 14, 2025");
        ada.asks("meeting set", &[("when", "@everyone <!channel>")]).await;
        ada.sees("I could not read this date and time");
        ada.asks("meeting set", &[("when", "july 14 2pm")]).await;
        ada.sees("The program ends on");
        assert_eq!(t.meetings().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_does_not_fit_keeps_what_was_typed() {
    // Only on Discord is a time typed in the form; on Slack it is picked.
    run_test(OnDiscord, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-05 10:00").await;
        let ada = t.person("ada");
        ada.presses("Set our first meeting").await;
        ada.sends_meeting("30 February 2pm", "a while", "Room 2").await;
        ada.sees("This day is not in the calendar");
        ada.sees("I could not read how long it takes");
        ada.presses("Correct my answers").await;
        ada.sees("30 February 2pm");
        ada.sees("Room 2");
        ada.sends_meeting("28 March 9", "1.5 hours", "Room 2").await;
        ada.presses("Fri Mar 28, 9:00 AM PDT").await;
        t.drain().await;
        t.person("grace").sees("90 minutes");
        t.person("grace").sees("Room 2");
    })
    .await;
}

#[tokio::test]
async fn a_picked_time_stays_in_the_form_while_the_rest_is_mended() {
    run_test(OnSlack, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-05 10:00").await;
        let ada = t.person("ada");
        ada.presses("Set our first meeting").await;
        ada.sends_meeting("2025-03-14 14:00", "a while", "Room 2").await;
        ada.sees("I could not read how long it takes");
        ada.sends_meeting("2025-03-14 14:00", "1 hour 15 min", "Room 2").await;
        t.drain().await;
        t.person("grace").sees("75 minutes");
        // What is over cannot be picked either.
        ada.asks("meeting set", &[]).await;
        ada.sends_meeting("2025-03-04 14:00", "", "").await;
        ada.sees("This time is over");
    })
    .await;
}

#[tokio::test]
async fn a_meeting_on_the_last_evening_is_not_asked_about_when_the_pair_has_ended() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-06-25 10:00").await;
        let ada = t.person("ada");
        ada.asks("meeting set", &[("when", "2025-07-01 00:00")]).await;
        ada.sees("The program ends on");
        ada.asks("meeting set", &[("when", "2025-06-30 23:59")]).await;
        ada.sees("Your meeting is set");
        t.travel_to("2025-07-03 12:00").await;
        ada.sees("A reminder: your meeting");
        ada.sees_no("Did you two meet?");
        let meeting = t.meetings().await.remove(0);
        let late = t.forges("ada", Deed::TellMeeting(meeting.id, 0, Told::Held).action()).await;
        assert!(late.contains("This pair has ended"), "{late}");
    })
    .await;
}

#[tokio::test]
async fn what_changes_at_night_is_told_in_the_morning_as_it_stands_then() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-05 22:00").await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        ada.asks("meeting set", &[("when", "2025-03-14 14:00")]).await;
        ada.sees("Your meeting is set");
        t.travel_to("2025-03-05 22:30").await;
        let id = t.meetings().await[0].id;
        ada.asks("meeting list", &[]).await;
        ada.presses("Move the next one").await;
        ada.sends_meeting("2025-03-15 11:00", "", "").await;
        ada.sees("Your meeting is moved");
        grace.sees_no("meeting is");
        t.travel_to("2025-03-06 12:00").await;
        assert_eq!(grace.in_room("The meeting is moved").len(), 1);
        grace.sees_no("A meeting is set");
        grace.sees_no("This meeting was moved");
        t.travel_to("2025-03-06 23:00").await;
        let off = t.forges("grace", Deed::CancelMeeting(id, true).action()).await;
        assert!(off.contains("Your meeting is cancelled"), "{off}");
        t.travel_to("2025-03-17 12:00").await;
        assert_eq!(ada.in_room("The meeting is cancelled").len(), 1);
        ada.sees_no("A reminder: your meeting");
    })
    .await;
}

#[tokio::test]
async fn a_meeting_is_told_on_both_clocks_and_in_spanish() {
    run_test(Both, async |t| {
        let [mut eva, luz] = two_clocks(&t).await;
        eva.sees("Cuando para Luz Ibarra son las 9:00");
        t.travel_to("2025-03-05 10:00").await;
        eva.reads();
        eva.asks("meeting set", &[("when", "el próximo martes a las 2 de la tarde")]).await;
        t.drain().await;
        luz.sees("martes 11 de marzo de 2025 a las 14:00 (PDT)");
        luz.sees("martes 11 de marzo de 2025 a las 17:00 (EDT)");
        luz.asks("meeting set", &[("when", "4/3 14:00")]).await;
        luz.sees("puede significar más de una hora");
        luz.asks("meeting list", &[]).await;
        luz.sees("Sus reuniones");
        luz.asks("how-often", &[]).await;
        luz.presses("Cada dos semanas").await;
        t.drain().await;
        t.travel_to("2025-03-12 12:00").await;
        eva.presses("Sí, nos reunimos").await;
        luz.presses("Sí, nos reunimos").await;
        t.drain().await;
        eva.asks("meeting log", &[("when", "ayer a las 10")]).await;
        eva.asks("ask", &[("question", "¿Podemos reunirnos en persona?")]).await;
        t.drain().await;
        t.snapshot("meeting_spanish", &eva.reads());
    })
    .await;
}

#[tokio::test]
async fn only_the_two_may_and_only_what_still_holds() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-05 10:00").await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        ada.asks("meeting set", &[("when", "2025-03-14 14:00")]).await;
        // The same wish once more, and the other's at the same time.
        ada.asks("meeting set", &[("when", "2025-03-14 14:00")]).await;
        ada.sees("This is how your meeting stands already");
        grace.asks("meeting set", &[("when", "2025-03-14 14:30")]).await;
        grace.sees("You two have a meeting at that time already");
        let meeting = t.meetings().await.remove(0);
        assert_eq!(t.meetings().await.len(), 1);
        let pair = meeting.pair;
        let deeds = [
            Deed::Meeting(MeetingDeed::Set(pair)),
            Deed::MeetingAt(MeetingDeed::Set(pair), meeting.starts_at.timestamp()),
            Deed::Meeting(MeetingDeed::Move(meeting.id)),
            Deed::CancelMeeting(meeting.id, true),
            Deed::TellMeeting(meeting.id, 0, Told::Held),
            Deed::Cadence(pair, None),
        ];
        for handle in ["zoe", "ben", "sam"] {
            for deed in &deeds {
                let answer = t.forges(handle, deed.action()).await;
                assert!(answer.contains("This button is for somebody else"), "{handle}: {deed:?}: {answer}");
            }
        }
        let early = t.forges("ada", Deed::TellMeeting(meeting.id, 0, Told::Held).action()).await;
        assert!(early.contains("still to come"), "{early}");
        let odd = t.forges("ada", Deed::MeetingAt(MeetingDeed::Set(pair), i64::MAX).action()).await;
        assert!(odd.contains("too old"), "{odd}");
        let late = t.forges("ada", Deed::MeetingAt(MeetingDeed::Set(pair), t.now().timestamp()).action()).await;
        assert!(late.contains("That moment is over"), "{late}");
        t.drain().await;
        ada.presses("Cancel it").await;
        grace.presses("Cancel it").await;
        grace.presses("Yes, cancel it").await;
        ada.presses("Yes, cancel it").await;
        ada.sees("This meeting has changed since");
        t.drain().await;
        // Somebody leaves: what was planned is over with the pair.
        grace.asks("meeting set", &[("when", "2025-03-20 14:00")]).await;
        t.drain().await;
        ada.asks("withdraw", &[]).await;
        ada.presses("Withdraw").await;
        t.drain().await;
        let over = t.forges("grace", Deed::CancelMeeting((meeting.id.get() + 1).into(), true).action()).await;
        assert!(over.contains("This pair has ended"), "{over}");
        t.travel_to("2025-03-21 12:00").await;
        grace.sees_no("A reminder: your meeting");
        grace.sees_no("Did you two meet?");
    })
    .await;
}

#[tokio::test]
async fn a_mentor_of_two_is_asked_which_pair() {
    run_test(Both, async |t| {
        t.person("grace").applies_with(Mentor, &[("capacity", &["2"])]).await;
        t.until_paired(&[("ada", Mentee), ("ben", Mentee)]).await;
        t.travel_to("2025-03-05 10:00").await;
        let grace = t.person("grace");
        assert_eq!(grace.rooms().len(), 2);
        grace.asks("meeting set", &[("when", "friday 2pm")]).await;
        grace.sees("With whom?");
        grace.presses("Ben Okafor").await;
        grace.sends_meeting("2025-03-07 14:00", "", "").await;
        t.drain().await;
        t.person("ben").sees("A meeting is set");
        t.person("ada").sees_no("A meeting is set");
        grace.asks("meeting list", &[]).await;
        grace.sees("With Ada Reyes");
    })
    .await;
}

#[tokio::test]
async fn a_question_goes_to_the_coordinators_alone() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, grace, sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        ada.presses("Ask a coordinator").await;
        ada.sends(&[("question", &["May we meet @everyone <!channel> **in person**?"])]).await;
        ada.sees("Your question is with the coordinators");
        t.drain().await;
        sam.sees("in person");
        sam.sees("Ada Reyes");
        grace.sees_no("in person");
        assert_eq!(t.concerns().await, [ConcernKind::Asked]);
        ada.asks("ask", &[("question", "And on the phone?")]).await;
        t.drain().await;
        sam.sees("And on the phone?");
    })
    .await;
}

#[tokio::test]
async fn no_name_and_no_place_can_do_harm() {
    run_test(Both, async |t| {
        t.joins(resident("mal", "@everyone <!channel> *M*", "America/Los_Angeles"));
        t.joins(resident("rtl", "ليلى \u{202e}Ynot\u{202c} `x` \u{1f4da}", "America/Los_Angeles"));
        t.settle().await;
        t.puts_on_roster("mal").await;
        t.until_paired(&[("mal", Mentee), ("rtl", Mentor)]).await;
        t.travel_to("2025-03-05 10:00").await;
        let (mal, rtl) = (t.person("mal"), t.person("rtl"));
        mal.presses("Set our first meeting").await;
        let harm = "@everyone <!channel> <@1> **b** [a](https://evil.example) \u{202e}x; BEGIN:VEVENT";
        mal.sends_meeting("2025-03-14 14:00", "45", harm).await;
        t.drain().await;
        assert_eq!(rtl.in_room("A meeting is set").len(), 1);
        let file = file(&t, "rtl");
        assert_eq!(file.lines().filter(|line| *line == "BEGIN:VEVENT").count(), 1, "{file}");
        assert!(file.contains("LOCATION:@everyone <!channel>") && !file.contains('\u{202e}'), "{file}");
        mal.asks("meeting list", &[]).await;
        rtl.asks("how-often", &[]).await;
        for seen in t.everything() {
            assert!(!seen.pings.iter().any(|ping| ping.as_str() == "@everyone"), "{}", seen.text);
            assert!(!seen.html.contains("href=\"https://evil.example\">a<"), "{}", seen.html);
        }
    })
    .await;
}

#[tokio::test]
async fn who_has_no_pair_is_told_so() {
    run_test(Both, async |t| {
        let zoe = t.person("zoe");
        for command in ["meeting set", "meeting log", "meeting list", "how-often"] {
            zoe.asks(command, &[]).await;
        }
        zoe.sees_times(4, "You are not in a pair this season");
    })
    .await;
}
