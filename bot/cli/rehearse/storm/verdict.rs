//! Whether the promises were kept, judged by what people saw and by what is kept of it. It looks at everything from
//! outside and believes no report of the bot's.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{ApplicationState, CivilHours, CommunityId, PairState};
use plsep_sandbox::person::PlaceKind;
use plsep_sandbox::{Platform, Seen};

use super::super::super::people::Part;
use super::super::super::stage::{StageError, instant};
use super::super::room::rooms;
use super::cast::SECRET;
use super::season::{Done, Person, Season, Troupe, directs};
use crate::cron_line::CronLine;
use crate::store::{AuditWho, Effect, EffectRecord, Pair, StoreError, To};
use crate::{discord, slack};

/// How far the bot's clock may be from the world's, and a message take to get out.
const TOLERANCE: TimeDelta = TimeDelta::minutes(12);
/// Longest wait for the next civil hour, and for a platform's outage to pass.
const CIVIL_AND_OUTAGE: TimeDelta = TimeDelta::hours(24);

/// A promise that was not kept, and when, if that is known.
pub(super) struct Broken {
    pub what: String,
    pub at: Option<DateTime<Utc>>,
}

/// What is judged of one community.
struct Case<'j, 'a> {
    season: &'j Season<'a>,
    troupe: &'j Troupe<'a>,
    platform: &'static str,
    community: CommunityId,
    effects: Vec<EffectRecord>,
    pairs: Vec<Pair>,
    /// Where and when each effect's message stands, by the effect's key.
    stands: BTreeMap<String, Vec<Posted>>,
    broken: Vec<Broken>,
}

/// A message of the bot's, as the platform keeps it.
struct Posted {
    channel: String,
    at: DateTime<Utc>,
}

