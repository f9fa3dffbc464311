//! What the program is, for somebody who has not decided yet.

use plsep_domain::status::Part;
use plsep_domain::{DateName, Phase, Program, Role};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, CommandId, Control, Message, Style, Text};

impl Voice<'_> {
    /// The program, its benefits, what is expected, its dates, and how to apply, or what one can do instead.
    #[must_use]
    pub fn about(&self, program: &Program, phase: Phase) -> Message {
        let own = |text: &plsep_domain::Localised| Text::plain(text.get(self.lang).trim());
        let message = Message::default()
            .with(Block::Heading(own(&program.name)))
            .with(Block::Paragraph(own(&program.about.what)))
            .with(self.paragraph("about-mentee-benefits", &[]))
            .with(Block::Paragraph(own(&program.about.mentee_benefits)))
            .with(self.paragraph("about-mentor-benefits", &[]))
            .with(Block::Paragraph(own(&program.about.mentor_benefits)))
            .with(self.paragraph("about-expected", &[]))
            .with(Block::Paragraph(own(&program.about.expectations)))
            .with(self.timeline(program));
        let part = Part::of(phase);
        let args = [
            ("part", Arg::Key(part.key())),
            ("opens", self.date(&program.calendar, DateName::ApplicationsOpen)),
            ("close", self.date(&program.calendar, DateName::ApplicationsClose)),
            ("contact", Arg::Words(program.contact.clone())),
        ];
        let buttons = match part {
            Part::Open => self.apply_buttons(),
            Part::Before | Part::Underway | Part::Over => {
                vec![self.button("button-status", &Deed::Do(CommandId::Status), Style::Plain)]
            }
        };
        message.with(self.paragraph("about-how-to-apply", &args)).with(Block::Controls(buttons))
    }

    /// The season's dates.
    pub(super) fn timeline(&self, program: &Program) -> Block {
        let calendar = &program.calendar;
        let from = self.date(calendar, DateName::RunsFrom);
        let until = self.date(calendar, DateName::RunsUntil);
        Block::Bullets(vec![
            self.text("timeline-open", &[("at", self.date(calendar, DateName::ApplicationsOpen))]),
            self.text("timeline-close", &[("at", self.date(calendar, DateName::ApplicationsClose))]),
            self.text("timeline-agreements", &[("at", self.date(calendar, DateName::AgreementsDue))]),
            self.text("timeline-runs", &[("from", from), ("until", until)]),
        ])
    }

    pub(super) fn apply_buttons(&self) -> Vec<Control> {
        Role::ALL
            .into_iter()
            .map(|role| {
                let key = match role {
                    Role::Mentee => "button-apply-mentee",
                    Role::Mentor => "button-apply-mentor",
                };
                self.button(key, &Deed::Apply(role), Style::Primary)
            })
            .collect()
    }
}
