//! The private question about the fit. Each person is asked alone, the day after the first meeting and at mid-term; the
//! coordinators alone see what they say. "Not a good fit" is laid before them with what the person wishes: nothing ends
//! by itself, and the partner hears nothing of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use plsep_domain::nudge::Spread;
use plsep_domain::pulse::{Fit, FitWish, Occasion, PulseFacts, pulse_due};
use plsep_domain::{ConcernKind, Lang, PairId, PersonId, Refusal, SeasonId};

use super::{Fault, Flows, Session, Trouble, civil_for, month};
use crate::chat::Reply;
use crate::store::{
    Effect, IntroducedPair, NewConcern, NewEffect, Pair, Season, StoreError, Terms, To, Tx, Wanted, every_pair,
};
use crate::words::{FitNotice, NOTE_FIELD};

/// Asked in one transaction: a round of thousands must not hold up whoever presses a button meanwhile.
const ASKED_AT_ONCE: usize = 100;

/// On which occasions somebody was asked, and when.
type Asked = Vec<(Occasion, DateTime<Utc>)>;

/// Somebody who is to be asked.
struct Due {
    pair: IntroducedPair,
    person: PersonId,
    partner: PersonId,
    occasion: Occasion,
}

/// Asks everybody of a season who is due and was not asked yet. Returns how many questions are on their way.
///
/// # Errors
/// The database; who has been asked by then is not asked again by the next attempt.
pub async fn ask(flows: &Flows, season: SeasonId) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().read().await?;
    let season = tx.season(season).await?;
    let due = due(&mut tx, &season, now).await?;
    drop(tx);
    let mut spread = Spread::over(due.len());
    let mut asked = 0;
    for some in due.chunks(ASKED_AT_ONCE) {
        asked += ask_some(flows, &season, some, &mut spread, now).await?;
    }
    Ok(asked)
}

async fn due(tx: &mut Tx, season: &Season, now: DateTime<Utc>) -> Result<Vec<Due>, StoreError> {
    let met: HashMap<PairId, DateTime<Utc>> = tx.first_met(season.id).await?.into_iter().collect();
    let snoozed: HashMap<PersonId, DateTime<Utc>> = tx.snoozed(season.community, now).await?.into_iter().collect();
    let mut asked: HashMap<(PairId, PersonId), Asked> = HashMap::new();
    for pulse in tx.pulses(season.id).await? {
        asked.entry((pulse.pair, pulse.person)).or_default().push((pulse.occasion, pulse.asked_at));
    }
    let mut due = Vec::new();
    for pair in tx.introduced_pairs(season.id, &every_pair()).await? {
        for (person, partner) in [(pair.mentor, pair.mentee), (pair.mentee, pair.mentor)] {
            let facts = PulseFacts {
                first_met: met.get(&pair.id).copied(),
                asked: asked.remove(&(pair.id, person)).unwrap_or_default(),
                snoozed_until: snoozed.get(&person).copied(),
            };
            if let Some(occasion) = pulse_due(&facts, &season.program.calendar, now) {
                due.push(Due { pair, person, partner, occasion });
            }
        }
    }
    Ok(due)
}

async fn ask_some(
    flows: &Flows,
    season: &Season,
    due: &[Due],
    spread: &mut Spread,
    now: DateTime<Utc>,
) -> Result<usize, Fault> {
    let (Some(first), Some(last)) = (due.first(), due.last()) else { return Ok(0) };
    let among = first.pair.id..=last.pair.id;
    let mut tx = flows.store().write_long().await?;
    let people = month::people(&mut tx, season.id, &among).await?;
    let introduced = tx.introduced_pairs(season.id, &among).await?;
    let introduced: HashSet<PairId> = introduced.into_iter().map(|pair| pair.id).collect();
    let mut questions = Vec::new();
    for Due { pair, person, partner, occasion } in due {
        let (pair, occasion) = (pair.id, *occasion);
        if !introduced.contains(&pair) || !tx.ask_pulse(pair, *person, occasion, now).await? {
            continue;
        }
        let known = |id| people.get(id).ok_or(StoreError::Missing { what: "person" });
        let (person, partner) = (known(person)?, known(partner)?);
        let message = flows.voice_to(&season.program, person).pulse(pair, occasion, &partner.name);
        let question = NewEffect {
            community: season.community,
            key: format!("pulse:{pair}:{}:{}", occasion.key(), person.id),
            due_at: spread.next(now, |at| civil_for(&season.program, [person], at)),
            effect: Effect::Post { to: To::Person(person.id), message },
        };
        let wanted = Wanted::Pulse { pair, person: person.id, occasion };
        questions.push((question, Terms { wanted: Some(wanted), answer: false }));
    }
    tx.enqueue_all(&questions, now).await?;
    tx.commit().await?;
    flows.wake();
    Ok(questions.len())
}

