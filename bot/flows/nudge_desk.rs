//! What coordinators do about the monthly question: ask it now, pause it and let it go on, change when it is asked. What asks
//! people is shown first; a pause asks nobody and can be ended, so it needs no question.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::nudge::Spread;
use plsep_domain::permission::Coordinator;
use plsep_domain::{Lang, Period, Program, Refusal, Standing, confirm};

use super::asking::mark;
use super::month::{self, DueNudge, Month, due_nudges};
use super::{Session, Trouble};
use crate::chat::{Invocation, Reply};
use crate::cron_line::CronLine;
use crate::store::{Season, StoreError, every_pair};
use crate::words::{NudgeDates, NudgeQuestion, NudgesResume};

/// Under which name the runs of the monthly question are kept.
pub const NUDGE_JOB: &str = "nudge";

/// Longest cron line that travels on a button.
const LINE_MAX: usize = 40;

/// How many dates are shown.
const SHOWN: usize = 3;

/// How many dates of a line are looked at for those within the run: more than a year of days.
const LOOKED: usize = 400;

/// The shortest time from one round to the next.
const ROUND_EVERY: TimeDelta = TimeDelta::hours(20);

/// `/mentorship-admin nudges send-now`.
pub(super) async fn ask_now(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    if session.tx.nudge_control(season.id).await?.paused_at.is_some() {
        return Err(Refusal::NudgesPaused.into());
    }
    let Some(period) = in_run(session, &season).await? else {
        return Ok(Reply::Private(session.voice().nudge_preview_outside(&season.program)));
    };
    let question = question(session, &season, period, |_| true).await?;
    Ok(Reply::Private(session.voice().nudge_now_question(&question, session.now)))
}

/// It is asked, if the question still holds.
pub(super) async fn send_now(session: &mut Session<'_>, proof: &Coordinator, asked_at: i64) -> Result<Reply, Trouble> {
    confirm::holds(asked_at, session.now)?;
    let season = session.season()?;
    let control = session.tx.nudge_control(season.id).await?;
    if control.paused_at.is_some() {
        return Err(Refusal::NudgesPaused.into());
    }
    if control.ask_at.is_some_and(|at| at.timestamp() >= asked_at) {
        // Pressed twice, or by two: it is asked once.
        return Ok(Reply::Replace(session.voice().nudge_now_done()));
    }
    session.tx.ask_nudges_now(season.id, session.now).await?;
    session.audit(proof, "nudges.send-now", subject(&season), serde_json::Value::Null).await?;
    Ok(Reply::Replace(session.voice().nudge_now_done()))
}

/// `/mentorship-admin nudges pause`.
pub(super) async fn pause(session: &mut Session<'_>, proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    if session.tx.pause_nudges(season.id, session.now).await? {
        session.audit(proof, "nudges.pause", subject(&season), serde_json::Value::Null).await?;
        let notice = session.voice_in(Lang::En).nudges_news("nudges-news-paused", &session.person.user);
        session.tell_office(format!("nudges-paused:{}:{}", season.id, mark(session)), notice).await?;
    }
    Ok(Reply::Private(session.voice().nudges_paused()))
}

/// `/mentorship-admin nudges resume`: what would follow, and the question.
pub(super) async fn ask_resume(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let Some(paused_at) = session.tx.nudge_control(season.id).await?.paused_at else {
        return Ok(Reply::Private(session.voice().nudges_not_paused()));
    };
    let missed = missed(session, &season).await?;
    let question = match in_run(session, &season).await? {
        Some(period) => Some(question(session, &season, period, |due| missed || due.round > 0).await?),
        None => None,
    };
    let held = held(session, &season).await?;
    let next = dates(&season.program, &season.program.nudge.cron, session.now).unwrap_or_default().into_iter().next();
    let resume = NudgesResume { paused_at, question, held, next, now: session.now };
    Ok(Reply::Private(session.voice().nudges_resume_question(&resume)))
}

