//! The end of the run: thanks to each person, the closing survey, and one reminder of it.

use plsep_bot::store::Survey;
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{Answer, Answers};

use super::harness::{Both, OnDiscord, Setup, Story, run_test, run_test_with};
use super::meetings::two_clocks;

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];
const CHOICES: [(&str, &str); 4] =
    [("useful", "very"), ("met_as_hoped", "as_hoped"), ("again", "yes"), ("quote", "yes")];

/// What somebody has given in the survey.
async fn given(t: &Story, handle: &str) -> Option<Answers> {
    kept(t, handle).await?.answers
}

/// What somebody has typed in it last.
async fn typed(t: &Story, handle: &str) -> Option<Answers> {
    Some(kept(t, handle).await?.draft)
}

async fn kept(t: &Story, handle: &str) -> Option<Survey> {
    let mut tx = t.stage.store.read().await.expect("the database answers");
    let community = t.community_in(&mut tx).await;
    let season = tx.current_season(community).await.expect("it reads").expect("there is one").id;
    let user = plsep_bot::chat::UserRef(t.id_of(handle));
    let person = tx.person_at(community, &user).await.expect("it reads").expect("somebody known").id;
    tx.survey_of(season, person).await.expect("it reads")
}

#[tokio::test]
async fn the_survey_is_asked_answered_changed_and_mentioned_once_more_to_whoever_has_not() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (mut ada, mut grace, zoe) = (t.person("ada"), t.person("grace"), t.person("zoe"));
        ada.asks("survey", &[]).await;
        ada.sees("The closing survey opens when the program has ended");
        ada.asks("certificate", &[]).await;
        ada.sees("Your certificate comes when the program has ended");
        t.travel_to("2025-06-30 20:00").await;
        ada.reads();
        grace.reads();

        t.travel_to("2025-07-01 12:00").await;
        t.snapshot("closing_message", &ada.reads());
        grace.sees_times(1, "Thank you for being part of it");
        let sent = ada.files();
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert!(sent[0].0 == "certificate.pdf" && sent[0].1.starts_with(b"%PDF-"));
        // Asked for again, it is the same.
        ada.asks("certificate", &[]).await;
        t.drain().await;
        ada.sees("Here is your certificate");
        assert!(ada.files().iter().all(|file| *file == sent[0]));
        ada.presses("Answer the closing survey").await;
        let screen = ada.screen();
        let survey = screen.split("\n---\n").find(|seen| seen.contains("Closing survey")).expect("it is open");
        t.snapshot("closing_survey", survey);
        let ready = ada.fills_in_survey(&CHOICES, &[("helped", "Our *Friday* calls. @everyone")]).await;
        ada.hands_in_survey(&ready).await;
        ada.sees("Your answers are safe with the coordinators");
        let first = given(&t, "ada").await.expect("it is given");
        assert_eq!(first.get("helped"), Some(&Answer::Text("Our *Friday* calls. @everyone".to_owned())));

        // Changed on the last second of the wrap-up, while somebody who has not answered is reminded once.
        t.travel_to("2025-07-12 12:00").await;
        grace.sees_times(1, "This is the only reminder");
        ada.sees_no("This is the only reminder");
        t.travel_to("2025-07-14 23:59:59").await;
        ada.asks("survey", &[]).await;
        let ready =
            ada.fills_in_survey(&[("again", "not_sure"), ("useful", "very"), ("met_as_hoped", "less")], &[]).await;
        ada.hands_in_survey(&ready).await;
        let changed = given(&t, "ada").await.expect("it is given");
        assert_eq!(changed.get("again"), Some(&Answer::One("not_sure".to_owned())));

        // One second later: it is not given, and not lost.
        grace.asks("survey", &[]).await;
        let late = grace.fills_in_survey(&CHOICES, &[("change", "Start in January.")]).await;
        t.travel_to("2025-07-15 00:00").await;
        grace.hands_in_survey(&late).await;
        grace.sees("What you just wrote is kept as a draft that only you can get");
        assert_eq!(given(&t, "grace").await, None);
        assert!(typed(&t, "grace").await.expect("it is kept").get("change").is_some());
        grace.asks("survey", &[]).await;
        grace.sees("What you had sent by then is with the coordinators");
        zoe.asks("survey", &[]).await;
        zoe.sees("Only people who have been accepted this season");
        for person in [&ada, &grace] {
            person.sees_times(1, "Thank you for being part of it");
        }
    })
    .await;
}

