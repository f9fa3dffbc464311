//! What coordinators do about one pair: look at it, note a meeting on its behalf, end it. Ending is asked first, with what
//! the two will read and when, and asked anew once the question has grown old.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use plsep_domain::confirm;
use plsep_domain::matching::{PairKey, Ruling};
use plsep_domain::meeting::{self, MINUTES_USUAL};
use plsep_domain::permission::Coordinator;
use plsep_domain::when::{self, Asked, Reading, Towards};
use plsep_domain::{DateName, EndCause, EndReason, MeetingState, PairId, PairState, Period, PersonId, Refusal, text};

use super::closing::{Farewell, end_pair};
use super::meetings::logged_for;
use super::month::Month;
use super::{Session, Trouble, civil_for};
use crate::chat::{Invocation, Message, Reply, Text};
use crate::store::{NewMeeting, Pair, Person, Ruled, Season, StoreError};
use crate::words::{EndQuestion, OfficeDeed, PairView, WHEN_FIELD, shared_lang};

/// Most pairs of one person that are shown at once.
const SHOWN: usize = 5;

/// A pair with its two people.
pub(super) struct Two {
    pub season: Season,
    pub pair: Pair,
    pub mentor: Person,
    pub mentee: Person,
}

/// `/mentorship-admin pairs show`.
pub(super) async fn show(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let person = named(session, invocation).await?;
    let mut pairs = session.tx.pairs_of(season.id, person.id).await?;
    if pairs.iter().any(|pair| pair.state.is_live()) {
        pairs.retain(|pair| pair.state.is_live());
    } else if pairs.len() > 1 {
        // Of those that are over, the latest.
        pairs = pairs.split_off(pairs.len() - 1);
    }
    if pairs.is_empty() {
        return Err(Refusal::NamedHasNoPair.into());
    }
    let mut message = Message::default();
    for pair in pairs.into_iter().take(SHOWN) {
        let two = two(session, &season, pair).await?;
        let view = view(session, &two).await?;
        message.blocks.extend(session.voice().pair_view(&view).blocks);
    }
    Ok(Reply::Private(message))
}

/// `/mentorship-admin pairs log`.
pub(super) async fn ask_log(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let typed = invocation.words("when").map(|words| text::clean(words, false)).filter(|words| !words.is_empty());
    let pair = match which(session, invocation, OfficeDeed::LogMeeting).await? {
        Ok(pair) => pair,
        Err(question) => return Ok(question),
    };
    match typed {
        None => open_log(session, proof, pair).await,
        Some(words) => match log(session, proof, pair, &words).await? {
            Ok(reply) => Ok(reply),
            Err(fault) => Ok(Reply::Private(session.voice().pair_log_again(pair, fault))),
        },
    }
}

/// The form for a meeting on a pair's behalf.
pub(super) async fn open_log(session: &mut Session<'_>, _proof: &Coordinator, pair: PairId) -> Result<Reply, Trouble> {
    let two = live(session, pair).await?;
    let form = session.voice().pair_log_form(pair, (&two.mentor.name, &two.mentee.name), "");
    Ok(Reply::Open(Box::new(form)))
}

/// The form comes in.
pub(super) async fn send_log(
    session: &mut Session<'_>,
    proof: &Coordinator,
    pair: PairId,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let typed = text::clean(&values.get(WHEN_FIELD).map(|lines| lines.join(" ")).unwrap_or_default(), false);
    match log(session, proof, pair, &typed).await? {
        Ok(reply) => Ok(reply),
        Err(fault) => {
            let two = live(session, pair).await?;
            let kept = if session.limits().form_moments { "" } else { typed.as_str() };
            let form = Box::new(session.voice().pair_log_form(pair, (&two.mentor.name, &two.mentee.name), kept));
            Ok(Reply::Correct { form, errors: vec![(WHEN_FIELD.to_owned(), fault)] })
        }
    }
}

/// `/mentorship-admin pairs end`.
pub(super) async fn ask_end(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    match which(session, invocation, OfficeDeed::AskEndPair).await? {
        Ok(pair) => ask_end_of(session, proof, pair).await,
        Err(question) => Ok(question),
    }
}

/// What ending a pair means, and asks why it is to be ended.
pub(super) async fn ask_end_of(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    pair: PairId,
) -> Result<Reply, Trouble> {
    let two = live(session, pair).await?;
    Ok(Reply::Private(end_question(session, &two, None)))
}

