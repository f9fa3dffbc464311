//! Whether an effect still fits the moment at which it is sent: its readers' hour must be civil, and what it
//! says must still be wanted. An outage must not wake anybody at three in the morning, nor ask about what has
//! been answered meanwhile.

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::meeting::standing;
use plsep_domain::nudge::civil_for;
use plsep_domain::{ApplicationState, MeetingState, PairId, PairState, Period, PersonId, Program, Reader, Standing};

use super::Outbox;
use super::work::{Steps, Undone};
use crate::chat::UserRef;
use crate::store::{Claimed, Effect, GivenAnswer, Meeting, StoreError, To, Tx, Wanted, latest_agreed};

/// How soon an answer must come to be one.
const ANSWER_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// How soon it is looked again whether the monthly question still pauses.
const PAUSED_LOOK: TimeDelta = TimeDelta::minutes(10);

/// How an effect fits the moment.
pub(super) enum Fits {
    /// It is not wanted any more.
    NoMore,
    /// As it is.
    AsItIs,
    /// Without a mention of these, whom it is no longer for.
    Without(Vec<UserRef>),
}

impl Outbox {
    /// Whether the effect is still wanted, and for whom. What has been seen of it already is brought to its end.
    ///
    /// # Errors
    /// [`Undone::NotNow`] when it is, but not at this hour.
    pub(super) async fn fits(&self, claimed: &Claimed, steps: &Steps) -> Result<Fits, Undone> {
        let mut tx = self.store.read().await?;
        if steps.is_seen() {
            return Ok(Fits::AsItIs);
        }
        let now = self.clock.now();
        let fits = match &claimed.terms.wanted {
            Some(wanted) => still(&mut tx, claimed, wanted, now).await?,
            None => Fits::AsItIs,
        };
        if matches!(fits, Fits::NoMore) || is_over(&mut tx, &claimed.effect).await? {
            return Ok(Fits::NoMore);
        }
        if let Some(Wanted::Pulse { person, .. }) = &claimed.terms.wanted
            && let Some(until) = tx.person(*person).await?.preferences.snoozed_at(now)
        {
            return Err(Undone::NotNow(until));
        }
        if let Some(Wanted::Nudge { pair, period, .. }) = &claimed.terms.wanted {
            let season = tx.pair(*pair).await?.season;
            if tx.nudge_control(season).await?.paused_at.is_some() {
                // It waits for the end of the pause, and no longer than its month.
                let zone = tx.season(season).await?.program.calendar.zone();
                let over = Period::containing(now, zone) > *period;
                return if over { Ok(Fits::NoMore) } else { Err(Undone::NotNow(now + PAUSED_LOOK)) };
            }
        }
        let soon = claimed.terms.answer && now - claimed.created_at < ANSWER_WITHIN;
        if let Some(program) = tx.current_season(claimed.community).await?.map(|season| season.program)
            && !soon
        {
            let readers = readers(&mut tx, claimed, &program).await?;
            let at = civil_for(&readers, now);
            if at > now {
                return Err(Undone::NotNow(at));
            }
        }
        Ok(fits)
    }
}

/// Whether a condition holds.
async fn still(tx: &mut Tx, claimed: &Claimed, wanted: &Wanted, now: DateTime<Utc>) -> Result<Fits, StoreError> {
    let so = match wanted {
        Wanted::Nudge { pair, period, people } => {
            return asks_still(tx, claimed, (*pair, *period, people), now).await;
        }
        Wanted::Meeting { meeting, sequence, planned } => {
            let meeting = tx.meeting(*meeting).await?;
            let fits = !planned || meeting.state == MeetingState::Planned;
            fits && meeting.sequence == *sequence && tx.pair(meeting.pair).await?.state.is_live()
        }
        Wanted::Draft { application } => {
            let application = tx.application(*application).await?;
            let calendar = tx.season(application.season).await?.program.calendar.clone();
            application.state == ApplicationState::Draft && calendar.applications_accepted(now)
        }
        Wanted::Signature { season, person } => {
            let paired = tx.pairs_of(*season, *person).await?.iter().any(|pair| pair.state.is_live());
            paired && tx.signature(*season, *person).await?.is_none()
        }
        Wanted::Unread { person } => !tx.unread(*person).await?.is_empty(),
        Wanted::Pulse { pair, person, occasion } => {
            let introduced = matches!(tx.pair(*pair).await?.state, PairState::Introduced { .. });
            introduced && tx.pulse(*pair, *person, *occasion).await?.is_some_and(|pulse| pulse.answer.is_none())
        }
        Wanted::Resumed { person, until } => tx.person(*person).await?.preferences.snoozed_until == Some(*until),
        Wanted::Survey { season, person } => {
            let given = tx.survey_of(*season, *person).await?.is_some_and(|survey| survey.answers.is_some());
            let pairs = tx.pairs_of(*season, *person).await?;
            let own = tx.season(*season).await?.until(latest_agreed(&pairs));
            !given && own.program.calendar.check_survey_time(now).is_ok()
        }
    };
    Ok(if so { Fits::AsItIs } else { Fits::NoMore })
}

