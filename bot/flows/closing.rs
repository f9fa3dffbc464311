//! The end of a pair: at the end of the run for all of them, or before it when somebody leaves.

use chrono::{DateTime, Utc};
use plsep_domain::{EndReason, SeasonId, Standing};

use super::check_in::standing_of;
use super::session::zone_of;
use super::{Fault, Flows, civil_for, lang};
use crate::chat::Message;
use crate::store::{AuditEntry, AuditWho, Effect, NewEffect, Pair, StoreError, Tx};
use crate::words::shared_lang;

/// Ends every pair of a season that has run its course: a farewell in each place, which is then closed.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn close_season(flows: &Flows, season: SeasonId) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().write().await?;
    let season = tx.season(season).await?;
    let program = &season.program;
    let mut ended = 0;
    for pair in tx.pairs(season.id).await?.into_iter().filter(|pair| pair.state.is_live()) {
        let (mentor, mentee) = (tx.person(pair.mentor).await?, tx.person(pair.mentee).await?);
        let mut met = 0;
        for period in program.calendar.periods() {
            met += usize::from(standing_of(&mut tx, &pair, period).await?.0 == Standing::Met);
        }
        let language = shared_lang(lang(mentor.locale.as_deref()), lang(mentee.locale.as_deref()));
        let members = [mentor.user.clone(), mentee.user.clone()];
        let farewell = flows.voice(Some(program), language).farewell(program, met, &members);
        let due_at = civil_for(program, &[zone_of(&mentor, program), zone_of(&mentee, program)], now);
        end_pair(&mut tx, &pair, EndReason::Completed, farewell, due_at).await?;
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

/// Ends one pair and sends the farewell on its way. A pair that has ended already stays as it ended.
pub(super) async fn end_pair(
    tx: &mut Tx,
    pair: &Pair,
    reason: EndReason,
    farewell: Message,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Ok(ended) = pair.state.ended(at, reason) else { return Ok(()) };
    if tx.set_pair_state(pair.id, &pair.state, &ended, at).await? {
        let key = format!("farewell:{}", pair.id);
        let effect = Effect::Farewell { pair: pair.id, message: farewell };
        tx.enqueue(&NewEffect { community: pair.community, key, due_at: at, effect }, at).await?;
    }
    Ok(())
}
