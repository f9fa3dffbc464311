//! Events that share a commit with one that fails are taken up once more: whoever acted hears nothing of it.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use plsep_bot::{
    chat::{Actor, Event, Handler, UserRef, What},
    clock::Clock,
    store::{Moment, Pair, Trouble},
    words::Deed,
};
use plsep_domain::CheckInAnswer;

use super::{
    harness::{at, period},
    rounds,
};

/// How many pairs; of each both answer at the same time.
const PAIRS: usize = 30;

stories! {
    async fn who_shares_a_commit_with_one_that_fails_is_answered_as_ever(world) {
        let mut tx = world.write().await;
        let (season, _) = rounds::pairs(&mut tx, "T9", PAIRS).await;
        let community = tx.community(season.community).await.unwrap();
        let pairs = tx.pairs(season.id).await.unwrap();
        let people = tx.people(community.id).await.unwrap();
        tx.commit().await.unwrap();
        let march = period("2025-03");

        // Where the machine has no time for them, each has a commit of its own: then they do it again.
        for attempt in 0.. {
            let (asked, struck) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
            let (count, strikes) = (Arc::clone(&asked), Arc::clone(&struck));
            let store = world.store.clone().troubled(Arc::new(move |moment| {
                let strikes_now = moment == Moment::Statement && count.fetch_add(1, Ordering::SeqCst) % 7 == 3;
                strikes_now.then(|| {
                    strikes.fetch_add(1, Ordering::SeqCst);
                    Trouble::Busy
                })
            }));
            let before = store.done().turns;
            let flows = rounds::flows(&store, &Clock::simulated(|| at("2025-03-20T18:00:00Z")));
            let press = |pair: &Pair, of| {
                let person = people.iter().find(|person| person.id == of).unwrap();
                let event = Event {
                    key: format!("press {attempt} of {}", person.name),
                    community: community.at.clone(),
                    actor: Actor {
                        user: UserRef(person.user.0.clone()),
                        name: person.name.clone(),
                        locale: None,
                        zone: None,
                        email: None,
                        steward: false,
                        groups: None,
                    },
                    at: at("2025-03-20T18:00:00Z"),
                    place: None,
                    what: What::Press(Deed::CheckIn(pair.id, march, CheckInAnswer::Met).action()),
                    handed: None,
                };
                let flows = Arc::clone(&flows);
                tokio::spawn(async move { flows.handle(event).await })
            };
            let presses: Vec<_> =
                pairs.iter().flat_map(|pair| [press(pair, pair.mentor), press(pair, pair.mentee)]).collect();
            let (mut thanked, mut apologies) = (0, 0);
            for pressed in presses {
                match format!("{:?}", pressed.await.unwrap()) {
                    words if words.contains("Something went wrong") => apologies += 1,
                    words => {
                        assert!(words.contains("Lovely"), "{words}");
                        thanked += 1;
                    }
                }
            }
            let struck = struck.load(Ordering::SeqCst);
            assert_eq!((thanked, apologies), (2 * PAIRS - struck, struck), "those who are struck, and nobody else");
            let mut kept = 0;
            for pair in &pairs {
                kept += world.read().await.answers(pair.id, march).await.unwrap().len();
            }
            assert!(kept >= thanked, "who was thanked is heard");
            if attempt == 0 {
                assert_eq!(kept, thanked, "and nobody else");
            }
            // Each press takes one turn, and one more if it begins anew.
            let turns = usize::try_from(store.done().turns - before).unwrap();
            if turns > 2 * PAIRS {
                break;
            }
            assert!(attempt < 100, "nobody ever shares a commit with one that fails");
        }
    }
}
