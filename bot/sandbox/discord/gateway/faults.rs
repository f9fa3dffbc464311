//! What goes wrong on purpose at the gateway, and counters of what bots did there.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;

use super::super::state::World;
use super::hub::{Link, ToSocket};

/// How long Discord lets bots go between heartbeats, in milliseconds.
const HEARTBEAT_MS: u64 = 41_250;

/// The gateway's connections: socket faults and counters. Cheap to clone.
#[derive(Clone)]
pub struct Sockets {
    inner: Arc<Inner>,
    world: Arc<Mutex<World>>,
}

struct Inner {
    links: Mutex<Vec<Link>>,
    made: AtomicU64,
    identifies: AtomicU64,
    resumes: AtomicU64,
    heartbeats: AtomicU64,
    acks_muted: AtomicBool,
    refuse_connections: AtomicBool,
    refuse_resumes: AtomicBool,
    twice: AtomicBool,
    heartbeat_ms: AtomicU64,
    privileged: AtomicU64,
}

/// What bots did at the gateway so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GatewayCounts {
    /// WebSocket connections accepted, refused ones included.
    pub connections: u64,
    /// IDENTIFY payloads.
    pub identifies: u64,
    /// RESUME payloads.
    pub resumes: u64,
    /// Heartbeats.
    pub heartbeats: u64,
    /// `GET /gateway` and `GET /gateway/bot` requests.
    pub lookups: u64,
}

impl Sockets {
    pub(in crate::discord) fn new(world: Arc<Mutex<World>>) -> Self {
        let inner = Inner {
            links: Mutex::default(),
            made: AtomicU64::new(0),
            identifies: AtomicU64::new(0),
            resumes: AtomicU64::new(0),
            heartbeats: AtomicU64::new(0),
            acks_muted: AtomicBool::new(false),
            refuse_connections: AtomicBool::new(false),
            refuse_resumes: AtomicBool::new(false),
            twice: AtomicBool::new(false),
            heartbeat_ms: AtomicU64::new(HEARTBEAT_MS),
            privileged: AtomicU64::new(0),
        };
        Self { inner: Arc::new(inner), world }
    }

    /// Closes every connection with this code (`None`: a close frame without a code). Sessions stay resumable.
    pub fn close_all(&self, code: Option<u16>) {
        self.to_all(&ToSocket::Close(code));
    }

    /// Ends every TCP connection without a close frame. Sessions stay resumable.
    pub fn drop_all(&self) {
        self.to_all(&ToSocket::Drop);
    }

    /// Sends INVALID_SESSION; unless `resumable`, the sessions are forgotten.
    pub fn invalidate_sessions(&self, resumable: bool) {
        let frame = json!({"op": 9, "s": null, "t": null, "d": resumable}).to_string();
        self.to_all(&ToSocket::Frame(frame.into()));
        if !resumable {
            self.world.lock().unwrap_or_else(PoisonError::into_inner).hub.forget_all();
        }
    }

    /// Sends RECONNECT.
    pub fn ask_reconnect(&self) {
        self.to_all(&ToSocket::Frame(json!({"op": 7, "s": null, "t": null, "d": null}).to_string().into()));
    }

    /// Leaves heartbeats unacknowledged while true.
    pub fn mute_heartbeat_acks(&self, mute: bool) {
        self.inner.acks_muted.store(mute, Ordering::SeqCst);
    }

    /// Closes every new connection at once while true.
    pub fn refuse_connections(&self, refuse: bool) {
        self.inner.refuse_connections.store(refuse, Ordering::SeqCst);
    }

    /// Closes the connection on every RESUME while true.
    pub fn refuse_resumes(&self, refuse: bool) {
        self.inner.refuse_resumes.store(refuse, Ordering::SeqCst);
    }

    /// Delivers every interaction twice while true.
    pub fn deliver_interactions_twice(&self, twice: bool) {
        self.inner.twice.store(twice, Ordering::SeqCst);
    }

    /// Delivers the newest interaction once more; `false` if there was none.
    pub fn deliver_again(&self) -> bool {
        super::super::interactions::send_again(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The heartbeat interval told to connections from now on, in real milliseconds.
    pub fn set_heartbeat_interval_ms(&self, interval_ms: u64) {
        self.inner.heartbeat_ms.store(interval_ms.max(1), Ordering::SeqCst);
    }

    /// The privileged intents switched on in the app's settings, as intent bits: members `1 << 1`, presences
    /// `1 << 8`, message content `1 << 15`. None at first.
    pub fn allow_privileged_intents(&self, intents: u64) {
        self.inner.privileged.store(intents, Ordering::SeqCst);
    }

    /// What bots did so far.
    #[must_use]
    pub fn counts(&self) -> GatewayCounts {
        let lookups = self.world.lock().unwrap_or_else(PoisonError::into_inner).gateway_lookups;
        let of = |counter: &AtomicU64| counter.load(Ordering::SeqCst);
        GatewayCounts {
            connections: of(&self.inner.made),
            identifies: of(&self.inner.identifies),
            resumes: of(&self.inner.resumes),
            heartbeats: of(&self.inner.heartbeats),
            lookups,
        }
    }

    /// Connections open now.
    #[must_use]
    pub fn open(&self) -> usize {
        self.links().len()
    }

    fn links(&self) -> std::sync::MutexGuard<'_, Vec<Link>> {
        self.inner.links.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn to_all(&self, what: &ToSocket) {
        for link in self.links().iter() {
            link.send(what.clone());
        }
    }

    pub(super) fn next_link(&self) -> u64 {
        self.inner.made.fetch_add(1, Ordering::SeqCst) + 1
    }

    pub(super) fn opened(&self, link: &Link) {
        self.links().push(link.clone());
    }

    pub(super) fn closed(&self, link: u64) {
        self.links().retain(|it| it.id != link);
    }

    pub(super) fn identified(&self) {
        self.inner.identifies.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn resumed(&self) {
        self.inner.resumes.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn beat(&self) {
        self.inner.heartbeats.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn acks_muted(&self) -> bool {
        self.inner.acks_muted.load(Ordering::SeqCst)
    }

    pub(super) fn refuses_connections(&self) -> bool {
        self.inner.refuse_connections.load(Ordering::SeqCst)
    }

    pub(super) fn refuses_resumes(&self) -> bool {
        self.inner.refuse_resumes.load(Ordering::SeqCst)
    }

    /// The privileged intents switched on now.
    #[must_use]
    pub fn allowed_privileged_intents(&self) -> u64 {
        self.inner.privileged.load(Ordering::SeqCst)
    }

    pub(super) fn heartbeat_interval(&self) -> Duration {
        Duration::from_millis(self.inner.heartbeat_ms.load(Ordering::SeqCst))
    }

    pub(in crate::discord) fn delivers_twice(&self) -> bool {
        self.inner.twice.load(Ordering::SeqCst)
    }
}
