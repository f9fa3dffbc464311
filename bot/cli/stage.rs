//! The pretend platforms with the bot on them, and a clock that everybody shares: what the sandbox, a rehearsal
//! and the stories play on. The bot is the one that goes live, connected over the wire.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{CommunityId, Phase, Program};
use plsep_sandbox::discord::{Discord as PretendDiscord, DiscordOptions};
use plsep_sandbox::page::{NextEvent, TimeMachine};
use plsep_sandbox::slack::{Slack as PretendSlack, SlackOptions};
use plsep_sandbox::{Platform, Recorder, SandboxClock};

use crate::chat::Bounds;
use crate::clock::{Clock, within};
use crate::flows::Fault;
use crate::jobs::Job;
use crate::outbox::Policy;
use crate::store::{Store, StoreError};
use crate::wiring::{Bot, BotParts, ROSTER_STEP, StartError};
use crate::{discord, slack};

/// The tokens of the pretend platforms; they open nothing else.
pub(super) const DISCORD_TOKEN: &str = "sandbox.discord.token";
pub(super) const SLACK_BOT_TOKEN: &str = "xoxb-sandbox";
pub(super) const SLACK_APP_TOKEN: &str = "xapp-sandbox";

/// Longest wait in real time for a platform and the bot to come to rest: an interaction fails after three seconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// Most steps that one moment of the clock may take, so that a loop of effects ends loudly.
const STEPS_PER_MOMENT: usize = 10_000;

/// How a stage is set up.
pub struct StageOptions {
    /// Whether there is a pretend Discord, and on which port (0: any).
    pub discord: Option<u16>,
    /// Whether there is a pretend Slack, and on which port (0: any).
    pub slack: Option<u16>,
    /// The world's time.
    pub clock: SandboxClock,
    /// Address of the database.
    pub database: String,
    /// The season.
    pub program: Program,
    /// File to record every request in.
    pub record: Option<std::path::PathBuf>,
    /// Whether our bot plays; without it the platforms wait for another one.
    pub bot: bool,
    /// Whether the bot does due work by itself (the page), or only when stepped (rehearsals, stories).
    pub by_itself: bool,
    /// How long a flow may take before its answer is deferred.
    pub reply_deadline: Duration,
}

/// A running stage.
pub struct Stage {
    /// The world's time.
    pub clock: SandboxClock,
    /// The pretend Discord.
    pub discord: Option<PretendDiscord>,
    /// The pretend Slack.
    pub slack: Option<PretendSlack>,
    /// Where the bot keeps everything.
    pub store: Store,
    parts: Restart,
    bot: tokio::sync::RwLock<Option<Arc<Bot>>>,
}

/// What is needed to start the bot again after it was stopped.
struct Restart {
    program: Program,
    by_itself: bool,
    reply_deadline: Duration,
    /// How far the bot's clock is ahead of the world's, in milliseconds.
    ahead_ms: Arc<AtomicI64>,
}

/// Why a stage does not stand, or does not come to rest.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// A port or file cannot be opened.
    #[error("the sandbox cannot start: {0}. Choose another port, or a folder that can be written to")]
    Io(#[from] std::io::Error),
    /// The database's folder cannot be made.
    #[error(
        "the folder {folder} for the database cannot be made: {why}. Set DATABASE_URL to a place that can be written to"
    )]
    Folder {
        /// Which folder.
        folder: String,
        /// What the machine says.
        why: std::io::Error,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bot.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The bot failed at its work.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The bot or a platform never came to rest.
    #[error("{0} did not come to rest within {secs} seconds", secs = PATIENCE.as_secs())]
    Restless(String),
}

