//! The people of a rehearsal: read from a CSV file with the columns handle, name, email, role, locale, zone,
//! on_roster, temperament, and one column for each question of the program (several choices separated by `;`).
//! Whose temperament is left empty is dealt one by the seed.

use std::collections::BTreeMap;

use plsep_domain::{Program, QuestionKind, Role, RosterEntry};
use plsep_sandbox::{NewResident, Resident};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// Columns that are not questions.
const OWN_COLUMNS: [&str; 8] = ["handle", "name", "email", "role", "locale", "zone", "on_roster", "temperament"];

/// What somebody does in the season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Applies.
    Applicant(Role),
    /// Coordinates.
    Coordinator,
    /// Owns the server or workspace.
    Owner,
}

/// How somebody behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Temperament {
    /// Applies early, answers at once, sets meetings.
    Prompt,
    /// Begins early and sends on the last day, needs reminding, says "not yet" first, pauses.
    Forgetful,
    /// Applies, and never answers a question.
    Silent,
    /// Writes what can mean two things, changes their mind, plans, and asks for help.
    Confused,
    /// Does what the prompt do, and leaves before the end.
    Leaving,
}

/// What ten people are dealt; who gets which is for the seed.
const DEAL: [Temperament; 10] = [
    Temperament::Prompt,
    Temperament::Prompt,
    Temperament::Prompt,
    Temperament::Prompt,
    Temperament::Forgetful,
    Temperament::Forgetful,
    Temperament::Confused,
    Temperament::Confused,
    Temperament::Silent,
    Temperament::Leaving,
];

/// One person of the file.
#[derive(Clone, Debug)]
pub(super) struct Applicant {
    pub handle: String,
    pub name: String,
    pub email: String,
    pub part: Part,
    pub locale: String,
    pub zone: String,
    pub on_roster: bool,
    /// Everybody who applies has one once the people are read.
    pub temperament: Option<Temperament>,
    /// Question key -> what is typed or chosen.
    pub answers: BTreeMap<String, String>,
}

impl Applicant {
    /// As what the person applies.
    pub fn role(&self) -> Option<Role> {
        match self.part {
            Part::Applicant(role) => Some(role),
            Part::Coordinator | Part::Owner => None,
        }
    }

    /// Whether the person behaves so.
    pub fn is(&self, temperament: Temperament) -> bool {
        self.temperament == Some(temperament)
    }

    /// The person's answer to a question as a form takes it: one text, or the chosen keys.
    pub fn values(&self, question: &plsep_domain::Question) -> Vec<String> {
        let Some(given) = self.answers.get(&question.key).filter(|given| !given.is_empty()) else { return vec![] };
        match question.kind {
            QuestionKind::Many { .. } => given.split(';').map(|key| key.trim().to_owned()).collect(),
            _ => vec![given.clone()],
        }
    }
}

/// Reads the people, or says of the first faulty line what is wrong. The seed deals temperaments.
pub(super) fn read(text: &str, seed: u64) -> Result<Vec<Applicant>, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| format!("The file of people cannot be read: {error}"))?.clone();
    if let Some(missing) = OWN_COLUMNS.iter().find(|column| !headers.iter().any(|header| header == **column)) {
        return Err(format!("The file of people lacks the column {missing}."));
    }
    let mut people = Vec::new();
    let mut open = Vec::new();
    for (index, row) in reader.records().enumerate() {
        let line = index + 2;
        let row = row.map_err(|error| format!("Row {line} of the people cannot be read: {error}"))?;
        let mut fields: BTreeMap<String, String> =
            headers.iter().zip(row.iter()).map(|(header, field)| (header.to_owned(), field.to_owned())).collect();
        let person = person(&mut fields).map_err(|what| format!("Row {line} of the people: {what}"))?;
        if person.temperament.is_none() && person.role().is_some() {
            open.push(people.len());
        }
        people.push(person);
    }
    open.shuffle(&mut StdRng::seed_from_u64(seed));
    for (place, temperament) in open.into_iter().zip(DEAL.into_iter().cycle()) {
        people[place].temperament = Some(temperament);
    }
    Ok(people)
}

