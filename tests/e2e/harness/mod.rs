//! A small community on one platform with the bot on it. A story gets it fresh, tells what people do, and is checked
//! afterwards for what nobody may ever see: unknown requests, overdue messages, dead letters, failures, errors.

pub mod answers;
mod crowd;
mod errors;
mod forging;
#[path = "../../store/kept.rs"]
pub mod kept;
mod pairing;
mod person;
pub mod postgres;
mod readable;

use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use plsep_bot::chat::{Limits, UserRef};
use plsep_bot::cli::stage::{Stage, StageOptions};
use plsep_bot::clock::within;
use plsep_bot::config::{ProgramSource, load_program};
use plsep_bot::flows::roster::follow_up;
use plsep_bot::store::{Application, Pair, Ruled};
use plsep_bot::words::Catalogue;
use plsep_bot::{discord, slack};
use plsep_domain::watch::WatchRule;
use plsep_domain::{CommunityId, ConcernKind, Lang, Preferences, Program, RosterEntry};
use plsep_sandbox::person::PlaceKind;
use plsep_sandbox::{Fault, FaultKind, NewResident, Platform, SandboxClock, Seen};

pub use forging::{By, Loss};
pub use person::Person;

use errors::Errors;

/// Where a story is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Both,
    Discord,
    Slack,
}
pub use On::{Both, Discord as OnDiscord, Slack as OnSlack};

/// Longest real wait for something that must happen.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the platforms' own pace may put off a round of messages.
const A_WHILE: TimeDelta = TimeDelta::hours(6);

/// All words, read once for all stories.
static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::embedded()));

/// How a story's community is set up.
pub struct Setup {
    /// Local time at which it begins.
    pub from: &'static str,
    /// How long a flow may take before its answer is deferred.
    pub reply_deadline: Duration,
    /// Address of the database.
    pub database: String,
    /// Changes the season before the story begins.
    pub program: fn(&mut Program),
    /// Coordinators get the week's digest and hear of silent pairs, as the program ships. Elsewhere these would come
    /// between what a story lets go wrong and what it means by it.
    pub watched: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            from: "2025-01-20 10:00",
            reply_deadline: Duration::from_secs(2),
            database: "sqlite::memory:".to_owned(),
            program: |_| {},
            watched: false,
        }
    }
}

/// What a story says it expects of what nobody may otherwise see.
#[derive(Default)]
struct Expected {
    dead_letters: Vec<String>,
    errors: Vec<String>,
    unanswered: usize,
}

/// One telling of a story. Clones tell the same one.
#[derive(Clone)]
pub struct Story {
    pub stage: Arc<Stage>,
    pub program: Arc<Program>,
    platform: Arc<dyn Platform>,
    expected: Arc<Mutex<Expected>>,
    errors: Errors,
}

/// Tells a story on the usual stage.
pub async fn run_test(on: On, story: impl AsyncFn(Story)) {
    run_test_with(on, Setup::default(), story).await;
}

/// Tells a story on a stage of its own.
pub async fn run_test_with(on: On, setup: Setup, story: impl AsyncFn(Story)) {
    for discord in [true, false] {
        if on == if discord { On::Slack } else { On::Discord } {
            continue;
        }
        println!("-- on {}", if discord { "Discord" } else { "Slack" });
        let errors = Errors::default();
        let _listening = errors.listen();
        let told = Story::begin(discord, &setup, errors).await;
        story(told.clone()).await;
        told.finish().await;
    }
}

/// Tells a story of several processes, each time on a fresh PostgreSQL database; where there is no server, that is
/// said aloud. The story gets the database's address.
pub async fn run_shared_test(on: On, story: impl AsyncFn(Story, &str)) {
    let Some(server) = postgres::server() else { return };
    for on in [On::Discord, On::Slack].into_iter().filter(|one| on == On::Both || on == *one) {
        let database = postgres::fresh(&server).await;
        let setup = Setup { database: database.clone(), ..Setup::default() };
        run_test_with(on, setup, async |t| story(t, &database).await).await;
        postgres::remove(&server, &database).await;
    }
}

