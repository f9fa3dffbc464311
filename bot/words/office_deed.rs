//! What the controls of the coordinators' desk do, as it travels through a platform. Proves nothing: each flow asks
//! again who may, and whether it still holds.

use plsep_domain::ApplicationId;

use crate::chat::ActionId;

/// What a control of the coordinators' desk does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfficeDeed {
    /// Shows a page of those who wait for a decision, counted from 0.
    ShowQueue(u16),
    /// Chooses, in the queue, whose application is read.
    PickApplication,
    /// Shows a page of an application, counted from 0.
    ShowApplication(ApplicationId, u16),
    /// Puts this application on the waiting list.
    WaitList(ApplicationId),
}

impl OfficeDeed {
    /// The action that travels.
    #[must_use]
    pub fn action(&self) -> ActionId {
        match self {
            Self::ShowQueue(page) => ActionId::new("queue", &[&page.to_string()]),
            Self::PickApplication => ActionId::new("pick-application", &[]),
            Self::ShowApplication(id, page) => ActionId::new("application", &[&id.to_string(), &page.to_string()]),
            Self::WaitList(id) => ActionId::new("wait-list", &[&id.to_string()]),
        }
    }

    /// The deed of a verb and its arguments; `None` if no control of the desk has it.
    #[must_use]
    pub fn of(verb: &str, args: &[&str]) -> Option<Self> {
        let id = |text: &str| text.parse::<i64>().ok();
        Some(match (verb, args) {
            ("queue", [page]) => Self::ShowQueue(page.parse().ok()?),
            ("pick-application", []) => Self::PickApplication,
            ("application", [which, page]) => Self::ShowApplication(id(which)?.into(), page.parse().ok()?),
            ("wait-list", [which]) => Self::WaitList(id(which)?.into()),
            _ => return None,
        })
    }

    /// One of each, for whoever walks them all.
    #[must_use]
    pub fn examples() -> Vec<Self> {
        vec![Self::ShowQueue(1), Self::PickApplication, Self::ShowApplication(1.into(), 2), Self::WaitList(1.into())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_of_the_desk_comes_back_as_it_went() {
        for deed in OfficeDeed::examples() {
            let action = deed.action();
            let args: Vec<&str> = action.args().collect();
            assert_eq!(OfficeDeed::of(action.verb(), &args), Some(deed));
        }
    }
}
