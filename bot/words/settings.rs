//! A person's own settings in words: the panel, the forms, and what follows from each change. Decides nothing.

use chrono::{DateTime, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use plsep_domain::zones::{USUAL, ZONE_MAX_CHARS};
use plsep_domain::{CivilHours, DateName, Lang, Preferences, Program, Reach, Refusal, Setting};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, Choice, CommandId, Control, Field, FieldKind, Form, Message, Style, Text, WhenStyle};

/// The value of a menu's first choice: as the platform or the program has it.
pub(crate) const USUAL_VALUE: &str = "usual";

/// The field of a form with one setting.
pub(crate) const SETTING_FIELD: &str = "setting";

/// The fields of the form for hours.
pub(crate) const HOURS_FIELDS: [&str; 2] = ["from", "to"];

/// Hours of the day that people are offered.
const HOURS: [(u32, u32); 4] = [(8, 17), (9, 21), (12, 20), (17, 21)];

/// How long a pause people are offered, in days, with the words for it.
const PAUSES: [(u16, &str); 3] = [(7, "pause-week"), (14, "pause-fortnight"), (30, "pause-month")];

/// Longest text in a form of settings.
const TYPED_MAX_CHARS: usize = 40;

/// A person's settings as they are.
#[derive(Clone, Copy)]
pub struct SettingsView<'a> {
    /// The season's program.
    pub program: &'a Program,
    /// What the person set.
    pub preferences: &'a Preferences,
    /// The zone they live in, whether chosen or not.
    pub zone: Tz,
    /// The time.
    pub now: DateTime<Utc>,
}

