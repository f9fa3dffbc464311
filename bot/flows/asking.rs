//! How often a pair means to meet, which is the pair's own, and a question to the coordinators, which nobody else reads.

use std::collections::BTreeMap;

use plsep_domain::{Cadence, ConcernKind, Lang, PairId, PairState, Refusal, text};

use super::meetings::{Couple, couple, which_pair};
use super::{Session, Trouble, civil_for, fingerprint, meetings};
use crate::chat::{Invocation, Reply};
use crate::store::{Effect, NewConcern, To};
use crate::words::{Deed, QUESTION_FIELD, QUESTION_MAX, shared_lang};

/// `/mentorship how-often`.
pub(super) async fn how_often(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    match which_pair(session).await? {
        meetings::Which::One(couple) => Ok(cadence_question(session, &couple)),
        meetings::Which::Several(couples) => {
            let choices = meetings::choices(&couples, |couple| Deed::Cadence(couple.pair.id, None));
            Ok(Reply::Private(session.voice().which_pair(&choices, &session.limits())))
        }
    }
}

/// A button about how often the two meet.
pub(super) async fn cadence(
    session: &mut Session<'_>,
    pair: PairId,
    chosen: Option<Cadence>,
) -> Result<Reply, Trouble> {
    let couple = couple(session, pair).await?;
    let Some(cadence) = chosen else { return Ok(cadence_question(session, &couple)) };
    if couple.pair.cadence != cadence {
        session.tx.set_cadence(pair, cadence).await?;
        let me = session.person.clone();
        let (mentor, mentee) = couple.both(&me);
        let voice = session.voice_in(shared_lang(mentor.lang(), mentee.lang()));
        let message = voice.cadence_news(&me.user, pair, cadence);
        let due_at = civil_for(&couple.season.program, [mentor, mentee], session.now);
        let key = format!("cadence:{pair}:{}", mark(session));
        session.enqueue(key, due_at, Effect::Post { to: To::Pair(pair), message }).await?;
    }
    Ok(Reply::Replace(session.voice().cadence_noted(cadence)))
}

fn cadence_question(session: &Session<'_>, couple: &Couple) -> Reply {
    Reply::Private(session.voice().cadence_question(couple.pair.id, &couple.partner.name, couple.pair.cadence))
}

/// `/mentorship ask`: the form, or at once what was typed behind it.
pub(super) async fn ask(session: &mut Session<'_>, invocation: &Invocation) -> Result<Reply, Trouble> {
    match invocation.words("question") {
        Some(words) if !text::clean(words, true).is_empty() => asked(session, words).await,
        _ => open(session),
    }
}

/// The form for a question.
pub(super) fn open(session: &Session<'_>) -> Result<Reply, Trouble> {
    Ok(Reply::Open(Box::new(session.voice().ask_form(&session.limits()))))
}

/// The form comes in.
pub(super) async fn send(session: &mut Session<'_>, values: &BTreeMap<String, Vec<String>>) -> Result<Reply, Trouble> {
    let words = values.get(QUESTION_FIELD).map(|lines| lines.join("\n")).unwrap_or_default();
    asked(session, &words).await
}

async fn asked(session: &mut Session<'_>, words: &str) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let question: String = text::clean(words, true).chars().take(QUESTION_MAX).collect();
    if question.is_empty() {
        return Err(Refusal::QuestionMissing.into());
    }
    let me = session.person.clone();
    let mut pairs = session.tx.pairs_of(season.id, me.id).await?;
    pairs.retain(|pair| matches!(pair.state, PairState::Introduced { .. }));
    let here = pairs.iter().find(|pair| pair.channel.is_some() && pair.channel == session.event.place);
    let pair = here.or(if pairs.len() == 1 { pairs.first() } else { None }).map(|pair| pair.id);
    let concern = NewConcern {
        season: season.id,
        key: format!("asked:{}:{}", me.id, mark(session)),
        kind: ConcernKind::Asked,
        pair,
        person: Some(me.id),
        note: Some(question.clone()),
    };
    let notice = session.voice_in(Lang::En).asked_notice(&me.user, &me.name, &question);
    session.raise(concern, notice).await?;
    Ok(Reply::Private(session.voice().asked(&question)))
}

/// The event in a few letters: the same for every delivery of it, and another for the next one at the same instant.
pub(super) fn mark(session: &Session<'_>) -> String {
    fingerprint(&session.event.key, 8)
}
