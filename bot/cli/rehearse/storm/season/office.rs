//! What the coordinators of a storm do beside the pairs: bring in the list of participants, say something to everybody,
//! ask for reports, and take the log away. And what those try who may not.

use plsep_domain::{Audience, Role};

use super::{Done, Person, Season, Stuck, Troupe, coordinators};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::cli::people;
use crate::cli::rehearse::participants;
use crate::store::StoreError;

/// What the coordinators say to everybody.
pub(in crate::cli::rehearse::storm) const TO_EVERYBODY: &str = "Our workshop on shy teens is on Friday at noon.";

impl<'a> Season<'a> {
    /// A coordinator hands in the list of participants, in which some rows have a mistake, and takes the good ones in.
    pub(super) async fn bring_roster(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            let roster = people::roster(self.people, &coordinator.actor.platform().residents());
            let (list, _) = participants::list(self.program, platform, &roster);
            let taken_in = async || self.roster_lines(platform).await.unwrap_or(0) > 0;
            self.persists(coordinator, "bring in the roster", taken_in, async || {
                coordinator.hands_in("participants.csv", &list).await?;
                coordinator.presses_any("roster-import").await
            })
            .await?;
            self.closes(coordinator).await;
            done.office.push((platform.to_owned(), coordinator.person.handle.clone(), "roster.import"));
            done.rosters.push((platform, roster.into_iter().map(|entry| entry.email.to_lowercase()).collect()));
        }
        Ok(())
    }

    /// The coordinators say something to everybody who was accepted.
    pub(super) async fn announce(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            let sent = async || self.audited(platform, "announce.send").await;
            self.persists(coordinator, "announce", sent, async || {
                coordinator.commands(CommandId::Announce, &[("to", Audience::Everyone.key())]).await?;
                coordinator.sends(&[("announcement", TO_EVERYBODY)]).await?;
                coordinator.presses_any("announce-yes").await
            })
            .await?;
            done.office.push((platform.to_owned(), coordinator.person.handle.clone(), "announce.send"));
        }
        Ok(())
    }

    /// A coordinator asks for a picture and for the season's tables until they come.
    pub(super) async fn ask_for_reports(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            for (command, options, ending) in [
                (CommandId::ReportOverview, &[][..], "overview.png"),
                (CommandId::ReportExport, &[("format", "csv")][..], "pairs.csv"),
            ] {
                let before = coordinator.own_files(ending);
                let came = async || coordinator.own_files(ending) > before;
                self.persists(coordinator, "get a report", came, async || coordinator.commands(command, options).await)
                    .await?;
                done.ledger.expect(platform, "reports", 1);
                done.ledger.see(platform, "reports", usize::from(coordinator.own_files(ending) > before));
            }
            done.office.push((platform.to_owned(), coordinator.person.handle.clone(), "report.export"));
        }
        Ok(())
    }

    /// At the end a coordinator takes the log away as a file.
    pub(super) async fn take_the_log(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for coordinator in coordinators(troupes) {
            let before = coordinator.own_files(LOG);
            let came = async || coordinator.own_files(LOG) > before;
            let asks = async || coordinator.commands(CommandId::AuditExport, &[]).await;
            self.persists(coordinator, "take the log away", came, asks).await?;
            let platform = coordinator.platform().to_owned();
            done.office.push((platform, coordinator.person.handle.clone(), "audit.export"));
        }
        Ok(())
    }

    /// Somebody tries what only coordinators may.
    pub(super) async fn intrude(&self, troupes: &[Troupe<'a>]) -> Result<(), Stuck> {
        for troupe in troupes {
            let Some(stranger) = troupe.iter().find(|player| player.person.role() == Some(Role::Mentee)) else {
                continue;
            };
            for id in TEMPTING {
                self.tries(async || stranger.says(&typed(id)).await).await?;
            }
            let to = [("to", Audience::Everyone.key())];
            self.tries(async || stranger.commands(CommandId::Announce, &to).await).await?;
            self.tries(async || stranger.commands(CommandId::ReportExport, &[("format", "xlsx")]).await).await?;
        }
        Ok(())
    }

    async fn roster_lines(&self, platform: &str) -> Result<usize, StoreError> {
        let community = self.theatre.community(platform).await?;
        Ok(self.theatre.store.read().await?.roster(community).await?.len())
    }
}

/// The name of the log's file.
pub(in crate::cli::rehearse::storm) const LOG: &str = "audit-log.csv";

/// Commands that need no words to do harm.
const TEMPTING: [CommandId; 6] = [
    CommandId::ApplicationsAcceptAll,
    CommandId::MatchPropose,
    CommandId::SeasonShow,
    CommandId::RosterList,
    CommandId::ReportOverview,
    CommandId::AuditExport,
];

/// Files that coordinators alone are handed.
pub(in crate::cli::rehearse::storm) fn is_of_the_office(file: &str) -> bool {
    [".png", ".csv", ".xlsx", "-summary.pdf"].iter().any(|ending| file.ends_with(ending))
}

/// The coordinators among the people of one platform.
pub(in crate::cli::rehearse::storm) fn office<'t, 'a>(troupe: &'t Troupe<'a>) -> impl Iterator<Item = &'t Person<'a>> {
    troupe.iter().filter(|player| player.person.part == people::Part::Coordinator)
}
