//! What coordinators do about one pair: look at it, note a meeting on its behalf, end it. Ending is asked first, with what
//! the two will read and when, and asked anew once the question has grown old.

use std::collections::BTreeMap;

use plsep_domain::confirm;
use plsep_domain::find::finds;
use plsep_domain::matching::{PairKey, Ruling};
use plsep_domain::meeting::{self, MINUTES_USUAL};
use plsep_domain::permission::Coordinator;
use plsep_domain::when::{self, Asked, Reading, Towards};
use plsep_domain::{
    DateName, EndCause, EndReason, Lang, MeetingState, PairId, PairState, Period, PersonId, Refusal, text,
};

use super::closing::{Farewell, end_pair};
use super::meetings::logged_for;
use super::month::{self, Month};
use super::{Session, Trouble, civil_for};
use crate::chat::{Invocation, Message, Reply, Text, UserRef};
use crate::store::{NewMeeting, Pair, Person, Ruled, Season, StoreError, Tx, every_pair};
use crate::words::{EndQuestion, PairTask, PairView, ReadBy, Voice, WHEN_FIELD, shared_lang};

/// Most pairs of one person that are shown at once.
const SHOWN: usize = 5;

/// A pair with its two people.
pub(super) struct Two {
    pub season: Season,
    pub pair: Pair,
    pub mentor: Person,
    pub mentee: Person,
}

impl Two {
    /// The accounts of mentor and mentee.
    pub fn users(&self) -> (UserRef, UserRef) {
        (self.mentor.user.clone(), self.mentee.user.clone())
    }

    /// The language in which the two are addressed together.
    pub fn lang(&self) -> Lang {
        shared_lang(self.mentor.lang(), self.mentee.lang())
    }
}

/// A pair with the names of its two people.
pub(super) struct Named {
    pub pair: Pair,
    pub mentor: String,
    pub mentee: String,
}

impl Named {
    /// Its name, as it is suggested.
    pub fn label(&self, voice: Voice<'_>) -> String {
        voice.pair_label((&self.mentor, &self.mentee), !self.pair.state.is_live())
    }

    /// Whether these words find it: parts of its people's names, or all of what is suggested.
    pub fn goes_by(&self, words: &str, voice: Voice<'_>) -> bool {
        finds(words, &[&self.mentor, &self.mentee, &self.label(voice)])
    }
}

/// With what a suggestion names a pair. Nobody types it.
const PAIR_VALUE: &str = "pair:";

/// What a suggestion of this pair holds.
pub(super) fn pair_value(pair: PairId) -> String {
    format!("{PAIR_VALUE}{pair}")
}

/// `/mentorship-admin pairs show`.
pub(super) async fn show(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let pairs = named_pairs(&mut session.tx, &season).await?;
    let mut pairs = meant(session, invocation, pairs).await?;
    let names_nobody = invocation.options.is_empty();
    if pairs.iter().any(|it| it.pair.state.is_live()) {
        pairs.retain(|it| it.pair.state.is_live());
    } else if pairs.len() > 1 && !names_nobody {
        // Of those that are over, the latest.
        pairs.sort_by_key(|it| it.pair.id);
        pairs = pairs.split_off(pairs.len() - 1);
    }
    if pairs.len() > 1 && (names_nobody || pairs.len() > SHOWN) {
        return Ok(ask_which(session, &pairs, PairTask::Show));
    }
    let mut message = Message::default();
    for Named { pair, .. } in pairs {
        let two = two(session, &season, pair).await?;
        let view = view(session, &two).await?;
        message.blocks.extend(session.voice().pair_view(&view).blocks);
    }
    Ok(Reply::Private(message))
}

/// One pair. The number was in a person's hands, so it may be anything.
pub(super) async fn show_one(session: &mut Session<'_>, _proof: &Coordinator, pair: PairId) -> Result<Reply, Trouble> {
    let two = of_season(session, pair).await?;
    let view = view(session, &two).await?;
    Ok(Reply::Private(session.voice().pair_view(&view)))
}

/// `/mentorship-admin pairs log`.
pub(super) async fn ask_log(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let typed = invocation.words("when").map(|words| text::clean(words, false)).filter(|words| !words.is_empty());
    let pair = match which(session, invocation, PairTask::Log).await? {
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
    match which(session, invocation, PairTask::End).await? {
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
    let (people, read) = (two.users(), farewell(session, two));
    session.voice().pair_end_question(&EndQuestion { pair: two.pair.id, people, read, cause, now: session.now })
}

/// Ends the pair.
pub(super) async fn end(
    session: &mut Session<'_>,
    proof: &Coordinator,
    pair: PairId,
    cause: EndCause,
    asked_at: i64,
) -> Result<Reply, Trouble> {
    confirm::holds(asked_at, session.now)?;
    let two = live(session, pair).await?;
    if matches!(two.pair.state, PairState::Published { .. }) {
        // Not introduced yet, so there is no place of theirs to tell it in.
        for person in [&two.mentor, &two.mentee] {
            let words = session.voice_to(person).pair_ended(&two.season.program);
            session.tell(format!("pair-ended:{}:{}", pair, person.id), person, words).await?;
        }
    }
    part(session, proof, &two, EndReason::ByCoordinator).await?;
    session.audit(proof, "pair.end", format!("pair:{pair}"), serde_json::json!({ "cause": cause.key() })).await?;
    Ok(Reply::Private(session.voice().pair_end_done(&two.users())))
}

/// Ends a pair with a farewell in its place, and keeps the two apart: the next proposal must not bring them together again.
/// Coordinators can take that back.
pub(super) async fn part(
    session: &mut Session<'_>,
    proof: &Coordinator,
    two: &Two,
    reason: EndReason,
) -> Result<(), StoreError> {
    let ReadBy { words, at } = farewell(session, two);
    end_pair(&mut session.tx, &two.pair, reason, &Farewell { message: words, due_at: at }, session.now).await?;
    let apart = Ruled { pair: PairKey { mentee: two.mentee.id, mentor: two.mentor.id }, ruling: Ruling::Forbidden };
    session.tx.rule(two.season.id, apart, proof.person(), session.now).await
}

/// What the two read in their place, and when.
pub(super) fn farewell(session: &Session<'_>, two: &Two) -> ReadBy {
    let program = &two.season.program;
    let voice = session.voice_in(shared_lang(two.mentor.lang(), two.mentee.lang()));
    ReadBy { words: voice.pair_ended(program), at: civil_for(program, [&two.mentor, &two.mentee], session.now) }
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
        place_lost: pair.channel.is_none() && matches!(pair.state, PairState::Introduced { .. }),
        standing,
        unsigned,
        goes_on_until: pair.agreed_until.filter(|until| *until > season.program.calendar.instant(DateName::RunsUntil)),
        held: held.clone().count(),
        latest: held.map(|it| it.starts_at).max(),
        next: ahead.map(|it| it.starts_at).min(),
        concerns: concerns.iter().filter(|concern| concern.pair == Some(pair.id)).count(),
    })
}

