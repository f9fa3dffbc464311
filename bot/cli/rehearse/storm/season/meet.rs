//! Some pairs set meetings, think better of them, and say afterwards whether they met.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use plsep_domain::{DateName, LocalTime, MeetingState};
use plsep_sandbox::person::PlaceKind;

use super::{Person, Season, Stuck, Troupe};
use crate::cli::rehearse::room::{Room, rooms};
use crate::cli::rehearse::storm::theatre::Theatre;
use crate::store::{Meeting, Pair, StoreError};

/// So many pairs of a platform set a meeting.
pub(super) const SETTERS: usize = 5;
/// So many days after the run has begun they meet.
const MEETING: Days = Days::new(10);
/// So many days after it those were to meet who think better of it.
const THOUGHT_BETTER_OF: Days = Days::new(12);

impl<'a> Season<'a> {
    /// Some pairs set a meeting; of these the second moves it, and the third calls it off. Afterwards they say whether
    /// they met, and the two of the fourth say different things.
    pub(super) async fn meet(&self, troupes: &[Troupe<'a>]) -> Result<(), Stuck> {
        let from = self.program.calendar.instant(DateName::RunsFrom);
        self.travel(from + TimeDelta::days(1) + TimeDelta::hours(11)).await?;
        for troupe in troupes {
            for (nth, room) in rooms(self.catalogue, troupe, &mut Vec::new()).iter().take(SETTERS).enumerate() {
                match nth {
                    1 => {
                        self.sets(room, self.local(from, THOUGHT_BETTER_OF)).await?;
                        self.moves(room, self.local(from, MEETING)).await?;
                    }
                    2 => {
                        self.sets(room, self.local(from, THOUGHT_BETTER_OF)).await?;
                        self.cancels(room).await?;
                    }
                    _ => self.sets(room, self.local(from, MEETING)).await?,
                }
            }
        }
        self.travel(self.local(from, MEETING) + TimeDelta::hours(26)).await?;
        for troupe in troupes {
            for (nth, room) in rooms(self.catalogue, troupe, &mut Vec::new()).iter().take(SETTERS).enumerate() {
                if nth == 2 || room.place.archived {
                    continue;
                }
                self.tells(room, room.mentor, true).await?;
                self.tells(room, room.mentee, nth != 3).await?;
            }
        }
        Ok(())
    }

    async fn sets(&self, room: &Room<'_, Theatre>, at: DateTime<Utc>) -> Result<(), Stuck> {
        let set = async || self.meeting(room).await.is_some();
        let when = self.typed(room.platform(), at);
        self.persists(room.mentee, "set a meeting", set, async || {
            self.presses_in_room(room, room.mentee, "meeting:set:").await?;
            room.mentee.sends(&[("when", &when)]).await
        })
        .await
    }

    async fn moves(&self, room: &Room<'_, Theatre>, at: DateTime<Utc>) -> Result<(), Stuck> {
        let moved = async || self.meeting(room).await.is_some_and(|meeting| meeting.starts_at == at);
        let when = self.typed(room.platform(), at);
        self.persists(room.mentor, "move a meeting", moved, async || {
            self.presses_in_room(room, room.mentor, "meeting:move:").await?;
            room.mentor.sends(&[("when", &when)]).await
        })
        .await
    }

    async fn cancels(&self, room: &Room<'_, Theatre>) -> Result<(), Stuck> {
        let off = async || self.meeting(room).await.is_some_and(|meeting| meeting.state == MeetingState::Cancelled);
        self.persists(room.mentor, "call a meeting off", off, async || {
            self.presses_in_room(room, room.mentor, "cancel-meeting:").await?;
            room.mentor.presses_any("cancel-meeting-yes").await
        })
        .await
    }

    /// One of the two says whether they met, where they are asked: here, or directly.
    async fn tells(&self, room: &Room<'_, Theatre>, player: &Person<'_>, held: bool) -> Result<(), Stuck> {
        let told = async || self.has_told(room, player).await;
        let end = if held { ":held" } else { ":not-held" };
        self.persists(player, "say whether they met", told, async || {
            let asked = |key: &str| key.starts_with("tell-meeting:") && key.contains(end);
            if player.presses_in(&room.place, asked).await? {
                return Ok(());
            }
            for place in player.actor.places().into_iter().filter(|place| place.kind == PlaceKind::Direct) {
                if player.presses_in(&place, asked).await? {
                    return Ok(());
                }
            }
            Err(lacks(player, "to be asked whether they met"))
        })
        .await
    }

    async fn presses_in_room(&self, room: &Room<'_, Theatre>, player: &Person<'_>, begins: &str) -> Result<(), Stuck> {
        match player.presses_in(&room.place, |key| key.starts_with(begins)).await? {
            true => Ok(()),
            false => Err(lacks(player, begins)),
        }
    }

    /// The pair of a room.
    pub(super) async fn pair_in(&self, room: &Room<'_, Theatre>) -> Result<Pair, StoreError> {
        let mut tx = self.theatre.store.read().await?;
        let season = self.season(&mut tx, room.platform()).await?;
        let pairs = tx.pairs(season).await?;
        let here = |pair: &Pair| pair.channel.as_ref().is_some_and(|channel| channel.0 == room.place.id);
        pairs.into_iter().find(here).ok_or(StoreError::Missing { what: "pair" })
    }

    /// The latest meeting of a room.
    async fn meeting(&self, room: &Room<'_, Theatre>) -> Option<Meeting> {
        let pair = self.pair_in(room).await.ok()?;
        self.theatre.store.read().await.ok()?.meetings_of(pair.id).await.ok()?.into_iter().last()
    }

    async fn has_told(&self, room: &Room<'_, Theatre>, player: &Person<'_>) -> bool {
        let look = async {
            let Some(meeting) = self.meeting(room).await else { return Ok(false) };
            let mut tx = self.theatre.store.read().await?;
            let user = self.id_of(player.platform(), &player.person.handle);
            let mut told = false;
            for report in tx.meeting_reports(meeting.id).await? {
                told |= tx.person(report.person).await?.user.0 == user;
            }
            Ok::<_, StoreError>(told)
        };
        look.await.unwrap_or(false)
    }

    /// So many days after a day, at two in the afternoon of the program's zone.
    pub(super) fn local(&self, from: DateTime<Utc>, days: Days) -> DateTime<Utc> {
        let zone = self.program.calendar.zone();
        let day = from.with_timezone(&zone).date_naive().checked_add_days(days).unwrap_or_default();
        LocalTime::from(day.and_time(NaiveTime::from_hms_opt(14, 0, 0).unwrap_or_default())).first_instant(zone)
    }

    /// A moment as somebody types or picks it on a platform.
    pub(super) fn typed(&self, platform: &str, at: DateTime<Utc>) -> String {
        let written = if platform == "discord" { "%Y-%m-%d %H:%M" } else { "%Y-%m-%dT%H:%M" };
        at.with_timezone(&self.program.calendar.zone()).naive_local().format(written).to_string()
    }
}

/// What somebody does not find.
pub(super) fn lacks(player: &Person<'_>, what: &str) -> Stuck {
    let handle = player.person.handle.clone();
    Stuck::Person { handle, platform: player.platform(), what: format!("there is nothing {what}") }
}
