//! Time as a value: the only file that reads the machine's clock, waits, or bounds a wait.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

/// Where the program reads the time.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    steady: Arc<dyn Fn() -> Duration + Send + Sync>,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    pub fn system() -> Self {
        let started = Stopwatch::start();
        Self { now: Arc::new(Utc::now), steady: Arc::new(move || started.elapsed()) }
    }

    /// A clock that somebody else moves, and that nobody sets.
    #[must_use]
    pub fn simulated(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        let now = Arc::new(now);
        let steady = {
            let now = Arc::clone(&now);
            move || Duration::from_millis(now().timestamp_millis().unsigned_abs())
        };
        Self { now, steady: Arc::new(steady) }
    }

    /// The same clock, beside which time passes as `steady` says, however the clock is set.
    #[must_use]
    pub fn beside(self, steady: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self { steady: Arc::new(steady), ..self }
    }

    /// Now. It may jump: somebody may set the machine's clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }

    /// How much time has passed since some moment of this process; no setting of a clock changes it.
    #[must_use]
    pub fn steady(&self) -> Duration {
        (self.steady)()
    }
}

/// How much real time has passed: for bounds on work, never for the program's calendar.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Begins now.
    #[must_use]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// The real time since.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The work was not done in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not done in time")]
pub struct TooSlow;

/// Waits for `work` at most `limit` of real time: for what a platform or a socket owes us.
///
/// # Errors
/// [`TooSlow`] when the limit has passed; the work is dropped.
pub async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Result<T, TooSlow> {
    tokio::time::timeout(limit, work).await.map_err(|_| TooSlow)
}

/// Waits in real time: for back-off between attempts to reach a platform, never for the program's calendar.
#[expect(clippy::disallowed_methods, reason = "the one place that waits")]
pub async fn pause(real_time: Duration) {
    tokio::time::sleep(real_time).await;
}
