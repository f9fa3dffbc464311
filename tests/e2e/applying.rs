//! Applying, with everything people do on the way: stop and come back, change their mind and their side, answer at
//! length, choose among a hundred, and come a second too late.

use plsep_bot::words::Deed;
use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::{Answer, ApplicationState, ChoiceOption, Localised, Program, Question, QuestionKind, Shared};

use super::harness::{Both, OnDiscord, Setup, run_test, run_test_with};

/// A hundred branches to choose one of, and sixty topics to choose some of, each on a page of its own.
fn with_a_hundred(program: &mut Program) {
    let options = |what: &'static str, count: usize| {
        (1..=count).map(move |number| ChoiceOption {
            key: format!("{what}{number}"),
            label: Localised { en: format!("{what} {number}"), es: format!("{what} {number}") },
            slot: None,
        })
    };
    let question = |key: &str, step, kind, required| Question {
        key: key.to_owned(),
        step,
        roles: vec![Mentee],
        kind,
        label: Localised { en: format!("Your {key}"), es: format!("Su {key}") },
        hint: None,
        about: None,
        required,
        shared: Shared::Match,
        meaning: None,
    };
    program.questions.push(question("home", 4, QuestionKind::One { options: options("Branch", 100).collect() }, true));
    let topics = QuestionKind::Many { options: options("Topic", 60).collect(), min: 1, max: 3 };
    program.questions.push(question("topics", 5, topics, false));
    program.questions.push(question("remote", 5, QuestionKind::YesNo, true));
    assert_eq!(program.check(), []);
}

#[tokio::test]
async fn a_choice_among_a_hundred_is_made_on_both_platforms() {
    let setup = || Setup { program: with_a_hundred, ..Setup::default() };
    run_test_with(Both, setup(), async |t| {
        let ada = t.person("ada");
        let kept = async || t.application("ada").await.expect("it is kept").draft;
        let many = |keys: &[&str]| Some(Answer::Many(keys.iter().map(|key| (*key).to_owned()).collect()));
        if t.on_discord() {
            ada.asks("apply", &[("role", "mentee")]).await;
            for step in 2..=4 {
                ada.presses_deed(&Deed::ShowStep(Mentee, step)).await;
            }
            ada.chooses_all(&Deed::PickPart(Mentee, 4, "home".into(), 3), &["Branch77"]).await;
            assert_eq!(kept().await.get("home"), Some(&Answer::One("Branch77".into())));
            t.snapshot("a_hundred_choices", &ada.newest());
            // Another menu of the same question takes the place of the first.
            ada.chooses_all(&Deed::PickPart(Mentee, 4, "home".into(), 0), &["Branch1"]).await;
            assert_eq!(kept().await.get("home"), Some(&Answer::One("Branch1".into())));
            // Several of several menus stand side by side, up to as many as the question takes.
            ada.presses_deed(&Deed::ShowStep(Mentee, 5)).await;
            ada.chooses_all(&Deed::PickPart(Mentee, 5, "topics".into(), 0), &["Topic1", "Topic2"]).await;
            ada.chooses_all(&Deed::PickPart(Mentee, 5, "topics".into(), 2), &["Topic60"]).await;
            assert_eq!(kept().await.get("topics").cloned(), many(&["Topic1", "Topic2", "Topic60"]));
            ada.chooses_all(&Deed::PickPart(Mentee, 5, "topics".into(), 1), &["Topic30"]).await;
            ada.sees("Please choose at most 3");
            assert_eq!(kept().await.get("topics").cloned(), many(&["Topic1", "Topic2", "Topic60"]));
            ada.presses_deed(&Deed::ShowStep(Mentee, 4)).await;
            ada.presses_deed(&Deed::ShowStep(Mentee, 5)).await;
            ada.chooses_all(&Deed::PickPart(Mentee, 5, "topics".into(), 0), &[]).await;
            assert_eq!(kept().await.get("topics").cloned(), many(&["Topic60"]));
        }
        if !t.on_discord() {
            let answers: &[(&str, &[&str])] =
                &[("home", &["Branch77"]), ("topics", &["Topic1", "Topic60"]), ("remote", &["yes"])];
            ada.applies_with(Mentee, answers).await;
            ada.sees("Received, thank you");
            assert_eq!(kept().await.get("home"), Some(&Answer::One("Branch77".into())));
            assert_eq!(kept().await.get("topics").cloned(), many(&["Topic1", "Topic60"]));
        }
        // What is not among them was forged.
        let forged = Deed::Send(Mentee).action();
        let answer = t.forges_submission("ada", forged, [("home".to_owned(), vec!["Branch101".to_owned()])].into());
        assert!(answer.await.contains("Please choose one of the options"));
    })
    .await;
}

