//! The outbox before a chat of paper: who dies where, and what people see in the end.

mod file;
mod forgotten;
mod paper;
mod unwanted;

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use paper::{How, Paper};

use super::*;
use crate::chat::{CommunityRef, Room, Text};
use crate::store::{Moment, NewPair, Pair, PersonSeen, Trouble};

/// A community on paper with a season, a pair and their coordinators.
struct Scene {
    store: Store,
    paper: Arc<Paper>,
    time: Arc<AtomicI64>,
    /// How far the bot's clock was set ahead.
    ahead: Arc<AtomicI64>,
    stop: watch::Sender<bool>,
    community: plsep_domain::CommunityId,
    pair: Pair,
    writes: Arc<AtomicUsize>,
    _file: file::TempFile,
}

/// Tuesday, February 18, 2025, 10 AM in California.
const MORNING_MS: i64 = 1_739_901_600_000;

impl Scene {
    async fn new(slow: &'static str, openings: Option<usize>) -> Self {
        let writes = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&writes);
        let file = file::TempFile::new();
        let store =
            Store::connect(&format!("sqlite://{}", file.path())).await.unwrap().troubled(Arc::new(move |moment| {
                if moment == Moment::BeginWrite {
                    count.fetch_add(1, Ordering::Relaxed);
                }
                None
            }));
        store.migrate().await.unwrap();
        let time = Arc::new(AtomicI64::new(MORNING_MS));
        let paper = Arc::new(Paper::new(slow, openings, &time));
        let (now, mut tx) = (at(MORNING_MS), store.write().await.unwrap());
        let place = CommunityRef { chat: "paper".into(), id: "P1".into() };
        let community = tx.upsert_community(&place, "Paper", now).await.unwrap().id;
        let program = crate::config::load_program(&crate::config::ProgramSource::default()).unwrap();
        let season = tx.insert_season(community, &program, now).await.unwrap().id;
        let proposal = tx.save_proposal(season, &serde_json::json!({}), now).await.unwrap();
        let mut people = Vec::new();
        for name in ["grace", "ada"] {
            people.push(person(&mut tx, community, name).await);
        }
        let new = NewPair {
            season,
            proposal,
            mentor: people[0],
            mentee: people[1],
            score: 1,
            reasons: serde_json::Value::Null,
        };
        let pair = tx.insert_pair(&new, now).await.unwrap();
        tx.commit().await.unwrap();
        let (ahead, stop) = (Arc::default(), watch::Sender::new(false));
        Self { store, paper, time, ahead, stop, community, pair, writes, _file: file }
    }

    fn now(&self) -> DateTime<Utc> {
        at(self.time.load(Ordering::Relaxed))
    }

    /// Time passes.
    fn pass(&self, by: TimeDelta) {
        self.time.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
    }

    /// Something happens to the next call.
    fn next_call(&self, how: How) {
        *self.paper.plan.lock().unwrap() = Some((self.paper.calls.load(Ordering::Relaxed), how));
    }

    /// A process that delivers.
    fn process(&self, parallel: usize) -> Outbox {
        let (time, ahead) = (Arc::clone(&self.time), Arc::clone(&self.ahead));
        let real = Arc::clone(&time);
        let clock = Clock::simulated(move || at(time.load(Ordering::Relaxed) + ahead.load(Ordering::Relaxed)))
            .beside(move || Duration::from_millis(real.load(Ordering::Relaxed).unsigned_abs()));
        let policy = Policy {
            owner: "test".into(),
            lease: TimeDelta::seconds(60),
            batch: 20,
            parallel,
            give_up_after: TimeDelta::hours(48),
            backoff_first: TimeDelta::seconds(2),
            backoff_max: TimeDelta::minutes(15),
        };
        let words = |words: String| Message::paragraph(Text::plain(words));
        let notices = Notices {
            undelivered: Arc::new(move |missed| words(format!("{:?}", missed.why))),
            announcement: Arc::new(move |id| words(format!("announcement {id} fails"))),
            unreachable: Arc::new(move |user, told| words(format!("{} unreachable, {told}", user.0))),
            waiting: Arc::new(move |_, user| words(format!("{}, look", user.0))),
            office_lost: Arc::new(move |_, coordinates| words(format!("gone, {coordinates}"))),
            pair_place_lost: Arc::new(move |pair, _, _| words(format!("the place of {pair} is gone"))),
        };
        let chats: Vec<Arc<dyn Chat>> = vec![self.paper.clone()];
        Outbox::new(self.store.clone(), chats, clock, policy, notices, self.stop.subscribe())
    }

    async fn enqueue(&self, key: &str, effect: Effect) {
        let mut tx = self.store.write().await.unwrap();
        let new = NewEffect { community: self.community, key: key.into(), due_at: self.now(), effect };
        assert!(tx.enqueue(&new, self.now()).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn posts_to(&self, name: &str, key: &str) {
        let mut tx = self.store.write().await.unwrap();
        let person = person(&mut tx, self.community, name).await;
        tx.commit().await.unwrap();
        self.enqueue(key, Effect::Post { to: To::Person(person), message: words() }).await;
    }

    /// Processes follow one another until nothing is left to do: when one dies, its lease runs out first.
    async fn play(&self) {
        let mut process = Arc::new(self.process(16));
        for _ in 0..100 {
            let works = tokio::spawn({
                let process = Arc::clone(&process);
                async move { process.run_due().await }
            });
            tokio::select! {
                () = self.paper.dead.notified() => process = Arc::new(self.process(16)),
                _ = async { while !works.is_finished() { tokio::task::yield_now().await } } => {}
            }
            works.abort();
            let _ = works.await;
            let Some(next) = self.store.read().await.unwrap().next_due().await.unwrap() else { return };
            let next = next.timestamp_millis().max(self.time.load(Ordering::Relaxed));
            self.time.store(next, Ordering::Relaxed);
        }
        panic!("there is always more to do: {:?}", self.paper.seen());
    }

    fn room(&self, key: &str) -> Room {
        Room { key: key.into(), name: "room".into(), topic: "Mentorship".into(), members: Vec::new() }
    }

    fn introduction(&self) -> (String, Effect) {
        let key = format!("intro:{}", self.pair.id);
        let effect = Effect::Introduce { pair: self.pair.id, room: self.room(&key), message: words() };
        (key, effect)
    }

    /// Everything there is: an office, an introduction, a question and its change, and the end of the pair.
    async fn whole_story(&self) {
        let ada = person(&mut self.store.write().await.unwrap(), self.community, "ada").await;
        let (key, introduction) = self.introduction();
        let office = Effect::OpenCoordinators { room: self.room("office"), message: words() };
        self.enqueue("office", office).await;
        self.enqueue("admit", Effect::Admit { person: ada }).await;
        self.enqueue(&key, introduction).await;
        self.enqueue("nudge", Effect::Post { to: To::Pair(self.pair.id), message: words() }).await;
        self.enqueue("change", Effect::Update { posted: "nudge".into(), message: words() }).await;
        self.play().await;
        let mut tx = self.store.write().await.unwrap();
        let pair = tx.pair(self.pair.id).await.unwrap();
        let ended = pair.state.ended(self.now(), plsep_domain::EndReason::Completed).unwrap();
        tx.set_pair_state(pair.id, &pair.state, &ended, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        self.enqueue("farewell", Effect::Farewell { pair: self.pair.id, message: words() }).await;
        self.play().await;
    }

    /// Everything is seen exactly once.
    async fn all_once(&self, how: &str) {
        let intro = format!("intro:{}", self.pair.id);
        let mut seen = std::mem::take(&mut *self.paper.seen());
        let mut posts: Vec<String> = seen.posts.drain(..).map(|(_, key)| key).collect();
        posts.sort();
        seen.rooms.sort();
        assert_eq!(seen.rooms, [intro.as_str(), "office"], "{how}");
        assert_eq!(posts, ["farewell", intro.as_str(), "nudge", "office"], "{how}");
        assert_eq!((seen.changed, seen.admitted), (vec!["nudge".to_owned()], vec!["ada".to_owned()]), "{how}");
        assert_eq!(seen.archived, [format!("room of {intro}")], "{how}");
        let mut tx = self.store.read().await.unwrap();
        assert_eq!(tx.pair(self.pair.id).await.unwrap().state.key(), "archived", "{how}");
        assert_eq!(tx.dead_letters(self.community).await.unwrap(), [], "{how}");
        assert_eq!(tx.pending_effects().await.unwrap(), 0, "{how}");
    }
}

async fn person(tx: &mut crate::store::Tx, community: plsep_domain::CommunityId, name: &str) -> plsep_domain::PersonId {
    let seen = PersonSeen { user: UserRef(name.into()), name: name.into(), locale: None, zone: None, email: None };
    tx.upsert_person(community, &seen, at(MORNING_MS)).await.unwrap().id
}

fn words() -> Message {
    Message::paragraph(Text::plain("Hello"))
}

fn at(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap()
}

#[tokio::test]
async fn whatever_happens_to_any_call_everything_is_seen_once() {
    let scene = Scene::new("", None).await;
    scene.whole_story().await;
    scene.all_once("nothing goes wrong").await;
    let calls = scene.paper.calls.load(Ordering::Relaxed);
    assert!(calls >= 9, "{calls}");
    for how in [How::DiesBefore, How::DiesAfter, How::LostAfter, How::ArrivesLate, How::FailsUnclearly, How::Busy] {
        for number in 0..calls {
            let scene = Scene::new("", None).await;
            *scene.paper.plan.lock().unwrap() = Some((number, how));
            scene.whole_story().await;
            scene.all_once(&format!("call {number}: {how:?}")).await;
        }
    }
}

#[tokio::test]
async fn whatever_the_database_does_everything_is_seen_once() {
    for trouble in [Trouble::Busy, Trouble::Lost] {
        for moment in [Moment::BeginRead, Moment::BeginWrite, Moment::Commit] {
            for number in 0.. {
                let mut scene = Scene::new("", None).await;
                let (asked, armed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
                let store = scene.store.clone();
                let (on, asks) = (Arc::clone(&armed), Arc::clone(&asked));
                scene.store = store.clone().troubled(Arc::new(move |now| {
                    let counts = now == moment && on.load(Ordering::Relaxed) == 1;
                    (counts && asks.fetch_add(1, Ordering::Relaxed) == number).then_some(trouble)
                }));
                let process = scene.process(16);
                let (key, introduction) = scene.introduction();
                let office = Effect::OpenCoordinators { room: scene.room("office"), message: words() };
                scene.enqueue("office", office).await;
                scene.enqueue(&key, introduction).await;
                scene.enqueue("nudge", Effect::Post { to: To::Pair(scene.pair.id), message: words() }).await;
                armed.store(1, Ordering::Relaxed);
                let _ = process.run_due().await;
                armed.store(0, Ordering::Relaxed);
                scene.play().await;
                let mut seen = std::mem::take(&mut *scene.paper.seen());
                let mut posts: Vec<String> = seen.posts.drain(..).map(|(_, key)| key).collect();
                posts.sort();
                seen.rooms.sort();
                let how = format!("{moment:?} {number}: {trouble:?}");
                assert_eq!(seen.rooms, [key.as_str(), "office"], "{how}");
                assert_eq!(posts, [key.as_str(), "nudge", "office"], "{how}");
                assert_eq!(store.read().await.unwrap().pending_effects().await.unwrap(), 0, "{how}");
                if asked.load(Ordering::Relaxed) <= number {
                    // There was no such moment any more.
                    assert!(number > 3, "{how}");
                    break;
                }
            }
        }
    }
}

#[tokio::test]
async fn a_slow_conversation_holds_up_nobody_else_not_even_those_who_come_later() {
    let scene = Scene::new("slow", None).await;
    scene.posts_to("ada", "slow:1").await;
    scene.posts_to("ada", "slow:2").await;
    scene.posts_to("ben", "quick:1").await;
    let process = Arc::new(scene.process(16));
    let works = tokio::spawn({
        let process = Arc::clone(&process);
        async move { process.run_due().await }
    });
    scene.paper.until_posted("quick:1").await;
    scene.posts_to("zoe", "quick:2").await;
    scene.paper.until_posted("quick:2").await;
    assert_eq!(scene.paper.keys(), ["quick:1", "quick:2"]);
    scene.paper.gate.add_permits(2);
    works.await.unwrap().unwrap();
    assert_eq!(scene.paper.keys()[2..], ["slow:1", "slow:2"], "in order within the lane");
}

#[tokio::test]
async fn what_failed_is_not_overtaken_in_its_own_conversation() {
    let scene = Scene::new("", None).await;
    scene.posts_to("ada", "first").await;
    scene.posts_to("ada", "second").await;
    *scene.paper.plan.lock().unwrap() = Some((0, How::Busy));
    assert_eq!(scene.process(16).run_due().await.unwrap(), 2);
    scene.posts_to("ada", "third").await;
    assert_eq!(scene.process(16).run_due().await.unwrap(), 0, "both wait behind the first");
    scene.play().await;
    assert_eq!(scene.paper.keys(), ["first", "second", "third"]);
}

#[tokio::test]
async fn a_bot_that_stops_begins_nothing_more_and_leaves_the_rest_as_if_untouched() {
    let scene = Scene::new("slow", None).await;
    scene.posts_to("ada", "slow:1").await;
    scene.posts_to("ada", "behind").await;
    scene.posts_to("ben", "beside").await;
    let process = Arc::new(scene.process(1));
    let works = tokio::spawn({
        let process = Arc::clone(&process);
        async move { process.run_due().await }
    });
    scene.paper.until("a post at the gate", |paper| paper.at_gate.load(Ordering::Relaxed) > 0).await;
    scene.stop.send_replace(true);
    scene.paper.gate.add_permits(1);
    works.await.unwrap().unwrap();
    assert_eq!(scene.paper.keys(), ["slow:1"], "what was under way is finished");
    assert_eq!(scene.process(1).run_due().await.unwrap(), 0, "nothing is begun");
    let mut tx = scene.store.write().await.unwrap();
    let left = tx.claim("next", scene.now(), scene.now(), 9, &[]).await.unwrap();
    let left: Vec<_> = left.iter().map(|left| (left.key.as_str(), left.attempts, left.ambiguous)).collect();
    assert_eq!(left, [("behind", 0, false), ("beside", 0, false)]);
}

#[tokio::test]
async fn what_fails_again_after_a_long_absence_is_not_given_up_yet() {
    let scene = Scene::new("", None).await;
    scene.posts_to("ada", "hello").await;
    let process = scene.process(16);
    for _ in 0..20 {
        scene.next_call(How::FailsUnclearly);
        process.run_due().await.unwrap();
        // The bot is away for three days.
        scene.pass(TimeDelta::days(3));
    }
    assert_eq!(scene.paper.calls.load(Ordering::Relaxed), 20, "each time it was tried");
    assert_eq!(scene.store.read().await.unwrap().dead_letters(scene.community).await.unwrap(), []);
    *scene.paper.plan.lock().unwrap() = None;
    process.run_due().await.unwrap();
    assert_eq!(scene.paper.keys(), ["hello"]);
}

#[tokio::test]
async fn what_failed_for_half_a_day_and_is_tried_once_a_day_after_it_is_not_given_up() {
    let scene = Scene::new("", None).await;
    scene.posts_to("ada", "hello").await;
    let process = scene.process(16);
    let begun = scene.now();
    while scene.now() - begun < TimeDelta::hours(12) {
        scene.next_call(How::FailsUnclearly);
        process.run_due().await.unwrap();
        scene.pass(TimeDelta::minutes(15));
    }
    assert!(scene.paper.calls.load(Ordering::Relaxed) > 20);
    for _ in 0..3 {
        // Nobody is written to at night, and it fails once each morning.
        scene.pass(TimeDelta::days(1));
        scene.next_call(How::FailsUnclearly);
        process.run_due().await.unwrap();
    }
    assert_eq!(scene.store.read().await.unwrap().dead_letters(scene.community).await.unwrap(), []);
}

#[tokio::test]
async fn a_clock_that_jumps_shortens_no_wait_for_what_may_still_be_on_its_way() {
    for dies in [false, true] {
        let scene = Scene::new("", None).await;
        scene.posts_to("ada", "hello").await;
        let mut process = scene.process(16);
        scene.next_call(How::ArrivesLate);
        process.run_due().await.unwrap();
        scene.ahead.store(TimeDelta::minutes(5).num_milliseconds(), Ordering::Relaxed);
        if dies {
            process = scene.process(16);
        }
        for _ in 0..14 {
            process.run_due().await.unwrap();
            scene.pass(TimeDelta::seconds(1));
        }
        assert_eq!(scene.paper.calls.load(Ordering::Relaxed), 1, "too soon; dies: {dies}");
        scene.pass(TimeDelta::seconds(1));
        process.run_due().await.unwrap();
        assert_eq!(scene.paper.calls.load(Ordering::Relaxed), 2, "dies: {dies}");
    }
}

#[tokio::test]
async fn who_is_given_up_gets_all_attempts_again_when_a_person_asks_for_it() {
    let scene = Scene::new("", None).await;
    scene.posts_to("ada", "hello").await;
    let (process, begun) = (scene.process(16), scene.now());
    // It fails and fails: for two days it is tried again, then it is laid before a person.
    while scene.store.read().await.unwrap().dead_letters(scene.community).await.unwrap().is_empty() {
        scene.next_call(How::FailsUnclearly);
        process.run_due().await.unwrap();
        let next = scene.store.read().await.unwrap().next_due().await.unwrap();
        scene.time.store(next.unwrap_or(scene.now()).timestamp_millis(), Ordering::Relaxed);
        assert!(scene.now() - begun < TimeDelta::hours(50), "it is not tried for ever");
    }
    assert!(scene.now() - begun >= TimeDelta::hours(48), "a day's outage loses nothing");
    let mut tx = scene.store.write().await.unwrap();
    let letter = tx.dead_letters(scene.community).await.unwrap().remove(0);
    assert!(tx.revive(letter.id, scene.now()).await.unwrap());
    tx.commit().await.unwrap();
    scene.next_call(How::FailsUnclearly);
    process.run_due().await.unwrap();
    assert_eq!(scene.store.read().await.unwrap().dead_letters(scene.community).await.unwrap(), []);
}

#[tokio::test]
async fn two_hundred_introductions_cost_a_few_writes_each() {
    const PAIRS: usize = 200;
    let scene = Scene::new("", Some(20)).await;
    let mut tx = scene.store.write().await.unwrap();
    for number in 1..PAIRS {
        let Pair { season, proposal, mentor, .. } = scene.pair;
        let mentee = person(&mut tx, scene.community, &format!("mentee {number}")).await;
        let new = NewPair { season, proposal, mentor, mentee, score: 1, reasons: serde_json::Value::Null };
        let pair = tx.insert_pair(&new, scene.now()).await.unwrap().id;
        let key = format!("intro:{pair}");
        let effect = Effect::Introduce { pair, room: scene.room(&key), message: words() };
        let new = NewEffect { community: scene.community, key, due_at: scene.now(), effect };
        assert!(tx.enqueue(&new, scene.now()).await.unwrap(), "{number}");
    }
    tx.commit().await.unwrap();
    let (key, introduction) = scene.introduction();
    scene.enqueue(&key, introduction).await;
    let before = scene.writes.load(Ordering::Relaxed);
    let process = scene.process(16);
    while let Some(next) = process.next_due().await.unwrap() {
        scene.time.store(next.timestamp_millis().max(scene.now().timestamp_millis()), Ordering::Relaxed);
        process.run_due().await.unwrap();
    }
    assert_eq!(scene.paper.keys().len(), PAIRS);
    let writes = scene.writes.load(Ordering::Relaxed) - before;
    let minutes = (scene.now() - at(MORNING_MS)).num_minutes();
    println!("{writes} transactions that write for {PAIRS} introductions in {minutes} minutes");
    assert!(writes < PAIRS * 3, "{writes}");
    assert_eq!(minutes, 9, "twenty a minute, the first twenty at once");
}
