//! What goes wrong in a storm. Every decision follows from the seed and from what is asked for the how-manieth time,
//! never from the machine's pace, so that a seed brings the same weather again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use plsep_sandbox::{FaultKind, Judge, SandboxClock};
use tokio::sync::watch;

/// What can go wrong. Each kind is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ill {
    /// The connection breaks before the platform has done anything.
    CutBefore,
    /// The connection breaks after the platform has done it.
    CutAfter,
    /// An error of the platform's servers, with nothing done.
    ErrorBefore,
    /// An error of the platform's servers, although it is done.
    ErrorAfter,
    /// "Slow down", with a time to wait.
    TooMany,
    /// An answer that is none.
    Garbled,
    /// No answer at all, although it is done.
    Silence,
    /// No answer; it is done some seconds later, when nobody expects it any more.
    Late,
    /// The bot's process dies before the platform has done it.
    DieBefore,
    /// The bot's process dies after the platform has done it, before it could hear so.
    DieAfter,
    /// The bot's process dies between two steps.
    DieIdle,
    /// The bot stays away for hours or days.
    Absence,
    /// A platform fails altogether for a while.
    Outage,
    /// The database is busy.
    Busy,
    /// The database commits, and the connection breaks before it says so.
    CommitLost,
    /// Every socket breaks.
    SocketDropped,
    /// Every socket is closed with a code.
    SocketClosed,
    /// The platform asks to connect anew.
    Reconnect,
    /// The session is void.
    SessionVoid,
    /// What people do is delivered twice.
    Twice,
    /// The bot's clock jumps ahead.
    ClockAhead,
    /// The bot's clock is set back.
    ClockBack,
}

impl Ill {
    /// Every kind, in the order of the report.
    pub const ALL: [Self; 22] = [
        Self::CutBefore,
        Self::CutAfter,
        Self::ErrorBefore,
        Self::ErrorAfter,
        Self::TooMany,
        Self::Garbled,
        Self::Silence,
        Self::Late,
        Self::DieBefore,
        Self::DieAfter,
        Self::DieIdle,
        Self::Absence,
        Self::Outage,
        Self::Busy,
        Self::CommitLost,
        Self::SocketDropped,
        Self::SocketClosed,
        Self::Reconnect,
        Self::SessionVoid,
        Self::Twice,
        Self::ClockAhead,
        Self::ClockBack,
    ];

    /// Its name in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::CutBefore => "cut before",
            Self::CutAfter => "cut after",
            Self::ErrorBefore => "5xx before",
            Self::ErrorAfter => "5xx after",
            Self::TooMany => "429",
            Self::Garbled => "garbled answer",
            Self::Silence => "no answer",
            Self::Late => "done late",
            Self::DieBefore => "death before",
            Self::DieAfter => "death after",
            Self::DieIdle => "death between",
            Self::Absence => "long absence",
            Self::Outage => "outage",
            Self::Busy => "database busy",
            Self::CommitLost => "commit unheard",
            Self::SocketDropped => "socket dropped",
            Self::SocketClosed => "socket closed",
            Self::Reconnect => "asked to reconnect",
            Self::SessionVoid => "session void",
            Self::Twice => "delivered twice",
            Self::ClockAhead => "clock ahead",
            Self::ClockBack => "clock set back",
        }
    }
}

/// What a request is for, as far as its risks go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// To get connected.
    Door,
    /// The first or a later word of an answer that a person waits for.
    Answer,
    /// To look at something.
    Look,
    /// To change something.
    Deed,
}

