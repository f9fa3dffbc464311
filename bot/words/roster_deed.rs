//! What the controls at the roster do, as it travels through a platform. Proves nothing: each flow asks again who may,
//! and whether it still holds.

use plsep_domain::roster::{LineState, Search};
use plsep_domain::{PersonId, RosterId};

use crate::chat::{ActionId, UserRef};

/// Longest id of an account that travels in a button.
const ACCOUNT_MAX_BYTES: usize = 24;

/// What a control at the roster does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterDeed {
    /// Shows a page of the lines that fit, counted from 0.
    ShowRoster(LinesWanted, u16),
    /// Chooses, in that list, which line is shown.
    PickLine,
    /// Chooses whose line this is.
    PickAccount(RosterId),
    /// Chooses which line is this person's.
    PickLineOf(UserRef),
    /// Links a line, as it was asked.
    Link(RosterId, UserRef, Asked),
    /// Asks whether a line is parted from its account.
    AskUnlink(RosterId),
    /// Parts them, as it was asked.
    Unlink(RosterId, Asked),
}

/// Which lines are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinesWanted {
    /// Only those in this state.
    pub state: Option<LineState>,
    /// Only those that fit.
    pub search: Search,
}

/// What a question about a line said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who has applied and would no longer be on the roster; at most two.
    pub losing: Vec<PersonId>,
    /// When, in seconds since 1970.
    pub at: i64,
}

impl Asked {
    fn losing_words(&self) -> String {
        let all: Vec<String> = self.losing.iter().map(ToString::to_string).collect();
        if all.is_empty() { "nobody".to_owned() } else { all.join(".") }
    }

    fn of(losing: &str, at: &str) -> Option<Self> {
        let number = |word: &str| word.parse::<i64>().ok().map(PersonId::from);
        let losing: Option<Vec<PersonId>> = match losing {
            "nobody" => Some(vec![]),
            some => some.split('.').map(number).collect(),
        };
        Some(Self { losing: losing.filter(|all| all.len() <= 2)?, at: at.parse().ok()? })
    }
}

/// Somebody's account, if it has the shape of an id.
#[must_use]
pub fn account(id: &str) -> Option<UserRef> {
    let sound = !id.is_empty() && id.len() <= ACCOUNT_MAX_BYTES && id.bytes().all(|it| it.is_ascii_alphanumeric());
    sound.then(|| UserRef(id.to_owned()))
}

impl RosterDeed {
    /// The action that travels.
    #[must_use]
    pub fn action(&self) -> ActionId {
        match self {
            Self::ShowRoster(LinesWanted { state, search }, page) => {
                let state = state.map_or("any", LineState::key);
                ActionId::new("roster-list", &[state, &page.to_string(), search.words()])
            }
            Self::PickLine => ActionId::new("roster-line", &[]),
            Self::PickAccount(line) => ActionId::new("roster-account", &[&line.to_string()]),
            Self::PickLineOf(user) => ActionId::new("roster-line-of", &[&user.0]),
            Self::Link(line, user, asked) => ActionId::new(
                "roster-link",
                &[&line.to_string(), &user.0, &asked.losing_words(), &asked.at.to_string()],
            ),
            Self::AskUnlink(line) => ActionId::new("roster-unlink", &[&line.to_string()]),
            Self::Unlink(line, asked) => {
                ActionId::new("roster-unlink", &[&line.to_string(), &asked.losing_words(), &asked.at.to_string()])
            }
        }
    }

    /// The deed of a verb and its arguments; `None` if no control at the roster has it.
    #[must_use]
    pub fn of(verb: &str, args: &[&str]) -> Option<Self> {
        let line = |text: &str| text.parse::<i64>().ok().map(RosterId::from);
        Some(match (verb, args) {
            ("roster-list", [state, page, search]) => {
                let state = if *state == "any" { None } else { Some(LineState::from_key(state)?) };
                Self::ShowRoster(LinesWanted { state, search: Search::of(search) }, page.parse().ok()?)
            }
            ("roster-line", []) => Self::PickLine,
            ("roster-account", [id]) => Self::PickAccount(line(id)?),
            ("roster-line-of", [user]) => Self::PickLineOf(account(user)?),
            ("roster-link", [id, user, losing, at]) => Self::Link(line(id)?, account(user)?, Asked::of(losing, at)?),
            ("roster-unlink", [id]) => Self::AskUnlink(line(id)?),
            ("roster-unlink", [id, losing, at]) => Self::Unlink(line(id)?, Asked::of(losing, at)?),
            _ => return None,
        })
    }

    /// One of each, for whoever walks them all.
    #[must_use]
    pub fn examples() -> Vec<Self> {
        let asked =
            |losing: &[i64]| Asked { losing: losing.iter().copied().map(PersonId::from).collect(), at: 1_741_986_000 };
        let wanted = |state, search: &str| LinesWanted { state, search: Search::of(search) };
        let user = UserRef("123456789012345678901".to_owned());
        vec![
            Self::ShowRoster(LinesWanted::default(), 0),
            Self::ShowRoster(wanted(Some(LineState::NotYet), &"ñandú ".repeat(20)), u16::MAX),
            Self::PickLine,
            Self::PickAccount(1.into()),
            Self::PickLineOf(user.clone()),
            Self::Link(1_234_567.into(), user.clone(), asked(&[1_234_567, 7_654_321])),
            Self::Link(1.into(), user, asked(&[])),
            Self::AskUnlink(1.into()),
            Self::Unlink(1.into(), asked(&[3])),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_at_the_roster_comes_back_as_it_went() {
        for deed in RosterDeed::examples() {
            let action = deed.action();
            let args: Vec<&str> = action.args().collect();
            assert_eq!(RosterDeed::of(action.verb(), &args), Some(deed));
        }
    }

    #[test]
    fn what_no_question_said_is_no_deed() {
        for (verb, args) in [
            ("roster-link", vec!["1", "a b", "nobody", "1"]),
            ("roster-link", vec!["1", "U1", "1.2.3", "1"]),
            ("roster-link", vec!["1", &"U".repeat(30), "nobody", "1"]),
            ("roster-unlink", vec!["x"]),
            ("roster-list", vec!["gone", "1", ""]),
        ] {
            assert_eq!(RosterDeed::of(verb, &args), None, "{verb} {args:?}");
        }
    }
}
