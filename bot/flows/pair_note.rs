//! What a coordinator writes to one pair: a draft to begin with, and their own words into the pair's private place, once
//! for each form and at an hour that suits the two. The log says that it was written, not what.

use std::collections::BTreeMap;

use plsep_domain::permission::Coordinator;
use plsep_domain::{PairId, Refusal, text};

use super::asking::mark;
use super::pair_desk::introduced;
use super::{Session, Trouble, civil_for};
use crate::chat::Reply;
use crate::store::{Effect, To};
use crate::words::{PAIR_NOTE_FIELD, PAIR_NOTE_MAX};

/// The form, with a draft in the language of the two.
pub(super) async fn open(session: &mut Session<'_>, _proof: &Coordinator, pair: PairId) -> Result<Reply, Trouble> {
    let two = introduced(session, pair).await?;
    let names = (two.mentor.name.as_str(), two.mentee.name.as_str());
    let draft = session.voice_in(two.lang()).pair_note_draft(names);
    Ok(Reply::Open(Box::new(session.voice().pair_note_form(pair, names, draft, &session.limits()))))
}

/// The form comes in.
pub(super) async fn send(
    session: &mut Session<'_>,
    proof: &Coordinator,
    pair: PairId,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let two = introduced(session, pair).await?;
    let typed = values.get(PAIR_NOTE_FIELD).map(|lines| lines.join("\n")).unwrap_or_default();
    let words: String = text::clean(&typed, true).chars().take(PAIR_NOTE_MAX).collect();
    if words.is_empty() {
        return Err(Refusal::PairNoteEmpty.into());
    }
    let voice = session.voice_in(two.lang());
    let message = voice.pair_note(pair, &session.person.name, &words);
    let due_at = civil_for(&two.season.program, [&two.mentor, &two.mentee], session.now);
    let key = format!("office-note:{pair}:{}", mark(session));
    if session.enqueue(key, due_at, Effect::Post { to: To::Pair(pair), message }).await? {
        session.audit(proof, "pair.write", format!("pair:{pair}"), serde_json::Value::Null).await?;
    }
    let later = (due_at > session.now).then_some(due_at);
    Ok(Reply::Private(session.voice().pair_note_done(&two.users(), later)))
}
