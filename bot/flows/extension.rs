//! A coordinator lets a pair go on after the end of the season, or takes that back. What changes for the two is shown
//! first and the question grows old; the two are told in their place. No date of the season moves.

use chrono::{DateTime, NaiveDate, Utc};
use plsep_domain::permission::Coordinator;
use plsep_domain::when::Never;
use plsep_domain::{DateName, PairId, Refusal, confirm};

use super::asking::mark;
use super::pair_desk::{Two, introduced, which};
use super::{Session, Trouble, civil_for};
use crate::chat::{Invocation, Message, Reply};
use crate::store::{Effect, Pair, Season, To, latest_agreed};
use crate::words::{ExtensionMenu, ExtensionQuestion, PairTask, ReadBy, SEASON_END};

/// `/mentorship-admin pairs extend`.
pub(super) async fn ask(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let typed = invocation.words("until").map(str::trim).filter(|words| !words.is_empty());
    let pair = match which(session, invocation, PairTask::Extend).await? {
        Ok(pair) => pair,
        Err(question) => return Ok(question),
    };
    let Some(typed) = typed else { return ask_of(session, proof, pair).await };
    let two = introduced(session, pair).await?;
    let program = &two.season.program;
    let through = session.read_day(typed, session.person.zone(program)).map_err(|never| match never {
        Never::Past => Refusal::ExtensionTooEarly { ends_at: program.calendar.instant(DateName::RunsUntil) },
        _ => Refusal::NotADay,
    })?;
    Ok(Reply::Private(question(session, &two, Some(through))?))
}

/// Asks until when a pair may go on.
pub(super) async fn ask_of(session: &mut Session<'_>, _proof: &Coordinator, pair: PairId) -> Result<Reply, Trouble> {
    let two = introduced(session, pair).await?;
    let program = &two.season.program;
    let ends_at = program.calendar.instant(DateName::RunsUntil);
    let menu = ExtensionMenu {
        pair,
        people: two.users(),
        days: program.calendar.extensions(session.now),
        agreed: two.pair.agreed_until.filter(|until| *until > ends_at),
    };
    Ok(Reply::Private(session.voice().extension_menu(program, &menu)))
}

/// A day is chosen: asks whether it shall be so. What was chosen was in a person's hands, so it may be anything.
pub(super) async fn ask_until(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    pair: PairId,
    chosen: &str,
) -> Result<Reply, Trouble> {
    let through = match chosen {
        SEASON_END => None,
        day => Some(day.parse::<NaiveDate>().map_err(|_| Refusal::Expired)?),
    };
    let two = introduced(session, pair).await?;
    Ok(Reply::Replace(question(session, &two, through)?))
}

/// Moves the pair's end, and tells the two.
pub(super) async fn extend(
    session: &mut Session<'_>,
    proof: &Coordinator,
    pair: PairId,
    through: Option<NaiveDate>,
    asked_at: i64,
) -> Result<Reply, Trouble> {
    confirm::holds(asked_at, session.now)?;
    let two = introduced(session, pair).await?;
    let (agreed, until) = end(&two, through, session.now)?;
    let people = two.users();
    if agreed == two.pair.agreed_until {
        return Ok(Reply::Replace(session.voice().extension_done(&people, until, false)));
    }
    session.tx.agree_until(pair, agreed, session.now).await?;
    let ReadBy { words, at } = told(session, &two, through, until);
    let key = format!("extended:{pair}:{}", mark(session));
    session.enqueue(key, at, Effect::Post { to: To::Pair(pair), message: words }).await?;
    let detail = serde_json::json!({ "through": through, "until": until });
    let action = if through.is_some() { "pair.extend" } else { "pair.extend-back" };
    session.audit(proof, action, format!("pair:{pair}"), detail).await?;
    Ok(Reply::Replace(session.voice().extension_done(&people, until, true)))
}

/// The season as it is for somebody who acts: where coordinators let a pair of theirs go on, it ends later for them.
pub(super) async fn own_season(session: &mut Session<'_>) -> Result<Season, Trouble> {
    own(session).await.map(|(season, _)| season)
}

/// The same, with their pairs of it.
pub(super) async fn own(session: &mut Session<'_>) -> Result<(Season, Vec<Pair>), Trouble> {
    let season = session.season()?;
    let pairs = session.tx.pairs_of(season.id, session.person.id).await?;
    Ok((season.until(latest_agreed(&pairs)), pairs))
}

/// What is agreed then, and the end that it gives the pair.
fn end(
    two: &Two,
    through: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<(Option<DateTime<Utc>>, DateTime<Utc>), Refusal> {
    let calendar = &two.season.program.calendar;
    let agreed = match through {
        Some(day) => Some(calendar.extension(day, now)?),
        None => calendar.taken_back(now),
    };
    Ok((agreed, calendar.until(agreed).instant(DateName::RunsUntil)))
}

fn question(session: &Session<'_>, two: &Two, through: Option<NaiveDate>) -> Result<Message, Refusal> {
    let (_, until) = end(two, through, session.now)?;
    let question = ExtensionQuestion {
        pair: two.pair.id,
        people: two.users(),
        through,
        until,
        read: told(session, two, through, until),
        now: session.now,
    };
    Ok(session.voice().extension_question(&two.season.program, &question))
}

/// What the two read in their place, and when.
fn told(session: &Session<'_>, two: &Two, through: Option<NaiveDate>, until: DateTime<Utc>) -> ReadBy {
    let program = &two.season.program;
    let voice = session.voice_in(two.lang());
    let words = match through {
        Some(_) => voice.pair_goes_on(until),
        None => {
            let is_over = session.now >= program.calendar.instant(DateName::RunsUntil);
            voice.pair_goes_on_no_more(program, is_over)
        }
    };
    ReadBy { words, at: civil_for(program, [&two.mentor, &two.mentee], session.now) }
}
