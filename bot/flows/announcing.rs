//! What coordinators say to many at once: shown as it will look, with how many read it and when, and sent only after they
//! say so, each message once. One message in the coordinators' place tells how far it has come; from there it can be
//! stopped, and what failed can be tried again. Whose direct messages are closed reads it at their next visit.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::nudge::Spread;
use plsep_domain::permission::Coordinator;
use plsep_domain::{ANNOUNCEMENT_MAX, AnnouncementId, Audience, Lang, PersonId, Refusal, SeasonId, confirm, text};

use super::{Fault, Flows, Session, Trouble, month};
use crate::chat::{Invocation, Message, Reply, UserRef};
use crate::store::{
    Announcement, AnnouncementState, Effect, NewEffect, Person, Season, StoreError, Terms, To, Tx, announcement_keys,
    every_pair,
};
use crate::words::{ANNOUNCEMENT_FIELD, AnnouncementProgress, AnnouncementQuestion, shared_lang};

/// Messages kept in one statement.
const AT_ONCE: usize = 100;

/// For how many hours it is told how far an announcement has come; what is not sent then is told of by itself.
const TOLD_HOURS: i64 = 48;

/// Those whose messages failed that are named: the others are counted.
const NAMED: usize = 10;

/// One message of an announcement.
struct Letter {
    to: To,
    message: Message,
    due_at: DateTime<Utc>,
}

/// `/mentorship-admin announce`.
pub(super) fn open(session: &Session<'_>, proof: &Coordinator, invocation: &Invocation) -> Result<Reply, Trouble> {
    let audience = invocation.choice("to").and_then(Audience::from_key).ok_or(Refusal::Expired)?;
    open_form(session, proof, audience)
}

/// The form for the words.
pub(super) fn open_form(session: &Session<'_>, _proof: &Coordinator, audience: Audience) -> Result<Reply, Trouble> {
    session.season()?;
    Ok(Reply::Open(Box::new(session.voice().announcement_form(audience, &session.limits()))))
}

/// The words come in: shows what would happen, and asks.
pub(super) async fn ask(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    audience: Audience,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let typed = values.get(ANNOUNCEMENT_FIELD).map(|lines| lines.join("\n")).unwrap_or_default();
    let words: String = text::clean(&typed, true).chars().take(ANNOUNCEMENT_MAX).collect();
    if words.is_empty() {
        return Err(Refusal::AnnouncementEmpty.into());
    }
    Ok(Reply::Private(question(session, audience, &words, false).await?))
}

/// It is sent, if the question still holds and says what is so.
pub(super) async fn send(session: &mut Session<'_>, proof: &Coordinator, id: AnnouncementId) -> Result<Reply, Trouble> {
    let announcement = of_id(session, id).await?;
    let Some(words) = announcement.words.clone().filter(|_| announcement.state == AnnouncementState::Asked) else {
        return Err(Refusal::AnnouncementSettled.into());
    };
    let season = session.season()?;
    if season.id != announcement.season {
        return Err(Refusal::ConfirmationOld.into());
    }
    confirm::holds(announcement.since.timestamp(), session.now)?;
    let letters = letters(session, &season, announcement.audience, &words).await?;
    let messages = i64::try_from(letters.len()).unwrap_or(i64::MAX);
    if messages != announcement.messages {
        // Somebody came or went meanwhile: they are told the new number before anything is sent.
        return Ok(Reply::Replace(question(session, announcement.audience, &words, true).await?));
    }
    let steps = (AnnouncementState::Asked, AnnouncementState::Sending);
    if !session.tx.move_announcement(id, steps, session.now).await? {
        return Err(Refusal::AnnouncementSettled.into());
    }
    let keys = announcement_keys(id);
    let community = session.community.id;
    let effect = |Letter { to, message, due_at }: Letter| {
        let key = match to {
            To::Pair(pair) => format!("{keys}pair:{pair}"),
            To::Person(person) => format!("{keys}{person}"),
            To::Coordinators => format!("{keys}office"),
        };
        (NewEffect { community, key, due_at, effect: Effect::Post { to, message } }, Terms::default())
    };
    let effects: Vec<_> = letters.into_iter().map(effect).collect();
    for some in effects.chunks(AT_ONCE) {
        session.tx.enqueue_all(some, session.now).await?;
    }
    let detail = serde_json::json!({ "to": announcement.audience.key(), "messages": messages });
    session.audit(proof, "announce.send", format!("announcement:{id}"), detail).await?;
    let sent = Announcement { state: AnnouncementState::Sending, since: session.now, ..announcement };
    let message = progress(session.flows, &mut session.tx, &sent, false).await?.0;
    session.tell_office(told_key(id), message).await?;
    Ok(Reply::Replace(session.voice().announcement_on_its_way(sent.audience, messages)))
}

