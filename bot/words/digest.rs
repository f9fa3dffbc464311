//! The coordinators' weekly digest, and the word of a pair that has gone silent. Plain where all is well.

use chrono::{DateTime, Utc};
use plsep_domain::{DateName, Period, Phase, Program};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, CommandId, Message, Span, Style, Text, UserRef, WhenStyle};

/// How many people or pairs are named; the rest is counted.
const NAMED: usize = 10;

/// What a digest tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// When it was gathered.
    pub at: DateTime<Utc>,
    /// Who of the pairs has not signed.
    pub unsigned: Vec<UserRef>,
    /// The month, while the program runs.
    pub month: Option<Period>,
    /// The pairs that have neither met in it nor planned to.
    pub open: OpenPairs,
    /// Applications that wait for a decision.
    pub waiting: usize,
    /// What waits to be looked at.
    pub concerns: usize,
    /// Of that, what nobody looks after.
    pub unassigned: usize,
    /// What could not be delivered.
    pub undelivered: usize,
    /// The dates of the days to come.
    pub dates: Vec<DateName>,
    /// How many meetings are set for them.
    pub meetings: usize,
}

/// Pairs, mentor and mentee, whose month is open, by how it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenPairs {
    /// One of them asked for help.
    pub needs_help: Vec<(UserRef, UserRef)>,
    /// One says that they met, the other that they did not.
    pub disagree: Vec<(UserRef, UserRef)>,
    /// They say that they have not met yet.
    pub not_yet: Vec<(UserRef, UserRef)>,
    /// Nobody has said anything, and no meeting is set.
    pub silent: Vec<(UserRef, UserRef)>,
}

impl OpenPairs {
    /// Each kind with the sentence about it, the most pressing first.
    fn kinds(&self) -> [(&'static str, &[(UserRef, UserRef)]); 4] {
        let Self { needs_help, disagree, not_yet, silent } = self;
        [
            ("digest-needs-help", needs_help),
            ("digest-disagree", disagree),
            ("digest-not-yet", not_yet),
            ("digest-silent", silent),
        ]
    }

    fn is_empty(&self) -> bool {
        self.kinds().iter().all(|(_, pairs)| pairs.is_empty())
    }
}

impl Voice<'_> {
    /// The digest.
    #[must_use]
    pub fn digest(&self, program: &Program, digest: &Digest) -> Message {
        let Digest { at, unsigned, month, open, waiting, concerns, unassigned, undelivered, dates, meetings } = digest;
        let number = |count: &usize| Arg::Number(i64::try_from(*count).unwrap_or(i64::MAX));
        let mut lines = Vec::new();
        if *waiting > 0 {
            lines.push(self.text("digest-waiting", &[("count", number(waiting))]));
        }
        if !unsigned.is_empty() {
            let text = self.text("digest-unsigned", &[("count", number(&unsigned.len()))]);
            lines.push(self.with_names(
                text,
                unsigned.len(),
                unsigned.iter().map(|user| vec![Span::Person(user.clone())]),
            ));
        }
        let kinds = open.kinds().into_iter().filter(|(_, pairs)| !pairs.is_empty());
        for (month, (key, pairs)) in kinds.filter_map(|kind| month.map(|month| (month, kind))) {
            let args = [("count", number(&pairs.len())), ("month", Arg::Words(self.month(month)))];
            let names = pairs.iter().map(|(mentor, mentee)| {
                let args = [("mentor", Arg::Person(mentor.clone())), ("mentee", Arg::Person(mentee.clone()))];
                self.text("digest-pair", &args).0
            });
            lines.push(self.with_names(self.text(key, &args), pairs.len(), names));
        }
        if *concerns > 0 {
            let alone = ("alone", Arg::Key(if unassigned == concerns { "all" } else { "some" }));
            let args = [("count", number(concerns)), ("unassigned", number(unassigned)), alone];
            lines.push(self.text("digest-concerns", &args));
        }
        if *undelivered > 0 {
            lines.push(self.text("digest-undelivered", &[("count", number(undelivered))]));
        }
        let well = lines.is_empty();
        let mut due: Vec<Text> = dates
            .iter()
            .map(|name| {
                self.text("digest-date", &[("date", Arg::Key(name.key())), ("at", self.date(&program.calendar, *name))])
            })
            .collect();
        if *meetings > 0 {
            due.push(self.text("digest-meetings", &[("count", number(meetings))]));
        }
        let day = self.catalogue.moment(self.lang, *at, program.calendar.zone(), WhenStyle::Date);
        let message = Message::default().with(self.heading("digest-heading", &[("day", Arg::Words(day))]));
        let message = match well {
            true => message.with(self.paragraph("digest-well", &[])),
            false => message.with(Block::Bullets(lines)),
        };
        let message = match due.is_empty() {
            true => message.with(self.paragraph("digest-nothing-due", &[])),
            false => message.with(self.paragraph("digest-due", &[])).with(Block::Bullets(due)),
        };
        let mut buttons = Vec::new();
        if *waiting > 0 {
            buttons.push(("button-queue", CommandId::ApplicationsQueue));
        }
        if *concerns > 0 {
            buttons.push(("button-concerns", CommandId::ConcernsList));
        }
        if !unsigned.is_empty() || !open.is_empty() {
            buttons.push(("button-pairs", CommandId::PairsList));
        }
        if !unsigned.is_empty() && program.calendar.phase(*at) < Phase::WrapUp {
            buttons.push(("button-remind-people", CommandId::ApplicationsRemind));
        }
        buttons.push(("button-report-overview", CommandId::ReportOverview));
        let buttons = buttons.into_iter().map(|(key, id)| self.button(key, &Deed::Do(id), Style::Plain));
        message.with(Block::Controls(buttons.collect()))
    }

