//! A coordinator hands in the list of participants as a file, looks at what it would change, and decides.

use insta::assert_snapshot;
use plsep_bot::words::Deed;
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{ApplicationState, ConcernKind, RosterEntry};

use super::harness::{Both, Person, Story, run_test};

const LIST: &str = "Name,E-mail,Library,Active\n\
    Ada Reyes,ada@libraries.example,Fresno,yes\n\
    Lin Park,lin@libraries.example,\"Modesto, CA\",yes\n";

async fn roster(t: &Story) -> Vec<(String, bool)> {
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let community = t.community_in(&mut tx).await;
    let lines = tx.roster(community).await.expect("it reads");
    lines.into_iter().map(|line| (line.entry.email, line.entry.active)).collect()
}

async fn library_of(t: &Story, email: &str) -> String {
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let community = t.community_in(&mut tx).await;
    let lines = tx.roster(community).await.expect("it reads");
    lines.into_iter().find(|line| line.entry.email == email).expect("there is such a line").entry.library_system
}

async fn starts_with(t: &Story) -> usize {
    roster(t).await.len()
}

#[tokio::test]
async fn a_list_is_shown_before_it_is_taken_in_and_the_second_time_changes_nothing() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        let before = starts_with(&t).await;
        sam.hands_in_list("people.csv", "Name;Correo\nNew One;one@libraries.example\nNew Two;two@libraries.example\n")
            .await;
        sam.sees("2 people are new");
        assert_eq!(starts_with(&t).await, before, "nothing has changed yet");
        sam.presses("Import 2 rows").await;
        sam.sees("The roster is imported");
        sam.sees("2 people were added");
        assert_eq!(starts_with(&t).await, before + 2);
        assert!(t.audit().await.iter().any(|line| line == "sam: roster.import"));

        sam.presses("Take the import back").await;
        sam.sees("The import is taken back");
        assert_eq!(starts_with(&t).await, before);

        sam.hands_in_list("people.csv", "Name;Correo\nNew One;one@libraries.example\nNew Two;two@libraries.example\n")
            .await;
        sam.presses("Import 2 rows").await;
        sam.closes_form().await;
        sam.hands_in_list("again.csv", "Name;Correo\nNew One;one@libraries.example\nNew Two;two@libraries.example\n")
            .await;
        sam.sees("2 lines stay as they are");
        sam.closes_form().await;
    })
    .await;
}

#[tokio::test]
async fn rows_with_mistakes_are_told_one_by_one_and_left_out_only_if_so_decided() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        let before = starts_with(&t).await;
        let list = "Participants 2025,,\nFull name,E-mail address,Status\n\
            Good One,one@libraries.example,active\n\
            ,two@libraries.example,\n\
            Three,three at libraries,perhaps\n\
            =cmd()!A1,four@libraries.example,no\n\
            Good Five,five@libraries.example,inactive\n\
            Other One,ONE@libraries.example,\n";
        sam.hands_in_list("people.csv", list).await;
        let shown = sam.finds("What this file would change").pop().expect("it is shown");
        let screen = shown.text.clone();
        match t.on_discord() {
            true => assert_snapshot!("roster_preview_discord", screen),
            false => assert_snapshot!("roster_preview_slack", screen),
        }
        assert_snapshot!("roster_rows_to_mend", sam.file("roster-rows-to-mend.csv"));
        sam.presses("Import nothing").await;
        sam.sees("Nothing was imported");
        assert_eq!(starts_with(&t).await, before);

        sam.hands_in_list("people.csv", list).await;
        let label = sam.label_beginning("Import the 2 good rows");
        sam.presses(&label).await;
        t.drain().await;
        sam.sees("4 rows were left out");
        assert_eq!(starts_with(&t).await, before + 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_list_is_told_with_what_to_do_and_changes_nothing() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        let before = roster(&t).await;
        let large = format!("Name,Email\n{}", "x".repeat(6 << 20));
        for (contents, words) in [
            ("", "This file is empty"),
            ("base64:iVBORw0KGgoAAAANSUhEUg==", "This is not a list"),
            ("base64:UEsDBBQABgAIAAAAIQ==", "This is a workbook"),
            ("Dear all,\nplease find attached", "No row of this file names its columns"),
            ("Name,Email\n", "has no rows below"),
            (&*large, "larger than 5 megabytes"),
        ] {
            sam.hands_in_list("people.csv", contents).await;
            sam.sees(words);
            sam.closes_form().await;
        }
        assert_eq!(roster(&t).await, before);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_missing_from_the_list_stays_unless_a_coordinator_says_otherwise() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let sam = t.person("sam");
        sam.hands_in_list("people.csv", "Name,Email\nSomebody Else,else@libraries.example\n").await;
        sam.sees("on the roster");
        sam.sees("One of those missing has applied. They are not dropped either");
        sam.presses("Import one row").await;
        t.drain().await;
        assert_eq!(t.concerns().await, []);
        sam.hands_in_list("people.csv", "Name,Email\nSomebody Else,else@libraries.example\n").await;
        let label = sam.label_beginning("Mark ");
        sam.presses(&label).await;
        t.drain().await;
        sam.sees("Ada Reyes is no longer on the roster, and their application is accepted");
        assert_eq!(t.concerns().await, [ConcernKind::OffRoster]);
        let state = t.application("ada").await.expect("there is one").state;
        assert_eq!(state, ApplicationState::Accepted);
        assert_eq!(t.person("ada").rooms().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_old_question_and_one_that_no_longer_fits_change_nothing() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        sam.hands_in_list("people.csv", LIST).await;
        let before = roster(&t).await;
        let label = sam.label_beginning("Import ");
        t.travel_to("2025-01-20 14:00").await;
        sam.presses(&label).await;
        sam.sees("This question about a roster file is closed");
        assert_eq!(roster(&t).await, before);

        sam.hands_in_list("people.csv", "Name,Email\nNew,new@libraries.example\n").await;
        let line = plsep_domain::RosterEntry {
            name: "New".into(),
            email: "new@libraries.example".into(),
            chat_user: None,
            library_system: "Elsewhere".into(),
            active: true,
        };
        t.imports(&[line]).await;
        sam.presses("Import one row").await;
        t.drain().await;
        sam.sees("The roster has changed since you were asked");
        sam.presses("Import one row").await;
        sam.sees("One line was changed");
    })
    .await;
}