/// Whether the question about a month is still one, and for whom.
async fn asks_still(
    tx: &mut Tx,
    claimed: &Claimed,
    (pair, period, people): (PairId, Period, &[PersonId]),
    now: DateTime<Utc>,
) -> Result<Fits, StoreError> {
    let pair = tx.pair(pair).await?;
    if !matches!(pair.state, PairState::Introduced { .. }) {
        return Ok(Fits::NoMore);
    }
    let answers = tx.answers(pair.id, period).await?;
    let of = |person| GivenAnswer::by(&answers, person);
    let range = period.range(tx.season(pair.season).await?.program.calendar.zone());
    let met = tx.meetings_in(pair.season, range, &(pair.id..=pair.id)).await?;
    let met: Vec<_> = met.iter().map(Meeting::fact).filter(|fact| !fact.is_stale(now)).collect();
    let standing = standing(of(pair.mentor), of(pair.mentee), &met);
    if !matches!(standing, Standing::Waiting | Standing::NotYet) {
        return Ok(Fits::NoMore);
    }
    let mut not_for = Vec::new();
    for person in people {
        let answered = of(*person).is_some_and(|said| said.at >= claimed.created_at);
        let person = tx.person(*person).await?;
        if answered || person.preferences.snoozed_at(now).is_some() {
            not_for.push(person.user);
        }
    }
    Ok(match not_for.len() {
        0 => Fits::AsItIs,
        all if all == people.len() => Fits::NoMore,
        _ => Fits::Without(not_for),
    })
}

/// Nothing is said to a pair that has parted, but farewell.
async fn is_over(tx: &mut Tx, effect: &Effect) -> Result<bool, StoreError> {
    match effect {
        Effect::Post { to: To::Pair(pair), .. } => Ok(!tx.pair(*pair).await?.state.is_live()),
        // Whoever asked to be forgotten is not written to.
        Effect::Post { to: To::Person(person), .. } | Effect::Admit { person } => {
            Ok(tx.person(*person).await?.erased_at.is_some())
        }
        // Whoever was named stays; who is in a group is asked of the platform when it is done. And of whoever was forgotten
        // nobody knows any more who it is.
        Effect::Dismiss { person } => {
            let person = tx.person(*person).await?;
            Ok(person.erased_at.is_some() || tx.is_coordinator(person.community, person.id).await?)
        }
        _ => Ok(false),
    }
}

/// Who reads it, if an hour can be uncivil for it. The office is at work when it is, and a change of a message wakes
/// nobody.
async fn readers(tx: &mut Tx, claimed: &Claimed, program: &Program) -> Result<Vec<Reader>, StoreError> {
    if let Some(Wanted::Nudge { people, .. }) = &claimed.terms.wanted
        && !people.is_empty()
    {
        let mut readers = Vec::new();
        for person in people {
            readers.push(tx.person(*person).await?.reader(program));
        }
        return Ok(readers);
    }
    Ok(match &claimed.effect {
        Effect::Introduce { pair, .. } | Effect::Farewell { pair, .. } => of_pair(tx, *pair, program).await?,
        Effect::Post { to: To::Pair(pair), .. } => of_pair(tx, *pair, program).await?,
        Effect::Post { to: To::Person(person), .. } => vec![tx.person(*person).await?.reader(program)],
        Effect::Post { to: To::Coordinators, .. }
        | Effect::Update { .. }
        | Effect::Sweep { .. }
        | Effect::OpenCoordinators { .. }
        | Effect::Admit { .. }
        | Effect::Dismiss { .. } => Vec::new(),
    })
}

async fn of_pair(tx: &mut Tx, pair: PairId, program: &Program) -> Result<Vec<Reader>, StoreError> {
    let pair = tx.pair(pair).await?;
    Ok(vec![tx.person(pair.mentor).await?.reader(program), tx.person(pair.mentee).await?.reader(program)])
}
