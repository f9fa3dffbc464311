//! What coordinators read about the season as a whole: the numbers in words, and the words in the pictures. It counts
//! nothing: the numbers come from the domain.

mod export;
mod months;
mod summary;
mod turnout;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use plsep_domain::Program;
use plsep_domain::figures::{Coverage, Figures, Forms, MonthFigures};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, CommandId, Message, Style, Text, WhenStyle};

pub use export::ExportFormat;
pub use turnout::Participation;

/// Longest description of a picture: what the narrower platform takes.
const ALT_MAX: usize = 1000;

/// The words of a part of a picture.
pub enum PanelWords {
    /// Columns side by side.
    Columns {
        /// Its heading.
        title: String,
        /// What two columns of one moment stand for.
        names: Vec<String>,
        /// The columns.
        columns: Vec<ColumnWords>,
    },
    /// Bars one below the other.
    Bars {
        /// Its heading.
        title: String,
        /// The bars.
        bars: Vec<BarWords>,
    },
}

/// The columns of one moment.
pub struct ColumnWords {
    /// What stands below.
    pub label: String,
    /// What stands below that.
    pub note: String,
    /// How high they are.
    pub values: Vec<usize>,
    /// What stands above each.
    pub said: Vec<String>,
}

/// One bar.
pub struct BarWords {
    /// What stands before it.
    pub label: String,
    /// How long it is.
    pub value: usize,
    /// How long it could be.
    pub of: usize,
    /// What stands behind it.
    pub said: String,
}

