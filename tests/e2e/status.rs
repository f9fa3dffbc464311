//! Where one stands: an honest answer at every moment, in both languages, read aloud from the snapshots.

use std::fmt::Write;

use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, Person, Story, resident, run_test};

/// What somebody reads when they ask where they stand, with its buttons, and what home says besides.
async fn note(book: &mut String, when: &str, person: &Person) {
    person.asks("status", &[]).await;
    let status = person.newest();
    writeln!(book, "## {when}\n{status}\n").expect("a string takes it");
}

/// A story's cast in both languages: the second of each two reads Spanish.
fn joins(t: &Story, handles: &[&str]) {
    for (index, handle) in handles.iter().enumerate() {
        let locale = if index % 2 == 0 { "en-US" } else { "es-ES" };
        let who = resident(handle, &format!("Person {handle}"), "America/Los_Angeles");
        t.joins(plsep_sandbox::NewResident { locale: locale.to_owned(), ..who });
    }
}

#[tokio::test]
async fn an_answer_at_every_stage_of_an_application() {
    run_test(Both, async |t| {
        joins(&t, &["eve", "eva"]);
        t.settle().await;
        let sam = t.person("sam");
        for handle in ["eve", "eva"] {
            let person = t.person(handle);
            let mut book = String::new();
            note(&mut book, "not applied", &person).await;
            person.asks("apply", &[("role", "mentee")]).await;
            note(&mut book, "a draft", &person).await;
            person.applies_as(Mentee).await;
            t.drain().await;
            note(&mut book, "not on the roster", &person).await;
            t.puts_on_roster(handle).await;
            person.applies_as(Mentee).await;
            note(&mut book, "received", &person).await;
            sam.commands("applications wait-list", &[("person", &format!("@{handle}"))]).await;
            sam.sees("is on the waiting list and will be told");
            t.drain().await;
            note(&mut book, "wait-listed", &person).await;
            sam.commands("applications accept", &[("person", &format!("@{handle}"))]).await;
            t.drain().await;
            note(&mut book, "accepted while applications are open", &person).await;
            let reason = "We have more mentees than mentors. Please apply again next year.";
            sam.commands("applications decline", &[("person", &format!("@{handle}")), ("reason", reason)]).await;
            t.drain().await;
            note(&mut book, "declined", &person).await;
            sam.commands("applications accept", &[("person", &format!("@{handle}"))]).await;
            t.drain().await;
            person.asks("withdraw", &[]).await;
            person.presses(if handle == "eve" { "Withdraw" } else { "Retirarme" }).await;
            note(&mut book, "withdrawn", &person).await;
            t.snapshot(&format!("status_application_{handle}"), &book);
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_at_every_stage_of_a_pair() {
    run_test(Both, async |t| {
        joins(&t, &["mia", "luz", "tom", "ana"]);
        t.settle().await;
        let sam = t.person("sam");
        for handle in ["mia", "luz"] {
            t.puts_on_roster(handle).await;
            t.person(handle).applies_as(Mentee).await;
        }
        for handle in ["tom", "ana"] {
            t.person(handle).applies_as(Mentor).await;
        }
        // Two mentors for one more mentee than there are: ben gets none, and nobody of the four is left.
        t.person("ben").asks("apply", &[("role", "mentee")]).await;
        let people = ["mia", "luz", "tom", "ana"];
        let mut books: Vec<String> = vec![String::new(); people.len()];
        let mut all = async |when: &str, t: &Story| {
            for (handle, book) in people.iter().zip(&mut books) {
                note(book, when, &t.person(handle)).await;
            }
        };
        t.travel_to("2025-02-18 10:00").await;
        sam.commands("applications accept-all", &[]).await;
        sam.presses("Yes, accept them").await;
        t.drain().await;
        all("accepted", &t).await;
        sam.commands("match propose", &[]).await;
        all("proposed", &t).await;
        sam.commands("match publish", &[]).await;
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;
        all("matched, not signed", &t).await;
        t.travel_to("2025-03-05 10:00").await;
        all("matched, overdue", &t).await;
        for handle in people {
            t.person(handle).signs_in_any_language().await;
        }
        all("matched and signed, running", &t).await;
        let leaves =
            if t.person("mia").room().members.iter().any(|member| member.contains("tom")) { "tom" } else { "ana" };
        let leaving = t.person(leaves);
        leaving.asks("withdraw", &[]).await;
        leaving.presses(if leaves == "tom" { "Withdraw" } else { "Retirarme" }).await;
        t.drain().await;
        all("one mentor has left", &t).await;
        t.travel_to("2025-07-01 10:00").await;
        all("the program is over", &t).await;
        t.travel_to("2025-07-16 10:00").await;
        all("the season is closed", &t).await;
        let ben = t.person("ben");
        ben.asks("status", &[]).await;
        ben.sees("was not sent before applications closed");
        for (handle, book) in people.iter().zip(&books) {
            t.snapshot(&format!("status_pair_{handle}"), book);
        }
    })
    .await;
}

#[tokio::test]
async fn somebody_in_a_pair_is_neither_declined_nor_wait_listed() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let sam = t.person("sam");
        let before = t.audit().await;
        sam.commands("applications wait-list", &[("person", "@ada")]).await;
        sam.sees("This person is in a pair");
        sam.commands("applications decline", &[("person", "@grace"), ("reason", "By mistake.")]).await;
        sam.sees_times(2, "This person is in a pair");
        assert_eq!(t.audit().await, before);
    })
    .await;
}

#[tokio::test]
async fn a_mentor_of_two_sees_both_and_who_has_not_signed_is_named() {
    run_test(Both, async |t| {
        t.person("ada").applies_as(Mentee).await;
        t.person("ben").applies_as(Mentee).await;
        let (grace, sam) = (t.person("grace"), t.person("sam"));
        grace.applies_with(Mentor, &[("capacity", &["2"])]).await;
        t.until_proposed(&[]).await;
        sam.commands("match publish", &[]).await;
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;
        grace.asks("status", &[]).await;
        let status = grace.newest();
        assert!(status.contains("Ada Reyes") && status.contains("Ben Okafor"), "{status}");
        t.person("ada").signs_in_any_language().await;
        sam.commands("pairs list", &[]).await;
        sam.sees("Grace Lindqvist has not signed");
        sam.sees("neither form is signed");
        sam.commands("season show", &[]).await;
        let season = sam.newest();
        assert!(season.contains("2 acknowledgement forms are not signed"), "{season}");
        assert!(season.contains("Not signed yet: "), "{season}");
        let names = season.split("Not signed yet: ").nth(1).unwrap_or_default().lines().next().unwrap_or_default();
        assert!(names.contains("Ben Okafor") && names.contains("Grace Lindqvist"), "{names}");
        assert!(!names.contains("Ada Reyes"), "{names}");
    })
    .await;
}
