//! What coordinators read before and after they ask the monthly question now, pause it, or change when it is asked. It
//! decides nothing.

use chrono::{DateTime, Utc};
use plsep_domain::Period;

use super::{Arg, Deed, OfficeDeed, Voice};
use crate::chat::{Block, Choice, CommandId, Control, Message, Style, Text, UserRef};

/// How many pairs are named; the others are counted.
const NAMED: usize = 10;

/// Lines that are offered, with the names under which the catalogue keeps what they mean.
const OFFERED: [(&str, &str); 5] = [
    ("0 10 1 * *", "first"),
    ("0 10 10 * *", "tenth"),
    ("0 10 15 * *", "fifteenth"),
    ("0 10 20 * *", "twentieth"),
    ("0 10 1-7 * MON", "first-monday"),
];

/// When the monthly question is asked.
pub struct NudgeDates {
    /// Since when it pauses.
    pub paused_at: Option<DateTime<Utc>>,
    /// When it is asked next.
    pub next: Option<DateTime<Utc>>,
}

/// Whom the question would reach.
pub struct NudgeQuestion {
    /// The month.
    pub period: Period,
    /// The pairs.
    pub pairs: Vec<(UserRef, UserRef)>,
    /// How many people are asked.
    pub people: usize,
    /// When the first is asked.
    pub from: Option<DateTime<Utc>>,
    /// When the last is.
    pub until: Option<DateTime<Utc>>,
}

/// What is asked before the monthly question goes on.
pub struct NudgesResume {
    /// Since when it pauses.
    pub paused_at: DateTime<Utc>,
    /// Whom it would reach right away.
    pub question: Option<NudgeQuestion>,
    /// How many questions the pause has held back, and when the first and the last of them go out.
    pub held: Option<(usize, DateTime<Utc>, DateTime<Utc>)>,
    /// When it is asked next.
    pub next: Option<DateTime<Utc>>,
    /// Now: the question holds for a while.
    pub now: DateTime<Utc>,
}

