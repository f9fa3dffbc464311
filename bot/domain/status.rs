//! Where one person stands in a season: the honest answer to "what about me", at every moment.
//!
//! It says only what is decided and may be told: that there is a proposal, but never with whom, as long as the
//! coordinators have not published it. What follows from a standing is for others to offer.

use serde::{Deserialize, Serialize};

use crate::{
    application::ApplicationState,
    calendar::Phase,
    ids::PersonId,
    matching::WhyUnmatched,
    pair::{EndReason, PairState},
    question::Role,
};

/// What is known of one person in a season.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StandFacts {
    /// As what they applied, and where the application stands, if there is one.
    pub application: Option<(Role, ApplicationState)>,
    /// Required questions without an answer, in what was typed last.
    pub missing: usize,
    /// Whether what was typed last differs from what was sent last.
    pub changed: bool,
    /// Whether the coordinators look at a proposal that is not published.
    pub proposed: bool,
    /// Why the last publication left them without a match, if it did.
    pub unmatched: Option<WhyUnmatched>,
    /// Every pair they are or were in, oldest first: with whom, and where it stands.
    pub pairs: Vec<(PersonId, PairState)>,
    /// Whether they have signed the acknowledgement form.
    pub signed: bool,
}

/// Where one person stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stand", rename_all = "snake_case")]
pub enum Stand {
    /// No application.
    NotApplied,
    /// An application that is not sent.
    Draft {
        /// As what.
        role: Role,
        /// Required questions without an answer.
        missing: usize,
    },
    /// An application that is sent and not accepted, or was taken back.
    Sent {
        /// As what.
        role: Role,
        /// Where it stands.
        state: ApplicationState,
        /// Whether there are changes that are not sent.
        changed: bool,
    },
    /// Accepted, and in no pair.
    Accepted {
        /// As what.
        role: Role,
        /// What there is to say about a pair.
        waiting: Waiting,
        /// Whether there are changes that are not sent.
        changed: bool,
    },
    /// In one pair, or a mentor in several.
    Paired {
        /// As what.
        role: Role,
        /// With whom, and whether the two have been introduced.
        partners: Vec<(PersonId, bool)>,
        /// Whether the acknowledgement form is signed.
        signed: bool,
    },
}

/// What there is to say to somebody who is accepted and in no pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// Nothing yet: no pairs have been made.
    NotYet,
    /// The coordinators look at possible pairs.
    Proposed,
    /// The pairs were published, and there was none for them.
    Unmatched(WhyUnmatched),
    /// Their pair has ended, and no other has begun.
    Ended(EndReason),
}

/// Which part of a season it is, as far as a standing depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Nobody can apply yet.
    Before,
    /// People may apply.
    Open,
    /// Applications are closed, and the season is not over.
    Underway,
    /// The run is over.
    Over,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Self; 4] = [Self::Before, Self::Open, Self::Underway, Self::Over];

    /// The part that a phase belongs to.
    #[must_use]
    pub const fn of(phase: Phase) -> Self {
        match phase {
            Phase::Draft => Self::Before,
            Phase::ApplicationsOpen => Self::Open,
            Phase::Review | Phase::AgreementsDue | Phase::Running => Self::Underway,
            Phase::WrapUp | Phase::Closed => Self::Over,
        }
    }

    /// The name by which sentences choose.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Open => "open",
            Self::Underway => "underway",
            Self::Over => "over",
        }
    }
}

/// Where the person stands by what is known.
#[must_use]
pub fn stand(facts: StandFacts) -> Stand {
    let StandFacts { application, missing, changed, proposed, unmatched, pairs, signed } = facts;
    let Some((role, state)) = application else { return Stand::NotApplied };
    let partners: Vec<(PersonId, bool)> = pairs
        .iter()
        .filter(|(_, state)| state.is_live())
        .map(|(partner, state)| (*partner, matches!(state, PairState::Introduced { .. })))
        .collect();
    if !partners.is_empty() {
        return Stand::Paired { role, partners, signed };
    }
    match state {
        ApplicationState::Draft => Stand::Draft { role, missing },
        ApplicationState::Accepted => {
            let ended = pairs.iter().rev().find_map(|(_, state)| end(state));
            let waiting = match (ended, unmatched) {
                // Whoever has completed the season waits for nothing, whatever is proposed.
                (Some(EndReason::Completed), _) => Waiting::Ended(EndReason::Completed),
                _ if proposed => Waiting::Proposed,
                (Some(reason), _) => Waiting::Ended(reason),
                (None, Some(why)) => Waiting::Unmatched(why),
                (None, None) => Waiting::NotYet,
            };
            Stand::Accepted { role, waiting, changed }
        }
        state => Stand::Sent { role, state, changed },
    }
}

