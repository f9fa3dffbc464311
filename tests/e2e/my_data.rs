//! My data: a copy of everything, and being forgotten. Afterwards nothing of the person is anywhere, and the others have
//! been told decently.

use plsep_domain::Role::{Mentee, Mentor};

use super::harness::kept::everything_kept;
use super::harness::{Both, Setup, Story, run_test, run_test_with};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

/// A story on a database in a file, so that it can be looked into.
async fn run_on_file(story: impl AsyncFn(Story, &str)) {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("plsep-my-data-{}-{number}", std::process::id()));
    for on in [super::harness::OnDiscord, super::harness::OnSlack] {
        std::fs::create_dir_all(&folder).expect("the temporary folder takes a folder");
        let url = format!("sqlite://{}/story.sqlite", folder.display());
        let setup = Setup { database: url.clone(), ..Setup::default() };
        run_test_with(on, setup, async |t| story(t, &url).await).await;
        std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    }
}

#[tokio::test]
async fn whoever_is_forgotten_is_nowhere_any_more_and_the_others_are_told_decently() {
    run_on_file(async |t, url| {
        t.until_paired(&PAIR).await;
        let (ada, mut grace, mut sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        ada.signs().await;
        grace.signs().await;
        t.drain().await;
        let account = t.id_of("ada");
        let marks = ["Ada Reyes", "ada@libraries.example", account.as_str(), "a year of storytimes. (ada)", "from ada"];
        let before = everything_kept(url).await;
        for mark in marks {
            assert!(before.contains(mark), "{mark} is not there to be removed");
        }
        grace.reads();
        sam.reads();

        ada.asks("my-data delete", &[]).await;
        t.snapshot(
            "delete_question",
            ada.screen().rsplit("\n---\n").find(|it| it.contains("Delete everything about me")).expect("it is asked"),
        );
        ada.presses("Yes, delete everything about me").await;
        ada.sees("You are forgotten here");
        t.drain().await;
        t.snapshot("deleted_partner", &grace.reads());
        t.snapshot("deleted_coordinator", &sam.reads());
        assert!(grace.rooms().iter().all(|room| room.archived));

        let after = everything_kept(url).await;
        for mark in marks {
            let found: Vec<&str> = after.lines().filter(|line| line.contains(mark)).collect();
            assert_eq!(found, Vec::<&str>::new(), "{mark} is still there");
            assert!(!t.whole_log().contains(mark), "{mark} stands in the log");
        }
        // Nothing is sent to her any more, also not at the end of the season.
        let seen = ada.everything().iter().filter(|seen| !seen.ephemeral).count();
        t.travel_to("2025-07-13 12:00").await;
        assert_eq!(ada.everything().iter().filter(|seen| !seen.ephemeral).count(), seen, "nothing more");
        let after = everything_kept(url).await;
        assert!(!after.contains(&account) && !after.contains("Ada Reyes"), "nothing comes back by itself");
        sam.commands("pairs list", &[]).await;
        sam.commands("applications queue", &[]).await;
        sam.sees_no("gone:");
    })
    .await;
}

#[tokio::test]
async fn a_copy_is_asked_for_confirmed_and_holds_what_was_said() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let ada = t.person("ada");
        ada.signs().await;
        ada.asks("my-data export", &[]).await;
        ada.sees("You can have a copy of everything");
        ada.presses("Yes, give me a copy").await;
        t.drain().await;
        ada.sees("This is everything that was held about you");
        let files = ada.files().into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).expect("it is text")));
        let files: Vec<(String, String)> = files.collect();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["my-data.txt", "my-data.json"]);
        t.snapshot("my_data_text", &files[0].1);
        let json: serde_json::Value = serde_json::from_str(&files[1].1).expect("it is JSON");
        assert_eq!(json["profile"][0]["name"], "Ada Reyes");
        assert_eq!(json["signatures"][0]["typed_name"], "Ada Reyes");
        assert_eq!(json["pairs"][0]["partner"], "Grace Lindqvist");
        assert!(files[0].1.contains("I want to plan a year of storytimes. (ada)"));
        assert!(!files[0].1.contains("from grace"), "what the partner told the coordinators is not hers to read");
    })
    .await;
}

/// Both of a pair in the same moment.
#[tokio::test]
async fn two_of_a_pair_who_are_forgotten_in_the_same_moment_are_both_gone() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let people = [t.person("ada"), t.person("grace")];
        for person in &people {
            person.asks("my-data delete", &[]).await;
        }
        for person in &people {
            person.starts_pressing("Yes, delete everything about me").await;
        }
        t.drain().await;
        for person in &people {
            person.sees("You are forgotten here");
            assert!(person.rooms().iter().all(|room| room.archived));
        }
        t.travel_to("2025-07-13 12:00").await;
        for person in &people {
            person.sees_no("Thank you for being part of it");
        }
        t.person("sam").sees_no("gone:");
    })
    .await;
}

#[tokio::test]
async fn a_proposal_that_names_somebody_forgotten_is_stale_and_they_may_come_back_as_somebody_new() {
    run_test(Both, async |t| {
        t.until_proposed(&PAIR).await;
        let (ada, sam) = (t.person("ada"), t.person("sam"));
        sam.commands("match publish", &[]).await;
        ada.asks("my-data delete", &[]).await;
        let (message, yes) = ada.button("Yes, delete everything about me");
        ada.presses("Yes, delete everything about me").await;
        ada.sees("You are forgotten here");
        // Twice: from another screen that still shows the button, and delivered once more.
        let _ = ada.presses_old(&message, &yes).await;
        t.delivers_again();
        t.settle().await;
        sam.presses("Yes, publish and introduce").await;
        sam.sees("too old");
        sam.commands("match show", &[]).await;
        sam.sees_no("gone:");
        assert!(t.pairs().await.is_empty());
        ada.asks("status", &[]).await;
        ada.sees("You have not applied this season");
    })
    .await;
}

#[tokio::test]
async fn the_last_coordinator_appoints_another_first() {
    run_test(Both, async |t| {
        let sam = t.person("sam");
        sam.asks("my-data delete", &[]).await;
        sam.sees("You are the only coordinator");
        sam.commands("coordinators add", &[("person", "@grace")]).await;
        t.drain().await;
        sam.asks("my-data delete", &[]).await;
        sam.presses("Yes, delete everything about me").await;
        sam.sees("You are forgotten here");
        sam.commands("season show", &[]).await;
        sam.sees("Only coordinators can do that");
        t.person("grace").commands("coordinators list", &[]).await;
    })
    .await;
}