impl Voice<'_> {
    /// Asks before the month's question is asked now.
    #[must_use]
    pub fn nudge_now_question(&self, question: &NudgeQuestion, now: DateTime<Utc>) -> Message {
        if question.people == 0 {
            return self.whom(Message::default(), question);
        }
        let message = Message::default().with(self.heading("nudge-now-heading", &[]));
        let message = self.whom(message, question);
        let yes = Deed::Office(OfficeDeed::SendNudges(now.timestamp()));
        self.yes(message, "button-nudge-now", &question.counts(), yes)
    }

    /// It is being asked.
    #[must_use]
    pub fn nudge_now_done(&self) -> Message {
        self.say("nudge-now-done", &[])
    }

    /// It pauses.
    #[must_use]
    pub fn nudges_paused(&self) -> Message {
        let go_on = self.button("button-nudges-resume", &Deed::Do(CommandId::NudgesResume), Style::Plain);
        self.say("nudges-paused", &[]).with(Block::Controls(vec![go_on]))
    }

    /// It does not pause.
    #[must_use]
    pub fn nudges_not_paused(&self) -> Message {
        self.say("nudges-not-paused", &[])
    }

    /// It goes on.
    #[must_use]
    pub fn nudges_resumed(&self) -> Message {
        self.say("nudges-resumed", &[])
    }

    /// The coordinators hear who paused it, or let it go on.
    #[must_use]
    pub fn nudges_news(&self, key: &str, by: &UserRef) -> Message {
        self.say(key, &[("by", Arg::Person(by.clone()))])
    }

    /// Asks before it goes on: who is asked right away, and when it is asked next.
    #[must_use]
    pub fn nudges_resume_question(&self, resume: &NudgesResume) -> Message {
        let NudgesResume { paused_at, question, held, next, now } = resume;
        let mut message = Message::default()
            .with(self.heading("nudges-resume-heading", &[]))
            .with(self.paragraph("nudges-resume-since", &[("at", self.when(*paused_at))]));
        if let Some((count, from, until)) = held {
            let args =
                [("count", Arg::Number(*count as i64)), ("from", self.when(*from)), ("until", self.when(*until))];
            message = message.with(self.paragraph("nudges-resume-held", &args));
        }
        message = match question.as_ref().filter(|question| question.people > 0) {
            Some(question) => self.whom(message.with(self.paragraph("nudges-resume-missed", &[])), question),
            None if held.is_some() => message.with(self.paragraph("nudges-resume-nobody-else", &[])),
            None => message.with(self.paragraph("nudges-resume-nobody", &[])),
        };
        if let Some(next) = next {
            message = message.with(self.paragraph("season-nudges-next", &[("at", self.when(*next))]));
        }
        let yes = Deed::Office(OfficeDeed::ResumeNudges(now.timestamp()));
        self.yes(message, "button-nudges-resume-yes", &[], yes)
    }

    /// When it is asked, with other dates to choose from.
    #[must_use]
    pub fn nudge_schedule(&self, line: &str, dates: &[DateTime<Utc>]) -> Message {
        let menu = Control::Menu {
            label: self.line("nudge-schedule-menu", &[]),
            action: Deed::Office(OfficeDeed::PickNudgeDates).action(),
            options: OFFERED
                .iter()
                .map(|(line, name)| Choice {
                    value: (*line).to_owned(),
                    label: self.line("nudge-schedule-choice", &[("name", Arg::Key(name))]),
                })
                .collect(),
            chosen: OFFERED
                .iter()
                .filter(|(offered, _)| *offered == line)
                .map(|(line, _)| (*line).to_owned())
                .collect(),
            min: 1,
            max: 1,
        };
        let message = Message::default().with(self.heading("nudge-schedule-heading", &[]));
        let message = match dates.is_empty() {
            true => message.with(self.paragraph("nudge-schedule-none", &[])),
            false => self.dated(message, dates),
        };
        message
            .with(self.paragraph("nudge-schedule-how", &[("line", Arg::Words(line.to_owned()))]))
            .with(Block::Controls(vec![menu]))
    }

    /// Asks before other dates are kept.
    #[must_use]
    pub fn nudge_schedule_question(&self, line: &str, dates: &[DateTime<Utc>], now: DateTime<Utc>) -> Message {
        let message = Message::default().with(self.heading("nudge-schedule-ask", &[]));
        let yes = Deed::Office(OfficeDeed::SetNudgeDates(line.to_owned(), now.timestamp()));
        let message = self.dated(message, dates).with(self.paragraph("nudge-schedule-then", &[]));
        self.yes(message, "button-nudge-schedule", &[], yes)
    }

    /// Other dates are kept.
    #[must_use]
    pub fn nudge_schedule_done(&self, dates: &[DateTime<Utc>]) -> Message {
        self.dated(Message::default().with(self.paragraph("nudge-schedule-done", &[])), dates)
    }

    /// When the question is asked next, for whoever looks at the season.
    pub(super) fn nudge_dates(&self, dates: &NudgeDates) -> Option<Block> {
        match (dates.paused_at, dates.next) {
            (Some(at), _) => Some(self.paragraph("season-nudges-paused", &[("at", self.when(at))])),
            (None, Some(at)) => Some(self.paragraph("season-nudges-next", &[("at", self.when(at))])),
            (None, None) => None,
        }
    }

    fn dated(&self, message: Message, dates: &[DateTime<Utc>]) -> Message {
        let lines: Vec<Text> =
            dates.iter().map(|at| self.text("nudge-schedule-date", &[("at", self.when(*at))])).collect();
        message
            .with(self.paragraph("nudge-schedule-dates", &[("count", Arg::Number(lines.len() as i64))]))
            .with(Block::Bullets(lines))
    }

    fn whom(&self, message: Message, question: &NudgeQuestion) -> Message {
        let [pairs, people] = question.counts();
        let month = ("month", Arg::Words(self.month(question.period)));
        let message = message.with(self.paragraph("nudge-now-whom", &[month, pairs, people]));
        let lines: Vec<Text> = question
            .pairs
            .iter()
            .take(NAMED)
            .map(|(mentor, mentee)| {
                let args = [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone()))];
                self.text("preview-line", &args)
            })
            .collect();
        let mut message = if lines.is_empty() { message } else { message.with(Block::Bullets(lines)) };
        let more = question.pairs.len().saturating_sub(NAMED);
        if more > 0 {
            message = message.with(self.fine("list-more", &[("count", Arg::Number(more as i64))]));
        }
        match question.from.zip(question.until) {
            Some((from, until)) => {
                let args = [("from", self.when(from)), ("until", self.when(until))];
                let key = if (until - from).num_hours() >= 1 { "nudge-now-when" } else { "nudge-now-at" };
                message.with(self.paragraph(key, &args))
            }
            None => message,
        }
    }

    fn yes(&self, message: Message, key: &str, args: &[(&str, Arg)], yes: Deed) -> Message {
        let yes = Control::Button { label: self.line(key, args), action: yes.action(), style: Style::Primary };
        let not_now = self.button("button-not-now", &Deed::Do(CommandId::SeasonShow), Style::Plain);
        message.with(Block::Controls(vec![yes, not_now])).with(self.holds())
    }
}

impl NudgeQuestion {
    fn counts(&self) -> [(&'static str, Arg); 2] {
        [("pairs", Arg::Number(self.pairs.len() as i64)), ("people", Arg::Number(self.people as i64))]
    }
}
