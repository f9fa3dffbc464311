//! Answers to a program's questions, and how raw input becomes one.
//!
//! What comes in here was typed or chosen by a person on some form; what goes out fits its question. It
//! never shortens or guesses: an answer that does not fit is refused with the reason.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    program::Program,
    question::{Question, QuestionKind, Role},
    text::clean,
};

/// One answer. Stored as `{"text": "..."}`, `{"many": ["a", "b"]}` and so on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// What the person wrote.
    Text(String),
    /// The key of the chosen option.
    One(String),
    /// The keys of the chosen options, in the question's order.
    Many(Vec<String>),
    /// Yes or no.
    Yes(bool),
    /// A whole number.
    Number(i64),
}

/// What is wrong with an answer. It never repeats what the person wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AnswerFault {
    /// Too many characters.
    #[error("{length} characters, {max} at most")]
    TooLong {
        /// The most characters it may have.
        max: u32,
        /// How many it has.
        length: u32,
    },
    /// Not one of the options.
    #[error("not one of the options")]
    UnknownOption,
    /// Too few options chosen.
    #[error("choose at least {min}")]
    TooFew {
        /// The fewest.
        min: u32,
    },
    /// Too many options chosen.
    #[error("choose at most {max}")]
    TooMany {
        /// The most.
        max: u32,
    },
    /// Not a whole number within bounds.
    #[error("write a whole number from {min} to {max}")]
    NotANumber {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// Neither yes nor no.
    #[error("answer yes or no")]
    NotYesOrNo,
}

impl AnswerFault {
    /// The stable name under which the text catalogue keeps the sentence for this fault.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooLong { .. } => "answer-too-long",
            Self::UnknownOption => "answer-unknown-option",
            Self::TooFew { .. } => "answer-too-few",
            Self::TooMany { .. } => "answer-too-many",
            Self::NotANumber { .. } => "answer-not-a-number",
            Self::NotYesOrNo => "answer-not-yes-or-no",
        }
    }
}

/// The answers given so far, by question key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answer>);

impl Answers {
    /// The answer to this question.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Answer> {
        self.0.get(key)
    }

    /// Keeps the answer to a question; `None` takes an earlier one back.
    pub fn put(&mut self, key: &str, answer: Option<Answer>) {
        match answer {
            Some(answer) => self.0.insert(key.to_owned(), answer),
            None => self.0.remove(key),
        };
    }

    /// The required questions of this role without an answer, in the program's order.
    #[must_use]
    pub fn missing<'p>(&self, program: &'p Program, role: Role) -> Vec<&'p Question> {
        self.missing_of(program.questions_for(role))
    }

    /// Of these questions the required ones without an answer, in their order.
    #[must_use]
    pub fn missing_of<'p>(&self, questions: impl Iterator<Item = &'p Question>) -> Vec<&'p Question> {
        questions.filter(|question| question.required && self.get(&question.key).is_none()).collect()
    }
}

impl Answer {
    /// The keys that were chosen; none for text and numbers.
    #[must_use]
    pub fn chosen(&self) -> &[String] {
        match self {
            Self::One(key) => std::slice::from_ref(key),
            Self::Many(keys) => keys,
            Self::Text(_) | Self::Yes(_) | Self::Number(_) => &[],
        }
    }
}

/// Makes an answer of what came in: one string for what is typed, one per chosen option otherwise.
/// `None` when nothing was given; whether that will do is for [`Answers::missing`] to say.
///
/// # Errors
/// What keeps it from being an answer to this question.
pub fn parse_answer(question: &Question, raw: &[String]) -> Result<Option<Answer>, AnswerFault> {
    let lines = matches!(question.kind, QuestionKind::Long { .. });
    let given: Vec<String> = raw.iter().map(|text| clean(text, lines)).filter(|text| !text.is_empty()).collect();
    if given.is_empty() {
        return Ok(None);
    }
    let answer = match &question.kind {
        QuestionKind::Short { max } => typed(&given.join(" "), *max)?,
        QuestionKind::Long { max } => typed(&given.join("\n"), *max)?,
        QuestionKind::One { .. } => match chosen(question, &given)?.as_slice() {
            [key] => Answer::One(key.clone()),
            _ => return Err(AnswerFault::TooMany { max: 1 }),
        },
        QuestionKind::Many { min, max, .. } => {
            let keys = chosen(question, &given)?;
            let count = u32::try_from(keys.len()).unwrap_or(u32::MAX);
            if count < *min {
                return Err(AnswerFault::TooFew { min: *min });
            }
            if count > *max {
                return Err(AnswerFault::TooMany { max: *max });
            }
            Answer::Many(keys)
        }
        QuestionKind::YesNo => yes_or_no(&given)?,
        QuestionKind::Number { min, max } => number(&given, *min, *max)?,
    };
    Ok(Some(answer))
}

fn typed(text: &str, max: u32) -> Result<Answer, AnswerFault> {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if length > max { Err(AnswerFault::TooLong { max, length }) } else { Ok(Answer::Text(text.to_owned())) }
}

/// The chosen keys, each once, in the question's order.
fn chosen(question: &Question, given: &[String]) -> Result<Vec<String>, AnswerFault> {
    let given: BTreeSet<&str> = given.iter().map(String::as_str).collect();
    if given.iter().any(|key| question.option(key).is_none()) {
        return Err(AnswerFault::UnknownOption);
    }
    let options = question.kind.options().iter();
    Ok(options.filter(|option| given.contains(option.key.as_str())).map(|option| option.key.clone()).collect())
}

/// Forms send `yes` and `no`; people who type may use their own language.
fn yes_or_no(given: &[String]) -> Result<Answer, AnswerFault> {
    match given {
        [one] => match one.to_lowercase().as_str() {
            "yes" | "y" | "true" | "sí" | "si" => Ok(Answer::Yes(true)),
            "no" | "n" | "false" => Ok(Answer::Yes(false)),
            _ => Err(AnswerFault::NotYesOrNo),
        },
        _ => Err(AnswerFault::NotYesOrNo),
    }
}

fn number(given: &[String], min: i64, max: i64) -> Result<Answer, AnswerFault> {
    match given {
        [one] => one.parse().ok().filter(|number| (min..=max).contains(number)).map(Answer::Number),
        _ => None,
    }
    .ok_or(AnswerFault::NotANumber { min, max })
}
