//! Tables as files for spreadsheet programs. Words that somebody typed stay words in them (`plsep_domain::cells`), and
//! moments are those of the clock that the table's heading names.

use chrono::{DateTime, NaiveDateTime, Utc};
use plsep_domain::cells::harmless;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

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

/// Widest column, in characters: the answers of people are long.
const WIDTH_MAX: usize = 60;

/// The most characters a cell of such a file takes.
const CELL_MAX: usize = 32_767;

/// The tables as one workbook, a sheet for each, made at this moment. The same tables give the same bytes.
///
/// # Errors
/// What the library says, such as for two tables of one name.
pub fn xlsx(tables: &[Table], made_at: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made_at = ExcelDateTime::from_timestamp(made_at.timestamp())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
    let strong = Format::new().set_bold().set_text_wrap();
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(&table.name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, words) in (0_u16..).zip(&table.head) {
            sheet.write_string_with_format(0, column, harmless(words), &strong)?;
            let cells = table.rows.iter().filter_map(|row| row.get(usize::from(column))).map(words_wide);
            let width = cells.chain([12]).max().unwrap_or(12).min(WIDTH_MAX);
            sheet.set_column_width(column, f64::from(u32::try_from(width).unwrap_or(12)) + 2.0)?;
        }
        for (number, row) in (1_u32..).zip(&table.rows) {
            for (column, cell) in (0_u16..).zip(row) {
                match cell {
                    Cell::Words(words) => {
                        let words: String = harmless(words).chars().take(CELL_MAX).collect();
                        sheet.write_string(number, column, words)?;
                    }
                    #[expect(clippy::cast_precision_loss, reason = "counts of people and meetings are small")]
                    Cell::Number(count) => {
                        sheet.write_number(number, column, *count as f64)?;
                    }
                    Cell::When(at) => {
                        let at = ExcelDateTime::from_timestamp(at.and_utc().timestamp())?;
                        sheet.write_datetime_with_format(number, column, &at, &moment)?;
                    }
                    Cell::Empty => {}
                }
            }
        }
    }
    book.save_to_buffer()
}

fn words_wide(cell: &Cell) -> usize {
    words(cell).chars().count()
}