/// The reason is chosen: asks once more, naming it. What was chosen was in a person's hands, so it may be anything.
pub(super) async fn ask_end_because(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    pair: PairId,
    chosen: &str,
) -> Result<Reply, Trouble> {
    let cause = EndCause::from_key(chosen).ok_or(Refusal::Expired)?;
    let two = live(session, pair).await?;
    Ok(Reply::Replace(end_question(session, &two, Some(cause))))
}

fn end_question(session: &Session<'_>, two: &Two, cause: Option<EndCause>) -> Message {
    let (words, at) = farewell(session, two);
    let people = (two.mentor.user.clone(), two.mentee.user.clone());
    session.voice().pair_end_question(&EndQuestion { pair: two.pair.id, people, words, at, cause, now: session.now })
}

/// Ends the pair.
pub(super) async fn end(
    session: &mut Session<'_>,
    proof: &Coordinator,
    pair: PairId,
    cause: EndCause,
    asked_at: i64,
) -> Result<Reply, Trouble> {
    confirm::holds(asked_at, session.event.at)?;
    let two = live(session, pair).await?;
    let (message, due_at) = farewell(session, &two);
    if matches!(two.pair.state, PairState::Published { .. }) {
        // Not introduced yet, so there is no place of theirs to tell it in.
        for person in [&two.mentor, &two.mentee] {
            let words = session.voice_to(person).pair_ended(&two.season.program);
            session.tell(format!("pair-ended:{}:{}", pair, person.id), person, words).await?;
        }
    }
    let ended = Farewell { message, due_at };
    end_pair(&mut session.tx, &two.pair, EndReason::ByCoordinator, &ended, session.now).await?;
    // The next proposal must not bring the same two together again; coordinators can take that back.
    let apart = Ruled { pair: PairKey { mentee: two.mentee.id, mentor: two.mentor.id }, ruling: Ruling::Forbidden };
    session.tx.rule(two.season.id, apart, proof.person(), session.now).await?;
    session.audit(proof, "pair.end", format!("pair:{pair}"), serde_json::json!({ "cause": cause.key() })).await?;
    Ok(Reply::Private(session.voice().pair_end_done(&(two.mentor.user, two.mentee.user))))
}

/// What the two read in their place, and when.
pub(super) fn farewell(session: &Session<'_>, two: &Two) -> (Message, DateTime<Utc>) {
    let program = &two.season.program;
    let voice = session.voice_in(shared_lang(two.mentor.lang(), two.mentee.lang()));
    (voice.pair_ended(program), civil_for(program, [&two.mentor, &two.mentee], session.now))
}

/// Notes a meeting that has been, as held; the two are told, and each may say otherwise.
async fn log(
    session: &mut Session<'_>,
    proof: &Coordinator,
    pair: PairId,
    typed: &str,
) -> Result<Result<Reply, Text>, Trouble> {
    let two = live(session, pair).await?;
    let PairState::Introduced { at: introduced_at } = two.pair.state else {
        return Err(Refusal::PairNotIntroduced.into());
    };
    let (zone, lang) = (session.voice().zone(), session.person.lang());
    let at = match when::read(typed, &Asked { now: session.event.at, zone, lang, towards: Towards::Past }) {
        Reading::Understood(at) => at,
        Reading::Ambiguous(_) => return Ok(Err(session.voice().pair_log_ambiguous())),
        Reading::Incomplete(missing) => return Ok(Err(session.voice().when_incomplete(missing))),
        Reading::Never(never) => return Ok(Err(session.voice().when_never(never))),
    };
    meeting::may_log(at, introduced_at, &two.season.program.calendar, session.event.at)?;
    let all = session.tx.meetings_of(pair).await?;
    let known = all.iter().find(|it| {
        it.state != MeetingState::Cancelled && meeting::overlap((it.starts_at, it.minutes), (at, MINUTES_USUAL))
    });
    if let Some(known) = known {
        return Ok(Ok(Reply::Private(session.voice().pair_log_known(known.starts_at))));
    }
    let new = NewMeeting {
        pair,
        starts_at: at,
        minutes: MINUTES_USUAL,
        place: String::new(),
        state: MeetingState::Held,
        set_by: proof.person(),
        remind_at: None,
        ask_at: None,
    };
    let noted = session.tx.insert_meeting(&new, session.now).await?;
    logged_for(session, &two.season, (&two.mentor, &two.mentee), &noted).await?;
    let detail = serde_json::json!({ "meeting": noted.id, "at": at });
    session.audit(proof, "pair.log", format!("pair:{pair}"), detail).await?;
    Ok(Ok(Reply::Private(session.voice().pair_log_done(&(two.mentor.user, two.mentee.user), at))))
}

