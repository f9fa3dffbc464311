//! What is said when somebody asks for what is held about them, or to be forgotten; and the file that tells it.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use plsep_domain::{Answers, Program};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, CommandId, File, Message, Span, Style, Text, UserRef, WhenStyle};

/// A part of what is held about somebody: rows of names and values.
pub struct DataPart {
    /// What they are.
    pub part: &'static str,
    /// The rows.
    pub rows: Vec<Vec<(&'static str, DataValue)>>,
}

/// A value that is held.
pub enum DataValue {
    /// Words, or a stable word of ours.
    Words(String),
    /// A number.
    Number(i64),
    /// A moment.
    When(DateTime<Utc>),
    /// Answers to questions.
    Answers(Answers),
    /// Anything else, as it is kept.
    Raw(serde_json::Value),
}

impl Voice<'_> {
    /// What a copy holds, and asks before it is made.
    #[must_use]
    pub fn export_question(&self) -> Message {
        Message::default().with(self.heading("export-heading", &[])).with(self.paragraph("export-question", &[])).with(
            Block::Controls(vec![
                self.button("button-export-yes", &Deed::Export, Style::Primary),
                self.button("button-not-now", &Deed::Do(CommandId::Home), Style::Plain),
            ]),
        )
    }

    /// The copy: a file to read and a file for programs.
    #[must_use]
    pub fn export(&self, program: Option<&Program>, parts: &[DataPart], at: DateTime<Utc>) -> Message {
        let text = File {
            name: "my-data.txt".to_owned(),
            media: "text/plain; charset=utf-8".to_owned(),
            alt: Some(self.line("export-alt-text", &[])),
            content: self.data_text(program, parts, at).into_bytes(),
        };
        let json = File {
            name: "my-data.json".to_owned(),
            media: "application/json".to_owned(),
            alt: Some(self.line("export-alt-json", &[])),
            content: data_json(parts, at).to_string().into_bytes(),
        };
        Message::default()
            .with(self.heading("export-heading", &[]))
            .with(self.paragraph("export", &[("at", self.when(at))]))
            .with_file(text)
            .with_file(json)
    }

    /// The copy is on its way.
    #[must_use]
    pub fn export_on_its_way(&self) -> Message {
        self.say("export-on-its-way", &[])
    }

    fn data_text(&self, program: Option<&Program>, parts: &[DataPart], at: DateTime<Utc>) -> String {
        let mut text = format!("{}\n{}\n", self.line("export-heading", &[]), self.moment(at));
        for DataPart { part, rows } in parts {
            let heading = self.line(&format!("data-part-{}", part.replace('_', "-")), &[]);
            // Writing to a String cannot fail.
            let _ = write!(text, "\n\n{heading}\n{}\n", "=".repeat(heading.chars().count()));
            for row in rows {
                text.push('\n');
                for (name, value) in row {
                    self.data_line(program, name, value, &mut text);
                }
            }
        }
        text
    }

    fn data_line(&self, program: Option<&Program>, name: &str, value: &DataValue, text: &mut String) {
        let label = self.line(&format!("data-{}", name.replace('_', "-")), &[]);
        let _ = match value {
            DataValue::Words(words) => writeln!(text, "{label}: {}", self.data_word(words)),
            DataValue::Number(number) => writeln!(text, "{label}: {number}"),
            DataValue::When(at) => writeln!(text, "{label}: {}", self.moment(*at)),
            DataValue::Raw(json) => writeln!(text, "{label}: {json}"),
            DataValue::Answers(Answers(answers)) => {
                let _ = writeln!(text, "{label}:");
                for (key, answer) in answers {
                    let question = program.and_then(|program| super::refusal::asked(program, key));
                    let (label, words) = match question {
                        Some(question) => (question.label.get(self.lang), self.answer(question, answer)),
                        None => (key.as_str(), serde_json::json!(answer).to_string()),
                    };
                    let _ = writeln!(text, "  {label}: {}", words.replace('\n', "\n    "));
                }
                Ok(())
            }
        };
    }

    /// A stable word of ours in the reader's language; anybody's own words as they are.
    pub(super) fn data_word(&self, word: &str) -> String {
        let known = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let key = format!("data-is-{}", word.replace('_', "-"));
        if known && self.catalogue.has(self.lang, &key) { self.line(&key, &[]) } else { word.to_owned() }
    }

    fn moment(&self, at: DateTime<Utc>) -> String {
        self.catalogue.moment(self.lang, at, self.zone, WhenStyle::DateTime)
    }

    /// What deleting means: what ends, what is removed, what stays, and that it cannot be undone.
    #[must_use]
    pub fn delete_question(&self, paired: bool, contact: Option<String>) -> Message {
        let mut lines = Vec::new();
        if paired {
            lines.push(self.text("delete-pair", &[]));
        }
        for key in ["delete-removes", "delete-counts", "delete-office", "delete-platform", "delete-backups"] {
            lines.push(self.text(key, &[]));
        }
        let mut message = Message::default()
            .with(self.heading("delete-heading", &[]))
            .with(self.paragraph("delete-question", &[]))
            .with(Block::Bullets(lines));
        if let Some(contact) = contact {
            message = message.with(self.paragraph("delete-instead", &[("contact", Arg::Words(contact))]));
        }
        message.with(Block::Controls(vec![
            self.button("button-delete-yes", &Deed::Erase, Style::Danger),
            self.button("button-export-first", &Deed::Do(CommandId::MyDataExport), Style::Plain),
            self.button("button-keep", &Deed::Do(CommandId::Home), Style::Plain),
        ]))
    }

    /// Forgotten.
    #[must_use]
    pub fn deleted(&self) -> Message {
        Message::default().with(self.heading("deleted-heading", &[])).with(self.paragraph("deleted", &[]))
    }

    /// Tells coordinators that somebody was forgotten, and who stays without a partner; never who or why.
    #[must_use]
    pub fn erased_notice(&self, partners: &[UserRef]) -> Message {
        let message = self.say("erased-notice", &[]);
        if partners.is_empty() {
            return message;
        }
        let mut spans = self.text("erased-notice-partners", &[]).0;
        for partner in partners {
            spans.extend([Span::Plain(" ".to_owned()), Span::Person(partner.clone())]);
        }
        message.with(Block::Paragraph(Text(spans)))
    }
}

/// The same for programs, in stable names.
fn data_json(parts: &[DataPart], at: DateTime<Utc>) -> serde_json::Value {
    let value = |value: &DataValue| match value {
        DataValue::Words(words) => serde_json::json!(words),
        DataValue::Number(number) => serde_json::json!(number),
        DataValue::When(at) => serde_json::json!(at),
        DataValue::Answers(answers) => serde_json::json!(answers),
        DataValue::Raw(json) => json.clone(),
    };
    let mut all = serde_json::Map::new();
    all.insert("exported_at".to_owned(), serde_json::json!(at));
    for DataPart { part, rows } in parts {
        let row = |row: &Vec<(&'static str, DataValue)>| {
            row.iter().map(|(name, held)| ((*name).to_owned(), value(held))).collect::<serde_json::Map<_, _>>()
        };
        all.insert((*part).to_owned(), rows.iter().map(row).collect());
    }
    serde_json::Value::Object(all)
}
