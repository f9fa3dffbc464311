//! Which pair somebody means: the one in whose place they act, or their only one; a mentor of several is asked.

use plsep_domain::{MeetingId, PairId, PairState, Refusal};

use super::super::{Session, Trouble};
use crate::store::{Meeting, Pair, Person, Season, StoreError};

/// A pair of the person who acts.
#[derive(Clone, Debug)]
pub(in crate::flows) struct Couple {
    pub season: Season,
    pub pair: Pair,
    pub partner: Person,
}

/// What is known of which pair is meant.
pub(in crate::flows) enum Which {
    One(Box<Couple>),
    Several(Vec<Couple>),
}

/// The pair that somebody means who names none.
pub(in crate::flows) async fn which_pair(session: &mut Session<'_>) -> Result<Which, Trouble> {
    let mut couples = couples(session).await?;
    let place = &session.event.place;
    if let Some(here) = couples.iter().position(|it| it.pair.channel.is_some() && it.pair.channel == *place) {
        couples = vec![couples.swap_remove(here)];
    }
    Ok(if couples.len() == 1 { Which::One(Box::new(couples.remove(0))) } else { Which::Several(couples) })
}

/// Every pair of the person that lives, at least one.
pub(super) async fn couples(session: &mut Session<'_>) -> Result<Vec<Couple>, Trouble> {
    let season = session.season()?;
    let mut live = Vec::new();
    let mut waits = false;
    for pair in session.tx.pairs_of(season.id, session.person.id).await? {
        match pair.state {
            PairState::Introduced { .. } => live.push(pair),
            PairState::Published { .. } => waits = true,
            PairState::Ended { .. } | PairState::Archived { .. } => {}
        }
    }
    let mut couples = Vec::new();
    for pair in live {
        couples.push(with_partner(session, &season, pair).await?);
    }
    match couples.is_empty() {
        true if waits => Err(Refusal::PairNotIntroduced.into()),
        true => Err(Refusal::NoPair.into()),
        false => Ok(couples),
    }
}

/// The pair of this number, if the person is in it and it lives. The number may be anything: it was on a button.
pub(in crate::flows) async fn couple(session: &mut Session<'_>, pair: PairId) -> Result<Couple, Trouble> {
    let season = session.season()?;
    let pair = session.own_pair(pair).await?;
    if pair.season != season.id {
        return Err(Refusal::Expired.into());
    }
    match pair.state {
        PairState::Introduced { .. } => with_partner(session, &season, pair).await,
        PairState::Published { .. } => Err(Refusal::PairNotIntroduced.into()),
        PairState::Ended { .. } | PairState::Archived { .. } => Err(Refusal::PairEnded.into()),
    }
}

/// The meeting of this number; whose it is, is asked of its pair.
pub(in crate::flows) async fn meeting(session: &mut Session<'_>, id: MeetingId) -> Result<Meeting, Trouble> {
    match session.tx.meeting(id).await {
        Ok(meeting) => Ok(meeting),
        Err(StoreError::Missing { .. }) => Err(Refusal::Expired.into()),
        Err(error) => Err(error.into()),
    }
}

async fn with_partner(session: &mut Session<'_>, season: &Season, pair: Pair) -> Result<Couple, Trouble> {
    let partner = session.tx.person(pair.partner_of(session.person.id)).await?;
    // The two may go on for longer than the season.
    Ok(Couple { season: season.clone().until(pair.agreed_until), pair, partner })
}
