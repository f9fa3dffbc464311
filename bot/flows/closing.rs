//! The end of a pair: at the end of the run for all of them, or before it when somebody leaves. And what follows the
//! end of the run for each person: thanks with the closing survey, mentioned once more before that closes.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::nudge::Spread;
use plsep_domain::{DateName, EndReason, PairState, PersonId, Program, SeasonId};

use super::certificate;
use super::month;
use super::{Fault, Flows, Session, civil_for};
use crate::chat::Message;
use crate::store::{
    AuditEntry, AuditWho, Effect, NewEffect, Pair, Person, Season, StoreError, Terms, To, Tx, Wanted, every_pair,
    latest_agreed,
};
use crate::words::shared_lang;

/// Pairs ended in one transaction: a season of thousands must not hold up whoever presses a button meanwhile.
const PAIRS_AT_ONCE: usize = 100;

/// How long after the farewell in the pair's place each of the two hears from us directly.
const AFTER_FAREWELL: TimeDelta = TimeDelta::minutes(30);

/// Ends every pair of a season that has run its course: a farewell in each place, which is then closed. The farewells
/// leave one after the other, the first at once.
///
/// # Errors
/// The database; what has ended by then stays ended, and the next attempt goes on from there.
pub async fn close_season(flows: &Flows, season: SeasonId) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().read().await?;
    let season = tx.season(season).await?;
    let mut live = tx.live_pairs(season.id, &every_pair()).await?;
    live.retain(|pair| has_run(&season, pair, now));
    drop(tx);
    let mut spread = Spread::over(live.len());
    let mut ended = 0;
    for some in live.chunks(PAIRS_AT_ONCE) {
        ended += end_some(flows, &season, some, &mut spread, now).await?;
    }
    Ok(ended)
}

/// Whether a pair has run its course: coordinators may have let it go on after the season.
fn has_run(season: &Season, pair: &Pair, now: DateTime<Utc>) -> bool {
    season.program.calendar.until(pair.agreed_until).instant(DateName::RunsUntil) <= now
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
    let months = month::every_month(&mut tx, season, &among).await?;
    let mut ended = 0;
    let live = tx.live_pairs(season.id, &among).await?.into_iter();
    for pair in live.filter(|pair| has_run(season, pair, now)) {
        let (mentor, mentee) = both(&people, &pair)?;
        let met = month::together(&months, std::slice::from_ref(&pair));
        let language = shared_lang(mentor.lang(), mentee.lang());
        let members = [mentor.user.clone(), mentee.user.clone()];
        let message = flows.voice(Some(program), language).farewell(program, met, &members);
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

/// Tells everybody whose pair has run its course what they have done, and asks how it was: each person once, directly.
///
/// # Errors
/// The database; who has been told by then is not told again by the next attempt.
pub async fn follow_up(flows: &Flows, season: SeasonId) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().read().await?;
    let season = tx.season(season).await?;
    let ended = Ended::read(&mut tx, &season).await?;
    let mut facts = Vec::new();
    let months = month::every_month(&mut tx, &season, &every_pair()).await?;
    for person in &ended.people {
        let pairs = ended.pairs_of(person.id);
        let met = month::together(&months, &pairs);
        let own = season.clone().until(latest_agreed(&pairs));
        let fact = certificate::facts(&mut tx, &own, person, met, &pairs).await?;
        facts.push((own, fact));
    }
    drop(tx);
    let mut spread = Spread::over(ended.people.len());
    let mut messages = Vec::new();
    for (person, (own, facts)) in ended.people.iter().zip(&facts) {
        let program = &own.program;
        let file = certificate::file(flows, own, person, facts)?;
        let message = flows.voice(Some(program), person.lang()).closing(program, facts.together).with_file(file);
        let due_at = spread.next(now, |at| reached(program, person, at)) + AFTER_FAREWELL;
        let due_at = reached(program, person, due_at);
        let key = format!("closing:{}:{}", season.id, person.id);
        messages.push((told(&season, key, person, message, due_at), Terms::default()));
    }
    send(flows, messages, now).await
}

/// Mentions the closing survey once more to whoever has not answered it, when it soon closes to them: later to those whose
/// pair went on after the season.
///
/// # Errors
/// As [`follow_up`].
pub async fn remind_of_survey(flows: &Flows, season: SeasonId) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().read().await?;
    let season = tx.season(season).await?;
    let closes = month::whole_run(&mut tx, &season).await?.instant(DateName::WrapUpUntil);
    let soon = season.program.calendar.survey_reminder()..closes;
    if season.program.survey.is_empty() || !soon.contains(&now) {
        return Ok(0);
    }
    let ended = Ended::read(&mut tx, &season).await?;
    let given: HashSet<PersonId> = tx.surveys(season.id).await?.into_iter().map(|survey| survey.person).collect();
    drop(tx);
    let mut people: Vec<(Season, &Person)> = Vec::new();
    for person in ended.people.iter().filter(|person| !given.contains(&person.id)) {
        let own = season.clone().until(latest_agreed(&ended.pairs_of(person.id)));
        let calendar = &own.program.calendar;
        if calendar.survey_reminder() <= now && calendar.check_survey_time(now).is_ok() {
            people.push((own, person));
        }
    }
    let mut spread = Spread::over(people.len());
    let mention = |(own, person): &(Season, &Person)| {
        let program = &own.program;
        let message = flows.voice(Some(program), person.lang()).survey_reminder(program);
        let due_at = spread.next(now, |at| reached(program, person, at));
        let key = format!("survey-reminder:{}:{}", season.id, person.id);
        // Whoever answers before it goes out is not reminded.
        let wanted = Wanted::Survey { season: season.id, person: person.id };
        (told(&season, key, person, message, due_at), Terms { wanted: Some(wanted), answer: false })
    };
    send(flows, people.iter().map(mention).collect(), now).await
}