async fn view(session: &mut Session<'_>, two: &Two) -> Result<PairView, Trouble> {
    let season = &two.season;
    let pair = &two.pair;
    let calendar = season.program.calendar.until(pair.agreed_until);
    let now = Period::containing(session.now, calendar.zone());
    let standing = if calendar.has_period(now) && matches!(pair.state, PairState::Introduced { .. }) {
        let month = Month::read(&mut session.tx, season, now, &(pair.id..=pair.id)).await?;
        Some((now, month.standing(pair.id, pair.mentor, pair.mentee).0))
    } else {
        None
    };
    let signed: Vec<PersonId> = session.tx.signatures(season.id).await?.into_iter().map(|(person, _)| person).collect();
    let people = [&two.mentor, &two.mentee];
    let unsigned = people.iter().filter(|it| !signed.contains(&it.id)).map(|it| it.user.clone()).collect();
    let meetings = session.tx.meetings_of(pair.id).await?;
    let held = meetings.iter().filter(|it| it.state == MeetingState::Held);
    let ahead = meetings.iter().filter(|it| it.state == MeetingState::Planned && it.starts_at > session.now);
    let concerns = session.tx.open_concerns(session.community.id).await?;
    Ok(PairView {
        id: pair.id,
        mentor: two.mentor.user.clone(),
        mentee: two.mentee.user.clone(),
        state: pair.state.clone(),
        standing,
        unsigned,
        goes_on_until: pair.agreed_until.filter(|until| *until > season.program.calendar.instant(DateName::RunsUntil)),
        held: held.clone().count(),
        latest: held.map(|it| it.starts_at).max(),
        next: ahead.map(|it| it.starts_at).min(),
        concerns: concerns.iter().filter(|concern| concern.pair == Some(pair.id)).count(),
    })
}

/// The live pair of whom a command names; where there are several, the question which.
pub(super) async fn which(
    session: &mut Session<'_>,
    invocation: &Invocation,
    deed: impl Fn(PairId) -> OfficeDeed,
) -> Result<Result<PairId, Reply>, Trouble> {
    let season = session.season()?;
    let person = named(session, invocation).await?;
    let mut pairs = session.tx.pairs_of(season.id, person.id).await?;
    pairs.retain(|pair| pair.state.is_live());
    match pairs.as_slice() {
        [] => Err(Refusal::NamedHasNoPair.into()),
        [one] => Ok(Ok(one.id)),
        several => {
            let mut choices = Vec::new();
            for pair in several {
                let other = if pair.mentor == person.id { pair.mentee } else { pair.mentor };
                let name = session.tx.person(other).await?.name;
                choices.push((crate::words::Deed::Office(deed(pair.id)), name));
            }
            Ok(Err(Reply::Private(session.voice().which_pair(&choices, &session.limits()))))
        }
    }
}

async fn named(session: &mut Session<'_>, invocation: &Invocation) -> Result<Person, Trouble> {
    let user = invocation.person("person").ok_or(Refusal::UnknownPerson)?;
    Ok(session.tx.person_at(session.community.id, user).await?.ok_or(Refusal::UnknownPerson)?)
}

/// The pair of a button, if it lives. The number was in a person's hands, so it may be anything.
pub(super) async fn live(session: &mut Session<'_>, id: PairId) -> Result<Two, Trouble> {
    let season = session.season()?;
    let pair = session.pair(id).await?;
    if pair.season != season.id {
        return Err(Refusal::Expired.into());
    }
    if !pair.state.is_live() {
        return Err(Refusal::NamedPairEnded.into());
    }
    Ok(two(session, &season, pair).await?)
}

async fn two(session: &mut Session<'_>, season: &Season, pair: Pair) -> Result<Two, StoreError> {
    let (mentor, mentee) = (session.tx.person(pair.mentor).await?, session.tx.person(pair.mentee).await?);
    Ok(Two { season: season.clone(), pair, mentor, mentee })
}
