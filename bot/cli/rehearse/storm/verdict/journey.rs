//! What people set, meet, answer and leave behind: files, reminders, pauses, and being forgotten.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use plsep_domain::{MeetingState, PersonId, SeasonId};
use plsep_sandbox::person::PlaceKind;

use super::super::cast::SECRET;
use super::{Broken, Case, Done, Finding, TOLERANCE};
use crate::cli::stage::{StageError, instant};
use crate::store::{Effect, Meeting, Pair, StoreError, To, Tx};

/// Longest wait for the next civil hour of both, and for a platform's outage to pass.
const CIVIL_AND_OUTAGE: TimeDelta = TimeDelta::hours(48);
/// Keys of what asks or reminds a person.
const ASKING: [&str; 6] = ["nudge:", "pulse:", "remind-", "meeting-reminder:", "meeting-asked:", "survey-reminder:"];

impl Case<'_, '_> {
    /// Promise 2, for files: each message that comes with files has these, and no other has one.
    pub(super) fn each_file_once(&self) -> Vec<Broken> {
        let mut findings = Vec::new();
        let changed: BTreeMap<&str, usize> = self
            .effects
            .iter()
            .filter(|effect| effect.state == "done" && effect.result.as_ref().is_none_or(|it| it["skipped"] != true))
            .filter_map(|effect| match &effect.effect {
                Effect::Update { posted, message } => Some((posted.as_str(), message.files.len())),
                _ => None,
            })
            .collect();
        for effect in &self.effects {
            let (Effect::Post { message, .. } | Effect::Introduce { message, .. }) = &effect.effect else { continue };
            // Whose words are forgotten, of that nobody knows any more what it came with. And what came of a list that was
            // handed in stands in the place of the question about it.
            if message.blocks.is_empty() || effect.key.starts_with("roster-file:") {
                continue;
            }
            let expected = changed.get(effect.key.as_str()).copied().unwrap_or(message.files.len());
            for posted in self.stands.get(&effect.key).into_iter().flatten() {
                if posted.files != expected {
                    let what = format!(
                        "{} stands there with {} files, not {expected} ({})",
                        effect.key, posted.files, effect.state
                    );
                    findings.push((format!("exactly once: {what}"), Some(posted.at)));
                }
            }
        }
        self.tells(findings)
    }

    /// Promise 1, for whoever let nobody write to them: what waited was read, and the coordinators heard of it once.
    pub(super) fn each_unread_read(&self, season: SeasonId) -> Vec<Broken> {
        let mut findings = Vec::new();
        for effect in &self.effects {
            let Some(reader) = effect.unread_by else { continue };
            if effect.settled_at.is_none() {
                findings.push((format!("nothing lost: {} still waits to be read", effect.key), Some(effect.due_at)));
            }
            if self.stands.contains_key(&effect.key) {
                findings.push((format!("exactly once: {} stands there and waits to be read", effect.key), None));
            }
            let concern = format!("concern:unreachable:{season}:{reader}");
            if self.stands.get(&concern).map_or(0, Vec::len) != 1 {
                findings.push((format!("accountable: {} waits, and nobody was told once", effect.key), None));
            }
        }
        self.tells(findings)
    }

    /// Promise 7: nobody is asked or reminded of anything while they pause, nor of what they have done.
    pub(super) async fn leaves_alone(&self, done: &Done, season: SeasonId) -> Result<Vec<Broken>, StageError> {
        let mut findings = Vec::new();
        let mut tx = self.season.theatre.store.read().await?;
        for paused in done.paused.iter().filter(|paused| paused.platform == self.platform) {
            let quiet = paused.from + TOLERANCE..paused.until - TOLERANCE;
            for (key, at) in self.asked_directly(paused.person) {
                if quiet.contains(&at) {
                    findings.push((format!("polite: {key} came to somebody who pauses"), Some(at)));
                }
            }
            for pair in self.pairs.iter().filter(|pair| [pair.mentor, pair.mentee].contains(&paused.person)) {
                for period in self.season.program.calendar.periods() {
                    for nudge in tx.nudges(pair.id, period).await? {
                        let them = if pair.mentor == paused.person { nudge.to_mentor } else { nudge.to_mentee };
                        if them && quiet.contains(&nudge.at) {
                            let what = format!("polite: pair {} was asked about {period} in a pause", pair.id);
                            findings.push((what, Some(nudge.at)));
                        }
                    }
                }
            }
        }
        for (person, signature) in tx.signatures(season).await? {
            let begins = format!("remind-agreement:{season}:{person}:");
            findings.extend(self.after(&begins, signature.at, "signed"));
        }
        for survey in tx.surveys(season).await? {
            let key = format!("survey-reminder:{season}:{}", survey.person);
            findings.extend(survey.given_at.into_iter().flat_map(|at| self.after(&key, at, "given")));
        }
        Ok(self.tells(findings))
    }

    /// What stands there under this key, or one that begins so where it ends with a colon, later than it was of use.
    fn after(&self, begins: &str, at: chrono::DateTime<chrono::Utc>, what: &str) -> Vec<Finding> {
        let all = self.stands.range(begins.to_owned()..).take_while(|(key, _)| key.starts_with(begins));
        let all = all.filter(|(key, _)| begins.ends_with(':') || *key == begins);
        let late = all.flat_map(|(key, posted)| posted.iter().map(move |posted| (key, posted.at)));
        let late = late.filter(|(_, posted)| *posted > at + TOLERANCE);
        late.map(|(key, posted)| (format!("polite: {key} came after it was {what}"), Some(posted))).collect()
    }

