//! What people type and choose, and every step an application can take.

use proptest::prelude::*;

use super::*;
use crate::{
    program::shipped,
    question::{ChoiceOption, Question, QuestionKind, Role, Shared},
    refusal::Refusal,
    text::Localised,
};

fn question(kind: QuestionKind) -> Question {
    Question {
        key: "q".to_owned(),
        step: 1,
        roles: Role::ALL.to_vec(),
        kind,
        label: Localised::default(),
        hint: None,
        about: None,
        required: true,
        shared: Shared::Match,
        meaning: None,
    }
}

fn options(keys: &[&str]) -> Vec<ChoiceOption> {
    let option = |key: &&str| ChoiceOption { key: (*key).to_owned(), label: Localised::default(), slot: None };
    keys.iter().map(option).collect()
}

fn parse(kind: QuestionKind, raw: &[&str]) -> Result<Option<Answer>, AnswerFault> {
    let raw: Vec<String> = raw.iter().map(|text| (*text).to_owned()).collect();
    parse_answer(&question(kind), &raw)
}

fn text(text: &str) -> Result<Option<Answer>, AnswerFault> {
    Ok(Some(Answer::Text(text.to_owned())))
}

#[test]
fn what_was_typed_is_cleaned_and_measured_in_characters() {
    let short = || QuestionKind::Short { max: 5 };
    assert_eq!(parse(short(), &["  Núñez\u{0} "]), text("Núñez"));
    assert_eq!(parse(short(), &["a\nb"]), text("a b"));
    assert_eq!(parse(short(), &["日本語文字"]), text("日本語文字"));
    assert_eq!(parse(short(), &["abcdef"]), Err(AnswerFault::TooLong { max: 5, length: 6 }));
    assert_eq!(parse(QuestionKind::Long { max: 9 }, &["one\r\ntwo"]), text("one\ntwo"));
}

#[test]
fn nothing_given_is_no_answer_and_never_a_default() {
    let kinds = [
        QuestionKind::Short { max: 5 },
        QuestionKind::Long { max: 5 },
        QuestionKind::One { options: options(&["a"]) },
        QuestionKind::Many { options: options(&["a"]), min: 1, max: 1 },
        QuestionKind::YesNo,
        QuestionKind::Number { min: 0, max: 9 },
    ];
    for kind in kinds {
        for raw in [&[][..], &[""][..], &[" \t\n"][..], &["\u{0}", "\u{200b}"][..]] {
            assert_eq!(parse(kind.clone(), raw), Ok(None), "{kind:?} {raw:?}");
        }
    }
}

#[test]
fn choices_are_checked_and_kept_in_the_questions_order() {
    let one = || QuestionKind::One { options: options(&["a", "b"]) };
    let many = || QuestionKind::Many { options: options(&["a", "b", "c", "d"]), min: 2, max: 3 };
    let kept = |keys: &[&str]| Ok(Some(Answer::Many(keys.iter().map(|key| (*key).to_owned()).collect())));
    assert_eq!(parse(one(), &["b"]), Ok(Some(Answer::One("b".to_owned()))));
    assert_eq!(parse(one(), &["a", "b"]), Err(AnswerFault::TooMany { max: 1 }));
    assert_eq!(parse(one(), &["z"]), Err(AnswerFault::UnknownOption));
    assert_eq!(parse(many(), &["c", "a", "c"]), kept(&["a", "c"]));
    assert_eq!(parse(many(), &["c", "c"]), Err(AnswerFault::TooFew { min: 2 }));
    assert_eq!(parse(many(), &["a", "b", "c", "d"]), Err(AnswerFault::TooMany { max: 3 }));
    assert_eq!(parse(many(), &["a", "A"]), Err(AnswerFault::UnknownOption));
}

#[test]
fn numbers_and_yes_or_no_are_read_as_people_write_them() {
    let years = || QuestionKind::Number { min: 0, max: 60 };
    assert_eq!(parse(years(), &[" 12 "]), Ok(Some(Answer::Number(12))));
    for bad in ["-1", "61", "twelve", "1.5", "99999999999999999999"] {
        assert_eq!(parse(years(), &[bad]), Err(AnswerFault::NotANumber { min: 0, max: 60 }), "{bad}");
    }
    for yes in ["yes", "Sí", "si", "TRUE"] {
        assert_eq!(parse(QuestionKind::YesNo, &[yes]), Ok(Some(Answer::Yes(true))), "{yes}");
    }
    assert_eq!(parse(QuestionKind::YesNo, &["No"]), Ok(Some(Answer::Yes(false))));
    assert_eq!(parse(QuestionKind::YesNo, &["perhaps"]), Err(AnswerFault::NotYesOrNo));
}

#[test]
fn the_stored_form_of_answers_is_stable() {
    let mut answers = Answers::default();
    answers.put("branch", Some(Answer::Text("Main".to_owned())));
    answers.put("formats", Some(Answer::Many(vec!["video".to_owned()])));
    answers.put("years", Some(Answer::Number(3)));
    answers.put("zone", Some(Answer::One("America/Denver".to_owned())));
    answers.put("gone", Some(Answer::Yes(true)));
    answers.put("gone", None);
    let json = serde_json::to_string(&answers).unwrap();
    let stored = r#"{"branch":{"text":"Main"},"formats":{"many":["video"]},"years":{"number":3},"zone":{"one":"America/Denver"}}"#;
    assert_eq!(json, stored);
    assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
}

