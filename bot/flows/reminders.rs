//! Reminders of what is due: an application that is not sent, an acknowledgement form that is not signed. Each goes to
//! the person alone, at a civil hour of theirs, once for each mark of its date; whoever has done it meanwhile, or has
//! paused what the bot asks, hears nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use plsep_domain::nudge::Spread;
use plsep_domain::reminder::{RemindOf, Reminder, of_agreement, of_draft};
use plsep_domain::{ApplicationState, Lang, PairState, PersonId, SeasonId};

use super::{Fault, Flows, civil_for};
use crate::chat::Message;
use crate::store::{
    Application, Effect, NewEffect, Pair, Person, Season, StoreError, Terms, To, Tx, Wanted, every_pair,
};

/// Reminds everybody of a season of what is due. Returns how many reminders are on their way.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn remind(flows: &Flows, season: SeasonId) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().write_long().await?;
    let season = tx.season(season).await?;
    let mut reminders = drafts(flows, &mut tx, &season, now).await?;
    reminders.extend(agreements(flows, &mut tx, &season, now).await?);
    let mut spread = Spread::over(reminders.len());
    let mut sent = 0;
    for Due { key, person, message, wanted } in reminders {
        let due_at = spread.next(now, |at| civil_for(&season.program, [&person], at));
        let effect = Effect::Post { to: To::Person(person.id), message };
        let effect = NewEffect { community: season.community, key, due_at, effect };
        let terms = Terms { wanted: Some(wanted), answer: false };
        sent += usize::from(tx.enqueue_on(&effect, &terms, now).await?);
    }
    tx.commit().await?;
    flows.wake();
    Ok(sent)
}

/// A reminder that somebody is to get, unless they got it.
struct Due {
    key: String,
    person: Person,
    message: Message,
    wanted: Wanted,
}

async fn drafts(flows: &Flows, tx: &mut Tx, season: &Season, now: DateTime<Utc>) -> Result<Vec<Due>, StoreError> {
    let program = &season.program;
    let mut due = Vec::new();
    // Most days nobody is due, and then nothing is read.
    if of_draft(&program.calendar, DateTime::<Utc>::MIN_UTC, now).is_none() {
        return Ok(due);
    }
    for (application, person) in tx.applications(season.id).await? {
        let reminder = of_draft(&program.calendar, application.updated_at, now);
        let Some(reminder) = reminder.filter(|_| application.state == ApplicationState::Draft) else { continue };
        if !listens(&person, now) {
            continue;
        }
        let key = key(RemindOf::Draft, season, person.id, &reminder);
        let (message, wanted) = of_application(flows, season, &application, person.lang());
        due.push(Due { key, person, message, wanted });
    }
    Ok(due)
}

async fn agreements(flows: &Flows, tx: &mut Tx, season: &Season, now: DateTime<Utc>) -> Result<Vec<Due>, StoreError> {
    let program = &season.program;
    let mut due = Vec::new();
    if of_agreement(&program.calendar, DateTime::<Utc>::MIN_UTC, now).is_none() {
        return Ok(due);
    }
    let signed: BTreeSet<PersonId> = tx.signatures(season.id).await?.into_iter().map(|(person, _)| person).collect();
    let since = introduced(&tx.pairs(season.id).await?);
    for person in tx.people_of_pairs(season.id, &every_pair()).await? {
        let id = person.id;
        let Some(since) = since.get(&id).filter(|_| !signed.contains(&id)) else { continue };
        let Some(reminder) = of_agreement(&program.calendar, *since, now).filter(|_| listens(&person, now)) else {
            continue;
        };
        let key = key(RemindOf::Agreement, season, id, &reminder);
        let (message, wanted) = of_form(flows, season, &person, person.lang(), now);
        due.push(Due { key, person, message, wanted });
    }
    Ok(due)
}

/// What reminds somebody of an application that is not sent, and as long as what.
pub(super) fn of_application(
    flows: &Flows,
    season: &Season,
    application: &Application,
    lang: Lang,
) -> (Message, Wanted) {
    let program = &season.program;
    let missing = application.draft.missing(program, application.role).len();
    let message = flows.voice(Some(program), lang).draft_reminder(program, application.role, missing);
    (message, Wanted::Draft { application: application.id })
}

/// What reminds somebody of the acknowledgement form, and as long as what.
pub(super) fn of_form(
    flows: &Flows,
    season: &Season,
    person: &Person,
    lang: Lang,
    now: DateTime<Utc>,
) -> (Message, Wanted) {
    let overdue = !season.program.calendar.agreement_on_time(now);
    let message = flows.voice(Some(&season.program), lang).agreement_reminder(&season.program, overdue);
    (message, Wanted::Signature { season: season.id, person: person.id })
}

/// Everybody in a pair that has been introduced and lives, with since when at the earliest.
pub(super) fn introduced(pairs: &[Pair]) -> BTreeMap<PersonId, DateTime<Utc>> {
    let mut people = BTreeMap::new();
    for pair in pairs {
        let PairState::Introduced { at } = pair.state else { continue };
        for person in [pair.mentor, pair.mentee] {
            people.entry(person).and_modify(|since: &mut DateTime<Utc>| *since = at.min(*since)).or_insert(at);
        }
    }
    people
}

/// Whether somebody is here and has not paused.
fn listens(person: &Person, now: DateTime<Utc>) -> bool {
    person.present && person.erased_at.is_none() && person.preferences.snoozed_at(now).is_none()
}

/// The key of the reminder that belongs to a mark.
pub(super) fn key(of: RemindOf, season: &Season, person: PersonId, reminder: &Reminder) -> String {
    format!("{}{}:{}", keys(of, season, person), reminder.date, reminder.mark)
}

/// How the keys begin of everything that reminds somebody of it.
pub(super) fn keys(of: RemindOf, season: &Season, person: PersonId) -> String {
    format!("{}{person}:", keys_of_all(of, season))
}

/// How the keys begin of everything that reminds anybody of it.
pub(super) fn keys_of_all(of: RemindOf, season: &Season) -> String {
    let what = match of {
        RemindOf::Draft => "draft",
        RemindOf::Agreement => "agreement",
    };
    format!("remind-{what}:{}:", season.id)
}
