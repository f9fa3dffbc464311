//! Nothing lost, and everything once: what people were told is kept, and what was to reach them did.

use std::collections::BTreeMap;

use plsep_domain::ApplicationState;

use super::super::season::between::Rhythm;
use super::{Broken, Case, Done, SECRET, TOLERANCE};
use crate::cli::stage::StageError;
use crate::store::{Application, Effect};
use crate::words::Arg;

impl Case<'_, '_> {
    /// Promise 1: what somebody was told is received, is kept.
    pub(super) async fn nothing_lost(&self, done: &Done) -> Result<Vec<Broken>, StageError> {
        let mut findings = Vec::new();
        let mut tx = self.season.theatre.store.read().await?;
        let played = self.season.season(&mut tx, self.platform).await?;
        let kept = tx.applications(played).await?;
        let residents = self.platform().residents();
        let id = |handle: &str| residents.iter().find(|who| who.handle == handle).map(|who| who.id.clone());
        for player in self.troupe.iter().filter(|player| player.person.role().is_some()) {
            let received = self.season.catalogue.line(player.lang(), "received-heading", &[]);
            let forgotten = done.forgotten_at(self.platform, &player.person.handle).is_some();
            if forgotten || player.sees(&received) == 0 {
                continue;
            }
            let mine = kept.iter().find(|(_, person)| Some(&person.user.0) == id(player.actor.handle()).as_ref());
            let whole = mine.is_some_and(|(application, _)| is_whole(application, player.actor.handle()));
            if !whole {
                findings
                    .push(format!("nothing lost: {} was told “received”, but it is not kept", player.actor.handle()));
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
                findings.push(format!(
                    "nothing lost: {handle} was thanked for “{}” about {period}, but it is not kept",
                    answer.key()
                ));
            }
        }
        Ok(self.tells(findings.into_iter().map(|what| (what, None)).collect()))
    }

    /// Promise 1, for what was settled by the way: places that mentors offer, how often pairs meet, meetings that were noted,
    /// and what was written beside private answers. Promise 2: a pair is told of each change once.
    pub(super) async fn words_kept(&self, done: &Done) -> Result<Vec<Broken>, StageError> {
        let mut findings = Vec::new();
        let mut tx = self.season.theatre.store.read().await?;
        for rhythm in done.rhythms.iter().filter(|rhythm| rhythm.platform == self.platform) {
            let Rhythm { pair, cadence, said, .. } = rhythm;
            if !self.pairs.iter().any(|it| it.id == *pair && it.cadence == *cadence) {
                findings.push(format!("nothing lost: pair {pair} meets otherwise than it said"));
            }
            let begins = format!("cadence:{pair}:");
            let told = self.effects.iter().filter(|effect| effect.key.starts_with(&begins)).count();
            if told != *said {
                findings.push(format!(
                    "exactly once: pair {pair} said {said} times how often it meets, and reads it {told}"
                ));
            }
        }
        for noted in done.noted.iter().filter(|noted| noted.platform == self.platform) {
            let all = tx.meetings_of(noted.pair).await?;
            let here = all.iter().filter(|meeting| meeting.starts_at == noted.met).count();
            if here != 1 {
                findings.push(format!("exactly once: a meeting of pair {} is noted {here} times", noted.pair));
            }
        }
        let kept = tx.every_word().await?;
        drop(tx);
        for added in done.added.iter().filter(|added| added.platform == self.platform) {
            let forgotten = done.forgotten_at(self.platform, &added.handle).is_some();
            if !forgotten && !kept.iter().any(|kept| kept.place == "concerns" && kept.words == added.words) {
                findings.push(format!("nothing lost: what {} wrote to the coordinators is not kept", added.handle));
            }
        }
        for places in done.places.iter().filter(|places| places.platform == self.platform) {
            let Some(mentor) = self.troupe.iter().find(|player| player.person.handle == places.handle) else {
                continue;
            };
            // Of whoever left, or was forgotten, nothing is known any more.
            if let Some(kept) = self.season.places_of(mentor).await?
                && kept != places.count
            {
                findings.push(format!("nothing lost: {} takes {}, and {kept} is kept", places.handle, places.count));
            }
        }
        Ok(self.tells(findings.into_iter().map(|what| (what, None)).collect()))
    }

    /// Promise 2: each effect is to be seen once, and none is left over.
    pub(super) fn each_effect_once(&self) -> Vec<Broken> {
        let now = self.season.theatre.now();
        let mut findings = Vec::new();
        for effect in &self.effects {
            let posted = self.stands.get(&effect.key);
            let count = posted.map_or(0, Vec::len);
            let at = posted.and_then(|posted| posted.last()).map(|posted| posted.at);
            let shows = !matches!(effect.effect, Effect::Update { .. } | Effect::Admit { .. } | Effect::Sweep { .. });
            let skipped = effect.result.as_ref().is_some_and(|result| result["skipped"] == true);
            let key = &effect.key;
            // What somebody has read who is forgotten since, is forgotten too.
            let blank = matches!(&effect.effect, Effect::Post { message, .. } if message.blocks.is_empty());
            match effect.state.as_str() {
                "done" if blank && skipped && count <= 1 => {}
                // What an attempt in doubt has left before nobody wanted it any more may stand there.
                "done" if skipped && count == 1 && at.is_some_and(|at| at <= effect.due_at + TOLERANCE) => {}
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
                "dead" if effect.unread_by.is_some() => {}
                "dead" => {
                    let why = effect.error.as_deref().unwrap_or("no reason");
                    findings.push((format!("nothing lost: {key} was given up ({why})"), Some(effect.due_at)));
                }
                _ => {}
            }
        }
        self.tells(findings)
    }

    /// Promise 2, for what has no key on the platform to tell one from another: a date that moved is told to nobody twice.
    pub(super) fn each_move_once(&self) -> Vec<Broken> {
        let mut findings = Vec::new();
        for player in self.troupe {
            let args = [("date", Arg::Key("runs_until")), ("at", Arg::Words(String::new()))];
            let line = self.season.catalogue.line(player.lang(), "date-moved", &args);
            let heading = line.split('.').next().unwrap_or_default();
            let all = player.actor.everything();
            let read = all.iter().filter(|seen| seen.by_bot && seen.text.contains(heading));
            // What has waited for somebody is an answer to them, and comes again where the first may have been lost.
            let (told, asked): (Vec<_>, Vec<_>) = read.partition(|seen| seen.text.starts_with(heading));
            let told = told.len() + asked.len().min(1);
            if told > 1 {
                findings.push((
                    format!("exactly once: {} is told {told} times that a date moved", player.actor.handle()),
                    None,
                ));
            }
        }
        self.tells(findings)
    }
}

/// Whether an application was sent, and has what this person wrote.
pub(super) fn is_whole(application: &Application, handle: &str) -> bool {
    let answers = application.answers.as_ref().map(|answers| serde_json::to_string(answers).unwrap_or_default());
    let secret = format!("{SECRET} {handle}");
    application.state != ApplicationState::Draft && answers.is_some_and(|text| text.contains(&secret))
}
