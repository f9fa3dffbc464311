//! A coordinator ends a pair so that the mentee, or both, are matched anew. Who goes back is asked first, then what each
//! will read and when is shown, and the question grows old. It makes no new pair: that is for a proposal that is published.

use plsep_domain::permission::Coordinator;
use plsep_domain::{Back, EndReason, PairId, PairState, Refusal, confirm, may_rematch};

use super::pair_desk::{Two, farewell, live, part, which};
use super::{Session, Trouble, civil_for};
use crate::chat::{Invocation, Message, Reply};
use crate::words::{PairTask, ReadBy, RematchQuestion};

/// `/mentorship-admin pairs rematch`.
pub(super) async fn ask(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    match which(session, invocation, PairTask::Rematch).await? {
        Ok(pair) => ask_of(session, proof, pair).await,
        Err(question) => Ok(question),
    }
}

/// What a new match means for a pair, and asks who goes back.
pub(super) async fn ask_of(session: &mut Session<'_>, _proof: &Coordinator, pair: PairId) -> Result<Reply, Trouble> {
    let two = rematchable(session, pair).await?;
    Ok(Reply::Private(question(session, &two, None)))
}

/// Who goes back is chosen: asks once more, with what each will read. What was chosen was in a person's hands, so it may be
/// anything.
pub(super) async fn ask_who(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    pair: PairId,
    chosen: &str,
) -> Result<Reply, Trouble> {
    let back = Back::from_key(chosen).ok_or(Refusal::Expired)?;
    let two = rematchable(session, pair).await?;
    Ok(Reply::Replace(question(session, &two, Some(back))))
}

/// Ends the pair, and lets who is to be matched anew back into the matching.
pub(super) async fn rematch(
    session: &mut Session<'_>,
    proof: &Coordinator,
    pair: PairId,
    back: Back,
    asked_at: i64,
) -> Result<Reply, Trouble> {
    confirm::holds(asked_at, session.now)?;
    let two = rematchable(session, pair).await?;
    part(session, proof, &two, EndReason::Rematched).await?;
    let (to_mentor, to_mentee) = direct(session, &two, back);
    for (person, words) in [(&two.mentor, to_mentor), (&two.mentee, to_mentee)] {
        session.tell(format!("rematched:{pair}:{}", person.id), person, words).await?;
    }
    if back == Back::Mentee {
        session.tx.rest_mentor(pair).await?;
    }
    session.audit(proof, "pair.rematch", format!("pair:{pair}"), serde_json::json!({ "back": back.key() })).await?;
    Ok(Reply::Replace(session.voice().rematch_done(&two.users())))
}

/// The pair of a button, if a new match can still be looked for.
async fn rematchable(session: &mut Session<'_>, pair: PairId) -> Result<Two, Trouble> {
    let two = live(session, pair).await?;
    may_rematch(&two.season.program.calendar, session.now)?;
    Ok(two)
}

fn question(session: &Session<'_>, two: &Two, back: Option<Back>) -> crate::chat::Message {
    let program = &two.season.program;
    // Where they have not been introduced there is no place of theirs to read it in.
    let place = matches!(two.pair.state, PairState::Introduced { .. }).then(|| farewell(session, two));
    let chosen = back.map(|back| {
        let (to_mentor, to_mentee) = direct(session, two, back);
        let read = |words, person| ReadBy { words, at: civil_for(program, [person], session.now) };
        (back, read(to_mentor, &two.mentor), read(to_mentee, &two.mentee))
    });
    let people = two.users();
    let question = RematchQuestion { pair: two.pair.id, people, place, chosen, now: session.now };
    session.voice().rematch_question(&question)
}

/// What mentor and mentee read directly, each in their own language.
fn direct(session: &Session<'_>, two: &Two, back: Back) -> (Message, Message) {
    let program = &two.season.program;
    let to_mentor = session.voice_to(&two.mentor).rematch_to_mentor(program, &two.mentee.name, back);
    (to_mentor, session.voice_to(&two.mentee).rematch_to_mentee(program, &two.mentor.name))
}
