//! The world of a storm: the pretend platforms, one or two processes of the bot, a clock, and the weather over them.
//! Whoever plays in it lets it settle after each move; processes that die meanwhile are started again, as whatever keeps
//! a service running would do.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{CommunityId, Program};
use plsep_sandbox::discord::{Discord as PretendDiscord, DiscordOptions};
use plsep_sandbox::slack::{Slack as PretendSlack, SlackOptions};
use plsep_sandbox::{Faults, Platform, Recorder, SandboxClock};
use tokio::sync::Mutex;

use super::super::super::Which;
use super::super::super::stage::{self, StageError};
use super::super::player::Settles;
use super::process::{Gone, Process, Recipe, Starting};
use super::weather::{DATABASE_RISK, Ill, Weather};
use crate::clock::within;
use crate::store::{Moment, Scratch, Store, StoreError, Trouble};

/// Longest wait in real time for something that must happen.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most steps that one moment of the world may take.
const STEPS_PER_MOMENT: usize = 5_000;
/// Starts that may fail in a row: a platform may be away for hours.
const STARTS: usize = 400;
/// A broken line shows at once; the wait ends all the same, because it may be mended as fast.
const LINE_LOST_WITHIN: Duration = Duration::from_millis(300);
/// After so long another process may receive in the place of one that died.
const LEASE: TimeDelta = TimeDelta::seconds(7);
/// Longest time a failed start waits for the next, in the world's minutes.
const START_PAUSE_MAX: i64 = 5;

/// How a storm's world is set up.
pub(super) struct TheatreOptions<'a> {
    pub on: Which,
    /// The PostgreSQL server to play on; a file if there is none.
    pub server: Option<&'a str>,
    /// How many processes share the work: more than one on PostgreSQL alone.
    pub processes: usize,
    pub program: Program,
    pub clock: SandboxClock,
    pub weather: Weather,
    pub record: Option<&'a Path>,
    /// Tells this storm's database from others of the same moment.
    pub name: String,
}

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
}

impl Theatre {
    /// Builds the world and starts the bot in it.
    ///
    /// # Errors
    /// See [`StageError`].
    pub async fn open(options: TheatreOptions<'_>) -> Result<Self, StageError> {
        let TheatreOptions { on, server, processes, program, clock, weather, record, name } = options;
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
        let scratch = Scratch::make(server, &std::env::temp_dir(), &name).await?;
        let store = stage::open_store(scratch.url()).await?;
        let recipe = Recipe {
            database: scratch.url().to_owned(),
            program,
            clock: clock.clone(),
            skew_ms: Arc::default(),
            discord: discord.clone(),
            slack: slack.clone(),
            troubles: {
                let weather = weather.clone();
                Arc::new(move |moment| trouble(&weather, moment))
            },
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
        };
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
        self.settle().await?;
        for _ in 0..STEPS_PER_MOMENT {
            match self.next_due().await?.filter(|at| *at <= to) {
                Some(at) => self.set(at).await,
                None => break,
            }
            self.settle().await?;
        }
        self.set(to).await;
        self.settle().await
    }

    /// Settles, and waits (in the world's time) for what has been put off until then.
    pub async fn drain(&self, at_most: TimeDelta) -> Result<(), StageError> {
        self.travel_to(self.now() + at_most).await
    }