/// The pause is over.
pub(super) async fn resume(session: &mut Session<'_>, proof: &Coordinator, asked_at: i64) -> Result<Reply, Trouble> {
    confirm::holds(asked_at, session.now)?;
    let season = session.season()?;
    if session.tx.resume_nudges(season.id).await? {
        session.audit(proof, "nudges.resume", subject(&season), serde_json::Value::Null).await?;
        let notice = session.voice_in(Lang::En).nudges_news("nudges-news-resumed", &session.person.user);
        session.tell_office(format!("nudges-resumed:{}:{}", season.id, mark(session)), notice).await?;
    }
    Ok(Reply::Replace(session.voice().nudges_resumed()))
}

/// `/mentorship-admin nudges schedule`: when it is asked, or what another line would mean.
pub(super) async fn ask_schedule(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    match invocation.words("cron").map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) => Ok(Reply::Private(of_line(session, proof, line)?)),
        None => {
            let now = dates(&season.program, &season.program.nudge.cron, session.now).unwrap_or_default();
            Ok(Reply::Private(session.voice().nudge_schedule(&season.program.nudge.cron, &now)))
        }
    }
}

/// What a line of the menu would mean. It was in a person's hands, so it may be anything.
pub(super) fn pick_line(session: &Session<'_>, proof: &Coordinator, line: &str) -> Result<Reply, Trouble> {
    Ok(Reply::Replace(of_line(session, proof, line)?))
}

/// The line is kept, if the question still holds. What it would have asked before now is not asked.
pub(super) async fn set_line(
    session: &mut Session<'_>,
    proof: &Coordinator,
    line: &str,
    asked_at: i64,
) -> Result<Reply, Trouble> {
    confirm::holds(asked_at, session.now)?;
    let mut season = session.season()?;
    let dates = dates(&season.program, line, session.now)?;
    if season.program.nudge.cron != line {
        Arc::make_mut(&mut season.program).nudge.cron = line.to_owned();
        session.tx.save_program(season.id, &season.program).await?;
        session.tx.record_run(season.id, NUDGE_JOB, session.now).await?;
        let detail = serde_json::json!({ "cron": line });
        session.audit(proof, "nudges.schedule", subject(&season), detail).await?;
        session.set_season(season);
    }
    Ok(Reply::Replace(session.voice().nudge_schedule_done(&dates)))
}

/// When the question is asked next, and whether it pauses.
pub(super) async fn standing(session: &mut Session<'_>, season: &Season) -> Result<NudgeDates, Trouble> {
    let paused_at = session.tx.nudge_control(season.id).await?.paused_at;
    let next = dates(&season.program, &season.program.nudge.cron, session.now).ok();
    Ok(NudgeDates { paused_at, next: next.and_then(|dates| dates.into_iter().next()) })
}

fn of_line(session: &Session<'_>, _proof: &Coordinator, line: &str) -> Result<crate::chat::Message, Trouble> {
    let season = session.season()?;
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let dates = dates(&season.program, &line, session.now)?;
    Ok(session.voice().nudge_schedule_question(&line, &dates, session.now))
}

