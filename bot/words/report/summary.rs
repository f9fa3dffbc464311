//! The words of the summary for a grant report. It names nobody.

use plsep_domain::figures::Figures;
use plsep_domain::{DateName, Program};

use super::super::{Arg, Deed, Voice};
use crate::chat::{Block, CommandId, Message, Span, Style, Text, WhenStyle};

impl Voice<'_> {
    /// What stands below the heading of the paper.
    #[must_use]
    pub fn summary_about(&self, program: &Program, figures: &Figures) -> Vec<String> {
        let calendar = &program.calendar;
        let day = |at| Arg::Words(self.catalogue.moment(self.lang, at, calendar.zone(), WhenStyle::Date));
        let last = calendar.instant(DateName::RunsUntil) - chrono::TimeDelta::seconds(1);
        let run = [("from", day(calendar.instant(DateName::RunsFrom))), ("until", day(last))];
        vec![
            self.line("summary-run", &run),
            self.line("summary-counted", &[("at", Arg::Words(self.report_at(figures.at, program)))]),
            self.line("summary-contact", &[("contact", Arg::Words(program.contact.clone()))]),
        ]
    }

    /// The heading above the figures in words.
    #[must_use]
    pub fn summary_heading(&self) -> String {
        self.line("summary-heading", &[])
    }

    /// The figures as bare sentences.
    #[must_use]
    pub fn figures_in_words(&self, figures: &Figures) -> Vec<String> {
        self.overview_lines(figures).iter().map(Text::words).collect()
    }

    /// What comes beside the paper.
    #[must_use]
    pub fn summary_note(&self, figures: &Figures, program: &Program) -> Message {
        let export = Text(vec![Span::Code("/mentorship-admin report export".to_owned())]);
        let overview = self.button("button-report-overview", &Deed::Do(CommandId::ReportOverview), Style::Plain);
        Message::default()
            .with(self.heading("summary-note-heading", &[]))
            .with(Block::Fine(Text::plain(self.report_at(figures.at, program))))
            .with(self.paragraph("summary-note", &[("export", Arg::Text(export))]))
            .with(Block::Controls(vec![overview]))
    }
}