    /// A process dies between two steps, if one is alive.
    pub async fn kill(&self, slot: usize) {
        let dead = self.slots.lock().await.get_mut(slot).and_then(Option::take);
        if let Some(dead) = dead {
            drop(dead);
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
    }

    /// When something is due next, in the world's time.
    async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StageError> {
        for _ in 0..STEPS_PER_MOMENT {
            self.revive().await?;
            let slots = self.slots.lock().await;
            let Some(process) = slots.iter().flatten().next() else { continue };
            match process.upcoming().await {
                Ok(next) => return Ok(next.map(|(at, _)| at - self.skew())),
                Err(Gone::Failed(_)) => {}
                Err(Gone::Dead) => {
                    drop(slots);
                    self.bury(None).await;
                }
            }
        }
        Err(StageError::Restless("the bot (it cannot say what is due)".to_owned()))
    }

    /// Starts every process that is dead, after it has stayed away for a while.
    async fn revive(&self) -> Result<(), StageError> {
        let mut slots = self.slots.lock().await;
        for slot in 0..slots.len() {
            if slots[slot].is_none() {
                let alone = slots.iter().flatten().next().is_none();
                slots[slot] = self.start(slot, alone).await?;
            }
        }
        Ok(())
    }

    /// Starts a process. Where others carry on, one that cannot start (its platform may be away) is left for later.
    async fn start(&self, slot: usize, alone: bool) -> Result<Option<Process>, StageError> {
        self.weather.forget_pauses();
        if !alone && self.platforms().iter().any(|platform| self.weather.in_outage(platform.key())) {
            return Ok(None);
        }
        let longest = u64::try_from(self.absence_max_ms.load(Ordering::SeqCst)).unwrap_or_default();
        if alone && longest > 0 {
            // Mostly a moment, sometimes long.
            let share = [50, 50, 50, 10, 10, 1][usize::try_from(self.weather.roll("absence", 6)).unwrap_or(0)];
            let away = self.weather.roll("away", longest / share + 1);
            if share == 1 {
                self.weather.count(Ill::Absence, &format!("for {} minutes", away / 60_000));
            }
            self.pass(TimeDelta::milliseconds(i64::try_from(away).unwrap_or_default())).await;
        }
        let mut last = None;
        let mut death = self.weather.death();
        for attempt in 0..STARTS {
            let mut starting = {
                let number = self.started.fetch_add(1, Ordering::SeqCst);
                Starting::begin(self.recipe.clone(), format!("storm-{number}"))?
            };
            self.weather.starting(true);
            let outcome = tokio::select! {
                biased;
                _ = death.wait_for(|dead| *dead) => Err(None),
                outcome = within(PATIENCE, starting.outcome()) => outcome.unwrap_or(Err(None)),
            };
            self.weather.starting(false);
            match outcome {
                Ok(process) => {
                    self.weather.tell(format!("process {slot} is up"));
                    return Ok(Some(process));
                }
                Err(error) => {
                    drop(starting);
                    self.weather.buried();
                    self.miss_deadlines();
                    last = error.or(last);
                    if alone {
                        let pause = i64::try_from(attempt).unwrap_or(START_PAUSE_MAX).min(START_PAUSE_MAX);
                        self.pass(TimeDelta::seconds(1) + TimeDelta::minutes(pause)).await;
                    }
                }
            }
        }
        Err(last.unwrap_or_else(|| StageError::Restless("the start of a process".to_owned())))
    }

    /// Buries the process that did the last thing, or whichever is dead.
    async fn bury(&self, slot: Option<usize>) {
        let mut slots = self.slots.lock().await;
        let receiving = slots.iter().position(|process| process.as_ref().is_some_and(Process::receives));
        let slot = slot.or(receiving).unwrap_or(0);
        if let Some(process) = slots.get_mut(slot).and_then(Option::take) {
            drop(process);
        }
        drop(slots);
        self.weather.buried();
        self.miss_deadlines();
        self.weather.tell(format!("process {slot} is dead"));
    }

    /// Nobody waits any longer for somebody who is dead.
    fn miss_deadlines(&self) {
        if let Some(discord) = &self.discord {
            discord.miss_deadlines();
        }
        if let Some(slack) = &self.slack {
            slack.miss_deadlines();
        }
    }

    /// Waits until the platforms have nothing unanswered; `false` if the bot died over it.
    async fn answered(&self) -> Result<bool, StageError> {
        let mut death = self.weather.death();
        for platform in self.platforms() {
            let mut changes = platform.changes();
            while platform.pending() > 0 {
                let change = tokio::select! {
                    biased;
                    _ = death.wait_for(|dead| *dead) => None,
                    change = within(PATIENCE, changes.changed()) => Some(change),
                };
                match change {
                    None => {
                        self.bury(None).await;
                        return Ok(false);
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) => {
                        self.weather.broke(format!("answered: {} waited in vain for an answer", platform.key()));
                        self.miss_deadlines();
                    }
                }
            }
        }
        let dead = *death.borrow();
        if dead {
            self.bury(None).await;
        }
        Ok(!dead)
    }

    /// Waits, in real time, until each platform has the bot on its line, unless the platform is away; `false` if
    /// something else has to happen first.
    async fn connected(&self) -> bool {
        let mut death = self.weather.death();
        for platform in self.platforms() {
            let mut changes = platform.changes();
            while !platform.bot_connected() && !self.weather.in_outage(platform.key()) {
                tokio::select! {
                    biased;
                    _ = death.wait_for(|dead| *dead) => return false,
                    change = within(PATIENCE, changes.changed()) => if change.is_err() { return false },
                }
            }
        }
        true
    }

    /// Waits, in real time but not for long, until a platform has noticed that the bot's line is lost: whoever acts
    /// next acts after that.
    pub async fn line_is_lost(&self) {
        let platforms = self.platforms();
        let mut changes: Vec<_> = platforms.iter().map(|platform| platform.changes()).collect();
        while platforms.iter().all(|platform| platform.bot_connected()) {
            let any = futures_util::future::select_all(changes.iter_mut().map(|changes| Box::pin(changes.changed())));
            if within(LINE_LOST_WITHIN, any).await.is_err() {
                return;
            }
        }
    }

    /// One step of each process; how much was done, `None` if one died.
    async fn step(&self) -> Result<Option<usize>, StageError> {
        let mut death = self.weather.death();
        let count = self.processes().await;
        // Whoever receives mostly comes first and renews its lease; sometimes another is quicker and takes over.
        let receives = self.slots.lock().await.iter().position(|it| it.as_ref().is_some_and(Process::receives));
        let first = match count {
            1 => 0,
            _ if self.weather.roll("turn", 40) > 0 => receives.unwrap_or(0),
            _ => receives.map_or(0, |slot| (slot + 1) % count),
        };
        let mut done = 0;
        for turn in 0..count {
            let slot = (first + turn) % count;
            let slots = self.slots.lock().await;
            let Some(process) = slots.get(slot).and_then(Option::as_ref) else { continue };
            let stepped = tokio::select! {
                biased;
                _ = death.wait_for(|dead| *dead) => Err(Gone::Dead),
                stepped = within(PATIENCE, process.step()) => match stepped {
                    Ok(stepped) => stepped,
                    Err(_) => return Err(StageError::Restless(format!("process {slot} ({} at work)", process.at_work()))),
                },
            };
            let at_work = process.at_work();
            drop(slots);
            match stepped {
                Ok(some) => done += some + at_work,
                // A worker that fails is logged and tried again; here at once.
                Err(Gone::Failed(what)) => {
                    self.weather.tell(format!("a step failed: {what}"));
                    done += 1;
                }
                Err(Gone::Dead) => {
                    self.bury(Some(slot)).await;
                    return Ok(None);
                }
            }
        }
        Ok(Some(done))
    }
}

impl Settles for Theatre {
    async fn settle(&self) -> Result<(), StageError> {
        for _ in 0..STEPS_PER_MOMENT {
            self.revive().await?;
            if !self.answered().await? {
                continue;
            }
            if self.step().await? == Some(0) && self.platforms().iter().all(|platform| platform.pending() == 0) {
                if self.slots.lock().await.iter().flatten().any(Process::receives) {
                    if self.connected().await {
                        return Ok(());
                    }
                    continue;
                }
                // Whoever received is dead, and the others wait until its lease has run out.
                self.pass(LEASE).await;
            }
        }
        Err(StageError::Restless("the bot (always more to do at one moment)".to_owned()))
    }
}

fn trouble(weather: &Weather, moment: Moment) -> Option<Trouble> {
    let (what, ill, trouble) = match (moment, weather.roll("which trouble", 2)) {
        (Moment::Commit, 0) => ("commit", Ill::CommitLost, Trouble::Lost),
        (Moment::Commit, _) => ("commit", Ill::Busy, Trouble::Busy),
        (Moment::BeginRead, _) => ("begin to read", Ill::Busy, Trouble::Busy),
        (Moment::BeginWrite, _) => ("begin to write", Ill::Busy, Trouble::Busy),
    };
    weather.happens(what, DATABASE_RISK).then(|| {
        weather.count(ill, what);
        trouble
    })
}
