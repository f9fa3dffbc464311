//! The faults of the questions: keys, lengths, options, steps and meanings.
//!
//! The bounds are those of the narrowest form that has to show them.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use super::{Faults, is_key};
use crate::question::{ChoiceOption, Meaning, Question, QuestionKind, Role, Shared};

const LABEL_MAX: usize = 45;
const HINT_MAX: usize = 100;
const OPTION_LABEL_MAX: usize = 75;
/// A menu of the roomier chat holds so many; on the other one they are divided among several menus.
const OPTIONS_MAX: usize = 100;
/// Options in one menu of the narrower chat.
const MENU_OPTIONS: usize = 25;
const OPTION_KEY_MAX: usize = 60;
/// Menus that a step's message holds there, beside its row of buttons.
const STEP_MENUS_MAX: usize = 4;
const STEP_TEXTS_MAX: usize = 5;
const SHORT_MAX: u32 = 300;
/// What a field of a form takes on the narrower chat.
const LONG_MAX: u32 = 3_000;
const CAPACITY_MAX: u32 = 10;

pub(super) fn check(questions: &[Question], faults: &mut Faults) {
    check_each("questions", questions, faults);
    for role in Role::ALL {
        check_steps("questions", questions, role, faults);
        check_meanings(questions, role, faults);
    }
}

/// The closing survey: what is answered there is for coordinators alone and means nothing to the matching.
pub(super) fn check_survey(survey: &[Question], faults: &mut Faults) {
    check_each("survey", survey, faults);
    for (index, question) in survey.iter().enumerate() {
        if question.shared != Shared::Coordinators {
            let mend = "What is said in the closing survey is for coordinators alone: write coordinators.";
            faults.add(format!("survey[{index}].shared"), mend);
        }
        if question.meaning.is_some() {
            faults
                .add(format!("survey[{index}].meaning"), "Nothing follows from a closing survey. Remove the meaning.");
        }
    }
    for role in Role::ALL {
        check_steps("survey", survey, role, faults);
    }
}

fn check_each(of: &str, questions: &[Question], faults: &mut Faults) {
    let mut keys = BTreeSet::new();
    for (index, question) in questions.iter().enumerate() {
        let field = format!("{of}[{index}]");
        if !keys.insert(&question.key) {
            faults.add(format!("{field}.key"), format!("The key {} is used twice. Give each its own.", question.key));
        }
        check_one(&field, question, faults);
    }
}

fn check_one(field: &str, question: &Question, faults: &mut Faults) {
    let Question { key, step, roles, kind, label, hint, about, required: _, shared: _, meaning } = question;
    if !is_key(key) {
        faults.add(format!("{field}.key"), "Use 1 to 40 lower-case letters, digits, hyphens and underscores.");
    }
    if *step == 0 {
        faults.add(format!("{field}.step"), "Steps count from 1.");
    }
    if roles.is_empty() {
        faults.add(format!("{field}.roles"), "Say who is asked: mentee, mentor or both.");
    }
    faults.text(&format!("{field}.label"), label, LABEL_MAX);
    if let Some(hint) = hint {
        faults.text(&format!("{field}.hint"), hint, HINT_MAX);
    }
    if let Some(about) = about {
        faults.text(&format!("{field}.about"), about, LABEL_MAX);
    }
    check_kind(&format!("{field}.kind"), kind, faults);
    if let Some(meaning) = meaning {
        check_meaning(field, *meaning, kind, faults);
    }
}

fn check_kind(field: &str, kind: &QuestionKind, faults: &mut Faults) {
    match kind {
        QuestionKind::Short { max } if !(1..=SHORT_MAX).contains(max) => {
            faults.add(format!("{field}.max"), format!("Allow 1 to {SHORT_MAX} characters."));
        }
        QuestionKind::Long { max } if !(1..=LONG_MAX).contains(max) => {
            faults.add(format!("{field}.max"), format!("Allow 1 to {LONG_MAX} characters."));
        }
        QuestionKind::Number { min, max } if min > max => {
            faults.add(field, "The least number is greater than the greatest. Swap them.");
        }
        QuestionKind::Many { options, min, max } => {
            check_options(field, options, faults);
            let possible = (1..=*max).contains(min) && usize::try_from(*max).is_ok_and(|max| max <= options.len());
            if !possible {
                faults.add(field, "Let people choose at least 1, and at most as many as there are options.");
            }
        }
        QuestionKind::One { options } => check_options(field, options, faults),
        QuestionKind::Short { .. } | QuestionKind::Long { .. } | QuestionKind::Number { .. } | QuestionKind::YesNo => {}
    }
}

fn check_options(field: &str, options: &[ChoiceOption], faults: &mut Faults) {
    if !(1..=OPTIONS_MAX).contains(&options.len()) {
        let mend = format!("There are {} options; have 1 to {OPTIONS_MAX}.", options.len());
        faults.add(format!("{field}.options"), mend);
    }
    let mut keys = BTreeSet::new();
    for (index, ChoiceOption { key, label, slot }) in options.iter().enumerate() {
        let field = format!("{field}.options[{index}]");
        if key.is_empty() || key.len() > OPTION_KEY_MAX || key.contains(|c: char| c == ';' || c.is_whitespace()) {
            let mend = format!("Use 1 to {OPTION_KEY_MAX} characters without spaces and semicolons.");
            faults.add(format!("{field}.key"), mend);
        }
        if !keys.insert(key) {
            faults.add(format!("{field}.key"), format!("The option {key} stands there twice. Remove one."));
        }
        faults.text(&format!("{field}.label"), label, OPTION_LABEL_MAX);
        if slot.is_some_and(|slot| slot.from >= slot.to) {
            faults.add(format!("{field}.slot"), "The hours must begin before they end.");
        }
    }
}

