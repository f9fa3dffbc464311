//! Pairs as coordinators see them.

use std::collections::BTreeSet;

use plsep_domain::permission::Coordinator;
use plsep_domain::{PairState, Period};

use super::check_in::standing_of;
use super::{Session, Trouble};
use crate::chat::Reply;
use crate::words::PairLine;

pub(super) async fn list(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let calendar = &season.program.calendar;
    let now = Period::containing(session.now, calendar.zone());
    let period = calendar.periods().contains(&now).then_some(now);
    let signed: BTreeSet<_> = session.tx.signatures(season.id).await?.into_iter().map(|(person, _)| person).collect();
    let mut lines = Vec::new();
    for pair in session.tx.pairs(season.id).await?.into_iter().filter(|pair| pair.state.is_live()) {
        let standing = match period {
            Some(period) => Some(standing_of(&mut session.tx, &pair, period).await?.0),
            None => None,
        };
        lines.push(PairLine {
            mentor: session.tx.person(pair.mentor).await?.user,
            mentee: session.tx.person(pair.mentee).await?.user,
            introduced: matches!(pair.state, PairState::Introduced { .. }),
            standing,
            signed: [pair.mentor, pair.mentee].iter().filter(|person| signed.contains(person)).count(),
        });
    }
    Ok(Reply::Private(session.voice().pairs(&lines)))
}