/// In ten thousand requests of a sort, so many go wrong so.
const fn risks(sort: Sort) -> &'static [(Ill, u64)] {
    match sort {
        Sort::Door => &[(Ill::CutBefore, 120), (Ill::ErrorBefore, 120)],
        Sort::Answer => &[
            (Ill::CutBefore, 60),
            (Ill::CutAfter, 60),
            (Ill::ErrorBefore, 40),
            (Ill::ErrorAfter, 40),
            (Ill::DieBefore, 30),
            (Ill::DieAfter, 30),
        ],
        Sort::Look => &[
            (Ill::CutBefore, 80),
            (Ill::ErrorBefore, 80),
            (Ill::TooMany, 50),
            (Ill::Garbled, 30),
            (Ill::DieBefore, 30),
        ],
        Sort::Deed => &[
            (Ill::CutBefore, 120),
            (Ill::CutAfter, 150),
            (Ill::ErrorBefore, 80),
            (Ill::ErrorAfter, 120),
            (Ill::TooMany, 90),
            (Ill::Garbled, 60),
            (Ill::Late, 50),
            (Ill::Silence, 15),
            (Ill::DieBefore, 60),
            (Ill::DieAfter, 90),
        ],
    }
}

/// A client waits for an answer in real time, so only so many stay away in one season.
const SILENCES: u32 = 2;
/// The longest pause a platform asks for, in seconds.
const PAUSE_MAX: u64 = 40;
/// How much later a late request is carried out at most, in milliseconds of the world.
const LATE_MAX_MS: u64 = 14_000;

/// What a moment of the database is called, and how often in ten thousand it goes wrong.
pub(super) const DATABASE_RISK: u64 = 25;

/// A request that a platform has asked to be left alone.
struct Pause {
    until_ms: i64,
}

#[derive(Default)]
struct State {
    /// The moment of the world to which `asked` belongs.
    moment: i64,
    /// How often each thing was asked in this moment.
    asked: BTreeMap<String, u64>,
    counts: BTreeMap<Ill, u64>,
    silences: u32,
    calm: bool,
    /// A process starts: only then does anything go wrong on the way to a connection, because a client that connects
    /// anew by itself does so at the machine's pace.
    starting: bool,
    /// There is one process.
    alone: bool,
    /// The bot dies as soon as the request at hand is left without an answer.
    dying: bool,
    outages: BTreeMap<&'static str, i64>,
    pauses: BTreeMap<String, Pause>,
    broken: Vec<String>,
    story: Vec<(i64, String)>,
    requests: u64,
}

/// The weather of one season. Clones share it.
#[derive(Clone)]
pub(super) struct Weather {
    seed: u64,
    clock: SandboxClock,
    state: Arc<Mutex<State>>,
    death: Arc<watch::Sender<bool>>,
}

impl Weather {
    /// The weather of this seed; calm until [`Weather::begin`].
    pub fn new(seed: u64, clock: SandboxClock, processes: usize) -> Self {
        let state = State { calm: true, alone: processes == 1, ..State::default() };
        Self { seed, clock, state: Arc::new(Mutex::new(state)), death: Arc::new(watch::Sender::new(false)) }
    }

    /// From now on things go wrong.
    pub fn begin(&self) {
        self.state().calm = false;
    }

    /// Whether a process starts just now.
    pub fn starting(&self, starting: bool) {
        self.state().starting = starting;
    }

    /// From now on nothing goes wrong any more.
    pub fn calm(&self) {
        let mut state = self.state();
        state.calm = true;
        state.outages.clear();
    }

    /// A number below `below` that only the seed, `what`, the moment of the world, and the how-manieth time in this
    /// moment decide: what differs in one moment does not spread to the next.
    pub fn roll(&self, what: &str, below: u64) -> u64 {
        let now = self.clock.now_ms();
        let mut state = self.state();
        if state.moment != now {
            state.moment = now;
            state.asked.clear();
        }
        let nth = state.asked.entry(what.to_owned()).or_default();
        *nth += 1;
        let nth = *nth;
        drop(state);
        mixed(self.seed ^ now.unsigned_abs().wrapping_mul(0x2545_f491_4f6c_dd1d), what, nth) % below.max(1)
    }

