//! Hands an event to the program so that the platform gets its answer in time, whatever the program does:
//! a slow flow goes on behind a deferred answer, a panicking one costs one calm line.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Admitted, Event, Flood, Handler, Pass, Reply};

/// What is known when the deadline comes.
pub enum Answered {
    /// The reply, in time.
    InTime(Reply),
    /// Not yet: defer, then await [`Late::reply`] and edit.
    Late(Late),
}

/// A flow that is still at work.
pub struct Late {
    work: JoinHandle<Reply>,
    handler: Arc<dyn Handler>,
    locale: Option<String>,
}

impl Late {
    /// The reply, whenever it comes.
    pub async fn reply(self) -> Reply {
        settle(self.work.await, &*self.handler, self.locale.as_deref())
    }
}

/// Runs `handler` on `event` in a task of its own and waits for it at most `deadline` (real time).
pub async fn answer(handler: &Arc<dyn Handler>, event: Event, deadline: Duration) -> Answered {
    let locale = event.actor.locale.clone();
    let mut work = tokio::spawn({
        let handler = Arc::clone(handler);
        async move { handler.handle(event).await }
    });
    match tokio::time::timeout(deadline, &mut work).await {
        Ok(done) => Answered::InTime(settle(done, &**handler, locale.as_deref())),
        Err(_) => Answered::Late(Late { work, handler: Arc::clone(handler), locale }),
    }
}

fn settle(done: Result<Reply, tokio::task::JoinError>, handler: &dyn Handler, locale: Option<&str>) -> Reply {
    done.unwrap_or_else(|lost| {
        tracing::error!(panicked = lost.is_panic(), "an interaction was lost");
        Reply::Private(handler.apology(locale))
    })
}

/// Counts interactions at work, from before a platform is told "received" until the last word of the answer is
/// delivered. Clones share one count; stopping and simulated time wait for it to reach zero.
#[derive(Clone)]
pub struct InFlight {
    count: Arc<watch::Sender<usize>>,
    flood: Option<Flood>,
}

/// One interaction at work; ends when dropped.
pub struct AtWork(Arc<watch::Sender<usize>>);

impl Default for InFlight {
    fn default() -> Self {
        Self { count: Arc::new(watch::Sender::new(0)), flood: None }
    }
}

impl InFlight {
    /// The same, with bounds for each person and for all.
    #[must_use]
    pub fn bounded(flood: Flood) -> Self {
        Self { flood: Some(flood), ..Self::default() }
    }

    /// An interaction begins.
    #[must_use]
    pub fn begin(&self) -> AtWork {
        self.count.send_modify(|count| *count += 1);
        AtWork(Arc::clone(&self.count))
    }

    /// Whether a person's interaction is let in, now that it is known whose it is.
    #[must_use]
    pub fn admit(&self, event: &Event, now: DateTime<Utc>) -> Admitted {
        self.flood.as_ref().map_or_else(|| Admitted::In(Pass::free()), |flood| flood.admit(event, now))
    }

    /// How many are at work.
    #[must_use]
    pub fn count(&self) -> usize {
        *self.count.borrow()
    }

    /// Waits until none is at work.
    pub async fn idle(&self) {
        let mut count = self.count.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail.
        let _ = count.wait_for(|count| *count == 0).await;
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}
