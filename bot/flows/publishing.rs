//! How long publishing takes, and how far it has come: one message in the coordinators' place that changes as the
//! pairs' places are opened, and ends with what was done and what failed.

use plsep_domain::{Lang, SeasonId};

use super::{Fault, Flows};
use crate::store::{Effect, NewEffect, PublicationCounts, To, progress_end_key, progress_key};
use crate::words::PublishProgress;

/// For how many hours after publishing its progress is told; a place that is not open then is waited for in silence,
/// and its failure is told by itself.
const TOLD_HOURS: i64 = 48;

/// Changes the message about each of the season's publications that are under way, if there is news.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn tell_progress(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().write().await?;
    let community = tx.season(season).await?.community;
    let chat = tx.community(community).await?.at.chat;
    for publication in tx.publications().await?.into_iter().filter(|it| it.season == season) {
        let told = progress_key(publication.proposal);
        let is_posted = tx.effect_result(community, &told).await?.is_some();
        let over = (now - publication.at).num_hours() >= TOLD_HOURS;
        let PublicationCounts { pairs, open, failed } = tx.publication_counts(publication.proposal).await?;
        let ended = open == 0 || over;
        if !is_posted && !over {
            // The coordinators' place is not open yet: a change would wait there and come in any order.
            continue;
        }
        let minutes = (flows.limits)(&chat).minutes_to_open(open);
        let progress = PublishProgress { pairs, open, failed, minutes, ended };
        let message = flows.voice(None, Lang::En).publish_progress(&progress);
        let effect = match is_posted {
            true => Effect::Update { posted: told.clone(), message },
            false => Effect::Post { to: To::Coordinators, message },
        };
        // Of each count once: where nothing has changed there is nothing to say.
        let key = match ended {
            true => progress_end_key(publication.proposal),
            false => format!("{told}:{open}-{failed}"),
        };
        tx.enqueue(&NewEffect { community, key, due_at: now, effect }, now).await?;
    }
    tx.commit().await?;
    flows.wake();
    Ok(())
}
