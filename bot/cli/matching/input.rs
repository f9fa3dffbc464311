//! Reads what is to be matched, or says of everything that is malformed which field and row it is and what was
//! expected. It knows no rule of matching.

use std::collections::HashMap;
use std::fmt;

use plsep_domain::matching::{BEST_SCORE, Keep, Policy};
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::scores::Scores;

/// How many faults are told at once.
const FAULTS_MAX: usize = 20;

/// The fields there are.
const FIELDS: [&str; 7] = ["mentees", "mentors", "forbidden_pairs", "pinned_pairs", "previous", "policy", "score"];

/// What is wrong with the input, fault by fault.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Faults(Vec<String>);

impl Faults {
    pub(super) fn add(&mut self, fault: impl Into<String>) {
        self.0.push(fault.into());
    }

    /// The value, if nothing was wrong.
    pub(super) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told: Vec<String> = self.0.iter().take(FAULTS_MAX).map(|fault| format!("- {fault}")).collect();
        f.write_str(&told.join("\n"))?;
        match self.0.len().saturating_sub(FAULTS_MAX) {
            0 => Ok(()),
            more => write!(f, "\n- and {more} more"),
        }
    }
}

/// Somebody's id, as it was written: as text or as a number. People are told apart by its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Id {
    pub text: String,
    pub written: Value,
}

impl Id {
    fn of(value: &Value) -> Option<Self> {
        let text = match value {
            Value::String(text) if !text.is_empty() => text.clone(),
            Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
            _ => return None,
        };
        Some(Self { text, written: value.clone() })
    }
}

/// A mentee or mentor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub id: Id,
    pub name: String,
    /// Of mentors.
    pub capacity: Option<u32>,
    /// Their application, if there is one.
    pub answers: Option<Map<String, Value>>,
}

/// Everything, in the order of the file. Pairs are rows and columns: of mentees and of mentors.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub mentees: Vec<Person>,
    pub mentors: Vec<Person>,
    pub forbidden: Vec<(usize, usize)>,
    pub pinned: Vec<(usize, usize)>,
    pub previous: Vec<Option<usize>>,
    pub policy: Policy,
    pub scores: Option<Scores>,
}

