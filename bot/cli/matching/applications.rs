//! Whole applications: answers by the program's questions, made into candidates. The same rules and the same
//! score as in the program itself.

use std::collections::HashMap;

use plsep_domain::matching::{Candidate, Fit, Reason, fit, reasons, rule_against};
use plsep_domain::{Answers, PersonId, Program, Role, parse_answer};
use serde_json::Value;

use super::input::{Faults, Listed, Person};

/// Everybody's application, in the order of the file.
pub(super) struct Applications {
    pub program: Program,
    pub mentees: Vec<Candidate>,
    pub mentors: Vec<Candidate>,
}

impl Applications {
    /// Reads the answers of everybody on the lists.
    pub(super) fn read(listed: &Listed, program: Program) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        // One number for one id, so that whoever is on both lists is known to be one person.
        let mut ids: Vec<&str> = listed.mentees.iter().chain(&listed.mentors).map(|person| &*person.id.text).collect();
        ids.sort_unstable();
        ids.dedup();
        let number: HashMap<&str, PersonId> = ids.into_iter().zip((1..).map(PersonId::from)).collect();
        let mut candidates = |field: &str, role: Role, people: &[Person]| -> Vec<Candidate> {
            let mut candidates = Vec::with_capacity(people.len());
            for (row, person) in people.iter().enumerate() {
                let answers = answers(&program, role, person, &format!("{field}[{row}]"), &mut faults);
                let number = number[person.id.text.as_str()];
                let mut candidate = Candidate::from_answers(number, &person.name, role, &program, &answers);
                candidate.capacity = person.capacity.unwrap_or(candidate.capacity);
                candidates.push(candidate);
            }
            candidates
        };
        let mentees = candidates("mentees", Role::Mentee, &listed.mentees);
        let mentors = candidates("mentors", Role::Mentor, &listed.mentors);
        faults.or(Self { mentees, mentors, program })
    }

    /// Which rule is against a pair.
    pub(super) fn rule_against(&self, mentee: usize, mentor: usize) -> Option<plsep_domain::matching::Rule> {
        rule_against(&self.mentees[mentee], &self.mentors[mentor], &self.program.matching)
    }

    /// How well two fit, part by part.
    pub(super) fn fit(&self, mentee: usize, mentor: usize) -> Fit {
        fit(&self.mentees[mentee], &self.mentors[mentor], &self.program.matching.weights)
    }

    /// What speaks for a pair.
    pub(super) fn reasons(&self, mentee: usize, mentor: usize, pinned: bool) -> Vec<Reason> {
        reasons(pinned, &self.mentees[mentee], &self.mentors[mentor])
    }
}

fn answers(program: &Program, role: Role, person: &Person, place: &str, faults: &mut Faults) -> Answers {
    let mut answers = Answers::default();
    let Some(given) = &person.answers else {
        faults.add(format!(
            "{place}: expected answers, because there is no field score: give a score for every pair or an application \
             for everybody"
        ));
        return answers;
    };
    for (key, value) in given {
        let Some(question) = program.question(key).filter(|question| question.asks(role)) else {
            let known: Vec<&str> = program.questions_for(role).map(|question| question.key.as_str()).collect();
            faults.add(format!("{place}.answers.{key}: no question to a {role}; expected one of {}", known.join(", ")));
            continue;
        };
        let parsed = typed(value).map(|typed| parse_answer(question, &typed));
        match parsed {
            Some(Ok(answer)) => answers.put(key, answer),
            Some(Err(fault)) => {
                let options: Vec<&str> = question.kind.options().iter().map(|option| option.key.as_str()).collect();
                let options = if options.is_empty() { String::new() } else { format!(" ({})", options.join(", ")) };
                faults.add(format!("{place}.answers.{key}: {fault}{options}, found {value}"));
            }
            None => faults.add(format!(
                "{place}.answers.{key}: expected text, a number, yes or no (true or false), or a list of text"
            )),
        }
    }
    answers
}

/// An answer as a form sends it.
fn typed(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(vec![]),
        Value::Bool(yes) => Some(vec![if *yes { "yes" } else { "no" }.to_owned()]),
        Value::Number(number) => Some(vec![number.to_string()]),
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(list) => list.iter().map(|one| one.as_str().map(str::to_owned)).collect(),
        Value::Object(_) => None,
    }
}
