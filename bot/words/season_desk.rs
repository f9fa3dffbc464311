//! The season's dates as coordinators move them, and the next season as it is proposed to them.

use chrono::{DateTime, Utc};
use plsep_domain::{DateName, LocalTime, Program};

use super::{Arg, Deed, OfficeDeed, Voice};
use crate::chat::{Block, Choice, CommandId, Control, Field, FieldKind, Form, Message, Style};

/// Key of the field for a day.
pub(crate) const DAY_FIELD: &str = "day";
/// Key of the field for a time of day.
pub(crate) const TIME_FIELD: &str = "time";
/// Longest time of day that somebody types, in characters.
const TIME_MAX: usize = 20;

/// A date that was moved, and what it takes to put it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateUndo {
    /// Which date.
    pub name: DateName,
    /// Where it was moved to.
    pub to: LocalTime,
    /// Where it was before.
    pub from: LocalTime,
    /// When it was moved, in seconds since 1970.
    pub moved_at: i64,
}

impl Voice<'_> {
    /// Asks before a date moves.
    #[must_use]
    pub fn move_question(
        &self,
        moved: &Program,
        (name, to): (DateName, LocalTime),
        people: usize,
        at_once: bool,
    ) -> Message {
        let args = [
            ("date", Arg::Key(name.key())),
            ("at", self.date(&moved.calendar, name)),
            ("people", Arg::Number(people as i64)),
        ];
        let mut question = self.confirm("move-question", &args, "button-move-yes", &Deed::MoveDate(name, to));
        if at_once {
            let behind = question.blocks.len() - 1;
            question.blocks.insert(behind, self.paragraph("move-at-once", &[("date", Arg::Key(name.key()))]));
        }
        question
    }

    /// A date has moved.
    #[must_use]
    pub fn moved(&self, program: &Program, undo: DateUndo, people: usize) -> Message {
        let args = [
            ("date", Arg::Key(undo.name.key())),
            ("at", self.date(&program.calendar, undo.name)),
            ("people", Arg::Number(people as i64)),
        ];
        let undo = self.button("button-move-undo", &Deed::Office(OfficeDeed::UndoMove(undo)), Style::Plain);
        self.say("move-done", &args).with(self.fine("move-done-undo", &[])).with(Block::Controls(vec![undo]))
    }

    /// A date that is to move already is where it is to be.
    #[must_use]
    pub fn moved_before(&self, program: &Program, name: DateName) -> Message {
        let args = [("date", Arg::Key(name.key())), ("at", self.date(&program.calendar, name))];
        self.say("move-done-before", &args)
    }

    /// A moved date is back where it was.
    #[must_use]
    pub fn move_undone(&self, program: &Program, name: DateName, people: usize) -> Message {
        let args = [
            ("date", Arg::Key(name.key())),
            ("at", self.date(&program.calendar, name)),
            ("people", Arg::Number(people as i64)),
        ];
        self.say("move-undone", &args)
    }

    /// Tells somebody who was told otherwise that a date has not moved.
    #[must_use]
    pub fn date_not_moved(&self, program: &Program, name: DateName) -> Message {
        let args = [("date", Arg::Key(name.key())), ("at", self.date(&program.calendar, name))];
        self.say("date-not-moved", &args)
    }

    /// The dates that can be moved.
    pub(super) fn date_menu(&self) -> Control {
        let choice = |name: DateName| Choice {
            value: name.key().to_owned(),
            label: self.line("date-name", &[("date", Arg::Key(name.key()))]),
        };
        Control::Menu {
            label: self.line("date-menu", &[]),
            action: Deed::Office(OfficeDeed::PickDate).action(),
            options: DateName::ALL.map(choice).to_vec(),
            chosen: vec![],
            min: 1,
            max: 1,
        }
    }

    /// The form for one date, with where it stands, or with what was typed.
    #[must_use]
    pub fn date_form(&self, program: &Program, name: DateName, typed: Option<(&str, &str)>) -> Form {
        let stands = program.calendar.local(name);
        let time = match stands {
            LocalTime::Day(_) => String::new(),
            LocalTime::Minute(minute) => minute.format("%H:%M").to_string(),
        };
        let (day, time) =
            typed.map_or_else(|| (stands.date().to_string(), time), |(day, time)| (day.to_owned(), time.to_owned()));
        let zone = Arg::Words(program.calendar.zone().name().to_owned());
        let field = |key: &str, label: &str, kind: FieldKind, required: bool, value: String| Field {
            key: key.to_owned(),
            label: self.line(label, &[("date", Arg::Key(name.key()))]),
            hint: self.line(&format!("{label}-hint"), &[]),
            required,
            kind,
            value: Some(value).filter(|value| !value.is_empty()).into_iter().collect(),
        };
        let time_kind = FieldKind::Text { multiline: false, min: 0, max: TIME_MAX };
        Form {
            action: Deed::Office(OfficeDeed::MoveDate(name)).action(),
            reopen: Deed::Do(CommandId::SeasonShow).action(),
            title: self.line("date-form", &[]),
            intro: Some(self.text("date-form-intro", &[("date", Arg::Key(name.key())), ("zone", zone)])),
            fields: vec![
                field(DAY_FIELD, "date-form-day", FieldKind::Day, true, day),
                field(TIME_FIELD, "date-form-time", time_kind, false, time),
            ],
            controls: vec![],
            submit: self.line("date-form-submit", &[]),
        }
    }

    /// Asks before the next season is set up: every date, and what carries over.
    #[must_use]
    pub fn season_question(&self, next: &Program, print: &str, now: DateTime<Utc>) -> Message {
        let yes = Deed::Office(OfficeDeed::CreateSeason(print.to_owned(), now.timestamp()));
        Message::default()
            .with(self.heading("next-season-heading", &[("program", Arg::Words(next.name.get(self.lang).to_owned()))]))
            .with(self.paragraph("next-season-dates", &[]))
            .with(self.every_date(next))
            .with(self.paragraph("next-season-carries", &[]))
            .with(self.fine("next-season-check", &[]))
            .with(Block::Controls(vec![
                self.button("button-next-season-yes", &yes, Style::Primary),
                self.button("button-not-now", &Deed::Do(CommandId::SeasonShow), Style::Plain),
            ]))
    }

    /// The next season is set up.
    #[must_use]
    pub fn season_created(&self, next: &Program) -> Message {
        let args = [
            ("program", Arg::Words(next.name.get(self.lang).to_owned())),
            ("at", self.date(&next.calendar, DateName::ApplicationsOpen)),
        ];
        self.say("next-season-done", &args).with(Block::Controls(vec![
            self.button("button-office", &Deed::Do(CommandId::SeasonShow), Style::Primary),
            self.button("button-about", &Deed::Do(CommandId::About), Style::Plain),
        ]))
    }

    fn every_date(&self, program: &Program) -> Block {
        let line = |name: DateName| {
            let named = Arg::Words(self.line("date-name", &[("date", Arg::Key(name.key()))]));
            self.text("date-line", &[("date", named), ("at", self.date(&program.calendar, name))])
        };
        Block::Bullets(DateName::ALL.map(line).to_vec())
    }
}
