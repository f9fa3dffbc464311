//! The facts of a season, as the domain counts them, read in a few statements however large the season is.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use plsep_domain::figures::{ApplicationFact, PairFact, PairMonth, SeasonFacts};
use plsep_domain::{PairId, PairState, PersonId};

use super::super::month::{self, Month, every_month};
use crate::store::{Application, Pair, Person, Season, StoreError, Tx, every_pair};

/// What the store keeps of a season.
pub(in crate::flows) struct Known {
    pub season: Season,
    pub applications: Vec<(Application, Person)>,
    pub pairs: Vec<Pair>,
    pub people: HashMap<PersonId, Person>,
    months: Vec<Month>,
    published: HashMap<PairId, DateTime<Utc>>,
    signed: Vec<(PersonId, plsep_domain::Signature)>,
    now: DateTime<Utc>,
}

impl Known {
    pub async fn read(tx: &mut Tx, season: Season, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let everybody = every_pair();
        Ok(Self {
            applications: tx.applications(season.id).await?,
            pairs: tx.pairs(season.id).await?,
            people: month::people(tx, season.id, &everybody).await?,
            months: every_month(tx, &season, &everybody).await?,
            published: tx.pairs_published(season.id).await?.into_iter().collect(),
            signed: tx.signatures(season.id).await?,
            season,
            now,
        })
    }

    /// The same, as the domain counts it.
    pub fn facts(&self) -> SeasonFacts<'_> {
        let applications = self.applications.iter().map(|(application, _)| ApplicationFact {
            person: application.person,
            role: application.role,
            state: application.state.clone(),
            submitted_at: application.submitted_at,
        });
        SeasonFacts {
            calendar: &self.season.program.calendar,
            now: self.now,
            applications: applications.collect(),
            pairs: self.pairs.iter().map(|pair| self.fact(pair)).collect(),
            signed: self.signed.iter().map(|(person, signature)| (*person, signature.timing)).collect(),
        }
    }

    fn fact(&self, pair: &Pair) -> PairFact {
        let month = |month: &Month| PairMonth {
            standing: month.standing(pair.id, pair.mentor, pair.mentee).0,
            met: month.met_by(pair),
        };
        let published_at = match &pair.state {
            PairState::Published { at } => Some(*at),
            _ => self.published.get(&pair.id).copied(),
        };
        PairFact {
            id: pair.id,
            mentor: pair.mentor,
            mentee: pair.mentee,
            state: pair.state.clone(),
            published_at,
            months: self.months.iter().map(month).collect(),
        }
    }
}
