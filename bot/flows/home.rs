//! Where a person stands.

use plsep_domain::matching::{Matching, WhyUnmatched};
use plsep_domain::status::{StandFacts, stand};
use plsep_domain::{PersonId, Role, Stand};

use super::extension::own;
use super::{Session, Trouble};
use crate::chat::{Message, UserRef};
use crate::store::{Pair, Season};
use crate::words::StandView;

pub(super) async fn home(session: &mut Session<'_>) -> Result<Message, Trouble> {
    let (season, pairs) = own(session).await?;
    let (stand, partners) = mine(session, &season, pairs).await?;
    let appointed = session.appointed().await?;
    let unread = session.tx.unread(session.person.id).await?.len();
    let home = session.voice().home(&view(session, &season, &stand, &partners), appointed);
    Ok(if unread == 0 { home } else { session.voice().with_unread(home, unread) })
}

pub(super) async fn status(session: &mut Session<'_>) -> Result<Message, Trouble> {
    let (season, pairs) = own(session).await?;
    let (stand, partners) = mine(session, &season, pairs).await?;
    Ok(session.voice().status(&view(session, &season, &stand, &partners)))
}

fn view<'a>(session: &Session<'_>, season: &'a Season, stand: &'a Stand, partners: &'a [UserRef]) -> StandView<'a> {
    let program = &season.program;
    let overdue = !program.calendar.agreement_on_time(session.now);
    StandView { program, phase: session.phase(program), stand, partners, overdue }
}

/// Where the acting person stands, and who their partners are.
async fn mine(session: &mut Session<'_>, season: &Season, pairs: Vec<Pair>) -> Result<(Stand, Vec<UserRef>), Trouble> {
    let me = session.person.id;
    let Some(application) = session.application() else {
        return Ok((Stand::NotApplied, vec![]));
    };
    let role = application.role;
    let facts = StandFacts {
        missing: application.draft.missing(&season.program, role).len(),
        changed: application.answers.as_ref().is_some_and(|sent| *sent != application.draft),
        application: Some((role, application.state)),
        proposed: session.tx.latest_proposal(season.id).await?.is_some_and(|latest| latest.published_at.is_none()),
        unmatched: unmatched(session, season, me, role).await?,
        pairs: pairs.into_iter().map(|pair| (pair.partner_of(me), pair.state)).collect(),
        signed: session.tx.signature(season.id, me).await?.is_some(),
    };
    let stand = stand(facts);
    let mut partners = Vec::new();
    if let Stand::Paired { partners: others, .. } = &stand {
        for (other, _) in others {
            partners.push(session.tx.person(*other).await?.user);
        }
    }
    Ok((stand, partners))
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
