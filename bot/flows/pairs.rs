//! Pairs as coordinators see them.

use std::collections::BTreeSet;

use plsep_domain::permission::Coordinator;
use plsep_domain::{PairState, Period, PersonId};

use super::month::{self, Month};
use super::{Session, Trouble};
use crate::chat::Reply;
use crate::store::{StoreError, every_pair};
use crate::words::PairLine;

pub(super) async fn list(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let calendar = &season.program.calendar;
    let now = Period::containing(session.now, calendar.zone());
    let period = month::whole_run(&mut session.tx, &season).await?.has_period(now).then_some(now);
    let signed: BTreeSet<_> = session.tx.signatures(season.id).await?.into_iter().map(|(person, _)| person).collect();
    let month = match period {
        Some(period) => Some(Month::read(&mut session.tx, &season, period, &every_pair()).await?),
        None => None,
    };
    let people = month::people(&mut session.tx, season.id, &every_pair()).await?;
    let mut lines = Vec::new();
    for pair in session.tx.live_pairs(season.id, &every_pair()).await? {
        let user = |person: &PersonId| {
            people.get(person).map(|person| person.user.clone()).ok_or(StoreError::Missing { what: "person" })
        };
        lines.push(PairLine {
            mentor: user(&pair.mentor)?,
            mentee: user(&pair.mentee)?,
            introduced: matches!(pair.state, PairState::Introduced { .. }),
            standing: month.as_ref().map(|month| month.standing(pair.id, pair.mentor, pair.mentee).0),
            unsigned: [pair.mentor, pair.mentee]
                .iter()
                .filter(|person| !signed.contains(person))
                .map(user)
                .collect::<Result<_, _>>()?,
        });
    }
    Ok(Reply::Private(session.voice().pairs(&lines)))
}
