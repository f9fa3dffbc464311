//! Coordinators look into the roster: its lines by name, library or address, one line with what is known of its person,
//! and which account of the chat it belongs to. Linking and parting are asked first, with whom it would take off the
//! roster; nobody is dropped by it, and every change is written down.

use std::collections::HashMap;

use chrono::TimeDelta;
use plsep_domain::permission::Coordinator;
use plsep_domain::roster::{LineState, Search, likeness, sorting};
use plsep_domain::{PersonId, Refusal, RosterId, confirm};

use super::roster::{self, Roll};
use super::{Session, Trouble};
use crate::chat::{Invocation, Message, Reply, UserRef};
use crate::store::{Person, RosterLine};
use crate::words::{Asked, LineView, LinesWanted, LinkQuestion, RosterDeed, RosterPage, account};

/// How long a question about a line waits for its answer.
const ASKED_FOR: TimeDelta = TimeDelta::hours(1);

/// How many lines one page shows.
const PAGE: usize = 15;

/// How many people or lines a menu offers: those that look likeliest.
const OFFERED: usize = 20;

/// `/mentorship-admin roster list`.
pub(super) async fn list(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let search = Search::of(invocation.words("search").unwrap_or_default());
    Ok(Reply::Private(page(session, LinesWanted { state: None, search }, 0).await?))
}

/// `/mentorship-admin roster show`: the person's line, or those that might be theirs.
pub(super) async fn show(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let user = named(invocation)?;
    let desk = Desk::of(session).await?;
    match desk.line_of(&user) {
        Some(line) => Ok(Reply::Private(card(session, &desk, line.id, None).await?)),
        None => Ok(Reply::Private(offer_lines(session, &desk, &user, &Search::default()))),
    }
}

/// `/mentorship-admin roster link`: which line is this person's?
pub(super) async fn link(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let user = named(invocation)?;
    let search = Search::of(invocation.words("search").unwrap_or_default());
    let desk = Desk::of(session).await?;
    Ok(Reply::Private(offer_lines(session, &desk, &user, &search)))
}

/// `/mentorship-admin roster unlink`.
pub(super) async fn unlink(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let user = named(invocation)?;
    let desk = Desk::of(session).await?;
    let line = desk.line_of(&user).map(|line| line.id).ok_or(Refusal::NoRosterLine)?;
    Ok(Reply::Private(ask_parting(session, &desk, line).await?))
}

/// A pressed button at the roster.
pub(super) async fn press(session: &mut Session<'_>, deed: RosterDeed) -> Result<Reply, Trouble> {
    let proof = session.coordinator().await?;
    match deed {
        RosterDeed::ShowRoster(wanted, at) => Ok(Reply::Replace(page(session, wanted, at).await?)),
        RosterDeed::Link(line, user, asked) => join(session, &proof, line, &user, &asked).await,
        RosterDeed::AskUnlink(line) => {
            let desk = Desk::of(session).await?;
            Ok(Reply::Private(ask_parting(session, &desk, line).await?))
        }
        RosterDeed::Unlink(line, asked) => part(session, &proof, line, &asked).await,
        RosterDeed::PickLine | RosterDeed::PickAccount(_) | RosterDeed::PickLineOf(_) => Err(Refusal::Expired.into()),
    }
}

/// A choice in a menu at the roster. The values were in a person's hands, so they may be anything.
pub(super) async fn choose(session: &mut Session<'_>, deed: RosterDeed, values: &[String]) -> Result<Reply, Trouble> {
    session.coordinator().await?;
    let desk = Desk::of(session).await?;
    let value = values.first().ok_or(Refusal::Expired)?;
    let line = || value.parse::<i64>().map(RosterId::from).map_err(|_| Refusal::Expired);
    match deed {
        RosterDeed::PickLine => Ok(Reply::Private(card(session, &desk, line()?, None).await?)),
        RosterDeed::PickAccount(line) => {
            let user = account(value).ok_or(Refusal::Expired)?;
            Ok(Reply::Private(ask_joining(session, &desk, line, &user).await?))
        }
        RosterDeed::PickLineOf(user) => Ok(Reply::Private(ask_joining(session, &desk, line()?, &user).await?)),
        _ => Err(Refusal::Expired.into()),
    }
}

