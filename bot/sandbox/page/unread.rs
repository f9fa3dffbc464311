//! What each person has already looked at, so that the page can show where something new waits. Only the
//! page sets marks; what a bot or a script reads leaves them alone.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use crate::person::{PlaceKind, Platform, Seen};
use crate::world::Resident;

/// Platform, handle, place.
type Spot = (&'static str, String, String);

/// The messages that were on screen, by person and place. Grows with the messages of the world, which
/// lives as long as the process.
#[derive(Default)]
pub(super) struct ReadMarks(Mutex<HashMap<Spot, HashSet<String>>>);

impl ReadMarks {
    /// Marks the messages up to and including `up_to` as read. False if it is not among them.
    pub(super) fn mark(&self, spot: Spot, messages: &[Seen], up_to: &str) -> bool {
        let Some(last) = messages.iter().rposition(|message| message.id == up_to) else { return false };
        let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = marks.insert(spot.clone(), messages[..=last].iter().map(|message| message.id.clone()).collect());
        before.as_ref() != marks.get(&spot)
    }

    /// How many messages of others this person has not looked at in a place.
    pub(super) fn unread_in(&self, platform: &dyn Platform, person: &Resident, place: &str) -> usize {
        let messages = platform.messages(&person.handle, place);
        let marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let read = marks.get(&(platform.key(), person.handle.clone(), place.to_owned()));
        let is_new = |message: &&Seen| {
            (message.by_bot || message.author != person.name) && !read.is_some_and(|read| read.contains(&message.id))
        };
        messages.iter().filter(is_new).count()
    }

    /// What waits for this person alone or with few: direct messages and private channels. Public channels
    /// do not count, or every notice would put a dot beside everybody.
    pub(super) fn waiting_for(&self, platform: &dyn Platform, person: &Resident) -> usize {
        let personal = |kind| matches!(kind, PlaceKind::Private | PlaceKind::Direct);
        let places = platform.places(&person.handle);
        places
            .iter()
            .filter(|place| personal(place.kind))
            .map(|place| self.unread_in(platform, person, &place.id))
            .sum()
    }
}
