//! One person as the matching sees them, made from their answers.
//!
//! It holds what the rules and the fit need and nothing more: no name is shown, and of free text no more is
//! kept than the beginnings of the words that goals and offers are made of.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::WeekHours;
use crate::{
    application::{Answer, Answers},
    calendar::DateName,
    ids::PersonId,
    program::Program,
    question::{Meaning, Question, Role},
    text::words,
};

/// Words in the names of library systems that tell no two of them apart.
const FILLER_WORDS: [&str; 7] = ["the", "of", "library", "libraries", "public", "system", "branch"];

/// A word with fewer letters says little about goals.
const TELLING_LETTERS: usize = 4;

/// Words that begin alike are taken for one: "manager", "managing", "management"; "dirigir", "dirigente".
const STEM_LETTERS: usize = 5;

/// Longer words of English and Spanish that everybody uses, as far as they are kept.
const EVERYBODYS_WORDS: [&str; 44] = [
    "about", "again", "algo", "also", "anoth", "apren", "becau", "been", "bibli", "carre", "como", "could", "cuand",
    "desde", "donde", "from", "haber", "have", "help", "into", "learn", "libra", "like", "mento", "more", "much",
    "quier", "share", "sobre", "some", "that", "their", "there", "these", "they", "this", "want", "what", "when",
    "which", "will", "with", "would", "your",
];

/// One mentee or mentor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// The words of their own name, for finding supervisors.
    pub name: Vec<String>,
    /// The words of their library system; empty when it is not known.
    pub library_system: Vec<String>,
    /// The words of their supervisor's name; empty when they gave none.
    pub supervisor: Vec<String>,
    /// How many mentees they take; for a mentee 0.
    pub capacity: u32,
    /// What they seek or offer: option keys.
    pub specialisations: BTreeSet<String>,
    /// How they like to meet: option keys.
    pub formats: BTreeSet<String>,
    /// The languages they can meet in: option keys.
    pub languages: BTreeSet<String>,
    /// When they can usually meet.
    pub hours: WeekHours,
    /// Where their position stands between junior and senior: the option's place in the file. Unknown for
    /// the option `other`.
    pub position: Option<u32>,
    /// Their years in libraries.
    pub years: Option<i64>,
    /// What a mentee's goals, or a mentor's offer, speak of: beginnings of words.
    #[serde(default)]
    pub goals: BTreeSet<String>,
    /// Of what they seek or offer, what comes first: an option key.
    #[serde(default)]
    pub first: Option<String>,
    /// Where the position that a mentee aims for stands between junior and senior.
    #[serde(default)]
    pub sought: Option<u32>,
    /// The words of the name of the mentor whom a mentee would like.
    #[serde(default)]
    pub wish: Vec<String>,
}

impl Candidate {
    /// The candidate these answers make. Unanswered questions count for nothing; a mentor who was not
    /// asked how many mentees they take takes one.
    #[must_use]
    pub fn from_answers(person: PersonId, name: &str, role: Role, program: &Program, answers: &Answers) -> Self {
        let given = Given { program, role, answers };
        let (specialisations, first, goals) = match role {
            Role::Mentee => (Meaning::SpecialisationsSought, Meaning::SpecialisationFirst, Meaning::Goals),
            Role::Mentor => (Meaning::SpecialisationsOffered, Meaning::SpecialisationStrongest, Meaning::Offer),
        };
        // What comes first is among the others, also for somebody who did not say so.
        let first = given.chosen(first).into_iter().next();
        let mut all = given.chosen(specialisations);
        all.extend(first.clone());
        Self {
            person,
            name: words(name),
            library_system: system_words(&given.text(Meaning::LibrarySystem)),
            supervisor: words(&given.text(Meaning::Supervisor)),
            capacity: if role == Role::Mentor { given.capacity() } else { 0 },
            specialisations: all,
            formats: given.chosen(Meaning::Formats),
            languages: given.chosen(Meaning::Languages),
            hours: given.hours(),
            position: given.position(Meaning::Position),
            years: given.number(Meaning::Years),
            goals: telling_words(&given.text(goals)),
            first,
            sought: given.position(Meaning::PositionSought),
            wish: words(&given.text(Meaning::Wish)),
        }
    }
}

/// One person's answers by meaning.
struct Given<'a> {
    program: &'a Program,
    role: Role,
    answers: &'a Answers,
}

impl Given<'_> {
    fn answer(&self, meaning: Meaning) -> Option<(&Question, &Answer)> {
        let question = self.program.meaning(meaning, self.role)?;
        Some((question, self.answers.get(&question.key)?))
    }

    fn text(&self, meaning: Meaning) -> String {
        match self.answer(meaning) {
            Some((_, Answer::Text(text) | Answer::One(text))) => text.clone(),
            Some((_, Answer::Many(_) | Answer::Yes(_) | Answer::Number(_))) | None => String::new(),
        }
    }

    fn number(&self, meaning: Meaning) -> Option<i64> {
        match self.answer(meaning)?.1 {
            Answer::Number(number) => Some(*number),
            Answer::One(key) => key.parse().ok(),
            Answer::Text(_) | Answer::Many(_) | Answer::Yes(_) => None,
        }
    }

    fn chosen(&self, meaning: Meaning) -> BTreeSet<String> {
        self.answer(meaning).map(|(_, answer)| answer.chosen().iter().cloned().collect()).unwrap_or_default()
    }

    fn capacity(&self) -> u32 {
        self.number(Meaning::Capacity).and_then(|number| u32::try_from(number).ok()).unwrap_or(1)
    }

    /// The place of a position among all that can be held.
    fn position(&self, meaning: Meaning) -> Option<u32> {
        let (_, answer) = self.answer(meaning)?;
        let key = answer.chosen().first().filter(|key| *key != "other")?;
        let held = self.program.meaning(Meaning::Position, self.role)?;
        let place = held.kind.options().iter().position(|option| option.key == *key)?;
        u32::try_from(place).ok()
    }

    fn hours(&self) -> WeekHours {
        let calendar = &self.program.calendar;
        let zone = self.text(Meaning::Zone).parse::<Tz>().unwrap_or(calendar.zone());
        let (from, until) = (calendar.instant(DateName::RunsFrom), calendar.instant(DateName::RunsUntil));
        let middle = from + (until - from) / 2;
        let mut hours = WeekHours::default();
        if let Some((question, answer)) = self.answer(Meaning::Times) {
            for slot in answer.chosen().iter().filter_map(|key| question.option(key)?.slot) {
                hours.add(slot, zone, middle);
            }
        }
        hours
    }
}

/// The words that tell library systems apart, in an order of their own: "Library of Fresno County" is
/// "Fresno County Public Library". A name of nothing but filler keeps it.
fn system_words(text: &str) -> Vec<String> {
    let all: BTreeSet<String> = words(text).into_iter().collect();
    let telling: Vec<String> = all.iter().filter(|word| !FILLER_WORDS.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { all.into_iter().collect() } else { telling }
}

/// The beginnings of the words of a text that say what it is about, whatever their ending.
fn telling_words(text: &str) -> BTreeSet<String> {
    let long = words(text).into_iter().filter(|word| word.chars().count() >= TELLING_LETTERS);
    let stems = long.map(|word| word.chars().take(STEM_LETTERS).collect::<String>());
    stems.filter(|stem| !EVERYBODYS_WORDS.contains(&stem.as_str())).collect()
}
