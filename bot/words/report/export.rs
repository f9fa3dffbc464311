//! The words of the files that a season is exported to: what they are, their headings, and what stands in their cells.

use chrono_tz::Tz;
use plsep_domain::{Answer, Period, Question};

use super::super::{Arg, Voice};
use super::number;
use crate::chat::{Block, Message};

/// As what a season is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// One workbook.
    Xlsx,
    /// A file for each table.
    Csv,
}

impl ExportFormat {
    /// The ending of its files, by which the catalogue knows it, too.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// The one of this ending.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Xlsx, Self::Csv].into_iter().find(|format| format.key() == key)
    }
}

impl Voice<'_> {
    /// What the files hold, and how to keep them. `counts` are the rows of the tables in their order.
    #[must_use]
    pub fn season_export(&self, format: ExportFormat, zone: Tz, counts: [usize; 6]) -> Message {
        let names = ["applications", "pairs", "meetings", "check-ins", "signatures", "surveys"];
        let mut args: Vec<(&str, Arg)> = names.into_iter().zip(counts.map(number)).collect();
        args.extend([("zone", Arg::Words(zone.name().to_owned())), ("format", Arg::Key(format.key()))]);
        Message::default()
            .with(self.heading("export-report-heading", &args))
            .with(self.paragraph("export-report", &args))
            .with(Block::Fine(self.text("export-report-care", &args)))
    }

    /// What is in such a file.
    #[must_use]
    pub fn season_export_alt(&self) -> String {
        self.line("export-report-alt", &[])
    }

    /// What a table is called.
    #[must_use]
    pub fn table_name(&self, key: &str) -> String {
        self.line(&format!("export-table-{key}"), &[])
    }

    /// The heading of a column; moments are those of this zone.
    #[must_use]
    pub fn column(&self, key: &str, zone: Tz) -> String {
        self.line(&format!("export-column-{key}"), &[("zone", Arg::Words(zone.name().to_owned()))])
    }

    /// A stable word of ours in the reader's language.
    #[must_use]
    pub fn word(&self, key: &str) -> String {
        self.data_word(&key.replace('-', "_"))
    }

    /// How often a pair means to meet.
    #[must_use]
    pub fn cadence_word(&self, cadence: plsep_domain::Cadence) -> String {
        self.line(&format!("cadence-{}", cadence.key()), &[])
    }

    /// A question as it was asked.
    #[must_use]
    pub fn question_heading(&self, question: &Question) -> String {
        question.label.get(self.lang).to_owned()
    }

    /// An answer in words.
    #[must_use]
    pub fn answer_cell(&self, question: &Question, answer: &Answer) -> String {
        self.answer(question, answer)
    }

    /// A month by its name.
    #[must_use]
    pub fn month_name(&self, period: Period) -> String {
        self.month(period)
    }
}
