//! Writers that wait for one another share a commit, and nothing else: not their mistakes, not their change of mind, and
//! not a word before it is durable.

use std::{
    collections::{BTreeSet, HashMap},
    future::Future,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Waker},
};

use plsep_bot::{
    chat::Reply,
    store::{Ask, Before, Moment, Store, StoreError, Trouble, Tx},
};
use plsep_domain::{CommunityId, PersonId};
use tokio::task::JoinHandle;

use super::harness::{World, community, noon, person, run};

/// Two rows, so that a half-kept part would show.
async fn part(tx: &mut Tx, community: CommunityId, who: usize) {
    for half in ["left", "right"] {
        person(tx, community, &format!("{who}-{half}")).await;
    }
}

/// Everybody whose part is there; fails if half a part is.
async fn kept(store: &Store, community: CommunityId) -> BTreeSet<usize> {
    let people = store.read().await.unwrap().people(community).await.unwrap();
    let half = |which: &str| -> BTreeSet<usize> {
        let names = people.iter().filter_map(|person| person.name.strip_suffix(which));
        names.map(|number| number.parse().unwrap()).collect()
    };
    let (left, right) = (half("-left"), half("-right"));
    assert_eq!(left, right, "no part is kept by half");
    left
}

/// A store with a trouble at each commit, counted by those who share it, for which `trouble` says so.
fn troubled(world: &World, trouble: fn(usize) -> Option<Trouble>) -> Store {
    let count = AtomicUsize::new(0);
    let troubles = move |moment| match moment {
        Moment::Commit => trouble(count.fetch_add(1, Ordering::SeqCst)),
        Moment::BeginRead | Moment::BeginWrite | Moment::Statement => None,
    };
    world.store.clone().troubled(Arc::new(troubles))
}

/// Polls once, and then drops.
fn barely_begin(work: impl Future) {
    drop(pin!(work).poll(&mut Context::from_waker(Waker::noop())));
}

/// What each of the writers does, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Commits,
    Drops,
    /// A statement breaks a rule of the database.
    Errs,
    /// The same, and the error is passed over.
    ErrsAndCommits,
    Undoes,
    /// Goes away while committing: either outcome is right.
    Vanishes,
}

const WAYS: [Way; 8] =
    [Way::Commits, Way::Drops, Way::Commits, Way::Errs, Way::Commits, Way::ErrsAndCommits, Way::Undoes, Way::Vanishes];

/// Begins to write, and goes on in their way.
async fn go(store: Store, community: CommunityId, who: usize) -> Result<Way, StoreError> {
    let tx = store.write().await?;
    go_on(tx, store, community, who).await
}

/// The same for an event: lightly, and once more if it is taken back.
async fn go_lightly(store: Store, ask: Ask, community: CommunityId, who: usize) -> Result<Way, StoreError> {
    let tx = store.write_for(&ask).await?;
    match go_on(tx, store.clone(), community, who).await {
        Err(StoreError::TakenBack) => {
            let tx = store.write_anew_for(&ask).await?;
            go_on(tx, store, community, who).await
        }
        outcome => outcome,
    }
}

async fn go_on(mut tx: Tx, store: Store, community: CommunityId, who: usize) -> Result<Way, StoreError> {
    let way = WAYS[who % WAYS.len()];
    part(&mut tx, community, who).await;
    let nobody = PersonId::from(987_654_321);
    match way {
        Way::Commits => {
            tx.commit().await?;
            assert!(kept(&store, community).await.contains(&who), "committed is durable before it is said");
        }
        Way::Drops => drop(tx),
        Way::Errs => assert_eq!(tx.add_coordinator(community, nobody, noon()).await, Err(StoreError::Stray)),
        Way::ErrsAndCommits => {
            assert_eq!(tx.add_coordinator(community, nobody, noon()).await, Err(StoreError::Stray));
            assert_eq!(tx.people(community).await, Err(StoreError::Stray), "nothing more is done");
            assert_eq!(tx.commit().await, Err(StoreError::Stray));
        }
        Way::Undoes => tx.undo().await?,
        Way::Vanishes => barely_begin(tx.commit()),
    }
    Ok(way)
}

/// Many at once, each in their way. Returns who must be there, and who may be.
async fn everybody(store: &Store, community: CommunityId, many: usize) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let tasks = (0..many).map(|who| tokio::spawn(go(store.clone(), community, who))).collect();
    outcomes(tasks).await
}

