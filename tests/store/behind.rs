//! What events leave to be written is written once for all of them, and nobody can tell: whoever looks finds it, and who
//! left what cannot be written hears so.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Waker},
};

use plsep_bot::store::{Application, Ask, Pair, Person, Store, StoreError, Tx};
use plsep_domain::{Answer, Answers, CheckInAnswer, PairId, Period, Role};

use super::harness::{Scene, World, noon, pair, period, person};

type Begins = Pin<Box<dyn Future<Output = Tx> + Send>>;

fn march() -> Period {
    period("2025-03")
}

/// Waits for a turn; by the time this returns it is known who waits.
fn waits(begins: impl Future<Output = Result<Tx, StoreError>> + Send + 'static) -> Begins {
    let mut begins: Begins = Box::pin(async move { begins.await.unwrap() });
    assert!(begins.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    begins
}

/// An event that waits.
fn event_waits(store: &Store, ask: &Ask) -> Begins {
    let (store, ask) = (store.clone(), ask.clone());
    waits(async move { store.write_for(&ask).await })
}

/// A draft that says this.
fn draft(words: &str) -> Answers {
    let mut draft = Answers::default();
    draft.put("goals", Some(Answer::Text(words.to_owned())));
    draft
}

/// Both have begun to apply, and are a pair.
async fn begun(world: &World, scene: &Scene) -> (Application, Application, Pair) {
    let mut tx = world.write().await;
    let ada = tx.start_application(scene.season.id, scene.ada.id, Role::Mentor, noon()).await.unwrap();
    let ben = tx.start_application(scene.season.id, scene.ben.id, Role::Mentee, noon()).await.unwrap();
    let pair = pair(&mut tx, scene).await;
    tx.commit().await.unwrap();
    (ada, ben, pair)
}

/// Tells a story again until two of it have shared a commit: where the machine has no time for them, each has its own.
macro_rules! until_shared {
    ($attempt:ident, $told:block) => {
        for $attempt in 0.. {
            let shared: bool = $told;
            if shared {
                break;
            }
            assert!($attempt < 100, "the two never share a commit");
        }
    };
}

stories! {
    async fn who_left_something_finds_it(world) {
        let scene = world.scene().await;
        let (ada, _, pair) = begun(&world, &scene).await;
        let mut tx = world.store.write_for(&scene.ask(&scene.ada, "Ev1")).await.unwrap();
        tx.save_draft(ada.id, &draft("to listen"), noon()).await.unwrap();
        assert_eq!(tx.application(ada.id).await.unwrap().draft, draft("to listen"));
        tx.record_answer(pair.id, scene.ada.id, march(), CheckInAnswer::Met, noon()).await.unwrap();
        assert_eq!(tx.answers(pair.id, march()).await.unwrap().len(), 1);
        tx.record_answer(pair.id, scene.ben.id, march(), CheckInAnswer::NotYet, noon()).await.unwrap();
        let (_, month) = tx.pair_in_month(pair.id, march(), chrono_tz::UTC).await.unwrap();
        assert_eq!(month.said.len(), 2);
        tx.commit().await.unwrap();
    }

    async fn who_shares_the_commit_finds_it(world) {
        let scene = world.scene().await;
        let (ada, ben, pair) = begun(&world, &scene).await;
        let [one, two, three] = ["Ev1", "Ev2", "Ev3"].map(|key| scene.ask(&scene.ben, key).about(pair.id, march()));
        let mut first = world.store.write_for(&one).await.unwrap();
        let (second, third) = (event_waits(&world.store, &two), event_waits(&world.store, &three));
        // What the two begin with is read ahead now.
        first.opening(&one).await.unwrap();
        first.pair_in_month(pair.id, march(), chrono_tz::UTC).await.unwrap();
        first.save_draft(ben.id, &draft("to learn"), noon()).await.unwrap();
        first.record_answer(pair.id, scene.ben.id, march(), CheckInAnswer::Met, noon()).await.unwrap();
        let second = async {
            let mut tx = second.await;
            let opening = tx.opening(&two).await.unwrap().unwrap();
            assert_eq!(opening.application.unwrap().draft, draft("to learn"));
            let (_, month) = tx.pair_in_month(pair.id, march(), chrono_tz::UTC).await.unwrap();
            assert_eq!(month.said[0].answer, CheckInAnswer::Met);
            tx.save_draft(ada.id, &draft("to teach"), noon()).await.unwrap();
            tx.commit().await
        };
        let third = async {
            let mut tx = third.await;
            assert_eq!(tx.application(ada.id).await.unwrap().draft, draft("to teach"));
            tx.undo().await
        };
        assert_eq!(tokio::join!(first.commit(), second, third), (Ok(()), Ok(()), Ok(())));
        let mut tx = world.read().await;
        assert_eq!(tx.application(ada.id).await.unwrap().draft, draft("to teach"));
        assert_eq!(tx.application(ben.id).await.unwrap().draft, draft("to learn"));
    }

    async fn a_draft_is_as_it_was_left_last(world) {
        let scene = world.scene().await;
        let (ada, ben, _) = begun(&world, &scene).await;
        let later = noon() + chrono::TimeDelta::hours(1);
        let mut tx = world.store.write_for(&scene.ask(&scene.ada, "Ev1")).await.unwrap();
        tx.save_draft(ada.id, &draft("to listen"), noon()).await.unwrap();
        tx.change_role(ada.id, Role::Mentee, later).await.unwrap();
        tx.change_role(ben.id, Role::Mentor, noon()).await.unwrap();
        tx.save_draft(ben.id, &draft("to lea"), noon()).await.unwrap();
        tx.save_draft(ben.id, &draft("to \0learn 🎉"), noon()).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.read().await;
        let now = tx.application(ada.id).await.unwrap();
        assert_eq!(now, Application { role: Role::Mentee, draft: draft("to listen"), updated_at: later, ..ada });
        let now = tx.application(ben.id).await.unwrap();
        assert_eq!(now, Application { role: Role::Mentor, draft: draft("to learn 🎉"), ..ben });
    }

    async fn of_answers_given_at_one_moment_the_last_counts(world) {
        let scene = world.scene().await;
        let (_, _, pair) = begun(&world, &scene).await;
        let mut tx = world.store.write_for(&scene.ask(&scene.ada, "Ev1")).await.unwrap();
        for answer in [CheckInAnswer::Met, CheckInAnswer::NeedHelp, CheckInAnswer::NotYet] {
            tx.record_answer(pair.id, scene.ada.id, march(), answer, noon()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let said = world.read().await.answers(pair.id, march()).await.unwrap();
        assert_eq!(said.iter().map(|given| given.answer).collect::<Vec<_>>(), [CheckInAnswer::NotYet]);
    }

    async fn many_who_share_a_commit_share_a_statement(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let mut all: Vec<(Person, Application)> = Vec::new();
        for number in 0..30 {
            let who = person(&mut tx, scene.community.id, &number.to_string()).await;
            let begun = tx.start_application(scene.season.id, who.id, Role::Mentee, noon()).await.unwrap();
            all.push((who, begun));
        }
        tx.commit().await.unwrap();
        let before = world.store.done();
        let held = world.store.write_for(&scene.ask(&scene.ada, "Ev")).await.unwrap();
        let events: Vec<_> = all
            .iter()
            .map(|(who, begun)| {
                let begins = event_waits(&world.store, &scene.ask(who, &who.name));
                let (id, words) = (begun.id, draft(&who.name));
                tokio::spawn(async move {
                    let mut tx = begins.await;
                    tx.save_draft(id, &words, noon()).await.unwrap();
                    tx.commit().await.unwrap();
                })
            })
            .collect();
        held.commit().await.unwrap();
        for event in events {
            event.await.unwrap();
        }
        let after = world.store.done();
        let (statements, commits) = (after.statements - before.statements, after.commits - before.commits);
        assert!(statements <= commits, "{statements} statements in {commits} commits");
        assert!(commits < 20, "{commits} commits for 30 events: hardly any were shared");
        for (who, begun) in &all {
            assert_eq!(world.read().await.application(begun.id).await.unwrap().draft, draft(&who.name));
        }
    }

    async fn who_left_what_cannot_be_written_hears_so_and_nobody_else(world) {
        let scene = world.scene().await;
        let (ada, _, _) = begun(&world, &scene).await;
        let nowhere = PairId::from(987_654_321);
        let (one, two) = (scene.ask(&scene.ada, "Ev1"), scene.ask(&scene.ben, "Ev2"));
        until_shared!(attempt, {
            let words = draft(&format!("to listen {attempt}"));
            let mut first = world.store.write_for(&one).await.unwrap();
            let second = event_waits(&world.store, &two);
            first.save_draft(ada.id, &words, noon()).await.unwrap();
            let second = async {
                let mut tx = second.await;
                tx.record_answer(nowhere, scene.ben.id, march(), CheckInAnswer::Met, noon()).await.unwrap();
                tx.commit().await
            };
            let (first, second) = tokio::join!(first.commit(), second);
            assert_eq!(second, Err(StoreError::TakenBack));
            let kept = world.read().await.application(ada.id).await.unwrap().draft == words;
            assert_eq!(kept, first.is_ok());

            let mut anew = world.store.write_anew_for(&two).await.unwrap();
            let told = anew.record_answer(nowhere, scene.ben.id, march(), CheckInAnswer::Met, noon()).await;
            assert_eq!(told, Err(StoreError::Missing { what: "pair of this person" }));
            let waiting = {
                let (store, one) = (world.store.clone(), one.clone());
                waits(async move { store.write_anew_for(&one).await })
            };
            drop(anew);
            let mut anew = waiting.await;
            anew.save_draft(ada.id, &words, noon()).await.unwrap();
            anew.commit().await.unwrap();
            assert_eq!(world.read().await.application(ada.id).await.unwrap().draft, words);
            assert!(first == Ok(()) || first == Err(StoreError::TakenBack), "{first:?}");
            first.is_err()
        });
    }

    async fn whose_statement_comes_after_it_begins_anew_too(world) {
        let scene = world.scene().await;
        let (ada, _, _) = begun(&world, &scene).await;
        let (one, two) = (scene.ask(&scene.ada, "Ev1"), scene.ask(&scene.ben, "Ev2"));
        until_shared!(attempt, {
            let mut first = world.store.write_for(&one).await.unwrap();
            let second = event_waits(&world.store, &two);
            let nowhere = PairId::from(987_654_321);
            first.record_answer(nowhere, scene.ada.id, march(), CheckInAnswer::Met, noon()).await.unwrap();
            let second = async {
                let mut tx = second.await;
                let found = tx.application(ada.id).await.map(|found| found.id);
                (found, tx.commit().await)
            };
            let (first, second) = tokio::join!(first.commit(), second);
            assert_eq!(first, Err(StoreError::TakenBack), "attempt {attempt}");
            let shared = second.0.is_err();
            let taken_back = Err(StoreError::TakenBack);
            assert_eq!(second, if shared { (Err(StoreError::TakenBack), taken_back) } else { (Ok(ada.id), Ok(())) });
            shared
        });
    }

    async fn who_goes_away_while_it_is_written_loses_nothing_of_others(world) {
        let scene = world.scene().await;
        let (ada, _, pair) = begun(&world, &scene).await;
        let (one, two) = (scene.ask(&scene.ada, "Ev1"), scene.ask(&scene.ben, "Ev2"));
        until_shared!(attempt, {
            let words = draft(&format!("to listen {attempt}"));
            let now = noon() + chrono::TimeDelta::minutes(attempt);
            let mut first = world.store.write_for(&one).await.unwrap();
            let second = event_waits(&world.store, &two);
            first.save_draft(ada.id, &words, noon()).await.unwrap();
            first.record_answer(pair.id, scene.ada.id, march(), CheckInAnswer::Met, now).await.unwrap();
            let second = async {
                let mut tx = second.await;
                let mut looks = Box::pin(tx.application(ada.id));
                assert!(looks.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            };
            let (first, ()) = tokio::join!(first.commit(), second);
            let mut tx = world.read().await;
            let kept = (
                tx.application(ada.id).await.unwrap().draft == words,
                tx.answers(pair.id, march()).await.unwrap().iter().any(|given| given.at == now),
            );
            assert_eq!(kept, (first.is_ok(), first.is_ok()), "attempt {attempt}: {first:?}");
            first == Err(StoreError::TakenBack)
        });
    }

    async fn who_does_not_begin_anew_is_not_taken_back(world) {
        let scene = world.scene().await;
        let (ada, ben, pair) = begun(&world, &scene).await;
        let one = scene.ask(&scene.ada, "Ev1");
        for what in [pair.id, PairId::from(987_654_321)] {
            until_shared!(attempt, {
                let words = draft(&format!("to learn {attempt} beside {what}"));
                let mut first = world.store.write_for(&one).await.unwrap();
                let second = {
                    let store = world.store.clone();
                    waits(async move { store.write().await })
                };
                let commits = world.store.done().commits;
                first.record_answer(what, scene.ada.id, march(), CheckInAnswer::Met, noon()).await.unwrap();
                first.save_draft(ada.id, &words, noon()).await.unwrap();
                let second = async {
                    let mut tx = second.await;
                    tx.save_draft(ben.id, &words, noon()).await.unwrap();
                    tx.commit().await
                };
                let (first, second) = tokio::join!(first.commit(), second);
                assert_eq!(second, Ok(()));
                assert_eq!(first, if what == pair.id { Ok(()) } else { Err(StoreError::TakenBack) });
                let mut tx = world.read().await;
                assert_eq!(tx.application(ben.id).await.unwrap().draft, words);
                assert_eq!(tx.application(ada.id).await.unwrap().draft == words, first.is_ok());
                // Whether the second was there when the first was taken back cannot be told: so it is done ten times.
                if first.is_ok() { world.store.done().commits - commits == 1 } else { attempt == 9 }
            });
        }
    }
}
