//! The monthly question: who is asked and where, one answer per person, and what follows from it. Each answers for
//! themselves; whoever pauses is left out, and the other is still asked.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use plsep_domain::nudge::Spread;
use plsep_domain::permission::Coordinator;
use plsep_domain::{
    CheckInAnswer, ConcernKind, Lang, PairId, PairState, Period, PersonId, Reach, Refusal, SeasonId, Standing,
};

use super::month::{self, DueNudge, due_nudges, standing_of};
use super::{Fault, Flows, Session, Trouble};
use crate::chat::{Message, Reply};
use crate::store::{
    Effect, GivenAnswer, NewConcern, NewEffect, NewNudge, Pair, PairMonth, Person, Season, StoreError, Terms, To,
    Wanted, every_pair,
};
use crate::words::{Ask, Preview, Thanks, shared_lang};

/// Pairs asked in one transaction: a round of thousands must not hold up whoever presses a button meanwhile.
const PAIRS_AT_ONCE: usize = 100;

/// Somebody asks to be asked.
pub(super) async fn ask_me(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let me = session.person.id;
    let pairs = session.tx.pairs_of(season.id, me).await?;
    let mut live: Vec<Pair> =
        pairs.into_iter().filter(|pair| matches!(pair.state, PairState::Introduced { .. })).collect();
    if live.is_empty() {
        return Err(Refusal::NoPair.into());
    }
    let calendar = &season.program.calendar;
    let period = Period::containing(session.now, calendar.zone());
    live.retain(|pair| calendar.until(pair.agreed_until).has_period(period));
    if live.is_empty() {
        return Ok(Reply::Private(session.voice().nudge_preview_outside(&season.program)));
    }
    let mut message = Message::default();
    for pair in live {
        let partner = session.tx.person(pair.partner_of(me)).await?;
        let said = session.tx.answers(pair.id, period).await?;
        let said = said.into_iter().find(|given| given.person == me).map(|given| given.answer);
        message.blocks.extend(session.voice().check_in(pair.id, period, &partner.name, said).blocks);
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
    let (pair, mut month) = session.own_pair_in(pair, period, season.program.calendar.zone()).await?;
    check_month(session, &season, &pair, period)?;
    let me = session.person.id;
    session.tx.record_answer(pair.id, me, period, answer, session.event.at).await?;
    month.hear(GivenAnswer { person: me, answer, at: session.event.at });
    let (standing, _) = standing_of(&month.said, &month.met, pair.mentor, pair.mentee);
    if standing.needs_coordinator() && both_spoke_or_help(&month, standing) {
        raise(session, &pair, period, standing).await?;
    }
    let asked = month.asked.iter();
    let times = asked.filter(|asked| if me == pair.mentor { asked.to_mentor } else { asked.to_mentee }).count();
    let asked_again = times <= usize::try_from(season.program.nudge.retries_max).unwrap_or(usize::MAX);
    let thanks = Thanks { program: &season.program, pair: pair.id, period, answer, standing, asked_again };
    Ok(Reply::Private(session.voice().check_in_thanks(&thanks)))
}

/// The person's own pair, if its month can still be spoken of.
pub(super) async fn my_pair(
    session: &mut Session<'_>,
    season: &Season,
    pair: PairId,
    period: Period,
) -> Result<Pair, Trouble> {
    let pair = session.own_pair(pair).await?;
    check_month(session, season, &pair, period)?;
    Ok(pair)
}

/// Whether a pair's month can still be spoken of.
fn check_month(session: &Session<'_>, season: &Season, pair: &Pair, period: Period) -> Result<(), Refusal> {
    match pair.state {
        PairState::Introduced { .. } => {}
        PairState::Published { .. } => return Err(Refusal::PairNotIntroduced),
        PairState::Ended { .. } | PairState::Archived { .. } => return Err(Refusal::PairEnded),
    }
    let calendar = season.program.calendar.until(pair.agreed_until);
    let current = Period::containing(session.now, calendar.zone());
    if pair.season != season.id || period > current || !calendar.has_period(period) {
        return Err(Refusal::Expired);
    }
    Ok(())
}

/// Lays before the coordinators how a pair stands, once for each month and standing.
async fn raise(session: &mut Session<'_>, pair: &Pair, period: Period, standing: Standing) -> Result<(), Trouble> {
    let mentor = session.tx.person(pair.mentor).await?.user;
    let mentee = session.tx.person(pair.mentee).await?.user;
    let notice = session.voice_in(Lang::En).concern_notice(&mentor, &mentee, period, standing);
    let (kind, person) = match standing {
        Standing::NeedsHelp => (ConcernKind::NeedsHelp, Some(session.person.id)),
        _ => (ConcernKind::Disagree, None),
    };
    let concern = NewConcern {
        season: pair.season,
        key: concern_key(pair.id, period, standing),
        kind,
        pair: Some(pair.id),
        person,
        note: None,
    };
    session.raise(concern, notice).await?;
    Ok(())
}

/// Under which key a concern about a pair's month is raised.
pub(super) fn concern_key(pair: PairId, period: Period, standing: Standing) -> String {
    format!("{pair}:{period}:{}", standing.key())
}

/// Whether a standing is more than one of the two being quicker: two answers differ only when both have answered
/// the latest question. A call for help needs no second voice.
fn both_spoke_or_help(month: &PairMonth, standing: Standing) -> bool {
    let asked = month.asked.iter().map(|asked| asked.at).max();
    standing == Standing::NeedsHelp || month.said.iter().all(|given| asked.is_none_or(|asked| given.at >= asked))
}

/// Who would be asked now.
pub(super) async fn preview(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let period = Period::containing(session.now, season.program.calendar.zone());
    if !month::whole_run(&mut session.tx, &season).await?.has_period(period) {
        return Ok(Reply::Private(session.voice().nudge_preview_outside(&season.program)));
    }
    let due = due_nudges(&mut session.tx, &season, period, &every_pair(), session.now).await?;
    let leave = session.tx.live_pairs(season.id, &every_pair()).await?.len() - due.len();
    let people = month::people(&mut session.tx, season.id, &every_pair()).await?;
    let user = |person: &PersonId| people.get(person).map(|person| person.user.clone());
    let ask = due.iter().filter_map(|DueNudge { pair, .. }| Some((user(&pair.mentor)?, user(&pair.mentee)?))).collect();
    Ok(Reply::Private(session.voice().nudge_preview(&Preview { period, ask, leave })))
}

/// Which questions of a month a round asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// The month's first.
    First,
    /// Those to whoever said "not yet", or paused when the month's round began.
    Again,
    /// All that are due, because a coordinator said so.
    All,
}

