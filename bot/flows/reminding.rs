//! A coordinator reminds people by hand: of an application they have begun and not sent, and of the acknowledgement form.
//! Shown first, with who is left out and why; then each hears it once that day, directly, in their own language, at an
//! hour that suits them. Where the day's own reminder is still to come, this is it. Whoever has done it before it leaves
//! hears nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use plsep_domain::nudge::Spread;
use plsep_domain::permission::Coordinator;
use plsep_domain::reminder::{LeftOut, RemindOf, Remindable, by_hand, of_agreement, of_draft};
use plsep_domain::{ApplicationState, PersonId, Phase, Refusal, confirm};

use super::{Session, Trouble, civil_for, reminders};
use crate::chat::{Message, Reply};
use crate::store::{Application, Effect, NewEffect, Person, Season, StoreError, Terms, To, Wanted, every_pair};
use crate::words::RemindQuestion;

/// Reminders kept in one statement.
const AT_ONCE: usize = 100;

/// Somebody who may be reminded.
struct Candidate {
    of: RemindOf,
    person: Person,
    /// What they have begun, where that is what they are reminded of.
    application: Option<Application>,
    /// When they were last at it.
    touched_at: DateTime<Utc>,
}

/// Somebody who is reminded.
struct Letter {
    candidate: Candidate,
    key: String,
    due_at: DateTime<Utc>,
}

/// Who is reminded, and how many are not, by why.
#[derive(Default)]
struct Found {
    letters: Vec<Letter>,
    left_out: BTreeMap<LeftOut, usize>,
}

/// `/mentorship-admin applications remind`.
pub(super) async fn ask(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let found = find(session, &season).await?;
    Ok(Reply::Private(question(session, &season, &found, false)))
}

/// They are reminded, if the question still holds and says what is so.
pub(super) async fn send(
    session: &mut Session<'_>,
    proof: &Coordinator,
    people: u32,
    asked_at: i64,
) -> Result<Reply, Trouble> {
    confirm::holds(asked_at, session.now)?;
    let season = session.season()?;
    let found = find(session, &season).await?;
    if found.letters.is_empty() || u32::try_from(found.letters.len()) != Ok(people) {
        // Another coordinator was first, or somebody has done it meanwhile: the new number is shown before it goes on.
        return Ok(Reply::Replace(question(session, &season, &found, true)));
    }
    let [drafts, forms] = [RemindOf::Draft, RemindOf::Agreement]
        .map(|of| found.letters.iter().filter(|letter| letter.candidate.of == of).count());
    let effects: Vec<_> = found.letters.iter().map(|letter| effect(session, &season, letter)).collect();
    for some in effects.chunks(AT_ONCE) {
        session.tx.enqueue_all(some, session.now).await?;
    }
    let detail = serde_json::json!({ "applications": drafts, "forms": forms });
    session.audit(proof, "application.remind", format!("season:{}", season.id), detail).await?;
    Ok(Reply::Replace(session.voice().remind_done(found.letters.len())))
}

fn effect(session: &Session<'_>, season: &Season, letter: &Letter) -> (NewEffect, Terms) {
    let Letter { candidate, key, due_at } = letter;
    let (message, wanted) = words(session, season, candidate, candidate.person.lang());
    let effect = Effect::Post { to: To::Person(candidate.person.id), message };
    let new = NewEffect { community: season.community, key: key.clone(), due_at: *due_at, effect };
    (new, Terms { wanted: Some(wanted), answer: false })
}

fn words(session: &Session<'_>, season: &Season, candidate: &Candidate, lang: plsep_domain::Lang) -> (Message, Wanted) {
    match &candidate.application {
        Some(application) => reminders::of_application(session.flows, season, application, lang),
        None => reminders::of_form(session.flows, season, &candidate.person, lang, session.now),
    }
}

fn question(session: &Session<'_>, season: &Season, found: &Found, changed: bool) -> Message {
    let named = |of| {
        let meant = found.letters.iter().filter(move |letter| letter.candidate.of == of);
        meant.map(|letter| letter.candidate.person.user.clone()).collect()
    };
    let mine = session.person.lang();
    let shown = [RemindOf::Draft, RemindOf::Agreement].into_iter().filter_map(|of| {
        let first = found.letters.iter().find(|letter| letter.candidate.of == of)?;
        Some(words(session, season, &first.candidate, mine).0)
    });
    let moments = || found.letters.iter().map(|letter| letter.due_at);
    let question = RemindQuestion {
        drafts: named(RemindOf::Draft),
        forms: named(RemindOf::Agreement),
        left_out: found.left_out.iter().map(|(why, count)| (*why, *count)).collect(),
        moments: moments().min().zip(moments().max()),
        shown: shown.collect(),
        changed,
        now: session.now,
    };
    session.voice().remind_question(&question)
}