    fn asked_directly(&self, person: PersonId) -> Vec<(&str, chrono::DateTime<chrono::Utc>)> {
        let mine = self.effects.iter().filter(|effect| {
            matches!(&effect.effect, Effect::Post { to: To::Person(to), .. } if *to == person)
                && ASKING.iter().any(|begins| effect.key.starts_with(begins))
        });
        let posted = mine.flat_map(|effect| {
            self.stands.get(&effect.key).into_iter().flatten().map(|posted| (effect.key.as_str(), posted.at))
        });
        posted.collect()
    }

    /// Promise 3, for meetings: reminded before it, asked after it, and of nothing that does not take place.
    pub(super) async fn meetings_on_time(&self, done: &Done) -> Result<Vec<Broken>, StageError> {
        let mut findings = Vec::new();
        let mut tx = self.season.theatre.store.read().await?;
        for pair in &self.pairs {
            for meeting in tx.meetings_of(pair.id).await? {
                let noted = done.noted.iter().any(|it| it.pair == pair.id && it.met == meeting.starts_at);
                findings.extend(self.meeting(&mut tx, pair, (&meeting, noted)).await?);
            }
        }
        Ok(self.tells(findings))
    }

    /// One meeting, which was set or, where it was `noted`, told of when it was over.
    async fn meeting(
        &self,
        tx: &mut Tx,
        pair: &Pair,
        (meeting, noted): (&Meeting, bool),
    ) -> Result<Vec<Finding>, StoreError> {
        let mut findings = Vec::new();
        let ends_at = meeting.starts_at + TimeDelta::minutes(meeting.minutes);
        let of = |what: &str, sequence: i64| {
            let (exact, begins) =
                (format!("{what}:{}:{sequence}", meeting.id), format!("{what}:{}:{sequence}:", meeting.id));
            let all = self.stands.iter().filter(move |(key, _)| **key == exact || key.starts_with(&begins));
            all.flat_map(|(key, posted)| posted.iter().map(move |posted| (key.clone(), posted.at)))
        };
        for (key, at) in of("meeting-reminder", meeting.sequence) {
            if at > meeting.starts_at + TOLERANCE {
                findings.push((format!("on time: {key} came after the meeting"), Some(at)));
            }
        }
        let asked: Vec<_> = of("meeting-asked", meeting.sequence).collect();
        for (key, at) in &asked {
            if *at < ends_at - TOLERANCE {
                findings.push((format!("on time: {key} came before the meeting was over"), Some(*at)));
            }
            if noted {
                findings.push((format!("polite: {key} came though the two had told of the meeting"), Some(*at)));
            }
            if meeting.state == MeetingState::Cancelled {
                findings.push((format!("polite: {key} came though the meeting was called off"), Some(*at)));
            }
        }
        let latest = ends_at + self.season.theatre.absent() + CIVIL_AND_OUTAGE;
        let lives = super::pairs::over(pair).is_none_or(|over| over > latest);
        let reported = tx.meeting_reports(meeting.id).await?.iter().map(|report| report.at).min();
        let answered = reported.is_some_and(|at| at < latest);
        let forgotten =
            tx.person(pair.mentor).await?.erased_at.is_some() || tx.person(pair.mentee).await?.erased_at.is_some();
        if meeting.state != MeetingState::Cancelled && lives && !answered && !forgotten && !noted {
            match asked.iter().map(|(_, at)| *at).min() {
                Some(at) if at <= latest => {}
                at => findings.push((format!("on time: nobody was asked in time about meeting {}", meeting.id), at)),
            }
        }
        Ok(findings)
    }

    /// Promise 4: of whoever was forgotten no word is left, and nobody writes to them.
    pub(super) async fn forgets(&self, done: &Done) -> Result<Vec<Broken>, StageError> {
        let mut findings = Vec::new();
        let gone: Vec<_> = done.forgotten.iter().filter(|gone| gone.platform == self.platform).collect();
        if gone.is_empty() {
            return Ok(Vec::new());
        }
        let kept = self.season.theatre.store.read().await?.every_word().await?;
        for gone in gone {
            let word = format!("{SECRET} {}", gone.handle);
            for kept in kept.iter().filter(|kept| holds(&kept.words, &word)) {
                findings.push((format!("private: {} still holds words of {}", kept.place, gone.handle), Some(gone.at)));
            }
            let Some(player) = self.troupe.iter().find(|player| player.person.handle == gone.handle) else { continue };
            let directs = player.actor.places().into_iter().filter(|place| place.kind == PlaceKind::Direct);
            let seen = directs.flat_map(|place| self.platform().messages(player.actor.handle(), &place.id));
            let later = seen.filter(|seen| seen.by_bot && !seen.ephemeral && instant(seen.at_ms) > gone.at + TOLERANCE);
            for seen in later {
                let words: String = seen.text.chars().take(60).collect();
                let what = format!("private: {} is written to though forgotten: {words}", gone.handle);
                findings.push((what, Some(instant(seen.at_ms))));
            }
        }
        Ok(self.tells(findings))
    }
}

/// Whether a text holds this word, and not only a longer one.
fn holds(text: &str, word: &str) -> bool {
    text.match_indices(word)
        .any(|(at, found)| text[at + found.len()..].chars().next().is_none_or(|next| !next.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_not_found_in_a_longer_one() {
        assert!(holds("\"canary ana\"", "canary ana"));
        assert!(holds("canary ana1 canary ana", "canary ana"));
        assert!(!holds("canary ana1", "canary ana"));
    }
}
