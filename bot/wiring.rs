//! Puts the parts together and keeps them running: [`Bot::start`] gives a handle that can be settled (for
//! simulated time) and stopped (which drains).

mod gate;

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use plsep_domain::{Lang, Program};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::chat::{Bounds, Chat, ConnectError, Connection, Flood, Handler, Impossible, InFlight, Limits, Receiver};
use crate::clock::{Clock, pause, within};
use crate::discord::{self, Discord};
use crate::flows::{Fault, Flows, Parts};
use crate::jobs::{Job, Jobs};
use crate::outbox::{Notices, Outbox, Policy, Undelivered};
use crate::schedule::Schedule;
use crate::slack::{self, Slack};
use crate::store::{Effect, Held, Store, StoreError};
use crate::words::{Catalogue, Missed, TreeWords, Voice};

use gate::Gate;
pub use gate::{GIVE_UP_AFTER, LEASE, LOOK_EVERY as LOOK_FOR_LEASE_EVERY, RENEW_EVERY};

/// How often the worker looks for what has become due by itself, in real time. Work that a flow leaves wakes it at once.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How long the worker rests after a failure of the database, in real time.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(2);

/// How many lines of a list of participants are written in one go: more would keep others waiting for their turn to write.
pub const ROSTER_STEP: usize = 1_000;

/// What a bot is made of.
pub struct BotParts {
    /// Where everything is kept; migrated.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The season that a new community begins with.
    pub program: Program,
    /// How to reach Discord, if at all.
    pub discord: Option<discord::Settings>,
    /// How to reach Slack, if at all.
    pub slack: Option<slack::Settings>,
    /// How the outbox works.
    pub policy: Policy,
    /// How much one person, and all together, may have at work.
    pub flood: Bounds,
    /// How many lines of a list of participants are written in one go.
    pub roster_step: usize,
    /// Where incident codes start.
    pub incident_seed: u64,
    /// Whether due work is done, and leases are kept, by themselves; otherwise only [`Bot::step`] does it, and a lease
    /// whose holder died runs out by the clock alone.
    pub by_itself: bool,
}

/// Why a bot does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A platform cannot be used.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// There is no platform to serve.
    #[error("no platform is set up: give DISCORD_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN")]
    NoPlatform,
}

/// A running bot.
pub struct Bot {
    schedule: Schedule,
    outbox: Arc<Outbox>,
    in_flight: InFlight,
    discord: Option<Arc<Discord>>,
    slack: Option<Arc<Slack>>,
    gates: Vec<Arc<Gate>>,
    stopping: watch::Sender<bool>,
    // Becomes true when the leases are no longer kept.
    closing: watch::Sender<bool>,
    // What does due work by itself.
    workers: Mutex<Vec<JoinHandle<()>>>,
    // One step at a time, so that a step by hand and the worker never run the same job side by side.
    stepping: tokio::sync::Mutex<()>,
    by_itself: bool,
}

