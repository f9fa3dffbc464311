//! The monthly question: who is asked, one answer per person, and what follows from it.

use chrono::{DateTime, Utc};
use plsep_domain::meeting::{CheckIn, standing};
use plsep_domain::nudge::nudge_due;
use plsep_domain::permission::Coordinator;
use plsep_domain::{
    CheckInAnswer, Lang, NudgeDecision, NudgeFacts, PairId, PairState, Period, Refusal, SeasonId, Standing,
};

use super::session::zone_of;
use super::{Fault, Flows, Session, Trouble, civil_for, lang};
use crate::chat::{Message, Reply};
use crate::store::{Effect, NewEffect, Pair, Season, StoreError, To, Tx};
use crate::words::{Preview, shared_lang};

/// Somebody asks to be asked.
pub(super) async fn ask_me(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let me = session.person.id;
    let pairs = session.tx.pairs_of(season.id, me).await?;
    let live: Vec<Pair> = pairs.into_iter().filter(|pair| matches!(pair.state, PairState::Introduced { .. })).collect();
    if live.is_empty() {
        return Err(Refusal::NoPair.into());
    }
    let calendar = &season.program.calendar;
    let period = Period::containing(session.now, calendar.zone());
    if !calendar.periods().contains(&period) {
        return Ok(Reply::Private(session.voice().nudge_preview_outside(&season.program)));
    }
    let mut message = Message::default();
    for pair in live {
        let partner = session.tx.person(if pair.mentor == me { pair.mentee } else { pair.mentor }).await?;
        message.blocks.extend(session.voice().check_in(pair.id, period, &partner.name).blocks);
    }
    Ok(Reply::Private(message))
}

/// One person's answer. Each answers for themselves; the last word of the one is not the word of the other.
pub(super) async fn answer(
    session: &mut Session<'_>,
    pair: PairId,
    period: Period,
    answer: CheckInAnswer,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let pair = match session.tx.pair(pair).await {
        Ok(pair) if pair.community == session.community.id => pair,
        // The number came from a button, so it may be anything.
        Ok(_) | Err(StoreError::Missing { .. }) => return Err(Refusal::Expired.into()),
        Err(error) => return Err(error.into()),
    };
    let me = session.person.id;
    if me != pair.mentor && me != pair.mentee {
        return Err(Refusal::NotYourButton.into());
    }
    match pair.state {
        PairState::Introduced { .. } => {}
        PairState::Published { .. } => return Err(Refusal::PairNotIntroduced.into()),
        PairState::Ended { .. } | PairState::Archived { .. } => return Err(Refusal::PairEnded.into()),
    }
    let calendar = &season.program.calendar;
    let current = Period::containing(session.now, calendar.zone());
    if pair.season != season.id || period > current || !calendar.periods().contains(&period) {
        return Err(Refusal::Expired.into());
    }
    session.tx.record_answer(pair.id, me, period, answer, session.event.at).await?;
    let (standing, _) = standing_of(&mut session.tx, &pair, period).await?;
    if standing.needs_coordinator() && both_spoke_or_help(session, &pair, period, standing).await? {
        let mentor = session.tx.person(pair.mentor).await?.user;
        let mentee = session.tx.person(pair.mentee).await?.user;
        let notice = session.voice_in(Lang::En).concern_notice(&mentor, &mentee, period, standing);
        session.tell_office(format!("concern:{}:{period}:{}", pair.id, standing.key()), notice).await?;
    }
    Ok(Reply::Private(session.voice().check_in_thanks(answer, period)))
}

/// Whether a standing is more than one of the two being quicker: two answers differ only when both have answered
/// the latest question. A call for help needs no second voice.
async fn both_spoke_or_help(
    session: &mut Session<'_>,
    pair: &Pair,
    period: Period,
    standing: Standing,
) -> Result<bool, Trouble> {
    let asked = session.tx.nudges(pair.id, period).await?.into_iter().map(|(_, at)| at).max();
    let answers = session.tx.answers(pair.id, period).await?;
    Ok(standing == Standing::NeedsHelp || answers.iter().all(|given| asked.is_none_or(|asked| given.at >= asked)))
}

