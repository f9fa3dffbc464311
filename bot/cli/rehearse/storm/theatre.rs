//! The world of a storm: the pretend platforms, one or two processes of the bot, a clock, and the weather over them.
//! Whoever plays in it lets it settle after each move; processes that die meanwhile are started again, as whatever keeps
//! a service running would do.

mod keeping;
mod settling;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::CommunityId;
use plsep_sandbox::discord::{Discord as PretendDiscord, DiscordOptions};
use plsep_sandbox::slack::{Slack as PretendSlack, SlackOptions};
use plsep_sandbox::{Faults, Platform, Recorder, SandboxClock};
use tokio::sync::Mutex;

use super::super::super::Which;
use super::super::super::stage::{self, StageError};
use super::super::player::Settles;
use super::Setting;
use super::process::{Process, Recipe};
use super::weather::{DATABASE_RISK, Ill, Weather};
use crate::store::{Moment, Scratch, Store, StoreError, Trouble, Troubles};

/// Longest wait in real time for something that must happen.
const PATIENCE: Duration = Duration::from_secs(10);
/// Turns in which those who wait for a moment of the world begin what they waited with, before anybody looks whether there
/// is something to wait for.
const TURNS_TO_WAKE: usize = 4;
/// Most steps that one moment of the world may take.
const STEPS_PER_MOMENT: usize = 5_000;

/// A running world.
pub(super) struct Theatre {
    pub weather: Weather,
    pub discord: Option<PretendDiscord>,
    pub slack: Option<PretendSlack>,
    /// The judge's own look at the database; nothing goes wrong with it.
    pub store: Store,
    clock: SandboxClock,
    scratch: Scratch,
    recipe: Recipe,
    slots: Mutex<Vec<Option<Process>>>,
    /// How long a process that died may stay away at most, in milliseconds of the world.
    absence_max_ms: AtomicI64,
    absent_ms: AtomicI64,
    /// Processes started so far: each has a name of its own.
    started: AtomicI64,
    /// A process died over what somebody did, and the platform will deliver it again.
    owed: AtomicBool,
}

impl Theatre {
    /// Builds the world and starts the bot in it.
    ///
    /// # Errors
    /// See [`StageError`].
    pub async fn open(
        setting: Setting<'_>,
        clock: SandboxClock,
        weather: Weather,
        name: &str,
    ) -> Result<Self, StageError> {
        let Setting { on, server, processes, program, record } = setting;
        let recorder = record.map_or_else(|| Ok(Recorder::off()), Recorder::to_file)?;
        let discord = match on {
            Which::Slack => None,
            Which::Discord | Which::Both => {
                let options = DiscordOptions {
                    port: 0,
                    clock: clock.clone(),
                    recorder: recorder.clone(),
                    guild_name: "PLSEP Mentorship".to_owned(),
                    bot_token: stage::DISCORD_TOKEN.to_owned(),
                };
                Some(PretendDiscord::start(options).await?)
            }
        };
        let slack = match on {
            Which::Discord => None,
            Which::Slack | Which::Both => {
                let options = SlackOptions {
                    port: 0,
                    clock: clock.clone(),
                    recorder,
                    workspace_name: "PLSEP Mentorship".to_owned(),
                    bot_token: stage::SLACK_BOT_TOKEN.to_owned(),
                    app_token: stage::SLACK_APP_TOKEN.to_owned(),
                };
                Some(PretendSlack::start(options).await?)
            }
        };
        if let Some(discord) = &discord {
            discord.faults().set_judge(Some(weather.judge("discord")));
        }
        if let Some(slack) = &slack {
            slack.set_command_escaping(true);
            slack.faults().set_judge(Some(weather.judge("slack")));
        }
        let scratch = Scratch::make(server, &scratch_folder(), name).await?;
        let store = stage::open_store(scratch.url()).await?;
        let recipe = Recipe {
            database: scratch.url().to_owned(),
            program,
            clock: clock.clone(),
            skew_ms: Arc::default(),
            discord: discord.clone(),
            slack: slack.clone(),
        };
        let slots = Mutex::new((0..processes).map(|_| None).collect());
        let theatre = Self {
            weather,
            discord,
            slack,
            store,
            clock,
            scratch,
            recipe,
            slots,
            absence_max_ms: AtomicI64::new(0),
            absent_ms: AtomicI64::new(0),
            started: AtomicI64::new(0),
            owed: AtomicBool::new(false),
        };
        for platform in theatre.platforms() {
            platform.hold();
        }
        theatre.revive().await?;
        Ok(theatre)
    }

    /// The platforms there are.
    pub fn platforms(&self) -> Vec<Arc<dyn Platform>> {
        let discord = self.discord.iter().map(|discord| Arc::new(discord.clone()) as Arc<dyn Platform>);
        let slack = self.slack.iter().map(|slack| Arc::new(slack.clone()) as Arc<dyn Platform>);
        discord.chain(slack).collect()
    }

    /// What the bot calls the community of a platform.
    pub async fn community(&self, platform: &str) -> Result<CommunityId, StoreError> {
        let all = self.store.read().await?.communities().await?;
        let found = all.into_iter().find(|community| community.at.chat == platform);
        found.map(|community| community.id).ok_or(StoreError::Missing { what: "community" })
    }

