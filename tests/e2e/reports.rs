//! What coordinators ask about the season: pictures and files with the same numbers in words, for whoever asked alone.

use plsep_domain::Role::{Mentee, Mentor};

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
        t.joins(resident("eve", "=HYPERLINK(\"http://x.example\")", "America/Los_Angeles"));
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
async fn the_season_is_handed_out_as_tables_that_compute_nothing() {
    run_test(Both, async |t| {
        until_april(&t).await;
        let mut sam = t.person("sam");
        sam.reads();
        let before = t.audit().await.len();
        sam.commands("report export", &[("format", "csv")]).await;
        t.drain().await;
        sam.sees("Every time is given in America/Los_Angeles");
        let tables = ["applications", "pairs", "meetings", "check-ins", "signatures", "survey"];
        let told: Vec<String> =
            tables.iter().map(|name| format!("{name}\n{}", sam.file(&format!("{name}.csv")))).collect();
        for (name, rows) in tables.iter().zip([4, 2, 0, 2, 3, 0]) {
            let bytes = sam.file(&format!("{name}.csv"));
            let bytes = bytes.strip_prefix('\u{feff}').expect("spreadsheet programs know the encoding");
            let mut read = csv::Reader::from_reader(bytes.as_bytes());
            assert_eq!(
                read.records().filter(|row| row.as_ref().is_ok_and(|row| !row.is_empty())).count(),
                rows,
                "{name}"
            );
        }
        // Accounts are numbers of their platform.
        let told = told.join("\n").replace(&t.id_of("ada"), "<ada>").replace(&t.id_of("ben"), "<ben>");
        let told = told.replace(&t.id_of("grace"), "<grace>").replace(&t.id_of("marcus"), "<marcus>");
        t.snapshot("report_export", &format!("{}\n\n{told}", sam.reads()));
        sam.commands("report export", &[("format", "xlsx")]).await;
        t.drain().await;
        let files = sam.files();
        let (_, book) = files.iter().rev().find(|(name, _)| name.ends_with(".xlsx")).expect("the workbook");
        assert!(book.starts_with(b"PK"), "a workbook");
        sam.sees("Keep it where only coordinators can read it");
        std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("season.xlsx"), book)
            .expect("it is kept");
        assert_eq!(t.audit().await[before..], ["sam: report.export", "sam: report.export"]);
        for handle in ["ada", "grace", "ben", "dana"] {
            assert!(t.person(handle).files().iter().all(|(name, _)| !name.ends_with(".xlsx") && name != "pairs.csv"));
        }
    })
    .await;
}

#[tokio::test]
async fn the_figures_are_on_paper_and_nobody_is_named() {
    run_test(Both, async |t| {
        until_april(&t).await;
        let mut sam = t.person("sam");
        sam.reads();
        sam.commands("report grant", &[]).await;
        t.drain().await;
        t.snapshot("report_grant", &sam.reads());
        let paper = |files: Vec<(String, Vec<u8>)>| files.into_iter().rev().find(|(name, _)| name.ends_with(".pdf"));
        let (_, first) = paper(sam.files()).expect("the paper");
        assert!(first.starts_with(b"%PDF-"));
        std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("summary.pdf"), &first)
            .expect("it is kept");
        sam.commands("report grant", &[]).await;
        t.drain().await;
        assert!(paper(sam.files()).expect("the paper").1 == first, "the same figures, the same bytes");
        assert!(paper(t.person("ada").files()).is_none());
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

#[tokio::test]
async fn how_many_took_part_is_told_in_numbers_alone() {
    run_test(Both, async |t| {
        let mut sam = t.person("sam");
        sam.commands("report participation", &[]).await;
        sam.sees("nobody has been asked anything");
        until_april(&t).await;
        sam.reads();
        sam.commands("report participation", &[]).await;
        t.snapshot("report_participation", &sam.reads());
        for handle in ["Ada", "Grace", "Ben", "Marcus"] {
            assert!(!sam.newest().contains(handle), "{handle}");
        }
        t.lives_in("sam", "America/Los_Angeles", plsep_domain::Lang::Es).await;
        sam.commands("report participation", &[]).await;
        t.snapshot("report_participation_in_spanish", &sam.reads());
        let ada = t.person("ada");
        ada.commands("report participation", &[]).await;
        ada.sees("Only coordinators can do that");
    })
    .await;
}
