//! Puts the parts together and keeps them running: [`Bot::start`] gives a handle that can be settled (for
//! simulated time) and stopped (which drains).

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use plsep_domain::{Lang, Program};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::chat::{Chat, ConnectError, Connection, Handler, Impossible, InFlight, Limits};
use crate::clock::{Clock, pause, within};
use crate::discord::{self, Discord};
use crate::flows::{Fault, Flows, Parts};
use crate::jobs::{Job, Jobs};
use crate::outbox::{Notice, Outbox, Policy};
use crate::schedule::Schedule;
use crate::slack::{self, Slack};
use crate::store::{Store, StoreError};
use crate::words::{Catalogue, TreeWords, Voice};

/// How often the worker looks for what has become due by itself, in real time. Work that a flow leaves wakes it at once.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How long the worker rests after a failure of the database, in real time.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(2);

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
    /// Where incident codes start.
    pub incident_seed: u64,
    /// Whether due work is done by itself; otherwise only [`Bot::step`] does it.
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
    stopping: watch::Sender<bool>,
    worker: Mutex<Option<JoinHandle<()>>>,
    // One step at a time, so that a step by hand and the worker never run the same job side by side.
    stepping: tokio::sync::Mutex<()>,
}

impl Bot {
    /// Connects every platform and begins to work.
    ///
    /// # Errors
    /// A platform refuses us, or none is set up.
    pub async fn start(parts: BotParts) -> Result<Arc<Self>, StartError> {
        let BotParts { store, clock, program, discord, slack, policy, incident_seed, by_itself } = parts;
        if discord.is_none() && slack.is_none() {
            return Err(StartError::NoPlatform);
        }
        let catalogue = Arc::new(Catalogue::embedded());
        let work_waits = Arc::new(Notify::new());
        let zone = program.calendar.zone();
        let flows = Arc::new(Flows::new(Parts {
            store: store.clone(),
            catalogue: Arc::clone(&catalogue),
            clock: clock.clone(),
            template: program,
            limits,
            work_waits: Arc::clone(&work_waits),
            incident_seed,
        }));
        let handler: Arc<dyn Handler> = flows.clone();
        let in_flight = InFlight::default();
        let words = Arc::new(TreeWords(Arc::clone(&catalogue)));
        let mut chats: Vec<Arc<dyn Chat>> = Vec::new();
        let discord = match discord {
            Some(settings) => {
                let adapter =
                    Discord::connect(settings, Arc::clone(&handler), words, in_flight.clone(), clock.clone()).await?;
                chats.push(adapter.clone());
                Some(adapter)
            }
            None => None,
        };
        let slack = match slack {
            Some(settings) => {
                let adapter = Slack::connect(settings, handler, in_flight.clone(), clock.clone()).await?;
                chats.push(adapter.clone());
                Some(adapter)
            }
            None => None,
        };
        let notice: Notice =
            Arc::new(move |key, why| Voice::new(&catalogue, Lang::En, zone).undelivered_notice(key, reason_key(why)));
        let bot = Arc::new(Self {
            schedule: Schedule::new(store.clone(), Jobs::new(flows), clock.clone()),
            outbox: Arc::new(Outbox::new(store, chats, clock, policy, notice)),
            in_flight,
            discord,
            slack,
            stopping: watch::Sender::new(false),
            worker: Mutex::new(None),
            stepping: tokio::sync::Mutex::new(()),
        });
        if by_itself {
            let worker = tokio::spawn(work(Arc::clone(&bot), work_waits));
            *bot.worker.lock().unwrap_or_else(PoisonError::into_inner) = Some(worker);
        }
        Ok(bot)
    }

    /// Waits until every platform delivers events.
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

    /// Waits for interactions at work, runs due jobs, delivers one batch. Returns how much was done; 0 means that
    /// nothing is left to do at this moment of the clock.
    ///
    /// # Errors
    /// The database.
    pub async fn step(&self) -> Result<usize, Fault> {
        self.in_flight.idle().await;
        let _one_at_a_time = self.stepping.lock().await;
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

    /// Takes no more events, finishes what is at work within `patience` (real time), and ends.
    pub async fn stop(&self, patience: Duration) {
        self.stopping.send_replace(true);
        let finish = async {
            if let Some(discord) = &self.discord {
                discord.stop().await;
            }
            if let Some(slack) = &self.slack {
                slack.stop().await;
            }
            let worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(worker) = worker {
                // A worker that panicked has been logged where it happened.
                let _ = worker.await;
            }
        };
        if within(patience, finish).await.is_err() {
            tracing::warn!(
                at_work = self.in_flight.count(),
                "stopped before everything was finished; it goes on after the next start"
            );
        }
    }
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
