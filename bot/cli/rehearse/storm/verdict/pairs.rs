//! What each pair saw: one place, one introduction, and each month's question in time.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::matching::{PairKey, Ruling};
use plsep_domain::{EndReason, MeetingState, PairState, Period};

use super::super::super::room::rooms;
use super::{Broken, Case, Done, TOLERANCE};
use crate::cli::stage::StageError;
use crate::cron_line::CronLine;
use crate::store::{Effect, Pair, StoreError, Tx};

/// Longest wait for the next civil hour, and for a platform's outage to pass.
const CIVIL_AND_OUTAGE: TimeDelta = TimeDelta::hours(24);

impl Case<'_, '_> {
    /// Promises 2 and 4: one place for each pair, with nobody else in it, and no place of nobody.
    pub(super) fn each_pair_once(&self) -> Vec<Broken> {
        let mut findings = Vec::new();
        let mut strangers = Vec::new();
        let rooms = rooms(self.season.catalogue, self.troupe, &mut strangers);
        let introduced = rooms.iter().filter(|room| room.introductions == 1).count();
        let opened = self.pairs.iter().filter(|pair| pair.channel.is_some()).count();
        let expected = self.pairs.iter().filter(|pair| !matches!(pair.state, PairState::Published { .. })).count();
        let (seen, waiting) = (rooms.len(), self.pairs.len() - expected);
        findings.extend(strangers.into_iter().map(|what| format!("private: {what}")));
        if waiting > 0 {
            findings.push(format!("exactly one introduction: {waiting} pairs were never introduced"));
        }
        if seen != opened || introduced != seen {
            findings.push(format!(
                "exactly one introduction: {opened} pairs have a place, people see {seen}, {introduced} with one introduction"
            ));
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
            findings.push(format!("nothing half-made: the bot made {made} private places for {opened} pairs"));
        }
        self.tells(findings.into_iter().map(|what| (what, None)).collect())
    }

    /// Whom coordinators keep apart is no pair, or was one before.
    pub(super) fn rulings_kept(&self, done: &Done) -> Vec<Broken> {
        let apart = self.rulings.iter().filter(|ruled| ruled.ruling == Ruling::Forbidden);
        let paired = apart.filter(|ruled| {
            let mut others = self.pairs.iter().filter(|pair| !done.parted.contains(&pair.id));
            others.any(|pair| (pair.mentee, pair.mentor) == (ruled.pair.mentee, ruled.pair.mentor))
        });
        let found = paired.map(|ruled| {
            let PairKey { mentee, mentor } = ruled.pair;
            (format!("decided: mentee {mentee} and mentor {mentor} are a pair and were to be kept apart"), None)
        });
        self.tells(found.collect())
    }

    /// What coordinators decided of how long a pair goes on: it ended by them, or on the day that they named.
    pub(super) fn goes_on_as_decided(&self, done: &Done) -> Vec<Broken> {
        let slack = self.season.theatre.absent() + CIVIL_AND_OUTAGE + TOLERANCE;
        let mut findings = Vec::new();
        for pair in &self.pairs {
            let why = pair.state.end_reason();
            if done.parted.contains(&pair.id) && why != Some(EndReason::ByCoordinator) {
                findings.push((
                    format!("decided: pair {} was ended by a coordinator, and is {:?}", pair.id, pair.state),
                    None,
                ));
            }
            let Some(extended) = done.extended.iter().find(|it| it.platform == self.platform && it.pair == pair.id)
            else {
                continue;
            };
            let in_time =
                over(pair).is_some_and(|at| (extended.until - TOLERANCE..extended.until + slack).contains(&at));
            if why != Some(EndReason::Completed) || !in_time {
                let until = extended.until;
                findings.push((
                    format!("decided: pair {} was to go on until {until}, and is {:?}", pair.id, pair.state),
                    Some(until),
                ));
            }
        }
        self.tells(findings)
    }

    /// Promise 3: each month's question came when it was due, as soon as somebody was there.
    pub(super) async fn on_time(&self, done: &Done) -> Result<Vec<Broken>, StageError> {
        let program = self.season.program;
        let zone = program.calendar.zone();
        let Ok(line) = CronLine::parse(&program.nudge.cron) else { return Ok(Vec::new()) };
        let slack = self.season.theatre.absent() + CIVIL_AND_OUTAGE + TOLERANCE;
        let mut findings = Vec::new();
        let mut tx = self.season.theatre.store.read().await?;
        // What a coordinator has had tried again came as soon as it could.
        let log = tx.audit(self.community, u32::MAX).await?.into_iter();
        let again = log.filter(|entry| entry.action == "undelivered.try-again");
        let again: BTreeSet<String> = again.filter_map(|it| Some(it.detail["key"].as_str()?.to_owned())).collect();
        for period in program.calendar.periods() {
            let Some(fires) = line.next_after(period.range(zone).0, zone) else { continue };
            for pair in &self.pairs {
                let intro = self.stands.get(&format!("intro:{}", pair.id)).and_then(|posted| posted.first());
                let over = over(pair);
                let lived = intro.is_some_and(|intro| intro.at < fires - TOLERANCE)
                    && over.is_none_or(|over| over > fires + slack);
                if !lived || self.need_not_be_asked(&mut tx, done, pair, (period, fires)).await? {
                    continue;
                }
                let key = format!("nudge:{}:{period}:0", pair.id);
                let directly = [pair.mentor, pair.mentee].map(|person| format!("{key}:{person}"));
                let asked = directly.iter().chain([&key]).filter_map(|key| self.stands.get(key)?.first());
                match asked.min_by_key(|posted| posted.at) {
                    None => findings.push((format!("on time: {key} never came"), Some(fires))),
                    Some(posted) if posted.at < fires - TOLERANCE => {
                        findings.push((format!("on time: {key} came early"), Some(posted.at)));
                    }
                    Some(posted) if posted.at > fires + slack && !again.contains(&key) => {
                        findings.push((format!("on time: {key} came late"), Some(posted.at)));
                    }
                    Some(_) => {}
                }
            }
        }
        Ok(self.tells(findings))
    }

    /// Whether the pair has a meeting in the month, or one of the two is left alone in it.
    async fn need_not_be_asked(
        &self,
        tx: &mut Tx,
        done: &Done,
        pair: &Pair,
        (period, fires): (Period, DateTime<Utc>),
    ) -> Result<bool, StoreError> {
        let (from, to) = period.range(self.season.program.calendar.zone());
        let two = [pair.mentor, pair.mentee];
        let paused = done
            .paused
            .iter()
            .any(|it| it.platform == self.platform && two.contains(&it.person) && it.from < to && from < it.until);
        let mut unread = self.effects.iter().filter(|effect| effect.unread_by.is_some());
        let unread = unread.any(|effect| effect.key.starts_with(&format!("nudge:{}:{period}:0", pair.id)));
        let meetings = tx.meetings_of(pair.id).await?;
        // What was noted when the question was long due is no reason not to ask it.
        let noted_late = |at| {
            let mut noted = done.noted.iter().filter(|it| it.pair == pair.id);
            noted.any(|it| it.met == at && it.from > fires)
        };
        let meets = meetings.iter().any(|it| {
            it.state != MeetingState::Cancelled
                && from <= it.starts_at
                && it.starts_at < to
                && !noted_late(it.starts_at)
        });
        Ok(paused || unread || meets)
    }
}

/// When a pair was over.
pub(super) fn over(pair: &Pair) -> Option<DateTime<Utc>> {
    match &pair.state {
        PairState::Ended { at, .. } | PairState::Archived { at, .. } => Some(*at),
        _ => None,
    }
}
