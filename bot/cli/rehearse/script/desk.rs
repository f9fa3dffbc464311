//! What the coordinators do while the program runs and after it: end a pair and look for other partners, look after what
//! was laid before them, ask for every report, and take the log away as a file.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::matching::{self, Candidate, Keep, PairKey};
use plsep_domain::{DateName, Lang, Period, PersonId, Phase};
use plsep_sandbox::{Action, Control};

use super::super::super::people::{Applicant, naming};
use super::super::looks::{number_of, rows_in};
use super::super::plan::Leaving;
use super::super::player::{Player, Stuck};
use super::super::room::{Room, month_name, rooms};
use super::{A_WHILE, Script, Told, Troupe, coordinators, first_words};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::cron_line::CronLine;
use crate::words::{Arg, Catalogue};

/// What a report is known by when it has come.
enum Known {
    /// Files of these endings, the newest of which begins so.
    Files(&'static [(&'static str, &'static [u8])]),
    /// A line under this heading.
    Heading(&'static str),
}

/// A report: its command, its options, and what comes of it.
type Report = (CommandId, &'static [(&'static str, &'static str)], Known);

/// Every report.
const REPORTS: [Report; 7] = [
    (CommandId::ReportOverview, &[], Known::Files(&[("overview.png", b"\x89PNG")])),
    (
        CommandId::ReportMeetings,
        &[],
        Known::Files(&[("meetings-1.png", b"\x89PNG"), ("meetings.csv", b"\xef\xbb\xbf")]),
    ),
    (CommandId::ReportStuck, &[], Known::Heading("stuck")),
    (CommandId::ReportParticipation, &[], Known::Heading("participation-heading")),
    (CommandId::ReportGrant, &[], Known::Files(&[("-summary.pdf", b"%PDF-")])),
    (
        CommandId::ReportExport,
        &[("format", "csv")],
        Known::Files(&[
            ("applications.csv", b"\xef\xbb\xbf"),
            ("pairs.csv", b"\xef\xbb\xbf"),
            ("survey.csv", b"\xef\xbb\xbf"),
        ]),
    ),
    (CommandId::ReportExport, &[("format", "xlsx")], Known::Files(&[(".xlsx", b"PK")])),
];

/// Who is paired with whom, by their places in the list of people.
type Paired = BTreeSet<PairKey>;

impl<'a> Script<'a> {
    /// A coordinator ends a pair so that both are matched anew; whoever has no partner by then is paired as well, as far as
    /// there is somebody.
    pub(super) async fn rematch(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        nth: usize,
        told: &mut Told,
    ) -> Result<(), Stuck> {
        self.travel(catalogue, self.stage.now() + TimeDelta::hours(10)).await?;
        self.trouble();
        let mut count = 0;
        for (troupe, coordinator) in troupes.iter().zip(coordinators(troupes)) {
            let platform = coordinator.platform();
            let before = rooms(catalogue, troupe, &mut told.broken);
            let live: Paired =
                before.iter().filter(|room| told.course(room).over.is_none()).map(|room| self.pair_of(room)).collect();
            let had = before.iter().map(|room| self.pair_of(room).mentee).collect();
            let Some((ended, expected)) = self.worth_ending(&live, &had) else { continue };
            let Some(room) = before.iter().find(|room| self.pair_of(room) == ended) else { continue };
            told.course(room).over.get_or_insert(nth);
            coordinator
                .says(&naming(platform, &typed(CommandId::PairsRematch), &room.mentee.person.handle, None))
                .await?;
            coordinator.chooses_any("rematch-who", "both").await?;
            coordinator.presses_any("rematch-yes").await?;
            coordinator.says(&typed(CommandId::MatchPropose)).await?;
            coordinator.says(&typed(CommandId::MatchPublish)).await?;
            let unmatched = self.told_unmatched(catalogue, troupe);
            coordinator.presses_any("publish").await?;
            told.published(catalogue, coordinator, expected);
            told.audited(platform, 3);
            self.stage.drain(A_WHILE).await?;
            told.ledger.expect(platform, "rematched", expected);
            let after = rooms(catalogue, troupe, &mut told.broken);
            let known: BTreeSet<&str> = before.iter().map(|room| room.place.id.as_str()).collect();
            let new = after.iter().filter(|room| !known.contains(room.place.id.as_str()) && room.introductions == 1);
            told.ledger.see(platform, "rematched", new.count());
            // Who had a partner and is left without one is told why; the others were told before.
            let paired = |room: &&Room<'_>| {
                told.courses.get(&(platform, room.place.id.clone())).is_none_or(|it| it.over.is_none())
            };
            let still: BTreeSet<&str> = after.iter().filter(paired).flat_map(handles).collect();
            let left: BTreeSet<&str> = before
                .iter()
                .flat_map(handles)
                .filter(|handle| {
                    !still.contains(handle) && self.people.iter().any(|it| it.handle == *handle && self.stays(it))
                })
                .collect();
            told.ledger.expect(platform, "unmatched", left.len());
            told.ledger.see(platform, "unmatched", self.told_unmatched(catalogue, troupe) - unmatched);
            told.rematched.insert(platform, expected);
            count += expected;
        }
        self.tell(
            catalogue,
            told,
            format!(
                "A coordinator ends a pair so that both are matched anew. {count} new pairs find themselves in a private channel."
            ),
        );
        Ok(())
    }

    fn told_unmatched(&self, catalogue: &Catalogue, troupe: &Troupe<'_>) -> usize {
        troupe.iter().map(|player| player.sees(&catalogue.line(player.lang(), "unmatched-heading", &[]))).sum()
    }

    /// Whether the person was accepted and is still there in the second month.
    fn stays(&self, person: &Applicant) -> bool {
        self.accepted(person) && !self.leaving(Leaving::MidRun).iter().any(|it| it.handle == person.handle)
    }

    fn pair_of(&self, room: &Room<'_>) -> PairKey {
        let place = |player: &Player<'_>| {
            let found = self.people.iter().position(|person| person.handle == player.person.handle);
            PersonId::from(found.and_then(|place| i64::try_from(place).ok()).unwrap_or(i64::MAX))
        };
        PairKey { mentee: place(room.mentee), mentor: place(room.mentor) }
    }

    /// The first pair after whose end the program's rules find its mentee somebody else without parting anybody; and how
    /// many new pairs there are then. `had` are the mentees who have had a mentor.
    fn worth_ending(&self, live: &Paired, had: &BTreeSet<PersonId>) -> Option<(PairKey, usize)> {
        let pinned = self.pinned_pair();
        live.iter().filter(|pair| pinned != Some(**pair)).find_map(|ended| {
            let mut problem = self.problem_among(|person| self.stays(person));
            let kept: Paired = live.iter().copied().filter(|pair| pair != ended).collect();
            problem.previous = kept.clone();
            problem.policy.keep = Keep::Published;
            problem.forbidden = [*ended].into();
            // Whoever had a mentor comes before those who never had one.
            problem.returning =
                had.iter().copied().filter(|mentee| !kept.iter().any(|pair| pair.mentee == *mentee)).collect();
            let here = |all: &[Candidate], person| all.iter().any(|candidate| candidate.person == person);
            problem.pinned = pinned
                .into_iter()
                .filter(|pair| here(&problem.mentees, pair.mentee) && here(&problem.mentors, pair.mentor))
                .collect();
            let all: Paired = matching::propose(&problem).ok()?.pairs.iter().map(|pair| pair.pair).collect();
            let finds = all.iter().any(|pair| pair.mentee == ended.mentee);
            (finds && kept.is_subset(&all)).then(|| (*ended, all.len() - kept.len()))
        })
    }

    /// A coordinator looks after everything that the month's answers have laid before them, and settles it.
    pub(super) async fn look_after(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        period: Period,
        expected: &[(&'static str, usize)],
        told: &mut Told,
    ) -> Result<(), Stuck> {
        let month = format!("{}:", month_name(catalogue, Lang::En, period));
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            let laid = expected.iter().find(|(it, _)| *it == platform).map_or(0, |(_, count)| *count);
            told.ledger.expect(platform, "concerns_resolved", laid);
            told.audited(platform, 2 * laid);
            while let Some((message, key)) = to_take(coordinator, &month) {
                let number = number_of(&key).unwrap_or_default().to_owned();
                coordinator.done(coordinator.actor.act(Action::Press { message, key }).await).await?;
                let resolves = |key: &str| key.starts_with("concern-resolve:") && number_of(key) == Some(&number);
                coordinator.done(coordinator.actor.presses_key(resolves).await).await?;
                coordinator.sends(&[("resolution", "I wrote to both, and they will meet.")]).await?;
                self.stage.drain(A_WHILE).await?;
            }
            let nobody = [("by", Arg::Words(String::new())), ("at", Arg::Words(String::new()))];
            let words = catalogue.text(Lang::En, "concern-resolved", &nobody);
            let all = coordinator.actor.everything();
            let settled = all.iter().filter(|seen| {
                seen.by_bot && !seen.ephemeral && seen.text.contains(&month) && seen.text.contains(first_words(&words))
            });
            told.ledger.see(platform, "concerns_resolved", settled.count());
        }
        Ok(())
    }

    /// A coordinator asks for every report.
    pub(super) async fn ask_for_reports(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        told: &mut Told,
    ) -> Result<(), Stuck> {
        self.trouble();
        for coordinator in coordinators(troupes) {
            for (command, options, known) in REPORTS {
                let before = count_of(catalogue, coordinator, &known);
                coordinator.commands(command, options).await?;
                self.stage.drain(A_WHILE).await?;
                told.ledger.expect(coordinator.platform(), "reports", 1);
                told.audited(coordinator.platform(), usize::from(command == CommandId::ReportExport));
                let came = count_of(catalogue, coordinator, &known) > before;
                told.ledger.see(coordinator.platform(), "reports", usize::from(came));
            }
        }
        self.tell(
            catalogue,
            told,
            "A coordinator asks for every report, and gets pictures, tables and files.".to_owned(),
        );
        Ok(())
    }

    /// At the end: how many digests came, and the log as a file, with an entry for everything that was done.
    pub(super) async fn take_the_log(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        began: DateTime<Utc>,
        told: &mut Told,
    ) -> Result<(), Stuck> {
        let digests = self.digests(began);
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            told.ledger.expect(platform, "digests", digests);
            let words = catalogue.text(Lang::En, "digest-heading", &[("day", Arg::Strong(String::new()))]);
            told.ledger.see(platform, "digests", coordinator.told(first_words(&words)));
            coordinator.commands(CommandId::AuditExport, &[]).await?;
            self.stage.drain(A_WHILE).await?;
            told.ledger.see(platform, "audit_entries", rows_in(coordinator.file("audit-log.csv")));
        }
        self.tell(catalogue, told, "A coordinator takes the whole log of what was done away as a file.".to_owned());
        Ok(())
    }

    /// How many digests were due by now: one each week, from when applications opened until the season closed.
    fn digests(&self, began: DateTime<Utc>) -> usize {
        let calendar = self.calendar();
        let Ok(line) = CronLine::parse(&self.program.watch.digest_cron) else { return 0 };
        let (mut at, mut count) = (began.max(calendar.instant(DateName::ApplicationsOpen)), 0);
        while let Some(next) = line.next_after(at, self.zone()).filter(|next| *next <= self.stage.now()) {
            count += usize::from(!matches!(calendar.phase(next), Phase::Draft | Phase::Closed));
            at = next;
        }
        count
    }
}

impl Told {
    /// So many pairs are to be published, and what the coordinator was told of it.
    pub(super) fn published(&mut self, catalogue: &Catalogue, coordinator: &Player<'_>, expected: usize) {
        let form = |pairs| {
            let args = [("pairs", Arg::Number(pairs)), ("left", Arg::Number(0))];
            catalogue.line(coordinator.lang(), "publish-done", &args)
        };
        self.ledger.expect(coordinator.platform(), "published", expected);
        self.ledger.see(coordinator.platform(), "published", coordinator.reads_number(form));
    }
}

fn handles<'r>(room: &'r Room<'_>) -> [&'r str; 2] {
    room.both().map(|player| player.person.handle.as_str())
}

