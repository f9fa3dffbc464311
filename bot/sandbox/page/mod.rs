//! The sandbox's own web page and control API: watch the pretend community, act as anybody in it, move
//! its time. Listens on loopback alone, answers nobody but its own page and local scripts, and fetches
//! nothing from outside. It decides nothing about the chats: everything shown comes from [`Platform`].

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono_tz::Tz;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::person::Platform;

mod acting;
mod answer;
mod assets;
mod guard;
mod reading;
mod routes;
mod time;
mod unread;

pub use time::{NextEvent, PlainTime, TimeMachine};

/// How long [`Page::stop`] waits for requests in progress before it cuts them.
const PATIENCE_AT_STOP: Duration = Duration::from_secs(2);

/// What the page shows and where it listens.
pub struct PageOptions {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The pretend platforms, in the order of their tabs.
    pub platforms: Vec<Arc<dyn Platform>>,
    /// Moves the pretend world's time.
    pub time: Arc<dyn TimeMachine>,
    /// IANA zone in which the world's time is shown, for example `America/Los_Angeles`.
    pub zone: String,
    /// Heading of the page.
    pub title: String,
}

/// The running page. Dropping it stops it without waiting; [`Page::stop`] waits.
pub struct Page {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<io::Result<()>>,
    /// One listener per platform; they end with the page.
    _listeners: JoinSet<()>,
}

/// What every request handler sees.
struct Shared {
    title: String,
    zone: Tz,
    platforms: Vec<Arc<dyn Platform>>,
    time: Arc<dyn TimeMachine>,
    /// Grows with every change on any platform and with every start and end of a journey through time.
    revision: watch::Sender<u64>,
    /// Where the journey under way leads, in world milliseconds. One journey at a time.
    travelling_to: Mutex<Option<i64>>,
    marks: unread::ReadMarks,
    stopping: watch::Receiver<bool>,
}

impl Page {
    /// Opens the page on 127.0.0.1.
    ///
    /// # Errors
    /// The port is taken, or `zone` is not an IANA zone (kind `InvalidInput`).
    pub async fn start(options: PageOptions) -> io::Result<Self> {
        let PageOptions { port, platforms, time, zone, title } = options;
        let zone: Tz = zone.parse().map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("{zone:?} is not a time zone like America/Los_Angeles"))
        })?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let (stop, stopping) = watch::channel(false);
        let shared = Arc::new(Shared {
            title,
            zone,
            platforms,
            time,
            revision: watch::Sender::new(1),
            travelling_to: Mutex::new(None),
            marks: unread::ReadMarks::default(),
            stopping: stopping.clone(),
        });
        let listeners = listen_to_platforms(&shared);
        let router = routes::router(shared);
        let server =
            tokio::spawn(
                async move { axum::serve(listener, router).with_graceful_shutdown(until_stopped(stopping)).await },
            );
        Ok(Self { address, stop, server, _listeners: listeners })
    }

    /// The address to open, for example `http://127.0.0.1:8123/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Answers no more requests; returns once those in progress are done, or cut after two seconds.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let mut server = self.server;
        match tokio::time::timeout(PATIENCE_AT_STOP, &mut server).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => tracing::warn!(%error, "the sandbox page ended with an error"),
            Ok(Err(error)) => tracing::warn!(%error, "the sandbox page ended badly"),
            Err(_) => server.abort(),
        }
    }
}

impl Shared {
    /// Wakes everybody who waits for changes.
    fn changed(&self) {
        self.revision.send_modify(|revision| *revision += 1);
    }

    fn travelling_to(&self) -> Option<i64> {
        *self.travelling_to.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Resolves when the page is told to stop, or is dropped.
async fn until_stopped(mut stopping: watch::Receiver<bool>) {
    // An error means that the page is gone: then it stops as well.
    let _ = stopping.wait_for(|stop| *stop).await;
}

fn listen_to_platforms(shared: &Arc<Shared>) -> JoinSet<()> {
    let mut listeners = JoinSet::new();
    for platform in &shared.platforms {
        let mut changes = platform.changes();
        let shared = Arc::clone(shared);
        listeners.spawn(async move {
            while changes.changed().await.is_ok() {
                shared.changed();
            }
        });
    }
    listeners
}
