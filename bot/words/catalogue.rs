//! The text catalogue: one Fluent file per language, read once. Gives [`Text`] in which everything a person
//! typed is a span of its own, so that no answer can become markup, a mention or a placeholder.
//!
//! The files know two marks: `**strong**` and `` `to type` ``. They work only in the files' own words.

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use plsep_domain::Lang;
use unic_langid::LanguageIdentifier;

use crate::chat::{Span, Text, UserRef, WhenStyle};

/// Frame a placeholder's number in a formatted pattern; private-use characters that no keyboard types.
const OPEN: char = '\u{f8f0}';
const CLOSE: char = '\u{f8f1}';

/// Every sentence, in every language.
pub struct Catalogue {
    en: FluentBundle<FluentResource>,
    es: FluentBundle<FluentResource>,
}

/// A value for a placeholder of a sentence.
#[derive(Clone, Debug)]
pub enum Arg {
    /// Words of a person or of the program's file, shown as they are.
    Words(String),
    /// The same, strong.
    Strong(String),
    /// A number; sentences may depend on it.
    Number(i64),
    /// A person, by mention.
    Person(UserRef),
    /// A text that was made before, with its spans.
    Text(Text),
    /// A moment, shown in the reader's zone; in words in this zone where the chat cannot.
    When(DateTime<Utc>, Tz, WhenStyle),
    /// Something to type.
    Code(String),
    /// A key that sentences choose by (`{ $role -> [mentee] … }`); never shown itself.
    Key(&'static str),
}

/// Placeholders of one sentence by name.
pub type Args<'a> = &'a [(&'a str, Arg)];

impl Catalogue {
    /// Reads the embedded files.
    ///
    /// # Panics
    /// If an embedded file is broken; a test reads them.
    #[must_use]
    pub fn embedded() -> Self {
        Self { en: bundle("en", include_str!("en.ftl")), es: bundle("es", include_str!("es.ftl")) }
    }

    /// A sentence with its placeholders filled in.
    #[must_use]
    pub fn text(&self, lang: Lang, key: &str, args: Args<'_>) -> Text {
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (index, (name, arg)) in args.iter().enumerate() {
            match arg {
                Arg::Number(number) => fluent.set(*name, FluentValue::from(*number)),
                Arg::Key(key) => fluent.set(*name, FluentValue::from(*key)),
                _ => fluent.set(*name, FluentValue::from(format!("{OPEN}{index}{CLOSE}"))),
            }
        }
        self.spans(lang, &self.pattern(lang, key, &fluent), args)
    }

    /// A sentence as bare words: for labels and titles.
    #[must_use]
    pub fn line(&self, lang: Lang, key: &str, args: Args<'_>) -> String {
        self.text(lang, key, args).words()
    }

    /// Whether there is such a sentence in the language.
    #[must_use]
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.bundle(lang).has_message(key)
    }

    /// A moment in words with weekday and zone.
    #[must_use]
    pub fn moment(&self, lang: Lang, at: DateTime<Utc>, zone: Tz, style: WhenStyle) -> String {
        let local = at.with_timezone(&zone);
        let weekday = self.line(lang, &format!("weekday-{}", local.weekday().num_days_from_monday()), &[]);
        let month = self.line(lang, &format!("month-{}", local.month()), &[]);
        let (afternoon, hour) = local.hour12();
        let key = match style {
            WhenStyle::DateTime => "moment-date-time",
            WhenStyle::Date => "moment-date",
        };
        let args = [
            ("weekday", Arg::Words(weekday)),
            ("month", Arg::Words(month)),
            ("day", Arg::Words(local.day().to_string())),
            ("year", Arg::Words(local.year().to_string())),
            ("hour", Arg::Words(hour.to_string())),
            ("hour24", Arg::Words(local.hour().to_string())),
            ("minute", Arg::Words(format!("{:02}", local.minute()))),
            ("half", Arg::Key(if afternoon { "pm" } else { "am" })),
            ("zone", Arg::Words(local.format("%Z").to_string())),
        ];
        self.line(lang, key, &args)
    }

    /// The time of day of a moment.
    #[must_use]
    pub fn clock(&self, lang: Lang, at: DateTime<Utc>, zone: Tz) -> String {
        let local = at.with_timezone(&zone);
        let (afternoon, hour) = local.hour12();
        let args = [
            ("hour", Arg::Words(hour.to_string())),
            ("hour24", Arg::Words(local.hour().to_string())),
            ("minute", Arg::Words(format!("{:02}", local.minute()))),
            ("half", Arg::Key(if afternoon { "pm" } else { "am" })),
        ];
        self.line(lang, "moment-clock", &args)
    }

    /// A moment to come as a button says it: weekday, day, hour and zone.
    #[must_use]
    pub fn moment_short(&self, lang: Lang, at: DateTime<Utc>, zone: Tz) -> String {
        let local = at.with_timezone(&zone);
        let (afternoon, hour) = local.hour12();
        let name = |key: &str, number: u32| {
            let word = self.line(lang, &format!("{key}-{number}"), &[]);
            word.chars().take(3).collect::<String>()
        };
        let args = [
            ("weekday", Arg::Words(name("weekday", local.weekday().num_days_from_monday()))),
            ("month", Arg::Words(name("month", local.month()))),
            ("day", Arg::Words(local.day().to_string())),
            ("hour", Arg::Words(hour.to_string())),
            ("hour24", Arg::Words(local.hour().to_string())),
            ("minute", Arg::Words(format!("{:02}", local.minute()))),
            ("half", Arg::Key(if afternoon { "pm" } else { "am" })),
            ("zone", Arg::Words(local.format("%Z").to_string())),
        ];
        self.line(lang, "moment-short", &args)
    }

    fn bundle(&self, lang: Lang) -> &FluentBundle<FluentResource> {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
        }
    }

    fn pattern(&self, lang: Lang, key: &str, args: &FluentArgs<'_>) -> String {
        let bundle = self.bundle(lang);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, "a sentence is missing in the catalogue");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let words = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, count = errors.len(), "a sentence could not be filled in");
        }
        words
    }

    fn spans(&self, lang: Lang, formatted: &str, args: Args<'_>) -> Text {
        let (mut spans, mut marked) = (Vec::new(), Marked::default());
        let mut rest = formatted;
        while let Some(start) = rest.find(OPEN) {
            marked.words(&rest[..start], &mut spans);
            let framed = &rest[start + OPEN.len_utf8()..];
            let end = framed.find(CLOSE).expect("every opened placeholder was closed by us");
            let index: usize = framed[..end].parse().expect("a placeholder's number was written by us");
            self.put(lang, &args[index].1, &marked, &mut spans);
            rest = &framed[end + CLOSE.len_utf8()..];
        }
        marked.words(rest, &mut spans);
        debug_assert!(marked == Marked::default(), "a mark is left open in {formatted:?}");
        Text(spans)
    }

    fn put(&self, lang: Lang, arg: &Arg, marked: &Marked, spans: &mut Vec<Span>) {
        spans.push(match arg {
            Arg::Text(text) => return spans.extend(text.0.iter().cloned()),
            Arg::Words(words) => marked.span(words.clone()),
            Arg::Strong(words) => Span::Strong(words.clone()),
            Arg::Number(number) => marked.span(number.to_string()),
            Arg::Person(user) if user.is_gone() => marked.span(self.line(lang, "person-gone", &[])),
            Arg::Person(user) => Span::Person(user.clone()),
            Arg::When(at, zone, style) => {
                Span::When { at: *at, style: *style, words: self.moment(lang, *at, *zone, *style) }
            }
            Arg::Code(words) => Span::Code(words.clone()),
            Arg::Key(key) => marked.span((*key).to_owned()),
        });
    }
}