/// The fields as they are written.
struct Raw {
    fields: Map<String, Value>,
    scores: Option<Scores>,
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with mentees and mentors")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
                let mut raw = Raw { fields: Map::new(), scores: None };
                while let Some(key) = map.next_key::<String>()? {
                    if raw.fields.contains_key(&key) || (key == "score" && raw.scores.is_some()) {
                        return Err(A::Error::custom(format!("{key}: expected once, found twice")));
                    }
                    if key == "score" {
                        raw.scores = map.next_value()?;
                    } else {
                        raw.fields.insert(key, map.next_value()?);
                    }
                }
                Ok(raw)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// Reads the input.
pub(super) fn read(bytes: &[u8]) -> Result<Listed, Faults> {
    let mut faults = Faults::default();
    let Raw { mut fields, scores } = match serde_json::from_slice(bytes) {
        Ok(raw) => raw,
        Err(error) => {
            faults.add(error.to_string());
            return Err(faults);
        }
    };
    for unknown in fields.keys().filter(|key| !FIELDS.contains(&key.as_str())) {
        // What may be meant as one of ours must not be passed over; other people's notes may.
        match FIELDS.iter().find(|field| is_nearly(field, unknown)) {
            Some(field) => faults.add(format!("{unknown}: there is no such field; expected {field}")),
            None => eprintln!("{unknown}: passed over, for there is no such field"),
        }
    }
    let mut list = |name: &str, is_required: bool, faults: &mut Faults| match fields.remove(name) {
        Some(Value::Array(list)) => list,
        None | Some(Value::Null) if !is_required => vec![],
        None => {
            faults.add(format!("{name}: expected a list, found nothing"));
            vec![]
        }
        Some(other) => {
            faults.add(format!("{name}: expected a list, found {}", kind(&other)));
            vec![]
        }
    };
    let mentees = people("mentees", list("mentees", true, &mut faults), false, &mut faults);
    let mentors = people("mentors", list("mentors", true, &mut faults), scores.is_some(), &mut faults);
    let (forbidden, pinned) = (list("forbidden_pairs", false, &mut faults), list("pinned_pairs", false, &mut faults));
    let known = Known { mentees: rows(&mentees), mentors: rows(&mentors) };
    let forbidden = known.pairs("forbidden_pairs", &forbidden, &mut faults);
    let pinned = known.pairs("pinned_pairs", &pinned, &mut faults);
    let previous = known.previous(fields.remove("previous"), mentees.len(), &mut faults);
    let policy = policy(fields.remove("policy"), &mut faults);
    if let Some(scores) = &scores {
        check_lengths(scores, &mentees, mentors.len(), &mut faults);
    }
    faults.or(Listed { mentees, mentors, forbidden, pinned, previous, policy, scores })
}

/// What a value is, for a sentence that says what was found.
fn kind(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

/// Whether two names differ by at most two letters typed wrong, left out or put in.
fn is_nearly(field: &str, other: &str) -> bool {
    let (field, other): (Vec<char>, Vec<char>) = (field.chars().collect(), other.to_lowercase().chars().collect());
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in field.iter().enumerate() {
        let mut before = row[0];
        row[0] = index + 1;
        for column in 0..other.len() {
            let changed = before + usize::from(*letter != other[column]);
            before = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(before + 1);
        }
    }
    row.last().is_some_and(|distance| *distance <= 2)
}

fn people(field: &str, list: Vec<Value>, needs_capacity: bool, faults: &mut Faults) -> Vec<Person> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut people = Vec::with_capacity(list.len());
    for (row, value) in list.into_iter().enumerate() {
        let person = match person(value, field == "mentors") {
            Ok(person) => person,
            Err(fault) => {
                faults.add(format!("{field}[{row}]{fault}"));
                continue;
            }
        };
        if needs_capacity && person.capacity.is_none() {
            faults.add(format!("{field}[{row}].capacity: expected how many mentees they take, found nothing"));
        }
        if let Some(first) = seen.insert(person.id.text.clone(), row) {
            faults.add(format!(
                "{field}[{row}]: expected each id once, found {} at {field}[{first}] already",
                person.id.written
            ));
        }
        people.push(person);
    }
    people
}

fn person(value: Value, is_mentor: bool) -> Result<Person, String> {
    if let (Some(id), false) = (Id::of(&value), is_mentor) {
        return Ok(Person { id, name: String::new(), capacity: None, answers: None });
    }
    let Value::Object(mut fields) = value else {
        let expected = if is_mentor { "an object with id and capacity" } else { "an id, or an object with one" };
        return Err(format!(": expected {expected}, found {}", kind(&value)));
    };
    let id = fields.get("id").unwrap_or(&Value::Null);
    let id = Id::of(id).ok_or_else(|| format!(".id: expected text or a whole number, found {}", kind(id)))?;
    let name = match fields.remove("name") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(name)) => name,
        Some(other) => return Err(format!(".name: expected text, found {}", kind(&other))),
    };
    let capacity = match fields.remove("capacity").filter(|_| is_mentor) {
        None | Some(Value::Null) => None,
        Some(value) => {
            let capacity = value.as_u64().and_then(|number| u32::try_from(number).ok());
            let fault = || format!(".capacity: expected a whole number, 0 or more, found {}", kind(&value));
            Some(capacity.ok_or_else(fault)?)
        }
    };
    let answers = match fields.remove("answers") {
        None | Some(Value::Null) => None,
        Some(Value::Object(answers)) => Some(answers),
        Some(other) => return Err(format!(".answers: expected an object by question, found {}", kind(&other))),
    };
    Ok(Person { id, name, capacity, answers })
}

fn rows(people: &[Person]) -> HashMap<&str, usize> {
    people.iter().enumerate().map(|(row, person)| (person.id.text.as_str(), row)).collect()
}

/// Where everybody stands.
struct Known<'a> {
    mentees: HashMap<&'a str, usize>,
    mentors: HashMap<&'a str, usize>,
}

