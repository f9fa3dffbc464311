//! Moving the pretend world's time. Time goes forward only, one journey after the other, and never
//! further than a little over a year at once.

use std::sync::{Arc, PoisonError};

use async_trait::async_trait;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use chrono::{DateTime, NaiveDateTime, SecondsFormat};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Shared;
use super::answer::{Answer, No};
use crate::clock::SandboxClock;

/// A season is half a year; more than this at once is a slip of the finger.
const LONGEST_JOURNEY_DAYS: i64 = 400;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Something that will happen by itself when its time comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextEvent {
    /// When, in world milliseconds since the epoch.
    pub at_ms: i64,
    /// What, in a few words ("nudge of March").
    pub what: String,
}

/// Moves the world's time; implemented by whoever knows what is due.
#[async_trait]
pub trait TimeMachine: Send + Sync {
    /// Now, in world milliseconds since the epoch.
    fn now_ms(&self) -> i64;
    /// Moves time forward to `to_ms` step by step, so that everything due on the way happens.
    ///
    /// # Errors
    /// A sentence that tells the person why time did not get there.
    async fn travel_to(&self, to_ms: i64) -> Result<(), String>;
    /// The next moment at which something is due, if known.
    async fn next_event(&self) -> Option<NextEvent>;
}

/// Time without a bot: the clock is set, and nothing is known to be due.
#[derive(Clone)]
pub struct PlainTime(SandboxClock);

impl PlainTime {
    /// Moves this clock.
    #[must_use]
    pub fn new(clock: SandboxClock) -> Self {
        Self(clock)
    }
}

#[async_trait]
impl TimeMachine for PlainTime {
    fn now_ms(&self) -> i64 {
        self.0.now_ms()
    }

    async fn travel_to(&self, to_ms: i64) -> Result<(), String> {
        self.0.travel_to(to_ms);
        Ok(())
    }

    async fn next_event(&self) -> Option<NextEvent> {
        None
    }
}

/// The clock as `GET /api/world` and `POST /api/clock` show it.
#[derive(Serialize)]
pub(super) struct ClockShown {
    now_ms: i64,
    /// The same in the world's zone, for reading.
    now: String,
    zone: &'static str,
    next_event: Option<NextEvent>,
    /// Where the journey under way leads.
    travelling_to_ms: Option<i64>,
}

/// Body of `POST /api/clock`: one of the three.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Move {
    advance_ms: Option<i64>,
    to_ms: Option<i64>,
    /// `next`, or a local date and time like `2025-03-01 09:00`.
    to: Option<String>,
}

/// The journey under way; its end, however it comes, is told to everybody who watches.
struct Journey(Arc<Shared>);

impl Journey {
    fn begin(shared: &Arc<Shared>, to_ms: i64) -> Result<Self, No> {
        let mut travelling_to = shared.travelling_to.lock().unwrap_or_else(PoisonError::into_inner);
        if travelling_to.is_some() {
            return Err(No::not_now("Time is already moving; wait until it has arrived."));
        }
        *travelling_to = Some(to_ms);
        drop(travelling_to);
        shared.changed();
        Ok(Self(Arc::clone(shared)))
    }
}

impl Drop for Journey {
    fn drop(&mut self) {
        *self.0.travelling_to.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.0.changed();
    }
}

impl Shared {
    pub(super) async fn clock_shown(&self) -> ClockShown {
        let travelling_to_ms = self.travelling_to();
        // On the way the answer changes at every step, and asking would hold up the journey.
        let next_event = if travelling_to_ms.is_none() { self.time.next_event().await } else { None };
        let now_ms = self.time.now_ms();
        ClockShown { now_ms, now: local(now_ms, self.zone), zone: self.zone.name(), next_event, travelling_to_ms }
    }
}

/// `POST /api/clock`: answers when time has arrived.
pub(super) async fn clock(
    State(shared): State<Arc<Shared>>,
    body: Result<Json<Move>, JsonRejection>,
) -> Answer<ClockShown> {
    let Json(wanted) = body?;
    if shared.travelling_to().is_some() {
        return Err(No::not_now("Time is already moving; wait until it has arrived."));
    }
    let next = shared.time.next_event().await;
    let to_ms = destination(&wanted, shared.time.now_ms(), next.as_ref(), shared.zone).map_err(No::refused)?;
    let journey = Journey::begin(&shared, to_ms)?;
    // In a task of its own: whoever closes the browser on the way must not leave the world half way.
    let travelled = tokio::spawn(async move { journey.0.time.travel_to(to_ms).await }).await;
    match travelled {
        Ok(Ok(())) => Ok(Json(shared.clock_shown().await)),
        Ok(Err(sentence)) => Err(No::not_now(sentence)),
        Err(error) => {
            tracing::error!(%error, "a journey through time broke off");
            Err(No::not_now("Time stopped on the way because of a fault; the log says more."))
        }
    }
}