#[tokio::test]
async fn applicants_who_are_on_the_new_list_are_told_and_the_import_stays_then() {
    run_test(Both, async |t| {
        let (zoe, sam) = (t.person("zoe"), t.person("sam"));
        zoe.applies_as(Mentee).await;
        t.drain().await;
        let list = format!("Name,Email,Chat user\nZoe Stranger,z@elsewhere.example,{}\n", t.id_of("zoe"));
        sam.hands_in_list("people.csv", &list).await;
        sam.presses("Import one row").await;
        t.drain().await;
        sam.sees("One applicant is on the roster now, and is told");
        zoe.sees("we have found you on the list of current PLSEP participants");
    })
    .await;
}

/// A list of so many rows.
fn long_list(rows: usize) -> String {
    let rows: String = (0..rows).map(|n| format!("Person {n},p{n}@libraries.example,,,yes\n")).collect();
    format!("Name,Email,Library,Chat user,Active\n{rows}")
}

/// The bot does the next thing there is to do, and no more.
async fn goes_on(t: &Story) {
    t.until("everybody is answered", || t.platform().pending() == 0).await;
    let bot = t.stage.bot().await.expect("the bot runs");
    bot.step().await.expect("the database answers");
}

/// A long list of so many rows is being taken in, and the first step is done.
async fn begins(t: &Story, sam: &Person, rows: usize, list: &str) {
    sam.hands_in_list("people.csv", list).await;
    sam.starts_pressing(&format!("Import {rows} rows")).await;
    goes_on(t).await;
}

