//! One run: the stage is set, the people settle in, the load is on, and everything is read off at the end.

use std::{
    collections::VecDeque,
    fmt, fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use clap::{Parser, ValueEnum};
use plsep_bot::clock::Clock;
use plsep_bot::store::{NewPair, Store, StoreError};
use plsep_domain::PairState;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
};

use super::bot::{Bot, Counted, machine_ms, memory_kib, processor_ms};
use super::cast::{Kind, Person, Place};
use super::figures::{Figures, Times};

/// Runs warm before anything counts: caches, connections, the allocator.
const WARM_UP: Duration = Duration::from_secs(2);
/// How many settle in at the same time.
const SETTLING: usize = 20;
/// Where the shipped season is.
const ZONE: chrono_tz::Tz = chrono_tz::America::Los_Angeles;
/// Longest for the bot to become ready.
const READY_MAX: Duration = Duration::from_secs(30);

/// What to run.
#[derive(Parser)]
#[command(about = "Fires interactions at the bot over the wire, and measures.")]
pub struct Options {
    /// On which pretend platform.
    #[arg(long, default_value = "discord")]
    platform: Which,
    /// An empty database, or `postgres://…/postgres` for one that is made and removed; else SQLite in a file.
    #[arg(long)]
    database: Option<String>,
    /// Interactions a second.
    #[arg(long, conflicts_with = "saturate")]
    rate: Option<u32>,
    /// As many as the bot answers (the default).
    #[arg(long)]
    saturate: bool,
    /// How long it is measured.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// How many people there are. The bot lets nobody do more than a few things a second for long, so there must be
    /// enough of them for the load.
    #[arg(long, default_value_t = 600)]
    people: usize,
    /// How many interactions are under way at a time when it is not a rate that decides.
    #[arg(long, default_value_t = 64)]
    at_once: usize,
    /// `cargo bench` says this to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Which {
    Discord,
    Slack,
}

/// Everything that was read off.
pub struct Report {
    platform: Which,
    database: String,
    people: usize,
    rate: Option<u32>,
    seconds: f64,
    by_kind: Vec<(Kind, Times)>,
    all: Times,
    failures: (usize, Option<String>),
    complaints: (usize, Option<String>),
    ready: Duration,
    idle_kib: u64,
    load_kib: u64,
    peak_kib: u64,
    bot_ms: u64,
    driver_ms: u64,
    machine_ms: u64,
    interactions: u64,
    counted: Counted,
}

impl Report {
    /// Whether everybody was answered, and the bot found nothing wrong.
    pub fn is_sound(&self) -> bool {
        self.failures.0 == 0 && self.complaints.0 == 0
    }
}

/// A folder that goes with the run.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub async fn run(options: &Options) -> Result<Report, String> {
    let now = Clock::system().now();
    let folder = Folder(Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("load-{}", std::process::id())));
    fs::create_dir_all(&folder.0).map_err(|error| error.to_string())?;
    let database = Database::make(options.database.as_deref(), &folder.0).await?;
    let measured = measure(options, now, &folder.0, &database).await;
    database.remove().await?;
    measured
}

async fn measure(options: &Options, now: DateTime<Utc>, folder: &Path, database: &Database) -> Result<Report, String> {
    let discord = options.platform == Which::Discord;
    let place = Place::open(discord, now.timestamp_millis()).await.map_err(|error| error.to_string())?;
    let handles: Vec<String> = (0..options.people).map(|number| place.join(number)).collect::<Result<_, _>>()?;
    let mut environment = place.environment.clone();
    environment.push(("DATABASE_URL", database.url.clone()));
    environment.push(("PLSEP_CONFIG", configuration(folder, now)?));
    let started = Instant::now();
    let mut bot = Bot::start(&environment)?;
    let ready = ready(&mut bot, &place, started).await?;
    pause(Duration::from_secs(1)).await;
    let (idle_kib, _) = memory_kib(bot.id()).ok_or("the system tells nothing of the bot's memory")?;

    let place = Arc::new(place);
    let people = match settle(&place, &database.url, handles).await {
        Ok(people) => people,
        Err(why) => return Err(format!("{why}\n{}", bot.last_words())),
    };
    let figures = Arc::new(Figures::default());
    let load = Load { place: Arc::clone(&place), figures: Arc::clone(&figures) };
    let from = Instant::now() + WARM_UP;
    let until = from + Duration::from_secs(options.seconds);
    figures.count_from(from);
    let watch = tokio::spawn(watch(bot.id(), from, until));
    match options.rate {
        Some(rate) => load.at_rate(people, rate, until).await,
        None => load.in_turns(people, options.at_once, until).await,
    }
    let seconds = (Instant::now() - from).as_secs_f64();
    let watched = watch.await.map_err(|error| error.to_string())?.ok_or("the system tells nothing of the bot")?;
    bot.lives()?;
    let complaints = bot.complaints();
    let counted = bot.stop()?;
    let (by_kind, all) = figures.times();
    Ok(Report {
        platform: options.platform,
        database: database.told.clone(),
        people: options.people,
        rate: options.rate,
        seconds,
        by_kind,
        all,
        failures: figures.failures(),
        complaints,
        ready,
        idle_kib,
        load_kib: watched.load_kib,
        peak_kib: watched.peak_kib,
        bot_ms: watched.bot_ms,
        driver_ms: watched.driver_ms,
        machine_ms: watched.machine_ms,
        interactions: place.sent(),
        counted,
    })
}