impl Voice<'_> {
    /// Every setting with what it is, and menus to change it. `news` says what has just been changed.
    #[must_use]
    pub fn settings(&self, view: &SettingsView<'_>, news: Option<Text>) -> Message {
        let heading = Message::default().with(self.heading("settings-heading", &[]));
        let message = match news {
            Some(news) => heading.with(Block::Paragraph(news)),
            None => heading,
        };
        let rows = Setting::ALL.map(|setting| (self.text(&label(setting), &[]), self.setting(view, setting)));
        let menus = [Setting::Language, Setting::Zone, Setting::Hours, Setting::Reach];
        let message = message.with(Block::Fields(rows.to_vec()));
        let message = menus
            .into_iter()
            .fold(message, |message, setting| message.with(Block::Controls(vec![self.setting_menu(view, setting)])));
        message
            .with(Block::Controls(vec![
                self.button("button-write-zone", &Deed::WriteSetting(Setting::Zone), Style::Plain),
                self.button("button-write-hours", &Deed::WriteSetting(Setting::Hours), Style::Plain),
                self.button("button-pause", &Deed::Do(CommandId::Snooze), Style::Plain),
                self.button("button-menu", &Deed::Do(CommandId::Home), Style::Plain),
            ]))
            .with(self.fine("settings-note", &[]))
    }

    /// What follows from a change, said when it is kept.
    #[must_use]
    pub fn setting_saved(&self, view: &SettingsView<'_>, setting: Setting) -> Text {
        let SettingsView { preferences, zone, .. } = *view;
        let hours = self.hours(view.hours(), zone);
        match setting {
            Setting::Language => self.text("saved-language", &[]),
            Setting::Zone => self.text(
                "saved-zone",
                &[
                    ("zone", Arg::Strong(self.zone_name(zone))),
                    ("now", Arg::Words(self.time_of_day(view.now.with_timezone(&zone).time()))),
                    ("hours", Arg::Words(hours)),
                ],
            ),
            Setting::Hours => self.text("saved-hours", &[("hours", Arg::Strong(hours))]),
            Setting::Reach => self.text(&format!("saved-reach-{}", preferences.reach.key()), &[]),
            Setting::Pause => match preferences.snoozed_at(view.now) {
                Some(until) => self.text("saved-pause", &[("until", self.day(until))]),
                None => self.text("saved-resumed", &[]),
            },
        }
    }

    /// How long to pause, or that it is paused.
    #[must_use]
    pub fn pause(&self, view: &SettingsView<'_>, news: Option<Text>) -> Message {
        let until = view.preferences.snoozed_at(view.now);
        let said = news.unwrap_or_else(|| match until {
            Some(until) => self.text("pause-is", &[("until", self.day(until))]),
            None => self.text("pause-question", &[]),
        });
        let mut buttons = Vec::new();
        if until.is_some() {
            buttons.push(self.button("button-resume", &Deed::Resume, Style::Primary));
        } else {
            buttons.extend(PAUSES.map(|(days, key)| self.button(key, &Deed::Pause(days), Style::Plain)));
        }
        buttons.push(self.button("button-pause-until", &Deed::WriteSetting(Setting::Pause), Style::Plain));
        buttons.push(self.button("button-settings", &Deed::Do(CommandId::Settings), Style::Plain));
        Message::default()
            .with(self.heading("pause-heading", &[]))
            .with(Block::Paragraph(said))
            .with(Block::Controls(buttons))
            .with(self.fine("pause-note", &[]))
    }

    /// A pause is over by itself.
    #[must_use]
    pub fn pause_over(&self) -> Message {
        self.say("pause-over", &[]).with(Block::Controls(vec![
            self.button("button-menu", &Deed::Do(CommandId::Home), Style::Primary),
            self.button("button-settings", &Deed::Do(CommandId::Settings), Style::Plain),
        ]))
    }

    /// The form for a setting that is typed; `None` for one that is only chosen.
    #[must_use]
    pub fn setting_form(&self, view: &SettingsView<'_>, setting: Setting) -> Option<Form> {
        let field = |key: &str, name: &str, max, value: String| Field {
            key: key.to_owned(),
            label: self.line(&format!("{name}-label"), &[]),
            hint: self.line(&format!("{name}-hint"), &[]),
            required: true,
            kind: FieldKind::Text { multiline: false, min: 1, max },
            value: vec![value].into_iter().filter(|value| !value.is_empty()).collect(),
        };
        let fields = match setting {
            Setting::Zone => vec![field(SETTING_FIELD, "form-zone", ZONE_MAX_CHARS, String::new())],
            Setting::Hours => {
                let hours = view.hours();
                let [from, to] = HOURS_FIELDS;
                vec![
                    field(from, "form-hours-from", TYPED_MAX_CHARS, self.time_of_day(hours.from)),
                    field(to, "form-hours-to", TYPED_MAX_CHARS, self.time_of_day(hours.to)),
                ]
            }
            Setting::Pause => vec![field(SETTING_FIELD, "form-pause", TYPED_MAX_CHARS, String::new())],
            Setting::Language | Setting::Reach => return None,
        };
        let action = Deed::WriteSetting(setting).action();
        Some(Form {
            reopen: action.clone(),
            action,
            title: self.line(&format!("form-{}-title", setting.key()), &[]),
            intro: None,
            fields,
            controls: vec![],
            submit: self.line("button-save", &[]),
        })
    }

    /// A "no" to a setting, said beside its field.
    #[must_use]
    pub fn setting_fault(&self, refusal: &Refusal, program: &Program) -> Text {
        Text::plain(self.refusal(refusal, Some(program)).summary())
    }

    /// A time zone as people say it.
    #[must_use]
    pub fn zone_name(&self, zone: Tz) -> String {
        let key = format!("zone-{}", zone.name().to_lowercase().replace(['/', '_'], "-"));
        if USUAL.contains(&zone) {
            return self.line(&key, &[]);
        }
        let place = zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ");
        if place == zone.name() { place } else { format!("{place} ({})", zone.name()) }
    }

    /// A time of day.
    #[must_use]
    pub fn time_of_day(&self, time: NaiveTime) -> String {
        let (afternoon, hour) = time.hour12();
        let args = [
            ("hour", Arg::Words(hour.to_string())),
            ("hour24", Arg::Words(time.hour().to_string())),
            ("minute", Arg::Words(format!("{:02}", time.minute()))),
            ("half", Arg::Key(if afternoon { "pm" } else { "am" })),
        ];
        self.line("moment-time", &args)
    }

    fn hours(&self, hours: CivilHours, zone: Tz) -> String {
        let args = [
            ("from", Arg::Words(self.time_of_day(hours.from))),
            ("to", Arg::Words(self.time_of_day(hours.to))),
            ("zone", Arg::Words(self.zone_name(zone))),
        ];
        self.line("hours-and-zone", &args)
    }

    /// A setting as it is.
    fn setting(&self, view: &SettingsView<'_>, setting: Setting) -> Text {
        let SettingsView { preferences, zone, now, .. } = *view;
        let usual = |chosen: bool| ("usual", Arg::Key(if chosen { "no" } else { "yes" }));
        match setting {
            Setting::Language => self.text("setting-is-language", &[usual(preferences.lang.is_some())]),
            Setting::Zone => self.text(
                "setting-is-zone",
                &[usual(preferences.zone.is_some()), ("zone", Arg::Words(self.zone_name(zone)))],
            ),
            Setting::Hours => {
                let hours = view.hours();
                let args = [
                    usual(preferences.hours.is_some()),
                    ("from", Arg::Words(self.time_of_day(hours.from))),
                    ("to", Arg::Words(self.time_of_day(hours.to))),
                ];
                self.text("setting-is-hours", &args)
            }
            Setting::Reach => self.text(&reach(preferences.reach), &[]),
            Setting::Pause => match preferences.snoozed_at(now) {
                Some(until) => self.text("setting-is-paused", &[("until", self.day(until))]),
                None => self.text("setting-is-not-paused", &[]),
            },
        }
    }

    fn setting_menu(&self, view: &SettingsView<'_>, setting: Setting) -> Control {
        let choice = |value: String, label: String| Choice { value, label };
        let usual = || choice(USUAL_VALUE.to_owned(), self.line(&format!("setting-usual-{}", setting.key()), &[]));
        let preferences = view.preferences;
        let (options, chosen) = match setting {
            Setting::Language => {
                let languages =
                    Lang::ALL.map(|lang| choice(lang.code().to_owned(), self.line(&format!("language-{lang}"), &[])));
                (
                    vec![usual()].into_iter().chain(languages).collect(),
                    preferences.lang.map(|lang| lang.code().to_owned()),
                )
            }
            Setting::Zone => {
                let other = preferences.zone.filter(|zone| !USUAL.contains(zone));
                let zones = USUAL.into_iter().chain(other);
                let zones = zones.map(|zone| choice(zone.name().to_owned(), self.zone_name(zone)));
                (vec![usual()].into_iter().chain(zones).collect(), preferences.zone.map(|zone| zone.name().to_owned()))
            }
            Setting::Hours => {
                let offered = HOURS.iter().filter_map(|(from, to)| {
                    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
                    Some(CivilHours { from: time(*from)?, to: time(*to)? })
                });
                let mut all: Vec<CivilHours> = offered.collect();
                all.extend(preferences.hours.filter(|hours| !all.contains(hours)));
                let label = |hours: &CivilHours| {
                    let args = [
                        ("from", Arg::Words(self.time_of_day(hours.from))),
                        ("to", Arg::Words(self.time_of_day(hours.to))),
                    ];
                    self.line("hours-between", &args)
                };
                let all = all.iter().map(|hours| choice(hours_value(*hours), label(hours)));
                (vec![usual()].into_iter().chain(all).collect(), preferences.hours.map(hours_value))
            }
            Setting::Reach | Setting::Pause => {
                let all = Reach::ALL.map(|it| choice(it.key().to_owned(), self.line(&reach(it), &[])));
                (all.to_vec(), Some(preferences.reach.key().to_owned()))
            }
        };
        Control::Menu {
            label: self.line(&label(setting), &[]),
            action: Deed::Prefer(setting).action(),
            options,
            chosen: vec![chosen.unwrap_or_else(|| USUAL_VALUE.to_owned())],
            min: 1,
            max: 1,
        }
    }

    /// A day where the reader lives, with its weekday.
    pub(super) fn day(&self, at: DateTime<Utc>) -> Arg {
        Arg::Words(self.catalogue.moment(self.lang, at, self.zone, WhenStyle::Date))
    }

    /// When the run ends, for a refusal about a pause.
    pub(super) fn run_ends(&self, program: &Program) -> Arg {
        self.date(&program.calendar, DateName::RunsUntil)
    }
}

impl SettingsView<'_> {
    fn hours(&self) -> CivilHours {
        self.preferences.hours.unwrap_or(self.program.nudge.civil_hours)
    }
}

fn label(setting: Setting) -> String {
    format!("setting-{}", setting.key())
}

fn reach(reach: Reach) -> String {
    format!("setting-is-reach-{}", reach.key())
}

/// Hours as a menu's value: minutes of the day.
fn hours_value(hours: CivilHours) -> String {
    let minutes = |time: NaiveTime| time.num_seconds_from_midnight() / 60;
    format!("{}-{}", minutes(hours.from), minutes(hours.to))
}

/// The hours of a menu's value; `None` if no menu of ours has it.
#[must_use]
pub(crate) fn hours_of(value: &str) -> Option<(NaiveTime, NaiveTime)> {
    let (from, to) = value.split_once('-')?;
    let time = |minutes: &str| {
        let seconds = minutes.parse::<u32>().ok()?.checked_mul(60)?;
        NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
    };
    Some((time(from)?, time(to)?))
}