/// A notice of this month that nobody looks after yet: its message, and the button.
fn to_take(coordinator: &Player<'_>, month: &str) -> Option<(String, String)> {
    let all = coordinator.actor.everything();
    let mut notices = all.iter().filter(|seen| seen.by_bot && !seen.ephemeral && seen.text.contains(month));
    notices.find_map(|seen| {
        let key = seen.controls.iter().find_map(|control| match control {
            Control::Button { key, .. } if key.starts_with("concern-take:") => Some(key.clone()),
            _ => None,
        })?;
        Some((seen.id.clone(), key))
    })
}

/// How often a report has come: by the file that has come least often, or by its heading.
fn count_of(catalogue: &Catalogue, coordinator: &Player<'_>, known: &Known) -> usize {
    match known {
        Known::Files(files) => {
            let of = |(ending, begins): &(&str, &[u8])| coordinator.own_files_beginning(ending, begins);
            files.iter().map(of).min().unwrap_or(0)
        }
        Known::Heading("stuck") => {
            let none = catalogue.text(coordinator.lang(), "stuck-none", &[("days", Arg::Words(String::new()))]);
            coordinator.sees(first_words(&none))
                + coordinator.sees(&catalogue.line(coordinator.lang(), "stuck-intro", &[]))
        }
        Known::Heading(key) => coordinator.sees(&catalogue.line(coordinator.lang(), key, &[])),
    }
}