#[tokio::test]
async fn ten_thousand_rows_are_taken_in_while_all_coordinators_see_how_far_that_has_come() {
    run_test(Both, async |t| {
        let mut sam = t.person("sam");
        let before = roster(&t).await;
        sam.reads();
        sam.hands_in_list("people.csv", &long_list(10_000)).await;
        sam.sees("10000 people are new");
        sam.starts_pressing("Import 10000 rows").await;
        goes_on(&t).await;
        sam.sees("10000 lines are being written now");
        sam.sees_times(1, "0 of 10000 lines are written");
        for written in [2_000, 3_000, 4_000] {
            goes_on(&t).await;
            assert_eq!(roster(&t).await.len(), before.len() + written);
            sam.sees_times(1, &format!("{written} of 10000 lines are written"));
        }
        t.snapshot("long_import_under_way", &sam.reads());
        t.drain().await;
        t.snapshot("long_import_done", &sam.reads());
        sam.sees_times(1, "The roster is imported");
        sam.sees("10000 people were added");
        sam.sees_no("lines are written");
        assert_eq!(roster(&t).await.len(), before.len() + 10_000);
        assert_eq!(t.audit().await.iter().filter(|line| *line == "sam: roster.import").count(), 1);

        sam.presses("Take the import back").await;
        t.drain().await;
        sam.sees_times(2, "The import is taken back: 10000 lines are as they were before.");
        sam.sees_no("The roster is imported");
        assert_eq!(roster(&t).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_long_list_goes_on_where_it_was_after_a_restart_with_the_clock_put_back() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        let before = starts_with(&t).await;
        begins(&t, &sam, 3_500, &long_list(3_500)).await;
        goes_on(&t).await;
        assert_eq!(starts_with(&t).await, before + 2_000);
        t.clock_jumps_to("2025-01-20 09:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.drain().await;
        sam.sees_times(1, "The roster is imported");
        sam.sees("3500 people were added");
        assert_eq!(starts_with(&t).await, before + 3_500);
        assert_eq!(t.audit().await.iter().filter(|line| *line == "sam: roster.import").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn while_a_long_list_is_taken_in_another_has_to_wait() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        sam.hands_in_list("first.csv", "Name,Email\nFirst,first@libraries.example\n").await;
        sam.presses("Import one row").await;
        sam.closes_form().await;
        let before = starts_with(&t).await;
        begins(&t, &sam, 2_500, &long_list(2_500)).await;
        let answer = t.forges("sam", Deed::UndoRoster(1.into()).action()).await;
        assert!(answer.contains("A long list of participants is being imported"), "{answer}");
        let file = format!("more.csv\n{LIST}");
        let attached: &[_] = if t.on_discord() { &[("file", &*file)] } else { &[] };
        sam.commands("roster import", attached).await;
        sam.sees("A long list of participants is being imported at this moment");
        sam.sees("2500 people were added");
        assert_eq!(starts_with(&t).await, before + 2_500);
        sam.hands_in_list("more.csv", "Name,Email\nNew,new@libraries.example\n").await;
        sam.sees("One person is new");
    })
    .await;
}

#[tokio::test]
async fn a_line_that_somebody_changes_before_its_turn_is_left_to_them() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        let entry = |library: &str| RosterEntry {
            name: "Mia Osei".to_owned(),
            email: "mia@libraries.example".to_owned(),
            chat_user: None,
            library_system: library.to_owned(),
            active: true,
        };
        t.imports(&[entry("Fresno")]).await;
        let list = format!("{}Mia Osei,mia@libraries.example,Modesto,,yes\n", long_list(1_200));
        begins(&t, &sam, 1_201, &list).await;
        t.imports(&[entry("Merced")]).await;
        t.drain().await;
        sam.sees("One line was changed by somebody else meanwhile, and was left as it is");
        sam.sees("1200 people were added");
        sam.sees_no("One line was changed\n");
        assert_eq!(library_of(&t, "mia@libraries.example").await, "Merced");
        sam.presses("Take the import back").await;
        sam.sees("The import is taken back: 1200 lines");
        assert_eq!(library_of(&t, "mia@libraries.example").await, "Merced");
    })
    .await;
}

#[tokio::test]
async fn whoever_moves_to_another_line_is_on_the_roster_all_the_while() {
    run_test(Both, async |t| {
        let (sam, account) = (t.person("sam"), t.id_of("ada"));
        let moved = format!("Ada Reyes,ada@elsewhere.example,,{account},yes\n");
        let list = format!("{}{moved}", long_list(1_200)).replacen("\n", "\nAda Reyes,ada@libraries.example,,,no\n", 1);
        begins(&t, &sam, 1_202, &list).await;
        let active = async |email: &str| roster(&t).await.iter().any(|(its, active)| its == email && *active);
        assert!(active("ada@libraries.example").await, "her new line is not written yet");
        t.drain().await;
        assert!(active("ada@elsewhere.example").await);
        assert!(!active("ada@libraries.example").await);
    })
    .await;
}

#[tokio::test]
async fn a_list_that_takes_somebody_off_says_so_before_it_is_taken_in() {
    run_test(Both, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        let sam = t.person("sam");
        let left = format!("Name,Email,Chat user,Active\nAda Reyes,a@elsewhere.example,{},no\n", t.id_of("ada"));
        // The account stands on an active line, too, until that one is missing as well.
        sam.hands_in_list("people.csv", &left).await;
        sam.sees_no("who has applied is marked in this file");
        sam.closes_form().await;
        sam.hands_in_list("people.csv", "Name,Email,Active\nAda Reyes,ada@libraries.example,no\n").await;
        sam.sees("One person who has applied is marked in this file as no longer taking part");
        sam.presses("Import one row").await;
        t.drain().await;
        assert_eq!(t.concerns().await, [ConcernKind::OffRoster]);
    })
    .await;
}

#[tokio::test]
async fn what_was_handed_in_is_forgotten_within_days() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        sam.hands_in_list("people.csv", "Name,Email\nNew One,one@libraries.example\n").await;
        sam.presses("Import one row").await;
        sam.closes_form().await;
        sam.hands_in_list("people.csv", "Name,Email\nNew Two,two@libraries.example\n").await;
        let kept = async || {
            let mut tx = t.stage.store.read().await.expect("the database answers");
            let community = t.community_in(&mut tx).await;
            let mut kept = Vec::new();
            for id in 1..=2 {
                let import = tx.roster_import(community, id.into()).await.expect("it reads").expect("it is there");
                kept.push((import.sheet.is_some(), import.undo.is_some()));
            }
            kept
        };
        assert_eq!(kept().await, [(false, true), (true, false)]);
        t.travel_to("2025-01-26 12:00").await;
        assert_eq!(kept().await, [(false, false), (false, false)], "lists are people's data");
        let answer = t.forges("sam", Deed::UndoRoster(1.into()).action()).await;
        assert!(answer.contains("This import cannot be taken back any more"), "{answer}");
    })
    .await;
}