impl Bot {
    /// Connects every platform and begins to work. Of several processes that share a database one receives a
    /// platform's events; the others stand by, and send.
    ///
    /// # Errors
    /// A platform refuses us, or none is set up.
    pub async fn start(parts: BotParts) -> Result<Arc<Self>, StartError> {
        let BotParts { store, clock, program, discord, slack, policy, flood, roster_step, incident_seed, by_itself } =
            parts;
        if discord.is_none() && slack.is_none() {
            return Err(StartError::NoPlatform);
        }
        let catalogue = Arc::new(Catalogue::embedded());
        let work_waits = Arc::new(Notify::new());
        let zone = program.calendar.zone();
        let held = if store.leases(by_itself).is_some() { Held::nothing() } else { Held::everything() };
        let flows = Arc::new(Flows::new(Parts {
            store: store.clone(),
            catalogue: Arc::clone(&catalogue),
            clock: clock.clone(),
            template: program,
            limits,
            work_waits: Arc::clone(&work_waits),
            held: held.clone(),
            roster_step,
            incident_seed,
        }));
        let handler: Arc<dyn Handler> = flows.clone();
        let in_flight = InFlight::bounded(Flood::new(flood));
        let words = Arc::new(TreeWords(Arc::clone(&catalogue)));
        let mut chats: Vec<Arc<dyn Chat>> = Vec::new();
        let mut receivers: Vec<Arc<dyn Receiver>> = Vec::new();
        let discord = match discord {
            Some(settings) => {
                let adapter =
                    Discord::connect(settings, Arc::clone(&handler), words, in_flight.clone(), clock.clone()).await?;
                chats.push(adapter.clone());
                receivers.push(adapter.clone());
                Some(adapter)
            }
            None => None,
        };
        let slack = match slack {
            Some(settings) => {
                let adapter = Slack::connect(settings, handler, in_flight.clone(), clock.clone()).await?;
                chats.push(adapter.clone());
                receivers.push(adapter.clone());
                Some(adapter)
            }
            None => None,
        };
        let gates = open_gates(receivers, &store, &held, &clock, &policy.owner, by_itself).await?;
        let notices = notices(&catalogue, zone);
        let stopping = watch::Sender::new(false);
        let bot = Arc::new(Self {
            schedule: Schedule::new(store.clone(), Jobs::new(flows), clock.clone()),
            outbox: Arc::new(Outbox::new(store, chats, clock, policy, notices, stopping.subscribe())),
            in_flight,
            discord,
            slack,
            gates,
            stopping,
            closing: watch::Sender::new(false),
            workers: Mutex::default(),
            stepping: tokio::sync::Mutex::new(()),
            by_itself,
        });
        if by_itself {
            for gate in &bot.gates {
                tokio::spawn(Arc::clone(gate).keep(bot.closing.subscribe()));
            }
            let worker = tokio::spawn(work(Arc::clone(&bot), work_waits));
            bot.workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
        Ok(bot)
    }

    /// Waits until every platform delivers events, or another process receives them.
    pub async fn ready(&self) {
        if let Some(discord) = &self.discord {
            discord.ready().await;
        }
        if let Some(slack) = &self.slack {
            slack.ready().await;
        }
    }

    /// How each platform stands, by name.
    #[must_use]
    pub fn connections(&self) -> Vec<(&'static str, watch::Receiver<Connection>)> {
        let discord = self.discord.iter().map(|discord| (discord::NAME, discord.connection()));
        let slack = self.slack.iter().map(|slack| (slack::NAME, slack.connection()));
        discord.chain(slack).collect()
    }

    /// Waits for interactions at work, looks after the leases (unless that goes on by itself), runs due jobs,
    /// delivers one batch. Returns how much was done; 0 means that nothing is left to do at this moment of the clock.
    ///
    /// # Errors
    /// The database.
    pub async fn step(&self) -> Result<usize, Fault> {
        self.in_flight.idle().await;
        let _one_at_a_time = self.stepping.lock().await;
        if !self.by_itself {
            for gate in &self.gates {
                gate.look().await?;
            }
        }
        Ok(self.schedule.run_due().await? + self.outbox.run_due().await?)
    }

    /// Interactions at work now.
    #[must_use]
    pub fn at_work(&self) -> usize {
        self.in_flight.count()
    }

    /// What is due and when: jobs, and (without a job) the next thing that waits to be delivered. In no order.
    ///
    /// # Errors
    /// The database.
    pub async fn upcoming(&self) -> Result<Vec<(DateTime<Utc>, Option<Job>)>, StoreError> {
        let jobs = self.schedule.upcoming().await?.into_iter().map(|(at, job)| (at, Some(job)));
        let effect = self.outbox.next_due().await?.map(|at| (at, None));
        Ok(jobs.chain(effect).collect())
    }

    /// Takes no more events, finishes what is at work, gives the leases back, and ends, all within `patience` (real
    /// time). What cannot be finished goes on after the next start, or in another process.
    pub async fn stop(&self, patience: Duration) {
        self.stopping.send_replace(true);
        self.gates.iter().for_each(|gate| gate.leave());
        let mut workers = std::mem::take(&mut *self.workers.lock().unwrap_or_else(PoisonError::into_inner));
        let goodbye = patience / 5;
        let adapters = async {
            let discord = async { futures_util::future::join_all(self.discord.iter().map(|it| it.stop())).await };
            let slack = async { futures_util::future::join_all(self.slack.iter().map(|it| it.stop())).await };
            tokio::join!(discord, slack)
        };
        // A worker that panicked has been logged where it happened.
        let finish = async { tokio::join!(adapters, futures_util::future::join_all(workers.iter_mut())) };
        if within(patience.saturating_sub(goodbye), finish).await.is_err() {
            tracing::warn!(
                at_work = self.in_flight.count(),
                "stopped before everything was finished; it goes on after the next start"
            );
            workers.iter().for_each(JoinHandle::abort);
        }
        // The leases were kept until here, so that what was received could be acted on.
        self.closing.send_replace(true);
        let closed = futures_util::future::join_all(self.gates.iter().map(|gate| gate.close()));
        if within(goodbye, closed).await.is_err() {
            tracing::warn!("the leases could not be given back; they run out by themselves");
        }
    }
}

/// Opens a gate for each platform and looks once, so that who is alone receives at once. Where the database does not
/// answer now, we stand by and look again.
async fn open_gates(
    receivers: Vec<Arc<dyn Receiver>>,
    store: &Store,
    held: &Held,
    clock: &Clock,
    owner: &str,
    by_itself: bool,
) -> Result<Vec<Arc<Gate>>, ConnectError> {
    let mut gates = Vec::new();
    for receiver in receivers {
        let (held, clock, owner) = (held.clone(), clock.clone(), owner.to_owned());
        let gate = Arc::new(Gate::new(gate::Parts { store, receiver, held, clock, owner, by_itself }));
        if let Err(error) = gate.look().await {
            tracing::warn!(%error, "a lease could not be looked at");
        }
        gates.push(gate);
    }
    // One after the other was quick; being let in may take a while, for all of them at once.
    let let_in = futures_util::future::join_all(gates.iter().map(|gate| gate.let_in())).await;
    let_in.into_iter().collect::<Result<(), _>>()?;
    Ok(gates)
}

/// Does due work until told to stop.
async fn work(bot: Arc<Bot>, work_waits: Arc<Notify>) {
    let mut stopping = bot.stopping.subscribe();
    while !*stopping.borrow() {
        let rest = match AssertUnwindSafe(bot.work_off()).catch_unwind().await {
            Ok(Ok(())) => LOOK_EVERY,
            Ok(Err(fault)) => {
                tracing::error!(%fault, "due work could not be done; it is tried again");
                REST_AFTER_FAILURE
            }
            Err(_) => {
                tracing::error!("due work panicked; it is tried again");
                REST_AFTER_FAILURE
            }
        };
        tokio::select! {
            () = work_waits.notified() => {}
            () = pause(rest) => {}
            _ = stopping.wait_for(|stop| *stop) => {}
        }
    }
}

impl Bot {
    /// Does everything that is due. Unlike [`Bot::step`] it does not wait for interactions: a busy hour must not hold
    /// back what is due.
    async fn work_off(&self) -> Result<(), Fault> {
        loop {
            let _one_at_a_time = self.stepping.lock().await;
            if self.schedule.run_due().await? + self.outbox.run_due().await? == 0 || *self.stopping.borrow() {
                return Ok(());
            }
        }
    }
}

/// What a chat can show, by the name of its adapter.
fn limits(chat: &str) -> Limits {
    if chat == slack::NAME { slack::LIMITS } else { discord::LIMITS }
}

/// Under which name the catalogue keeps why something cannot be delivered.
fn reason_key(why: Impossible) -> &'static str {
    match why {
        Impossible::PersonGone => "person-gone",
        Impossible::PersonUnreachable => "person-unreachable",
        Impossible::PlaceGone => "place-gone",
        Impossible::NotAllowed => "not-allowed",
        Impossible::Full => "full",
        Impossible::Refused => "refused",
    }
}

