//! A pair that coordinators let go on after the end of the season: until when that may be, and the calendar such a pair
//! lives by. Everybody else lives by the season's own; nothing else of the season moves.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};

use super::{Calendar, DateName, LocalTime, Period};
use crate::refusal::Refusal;

/// For how many months after the end of the run a pair may go on at most.
pub const EXTENDED_MONTHS_MAX: u32 = 12;

/// After how many months coordinators are offered an end.
const OFFERED_MONTHS: [u32; 5] = [1, 2, 3, 6, EXTENDED_MONTHS_MAX];

impl Calendar {
    /// The calendar of a pair that may go on until this instant: its run ends then, and its wrap-up is as long as the
    /// season's. Where that is no later than the season's own end, or nothing was agreed, it is the season's calendar.
    #[must_use]
    pub fn until(&self, agreed: Option<DateTime<Utc>>) -> Cow<'_, Self> {
        let ends_at = self.instant(DateName::RunsUntil);
        let Some(until) = agreed.filter(|until| *until > ends_at) else { return Cow::Borrowed(self) };
        let mut longer = self.clone();
        let wrap_up_until = self.instant(DateName::WrapUpUntil) + (until - ends_at);
        // The later date first, so that neither comes before the other in between.
        for (name, at) in [(DateName::WrapUpUntil, wrap_up_until), (DateName::RunsUntil, until)] {
            *longer.local_mut(name) = self.through(at);
        }
        Cow::Owned(longer)
    }

    /// Whether a month is one of the run's.
    #[must_use]
    pub fn has_period(&self, period: Period) -> bool {
        Period::of_date(self.runs_from.date()) <= period && period <= Period::of_date(self.runs_until.date())
    }

    /// The end of a pair that may go on through this day.
    ///
    /// # Errors
    /// [`Refusal::ExtensionTooEarly`] where the run is not over by then, or the day is, and
    /// [`Refusal::ExtensionTooLate`] more than [`EXTENDED_MONTHS_MAX`] months after the run.
    pub fn extension(&self, through: NaiveDate, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
        let ends_at = self.instant(DateName::RunsUntil);
        let until = LocalTime::Day(through).instant_after(self.zone());
        if until <= ends_at || until <= now {
            return Err(Refusal::ExtensionTooEarly { ends_at });
        }
        let last = months_after(self.runs_until.date(), EXTENDED_MONTHS_MAX);
        let latest = LocalTime::Day(last).instant_after(self.zone());
        if until > latest { Err(Refusal::ExtensionTooLate { latest }) } else { Ok(until) }
    }

    /// The last days that coordinators are offered, of which each can be chosen.
    #[must_use]
    pub fn extensions(&self, now: DateTime<Utc>) -> Vec<NaiveDate> {
        let days = OFFERED_MONTHS.map(|months| months_after(self.runs_until.date(), months));
        days.into_iter().filter(|day| self.extension(*day, now).is_ok()).collect()
    }

    /// What is agreed with a pair once its longer time is taken back: nothing while the run lasts, and afterwards that it
    /// is over at the end of today, so that the two read of it first.
    #[must_use]
    pub fn taken_back(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = LocalTime::Day(now.with_timezone(&self.zone()).date_naive());
        (now >= self.instant(DateName::RunsUntil)).then(|| today.instant_after(self.zone()))
    }

    /// The date after which it is this instant: a whole day where a day ends then.
    fn through(&self, at: DateTime<Utc>) -> LocalTime {
        let last = (at - TimeDelta::seconds(1)).with_timezone(&self.zone()).naive_local();
        let day = LocalTime::Day(last.date());
        if day.instant_after(self.zone()) == at { day } else { LocalTime::from(last) }
    }
}

