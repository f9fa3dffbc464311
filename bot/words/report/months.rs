//! The months of the pairs in words: what stands in the cells of their pictures and of their table.

use chrono_tz::Tz;
use plsep_domain::figures::{Cell, Figures};
use plsep_domain::{PairState, Period, Program};

use super::super::{Arg, Deed, Voice};
use super::{ALT_MAX, number};
use crate::chat::{Block, CommandId, Message, Style, Text};

impl Voice<'_> {
    /// The sums of the months, beside the pictures of so many of the pairs.
    #[must_use]
    pub fn heat_map(&self, program: &Program, figures: &Figures, shown: usize, count: usize) -> Message {
        let args = [("shown", number(shown)), ("count", number(count))];
        let overview = self.button("button-report-overview", &Deed::Do(CommandId::ReportOverview), Style::Plain);
        Message::default()
            .with(self.heading("heat-heading", &[]))
            .with(Block::Fine(Text::plain(self.report_at(figures.at, program))))
            .with(Block::Bullets(self.month_lines(figures)))
            .with(self.paragraph(if shown < count { "heat-shown" } else { "heat-all" }, &args))
            .with(self.fine("report-only-you", &[]))
            .with(Block::Controls(vec![overview]))
    }

    /// The heading of its pictures.
    #[must_use]
    pub fn heat_map_title(&self, program: &Program) -> String {
        self.line("heat-title", &[("program", Arg::Words(program.name.get(self.lang).to_owned()))])
    }

    /// Which part of the pairs a picture shows.
    #[must_use]
    pub fn heat_map_subtitle(&self, at: &str, first: usize, last: usize, count: usize) -> String {
        let args = [
            ("at", Arg::Words(at.to_owned())),
            ("first", number(first)),
            ("last", number(last)),
            ("count", number(count)),
        ];
        self.line(if first == 1 && last == count { "heat-subtitle-all" } else { "heat-subtitle" }, &args)
    }

    /// What a picture shows, for whoever cannot see it.
    #[must_use]
    pub fn heat_map_alt(&self, part: &str, program: &Program, figures: &Figures) -> String {
        let lines: Vec<String> = self.month_lines(figures).iter().map(Text::words).collect();
        let part = format!("{}. {part}", self.heat_map_title(program));
        let alt = self.line("heat-alt", &[("part", Arg::Words(part)), ("lines", Arg::Words(lines.join(" ")))]);
        alt.chars().take(ALT_MAX).collect()
    }

    /// What the file is.
    #[must_use]
    pub fn heat_map_file_alt(&self) -> String {
        self.line("heat-file-alt", &[])
    }

    /// A pair's month in the shortest words.
    #[must_use]
    pub fn heat_cell(&self, cell: Cell) -> String {
        let count = match cell {
            Cell::Met(met) => met.meetings,
            _ => 0,
        };
        self.line(&format!("heat-cell-{}", cell.key().replace('_', "-")), &[("count", number(count))])
    }

    /// The same in full, by the name of its kind.
    #[must_use]
    pub fn heat_legend(&self, key: &str) -> String {
        self.line(&format!("heat-legend-{}", key.replace('_', "-")), &[])
    }

    /// The mentor below the mentee.
    #[must_use]
    pub fn heat_partner(&self, mentor: &str) -> String {
        self.line("heat-partner", &[("name", Arg::Words(mentor.to_owned()))])
    }

    /// What the table is called.
    #[must_use]
    pub fn heat_table_name(&self) -> String {
        self.line("heat-table", &[])
    }

    /// The headings of its columns before the months.
    #[must_use]
    pub fn heat_table_head(&self) -> Vec<String> {
        ["number", "mentee", "mentor", "state"].map(|key| self.line(&format!("heat-column-{key}"), &[])).to_vec()
    }

    /// The headings of a month, which is one of the program's zone.
    #[must_use]
    pub fn heat_table_month(&self, period: Period, zone: Tz) -> [String; 2] {
        let args = [("month", Arg::Words(self.month(period))), ("zone", Arg::Words(zone.name().to_owned()))];
        ["heat-column-standing", "heat-column-meetings"].map(|key| self.line(key, &args))
    }

    /// Where a pair stands.
    #[must_use]
    pub fn pair_state(&self, state: &PairState) -> String {
        let key = match state {
            PairState::Published { .. } => "pair-is-published",
            PairState::Introduced { .. } => "pair-is-introduced",
            PairState::Ended { .. } | PairState::Archived { .. } => "pair-is-ended",
        };
        let reason = state.end_reason().map_or("completed", plsep_domain::EndReason::key);
        self.line(key, &[("reason", Arg::Key(reason))])
    }
}
