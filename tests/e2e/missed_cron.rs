//! The month's question comes once, on time or as soon as the bot is back, at an hour when people are awake.

use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, OnSlack, resident, run_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];

#[tokio::test]
async fn a_bot_that_was_away_for_an_hour_asks_when_it_is_back() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-20 09:30").await;
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-03-20 10:30");
        t.stage.restart_bot().await.expect("the bot starts");
        t.settle().await;
        let ada = t.person("ada");
        assert_eq!(ada.in_room("Your check-in for March 2025").len(), 1);
        t.stage.restart_bot().await.expect("the bot starts");
        t.travel_to("2025-04-01 09:00").await;
        assert_eq!(ada.in_room("Your check-in for March 2025").len(), 1, "once is enough");
    })
    .await;
}

#[tokio::test]
async fn a_bot_that_was_away_for_three_days_asks_once() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-19 20:00").await;
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-03-23 02:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.settle().await;
        let ada = t.person("ada");
        assert!(ada.in_room("Your check-in for March 2025").is_empty(), "nobody is asked at night");
        t.travel_to("2025-03-23 09:00").await;
        assert_eq!(ada.in_room("Your check-in for March 2025").len(), 1);
        t.travel_to("2025-04-19 09:00").await;
        assert_eq!(ada.in_room("Your check-in for March 2025").len(), 1, "once is enough");
        t.travel_to("2025-04-20 10:00").await;
        assert_eq!(ada.in_room("Your check-in for April 2025").len(), 1, "and April comes on time");
    })
    .await;
}

#[tokio::test]
async fn a_bot_that_was_away_over_the_months_end_does_not_ask_about_a_month_that_is_over() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-19 20:00").await;
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-04-02 10:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.travel_to("2025-04-20 09:59").await;
        let ada = t.person("ada");
        assert!(ada.in_room("Your check-in for").is_empty(), "March is over, and April has its own day");
        t.travel_to("2025-04-20 10:00").await;
        assert_eq!(ada.in_room("Your check-in for April 2025").len(), 1);
        assert_eq!(ada.in_room("Your check-in for").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_years_ahead_and_is_set_right_silences_nobody() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-02-25 10:00").await;
        t.clock_jumps_to("2024-02-25 10:00");
        t.settle().await;
        t.clock_jumps_to("2025-02-25 10:05");
        t.settle().await;
        let mut tx = t.stage.store.write().await.expect("the database takes it");
        for season in tx.seasons().await.expect("it reads") {
            for job in ["nudge", "nudge-again"] {
                // What a look leaves behind while the clock is ahead.
                tx.record_run(season.id, job, t.at("2031-01-20 10:00")).await.expect("it takes it");
            }
        }
        tx.commit().await.expect("it is kept");
        t.travel_to("2025-03-20 10:00").await;
        assert_eq!(t.person("ada").in_room("Your check-in for March 2025").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_round_is_no_storm() {
    run_test(Both, async |t| {
        t.travel_to("2025-02-18 10:00").await;
        t.accepts_crowd(12).await;
        let sam = t.person("sam");
        sam.commands("match propose", &[]).await;
        sam.commands("match publish", &[]).await;
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;
        t.travel_to("2025-03-20 10:30").await;
        let mut moments: Vec<i64> = (1..=12)
            .map(|number| {
                let question = t.person(&format!("mentee{number}")).in_room("Your check-in for March 2025");
                assert_eq!(question.len(), 1, "{number}");
                question[0].at_ms - t.at("2025-03-20 10:00").timestamp_millis()
            })
            .collect();
        moments.sort_unstable();
        assert_eq!(moments, (0..12).map(|number| number * 3_000).collect::<Vec<i64>>());
    })
    .await;
}

#[tokio::test]
async fn summer_time_does_not_move_ten_in_the_morning() {
    run_test(Both, async |t| {
        // The clocks go forward on March 9; a run from February on has a question on either side of it.
        let sam = t.person("sam");
        t.until_paired(&PAIR).await;
        sam.commands("season move", &[("date", "runs-from"), ("to", "2025-02-19")]).await;
        if sam.has("would put the dates out of order") {
            sam.commands("season move", &[("date", "agreements-due"), ("to", "2025-02-19")]).await;
            sam.presses("Yes, move it").await;
            sam.commands("season move", &[("date", "runs-from"), ("to", "2025-02-19")]).await;
        }
        sam.presses("Yes, move it").await;
        let ada = t.person("ada");
        for (month, before, at) in [
            ("February 2025", "2025-02-20 09:59:59", "2025-02-20 10:00"),
            ("March 2025", "2025-03-20 09:59:59", "2025-03-20 10:00"),
        ] {
            t.travel_to(before).await;
            assert!(ada.in_room(&format!("Your check-in for {month}")).is_empty(), "{month}");
            t.travel_to(at).await;
            assert_eq!(ada.in_room(&format!("Your check-in for {month}")).len(), 1, "{month}");
        }
    })
    .await;
}

#[tokio::test]
async fn readers_in_two_zones_are_asked_when_both_are_awake() {
    // Only Slack tells a bot where its readers live.
    run_test(OnSlack, async |t| {
        t.joins(resident("kai", "Kai Kealoha", "Pacific/Honolulu"));
        t.joins(resident("nia", "Nia Brooks", "America/New_York"));
        t.settle().await;
        t.puts_on_roster("kai").await;
        t.until_paired(&[("kai", Mentee), ("nia", Mentor)]).await;
        let kai = t.person("kai");
        // 9 AM in Honolulu is noon in California (the islands keep no summer time) and 3 PM in New York.
        t.travel_to("2025-03-20 11:59").await;
        assert!(kai.in_room("Your check-in for March 2025").is_empty());
        t.travel_to("2025-03-20 12:00").await;
        assert_eq!(kai.in_room("Your check-in for March 2025").len(), 1);
    })
    .await;
}