/// Who can be reminded now, and when; refuses where there is nobody, not even somebody who is left out.
async fn find(session: &mut Session<'_>, season: &Season) -> Result<Found, Trouble> {
    let mut found = Found::default();
    let mut candidates = drafts(session, season, &mut found).await?;
    candidates.extend(unsigned(session, season).await?);
    let community = season.community;
    let mut reminded: BTreeMap<String, DateTime<Utc>> = BTreeMap::new();
    for of in [RemindOf::Draft, RemindOf::Agreement] {
        reminded.extend(session.tx.effects_due(community, &reminders::keys_of_all(of, season)).await?);
    }
    let unreachable: BTreeSet<PersonId> = session.tx.unread_readers(community).await?.into_iter().collect();
    let (program, now) = (&season.program, session.now);
    let mut spread = Spread::over(candidates.len());
    for candidate in candidates {
        let Candidate { of, ref person, touched_at, .. } = candidate;
        let suits = civil_for(program, [person], now);
        let keys = reminders::keys(of, season, person.id);
        let facts = Remindable {
            of,
            here: person.present,
            paused: person.preferences.snoozed_at(now).is_some(),
            unreachable: unreachable.contains(&person.id),
            touched_at,
            due_at: suits,
            reminded_at: {
                let theirs = reminded.range(keys.clone()..).take_while(|(key, _)| key.starts_with(&keys));
                theirs.map(|(_, at)| *at).max()
            },
        };
        if let Err(why) = by_hand(&program.calendar, &facts, now) {
            *found.left_out.entry(why).or_default() += 1;
            continue;
        }
        let due_at = spread.next(now, |at| civil_for(program, [person], at));
        let mark = match of {
            RemindOf::Draft => of_draft(&program.calendar, touched_at, due_at),
            RemindOf::Agreement => of_agreement(&program.calendar, touched_at, due_at),
        };
        // The reminder that comes by itself, if it has not come yet; and else one of this day.
        let own = mark.map(|mark| reminders::key(of, season, person.id, &mark));
        let key = own.filter(|key| !reminded.contains_key(key)).unwrap_or_else(|| {
            format!("{keys}by-hand:{}", due_at.with_timezone(&program.calendar.zone()).date_naive())
        });
        found.letters.push(Letter { candidate, key, due_at });
    }
    if found.letters.is_empty() && found.left_out.is_empty() {
        return Err(Refusal::NobodyToRemind.into());
    }
    Ok(found)
}

/// Whoever has begun an application and not sent it. Who has withdrawn is counted while applications are open.
async fn drafts(session: &mut Session<'_>, season: &Season, found: &mut Found) -> Result<Vec<Candidate>, StoreError> {
    let open = season.program.calendar.applications_accepted(session.now);
    let mut begun = Vec::new();
    for (application, person) in session.tx.applications(season.id).await? {
        match application.state {
            _ if person.erased_at.is_some() => {}
            ApplicationState::Draft => begun.push(Candidate {
                of: RemindOf::Draft,
                touched_at: application.updated_at,
                person,
                application: Some(application),
            }),
            ApplicationState::Withdrawn if open => *found.left_out.entry(LeftOut::Withdrawn).or_default() += 1,
            _ => {}
        }
    }
    Ok(begun)
}

/// Whoever is in a pair that has been introduced, and has not signed, until the run is over.
async fn unsigned(session: &mut Session<'_>, season: &Season) -> Result<Vec<Candidate>, StoreError> {
    if session.phase(&season.program) >= Phase::WrapUp {
        return Ok(Vec::new());
    }
    let signed: BTreeSet<PersonId> =
        session.tx.signatures(season.id).await?.into_iter().map(|(person, _)| person).collect();
    let since = reminders::introduced(&session.tx.pairs(season.id).await?);
    let people = session.tx.people_of_pairs(season.id, &every_pair()).await?;
    let meant = people.into_iter().filter(|person| person.erased_at.is_none() && !signed.contains(&person.id));
    let candidate = |person: Person| {
        let touched_at = *since.get(&person.id)?;
        Some(Candidate { of: RemindOf::Agreement, person, application: None, touched_at })
    };
    Ok(meant.filter_map(candidate).collect())
}
