//! Handing in the list of participants: what a file must be, what it would change, row by row what is wrong with it and
//! how to mend that, and what came of it.

use chrono::{DateTime, Utc};
use plsep_domain::RosterImportId;
use plsep_domain::cells::harmless;
use plsep_domain::roster::{CELL_MAX_CHARS, Fault, PlanFigures, ROWS_MAX, RowFault, Sheet};

use super::{Arg, Deed, Voice};
use crate::chat::{
    Block, CommandId, Control, Field, FieldKind, File, Form, HANDED_MAX_BYTES, Message, Style, Text, UserRef, command,
};

/// Key of the only field of the form to hand in a list.
pub(crate) const ROSTER_FILE_FIELD: &str = "roster_file";

/// The endings of files that may be a list.
const ENDINGS: [&str; 3] = ["csv", "txt", "tsv"];

/// How many faults are told in the message; all of them stand in the file beside it.
const FAULTS_SHOWN: usize = 5;

/// Name of the file with what is to be mended.
const REPORT_NAME: &str = "roster-rows-to-mend.csv";

/// What a list would change.
pub struct ImportPreview<'a> {
    /// Under which id it is kept; `None` where it changes nothing.
    pub id: Option<RosterImportId>,
    /// The file's name.
    pub name: &'a str,
    /// The numbers.
    pub figures: PlanFigures,
    /// What was read.
    pub sheet: &'a Sheet,
    /// Until when the question stands.
    pub until: DateTime<Utc>,
    /// The roster has changed since it was first asked.
    pub again: bool,
    /// How many who have applied would no longer be on the roster.
    pub losing: usize,
    /// How many more of them, if those missing from the list end.
    pub losing_missing: usize,
}

/// What an import has changed.
pub struct ImportDone {
    /// Which.
    pub id: RosterImportId,
    /// The numbers of its question.
    pub figures: PlanFigures,
    /// How many lines that the list does not name ended.
    pub ended: usize,
    /// How many rows were left out.
    pub left_out: usize,
    /// How many lines were left as they are, because somebody else had changed them meanwhile.
    pub left_alone: usize,
    /// How many applicants the roster knows since.
    pub found: usize,
}

