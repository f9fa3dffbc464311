//! The pretend platforms on the machine's time, the database, and the process that is killed.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use plsep_bot::chat::CommunityRef;
use plsep_bot::clock::{pause, within};
use plsep_bot::store::{Effect, Store};
use plsep_domain::{CommunityId, RosterEntry};
use plsep_sandbox::discord::RateLimits;
use plsep_sandbox::discord::{Discord, DiscordOptions};
use plsep_sandbox::slack::{Slack, SlackOptions};
use plsep_sandbox::{NewResident, Platform, Recorder, SandboxClock};

use super::people::{self, CAST};
use super::season::{self, Act};

const DISCORD_TOKEN: &str = "sandbox.discord.token";
const SLACK_BOT_TOKEN: &str = "xoxb-sandbox";
const SLACK_APP_TOKEN: &str = "xapp-sandbox";
/// Whatever is waited for here is there within this, or the test fails.
const PATIENCE: Duration = Duration::from_secs(60);
/// What a service manager grants.
pub const STOP_MAX: Duration = Duration::from_secs(10);

/// Chance from a seed.
pub struct Dice {
    seed: u64,
    state: AtomicU64,
}

impl Dice {
    pub fn from_environment() -> Self {
        let now = || SandboxClock::system().now_ms().unsigned_abs();
        let given = std::env::var_os("PLSEP_KILL_SEED").and_then(|seed| seed.into_string().ok());
        let given = given.map(|seed| seed.parse().expect("the seed is a number"));
        let seed = given.unwrap_or_else(now);
        Self { seed, state: AtomicU64::new(seed) }
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// A number below `end`, by SplitMix64.
    pub fn below(&self, end: u64) -> u64 {
        let state = self.state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// Where everything happens.
pub struct World {
    pub database: String,
    pub discord: Discord,
    pub slack: Slack,
    folder: PathBuf,
}

pub fn fresh_folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("plsep-kill-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the temporary folder takes a folder");
    folder
}

impl World {
    pub async fn open(database: String, name: &str) -> Self {
        let clock = SandboxClock::system();
        let discord = Discord::start(DiscordOptions {
            port: 0,
            clock: clock.clone(),
            recorder: Recorder::off(),
            guild_name: "PLSEP".to_owned(),
            bot_token: DISCORD_TOKEN.to_owned(),
        });
        let discord = discord.await.expect("a port is free");
        let slack = Slack::start(SlackOptions {
            port: 0,
            clock,
            recorder: Recorder::off(),
            workspace_name: "PLSEP".to_owned(),
            bot_token: SLACK_BOT_TOKEN.to_owned(),
            app_token: SLACK_APP_TOKEN.to_owned(),
        });
        let slack = slack.await.expect("a port is free");
        slack.set_command_escaping(true);
        // How paces are kept is told elsewhere; here they would only make everything wait.
        slack.disable_rate_limits();
        discord.set_rate_limits(RateLimits::unlimited());
        let world = Self { database, discord, slack, folder: fresh_folder(&format!("{name}-files")) };
        let program = world.folder.join("season.toml");
        std::fs::write(&program, season::file(world.now())).expect("the folder takes a file");
        let config = "[program]\nfile = \"season.toml\"\n[discord]\nrequest_timeout_ms = 1000\n[slack]\n\
             request_timeout_ms = 1000\n[outbox]\nlease_s = 3\nbackoff_first_s = 1\n";
        std::fs::write(world.folder.join("bot.toml"), config).expect("the folder takes a file");
        world.settle_people().await;
        world
    }

    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(SandboxClock::system().now_ms()).expect("the machine's time")
    }

    pub fn platforms(&self) -> [Arc<dyn Platform>; 2] {
        [Arc::new(self.discord.clone()), Arc::new(self.slack.clone())]
    }

    fn community_ref(&self, platform: &str) -> CommunityRef {
        let id = if platform == "discord" { self.discord.guild_id() } else { self.slack.team_id() };
        CommunityRef { chat: platform.to_owned(), id }
    }

    /// The cast joins both platforms; mentees are on the roster.
    async fn settle_people(&self) {
        let store = Store::connect(&self.database).await.expect("the database opens");
        store.migrate().await.expect("the fresh database is migrated");
        for platform in self.platforms() {
            let mut tx = store.write().await.expect("the database answers");
            let at = self.community_ref(platform.key());
            let community = tx.upsert_community(&at, "PLSEP", self.now()).await.expect("it is kept").id;
            for handle in CAST {
                let who = platform.join(resident(handle)).expect("the handle is free");
                if people::is_mentee(handle) {
                    let entry = RosterEntry {
                        name: who.name.clone(),
                        email: format!("{handle}@libraries.example"),
                        chat_user: Some(who.id),
                        library_system: "Fresno County Public Library".to_owned(),
                        active: true,
                    };
                    tx.put_roster_entry(community, &entry, self.now()).await.expect("the entry is sound");
                }
            }
            tx.commit().await.expect("the database answers");
        }
        store.close().await;
    }

    /// Lets something go on, while no process runs.
    pub async fn set_season(&self, act: Act) {
        let store = Store::connect(&self.database).await.expect("the database opens");
        let mut tx = store.write().await.expect("the database answers");
        for mut season in tx.seasons().await.expect("it reads") {
            season::begin(act, std::sync::Arc::make_mut(&mut season.program), self.now());
            tx.save_program(season.id, &season.program).await.expect("it is kept");
        }
        tx.commit().await.expect("the database answers");
        store.close().await;
    }

    pub fn is_connected(&self) -> bool {
        self.discord.bot_connected() && self.slack.bot_connected()
    }

    /// Waits until both platforms have let the process in; how long that took since it was started.
    pub async fn connected(&self, process: &Process) -> Duration {
        let (mut discord, mut slack) = (self.discord.changes(), self.slack.sockets().watch());
        while !self.is_connected() {
            tokio::select! {
                _ = discord.changed() => {}
                _ = slack.changed() => {}
                // The gateway's list of sessions tells nobody when it grows.
                () = pause(Duration::from_millis(5)) => {}
            }
        }
        process.started.elapsed()
    }

    /// Waits until a platform has changed so many times, but no longer than this.
    pub async fn changes(&self, on: usize, times: u64, at_most: Duration) {
        let mut changes = self.platforms()[on].changes();
        let until = *changes.borrow_and_update() + times;
        let _ = within(at_most, changes.wait_for(|count| *count >= until)).await;
    }

    /// Waits until the platforms have noticed that the process is gone.
    pub async fn disconnected(&self) {
        let gone = async {
            while self.discord.sockets().open() > 0 || self.slack.bot_connected() {
                pause(Duration::from_millis(2)).await;
            }
        };
        within(PATIENCE, gone).await.expect("the platforms notice that the process is gone");
    }

    /// Waits until nothing is left to deliver now.
    pub async fn delivered(&self, process: &Process) {
        let store = Store::connect(&self.database).await.expect("the database opens");
        let empty = async {
            loop {
                if undelivered(&store).await.is_empty() {
                    return;
                }
                pause(Duration::from_millis(100)).await;
            }
        };
        if within(PATIENCE, empty).await.is_err() {
            panic!("not delivered: {:?}\n{}", undelivered(&store).await, process.log());
        }
        store.close().await;
    }

    pub async fn store(&self) -> Store {
        Store::connect(&self.database).await.expect("the database opens")
    }

    pub async fn community(&self, store: &Store, platform: &str) -> CommunityId {
        let all = store.read().await.expect("the database answers").communities().await.expect("it reads");
        all.into_iter().find(|it| it.at.chat == platform).expect("the community is known").id
    }

    /// What everybody has in front of them, for whoever wonders why it failed.
    pub fn screens(&self) -> String {
        let mut screens = BTreeMap::new();
        for platform in self.platforms() {
            for handle in CAST {
                let human = people::Human::new(&platform, handle);
                screens.insert(format!("{} {handle}", platform.key()), human.screen());
            }
        }
        screens.into_iter().map(|(who, screen)| format!("== {who}\n{screen}\n")).collect()
    }

    pub async fn close(self) {
        self.discord.stop().await;
        self.slack.stop().await;
        let _ = std::fs::remove_dir_all(self.folder);
    }
}

fn resident(handle: &str) -> NewResident {
    NewResident {
        handle: handle.to_owned(),
        name: people::name(handle),
        email: Some(format!("{handle}@libraries.example")),
        locale: "en-US".to_owned(),
        zone: "UTC".to_owned(),
        owner: handle == "dana",
        admin: handle == "dana",
        dms_closed: false,
    }
}

/// The real program.
pub struct Process {
    child: Child,
    log: PathBuf,
    pub started: Instant,
}

impl Process {
    pub fn start(world: &World) -> Self {
        let log = world.folder.join("log.txt");
        let out = File::options().create(true).append(true).open(&log).expect("the folder takes a file");
        let child = Command::new(env!("CARGO_BIN_EXE_plsep-bot"))
            .arg("serve")
            .env_clear()
            .env("DISCORD_TOKEN", DISCORD_TOKEN)
            .env("DISCORD_API_URL", world.discord.base_url())
            .env("SLACK_BOT_TOKEN", SLACK_BOT_TOKEN)
            .env("SLACK_APP_TOKEN", SLACK_APP_TOKEN)
            .env("SLACK_API_URL", world.slack.api_url())
            .env("DATABASE_URL", &world.database)
            .env("PLSEP_CONFIG", world.folder.join("bot.toml"))
            .env("RUST_LOG", "info")
            .env("NO_COLOR", "1")
            .stdout(Stdio::from(out.try_clone().expect("a file has two handles")))
            .stderr(Stdio::from(out))
            .spawn()
            .expect("the program starts");
        Self { child, log, started: Instant::now() }
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// Whether it has written these words since the file was begun.
    pub fn has_said(&self, words: &str) -> bool {
        std::fs::read_to_string(&self.log).unwrap_or_default().contains(words)
    }

    /// Whether it and those before it have written this word so often.
    pub fn says_times(&self, word: &str, times: usize) -> bool {
        std::fs::read_to_string(&self.log).unwrap_or_default().matches(word).count() >= times
    }

    /// Asks it to stop and waits until it has, and until the platforms have noticed.
    pub async fn stop(self, world: &World) -> Duration {
        let took = self.stop_alone().await;
        world.disconnected().await;
        took
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop_alone(mut self) -> Duration {
        let asked = Instant::now();
        let status = self.terminated().await;
        let took = asked.elapsed();
        assert!(took < STOP_MAX, "it took {took:?} to stop\n{}", self.log());
        assert!(status.success(), "it ended with {status}\n{}", self.log());
        took
    }

    async fn terminated(&mut self) -> ExitStatus {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(told.expect("there is a program named kill").success(), "it runs");
        let ended = async {
            loop {
                if let Some(status) = self.child.try_wait().expect("its end can be waited for") {
                    return status;
                }
                pause(Duration::from_millis(5)).await;
            }
        };
        within(STOP_MAX * 2, ended).await.expect("it ends at all")
    }

    /// The last lines of its log.
    pub fn log(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(80)..].join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A test that failed leaves nothing running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The keys of everything that waits to be delivered. A second look at what was done in doubt comes ten minutes later,
/// and nobody sees it.
pub async fn undelivered(store: &Store) -> Vec<String> {
    let mut tx = store.read().await.expect("the database answers");
    let mut waiting = Vec::new();
    for community in tx.communities().await.expect("it reads") {
        let effects = tx.every_effect(community.id).await.expect("it reads");
        let waits =
            effects.into_iter().filter(|it| it.state == "pending" && !matches!(it.effect, Effect::Sweep { .. }));
        waiting.extend(waits.map(|it| it.key));
    }
    waiting
}