/// What is not sent yet is not sent any more.
pub(super) async fn stop(session: &mut Session<'_>, proof: &Coordinator, id: AnnouncementId) -> Result<Reply, Trouble> {
    let announcement = of_id(session, id).await?;
    let stopped = session.tx.stop_announcement(session.community.id, id, session.now).await?;
    if stopped > 0 {
        let detail = serde_json::json!({ "to": announcement.audience.key(), "messages": stopped });
        session.audit(proof, "announce.stop", format!("announcement:{id}"), detail).await?;
        tell(session.flows, &mut session.tx, &announcement, session.now).await?;
    }
    Ok(Reply::Private(session.voice().announcement_stopped(stopped)))
}

/// What could not be sent is tried again.
pub(super) async fn again(
    session: &mut Session<'_>,
    proof: &Coordinator,
    id: AnnouncementId,
) -> Result<Reply, Trouble> {
    let announcement = of_id(session, id).await?;
    let revived = session.tx.revive_announcement(session.community.id, id, session.now).await?;
    if revived > 0 {
        let steps = (AnnouncementState::Ended, AnnouncementState::Sending);
        session.tx.move_announcement(id, steps, session.now).await?;
        let detail = serde_json::json!({ "to": announcement.audience.key(), "messages": revived });
        session.audit(proof, "announce.again", format!("announcement:{id}"), detail).await?;
        let announcement = of_id(session, id).await?;
        tell(session.flows, &mut session.tx, &announcement, session.now).await?;
    }
    Ok(Reply::Private(session.voice().announcement_again(revived)))
}

/// Changes the message about each of the season's announcements that go out, if there is news.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn tell_progress(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().write().await?;
    for announcement in tx.announcements_going_out().await?.into_iter().filter(|it| it.season == season) {
        tell(flows, &mut tx, &announcement, now).await?;
    }
    tx.commit().await?;
    flows.wake();
    Ok(())
}

/// Says once how far one has come. Where its message does not stand yet, the next look says it.
async fn tell(flows: &Flows, tx: &mut Tx, announcement: &Announcement, now: DateTime<Utc>) -> Result<(), StoreError> {
    let Announcement { id, community, since, .. } = *announcement;
    let told = told_key(id);
    let over = now - since >= TimeDelta::hours(TOLD_HOURS);
    let is_posted = tx.effect_result(community, &told).await?.is_some();
    if !is_posted && !over {
        return Ok(());
    }
    let (message, counts, ended) = progress(flows, tx, announcement, over).await?;
    let effect = match is_posted {
        true => Effect::Update { posted: told.clone(), message },
        false => Effect::Post { to: To::Coordinators, message },
    };
    // Of each count once: where nothing has changed there is nothing to say.
    let mark = if ended { "end" } else { "so-far" };
    let key = format!("{told}:{}:{mark}:{counts}", since.timestamp());
    tx.enqueue(&NewEffect { community, key, due_at: now, effect }, now).await?;
    if ended {
        tx.move_announcement(id, (AnnouncementState::Sending, AnnouncementState::Ended), since).await?;
    }
    Ok(())
}

/// How far an announcement has come, in words; its counts; and whether this is its end.
async fn progress(
    flows: &Flows,
    tx: &mut Tx,
    announcement: &Announcement,
    over: bool,
) -> Result<(Message, String, bool), StoreError> {
    let Announcement { id, community, audience, messages, .. } = *announcement;
    let counts = tx.announcement_counts(community, id).await?;
    let ended = counts.waiting == 0 || over;
    let failed = if counts.failed > 0 { failed(tx, announcement).await? } else { Vec::new() };
    let program = tx.season(announcement.season).await?.program;
    let progress = AnnouncementProgress { id, audience, messages, counts, failed, ended };
    let message = flows.voice(Some(&program), Lang::En).announcement_progress(&progress);
    let key = format!("{}-{}-{}-{}", counts.waiting, counts.unread, counts.failed, counts.stopped);
    Ok((message, key, ended))
}