/// Asks everybody who is due. The questions leave one after the other, the first at once.
///
/// The question is about the month in which the round was due. If that month is over when the process comes to it,
/// the round is let go: who was asked on April 2 about March could no longer do anything about March, and April's own
/// round follows.
///
/// # Errors
/// The database; who has been asked by then is not asked again by the next attempt.
pub async fn ask_round(flows: &Flows, season: SeasonId, fired_at: DateTime<Utc>, asks: Asks) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().read().await?;
    let season = tx.season(season).await?;
    let calendar = &season.program.calendar;
    let period = Period::containing(now, calendar.zone());
    if period != Period::containing(fired_at, calendar.zone()) {
        tracing::info!(season = %season.id, %fired_at, "let a round go: its month is over");
        return Ok(0);
    }
    if !month::whole_run(&mut tx, &season).await?.has_period(period) {
        return Ok(0);
    }
    let mut due = month::round(&mut tx, &season, period, &every_pair(), now).await?;
    due.retain(|due| match asks {
        Asks::First => due.round == 0,
        Asks::Again => due.round > 0,
        Asks::All => true,
    });
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
        let still = month::round(&mut tx, self.season, self.period, &among, self.now).await?;
        // Whoever has answered or paused meanwhile is not asked, and the other is.
        let still: HashMap<(PairId, u32), DueNudge> =
            still.into_iter().map(|due| ((due.pair.id, due.round), due)).collect();
        let due: Vec<&DueNudge> = found.iter().filter_map(|due| still.get(&(due.pair.id, due.round))).collect();
        let nudge = |due: &&DueNudge| NewNudge {
            pair: due.pair.id,
            sequence: i64::from(due.round),
            to_mentor: due.mentor,
            to_mentee: due.mentee,
        };
        let nudges: Vec<NewNudge> = due.iter().map(nudge).collect();
        let new: HashSet<PairId> = tx.record_nudges(self.period, &nudges, self.now).await?.into_iter().collect();
        let mut questions = Vec::new();
        let mut asked = 0;
        for due in due.into_iter().filter(|due| due.asks() && new.contains(&due.pair.id)) {
            questions.extend(self.questions(due, &people)?);
            asked += 1;
        }
        tx.enqueue_all(&questions, self.now).await?;
        tx.commit().await?;
        self.flows.wake();
        Ok(asked)
    }

    /// What is sent: one question in the pair's place for those who are asked there, and one directly to each other.
    fn questions(
        &mut self,
        due: &DueNudge,
        people: &HashMap<PersonId, Person>,
    ) -> Result<Vec<(NewEffect, Terms)>, StoreError> {
        let person = |id| people.get(&id).ok_or(StoreError::Missing { what: "person" });
        let (mentor, mentee) = (person(due.pair.mentor)?, person(due.pair.mentee)?);
        let asked = [(due.mentor, mentor, mentee), (due.mentee, mentee, mentor)];
        let asked: Vec<_> = asked.into_iter().filter(|(asked, ..)| *asked).collect();
        let key = format!("nudge:{}:{}:{}", due.pair.id, self.period, due.round);
        let ask = Ask { program: &self.season.program, pair: due.pair.id, period: self.period, again: due.again };
        let here: Vec<&Person> = asked
            .iter()
            .map(|(_, person, _)| *person)
            .filter(|person| person.preferences.reach == Reach::Channel)
            .collect();
        let mut questions = Vec::new();
        if !here.is_empty() {
            let language = match here.as_slice() {
                [alone] => alone.lang(),
                _ => shared_lang(mentor.lang(), mentee.lang()),
            };
            let members: Vec<_> = here.iter().map(|person| person.user.clone()).collect();
            let message = self.flows.voice(Some(&self.season.program), language).nudge(&ask, &members);
            questions.push(self.question(key.clone(), To::Pair(due.pair.id), message, due, &here));
        }
        for (_, person, partner) in asked.iter().filter(|(_, person, _)| person.preferences.reach == Reach::Direct) {
            let message = self.flows.voice_to(&self.season.program, person).nudge_directly(&ask, &partner.name);
            let key = format!("{key}:{}", person.id);
            questions.push(self.question(key, To::Person(person.id), message, due, &[person]));
        }
        Ok(questions)
    }

    fn question(
        &mut self,
        key: String,
        to: To,
        message: Message,
        due: &DueNudge,
        readers: &[&Person],
    ) -> (NewEffect, Terms) {
        let program = &self.season.program;
        let suits: Vec<_> = readers.iter().map(|person| person.reader(program)).collect();
        let due_at = self.spread.next(self.now, |at| plsep_domain::nudge::civil_for(&suits, at));
        let effect = Effect::Post { to, message };
        // Whoever answers, or pauses, before it goes out is not asked any more.
        let people = readers.iter().map(|person| person.id).collect();
        let wanted = Wanted::Nudge { pair: due.pair.id, period: self.period, people };
        let question = NewEffect { community: self.season.community, key, due_at, effect };
        (question, Terms { wanted: Some(wanted), answer: false })
    }
}
