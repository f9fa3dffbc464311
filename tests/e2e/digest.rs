//! What coordinators hear by themselves: the week's digest in their own place, once, and of a pair that has gone silent.

use plsep_domain::ConcernKind;
use plsep_domain::Role::{Mentee, Mentor};

use super::harness::{Both, Setup, Story, run_test_with};

const PAIRS: [(&str, plsep_domain::Role); 4] =
    [("ada", Mentee), ("grace", Mentor), ("ben", Mentee), ("marcus", Mentor)];

async fn watched(story: impl AsyncFn(Story)) {
    run_test_with(Both, Setup { watched: true, ..Setup::default() }, story).await;
}

#[tokio::test]
async fn the_digest_tells_what_is_open_and_says_so_when_nothing_is() {
    watched(async |t| {
        let sam = t.person("sam");
        t.travel_to("2025-01-27 08:59").await;
        sam.sees_times(0, "The week ahead");
        t.travel_to("2025-01-27 09:00").await;
        t.drain().await;
        t.snapshot("digest_well", &sam.finds("The week ahead").last().expect("the digest").text);
        t.until_paired(&PAIRS).await;
        t.person("ada").signs().await;
        t.person("grace").signs().await;
        t.travel_to("2025-02-24 09:00").await;
        t.drain().await;
        t.snapshot("digest_forms", &sam.finds("Monday, February 24").last().expect("the digest").text);
        t.travel_to("2025-03-10 09:00").await;
        t.drain().await;
        t.snapshot("digest_silent", &sam.finds("Monday, March 10").last().expect("the digest").text);
        t.travel_to("2025-03-20 11:00").await;
        t.person("ada").answers("2025-03", "met").await;
        t.person("ben").answers("2025-03", "need_help").await;
        t.travel_to("2025-03-24 09:00").await;
        t.drain().await;
        t.snapshot("digest_month", &sam.finds("Monday, March 24").last().expect("the digest").text);
        t.travel_to("2025-04-20 11:00").await;
        t.person("ada").answers("2025-04", "met").await;
        for handle in ["ben", "grace", "marcus"] {
            t.person(handle).answers("2025-04", "not_yet").await;
        }
        t.travel_to("2025-04-21 09:00").await;
        t.drain().await;
        t.snapshot("digest_differs", &sam.finds("Monday, April 21").last().expect("the digest").text);
        // It is the coordinators' alone.
        for handle in ["ada", "grace", "ben", "marcus", "zoe"] {
            t.person(handle).sees_no("The week ahead");
        }
    })
    .await;
}

#[tokio::test]
async fn it_comes_until_the_last_pair_that_goes_on_has_ended() {
    watched(async |t| {
        t.until_paired(&PAIRS).await;
        let sam = t.person("sam");
        t.travel_to("2025-06-10 10:00").await;
        sam.commands("pairs extend", &[("person", "@ada"), ("until", "8/31/2025")]).await;
        sam.presses("Yes, let them go on").await;
        t.travel_to("2025-08-18 09:00").await;
        t.drain().await;
        t.snapshot("digest_goes_on", &sam.finds("Monday, August 18").last().expect("the digest").text);
        t.travel_to("2025-09-22 12:00").await;
        assert!(sam.finds("Monday, September 22").is_empty(), "nobody goes on any more");
    })
    .await;
}

#[tokio::test]
async fn a_bot_that_was_away_for_weeks_sends_one_digest() {
    watched(async |t| {
        let sam = t.person("sam");
        t.travel_to("2025-01-25 10:00").await;
        t.stage.stop_bot().await;
        t.clock_jumps_to("2025-02-12 15:00");
        t.stage.restart_bot().await.expect("the bot starts");
        t.drain().await;
        sam.sees_times(1, "The week ahead");
        t.stage.restart_bot().await.expect("the bot starts");
        t.travel_to("2025-02-17 08:59").await;
        sam.sees_times(1, "The week ahead");
        t.travel_to("2025-02-17 09:00").await;
        t.drain().await;
        sam.sees_times(2, "The week ahead");
        sam.sees("Applications close: ");
    })
    .await;
}

#[tokio::test]
async fn a_silent_pair_is_laid_before_the_coordinators_once() {
    watched(async |t| {
        t.until_paired(&PAIRS).await;
        let sam = t.person("sam");
        t.travel_to("2025-03-20 11:00").await;
        t.person("ada").answers("2025-03", "met").await;
        t.travel_to("2025-03-22 08:59").await;
        assert_eq!(t.concerns().await, []);
        t.travel_to("2025-03-22 09:00").await;
        t.drain().await;
        assert_eq!(t.concerns().await, [ConcernKind::Silent], "the pair that has answered is not silent");
        let told = sam.finds("Nothing has been heard of");
        assert_eq!(told.len(), 1);
        t.snapshot("silent_pair", &told[0].text);
        t.travel_to("2025-04-18 12:00").await;
        assert_eq!(t.concerns().await, [ConcernKind::Silent], "once for each silence");
        assert!(t.pairs().await.iter().all(|pair| pair.state.is_live()), "nobody is dropped");
        for handle in ["ben", "marcus"] {
            t.person(handle).sees_no("Nothing has been heard");
        }
    })
    .await;
}
