//! Private, allowed only, accountable, harmless, polite.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use plsep_domain::{PersonId, Reach, Reader};
use plsep_sandbox::Seen;

use super::{Broken, Case, Done, SECRET, TOLERANCE};
use crate::cli::people::Part;
use crate::cli::stage::{StageError, instant};
use crate::store::{AuditWho, Effect, EffectRecord, Person, StoreError, To, Tx};

impl Case<'_, '_> {
    /// Promise 4: what only coordinators may read, nobody else reads.
    pub(super) fn private(&self) -> Vec<Broken> {
        let mut findings = Vec::new();
        for player in self.troupe.iter().filter(|player| player.person.role().is_some()) {
            let own = format!("{SECRET} {}", player.actor.handle());
            for seen in player.actor.everything() {
                let rest = seen.text.replace(&own, "");
                if rest.contains(&format!("{SECRET} ")) {
                    findings.push((
                        format!("private: {} reads a secret of somebody else", player.actor.handle()),
                        Some(instant(seen.at_ms)),
                    ));
                }
            }
        }
        self.tells(findings)
    }

    /// Promises 5 and 8: coordinators' deeds stand in the log, and nobody else's do.
    pub(super) async fn allowed_only(&self, done: &Done) -> Result<Vec<Broken>, StageError> {
        let mut tx = self.season.theatre.store.read().await?;
        let log = tx.audit(self.community, 100_000).await?;
        let people = tx.people(self.community).await?;
        let residents = self.platform().residents();
        let handle = |who: &AuditWho| match who {
            AuditWho::Person(id) => people
                .iter()
                .find(|person| person.id == *id)
                .and_then(|person| residents.iter().find(|it| it.id == person.user.0))
                .map(|it| it.handle.clone()),
            AuditWho::Bot | AuditWho::Operator => None,
        };
        let mut findings = Vec::new();
        for entry in &log {
            let Some(who) = handle(&entry.who) else { continue };
            let part = self.season.people.iter().find(|person| person.handle == who).map(|person| person.part);
            let of_office = [
                "application.accept",
                "application.decline",
                "application.remind",
                "application.wait-list",
                "undelivered.",
                "match.",
                "season.",
                "coordinator",
                "roster.",
                "announce.",
                "report.",
                "audit.",
            ];
            // A mentor who takes one more says so themselves.
            let office =
                of_office.iter().any(|action| entry.action.starts_with(action)) && entry.action != "match.one-more";
            if office && !matches!(part, Some(Part::Coordinator | Part::Owner)) {
                findings.push(format!("allowed only: {who} did {}", entry.action));
            }
        }
        for (platform, who, action) in &done.office {
            let written = log.iter().any(|entry| entry.action == *action && handle(&entry.who).as_ref() == Some(who));
            if platform == self.platform && !written {
                findings.push(format!("accountable: {action} of {who} is not in the log"));
            }
        }
        Ok(self.tells(findings.into_iter().map(|what| (what, None)).collect()))
    }

    /// Promise 6: nobody's words call everybody.
    pub(super) fn harmless(&self) -> Vec<Broken> {
        let everybody: BTreeSet<&str> = ["@everyone", "@here", "@channel"].into();
        let mut findings = Vec::new();
        for player in self.troupe {
            let loud = |seen: &&Seen| seen.by_bot && seen.pings.iter().any(|ping| everybody.contains(ping.as_str()));
            for seen in player.actor.everything().iter().filter(loud) {
                findings.push((format!("harmless: a message calls {:?}", seen.pings), Some(instant(seen.at_ms))));
            }
        }
        self.tells(findings)
    }

