//! One season of one program, as its file describes it.
//!
//! It reads no file: somebody else turns the text into a [`Program`]. A program that has been read may
//! still be faulty; [`Program::check`] finds every fault at once, so that a coordinator mends the file in
//! one go.

mod check;
mod next;

use serde::{Deserialize, Serialize};

pub use check::ProgramFault;

use crate::{
    calendar::Calendar,
    nudge::NudgeRule,
    question::{Meaning, Question, Role},
    text::Localised,
    watch::WatchRule,
};

/// One season of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Its stable name, in lower case with hyphens.
    pub key: String,
    /// What people call it.
    pub name: Localised,
    /// Where people write to when the bot cannot help.
    pub contact: String,
    /// Its dates.
    pub calendar: Calendar,
    /// How it nudges.
    pub nudge: NudgeRule,
    /// How it matches.
    pub matching: MatchingRule,
    /// What both sides sign.
    pub agreement: Agreement,
    /// What people read before they apply.
    pub about: About,
    /// One conversation prompt per month of the run, in order.
    pub prompts: Vec<Localised>,
    /// What people are asked when they apply, in order.
    pub questions: Vec<Question>,
    /// What people are asked when the run is over, in order. Nothing in a season that was set up before there were
    /// closing surveys.
    #[serde(default)]
    pub survey: Vec<Question>,
    /// How it is watched over. Seasons that were set up before that could be said have the usual.
    #[serde(default)]
    pub watch: WatchRule,
}

/// The form both sides sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The version of the text. A new text needs a new version.
    pub version: String,
    /// The text.
    pub text: Localised,
}

/// What people read before they apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// What the program is.
    pub what: Localised,
    /// What a mentee gains.
    pub mentee_benefits: Localised,
    /// What a mentor gains.
    pub mentor_benefits: Localised,
    /// What is expected of both.
    pub expectations: Localised,
}

/// How a program matches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchingRule {
    /// Whether two people of one library system may be paired.
    #[serde(default)]
    pub same_library_system: bool,
    /// What makes a good pair.
    pub weights: Weights,
}

/// How many points of 100 each part of a fit is worth. They add up to 100.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// The mentor offers what the mentee seeks.
    pub specialisations: u32,
    /// They can meet at the same hours, in real time across zones.
    pub times: u32,
    /// They like to meet the same way.
    pub formats: u32,
    /// They share a language.
    pub languages: u32,
    /// The mentor's position is further along.
    pub position: u32,
    /// The mentor has more years in libraries.
    pub years: u32,
    /// The mentor's position is one to three steps further along: close enough to remember the way.
    #[serde(default)]
    pub career: u32,
    /// What the mentee wants to reach and what the mentor offers speak of the same things.
    #[serde(default)]
    pub goals: u32,
    /// The mentor holds the position that the mentee aims for.
    #[serde(default)]
    pub sought: u32,
    /// The mentee would like this mentor.
    #[serde(default)]
    pub wish: u32,
}

impl Weights {
    /// What the parts add up to.
    #[must_use]
    pub fn total(&self) -> u64 {
        let Self { specialisations, times, formats, languages, position, years, career, goals, sought, wish } = *self;
        let parts = [specialisations, times, formats, languages, position, years, career, goals, sought, wish];
        parts.into_iter().map(u64::from).sum()
    }
}

impl Program {
    /// The question of this key.
    #[must_use]
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == key)
    }

    /// The questions people of this role are asked, in order.
    pub fn questions_for(&self, role: Role) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(move |question| question.asks(role))
    }

    /// What people of this role are asked when the run is over, in order.
    pub fn survey_for(&self, role: Role) -> impl Iterator<Item = &Question> {
        self.survey.iter().filter(move |question| question.asks(role))
    }

    /// The steps of the closing survey for this role, in order, each with its questions.
    #[must_use]
    pub fn survey_steps(&self, role: Role) -> Vec<(u8, Vec<&Question>)> {
        by_step(self.survey_for(role))
    }

    /// The question people of this role are asked that has this meaning.
    #[must_use]
    pub fn meaning(&self, meaning: Meaning, role: Role) -> Option<&Question> {
        self.questions_for(role).find(|question| question.meaning == Some(meaning))
    }

    /// The steps of the form for this role, in order, each with its questions.
    #[must_use]
    pub fn steps(&self, role: Role) -> Vec<(u8, Vec<&Question>)> {
        by_step(self.questions_for(role))
    }
}

fn by_step<'p>(questions: impl Iterator<Item = &'p Question>) -> Vec<(u8, Vec<&'p Question>)> {
    let mut steps: Vec<(u8, Vec<&Question>)> = Vec::new();
    for question in questions {
        match steps.iter_mut().find(|(step, _)| *step == question.step) {
            Some((_, questions)) => questions.push(question),
            None => steps.push((question.step, vec![question])),
        }
    }
    steps.sort_by_key(|(step, _)| *step);
    steps
}

#[cfg(test)]
pub(crate) use tests::shipped;

#[cfg(test)]
mod tests;
