//! The end of a pair: at the end of the run for all of them, or before it when somebody leaves.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use plsep_domain::nudge::Spread;
use plsep_domain::{EndReason, PersonId, SeasonId, Standing};

use super::month::{self, Month};
use super::{Fault, Flows, civil_for};
use crate::chat::Message;
use crate::store::{AuditEntry, AuditWho, Effect, NewEffect, Pair, Person, Season, StoreError, Tx, every_pair};
use crate::words::shared_lang;

/// Pairs ended in one transaction: a season of thousands must not hold up whoever presses a button meanwhile.
const PAIRS_AT_ONCE: usize = 100;

/// Ends every pair of a season that has run its course: a farewell in each place, which is then closed. The farewells
/// leave one after the other, the first at once.
///
/// # Errors
/// The database; what has ended by then stays ended, and the next attempt goes on from there.
pub async fn close_season(flows: &Flows, season: SeasonId) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().read().await?;
    let season = tx.season(season).await?;
    let live = tx.live_pairs(season.id, &every_pair()).await?;
    drop(tx);
    let mut spread = Spread::over(live.len());
    let mut ended = 0;
    for some in live.chunks(PAIRS_AT_ONCE) {
        ended += end_some(flows, &season, some, &mut spread, now).await?;
    }
    Ok(ended)
}

/// Ends these pairs, unless they have ended since they were found.
async fn end_some(
    flows: &Flows,
    season: &Season,
    found: &[Pair],
    spread: &mut Spread,
    now: DateTime<Utc>,
) -> Result<usize, Fault> {
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return Ok(0) };
    let among = first.id..=last.id;
    let program = &season.program;
    let mut tx = flows.store().write_long().await?;
    let people = month::people(&mut tx, season.id, &among).await?;
    let mut months = Vec::new();
    for period in program.calendar.periods() {
        months.push(Month::read(&mut tx, season.id, period, &among).await?);
    }
    let mut ended = 0;
    for pair in tx.live_pairs(season.id, &among).await? {
        let (mentor, mentee) = both(&people, &pair)?;
        let met = months.iter().filter(|month| month.standing(pair.id, pair.mentor, pair.mentee).0 == Standing::Met);
        let language = shared_lang(mentor.lang(), mentee.lang());
        let members = [mentor.user.clone(), mentee.user.clone()];
        let message = flows.voice(Some(program), language).farewell(program, met.count(), &members);
        let due_at = spread.next(now, |at| civil_for(program, [mentor, mentee], at));
        end_pair(&mut tx, &pair, EndReason::Completed, &Farewell { message, due_at }, now).await?;
        ended += 1;
    }
    let entry = AuditEntry {
        community: season.community,
        at: now,
        who: AuditWho::Bot,
        action: "season.close-pairs".to_owned(),
        subject: format!("season:{}", season.id),
        detail: serde_json::json!({ "pairs": ended }),
    };
    tx.append_audit(&entry).await?;
    tx.commit().await?;
    flows.wake();
    Ok(ended)
}

fn both<'a>(people: &'a HashMap<PersonId, Person>, pair: &Pair) -> Result<(&'a Person, &'a Person), StoreError> {
    let person = |id| people.get(&id).ok_or(StoreError::Missing { what: "person" });
    Ok((person(pair.mentor)?, person(pair.mentee)?))
}

/// What a pair hears at its end, and when.
pub(super) struct Farewell {
    pub message: Message,
    pub due_at: DateTime<Utc>,
}

/// Ends one pair and sends the farewell on its way. A pair that has ended already stays as it ended.
pub(super) async fn end_pair(
    tx: &mut Tx,
    pair: &Pair,
    reason: EndReason,
    farewell: &Farewell,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Ok(ended) = pair.state.ended(now, reason) else { return Ok(()) };
    if tx.set_pair_state(pair.id, &pair.state, &ended, now).await? {
        let key = format!("farewell:{}", pair.id);
        let effect = Effect::Farewell { pair: pair.id, message: farewell.message.clone() };
        tx.enqueue(&NewEffect { community: pair.community, key, due_at: farewell.due_at, effect }, now).await?;
    }
    Ok(())
}
