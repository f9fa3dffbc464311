//! Finding lines of the roster: by what coordinators remember of a name, a library or an address, and by how a line
//! stands. Letters count without case and accents. It reads nothing itself, and links nobody.

use std::collections::BTreeSet;

use super::row::bare;
use crate::eligibility::RosterEntry;

/// Longest search, in bytes: it travels in the buttons that turn the pages.
const SEARCH_MAX_BYTES: usize = 40;

/// How a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineState {
    /// Its person takes part and is known in the chat.
    Found,
    /// Its person takes part and has not been met in the chat yet.
    NotYet,
    /// Its person no longer takes part.
    Inactive,
}

impl LineState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Found, Self::NotYet, Self::Inactive];

    /// A stable name, used to look words up.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::NotYet => "not-yet",
            Self::Inactive => "inactive",
        }
    }

    /// The state of such a name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// How this line stands if its person is, or is not, known in the chat.
    #[must_use]
    pub const fn of(entry: &RosterEntry, known: bool) -> Self {
        match (entry.active, known) {
            (false, _) => Self::Inactive,
            (true, true) => Self::Found,
            (true, false) => Self::NotYet,
        }
    }
}

/// What is searched for: words without case, accents and signs. The empty one fits every line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search(String);

impl Search {
    /// A search for what was typed.
    #[must_use]
    pub fn of(typed: &str) -> Self {
        let mut folded = folded(typed);
        while folded.len() > SEARCH_MAX_BYTES {
            folded.pop();
        }
        Self(folded.trim_end().to_owned())
    }

    /// The words that are searched for.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.0
    }

    /// Whether every word stands somewhere in the line.
    #[must_use]
    pub fn fits(&self, entry: &RosterEntry) -> bool {
        let line = folded(&format!("{} {} {}", entry.name, entry.library_system, entry.email));
        self.0.split(' ').all(|word| line.contains(word))
    }
}

/// How many words two names have in common: the more, the likelier they are one person's. It proves nothing.
#[must_use]
pub fn likeness(one: &str, other: &str) -> usize {
    let words =
        |name: &str| folded(name).split(' ').filter(|it| it.len() > 1).map(str::to_owned).collect::<BTreeSet<_>>();
    words(one).intersection(&words(other)).count()
}

/// Under which letters a name is sorted.
#[must_use]
pub fn sorting(name: &str) -> String {
    folded(name)
}

/// Small letters without accents, digits, and the signs of addresses; anything else parts words.
fn folded(words: &str) -> String {
    let kept = words.chars().flat_map(char::to_lowercase).map(bare);
    let kept: String =
        kept.map(|sign| if sign.is_alphanumeric() || "@.-_+".contains(sign) { sign } else { ' ' }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry() -> RosterEntry {
        RosterEntry {
            name: "José Núñez".to_owned(),
            email: "jnunez@leon.example".to_owned(),
            chat_user: None,
            library_system: "León: Biblioteca Central".to_owned(),
            active: true,
        }
    }

    #[test]
    fn a_line_is_found_by_part_of_name_library_or_address() {
        for found in ["", "nunez", "JOSE", "central  jose", "leon.example", "Biblioteca", "@leon", "Núñez,"] {
            assert!(Search::of(found).fits(&entry()), "{found}");
        }
        for not in ["ada", "jose fresno"] {
            assert!(!Search::of(not).fits(&entry()), "{not}");
        }
    }

    #[test]
    fn names_are_alike_by_their_words() {
        assert_eq!(likeness("Nunez, Jose A.", "José Núñez"), 2);
        assert_eq!(likeness("Ada Reyes", "José Núñez"), 0);
    }

    #[test]
    fn states_come_back_by_their_names() {
        for state in LineState::ALL {
            assert_eq!(LineState::from_key(state.key()), Some(state));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_search_is_short_holds_no_colon_and_is_itself_when_searched_again(typed in ".{0,200}") {
            let search = Search::of(&typed);
            prop_assert!(search.words().len() <= SEARCH_MAX_BYTES && !search.words().contains(':'));
            prop_assert_eq!(Search::of(search.words()), search);
        }
    }
}