/// Which of the catalogue's two marks are open, also over what is filled in between.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Marked {
    strong: bool,
    code: bool,
}

impl Marked {
    /// Splits the catalogue's own words at its marks.
    fn words(&mut self, words: &str, spans: &mut Vec<Span>) {
        for (nth, part) in words.split("**").enumerate() {
            self.strong ^= nth > 0;
            for (nth, piece) in part.split('`').enumerate() {
                self.code ^= nth > 0;
                if !piece.is_empty() {
                    spans.push(self.span(piece.to_owned()));
                }
            }
        }
    }

    fn span(self, words: String) -> Span {
        match self {
            Self { code: true, .. } => Span::Code(words),
            Self { strong: true, .. } => Span::Strong(words),
            Self { .. } => Span::Plain(words),
        }
    }
}

fn bundle(tag: &str, source: &str) -> FluentBundle<FluentResource> {
    let lang: LanguageIdentifier = tag.parse().expect("the tags are literals");
    let resource = FluentResource::try_new(source.to_owned())
        .unwrap_or_else(|(_, errors)| panic!("the embedded {tag}.ftl is broken: {errors:?}"));
    let mut bundle = FluentBundle::new_concurrent(vec![lang]);
    // Isolation marks would be typed characters of their own in every chat; spans isolate already.
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).unwrap_or_else(|errors| panic!("{tag}.ftl says something twice: {errors:?}"));
    bundle
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn keys(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut keys = BTreeMap::new();
        let mut current: Option<String> = None;
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                current = Some(key.to_owned());
                keys.insert(key.to_owned(), BTreeSet::new());
            }
            if let Some(current) = &current {
                let found = line.split('$').skip(1).map(|rest| {
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '-' || *c == '_').collect::<String>()
                });
                keys.entry(current.clone()).or_default().extend(found);
            }
        }
        keys
    }

    #[test]
    fn both_languages_say_the_same_things_with_the_same_placeholders() {
        let (en, es) = (keys(include_str!("en.ftl")), keys(include_str!("es.ftl")));
        let only = |a: &BTreeMap<String, _>, b: &BTreeMap<String, _>| {
            a.keys().filter(|key| !b.contains_key(*key)).cloned().collect::<Vec<_>>()
        };
        assert_eq!(only(&en, &es), Vec::<String>::new(), "missing in Spanish");
        assert_eq!(only(&es, &en), Vec::<String>::new(), "missing in English");
        for (key, placeholders) in &en {
            // The languages write a moment in their own ways.
            if !key.starts_with("moment-") {
                assert_eq!(placeholders, &es[key], "placeholders of {key}");
            }
        }
    }

    #[test]
    fn no_sentence_shouts() {
        for source in [include_str!("en.ftl"), include_str!("es.ftl")] {
            assert!(!source.contains("!!") && !source.contains("! !"));
        }
    }

    #[test]
    fn a_mark_reaches_over_what_is_filled_in() {
        let catalogue = Catalogue::embedded();
        let nasty = "**@everyone** `x`".to_owned();
        let args = [("a", Arg::Words(nasty.clone())), ("b", Arg::Number(3))];
        let formatted = format!("x **y {OPEN}0{CLOSE} z** {OPEN}1{CLOSE} `q {OPEN}1{CLOSE}`");
        let text = catalogue.spans(Lang::En, &formatted, &args);
        let spans = text.0;
        let expected = [
            Span::Plain("x ".into()),
            Span::Strong("y ".into()),
            Span::Strong(nasty),
            Span::Strong(" z".into()),
            Span::Plain(" ".into()),
            Span::Plain("3".into()),
            Span::Plain(" ".into()),
            Span::Code("q ".into()),
            Span::Code("3".into()),
        ];
        assert_eq!(spans, expected);
    }

    #[test]
    fn what_a_person_typed_stays_a_span_of_its_own() {
        let catalogue = Catalogue::embedded();
        let nasty = "**@everyone** `x` { $name } \u{202e}<!channel>".to_owned();
        let text = catalogue.text(Lang::En, "status-declined", &[("reason", Arg::Words(nasty.clone()))]);
        assert!(text.0.contains(&Span::Plain(nasty)), "{text:?}");
    }

    #[test]
    fn a_moment_has_weekday_and_zone_in_both_languages() {
        let catalogue = Catalogue::embedded();
        let at: DateTime<Utc> = "2025-02-18T07:59:59Z".parse().unwrap();
        let say = |lang, style| catalogue.moment(lang, at, Tz::America__Los_Angeles, style);
        assert_eq!(say(Lang::En, WhenStyle::DateTime), "Monday, February 17, 2025 at 11:59 PM PST");
        assert_eq!(say(Lang::Es, WhenStyle::DateTime), "lunes 17 de febrero de 2025 a las 23:59 (PST)");
        assert_eq!(say(Lang::En, WhenStyle::Date), "Monday, February 17, 2025");
        assert_eq!(say(Lang::Es, WhenStyle::Date), "lunes 17 de febrero de 2025");
    }
}
