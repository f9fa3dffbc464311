//! The bot's own places, when somebody takes one away: what the platform tells is kept, and whoever can do something about
//! it is told. A coordinator may have another place opened for a pair; the one for coordinators is in
//! [`super::coordinators`].

use plsep_domain::permission::Coordinator;
use plsep_domain::{Lang, PairId, Program};

use super::pair_desk::{Two, introduced};
use super::{Fault, Flows, Session, Trouble, civil_for, concerns};
use crate::chat::{ChannelRef, CommunityRef, Reply, Room};
use crate::store::{Effect, Person, StoreError, pair_place_keys, place_lost_key};
use crate::words::Voice;

/// The platform tells that a place is gone. Most places are none of ours.
pub(super) async fn gone(flows: &Flows, at: &CommunityRef, place: &ChannelRef) -> Result<(), Fault> {
    let mut tx = flows.store().write().await?;
    let Some(community) = tx.community_at(at).await? else { return Ok(()) };
    if !tx.may_act(&flows.held, &at.chat).await? {
        // Whoever receives now hears of it, or learns it with the next message.
        return Ok(());
    }
    let (now, office) = (flows.clock.now(), flows.voice(None, Lang::En));
    let lost = if community.coordinators_channel.as_ref() == Some(place) {
        let words = |lang, coordinates| flows.voice(None, lang).office_lost(coordinates);
        tx.lose_office(community.id, &words, now).await?
    } else {
        match tx.pair_in(community.id, place).await? {
            Some(pair) if pair.state.is_live() => {
                tx.lose_pair_place(&pair, &|pair, people, id| office.pair_place_lost(pair, people, id), now).await?
            }
            _ => false,
        }
    };
    tx.commit().await?;
    if lost {
        flows.wake();
    }
    Ok(())
}

/// Opens another place for a pair in place of one that is gone. What was to be said in the old one is said there.
pub(super) async fn reopen_for_pair(
    session: &mut Session<'_>,
    proof: &Coordinator,
    pair: PairId,
) -> Result<Reply, Trouble> {
    let two = introduced(session, pair).await?;
    let beginning = pair_place_keys(pair);
    let opened = session.tx.effect_keys(session.community.id, &beginning).await?;
    let under_way = match opened.last() {
        Some(newest) => session.tx.effect_result(session.community.id, newest).await?.is_none(),
        None => false,
    };
    if two.pair.channel.is_some() || under_way {
        return Ok(Reply::Private(session.voice().pair_place("pair-place-is-there", &two.users())));
    }
    open(session, &two, format!("{beginning}{}", opened.len() + 1)).await?;
    session.audit(proof, "pair.reopen", format!("pair:{pair}"), serde_json::Value::Null).await?;
    settle(session, proof, &place_lost_key(pair, opened.len())).await?;
    Ok(Reply::Private(session.voice().pair_place("pair-place-reopened", &two.users())))
}

async fn open(session: &mut Session<'_>, two: &Two, key: String) -> Result<(), StoreError> {
    let program = &two.season.program;
    let voice = session.voice_in(two.lang());
    let room = room(&voice, program, key.clone(), (&two.mentor, &two.mentee));
    let message = voice.pair_place_opened(two.pair.id, &two.users());
    let due_at = civil_for(program, [&two.mentor, &two.mentee], session.now);
    session.enqueue(key, due_at, Effect::Introduce { pair: two.pair.id, room, message }).await?;
    Ok(())
}

/// A private place for a pair, under this key.
pub(super) fn room(voice: &Voice<'_>, program: &Program, key: String, (mentor, mentee): (&Person, &Person)) -> Room {
    Room {
        key,
        name: Voice::room_name(&mentor.name, &mentee.name),
        topic: voice.room_topic(program),
        members: vec![mentor.user.clone(), mentee.user.clone()],
    }
}

/// What was raised about the loss is done with.
async fn settle(session: &mut Session<'_>, proof: &Coordinator, key: &str) -> Result<(), Trouble> {
    let note = session.voice_in(Lang::En).pair_place_note();
    if let Some(concern) = session.tx.concern_at(session.community.id, key).await?
        && session.tx.resolve_concern(concern.id, proof.person(), &note, session.now).await?
        && let Some(concern) = session.tx.concern(session.community.id, concern.id).await?
    {
        concerns::tell_place(session, &concern).await?;
    }
    Ok(())
}
