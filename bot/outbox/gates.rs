//! Which budgets of the platforms are used up, and until when. Effects that need one of them are not claimed
//! until then; they are neither woken nor written to while they wait.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::CommunityId;

use crate::chat::Scope;
use crate::store::{Claimed, Pace};

/// A gate is never believed to be shut for longer: the platforms' windows are shorter, and a clock that is set
/// back must not keep everything waiting.
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// Where effects of a kind go through.
type Place = (CommunityId, Pace);

/// The gates that are shut.
#[derive(Default)]
pub(super) struct Gates(Mutex<BTreeMap<Place, DateTime<Utc>>>);

impl Gates {
    /// Nothing that needs what `scope` names goes through for a while.
    pub fn shut_for(&self, community: CommunityId, scope: Scope, now: DateTime<Utc>, wait: TimeDelta) {
        let paces: &[Pace] = match scope {
            Scope::Here => &[],
            Scope::Openings => &[Pace::Open],
            Scope::Closings => &[Pace::Close],
            Scope::Directs => &[Pace::Direct],
            Scope::Everything => &Pace::ALL,
        };
        let until = now + wait.min(LONGEST);
        let mut gates = self.lock();
        for pace in paces {
            let gate = gates.entry((community, *pace)).or_insert(until);
            *gate = until.max(*gate);
        }
    }

    /// Those that are shut now, and until when.
    pub fn shut(&self, now: DateTime<Utc>) -> Vec<(Place, DateTime<Utc>)> {
        let mut gates = self.lock();
        gates.retain(|_, until| *until > now && *until <= now + LONGEST);
        gates.iter().map(|(place, until)| (*place, *until)).collect()
    }

    /// Whether this effect would have to wait.
    pub fn is_shut(&self, claimed: &Claimed, now: DateTime<Utc>) -> bool {
        let place = (claimed.community, claimed.effect.pace());
        self.shut(now).iter().any(|(shut, _)| *shut == place)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Place, DateTime<Utc>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_740_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn a_gate_shuts_its_own_pace_in_its_own_community_for_its_time() {
        let gates = Gates::default();
        gates.shut_for(1.into(), Scope::Openings, at(0), TimeDelta::seconds(40));
        assert_eq!(gates.shut(at(39)), [((1.into(), Pace::Open), at(40))]);
        assert_eq!(gates.shut(at(40)), []);
        gates.shut_for(1.into(), Scope::Everything, at(50), TimeDelta::seconds(1));
        assert_eq!(gates.shut(at(50)).len(), Pace::ALL.len());
        gates.shut_for(1.into(), Scope::Here, at(60), TimeDelta::seconds(1));
        assert_eq!(gates.shut(at(60)), []);
    }

    #[test]
    fn a_clock_that_is_set_back_opens_the_gates() {
        let gates = Gates::default();
        gates.shut_for(1.into(), Scope::Openings, at(1_000_000), TimeDelta::seconds(40));
        assert_eq!(gates.shut(at(0)), []);
    }
}