fn with_long_answers(program: &mut Program) {
    let goals = program.questions.iter_mut().find(|question| question.key == "goals").expect("it is asked");
    goals.kind = QuestionKind::Long { max: 3_000 };
    assert_eq!(program.check(), []);
}

#[tokio::test]
async fn a_long_answer_is_kept_to_its_last_character() {
    let setup = || Setup { program: with_long_answers, ..Setup::default() };
    run_test_with(Both, setup(), async |t| {
        let ada = t.person("ada");
        let long = format!("{}the end.", "I want to learn.\n".repeat(176));
        assert_eq!(long.chars().count(), 3_000);
        ada.applies_with(Mentee, &[("goals", &[&long])]).await;
        ada.sees("Received, thank you");
        let kept = t.application("ada").await.expect("it is kept").answers.expect("it is sent");
        assert_eq!(kept.get("goals"), Some(&Answer::Text(long.clone())));
        if t.on_discord() {
            ada.asks("apply", &[("role", "mentee")]).await;
            ada.presses_deed(&Deed::ShowStep(Mentee, 2)).await;
            ada.sees("(3000 characters; all of it is kept)");
        }
        // Four thousand fit on no platform's form here; whoever sends them all the same is told how many there are.
        let values = [("goals".to_owned(), vec!["x".repeat(4_000)])].into();
        let answer = t.forges_submission("ada", Deed::Send(Mentee).action(), values).await;
        assert!(answer.contains("4000 characters") && answer.contains("at most 3000 fit"), "{answer}");
        let kept = t.application("ada").await.expect("it is kept");
        assert_eq!(kept.draft.get("goals"), Some(&Answer::Text(long)), "what was there stays");
    })
    .await;
}