/// Every pair of the season with its names, by these.
pub(super) async fn named_pairs(tx: &mut Tx, season: &Season) -> Result<Vec<Named>, StoreError> {
    let people = month::people(tx, season.id, &every_pair()).await?;
    let name = |id: PersonId| people.get(&id).map(|person| person.name.clone()).unwrap_or_default();
    let pairs = tx.pairs(season.id).await?.into_iter();
    let mut named: Vec<Named> =
        pairs.map(|pair| Named { mentor: name(pair.mentor), mentee: name(pair.mentee), pair }).collect();
    named.sort_by(|one, other| {
        (&one.mentor, &one.mentee, one.pair.id).cmp(&(&other.mentor, &other.mentee, other.pair.id))
    });
    Ok(named)
}

/// The live pair that a command means; where there are several, the question which.
pub(super) async fn which(
    session: &mut Session<'_>,
    invocation: &Invocation,
    task: PairTask,
) -> Result<Result<PairId, Reply>, Trouble> {
    let season = session.season()?;
    let mut pairs = named_pairs(&mut session.tx, &season).await?;
    pairs.retain(|it| it.pair.state.is_live());
    let pairs = meant(session, invocation, pairs).await?;
    match pairs.as_slice() {
        [one] => Ok(Ok(one.pair.id)),
        several => Ok(Err(ask_which(session, several, task))),
    }
}

/// Which of these pairs a command names, at least one: by one of its people, by words that find their names, or, where it
/// was suggested, itself. A command that names none may mean each.
async fn meant(
    session: &mut Session<'_>,
    invocation: &Invocation,
    mut pairs: Vec<Named>,
) -> Result<Vec<Named>, Trouble> {
    if let Some(user) = invocation.person("person") {
        let person = session.person_of(user).await?;
        pairs.retain(|it| it.pair.has(person.id));
        if pairs.is_empty() {
            return Err(Refusal::NamedHasNoPair.into());
        }
    }
    if let Some(words) = invocation.words("pair").map(str::trim).filter(|words| !words.is_empty()) {
        let suggested = words.strip_prefix(PAIR_VALUE).and_then(|number| number.parse::<i64>().ok()).map(PairId::from);
        match suggested {
            Some(id) => pairs.retain(|it| it.pair.id == id),
            None => {
                let voice = session.voice();
                pairs.retain(|it| it.goes_by(words, voice));
            }
        }
    }
    if pairs.is_empty() { Err(Refusal::NoPairFound.into()) } else { Ok(pairs) }
}

fn ask_which(session: &Session<'_>, pairs: &[Named], task: PairTask) -> Reply {
    let choices: Vec<_> = pairs
        .iter()
        .map(|it| (it.pair.id, (it.mentor.as_str(), it.mentee.as_str()), !it.pair.state.is_live()))
        .collect();
    Reply::Private(session.voice().which_of_pairs(&choices, task, &session.limits()))
}

/// The pair of a button, if it lives. The number was in a person's hands, so it may be anything.
pub(super) async fn live(session: &mut Session<'_>, id: PairId) -> Result<Two, Trouble> {
    let two = of_season(session, id).await?;
    if two.pair.state.is_live() { Ok(two) } else { Err(Refusal::NamedPairEnded.into()) }
}

/// The same, if it has a place of its own, to write to and to meet in.
pub(super) async fn introduced(session: &mut Session<'_>, id: PairId) -> Result<Two, Trouble> {
    let two = live(session, id).await?;
    match two.pair.state {
        PairState::Introduced { .. } => Ok(two),
        _ => Err(Refusal::PairNotIntroduced.into()),
    }
}

/// The pair of a button, if it is one of the season.
async fn of_season(session: &mut Session<'_>, id: PairId) -> Result<Two, Trouble> {
    let season = session.season()?;
    let pair = session.pair(id).await?;
    if pair.season != season.id {
        return Err(Refusal::Expired.into());
    }
    Ok(two(session, &season, pair).await?)
}

async fn two(session: &mut Session<'_>, season: &Season, pair: Pair) -> Result<Two, StoreError> {
    let (mentor, mentee) = (session.tx.person(pair.mentor).await?, session.tx.person(pair.mentee).await?);
    Ok(Two { season: season.clone(), pair, mentor, mentee })
}
