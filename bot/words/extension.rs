//! A pair that may go on after the end of the season: what coordinators are asked before, and what the two read. Decides
//! nothing.

use chrono::{DateTime, NaiveDate, Utc};
use plsep_domain::{DateName, PairId, Program, text};

use super::{Arg, Deed, OfficeDeed, ReadBy, Voice};
use crate::chat::{Block, Choice, CommandId, Control, Message, Style, UserRef, WhenStyle};

/// The choice of the season's own end, among days.
pub const SEASON_END: &str = "season";

/// What is asked about how long a pair may go on.
pub struct ExtensionMenu {
    /// Which pair.
    pub pair: PairId,
    /// Mentor and mentee.
    pub people: (UserRef, UserRef),
    /// The last days that are offered.
    pub days: Vec<NaiveDate>,
    /// Until when it may go on already, if that is later than the season.
    pub agreed: Option<DateTime<Utc>>,
}

/// What is asked before a pair's end moves.
pub struct ExtensionQuestion {
    /// Which pair.
    pub pair: PairId,
    /// Mentor and mentee.
    pub people: (UserRef, UserRef),
    /// The last day, or that the longer time is taken back.
    pub through: Option<NaiveDate>,
    /// The end that the pair has then.
    pub until: DateTime<Utc>,
    /// What both read in their place, and from when.
    pub read: ReadBy,
    /// Now: the question holds for a while.
    pub now: DateTime<Utc>,
}

impl Voice<'_> {
    /// Asks until when a pair may go on.
    #[must_use]
    pub fn extension_menu(&self, program: &Program, menu: &ExtensionMenu) -> Message {
        let ExtensionMenu { pair, people: (mentor, mentee), days, agreed } = menu;
        let zone = program.calendar.zone();
        let mut options: Vec<Choice> = days
            .iter()
            .map(|day| {
                let noon = plsep_domain::LocalTime::from(*day).first_instant(zone);
                let day_said = self.catalogue.moment(self.lang, noon, zone, WhenStyle::Date);
                Choice {
                    value: day.to_string(),
                    label: self.line("extension-through", &[("day", Arg::Words(day_said))]),
                }
            })
            .collect();
        if agreed.is_some() {
            options.push(Choice { value: SEASON_END.to_owned(), label: self.line("extension-take-back", &[]) });
        }
        let args = [
            ("mentor", Arg::Person(mentor.clone())),
            ("mentee", Arg::Person(mentee.clone())),
            ("at", self.date(&program.calendar, DateName::RunsUntil)),
        ];
        let mut message = Message::default()
            .with(self.heading("extension-heading", &[]))
            .with(self.paragraph("extension-ask", &args));
        if let Some(until) = agreed {
            message = message.with(self.paragraph("extension-agreed", &[("at", self.last_second(*until))]));
        }
        if options.is_empty() {
            return message.with(self.paragraph("extension-no-day", &[]));
        }
        let menu = Control::Menu {
            label: self.line("extension-choose", &[]),
            action: Deed::Office(OfficeDeed::PickExtension(*pair)).action(),
            options,
            chosen: vec![],
            min: 1,
            max: 1,
        };
        let not_now = self.button("button-not-now", &Deed::Do(CommandId::PairsList), Style::Plain);
        message
            .with(Block::Controls(vec![menu]))
            .with(Block::Controls(vec![not_now]))
            .with(self.fine("extension-other-day", &[]))
    }

    /// Asks before a pair's end moves: what changes for the two, what does not, and what they will read.
    #[must_use]
    pub fn extension_question(&self, program: &Program, question: &ExtensionQuestion) -> Message {
        let ExtensionQuestion { pair, people: (mentor, mentee), through, until, read, now } = question;
        let args = [
            ("mentor", Arg::Person(mentor.clone())),
            ("mentee", Arg::Person(mentee.clone())),
            ("at", self.last_second(*until)),
            ("end", self.date(&program.calendar, DateName::RunsUntil)),
        ];
        let longer = through.is_some();
        let mut message = Message::default().with(self.heading("extension-heading", &[]));
        message = if longer {
            let facts = ["extension-goes-on", "extension-waits", "extension-stays"];
            message
                .with(self.paragraph("extension-question", &args))
                .with(Block::Bullets(facts.iter().map(|key| self.text(key, &[])).collect()))
        } else {
            message.with(self.paragraph("extension-back-question", &args))
        };
        let key = if longer { "button-extension-yes" } else { "button-extension-back" };
        let yes = Deed::Office(OfficeDeed::Extend(*pair, *through, now.timestamp()));
        let yes = self.button(key, &yes, Style::Primary);
        let not_now = self.button("button-not-now", &Deed::Do(CommandId::PairsList), Style::Plain);
        self.with_read(message, ("extension-read", &[]), read)
            .with(Block::Controls(vec![yes, not_now]))
            .with(self.holds())
    }

    /// What the two read when they may go on until then.
    #[must_use]
    pub fn pair_goes_on(&self, until: DateTime<Utc>) -> Message {
        self.say("pair-goes-on", &[("at", self.last_second(until))])
    }

    /// What the two read when the longer time is taken back: that they go on until the end of the season, or that it is
    /// over now.
    #[must_use]
    pub fn pair_goes_on_no_more(&self, program: &Program, is_over: bool) -> Message {
        let key = if is_over { "pair-over-now" } else { "pair-until-the-end" };
        let at = ("at", self.date(&program.calendar, DateName::RunsUntil));
        self.say(key, &[at, ("contact", Arg::Words(text::clean(&program.contact, false)))])
    }

    /// It is done, or was so already.
    #[must_use]
    pub fn extension_done(&self, (mentor, mentee): &(UserRef, UserRef), until: DateTime<Utc>, news: bool) -> Message {
        let args = [
            ("mentor", Arg::Person(mentor.clone())),
            ("mentee", Arg::Person(mentee.clone())),
            ("at", self.last_second(until)),
        ];
        self.say(if news { "extension-done" } else { "extension-known" }, &args)
    }
}
