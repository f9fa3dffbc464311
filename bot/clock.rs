//! Time as a value: the only file that reads the machine's clock, waits, or bounds a wait.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

/// Where the program reads the time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock that somebody else moves.
    #[must_use]
    pub fn simulated(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
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