/// Somebody's answer.
pub(super) async fn answer(
    session: &mut Session<'_>,
    pair: PairId,
    occasion: Occasion,
    fit: Fit,
) -> Result<Reply, Trouble> {
    let (season, pair) = mine(session, pair, occasion).await?;
    let me = session.person.id;
    session.tx.answer_pulse(pair.id, me, occasion, fit, session.event.at).await?;
    if fit == Fit::NotGood {
        let (person, partner) = users(session, &pair).await?;
        let notice = FitNotice { person: &person, partner: &partner, occasion, words: None };
        let notice = session.voice_in(Lang::En).fit_notice(&notice);
        let concern = NewConcern {
            season: season.id,
            key: concern_key(&pair, me, occasion),
            kind: ConcernKind::NotGoodFit,
            pair: Some(pair.id),
            person: Some(me),
            note: None,
        };
        session.raise(concern, notice).await?;
    }
    Ok(Reply::Private(session.voice().pulse_thanks(pair.id, occasion, fit)))
}

/// What somebody wishes for whom it is not a good fit.
pub(super) async fn wish(
    session: &mut Session<'_>,
    pair: PairId,
    occasion: Occasion,
    wish: FitWish,
) -> Result<Reply, Trouble> {
    let (_, pair) = mine(session, pair, occasion).await?;
    let words = session.voice_in(Lang::En).fit_wish(wish);
    let key = format!("fit:{}:{}:{}:{}", pair.id, session.person.id, occasion.key(), wish.key());
    tell(session, &pair, occasion, key, &words).await?;
    Ok(Reply::Replace(session.voice().fit_wish_noted(pair.id, occasion, wish)))
}

/// The form for a note.
pub(super) async fn open_note(session: &mut Session<'_>, pair: PairId, occasion: Occasion) -> Result<Reply, Trouble> {
    let (_, pair) = mine(session, pair, occasion).await?;
    Ok(Reply::Open(Box::new(session.voice().fit_form(pair.id, occasion))))
}

/// A note comes in.
pub(super) async fn write_note(
    session: &mut Session<'_>,
    pair: PairId,
    occasion: Occasion,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let (_, pair) = mine(session, pair, occasion).await?;
    let typed = values.get(NOTE_FIELD).map(|lines| lines.join("\n")).unwrap_or_default();
    let words = plsep_domain::text::clean(&typed, true);
    if words.is_empty() {
        return Ok(Reply::Open(Box::new(session.voice().fit_form(pair.id, occasion))));
    }
    let me = session.person.id;
    session.tx.note_pulse(pair.id, me, occasion, &words).await?;
    // Each note is one of its own, however often its event arrives.
    let key = format!("fit:{}:{me}:{}:{}", pair.id, occasion.key(), session.event.at.timestamp_millis());
    tell(session, &pair, occasion, key, &words).await?;
    Ok(Reply::Replace(session.voice().help_noted()))
}

/// Tells the coordinators what somebody adds, and keeps it with the concern if there is one.
async fn tell(
    session: &mut Session<'_>,
    pair: &Pair,
    occasion: Occasion,
    key: String,
    words: &str,
) -> Result<(), Trouble> {
    let me = session.person.id;
    session.tx.note_concern(session.community.id, &concern_key(pair, me, occasion), me, words).await?;
    let (person, partner) = users(session, pair).await?;
    let notice = FitNotice { person: &person, partner: &partner, occasion, words: Some(words) };
    let notice = session.voice_in(Lang::En).fit_notice(&notice);
    session.tell_office(key, notice).await?;
    Ok(())
}

async fn users(
    session: &mut Session<'_>,
    pair: &Pair,
) -> Result<(crate::chat::UserRef, crate::chat::UserRef), StoreError> {
    let partner = session.tx.person(pair.partner_of(session.person.id)).await?;
    Ok((session.person.user.clone(), partner.user))
}

fn concern_key(pair: &Pair, person: PersonId, occasion: Occasion) -> String {
    format!("fit:{}:{person}:{}", pair.id, occasion.key())
}

/// The pair of a question that was put to this very person.
async fn mine(session: &mut Session<'_>, pair: PairId, occasion: Occasion) -> Result<(Season, Pair), Trouble> {
    let season = session.season()?;
    let me = session.person.id;
    let pair = session.own_pair(pair).await?;
    if pair.season != season.id {
        return Err(Refusal::Expired.into());
    }
    if !pair.state.is_live() {
        return Err(Refusal::PairEnded.into());
    }
    if session.tx.pulse(pair.id, me, occasion).await?.is_none() {
        return Err(Refusal::Expired.into());
    }
    Ok((season, pair))
}
