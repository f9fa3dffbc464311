//! Text that a program's file carries in every language people may choose.
//!
//! It holds what coordinators wrote. The sentences of the bot itself live elsewhere.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language a participant may choose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// English, for everybody who has not chosen.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// Every language, in the order people are offered them.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// The two-letter code, as locale tags begin.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// The nearest language we have for a locale tag such as `es-MX`; English for all others.
    #[must_use]
    pub fn nearest(tag: &str) -> Self {
        tag.split(['-', '_']).next().and_then(|code| code.parse().ok()).unwrap_or_default()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names no language we have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the languages are en and es")]
pub struct UnknownLang;

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(text: &str) -> Result<Self, UnknownLang> {
        Self::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(text)).ok_or(UnknownLang)
    }
}

/// One text in every language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localised {
    /// In English.
    pub en: String,
    /// In Spanish.
    pub es: String,
}

impl Localised {
    /// The text in this language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
        }
    }
}

/// Takes out of a person's text what could break a layout: control characters (a line break stays where
/// `lines` allows it) and the marks that turn the reading direction of what follows. Then trims it.
/// Text that only looks empty becomes empty.
#[must_use]
pub fn clean(raw: &str, lines: bool) -> String {
    let unified = raw.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified
        .chars()
        .map(|c| if matches!(c, '\t' | '\u{2028}' | '\u{2029}') || (c == '\n' && !lines) { ' ' } else { c })
        .filter(|c| *c == '\n' || !(c.is_control() || turns_direction(*c)))
        .collect();
    let trimmed = kept.trim();
    if trimmed.chars().all(|c| c.is_whitespace() || is_invisible(c)) { String::new() } else { trimmed.to_owned() }
}

/// Embeddings, overrides and isolates. The plain marks (U+200E, U+200F) act on nothing but themselves.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters without a picture of their own. They stay inside a text, because emoji and Persian need
/// them, but a text of nothing else is empty.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fe0f}')
}

/// Words of a name or of a library system for comparing: lower case, accents off, punctuation ignored.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let folded: String = text.to_lowercase().chars().map(plain_letter).collect();
    folded
        .replace(['\'', '\u{2019}', '\u{2bc}'], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

pub(crate) fn plain_letter(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ē' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_tag_finds_its_language_and_all_others_get_english() {
        assert_eq!(Lang::nearest("es-MX"), Lang::Es);
        assert_eq!(Lang::nearest("ES_419"), Lang::Es);
        assert_eq!(Lang::nearest("en-US"), Lang::En);
        assert_eq!(Lang::nearest("vi"), Lang::En);
        assert_eq!(Lang::nearest(""), Lang::En);
    }

    #[test]
    fn cleaning_keeps_names_and_drops_what_breaks_layouts() {
        assert_eq!(clean("  Zoë O\u{2019}Neil 🌻 \u{0}", false), "Zoë O\u{2019}Neil 🌻");
        assert_eq!(clean("ليلى", false), "ليلى");
        assert_eq!(clean("a\u{202e}b", false), "ab");
        assert_eq!(clean("one\r\ntwo", true), "one\ntwo");
        assert_eq!(clean("one\r\ntwo", false), "one two");
        assert_eq!(clean("\u{200b}\u{feff} ", false), "");
        assert_eq!(clean("👩\u{200d}🏫", false), "👩\u{200d}🏫");
    }

    #[test]
    fn names_compare_without_accents_case_and_punctuation() {
        assert_eq!(words("José  NÚÑEZ-O'Brien, MLIS"), ["jose", "nunez", "obrien", "mlis"]);
    }
}
