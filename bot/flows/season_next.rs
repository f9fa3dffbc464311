//! The next season of a program in the same community, from the program's file: looked at with every date, confirmed, and
//! set up beside the season before, which stays closed and is changed in nothing.

use plsep_domain::permission::Coordinator;
use plsep_domain::{DateName, Phase, Program, Refusal, confirm};

use super::{Session, Trouble, fingerprint};
use crate::chat::Reply;
use crate::store::{Season, StoreError, every_pair};

/// How many bytes of a season's fingerprint travel with a button.
const PRINT_BYTES: usize = 8;

/// Shows what the next season would be.
pub(super) async fn ask(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let next = proposal(session).await?;
    Ok(Reply::Private(session.voice().season_question(&next, &print(&next)?, session.now)))
}

/// Sets it up, if it is still the one that was shown.
pub(super) async fn create(
    session: &mut Session<'_>,
    proof: &Coordinator,
    shown: &str,
    asked_at: i64,
) -> Result<Reply, Trouble> {
    let next = proposal(session).await?;
    confirm::holds(asked_at, session.now)?;
    if print(&next)? != shown {
        return Err(Refusal::ConfirmationOld.into());
    }
    let season = match session.tx.insert_season(session.community.id, &next, session.now).await {
        Err(StoreError::Taken { .. }) => return Err(Refusal::SeasonExists.into()),
        season => season?,
    };
    let dates: serde_json::Map<_, _> = DateName::ALL
        .map(|name| (name.key().to_owned(), next.calendar.local(name).to_string().into()))
        .into_iter()
        .collect();
    let detail = serde_json::json!({ "key": next.key, "dates": dates });
    session.audit(proof, "season.create", format!("season:{}", season.id), detail).await?;
    session.set_season(season);
    Ok(Reply::Replace(session.voice().season_created(&next)))
}

/// The season that would be next: refused while one is on.
async fn proposal(session: &mut Session<'_>) -> Result<Program, Trouble> {
    if let Some(program) = session.program_if_any()
        && session.phase(program) != Phase::Closed
    {
        return Err(Refusal::SeasonOn { closes_at: program.calendar.instant(DateName::WrapUpUntil) }.into());
    }
    if let Ok(season) = session.season() {
        ended(session, &season).await?;
    }
    let seasons = session.tx.seasons_of(session.community.id).await?;
    let taken: Vec<String> = seasons.into_iter().map(|season| season.program.key.clone()).collect();
    session.flows.template.next(&taken, session.now).ok_or_else(|| Refusal::SeasonExists.into())
}

/// A pair that goes on after its season is looked after in it, so that another season waits.
async fn ended(session: &mut Session<'_>, season: &Season) -> Result<(), Trouble> {
    let live = session.tx.live_pairs(season.id, &every_pair()).await?;
    let latest = live.iter().filter_map(|pair| pair.agreed_until).filter(|until| *until > session.now).max();
    latest.map_or(Ok(()), |until| Err(Refusal::PairGoesOn { until }.into()))
}

/// What tells one season from another, down to its questions.
fn print(program: &Program) -> Result<String, StoreError> {
    let whole = serde_json::to_string(program).map_err(|error| StoreError::NoJson { what: error.to_string() })?;
    Ok(fingerprint(&whole, PRINT_BYTES))
}
