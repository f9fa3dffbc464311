//! How many took part, in words: a line for each thing that was asked. What nobody was asked yet is not among them.

use chrono::{DateTime, Utc};
use plsep_domain::figures::Turnout;
use plsep_domain::{Occasion, Period, Program};

use super::super::{Arg, Deed, Voice};
use super::number;
use crate::chat::{Block, CommandId, Message, Style, Text};

/// How many took part.
#[derive(Clone, Debug)]
pub struct Participation {
    /// The acknowledgement form.
    pub signed: Turnout,
    /// The monthly question.
    pub months: Vec<(Period, Turnout)>,
    /// How they find the fit.
    pub fits: Vec<(Occasion, Turnout)>,
    /// The closing survey.
    pub survey: Turnout,
}

impl Voice<'_> {
    /// The same in words.
    #[must_use]
    pub fn participation(&self, program: &Program, at: DateTime<Utc>, participation: &Participation) -> Message {
        let Participation { signed, months, fits, survey } = participation;
        let mut lines = vec![(self.line("participation-signed", &[]), signed)];
        for (period, turnout) in months {
            lines.push((self.line("participation-month", &[("month", Arg::Words(self.month(*period)))]), turnout));
        }
        for (occasion, turnout) in fits {
            lines.push((self.line("participation-fit", &[("occasion", Arg::Key(occasion.key()))]), turnout));
        }
        lines.push((self.line("participation-survey", &[]), survey));
        lines.retain(|(_, turnout)| !turnout.is_empty());
        if lines.is_empty() {
            return self.say("participation-none", &[]);
        }
        let line = |(what, turnout): (String, &Turnout)| {
            let args = [
                ("what", Arg::Strong(what)),
                ("mentees", number(turnout.answered.mentees)),
                ("mentees-of", number(turnout.asked.mentees)),
                ("mentors", number(turnout.answered.mentors)),
                ("mentors-of", number(turnout.asked.mentors)),
            ];
            self.text("participation-line", &args)
        };
        Message::default()
            .with(self.heading("participation-heading", &[]))
            .with(Block::Fine(Text::plain(self.report_at(at, program))))
            .with(Block::Bullets(lines.into_iter().map(line).collect()))
            .with(self.fine("participation-note", &[]))
            .with(Block::Controls(vec![self.button(
                "button-report-stuck",
                &Deed::Do(CommandId::ReportStuck),
                Style::Plain,
            )]))
    }
}
