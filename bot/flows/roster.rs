//! What a changed roster means for those who have applied: whoever is on it now is told that their application is
//! read, and whoever is no longer on it is laid before the coordinators. Nobody is accepted or dropped by it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use plsep_domain::eligibility::{self, Eligibility, RosterEntry, RosterPerson};
use plsep_domain::status::Part;
use plsep_domain::{ApplicationState, ApplicationStep, CommunityId, ConcernKind, Lang, Role, RosterId, SeasonId};

use super::{Fault, Flows, civil_for, concerns};
use crate::chat::{Message, UserRef};
use crate::store::{
    Application, AuditEntry, AuditWho, Effect, NewConcern, NewEffect, Person, RosterLine, Season, StoreError, To, Tx,
};
use crate::words::{Catalogue, Voice};

/// Looks whether applicants who were not on the roster are on it by now. Returns how many are.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn look_again(flows: &Flows, season: SeasonId) -> Result<usize, Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().write_long().await?;
    let season = tx.season(season).await?;
    let found = follow(&mut tx, &flows.catalogue, &season, None, now).await?;
    tx.commit().await?;
    flows.wake();
    Ok(found)
}

/// What follows from a roster that has just changed and said this `before`. Returns how many applicants it has come to
/// know.
///
/// # Errors
/// What the database says.
pub async fn follow_up(
    tx: &mut Tx,
    catalogue: &Catalogue,
    community: CommunityId,
    before: Vec<RosterLine>,
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let Some(season) = tx.current_season(community).await? else { return Ok(0) };
    follow(tx, catalogue, &season, Some(Roll::of(before)), now).await
}

/// A roster as it stood at one moment.
pub(super) struct Roll {
    lines: Vec<RosterLine>,
    /// Places of the lines by linked account.
    accounts: HashMap<String, Vec<usize>>,
    /// Places of the lines by mailbox.
    mailboxes: HashMap<String, Vec<usize>>,
}

impl Roll {
    pub fn of(lines: Vec<RosterLine>) -> Self {
        let mut accounts: HashMap<String, Vec<usize>> = HashMap::new();
        let mut mailboxes: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, line) in lines.iter().enumerate() {
            if let Some(account) = &line.entry.chat_user {
                accounts.entry(account.clone()).or_default().push(place);
            }
            mailboxes.entry(eligibility::mailbox(&line.entry.email)).or_default().push(place);
        }
        Self { lines, accounts, mailboxes }
    }

    /// The lines that may be the person's, so that not every line is looked at for everybody.
    fn near(&self, person: &RosterPerson) -> Vec<RosterEntry> {
        let account = self.accounts.get(&person.chat_user);
        let mailbox = person.email.as_deref().and_then(|email| self.mailboxes.get(&eligibility::mailbox(email)));
        let mut places: Vec<usize> = account.into_iter().chain(mailbox).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|place| self.lines[place].entry.clone()).collect()
    }

    /// The lines, by e-mail address.
    pub fn lines(&self) -> &[RosterLine] {
        &self.lines
    }

    /// The lines, for good.
    pub fn into_lines(self) -> Vec<RosterLine> {
        self.lines
    }

    pub fn judge(&self, person: &Person, role: Role) -> Eligibility {
        let who = who(person);
        eligibility::eligibility(role, &who, &self.near(&who))
    }

    /// The person's line.
    pub fn line(&self, person: &Person) -> Option<&RosterLine> {
        let who = who(person);
        let near = self.near(&who);
        let found = eligibility::find(&who, &near)?;
        self.lines.iter().find(|line| line.entry == *found)
    }

    /// The person's line, if it is not linked to an account yet.
    pub fn unlinked(&self, person: &Person) -> Option<RosterId> {
        self.line(person).filter(|line| line.entry.chat_user.is_none()).map(|line| line.id)
    }
}

fn who(person: &Person) -> RosterPerson {
    RosterPerson { chat_user: person.user.0.clone(), email: person.email.clone() }
}

