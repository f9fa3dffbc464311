//! Rounds through many pairs: on both databases, by one process or two, and with a community whose data is broken.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use plsep_bot::clock::Clock;
use plsep_bot::flows::{Flows, Parts};
use plsep_bot::jobs::{Job, Jobs};
use plsep_bot::schedule::Schedule;
use plsep_bot::store::{Held, NewPair, Season, Store, Tx};
use plsep_bot::words::Catalogue;
use plsep_domain::watch::WatchRule;
use plsep_domain::{CheckInAnswer, PairId, PairState, Signature, Timing};

use super::harness::{World, at, community, noon, period, person, program};

/// A clock that the story moves.
#[derive(Clone)]
struct Hand(Arc<AtomicI64>);

impl Hand {
    fn at(text: &str) -> Self {
        Self(Arc::new(AtomicI64::new(at(text).timestamp())))
    }

    fn moves(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_seconds(), Ordering::SeqCst);
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0.load(Ordering::SeqCst), 0).expect("in range")
    }
}

fn schedule(store: &Store, hand: &Hand) -> Schedule {
    let hand = hand.clone();
    let clock = Clock::simulated(move || hand.now());
    Schedule::new(store.clone(), Jobs::new(flows(store, &clock)), clock)
}

/// The flows of a process over this store.
pub fn flows(store: &Store, clock: &Clock) -> Arc<Flows> {
    Arc::new(Flows::new(Parts {
        store: store.clone(),
        catalogue: Arc::new(Catalogue::embedded()),
        clock: clock.clone(),
        template: program("plsep-2025"),
        limits: |_| plsep_bot::discord::LIMITS,
        work_waits: Arc::default(),
        held: Held::everything(),
        roster_step: plsep_bot::wiring::ROSTER_STEP,
        incident_seed: 0,
    }))
}

/// A community with so many introduced pairs, who have signed, so that nobody is reminded.
pub async fn pairs(tx: &mut Tx, id: &str, count: usize) -> (Season, Vec<PairId>) {
    let community = community(tx, id).await;
    let mut program = program("plsep-2025");
    // No digest comes between.
    program.watch = WatchRule { digest_cron: "0 9 1 1 *".to_owned(), silent_after_days: 366 };
    let season = tx.insert_season(community.id, &program, noon()).await.unwrap();
    let proposal = tx.save_proposal(season.id, &serde_json::json!({}), noon()).await.unwrap();
    let mut all = Vec::new();
    for number in 0..count {
        let mentor = person(tx, community.id, &format!("mentor{number}")).await.id;
        let mentee = person(tx, community.id, &format!("mentee{number}")).await.id;
        let reasons = serde_json::json!([]);
        let new = NewPair { season: season.id, proposal, mentor, mentee, score: 1, reasons };
        let pair = tx.insert_pair(&new, noon()).await.unwrap();
        let introduced = PairState::Introduced { at: noon() };
        assert!(tx.set_pair_state(pair.id, &pair.state, &introduced, noon()).await.unwrap());
        for person in [mentor, mentee] {
            assert!(tx.sign(season.id, person, &signature(), "The text").await.unwrap());
        }
        all.push(pair.id);
    }
    (season, all)
}

fn signature() -> Signature {
    let (typed_name, text_version) = ("Ada Reyes".to_owned(), "2025-1".to_owned());
    Signature { typed_name, at: noon(), text_version, timing: Timing::OnTime }
}

async fn asked(world: &World, pair: PairId) -> usize {
    world.read().await.nudges(pair, period("2025-03")).await.unwrap().len()
}