fn person(fields: &mut BTreeMap<String, String>) -> Result<Applicant, String> {
    let mut take = |name: &str| fields.remove(name).unwrap_or_default();
    let [handle, name, email, role, locale, zone, on_roster, temperament] = OWN_COLUMNS.map(&mut take);
    if handle.is_empty() {
        return Err("the handle is empty".to_owned());
    }
    let part = match role.as_str() {
        "coordinator" => Part::Coordinator,
        "owner" => Part::Owner,
        role => {
            Part::Applicant(role.parse().map_err(|_| format!("“{role}” is not mentee, mentor, coordinator or owner"))?)
        }
    };
    let temperament = match temperament.as_str() {
        "" => None,
        "prompt" => Some(Temperament::Prompt),
        "forgetful" => Some(Temperament::Forgetful),
        "silent" => Some(Temperament::Silent),
        "confused" => Some(Temperament::Confused),
        "leaving" => Some(Temperament::Leaving),
        other => return Err(format!("“{other}” is not prompt, forgetful, silent, confused or leaving")),
    };
    let on_roster = on_roster == "yes";
    // One column is both the zone of the person's device and the answer to a question of that name.
    fields.insert("zone".to_owned(), zone.clone());
    Ok(Applicant { handle, name, email, part, locale, zone, on_roster, temperament, answers: std::mem::take(fields) })
}

/// Everybody as a platform knows them, the owner first.
pub(super) fn residents(people: &[Applicant]) -> Vec<NewResident> {
    let mut all: Vec<&Applicant> = people.iter().collect();
    all.sort_by_key(|person| person.part != Part::Owner);
    all.into_iter()
        .map(|person| NewResident {
            handle: person.handle.clone(),
            name: person.name.clone(),
            email: Some(person.email.clone()),
            locale: if person.locale.starts_with("es") { "es-ES".to_owned() } else { "en-US".to_owned() },
            zone: person.zone.clone(),
            owner: person.part == Part::Owner,
            admin: person.part == Part::Owner,
            dms_closed: false,
        })
        .collect()
}

/// The roster of program participants: the mentees who are on it, by the account they have on this platform.
pub(super) fn roster(people: &[Applicant], residents: &[Resident]) -> Vec<RosterEntry> {
    people
        .iter()
        .filter(|person| person.on_roster && person.role() == Some(Role::Mentee))
        .map(|person| RosterEntry {
            name: person.name.clone(),
            email: person.email.clone(),
            chat_user: residents.iter().find(|resident| resident.handle == person.handle).map(|found| found.id.clone()),
            library_system: person.answers.get("library_system").cloned().unwrap_or_default(),
            active: true,
        })
        .collect()
}

/// A line that names a person, as it is typed on a platform: by option name where the client asks for it.
pub(super) fn naming(platform: &str, command: &str, handle: &str, more: Option<(&str, &str)>) -> String {
    let more = more.map(|(option, words)| match platform {
        "discord" => format!(" {option}:\"{words}\""),
        _ => format!(" {words}"),
    });
    let named = naming_all(platform, command, &[("person", handle)]);
    format!("{named}{}", more.unwrap_or_default())
}

/// The same for several people, each by the option that names them.
pub(super) fn naming_all(platform: &str, command: &str, people: &[(&str, &str)]) -> String {
    let person = |(option, handle): &(&str, &str)| match platform {
        "discord" => format!(" {option}:@{handle}"),
        _ => format!(" @{handle}"),
    };
    format!("{command}{}", people.iter().map(person).collect::<String>())
}

/// The program's people answer the program's questions.
pub(super) fn check(people: &[Applicant], program: &Program) -> Result<(), String> {
    for person in people {
        let Some(role) = person.role() else { continue };
        for question in program.questions_for(role) {
            let values = person.values(question);
            match plsep_domain::parse_answer(question, &values) {
                Err(fault) => return Err(format!("{}, {}: {fault}", person.handle, question.key)),
                Ok(None) if question.required => {
                    return Err(format!("{} does not answer {}", person.handle, question.key));
                }
                Ok(_) => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_people_answer_the_shipped_questions() {
        let program = crate::config::load_program(&crate::config::ProgramSource::default()).unwrap();
        let people = read(include_str!("../../config/programs/plsep-2025-people.csv"), 1).unwrap();
        check(&people, &program).unwrap();
        assert_eq!(people.iter().filter(|person| person.role().is_some()).count(), 40);
        assert_eq!(people.iter().filter(|person| person.part == Part::Owner).count(), 1);
        let leaving = people.iter().filter(|person| person.is(Temperament::Leaving)).count();
        assert_eq!(leaving, 4, "every tenth applicant leaves, whoever that is");
    }

    #[test]
    fn a_faulty_row_is_named() {
        let heading = OWN_COLUMNS.join(",");
        let fault = |row: &str| read(&format!("{heading}\n{row}\n"), 1).unwrap_err();
        assert!(fault("a,A,a@x,wizard,en,UTC,yes,prompt").contains("Row 2"));
        assert!(fault("a,A,a@x,mentor,en,UTC,yes,moody").contains("moody"));
        assert!(read("handle,name\n", 1).unwrap_err().contains("email"));
    }
}