/// Waits until the bot is connected.
async fn ready(bot: &mut Bot, place: &Place, started: Instant) -> Result<Duration, String> {
    let mut tick = tokio::time::interval(Duration::from_millis(1));
    while !place.platform.bot_connected() {
        tick.tick().await;
        bot.lives()?;
        if started.elapsed() > READY_MAX {
            return Err(format!("the bot does not become ready:\n{}", bot.last_words()));
        }
    }
    Ok(started.elapsed())
}

/// Everybody begins an application, is introduced to somebody, and gets to where their round begins.
async fn settle(place: &Arc<Place>, database: &str, handles: Vec<String>) -> Result<Vec<Person>, String> {
    for_each(handles.clone(), |handle| {
        let place = Arc::clone(place);
        async move { place.begin(&handle).await }
    })
    .await?;
    introduce(database).await?;
    let mut people = for_each(handles, |handle| {
        let place = Arc::clone(place);
        async move { place.settle(handle).await }
    })
    .await?;
    people.iter_mut().enumerate().for_each(|(number, person)| person.begin_at(number));
    Ok(people)
}

/// Does something for everybody, a few at the same time.
async fn for_each<T: Send + 'static, F: Future<Output = Result<T, String>> + Send + 'static>(
    handles: Vec<String>,
    work: impl Fn(String) -> F,
) -> Result<Vec<T>, String> {
    let mut waiting: VecDeque<String> = handles.into();
    let (mut at_work, mut done) = (JoinSet::new(), Vec::new());
    loop {
        while at_work.len() < SETTLING
            && let Some(handle) = waiting.pop_front()
        {
            at_work.spawn(work(handle));
        }
        let Some(ended) = at_work.join_next().await else { return Ok(done) };
        done.push(ended.map_err(|error| error.to_string())??);
    }
}

/// Pairs everybody who applied, beside the running bot, as an import would.
async fn introduce(database: &str) -> Result<(), String> {
    let store = Store::connect(database).await.map_err(|error| error.to_string())?;
    let pair_up = async {
        let now = Clock::system().now();
        let mut tx = store.write_long().await?;
        let season = tx.seasons().await?.pop().ok_or(StoreError::Missing { what: "season" })?;
        let proposal = tx.save_proposal(season.id, &serde_json::json!({}), now).await?;
        let applied: Vec<_> = tx.applications(season.id).await?.into_iter().map(|(one, _)| one.person).collect();
        for two in applied.chunks_exact(2) {
            let (mentor, mentee, reasons) = (two[0], two[1], serde_json::json!([]));
            let pair = NewPair { season: season.id, proposal, mentor, mentee, score: 50, reasons };
            let pair = tx.insert_pair(&pair, now).await?;
            tx.set_pair_state(pair.id, &pair.state, &PairState::Introduced { at: now }, now).await?;
        }
        tx.commit().await
    };
    pair_up.await.map_err(|error: StoreError| error.to_string())?;
    store.close().await;
    Ok(())
}

struct Load {
    place: Arc<Place>,
    figures: Arc<Figures>,
}

