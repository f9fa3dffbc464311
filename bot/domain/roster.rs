//! A list of participants as an office keeps it: which column is which, which rows can be read, and what taking the list
//! in would change. It reads no bytes, guesses at no name, and changes nothing itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::eligibility::RosterEntry;

mod row;
mod search;

pub use row::{CELL_MAX_CHARS, Column, Fault, RowFault};
pub use search::{LineState, Search, likeness, sorting};

/// Most rows of a list: several times the people of the largest program.
pub const ROWS_MAX: usize = 20_000;

/// How far down the headings may stand: office lists begin with titles and notes.
const HEADINGS_WITHIN: usize = 15;

/// One row of a file: its number as a spreadsheet shows it, and its cells.
pub type Cells = (u32, Vec<String>);

/// A list, read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Rows that can be taken in.
    pub good: Vec<RosterEntry>,
    /// What is wrong with the others, in the order of the file.
    pub faults: Vec<RowFault>,
    /// Addresses that stand in rows that cannot be taken in: who has one is not missing from the list.
    pub doubtful: BTreeSet<String>,
    /// How many rows say again what a row before has said.
    pub repeated: usize,
}

/// Why a file is no list at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is a picture, a program or the like.
    #[error("the file is not a text file")]
    NotText,
    /// It is a workbook of a spreadsheet program.
    #[error("the file is a workbook, not a list of values")]
    Workbook,
    /// No row names an e-mail column and a name column.
    #[error("no row of the file says which column holds the names and which the e-mail addresses")]
    NoHeadings,
    /// There are headings and nothing below them.
    #[error("the file has headings and no rows")]
    NoRows,
    /// More rows than a list may have.
    #[error("the file has more than {ROWS_MAX} rows")]
    TooManyRows,
}

impl Unreadable {
    /// A stable name, used to look words up.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotText => "not-text",
            Self::Workbook => "workbook",
            Self::NoHeadings => "no-headings",
            Self::NoRows => "no-rows",
            Self::TooManyRows => "too-many-rows",
        }
    }
}

/// How many columns of a row are headings that are known. `chats` are names of chats, as headings of the column with
/// people's accounts.
#[must_use]
pub fn headings_in(cells: &[String], chats: &[&str]) -> usize {
    columns(cells, chats).len()
}

fn columns(cells: &[String], chats: &[&str]) -> BTreeMap<Column, usize> {
    let mut found = BTreeMap::new();
    for (place, cell) in cells.iter().enumerate() {
        if let Some(column) = Column::named(cell, chats) {
            found.entry(column).or_insert(place);
        }
    }
    found
}

fn names_enough(columns: &BTreeMap<Column, usize>) -> bool {
    let name = [Column::Name, Column::FirstName, Column::LastName];
    columns.contains_key(&Column::Email) && name.iter().any(|column| columns.contains_key(column))
}

impl Sheet {
    /// Reads the rows of a file.
    ///
    /// # Errors
    /// [`Unreadable`] says why it is no list.
    pub fn read(rows: &[Cells], chats: &[&str]) -> Result<Self, Unreadable> {
        if rows.is_empty() {
            return Err(Unreadable::Empty);
        }
        let headings = rows.iter().take(HEADINGS_WITHIN).enumerate().find_map(|(place, (_, cells))| {
            let columns = columns(cells, chats);
            names_enough(&columns).then_some((place, columns))
        });
        let (place, columns) = headings.ok_or(Unreadable::NoHeadings)?;
        let below = &rows[place + 1..];
        if below.is_empty() {
            return Err(Unreadable::NoRows);
        }
        if below.len() > ROWS_MAX {
            return Err(Unreadable::TooManyRows);
        }
        let mut sheet = Self::default();
        let mut before: HashMap<String, (u32, RosterEntry)> = HashMap::new();
        let mut accounts: HashMap<String, u32> = HashMap::new();
        for (line, cells) in below {
            let read = row::entry(*line, cells, &columns);
            match read {
                Ok(entry) => sheet.take(*line, entry, &mut before, &mut accounts),
                Err((faults, email)) => {
                    sheet.faults.extend(faults);
                    sheet.doubtful.extend(email.map(|email| email.to_lowercase()));
                }
            }
        }
        Ok(sheet)
    }

