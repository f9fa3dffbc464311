//! The words of a moment in English and in Spanish, without accents. Some are short forms that only one language
//! knows, and "mar" and "ago" mean something else in each.

use chrono::Weekday;

use super::Half;
use crate::text::Lang;

/// What a number of something is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minutes,
    Hours,
    Days,
    Weeks,
}

/// Days by how far they are.
pub(super) const OFFSETS: [(&str, i64); 10] = [
    ("today", 0),
    ("hoy", 0),
    ("tomorrow", 1),
    ("tomorow", 1),
    ("tmrw", 1),
    ("tmr", 1),
    ("manana", 1),
    ("yesterday", -1),
    ("ayer", -1),
    ("anteayer", -2),
];

/// Halves of the day.
pub(super) const HALVES: [(&str, Half); 11] = [
    ("am", Half::Morning),
    ("pm", Half::Afternoon),
    ("morning", Half::Morning),
    ("afternoon", Half::Afternoon),
    ("evening", Half::Afternoon),
    ("night", Half::Night),
    ("manana", Half::Morning),
    ("madrugada", Half::Morning),
    ("tarde", Half::Afternoon),
    ("noche", Half::Night),
    ("noches", Half::Night),
];

/// Words that carry nothing.
pub(super) const NOISE: [&str; 38] = [
    "at", "on", "the", "of", "by", "in", "for", "around", "about", "from", "this", "oclock", "please", "lets", "meet",
    "and", "my", "time", "day", "de", "del", "el", "la", "las", "los", "a", "al", "en", "para", "por", "este", "esta",
    "dia", "favor", "punto", "hora", "horas", "sobre",
];

const WEEKDAYS: [(&str, Weekday); 34] = [
    ("monday", Weekday::Mon),
    ("mon", Weekday::Mon),
    ("lunes", Weekday::Mon),
    ("lun", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("tues", Weekday::Tue),
    ("tue", Weekday::Tue),
    ("martes", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("weds", Weekday::Wed),
    ("wed", Weekday::Wed),
    ("miercoles", Weekday::Wed),
    ("mie", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("thurs", Weekday::Thu),
    ("thur", Weekday::Thu),
    ("thu", Weekday::Thu),
    ("jueves", Weekday::Thu),
    ("jue", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("fri", Weekday::Fri),
    ("viernes", Weekday::Fri),
    ("vie", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sat", Weekday::Sat),
    ("sabado", Weekday::Sat),
    ("sab", Weekday::Sat),
    ("sunday", Weekday::Sun),
    ("sun", Weekday::Sun),
    ("domingo", Weekday::Sun),
    ("dom", Weekday::Sun),
    ("mondays", Weekday::Mon),
    ("fridays", Weekday::Fri),
    ("miercole", Weekday::Wed),
];

/// Each month's names; the short ones are the first three letters.
const MONTHS: [[&str; 2]; 12] = [
    ["january", "enero"],
    ["february", "febrero"],
    ["march", "marzo"],
    ["april", "abril"],
    ["may", "mayo"],
    ["june", "junio"],
    ["july", "julio"],
    ["august", "agosto"],
    ["september", "septiembre"],
    ["october", "octubre"],
    ["november", "noviembre"],
    ["december", "diciembre"],
];

/// The weekday of this name.
pub(super) fn weekday(word: &str, lang: Lang) -> Option<Weekday> {
    if word == "mar" && lang == Lang::Es {
        return Some(Weekday::Tue);
    }
    WEEKDAYS.iter().find(|(known, _)| *known == word).map(|(_, weekday)| *weekday)
}

/// The month of this name, from 1. `first`: it stands before its day, where "mar" is a weekday in Spanish.
pub(super) fn month(word: &str, lang: Lang, first: bool) -> Option<u32> {
    let short = match word {
        "sept" | "set" => return Some(9),
        "mar" if lang == Lang::Es && first => return None,
        "ago" => return (lang == Lang::Es).then_some(8),
        word => word.len() == 3,
    };
    let names = |[en, es]: &[&str; 2]| word == *en || word == *es || short && (en[..3] == *word || es[..3] == *word);
    MONTHS.iter().zip(1..).find(|(month, _)| names(month)).map(|(_, number)| number)
}

/// What is counted.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "minute" | "minutes" | "min" | "mins" | "minuto" | "minutos" => Unit::Minutes,
        "hour" | "hours" | "hr" | "hrs" | "hora" | "horas" => Unit::Hours,
        "day" | "days" | "dia" | "dias" => Unit::Days,
        "week" | "weeks" | "semana" | "semanas" => Unit::Weeks,
        _ => return None,
    })
}