/// What a meaning asks of the kind of question that carries it.
fn check_meaning(field: &str, meaning: Meaning, kind: &QuestionKind, faults: &mut Faults) {
    let mut wants = |fits: bool, mend: &str| {
        if !fits {
            faults.add(format!("{field}.meaning"), mend);
        }
    };
    let text = matches!(kind, QuestionKind::Short { .. } | QuestionKind::Long { .. });
    let one = matches!(kind, QuestionKind::One { .. });
    let options = kind.options();
    match meaning {
        Meaning::Supervisor | Meaning::Wish | Meaning::Goals | Meaning::Offer | Meaning::Note => {
            wants(text, "This meaning needs a short or long text.");
        }
        Meaning::LibrarySystem | Meaning::Branch => wants(text || one, "This meaning needs a text or one choice."),
        Meaning::Position => wants(one, "This meaning needs one choice, from junior to senior, other last."),
        Meaning::PositionSought | Meaning::SpecialisationFirst | Meaning::SpecialisationStrongest => {
            wants(one && !options.is_empty(), "This meaning needs one choice.");
        }
        Meaning::Years => wants(matches!(kind, QuestionKind::Number { .. }), "This meaning needs a number."),
        Meaning::SpecialisationsSought | Meaning::SpecialisationsOffered | Meaning::Formats | Meaning::Languages => {
            wants(kind.is_choice() && !options.is_empty(), "This meaning needs a choice.")
        }
        Meaning::Times => {
            wants(!options.is_empty(), "This meaning needs a choice.");
            wants(options.iter().all(|option| option.slot.is_some()), "Each option of the times needs a slot.");
        }
        Meaning::Zone => {
            let zones = one && options.iter().all(|option| option.key.parse::<Tz>().is_ok());
            wants(zones, "This meaning needs one choice of zones, such as America/Los_Angeles.");
        }
        Meaning::Capacity => {
            let bounded = |count: Option<u32>| count.is_some_and(|count| (1..=CAPACITY_MAX).contains(&count));
            let counts = match kind {
                QuestionKind::Number { min, max } => [min, max].into_iter().all(|n| bounded(u32::try_from(*n).ok())),
                _ => one && options.iter().all(|option| bounded(option.key.parse().ok())),
            };
            wants(counts, &format!("This meaning needs one choice of, or a number within, 1 to {CAPACITY_MAX}."));
        }
    }
}

fn check_steps(of: &str, questions: &[Question], role: Role, faults: &mut Faults) {
    let mut steps: BTreeMap<u8, (usize, usize)> = BTreeMap::new();
    for question in questions.iter().filter(|question| question.asks(role)) {
        let (menus, texts) = steps.entry(question.step).or_default();
        if question.kind.is_choice() {
            *menus += question.kind.options().len().div_ceil(MENU_OPTIONS).max(1);
        } else {
            *texts += 1;
        }
    }
    for (step, (menus, texts)) in steps {
        if menus > STEP_MENUS_MAX || texts > STEP_TEXTS_MAX {
            let mend = format!(
                "Step {step} asks a {role} {menus} choices and {texts} texts; a step holds {STEP_MENUS_MAX} choices \
                 and {STEP_TEXTS_MAX} texts, and a choice counts once for every {MENU_OPTIONS} options. Move some to \
                 another step."
            );
            faults.add(of, mend);
        }
    }
}

/// What is chosen among the options of another question: the two are compared by their keys.
const CHOSEN_AMONG: [(Meaning, Meaning); 3] = [
    (Meaning::SpecialisationFirst, Meaning::SpecialisationsSought),
    (Meaning::SpecialisationStrongest, Meaning::SpecialisationsOffered),
    (Meaning::PositionSought, Meaning::Position),
];

/// Without these nobody could be matched, or the rules could not be kept.
fn check_meanings(questions: &[Question], role: Role, faults: &mut Faults) {
    let own = match role {
        Role::Mentee => [Meaning::LibrarySystem, Meaning::SpecialisationsSought],
        Role::Mentor => [Meaning::LibrarySystem, Meaning::SpecialisationsOffered],
    };
    let asked = || questions.iter().filter(|question| question.asks(role));
    let mut seen = BTreeSet::new();
    for question in asked() {
        if let Some(meaning) = question.meaning
            && !seen.insert(meaning)
        {
            faults.add("questions", format!("Two questions for a {role} share the meaning of {}.", question.key));
        }
    }
    if asked().next().is_none() {
        faults.add("questions", format!("There is no question for a {role}. Add some."));
        return;
    }
    for (chosen, among) in CHOSEN_AMONG {
        let find = |meaning| questions.iter().find(|question| question.meaning == Some(meaning));
        let Some(question) = find(chosen).filter(|question| question.asks(role)) else { continue };
        let known = find(among).map(|question| question.kind.options()).unwrap_or_default();
        for option in question.kind.options() {
            if !known.iter().any(|known| known.key == option.key) {
                let mend = format!("{} is no option of the question that means {}.", option.key, among.key());
                faults.add(format!("questions.{}", question.key), mend);
            }
        }
    }
    for meaning in own {
        if !asked().any(|question| question.meaning == Some(meaning) && question.required) {
            faults.add("questions", format!("A {role} needs a required question with the meaning {}.", meaning.key()));
        }
    }
}