#[test]
fn an_empty_application_misses_every_required_question_of_its_role_and_no_other() {
    let program = shipped();
    let missing = |answers: &Answers, role| -> Vec<String> {
        answers.missing(&program, role).into_iter().map(|question| question.key.clone()).collect()
    };
    let mut answers = Answers::default();
    let mentor = missing(&answers, Role::Mentor);
    assert!(mentor.contains(&"capacity".to_owned()) && !mentor.contains(&"goals".to_owned()));
    assert!(!mentor.contains(&"note".to_owned()), "a question that is not required is never missing");
    answers.put("capacity", Some(Answer::One("2".to_owned())));
    assert_eq!(missing(&answers, Role::Mentor).len(), mentor.len() - 1);
    assert_eq!(missing(&answers, Role::Mentee).len(), 10);
}

#[test]
fn every_step_from_every_state_is_allowed_or_refused_as_the_table_says() {
    let declined = || ApplicationState::Declined { reason: "Full".to_owned() };
    let decline = || ApplicationStep::Decline { reason: "Full".to_owned() };
    let states = || {
        use ApplicationState::{Accepted, Draft, NotOnRoster, Submitted, WaitListed, Withdrawn};
        [Draft, Submitted, NotOnRoster, Accepted, WaitListed, declined(), Withdrawn]
    };
    let steps = || {
        use ApplicationStep::{Accept, FoundOnRoster, Restart, Submit, WaitForRoster, WaitList, Withdraw};
        [Restart, Submit, WaitForRoster, FoundOnRoster, Accept, WaitList, decline(), Withdraw]
    };
    // A row for each state, a column for each step: where it leads, or nothing.
    let table = [
        ["", "submitted", "", "", "", "", "", "withdrawn"],
        ["", "submitted", "not_on_roster", "submitted", "accepted", "wait_listed", "declined", "withdrawn"],
        ["", "submitted", "not_on_roster", "submitted", "", "", "declined", "withdrawn"],
        ["", "accepted", "", "", "", "wait_listed", "declined", "withdrawn"],
        ["", "wait_listed", "", "", "accepted", "", "declined", "withdrawn"],
        ["", "", "", "", "accepted", "wait_listed", "", ""],
        ["draft", "", "", "", "", "", "", ""],
    ];
    for (state, row) in states().into_iter().zip(table) {
        for (step, expected) in steps().into_iter().zip(row) {
            let (from, by) = (state.key(), step.key());
            let led_to = state.after(step).map_or("", |after| after.key());
            assert_eq!(led_to, expected, "{from} by {by}");
        }
    }
}

#[test]
fn a_decline_carries_a_sentence_and_the_roster_cannot_be_skipped() {
    let decline =
        |reason: &str| ApplicationState::Submitted.after(ApplicationStep::Decline { reason: reason.to_owned() });
    assert_eq!(decline("  "), Err(Refusal::ReasonMissing));
    assert_eq!(
        decline(" All places are taken. ").unwrap(),
        ApplicationState::Declined { reason: "All places are taken.".to_owned() }
    );
    assert_eq!(ApplicationState::NotOnRoster.after(ApplicationStep::Accept), Err(Refusal::NotOnRoster));
    let refused = ApplicationState::Withdrawn.after(ApplicationStep::Accept).unwrap_err();
    assert_eq!(refused.to_string(), "an application that is withdrawn cannot take the step accept");
}

proptest! {
    #![proptest_config(crate::repeatable())]

    #[test]
    fn a_kept_text_is_clean_short_enough_and_parses_to_itself(raw in any::<String>(), long in any::<bool>()) {
        let kind = || if long { QuestionKind::Long { max: 40 } } else { QuestionKind::Short { max: 40 } };
        if let Ok(Some(Answer::Text(kept))) = parse(kind(), &[&raw]) {
            prop_assert!(!kept.is_empty() && kept.chars().count() <= 40);
            prop_assert!(!kept.chars().any(|c| c.is_control() && !(long && c == '\n')));
            prop_assert_eq!(kept.trim(), &kept);
            prop_assert_eq!(parse(kind(), &[&kept]), text(&kept));
        }
    }

    #[test]
    fn a_kept_choice_holds_only_options_each_once(raw in proptest::collection::vec("[a-e]?", 0..6)) {
        let kind = QuestionKind::Many { options: options(&["a", "b", "c"]), min: 1, max: 2 };
        let raw: Vec<&str> = raw.iter().map(String::as_str).collect();
        match parse(kind, &raw) {
            Ok(Some(Answer::Many(keys))) => {
                prop_assert!((1..=2).contains(&keys.len()));
                prop_assert!(keys.is_sorted_by(|one, two| one < two));
                prop_assert!(keys.iter().all(|key| raw.contains(&key.as_str())));
            }
            Ok(None) => prop_assert!(raw.iter().all(|key| key.is_empty())),
            Err(AnswerFault::UnknownOption) => prop_assert!(raw.iter().any(|key| ["d", "e"].contains(key))),
            other => prop_assert_eq!(other, Err(AnswerFault::TooMany { max: 2 })),
        }
    }
}
