//! The bot as a process that can die: on a thread and a runtime of its own, with its own connections to the database.
//! Killed, everything of it is gone at once, wherever it was, and nothing is tidied up.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::Program;
use plsep_sandbox::SandboxClock;
use plsep_sandbox::discord::Discord as PretendDiscord;
use plsep_sandbox::slack::Slack as PretendSlack;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use super::super::super::stage::{self, StageError};
use crate::chat::{Bounds, Connection};
use crate::clock::Clock;
use crate::discord::Backoff;
use crate::jobs::Job;
use crate::outbox::Policy;
use crate::slack::Keeping;
use crate::store::Troubles;
use crate::wiring::{Bot, BotParts};
use crate::{discord, slack};

/// What a process is started with.
#[derive(Clone)]
pub(super) struct Recipe {
    pub database: String,
    pub program: Program,
    pub clock: SandboxClock,
    /// How far the bot's clock is ahead of the world's, in milliseconds.
    pub skew_ms: Arc<AtomicI64>,
    pub discord: Option<PretendDiscord>,
    pub slack: Option<PretendSlack>,
}

/// So few lines of a list are written in one go that the storm's short list is a long one.
const ROSTER_STEP: usize = 5;
/// A flow may take so long, in real time, before its answer is put off: far longer than one takes, and shorter than the
/// database is slow in a storm.
const REPLY_DEADLINE: Duration = Duration::from_secs(2);
/// A client waits so long for an answer: in real time, so short that a season stays short.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(1);

/// What a process left behind when it could not do something.
pub(super) enum Gone {
    /// It died meanwhile.
    Dead,
    /// It failed, and lives.
    Failed(String),
}

/// A running process.
pub(super) struct Process {
    bot: Arc<Bot>,
    runtime: Handle,
    kill: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

/// A process that starts.
pub(super) struct Starting {
    kill: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
    outcome: oneshot::Receiver<Result<(Arc<Bot>, Handle), StageError>>,
}

impl Starting {
    /// Starts a process. `troubles`: what goes wrong with its database.
    ///
    /// # Errors
    /// The machine has no thread for it.
    pub fn begin(recipe: Recipe, troubles: Troubles, name: String) -> Result<Self, StageError> {
        let owner = name.clone();
        let (kill, killed) = oneshot::channel();
        let (started, outcome) = oneshot::channel();
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let thread = thread::Builder::new().name(name).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    biased;
                    _ = killed => {}
                    () = live(recipe, troubles, owner, started) => {}
                }
            });
            runtime.shutdown_background();
        })?;
        Ok(Self { kill: Some(kill), thread: Some(thread), outcome })
    }

    /// The process, once it is ready.
    ///
    /// # Errors
    /// It could not start; it is gone then.
    pub async fn outcome(&mut self) -> Result<Process, Option<StageError>> {
        match (&mut self.outcome).await {
            Ok(Ok((bot, runtime))) => Ok(Process { bot, runtime, kill: self.kill.take(), thread: self.thread.take() }),
            Ok(Err(error)) => Err(Some(error)),
            Err(_) => Err(None),
        }
    }
}

impl Drop for Starting {
    fn drop(&mut self) {
        end(self.kill.take(), self.thread.take());
    }
}

impl Process {
    /// One step of the bot.
    pub async fn step(&self) -> Result<usize, Gone> {
        let bot = Arc::clone(&self.bot);
        match self.runtime.spawn(async move { bot.step().await }).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(fault)) => Err(Gone::Failed(fault.to_string())),
            Err(_) => Err(Gone::Dead),
        }
    }

    /// What is due next, by the bot's clock.
    pub async fn upcoming(&self) -> Result<Option<(DateTime<Utc>, Option<Job>)>, Gone> {
        let bot = Arc::clone(&self.bot);
        match self.runtime.spawn(async move { bot.upcoming().await }).await {
            Ok(Ok(all)) => Ok(all.into_iter().min_by_key(|(at, _)| *at)),
            Ok(Err(error)) => Err(Gone::Failed(error.to_string())),
            Err(_) => Err(Gone::Dead),
        }
    }

    /// Whether it is this process that people's deeds reach, as soon as its line is up.
    pub fn receives(&self) -> bool {
        self.bot.connections().iter().any(|(_, connection)| *connection.borrow() != Connection::Standby)
    }

    /// Interactions at work.
    pub fn at_work(&self) -> usize {
        self.bot.at_work()
    }

    /// Stops the process in order.
    pub async fn stop(mut self) {
        let bot = Arc::clone(&self.bot);
        // A process that dies while it stops has stopped.
        let _ = self.runtime.spawn(async move { bot.stop(Duration::from_secs(5)).await }).await;
        end(self.kill.take(), self.thread.take());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        end(self.kill.take(), self.thread.take());
    }
}

/// Death: everything at work is dropped where it stands.
fn end(kill: Option<oneshot::Sender<()>>, thread: Option<thread::JoinHandle<()>>) {
    drop(kill);
    if let Some(thread) = thread
        && thread.join().is_err()
    {
        tracing::error!("a process of the storm panicked");
    }
}

/// Starts the bot and lets it live until the runtime ends.
async fn live(
    recipe: Recipe,
    troubles: Troubles,
    owner: String,
    started: oneshot::Sender<Result<(Arc<Bot>, Handle), StageError>>,
) {
    let outcome = open(recipe, troubles, owner).await.map(|bot| (bot, Handle::current()));
    if started.send(outcome).is_ok() {
        std::future::pending::<()>().await;
    }
}

async fn open(recipe: Recipe, troubles: Troubles, owner: String) -> Result<Arc<Bot>, StageError> {
    let Recipe { database, program, clock, skew_ms, discord, slack } = recipe;
    let store = stage::open_to_serve(&database, stage::instant(clock.now_ms())).await?.troubled(troubles);
    let steady = {
        let clock = clock.clone();
        move || Duration::from_millis(clock.now_ms().unsigned_abs())
    };
    let now = move || {
        let skew = TimeDelta::milliseconds(skew_ms.load(Ordering::SeqCst));
        stage::instant(clock.now_ms()) + skew
    };
    let discord = discord.map(|platform| discord::Settings {
        request_timeout: REQUEST_TIMEOUT,
        backoff: Backoff { first: Duration::from_millis(10), longest: Duration::from_millis(100) },
        ..stage::discord_settings(&platform, REPLY_DEADLINE)
    });
    let slack = slack.map(|platform| slack::Settings {
        request_timeout: REQUEST_TIMEOUT,
        keeping: Keeping {
            first_wait: Duration::from_millis(10),
            longest_wait: Duration::from_millis(100),
            greeting: Duration::from_secs(1),
            ..slack::Settings::new(String::new(), String::new()).keeping
        },
        ..stage::slack_settings(&platform, REPLY_DEADLINE)
    });
    let bot = Bot::start(BotParts {
        store,
        clock: Clock::simulated(now).beside(steady),
        program,
        discord,
        slack,
        policy: Policy { owner, parallel: 1, ..stage::policy() },
        flood: Bounds::default(),
        roster_step: ROSTER_STEP,
        incident_seed: 0,
        by_itself: false,
    })
    .await?;
    bot.ready().await;
    Ok(bot)
}
