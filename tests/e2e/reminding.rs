//! Coordinators remind people by hand: looked at first, each reminded once, and never beside the reminder that comes by
//! itself.

use plsep_bot::words::OfficeDeed;
use plsep_domain::Lang;
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, Person, Story, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];
const UNSENT: &str = "Your application is not sent yet";
const UNSIGNED: &str = "Please sign the acknowledgement form";

async fn begins(people: &[&Person]) {
    for person in people {
        person.asks("apply", &[("role", "mentee")]).await;
    }
}

async fn reminders(t: &Story) -> usize {
    t.audit().await.iter().filter(|line| line.ends_with("application.remind")).count()
}

#[tokio::test]
async fn whoever_has_begun_is_reminded_once_and_the_others_are_counted() {
    run_test(Both, async |t| {
        let (mut ada, ben, zoe, marcus) = (t.person("ada"), t.person("ben"), t.person("zoe"), t.person("marcus"));
        let mut sam = t.person("sam");
        begins(&[&ada, &ben, &zoe]).await;
        t.lives_in("ada", "America/Los_Angeles", Lang::Es).await;
        zoe.asks("withdraw", &[]).await;
        zoe.presses("Withdraw").await;
        ben.asks("snooze", &[("until", "2025-03-01")]).await;
        t.travel_to("2025-02-11 10:00").await;
        begins(&[&marcus]).await;
        sam.reads();
        ada.reads();
        sam.commands("applications remind", &[]).await;
        t.snapshot("remind_question", &sam.reads());
        t.drain().await;
        ada.sees_no("todavía no está enviada");
        sam.presses(&sam.label_beginning("Yes, remind")).await;
        sam.sees("The reminder is on its way.");
        t.drain().await;
        t.snapshot("remind_read_in_spanish", &ada.reads());
        for person in [&ben, &zoe] {
            person.sees_no(UNSENT);
        }
        assert_eq!(reminders(&t).await, 1);
        sam.commands("applications remind", &[]).await;
        t.snapshot("remind_nobody_left", &sam.newest());
        t.travel_to("2025-02-12 10:00").await;
        sam.commands("applications remind", &[]).await;
        sam.sees("2 people have begun an application and not sent it");
        sam.commands("audit show", &[]).await;
        sam.sees("people reminded of an unsent application or an unsigned form (one person)");
    })
    .await;
}

#[tokio::test]
async fn two_coordinators_at_once_remind_nobody_twice() {
    run_test(Both, async |t| {
        let (mut ada, sam, mut dana) = (t.person("ada"), t.person("sam"), t.person("dana"));
        begins(&[&ada]).await;
        dana.commands("coordinators add", &[("person", "@dana")]).await;
        t.travel_to("2025-02-14 08:30").await;
        ada.reads();
        for coordinator in [&sam, &dana] {
            coordinator.commands("applications remind", &[]).await;
        }
        let answer = t.forges("ada", OfficeDeed::Remind(1, t.now().timestamp()).action()).await;
        assert!(answer.contains("Only coordinators can do that"), "{answer}");
        dana.reads();
        sam.presses("Yes, remind one person").await;
        t.delivers_again();
        t.drain().await;
        dana.presses("Yes, remind one person").await;
        t.drain().await;
        t.snapshot("remind_second_coordinator", &dana.reads());
        assert_eq!(reminders(&t).await, 1);
        // It was the day of the reminder that comes by itself: this was it.
        t.travel_to("2025-02-14 18:00").await;
        ada.sees_times(1, UNSENT);
        t.travel_to("2025-02-16 18:00").await;
        ada.sees_times(2, UNSENT);
    })
    .await;
}

#[tokio::test]
async fn the_question_holds_for_a_while_and_says_what_is_so() {
    run_test(Both, async |t| {
        let (ada, ben, mut sam) = (t.person("ada"), t.person("ben"), t.person("sam"));
        sam.commands("applications remind", &[]).await;
        sam.sees("There is nobody to remind now.");
        begins(&[&ada, &ben]).await;
        t.travel_to("2025-02-11 10:00").await;
        sam.commands("applications remind", &[]).await;
        t.travel_to("2025-02-11 10:11").await;
        sam.presses("Yes, remind 2 people").await;
        sam.sees("This question is too old");
        sam.commands("applications remind", &[]).await;
        ben.asks("withdraw", &[]).await;
        ben.presses("Withdraw").await;
        sam.reads();
        sam.presses("Yes, remind 2 people").await;
        t.snapshot("remind_changed", &sam.reads());
        t.drain().await;
        ada.sees_no(UNSENT);
        // What is sent before the reminder leaves needs none: at night it waits.
        t.travel_to("2025-02-11 21:00").await;
        sam.commands("applications remind", &[]).await;
        sam.presses("Yes, remind one person").await;
        ada.applies_as(Mentee).await;
        t.travel_to("2025-02-12 18:00").await;
        ada.sees_no(UNSENT);
        // On the last evening whoever sleeps would hear it too late.
        begins(&[&t.person("zoe")]).await;
        t.travel_to("2025-02-17 23:00").await;
        sam.reads();
        sam.commands("applications remind", &[]).await;
        t.snapshot("remind_too_late", &sam.reads());
    })
    .await;
}

#[tokio::test]
async fn a_form_is_reminded_of_and_whoever_takes_no_messages_is_named_to_nobody() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, grace, mut sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        t.travel_to("2025-02-20 10:00").await;
        sam.reads();
        sam.commands("applications remind", &[]).await;
        t.snapshot("remind_forms", &sam.reads());
        grace.signs().await;
        t.directs_closed("ada", true);
        sam.presses("Yes, remind 2 people").await;
        sam.sees("It has changed since you were asked");
        sam.presses("Yes, remind one person").await;
        t.drain().await;
        ada.sees_no(UNSIGNED);
        grace.sees_no(UNSIGNED);
        t.travel_to("2025-02-21 10:00").await;
        sam.reads();
        sam.commands("applications remind", &[]).await;
        t.snapshot("remind_unreachable", &sam.reads());
        ada.asks("home", &[]).await;
        ada.sees(UNSIGNED);
        t.lives_in("sam", "America/Los_Angeles", Lang::Es).await;
        sam.reads();
        sam.commands("applications remind", &[]).await;
        t.snapshot("remind_forms_spanish", &sam.reads());
    })
    .await;
}