    /// Takes a sound row in, unless it contradicts one before it.
    fn take(
        &mut self,
        line: u32,
        entry: RosterEntry,
        before: &mut HashMap<String, (u32, RosterEntry)>,
        accounts: &mut HashMap<String, u32>,
    ) {
        let key = entry.email.to_lowercase();
        match before.get(&key) {
            Some((_, same)) if *same == entry => {
                self.repeated += 1;
                return;
            }
            Some((first, _)) => {
                let what = Fault::SameEmail { line: *first };
                self.faults.push(RowFault { line, column: Column::Email, what, found: entry.email });
                return;
            }
            None => {}
        }
        if let Some(account) = &entry.chat_user {
            if let Some(first) = accounts.get(account) {
                let what = Fault::SameAccount { line: *first };
                self.faults.push(RowFault { line, column: Column::ChatUser, what, found: account.clone() });
                self.doubtful.insert(key);
                return;
            }
            accounts.insert(account.clone(), line);
        }
        before.insert(key, (line, entry.clone()));
        self.good.push(entry);
    }

    /// How many rows have something wrong with them.
    #[must_use]
    pub fn bad_rows(&self) -> usize {
        self.faults.iter().map(|fault| fault.line).collect::<BTreeSet<_>>().len()
    }

    /// What taking the list in would change.
    #[must_use]
    pub fn plan(&self, roster: &[RosterEntry]) -> Plan {
        let known: HashMap<String, &RosterEntry> =
            roster.iter().map(|line| (line.email.to_lowercase(), line)).collect();
        let mut plan = Plan::default();
        let mut listed: BTreeSet<String> = self.doubtful.clone();
        for entry in &self.good {
            let key = entry.email.to_lowercase();
            match known.get(&key) {
                None => plan.added.push(entry.clone()),
                Some(before) => {
                    // A list that names no account leaves the one that is linked.
                    let chat_user = entry.chat_user.clone().or_else(|| before.chat_user.clone());
                    let wanted = RosterEntry { chat_user, ..entry.clone() };
                    if wanted == **before {
                        plan.same += 1;
                    } else {
                        plan.changed.push(wanted);
                    }
                }
            }
            listed.insert(key);
        }
        let gone = roster.iter().filter(|line| line.active && !listed.contains(&line.email.to_lowercase()));
        plan.missing = gone.cloned().collect();
        plan
    }
}

/// What taking a list in would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Lines that are new.
    pub added: Vec<RosterEntry>,
    /// Lines that say something else from then on.
    pub changed: Vec<RosterEntry>,
    /// How many stay as they are.
    pub same: usize,
    /// Active lines that the list does not name. They stay as they are unless a coordinator says otherwise.
    pub missing: Vec<RosterEntry>,
}

impl Plan {
    /// Its figures.
    #[must_use]
    pub fn figures(&self) -> PlanFigures {
        let Self { added, changed, same, missing } = self;
        PlanFigures { added: added.len(), changed: changed.len(), same: *same, missing: missing.len() }
    }

    /// The lines to write: what is new and changed, and, if so decided, the missing ones as no longer active.
    #[must_use]
    pub fn lines(self, missing_end: bool) -> Vec<RosterEntry> {
        let ended = self.missing.into_iter().filter(|_| missing_end).map(|line| RosterEntry { active: false, ..line });
        self.added.into_iter().chain(self.changed).chain(ended).collect()
    }
}

/// The figures of a [`Plan`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanFigures {
    /// New lines.
    pub added: usize,
    /// Lines that say something else.
    pub changed: usize,
    /// Lines that stay.
    pub same: usize,
    /// Active lines that the list does not name.
    pub missing: usize,
}

#[cfg(test)]
mod tests;
