//! A text as numbers, words and marks: small letters without accents, the words of both languages as written.
//! Understands nothing.

use crate::text::plain_letter;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number.
    Number {
        /// Its value.
        value: u32,
        /// With how many digits it is written; none if in letters.
        digits: usize,
        /// Written as a place in an order, as 14th.
        ordinal: bool,
    },
    /// A word.
    Word(String),
    /// A mark that can separate the parts of a date or a time.
    Mark(char),
}

/// Most digits a number of a moment has.
const DIGITS_MAX: usize = 4;

const ORDINALS: [&str; 9] = ["th", "st", "nd", "rd", "ro", "er", "o", "º", "ª"];

/// Numbers that people write in letters.
const IN_LETTERS: [(&str, u32); 24] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("una", 1),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
    ("once", 11),
    ("doce", 12),
];

/// The pieces of a text; nothing if one of them can be no part of a moment.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let folded = folded(text);
    let mut tokens = Vec::new();
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let run = |fits: fn(char) -> bool| rest.find(|c| !fits(c)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            let value = rest[..length].parse().ok().filter(|_| length <= DIGITS_MAX)?;
            let ordinal = ORDINALS.into_iter().find(|mark| {
                let behind = rest[length..].strip_prefix(mark);
                behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
            });
            tokens.push(Token::Number { value, digits: length, ordinal: ordinal.is_some() });
            length + ordinal.map_or(0, str::len)
        } else if first.is_alphabetic() {
            let length = run(char::is_alphabetic);
            tokens.push(word(&rest[..length]));
            length
        } else {
            match first {
                ':' | '/' | '-' | '.' => tokens.push(Token::Mark(first)),
                '\u{2010}'..='\u{2015}' => tokens.push(Token::Mark('-')),
                ',' | ';' | '(' | ')' | '!' | '?' | '¿' | '¡' => {}
                white if white.is_whitespace() => {}
                _ => return None,
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    Some(tokens)
}

fn word(word: &str) -> Token {
    match IN_LETTERS.iter().find(|(known, _)| *known == word) {
        Some((_, value)) => Token::Number { value: *value, digits: 0, ordinal: false },
        None => Token::Word(word.to_owned()),
    }
}

/// Small letters without accents; the dotted halves of the day as one word.
fn folded(text: &str) -> String {
    let small: String = text.to_lowercase().chars().map(plain_letter).filter(|c| !matches!(c, '\'' | '’')).collect();
    let mut plain = small;
    for (dotted, word) in
        [("a. m.", "am"), ("p. m.", "pm"), ("a.m.", "am"), ("p.m.", "pm"), ("a.m", "am"), ("p.m", "pm")]
    {
        plain = plain.replace(dotted, word);
    }
    plain
}