impl Load {
    /// Everybody goes on as soon as it is their turn again; so many are at it at a time.
    async fn in_turns(&self, people: Vec<Person>, at_once: usize, until: Instant) {
        let mut tasks = JoinSet::new();
        let turns = Arc::new(Semaphore::new(at_once));
        for mut person in people {
            let (place, figures) = (Arc::clone(&self.place), Arc::clone(&self.figures));
            let turns = Arc::clone(&turns);
            tasks.spawn(async move {
                while Instant::now() < until {
                    let _turn = turns.acquire().await.expect("it is never closed");
                    step(&mut person, &place, &figures, Instant::now()).await;
                }
            });
        }
        tasks.join_all().await;
    }

    /// Interactions are sent at their time; whoever is free sends the next one.
    async fn at_rate(&self, people: Vec<Person>, rate: u32, until: Instant) {
        let (back, mut free) = mpsc::unbounded_channel();
        for person in people {
            back.send(person).expect("the receiver is here");
        }
        let (begin, mut tick) = (Instant::now(), tokio::time::interval(Duration::from_millis(1)));
        let mut tasks = JoinSet::new();
        let mut sent = 0_u32;
        loop {
            tick.tick().await;
            let now = Instant::now();
            if now >= until {
                break;
            }
            while begin + Duration::from_secs_f64(f64::from(sent) / f64::from(rate)) <= now {
                let due = begin + Duration::from_secs_f64(f64::from(sent) / f64::from(rate));
                sent += 1;
                let mut person: Person = free.recv().await.expect("everybody comes back");
                let (place, figures, back) = (Arc::clone(&self.place), Arc::clone(&self.figures), back.clone());
                tasks.spawn(async move {
                    step(&mut person, &place, &figures, due).await;
                    // After the end nobody waits for them.
                    let _ = back.send(person);
                });
            }
            while tasks.try_join_next().is_some() {}
        }
        tasks.join_all().await;
    }
}

async fn step(person: &mut Person, place: &Place, figures: &Figures, due: Instant) {
    match person.goes_on(place).await {
        (kind, Ok(seen)) => figures.answered(kind, due, seen),
        (_, Err(why)) => figures.failed(why),
    }
}

struct Watched {
    load_kib: u64,
    peak_kib: u64,
    bot_ms: u64,
    driver_ms: u64,
    machine_ms: u64,
}

/// Reads what the system says of the processes between two instants.
async fn watch(bot: u32, from: Instant, until: Instant) -> Option<Watched> {
    let driver = std::process::id();
    pause(from.saturating_duration_since(Instant::now())).await;
    let before = (processor_ms(bot)?, processor_ms(driver)?, machine_ms()?);
    let mut load_kib = 0;
    let mut tick = tokio::time::interval(Duration::from_millis(100));
    while Instant::now() < until {
        tick.tick().await;
        load_kib = load_kib.max(memory_kib(bot)?.0);
    }
    let after = (processor_ms(bot)?, processor_ms(driver)?, machine_ms()?);
    Some(Watched {
        load_kib,
        peak_kib: memory_kib(bot)?.1,
        bot_ms: after.0 - before.0,
        driver_ms: after.1 - before.1,
        machine_ms: after.2 - before.2,
    })
}

async fn pause(time: Duration) {
    plsep_bot::clock::pause(time).await;
}

/// The shipped season, with applications open now, and a run that begins in the same month so that pairs can tell
/// whether they met; returns the path of a configuration that names it.
fn configuration(folder: &Path, now: DateTime<Utc>) -> Result<String, String> {
    let at = |hours| (now.with_timezone(&ZONE) + TimeDelta::hours(hours)).format("%Y-%m-%d %H:%M").to_string();
    // Within a few hours of the month's end the run begins next month, and nobody can be asked about this one yet.
    let dates = [
        ("applications_open", at(-48)),
        ("applications_close", at(2)),
        ("agreements_due", at(3)),
        ("runs_from", at(3)),
        ("runs_until", at(24 * 85)),
        ("wrap_up_until", at(24 * 100)),
    ];
    let shipped = include_str!("../../config/programs/plsep-2025.toml");
    let line = |line: &str| {
        let date = dates.iter().find(|(name, _)| line.starts_with(&format!("{name} = ")));
        date.map_or_else(|| line.to_owned(), |(name, date)| format!("{name} = \"{date}\""))
    };
    let season: Vec<String> = shipped.lines().map(line).collect();
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| error.to_string())?;
        Ok::<_, String>(path.display().to_string())
    };
    write("season.toml", season.join("\n") + "\n")?;
    write("bot.toml", "[program]\nfile = \"season.toml\"\n".to_owned())
}

