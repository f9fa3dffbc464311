//! What a text says of a day and an hour, part by part. Knows the words of both languages; works nothing out.

mod clock;
mod names;

use chrono::{TimeDelta, Weekday};

use super::tokens::{Token, tokens};
use super::{Never, Towards};
use crate::text::Lang;
use names::{HALVES, NOISE, OFFSETS, Unit, month, unit, weekday};

/// A half of the day, as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Morning,
    Afternoon,
    Night,
}

/// An hour as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u32,
    pub minute: u32,
    /// On the clock of 24 hours for sure.
    pub exact: bool,
    /// The moment between two days.
    pub midnight: bool,
    /// A lone number: it may as well be a day.
    pub bare: bool,
}

/// A day as it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Day {
    /// So many days from today.
    Offset(i64),
    /// Years, months and days: one, or both ways to read it.
    Full(Vec<(i32, u32, u32)>),
    /// Months and days without a year: one, or both ways to read it.
    Yearly(Vec<(u32, u32)>),
    /// A day of a month.
    OfMonth(u32),
}

/// Everything that a text says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub day: Option<Day>,
    pub weekday: Option<Weekday>,
    /// Not the nearest such weekday, perhaps.
    pub next: bool,
    pub next_week: bool,
    pub clock: Option<Clock>,
    pub half: Option<Half>,
    /// A letter word that may be the zone's.
    pub zone: Option<String>,
    /// So long from now.
    pub shift: Option<TimeDelta>,
    /// Which way the words look.
    pub points: Option<Towards>,
    week: bool,
    noon: bool,
    midnight: bool,
    bare: Vec<Bare>,
}

/// A number that stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bare {
    value: u32,
    padded: bool,
    ordinal: bool,
    names: Names,
}

/// What the word before a number makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    Day,
    Hour,
    Nothing,
}

type Taken = Result<Option<usize>, Never>;

impl Found {
    /// Reads a text.
    pub fn in_text(text: &str, lang: Lang) -> Result<Self, Never> {
        let tokens = tokens(text).filter(|tokens| !tokens.is_empty()).ok_or(Never::Unreadable)?;
        let mut found = Self::default();
        let mut at = 0;
        while at < tokens.len() {
            let before = at.checked_sub(1).and_then(|at| as_word(tokens.get(at)));
            let rest = &tokens[at..];
            let parts: [&dyn Fn(&mut Self) -> Taken; 6] = [
                &|found| found.written_date(rest, lang),
                &|found| found.shift(rest),
                &|found| found.clock(rest),
                &|found| found.month(rest, lang),
                &|found| found.word(rest, before, lang),
                &|found| found.number(rest, before),
            ];
            let mut taken = 0;
            for part in parts {
                if let Some(count) = part(&mut found)? {
                    taken = count;
                    break;
                }
            }
            if taken == 0 {
                return Err(Never::Unreadable);
            }
            at += taken;
        }
        found.settle()?;
        Ok(found)
    }

    /// `2025-03-14`, `3/14`, `14/3/2025`.
    fn written_date(&mut self, rest: &[Token], lang: Lang) -> Taken {
        let [first, Token::Mark(mark), second, ..] = rest else { return Ok(None) };
        let (Some((a, a_digits)), Some((b, b_digits))) = (as_number(Some(first)), as_number(Some(second))) else {
            return Ok(None);
        };
        let third = match rest.get(3..5) {
            Some([Token::Mark(again), third]) if again == mark => as_number(Some(third)),
            _ => None,
        };
        if !matches!(mark, '/' | '-' | '.') || (*mark == '.' && third.is_none()) {
            return Ok(None);
        }
        match (a_digits, third) {
            (4, Some((c, 1..=2))) => {
                put(&mut self.day, Day::Full(vec![(year(a, 4), b, c)]))?;
                // Whoever writes the year first writes the hours of a day from 0 to 23.
                let t = usize::from(as_word(rest.get(5)) == Some("t"));
                self.exact_clock(&rest[5 + t..]).map(|taken| Some(5 + t + taken.unwrap_or(0)))
            }
            (1..=2, third) if (1..=2).contains(&b_digits) => {
                if *mark == '-' && third.is_none() && is_half(rest.get(3)) {
                    // From two to three: it begins at two.
                    return Ok(None);
                }
                let orders: Vec<(u32, u32)> = match (lang, a <= 12, b <= 12) {
                    (_, false, false) => return Err(Never::NoSuchDay),
                    (Lang::En, true, _) | (_, true, false) => vec![(a, b)],
                    (_, false, true) => vec![(b, a)],
                    (Lang::Es, true, true) => vec![(b, a), (a, b)],
                };
                let day = match third {
                    Some((y, digits @ (2 | 4))) => {
                        Day::Full(orders.into_iter().map(|(month, day)| (year(y, digits), month, day)).collect())
                    }
                    Some(_) => return Err(Never::Unreadable),
                    None => Day::Yearly(orders),
                };
                put(&mut self.day, day)?;
                Ok(Some(if third.is_some() { 5 } else { 3 }))
            }
            _ => Ok(None),
        }
    }