impl Stage {
    /// Starts the platforms, then the bot on them, and waits until it is ready.
    ///
    /// # Errors
    /// See [`StageError`].
    pub async fn open(options: StageOptions) -> Result<Arc<Self>, StageError> {
        let StageOptions { discord, slack, clock, database, program, record, bot, by_itself, reply_deadline } = options;
        let recorder = record.as_deref().map_or_else(|| Ok(Recorder::off()), Recorder::to_file)?;
        let discord = match discord {
            Some(port) => Some(
                PretendDiscord::start(DiscordOptions {
                    port,
                    clock: clock.clone(),
                    recorder: recorder.clone(),
                    guild_name: "PLSEP Mentorship".to_owned(),
                    bot_token: DISCORD_TOKEN.to_owned(),
                })
                .await?,
            ),
            None => None,
        };
        let slack = match slack {
            Some(port) => Some(
                PretendSlack::start(SlackOptions {
                    port,
                    clock: clock.clone(),
                    recorder,
                    workspace_name: "PLSEP Mentorship".to_owned(),
                    bot_token: SLACK_BOT_TOKEN.to_owned(),
                    app_token: SLACK_APP_TOKEN.to_owned(),
                })
                .await?,
            ),
            None => None,
        };
        let now = DateTime::from_timestamp_millis(clock.now_ms()).unwrap_or_default();
        let store = open_to_serve(&database, now).await?;
        let parts = Restart { program, by_itself, reply_deadline, ahead_ms: Arc::default() };
        if let Some(slack) = &slack {
            // The app's manifest asks for mentions as ids; without that a handle would be all we get.
            slack.set_command_escaping(true);
        }
        let bot = match bot {
            true => Some(start_bot(&parts, &store, &clock, discord.as_ref(), slack.as_ref()).await?),
            false => None,
        };
        let stage = Self { clock, discord, slack, store, parts, bot: tokio::sync::RwLock::new(bot) };
        stage.ready().await?;
        Ok(Arc::new(stage))
    }

    /// The platforms there are.
    #[must_use]
    pub fn platforms(&self) -> Vec<Arc<dyn Platform>> {
        let mut platforms: Vec<Arc<dyn Platform>> = Vec::new();
        if let Some(discord) = &self.discord {
            platforms.push(Arc::new(discord.clone()));
        }
        if let Some(slack) = &self.slack {
            platforms.push(Arc::new(slack.clone()));
        }
        platforms
    }

    /// The running bot, if ours plays.
    pub async fn bot(&self) -> Option<Arc<Bot>> {
        self.bot.read().await.clone()
    }