/// A chat whose forms hold everything sends all of it at once or nothing.
#[tokio::test]
async fn half_a_survey_outlives_a_restart() {
    run_test(OnDiscord, async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-07-02 12:00").await;
        let ada = t.person("ada");
        ada.asks("survey", &[]).await;
        ada.fills_in_survey(&[("useful", "useful")], &[("change", "More time.")]).await;
        t.stage.restart_bot().await.expect("the bot starts");
        assert_eq!(given(&t, "ada").await, None, "half of it is not given");
        ada.asks("survey", &[]).await;
        ada.sees("More time.");
        let rest = ada
            .fills_in_survey(
                &[("useful", "useful"), ("met_as_hoped", "more"), ("again", "yes")],
                &[("change", "More time.")],
            )
            .await;
        ada.hands_in_survey(&rest).await;
        let all = given(&t, "ada").await.expect("it is given");
        assert_eq!(all.get("change"), Some(&Answer::Text("More time.".to_owned())));
    })
    .await;
}

/// What was noted counts, what was only said counts as one at least, and all who are told are told the same.
#[tokio::test]
async fn how_often_they_met_is_told_in_the_farewell_in_the_thanks_and_on_the_certificate() {
    run_test(Both, async |t| {
        let [mut eva, mut luz] = two_clocks(&t).await;
        for (day, logged) in [("2025-03-12 12:00", "2025-03-11 14:00"), ("2025-03-20 12:00", "2025-03-19 14:00")] {
            t.travel_to(day).await;
            eva.asks("meeting log", &[("when", logged)]).await;
        }
        t.travel_to("2025-04-28 12:00").await;
        luz.answers("2025-04", "met").await;
        t.travel_to("2025-06-30 20:00").await;
        eva.reads();
        luz.reads();
        t.travel_to("2025-07-01 18:00").await;
        t.snapshot("closing_spanish", &luz.reads());
        eva.sees_times(2, "Ustedes se reunieron al menos 3 veces, en 2 meses distintos.");
        eva.asks("status", &[]).await;
        eva.presses("Recibir mi certificado").await;
        t.drain().await;
        eva.presses("Responder la encuesta final").await;
        eva.sees("Encuesta final");
        eva.asks("home", &[]).await;
        // The season is over: there is no survey any more, and still a certificate.
        t.travel_to("2025-07-20 12:00").await;
        eva.asks("survey", &[]).await;
        eva.asks("status", &[]).await;
        eva.presses("Recibir mi certificado").await;
        t.drain().await;
        let files = eva.files();
        assert!(files.len() == 3 && files.iter().all(|file| *file == files[0]), "always the same");
        t.snapshot("closing_spanish_mentee", &eva.reads());
    })
    .await;
}

#[tokio::test]
async fn a_season_without_a_survey_only_says_thanks() {
    let none = || Setup { program: |program| program.survey.clear(), ..Setup::default() };
    run_test_with(Both, none(), async |t| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-07-13 12:00").await;
        let ada = t.person("ada");
        ada.sees_times(1, "Thank you for being part of it");
        ada.sees_no("How was it for you");
        ada.asks("survey", &[]).await;
        ada.sees("There is no closing survey this season");
    })
    .await;
}

#[tokio::test]
async fn whoever_left_before_the_end_is_not_asked_but_may_say_how_it_was() {
    run_test(Both, async |t| {
        t.until_paired(&PAIR).await;
        let (ada, grace) = (t.person("ada"), t.person("grace"));
        t.travel_to("2025-04-10 10:00").await;
        grace.asks("withdraw", &[]).await;
        grace.presses("Withdraw").await;
        t.travel_to("2025-07-13 12:00").await;
        for person in [&ada, &grace] {
            person.sees_no("Thank you for being part of it");
            person.sees_no("This is the only reminder");
        }
        ada.asks("certificate", &[]).await;
        ada.sees("Certificates are for pairs that took part until the program ended");
        ada.asks("survey", &[]).await;
        let ready = ada.fills_in_survey(&CHOICES, &[]).await;
        ada.hands_in_survey(&ready).await;
        assert!(given(&t, "ada").await.is_some());
    })
    .await;
}