stories! {
    async fn a_round_of_hundreds_is_asked_once_and_spread_over_minutes(world) {
        let hand = Hand::at("2025-03-01T18:00:00Z");
        let mut tx = world.write().await;
        let (_, pairs) = pairs(&mut tx, "T1", 250).await;
        tx.commit().await.unwrap();
        let schedule = schedule(&world.store, &hand);
        assert!(schedule.run_due().await.unwrap() > 0);
        assert_eq!(schedule.run_due().await.unwrap(), 0);
        for pair in &pairs {
            assert_eq!(asked(&world, *pair).await, 1);
        }
        let claims = async |minutes: i64| {
            let (now, mut tx) = (hand.now() + TimeDelta::minutes(minutes), world.write().await);
            tx.claim("story", now, now + TimeDelta::hours(1), 1000, &[]).await.unwrap().len()
        };
        assert_eq!(claims(0).await, 1, "the first leaves at the hour");
        assert_eq!(claims(5).await, 101);
        assert_eq!(claims(20).await, 250);
    }

    async fn two_processes_at_the_same_job_ask_once(world) {
        let hand = Hand::at("2025-03-01T18:00:30Z");
        let mut tx = world.write().await;
        let (_, pairs) = pairs(&mut tx, "T1", 120).await;
        tx.commit().await.unwrap();
        let other = world.second().await;
        let (one, two) = (schedule(&world.store, &hand), schedule(&other, &hand));
        let (first, second) = tokio::join!(one.run_due(), two.run_due());
        assert!(first.unwrap() + second.unwrap() > 0);
        for pair in &pairs {
            assert_eq!(asked(&world, *pair).await, 1);
        }
        assert_eq!(world.read().await.pending_effects().await.unwrap(), 120);
        other.close().await;
    }

    async fn a_job_that_fails_rests_and_holds_up_nobody_else(world) {
        let hand = Hand::at("2025-03-02T18:00:00Z");
        let mut tx = world.write().await;
        let (broken, ours) = pairs(&mut tx, "T1", 1).await;
        let (_, others) = pairs(&mut tx, "T2", 1).await;
        let mentor = tx.pair(ours[0]).await.unwrap().mentor;
        tx.record_answer(ours[0], mentor, period("2025-03"), CheckInAnswer::NotYet, noon()).await.unwrap();
        tx.commit().await.unwrap();
        world.raw("UPDATE checkin_answers SET answer = 'perhaps'").await.unwrap();
        let schedule = schedule(&world.store, &hand);
        assert!(schedule.run_due().await.unwrap() > 0);
        assert_eq!((asked(&world, ours[0]).await, asked(&world, others[0]).await), (0, 1));
        // It is not tried again at once, and it says when it will be.
        assert_eq!(schedule.run_due().await.unwrap(), 0);
        let next = schedule.upcoming().await.unwrap().into_iter().map(|(at, _)| at).min().unwrap();
        assert_eq!(next, hand.now() + TimeDelta::seconds(5));
        world.raw("UPDATE checkin_answers SET answer = 'not_yet'").await.unwrap();
        assert_eq!(schedule.run_due().await.unwrap(), 0, "it still rests");
        hand.moves(TimeDelta::seconds(5));
        assert!(schedule.run_due().await.unwrap() > 0);
        assert_eq!(asked(&world, ours[0]).await, 1);
        assert!(world.read().await.runs_of(broken.id, Job::Nudge.key()).await.unwrap().last_at(hand.now()).is_some());
    }

    async fn a_season_of_the_middle_of_a_month_begins_with_its_next_round(world) {
        let hand = Hand::at("2025-03-20T18:00:00Z");
        let mut tx = world.write().await;
        let community = community(&mut tx, "T1").await;
        let season = tx.insert_season(community.id, &program("plsep-2025"), hand.now()).await.unwrap();
        tx.commit().await.unwrap();
        let schedule = schedule(&world.store, &hand);
        schedule.run_due().await.unwrap();
        let runs = world.read().await.runs_of(season.id, Job::Nudge.key()).await.unwrap();
        assert_eq!(runs.last_at(hand.now()), None, "the first of March was before its time");
        hand.moves(TimeDelta::days(13));
        schedule.run_due().await.unwrap();
        let runs = world.read().await.runs_of(season.id, Job::Nudge.key()).await.unwrap();
        assert_eq!(runs.last_at(hand.now()), Some(at("2025-04-01T17:00:00Z")));
    }
}