    /// `in 2 hours`, `dentro de tres días`, `3 days ago`, `hace una semana`.
    fn shift(&mut self, rest: &[Token]) -> Taken {
        let lead = match (as_word(rest.first()), as_word(rest.get(1))) {
            (Some("dentro"), Some("de")) => Some((2, 1)),
            (Some("in" | "en"), _) => Some((1, 1)),
            (Some("hace"), _) => Some((1, -1)),
            (None, _) => None,
            _ => return Ok(None),
        };
        let (led, sign) = lead.unwrap_or((0, -1));
        let many = match (as_number(rest.get(led)), as_word(rest.get(led))) {
            (Some((many, _)), _) => i64::from(many),
            (None, Some("a" | "an" | "un")) if led > 0 => 1,
            _ => return Ok(None),
        };
        let Some(unit) = as_word(rest.get(led + 1)).and_then(unit) else { return Ok(None) };
        let mut taken = led + 2;
        if lead.is_none() {
            if as_word(rest.get(2)) != Some("ago") {
                return Ok(None);
            }
            taken += 1;
        }
        put(&mut self.points, if sign > 0 { Towards::Future } else { Towards::Past })?;
        match unit {
            Unit::Minutes => put(&mut self.shift, TimeDelta::minutes(sign * many))?,
            Unit::Hours => put(&mut self.shift, TimeDelta::hours(sign * many))?,
            Unit::Days => put(&mut self.day, Day::Offset(sign * many))?,
            Unit::Weeks => put(&mut self.day, Day::Offset(sign * many * 7))?,
        }
        Ok(Some(taken))
    }

    /// `March 14`, `14 de marzo de 2025`.
    fn month(&mut self, rest: &[Token], lang: Lang) -> Taken {
        let skip = |at: usize| at + usize::from(matches!(as_word(rest.get(at)), Some("de" | "del" | "of")));
        let name = |at: usize, first: bool| as_word(rest.get(at)).and_then(|word| month(word, lang, first));
        let (day, month, end) = match as_number(rest.first()) {
            Some((day, 0..=2)) => match name(skip(1), false) {
                Some(month) => (day, month, skip(1) + 1),
                None => return Ok(None),
            },
            Some(_) => return Ok(None),
            None => match (name(0, true), as_number(rest.get(1))) {
                (Some(month), Some((day, 0..=2))) => (day, month, 2),
                _ => return Ok(None),
            },
        };
        let (day, taken) = match as_number(rest.get(skip(end))) {
            Some((y, 4)) => (Day::Full(vec![(year(y, 4), month, day)]), skip(end) + 1),
            _ => (Day::Yearly(vec![(month, day)]), end),
        };
        put(&mut self.day, day)?;
        Ok(Some(taken))
    }

    /// Everything that is said in one word or a few.
    fn word(&mut self, rest: &[Token], before: Option<&str>, lang: Lang) -> Taken {
        let Some(word) = as_word(rest.first()) else { return Ok(None) };
        let follows = |at: usize| as_word(rest.get(at));
        match (word, follows(1), follows(2)) {
            ("day", Some("after"), Some("tomorrow")) => return put(&mut self.day, Day::Offset(2)).map(|()| Some(3)),
            ("day", Some("before"), Some("yesterday")) => return put(&mut self.day, Day::Offset(-2)).map(|()| Some(3)),
            ("pasado", Some("manana"), _) => return put(&mut self.day, Day::Offset(2)).map(|()| Some(2)),
            ("this", Some(part @ ("morning" | "afternoon" | "evening")), _)
            | ("esta", Some(part @ ("manana" | "tarde" | "noche")), _) => {
                self.half = self.half.or(half(part));
                return put(&mut self.day, Day::Offset(0)).map(|()| Some(2));
            }
            ("que", Some("viene"), _) => return self.points_to(Towards::Future).map(|()| Some(2)),
            _ => {}
        }
        // After an article it is the morning, alone it is tomorrow.
        let morning = word == "manana" && before == Some("la");
        match word {
            "next" | "proximo" | "proxima" | "entrante" => self.points_to(Towards::Future)?,
            "last" | "pasado" | "pasada" | "ultimo" => self.points_to(Towards::Past)?,
            "week" | "semana" => self.week = true,
            "noon" | "midday" | "mediodia" => self.noon = true,
            "midnight" | "medianoche" => self.midnight = true,
            "tonight" => {
                self.half = self.half.or(Some(Half::Night));
                put(&mut self.day, Day::Offset(0))?;
            }
            _ => {
                let offset = OFFSETS.iter().find(|(known, _)| *known == word && !morning);
                if let Some((_, days)) = offset {
                    put(&mut self.day, Day::Offset(*days))?;
                } else if let Some(day) = weekday(word, lang) {
                    put(&mut self.weekday, day)?;
                } else if let Some(half) = half(word).filter(|_| morning || word != "manana") {
                    self.half = self.half.or(Some(half));
                } else if !NOISE.contains(&word) {
                    return self.zone_word(word).map(|()| Some(1));
                }
            }
        }
        Ok(Some(1))
    }

