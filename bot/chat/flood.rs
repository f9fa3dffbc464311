//! Bounds how much one person, and all together, can have at work, so that nobody holds up the others and memory
//! cannot grow without end. Whoever goes beyond is told so in one calm sentence, without anything else being asked;
//! and where even such sentences pile up, nothing is said any more.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use super::{CommunityRef, Event, UserRef};

/// How much is let in.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Interactions of one person at work at a time: a double click on each of two devices.
    pub at_once: usize,
    /// Interactions that a person may have in store: twice what an application takes in which every menu is touched.
    pub burst: u32,
    /// How many a second are added to the store: nobody reads and presses faster for long.
    pub per_second: u32,
    /// Interactions of all people at work at a time: a second's worth at the busiest, a few megabytes.
    pub all_at_once: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { at_once: 4, burst: 120, per_second: 4, all_at_once: 2048 }
    }
}

/// Calm sentences to one person on their way at a time.
const CALM_AT_ONCE: usize = 2;
/// People remembered; whoever has a full store and nothing at work is forgotten first.
const PEOPLE_MAX: usize = 10_000;

/// Decides who is let in. Clones share one memory.
#[derive(Clone)]
pub struct Flood(Arc<Shared>);

struct Shared {
    bounds: Bounds,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    people: HashMap<(CommunityRef, UserRef), Person>,
    at_work: usize,
    calm: usize,
}

struct Person {
    at_work: usize,
    calm: usize,
    /// Thousandths of an interaction in store.
    store: u64,
    filled_at: DateTime<Utc>,
}

/// What is to be done with an interaction.
pub enum Admitted {
    /// Handle it; it counts until the pass is dropped.
    In(Pass),
    /// Say calmly that it is too much; the sentence counts until the pass is dropped.
    Calm(Pass),
    /// Leave it: enough calm sentences are on their way.
    Ignored,
}

/// Counts one interaction, or one calm sentence, until dropped.
pub struct Pass(Option<Counted>);

struct Counted {
    flood: Flood,
    who: (CommunityRef, UserRef),
    calm: bool,
}

impl Pass {
    /// A pass that counts nothing.
    pub(super) fn free() -> Self {
        Self(None)
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let Some(Counted { flood, who, calm }) = self.0.take() else { return };
        let mut state = flood.lock();
        let State { people, at_work, calm: all_calm } = &mut *state;
        let person = people.get_mut(&who);
        if calm {
            *all_calm -= 1;
            person.into_iter().for_each(|person| person.calm -= 1);
        } else {
            *at_work -= 1;
            person.into_iter().for_each(|person| person.at_work -= 1);
        }
    }
}

impl Flood {
    /// Nobody is at work yet, and everybody's store is full.
    #[must_use]
    pub fn new(bounds: Bounds) -> Self {
        Self(Arc::new(Shared { bounds, state: Mutex::default() }))
    }

