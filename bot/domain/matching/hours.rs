//! The hours of a week in which somebody can meet, in one common time, so that people in different zones
//! can be compared.
//!
//! A week is cut into quarters of an hour, because no zone's offset is finer. It says when people could
//! meet, not when they do.

use chrono::{DateTime, NaiveTime, Offset, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::question::{Slot, SlotDays};

const QUARTERS_PER_HOUR: i64 = 4;
const QUARTERS_PER_DAY: i64 = 24 * QUARTERS_PER_HOUR;
const QUARTERS_PER_WEEK: i64 = 7 * QUARTERS_PER_DAY;
const SECONDS_PER_QUARTER: i64 = 900;
/// Enough 64-bit words for every quarter of a week.
const WORDS: usize = 11;

/// Some quarters of the hours of a week, in UTC.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WeekHours([u64; WORDS]);

impl WeekHours {
    /// Adds the hours of a slot as they are read off the wall in the zone. The zone's offset is that of
    /// the reference instant, for a slot repeats every week and an offset does not: take the middle of
    /// the run.
    pub fn add(&mut self, slot: Slot, zone: Tz, reference: DateTime<Utc>) {
        let offset = zone.offset_from_utc_datetime(&reference.naive_utc()).fix().local_minus_utc();
        let shift = i64::from(offset).div_euclid(SECONDS_PER_QUARTER);
        let days = match slot.days {
            SlotDays::Weekdays => 0..5,
            SlotDays::Weekends => 5..7,
        };
        for day in days {
            for quarter in quarter_of(slot.from)..quarter_of(slot.to) {
                self.set(day * QUARTERS_PER_DAY + quarter - shift);
            }
        }
    }

    /// How many minutes of a week both can.
    #[must_use]
    pub fn common_minutes(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(one, two)| (one & two).count_ones() * 15).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The week is a ring: Sunday night in California is Monday in UTC.
    fn set(&mut self, quarter: i64) {
        let bit = usize::try_from(quarter.rem_euclid(QUARTERS_PER_WEEK)).expect("a remainder is not negative");
        self.0[bit / 64] |= 1 << (bit % 64);
    }
}

fn quarter_of(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight()) / SECONDS_PER_QUARTER
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(days: SlotDays, from: u32, to: u32) -> Slot {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour of the day");
        Slot { days, from: time(from), to: time(to) }
    }

    fn hours(slot: Slot, zone: Tz) -> WeekHours {
        let mut hours = WeekHours::default();
        hours.add(slot, zone, "2025-04-30T12:00:00Z".parse().expect("an instant"));
        hours
    }

    #[test]
    fn evening_in_new_york_is_afternoon_in_california() {
        let evening = hours(slot(SlotDays::Weekdays, 18, 21), Tz::America__New_York);
        let afternoon = hours(slot(SlotDays::Weekdays, 13, 17), Tz::America__Los_Angeles);
        assert_eq!(evening.common_minutes(&afternoon), 5 * 2 * 60);
        let same_clock = hours(slot(SlotDays::Weekdays, 18, 21), Tz::America__Los_Angeles);
        assert_eq!(evening.common_minutes(&same_clock), 0);
    }

    #[test]
    fn the_week_is_a_ring() {
        let sunday_evening = hours(slot(SlotDays::Weekends, 18, 21), Tz::America__Los_Angeles);
        let monday_in_auckland = hours(slot(SlotDays::Weekdays, 12, 17), Tz::Pacific__Auckland);
        assert_eq!(sunday_evening.common_minutes(&monday_in_auckland), 3 * 60);
    }
}
