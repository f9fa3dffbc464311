//! What the cast answers to the program's questions. Two libraries, so that mentees and mentors may be paired.

use plsep_domain::{Question, Role};

/// The library system of mentees and of mentors.
pub const LIBRARY: [&str; 2] = ["Fresno County Public Library", "Oakland Public Library"];

/// Somebody's usual answer to a question.
pub fn usual(handle: &str, role: Role, question: &Question) -> Vec<String> {
    let one = |text: &str| vec![text.to_owned()];
    match question.key.as_str() {
        "library_system" => one(LIBRARY[usize::from(role == Role::Mentor)]),
        "branch" => one("Main Library"),
        "position" => one(if role == Role::Mentor { "branch_manager" } else { "assistant" }),
        "years" => one(if role == Role::Mentor { "15" } else { "4" }),
        "specialisations_sought" | "specialisations_offered" => vec!["children".to_owned(), "literacy".to_owned()],
        "goals" => vec![format!("I want to plan a year of storytimes. ({handle})")],
        "offer" => vec![format!("I have run a children's department for a decade. ({handle})")],
        "formats" => one("video"),
        "times" => one("weekday_noon"),
        "zone" => one("America/Los_Angeles"),
        "languages" => one("en"),
        "capacity" => one("1"),
        "note" => vec![format!("A word for the coordinators alone, from {handle}.")],
        _ => vec![],
    }
}
