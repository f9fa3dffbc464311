//! What coordinators read each week, in their own place: who has not signed, which pairs have not met, what waits to be
//! looked at or decided, what could not be delivered, and what is due in the days to come. Where there is nothing of it,
//! it says so. It changes nothing, and a week's digest comes once, however late.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::figures::Cell;
use plsep_domain::{ApplicationState, DateName, Lang, MeetingState, Phase, SeasonId};

use super::report::Known;
use super::{Fault, Flows, month};
use crate::store::{Effect, NewEffect, StoreError, To, Tx, every_pair};
use crate::words::Digest;

/// How far a digest looks ahead.
const WEEK: TimeDelta = TimeDelta::days(7);

/// Sends the digest that was due at that moment, and says whether there was one to send. Nothing is sent before
/// applications open, and after the season only as long as a pair goes on.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn weekly(flows: &Flows, season: SeasonId, fired_at: DateTime<Utc>) -> Result<bool, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().write_long().await?;
    let season = tx.season(season).await?;
    let calendar = &season.program.calendar;
    let is_over = match calendar.phase(now) {
        Phase::Draft => true,
        Phase::Closed => tx.live_pairs(season.id, &every_pair()).await?.is_empty(),
        _ => false,
    };
    if is_over {
        return Ok(false);
    }
    let key = format!("digest:{}:{}", season.id, fired_at.with_timezone(&calendar.zone()).date_naive());
    let community = season.community;
    let known = Known::read(&mut tx, season, now).await?;
    let digest = gather(&mut tx, &known, now).await?;
    let message = flows.voice(Some(&known.season.program), Lang::En).digest(&known.season.program, &digest);
    let effect = Effect::Post { to: To::Coordinators, message };
    let sent = tx.enqueue(&NewEffect { community, key, due_at: now, effect }, now).await?;
    tx.commit().await?;
    flows.wake();
    Ok(sent)
}

async fn gather(tx: &mut Tx, known: &Known, now: DateTime<Utc>) -> Result<Digest, StoreError> {
    let program = &known.season.program;
    let calendar = &program.calendar;
    let mut digest = Digest { at: now, ..Digest::default() };
    let live: Vec<_> = known.pairs.iter().filter(|pair| pair.state.is_live()).collect();
    let user = |person| known.people.get(&person).map(|person| person.user.clone());
    let signed: BTreeSet<_> = known.facts().signed.into_keys().collect();
    let people: BTreeSet<_> = live.iter().flat_map(|pair| [pair.mentor, pair.mentee]).collect();
    digest.unsigned = people.difference(&signed).copied().filter_map(user).collect();
    let facts = known.facts();
    // Some pairs may go on after the season's last month.
    let run = month::whole_run(tx, &known.season).await?;
    let month = run.periods().into_iter().enumerate().find(|(_, period)| {
        let (from, until) = period.range(run.zone());
        from <= now && now < until
    });
    if let Some((place, period)) = month {
        digest.month = Some(period);
        for pair in facts.pairs.iter().filter(|pair| pair.state.is_live()) {
            let Some(stand) = pair.months.get(place) else { continue };
            let open = match Cell::of(pair, *stand, period.range(run.zone()), now) {
                Cell::NeedsHelp => &mut digest.open.needs_help,
                Cell::Disagree => &mut digest.open.disagree,
                Cell::NotYet => &mut digest.open.not_yet,
                Cell::Silent => &mut digest.open.silent,
                Cell::Ahead | Cell::Apart | Cell::Met(_) | Cell::Planned => continue,
            };
            open.extend(user(pair.mentor).zip(user(pair.mentee)));
        }
    }
    digest.waiting = known
        .applications
        .iter()
        .filter(|(it, _)| matches!(it.state, ApplicationState::Submitted | ApplicationState::NotOnRoster))
        .count();
    let concerns = tx.open_concerns(known.season.community).await?;
    digest.concerns = concerns.len();
    digest.unassigned = concerns.iter().filter(|concern| concern.assigned_to.is_none()).count();
    digest.undelivered = tx.dead_letters(known.season.community).await?.len();
    let soon = |name: &DateName| (now..now + WEEK).contains(&calendar.instant(*name));
    digest.dates = DateName::ALL.into_iter().filter(soon).collect();
    let meetings = tx.meetings_in(known.season.id, (now, now + WEEK), &every_pair()).await?;
    digest.meetings = meetings.iter().filter(|meeting| meeting.state == MeetingState::Planned).count();
    Ok(digest)
}
