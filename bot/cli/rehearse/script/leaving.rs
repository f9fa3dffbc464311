//! Some leave: before there are pairs, in the midst of the run, or when all is over; some ask to be forgotten.

use chrono::TimeDelta;

use super::super::plan::Leaving;
use super::super::player::{Player, Stuck};
use super::super::room::rooms;
use super::{A_WHILE, Script, Told, Troupe, first_sentence};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::words::{Arg, Catalogue, Deed};

impl Leaving {
    /// In which month of the run, counted from 0, a pair of theirs is over.
    const fn ends_in(self) -> Option<usize> {
        match self {
            Self::MidRun => Some(1),
            Self::Forgotten => Some(2),
            Self::BeforePairs | Self::AtTheEnd => None,
        }
    }
}

impl Script<'_> {
    /// Those leave whose turn it is.
    pub(super) async fn leave(
        &self,
        catalogue: &Catalogue,
        troupes: &[Troupe<'_>],
        how: Leaving,
        told: &mut Told,
    ) -> Result<(), Stuck> {
        self.travel(catalogue, self.stage.now() + TimeDelta::hours(1)).await?;
        let leavers = self.leaving(how);
        for troupe in troupes {
            for player in troupe.iter().filter(|player| leavers.iter().any(|it| it.handle == player.person.handle)) {
                if let Some(nth) = how.ends_in() {
                    let all = rooms(catalogue, troupe, &mut told.broken);
                    for room in all.iter().filter(|room| room.has(player.person)) {
                        told.course(room).over.get_or_insert(nth);
                    }
                }
                match how {
                    Leaving::BeforePairs | Leaving::MidRun => self.withdraws(catalogue, player, told).await?,
                    Leaving::Forgotten | Leaving::AtTheEnd => self.is_forgotten(catalogue, player, told).await?,
                }
            }
        }
        self.stage.drain(A_WHILE).await?;
        if leavers.is_empty() {
            return Ok(());
        }
        let what = match how {
            Leaving::BeforePairs => "before the pairs are made, by withdrawing",
            Leaving::MidRun => "in the midst of the run, by withdrawing; partners are told kindly",
            Leaving::Forgotten => "in the midst of the run and forgotten; partners are told kindly",
            Leaving::AtTheEnd => "when all is over, and forgotten",
        };
        self.tell(catalogue, told, format!("Gone from each community: {}, {what}.", leavers.len()));
        Ok(())
    }

    async fn withdraws(&self, catalogue: &Catalogue, player: &Player<'_>, told: &mut Told) -> Result<(), Stuck> {
        told.ledger.expect(player.platform(), "withdrawn", 1);
        told.audited(player.platform(), 1);
        player.says(&typed(CommandId::Withdraw)).await?;
        player.presses(&Deed::Withdraw).await?;
        let close = [("close", Arg::Words(String::new()))];
        let words = catalogue.text(player.lang(), "withdrawn", &close);
        told.ledger.see(player.platform(), "withdrawn", player.sees(first_sentence(&words)));
        Ok(())
    }

    async fn is_forgotten(&self, catalogue: &Catalogue, player: &Player<'_>, told: &mut Told) -> Result<(), Stuck> {
        told.ledger.expect(player.platform(), "deletions", 1);
        told.audited(player.platform(), 1);
        player.says(&typed(CommandId::MyDataDelete)).await?;
        player.presses(&Deed::Erase).await?;
        let heading = catalogue.line(player.lang(), "deleted-heading", &[]);
        told.ledger.see(player.platform(), "deletions", player.sees(&heading));
        Ok(())
    }
}
