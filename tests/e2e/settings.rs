//! What people set for themselves, and that everything the bot says afterwards follows it.

use plsep_bot::words::Deed;
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::Setting;

use super::harness::{Both, OnSlack, Person, Story, resident, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

/// Where a platform shows errors beside the fields the form is still open, elsewhere a button opens it again.
async fn mends(t: &Story, person: &Person) {
    if t.on_discord() {
        person.presses("Correct my answers").await;
    }
}

#[tokio::test]
async fn each_setting_is_kept_and_confirmed_with_what_follows() {
    run_test(Both, async |t| {
        let mut ada = t.person("ada");
        ada.asks("settings", &[]).await;
        let mut seen = vec![ada.reads()];
        ada.chooses(&Deed::Prefer(Setting::Zone), "America/Denver").await;
        seen.push(ada.reads());
        ada.chooses(&Deed::Prefer(Setting::Hours), "1020-1260").await;
        seen.push(ada.reads());
        ada.chooses(&Deed::Prefer(Setting::Reach), "direct").await;
        seen.push(ada.reads());
        ada.presses("Other hours").await;
        ada.sends(&[("from", &["early"]), ("to", &["8"])]).await;
        ada.sees("I could not read this time of day");
        t.snapshot("settings", &seen.join("\n\n=====\n\n"));
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_is_read_kindly_or_sent_back_with_help() {
    run_test(Both, async |t| {
        let ada = t.person("ada");
        ada.asks("settings", &[]).await;
        ada.presses("Another time zone").await;
        ada.sends(&[("setting", &["Los Angelos"])]).await;
        ada.sees("Did you mean America/Los_Angeles?");
        mends(&t, &ada).await;
        ada.sends(&[("setting", &["@everyone <!channel>"])]).await;
        ada.sees("I do not know this time zone. Please name a large city");
        mends(&t, &ada).await;
        ada.sends(&[("setting", &["hora del este"])]).await;
        ada.sees("Your time zone is Eastern Time (New York), where it is");
        ada.presses("Other hours").await;
        ada.sends(&[("from", &["10 pm"]), ("to", &["6 am"])]).await;
        ada.sees("Please leave at least an hour between the two times");
        mends(&t, &ada).await;
        ada.sends(&[("from", &["7:30"]), ("to", &["noon"])]).await;
        ada.sees("I will write to you between 7:30 AM and 12:00 PM, Eastern Time (New York)");
        t.stage.restart_bot().await.expect("the bot starts");
        ada.asks("settings", &[]).await;
        ada.sees("Between 7:30 AM and 12:00 PM");
    })
    .await;
}

#[tokio::test]
async fn spanish_is_spoken_from_the_very_next_word() {
    run_test(Both, async |t| {
        let mut ada = t.person("ada");
        ada.asks("settings", &[]).await;
        ada.reads();
        ada.chooses(&Deed::Prefer(Setting::Language), "es").await;
        let mut seen = vec![ada.reads()];
        ada.presses("Pausa").await;
        seen.push(ada.reads());
        ada.presses("Dos semanas").await;
        seen.push(ada.reads());
        ada.presses("Terminar la pausa ahora").await;
        seen.push(ada.reads());
        t.snapshot("settings_spanish", &seen.join("\n\n=====\n\n"));
        ada.asks("home", &[]).await;
        // Also what a device would show in its own language.
        ada.sees("lunes 17 de febrero de 2025 a las 23:59 (PST)");
        ada.presses("Mis ajustes").await;
        ada.chooses(&Deed::Prefer(Setting::Language), "usual").await;
        ada.sees("From now on I write to you in English");
    })
    .await;
}

#[tokio::test]
async fn a_deadline_is_told_where_the_reader_lives_and_on_the_programs_clock() {
    run_test(Both, async |t| {
        let ada = t.person("ada");
        ada.asks("settings", &[]).await;
        ada.chooses(&Deed::Prefer(Setting::Zone), "America/New_York").await;
        ada.asks("about", &[]).await;
        ada.sees(
            "Tuesday, February 18, 2025 at 2:59 AM EST (on the program's clock: Monday, February 17, 2025 at 11:59 PM PST)",
        );
        ada.sees("Saturday, March 1, 2025");
    })
    .await;
}

#[tokio::test]
async fn a_message_that_waits_keeps_to_hours_that_were_set_meanwhile() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, sam) = (t.person("ada"), t.person("sam"));
        // It is night; what is told to both waits until nine.
        t.travel_to("2025-03-03 22:00").await;
        sam.commands("season move", &[("date", "runs-until"), ("to", "2025-07-05")]).await;
        sam.presses("Yes, move it").await;
        ada.asks("settings", &[]).await;
        ada.chooses(&Deed::Prefer(Setting::Hours), "1020-1260").await;
        t.travel_to("2025-03-04 10:00").await;
        t.person("grace").sees_times(1, "A date of the mentorship program has moved");
        ada.sees_no("A date of the mentorship program has moved");
        t.travel_to("2025-03-04 17:00").await;
        ada.sees_times(1, "A date of the mentorship program has moved");
    })
    .await;
}

#[tokio::test]
async fn a_zone_that_was_chosen_comes_before_the_one_of_the_app() {
    run_test(OnSlack, async |t| {
        t.joins(resident("kai", "Kai Kealoha", "Pacific/Honolulu"));
        t.settle().await;
        let kai = t.person("kai");
        kai.asks("settings", &[]).await;
        kai.sees("Hawaii Time (Honolulu) (from your app or the program)");
        kai.chooses(&Deed::Prefer(Setting::Zone), "America/Chicago").await;
        kai.sees("Your time zone is Central Time (Chicago)");
        kai.chooses(&Deed::Prefer(Setting::Zone), "usual").await;
        kai.sees("Your time zone is Hawaii Time (Honolulu)");
    })
    .await;
}

#[tokio::test]
async fn a_pause_is_for_days_to_come_and_not_beyond_the_end() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let ada = t.person("ada");
        t.travel_to("2025-03-05 12:00").await;
        for (until, answer) in [
            ("2025-03-05", "This day is not in the future"),
            ("2024-12-24", "This day is not in the future"),
            ("2025-12-24", "The program runs until Monday, June 30, 2025"),
            ("soon", "I could not tell which day you mean"),
            ("yesterday", "This day is not in the future"),
        ] {
            ada.asks("snooze", &[("until", until)]).await;
            ada.sees(answer);
        }
        ada.asks("snooze", &[("until", "next wednesday")]).await;
        ada.sees("Until Wednesday, March 12, 2025 I will not ask you anything");
        t.person("grace").sees_no("pause");
        // It ends by itself, when it is day.
        t.travel_to("2025-03-12 08:59").await;
        ada.sees_no("Your pause is over");
        t.travel_to("2025-03-12 09:00").await;
        ada.sees_times(1, "Your pause is over");
        // Ended by hand, nothing needs to be said later.
        ada.asks("snooze", &[]).await;
        ada.presses("For one week").await;
        ada.sees("Until Wednesday, March 19, 2025 I will not ask you anything");
        ada.presses("End the pause now").await;
        ada.sees("Nothing is paused any more");
        t.travel_to("2025-03-19 12:00").await;
        ada.sees_times(1, "Your pause is over");
    })
    .await;
}