fn completed(pair: &Pair) -> bool {
    pair.state.end_reason() == Some(EndReason::Completed)
}

/// Who took part to the end, and whose pairs have all ended.
struct Ended {
    /// Who can still be reached, each once.
    people: Vec<Person>,
    pairs: Vec<Pair>,
}

impl Ended {
    async fn read(tx: &mut Tx, season: &Season) -> Result<Self, StoreError> {
        let mut pairs = tx.pairs(season.id).await?;
        let goes_on = |person: &Person| pairs.iter().any(|pair| pair.state.is_live() && pair.has(person.id));
        let mut people = tx.people_of_pairs(season.id, &every_pair()).await?;
        people.retain(|person| {
            let took_part = pairs.iter().any(|pair| completed(pair) && pair.has(person.id));
            took_part && person.present && person.erased_at.is_none() && !goes_on(person)
        });
        pairs.retain(completed);
        Ok(Self { people, pairs })
    }

    /// The pairs in which somebody took part to the end.
    fn pairs_of(&self, person: PersonId) -> Vec<Pair> {
        self.pairs.iter().filter(|pair| pair.has(person)).cloned().collect()
    }
}

/// When somebody may be told something that can wait: at a civil hour, and not before the day until which they asked
/// for quiet.
fn reached(program: &Program, person: &Person, at: DateTime<Utc>) -> DateTime<Utc> {
    civil_for(program, [person], person.preferences.snoozed_until.map_or(at, |until| until.max(at)))
}

fn told(season: &Season, key: String, person: &Person, message: Message, due_at: DateTime<Utc>) -> NewEffect {
    let effect = Effect::Post { to: To::Person(person.id), message };
    NewEffect { community: season.community, key, due_at, effect }
}

async fn send(flows: &Flows, messages: Vec<(NewEffect, Terms)>, now: DateTime<Utc>) -> Result<usize, Fault> {
    let mut sent = 0;
    for some in messages.chunks(PAIRS_AT_ONCE) {
        let mut tx = flows.store().write_long().await?;
        sent += usize::try_from(tx.enqueue_all(some, now).await?).unwrap_or_default();
        tx.commit().await?;
        flows.wake();
    }
    Ok(sent)
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

/// Ends a pair because one of the two goes, and tells the one who stays at a civil hour of theirs; directly where there
/// is no place of theirs yet to tell it in.
pub(super) async fn part(
    session: &mut Session<'_>,
    season: &Season,
    pair: &Pair,
    stays: &Person,
    message: Message,
) -> Result<(), StoreError> {
    let reason = if pair.mentor == stays.id { EndReason::MenteeLeft } else { EndReason::MentorLeft };
    if matches!(pair.state, PairState::Published { .. }) {
        session.tell(format!("pair-ended:{}", pair.id), stays, message.clone()).await?;
    }
    let due_at = civil_for(&season.program, [stays], session.now);
    end_pair(&mut session.tx, pair, reason, &Farewell { message, due_at }, session.now).await
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
