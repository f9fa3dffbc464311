//! Scores as the file gives them, read straight into bytes: a large table would take many times its size as
//! general JSON.

use std::fmt;

use plsep_domain::matching::BEST_SCORE;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Unexpected, Visitor};

/// Rows of scores.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scores {
    /// How long each row is.
    pub lengths: Vec<usize>,
    /// Row by row; none where the file says null.
    cells: Vec<u8>,
}

/// No score.
const NULL: u8 = u8::MAX;

impl Scores {
    /// One score; all rows have this length.
    pub(super) fn get(&self, row: usize, column: usize, length: usize) -> Option<u8> {
        Some(self.cells[row * length + column]).filter(|score| *score != NULL)
    }
}

impl<'de> Deserialize<'de> for Scores {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows;
        impl<'de> Visitor<'de> for Rows {
            type Value = Scores;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("rows of scores, one row for each mentee")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Scores, A::Error> {
                let mut scores = Scores::default();
                while let Some(length) = rows.next_element_seed(Row(&mut scores))? {
                    scores.lengths.push(length);
                }
                Ok(scores)
            }
        }
        deserializer.deserialize_seq(Rows)
    }
}

/// Reads one more row, and says how long it is.
struct Row<'s>(&'s mut Scores);

impl<'de> DeserializeSeed<'de> for Row<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        let row = self.0.lengths.len();
        deserializer.deserialize_seq(self).map_err(|error| D::Error::custom(format!("score[{row}]{error}")))
    }
}

impl<'de> Visitor<'de> for Row<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row of scores, one for each mentor")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut row: A) -> Result<usize, A::Error> {
        let mut length = 0;
        loop {
            match row.next_element::<Cell>() {
                Ok(None) => return Ok(length),
                Ok(Some(Cell(score))) => self.0.cells.push(score),
                Err(error) => return Err(A::Error::custom(format!("[{length}]: {error}"))),
            }
            length += 1;
        }
    }
}

struct Cell(u8);

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Score;
        impl Visitor<'_> for Score {
            type Value = Cell;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a whole number from 0 to {BEST_SCORE}, or null where the two cannot be paired")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Cell, E> {
                match u8::try_from(number) {
                    Ok(score) if score <= BEST_SCORE => Ok(Cell(score)),
                    _ => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
                }
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Cell, E> {
                Err(E::invalid_value(Unexpected::Signed(number), &self))
            }

            fn visit_unit<E: Error>(self) -> Result<Cell, E> {
                Ok(Cell(NULL))
            }
        }
        deserializer.deserialize_any(Score)
    }
}