const fn end(state: &PairState) -> Option<EndReason> {
    match state {
        PairState::Ended { reason, .. } | PairState::Archived { reason, .. } => Some(*reason),
        PairState::Published { .. } | PairState::Introduced { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted() -> StandFacts {
        StandFacts { application: Some((Role::Mentee, ApplicationState::Accepted)), ..StandFacts::default() }
    }

    fn waiting(facts: StandFacts) -> Waiting {
        match stand(facts) {
            Stand::Accepted { waiting, .. } => waiting,
            other => panic!("not waiting: {other:?}"),
        }
    }

    fn at() -> chrono::DateTime<chrono::Utc> {
        "2025-03-02T18:00:00Z".parse().expect("an instant")
    }

    #[test]
    fn whoever_has_not_applied_stands_nowhere() {
        assert_eq!(stand(StandFacts::default()), Stand::NotApplied);
    }

    #[test]
    fn every_state_of_an_application_has_its_answer() {
        let declined = ApplicationState::Declined { reason: "Next year.".to_owned() };
        let sent = [
            ApplicationState::Submitted,
            ApplicationState::NotOnRoster,
            ApplicationState::WaitListed,
            declined,
            ApplicationState::Withdrawn,
        ];
        for state in sent {
            let facts = StandFacts {
                application: Some((Role::Mentor, state.clone())),
                changed: true,
                proposed: true,
                ..StandFacts::default()
            };
            assert_eq!(stand(facts), Stand::Sent { role: Role::Mentor, state, changed: true });
        }
        let draft = StandFacts {
            application: Some((Role::Mentee, ApplicationState::Draft)),
            missing: 3,
            ..StandFacts::default()
        };
        assert_eq!(stand(draft), Stand::Draft { role: Role::Mentee, missing: 3 });
    }

    #[test]
    fn whoever_waits_for_a_pair_hears_the_latest() {
        let why = WhyUnmatched::NoPlace;
        let ended = |reason| vec![(PersonId::from(2), PairState::Archived { at: at(), reason })];
        let unmatched = StandFacts { unmatched: Some(why.clone()), ..accepted() };
        let left = StandFacts { pairs: ended(EndReason::MentorLeft), unmatched: Some(why.clone()), ..accepted() };
        let done = StandFacts { pairs: ended(EndReason::Completed), proposed: true, ..accepted() };
        assert_eq!(waiting(accepted()), Waiting::NotYet);
        assert_eq!(waiting(StandFacts { proposed: true, ..accepted() }), Waiting::Proposed);
        assert_eq!(waiting(StandFacts { proposed: true, ..unmatched.clone() }), Waiting::Proposed);
        assert_eq!(waiting(unmatched), Waiting::Unmatched(why));
        assert_eq!(waiting(StandFacts { proposed: true, ..left.clone() }), Waiting::Proposed);
        assert_eq!(waiting(left), Waiting::Ended(EndReason::MentorLeft));
        assert_eq!(waiting(done), Waiting::Ended(EndReason::Completed));
    }

    #[test]
    fn a_mentor_of_several_sees_the_pairs_that_live() {
        let pairs = vec![
            (PersonId::from(2), PairState::Ended { at: at(), reason: EndReason::MenteeLeft }),
            (PersonId::from(3), PairState::Introduced { at: at() }),
            (PersonId::from(4), PairState::Published { at: at() }),
        ];
        let partners = vec![(PersonId::from(3), true), (PersonId::from(4), false)];
        let facts = StandFacts { pairs, signed: true, ..accepted() };
        assert_eq!(stand(facts), Stand::Paired { role: Role::Mentee, partners, signed: true });
    }

    #[test]
    fn every_phase_is_part_of_the_season() {
        let parts: Vec<Part> = Phase::ALL.into_iter().map(Part::of).collect();
        assert!(parts.is_sorted());
        assert!(Part::ALL.iter().all(|part| parts.contains(part)));
    }
}