    /// Now, in the world.
    pub fn now(&self) -> DateTime<Utc> {
        stage::instant(self.clock.now_ms())
    }

    /// How far the bot's clock is ahead of the world's.
    pub fn skew(&self) -> TimeDelta {
        TimeDelta::milliseconds(self.recipe.skew_ms.load(Ordering::SeqCst))
    }

    /// Sets how far the bot's clock is ahead of the world's.
    pub fn set_skew(&self, skew: TimeDelta) {
        self.recipe.skew_ms.store(skew.num_milliseconds(), Ordering::SeqCst);
    }

    /// From now on a process that dies may stay away for so long.
    pub fn allow_absence(&self, at_most: TimeDelta) {
        self.absence_max_ms.store(at_most.num_milliseconds(), Ordering::SeqCst);
    }

    /// For how long nobody was there to work, all in all.
    pub fn absent(&self) -> TimeDelta {
        TimeDelta::milliseconds(self.absent_ms.load(Ordering::SeqCst))
    }

    /// Moves the world to `to`, stopping wherever something is due on the way.
    pub async fn travel_to(&self, to: DateTime<Utc>) -> Result<(), StageError> {
        self.travel_until(to, async || false).await.map(drop)
    }

    /// The same, but stops where `enough` says so; whether it did.
    pub async fn travel_until(&self, to: DateTime<Utc>, enough: impl AsyncFn() -> bool) -> Result<bool, StageError> {
        self.settle().await?;
        for _ in 0..STEPS_PER_MOMENT {
            if enough().await {
                return Ok(true);
            }
            match self.next_due().await?.filter(|at| *at <= to) {
                Some(at) => self.set(at).await,
                None => break,
            }
            self.settle().await?;
        }
        self.set(to).await;
        self.settle().await?;
        Ok(enough().await)
    }

    /// A process dies between two steps, if one is alive.
    pub async fn kill(&self, slot: usize) {
        if self.slots.lock().await.get_mut(slot).and_then(Option::take).is_some() {
            self.miss_deadlines();
        }
    }

    /// How many processes there are to be.
    pub async fn processes(&self) -> usize {
        self.slots.lock().await.len()
    }

    /// Lets time pass while nobody is there.
    pub async fn pass(&self, by: TimeDelta) {
        self.absent_ms.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        self.set(self.now() + by).await;
    }

    /// Moves the clock. What is still on its way to a platform arrives when it does.
    async fn set(&self, at: DateTime<Utc>) {
        // Never backwards: what is overdue is done now.
        let to = at.timestamp_millis().max(self.clock.now_ms());
        let faults = self.discord.iter().map(PretendDiscord::faults).chain(self.slack.iter().map(PretendSlack::faults));
        let faults: Vec<&Faults> = faults.collect();
        let next_late = || faults.iter().filter_map(|faults| faults.next_late()).min().filter(|late| *late <= to);
        while let Some(late) = next_late() {
            self.clock.travel_to(late.max(self.clock.now_ms()));
            while next_late().is_some_and(|next| next <= late) {
                tokio::task::yield_now().await;
            }
        }
        self.clock.travel_to(to);
        for _ in 0..TURNS_TO_WAKE {
            tokio::task::yield_now().await;
        }
    }

    /// Ends everything and removes the database.
    pub async fn close(self) -> Result<(), StageError> {
        self.weather.calm();
        let processes: Vec<Process> = self.slots.lock().await.iter_mut().filter_map(Option::take).collect();
        for process in processes {
            process.stop().await;
        }
        if let Some(discord) = &self.discord {
            discord.stop().await;
        }
        if let Some(slack) = &self.slack {
            slack.stop().await;
        }
        self.store.close().await;
        self.scratch.remove().await?;
        Ok(())
    }
}

/// Where a database file is to lie: in memory where the machine has a place for that, since no storm cuts the power, and
/// a commit is to wait for no disk.
fn scratch_folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}

/// What goes wrong with the database for the process in this place. Each place has its own troubles: which of two
/// processes is quicker must not decide which of them is struck.
fn troubles(weather: &Weather, slot: usize) -> Troubles {
    let weather = weather.clone();
    Arc::new(move |moment| trouble(&weather, slot, moment))
}

fn trouble(weather: &Weather, slot: usize, moment: Moment) -> Option<Trouble> {
    if moment == Moment::BeginWrite
        && let Some(time) = weather.slows()
    {
        return Some(Trouble::Slow(time));
    }
    let (what, ill, trouble) = match (moment, weather.roll(&format!("which trouble of {slot}"), 2)) {
        (Moment::Commit, 0) => ("commit", Ill::CommitLost, Trouble::Lost),
        (Moment::Commit, _) => ("commit", Ill::Busy, Trouble::Busy),
        (Moment::Statement, _) => ("last statement", Ill::Busy, Trouble::Busy),
        (Moment::BeginRead, _) => ("begin to read", Ill::Busy, Trouble::Busy),
        (Moment::BeginWrite, _) => ("begin to write", Ill::Busy, Trouble::Busy),
    };
    weather.happens(&format!("{what} of {slot}"), DATABASE_RISK).then(|| {
        weather.count(ill, what);
        trouble
    })
}