/// Judges the whole season.
///
/// # Errors
/// The database does not answer.
pub(super) async fn judge(
    season: &Season<'_>,
    troupes: &[Troupe<'_>],
    done: &mut Done,
) -> Result<Vec<Broken>, StageError> {
    let mut broken = Vec::new();
    for troupe in troupes {
        let Some(platform) = troupe.first().map(Person::platform) else { continue };
        let community = season.theatre.community(platform).await?;
        let mut tx = season.theatre.store.read().await?;
        let effects = tx.every_effect(community).await?;
        let current = tx.current_season(community).await?.ok_or(StoreError::Missing { what: "season" })?;
        let pairs = tx.pairs(current.id).await?;
        drop(tx);
        let stands = stands(season, platform, &effects, &mut broken);
        let mut case = Case { season, troupe, platform, community, effects, pairs, stands, broken: Vec::new() };
        case.nothing_lost(done).await?;
        case.each_effect_once();
        case.each_pair_once();
        case.on_time();
        case.private();
        case.allowed_only(done).await?;
        case.harmless();
        case.polite().await?;
        case.count(done);
        broken.append(&mut case.broken);
    }
    let unknown = match (&season.theatre.discord, &season.theatre.slack) {
        (Some(discord), _) => discord.unknown_routes(),
        (_, Some(slack)) => slack.unknown_routes(),
        _ => vec![],
    };
    broken.extend(unknown.into_iter().map(|route| Broken { what: format!("the bot asked for {route}"), at: None }));
    Ok(broken)
}

/// Every lasting message of the bot's by the key of its effect; one without an effect is broken.
fn stands(
    season: &Season<'_>,
    platform: &str,
    effects: &[EffectRecord],
    broken: &mut Vec<Broken>,
) -> BTreeMap<String, Vec<Posted>> {
    let raw = match (platform, &season.theatre.discord, &season.theatre.slack) {
        ("discord", Some(pretend), _) => pretend.bot_messages(),
        (_, _, Some(pretend)) => pretend.bot_messages(),
        _ => vec![],
    };
    let prints: BTreeMap<String, String> =
        effects.iter().map(|effect| (discord::fingerprint(&effect.key), effect.key.clone())).collect();
    let mut stands: BTreeMap<String, Vec<Posted>> = BTreeMap::new();
    for message in raw {
        let key = if platform == discord::NAME {
            discord::print_of(&message.json).map(|print| prints.get(&print).cloned().unwrap_or(print))
        } else {
            slack::key_of(&message.json)
        };
        let at = instant(message.at_ms);
        match key {
            Some(key) if effects.iter().any(|effect| effect.key == key) => {
                stands.entry(key).or_default().push(Posted { channel: message.channel, at });
            }
            Some(key) => broken.push(Broken {
                what: format!("exactly once: a message of no effect stands there ({key})"),
                at: Some(at),
            }),
            None => {}
        }
    }
    stands
}

impl Case<'_, '_> {
    fn broke(&mut self, what: String, at: Option<DateTime<Utc>>) {
        self.broken.push(Broken { what: format!("{}: {what}", self.platform), at });
    }

    fn platform(&self) -> std::sync::Arc<dyn Platform> {
        self.troupe[0].actor.platform().clone()
    }

    /// Promise 1: what somebody was told is received, is kept.
    async fn nothing_lost(&mut self, done: &Done) -> Result<(), StageError> {
        let mut tx = self.season.theatre.store.read().await?;
        let current = tx.current_season(self.community).await?.ok_or(StoreError::Missing { what: "season" })?;
        let kept = tx.applications(current.id).await?;
        let residents = self.platform().residents();
        let id = |handle: &str| residents.iter().find(|who| who.handle == handle).map(|who| who.id.clone());
        for player in self.troupe.iter().filter(|player| player.person.role().is_some()) {
            let received = self.season.catalogue.line(player.lang(), "received-heading", &[]);
            if player.sees(&received) == 0 {
                continue;
            }
            let mine = kept.iter().find(|(_, person)| Some(&person.user.0) == id(player.actor.handle()).as_ref());
            let whole = mine.is_some_and(|(application, _)| {
                let secret = format!("{SECRET} {}", player.actor.handle());
                let answers =
                    application.answers.as_ref().map(|answers| serde_json::to_string(answers).unwrap_or_default());
                application.state != ApplicationState::Draft && answers.is_some_and(|text| text.contains(&secret))
            });
            if !whole {
                let what = format!("nothing lost: {} was told “received”, but it is not kept", player.actor.handle());
                self.broken.push(Broken { what, at: None });
            }
        }
        let mut last = BTreeMap::new();
        for (platform, handle, period, answer) in &done.answers {
            if platform == self.platform {
                last.insert((handle.as_str(), *period), *answer);
            }
        }
        for ((handle, period), answer) in last {
            let Some(person) = kept.iter().find(|(_, person)| Some(&person.user.0) == id(handle).as_ref()) else {
                continue;
            };
            let mut found = false;
            for pair in self.pairs.iter().filter(|pair| pair.mentor == person.1.id || pair.mentee == person.1.id) {
                let given = tx.answers(pair.id, period).await?;
                found |= given.iter().any(|given| given.person == person.1.id && given.answer == answer);
            }
            if !found {
                let what = format!(
                    "nothing lost: {handle} was thanked for “{}” about {period}, but it is not kept",
                    answer.key()
                );
                self.broken.push(Broken { what, at: None });
            }
        }
        Ok(())
    }

    /// Promise 2: each effect is to be seen once, and none is left over.
    fn each_effect_once(&mut self) {
        let now = self.season.theatre.now();
        let mut findings = Vec::new();
        for effect in &self.effects {
            let posted = self.stands.get(&effect.key);
            let count = posted.map_or(0, Vec::len);
            let at = posted.and_then(|posted| posted.last()).map(|posted| posted.at);
            let shows = !matches!(effect.effect, Effect::Update { .. } | Effect::Admit { .. } | Effect::Sweep { .. });
            let skipped = effect.result.as_ref().is_some_and(|result| result["skipped"] == true);
            let key = &effect.key;
            match effect.state.as_str() {
                "done" if skipped && shows && count > 0 && !matches!(effect.effect, Effect::Farewell { .. }) => {
                    findings.push((format!("exactly once: {key} was not to be seen, but is"), at));
                }
                "done" if !skipped && shows && count != 1 => {
                    findings.push((format!("exactly once: {key} is to be seen {count} times"), at));
                }
                "pending" if effect.due_at <= now => {
                    let why = effect.error.as_deref().unwrap_or("no reason");
                    findings.push((format!("nothing lost: {key} is overdue since {} ({why})", effect.due_at), None));
                }
                "dead" => {
                    let why = effect.error.as_deref().unwrap_or("no reason");
                    findings.push((format!("nothing lost: {key} was given up ({why})"), Some(effect.due_at)));
                }
                _ => {}
            }
        }
        for (what, at) in findings {
            self.broke(what, at);
        }
    }

    /// Promises 2 and 4: one place for each pair, with nobody else in it, and no place of nobody.
    fn each_pair_once(&mut self) {
        let mut strangers = Vec::new();
        let rooms = rooms(self.season.catalogue, self.troupe, &mut strangers);
        let introduced = rooms.iter().filter(|room| room.introductions == 1).count();
        let opened = self.pairs.iter().filter(|pair| pair.channel.is_some()).count();
        let expected = self.pairs.iter().filter(|pair| !matches!(pair.state, PairState::Published { .. })).count();
        let (seen, waiting) = (rooms.len(), self.pairs.len() - expected);
        for what in strangers {
            self.broke(format!("private: {what}"), None);
        }
        if waiting > 0 {
            self.broke(format!("exactly one introduction: {waiting} pairs were never introduced"), None);
        }
        if seen != opened || introduced != seen {
            self.broke(
                format!("exactly one introduction: {opened} pairs have a place, people see {seen}, {introduced} with one introduction"),
                None,
            );
        }
        let made = match (self.platform, &self.season.theatre.discord, &self.season.theatre.slack) {
            ("discord", Some(pretend), _) => pretend.private_places(),
            (_, _, Some(pretend)) => pretend.private_places(),
            _ => 0,
        };
        // The coordinators' own place is one more.
        let office =
            self.effects.iter().filter(|effect| matches!(effect.effect, Effect::OpenCoordinators { .. })).count();
        if made != opened + office {
            self.broke(format!("nothing half-made: the bot made {made} private places for {opened} pairs"), None);
        }
    }

    /// Promise 3: each month's question came when it was due, as soon as somebody was there.
    fn on_time(&mut self) {
        let program = self.season.program;
        let zone = program.calendar.zone();
        let Ok(line) = CronLine::parse(&program.nudge.cron) else { return };
        let slack = self.season.theatre.absent() + CIVIL_AND_OUTAGE + TOLERANCE;
        let mut findings = Vec::new();
        for period in program.calendar.periods() {
            let Some(fires) = line.next_after(period.range(zone).0, zone) else { continue };
            for pair in &self.pairs {
                let intro = self.stands.get(&format!("intro:{}", pair.id)).and_then(|posted| posted.first());
                let over = match &pair.state {
                    PairState::Ended { at, .. } | PairState::Archived { at, .. } => Some(*at),
                    _ => None,
                };
                let lived = intro.is_some_and(|intro| intro.at < fires - TOLERANCE)
                    && over.is_none_or(|over| over > fires + slack);
                if !lived {
                    continue;
                }
                let key = format!("nudge:{}:{period}:0", pair.id);
                match self.stands.get(&key).and_then(|posted| posted.first()) {
                    None => findings.push((format!("on time: {key} never came"), Some(fires))),
                    Some(posted) if posted.at < fires - TOLERANCE => {
                        findings.push((format!("on time: {key} came early"), Some(posted.at)));
                    }
                    Some(posted) if posted.at > fires + slack => {
                        findings.push((format!("on time: {key} came late"), Some(posted.at)));
                    }
                    Some(_) => {}
                }
            }
        }
        for (what, at) in findings {
            self.broke(what, at);
        }
    }

    /// Promise 4: what only coordinators may read, nobody else reads.
    fn private(&mut self) {
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
        for (what, at) in findings {
            self.broke(what, at);
        }
    }

    /// Promises 5 and 8: coordinators' deeds stand in the log, and nobody else's do.
    async fn allowed_only(&mut self, done: &Done) -> Result<(), StageError> {
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
        for what in findings {
            self.broke(what, None);
        }
        Ok(())
    }

    /// Promise 6: nobody's words call everybody.
    fn harmless(&mut self) {
        let everybody: BTreeSet<&str> = ["@everyone", "@here", "@channel"].into();
        let mut findings = Vec::new();
        for player in self.troupe {
            let loud = |seen: &&Seen| seen.by_bot && seen.pings.iter().any(|ping| everybody.contains(ping.as_str()));
            for seen in player.actor.everything().iter().filter(loud) {
                findings.push((format!("harmless: a message calls {:?}", seen.pings), Some(instant(seen.at_ms))));
            }
        }
        for (what, at) in findings {
            self.broke(what, at);
        }
    }

    /// Promise 7: no message of the bot's own at a time when its reader sleeps.
    async fn polite(&mut self) -> Result<(), StageError> {
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
        for (what, at) in findings {
            self.broke(what, at);
        }
        Ok(())
    }

    /// What the ledger says.
    fn count(&self, done: &mut Done) {
        let catalogue = self.season.catalogue;
        let platform = self.platform;
        let by = |prefix: &str| {
            let wanted = |effect: &&EffectRecord| {
                let skipped = effect.result.as_ref().is_some_and(|result| result["skipped"] == true);
                effect.key.starts_with(prefix) && !skipped
            };
            self.effects.iter().filter(wanted).count()
        };
        let ledger = &mut done.ledger;
        ledger.expect(platform, "introduced", self.pairs.iter().filter(|pair| pair.channel.is_some()).count());
        ledger.expect(platform, "nudged", by("nudge:"));
        ledger.expect(platform, "concerns", by("concern:"));
        ledger.expect(platform, "unmatched", by("unmatched:"));
        ledger.expect(platform, "matched", self.pairs.len());
        let mut strangers = Vec::new();
        let rooms = rooms(catalogue, self.troupe, &mut strangers);
        ledger.see(platform, "matched", rooms.len());
        ledger.see(platform, "introduced", rooms.iter().filter(|room| room.introductions == 1).count());
        let seen_by = |prefix: &str| {
            self.stands.iter().filter(|(key, _)| key.starts_with(prefix)).map(|(_, all)| all.len()).sum()
        };
        for (row, prefix) in [("nudged", "nudge:"), ("concerns", "concern:"), ("unmatched", "unmatched:")] {
            ledger.see(platform, row, seen_by(prefix));
        }
        for player in self.troupe {
            let accepted = catalogue.line(player.lang(), "accepted-heading", &[]);
            let told = directs(player).iter().filter(|seen| !seen.ephemeral && seen.text.contains(&accepted)).count();
            ledger.see(platform, "accepted", told);
        }
        ledger.expect(platform, "accepted", by("accepted:"));
        let archived = rooms.iter().filter(|room| room.place.archived && room.place.kind == PlaceKind::Private).count();
        ledger.expect(
            platform,
            "archived",
            self.pairs.iter().filter(|pair| matches!(pair.state, PairState::Archived { .. })).count(),
        );
        ledger.see(platform, "archived", archived);
        let answered = done.answers.iter().filter(|(on, ..)| on == platform).count();
        ledger.expect(platform, "answered", answered);
        ledger.see(platform, "answered", answered);
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