/// The usual cast: handle, name, zone. Whoever is on the roster stands in [`ROSTER`].
const CAST: [(&str, &str, &str); 7] = [
    ("dana", "Dana Whitaker", "America/Los_Angeles"),
    ("sam", "Samantha Ortiz", "America/Los_Angeles"),
    ("ada", "Ada Reyes", "America/Los_Angeles"),
    ("ben", "Ben Okafor", "America/Los_Angeles"),
    ("grace", "Grace Lindqvist", "America/Los_Angeles"),
    ("marcus", "Marcus Bell", "America/Los_Angeles"),
    ("zoe", "Zoe Stranger", "America/Los_Angeles"),
];

/// Mentees who are on the roster.
const ROSTER: [&str; 2] = ["ada", "ben"];

impl Story {
    async fn begin(on_discord: bool, setup: &Setup, errors: Errors) -> Self {
        let mut program = load_program(&ProgramSource::default()).expect("the shipped program loads");
        if !setup.watched {
            program.watch = WatchRule { digest_cron: "0 9 1 1 *".to_owned(), silent_after_days: 366 };
        }
        (setup.program)(&mut program);
        let from = local(&program, setup.from);
        let stage = Stage::open(StageOptions {
            discord: on_discord.then_some(0),
            slack: (!on_discord).then_some(0),
            clock: SandboxClock::still(from.timestamp_millis()),
            database: setup.database.clone(),
            program: program.clone(),
            record: None,
            bot: true,
            by_itself: false,
            reply_deadline: setup.reply_deadline,
        })
        .await
        .expect("the stage stands");
        let platform = stage.platforms().remove(0);
        let told = Self { stage, program: Arc::new(program), platform, expected: Arc::default(), errors };
        for (handle, name, zone) in CAST {
            told.joins(NewResident {
                owner: handle == "dana",
                admin: handle == "dana",
                ..resident(handle, name, zone)
            });
        }
        told.settle().await;
        for handle in ROSTER {
            told.puts_on_roster(handle).await;
        }
        told.person("dana").commands("coordinators add", &[("person", "@sam")]).await;
        told
    }

    /// Somebody of the community.
    pub fn person(&self, handle: &str) -> Person {
        Person::new(self.clone(), handle)
    }

    /// Somebody joins.
    pub fn joins(&self, who: NewResident) {
        self.platform.join(who).expect("the handle is free");
    }

    /// The office puts somebody on the roster, by their account.
    pub async fn puts_on_roster(&self, handle: &str) {
        let who = self.platform.residents().into_iter().find(|who| who.handle == handle).expect("somebody of the cast");
        let entry = RosterEntry {
            name: who.name.clone(),
            email: who.email.clone().unwrap_or_default(),
            chat_user: Some(who.id.clone()),
            library_system: "Fresno County Public Library".to_owned(),
            active: true,
        };
        let mut tx = self.stage.store.write().await.expect("the database takes it");
        let community = self.community_in(&mut tx).await;
        tx.put_roster_entry(community, &entry, self.now()).await.expect("the entry is sound");
        tx.commit().await.expect("the database takes it");
    }

    /// The office imports lines of the roster.
    pub async fn imports(&self, lines: &[RosterEntry]) {
        let mut tx = self.stage.store.write().await.expect("the database takes it");
        let community = self.community_in(&mut tx).await;
        let before = tx.roster(community).await.expect("it reads");
        for line in lines {
            tx.put_roster_entry(community, line, self.now()).await.expect("the entry is sound");
        }
        let catalogue = &*CATALOGUE;
        follow_up(&mut tx, catalogue, community, before, self.now()).await.expect("the database takes it");
        tx.commit().await.expect("the database takes it");
    }

    /// How many lines the roster has.
    pub async fn roster_size(&self) -> usize {
        let mut tx = self.stage.store.read().await.expect("the database answers");
        let community = self.community_in(&mut tx).await;
        tx.roster(community).await.expect("it reads").len()
    }

    /// The keys of the community's seasons, oldest first.
    pub async fn seasons(&self) -> Vec<String> {
        let mut tx = self.stage.store.read().await.expect("the database answers");
        let community = self.community_in(&mut tx).await;
        let all = tx.seasons().await.expect("it reads").into_iter();
        all.filter(|season| season.community == community).map(|season| season.program.key.clone()).collect()
    }