/// What is said where something cannot be delivered.
fn notices(catalogue: &Arc<Catalogue>, zone: chrono_tz::Tz) -> Notices {
    let voices = [(); 6].map(|()| Arc::clone(catalogue));
    let [undelivered, announcement, unreachable, waiting, office_lost, place_lost] = voices;
    Notices {
        undelivered: Arc::new(move |missed| {
            let Undelivered { id, effect, to, why } = missed;
            let what = Missed { id: *id, kind: missed_key(effect), to: to.clone(), why: reason_key(*why) };
            Voice::new(&undelivered, Lang::En, zone).undelivered_notice(&what)
        }),
        announcement: Arc::new(move |id| Voice::new(&announcement, Lang::En, zone).announcement_fails(id)),
        unreachable: Arc::new(move |user, told| Voice::new(&unreachable, Lang::En, zone).unreachable(user, told)),
        waiting: Arc::new(move |lang, user| Voice::new(&waiting, lang, zone).something_waits(user)),
        office_lost: Arc::new(move |lang, coordinates| Voice::new(&office_lost, lang, zone).office_lost(coordinates)),
        pair_place_lost: Arc::new(move |pair, people, concern| {
            Voice::new(&place_lost, Lang::En, zone).pair_place_lost(pair, people, concern)
        }),
    }
}

/// Under which name the catalogue keeps what was to happen.
fn missed_key(effect: &Effect) -> &'static str {
    match effect {
        Effect::Introduce { .. } => "introduction",
        Effect::Farewell { .. } => "farewell",
        Effect::Admit { .. } => "admission",
        Effect::Dismiss { .. } => "dismissal",
        Effect::Update { .. } => "change",
        Effect::Post { .. } | Effect::Sweep { .. } | Effect::OpenCoordinators { .. } => "message",
    }
}
