//! Private, allowed only, accountable, harmless, polite.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use plsep_domain::CivilHours;
use plsep_sandbox::Seen;

use super::{Broken, Case, Done, SECRET, TOLERANCE};
use crate::cli::people::Part;
use crate::cli::stage::{StageError, instant};
use crate::store::{AuditWho, Effect, To};

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
            let of_office = ["application.accept", "application.decline", "match.", "season.", "coordinator"];
            let office = of_office.iter().any(|action| entry.action.starts_with(action));
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
    pub(super) async fn polite(&self) -> Result<Vec<Broken>, StageError> {
        let mut tx = self.season.theatre.store.read().await?;
        let people = tx.people(self.community).await?;
        let program = self.season.program;
        let hours = program.nudge.civil_hours;
        let zone = |id| {
            let person = people.iter().find(|person| person.id == id);
            let zone = person.and_then(|person| person.zone.as_deref()).and_then(|zone| zone.parse().ok());
            zone.unwrap_or(program.calendar.zone())
        };
        let mut findings = Vec::new();
        for effect in &self.effects {
            let readers: Vec<chrono_tz::Tz> = match &effect.effect {
                Effect::Post { to: To::Person(person), .. } => vec![zone(*person)],
                Effect::Post { to: To::Pair(pair), .. }
                | Effect::Introduce { pair, .. }
                | Effect::Farewell { pair, .. } => {
                    let pair = self.pairs.iter().find(|it| it.id == *pair);
                    pair.map(|pair| vec![zone(pair.mentor), zone(pair.mentee)]).unwrap_or_default()
                }
                _ => vec![],
            };
            for posted in self.stands.get(&effect.key).into_iter().flatten() {
                if readers.iter().any(|zone| rude(posted.at, *zone, hours)) && !answers_at_once(&effect.key) {
                    findings.push((
                        format!("polite: {} came at {} in {}", effect.key, posted.at, posted.channel),
                        Some(posted.at),
                    ));
                }
            }
        }
        Ok(self.tells(findings))
    }
}

/// Whether the hour is not civil, however far the clocks are apart.
fn rude(at: DateTime<Utc>, zone: chrono_tz::Tz, hours: CivilHours) -> bool {
    let civil = |at: DateTime<Utc>| {
        let local = at.with_timezone(&zone).time();
        hours.from <= local && local < hours.to
    };
    !civil(at) && !civil(at - TOLERANCE) && !civil(at + TOLERANCE)
}

/// What answers something the person has just done does not wait for an hour.
fn answers_at_once(key: &str) -> bool {
    key.starts_with("agreement-copy:")
}