    /// The program of the season is another one from now on.
    pub async fn changes_program(&self, change: impl FnOnce(&mut Program)) {
        let mut tx = self.stage.store.write().await.expect("the database takes it");
        let community = self.community_in(&mut tx).await;
        let mut season = tx.current_season(community).await.expect("it reads").expect("there is one");
        change(Arc::make_mut(&mut season.program));
        tx.save_program(season.id, &season.program).await.expect("the database takes it");
        tx.commit().await.expect("the database takes it");
    }

    /// What waits for a coordinator's eye, oldest first.
    pub async fn concerns(&self) -> Vec<ConcernKind> {
        let mut tx = self.stage.store.read().await.expect("the database answers");
        let community = self.community_in(&mut tx).await;
        let open = tx.open_concerns(community).await.expect("it reads");
        open.into_iter().map(|concern| concern.kind).collect()
    }

    pub fn on_discord(&self) -> bool {
        self.platform.key() == "discord"
    }

    pub fn platform(&self) -> &Arc<dyn Platform> {
        &self.platform
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.stage.now()
    }

    /// A moment of the program's zone.
    pub fn at(&self, local_time: &str) -> DateTime<Utc> {
        local(&self.program, local_time)
    }

    /// Time passes, and everything due on the way happens.
    pub async fn travel_to(&self, local_time: &str) {
        self.stage.travel_to(self.at(local_time)).await.expect("the world comes to rest");
    }

    /// The clock moves while the bot is busy or gone, so that nothing happens on the way.
    pub fn clock_jumps_to(&self, local_time: &str) {
        self.stage.clock.travel_to(self.at(local_time).timestamp_millis());
    }

    /// Everybody is answered.
    pub async fn settle(&self) {
        self.stage.settle().await.expect("the world comes to rest");
    }

    /// Everything under way arrives, also what a platform's pace has put off.
    pub async fn drain(&self) {
        self.stage.drain(A_WHILE).await.expect("the world comes to rest");
    }

    /// Waits in real time until something is so.
    pub async fn until(&self, what: &str, so: impl Fn() -> bool) {
        let mut changes = self.platform.changes();
        while !so() {
            let waited = within(PATIENCE, changes.changed()).await;
            assert!(waited.is_ok(), "still not so: {what}");
        }
    }

    /// A coordinator ends somebody's coordinating.
    pub async fn removes_coordinator(&self, handle: &str) {
        self.person("sam").commands("coordinators remove", &[("person", &format!("@{handle}"))]).await;
    }

    /// The season's pairs, oldest first.
    pub async fn pairs(&self) -> Vec<Pair> {
        let mut tx = self.stage.store.read().await.expect("the database answers");
        let community = self.community_in(&mut tx).await;
        let season = tx.current_season(community).await.expect("it reads").expect("there is one");
        tx.pairs(season.id).await.expect("it reads")
    }

    /// Every meeting, pair by pair.
    pub async fn meetings(&self) -> Vec<plsep_bot::store::Meeting> {
        let pairs = self.pairs().await;
        let mut tx = self.stage.store.read().await.expect("the database answers");
        let mut all = Vec::new();
        for pair in pairs {
            all.extend(tx.meetings_of(pair.id).await.expect("it reads"));
        }
        all
    }

    /// Somebody's clock and language, as they have set them.
    pub async fn lives_in(&self, handle: &str, zone: &str, lang: Lang) {
        let zone = zone.parse().ok();
        self.prefers(handle, |known| Preferences { zone, lang: Some(lang), ..known }).await;
    }

    /// What somebody has set for themselves.
    pub async fn prefers(&self, handle: &str, set: impl Fn(Preferences) -> Preferences) {
        let mut tx = self.stage.store.write().await.expect("the database takes it");
        let community = self.community_in(&mut tx).await;
        let user = UserRef(self.id_of(handle));
        let person = tx.person_at(community, &user).await.expect("it reads").expect("somebody of the cast");
        tx.set_preferences(person.id, &set(person.preferences)).await.expect("it is taken");
        tx.commit().await.expect("the database takes it");
    }

