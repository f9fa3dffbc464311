//! The monthly question: who is asked, one answer per person, and what follows from it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use plsep_domain::nudge::Spread;
use plsep_domain::permission::Coordinator;
use plsep_domain::{CheckInAnswer, Lang, PairId, PairState, Period, PersonId, Refusal, SeasonId, Standing};

use super::month::{self, DueNudge, due_nudges, standing_of};
use super::{Fault, Flows, Session, Trouble, civil_for};
use crate::chat::{Message, Reply};
use crate::store::{Effect, NewEffect, NewNudge, Pair, Person, Season, StoreError, Terms, To, Wanted, every_pair};
use crate::words::{Preview, shared_lang};

/// Pairs asked in one transaction: a round of thousands must not hold up whoever presses a button meanwhile.
const PAIRS_AT_ONCE: usize = 100;

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
    let met = month::met_in(&mut session.tx, &season.program, &pair, period).await?;
    let (standing, _) = standing_of(&session.tx.answers(pair.id, period).await?, &met, pair.mentor, pair.mentee);
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
    let due = due_nudges(&mut session.tx, &season, period, &every_pair(), session.now).await?;
    let leave = session.tx.live_pairs(season.id, &every_pair()).await?.len() - due.len();
    let people = month::people(&mut session.tx, season.id, &every_pair()).await?;
    let user = |person: &PersonId| people.get(person).map(|person| person.user.clone());
    let ask = due.iter().filter_map(|DueNudge { pair, .. }| Some((user(&pair.mentor)?, user(&pair.mentee)?))).collect();
    Ok(Reply::Private(session.voice().nudge_preview(&Preview { period, ask, leave })))
}

/// Asks every pair that is due. The first question of a month goes out when `opening`; between, only pairs that said
/// "not yet" are asked again. The questions leave one after the other, the first at once.
///
/// The question is about the month in which the round was due. If that month is over when the process comes to it,
/// the round is let go: who was asked on April 2 about March could no longer do anything about March, and April's own
/// round follows.
///
/// # Errors
/// The database; who has been asked by then is not asked again by the next attempt.
pub async fn ask_round(
    flows: &Flows,
    season: SeasonId,
    fired_at: DateTime<Utc>,
    opening: bool,
) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().read().await?;
    let season = tx.season(season).await?;
    let calendar = &season.program.calendar;
    let period = Period::containing(now, calendar.zone());
    if period != Period::containing(fired_at, calendar.zone()) {
        tracing::info!(season = %season.id, %fired_at, "let a round go: its month is over");
        return Ok(0);
    }
    if !calendar.periods().contains(&period) {
        return Ok(0);
    }
    let mut due = due_nudges(&mut tx, &season, period, &every_pair(), now).await?;
    due.retain(|due| (due.round == 0) == opening);
    drop(tx);
    let mut round = Round { flows, season: &season, period, now, spread: Spread::over(due.len()) };
    let mut asked = 0;
    for some in due.chunks(PAIRS_AT_ONCE) {
        asked += round.ask(some).await?;
    }
    Ok(asked)
}

/// One round of questions.
struct Round<'a> {
    flows: &'a Flows,
    season: &'a Season,
    period: Period,
    now: DateTime<Utc>,
    spread: Spread,
}

impl Round<'_> {
    /// Asks these pairs, unless they have answered since they were found.
    async fn ask(&mut self, found: &[DueNudge]) -> Result<usize, Fault> {
        let (Some(first), Some(last)) = (found.first(), found.last()) else { return Ok(0) };
        let among = first.pair.id..=last.pair.id;
        let mut tx = self.flows.store().write_long().await?;
        let people = month::people(&mut tx, self.season.id, &among).await?;
        let still = due_nudges(&mut tx, self.season, self.period, &among, self.now).await?;
        let still: HashMap<PairId, u32> = still.into_iter().map(|due| (due.pair.id, due.round)).collect();
        let due: Vec<&DueNudge> = found.iter().filter(|due| still.get(&due.pair.id) == Some(&due.round)).collect();
        let nudges: Vec<NewNudge> =
            due.iter().map(|due| NewNudge { pair: due.pair.id, sequence: i64::from(due.round) }).collect();
        let new: HashSet<PairId> = tx.record_nudges(self.period, &nudges, self.now).await?.into_iter().collect();
        let questions: Vec<(NewEffect, Terms)> = due
            .into_iter()
            .filter(|due| new.contains(&due.pair.id))
            .map(|due| self.question(due, &people))
            .collect::<Result<_, StoreError>>()?;
        tx.enqueue_all(&questions, self.now).await?;
        tx.commit().await?;
        self.flows.wake();
        Ok(questions.len())
    }

    fn question(
        &mut self,
        due: &DueNudge,
        people: &HashMap<PersonId, Person>,
    ) -> Result<(NewEffect, Terms), StoreError> {
        let DueNudge { pair, round } = due;
        let program = &self.season.program;
        let person = |id| people.get(&id).ok_or(StoreError::Missing { what: "person" });
        let (mentor, mentee) = (person(pair.mentor)?, person(pair.mentee)?);
        let language = shared_lang(mentor.lang(), mentee.lang());
        let members = [mentor.user.clone(), mentee.user.clone()];
        let voice = self.flows.voice(Some(program), language);
        let message = voice.nudge(program, pair.id, self.period, *round > 0, &members);
        // Whoever says "we met" before it goes out is not asked any more.
        let wanted = Wanted::Nudge { pair: pair.id, period: self.period };
        let question = NewEffect {
            community: self.season.community,
            key: format!("nudge:{}:{}:{round}", pair.id, self.period),
            due_at: self.spread.next(self.now, |at| civil_for(program, [mentor, mentee], at)),
            effect: Effect::Post { to: To::Pair(pair.id), message },
        };
        Ok((question, Terms { wanted: Some(wanted), answer: false }))
    }
}
