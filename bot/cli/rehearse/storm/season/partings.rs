//! How long a pair goes on, as coordinators decide it: one ends in the middle of the season, one goes on after its end.

use chrono::{DateTime, Days, NaiveDate, Utc};
use plsep_domain::{EndCause, LocalTime, PairId};

use super::{Done, Season, Stuck, Troupe, coordinators};
use crate::chat::CommandId;
use crate::cli::rehearse::room::{Room, rooms};
use crate::cli::rehearse::storm::theatre::Theatre;
use crate::words::{Deed, OfficeDeed};

/// The last day of the pair that goes on, as it is typed: after the day to which the end of the season is moved.
const LAST_DAY: &str = "2025-07-08";

/// A pair that coordinators let go on after the end of the season.
pub(in super::super) struct Extended {
    pub platform: &'static str,
    pub pair: PairId,
    /// When it is over.
    pub until: DateTime<Utc>,
}

impl<'a> Season<'a> {
    /// A coordinator ends a pair of each platform, and gives a reason.
    pub(super) async fn end_a_pair(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for (troupe, coordinator) in troupes.iter().zip(coordinators(troupes)) {
            let all = rooms(self.catalogue, troupe, &mut Vec::new());
            let Some((pair, room)) = self.last_live(&all).await else { continue };
            let ended = async || self.pair_in(room).await.is_ok_and(|pair| !pair.state.is_live());
            self.persists(coordinator, "end a pair", ended, async || {
                coordinator.names(CommandId::PairsEnd, &room.mentee.person.handle, None).await?;
                let why = Deed::Office(OfficeDeed::PickEndCause(pair));
                coordinator.chooses(&why, EndCause::Moved.key()).await?;
                coordinator.presses_any("pair-end-yes").await
            })
            .await?;
            done.parted.push(pair);
            done.office.push((coordinator.platform().to_owned(), coordinator.person.handle.clone(), "pair.end"));
        }
        Ok(())
    }

    /// A coordinator lets a pair of each platform go on after the end of the season.
    pub(super) async fn let_go_on(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        let Ok(last_day) = LAST_DAY.parse::<NaiveDate>() else { return Ok(()) };
        for (troupe, coordinator) in troupes.iter().zip(coordinators(troupes)) {
            let all = rooms(self.catalogue, troupe, &mut Vec::new());
            let Some((pair, room)) = self.last_live(&all).await else { continue };
            let agreed = async || self.pair_in(room).await.is_ok_and(|pair| pair.agreed_until.is_some());
            self.persists(coordinator, "let a pair go on", agreed, async || {
                let until = Some(("until", LAST_DAY));
                coordinator.names(CommandId::PairsExtend, &room.mentee.person.handle, until).await?;
                coordinator.presses_any("extend-yes").await
            })
            .await?;
            let (platform, by) = (coordinator.platform(), coordinator.person.handle.clone());
            let until = LocalTime::from(last_day + Days::new(1)).first_instant(self.program.calendar.zone());
            done.extended.push(Extended { platform, pair, until });
            done.office.push((platform.to_owned(), by, "pair.extend"));
        }
        Ok(())
    }

    /// The last of these whose pair still meets, so that it is not the one that others in a storm are about.
    async fn last_live<'r, 't>(&self, all: &'r [Room<'t, Theatre>]) -> Option<(PairId, &'r Room<'t, Theatre>)> {
        for room in all.iter().rev() {
            match self.pair_in(room).await {
                Ok(pair) if pair.state.is_live() => return Some((pair.id, room)),
                _ => {}
            }
        }
        None
    }
}