    /// Whether this event of a person is let in.
    #[must_use]
    pub fn admit(&self, event: &Event, now: DateTime<Utc>) -> Admitted {
        let bounds = self.0.bounds;
        let who = (event.community.clone(), event.actor.user.clone());
        let mut state = self.lock();
        if state.people.len() >= PEOPLE_MAX && !state.people.contains_key(&who) {
            state.people.retain(|_, person| !person.is_idle(&bounds, now));
        }
        let room = state.people.len() < PEOPLE_MAX || state.people.contains_key(&who);
        let State { people, at_work, calm } = &mut *state;
        if !room {
            return Admitted::Ignored;
        }
        let person = people.entry(who.clone()).or_insert_with(|| Person::new(&bounds, now));
        person.fill(&bounds, now);
        let pass = |calm| Pass(Some(Counted { flood: self.clone(), who, calm }));
        if person.at_work < bounds.at_once && *at_work < bounds.all_at_once && person.store >= 1000 {
            person.store -= 1000;
            person.at_work += 1;
            *at_work += 1;
            Admitted::In(pass(false))
        } else if person.calm < CALM_AT_ONCE && *calm < bounds.all_at_once {
            person.calm += 1;
            *calm += 1;
            Admitted::Calm(pass(true))
        } else {
            Admitted::Ignored
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Person {
    fn new(bounds: &Bounds, now: DateTime<Utc>) -> Self {
        Self { at_work: 0, calm: 0, store: u64::from(bounds.burst) * 1000, filled_at: now }
    }

    /// Adds to the store what has come in since; a clock that goes back adds nothing.
    fn fill(&mut self, bounds: &Bounds, now: DateTime<Utc>) {
        let since_ms = u64::try_from((now - self.filled_at).num_milliseconds()).unwrap_or_default();
        let more = since_ms.saturating_mul(u64::from(bounds.per_second));
        self.store = self.store.saturating_add(more).min(u64::from(bounds.burst) * 1000);
        self.filled_at = now;
    }

    fn is_idle(&mut self, bounds: &Bounds, now: DateTime<Utc>) -> bool {
        self.fill(bounds, now);
        self.at_work == 0 && self.calm == 0 && self.store == u64::from(bounds.burst) * 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::{Actor, What};

    fn event(user: &str) -> Event {
        Event {
            key: "any".to_owned(),
            community: CommunityRef { chat: "chat".to_owned(), id: "1".to_owned() },
            actor: Actor {
                user: UserRef(user.to_owned()),
                name: user.to_owned(),
                locale: None,
                zone: None,
                email: None,
                steward: false,
                groups: None,
            },
            at: DateTime::UNIX_EPOCH,
            place: None,
            what: What::HomeOpened,
            handed: None,
        }
    }

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(ms).unwrap()
    }

    fn is_in(admitted: &Admitted) -> bool {
        matches!(admitted, Admitted::In(_))
    }

    #[test]
    fn one_person_has_few_at_work_and_others_are_not_held_up() {
        let flood = Flood::new(Bounds { at_once: 2, ..Bounds::default() });
        let work: Vec<_> = (0..2).map(|_| flood.admit(&event("ada"), at(0))).collect();
        assert!(work.iter().all(is_in));
        let calm: Vec<_> = (0..CALM_AT_ONCE).map(|_| flood.admit(&event("ada"), at(0))).collect();
        assert!(calm.iter().all(|calm| matches!(calm, Admitted::Calm(_))));
        assert!(matches!(flood.admit(&event("ada"), at(0)), Admitted::Ignored));
        assert!(is_in(&flood.admit(&event("ben"), at(0))));
        drop(work);
        assert!(is_in(&flood.admit(&event("ada"), at(0))));
    }

    #[test]
    fn the_store_empties_and_fills_with_time() {
        let flood = Flood::new(Bounds { burst: 3, per_second: 2, ..Bounds::default() });
        let admitted = |ms| (0..10).filter(|_| is_in(&flood.admit(&event("ada"), at(ms)))).count();
        assert_eq!(admitted(0), 3);
        assert_eq!(admitted(1000), 2);
        // A clock that goes back gives nothing, and takes nothing.
        assert_eq!(admitted(-60_000), 0);
        assert_eq!(admitted(-59_000), 2);
        assert_eq!(admitted(3_600_000), 3, "it never holds more than a burst");
    }

    #[test]
    fn all_together_are_bounded() {
        let flood = Flood::new(Bounds { all_at_once: 5, ..Bounds::default() });
        let everybody: Vec<_> = (0..20).map(|n| flood.admit(&event(&n.to_string()), at(0))).collect();
        assert_eq!(everybody.iter().filter(|one| is_in(one)).count(), 5);
        assert_eq!(everybody.iter().filter(|one| matches!(one, Admitted::Calm(_))).count(), 5);
        drop(everybody);
        assert!(is_in(&flood.admit(&event("20"), at(0))));
    }

    #[test]
    fn the_memory_of_people_is_bounded() {
        let flood = Flood::new(Bounds::default());
        for n in 0..PEOPLE_MAX {
            assert!(is_in(&flood.admit(&event(&n.to_string()), at(0))));
        }
        assert!(!is_in(&flood.admit(&event("one too many"), at(0))));
        assert!(is_in(&flood.admit(&event("one too many"), at(60_000))));
        assert_eq!(flood.lock().people.len(), 1, "whoever did nothing for a while is forgotten");
    }
}
