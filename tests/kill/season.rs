//! The season that is played: one question of choice and one of text, dates around now, and hours that are always
//! civil, so that nothing waits for the morning.

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{DateName, Program};

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Applications are open.
    Apply,
    /// Applications are closed; pairs are made and introduced.
    Pair,
    /// The program runs; pairs are asked.
    Run,
}

const QUESTIONS: &str = r#"
[[questions]]
key = "library_system"
step = 1
roles = ["mentee", "mentor"]
label = { en = "Your library system", es = "Su sistema bibliotecario" }
hint = { en = "Any", es = "Uno" }
kind = { type = "short", max = 100 }
required = true
shared = "match"
meaning = "library_system"

[[questions]]
key = "sought"
step = 1
roles = ["mentee"]
label = { en = "To learn", es = "Aprender" }
hint = { en = "Any", es = "Uno" }
kind = { type = "many", min = 1, max = 1, options = [{ key = "teen", label = { en = "Teen", es = "Jóvenes" } }, { key = "adult", label = { en = "Adult", es = "Adultos" } }] }
required = true
shared = "match"
meaning = "specialisations_sought"

[[questions]]
key = "offered"
step = 1
roles = ["mentor"]
label = { en = "To teach", es = "Enseñar" }
hint = { en = "Any", es = "Uno" }
kind = { type = "many", min = 1, max = 1, options = [{ key = "teen", label = { en = "Teen", es = "Jóvenes" } }, { key = "adult", label = { en = "Adult", es = "Adultos" } }] }
required = true
shared = "match"
meaning = "specialisations_offered"
"#;

/// The file of the season, while applications are open.
pub fn file(now: DateTime<Utc>) -> String {
    let shipped = include_str!("../../config/programs/plsep-2025.toml");
    let (before, rest) = shipped.split_once("[calendar]").expect("the file has a calendar");
    let (_, rest) = rest.split_once("[matching]").expect("the file says how pairs are made");
    let (middle, _) = rest.split_once("[[questions]]").expect("the file asks questions");
    let day = |days: i64| (now + TimeDelta::days(days)).format("%Y-%m-%d");
    let calendar = format!(
        "[calendar]\nzone = \"UTC\"\napplications_open = \"{}\"\napplications_close = \"{}\"\nagreements_due = \"{}\"\n\
         runs_from = \"{}\"\nruns_until = \"{}\"\nwrap_up_until = \"{}\"\n\n[nudge]\ncron = \"*/5 * * * * *\"\n\
         retry_after_days = 3\nretries_max = 2\ncivil_hours = {{ from = \"00:00\", to = \"23:59\" }}\n\n",
        day(-2),
        day(1),
        day(2),
        day(2),
        day(60),
        day(70)
    );
    let middle = middle.trim_end().trim_end_matches(|sign: char| sign != ']' && sign != '"');
    format!("{before}{calendar}[matching]{middle}\n{QUESTIONS}")
}

/// Moves the season's dates so that this is going on.
pub fn begin(act: Act, program: &mut Program, now: DateTime<Utc>) {
    let minutes = |ago: i64| (now - TimeDelta::minutes(ago)).naive_utc();
    let set = |program: &mut Program, name, to| program.calendar.set(name, to).expect("the dates are in order");
    match act {
        Act::Apply => {}
        Act::Pair => set(program, DateName::ApplicationsClose, minutes(5)),
        Act::Run => set(program, DateName::RunsFrom, minutes(2)),
    }
}