fn number(count: usize) -> Arg {
    Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

impl Voice<'_> {
    /// A report is on its way.
    #[must_use]
    pub fn report_on_its_way(&self) -> Message {
        self.say("report-on-its-way", &[])
    }

    /// When a report's numbers were counted, in the program's zone: a report is read by others, too.
    #[must_use]
    pub fn report_at(&self, at: DateTime<Utc>, program: &Program) -> String {
        let at = self.catalogue.moment(self.lang, at, program.calendar.zone(), WhenStyle::DateTime);
        self.line("report-at", &[("at", Arg::Words(at))])
    }

    /// The season at a glance in words.
    #[must_use]
    pub fn overview(&self, program: &Program, figures: &Figures) -> Message {
        Message::default()
            .with(Block::Heading(Text::plain(self.overview_title(program))))
            .with(Block::Fine(Text::plain(self.report_at(figures.at, program))))
            .with(Block::Bullets(self.overview_lines(figures)))
            .with(self.fine("report-only-you", &[]))
            .with(Block::Controls(vec![self.button(
                "button-report-meetings",
                &Deed::Do(CommandId::ReportMeetings),
                Style::Plain,
            )]))
    }

    /// Its heading.
    #[must_use]
    pub fn overview_title(&self, program: &Program) -> String {
        self.line("overview-heading", &[("program", Arg::Words(program.name.get(self.lang).to_owned()))])
    }

    /// What its picture shows, for whoever cannot see it.
    #[must_use]
    pub fn overview_alt(&self, program: &Program, figures: &Figures) -> String {
        let lines: Vec<String> = self.overview_lines(figures).iter().map(Text::words).collect();
        let at = self.report_at(figures.at, program);
        let alt = self.line("overview-alt", &[("at", Arg::Words(at)), ("lines", Arg::Words(lines.join(" ")))]);
        alt.chars().take(ALT_MAX).collect()
    }

    fn overview_lines(&self, figures: &Figures) -> Vec<Text> {
        let Figures { at: _, stretches: _, drafts, mentees, mentors, mentee_forms, mentor_forms, .. } = figures;
        let Figures { pairs_live, pairs_completed, pairs_ended, .. } = figures;
        let sent =
            [("mentees", number(mentees.total())), ("mentors", number(mentors.total())), ("drafts", number(*drafts))];
        let forms = [
            ("mentees", number(mentee_forms.signed())),
            ("mentees-of", number(mentee_forms.total())),
            ("mentors", number(mentor_forms.signed())),
            ("mentors-of", number(mentor_forms.total())),
            ("late", number(mentee_forms.late + mentor_forms.late)),
        ];
        let pairs =
            [("live", number(*pairs_live)), ("completed", number(*pairs_completed)), ("ended", number(*pairs_ended))];
        let mut lines = vec![
            self.text("overview-sent", &sent),
            self.coverage("overview-mentees", mentees),
            self.coverage("overview-mentors", mentors),
            self.text("overview-forms", &forms),
            self.text("overview-pairs", &pairs),
        ];
        lines.extend(self.month_lines(figures));
        lines
    }

    /// How often the pairs met, month by month and in all.
    fn month_lines(&self, figures: &Figures) -> Vec<Text> {
        let Figures { pairs_live, pairs_completed, pairs_ended, months, pairs_met, meetings, .. } = figures;
        let begun = months.iter().filter(|month| month.begun);
        let mut lines: Vec<Text> = begun.map(|month| self.overview_month(month)).collect();
        if lines.is_empty() {
            return vec![self.text("overview-no-months", &[])];
        }
        let total = [
            ("meetings", number(meetings.meetings)),
            ("least", Arg::Key(if meetings.at_least { "yes" } else { "no" })),
            ("met", number(*pairs_met)),
            ("pairs", number(pairs_live + pairs_completed + pairs_ended)),
        ];
        lines.push(self.text("overview-total", &total));
        lines
    }

    fn coverage(&self, key: &str, coverage: &Coverage) -> Text {
        let Coverage { paired, alone, wait_listed, undecided, declined, withdrawn } = *coverage;
        let parts = [
            ("overview-part-alone", alone),
            ("overview-part-wait-listed", wait_listed),
            ("overview-part-undecided", undecided),
            ("overview-part-declined", declined),
            ("overview-part-withdrawn", withdrawn),
        ];
        let args = [("paired", number(paired)), ("total", number(coverage.total())), ("parts", self.some_of(&parts))];
        self.text(key, &args)
    }

    fn overview_month(&self, month: &MonthFigures) -> Text {
        let MonthFigures { period, begun: _, pairs, met, meetings, planned, not_yet, with_coordinator, silent } =
            *month;
        let parts = [
            ("overview-month-planned", planned),
            ("overview-month-not-yet", not_yet),
            ("overview-month-with-coordinator", with_coordinator),
            ("overview-month-silent", silent),
        ];
        let args = [
            ("month", Arg::Words(self.month(period))),
            ("met", number(met)),
            ("pairs", number(pairs)),
            ("meetings", number(meetings.meetings)),
            ("least", Arg::Key(if meetings.at_least { "yes" } else { "no" })),
            ("parts", self.some_of(&parts)),
        ];
        self.text("overview-month", &args)
    }

    /// What is not nothing, one after the other, to be put behind a sentence.
    fn some_of(&self, parts: &[(&str, usize)]) -> Arg {
        let some = parts.iter().filter(|(_, count)| *count > 0);
        let some: Vec<String> = some.map(|(key, count)| self.line(key, &[("count", number(*count))])).collect();
        Arg::Words(if some.is_empty() { String::new() } else { format!("; {}", some.join(", ")) })
    }

    /// The parts of its picture.
    #[must_use]
    pub fn overview_panels(&self, figures: &Figures) -> Vec<PanelWords> {
        vec![
            self.sent_panel(figures),
            self.coverage_panel(figures),
            self.forms_panel(&figures.mentee_forms, &figures.mentor_forms),
            self.months_panel(figures),
        ]
    }

    fn sent_panel(&self, figures: &Figures) -> PanelWords {
        let weekly = figures.stretches.windows(2).all(|two| (two[1].from - two[0].from).num_days() == 7);
        let columns = figures.stretches.iter().map(|stretch| {
            let values = vec![stretch.sent.mentees, stretch.sent.mentors];
            let said = values.iter().map(ToString::to_string).collect();
            ColumnWords { label: self.short_day(stretch.from), note: String::new(), values, said }
        });
        let title = if weekly { "overview-panel-weeks" } else { "overview-panel-days" };
        PanelWords::Columns {
            title: self.line(title, &[]),
            names: ["overview-name-mentees", "overview-name-mentors"].map(|key| self.line(key, &[])).to_vec(),
            columns: columns.collect(),
        }
    }

    fn coverage_panel(&self, figures: &Figures) -> PanelWords {
        let (mentees, mentors) = (&figures.mentees, &figures.mentors);
        let bars = [
            ("overview-bar-mentees-paired", mentees.paired, mentees.total()),
            ("overview-bar-mentees-alone", mentees.alone, mentees.total()),
            ("overview-bar-mentees-waiting", mentees.wait_listed + mentees.undecided, mentees.total()),
            ("overview-bar-mentees-gone", mentees.declined + mentees.withdrawn, mentees.total()),
            ("overview-bar-mentors-paired", mentors.paired, mentors.total()),
        ];
        self.bars("overview-panel-coverage", &bars)
    }

    fn forms_panel(&self, mentees: &Forms, mentors: &Forms) -> PanelWords {
        let bars = [
            ("overview-bar-mentee-forms", mentees.signed(), mentees.total()),
            ("overview-bar-mentor-forms", mentors.signed(), mentors.total()),
        ];
        self.bars("overview-panel-forms", &bars)
    }

    fn bars(&self, title: &str, bars: &[(&str, usize, usize)]) -> PanelWords {
        let bar = |(key, value, of): &(&str, usize, usize)| BarWords {
            label: self.line(key, &[]),
            value: *value,
            of: *of,
            said: self.line("overview-of", &[("value", number(*value)), ("of", number(*of))]),
        };
        PanelWords::Bars { title: self.line(title, &[]), bars: bars.iter().map(bar).collect() }
    }

    fn months_panel(&self, figures: &Figures) -> PanelWords {
        let columns = figures.months.iter().map(|month| {
            let MonthFigures { period, begun, pairs, met, meetings, .. } = *month;
            let counted = [("met", number(met)), ("pairs", number(pairs))];
            let said = format!("{}{}", meetings.meetings, if meetings.at_least { "+" } else { "" });
            ColumnWords {
                label: self.short_month(period.month()),
                note: self.line(if begun { "overview-column-met" } else { "overview-column-ahead" }, &counted),
                values: vec![meetings.meetings],
                said: vec![if begun || meetings.meetings > 0 { said } else { String::new() }],
            }
        });
        let title = if figures.meetings.at_least { "overview-panel-months-least" } else { "overview-panel-months" };
        PanelWords::Columns { title: self.line(title, &[]), names: vec![], columns: columns.collect() }
    }

    fn short_day(&self, day: NaiveDate) -> String {
        let args = [("month", Arg::Words(self.short_month(day.month()))), ("day", Arg::Words(day.day().to_string()))];
        self.line("report-day", &args)
    }

    /// A month in three letters, for pictures.
    #[must_use]
    pub fn short_month(&self, month: u32) -> String {
        self.line(&format!("month-{month}"), &[]).chars().take(3).collect()
    }
}
