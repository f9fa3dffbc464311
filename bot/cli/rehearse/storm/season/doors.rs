//! Some people let nobody write to them for a while; what is meant for them waits until they come by.

use chrono::TimeDelta;
use plsep_sandbox::person::PlaceKind;

use super::{Person, Season, Stuck, Troupe};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::store::StoreError;

/// Within so long whatever is to reach somebody has been tried: the next civil hour has come, and outages are over.
const TRIED_WITHIN: TimeDelta = TimeDelta::days(5);

/// Two of each platform.
const DOORS: usize = 2;

/// Somebody who lets nobody write to them.
pub(super) struct Door {
    platform: &'static str,
    handle: String,
}

impl<'a> Season<'a> {
    /// On each platform two people who have heard from the bot before let nobody write to them any more.
    pub(super) async fn shut_doors(&self, troupes: &[Troupe<'a>]) -> Vec<Door> {
        let mut doors = Vec::new();
        for troupe in troupes {
            let place = |player: &Person<'a>| {
                let direct = player.actor.places().into_iter().find(|place| place.kind == PlaceKind::Direct)?;
                player.person.role().is_some().then_some(direct.id)
            };
            let mut open: Vec<(String, &Person<'a>)> =
                troupe.iter().filter_map(|player| Some((place(player)?, player))).collect();
            let mut concerned = Vec::new();
            for (place, player) in open.drain(..) {
                if self.is_accepted(player).await {
                    concerned.push((place, player));
                }
            }
            for _ in 0..DOORS {
                if concerned.is_empty() {
                    break;
                }
                let at = self.weather.roll("door", concerned.len() as u64);
                let (place, player) = concerned.swap_remove(usize::try_from(at).unwrap_or(0));
                let (platform, handle) = (player.platform(), player.actor.handle());
                self.weather.tell(format!("{handle} lets nobody write to them on {platform}"));
                self.weather.shut_door(place);
                doors.push(Door { platform, handle: handle.to_owned() });
            }
        }
        doors
    }

    /// What could not be said to them waits until they come by, and read it.
    pub(super) async fn come_by(&self, troupes: &[Troupe<'a>], doors: &[Door]) -> Result<(), Stuck> {
        let all = async || {
            let mut all = true;
            for player in troupes.iter().flatten().filter(|player| is_behind(player, doors)) {
                all &= self.unread(player).await.unwrap_or(0) > 0;
            }
            all
        };
        self.travel_until(self.theatre.now() + TRIED_WITHIN, all).await?;
        self.weather.open_doors();
        for player in troupes.iter().flatten().filter(|player| is_behind(player, doors)) {
            let read = async || self.unread(player).await.is_ok_and(|waiting| waiting == 0);
            self.persists(player, "read what waits", read, async || player.says(&typed(CommandId::Status)).await)
                .await?;
        }
        Ok(())
    }

    /// How many messages wait for somebody.
    async fn unread(&self, player: &Person<'_>) -> Result<usize, StoreError> {
        let Some(me) = self.me(player).await else { return Ok(0) };
        Ok(self.theatre.store.read().await?.unread(me.id).await?.len())
    }
}

fn is_behind(player: &Person<'_>, doors: &[Door]) -> bool {
    doors.iter().any(|door| door.platform == player.platform() && door.handle == player.person.handle)
}