fn named(invocation: &Invocation) -> Result<UserRef, Refusal> {
    let user = invocation.person("person").ok_or(Refusal::UnknownPerson)?;
    account(&user.0).ok_or(Refusal::UnknownPerson)
}

/// The roster and the people of the community, as they stand.
struct Desk {
    roll: Roll,
    people: Vec<Person>,
    /// Which account each line belongs to, by link or by address.
    accounts: HashMap<RosterId, UserRef>,
}

impl Desk {
    async fn of(session: &mut Session<'_>) -> Result<Self, Trouble> {
        let roll = Roll::of(session.tx.roster(session.community.id).await?);
        let people = session.tx.people(session.community.id).await?;
        let mut accounts = HashMap::new();
        for person in people.iter().filter(|person| person.present && person.erased_at.is_none()) {
            if let Some(line) = roll.line(person) {
                accounts.insert(line.id, person.user.clone());
            }
        }
        for line in roll.lines() {
            if let Some(user) = &line.entry.chat_user {
                accounts.insert(line.id, UserRef(user.clone()));
            }
        }
        Ok(Self { roll, people, accounts })
    }

    fn line(&self, id: RosterId) -> Result<&RosterLine, Refusal> {
        self.roll.lines().iter().find(|line| line.id == id).ok_or(Refusal::Expired)
    }

    fn person(&self, user: &UserRef) -> Option<&Person> {
        self.people.iter().find(|person| person.user == *user)
    }

    fn line_of(&self, user: &UserRef) -> Option<&RosterLine> {
        self.roll.lines().iter().find(|line| self.accounts.get(&line.id) == Some(user))
    }

    fn state(&self, line: &RosterLine) -> LineState {
        LineState::of(&line.entry, self.accounts.contains_key(&line.id))
    }

    /// The roster as it would be with this line linked to this account, or to none.
    fn with(&self, id: RosterId, user: Option<&UserRef>) -> Roll {
        let mut lines = self.roll.lines().to_vec();
        for line in &mut lines {
            let taken = user.is_some_and(|user| line.entry.chat_user.as_ref() == Some(&user.0));
            if line.id == id {
                line.entry.chat_user = user.map(|user| user.0.clone());
            } else if taken {
                line.entry.chat_user = None;
            }
        }
        Roll::of(lines)
    }
}

async fn page(session: &mut Session<'_>, wanted: LinesWanted, at: u16) -> Result<Message, Trouble> {
    let desk = Desk::of(session).await?;
    let mut lines: Vec<&RosterLine> = desk.roll.lines().iter().filter(|line| wanted.search.fits(&line.entry)).collect();
    let tally = LineState::ALL.map(|state| lines.iter().filter(|line| desk.state(line) == state).count());
    lines.retain(|line| wanted.state.is_none_or(|state| state == desk.state(line)));
    lines.sort_by_cached_key(|line| (sorting(&line.entry.name), line.entry.email.to_lowercase()));
    let count = lines.len();
    let at = usize::from(at).min(count.div_ceil(PAGE).saturating_sub(1));
    let shown = lines.into_iter().skip(at * PAGE).take(PAGE).map(|line| view(&desk, line)).collect();
    let all = desk.roll.lines().len();
    let shown = RosterPage { lines: shown, count, all, at, pages: count.div_ceil(PAGE), wanted, tally };
    Ok(session.voice().roster_page(&shown, &session.limits()))
}

fn view<'a>(desk: &'a Desk, line: &'a RosterLine) -> LineView<'a> {
    LineView { id: line.id, entry: &line.entry, state: desk.state(line), account: desk.accounts.get(&line.id) }
}