async fn follow(
    tx: &mut Tx,
    catalogue: &Catalogue,
    season: &Season,
    before: Option<Roll>,
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    if Part::of(season.program.calendar.phase(now)) == Part::Over {
        return Ok(0);
    }
    let roll = Roll::of(tx.roster(season.community).await?);
    let office = Voice::new(catalogue, Lang::En, season.program.calendar.zone());
    let mut found: Vec<UserRef> = Vec::new();
    for (application, person) in tx.applications(season.id).await? {
        if application.role == Role::Mentor || !person.present {
            continue;
        }
        match (&application.state, &before) {
            (ApplicationState::NotOnRoster, _) if on(&roll, &person) => {
                if let Some(line) = roll.unlinked(&person) {
                    tx.link_roster(line, &person.user).await?;
                }
                if step(tx, season, &application, ApplicationStep::FoundOnRoster, now).await? {
                    let voice = Voice::new(catalogue, person.lang(), season.program.calendar.zone());
                    let due_at = civil_for(&season.program, [&person], now);
                    let key = format!("found-on-roster:{}:{}", application.id, now.timestamp());
                    send(tx, season, key, due_at, To::Person(person.id), voice.found_on_roster(), now).await?;
                    found.push(person.user);
                }
            }
            (_, Some(before)) if loses(&application, &person, before, &roll) => {
                lost(tx, season, &office, &application, &person, now).await?
            }
            _ => {}
        }
    }
    if !found.is_empty() {
        let message = office.found_on_roster_notice(&found);
        let key = format!("found-on-roster:season:{}:{}", season.id, now.timestamp());
        send(tx, season, key, now, To::Coordinators, message, now).await?;
    }
    Ok(found.len())
}

/// Whether the roster lets this person take part as a mentee.
fn on(roll: &Roll, person: &Person) -> bool {
    roll.judge(person, Role::Mentee) == Eligibility::Eligible
}

/// Whether somebody who has applied would no longer be on the roster.
fn loses(application: &Application, person: &Person, before: &Roll, after: &Roll) -> bool {
    let counts = matches!(
        application.state,
        ApplicationState::Submitted | ApplicationState::Accepted | ApplicationState::WaitListed
    );
    counts && on(before, person) && !on(after, person)
}

/// Whom a change of the roster would take off it, of those who have applied.
///
/// # Errors
/// What the database says.
pub(super) async fn losing(
    tx: &mut Tx,
    season: &Season,
    before: &Roll,
    after: &Roll,
    now: DateTime<Utc>,
) -> Result<Vec<(Application, Person)>, StoreError> {
    if Part::of(season.program.calendar.phase(now)) == Part::Over {
        return Ok(vec![]);
    }
    let mut all = tx.applications(season.id).await?;
    all.retain(|(application, person)| {
        application.role == Role::Mentee && person.present && loses(application, person, before, after)
    });
    Ok(all)
}

/// Somebody who has applied is no longer on the roster: a coordinator decides what follows.
async fn lost(
    tx: &mut Tx,
    season: &Season,
    office: &Voice<'_>,
    application: &Application,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    step(tx, season, application, ApplicationStep::WaitForRoster, now).await?;
    let concern = NewConcern {
        season: season.id,
        key: format!("off-roster:{}:{}", application.id, now.timestamp()),
        kind: ConcernKind::OffRoster,
        pair: None,
        person: Some(person.id),
        note: None,
    };
    let notice = office.off_roster_notice(&person.user, &application.state);
    concerns::raise(tx, office, season.community, (&concern, notice), now).await?;
    Ok(())
}

/// Takes a step that the roster brings about, if the application can take it; whether it did.
async fn step(
    tx: &mut Tx,
    season: &Season,
    application: &Application,
    step: ApplicationStep,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let Ok(next) = application.state.after(step) else { return Ok(false) };
    if !tx.set_application_state(application.id, &application.state, &next, now).await? {
        return Ok(false);
    }
    let entry = AuditEntry {
        community: season.community,
        at: now,
        who: AuditWho::Bot,
        action: "application.roster".to_owned(),
        subject: format!("application:{}", application.id),
        detail: serde_json::json!({ "from": application.state.key(), "to": next.key() }),
    };
    tx.append_audit(&entry).await?;
    Ok(true)
}

async fn send(
    tx: &mut Tx,
    season: &Season,
    key: String,
    due_at: DateTime<Utc>,
    to: To,
    message: Message,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let effect = NewEffect { community: season.community, key, due_at, effect: Effect::Post { to, message } };
    tx.enqueue(&effect, now).await?;
    Ok(())
}
