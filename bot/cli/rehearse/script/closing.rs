//! The end: farewells, closed channels, the closing survey, certificates, and copies of what is held.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use plsep_domain::DateName;

use super::super::super::people::Temperament;
use super::super::player::{Player, Stuck};
use super::super::room::rooms;
use super::{A_WHILE, Script, Told, Troupe, first_words};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::words::{Arg, Catalogue, Deed};

/// So many of each community want to see what is held about them.
const CURIOUS: usize = 2;

impl Script<'_> {
    /// The run ends: farewells, and the channels are closed for writing.
    pub(super) async fn close(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        told: &mut Told,
    ) -> Result<(), Stuck> {
        self.trouble();
        let ends = self.program.calendar.instant(DateName::RunsUntil);
        self.travel(catalogue, ends + TimeDelta::days(1)).await?;
        let expected = self.expected_pairs();
        for troupe in troupes {
            let Some(platform) = troupe.first().map(Player::platform) else { continue };
            let rematched = told.rematched.get(platform).copied().unwrap_or(0);
            told.ledger.expect(platform, "archived", expected + rematched);
            told.audited(platform, 1);
            for room in rooms(catalogue, troupe, &mut told.broken) {
                let over = told.course(&room).over.is_some();
                // Whoever stays reads that the pairing has ended; the one who left may not be told in their language.
                let early = |player: &Player<'_>| {
                    let words =
                        catalogue.text(player.lang(), "pair-ended-early", &[("contact", Arg::Words(String::new()))]);
                    !player.in_place(&room.place, first_words(&words)).is_empty()
                };
                let said = match over {
                    true => room.both().into_iter().any(early),
                    false => room.shown(catalogue, "farewell-heading") == 1,
                };
                told.ledger.see(platform, "archived", usize::from(room.place.archived && said));
            }
        }
        self.tell(
            catalogue,
            told,
            "The program ends. Each pair reads a farewell, and its channel is archived.".to_owned(),
        );
        Ok(())
    }

    /// Whoever completed the program gets a certificate and is asked how it was; some want a copy of what is held.
    pub(super) async fn look_back(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        told: &mut Told,
    ) -> Result<(), Stuck> {
        self.travel(catalogue, self.stage.now() + TimeDelta::days(1)).await?;
        self.give_surveys(catalogue, troupes, false, told).await?;
        self.ask_for_copies(troupes, told).await?;
        let reminded = self.calendar().survey_reminder() + TimeDelta::days(1);
        self.travel(catalogue, reminded.max(self.stage.now())).await?;
        self.give_surveys(catalogue, troupes, true, told).await?;
        self.stage.drain(A_WHILE).await?;
        for troupe in troupes {
            let completed = self.completed(catalogue, troupe, told);
            for player in troupe {
                let expected = usize::from(completed.contains(&player.person.handle));
                told.ledger.expect(player.platform(), "certificates", expected);
                // Coordinators get their reports as such files, too.
                let certificates = player.own_files(".pdf") - player.own_files("-summary.pdf");
                told.ledger.see(player.platform(), "certificates", certificates);
            }
        }
        self.tell(
            catalogue,
            told,
            "Everybody who stayed has a certificate and is asked how it was; the forgetful answer when reminded."
                .to_owned(),
        );
        Ok(())
    }

    async fn give_surveys(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        reminded: bool,
        told: &mut Told,
    ) -> Result<(), Stuck> {
        for troupe in troupes {
            let completed = self.completed(catalogue, troupe, told);
            let asked = troupe.iter().filter(|player| completed.contains(&player.person.handle));
            for player in asked.filter(|player| player.person.is(Temperament::Forgetful) == reminded) {
                let Some(role) = player.person.role().filter(|_| !player.person.is(Temperament::Silent)) else {
                    continue;
                };
                told.ledger.expect(player.platform(), "surveys", 1);
                player.gives_survey(role).await?;
                let thanks = catalogue.text(player.lang(), "survey-thanks", &[("at", Arg::Words(String::new()))]);
                told.ledger.see(player.platform(), "surveys", player.sees(first_words(&thanks)));
            }
        }
        Ok(())
    }

    async fn ask_for_copies(&self, troupes: &[Troupe<'_>], told: &mut Told) -> Result<(), Stuck> {
        let curious = |troupe: &'_ Troupe<'_>| -> Vec<usize> {
            let prompt = troupe.iter().enumerate().filter(|(_, player)| player.person.is(Temperament::Prompt));
            prompt.map(|(place, _)| place).take(CURIOUS).collect()
        };
        for troupe in troupes {
            for player in curious(troupe).into_iter().map(|place| &troupe[place]) {
                told.ledger.expect(player.platform(), "exports", 1);
                told.audited(player.platform(), 1);
                player.says(&typed(CommandId::MyDataExport)).await?;
                player.presses(&Deed::Export).await?;
            }
        }
        self.stage.drain(A_WHILE).await?;
        for troupe in troupes {
            for player in curious(troupe).into_iter().map(|place| &troupe[place]) {
                told.ledger.see(player.platform(), "exports", player.own_files(".json"));
            }
        }
        Ok(())
    }

    /// The handles of those whose pair ran its course.
    fn completed(&self, catalogue: &Catalogue, troupe: &Troupe<'_>, told: &mut Told) -> BTreeSet<String> {
        let rooms = rooms(catalogue, troupe, &mut told.broken);
        let whole = rooms.iter().filter(|room| told.course(room).over.is_none());
        whole.flat_map(|room| room.both()).map(|player| player.person.handle.clone()).collect()
    }
}