    /// Whether it happens now, at a risk of so many in ten thousand.
    pub fn happens(&self, what: &str, in_ten_thousand: u64) -> bool {
        let roll = self.roll(what, 10_000);
        roll < in_ten_thousand && !self.state().calm
    }

    /// Counts something that went wrong, and tells it.
    pub fn count(&self, ill: Ill, what: &str) {
        *self.state().counts.entry(ill).or_default() += 1;
        self.tell(format!("{}: {what}", ill.key()));
    }

    /// Notes something for the timeline.
    pub fn tell(&self, what: String) {
        let now = self.clock.now_ms();
        self.state().story.push((now, what));
    }

    /// A promise was not kept.
    pub fn broke(&self, what: String) {
        self.tell(format!("NOT KEPT: {what}"));
        self.state().broken.push(what);
    }

    /// Everything that happened, with the world's time in milliseconds.
    pub fn story(&self) -> Vec<(i64, String)> {
        self.state().story.clone()
    }

    /// Promises that were broken on the way.
    pub fn broken(&self) -> Vec<String> {
        self.state().broken.clone()
    }

    /// How often each kind happened.
    pub fn counts(&self) -> BTreeMap<&'static str, u64> {
        let state = self.state();
        Ill::ALL.iter().map(|ill| (ill.key(), state.counts.get(ill).copied().unwrap_or_default())).collect()
    }

    /// Requests that were judged.
    pub fn requests(&self) -> u64 {
        self.state().requests
    }

    /// A platform fails altogether until this moment of the world.
    pub fn outage(&self, platform: &'static str, until_ms: i64) {
        self.state().outages.insert(platform, until_ms);
    }

    /// Becomes true when the bot's process has to die.
    pub fn death(&self) -> watch::Receiver<bool> {
        self.death.subscribe()
    }

    /// Nobody is left who was asked for a pause: who starts anew knows nothing of it.
    pub fn forget_pauses(&self) {
        self.state().pauses.clear();
    }

    /// The dead are buried.
    pub fn buried(&self) {
        self.death.send_replace(false);
        self.state().dying = false;
    }

    /// Who decides about the requests to a platform.
    pub fn judge(&self, platform: &'static str) -> Arc<dyn Judge> {
        Arc::new(AtPlatform { weather: self.clone(), platform })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The one thing that goes wrong with this request, if any.
    fn strike(&self, request: &Request<'_>) -> Option<Ill> {
        let roll = self.roll(&request.key(), 10_000);
        let mut state = self.state();
        state.requests += 1;
        if state.calm || state.dying || (request.sort == Sort::Door && !state.starting) {
            return None;
        }
        let mut edge = 0;
        let (ill, _) = risks(request.sort).iter().find(|(_, risk)| {
            edge += risk;
            roll < edge
        })?;
        if *ill == Ill::Silence {
            if state.silences >= SILENCES {
                return None;
            }
            state.silences += 1;
        }
        Some(*ill)
    }

    /// Whether a platform fails altogether now.
    pub fn in_outage(&self, platform: &str) -> bool {
        self.outage_until(platform).is_some()
    }

    /// Until when a platform that fails altogether will, in milliseconds of the world.
    pub fn outage_until(&self, platform: &str) -> Option<i64> {
        let now = self.clock.now_ms();
        let mut state = self.state();
        if state.outages.get(platform).is_some_and(|until| *until <= now) {
            state.outages.remove(platform);
        }
        state.outages.get(platform).copied()
    }

    /// A request that came although the platform had asked for a pause.
    fn check_pause(&self, request: &Request<'_>) {
        let now = self.clock.now_ms();
        let key = request.bucket();
        let left = self.state().pauses.get(&key).map(|pause| pause.until_ms - now).filter(|left| *left > 0);
        if let Some(left) = left {
            self.broke(format!(
                "polite: {key} came {left} ms before the pause was over that {} asked for",
                request.platform
            ));
        }
    }

    /// A pause is told to the process that asked. Processes that share the work do not tell each other, so only one
    /// that is alone is held to it.
    fn pause(&self, request: &Request<'_>, seconds: u64) {
        if !self.state().alone {
            return;
        }
        let until_ms = self.clock.now_ms() + i64::try_from(seconds * 1000).unwrap_or(i64::MAX);
        self.state().pauses.insert(request.bucket(), Pause { until_ms });
    }
}

