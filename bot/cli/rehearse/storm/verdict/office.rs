//! What the coordinators were handed and told: the list they brought in, the announcement, the week's digests, reports and
//! the log; and that nobody else has any of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::{DateName, Lang, Role};

use super::super::season::office::{LOG, TO_EVERYBODY, is_of_the_office, office};
use super::{Broken, Case, Done, TOLERANCE};
use crate::cli::rehearse::looks::rows_in;
use crate::cli::rehearse::player::Player;
use crate::cli::stage::StageError;
use crate::cron_line::CronLine;
use crate::words::Arg;

/// Whoever may have been away for so long when the season closed was not told the last week's digest any more.
const LAST_DAYS: TimeDelta = TimeDelta::days(3);
/// A bot that was away for longer sends the latest digest alone.
const WEEK: TimeDelta = TimeDelta::days(7);

impl Case<'_, '_> {
    /// The roster has each good row of the list once, and no other; and it was brought in once.
    pub(super) async fn roster_right(&self, done: &Done) -> Result<Vec<Broken>, StageError> {
        let mut findings = Vec::new();
        let mut tx = self.season.theatre.store.read().await?;
        let kept: Vec<String> =
            tx.roster(self.community).await?.into_iter().map(|line| line.entry.email.to_lowercase()).collect();
        let once: BTreeSet<String> = kept.iter().cloned().collect();
        let list = done.rosters.iter().find(|(platform, _)| *platform == self.platform).map(|(_, rows)| rows);
        // Who was forgotten is on no list any more.
        let forgotten = |email: &&String| {
            let person = self.season.people.iter().find(|person| person.email.to_lowercase() == **email);
            person.is_some_and(|person| done.forgotten_at(self.platform, &person.handle).is_some())
        };
        let odd = list.into_iter().flat_map(|list| list.symmetric_difference(&once));
        let odd: Vec<&String> = odd.filter(|email| !forgotten(email)).collect();
        if kept.len() != once.len() || list.is_none() || !odd.is_empty() {
            findings.push((format!("nothing lost: the roster differs from the list by {odd:?}"), None));
        }
        let log = tx.audit(self.community, 100_000).await?;
        let imports = log.iter().filter(|entry| entry.action == "roster.import").count();
        if imports != 1 {
            findings.push((format!("exactly once: the roster was imported {imports} times"), None));
        }
        Ok(self.tells(findings))
    }

    /// The announcement stands once before each whom it was meant for, and before nobody else.
    pub(super) async fn each_announcement_once(&self, done: &mut Done) -> Result<Vec<Broken>, StageError> {
        let mut findings = Vec::new();
        let mut tx = self.season.theatre.store.read().await?;
        let log = tx.audit(self.community, 100_000).await?;
        let people = tx.people(self.community).await?;
        let residents = self.platform().residents();
        let sent: Vec<_> = log.iter().filter(|entry| entry.action == "announce.send").collect();
        if sent.len() != 1 {
            findings.push((format!("exactly once: something was announced {} times", sent.len()), None));
        }
        let meant: BTreeMap<String, bool> = self
            .effects
            .iter()
            .filter_map(|effect| {
                let person = effect.key.strip_prefix("announce:")?.rsplit(':').next()?.parse::<i64>().ok()?;
                let user = &people.iter().find(|it| it.id.get() == person)?.user.0;
                let handle = residents.iter().find(|it| it.id == *user)?.handle.clone();
                Some((handle, effect.unread_by.is_some()))
            })
            .collect();
        let told = sent.iter().filter_map(|entry| entry.detail["messages"].as_u64()).sum::<u64>();
        // Who was forgotten since is none of the people any more, and was one of them then.
        let letters = self.effects.iter().filter(|effect| effect.key.starts_with("announce:")).count();
        if usize::try_from(told) != Ok(letters) {
            findings.push((format!("nothing lost: {told} were to be told, {letters} are"), None));
        }
        for player in self.troupe.iter().filter(|player| player.person.role().is_some()) {
            let handle = &player.person.handle;
            if done.forgotten_at(self.platform, handle).is_some() {
                continue;
            }
            let (stands, reads) = (player.told(TO_EVERYBODY), player.reads(TO_EVERYBODY));
            let due = meant.get(handle);
            done.ledger.expect(self.platform, "announced", usize::from(due.is_some()));
            done.ledger.see(self.platform, "announced", reads.min(1));
            match due {
                None if reads > 0 => findings.push((format!("private: {handle} was not meant and reads it"), None)),
                Some(_) if reads == 0 => findings.push((format!("nothing lost: {handle} never read it"), None)),
                Some(false) if stands != 1 => {
                    findings.push((format!("exactly once: {handle} is told {stands} times"), None));
                }
                _ => {}
            }
        }
        Ok(self.tells(findings))
    }

