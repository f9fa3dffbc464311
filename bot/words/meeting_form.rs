//! Setting a meeting in words: the form, and what is asked back where a date and time is in doubt, incomplete or none.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use plsep_domain::meeting::{MINUTES, MINUTES_USUAL, PLACE_MAX};
use plsep_domain::text;
use plsep_domain::when::{Missing, Never};

use super::deed::MeetingDeed;
use super::{Arg, Deed, Voice};
use crate::chat::{Block, Control, Field, FieldKind, Form, Limits, Message, Style, Text, WhenStyle};

/// Keys of the form's fields.
pub(crate) const WHEN_FIELD: &str = "when";
pub(crate) const MINUTES_FIELD: &str = "minutes";
pub(crate) const PLACE_FIELD: &str = "place";

/// Longest words about a meeting's length, in characters.
const MINUTES_MAX: usize = 20;

/// What stands in the form already.
#[derive(Clone, Debug, Default)]
pub struct MeetingFormView {
    /// Date and time.
    pub when: String,
    /// How long.
    pub minutes: String,
    /// Where or how.
    pub place: String,
}

impl Voice<'_> {
    /// The form for a meeting's date and time, length and place.
    #[must_use]
    pub fn meeting_form(&self, deed: &MeetingDeed, partner: &str, view: &MeetingFormView, limits: &Limits) -> Form {
        let kind = deed.kind();
        let action = Deed::Meeting(deed.clone()).action();
        let line = |max| FieldKind::Text { multiline: false, min: 0, max };
        let field = |key: &str, kind, required, value: &str| Field {
            key: key.to_owned(),
            label: self.line(&format!("meeting-field-{key}"), &[]),
            hint: match (key, limits.form_moments) {
                // Who picks needs no example of words.
                (WHEN_FIELD, true) => String::new(),
                _ => self.line(&format!("meeting-hint-{key}"), &[("minutes", Arg::Number(MINUTES_USUAL))]),
            },
            required,
            kind,
            value: if value.is_empty() { vec![] } else { vec![value.to_owned()] },
        };
        let intro = [
            ("partner", Arg::Words(partner.to_owned())),
            ("zone", Arg::Words(self.zone_name(self.zone))),
            ("kind", Arg::Key(kind)),
        ];
        Form {
            reopen: action.clone(),
            action,
            title: self.line("meeting-form-title", &[("kind", Arg::Key(kind))]),
            intro: Some(self.text("meeting-form-intro", &intro)),
            fields: vec![
                field(WHEN_FIELD, FieldKind::Moment, true, &view.when),
                field(MINUTES_FIELD, line(MINUTES_MAX), false, &view.minutes),
                field(PLACE_FIELD, line(PLACE_MAX.min(limits.field_text)), false, &view.place),
            ],
            controls: vec![],
            submit: self.line("meeting-form-submit", &[("kind", Arg::Key(kind))]),
        }
    }

    /// What is missing in a date and time.
    #[must_use]
    pub fn when_incomplete(&self, missing: Missing) -> Text {
        let missing = match missing {
            Missing::Time => "time",
            Missing::Date => "date",
        };
        self.text("when-incomplete", &[("missing", Arg::Key(missing))])
    }

    /// Why a text is no date and time.
    #[must_use]
    pub fn when_never(&self, never: Never) -> Text {
        let zone = ("zone", Arg::Words(self.zone_name(self.zone)));
        match never {
            Never::Unreadable => self.text("when-unreadable", &[zone]),
            Never::NoSuchDay => self.text("when-no-such-day", &[]),
            Never::NoSuchTime => self.text("when-no-such-time", &[]),
            Never::Skipped => self.text("when-skipped", &[zone]),
            Never::WeekdayDiffers(day) => {
                let noon = day.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
                let words = self.catalogue.moment(self.lang, noon, Tz::UTC, WhenStyle::Date);
                self.text("when-weekday-differs", &[("day", Arg::Words(words))])
            }
            Never::Past => self.text("when-past", &[]),
            Never::Future => self.text("when-future", &[]),
        }
    }

    /// A length that cannot be read.
    #[must_use]
    pub fn minutes_unread(&self) -> Text {
        let (min, max) = (Arg::Number(*MINUTES.start()), Arg::Number(*MINUTES.end() / 60));
        self.text("meeting-minutes-unread", &[("min", min), ("max", max)])
    }

    /// The same, for somebody who typed a line: with a button to the form, in which it stands already.
    #[must_use]
    pub fn when_again(&self, deed: &MeetingDeed, fault: Text) -> Message {
        Message::paragraph(fault).with(Block::Controls(vec![self.button(
            "button-open-form",
            &Deed::Meeting(deed.clone()),
            Style::Primary,
        )]))
    }

    /// Which of these moments is meant, one button each.
    #[must_use]
    pub fn which_moment(&self, deed: &MeetingDeed, typed: &str, moments: &[DateTime<Utc>], limits: &Limits) -> Message {
        let mut buttons: Vec<Control> = moments
            .iter()
            .map(|at| Control::Button {
                label: shortened(&self.moment_short(*at), limits.button_label),
                action: Deed::MeetingAt(deed.clone(), at.timestamp()).action(),
                style: Style::Plain,
            })
            .collect();
        buttons.push(self.button("button-another-time", &Deed::Meeting(deed.clone()), Style::Plain));
        self.say("meeting-which", &[("typed", Arg::Words(text::clean(typed, false)))]).with(Block::Controls(buttons))
    }

    /// With whom: one button for each pair.
    #[must_use]
    pub fn which_pair(&self, choices: &[(Deed, String)], limits: &Limits) -> Message {
        let buttons = choices.iter().map(|(deed, partner)| Control::Button {
            label: shortened(&text::clean(partner, false), limits.button_label),
            action: deed.action(),
            style: Style::Plain,
        });
        self.say("which-pair", &[]).with(Block::Controls(buttons.collect()))
    }

    /// A moment short enough for a button: without the year, with the zone.
    fn moment_short(&self, at: DateTime<Utc>) -> String {
        self.catalogue.moment_short(self.lang, at, self.zone)
    }
}

/// Words that fit a label.
pub(super) fn shortened(words: &str, max: usize) -> String {
    if words.chars().count() <= max {
        return words.to_owned();
    }
    words.chars().take(max.saturating_sub(1)).chain(['…']).collect()
}