/// One request, as the weather knows it.
struct Request<'a> {
    platform: &'static str,
    method: &'a str,
    path: &'a str,
    about: &'a str,
    sort: Sort,
}

impl<'a> Request<'a> {
    fn new(platform: &'static str, method: &'a str, path: &'a str, about: &'a str) -> Self {
        let path = path.split('?').next().unwrap_or_default();
        Self { platform, method, path, about, sort: sort(method, path) }
    }

    /// The request without ids and tokens.
    fn key(&self) -> String {
        let parts: Vec<&str> = self.path.split('/').collect();
        let shape = parts.iter().map(|part| if part.len() > 25 || part.parse::<u64>().is_ok() { ":" } else { part });
        let shape: Vec<&str> = match (parts.get(1), parts.get(2)) {
            (Some(&"actions"), _) => vec!["", "actions"],
            (Some(&"commands"), _) => vec!["", "commands"],
            _ => shape.collect(),
        };
        format!("{} {} {}", self.platform, self.method, shape.join("/"))
    }

    /// The request with its ids.
    fn exact(&self) -> String {
        format!("{} {} {}", self.method, self.path, self.about).trim_end().to_owned()
    }

    /// What a pause is for: Slack counts messages by conversation, and everything else by method.
    fn bucket(&self) -> String {
        if self.platform == "discord" || self.path.ends_with("chat.postMessage") {
            self.exact()
        } else {
            format!("{} {}", self.method, self.path)
        }
    }
}

fn sort(method: &str, path: &str) -> Sort {
    const DOORS: [&str; 6] =
        ["/gateway", "/users/@me", "/applications", "apps.connections.open", "auth.test", "/link/"];
    const ANSWERS: [&str; 8] = [
        "/interactions/",
        "/webhooks/",
        "/actions/",
        "/commands/",
        "views.open",
        "views.push",
        "views.update",
        "views.publish",
    ];
    const LOOKS: [&str; 5] = [".info", ".history", ".members", "users.conversations", "team.info"];
    let is = |words: &[&str]| words.iter().any(|word| path.contains(word));
    if path.ends_with("/users/@me/channels") {
        Sort::Deed
    } else if is(&DOORS) {
        Sort::Door
    } else if is(&ANSWERS) {
        Sort::Answer
    } else if method == "GET" || is(&LOOKS) {
        Sort::Look
    } else {
        Sort::Deed
    }
}

struct AtPlatform {
    weather: Weather,
    platform: &'static str,
}

impl Judge for AtPlatform {
    fn judge(&self, method: &str, path: &str, about: &str) -> Option<FaultKind> {
        let request = Request::new(self.platform, method, path, about);
        if takes_away(method, request.path) {
            // No request of a storm is late for longer than the bot waits before it looks, so nothing should ever have
            // stood there twice.
            self.weather.broke(format!("exactly once: {} was to be seen twice for a while", request.exact()));
        }
        let away = self.weather.in_outage(self.platform);
        let ill = if away { None } else { self.weather.strike(&request) };
        if request.sort != Sort::Answer && request.sort != Sort::Door {
            self.weather.check_pause(&request);
        }
        if away {
            return Some(FaultKind::Answer { status: 503, headers: vec![], body: "upstream is away".to_owned() });
        }
        let ill = ill?;
        self.weather.count(ill, &request.exact());
        Some(match ill {
            Ill::CutBefore => FaultKind::CutBefore,
            Ill::CutAfter => FaultKind::CutAfterEffect,
            Ill::ErrorBefore => FaultKind::Answer { status: 502, headers: vec![], body: "<html>".to_owned() },
            Ill::ErrorAfter => FaultKind::AnswerAfterEffect { status: 500, body: "{}".to_owned() },
            Ill::Garbled => FaultKind::AnswerAfterEffect { status: 200, body: "<html>hm</html>".to_owned() },
            Ill::Late => {
                let after = 1 + self.weather.roll("late", LATE_MAX_MS);
                FaultKind::Late(i64::try_from(after).unwrap_or(1))
            }
            Ill::TooMany => {
                let seconds = 1 + self.weather.roll("pause", PAUSE_MAX);
                self.weather.pause(&request, seconds);
                too_many(self.platform, seconds)
            }
            Ill::DieBefore => {
                self.weather.state().dying = true;
                FaultKind::Swallow
            }
            Ill::DieAfter => {
                self.weather.state().dying = true;
                FaultKind::NeverAnswer
            }
            _ => FaultKind::NeverAnswer,
        })
    }

