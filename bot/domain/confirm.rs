//! How long a question that asks before something happens may be answered: whoever finds it later is asked anew, because
//! what it said may not be so any more.

use chrono::{DateTime, TimeDelta, Utc};

use crate::refusal::Refusal;

/// For how many minutes a question can be answered.
pub const HOLDS_MINUTES: i64 = 10;

/// Whether a question that was asked then, in seconds since 1970, may still be answered. Both moments are to be by one
/// clock, ours: a platform's own may go otherwise, and by it each question could have been asked too late.
///
/// # Errors
/// [`Refusal::ConfirmationOld`] when it is too old, or was never asked.
pub fn holds(asked_at: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
    holds_for(TimeDelta::minutes(HOLDS_MINUTES), asked_at, now)
}

/// The same for a question that may be answered so long.
///
/// # Errors
/// As [`holds`].
pub fn holds_for(time: TimeDelta, asked_at: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
    let asked = DateTime::from_timestamp(asked_at, 0).ok_or(Refusal::ConfirmationOld)?;
    // Our clock may have been set back a little meanwhile.
    let age = now - asked;
    if age <= time && age > -TimeDelta::minutes(1) { Ok(()) } else { Err(Refusal::ConfirmationOld) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_can_be_answered_for_ten_minutes_and_never_before_it_was_asked() {
        let now = DateTime::from_timestamp(1_740_000_000, 0).expect("a time");
        for (age, answerable) in [(0, true), (600, true), (601, false), (-30, true), (-61, false)] {
            assert_eq!(holds(now.timestamp() - age, now).is_ok(), answerable, "{age} seconds");
        }
        assert_eq!(holds(i64::MAX, now), Err(Refusal::ConfirmationOld));
        let hour = TimeDelta::hours(1);
        assert!(holds_for(hour, now.timestamp() - 3600, now).is_ok());
        assert!(holds_for(hour, now.timestamp() - 3601, now).is_err());
    }
}