#[tokio::test]
async fn long_answers_leave_room_for_the_rest_of_the_introduction() {
    fn long(program: &mut Program) {
        for question in
            program.questions.iter_mut().filter(|question| ["goals", "offer"].contains(&question.key.as_str()))
        {
            question.kind = QuestionKind::Long { max: 3_000 };
        }
    }
    run_test_with(Both, Setup { program: long, ..Setup::default() }, async |t| {
        let (ada, grace, sam) = (t.person("ada"), t.person("grace"), t.person("sam"));
        ada.applies_with(Mentee, &[("goals", &[&"*learn* ".repeat(370)])]).await;
        grace.applies_with(Mentor, &[("offer", &[&"_teach_ ".repeat(370)])]).await;
        t.until_proposed(&[]).await;
        sam.commands("match publish", &[]).await;
        sam.presses("Yes, publish and introduce").await;
        t.drain().await;
        let introduction = ada.in_room("Meet each other").pop().expect("they are introduced").text;
        assert!(!introduction.contains("[…]"), "{introduction}");
        assert!(introduction.contains("the beginning of 2959 characters"), "{introduction}");
        assert!(introduction.contains("please both sign the acknowledgement form"), "{introduction}");
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_resumed_after_a_restart_on_the_step_where_it_stopped() {
    run_test(Both, async |t| {
        let ada = t.person("ada");
        ada.asks("apply", &[("role", "mentee")]).await;
        if t.on_discord() {
            ada.answers_step(Mentee, 1, &t.program.steps(Mentee)[0].1, &[]).await;
        } else {
            ada.sends_step(Mentee, &[]).await;
            ada.sees("Apply: step 2 of 3");
            ada.closes_form().await;
        }
        t.stage.restart_bot().await.expect("the bot starts");
        ada.asks("status", &[]).await;
        ada.sees("Your application as a mentee is not sent yet");
        ada.sees("Next: answer the open questions");
        ada.presses("Continue my application").await;
        ada.sees(if t.on_discord() { "Apply as a mentee: step 2 of 3" } else { "Apply: step 2 of 3" });
        ada.presses("Back").await;
        ada.sees("Fresno County Public Library");
        let kept = t.application("ada").await.expect("it is kept");
        assert_eq!(kept.state, ApplicationState::Draft);
        assert_eq!(kept.draft.get("library_system"), Some(&Answer::Text("Fresno County Public Library".into())));
    })
    .await;
}

#[tokio::test]
async fn no_required_question_has_an_answer_beforehand() {
    run_test(Both, async |t| {
        let ada = t.person("ada");
        ada.asks("apply", &[("role", "mentee")]).await;
        // Who will read an answer is said beside it.
        if let Some(form) = ada.actor.form() {
            assert!(form.fields.iter().all(|field| field.value.is_empty()), "{}", ada.screen());
            let said = |field: &plsep_sandbox::FieldSeen| {
                field.hint.starts_with("Shared with your match.")
                    || field.hint.starts_with("Only coordinators see this.")
            };
            assert!(form.fields.iter().all(said), "{:?}", form.fields);
        } else {
            ada.sees("(shared with your match)");
        }
        assert!(t.application("ada").await.expect("it is begun").draft.0.is_empty());
    })
    .await;
}

#[tokio::test]
async fn changes_that_are_not_sent_are_told_and_count_once_they_are() {
    run_test(OnDiscord, async |t| {
        let ada = t.person("ada");
        ada.applies_as(Mentee).await;
        ada.asks("apply", &[("role", "mentee")]).await;
        ada.presses_deed(&Deed::ShowStep(Mentee, 2)).await;
        ada.presses_deed(&Deed::ShowStep(Mentee, 1)).await;
        ada.picks(Mentee, 1, "position", &["librarian"]).await;
        ada.asks("status", &[]).await;
        ada.sees("You have changes that are not sent");
        let kept = t.application("ada").await.expect("it is kept");
        assert_ne!(kept.answers, Some(kept.draft));
        ada.presses("Change my application").await;
        ada.presses("Send my application").await;
        let kept = t.application("ada").await.expect("it is kept");
        assert_eq!(kept.answers, Some(kept.draft));
        // Too late, they are kept and said not to count.
        ada.presses("Change my application").await;
        ada.presses_deed(&Deed::ShowStep(Mentee, 2)).await;
        ada.presses_deed(&Deed::ShowStep(Mentee, 1)).await;
        t.travel_to("2025-02-18 00:00").await;
        ada.picks(Mentee, 1, "position", &["assistant"]).await;
        ada.sees("Applications closed on");
        ada.asks("status", &[]).await;
        ada.sees("What you had sent counts");
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_in_a_step_a_second_too_late_is_kept_and_said_so() {
    run_test(OnDiscord, async |t| {
        let ada = t.person("ada");
        t.travel_to("2025-02-17 23:59").await;
        ada.asks("apply", &[("role", "mentee")]).await;
        ada.presses_deed(&Deed::Write(Mentee, 1)).await;
        t.travel_to("2025-02-18 00:00").await;
        ada.sends(&[("library_system", &["Fresno County Public Library"]), ("branch", &["Main"]), ("years", &["4"])])
            .await;
        ada.sees("Applications closed on");
        ada.sees("What you answered is kept");
        let kept = t.application("ada").await.expect("it is kept").draft;
        assert_eq!(kept.get("branch"), Some(&Answer::Text("Main".into())));
        ada.asks("status", &[]).await;
        ada.sees("was not sent before applications closed");
    })
    .await;
}

#[tokio::test]
async fn one_changes_sides_before_sending_and_after_withdrawing_only() {
    run_test(Both, async |t| {
        let ada = t.person("ada");
        ada.asks("apply", &[("role", "mentee")]).await;
        ada.applies_as(Mentor).await;
        ada.sees("Your application as a mentor is safe with us");
        let answer = t.forges("ada", Deed::Apply(Mentee).action()).await;
        assert!(answer.contains("You have applied already, in the other role"), "{answer}");
        ada.asks("withdraw", &[]).await;
        ada.presses("Withdraw").await;
        ada.asks("home", &[]).await;
        ada.sees("You can apply again until");
        ada.presses("Apply as a mentee").await;
        ada.asks("status", &[]).await;
        ada.sees("Your application as a mentee is not sent yet");
        ada.applies_as(Mentee).await;
        assert_eq!(t.application("ada").await.expect("it is there").state, ApplicationState::Submitted);
    })
    .await;
}

#[tokio::test]
async fn sent_twice_at_once_is_received_once() {
    run_test(Both, async |t| {
        let (zoe, sam) = (t.person("zoe"), t.person("sam"));
        let ready = zoe.fills_in(Mentee, &[]).await;
        match t.on_discord() {
            true => {
                zoe.starts_handing_in(&ready).await;
                zoe.starts_handing_in(&ready).await;
            }
            false => {
                zoe.starts_handing_in(&ready).await;
                t.delivers_again();
            }
        }
        t.drain().await;
        zoe.sees("Received, thank you");
        sam.sees_times(1, "applied as a mentee and is not on the roster");
    })
    .await;
}
