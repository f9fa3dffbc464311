//! One gateway session: serenity's own shard runner, unmodified, on a thread of its own.
//!
//! Left alone, that runner resumes in a tight loop against a server that closes on every RESUME, and spins
//! without ever yielding once a server closes without a code (or with some codes). Hence the thread, whose
//! ticks show whether it is stuck, and the [`Gate`]: the runner reads the address it dials from a shared
//! string; while that is empty, a wish to reconnect ends the runner and the decision is ours again. The
//! address is our own reading of `GET /gateway`, so that serenity's silent fall-back to the public gateway
//! is never in play. This file decides nothing about trying again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use serenity::client::{Context, RawEventHandler};
use serenity::gateway::{
    GatewayError, Shard, ShardManager, ShardManagerOptions, ShardMessenger, ShardRunner, ShardRunnerMessage,
    ShardRunnerOptions,
};
use serenity::http::Http;
use serenity::model::event::Event;
use serenity::model::gateway::{GatewayIntents, ShardInfo};
use serenity::model::id::ShardId;
use serenity::prelude::TypeMap;
use tokio::sync::{Mutex, Notify, OwnedMutexGuard, RwLock, mpsc};

use crate::clock::{pause, within};

/// How often the thread shows that it lives, and how often the gate is looked at.
pub(super) const BEAT: Duration = Duration::from_millis(200);
/// How long a stopped session may take to say goodbye: serenity looks for messages twice a second.
const GOODBYE: Duration = Duration::from_millis(800);
/// A heartbeat without a sequence number: harmless on a live connection, an error on a dead one.
const HEARTBEAT: &str = r#"{"op":1,"d":null}"#;
/// The only shard: a bot needs a second one from 2,500 servers on.
const SHARD: ShardId = ShardId(0);

/// What a session reports.
pub(super) enum Step {
    /// READY came.
    Ready,
    /// RESUMED came.
    Resumed,
    /// The session is over.
    Ended(Ending),
}

/// Why a session is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// No connection could be made.
    Unreachable(String),
    /// The token is refused.
    TokenRefused,
    /// The intents are refused.
    IntentsRefused,
    /// The connection is gone.
    Lost(&'static str),
}

/// What a session needs.
pub(super) struct Opening {
    /// Serenity's client, which the runner hands to its handlers.
    pub http: Arc<Http>,
    /// Token without prefix.
    pub token: String,
    /// Where to connect.
    pub address: String,
    /// Which events to ask for.
    pub intents: GatewayIntents,
    /// How long connecting may take.
    pub patience: Duration,
}

/// Takes each event as it arrives, on the session's thread.
#[async_trait]
pub(super) trait Sink: Send + Sync {
    /// An event came.
    async fn take(&self, event: Event);
}

/// A running session. Dropping it ends it.
pub(super) struct Session {
    /// What happens to it.
    pub steps: mpsc::UnboundedReceiver<Step>,
    /// Whether it may dial again by itself.
    pub gate: Gate,
    ticks: Arc<AtomicU64>,
    messenger: Arc<std::sync::OnceLock<ShardMessenger>>,
    cancel: Arc<Notify>,
}

/// The address the runner dials. Held: a dial waits. Open with an empty address: a dial fails at once.
pub(super) struct Gate {
    address: String,
    shared: Arc<Mutex<String>>,
    held: Option<OwnedMutexGuard<String>>,
}

impl Gate {
    /// From now on one dial is let through, when [`Gate::dialled`] is asked next.
    pub async fn arm(&mut self) {
        if self.held.is_none() {
            let mut guard = Arc::clone(&self.shared).lock_owned().await;
            guard.clone_from(&self.address);
            self.held = Some(guard);
        }
    }

    /// Lets a waiting dial through, and says whether there was one; if so, the gate is not armed any more.
    pub async fn dialled(&mut self) -> bool {
        let Some(guard) = self.held.take() else { return false };
        drop(guard);
        // Tokio's lock is fair: if the runner waited for it, the lock is the runner's now.
        match Arc::clone(&self.shared).try_lock_owned() {
            Ok(guard) => {
                self.held = Some(guard);
                false
            }
            Err(_) => {
                self.shared.lock().await.clear();
                true
            }
        }
    }

    /// No further dial.
    pub async fn disarm(&mut self) {
        match self.held.take() {
            Some(mut guard) => guard.clear(),
            None => self.shared.lock().await.clear(),
        }
    }
}