    /// What another bot, or `serve`, needs in its environment to use these platforms: name and value.
    #[must_use]
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let mut variables = Vec::new();
        if let Some(discord) = &self.discord {
            variables.push(("DISCORD_API_URL", discord.base_url().to_owned()));
            variables.push(("DISCORD_TOKEN", DISCORD_TOKEN.to_owned()));
        }
        if let Some(slack) = &self.slack {
            variables.push(("SLACK_API_URL", slack.api_url().to_owned()));
            variables.push(("SLACK_BOT_TOKEN", SLACK_BOT_TOKEN.to_owned()));
            variables.push(("SLACK_APP_TOKEN", SLACK_APP_TOKEN.to_owned()));
        }
        variables
    }

    /// What the bot calls the community of a platform.
    ///
    /// # Errors
    /// The database, or the bot has not seen the community yet.
    pub async fn community(&self, platform: &str) -> Result<CommunityId, StoreError> {
        let all = self.store.read().await?.communities().await?;
        let found = all.into_iter().find(|community| community.at.chat == platform);
        found.map(|community| community.id).ok_or(StoreError::Missing { what: "community" })
    }

    /// Now, in the world.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        instant(self.clock.now_ms())
    }

    /// Stops the bot and starts another one on the same database and platforms.
    ///
    /// # Errors
    /// See [`StageError`].
    pub async fn restart_bot(&self) -> Result<(), StageError> {
        self.stop_bot().await;
        let bot = start_bot(&self.parts, &self.store, &self.clock, self.discord.as_ref(), self.slack.as_ref()).await?;
        *self.bot.write().await = Some(bot);
        self.ready().await
    }

    /// Stops the bot; the platforms go on without it.
    pub async fn stop_bot(&self) {
        let bot = self.bot.write().await.take();
        if let Some(bot) = bot {
            bot.stop(PATIENCE).await;
        }
    }

    /// Waits until every event is answered and everything due at this moment is done.
    ///
    /// # Errors
    /// The bot failed, or something never comes to rest.
    pub async fn settle(&self) -> Result<(), StageError> {
        let bot = self.bot().await;
        let platforms = self.platforms();
        for _ in 0..STEPS_PER_MOMENT {
            for platform in &platforms {
                let mut changes = platform.changes();
                while platform.pending() > 0 {
                    let late =
                        |_| StageError::Restless(format!("{} ({} unanswered)", platform.key(), platform.pending()));
                    // The platform holds the sender, so waiting for a change can only end with one.
                    within(PATIENCE, changes.changed()).await.map_err(late)?.ok();
                }
            }
            let Some(bot) = &bot else { return Ok(()) };
            let late = |_| StageError::Restless(format!("the bot ({} at work)", bot.at_work()));
            let done = within(PATIENCE, bot.step()).await.map_err(late)??;
            if done == 0 && bot.at_work() == 0 && platforms.iter().all(|platform| platform.pending() == 0) {
                return Ok(());
            }
        }
        Err(StageError::Restless("the bot (always more to do at one moment)".to_owned()))
    }

    /// Settles, and also waits (in the world's time) for what a platform's pace has put off by a few moments.
    ///
    /// # Errors
    /// As [`Stage::settle`].
    pub async fn drain(&self, at_most: TimeDelta) -> Result<(), StageError> {
        self.settle().await?;
        let until = self.now() + at_most;
        while let Some((at, None | Some(Job::Progress))) = self.next_due().await?.filter(|(at, _)| *at <= until) {
            self.set(at);
            self.settle().await?;
        }
        Ok(())
    }

    /// Moves the world to `to`, stopping wherever something is due on the way.
    ///
    /// # Errors
    /// As [`Stage::settle`].
    pub async fn travel_to(&self, to: DateTime<Utc>) -> Result<(), StageError> {
        self.settle().await?;
        while let Some((at, _)) = self.next_due().await?.filter(|(at, _)| *at <= to) {
            self.set(at);
            self.settle().await?;
        }
        self.set(to);
        self.settle().await
    }

    /// Stops the bot, then the platforms.
    pub async fn close(&self) {
        self.stop_bot().await;
        if let Some(discord) = &self.discord {
            discord.stop().await;
        }
        if let Some(slack) = &self.slack {
            slack.stop().await;
        }
        self.store.close().await;
    }

    /// From now on the bot's clock is so far ahead of the world's, and of the platforms'.
    pub fn set_ahead(&self, by: TimeDelta) {
        self.parts.ahead_ms.store(by.num_milliseconds(), Ordering::SeqCst);
    }

    fn set(&self, at: DateTime<Utc>) {
        // Never backwards: what is overdue is done now.
        self.clock.travel_to(at.timestamp_millis().max(self.clock.now_ms()));
    }

    async fn ready(&self) -> Result<(), StageError> {
        let Some(bot) = self.bot().await else { return Ok(()) };
        within(PATIENCE, bot.ready())
            .await
            .map_err(|_| StageError::Restless("the connection to the platforms".to_owned()))
    }

    async fn next_due(&self) -> Result<Option<(DateTime<Utc>, Option<Job>)>, StoreError> {
        match self.bot().await {
            Some(bot) => {
                let next = bot.upcoming().await?.into_iter().min_by_key(|(at, _)| *at);
                let ahead = TimeDelta::milliseconds(self.parts.ahead_ms.load(Ordering::SeqCst));
                Ok(next.map(|(at, job)| (at - ahead, job)))
            }
            None => Ok(None),
        }
    }

    /// What a person who watches would like to see next: a change of phase, a round of questions, a farewell, a message
    /// that waits. The bot's small daily looks are passed over on the way.
    async fn next_of_interest(&self) -> Result<Option<(DateTime<Utc>, &'static str)>, StoreError> {
        let Some(bot) = self.bot().await else { return Ok(None) };
        let due = bot.upcoming().await?.into_iter().filter_map(|(at, job)| match job {
            Some(Job::Nudge | Job::NudgeNow) => Some((at, "the month's question to every pair")),
            Some(Job::ClosePairs) => Some((at, "the program ends: farewells")),
            Some(Job::CloseAgreed) => Some((at, "a pair that went on after the program ends: a farewell")),
            Some(Job::SurveyReminder) => Some((at, "the closing survey is mentioned once more")),
            Some(
                Job::NudgeAgain | Job::Progress | Job::RosterImport | Job::Remind | Job::Digest | Job::Housekeeping,
            ) => None,
            Some(Job::Meetings) => Some((at, "a reminder of a meeting, or the question about it")),
            None => Some((at, "a message that waits to be delivered")),
        });
        let seasons = self.store.read().await?.seasons().await?;
        let boundaries = seasons.iter().filter_map(|season| season.program.calendar.next_boundary(self.now()));
        let phases = boundaries.map(|(phase, at)| (at, begins(phase)));
        Ok(due.chain(phases).min_by_key(|(at, _)| *at))
    }
}

