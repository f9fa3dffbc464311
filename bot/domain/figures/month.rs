//! How the pairs stood in each month of the run: the cells of a heat map, and their sums.

use chrono::{DateTime, Utc};

use super::PairFact;
use crate::calendar::{Calendar, Period};
use crate::meeting::{MetInMonth, Standing};
use crate::pair::PairState;

/// What is known of a pair in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairMonth {
    /// How it stands.
    pub standing: Standing,
    /// How often it met.
    pub met: MetInMonth,
}

/// A pair in a month, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// The month has not begun, and nothing is set for it.
    Ahead,
    /// There was no such pair then.
    Apart,
    /// They met.
    Met(MetInMonth),
    /// A meeting is planned, or was and nobody said whether it took place.
    Planned,
    /// Not yet.
    NotYet,
    /// One of them asked for help.
    NeedsHelp,
    /// One says that they met, the other that they did not.
    Disagree,
    /// Nobody has said anything.
    Silent,
}

impl Cell {
    /// How a pair is shown in a month.
    #[must_use]
    pub fn of(
        pair: &PairFact,
        known: PairMonth,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        now: DateTime<Utc>,
    ) -> Self {
        match known.standing {
            Standing::Met => Self::Met(known.met),
            Standing::Planned => Self::Planned,
            Standing::NotYet => Self::NotYet,
            Standing::NeedsHelp => Self::NeedsHelp,
            Standing::Disagree => Self::Disagree,
            Standing::Waiting if !together(pair, from, until) => Self::Apart,
            Standing::Waiting if from > now => Self::Ahead,
            Standing::Waiting => Self::Silent,
        }
    }

    /// Under which name the catalogue keeps it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Apart => "apart",
            Self::Met(_) => "met",
            Self::Planned => "planned",
            Self::NotYet => "not_yet",
            Self::NeedsHelp => "needs_help",
            Self::Disagree => "disagree",
            Self::Silent => "silent",
        }
    }
}

/// Whether the pair could have met between these moments.
fn together(pair: &PairFact, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
    match &pair.state {
        PairState::Published { .. } => false,
        PairState::Introduced { at } => *at < until,
        PairState::Ended { at, .. } | PairState::Archived { at, .. } => {
            *at > from && pair.published_at.is_none_or(|published| published < until)
        }
    }
}

/// The pairs of a month, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthFigures {
    /// Which month.
    pub period: Period,
    /// Whether it has begun.
    pub begun: bool,
    /// How many pairs there were in it.
    pub pairs: usize,
    /// How many of them met.
    pub met: usize,
    /// How often they met.
    pub meetings: MetInMonth,
    /// How many did not meet and have it planned.
    pub planned: usize,
    /// How many said "not yet".
    pub not_yet: usize,
    /// How many asked for help, or contradict each other.
    pub with_coordinator: usize,
    /// Of how many nothing was heard.
    pub silent: usize,
}

impl MonthFigures {
    /// Every month of the run.
    pub(super) fn all(calendar: &Calendar, pairs: &[PairFact], now: DateTime<Utc>) -> Vec<Self> {
        let month = |(place, period): (usize, Period)| {
            let range = period.range(calendar.zone());
            let mut figures = Self {
                period,
                begun: range.0 <= now,
                pairs: 0,
                met: 0,
                meetings: MetInMonth::default(),
                planned: 0,
                not_yet: 0,
                with_coordinator: 0,
                silent: 0,
            };
            for pair in pairs {
                if let Some(known) = pair.months.get(place) {
                    figures.add(Cell::of(pair, *known, range, now), known.met);
                }
            }
            figures
        };
        calendar.periods().into_iter().enumerate().map(month).collect()
    }

    fn add(&mut self, cell: Cell, met: MetInMonth) {
        self.meetings.meetings += met.meetings;
        self.meetings.at_least |= met.at_least;
        self.pairs += usize::from(!matches!(cell, Cell::Ahead | Cell::Apart));
        let count = match cell {
            Cell::Ahead | Cell::Apart => return,
            // A pair that met and also asked for help has met.
            _ if met.meetings > 0 => &mut self.met,
            // What is said of a meeting that nobody noted, and that the other denies, is no meeting.
            Cell::Met(_) | Cell::NeedsHelp | Cell::Disagree => &mut self.with_coordinator,
            Cell::Planned => &mut self.planned,
            Cell::NotYet => &mut self.not_yet,
            Cell::Silent => &mut self.silent,
        };
        *count += 1;
    }
}