    /// A word that may be the name of the clock: at most one, and short.
    fn zone_word(&mut self, word: &str) -> Result<(), Never> {
        if !(2..=5).contains(&word.len()) {
            return Err(Never::Unreadable);
        }
        put(&mut self.zone, word.to_owned())
    }

    fn points_to(&mut self, towards: Towards) -> Result<(), Never> {
        self.next = true;
        put(&mut self.points, towards)
    }

    /// A number alone, or a mark that separates nothing.
    fn number(&mut self, rest: &[Token], before: Option<&str>) -> Taken {
        match rest.first() {
            Some(Token::Number { value, digits: digits @ 0..=2, ordinal }) => {
                let names = match before {
                    Some("at" | "las" | "la") => Names::Hour,
                    Some("the" | "el" | "dia") => Names::Day,
                    _ => Names::Nothing,
                };
                let padded = *digits == 2 && *value < 10;
                self.bare.push(Bare { value: *value, padded, ordinal: *ordinal, names });
                Ok(Some(1))
            }
            Some(Token::Mark('.' | '-')) => Ok(Some(1)),
            _ => Ok(None),
        }
    }

    /// Gives the numbers that stand alone their meaning, once everything else is known.
    fn settle(&mut self) -> Result<(), Never> {
        if self.week {
            self.next_week = std::mem::take(&mut self.next);
            if self.next_week && self.points == Some(Towards::Past) {
                return Err(Never::Unreadable);
            }
        }
        let bare = std::mem::take(&mut self.bare);
        let hours_named = bare.iter().any(|it| it.names == Names::Hour);
        let noon = self.noon || self.midnight;
        for Bare { value, padded, ordinal, names } in bare {
            let day = match names {
                _ if ordinal => true,
                Names::Day => true,
                Names::Hour => false,
                Names::Nothing => self.day.is_none() && (self.clock.is_some() || hours_named || (noon && value != 12)),
            };
            if day {
                put(&mut self.day, Day::OfMonth(value))?;
            } else {
                self.put_clock(value, 0, padded)?;
                self.clock = self.clock.map(|clock| Clock { bare: names == Names::Nothing, ..clock });
            }
        }
        match (self.noon, self.midnight, self.clock) {
            (false, false, _) => {}
            (true, false, Some(_)) => self.half = Some(Half::Afternoon),
            (true, false, None) => self.put_clock(12, 0, true)?,
            (false, true, None | Some(Clock { hour: 0 | 12, minute: 0, .. })) => {
                self.clock = Some(Clock { hour: 0, minute: 0, exact: true, midnight: true, bare: false });
                self.half = None;
            }
            _ => return Err(Never::Unreadable),
        }
        Ok(())
    }

    fn put_clock(&mut self, hour: u32, minute: u32, exact: bool) -> Result<(), Never> {
        if hour > 23 || minute > 59 {
            return Err(Never::NoSuchTime);
        }
        put(&mut self.clock, Clock { hour, minute, exact, midnight: false, bare: false })
    }
}

/// What is said twice is not understood.
fn put<T>(place: &mut Option<T>, value: T) -> Result<(), Never> {
    match place.replace(value) {
        Some(_) => Err(Never::Unreadable),
        None => Ok(()),
    }
}

fn as_number(token: Option<&Token>) -> Option<(u32, usize)> {
    match token {
        Some(Token::Number { value, digits, .. }) => Some((*value, *digits)),
        _ => None,
    }
}

fn as_word(token: Option<&Token>) -> Option<&str> {
    match token {
        Some(Token::Word(word)) => Some(word),
        _ => None,
    }
}

fn half(word: &str) -> Option<Half> {
    HALVES.iter().find(|(known, _)| *known == word).map(|(_, half)| *half)
}

fn is_half(token: Option<&Token>) -> bool {
    matches!(as_word(token), Some("am" | "pm"))
}

fn year(value: u32, digits: usize) -> i32 {
    i32::try_from(value).map_or(0, |value| if digits == 2 { value + 2000 } else { value })
}