fn number(count: usize) -> Arg {
    Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

impl Voice<'_> {
    /// The form that asks for a list.
    #[must_use]
    pub fn roster_form(&self) -> Form {
        let action = Deed::HandInRoster.action();
        Form {
            reopen: action.clone(),
            action,
            title: self.line("roster-form-title", &[]),
            intro: Some(self.text("roster-form-intro", &[])),
            fields: vec![Field {
                key: ROSTER_FILE_FIELD.to_owned(),
                label: self.line("roster-form-label", &[]),
                hint: self.line("roster-form-hint", &[]),
                required: true,
                kind: FieldKind::File { endings: ENDINGS.map(str::to_owned).to_vec() },
                value: vec![],
            }],
            controls: vec![],
            submit: self.line("button-roster-look", &[]),
        }
    }

    /// How to hand in a list where a command takes it.
    #[must_use]
    pub fn roster_file_wanted(&self) -> Message {
        let args = [("command", Arg::Code(command::typed(CommandId::RosterImport)))];
        self.say("roster-file-wanted", &args).with(self.paragraph("roster-form-intro", &[]))
    }

    /// Why a file is no list, by the key of the reason.
    #[must_use]
    pub fn roster_file_refused(&self, why: &str) -> Text {
        let args = [("megabytes", number(HANDED_MAX_BYTES >> 20)), ("rows", number(ROWS_MAX))];
        self.text(&format!("roster-unreadable-{why}"), &args)
    }

    /// The same as a message of its own.
    #[must_use]
    pub fn roster_file_bad(&self, why: Text) -> Message {
        Message::paragraph(why).with(self.paragraph("roster-nothing-changed", &[]))
    }

    /// Shows what a list would change, and asks.
    #[must_use]
    pub fn roster_preview(&self, preview: &ImportPreview<'_>) -> Message {
        let ImportPreview { id, name, figures, sheet, until, again, losing, losing_missing } = preview;
        let bad = sheet.bad_rows();
        let mut message = Message::default().with(self.heading("roster-preview-heading", &[]));
        if !name.is_empty() {
            message = message.with(Block::Quote(Text::plain((*name).to_owned())));
        }
        if *again {
            message = message.with(self.paragraph("roster-preview-again", &[]));
        }
        let shown = self.roster_figures(*figures, sheet);
        message = message.with(Block::Bullets(shown));
        if bad > 0 {
            let faults = sheet.faults.iter().take(FAULTS_SHOWN).map(|fault| self.row_fault(fault)).collect();
            message = message.with(self.paragraph("roster-faults", &[])).with(Block::Bullets(faults));
            let more = sheet.faults.len().saturating_sub(FAULTS_SHOWN);
            message = message.with(self.fine("roster-faults-more", &[("count", number(more))]));
            message = message.with_file(self.roster_report(&sheet.faults));
        }
        let Some(id) = id else { return message.with(self.paragraph("roster-preview-nothing", &[])) };
        if *losing > 0 {
            message = message.with(self.paragraph("roster-preview-losing", &[("count", number(*losing))]));
        }
        if figures.missing > 0 {
            message = message.with(self.paragraph("roster-preview-missing", &[("count", number(figures.missing))]));
            if *losing_missing > 0 {
                let count = [("count", number(*losing_missing))];
                message = message.with(self.paragraph("roster-preview-missing-losing", &count));
            }
        }
        message
            .with(self.paragraph("roster-preview-question", &[]))
            .with(Block::Controls(self.roster_buttons(*id, *figures, bad)))
            .with(self.fine("roster-preview-until", &[("until", self.when(*until))]))
    }

    /// What a list would change, in numbers.
    #[must_use]
    pub fn roster_figures(&self, figures: PlanFigures, sheet: &Sheet) -> Vec<Text> {
        let lines = [
            ("roster-figure-added", figures.added),
            ("roster-figure-changed", figures.changed),
            ("roster-figure-same", figures.same),
            ("roster-figure-repeated", sheet.repeated),
            ("roster-figure-bad", sheet.bad_rows()),
            ("roster-figure-missing", figures.missing),
        ];
        let shown = lines.iter().filter(|(key, count)| *count > 0 || *key == "roster-figure-added");
        shown.map(|(key, count)| self.text(key, &[("count", number(*count))])).collect()
    }

    /// Says where the preview is, if it comes with a file and could not be shown here.
    #[must_use]
    pub fn roster_preview_on_its_way(&self) -> Message {
        self.say("roster-preview-on-its-way", &[])
    }

    /// Buttons that name what they do.
    fn roster_buttons(&self, id: RosterImportId, figures: PlanFigures, bad: usize) -> Vec<Control> {
        let rows = figures.added + figures.changed;
        let args = [("count", number(rows)), ("bad", number(bad)), ("missing", number(figures.missing))];
        let button = |key: &str, deed: Deed, style: Style| Control::Button {
            label: self.line(key, &args),
            action: deed.action(),
            style,
        };
        let mut buttons = Vec::new();
        if rows > 0 {
            buttons.push(button("button-roster-import", Deed::ImportRoster(id, false), Style::Primary));
        }
        if figures.missing > 0 {
            let key = if rows > 0 { "button-roster-import-end" } else { "button-roster-end" };
            buttons.push(button(key, Deed::ImportRoster(id, true), Style::Danger));
        }
        buttons.push(button("button-roster-leave", Deed::LeaveRoster(id), Style::Plain));
        buttons
    }

    /// What is wrong with a row, and how to mend it.
    #[must_use]
    pub fn row_fault(&self, fault: &RowFault) -> Text {
        let args = [
            ("row", Arg::Number(i64::from(fault.line))),
            ("column", Arg::Words(self.line(&format!("roster-column-{}", fault.column.key()), &[]))),
            ("what", Arg::Words(self.fault_words("roster-fault", fault))),
            ("mend", Arg::Words(self.fault_words("roster-mend", fault))),
        ];
        self.text("roster-fault-line", &args)
    }

    fn fault_words(&self, family: &str, fault: &RowFault) -> String {
        let earlier = match fault.what {
            Fault::SameEmail { line } | Fault::SameAccount { line } => i64::from(line),
            _ => 0,
        };
        let args = [
            ("found", Arg::Words(fault.found.clone())),
            ("earlier", Arg::Number(earlier)),
            ("max", number(CELL_MAX_CHARS)),
        ];
        self.line(&format!("{family}-{}", fault.what.key()), &args)
    }

    /// Every fault as a file that opens in a spreadsheet.
    #[must_use]
    pub fn roster_report(&self, faults: &[RowFault]) -> File {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let headings =
            ["row", "column", "found", "what", "mend"].map(|it| self.line(&format!("roster-report-{it}"), &[]));
        let mut written = writer.write_record(headings);
        for fault in faults {
            let column = self.line(&format!("roster-column-{}", fault.column.key()), &[]);
            let (what, mend) = (self.fault_words("roster-fault", fault), self.fault_words("roster-mend", fault));
            let row = [
                fault.line.to_string(),
                column,
                harmless(&fault.found).into_owned(),
                harmless(&what).into_owned(),
                mend,
            ];
            written = written.and_then(|()| writer.write_record(row));
        }
        // Writing into memory does not fail; should it, the file is short and the message still tells the most of it.
        let rows = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
        // The mark by which spreadsheet programs know the encoding.
        let content = [b"\xef\xbb\xbf".as_slice(), &rows].concat();
        let alt = Some(self.line("roster-report-alt", &[]));
        File { name: REPORT_NAME.to_owned(), media: "text/csv".to_owned(), alt, content }
    }

    /// A long list is being taken in.
    #[must_use]
    pub fn long_import_begun(&self, lines: usize) -> Message {
        self.say("roster-long-begun", &[("lines", number(lines))])
    }

    /// How far a long list has come.
    #[must_use]
    pub fn long_import_progress(&self, person: &UserRef, taken: usize, lines: usize) -> Message {
        let person = Arg::Person(person.clone());
        self.say("roster-long-so-far", &[("person", person), ("taken", number(taken)), ("lines", number(lines))])
    }

    /// What an import has changed, with the way back.
    #[must_use]
    pub fn roster_imported(&self, done: &ImportDone) -> Message {
        let ImportDone { id, figures, ended, left_out, left_alone, found } = done;
        let lines = [
            ("roster-done-added", figures.added),
            ("roster-done-changed", figures.changed),
            ("roster-done-same", figures.same),
            ("roster-done-ended", *ended),
            ("roster-done-left-out", *left_out),
            ("roster-done-left-alone", *left_alone),
            ("roster-done-found", *found),
        ];
        let shown = lines.iter().filter(|(key, count)| *count > 0 || *key == "roster-done-added");
        let shown = shown.map(|(key, count)| self.text(key, &[("count", number(*count))])).collect();
        Message::default()
            .with(self.heading("roster-done-heading", &[]))
            .with(Block::Bullets(shown))
            .with(self.paragraph("roster-done-undo", &[]))
            .with(Block::Controls(vec![
                self.button("button-roster-undo", &Deed::UndoRoster(*id), Style::Plain),
                self.button("button-queue", &Deed::Do(CommandId::ApplicationsQueue), Style::Plain),
            ]))
    }

    /// A list was left.
    #[must_use]
    pub fn roster_left(&self) -> Message {
        self.say("roster-left", &[])
    }

    /// An import was taken back.
    #[must_use]
    pub fn roster_undone(&self, lines: usize) -> Message {
        self.say("roster-undone", &[("count", number(lines))])
    }
}