#[async_trait]
impl TimeMachine for Stage {
    fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    async fn travel_to(&self, to_ms: i64) -> Result<(), String> {
        Stage::travel_to(self, instant(to_ms)).await.map_err(|error| error.to_string())
    }

    async fn next_event(&self) -> Option<NextEvent> {
        let (at, what) = self.next_of_interest().await.ok().flatten()?;
        Some(NextEvent { at_ms: at.timestamp_millis(), what: what.to_owned() })
    }
}

/// What happens when a phase begins.
fn begins(phase: Phase) -> &'static str {
    match phase {
        Phase::Draft | Phase::ApplicationsOpen => "applications open",
        Phase::Review => "applications close",
        Phase::AgreementsDue => "the last days for acknowledgement forms",
        Phase::Running => "the program starts",
        Phase::WrapUp => "the program ends",
        Phase::Closed => "the season closes",
    }
}

/// Opens a database and brings it up to date.
///
/// # Errors
/// See [`StoreError`].
pub async fn open_store(database: &str) -> Result<Store, StageError> {
    let store = connect(database).await?;
    store.migrate().await?;
    Ok(store)
}

/// Opens a database for the process that serves it, alone if it is a file, and brings it up to date.
///
/// # Errors
/// See [`StoreError`].
pub(super) async fn open_to_serve(database: &str, now: DateTime<Utc>) -> Result<Store, StageError> {
    let store = connect(database).await?;
    store.claim_alone()?;
    store.migrate().await?;
    let mut tx = store.write().await?;
    if tx.begin_on_copy(now).await? {
        tracing::info!("this database was put back from a copy: what may have been sent already is looked for first");
    }
    tx.commit().await?;
    Ok(store)
}

/// Opens a database as it is; the folder of a file is made where it is missing.
///
/// # Errors
/// See [`StoreError`].
pub(super) async fn connect(database: &str) -> Result<Store, StageError> {
    if let Some(folder) = database.strip_prefix("sqlite://").map(Path::new).and_then(Path::parent) {
        std::fs::create_dir_all(folder)
            .map_err(|why| StageError::Folder { folder: folder.display().to_string(), why })?;
    }
    Ok(Store::connect(database).await?)
}

/// How the outbox works on a stage.
pub(super) fn policy() -> Policy {
    Policy {
        owner: "stage".to_owned(),
        lease: TimeDelta::seconds(60),
        batch: 50,
        parallel: 16,
        give_up_after: TimeDelta::hours(48),
        backoff_first: TimeDelta::seconds(2),
        backoff_max: TimeDelta::minutes(15),
    }
}

/// How the bot reaches the pretend Discord.
pub(super) fn discord_settings(platform: &PretendDiscord, reply_deadline: Duration) -> discord::Settings {
    discord::Settings {
        api_url: Some(platform.base_url().to_owned()),
        reply_deadline,
        ..discord::Settings::new(DISCORD_TOKEN)
    }
}

/// How the bot reaches the pretend Slack.
pub(super) fn slack_settings(platform: &PretendSlack, reply_deadline: Duration) -> slack::Settings {
    slack::Settings {
        api_url: Some(platform.api_url().to_owned()),
        reply_deadline,
        sockets: 1,
        ..slack::Settings::new(SLACK_BOT_TOKEN.to_owned(), SLACK_APP_TOKEN.to_owned())
    }
}

async fn start_bot(
    parts: &Restart,
    store: &Store,
    clock: &SandboxClock,
    on_discord: Option<&PretendDiscord>,
    on_slack: Option<&PretendSlack>,
) -> Result<Arc<Bot>, StartError> {
    let discord = on_discord.map(|platform| discord_settings(platform, parts.reply_deadline));
    let slack = on_slack.map(|platform| slack_settings(platform, parts.reply_deadline));
    let (world, ahead_ms) = (clock.clone(), Arc::clone(&parts.ahead_ms));
    Bot::start(BotParts {
        store: store.clone(),
        clock: Clock::simulated(move || instant(world.now_ms() + ahead_ms.load(Ordering::SeqCst))),
        program: parts.program.clone(),
        discord,
        slack,
        policy: policy(),
        flood: Bounds::default(),
        roster_step: ROSTER_STEP,
        incident_seed: 0,
        by_itself: parts.by_itself,
    })
    .await
}

/// A moment of the world.
pub(super) fn instant(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or(DateTime::UNIX_EPOCH)
}
