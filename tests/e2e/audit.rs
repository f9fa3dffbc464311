//! The audit log in the hands of coordinators: the whole of it as a file, and parts of it by kind and day.

use plsep_bot::chat::CommandId;
use plsep_bot::store::{AuditEntry, AuditWho};
use plsep_bot::words::{Deed, OfficeDeed};
use plsep_domain::AuditLook;
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, resident, run_test};

const FILE: &str = "audit-log.csv";

#[tokio::test]
async fn the_whole_log_is_a_file_that_computes_nothing_and_only_whoever_asked_has_it() {
    run_test(Both, async |t| {
        t.joins(resident("eve", "=HYPERLINK(\"http://x.example\")", "America/Los_Angeles"));
        t.settle().await;
        t.until_paired(&[("ada", Mentee), ("eve", Mentor)]).await;
        let mut sam = t.person("sam");
        let before = t.audit().await;
        sam.reads();
        sam.commands("audit export", &[]).await;
        t.drain().await;
        sam.sees("Every time is given in America/Los_Angeles");
        let file = sam.file(FILE);
        let told = file.strip_prefix('\u{feff}').expect("spreadsheet programs know the encoding");
        let mut read = csv::Reader::from_reader(told.as_bytes());
        let rows: Vec<csv::StringRecord> = read.records().map(|row| row.expect("it is a table")).collect();
        assert_eq!(rows.len(), before.len(), "every entry, and no other");
        let actions: Vec<&str> = before.iter().filter_map(|line| line.split(": ").nth(1)).collect();
        assert_eq!(rows.iter().map(|row| &row[3]).collect::<Vec<_>>(), actions, "in their order");
        for cell in rows.iter().flatten() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell}");
        }
        assert!(rows.iter().any(|row| row[4].starts_with("'=HYPERLINK(")), "{told}");
        t.snapshot("audit_export", &format!("{}\n\n{told}", sam.reads()));
        assert_eq!(t.audit().await[before.len()..], ["sam: audit.export"]);
        // The next file holds that the first was handed out.
        sam.commands("audit export", &[]).await;
        t.drain().await;
        let file = sam.file(FILE);
        assert!(file.contains("audit log handed out as a file,audit.export,"), "{file}");
        for handle in ["ada", "eve", "dana", "zoe"] {
            assert!(t.person(handle).files().iter().all(|(name, _)| name != FILE), "{handle}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_log_is_handed_to_coordinators_alone() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let before = t.audit().await;
        for handle in ["zoe", "ada", "grace", "dana"] {
            for deed in [Deed::Do(CommandId::AuditExport), Deed::Office(OfficeDeed::ShowAudit(0, AuditLook::default()))]
            {
                let answer = t.forges(handle, deed.action()).await;
                assert!(answer.contains("Only coordinators can do that"), "{handle}: {answer}");
            }
            t.drain().await;
            assert!(t.person(handle).files().is_empty(), "{handle}");
        }
        assert_eq!(t.audit().await, before, "what was refused leaves no trace");
    })
    .await;
}

#[tokio::test]
async fn a_part_of_the_log_is_found_by_kind_day_and_person() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        t.travel_to("2025-03-14 15:00").await;
        let mut sam = t.person("sam");
        sam.commands("nudges pause", &[]).await;
        sam.reads();
        sam.commands("audit show", &[("action", "matching")]).await;
        let read = sam.reads();
        assert!(read.contains("Only what concerns matching."), "{read}");
        assert!(read.contains("pairs published"), "{read}");
        assert!(!read.contains("season set up") && !read.contains("monthly question paused"), "{read}");
        sam.commands("audit show", &[("since", "today")]).await;
        t.snapshot("audit_since_today", &sam.reads());
        sam.commands("audit show", &[("action", "season"), ("since", "2025-03-14")]).await;
        let read = sam.reads();
        assert!(read.contains("There is no such entry in the audit log."), "{read}");
        sam.commands("audit show", &[("person", "@ada"), ("action", "applications"), ("since", "2025-02-01")]).await;
        t.snapshot("audit_of_one_by_kind", &sam.reads());
        sam.commands("audit show", &[("since", "2025-04-01")]).await;
        sam.sees("This time is still to come");
        sam.commands("audit show", &[("since", "the beginning")]).await;
        sam.sees("I could not tell which day you mean");
    })
    .await;
}

#[tokio::test]
async fn the_next_page_shows_the_same_part() {
    run_test(Both, async |t| {
        let mut sam = t.person("sam");
        let mut tx = t.stage.store.write().await.expect("the database takes it");
        let community = t.community_in(&mut tx).await;
        for number in 0..18 {
            let entry = AuditEntry {
                community,
                at: t.now(),
                who: AuditWho::Operator,
                action: "nudges.pause".to_owned(),
                subject: format!("season:{number}"),
                detail: serde_json::Value::Null,
            };
            tx.append_audit(&entry).await.expect("it is sound");
        }
        tx.commit().await.expect("the database takes it");
        sam.commands("audit show", &[("action", "nudges")]).await;
        sam.sees("18 entries of the audit log");
        sam.reads();
        sam.presses("Next page").await;
        let read = sam.newest();
        assert!(read.contains("Only what concerns the monthly question."), "{read}");
        assert!(read.contains("Page 2 of 2") && !read.contains("season set up"), "{read}");
    })
    .await;
}
