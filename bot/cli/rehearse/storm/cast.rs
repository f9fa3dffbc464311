//! The people of a storm: sixty applicants made of those who come with the program, with names and answers that try
//! what a chat, a spreadsheet and a database can stand.

use super::super::super::people::{Applicant, Part, Temperament};
use super::weather::Weather;

/// How many apply.
const APPLICANTS: usize = 60;

/// Names that harm whoever does not take them for what they are.
const NASTY: [&str; 6] = [
    "@everyone Ana",
    "<!channel> Bea",
    "=cmd()|'/c calc'!A1",
    "Robert'); DROP TABLE people;--",
    "\u{202e}Zoe\u{202c} 🐉 *bold* _it_",
    "<@U123> `code` ~no~ [a](http://x.example)",
];

/// What stands before the words that only coordinators may read.
pub(super) const SECRET: &str = "canary";

/// Sixty applicants, the coordinators and the owner, from those of the file.
pub(super) fn sixty(people: &[Applicant], weather: &Weather) -> Vec<Applicant> {
    let applicants: Vec<&Applicant> = people.iter().filter(|person| person.role().is_some()).collect();
    let mut cast: Vec<Applicant> = people.iter().filter(|person| person.role().is_none()).cloned().collect();
    for place in 0..APPLICANTS.min(applicants.len() * 26) {
        let Some(model) = applicants.get(place % applicants.len()) else { continue };
        let round = place / applicants.len();
        let mut person = (*model).clone();
        if round > 0 {
            person.handle = format!("{}{round}", person.handle);
            person.email = format!("{round}.{}", person.email);
            person.name = format!("{} {}", person.name, ["II", "III", "IV", "V"][(round - 1) % 4]);
        }
        if place % 9 == 4 {
            person.name = NASTY[(place / 9) % NASTY.len()].to_owned();
        }
        person.temperament = Some(match weather.roll("temperament", 10) {
            0..4 => Temperament::Prompt,
            4..6 => Temperament::Confused,
            6..8 => Temperament::Forgetful,
            _ => Temperament::Silent,
        });
        person.answers.insert("note".to_owned(), format!("{SECRET} {}", person.handle));
        cast.push(person);
    }
    debug_assert!(cast.iter().any(|person| person.part == Part::Owner), "somebody owns the community");
    cast
}
