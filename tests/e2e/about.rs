//! What the program is, and how to take part, whatever time of the season it is and wherever one lives.

use super::harness::{Both, OnSlack, resident, run_test};

#[tokio::test]
async fn about_says_at_every_time_of_the_season_what_one_can_do() {
    run_test(Both, async |t| {
        t.joins(plsep_sandbox::NewResident {
            locale: "es-ES".to_owned(),
            ..resident("eva", "Eva Paz", "America/Denver")
        });
        t.settle().await;
        let (zoe, eva) = (t.person("zoe"), t.person("eva"));
        zoe.asks("about", &[]).await;
        t.snapshot("about_open", &zoe.newest());
        eva.asks("about", &[]).await;
        t.snapshot("about_open_es", &eva.newest());
        t.travel_to("2025-02-18 00:00").await;
        zoe.asks("about", &[]).await;
        let closed = zoe.newest();
        assert!(closed.contains("Applications are closed since"), "{closed}");
        assert!(closed.contains("write to sclcadmin@socallibraries.org"), "{closed}");
        assert!(!closed.contains("[Apply as a mentee]"), "{closed}");
        t.travel_to("2025-07-03 10:00").await;
        zoe.asks("about", &[]).await;
        assert!(zoe.newest().contains("This season is over."), "{}", zoe.newest());
        zoe.asks("status", &[]).await;
        zoe.sees("You did not take part this season");
    })
    .await;
}

#[tokio::test]
async fn whoever_lives_by_the_programs_clock_reads_it_once() {
    // Only Slack tells a bot where its readers live.
    run_test(OnSlack, async |t| {
        t.joins(resident("kai", "Kai Kealoha", "Pacific/Honolulu"));
        t.settle().await;
        let (zoe, kai) = (t.person("zoe"), t.person("kai"));
        zoe.asks("about", &[]).await;
        zoe.sees_no("the program's clock");
        kai.asks("about", &[]).await;
        kai.sees("9:59 PM (on the program's clock: Monday, February 17, 2025 at 11:59 PM PST)");
    })
    .await;
}

#[tokio::test]
async fn before_applications_open_one_learns_when() {
    let setup = super::harness::Setup { from: "2025-01-06 10:00", ..super::harness::Setup::default() };
    super::harness::run_test_with(Both, setup, async |t| {
        let zoe = t.person("zoe");
        for command in ["about", "status", "home"] {
            zoe.asks(command, &[]).await;
            assert!(zoe.newest().contains("pplications open on"), "{}", zoe.newest());
        }
        zoe.asks("apply", &[("role", "mentor")]).await;
        zoe.sees("Applications are not open yet");
    })
    .await;
}

#[tokio::test]
async fn help_is_in_order_of_what_people_want_to_do() {
    run_test(Both, async |t| {
        let (zoe, sam) = (t.person("zoe"), t.person("sam"));
        zoe.asks("help", &[]).await;
        let help = zoe.newest();
        let places: Vec<Option<usize>> =
            ["To take part", "/mentorship apply", "With your partner", "When the program is over", "For yourself"]
                .map(|words| help.find(words))
                .to_vec();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{help}");
        sam.commands("help", &[]).await;
        let help = sam.newest();
        let queue = help.find("applications queue").expect("it is there");
        assert!(help[..queue].contains("The season and its dates"), "{help}");
        assert!(!help.contains("[…]"), "{help}");
    })
    .await;
}