/// Some of those whom it did not reach.
async fn failed(tx: &mut Tx, announcement: &Announcement) -> Result<Vec<UserRef>, StoreError> {
    let keys = announcement_keys(announcement.id);
    let letters = tx.dead_letters(announcement.community).await?;
    let mut users = Vec::new();
    for letter in letters.into_iter().filter(|letter| letter.key.starts_with(&keys)).take(NAMED) {
        let people = match letter.effect {
            Effect::Post { to: To::Person(person), .. } => vec![person],
            Effect::Post { to: To::Pair(pair), .. } => {
                let pair = tx.pair(pair).await?;
                vec![pair.mentor, pair.mentee]
            }
            _ => vec![],
        };
        for person in people {
            users.push(tx.person(person).await?.user);
        }
    }
    Ok(users)
}

async fn question(
    session: &mut Session<'_>,
    audience: Audience,
    words: &str,
    changed: bool,
) -> Result<Message, Trouble> {
    let season = session.season()?;
    let letters = letters(session, &season, audience, words).await?;
    let (Some(from), Some(until)) =
        (letters.iter().map(|it| it.due_at).min(), letters.iter().map(|it| it.due_at).max())
    else {
        return Err(Refusal::NobodyToTell.into());
    };
    let (place, me) = ((session.community.id, season.id), session.person.id);
    let id = session.tx.keep_announcement(place, me, (audience, words, letters.len()), session.now).await?;
    let shown = session.voice().announcement(audience, words);
    let question = AnnouncementQuestion { id, audience, messages: letters.len(), from, until, shown, changed };
    Ok(session.voice().announcement_question(&question))
}

/// Every message, at an hour that suits its readers, a few seconds apart.
async fn letters(
    session: &mut Session<'_>,
    season: &Season,
    audience: Audience,
    words: &str,
) -> Result<Vec<Letter>, StoreError> {
    let mut readers: Vec<(To, Vec<Person>)> = Vec::new();
    if audience == Audience::Pairs {
        let people: HashMap<PersonId, Person> = month::people(&mut session.tx, season.id, &every_pair()).await?;
        for pair in session.tx.introduced_pairs(season.id, &every_pair()).await? {
            let two = [pair.mentor, pair.mentee].iter().filter_map(|person| people.get(person)).cloned().collect();
            readers.push((To::Pair(pair.id), two));
        }
    } else {
        let all = session.tx.applications(season.id).await?;
        let meant = all.into_iter().filter(|(it, person)| {
            audience.includes(it.role, &it.state) && person.present && person.erased_at.is_none()
        });
        // Whoever applied as both reads it once.
        let people: BTreeMap<PersonId, Person> = meant.map(|(_, person)| (person.id, person)).collect();
        readers.extend(people.into_iter().map(|(id, person)| (To::Person(id), vec![person])));
    }
    let program = &season.program;
    let mut spread = Spread::over(readers.len());
    let letter = |(to, people): (To, Vec<Person>)| {
        let voice = match people.as_slice() {
            [person] => session.voice_to(person),
            [one, other, ..] => session.voice_in(shared_lang(one.lang(), other.lang())),
            [] => session.voice_in(Lang::En),
        };
        let suits: Vec<_> = people.iter().map(|person| person.reader(program)).collect();
        let due_at = spread.next(session.now, |at| plsep_domain::nudge::civil_for(&suits, at));
        Letter { to, message: voice.announcement(audience, words), due_at }
    };
    Ok(readers.into_iter().map(letter).collect())
}

/// Under which key the coordinators are told how far an announcement has come.
fn told_key(id: AnnouncementId) -> String {
    format!("announcing:{id}")
}

/// The announcement of a button. The number was in a person's hands, so it may be anything.
async fn of_id(session: &mut Session<'_>, id: AnnouncementId) -> Result<Announcement, Trouble> {
    Ok(session.tx.announcement(session.community.id, id).await?.ok_or(Refusal::Expired)?)
}
