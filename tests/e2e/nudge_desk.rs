//! What coordinators do about the monthly question: ask it now, pause it and let it go on, change when it is asked.

use plsep_bot::words::{Deed, OfficeDeed};
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, Person, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

const QUESTION: &str = "Your check-in for March 2025";

async fn paired(t: &Story) -> [Person; 3] {
    t.until_paired(&PAIR).await;
    for handle in ["ada", "grace"] {
        t.person(handle).signs().await;
    }
    t.drain().await;
    ["ada", "grace", "sam"].map(|handle| t.person(handle))
}

fn asked(person: &Person) -> usize {
    person.in_room(QUESTION).len()
}

async fn audited(t: &Story, action: &str) -> usize {
    t.audit().await.iter().filter(|line| *line == &format!("sam: {action}")).count()
}

#[tokio::test]
async fn the_question_is_asked_now_once_and_not_again_on_its_date() {
    run_test(Both, async |t| {
        let [ada, _, mut sam] = paired(&t).await;
        t.travel_to("2025-03-11 15:00").await;
        sam.reads();
        sam.commands("nudges send-now", &[]).await;
        t.snapshot("nudges_now", &sam.reads());
        assert_eq!(asked(&ada), 0, "it is only asked about");
        let yes = OfficeDeed::SendNudges(t.now().timestamp());
        t.travel_to("2025-03-11 15:11").await;
        sam.presses("Yes, ask 2 people").await;
        sam.sees("This question is too old");
        let answer = t.forges("ada", yes.action()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        assert_eq!(asked(&ada), 0);

        sam.commands("nudges send-now", &[]).await;
        let twice = OfficeDeed::SendNudges(t.now().timestamp());
        sam.presses("Yes, ask 2 people").await;
        t.drain().await;
        assert_eq!(asked(&ada), 1);
        t.forges("sam", twice.action()).await;
        t.stage.restart_bot().await.expect("the bot starts");
        t.travel_to("2025-03-31 20:00").await;
        assert_eq!(asked(&ada), 1, "once a month is enough");
        assert_eq!(audited(&t, "nudges.send-now").await, 1);
        t.travel_to("2025-04-20 10:05").await;
        assert_eq!(ada.in_room("Your check-in for April 2025").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_pause_asks_nobody_and_its_end_catches_up_once() {
    run_test(Both, async |t| {
        let [ada, _, mut sam] = paired(&t).await;
        t.travel_to("2025-03-18 15:00").await;
        sam.reads();
        sam.commands("nudges pause", &[]).await;
        t.drain().await;
        t.snapshot("nudges_paused", &sam.reads());
        sam.commands("season show", &[]).await;
        sam.sees("The monthly question has been paused since");
        t.stage.restart_bot().await.expect("the bot starts");
        t.travel_to("2025-03-24 15:00").await;
        assert_eq!(asked(&ada), 0, "it is paused");
        sam.commands("nudges send-now", &[]).await;
        sam.sees("The monthly question is paused, so nobody is asked.");
        // Pressed again, it pauses as before.
        sam.commands("nudges pause", &[]).await;
        assert_eq!(audited(&t, "nudges.pause").await, 1);

        sam.reads();
        sam.commands("nudges resume", &[]).await;
        t.snapshot("nudges_resume", &sam.reads());
        let answer = t.forges("grace", OfficeDeed::ResumeNudges(t.now().timestamp()).action()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        sam.presses("Yes, let it go on").await;
        t.drain().await;
        assert_eq!(asked(&ada), 1, "what came due meanwhile");
        t.travel_to("2025-03-31 20:00").await;
        assert_eq!(asked(&ada), 1, "once");
        sam.commands("nudges resume", &[]).await;
        sam.sees("The monthly question is not paused.");
        sam.commands("season show", &[]).await;
        sam.sees("The monthly question is asked next on");
        assert_eq!(audited(&t, "nudges.resume").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_pause_over_the_months_end_asks_about_no_month_that_is_over() {
    run_test(Both, async |t| {
        let [ada, _, sam] = paired(&t).await;
        t.travel_to("2025-03-18 15:00").await;
        sam.commands("nudges pause", &[]).await;
        t.travel_to("2025-04-02 15:00").await;
        sam.commands("nudges resume", &[]).await;
        sam.sees("Nobody is asked right away.");
        sam.presses("Yes, let it go on").await;
        t.travel_to("2025-04-20 10:05").await;
        assert_eq!(ada.in_room("Your check-in for").len(), 1, "April's own");
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_the_morning_is_paused_too() {
    run_test(Both, async |t| {
        let [ada, _, mut sam] = paired(&t).await;
        t.travel_to("2025-03-11 20:00").await;
        sam.commands("nudges send-now", &[]).await;
        sam.presses("Yes, ask 2 people").await;
        t.drain().await;
        sam.commands("nudges pause", &[]).await;
        t.travel_to("2025-03-12 15:00").await;
        assert_eq!(asked(&ada), 0, "it is paused");
        sam.reads();
        sam.commands("nudges resume", &[]).await;
        sam.sees("One question was on its way when the pause began. It goes out by");
        t.snapshot("nudges_resume_held", &sam.reads());
        sam.presses("Yes, let it go on").await;
        t.travel_to("2025-03-12 15:20").await;
        assert_eq!(asked(&ada), 1);
    })
    .await;
}

#[tokio::test]
async fn the_dates_are_shown_in_words_before_they_change() {
    run_test(Both, async |t| {
        let [ada, _, mut sam] = paired(&t).await;
        t.travel_to("2025-03-11 15:00").await;
        sam.reads();
        sam.commands("nudges schedule", &[]).await;
        t.snapshot("nudges_schedule", &sam.reads());
        for (line, words) in [
            ("monthly", "I could not read these dates"),
            ("0 10 * * : :", "I could not read these dates"),
            ("0 * 20 * *", "more than once a day"),
            ("0 10 20 1 *", "would never come while the program runs"),
        ] {
            sam.commands("nudges schedule", &[("cron", line)]).await;
            sam.sees(words);
        }
        sam.commands("nudges schedule", &[("cron", "0 10 1-7 * MON")]).await;
        t.snapshot("nudges_schedule_asked", &sam.newest());
        sam.commands("nudges schedule", &[]).await;
        sam.chooses(&Deed::Office(OfficeDeed::PickNudgeDates), "0 10 10 * *").await;
        let yes = OfficeDeed::SetNudgeDates("0 10 10 * *".to_owned(), t.now().timestamp()).action();
        let answer = t.forges("ada", yes).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        sam.presses("Yes, ask on these dates").await;
        sam.sees("The dates have changed.");
        assert_eq!(audited(&t, "nudges.schedule").await, 1);
        t.travel_to("2025-03-31 20:00").await;
        assert_eq!(asked(&ada), 0, "its new date had passed, and nobody is asked at once");
        t.travel_to("2025-04-10 10:05").await;
        assert_eq!(ada.in_room("Your check-in for April 2025").len(), 1);
    })
    .await;
}