/// Where a request leads, in world milliseconds, or why it leads nowhere.
fn destination(wanted: &Move, now_ms: i64, next: Option<&NextEvent>, zone: Tz) -> Result<i64, String> {
    let to_ms = match wanted {
        Move { advance_ms: Some(by), to_ms: None, to: None } => now_ms.checked_add(*by).ok_or(TOO_FAR)?,
        Move { advance_ms: None, to_ms: Some(to_ms), to: None } => *to_ms,
        Move { advance_ms: None, to_ms: None, to: Some(to) } if to == "next" => {
            // Something overdue happens at once: the journey is none, but it must not go backwards.
            next.ok_or("Nothing is known to be due.")?.at_ms.max(now_ms)
        }
        Move { advance_ms: None, to_ms: None, to: Some(to) } => at_local(to, zone)?,
        _ => return Err("Give one of advance_ms, to_ms or to.".into()),
    };
    if to_ms < now_ms {
        return Err("Time only goes forward here.".into());
    }
    if to_ms.checked_sub(now_ms).is_none_or(|distance| distance > LONGEST_JOURNEY_DAYS * DAY_MS) {
        return Err(TOO_FAR.into());
    }
    Ok(to_ms)
}

const TOO_FAR: &str = "That is more than 400 days away; go there in several steps.";

/// `2025-03-01 09:00` or `2025-03-01T09:00` in the world's zone. Of an hour that the change from summer
/// time repeats, the first.
fn at_local(text: &str, zone: Tz) -> Result<i64, String> {
    let parsed = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"].iter().find_map(|f| NaiveDateTime::parse_from_str(text, f).ok());
    let local = parsed.ok_or("Write the time as \"next\" or like \"2025-03-01 09:00\".")?;
    let found = local.and_local_timezone(zone).earliest();
    found
        .map(|at| at.timestamp_millis())
        .ok_or_else(|| "The clocks skip that time on that day; take an hour later.".into())
}

fn local(at_ms: i64, zone: Tz) -> String {
    let at = DateTime::from_timestamp_millis(at_ms).unwrap_or_default();
    at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: Tz = Tz::America__Los_Angeles;
    /// 2025-03-01 09:00 in Los Angeles.
    const MARCH: i64 = 1_740_848_400_000;

    fn to(to: &str) -> Move {
        Move { to: Some(to.into()), ..Move::default() }
    }

    #[test]
    fn a_local_date_and_time_is_read_in_the_worlds_zone() {
        assert_eq!(destination(&to("2025-03-01 09:00"), 1_740_000_000_000, None, ZONE), Ok(MARCH));
        assert_eq!(destination(&to("2025-03-01T09:00"), 1_740_000_000_000, None, ZONE), Ok(MARCH));
        assert_eq!(local(MARCH, ZONE), "2025-03-01T09:00:00-08:00");
    }

    #[test]
    fn the_hour_that_summer_time_skips_is_refused_and_the_repeated_one_is_its_first() {
        assert!(at_local("2025-03-09 02:30", ZONE).unwrap_err().contains("skip"));
        let first = at_local("2025-11-02 01:30", ZONE).unwrap();
        assert_eq!(local(first, ZONE), "2025-11-02T01:30:00-07:00");
    }

    #[test]
    fn time_goes_forward_and_not_absurdly_far() {
        let by = |by| Move { advance_ms: Some(by), ..Move::default() };
        assert_eq!(destination(&by(1), MARCH, None, ZONE), Ok(MARCH + 1));
        assert!(destination(&by(-1), MARCH, None, ZONE).unwrap_err().contains("forward"));
        assert!(destination(&by(i64::MAX), MARCH, None, ZONE).unwrap_err().contains("400 days"));
        assert!(destination(&by(401 * DAY_MS), MARCH, None, ZONE).unwrap_err().contains("400 days"));
        let far = Move { to_ms: Some(i64::MAX), ..Move::default() };
        assert!(destination(&far, -1, None, ZONE).unwrap_err().contains("400 days"));
    }

    #[test]
    fn the_next_event_must_be_known_and_is_never_in_the_past() {
        assert!(destination(&to("next"), MARCH, None, ZONE).unwrap_err().contains("Nothing"));
        let event = |at_ms| NextEvent { at_ms, what: "nudge".into() };
        assert_eq!(destination(&to("next"), MARCH, Some(&event(MARCH + 5)), ZONE), Ok(MARCH + 5));
        assert_eq!(destination(&to("next"), MARCH, Some(&event(MARCH - 5)), ZONE), Ok(MARCH));
    }

    #[test]
    fn exactly_one_way_of_saying_where() {
        assert!(destination(&Move::default(), MARCH, None, ZONE).is_err());
        assert!(destination(&Move { advance_ms: Some(1), ..to("next") }, MARCH, None, ZONE).is_err());
    }
}