/// The next dates of a line while the program runs.
fn dates(program: &Program, line: &str, now: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>, Refusal> {
    if line.len() > LINE_MAX || line.contains(':') {
        return Err(Refusal::NotACronLine);
    }
    let cron = CronLine::parse(line).map_err(|_| Refusal::NotACronLine)?;
    let zone = program.calendar.zone();
    let all = std::iter::successors(cron.next_after(now, zone), |at| cron.next_after(*at, zone)).take(LOOKED);
    let (mut dates, mut before): (Vec<DateTime<Utc>>, Option<DateTime<Utc>>) = (Vec::new(), None);
    let periods = program.calendar.periods();
    for at in all {
        if before.is_some_and(|before| at - before < ROUND_EVERY) {
            return Err(Refusal::CronTooOften);
        }
        before = Some(at);
        match periods.last() {
            Some(last) if Period::containing(at, zone) <= *last => {}
            _ => break,
        }
        if periods.contains(&Period::containing(at, zone)) {
            dates.push(at);
        }
        if dates.len() == SHOWN {
            break;
        }
    }
    if dates.is_empty() { Err(Refusal::CronNever) } else { Ok(dates) }
}

/// The month, if pairs are asked in it.
async fn in_run(session: &mut Session<'_>, season: &Season) -> Result<Option<Period>, StoreError> {
    let calendar = month::whole_run(&mut session.tx, season).await?;
    Ok(Some(Period::containing(session.now, calendar.zone())).filter(|period| calendar.has_period(*period)))
}

/// Whether the month's date has come and gone without its round.
async fn missed(session: &mut Session<'_>, season: &Season) -> Result<bool, StoreError> {
    let Ok(line) = CronLine::parse(&season.program.nudge.cron) else { return Ok(false) };
    let zone = season.program.calendar.zone();
    let ran = session.tx.runs_of(season.id, NUDGE_JOB).await?.last_at(session.now);
    let fired = line.last_at_or_before(session.now, zone);
    Ok(fired.is_some_and(|at| {
        let open = ran.is_none_or(|ran| at > ran) && at >= season.created_at;
        open && Period::containing(at, zone) == Period::containing(session.now, zone)
    }))
}

/// The questions that the pause has held back and that are still wanted: how many, and between when they go out once it is
/// over.
async fn held(
    session: &mut Session<'_>,
    season: &Season,
) -> Result<Option<(usize, DateTime<Utc>, DateTime<Utc>)>, StoreError> {
    let period = Period::containing(session.now, season.program.calendar.zone());
    let month = Month::read(&mut session.tx, season, period, &every_pair()).await?;
    let people = month::people(&mut session.tx, season.id, &every_pair()).await?;
    let talking: BTreeMap<_, _> =
        session.tx.introduced_pairs(season.id, &every_pair()).await?.into_iter().map(|pair| (pair.id, pair)).collect();
    let mut moments = Vec::new();
    for waiting in session.tx.waiting_nudges(session.community.id).await? {
        let Some(pair) = talking.get(&waiting.pair).filter(|_| waiting.period == period) else { continue };
        let (standing, _) = month.standing(pair.id, pair.mentor, pair.mentee);
        if !matches!(standing, Standing::Waiting | Standing::NotYet) {
            continue;
        }
        let meant = [pair.mentor, pair.mentee].into_iter();
        let meant = meant.filter(|person| waiting.people.is_empty() || waiting.people.contains(person));
        let readers: Vec<_> =
            meant.filter_map(|person| people.get(&person)).map(|person| person.reader(&season.program)).collect();
        moments.push(plsep_domain::nudge::civil_for(&readers, waiting.due_at.max(session.now)));
    }
    let bounds = moments.iter().min().copied().zip(moments.iter().max().copied());
    Ok(bounds.map(|(from, until)| (moments.len(), from, until)))
}

/// Whom the question would reach now, of those that are `meant`, and when.
async fn question(
    session: &mut Session<'_>,
    season: &Season,
    period: Period,
    meant: impl Fn(&DueNudge) -> bool,
) -> Result<NudgeQuestion, StoreError> {
    let mut due = due_nudges(&mut session.tx, season, period, &every_pair(), session.now).await?;
    due.retain(meant);
    let people = month::people(&mut session.tx, season.id, &every_pair()).await?;
    let program = &season.program;
    let mut spread = Spread::over(due.len());
    let (mut asked, mut pairs, mut moments) = (0, Vec::new(), Vec::new());
    for due in &due {
        let two = [(due.mentor, due.pair.mentor), (due.mentee, due.pair.mentee)];
        let readers: Vec<_> =
            two.iter().filter(|(asked, _)| *asked).filter_map(|(_, person)| people.get(person)).collect();
        asked += readers.len();
        let suits: Vec<_> = readers.iter().map(|person| person.reader(program)).collect();
        moments.push(spread.next(session.now, |at| plsep_domain::nudge::civil_for(&suits, at)));
        let user = |person| people.get(person).map(|person| person.user.clone());
        pairs.extend(user(&due.pair.mentor).zip(user(&due.pair.mentee)));
    }
    let until = moments.iter().max().copied();
    Ok(NudgeQuestion { period, pairs, people: asked, from: moments.into_iter().min(), until })
}

fn subject(season: &Season) -> String {
    format!("season:{}", season.id)
}
