//! A time of day in figures or in words: `14:30`, `2-3pm`, `half past two`, `las dos y media`. What half of the day is
//! meant where none is said is not decided here.

use super::super::Never;
use super::super::tokens::Token;
use super::{Clock, Found, Taken, as_number, as_word, half, is_half};

impl Found {
    /// `14:30`, `2.30 pm`, `14h`, `2-3pm`, `half past two`, `las dos y media`.
    pub(super) fn clock(&mut self, rest: &[Token]) -> Taken {
        if let Some(taken) = self.clock_in_words(rest)? {
            return Ok(Some(taken));
        }
        let Some((hour, digits)) = as_number(rest.first()) else { return Ok(None) };
        let mut minute = None;
        let mut taken = 1;
        match (rest.get(1), as_number(rest.get(2))) {
            (Some(Token::Mark(':' | '.')), Some((value, 2))) => {
                minute = Some(value);
                taken = 3;
                // Seconds, which nobody needs.
                if let (Some(Token::Mark(':')), Some((_, 2))) = (rest.get(3), as_number(rest.get(4))) {
                    taken = 5;
                }
            }
            (Some(Token::Word(word)), after) if matches!(word.as_str(), "h" | "hs" | "hrs" | "horas" | "hours") => {
                minute = Some(after.filter(|(_, digits)| *digits == 2).map_or(0, |(value, _)| value));
                taken = if after.is_some_and(|(_, digits)| digits == 2) { 3 } else { 2 };
            }
            _ => {}
        }
        if let (Some(Token::Mark('-')), Some(_)) = (rest.get(taken), as_number(rest.get(taken + 1))) {
            let mut end = taken + 2;
            if let (Some(Token::Mark(':' | '.')), Some(_)) = (rest.get(end), as_number(rest.get(end + 1))) {
                end += 2;
            }
            if minute.is_some() || is_half(rest.get(end)) {
                let until = as_number(rest.get(taken + 1)).map_or(0, |(value, _)| value);
                // From eleven to one in the afternoon begins in the morning.
                if is_half(rest.get(end)) && until % 12 < hour % 12 {
                    return Err(Never::Unreadable);
                }
                taken = end;
            }
        }
        let halved = is_half(rest.get(taken));
        if minute.is_none() && !halved {
            return Ok(None);
        }
        if halved {
            self.half = as_word(rest.get(taken)).and_then(half);
            taken += 1;
        }
        self.put_clock(hour, minute.unwrap_or(0), digits == 2 && hour < 10)?;
        Ok(Some(taken))
    }

    fn clock_in_words(&mut self, rest: &[Token]) -> Taken {
        let (hour, minute, taken) = match rest {
            [Token::Word(part), Token::Word(side), Token::Number { value, .. }, ..]
                if matches!(part.as_str(), "half" | "quarter") && matches!(side.as_str(), "past" | "to" | "after") =>
            {
                let minute = if part == "half" { 30 } else { 15 };
                if side == "to" { (before(*value), 60 - minute, 3) } else { (*value, minute, 3) }
            }
            [Token::Number { value, .. }, Token::Word(side), part, ..] if matches!(side.as_str(), "y" | "menos") => {
                let minute = match part {
                    Token::Word(word) if word == "media" => 30,
                    Token::Word(word) if word == "cuarto" => 15,
                    Token::Number { value: minute @ 1..=59, .. } => *minute,
                    _ => return Ok(None),
                };
                if side == "y" { (*value, minute, 3) } else { (before(*value), 60 - minute, 3) }
            }
            _ => return Ok(None),
        };
        let halved = as_word(rest.get(taken)).and_then(half);
        self.half = halved.or(self.half);
        self.put_clock(hour, minute, false)?;
        Ok(Some(taken + usize::from(halved.is_some())))
    }

    /// A time of day behind a day that is written from the year down.
    pub(super) fn exact_clock(&mut self, rest: &[Token]) -> Taken {
        let taken = self.clock(rest)?;
        if taken.is_some() && self.half.is_none() {
            self.clock = self.clock.map(|clock| Clock { exact: true, ..clock });
        }
        Ok(taken)
    }
}

/// The hour before, for what is said as so many minutes to the next.
const fn before(hour: u32) -> u32 {
    match hour {
        0 => 23,
        1 => 12,
        hour => hour - 1,
    }
}
