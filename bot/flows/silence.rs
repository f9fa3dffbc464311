//! Pairs of which nothing was heard for long are laid before the coordinators, once for each silence. The pair itself
//! hears nothing of it, and nobody is dropped.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use plsep_domain::watch::{LifeFacts, silent_since};
use plsep_domain::{ConcernKind, Lang, PairId, PersonId, SeasonId};

use super::{Fault, Flows, concerns, month};
use crate::store::{IntroducedPair, NewConcern, Season, StoreError, Tx, every_pair};

/// What was heard of the pairs of a season, and what they were asked.
pub(super) struct Lives {
    signs: HashMap<PairId, DateTime<Utc>>,
    asked: HashMap<PairId, Vec<DateTime<Utc>>>,
    pausing: HashSet<PersonId>,
}

impl Lives {
    pub async fn read(tx: &mut Tx, season: &Season, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let signs = tx.last_signs(season.id).await?.into_iter().collect();
        let mut asked: HashMap<PairId, Vec<DateTime<Utc>>> = HashMap::new();
        for (pair, at) in tx.questions_asked(season.id).await? {
            asked.entry(pair).or_default().push(at);
        }
        let pausing = tx.snoozed(season.community, now).await?.into_iter().map(|(person, _)| person).collect();
        Ok(Self { signs, asked, pausing })
    }

    /// The same of one pair, as the domain judges it.
    pub fn facts(&self, pair: &IntroducedPair) -> LifeFacts {
        let last_sign = self.signs.get(&pair.id).copied();
        let later = |at: &&DateTime<Utc>| last_sign.is_none_or(|sign| **at > sign);
        LifeFacts {
            introduced_at: pair.since,
            last_sign,
            asked_at: self.asked.get(&pair.id).and_then(|all| all.iter().find(later)).copied(),
            pauses: self.pausing.contains(&pair.mentor) || self.pausing.contains(&pair.mentee),
        }
    }
}

/// Looks for silent pairs. Returns how many were laid before the coordinators.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn look(flows: &Flows, season: SeasonId) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().write_long().await?;
    let season = tx.season(season).await?;
    let program = &season.program;
    let lives = Lives::read(&mut tx, &season, now).await?;
    let mut silent = Vec::new();
    for pair in tx.introduced_pairs(season.id, &every_pair()).await? {
        let calendar = program.calendar.until(pair.agreed_until);
        if let Some(since) = silent_since(&lives.facts(&pair), &program.watch, &calendar, now) {
            silent.push((pair, since));
        }
    }
    let people =
        if silent.is_empty() { HashMap::new() } else { month::people(&mut tx, season.id, &every_pair()).await? };
    let (office, mut raised) = (flows.voice(Some(program), Lang::En), 0);
    for (pair, since) in silent {
        let concern = NewConcern {
            season: season.id,
            key: format!("silent:{}:{}", pair.id, since.timestamp()),
            kind: ConcernKind::Silent,
            pair: Some(pair.id),
            person: None,
            note: None,
        };
        let (Some(mentor), Some(mentee)) = (people.get(&pair.mentor), people.get(&pair.mentee)) else { continue };
        let notice = office.silent_notice(&mentor.user, &mentee.user, since);
        raised += usize::from(concerns::raise(&mut tx, &office, season.community, (&concern, notice), now).await?);
    }
    tx.commit().await?;
    flows.wake();
    Ok(raised)
}