    /// Somebody's application as it is kept.
    pub async fn application(&self, handle: &str) -> Option<Application> {
        let mut tx = self.stage.store.read().await.expect("the database answers");
        let community = self.community_in(&mut tx).await;
        let season = tx.current_season(community).await.expect("it reads").expect("there is one");
        let all = tx.applications(season.id).await.expect("it reads");
        let id = self.id_of(handle);
        all.into_iter().find(|(_, person)| person.user.0 == id).map(|(application, _)| application)
    }

    /// What is decided about pairs.
    pub async fn rulings(&self) -> Vec<Ruled> {
        let mut tx = self.stage.store.read().await.expect("the database answers");
        let community = self.community_in(&mut tx).await;
        let season = tx.current_season(community).await.expect("it reads").expect("there is one");
        tx.rulings(season.id).await.expect("it reads")
    }

    /// The audit log, oldest first: who (a handle, or `bot`) and what.
    pub async fn audit(&self) -> Vec<String> {
        use plsep_bot::store::AuditWho;
        let mut tx = self.stage.store.read().await.expect("the database answers");
        let community = self.community_in(&mut tx).await;
        let people = tx.people(community).await.expect("it reads");
        let residents = self.platform.residents();
        let entries = tx.audit(community, 1000).await.expect("it reads");
        let mut lines: Vec<String> = entries
            .into_iter()
            .map(|entry| {
                let who = match entry.who {
                    AuditWho::Bot => "bot".to_owned(),
                    AuditWho::Operator => "operator".to_owned(),
                    AuditWho::Person(id) => people
                        .iter()
                        .find(|person| person.id == id)
                        .and_then(|person| residents.iter().find(|it| it.id == person.user.0))
                        .map_or_else(|| "somebody".to_owned(), |it| it.handle.clone()),
                };
                format!("{who}: {}", entry.action)
            })
            .collect();
        lines.reverse();
        lines
    }

    pub async fn community_in(&self, tx: &mut plsep_bot::store::Tx) -> CommunityId {
        let all = tx.communities().await.expect("it reads");
        all.iter().find(|it| it.at.chat == self.platform.key()).expect("the bot knows its community").id
    }

    /// The platform's id of a person.
    pub fn id_of(&self, handle: &str) -> String {
        self.platform.residents().into_iter().find(|who| who.handle == handle).expect("somebody of the cast").id
    }

    /// The platform delivers the newest interaction once more.
    pub fn delivers_again(&self) {
        let delivered = match (&self.stage.discord, &self.stage.slack) {
            (Some(discord), _) => discord.sockets().deliver_again(),
            (None, Some(slack)) => slack.deliver_again(),
            (None, None) => false,
        };
        assert!(delivered, "there is an interaction, and somebody to take it");
    }

    /// The next requests that match go wrong so.
    pub fn goes_wrong(&self, matching: &str, kind: FaultKind, skip: u32) {
        let fault = Fault { matching: matching.to_owned(), times: 1, skip, kind };
        self.faults().add(fault);
    }

    /// Whether somebody takes direct messages of the bot: their own setting on Discord, on Slack one of the app for
    /// everybody.
    pub fn directs_closed(&self, handle: &str, closed: bool) {
        match (&self.stage.discord, &self.stage.slack) {
            (Some(discord), _) => discord.close_directs(handle, closed),
            (None, Some(slack)) => slack.set_messages_tab(!closed),
            (None, None) => panic!("there is no platform"),
        }
    }

    /// Faults that have not happened yet.
    pub fn faults_left(&self) -> u32 {
        self.faults().left()
    }

    /// Nothing goes wrong any more.
    pub fn forgets_faults(&self) {
        self.faults().clear();
    }

    fn faults(&self) -> &plsep_sandbox::Faults {
        match (&self.stage.discord, &self.stage.slack) {
            (Some(discord), _) => discord.faults(),
            (None, Some(slack)) => slack.faults(),
            (None, None) => panic!("there is no platform"),
        }
    }

    /// Says that a message with this key cannot be delivered in this story.
    pub fn expects_dead_letter(&self, key: &str) {
        self.expecting().dead_letters.push(key.to_owned());
    }

    /// Says that an error with these words is logged in this story.
    pub fn expects_error(&self, words: &str) {
        self.expecting().errors.push(words.to_owned());
    }

