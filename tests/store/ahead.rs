//! What events begin with is read for all who wait, and is as true for each of them as if they had read it themselves.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Waker},
};

use chrono_tz::Tz;
use plsep_bot::store::{
    Application, Ask, NewMeeting, NewNudge, Opening, Pair, PairMonth, Person, PersonSeen, Store, StoreError, Tx,
};
use plsep_domain::{
    ApplicationState, Cadence, CheckInAnswer, EndReason, MeetingState, PairId, PairState, Period, Role,
};

use super::harness::{Scene, World, at, community, noon, pair, period, person, program};

type Begins = Pin<Box<dyn Future<Output = Tx> + Send>>;

/// Waits for the turn; by the time this returns it is known who waits.
fn waits(store: &Store, ask: &Ask) -> Begins {
    let (store, ask) = (store.clone(), ask.clone());
    let mut begins: Begins = Box::pin(async move { store.write_anew_for(&ask).await.unwrap() });
    assert!(begins.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    begins
}

async fn opening(tx: &mut Tx, ask: &Ask) -> Opening {
    tx.opening(ask).await.unwrap().expect("the community is known")
}

/// What somebody changes while another waits.
#[derive(Clone, Copy, Debug)]
enum Change {
    Begins,
    Saves,
    Accepts,
    Leaves,
    Renames,
    NextSeason,
    MovesADate,
}

impl Change {
    const ALL: [Self; 7] =
        [Self::Begins, Self::Saves, Self::Accepts, Self::Leaves, Self::Renames, Self::NextSeason, Self::MovesADate];

    async fn happens(self, tx: &mut Tx, scene: &Scene, ben: &Application) {
        match self {
            Self::Begins => {
                tx.start_application(scene.season.id, scene.ben.id, Role::Mentor, noon()).await.unwrap();
            }
            Self::Saves => {
                let mut draft = ben.draft.clone();
                draft.put("years", Some(plsep_domain::Answer::Number(3)));
                tx.save_draft(ben.id, &draft, noon()).await.unwrap();
            }
            Self::Accepts => {
                assert!(
                    tx.set_application_state(ben.id, &ben.state, &ApplicationState::Accepted, noon()).await.unwrap()
                );
            }
            Self::Leaves => tx.set_present(scene.ben.id, false).await.unwrap(),
            Self::Renames => {
                let seen = PersonSeen {
                    user: scene.ben.user.clone(),
                    name: "Benjamin".to_owned(),
                    locale: None,
                    zone: None,
                    email: None,
                };
                tx.upsert_person(scene.community.id, &seen, noon()).await.unwrap();
            }
            Self::NextSeason => {
                tx.insert_season(scene.community.id, &program("plsep-2026"), noon()).await.unwrap();
            }
            Self::MovesADate => {
                let moved = plsep_domain::Program { contact: "the new office".to_owned(), ..program("plsep-2025") };
                tx.save_program(scene.season.id, &moved).await.unwrap();
            }
        }
    }
}

/// Somebody has an application as a mentee.
async fn applies(world: &World, scene: &Scene, who: &Person) -> Application {
    let mut tx = world.write().await;
    let begun = tx.start_application(scene.season.id, who.id, Role::Mentee, noon()).await.unwrap();
    tx.commit().await.unwrap();
    begun
}

/// What somebody changes of a pair's month while another waits.
#[derive(Clone, Copy, Debug)]
enum MonthChange {
    Answers,
    Asks,
    AsksTogether,
    Meets,
    Ends,
    MeetsMoreOften,
}

impl MonthChange {
    const ALL: [Self; 6] =
        [Self::Answers, Self::Asks, Self::AsksTogether, Self::Meets, Self::MeetsMoreOften, Self::Ends];

    async fn happens(self, tx: &mut Tx, scene: &Scene, pair: PairId) {
        match self {
            Self::Answers => {
                tx.record_answer(pair, scene.ada.id, march(), CheckInAnswer::Met, noon()).await.unwrap();
            }
            Self::Asks => assert!(tx.record_nudge(pair, march(), 0, noon()).await.unwrap()),
            Self::AsksTogether => {
                let nudge = NewNudge { pair, sequence: 1, to_mentor: true, to_mentee: false };
                assert_eq!(tx.record_nudges(march(), &[nudge], noon()).await.unwrap(), [pair]);
            }
            Self::Meets => {
                let meeting = NewMeeting {
                    pair,
                    starts_at: at("2025-03-10T12:00:00Z"),
                    minutes: 45,
                    place: String::new(),
                    state: MeetingState::Held,
                    set_by: scene.ada.id,
                    remind_at: None,
                    ask_at: None,
                };
                tx.insert_meeting(&meeting, noon()).await.unwrap();
            }
            Self::MeetsMoreOften => tx.set_cadence(pair, Cadence::Fortnightly).await.unwrap(),
            Self::Ends => {
                let state = tx.pair(pair).await.unwrap().state;
                let ended = PairState::Ended { at: noon(), reason: EndReason::Completed };
                assert!(tx.set_pair_state(pair, &state, &ended, noon()).await.unwrap());
            }
        }
    }
}

fn march() -> Period {
    period("2025-03")
}

/// Ada has two mentees.
async fn two_pairs(world: &World, scene: &Scene) -> [PairId; 2] {
    let mut tx = world.write().await;
    let first = pair(&mut tx, scene).await.id;
    let other = Scene { ben: person(&mut tx, scene.community.id, "Cleo").await, ..scene.clone() };
    let second = pair(&mut tx, &other).await.id;
    tx.commit().await.unwrap();
    [first, second]
}

async fn month(tx: &mut Tx, pair: PairId) -> (Pair, PairMonth) {
    tx.pair_in_month(pair, march(), Tz::UTC).await.unwrap()
}

stories! {
    async fn one_look_is_for_all_who_wait(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let first = store.write().await.unwrap();
        let asks: Vec<Ask> = (0..10).map(|number| scene.ask(&scene.ada, &format!("Ev{number}"))).collect();
        let waiting: Vec<Begins> = asks.iter().map(|ask| waits(&store, ask)).collect();
        let before = store.done().statements;
        drop(first);
        for (ask, begins) in asks.iter().zip(waiting) {
            let mut tx = begins.await;
            assert_eq!(opening(&mut tx, ask).await.person, Some(scene.ada.clone()));
            // Not waited for: everybody shares one commit.
            tokio::spawn(tx.commit());
        }
        drop(store.write().await.unwrap());
        // Where the machine has no time for them, some have a commit of their own, and look for those who are left.
        let looks = store.done().statements - before;
        assert!((1..10).contains(&looks), "{looks}");
    }

    async fn what_one_changes_the_next_one_sees(world) {
        let scene = world.scene().await;
        let application = applies(&world, &scene, &scene.ben).await;
        let store = world.store.clone();
        for change in Change::ALL {
            let (ada, ben) = (scene.ask(&scene.ada, "EvA"), scene.ask(&scene.ben, "EvB"));
            let held = store.write().await.unwrap();
            let (first, second) = (waits(&store, &ada), waits(&store, &ben));
            drop(held);
            let mut tx = first.await;
            opening(&mut tx, &ada).await;
            change.happens(&mut tx, &scene, &application).await;
            let commits = tokio::spawn(tx.commit());
            let mut tx = second.await;
            let seen = opening(&mut tx, &ben).await;
            // Read anew, by an event that nobody has read for.
            let anew = opening(&mut tx, &scene.ask(&scene.ben, "EvC")).await;
            assert_eq!(seen, anew, "{change:?}");
            tx.undo().await.unwrap();
            commits.await.unwrap().unwrap();
        }
    }

    async fn what_is_taken_back_nobody_has_seen(world) {
        let scene = world.scene().await;
        let application = applies(&world, &scene, &scene.ben).await;
        let store = world.store.clone();
        for change in Change::ALL {
            let (ada, ben) = (scene.ask(&scene.ada, "EvA"), scene.ask(&scene.ben, "EvB"));
            let mut before = store.read().await.unwrap();
            let before = opening(&mut before, &ben).await;
            let held = store.write().await.unwrap();
            let other = waits(&store, &scene.ask(&scene.ada, "Ev0"));
            let (first, second) = (waits(&store, &ada), waits(&store, &ben));
            drop(held);
            // What this one leaves behind keeps the transaction, whatever the next one takes back.
            let mut tx = other.await;
            tx.add_coordinator(scene.community.id, scene.ada.id, noon()).await.unwrap();
            let kept = tokio::spawn(tx.commit());
            let mut tx = first.await;
            // The change first, and then the look.
            change.happens(&mut tx, &scene, &application).await;
            opening(&mut tx, &ada).await;
            let undone = tokio::spawn(tx.undo());
            let mut tx = second.await;
            assert_eq!(opening(&mut tx, &ben).await, before, "{change:?}");
            tx.undo().await.unwrap();
            undone.await.unwrap().unwrap();
            kept.await.unwrap().unwrap();
        }
    }

    async fn each_finds_what_they_asked_though_their_events_have_one_key(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let mut tx = world.write().await;
        let elsewhere = community(&mut tx, "T2").await;
        tx.commit().await.unwrap();
        let asks = [
            (scene.ask(&scene.ada, "Ev"), scene.community.id, Some(scene.ada.clone())),
            (scene.ask(&scene.ben, "Ev"), scene.community.id, Some(scene.ben.clone())),
            (Ask::new(&elsewhere.at, &scene.ada.user, "Ev"), elsewhere.id, None),
        ];
        let held = store.write().await.unwrap();
        let waiting: Vec<Begins> = asks.iter().map(|(ask, ..)| waits(&store, ask)).collect();
        drop(held);
        for ((ask, community, person), begins) in asks.into_iter().zip(waiting) {
            let mut tx = begins.await;
            let Opening { community: here, person: who, .. } = opening(&mut tx, &ask).await;
            assert_eq!((here.id, who), (community, person));
            tokio::spawn(tx.commit());
        }
    }

    async fn one_look_is_for_the_months_of_all_who_wait(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let pairs = two_pairs(&world, &scene).await;
        let first = store.write().await.unwrap();
        let months = (3..=7).map(|month| period(&format!("2025-0{month}")));
        let asked: Vec<(PairId, Period)> = months.flat_map(|month| pairs.map(|pair| (pair, month))).collect();
        let ask = |number, (pair, month)| scene.ask(&scene.ada, &format!("Ev{number}")).about(pair, month);
        let waiting: Vec<Begins> =
            asked.iter().enumerate().map(|(number, asked)| waits(&store, &ask(number, *asked))).collect();
        let before = store.done().statements;
        drop(first);
        for ((pair, month), begins) in asked.into_iter().zip(waiting) {
            let mut tx = begins.await;
            assert_eq!(tx.pair_in_month(pair, month, Tz::UTC).await.unwrap().0.id, pair);
            // Not waited for: everybody shares one commit.
            tokio::spawn(tx.commit());
        }
        drop(store.write().await.unwrap());
        // Where the machine has no time for them, some have a commit of their own, and look for those who are left.
        let looks = store.done().statements - before;
        assert!((1..10).contains(&looks), "{looks}");
    }

    async fn what_one_changes_of_a_month_the_next_one_sees(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let pairs = two_pairs(&world, &scene).await;
        for change in MonthChange::ALL {
            for of in pairs {
                let ask = |key: &str, pair| scene.ask(&scene.ada, key).about(pair, march());
                let held = store.write().await.unwrap();
                let (first, second) = (waits(&store, &ask("EvA", pairs[0])), waits(&store, &ask("EvB", pairs[1])));
                drop(held);
                let mut tx = first.await;
                month(&mut tx, pairs[0]).await;
                change.happens(&mut tx, &scene, of).await;
                let commits = tokio::spawn(tx.commit());
                let mut tx = second.await;
                let seen = month(&mut tx, pairs[1]).await;
                // Taken already, so it is read anew.
                let anew = month(&mut tx, pairs[1]).await;
                assert_eq!(seen, anew, "{change:?}");
                tx.undo().await.unwrap();
                commits.await.unwrap().unwrap();
            }
        }
    }

    async fn a_month_that_nobody_spoke_of_is_read_when_it_is_asked_for(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let [pair, other] = two_pairs(&world, &scene).await;
        let ask = scene.ask(&scene.ada, "Ev").about(pair, march());
        let mut tx = store.write_anew_for(&ask).await.unwrap();
        assert_eq!(month(&mut tx, other).await.0.id, other);
        let nobody = tx.pair_in_month(999.into(), march(), Tz::UTC).await;
        assert!(matches!(nobody, Err(StoreError::Missing { .. })), "{nobody:?}");
        assert_eq!(month(&mut tx, pair).await.0.id, pair);
    }

    async fn who_goes_away_holds_up_nobody(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let held = store.write().await.unwrap();
        drop(waits(&store, &scene.ask(&scene.ben, "EvB")));
        let ask = scene.ask(&scene.ada, "EvA");
        let begins = waits(&store, &ask);
        drop(held);
        let mut tx = begins.await;
        assert_eq!(opening(&mut tx, &ask).await.person, Some(scene.ada.clone()));
    }
}