/// One line with what is known of its person. `done` says first what has just been done.
async fn card(
    session: &mut Session<'_>,
    desk: &Desk,
    id: RosterId,
    done: Option<&'static str>,
) -> Result<Message, Trouble> {
    let line = desk.line(id)?;
    let person = desk.accounts.get(&id).and_then(|user| desk.person(user));
    let application = match (person, session.season().ok()) {
        (Some(person), Some(season)) => session.tx.application_of(season.id, person.id).await?,
        _ => None,
    };
    let state = application.map(|application| application.state);
    let offered = if desk.accounts.contains_key(&id) { vec![] } else { likely_people(desk, line) };
    Ok(session.voice().roster_line(done, &view(desk, line), state.as_ref(), &offered, &session.limits()))
}

/// Who in the chat might be the person of a line: those with no line of their own, likeliest first.
fn likely_people<'a>(desk: &'a Desk, line: &RosterLine) -> Vec<(&'a UserRef, &'a str)> {
    let free = desk
        .people
        .iter()
        .filter(|person| person.present && person.erased_at.is_none() && desk.line_of(&person.user).is_none());
    let mut all: Vec<&Person> = free.collect();
    all.sort_by_cached_key(|person| {
        (std::cmp::Reverse(likeness(&person.name, &line.entry.name)), sorting(&person.name), person.id)
    });
    all.into_iter().take(OFFERED).map(|person| (&person.user, person.name.as_str())).collect()
}

/// Offers the lines that might be a person's: those of nobody before those of others, likeliest first.
fn offer_lines(session: &Session<'_>, desk: &Desk, user: &UserRef, search: &Search) -> Message {
    let name = desk.person(user).map_or("", |person| person.name.as_str());
    let mut lines: Vec<&RosterLine> = desk.roll.lines().iter().filter(|line| search.fits(&line.entry)).collect();
    lines.retain(|line| desk.accounts.get(&line.id) != Some(user));
    lines.sort_by_cached_key(|line| {
        let taken = desk.accounts.contains_key(&line.id) || !line.entry.active;
        (std::cmp::Reverse(likeness(name, &line.entry.name)), taken, sorting(&line.entry.name), line.id)
    });
    let own = desk.line_of(user).map(|line| view(desk, line));
    let lines: Vec<LineView<'_>> = lines.into_iter().take(OFFERED).map(|line| view(desk, line)).collect();
    session.voice().roster_offer(user, own.as_ref(), &lines, &session.limits())
}

/// Whom a change would take off the roster, of those who have applied.
async fn losing(session: &mut Session<'_>, desk: &Desk, after: &Roll) -> Result<Vec<PersonId>, Trouble> {
    let Ok(season) = session.season() else { return Ok(vec![]) };
    let all = roster::losing(&mut session.tx, &season, &desk.roll, after, session.now).await?;
    Ok(all.into_iter().map(|(_, person)| person.id).collect())
}

async fn ask_joining(session: &mut Session<'_>, desk: &Desk, id: RosterId, user: &UserRef) -> Result<Message, Trouble> {
    let line = desk.line(id)?;
    if line.entry.chat_user.as_ref() == Some(&user.0) {
        return card(session, desk, id, Some("roster-linked-already")).await;
    }
    let losing = losing(session, desk, &desk.with(id, Some(user))).await?;
    let asked = Asked { losing, at: session.now.timestamp() };
    let other = desk.line_of(user).filter(|other| other.id != id && other.entry.chat_user.is_some());
    let question = LinkQuestion {
        line: view(desk, line),
        user: Some(user),
        taken_from: line.entry.chat_user.clone().map(UserRef),
        other: other.map(|other| other.entry.name.as_str()),
        losing: people(desk, &asked.losing),
        until: session.now + ASKED_FOR,
        deed: RosterDeed::Link(id, user.clone(), asked.clone()),
    };
    Ok(session.voice().roster_link_question(&question))
}

