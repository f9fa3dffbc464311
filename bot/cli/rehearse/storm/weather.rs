//! What goes wrong in a storm. Every decision follows from the seed and from what is asked for the how-manieth time,
//! never from the machine's pace, so that a seed brings the same weather again.

mod ills;
mod judge;
mod request;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use plsep_sandbox::SandboxClock;
use tokio::sync::watch;

pub(super) use ills::Ill;

/// What a moment of the database is called, and how often in ten thousand it goes wrong.
pub(super) const DATABASE_RISK: u64 = 25;

/// How often in ten thousand the database is slow while somebody waits for an answer, how often in one season at most
/// (it is slow in real time), and for how long: for longer than the bot lets anybody wait.
const SLOW_RISK: u64 = 40;
const SLOWS: u32 = 1;
const SLOW: Duration = Duration::from_millis(2_300);
/// How often in ten thousand steps a process stalls that shares the work, and for how long in real time: long enough for
/// another one to do its work.
const STALL_RISK: u64 = 100;
const STALL: Duration = Duration::from_millis(400);

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
    /// The next transaction that writes takes long.
    slow: Option<Slow>,
    /// Slow databases so far.
    slows: u32,
    /// Conversations of people who let nobody write to them.
    doors_shut: BTreeSet<String>,
    /// Places in which the bot may not write.
    barred: BTreeSet<String>,
    /// When a list was last behind, in milliseconds of the world.
    behind_ms: Option<i64>,
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
    stall: Arc<watch::Sender<bool>>,
}

/// Why the database is about to be slow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slow {
    /// Somebody waits for an answer.
    Answer,
    /// A process is to stall over the next thing it has carried out.
    AfterDeed,
    /// It has carried it out.
    Now,
}

impl Weather {
    /// The weather of this seed; calm until [`Weather::begin`].
    pub fn new(seed: u64, clock: SandboxClock, processes: usize) -> Self {
        let state = State { calm: true, alone: processes == 1, ..State::default() };
        Self {
            seed,
            clock,
            state: Arc::new(Mutex::new(state)),
            death: Arc::new(watch::Sender::new(false)),
            stall: Arc::new(watch::Sender::new(false)),
        }
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

    /// Becomes true when a process stalls.
    pub fn stall(&self) -> watch::Receiver<bool> {
        self.stall.subscribe()
    }

    /// It is known that a process stalls.
    pub fn stalled(&self) {
        self.stall.send_replace(false);
    }

    /// There is one process.
    pub fn alone(&self) -> bool {
        self.state().alone
    }

    /// Somebody is about to do something; now and then the database is slow over it.
    pub fn may_be_slow(&self) {
        if self.happens("slow", SLOW_RISK) {
            let mut state = self.state();
            if state.slows < SLOWS {
                state.slows += 1;
                state.slow = Some(Slow::Answer);
            }
        }
    }

    /// A process is about to take a step; now and then, where others could go on, it stalls over it.
    pub fn may_stall(&self, others: bool) {
        let stalls = others && self.happens("stall", STALL_RISK);
        let mut state = self.state();
        // What somebody does may still be on its way to the database: a step begins when it has arrived.
        if state.slow != Some(Slow::Answer) {
            state.slow = stalls.then_some(Slow::AfterDeed);
        }
    }

    /// How long the transaction takes that is to begin, if it takes long.
    pub fn slows(&self) -> Option<Duration> {
        let mut state = self.state();
        let slow = state.slow.filter(|slow| *slow != Slow::AfterDeed)?;
        state.slow = None;
        drop(state);
        if slow == Slow::Answer {
            self.count(Ill::Slow, "while somebody waits");
            return Some(SLOW);
        }
        self.count(Ill::Stall, "before it notes what it has done");
        self.stall.send_replace(true);
        Some(STALL)
    }

    /// Nobody can write to this conversation.
    pub fn shut_door(&self, conversation: String) {
        self.state().doors_shut.insert(conversation);
    }

    /// Everybody can be written to again.
    pub fn open_doors(&self) {
        self.state().doors_shut.clear();
    }

    /// The bot may write no more in this place.
    pub fn bar(&self, place: String) {
        self.state().barred.insert(place);
    }

    /// Whether the bot may not write in this place.
    pub fn is_barred(&self, place: &str) -> bool {
        self.state().barred.contains(place)
    }

    /// The bot may write everywhere again.
    pub fn let_in(&self) {
        self.state().barred.clear();
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

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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
}
