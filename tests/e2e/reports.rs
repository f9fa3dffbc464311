//! What coordinators ask about the season: pictures and files with the same numbers in words, for whoever asked alone.

use plsep_domain::Role::{Mentee, Mentor};

use plsep_sandbox::NewResident;

use super::harness::{Both, Person, Story, resident, run_test};

/// Ben applies and is matched with Marcus, Ada with Grace; Ada's month of March is noted, and Ben asks for help.
async fn until_april(t: &Story) {
    t.until_paired(&[("ada", Mentee), ("grace", Mentor), ("ben", Mentee), ("marcus", Mentor)]).await;
    t.person("ada").signs().await;
    t.person("grace").signs().await;
    t.travel_to("2025-03-05 10:00").await;
    t.person("ben").signs().await;
    t.travel_to("2025-03-20 11:00").await;
    t.person("ada").answers("2025-03", "met").await;
    t.person("ben").answers("2025-03", "need_help").await;
    t.drain().await;
    t.travel_to("2025-04-10 12:00").await;
}

/// The newest picture in front of somebody, kept where a person can look at it.
fn picture(person: &Person, name: &str) -> Vec<u8> {
    let files = person.files();
    let (_, bytes) = files.into_iter().rev().find(|(its, _)| its == name).expect("the picture is there");
    assert!(bytes.starts_with(b"\x89PNG"), "it is a picture");
    std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), &bytes).expect("it is kept");
    bytes
}

#[tokio::test]
async fn the_season_at_a_glance_is_a_picture_and_its_numbers_in_words() {
    run_test(Both, async |t| {
        until_april(&t).await;
        let mut sam = t.person("sam");
        sam.reads();
        sam.commands("report overview", &[]).await;
        t.drain().await;
        sam.sees("Mentees: 2 of 2 have a mentor.");
        sam.sees("March 2025: 1 of 2 pairs met, at least one meeting; 1 with a coordinator.");
        let first = picture(&sam, "overview.png");
        t.snapshot("report_overview", &sam.reads());
        sam.commands("report overview", &[]).await;
        t.drain().await;
        assert!(picture(&sam, "overview.png") == first, "the same figures, the same bytes");
        // Nobody else has it, and no place shows it.
        for handle in ["ada", "grace", "ben", "dana"] {
            assert!(t.person(handle).files().iter().all(|(name, _)| name != "overview.png"), "{handle}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_months_of_the_pairs_are_pictures_and_a_table() {
    run_test(Both, async |t| {
        let mut sam = t.person("sam");
        sam.commands("report meetings", &[]).await;
        sam.sees("There are no pairs yet");
        until_april(&t).await;
        sam.reads();
        sam.commands("report meetings", &[]).await;
        t.drain().await;
        picture(&sam, "meetings-1.png");
        t.snapshot("report_meetings", &format!("{}\n\n{}", sam.reads(), sam.file("meetings.csv")));
    })
    .await;
}

/// A name is whatever somebody calls themselves, and a spreadsheet computes none of it.
#[tokio::test]
async fn a_name_that_is_a_formula_is_words_in_a_spreadsheet() {
    run_test(Both, async |t| {
        t.joins(NewResident {
            owner: false,
            admin: false,
            ..resident("eve", "=HYPERLINK(\"http://x.example\")", "America/Los_Angeles")
        });
        t.settle().await;
        t.until_paired(&[("ada", Mentee), ("eve", Mentor)]).await;
        let sam = t.person("sam");
        sam.commands("report meetings", &[]).await;
        t.drain().await;
        let table = sam.file("meetings.csv");
        assert!(table.contains(",\"'=HYPERLINK("), "{table}");
        picture(&sam, "meetings-1.png");
    })
    .await;
}

#[tokio::test]
async fn before_anybody_has_applied_there_is_a_picture_too() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        sam.commands("report overview", &[]).await;
        t.drain().await;
        sam.sees("Mentees: 0 of 0 have a mentor.");
        sam.sees("The program has not started");
        picture(&sam, "overview.png");
    })
    .await;
}