/// The day so many months later; of the last day of a month, the last.
fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    let is_last = day.checked_add_days(Days::new(1)).is_some_and(|next| next.day() == 1);
    let later = |day: NaiveDate| day.checked_add_months(Months::new(months));
    let moved = if is_last {
        day.checked_add_days(Days::new(1)).and_then(later).and_then(|next| next.checked_sub_days(Days::new(1)))
    } else {
        later(day)
    };
    moved.unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::sample;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("the test writes a day")
    }

    fn during() -> DateTime<Utc> {
        "2025-05-01T17:00:00Z".parse().expect("an instant")
    }

    #[test]
    fn a_pair_may_go_on_until_a_year_after_the_run_and_never_into_the_past() {
        let calendar = sample();
        let ends_at = calendar.instant(DateName::RunsUntil);
        assert_eq!(calendar.runs_until.date(), day("2025-06-30"));
        assert_eq!(calendar.extension(day("2025-06-30"), during()), Err(Refusal::ExtensionTooEarly { ends_at }));
        let until = calendar.extension(day("2025-07-01"), during()).unwrap();
        assert_eq!(until.to_rfc3339(), "2025-07-02T07:00:00+00:00");
        assert!(calendar.extension(day("2026-06-30"), during()).is_ok());
        let latest = "2026-07-01T07:00:00Z".parse().unwrap();
        assert_eq!(calendar.extension(day("2026-07-01"), during()), Err(Refusal::ExtensionTooLate { latest }));
        let later = "2025-09-01T17:00:00Z".parse().unwrap();
        assert_eq!(calendar.extension(day("2025-08-31"), later), Err(Refusal::ExtensionTooEarly { ends_at }));
        let offered = ["2025-07-31", "2025-08-31", "2025-09-30", "2025-12-31", "2026-06-30"].map(day);
        assert_eq!(calendar.extensions(during()), offered);
        assert_eq!(calendar.extensions(later), offered[2..]);
        assert_eq!(calendar.taken_back(during()), None);
        let midnight = "2025-09-02T07:00:00Z".parse().ok();
        assert_eq!(calendar.taken_back(later), midnight);
    }

    #[test]
    fn the_calendar_of_such_a_pair_ends_later_and_is_the_same_before() {
        let calendar = sample();
        let until = calendar.extension(day("2025-09-30"), during()).unwrap();
        let longer = calendar.until(Some(until));
        assert_eq!(longer.instant(DateName::RunsUntil), until);
        assert_eq!(longer.local(DateName::RunsUntil), LocalTime::Day(day("2025-09-30")));
        let wrap_up =
            |calendar: &Calendar| calendar.instant(DateName::WrapUpUntil) - calendar.instant(DateName::RunsUntil);
        assert_eq!(wrap_up(&longer), wrap_up(&calendar));
        assert_eq!(longer.instant(DateName::RunsFrom), calendar.instant(DateName::RunsFrom));
        assert_eq!(longer.periods().len(), calendar.periods().len() + 3);
        assert_eq!(longer.disorders(), []);
        for period in longer.periods() {
            assert!(longer.has_period(period));
            assert_eq!(calendar.has_period(period), calendar.periods().contains(&period));
        }
        assert!(!longer.has_period("2025-10".parse().unwrap()) && !longer.has_period("2025-02".parse().unwrap()));
    }

    proptest! {
        #[test]
        fn where_nothing_later_is_agreed_nothing_changes(minutes in 0_i64..2_000_000, days in 1_u64..=365) {
            let calendar = sample();
            prop_assert_eq!(&*calendar.until(None), &calendar);
            let ends_at = calendar.instant(DateName::RunsUntil);
            prop_assert_eq!(&*calendar.until(Some(ends_at - TimeDelta::minutes(minutes))), &calendar);
            let through = calendar.runs_until.date() + Days::new(days);
            let until = calendar.extension(through, during()).unwrap();
            prop_assert_eq!(calendar.until(Some(until)).instant(DateName::RunsUntil), until);
            prop_assert_eq!(calendar.until(Some(until)).local(DateName::RunsUntil), LocalTime::Day(through));
        }
    }
}