impl Known<'_> {
    fn pairs(&self, field: &str, list: &[Value], faults: &mut Faults) -> Vec<(usize, usize)> {
        let mut pairs = Vec::with_capacity(list.len());
        for (row, value) in list.iter().enumerate() {
            match self.pair(value) {
                Ok(pair) => pairs.push(pair),
                Err(fault) => faults.add(format!("{field}[{row}]{fault}")),
            }
        }
        pairs
    }

    fn pair(&self, value: &Value) -> Result<(usize, usize), String> {
        let Some([mentee, mentor]) = value.as_array().map(Vec::as_slice) else {
            return Err(format!(": expected [mentee, mentor], found {}", kind(value)));
        };
        let find = |index: usize, whom: &str, known: &HashMap<&str, usize>, value: &Value| {
            let id =
                Id::of(value).ok_or_else(|| format!("[{index}]: expected a {whom}'s id, found {}", kind(value)))?;
            let row = known.get(id.text.as_str()).copied();
            row.ok_or_else(|| format!("[{index}]: expected the id of a {whom} on the list, found {}", id.written))
        };
        Ok((find(0, "mentee", &self.mentees, mentee)?, find(1, "mentor", &self.mentors, mentor)?))
    }

    /// Earlier pairs. Whoever is not on the lists any more has withdrawn; such a pair counts for nothing.
    fn previous(&self, value: Option<Value>, mentees: usize, faults: &mut Faults) -> Vec<Option<usize>> {
        let mut previous = vec![None; mentees];
        for (mentee, mentor) in fields(value, "previous", "an object {mentee: mentor}", faults) {
            let id = Id::of(&mentor);
            if id.is_none() && !mentor.is_null() {
                faults.add(format!("previous.{mentee}: expected a mentor's id or null, found {}", kind(&mentor)));
            }
            if let (Some(row), Some(id)) = (self.mentees.get(mentee.as_str()), id) {
                previous[*row] = self.mentors.get(id.text.as_str()).copied();
            }
        }
        previous
    }
}

/// The fields of an object that may be missing; none of anything else, which is a fault.
fn fields(value: Option<Value>, name: &str, expected: &str, faults: &mut Faults) -> Map<String, Value> {
    match value {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(fields)) => fields,
        Some(other) => {
            faults.add(format!("{name}: expected {expected}, found {}", kind(&other)));
            Map::new()
        }
    }
}

fn policy(value: Option<Value>, faults: &mut Faults) -> Policy {
    let mut policy = Policy::default();
    for (name, value) in fields(value, "policy", "an object with weak and keep", faults) {
        match (name.as_str(), &value) {
            ("weak", _) => match value.as_u64().and_then(|weak| u8::try_from(weak).ok()) {
                Some(weak) if weak <= BEST_SCORE => policy.weak = weak,
                _ => faults.add(format!("policy.weak: expected a whole number from 0 to 100, found {}", kind(&value))),
            },
            ("keep", Value::String(keep)) if keep == "none" => policy.keep = Keep::None,
            ("keep", Value::String(keep)) if keep == "bonus" => policy.keep = Keep::Bonus,
            ("keep", Value::String(keep)) if keep == "published" => policy.keep = Keep::Published,
            ("keep", _) => {
                faults
                    .add(format!("policy.keep: expected \"none\", \"bonus\" or \"published\", found {}", kind(&value)));
            }
            _ => faults.add(format!("policy.{name}: there is no such field; expected weak or keep")),
        }
    }
    policy
}

fn check_lengths(scores: &Scores, mentees: &[Person], mentors: usize, faults: &mut Faults) {
    if scores.lengths.len() != mentees.len() {
        let (expected, found) = (mentees.len(), scores.lengths.len());
        faults.add(format!("score: expected {expected} rows, one for each mentee, found {found}"));
    }
    for (row, (length, mentee)) in scores.lengths.iter().zip(mentees).enumerate().filter(|(_, (l, _))| **l != mentors) {
        let id = &mentee.id.written;
        faults
            .add(format!("score[{row}] (mentee {id}): expected {mentors} scores, one for each mentor, found {length}"));
    }
}
