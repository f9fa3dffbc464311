//! The pretend world's time, which may stand still, flow, or jump. The only file here that reads the
//! machine's clock.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

/// The time everybody in the sandbox lives in, as milliseconds since the Unix epoch (UTC).
///
/// Timestamps, ids, token lifetimes of minutes and rate-limit windows follow this clock. The platforms'
/// three-second deadline does not: a person waits for an answer in real time, whatever the calendar says.
#[derive(Clone)]
pub struct SandboxClock(Arc<Inner>);

struct Inner {
    state: Mutex<State>,
    jumped: watch::Sender<i64>,
}

#[derive(Clone, Copy)]
enum State {
    /// Stands still until told to move.
    Still { at_ms: i64 },
    /// Runs with the machine from where it was set.
    Flowing { from_ms: i64, since: Instant },
}

impl SandboxClock {
    /// A clock that stands still at `at_ms` until somebody moves it.
    #[must_use]
    pub fn still(at_ms: i64) -> Self {
        Self::with(State::Still { at_ms })
    }

    /// A clock that starts at `from_ms` and runs at the machine's pace; it can still be moved.
    #[must_use]
    pub fn flowing(from_ms: i64) -> Self {
        Self::with(State::Flowing { from_ms, since: Instant::now() })
    }

    /// A clock that shows the machine's own time.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where the sandbox reads the machine's clock")]
    pub fn system() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self::flowing(i64::try_from(now.as_millis()).unwrap_or(i64::MAX))
    }

    fn with(state: State) -> Self {
        Self(Arc::new(Inner { state: Mutex::new(state), jumped: watch::Sender::new(0) }))
    }

    /// Now, in milliseconds since the Unix epoch.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        match *self.0.state.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Still { at_ms } => at_ms,
            State::Flowing { from_ms, since } => {
                from_ms + i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX / 2)
            }
        }
    }

    /// Sets the clock to `to_ms`, forwards or backwards, and wakes whoever watches for jumps.
    pub fn travel_to(&self, to_ms: i64) {
        {
            let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
            *state = match *state {
                State::Still { .. } => State::Still { at_ms: to_ms },
                State::Flowing { .. } => State::Flowing { from_ms: to_ms, since: Instant::now() },
            };
        }
        self.0.jumped.send_replace(to_ms);
    }

    /// Moves the clock by `by_ms` (may be negative).
    pub fn advance(&self, by_ms: i64) {
        self.travel_to(self.now_ms() + by_ms);
    }

    /// Changes whenever the clock is set by hand.
    #[must_use]
    pub fn jumps(&self) -> watch::Receiver<i64> {
        self.0.jumped.subscribe()
    }
}

/// Returns once the world's clock shows `at_ms` or later.
pub(crate) async fn until_world(clock: &SandboxClock, at_ms: i64) {
    let mut jumps = clock.jumps();
    loop {
        let before = clock.now_ms();
        if before >= at_ms {
            return;
        }
        // A still clock never arrives by waiting; the time-out only makes a flowing one be looked at again.
        let wait = Duration::from_millis(u64::try_from(at_ms - before).unwrap_or(0).clamp(1, 1000));
        match tokio::time::timeout(wait, jumps.changed()).await {
            Ok(Ok(())) | Err(_) => {}
            Ok(Err(_)) => return,
        }
    }
}
