//! A window for each step, where forms hold menus: stopped and resumed, turned back, corrected at its field, late,
//! twice, and the same for the closing survey if it has several steps.

use std::time::Duration;

use plsep_bot::chat::What;
use plsep_bot::words::Deed;
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{Answer, ApplicationState, Question};

use super::harness::{OnSlack, Setup, answers, run_test, run_test_with};

#[tokio::test]
async fn each_step_is_kept_as_it_is_sent_and_can_be_turned_back_to() {
    run_test(OnSlack, async |t| {
        let ada = t.person("ada");
        let draft = async || t.application("ada").await.expect("it is kept").draft;
        let text = |words: &str| Some(Answer::Text(words.to_owned()));
        ada.asks("apply", &[("role", "mentee")]).await;
        t.snapshot("application_step_1", &ada.window());
        ada.sends_step(Mentee, &[("branch", &["North"])]).await;
        t.snapshot("application_step_2", &ada.window());
        assert_eq!(draft().await.get("branch").cloned(), text("North"));

        // What is typed by then comes along when one turns back.
        ada.types(&[("goals", &["To run a makerspace."])]).await;
        ada.presses("Back").await;
        ada.sees("Apply: step 1 of 3");
        ada.sees("North");
        assert_eq!(draft().await.get("goals").cloned(), text("To run a makerspace."));
        ada.sends_step(Mentee, &[("branch", &["South"])]).await;
        ada.sees("To run a makerspace.");
        assert_eq!(draft().await.get("branch").cloned(), text("South"));
        ada.sends_step(Mentee, &[]).await;
        t.snapshot("application_step_3", &ada.window());
        ada.closes_form().await;

        // Stopped before the last step, it is resumed there, also after a restart.
        t.stage.restart_bot().await.expect("the bot starts");
        ada.asks("apply", &[("role", "mentee")]).await;
        ada.sees("Apply: step 3 of 3");
        ada.presses("Back").await;
        ada.presses("Back").await;
        ada.sees("South");
        ada.sends_step(Mentee, &[("branch", &["South"])]).await;
        ada.sends_step(Mentee, &[]).await;
        ada.sends_step(Mentee, &[]).await;
        ada.sees("Received, thank you");
        assert_eq!(t.application("ada").await.expect("it is kept").state, ApplicationState::Submitted);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_said_at_its_field_and_the_rest_is_kept() {
    run_test(OnSlack, async |t| {
        let ada = t.person("ada");
        ada.asks("apply", &[("role", "mentee")]).await;
        ada.sends_step(Mentee, &[("years", &["many"]), ("branch", &["  "])]).await;
        ada.sees("Apply: step 1 of 3");
        ada.sees("years! Please write a whole number");
        ada.sees("branch! Please answer this question");
        ada.sends_step(Mentee, &[]).await;
        ada.sees("Apply: step 2 of 3");
        // A wrong answer in a step that one leaves backwards is not taken along.
        ada.types(&[("goals", &["To learn."])]).await;
        ada.presses("Back").await;
        ada.types(&[("years", &["many"])]).await;
        ada.closes_form().await;
        assert_eq!(t.application("ada").await.expect("it is kept").draft.get("years"), Some(&Answer::Number(4)));
        ada.asks("apply", &[("role", "mentee")]).await;
        ada.sees("To learn.");
    })
    .await;
}

#[tokio::test]
async fn a_sent_application_is_changed_step_by_step_and_counts_once_it_is_sent_again() {
    run_test(OnSlack, async |t| {
        let ada = t.person("ada");
        ada.applies_as(Mentee).await;
        ada.asks("apply", &[("role", "mentee")]).await;
        ada.sees("Apply: step 1 of 3");
        ada.sends_step(Mentee, &[("branch", &["East"])]).await;
        ada.closes_form().await;
        ada.asks("status", &[]).await;
        ada.sees("You have changes that are not sent");
        let kept = t.application("ada").await.expect("it is kept");
        assert_ne!(kept.answers, Some(kept.draft));
        ada.presses("Change my application").await;
        ada.sees("Apply: step 3 of 3");
        ada.sends_step(Mentee, &[]).await;
        let kept = t.application("ada").await.expect("it is kept");
        assert_eq!(kept.answers.as_ref(), Some(&kept.draft));
        assert_eq!(kept.draft.get("branch"), Some(&Answer::Text("East".to_owned())));
        // Too late, a step is kept and said not to count.
        ada.asks("apply", &[("role", "mentee")]).await;
        t.travel_to("2025-02-18 00:00").await;
        ada.sends_step(Mentee, &[("branch", &["West"])]).await;
        ada.sees("Applications closed on");
        ada.closes_form().await;
        ada.asks("status", &[]).await;
        ada.sees("What you had sent counts");
    })
    .await;
}

#[tokio::test]
async fn a_step_turned_back_from_a_second_too_late_is_kept_and_said_so() {
    run_test(OnSlack, async |t| {
        let ada = t.person("ada");
        t.travel_to("2025-02-17 23:59").await;
        ada.asks("apply", &[("role", "mentee")]).await;
        ada.sends_step(Mentee, &[]).await;
        ada.types(&[("goals", &["To run a makerspace."])]).await;
        t.travel_to("2025-02-18 00:00").await;
        ada.presses("Back").await;
        ada.sees("Applications closed on");
        ada.sees("What you answered is kept");
        let kept = t.application("ada").await.expect("it is kept").draft;
        assert_eq!(kept.get("goals"), Some(&Answer::Text("To run a makerspace.".to_owned())));
    })
    .await;
}

#[tokio::test]
async fn whoever_changes_sides_half_way_is_asked_what_the_other_side_is_asked() {
    run_test(OnSlack, async |t| {
        let ada = t.person("ada");
        ada.asks("apply", &[("role", "mentee")]).await;
        ada.sends_step(Mentee, &[]).await;
        ada.closes_form().await;
        ada.asks("apply", &[("role", "mentor")]).await;
        ada.sees("You are applying as a mentor.");
        ada.sees("Apply: step 2 of 3");
        ada.sends_step(Mentor, &[]).await;
        ada.sends_step(Mentor, &[]).await;
        ada.sees("Your application as a mentor is safe with us");
        // The last step of a window that is out of date does not send what lacks something.
        let zoe = t.person("zoe");
        zoe.asks("apply", &[("role", "mentee")]).await;
        let answer = t.forges_submission("zoe", Deed::Send(Mentee).action(), [].into()).await;
        assert!(!answer.contains("Received"), "{answer}");
        assert_eq!(t.application("zoe").await.expect("it is begun").state, ApplicationState::Draft);
        zoe.sends_step(Mentee, &[]).await;
        let last = t.program.steps(Mentee).pop().expect("it has steps").1;
        let usual = |question: &Question| (question.key.clone(), answers::usual("zoe", Mentee, question));
        let values = last.into_iter().map(usual).collect();
        let answer = t.forges_submission("zoe", Deed::Send(Mentee).action(), values).await;
        assert!(answer.contains("Almost there") && answer.contains("step 2 of 3"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn a_step_sent_twice_is_kept_once_and_shows_the_same_next_step() {
    run_test(OnSlack, async |t| {
        let ada = t.person("ada");
        ada.asks("apply", &[("role", "mentee")]).await;
        ada.starts_sending_step(Mentee, &[]).await;
        t.delivers_again();
        t.settle().await;
        ada.sees("Apply: step 2 of 3");
        // The same delivery to a process that has just begun: it is told the same.
        let values = || [("goals".to_owned(), vec!["To learn.".to_owned()])].into();
        let send = |action| What::Submit { action, values: values() };
        let write = Deed::Write(Mentee, 2).action();
        let first = t.hands_over("ada", "submit:one", send(write.clone())).await;
        let again = t.hands_over("ada", "submit:one", send(write)).await;
        assert_eq!(format!("{first:?}"), format!("{again:?}"));
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_takes_too_long_shows_the_next_step_afterwards() {
    let slow = || Setup { reply_deadline: Duration::from_millis(50), ..Setup::default() };
    run_test_with(OnSlack, slow(), async |t| {
        let ada = t.person("ada");
        ada.asks("apply", &[("role", "mentee")]).await;
        let busy = t.stage.store.write().await.expect("the database is free");
        ada.starts_sending_step(Mentee, &[]).await;
        t.until("the form says to wait", || ada.has("One moment")).await;
        drop(busy);
        t.settle().await;
        ada.sees("Apply: step 2 of 3");

        // Closed in the meantime, there is a button that opens it.
        let busy = t.stage.store.write().await.expect("the database is free");
        ada.starts_sending_step(Mentee, &[]).await;
        t.until("the form says to wait", || ada.has("One moment")).await;
        ada.actor.act(plsep_sandbox::Action::CloseForm).await.expect("a window can be closed");
        drop(busy);
        t.settle().await;
        assert!(ada.actor.form().is_none(), "{}", ada.screen());
        ada.sees("Your form is ready");
        ada.sees("Apply: step 3 of 3");
        ada.presses("Open the form").await;
        ada.sees("This is the last step");
        ada.sends_step(Mentee, &[]).await;
        ada.sees("Received, thank you");
    })
    .await;
}

fn in_two_steps(program: &mut plsep_domain::Program) {
    for (at, question) in program.survey.iter_mut().enumerate() {
        question.step = if at < 3 { 1 } else { 2 };
    }
    assert_eq!(program.check(), []);
}

#[tokio::test]
async fn a_survey_of_several_steps_is_asked_the_same_way() {
    run_test_with(OnSlack, Setup { program: in_two_steps, ..Setup::default() }, async |t| {
        t.until_paired(&[("ada", Mentee), ("grace", Mentor)]).await;
        t.travel_to("2025-07-02 12:00").await;
        let ada = t.person("ada");
        ada.asks("survey", &[]).await;
        ada.sees("Survey: step 1 of 2");
        let choices = [("useful", "useful"), ("met_as_hoped", "more"), ("again", "yes")];
        let ready = ada.fills_in_survey(&choices, &[("change", "More time.")]).await;
        t.snapshot("survey_step_2", &ada.window());
        ada.closes_form().await;
        t.stage.restart_bot().await.expect("the bot starts");
        ada.asks("survey", &[]).await;
        ada.sees("Survey: step 2 of 2");
        ada.presses("Back").await;
        ada.sees("Survey: step 1 of 2");
        ada.fills_in_survey(&choices, &[]).await;
        ada.hands_in_survey(&ready).await;
        ada.sees("Your answers are safe with the coordinators");
    })
    .await;
}