    fn silent(&self) {
        if self.weather.state().dying {
            self.weather.death.send_replace(true);
        }
    }
}

/// Whether the bot takes something of its own away that people could see.
fn takes_away(method: &str, path: &str) -> bool {
    path.ends_with("/chat.delete") || (method == "DELETE" && path.contains("/channels/"))
}

fn too_many(platform: &str, seconds: u64) -> FaultKind {
    let mut headers = vec![("retry-after".to_owned(), seconds.to_string())];
    let body = if platform == "discord" {
        headers.push(("x-ratelimit-scope".to_owned(), "shared".to_owned()));
        serde_json::json!({"message": "The resource is being rate limited.", "retry_after": seconds, "global": false})
    } else {
        serde_json::json!({"ok": false, "error": "ratelimited"})
    };
    FaultKind::Answer { status: 429, headers, body: body.to_string() }
}

/// A number that looks like chance and is not.
fn mixed(seed: u64, what: &str, nth: u64) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bytes = what.bytes().chain(nth.to_le_bytes());
    let mut hash = bytes.fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    for _ in 0..2 {
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    }
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_brings_the_same_weather_and_another_seed_another() {
        let rolls = |seed| {
            let weather = Weather::new(seed, SandboxClock::still(0), 1);
            (0..50).map(|_| weather.roll("POST /x", 10_000)).collect::<Vec<_>>()
        };
        assert_eq!(rolls(1), rolls(1));
        assert_ne!(rolls(1), rolls(2));
    }

    #[test]
    fn every_risk_of_a_sort_comes_up() {
        let weather = Weather::new(7, SandboxClock::still(0), 1);
        weather.begin();
        let request = Request::new("discord", "POST", "/api/v10/channels/17/messages", "");
        let struck: std::collections::BTreeSet<Ill> = (0..20_000).filter_map(|_| weather.strike(&request)).collect();
        assert_eq!(struck.len(), risks(Sort::Deed).len());
    }

    #[test]
    fn requests_are_known_by_their_shape() {
        let key = |path| Request::new("discord", "POST", path, "").key();
        assert_eq!(key("/api/v10/channels/123/messages?x=1"), "discord POST /api/v10/channels/:/messages");
        let slack = |path| Request::new("slack", "POST", path, "");
        assert_eq!(slack("/actions/T1/123/abc").key(), "slack POST /actions");
        assert!(slack("/api/views.open").sort == Sort::Answer);
        assert!(slack("/api/conversations.history").sort == Sort::Look);
        assert!(slack("/api/conversations.create").sort == Sort::Deed);
    }

    #[test]
    fn nothing_goes_wrong_in_calm_weather() {
        let weather = Weather::new(7, SandboxClock::still(0), 1);
        let judge = weather.judge("slack");
        assert!((0..5_000).all(|_| judge.judge("POST", "/api/chat.postMessage", "C1").is_none()));
        assert_eq!(weather.requests(), 5_000);
    }
}
