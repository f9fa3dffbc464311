//! What a pair reads in its own place: introduction and farewell.

use chrono_tz::Tz;
use plsep_domain::{Answers, DateName, Lang, LocalTime, Meaning, PairId, Period, Program, Role, Shared, Together};

use super::{Arg, Deed, MeetingDeed, Voice};
use crate::chat::{Block, CommandId, Message, Style, Text, UserRef};
use plsep_domain::matching::Reason;

/// Longest part of a written answer in an introduction: two long answers of both sides and everything else must fit
/// into one message of the narrower chat.
const SHARED_CHARS: usize = 900;

/// One side of a pair, as the other may know it.
pub struct Side<'a> {
    /// The person.
    pub user: &'a UserRef,
    /// Display name.
    pub name: &'a str,
    /// Where they live.
    pub zone: Tz,
    /// As what.
    pub role: Role,
    /// What was answered; only what is shared with the match is shown.
    pub answers: &'a Answers,
}

/// Everything an introduction says.
pub struct Introduction<'a> {
    /// The season's program.
    pub program: &'a Program,
    /// The pair.
    pub pair: PairId,
    /// The mentor.
    pub mentor: Side<'a>,
    /// The mentee.
    pub mentee: Side<'a>,
    /// Why they were matched.
    pub reasons: &'a [Reason],
}

impl Voice<'_> {
    /// Who each other is, why they were matched, what to do first, what is expected.
    #[must_use]
    pub fn introduction(&self, introduction: &Introduction<'_>) -> Message {
        let Introduction { program, pair, mentor, mentee, reasons } = introduction;
        let args = [("mentor", Arg::Person(mentor.user.clone())), ("mentee", Arg::Person(mentee.user.clone()))];
        let due = [("at", self.date(&program.calendar, DateName::AgreementsDue))];
        let runs = [
            ("from", self.date(&program.calendar, DateName::RunsFrom)),
            ("until", self.date(&program.calendar, DateName::RunsUntil)),
        ];
        let mut message = Message::default()
            .with(self.heading("intro-heading", &[]))
            .with(self.paragraph("intro-welcome", &args))
            .with(self.fine("intro-private", &[]));
        for side in [mentor, mentee] {
            message = message.with(self.side_heading(side)).with(self.side_facts(program, side));
        }
        message = message.with(self.clocks(program, mentor, mentee));
        if !reasons.is_empty() {
            let lines = reasons.iter().map(|reason| self.reason(program, reason)).collect();
            message = message.with(self.paragraph("intro-why", &[])).with(Block::Bullets(lines));
        }
        message
            .with(self.paragraph("intro-first", &[]))
            .with(Block::Bullets((1..=4).map(|line| self.text(&format!("intro-agenda-{line}"), &[])).collect()))
            .with(self.paragraph("intro-expected", &runs))
            .with(self.fine("intro-turn", &[("name", Arg::Words(mentee.name.to_owned()))]))
            .with(self.paragraph("intro-sign", &due))
            .with(Block::Controls(vec![
                self.button("button-set-first", &Deed::Meeting(MeetingDeed::Set(*pair)), Style::Primary),
                self.button("button-agreement", &Deed::Do(CommandId::Agreement), Style::Primary),
                self.button("button-how-often", &Deed::Cadence(*pair, None), Style::Plain),
                self.button("button-ask", &Deed::Ask, Style::Plain),
            ]))
    }

    /// What time it is for the one when it is nine for the other, on the day the program starts.
    fn clocks(&self, program: &Program, mentor: &Side<'_>, mentee: &Side<'_>) -> Block {
        let day = program.calendar.local(DateName::RunsFrom).date();
        let nine = day.and_hms_opt(9, 0, 0).unwrap_or_default();
        let at = LocalTime::from(nine).first_instant(mentor.zone);
        let clock = |zone: Tz| Arg::Words(self.catalogue.clock(self.lang, at, zone));
        let args = [
            ("one", Arg::Words(mentor.name.to_owned())),
            ("one-time", clock(mentor.zone)),
            ("other", Arg::Words(mentee.name.to_owned())),
            ("other-time", clock(mentee.zone)),
        ];
        let wall = |zone: Tz| at.with_timezone(&zone).naive_local();
        let key = if wall(mentor.zone) == wall(mentee.zone) { "intro-one-clock" } else { "intro-two-clocks" };
        self.paragraph(key, &args)
    }

    /// Name of the pair's place, from the two names: words of plain letters.
    #[must_use]
    pub fn room_name(mentor: &str, mentee: &str) -> String {
        let word = |name: &str| plsep_domain::text::words(name).into_iter().next().unwrap_or_else(|| "pair".to_owned());
        format!("mentorship-{}-{}", word(mentor), word(mentee))
    }

    /// What the pair's place is for.
    #[must_use]
    pub fn room_topic(&self, program: &Program) -> String {
        self.line("room-topic", &[("program", Arg::Words(program.name.get(self.lang).to_owned()))])
    }

    /// The farewell in the pair's place.
    #[must_use]
    pub fn farewell(&self, program: &Program, together: Together, members: &[UserRef]) -> Message {
        Message::default()
            .with(self.heading("farewell-heading", &[]))
            .with(self.mentions(members))
            .with(self.paragraph("farewell", &self.closing_args(program, together)))
            .with(self.paragraph("farewell-next", &[("contact", Arg::Words(program.contact.clone()))]))
    }

    /// The farewell when one of the two left.
    #[must_use]
    pub fn pair_ended(&self, program: &Program) -> Message {
        self.say("pair-ended-early", &[("contact", Arg::Words(program.contact.clone()))])
    }

    /// A month by name, with its year.
    pub(super) fn month(&self, period: Period) -> String {
        let month = self.line(&format!("month-{}", period.month()), &[]);
        self.line("month-year", &[("month", Arg::Words(month)), ("year", Arg::Words(period.year().to_string()))])
    }

    pub(super) fn mentions(&self, members: &[UserRef]) -> Block {
        let mut spans = Vec::new();
        for member in members {
            if !spans.is_empty() {
                spans.push(crate::chat::Span::Plain(" ".to_owned()));
            }
            spans.push(crate::chat::Span::Person(member.clone()));
        }
        Block::Paragraph(Text(spans))
    }

    fn side_heading(&self, side: &Side<'_>) -> Block {
        let args = [("name", Arg::Strong(side.name.to_owned())), ("role", Arg::Key(side.role.key()))];
        self.paragraph("intro-side", &args)
    }

    /// What one side shares with the other: answers of questions marked so, and nothing else.
    fn side_facts(&self, program: &Program, side: &Side<'_>) -> Block {
        let rows = program
            .questions_for(side.role)
            .filter(|question| question.shared == Shared::Match && question.meaning != Some(Meaning::Capacity))
            .filter_map(|question| {
                let answer = side.answers.get(&question.key)?;
                let label = question.about.as_ref().unwrap_or(&question.label);
                let words = self.shortened(question, answer, SHARED_CHARS, "answer-long-shared");
                Some((Text::plain(label.get(self.lang)), words))
            })
            .collect();
        Block::Fields(rows)
    }
}

/// The language in which two people are written to together: one that both chose, else English.
#[must_use]
pub fn shared_lang(one: Lang, other: Lang) -> Lang {
    if one == other { one } else { Lang::En }
}