    /// Each week's digest came once, when it was due, to the coordinators.
    pub(super) fn each_digest_once(&self, done: &mut Done) -> Vec<Broken> {
        let program = self.season.program;
        let zone = program.calendar.zone();
        let mut findings = Vec::new();
        let Ok(line) = CronLine::parse(&program.watch.digest_cron) else { return Vec::new() };
        let absent = self.season.theatre.absent();
        let until = program.calendar.instant(DateName::WrapUpUntil) - LAST_DAYS;
        let mut at = program.calendar.instant(DateName::ApplicationsOpen) + TimeDelta::hours(1);
        let came = |fires: DateTime<Utc>| {
            let day = format!(":{}", fires.with_timezone(&zone).date_naive());
            let all = self.stands.iter().filter(|(key, _)| key.starts_with("digest:") && key.ends_with(&day));
            all.flat_map(|(_, posted)| posted.iter().map(|posted| posted.at)).collect::<Vec<_>>()
        };
        while let Some(fires) = line.next_after(at, zone).filter(|fires| *fires < until) {
            done.ledger.expect(self.platform, "digests", 1);
            let all = came(fires);
            done.ledger.see(self.platform, "digests", all.len());
            match all.as_slice() {
                [] if absent < WEEK => {
                    findings.push((format!("on time: the digest of {fires} never came"), Some(fires)))
                }
                [] => done.ledger.see(self.platform, "digests", 1),
                [came] if *came < fires - TOLERANCE => {
                    findings.push((format!("on time: the digest of {fires} came early"), Some(*came)));
                }
                [_] => {}
                more => {
                    let what = format!("exactly once: the digest of {fires} came {} times", more.len());
                    findings.push((what, more.last().copied()));
                }
            }
            at = fires;
        }
        self.tells(findings)
    }

    /// The log that a coordinator took away has as many entries as there were.
    pub(super) async fn log_whole(&self) -> Result<Vec<Broken>, StageError> {
        let log = self.season.theatre.store.read().await?.audit(self.community, 100_000).await?;
        let counted: Vec<u64> = log
            .iter()
            .filter(|entry| entry.action == "audit.export")
            .filter_map(|entry| entry.detail["entries"].as_u64())
            .collect();
        let handed = office(self.troupe).find_map(|coordinator| coordinator.file(LOG));
        let rows = rows_in(handed);
        // Asked for again by the platform after a death, it is made again, and tells of the first time as well.
        let whole =
            counted.iter().flat_map(|count| [*count, count + 1]).any(|count| usize::try_from(count) == Ok(rows));
        let what = format!("accountable: the log as a file has {rows} entries, and there were {counted:?}");
        Ok(self.tells(if whole { Vec::new() } else { vec![(what, None)] }))
    }

    /// Promise 5: no file and no word of the office is before anybody else.
    pub(super) fn office_alone(&self) -> Vec<Broken> {
        let mut findings = Vec::new();
        let day = [("day", Arg::Words(String::new()))];
        let digest = self.season.catalogue.line(Lang::En, "digest-heading", &day);
        for player in
            self.troupe.iter().filter(|player| matches!(player.person.role(), Some(Role::Mentee | Role::Mentor)))
        {
            for seen in player.actor.everything().iter().filter(|seen| seen.by_bot) {
                for file in seen.files.iter().filter(|file| is_of_the_office(&file.name)) {
                    findings.push((format!("allowed only: {} was handed {}", player.person.handle, file.name), None));
                }
                if seen.text.contains(digest.trim()) {
                    findings.push((format!("allowed only: {} reads the digest", player.person.handle), None));
                }
            }
        }
        self.tells(findings)
    }
}

impl<W: crate::cli::rehearse::player::Settles> Player<'_, W> {
    /// How many messages with these words stand before the person, answers to them alone among them.
    fn reads(&self, words: &str) -> usize {
        self.actor.everything().iter().filter(|seen| seen.by_bot && seen.text.contains(words)).count()
    }
}