impl Session {
    /// Starts a session.
    ///
    /// # Errors
    /// The machine gives no more threads.
    pub fn start(opening: Opening, sink: Arc<dyn Sink>) -> std::io::Result<Self> {
        let (said, steps) = mpsc::unbounded_channel();
        let ticks = Arc::new(AtomicU64::new(0));
        let messenger = Arc::new(std::sync::OnceLock::new());
        let cancel = Arc::new(Notify::new());
        let shared = Arc::new(Mutex::new(opening.address.clone()));
        let gate = Gate { address: opening.address.clone(), shared: Arc::clone(&shared), held: None };
        let life = Life { opening, shared, said: said.clone(), sink, messenger: Arc::clone(&messenger) };
        let (beats, cancelled) = (Arc::clone(&ticks), Arc::clone(&cancel));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::Builder::new().name("discord-gateway".to_owned()).spawn(move || {
            let ending = runtime.block_on(async {
                tokio::select! {
                    ending = life.live() => ending,
                    () = cancelled.notified() => Ending::Lost("ended by us"),
                    () = beat(&beats) => Ending::Lost("the beat ended"),
                }
            });
            // Whatever the runner left behind (its manager wants to start another) ends here.
            runtime.shutdown_background();
            let _ = said.send(Step::Ended(ending));
        })?;
        Ok(Self { steps, gate, ticks, messenger, cancel })
    }

    /// A number that grows while the thread is not stuck.
    pub fn ticks(&self) -> u64 {
        self.ticks.load(Ordering::Relaxed)
    }

    /// Makes a runner that spins on a dead connection notice it; does nothing to a live one.
    pub fn probe(&self) {
        if let Some(messenger) = self.messenger.get() {
            messenger.send_to_shard(ShardRunnerMessage::Message(HEARTBEAT.to_owned().into()));
        }
    }

    /// Says goodbye, so that Discord shows the bot as gone, and ends.
    pub async fn end(mut self, politely: bool) {
        self.gate.disarm().await;
        if politely && let Some(messenger) = self.messenger.get() {
            messenger.send_to_shard(ShardRunnerMessage::Close(1000, None));
            if within(GOODBYE, self.ended()).await.is_ok() {
                return;
            }
        }
        self.cancel.notify_one();
        self.probe();
        if within(GOODBYE, self.ended()).await.is_err() {
            // It stops at its next heartbeat at the latest.
            tracing::error!("a gateway thread does not end; going on without it");
        }
    }

    async fn ended(&mut self) {
        while !matches!(self.steps.recv().await, None | Some(Step::Ended(_))) {}
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.cancel.notify_one();
        self.probe();
    }
}

async fn beat(ticks: &AtomicU64) {
    loop {
        pause(BEAT).await;
        ticks.fetch_add(1, Ordering::Relaxed);
    }
}

/// What lives on the thread.
struct Life {
    opening: Opening,
    shared: Arc<Mutex<String>>,
    said: mpsc::UnboundedSender<Step>,
    sink: Arc<dyn Sink>,
    messenger: Arc<std::sync::OnceLock<ShardMessenger>>,
}

impl Life {
    async fn live(self) -> Ending {
        let Opening { http, token, address: _, intents, patience } = self.opening;
        let info = ShardInfo { id: SHARD, total: 1 };
        let dialled = within(patience, Shard::new(Arc::clone(&self.shared), &token, info, intents, None)).await;
        let shard = match dialled {
            Ok(Ok(shard)) => shard,
            Ok(Err(error)) => return Ending::Unreachable(format!("the gateway refuses the connection: {error}")),
            Err(_) => return Ending::Unreachable("the gateway does not answer".to_owned()),
        };
        self.shared.lock().await.clear();
        let data = Arc::new(RwLock::new(TypeMap::new()));
        // The runner wants a manager to ask for restarts. Ours never restarts anything: it has no address.
        let (manager, _outcome) = ShardManager::new(ShardManagerOptions {
            data: Arc::clone(&data),
            event_handlers: Vec::new(),
            raw_event_handlers: Vec::new(),
            shard_index: 0,
            shard_init: 0,
            shard_total: 1,
            ws_url: Arc::clone(&self.shared),
            http: Arc::clone(&http),
            intents,
            presence: None,
        });
        // A runner that asks for a restart waits up to five seconds for this.
        manager.shutdown_finished(SHARD);
        let handler = Arc::new(Ears { said: self.said.clone(), sink: self.sink });
        let mut runner = ShardRunner::new(ShardRunnerOptions {
            data,
            event_handlers: Vec::new(),
            raw_event_handlers: vec![handler],
            manager,
            shard,
            http,
        });
        let _ = self.messenger.set(ShardMessenger::new(&runner));
        match runner.run().await {
            Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication)) => Ending::TokenRefused,
            Err(serenity::Error::Gateway(
                GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents,
            )) => Ending::IntentsRefused,
            _ => Ending::Lost("the connection is gone"),
        }
    }
}

struct Ears {
    said: mpsc::UnboundedSender<Step>,
    sink: Arc<dyn Sink>,
}

#[async_trait]
impl RawEventHandler for Ears {
    async fn raw_event(&self, _: Context, event: Event) {
        match event {
            Event::Ready(_) => drop(self.said.send(Step::Ready)),
            Event::Resumed(_) => drop(self.said.send(Step::Resumed)),
            _ => {}
        }
        self.sink.take(event).await;
    }
}
