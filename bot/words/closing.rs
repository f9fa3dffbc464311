//! What each person reads after the end of the run: thanks, what they have done, and the closing survey.

use chrono::{DateTime, Utc};
use plsep_domain::{DateName, Program, Role, Together};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, Message, Style, WhenStyle};

/// What a certificate says.
pub struct CertificateFacts {
    /// The name, as signed on the acknowledgement form.
    pub name: String,
    /// As what the person took part.
    pub role: Role,
    /// Where they work, if they said so.
    pub library: Option<String>,
    /// How often they met.
    pub together: Together,
    /// The end of the run.
    pub issued_at: DateTime<Utc>,
}

/// The same in words, without the name.
pub struct CertificateLines {
    /// What it is.
    pub title: String,
    /// The program.
    pub program: String,
    /// The words before the name.
    pub before_name: String,
    /// What the person did.
    pub lines: Vec<String>,
    /// When it was issued.
    pub issued: String,
    /// Who answers for it.
    pub office: String,
}

impl Voice<'_> {
    /// Thanks to one person, with how often they met, and the closing survey.
    #[must_use]
    pub fn closing(&self, program: &Program, together: Together) -> Message {
        self.closing_words(program, together).with(self.paragraph("closing-certificate", &[]))
    }

    /// The certificate in words.
    #[must_use]
    pub fn certificate(&self, program: &Program, facts: &CertificateFacts) -> CertificateLines {
        let CertificateFacts { name: _, role, library, together, issued_at } = facts;
        let mut lines = Vec::new();
        if let Some(library) = library {
            lines.push(self.line("certificate-library", &[("library", Arg::Words(library.clone()))]));
        }
        let calendar = &program.calendar;
        lines.push(self.line("certificate-took-part", &[("role", Arg::Key(role.key()))]));
        let dates =
            [("from", self.date(calendar, DateName::RunsFrom)), ("until", self.date(calendar, DateName::RunsUntil))];
        lines.push(self.line("certificate-run", &dates));
        if together.meetings > 0 {
            lines.push(self.line("certificate-met", &met_args(*together)));
        }
        let day = self.catalogue.moment(self.lang, *issued_at, self.zone, WhenStyle::Date);
        CertificateLines {
            title: self.line("certificate-title", &[]),
            program: program.name.get(self.lang).to_owned(),
            before_name: self.line("certificate-before-name", &[]),
            lines,
            issued: self.line("certificate-issued", &[("day", Arg::Words(day))]),
            office: program.contact.clone(),
        }
    }

    /// What the certificate says, beside it.
    #[must_use]
    pub fn certificate_note(&self, facts: &CertificateFacts) -> Message {
        self.say("certificate-note", &[("name", Arg::Strong(facts.name.clone()))])
    }

    /// The certificate is on its way.
    #[must_use]
    pub fn certificate_on_its_way(&self) -> Message {
        self.say("certificate-on-its-way", &[])
    }

    /// What the file shows.
    #[must_use]
    pub fn certificate_alt(&self, program: &Program) -> String {
        self.line("certificate-alt", &[("program", Arg::Words(program.name.get(self.lang).to_owned()))])
    }

    /// What the end of a season is told with.
    pub(super) fn closing_args(&self, program: &Program, together: Together) -> [(&'static str, Arg); 2] {
        let met = if together.meetings > 0 {
            Arg::Words(format!(" {}", self.line("met-together", &met_args(together))))
        } else {
            Arg::Words(String::new())
        };
        [("program", Arg::Words(program.name.get(self.lang).to_owned())), ("met", met)]
    }

    fn closing_words(&self, program: &Program, together: Together) -> Message {
        let mut message = Message::default()
            .with(self.heading("closing-heading", &[]))
            .with(self.paragraph("closing", &self.closing_args(program, together)));
        if !program.survey.is_empty() {
            let at = [("at", self.survey_closes(program))];
            let button = self.button("button-survey", &Deed::Survey, Style::Primary);
            message = message.with(self.paragraph("closing-survey", &at)).with(Block::Controls(vec![button]));
        }
        message
    }
}

fn met_args(together: Together) -> [(&'static str, Arg); 3] {
    let Together { months, meetings, at_least } = together;
    [
        ("months", Arg::Number(months as i64)),
        ("meetings", Arg::Number(meetings as i64)),
        ("least", Arg::Key(if at_least { "yes" } else { "no" })),
    ]
}
