//! The shipped season is sound, and every kind of mistake in one is told.

use super::*;
use crate::{
    question::{ChoiceOption, QuestionKind, Shared},
    text::Lang,
};

const SHIPPED: &str = include_str!("../../../config/programs/plsep-2025.toml");

/// The season that ships with the product.
pub(crate) fn shipped() -> Program {
    toml::from_str(SHIPPED).expect("the shipped season reads")
}

/// The fields that are faulty after this change to the shipped file.
fn faulty_fields(change: impl FnOnce(&mut Program)) -> Vec<String> {
    let mut program = shipped();
    change(&mut program);
    program.check().into_iter().map(|fault| fault.field).collect()
}

fn options_of<'p>(program: &'p mut Program, key: &str) -> &'p mut Vec<ChoiceOption> {
    let question = program.questions.iter_mut().find(|question| question.key == key).expect("there is such a question");
    match &mut question.kind {
        QuestionKind::One { options } | QuestionKind::Many { options, .. } => options,
        other => panic!("{other:?} has no options"),
    }
}

/// The first fault after replacing text in the shipped file.
fn fault_after(from: &str, to: &str) -> String {
    assert!(SHIPPED.contains(from), "the shipped file has no {from:?}");
    let program: Program = toml::from_str(&SHIPPED.replace(from, to)).expect("the changed file still reads");
    program.check().first().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn the_shipped_season_has_no_fault() {
    assert_eq!(shipped().check(), []);
}

#[test]
fn the_shipped_season_has_the_dates_of_the_programs_page() {
    assert_eq!(shipped().calendar, crate::calendar::sample());
    assert_eq!(shipped().nudge.cron, "0 10 20 * *");
}

#[test]
fn it_comes_back_the_same_from_the_database() {
    let json = serde_json::to_string(&shipped()).unwrap();
    assert_eq!(serde_json::from_str::<Program>(&json).unwrap(), shipped());
}

#[test]
fn a_season_that_was_stored_before_there_were_surveys_still_reads() {
    let mut json = serde_json::to_value(shipped()).unwrap();
    json.as_object_mut().unwrap().remove("survey").expect("the shipped season has a survey");
    let read: Program = serde_json::from_value(json).unwrap();
    assert!(read.survey.is_empty());
    assert_eq!(read.check(), []);
}

#[test]
fn a_survey_is_for_coordinators_and_fits_the_forms() {
    assert_eq!(shipped().survey_steps(Role::Mentee).len(), 1);
    let faults = faulty_fields(|program| {
        program.survey[0].shared = Shared::Match;
        program.survey[1].meaning = Some(Meaning::Note);
        program.survey[2].key = "useful".to_owned();
        let mut fifth = program.survey[3].clone();
        fifth.key = "fifth".to_owned();
        program.survey.push(fifth);
    });
    let expected = ["survey[1].meaning", "survey[2].key", "survey[0].shared", "survey[1].meaning", "survey", "survey"];
    assert_eq!(faults, expected);
}

#[test]
fn what_is_sought_and_what_is_offered_are_the_same_sixteen_things() {
    let program = shipped();
    let sought = program.meaning(Meaning::SpecialisationsSought, Role::Mentee).unwrap();
    let offered = program.meaning(Meaning::SpecialisationsOffered, Role::Mentor).unwrap();
    assert_eq!(sought.kind.options(), offered.kind.options());
    assert_eq!(sought.kind.options().len(), 16);
}

#[test]
fn only_coordinators_see_supervisor_and_note() {
    let program = shipped();
    for key in ["supervisor", "wish", "note"] {
        assert_eq!(program.question(key).unwrap().shared, Shared::Coordinators);
    }
}

#[test]
fn each_role_is_asked_its_own_questions_page_by_page() {
    let program = shipped();
    let keys = |role| -> Vec<(u8, Vec<String>)> {
        let steps = program.steps(role).into_iter();
        steps.map(|(step, asked)| (step, asked.iter().map(|question| question.key.clone()).collect())).collect()
    };
    let page = |step, keys: &[&str]| (step, keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>());
    let first = page(1, &["library_system", "branch", "position", "years"]);
    assert_eq!(
        keys(Role::Mentee),
        [
            first.clone(),
            page(2, &["specialisations_sought", "goals", "formats", "times", "zone"]),
            page(3, &["languages", "specialisation_first", "position_sought", "supervisor", "wish", "note"]),
        ]
    );
    assert_eq!(
        keys(Role::Mentor),
        [
            first,
            page(2, &["specialisations_offered", "offer", "formats", "times", "zone"]),
            page(3, &["languages", "specialisation_strongest", "capacity", "supervisor", "note"]),
        ]
    );
}

#[test]
fn spanish_readers_get_spanish() {
    let program = shipped();
    assert_eq!(program.question("position").unwrap().label.get(Lang::Es), "Su puesto");
    assert_eq!(program.question("position").unwrap().label.get(Lang::En), "Your position");
}

#[test]
fn every_part_of_the_file_is_looked_at() {
    let cases: Vec<(Vec<String>, &str)> = vec![
        (faulty_fields(|p| p.key = "PLSEP 2025".to_owned()), "key"),
        (faulty_fields(|p| p.name.es.clear()), "name.es"),
        (faulty_fields(|p| p.contact = "the office".to_owned()), "contact"),
        (faulty_fields(|p| p.nudge.cron = "monthly".to_owned()), "nudge.cron"),
        (faulty_fields(|p| p.nudge.retry_after_days = 0), "nudge.retry_after_days"),
        (faulty_fields(|p| p.nudge.retries_max = 3), "nudge.retries_max"),
        (faulty_fields(|p| p.nudge.civil_hours.to = p.nudge.civil_hours.from), "nudge.civil_hours"),
        (faulty_fields(|p| p.matching.weights.times += 1), "matching.weights"),
        (faulty_fields(|p| p.agreement.version.clear()), "agreement.version"),
        (faulty_fields(|p| p.agreement.text.en = "x".repeat(2_000)), "agreement.text.en"),
        (faulty_fields(|p| p.about.what.en.clear()), "about.what.en"),
        (faulty_fields(|p| drop(p.prompts.pop())), "prompts"),
        (faulty_fields(|p| p.questions[0].step = 0), "questions[0].step"),
        (faulty_fields(|p| p.questions[1].roles.clear()), "questions[1].roles"),
        (faulty_fields(|p| p.questions[1].key = "library_system".to_owned()), "questions[1].key"),
        (faulty_fields(|p| p.questions[1].label.en = "x".repeat(46)), "questions[1].label.en"),
        (faulty_fields(|p| p.questions[1].kind = QuestionKind::Short { max: 0 }), "questions[1].kind.max"),
        (faulty_fields(|p| p.questions[3].kind = QuestionKind::YesNo), "questions[3].meaning"),
        (faulty_fields(|p| p.questions[3].kind = QuestionKind::Number { min: 2, max: 1 }), "questions[3].kind"),
        (faulty_fields(|p| p.questions.clear()), "questions"),
        (faulty_fields(|p| drop(p.questions.remove(0))), "questions"),
        (faulty_fields(|p| p.questions.iter_mut().for_each(|question| question.step = 1)), "questions"),
        (faulty_fields(|p| p.questions[1].meaning = Some(Meaning::LibrarySystem)), "questions"),
        (faulty_fields(|p| options_of(p, "position")[1].key = "desk".to_owned()), "questions.position_sought"),
        (faulty_fields(|p| options_of(p, "specialisation_first").truncate(0)), "questions[12].meaning"),
    ];
    for (found, expected) in cases {
        assert!(found.iter().any(|field| field == expected), "{expected} is not among {found:?}");
    }
}

#[test]
fn faults_of_options_say_where_they_are() {
    let fault = fault_after(r#"{ key = "2", label"#, r#"{ key = "1", label"#);
    assert_eq!(fault, "questions[15].kind.options[1].key: The option 1 stands there twice. Remove one.");
    let fault = fault_after(r#"key = "Pacific/Honolulu""#, r#"key = "Pacific/Maui""#);
    assert!(fault.starts_with("questions[10].meaning: This meaning needs one choice of zones"), "{fault}");
    let fault = fault_after(r#"from = "14:00", to = "18:00""#, r#"from = "18:00", to = "14:00""#);
    assert_eq!(fault, "questions[9].kind.options[2].slot: The hours must begin before they end.");
    let fault = fault_after("kind.max = 5\n", "kind.max = 50\n");
    assert!(fault.starts_with("questions[4].kind: Let people choose at least 1"), "{fault}");
}

#[test]
fn dates_in_the_wrong_order_are_told_by_name() {
    let fault = fault_after("runs_until = \"2025-06-30\"", "runs_until = \"2025-02-20\"");
    assert!(fault.starts_with("calendar.runs_until: This date must not be before"), "{fault}");
}

#[test]
fn dates_without_quotation_marks_are_understood() {
    let bare = SHIPPED.replace("\"2025-03-01\"", "2025-03-01").replace("\"2025-02-17 23:59\"", "2025-02-17T23:59:00");
    assert_eq!(toml::from_str::<Program>(&bare).unwrap(), shipped());
}

#[test]
fn a_misspelt_key_or_date_does_not_read() {
    for (from, to) in [
        ("retries_max", "retry_max"),
        ("\"2025-06-30\"", "\"June 30\""),
        ("\"America/Los_Angeles\"\napplications", "\"America/Pasadena\"\napplications"),
        ("shared = \"match\"", "shared = \"everybody\""),
    ] {
        assert!(SHIPPED.contains(from));
        assert!(toml::from_str::<Program>(&SHIPPED.replace(from, to)).is_err(), "{to} was taken");
    }
}
