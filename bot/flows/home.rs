//! Where a person stands.

use plsep_domain::matching::{Matching, WhyUnmatched};
use plsep_domain::{PersonId, Role};

use super::{Session, Trouble};
use crate::chat::Message;
use crate::store::{Application, Season};
use crate::words::Stand;

pub(super) async fn home(session: &mut Session<'_>) -> Result<Message, Trouble> {
    let season = session.season()?;
    let stand = stand(session, &season).await?;
    let coordinates = session.tx.is_coordinator(session.community.id, session.person.id).await?;
    Ok(session.voice().home(&season.program, session.phase(&season.program), &stand, coordinates))
}

pub(super) async fn status(session: &mut Session<'_>) -> Result<Message, Trouble> {
    let season = session.season()?;
    let stand = stand(session, &season).await?;
    Ok(session.voice().status(&season.program, session.phase(&season.program), &stand))
}

async fn stand(session: &mut Session<'_>, season: &Season) -> Result<Stand, Trouble> {
    let me = session.person.id;
    let Some(application) = session.tx.application_of(season.id, me).await? else { return Ok(Stand::NotApplied) };
    let role = application.role;
    let mut partners = Vec::new();
    for pair in session.tx.pairs_of(season.id, me).await?.into_iter().filter(|pair| pair.state.is_live()) {
        let other = if pair.mentor == me { pair.mentee } else { pair.mentor };
        partners.push(session.tx.person(other).await?.user);
    }
    if !partners.is_empty() {
        let signed = session.tx.signature(season.id, me).await?.is_some();
        return Ok(Stand::Paired { role, partners, signed });
    }
    let unmatched = unmatched(session, season, me, role).await?;
    let Application { state, draft, .. } = application;
    let missing = draft.missing(&season.program, role).len();
    Ok(Stand::Applied { role, state, missing, unmatched })
}

/// Why the person was left out of what was published last, if that is so.
async fn unmatched(
    session: &mut Session<'_>,
    season: &Season,
    me: PersonId,
    role: Role,
) -> Result<Option<WhyUnmatched>, Trouble> {
    let Some(proposal) = session.tx.published_proposal(season.id).await? else { return Ok(None) };
    let matching = super::matching::read(proposal.body)?;
    let Matching { unmatched_mentees, unmatched_mentors, .. } = matching;
    Ok(match role {
        Role::Mentee => unmatched_mentees,
        Role::Mentor => unmatched_mentors,
    }
    .remove(&me))
}