/// The database of this run.
struct Database {
    url: String,
    told: String,
    /// The server and the name of a database that is removed afterwards.
    made: Option<(String, String)>,
}

impl Database {
    async fn make(given: Option<&str>, folder: &Path) -> Result<Self, String> {
        let Some(given) = given else {
            let url = format!("sqlite://{}/plsep.sqlite", folder.display());
            return Ok(Self { url, told: "SQLite in a file, synchronous=FULL".to_owned(), made: None });
        };
        if !given.starts_with("postgres") {
            return Ok(Self {
                url: given.to_owned(),
                told: "SQLite in a file, synchronous=FULL".to_owned(),
                made: None,
            });
        }
        let told = |error: sqlx::Error| error.to_string();
        let mut server = PgConnection::connect(given).await.map_err(told)?;
        let mut settings = Vec::new();
        for name in ["server_version", "fsync", "synchronous_commit", "full_page_writes"] {
            let row = sqlx::query(AssertSqlSafe(format!("SHOW {name}"))).fetch_one(&mut server).await.map_err(told)?;
            settings.push(format!("{name}={}", row.get::<String, _>(0)));
        }
        let say = format!("PostgreSQL, {}", settings.join(", "));
        let Some(base) = given.strip_suffix("/postgres") else {
            return Ok(Self { url: given.to_owned(), told: say, made: None });
        };
        let name = format!("plsep_load_{}", std::process::id());
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut server).await.map_err(told)?;
        Ok(Self { url: format!("{base}/{name}"), told: say, made: Some((given.to_owned(), name)) })
    }

    async fn remove(&self) -> Result<(), String> {
        let Some((server, name)) = &self.made else { return Ok(()) };
        let mut server = PgConnection::connect(server).await.map_err(|error| error.to_string())?;
        let drop = sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)")));
        drop.execute(&mut server).await.map(|_| ()).map_err(|error| error.to_string())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = |part: u64| part as f64 / self.interactions as f64;
        let mib = |kib: u64| kib as f64 / 1024.0;
        let share = |ms: u64| ms as f64 / (self.seconds * 1000.0);
        let load = self.rate.map_or_else(|| "saturated".to_owned(), |rate| format!("{rate} a second"));
        writeln!(
            f,
            "{:?}, {load}, {} people, {:.1} s, on {}",
            self.platform, self.people, self.seconds, self.database
        )?;
        writeln!(f, "  answered     {:.0} a second", self.all.count as f64 / self.seconds)?;
        for (kind, times) in &self.by_kind {
            writeln!(f, "  {:<10} {times}", format!("{kind:?}"))?;
        }
        writeln!(f, "  {:<10} {}", "all", self.all)?;
        let with_first = |(count, first): &(usize, Option<String>), of: &str| {
            let first = first.as_ref().map_or_else(String::new, |first| format!(", first: {first}"));
            format!("{count}{of}{first}")
        };
        writeln!(f, "  failed       {}", with_first(&self.failures, ""))?;
        let of = " lines of warning or error in the bot's log";
        writeln!(f, "  complaints   {}", with_first(&self.complaints, of))?;
        writeln!(f, "  ready        {:.0} ms after the start", self.ready.as_secs_f64() * 1000.0)?;
        let (idle, load, peak) = (mib(self.idle_kib), mib(self.load_kib), mib(self.peak_kib));
        writeln!(f, "  memory       {idle:.1} MiB idle, {load:.1} MiB under load, {peak:.1} MiB at most")?;
        let (bot, driver, machine) = (share(self.bot_ms), share(self.driver_ms), share(self.machine_ms));
        writeln!(f, "  processors   {bot:.2} bot, {driver:.2} platform and people, {machine:.2} whole machine")?;
        let Counted { turns, commits, statements } = self.counted;
        let (turns, commits, statements) = (ratio(turns), ratio(commits), ratio(statements));
        write!(f, "  database     {turns:.2} writing turns, {commits:.2} commits, {statements:.2} statements each")
    }
}