    /// Promise 7: no message of the bot's own at a time when its reader sleeps.
    pub(super) async fn polite(&self, done: &Done) -> Result<Vec<Broken>, StageError> {
        let mut tx = self.season.theatre.store.read().await?;
        let people = tx.people(self.community).await?;
        let mut findings = Vec::new();
        for effect in &self.effects {
            let readers = self.readers(&mut tx, effect).await?;
            for posted in self.stands.get(&effect.key).into_iter().flatten() {
                let sleeps = |id: &PersonId| {
                    let Some(person) = people.iter().find(|person| person.id == *id) else { return false };
                    let readers = self.as_they_were(done, person, posted.at);
                    !readers.is_empty() && readers.iter().all(|reader| rude(posted.at, reader))
                };
                if readers.iter().any(sleeps) && !answers_at_once(&effect.key) {
                    findings.push((
                        format!("polite: {} came at {} in {}", effect.key, posted.at, posted.channel),
                        Some(posted.at),
                    ));
                }
            }
        }
        Ok(self.tells(findings))
    }

    /// Whose hour must be civil for an effect.
    async fn readers(&self, tx: &mut Tx, effect: &EffectRecord) -> Result<Vec<PersonId>, StoreError> {
        let pair = match &effect.effect {
            Effect::Post { to: To::Person(person), .. } => return Ok(vec![*person]),
            Effect::Post { to: To::Pair(pair), .. }
            | Effect::Introduce { pair, .. }
            | Effect::Farewell { pair, .. } => pair,
            _ => return Ok(Vec::new()),
        };
        let Some(pair) = self.pairs.iter().find(|it| it.id == *pair) else { return Ok(Vec::new()) };
        // Whoever is asked about a month in the pair's place may be one of the two alone.
        for period in self.season.program.calendar.periods() {
            let begins = format!("nudge:{}:{period}:", pair.id);
            let Some(round) = effect.key.strip_prefix(&begins).and_then(|round| round.parse::<i64>().ok()) else {
                continue;
            };
            let asked = tx.nudges(pair.id, period).await?.into_iter().find(|nudge| nudge.sequence == round);
            let Some(asked) = asked else { return Ok(Vec::new()) };
            let two = [(asked.to_mentor, pair.mentor), (asked.to_mentee, pair.mentee)];
            let mut here = Vec::new();
            for (_, person) in two.into_iter().filter(|(asked, _)| *asked) {
                if tx.person(person).await?.preferences.reach == Reach::Channel {
                    here.push(person);
                }
            }
            return Ok(here);
        }
        Ok(vec![pair.mentor, pair.mentee])
    }

    /// When somebody could be written to at that moment: as they say now, or before they said so; either will do while
    /// they say it. Of whoever is forgotten nothing is known.
    fn as_they_were(&self, done: &Done, person: &Person, at: DateTime<Utc>) -> Vec<Reader> {
        let program = self.season.program;
        let now = person.reader(program);
        let told = person.zone.as_deref().and_then(|zone| zone.parse().ok());
        let before = Reader { zone: told.unwrap_or(program.calendar.zone()), hours: program.nudge.civil_hours };
        let said = done.settled.iter().find(|it| it.platform == self.platform && it.person == person.id);
        let mut readers = Vec::new();
        if said.is_none_or(|said| at > said.from) {
            readers.push(now);
        }
        if said.is_some_and(|said| at < said.until + TOLERANCE) {
            readers.push(before);
        }
        if person.erased_at.is_some() {
            readers.clear();
        }
        readers
    }
}

/// Whether the hour is not civil, however far the clocks are apart.
fn rude(at: DateTime<Utc>, reader: &Reader) -> bool {
    let civil = |at: DateTime<Utc>| {
        let local = at.with_timezone(&reader.zone).time();
        reader.hours.from <= local && local < reader.hours.to
    };
    !civil(at) && !civil(at - TOLERANCE) && !civil(at + TOLERANCE)
}

/// What answers something the person has just done does not wait for an hour.
fn answers_at_once(key: &str) -> bool {
    ["agreement-copy:", "my-data:", "report:", "roster-file:"].iter().any(|begins| key.starts_with(begins))
}
