//! The list of participants as an office keeps it: a title, headings of its own, and some rows that have a mistake. Makes
//! the file and knows how many mistakes it has made; brings nothing in.

use plsep_domain::{Program, RosterEntry};

/// Rows with a mistake, one in each, as offices write them.
const BAD_ROWS: [[&str; 5]; 4] = [
    ["", "no.name@libraries.example", "Marin County Free Library", "", "active"],
    ["Pat Without", "pat at libraries", "Marin County Free Library", "", "active"],
    ["Robin Perhaps", "robin.perhaps@libraries.example", "Marin County Free Library", "", "perhaps"],
    ["=HYPERLINK(\"http://x.example\")", "formula@libraries.example", "Marin County Free Library", "", "active"],
];

/// What stands in the list for a name that no list of an office has.
const PLAIN_NAME: &str = "Ana Rivera";

/// The list as a CSV file, and how many of its rows have a mistake.
pub(super) fn list(program: &Program, platform: &str, roster: &[RosterEntry]) -> (String, usize) {
    let account = format!("{platform} ID");
    let mut rows = vec![
        vec![format!("{} participants", program.name.en)],
        ["Full name", "E-mail address", "Library system", &account, "Status"].map(str::to_owned).to_vec(),
    ];
    let mut bad = BAD_ROWS.len();
    for (place, entry) in roster.iter().enumerate() {
        let account = entry.chat_user.clone().unwrap_or_default();
        let plain = entry.name.chars().all(|sign| sign.is_alphanumeric() || " '-.".contains(sign));
        let name = if plain { entry.name.as_str() } else { PLAIN_NAME };
        let mut row = [name, &entry.email, &entry.library_system, &account, "active"];
        rows.push(row.map(str::to_owned).to_vec());
        if place == 0 {
            // Written down twice, with another name: which of the two is right is for a person to say.
            row[0] = "Somebody Else";
            row[3] = "";
            rows.push(row.map(str::to_owned).to_vec());
            bad += 1;
        }
    }
    rows.extend(BAD_ROWS.map(|row| row.map(str::to_owned).to_vec()));
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        out.write_record(&row).expect("memory takes everything");
    }
    let bytes = out.into_inner().expect("memory takes everything");
    (String::from_utf8(bytes).expect("it was written as text"), bad)
}