/// Who must be there, and who may be.
async fn outcomes(tasks: Vec<JoinHandle<Result<Way, StoreError>>>) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let (mut must, mut may) = (BTreeSet::new(), BTreeSet::new());
    for (who, task) in tasks.into_iter().enumerate() {
        match task.await.expect("no writer panics") {
            Ok(Way::Commits) => drop(must.insert(who)),
            Ok(Way::Vanishes) => drop(may.insert(who)),
            Ok(_) => {}
            Err(StoreError::Busy { .. }) => {}
            Err(StoreError::Database { .. }) => drop(may.insert(who)),
            Err(other) => panic!("{other}"),
        }
    }
    (must, may)
}

fn assert_kept(kept: &BTreeSet<usize>, must: &BTreeSet<usize>, may: &BTreeSet<usize>) {
    assert!(kept.is_superset(must), "lost: {:?}", must.difference(kept));
    let stray: Vec<_> = kept.iter().filter(|who| !must.contains(who) && !may.contains(who)).collect();
    assert!(stray.is_empty(), "never committed, yet there: {stray:?}");
}

stories! {
    async fn what_is_committed_is_there_and_nothing_else(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let before = store.done().commits;
        let (must, may) = everybody(&store, scene.community.id, 400).await;
        assert_eq!(must.len(), 150);
        assert_kept(&kept(&store, scene.community.id).await, &must, &may);
        let commits = store.done().commits - before;
        assert!(commits < 150, "{commits} commits for 150 writers who committed: nothing was shared");
    }

    async fn whoever_writes_lightly_begins_anew_and_loses_nothing(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let before = store.done().commits;
        let tasks = (0..400).map(|who| {
            let ask = scene.ask(&scene.ada, &format!("Ev{who}"));
            tokio::spawn(go_lightly(store.clone(), ask, scene.community.id, who))
        });
        let (must, may) = outcomes(tasks.collect()).await;
        assert_eq!(must.len(), 150);
        assert_kept(&kept(&store, scene.community.id).await, &must, &may);
        let commits = store.done().commits - before;
        assert!(commits < 150, "{commits} commits for 150 writers who committed: nothing was shared");
    }

    async fn whoever_writes_lightly_harms_nobody_else(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let tasks = (0..400).map(|who| match who % 3 {
            0 => tokio::spawn(go(store.clone(), scene.community.id, who)),
            _ => {
                let ask = scene.ask(&scene.ada, &format!("Ev{who}"));
                tokio::spawn(go_lightly(store.clone(), ask, scene.community.id, who))
            }
        });
        let (must, may) = outcomes(tasks.collect()).await;
        assert_eq!(must.len(), 150);
        assert_kept(&kept(&store, scene.community.id).await, &must, &may);
    }

    async fn who_writes_lightly_learns_that_it_was_taken_back(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let light = |key: &str| {
            let (store, ask) = (store.clone(), scene.ask(&scene.ada, key));
            let mut begins = Box::pin(async move { store.write_for(&ask).await.unwrap() });
            assert!(begins.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            begins
        };
        for (number, takes_back) in [Way::Drops, Way::Errs, Way::Undoes].into_iter().enumerate() {
            // Where the machine has no time for them, the first one commits alone: then they try again.
            for attempt in 0.. {
                let who = number * 1_000 + attempt * 2;
                let held = store.write().await.unwrap();
                let (first, second, third) = (light("Ev1"), light("Ev2"), light("Ev3"));
                drop(held);
                let mut tx = first.await;
                part(&mut tx, scene.community.id, who).await;
                let first = tokio::spawn(tx.commit());
                let mut tx = second.await;
                part(&mut tx, scene.community.id, who + 1).await;
                let undone = match takes_back {
                    Way::Undoes => tx.undo().await,
                    Way::Errs => {
                        let nobody = PersonId::from(987_654_321);
                        let error = tx.add_coordinator(scene.community.id, nobody, noon()).await;
                        assert_eq!(error, Err(StoreError::Stray));
                        tx.undo().await
                    }
                    _ => {
                        drop(tx);
                        Ok(())
                    }
                };
                let first = first.await.unwrap();
                third.await.commit().await.unwrap();
                let kept = kept(&store, scene.community.id).await;
                assert!(!kept.contains(&(who + 1)), "{takes_back:?}");
                assert_eq!(kept.contains(&who), first.is_ok(), "{takes_back:?}");
                if first == Err(StoreError::TakenBack) {
                    let told = if takes_back == Way::Drops { Ok(()) } else { Err(StoreError::TakenBack) };
                    assert_eq!(undone, told, "what they had read is gone");
                    break;
                }
                assert_eq!(first, Ok(()));
                assert!(attempt < 100, "the second never shares with the first");
            }
        }
    }

    async fn who_changed_nothing_takes_nothing_back(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let (ada, ben) = (scene.ask(&scene.ada, "Ev1"), scene.ask(&scene.ben, "Ev2"));
        let mut first = store.write_for(&ada).await.unwrap();
        let mut begins = Box::pin(store.write_for(&ben));
        assert!(begins.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        part(&mut first, scene.community.id, 1).await;
        let second = async {
            let mut tx = begins.await.unwrap();
            tx.people(scene.community.id).await.unwrap();
            tx.undo().await
        };
        assert_eq!(tokio::join!(first.commit(), second), (Ok(()), Ok(())));
        assert_eq!(kept(&store, scene.community.id).await.len(), 1);
    }

    async fn a_commit_that_fails_fails_all_who_share_it(world) {
        let scene = world.scene().await;
        let store = troubled(&world, |nth| (nth % 3 == 1).then_some(Trouble::Busy));
        let (must, may) = everybody(&store, scene.community.id, 400).await;
        assert_kept(&kept(&store, scene.community.id).await, &must, &may);
        assert!(must.len() < 150, "some commit failed somebody");
    }

    async fn an_answer_that_is_lost_may_mean_either(world) {
        let scene = world.scene().await;
        let store = troubled(&world, |nth| match nth % 4 {
            1 => Some(Trouble::Lost),
            2 => Some(Trouble::Busy),
            _ => None,
        });
        let (must, may) = everybody(&store, scene.community.id, 400).await;
        assert_kept(&kept(&store, scene.community.id).await, &must, &may);
    }

    async fn those_who_wait_share_one_commit(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let before = store.done().commits;
        let first = store.write().await.unwrap();
        let others: Vec<_> = (0..20)
            .map(|who| {
                let store = store.clone();
                let mut begins = Box::pin(async move { store.write().await.unwrap() });
                // In the queue before the first one commits.
                assert!(begins.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
                tokio::spawn(async move {
                    let mut tx = begins.await;
                    part(&mut tx, scene.community.id, who).await;
                    tx.commit().await.unwrap();
                })
            })
            .collect();
        first.commit().await.unwrap();
        for other in others {
            other.await.unwrap();
        }
        assert_eq!(kept(&store, scene.community.id).await.len(), 20);
        let commits = store.done().commits - before;
        assert!(commits <= 10, "{commits} commits for 21 writers");
    }

    async fn a_long_writer_shares_with_nobody(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let before = store.done().commits;
        let mut long = store.write_long().await.unwrap();
        part(&mut long, scene.community.id, 1).await;
        let next = tokio::spawn({
            let store = store.clone();
            async move { store.write_long().await.unwrap().commit().await.unwrap() }
        });
        long.commit().await.unwrap();
        assert_eq!(kept(&store, scene.community.id).await.len(), 1);
        next.await.unwrap();
        assert_eq!(store.done().commits - before, 2);
    }

    async fn an_event_that_comes_twice_at_once_is_acted_on_once(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let first = store.write().await.unwrap();
        let others: Vec<_> = (0..40)
            .map(|number| {
                let (store, scene) = (store.clone(), scene.clone());
                let key = format!("Ev{}", number % 10);
                let ask = scene.ask(&scene.ada, &key);
                let mut begins = Box::pin({ let ask = ask.clone(); async move { store.write_for(&ask).await.unwrap() } });
                assert!(begins.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
                tokio::spawn(async move {
                    let mut tx = begins.await;
                    let opening = tx.opening(&ask).await.unwrap().unwrap();
                    if opening.before != Before::Nothing {
                        assert_eq!(opening.before, Before::Acted(Some(Box::new(Reply::Nothing))));
                        tx.undo().await.unwrap();
                        return None;
                    }
                    part(&mut tx, scene.community.id, number).await;
                    tx.remember_event(scene.community.id, &key, scene.ada.id, Some(&Reply::Nothing), noon()).unwrap();
                    tx.commit().await.unwrap();
                    Some(key)
                })
            })
            .collect();
        first.commit().await.unwrap();
        let mut acted = Vec::new();
        for other in others {
            acted.extend(other.await.unwrap());
        }
        acted.sort();
        assert_eq!(acted, (0..10).map(|number| format!("Ev{number}")).collect::<Vec<_>>());
        assert_eq!(kept(&store, scene.community.id).await.len(), 10);
    }

    async fn nobody_is_forgotten_while_answers_are_still_to_be_written_down(world) {
        let scene = world.scene().await;
        let store = world.store.clone();
        let mut first = store.write_for(&scene.ask(&scene.ada, "Ev1")).await.unwrap();
        first.remember_event(scene.community.id, "Ev1", scene.ben.id, Some(&Reply::Nothing), noon()).unwrap();
        let mut shares = Box::pin(store.write());
        assert!(shares.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        let second = async {
            let mut tx = shares.await.unwrap();
            tx.erase_person(&scene.ada, &HashMap::new(), noon()).await
        };
        let (first, second) = tokio::join!(first.commit(), second);
        first.unwrap();
        assert!(matches!(second, Err(StoreError::Busy { .. })), "{second:?}");
        let mut alone = store.write_long().await.unwrap();
        alone.erase_person(&scene.ada, &HashMap::new(), noon()).await.unwrap();
        alone.commit().await.unwrap();
    }

    async fn whoever_undoes_waits_for_what_they_have_read(world) {
        let scene = world.scene().await;
        let store = troubled(&world, |_| Some(Trouble::Busy));
        // Where the machine has no time for them, the first one commits alone: then they try again.
        for attempt in 0.. {
            let mut first = store.write().await.unwrap();
            part(&mut first, scene.community.id, 1).await;
            let mut begins = Box::pin(store.write());
            assert!(begins.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            let second = async {
                let mut tx = begins.await.unwrap();
                let read = tx.people(scene.community.id).await.unwrap().len();
                (read, tx.undo().await)
            };
            let (first, (read, second)) = tokio::join!(first.commit(), second);
            assert!(matches!(first, Err(StoreError::Busy { .. })));
            assert!(kept(&store, scene.community.id).await.is_empty());
            if read == 4 {
                assert_eq!(second, first, "the second learns that what it read never came to be");
                break;
            }
            assert!(attempt < 100, "the second never reads what the first has left");
        }
    }

    async fn whoever_goes_away_while_beginning_keeps_nobody_waiting(world) {
        let scene = world.scene().await;
        let store = &world.store;
        for who in 0..20 {
            barely_begin(store.write());
            let mut tx = store.write().await.unwrap();
            barely_begin(store.write());
            part(&mut tx, scene.community.id, who).await;
            barely_begin(tx.people(scene.community.id));
            let commit = tokio::spawn(tx.commit());
            barely_begin(store.write());
            commit.await.unwrap().unwrap();
        }
        assert_eq!(kept(store, scene.community.id).await.len(), 20);
    }

    async fn writers_of_two_processes_lose_nothing(world) {
        let scene = world.scene().await;
        let stores = [world.store.clone(), world.second().await];
        let writers: Vec<_> = (0..200)
            .map(|who| {
                let store = stores[who % 2].clone();
                tokio::spawn(async move {
                    let mut tx = store.write().await.unwrap();
                    part(&mut tx, scene.community.id, who).await;
                    tx.commit().await.unwrap();
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(kept(&world.store, scene.community.id).await.len(), 200);
        stores[1].close().await;
    }
}

#[test]
fn in_memory_readers_and_writers_take_turns() {
    run(async {
        let store = Store::connect("sqlite::memory:").await.unwrap();
        store.migrate().await.unwrap();
        let mut tx = store.write().await.unwrap();
        let home = community(&mut tx, "T1").await.id;
        tx.commit().await.unwrap();
        let (must, may) = everybody(&store, home, 200).await;
        assert_eq!(must.len(), 75);
        assert_kept(&kept(&store, home).await, &must, &may);
        store.close().await;
    });
}
