//! The pairs' rooms of a rehearsal, found by looking over the shoulders of everybody: who reads what, and what both
//! of a pair see.

use std::collections::{BTreeMap, BTreeSet};

use plsep_domain::{Lang, Period, Role};
use plsep_sandbox::Place;
use plsep_sandbox::person::PlaceKind;

use super::super::people::{Applicant, Part};
use super::super::stage::Stage;
use super::player::{Player, Settles};
use crate::words::{Arg, Catalogue, shared_lang};

/// Every pair's room as its people see it. A room that anybody else can read is a broken promise.
pub(super) fn rooms<'t, W: Settles>(
    catalogue: &Catalogue,
    troupe: &'t [Player<'_, W>],
    broken: &mut Vec<String>,
) -> Vec<Room<'t, W>> {
    let mut readers: BTreeMap<String, (Place, Vec<&'t Player<'t, W>>)> = BTreeMap::new();
    // The owner of a server sees every channel there, whatever a bot does.
    for player in troupe.iter().filter(|player| player.person.part != Part::Owner) {
        for place in player.actor.places().into_iter().filter(|place| place.kind == PlaceKind::Private) {
            readers.entry(place.id.clone()).or_insert_with(|| (place, vec![])).1.push(player);
        }
    }
    let mut rooms = Vec::new();
    for (place, players) in readers.into_values() {
        let of = |role| players.iter().copied().find(|player| player.person.role() == Some(role));
        match (of(Role::Mentor), of(Role::Mentee), players.len()) {
            (Some(mentor), Some(mentee), 2) => {
                let mut room = Room { place, mentor, mentee, introductions: 0 };
                room.introductions = room.shown(catalogue, "intro-heading");
                rooms.push(room);
            }
            (None, None, _) if players.iter().all(|player| player.person.part == Part::Coordinator) => {}
            _ => broken.push(format!("{} is read by {} people", place.name, players.len())),
        }
    }
    rooms
}

/// One pair's room.
pub(super) struct Room<'t, W = Stage> {
    /// Where it is, as the mentor or the mentee sees it.
    pub place: Place,
    /// The mentor.
    pub mentor: &'t Player<'t, W>,
    /// The mentee.
    pub mentee: &'t Player<'t, W>,
    /// How many introductions both of them see.
    pub introductions: usize,
}

impl<W: Settles> Room<'_, W> {
    pub fn platform(&self) -> &'static str {
        self.mentor.platform()
    }

    /// The mentor and the mentee.
    pub fn both(&self) -> [&Player<'_, W>; 2] {
        [self.mentor, self.mentee]
    }

    /// Whether the person is one of the two.
    pub fn has(&self, person: &Applicant) -> bool {
        self.both().into_iter().any(|player| player.person.handle == person.handle)
    }

    fn lang(&self) -> Lang {
        shared_lang(self.mentor.lang(), self.mentee.lang())
    }

    /// How many messages under this heading both of them see; a message that only one sees counts for none.
    pub fn shown(&self, catalogue: &Catalogue, key: &str) -> usize {
        self.both_see(&catalogue.line(self.lang(), key, &[]))
    }

    /// How often the month's question stands here: in the language of both, or of the one who is asked here alone.
    pub fn questions(&self, catalogue: &Catalogue, period: Period) -> usize {
        let languages: BTreeSet<Lang> = [self.lang(), self.mentor.lang(), self.mentee.lang()].into();
        let asked = languages.into_iter().map(|lang| {
            let month = Arg::Words(month_name(catalogue, lang, period));
            self.both_see(&catalogue.line(lang, "nudge-heading", &[("month", month)]))
        });
        asked.sum()
    }

    /// How many messages with a line that begins so both of them see.
    pub fn both_see(&self, line: &str) -> usize {
        let ids = |player: &Player<'_, W>| -> BTreeSet<String> {
            player.in_place(&self.place, line).into_iter().filter(|seen| !seen.ephemeral).map(|seen| seen.id).collect()
        };
        ids(self.mentor).intersection(&ids(self.mentee)).count()
    }
}

/// A month by name, as the bot says it.
pub(super) fn month_name(catalogue: &Catalogue, lang: Lang, period: Period) -> String {
    let month = Arg::Words(catalogue.line(lang, &format!("month-{}", period.month()), &[]));
    catalogue.line(lang, "month-year", &[("month", month), ("year", Arg::Words(period.year().to_string()))])
}
