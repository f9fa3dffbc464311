//! Pairs are made, introduced, and sign.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use plsep_sandbox::Place;

use super::super::super::people::{Temperament, naming_all};
use super::super::player::{Player, Stuck};
use super::super::room::{Room, rooms};
use super::{A_WHILE, Script, Told, Troupe, coordinators};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::words::Catalogue;

impl Script<'_> {
    /// Pairs are proposed, looked at, published and introduced; whoever has none is told why.
    pub(super) async fn publish(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        told: &mut Told,
    ) -> Result<(), Stuck> {
        self.travel(catalogue, self.stage.now() + TimeDelta::days(1)).await?;
        self.trouble();
        let pinned = self.pinned().map(|(mentee, mentor)| (mentee.handle.as_str(), mentor.handle.as_str()));
        let expected = self.expected_pairs();
        for coordinator in coordinators(troupes) {
            coordinator.says(&typed(CommandId::MatchPropose)).await?;
            told.audited(coordinator.platform(), 2);
            if let Some((mentee, mentor)) = pinned {
                let pair = [("mentee", mentee), ("mentor", mentor)];
                coordinator.says(&naming_all(coordinator.platform(), &typed(CommandId::MatchPin), &pair)).await?;
                coordinator.presses_any("pin").await?;
                told.ledger.expect(coordinator.platform(), "pinned", 1);
                // The decision, and the new proposal.
                told.audited(coordinator.platform(), 2);
            }
            coordinator.says(&typed(CommandId::MatchShow)).await?;
            coordinator.says(&typed(CommandId::MatchPublish)).await?;
            coordinator.presses_any("publish").await?;
            told.published(catalogue, coordinator, expected);
        }
        self.stage.drain(A_WHILE).await?;
        for troupe in troupes {
            let Some(platform) = troupe.first().map(Player::platform) else { continue };
            told.ledger.expect(platform, "matched", expected);
            told.ledger.expect(platform, "introduced", expected);
            let rooms = rooms(catalogue, troupe, &mut told.broken);
            // Everybody accepted either has a room or is told why not.
            let paired: BTreeSet<&str> = rooms
                .iter()
                .flat_map(|room| [room.mentor, room.mentee])
                .map(|player| player.person.handle.as_str())
                .collect();
            let left =
                self.people.iter().filter(|person| self.accepted(person) && !paired.contains(person.handle.as_str()));
            told.ledger.expect(platform, "unmatched", left.count());
            told.ledger.see(platform, "matched", rooms.len());
            let is_pinned = |room: &&Room<'_>| {
                pinned == Some((room.mentee.person.handle.as_str(), room.mentor.person.handle.as_str()))
            };
            told.ledger.see(platform, "pinned", rooms.iter().filter(is_pinned).count());
            told.ledger.see(platform, "introduced", rooms.iter().filter(|room| room.introductions == 1).count());
            for player in troupe {
                let heading = catalogue.line(player.lang(), "unmatched-heading", &[]);
                told.ledger.see(platform, "unmatched", player.sees(&heading));
            }
        }
        self.tell(
            catalogue,
            told,
            format!("{} pairs are published; each finds itself in a private channel.", expected),
        );
        Ok(())
    }

    /// Both sides sign in their own time; the silent do not.
    pub(super) async fn sign(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        told: &mut Told,
    ) -> Result<(), Stuck> {
        for (days, late) in [(1, false), (4, true)] {
            self.travel(catalogue, self.stage.now() + TimeDelta::days(days)).await?;
            for player in troupes.iter().flatten() {
                let signs = self.accepted(player.person) && !player.person.is(Temperament::Silent);
                if !signs || player.person.is(Temperament::Forgetful) != late {
                    continue;
                }
                told.ledger.expect(player.platform(), "acknowledged", 1);
                told.audited(player.platform(), 1);
                player.signs(&player.person.name).await?;
            }
            self.stage.drain(A_WHILE).await?;
        }
        for player in troupes.iter().flatten() {
            // The copy in a direct message stands under the form's title, as does the text that was read.
            let title = catalogue.line(player.lang(), "agreement-title", &[]);
            let lasting = |place: Place| player.in_place(&place, &title).iter().filter(|seen| !seen.ephemeral).count();
            let copies: usize = player.directs().map(lasting).sum();
            told.ledger.see(player.platform(), "acknowledged", copies);
        }
        self.tell(catalogue, told, "Mentors and mentees sign the acknowledgement form and get a copy.".to_owned());
        Ok(())
    }
}