/// Who would be asked now.
pub(super) async fn preview(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let period = Period::containing(session.now, season.program.calendar.zone());
    if !season.program.calendar.periods().contains(&period) {
        return Ok(Reply::Private(session.voice().nudge_preview_outside(&season.program)));
    }
    let (mut ask, mut leave) = (Vec::new(), 0);
    for pair in session.tx.pairs(season.id).await?.into_iter().filter(|pair| pair.state.is_live()) {
        match decide(&mut session.tx, &season, &pair, period, session.now).await? {
            NudgeDecision::Ask { .. } => {
                ask.push((session.tx.person(pair.mentor).await?.user, session.tx.person(pair.mentee).await?.user))
            }
            NudgeDecision::Later { .. } | NudgeDecision::No(_) => leave += 1,
        }
    }
    Ok(Reply::Private(session.voice().nudge_preview(&Preview { period, ask, leave })))
}

/// Asks every pair that is due at `fired_at`. The first question of a month goes out when `opening`; between,
/// only pairs that said "not yet" are asked again.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn ask_round(
    flows: &Flows,
    season: SeasonId,
    fired_at: DateTime<Utc>,
    opening: bool,
) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().write().await?;
    let season = tx.season(season).await?;
    let period = Period::containing(fired_at, season.program.calendar.zone());
    let mut asked = 0;
    if season.program.calendar.periods().contains(&period) {
        for pair in tx.pairs(season.id).await? {
            if let NudgeDecision::Ask { round } = decide(&mut tx, &season, &pair, period, now).await?
                && (round == 0) == opening
            {
                ask(flows, &mut tx, &season, &pair, period, round, now).await?;
                asked += 1;
            }
        }
    }
    tx.commit().await?;
    flows.wake();
    Ok(asked)
}

async fn ask(
    flows: &Flows,
    tx: &mut Tx,
    season: &Season,
    pair: &Pair,
    period: Period,
    round: u32,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (mentor, mentee) = (tx.person(pair.mentor).await?, tx.person(pair.mentee).await?);
    let language = shared_lang(lang(mentor.locale.as_deref()), lang(mentee.locale.as_deref()));
    let voice = flows.voice(Some(&season.program), language);
    let members = [mentor.user.clone(), mentee.user.clone()];
    let message = voice.nudge(&season.program, pair.id, period, round > 0, &members);
    let zones = [zone_of(&mentor, &season.program), zone_of(&mentee, &season.program)];
    let due_at = civil_for(&season.program, &zones, now);
    let key = format!("nudge:{}:{period}:{round}", pair.id);
    let effect = Effect::Post { to: To::Pair(pair.id), message };
    if tx.record_nudge(pair.id, period, i64::from(round), now).await? {
        tx.enqueue(&NewEffect { community: season.community, key, due_at, effect }, now).await?;
    }
    Ok(())
}

async fn decide(
    tx: &mut Tx,
    season: &Season,
    pair: &Pair,
    period: Period,
    now: DateTime<Utc>,
) -> Result<NudgeDecision, StoreError> {
    let (standing, not_yet_at) = standing_of(tx, pair, period).await?;
    let nudges = tx.nudges(pair.id, period).await?;
    let asked = u32::try_from(nudges.len()).unwrap_or(u32::MAX);
    // The days until the next question count from the last one, so that an old "not yet" does not bring two in a row.
    let last_asked = nudges.iter().map(|(_, at)| *at).max();
    let not_yet_at = not_yet_at.max(last_asked);
    let facts = NudgeFacts { state: pair.state.clone(), snoozed_until: None, standing, asked, not_yet_at };
    Ok(nudge_due(&facts, &season.program.nudge, now))
}

/// How a pair stands in a month, and when one of them last said "not yet".
pub(super) async fn standing_of(
    tx: &mut Tx,
    pair: &Pair,
    period: Period,
) -> Result<(Standing, Option<DateTime<Utc>>), StoreError> {
    let answers = tx.answers(pair.id, period).await?;
    let of = |person| {
        answers.iter().find(|given| given.person == person).map(|given| CheckIn { answer: given.answer, at: given.at })
    };
    let (mentor, mentee) = (of(pair.mentor), of(pair.mentee));
    let not_yet = [mentor, mentee].into_iter().flatten().filter(|said| said.answer == CheckInAnswer::NotYet);
    Ok((standing(mentor, mentee, &[]), not_yet.map(|said| said.at).max()))
}
