//! Hands an event to the program so that the platform gets its answer in time, whatever the program does:
//! a slow flow goes on behind a deferred answer, a panicking one costs one calm line.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

use super::{Event, Handler, Reply};

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