    /// Says that so many answers do not get through to anybody in this story, as far as the platform says so.
    pub fn expects_no_answer(&self, times: usize) {
        self.expecting().unanswered = times;
    }

    /// Everything that the bot has written into its log in this story.
    pub fn whole_log(&self) -> String {
        self.errors.whole_log()
    }

    fn expecting(&self) -> std::sync::MutexGuard<'_, Expected> {
        self.expected.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that everybody sees.
    pub fn everything(&self) -> Vec<Seen> {
        let people = self.platform.residents().into_iter().filter(|who| who.present);
        people.flat_map(|who| self.person(&who.handle).everything()).collect()
    }

    /// Compares what somebody saw with what is on file for this platform.
    pub fn snapshot(&self, name: &str, text: &str) {
        insta::assert_snapshot!(format!("{name}_{}", self.platform.key()), text);
    }

    async fn finish(self) {
        self.settle().await;
        let unknown = match (&self.stage.discord, &self.stage.slack) {
            (Some(discord), _) => discord.unknown_routes(),
            (None, Some(slack)) => slack.unknown_routes(),
            (None, None) => vec![],
        };
        assert_eq!(unknown, Vec::<String>::new(), "the bot asked for what does not exist");
        let failures: Vec<String> =
            self.everything().into_iter().filter(|seen| seen.failure).map(|seen| seen.text).collect();
        let unanswered = self.expecting().unanswered;
        assert!(failures.len() <= unanswered, "somebody was left without an answer: {failures:?}");
        let said = match (&self.stage.discord, &self.stage.slack) {
            (Some(discord), _) => discord.bot_messages(),
            (None, Some(slack)) => slack.bot_messages(),
            (None, None) => vec![],
        };
        let unreadable: Vec<String> =
            said.iter().flat_map(|message| readable::flaws(message, self.on_discord())).collect();
        assert_eq!(unreadable, Vec::<String>::new(), "not everybody can read this");
        let mut tx = self.stage.store.read().await.expect("the database answers");
        let due = tx.next_due().await.expect("it reads");
        assert!(due.is_none_or(|at| at > self.now()), "something is overdue since {due:?}");
        let community = self.community_in(&mut tx).await;
        let dead = tx.dead_letters(community).await.expect("it reads");
        drop(tx);
        let Expected { dead_letters, errors, .. } = std::mem::take(&mut *self.expecting());
        let unexpected: Vec<String> = dead
            .iter()
            .filter(|letter| !dead_letters.iter().any(|key| letter.key.starts_with(key.as_str())))
            .map(|letter| format!("{}: {}", letter.key, letter.error))
            .collect();
        assert_eq!(unexpected, Vec::<String>::new(), "dead letters");
        let missing: Vec<&String> =
            dead_letters.iter().filter(|key| !dead.iter().any(|letter| letter.key.starts_with(key.as_str()))).collect();
        assert_eq!(missing, Vec::<&String>::new(), "dead letters that the story promised");
        self.errors.only(&errors);
        self.stage.close().await;
    }
}

/// A person's private place with their partner, by kind.
pub fn is_room(place: &plsep_sandbox::Place) -> bool {
    place.kind == PlaceKind::Private && !place.name.contains("coordinators")
}

/// Somebody who may join.
pub fn resident(handle: &str, name: &str, zone: &str) -> NewResident {
    NewResident {
        handle: handle.to_owned(),
        name: name.to_owned(),
        email: Some(format!("{handle}@libraries.example")),
        locale: "en-US".to_owned(),
        zone: zone.to_owned(),
        owner: false,
        admin: false,
        dms_closed: false,
    }
}

fn limits(chat: &str) -> Limits {
    if chat == slack::NAME { slack::LIMITS } else { discord::LIMITS }
}

fn local(program: &Program, local_time: &str) -> DateTime<Utc> {
    let parsed = NaiveDateTime::parse_from_str(local_time, "%Y-%m-%d %H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(local_time, "%Y-%m-%d %H:%M:%S"))
        .expect("a story writes moments as 2025-02-17 23:59 or 2025-02-17 23:59:59");
    let zoned = parsed.and_local_timezone(program.calendar.zone()).earliest();
    zoned.expect("a moment that exists").with_timezone(&Utc)
}
