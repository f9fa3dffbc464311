//! Tables as files for spreadsheet programs. Words that somebody typed stay words in them (`plsep_domain::cells`), and
//! moments are those of the clock that the table's heading names.

use chrono::NaiveDateTime;
use plsep_domain::cells::harmless;

/// A table with its headings.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it is called.
    pub name: String,
    /// The headings of its columns.
    pub head: Vec<String>,
    /// Its rows, each as long as the headings.
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words, whoever typed them.
    Words(String),
    /// A number.
    Number(i64),
    /// A moment on the clock that the heading names.
    When(NaiveDateTime),
    /// Nothing.
    Empty,
}

impl Cell {
    /// The number of something.
    #[must_use]
    pub fn count(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// The table as comma-separated values, with the mark by which spreadsheet programs know the encoding.
#[must_use]
pub fn csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut written = writer.write_record(table.head.iter().map(|words| harmless(words).into_owned()));
    for row in &table.rows {
        written = written.and_then(|()| writer.write_record(row.iter().map(words)));
    }
    // Writing into memory does not fail, and every row is as long as the headings.
    let rows = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    [b"\xef\xbb\xbf".as_slice(), &rows].concat()
}

fn words(cell: &Cell) -> String {
    match cell {
        Cell::Words(words) => harmless(words).into_owned(),
        Cell::Number(number) => number.to_string(),
        Cell::When(at) => at.format("%Y-%m-%d %H:%M").to_string(),
        Cell::Empty => String::new(),
    }
}