async fn ask_parting(session: &mut Session<'_>, desk: &Desk, id: RosterId) -> Result<Message, Trouble> {
    let line = desk.line(id)?;
    let user = parted(desk, line)?;
    let losing = losing(session, desk, &desk.with(id, None)).await?;
    let asked = Asked { losing, at: session.now.timestamp() };
    let question = LinkQuestion {
        line: view(desk, line),
        user: None,
        taken_from: Some(user),
        other: None,
        losing: people(desk, &asked.losing),
        until: session.now + ASKED_FOR,
        deed: RosterDeed::Unlink(id, asked.clone()),
    };
    Ok(session.voice().roster_link_question(&question))
}

/// The account a line can be parted from. Where the address is the same, the bot would only find the person again.
fn parted(desk: &Desk, line: &RosterLine) -> Result<UserRef, Refusal> {
    let Some(user) = &line.entry.chat_user else {
        let known = desk.accounts.contains_key(&line.id);
        return Err(if known { Refusal::LinkedByAddress } else { Refusal::NotLinked });
    };
    let user = UserRef(user.clone());
    let after = desk.with(line.id, None);
    let again = desk.person(&user).and_then(|person| after.line(person)).is_some_and(|found| found.id == line.id);
    if again { Err(Refusal::LinkedByAddress) } else { Ok(user) }
}

fn people(desk: &Desk, ids: &[PersonId]) -> Vec<UserRef> {
    desk.people.iter().filter(|person| ids.contains(&person.id)).map(|person| person.user.clone()).collect()
}

async fn join(
    session: &mut Session<'_>,
    proof: &Coordinator,
    id: RosterId,
    user: &UserRef,
    asked: &Asked,
) -> Result<Reply, Trouble> {
    confirm::holds_for(ASKED_FOR, asked.at, session.now)?;
    let desk = Desk::of(session).await?;
    let line = desk.line(id)?;
    if line.entry.chat_user.as_ref() == Some(&user.0) {
        return Ok(Reply::Replace(card(session, &desk, id, Some("roster-linked-already")).await?));
    }
    if losing(session, &desk, &desk.with(id, Some(user))).await? != asked.losing {
        return Ok(Reply::Replace(ask_joining(session, &desk, id, user).await?));
    }
    for other in desk.roll.lines().iter().filter(|other| other.entry.chat_user.as_ref() == Some(&user.0)) {
        session.tx.unlink_roster(other.id, session.now).await?;
    }
    session.tx.link_roster(id, user).await?;
    let found = settle(session, proof, "roster.link", id, desk).await?;
    let done = if found > 0 { "roster-linked-found" } else { "roster-linked" };
    let desk = Desk::of(session).await?;
    Ok(Reply::Replace(card(session, &desk, id, Some(done)).await?))
}

async fn part(session: &mut Session<'_>, proof: &Coordinator, id: RosterId, asked: &Asked) -> Result<Reply, Trouble> {
    confirm::holds_for(ASKED_FOR, asked.at, session.now)?;
    let desk = Desk::of(session).await?;
    parted(&desk, desk.line(id)?)?;
    if losing(session, &desk, &desk.with(id, None)).await? != asked.losing {
        return Ok(Reply::Replace(ask_parting(session, &desk, id).await?));
    }
    session.tx.unlink_roster(id, session.now).await?;
    settle(session, proof, "roster.unlink", id, desk).await?;
    let desk = Desk::of(session).await?;
    Ok(Reply::Replace(card(session, &desk, id, Some("roster-unlinked")).await?))
}

/// Writes down what was done, and lets follow what follows for those who have applied.
async fn settle(
    session: &mut Session<'_>,
    proof: &Coordinator,
    action: &str,
    id: RosterId,
    before: Desk,
) -> Result<usize, Trouble> {
    session.audit(proof, action, format!("roster-line:{id}"), serde_json::Value::Null).await?;
    let (community, now) = (session.community.id, session.now);
    let catalogue = &session.flows.catalogue;
    Ok(roster::follow_up(&mut session.tx, catalogue, community, before.roll.into_lines(), now).await?)
}