    /// A sentence with the first of so many names behind it.
    fn with_names(&self, sentence: Text, count: usize, names: impl Iterator<Item = Vec<Span>>) -> Text {
        let mut spans = sentence.0;
        for (place, name) in names.take(NAMED).enumerate() {
            spans.push(Span::Plain(if place == 0 { " " } else { ", " }.to_owned()));
            spans.extend(name);
        }
        if count > NAMED {
            spans.push(Span::Plain(", ".to_owned()));
            spans.extend(self.text("list-more", &[("count", Arg::Number((count - NAMED) as i64))]).0);
        }
        Text(spans)
    }

    /// Tells the office of a pair of which nothing was heard.
    #[must_use]
    pub fn silent_notice(&self, mentor: &UserRef, mentee: &UserRef, since: DateTime<Utc>) -> Message {
        let args = [
            ("mentor", Arg::Person(mentor.clone())),
            ("mentee", Arg::Person(mentee.clone())),
            ("since", Arg::When(since, self.zone, WhenStyle::Date)),
        ];
        self.say("notice-silent", &args)
    }
}

#[cfg(test)]
mod tests {
    use plsep_domain::Lang;

    use crate::words::{Arg, Catalogue};

    #[test]
    fn nobody_looks_after_some_or_all_or_none() {
        let words = |lang, count, unassigned: i64| {
            let alone = ("alone", Arg::Key(if unassigned == count { "all" } else { "some" }));
            let args = [("count", Arg::Number(count)), ("unassigned", Arg::Number(unassigned)), alone];
            Catalogue::embedded().line(lang, "digest-concerns", &args)
        };
        for (lang, count, unassigned, told) in [
            (Lang::En, 1, 1, "One matter waits to be looked at, and nobody looks after it."),
            (Lang::En, 9, 9, "9 matters wait to be looked at, and nobody looks after them."),
            (Lang::En, 9, 1, "9 matters wait to be looked at; nobody looks after one of them."),
            (Lang::En, 9, 0, "9 matters wait to be looked at."),
            (Lang::Es, 9, 9, "9 asuntos esperan atención y nadie los atiende."),
            (Lang::Es, 9, 2, "9 asuntos esperan atención; a 2 de ellos no los atiende nadie."),
        ] {
            assert_eq!(words(lang, count, unassigned), told);
        }
    }
}
