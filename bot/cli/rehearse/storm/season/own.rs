//! What people do for themselves: settings, pauses, private answers, questions to the coordinators, the closing survey,
//! a copy of what is held about them, and being forgotten.

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::pulse::Fit;
use plsep_domain::{Period, PersonId, Reach, Role, Setting};

use super::meet::lacks;
use super::{Done, Person, Season, Stuck, Troupe};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::cli::people::Temperament;
use crate::cli::rehearse::plan::fit;
use crate::cli::rehearse::room::rooms;
use crate::cli::rehearse::storm::cast::SECRET;
use crate::store;
use crate::store::StoreError;
use crate::words::Deed;

/// So many of each platform want a copy of what is held about them.
const CURIOUS: usize = 2;
/// So many of each platform give the closing survey.
const SURVEYED: usize = 8;

/// Somebody who is only to be written to otherwise from now on.
pub(in super::super) struct Settled {
    pub platform: &'static str,
    pub person: PersonId,
    /// When they began to say so.
    pub from: DateTime<Utc>,
    /// When they had.
    pub until: DateTime<Utc>,
}

/// Somebody who pauses.
pub(in super::super) struct Paused {
    pub platform: &'static str,
    pub person: PersonId,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// Somebody who is forgotten.
pub(in super::super) struct Forgotten {
    pub platform: &'static str,
    pub handle: String,
    pub at: DateTime<Utc>,
}

impl<'a> Season<'a> {
    /// Of each platform some mentors are asked directly from now on, and a mentee lives elsewhere, with other hours.
    pub(super) async fn set_themselves(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for troupe in troupes {
            let all = rooms(self.catalogue, troupe, &mut Vec::new());
            for room in all.iter().skip(2).step_by(4) {
                let directly =
                    async || self.me(room.mentor).await.is_some_and(|me| me.preferences.reach == Reach::Direct);
                self.prefers(room.mentor, Setting::Reach, "direct", directly).await?;
            }
            let Some(room) = all.get(3) else { continue };
            let from = self.theatre.now();
            let zone = chrono_tz::America::New_York;
            let moved = async || self.me(room.mentee).await.is_some_and(|me| me.preferences.zone == Some(zone));
            self.prefers(room.mentee, Setting::Zone, zone.name(), moved).await?;
            let rests = async || self.me(room.mentee).await.is_some_and(|me| me.preferences.hours.is_some());
            self.prefers(room.mentee, Setting::Hours, "720-1200", rests).await?;
            if let Some(me) = self.me(room.mentee).await {
                let until = self.theatre.now();
                done.settled.push(Settled { platform: room.platform(), person: me.id, from, until });
            }
        }
        Ok(())
    }

    async fn prefers(
        &self,
        player: &Person<'_>,
        setting: Setting,
        value: &str,
        so: impl AsyncFn() -> bool,
    ) -> Result<(), Stuck> {
        self.persists(player, "set something for themselves", so, async || {
            player.says(&typed(CommandId::Settings)).await?;
            player.chooses(&Deed::Prefer(setting), value).await
        })
        .await
    }

    /// A mentee of each platform pauses over the month that is to come.
    pub(super) async fn pause(&self, troupes: &[Troupe<'a>], month: Period, done: &mut Done) -> Result<(), Stuck> {
        let zone = self.program.calendar.zone();
        let back = (month.range(zone).1 + TimeDelta::days(4)).with_timezone(&zone).format("%Y-%m-%d").to_string();
        for troupe in troupes {
            let all = rooms(self.catalogue, troupe, &mut Vec::new());
            let Some(room) = all.iter().rev().find(|room| !room.place.archived) else { continue };
            let player = room.mentee;
            let paused = async || self.me(player).await.is_some_and(|me| me.preferences.snoozed_until.is_some());
            let option = if player.platform() == "discord" { "until:" } else { "" };
            self.persists(player, "pause", paused, async || {
                player.says(&format!("{} {option}{back}", typed(CommandId::Snooze))).await
            })
            .await?;
            let Some(me) = self.me(player).await else { continue };
            if let Some(until) = me.preferences.snoozed_until {
                done.paused.push(Paused {
                    platform: player.platform(),
                    person: me.id,
                    from: self.theatre.now(),
                    until,
                });
            }
        }
        Ok(())
    }

    /// Whoever was asked in private about the fit says something, but for the silent.
    pub(super) async fn say_how_it_fits(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for player in troupes.iter().flatten() {
            let Some(fit) = fit(player.person) else { continue };
            for pulse in self.pulses_of(player).await.unwrap_or_default() {
                let about = format!("{}:{}", pulse.pair, pulse.occasion.key());
                let begins = format!("fit:{about}:{}", fit.key());
                let asked = |key: &str| key.starts_with(&begins);
                if !offers(player, asked) {
                    continue;
                }
                let said = async || {
                    let open = self.pulses_of(player).await.unwrap_or_default();
                    open.iter().all(|other| (other.pair, other.occasion) != (pulse.pair, pulse.occasion))
                };
                let says = async || {
                    for place in player.directs() {
                        if player.presses_in(&place, asked).await? {
                            return Ok(());
                        }
                    }
                    Err(lacks(player, "to say how it fits"))
                };
                self.persists(player, "say how it fits", said, &says).await?;
                if fit == Fit::NotGood {
                    self.say_what_they_wish(player, (pulse.pair, pulse.occasion), &says, done).await?;
                }
            }
        }
        Ok(())
    }

    /// Somebody of each platform asks the coordinators something that nobody else may read.
    pub(super) async fn ask_the_office(&self, troupes: &[Troupe<'a>]) -> Result<(), Stuck> {
        for troupe in troupes {
            let all = rooms(self.catalogue, troupe, &mut Vec::new());
            let Some(player) = all.iter().find(|room| !room.place.archived).map(|room| room.mentee) else { continue };
            let question = format!("{SECRET} {} asks", player.actor.handle());
            let option = if player.platform() == "discord" { "question:" } else { "" };
            let asked = async || {
                let open = self.open_notes(player.platform()).await.unwrap_or_default();
                open.iter().any(|note| note.contains(&question))
            };
            self.persists(player, "ask the coordinators", asked, async || {
                player.says(&format!("{} {option}{question}", typed(CommandId::Ask))).await
            })
            .await?;
        }
        Ok(())
    }

    /// A mentee of each platform asks to be forgotten.
    pub(super) async fn forget_somebody(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for troupe in troupes {
            let all = rooms(self.catalogue, troupe, &mut Vec::new());
            // Whoever leaves of the first pair does so another time, and the last one pauses.
            let Some(room) = all.iter().rev().skip(1).find(|room| !room.place.archived) else { continue };
            let (player, platform) = (room.mentee, room.platform());
            let forgotten = async || self.forgotten(platform).await.is_ok_and(|some| some);
            self.persists(player, "be forgotten", forgotten, async || {
                player.says(&typed(CommandId::MyDataDelete)).await?;
                player.presses(&Deed::Erase).await
            })
            .await?;
            let (handle, at) = (player.person.handle.clone(), self.theatre.now());
            self.weather.tell(format!("{handle} is forgotten on {platform}"));
            done.forgotten.push(Forgotten { platform, handle, at });
        }
        Ok(())
    }

    /// When the run is over some say how it was, and some want a copy of what is held about them.
    pub(super) async fn look_back(&self, troupes: &[Troupe<'a>]) -> Result<(), Stuck> {
        for troupe in troupes {
            let all = rooms(self.catalogue, troupe, &mut Vec::new());
            let stayed =
                all.iter().flat_map(|room| [room.mentor, room.mentee]).filter(|it| it.person.is(Temperament::Prompt));
            let stayed: Vec<&Person<'_>> = stayed.collect();
            let mut given = 0;
            for player in &stayed {
                let Some(role) = player.person.role() else { continue };
                let closing = self.was_told_the_end(player).await.unwrap_or(false);
                if closing && given < SURVEYED {
                    self.gives(player, role).await?;
                    given += 1;
                }
            }
            for player in stayed.iter().take(CURIOUS) {
                let copied = async || self.has_copy(player).await.unwrap_or(false);
                self.persists(player, "ask for a copy of their data", copied, async || {
                    player.says(&typed(CommandId::MyDataExport)).await?;
                    player.presses(&Deed::Export).await
                })
                .await?;
            }
        }
        Ok(())
    }

    async fn gives(&self, player: &Person<'_>, role: Role) -> Result<(), Stuck> {
        let given = async || self.has_given(player).await.unwrap_or(false);
        self.persists(player, "give the closing survey", given, async || player.gives_survey(role).await).await
    }

    /// The person as they are known.
    pub(super) async fn me(&self, player: &Person<'_>) -> Option<store::Person> {
        let user = self.id_of(player.platform(), &player.person.handle);
        let community = self.theatre.community(player.platform()).await.ok()?;
        let people = self.theatre.store.read().await.ok()?.people(community).await.ok()?;
        people.into_iter().find(|person| person.user.0 == user)
    }

    /// What somebody was asked in private, and has not answered.
    async fn pulses_of(&self, player: &Person<'_>) -> Result<Vec<store::Pulse>, StoreError> {
        let Some(me) = self.me(player).await else { return Ok(Vec::new()) };
        let mut tx = self.theatre.store.read().await?;
        let season = self.season(&mut tx, player.platform()).await?;
        let mut all = tx.pulses(season).await?;
        all.retain(|pulse| pulse.person == me.id && pulse.answer.is_none());
        let mut open = Vec::new();
        for pulse in all {
            // Nobody is asked any more about a partner whom they have parted from.
            if tx.pair(pulse.pair).await?.state.is_live() {
                open.push(pulse);
            }
        }
        Ok(open)
    }

    async fn open_notes(&self, platform: &str) -> Result<Vec<String>, StoreError> {
        let community = self.theatre.community(platform).await?;
        let open = self.theatre.store.read().await?.open_concerns(community).await?;
        Ok(open.into_iter().filter_map(|concern| concern.note).collect())
    }

    async fn forgotten(&self, platform: &str) -> Result<bool, StoreError> {
        let community = self.theatre.community(platform).await?;
        let people = self.theatre.store.read().await?.people(community).await?;
        Ok(people.iter().any(|person| person.erased_at.is_some()))
    }

    async fn was_told_the_end(&self, player: &Person<'_>) -> Result<bool, StoreError> {
        let Some(me) = self.me(player).await else { return Ok(false) };
        let mut tx = self.theatre.store.read().await?;
        let season = self.season(&mut tx, player.platform()).await?;
        let key = format!("closing:{season}:{}", me.id);
        Ok(tx.effect_keys(me.community, &key).await?.contains(&key))
    }

    async fn has_given(&self, player: &Person<'_>) -> Result<bool, StoreError> {
        let Some(me) = self.me(player).await else { return Ok(false) };
        let mut tx = self.theatre.store.read().await?;
        let season = self.season(&mut tx, player.platform()).await?;
        Ok(tx.survey_of(season, me.id).await?.is_some_and(|survey| survey.given_at.is_some()))
    }

    async fn has_copy(&self, player: &Person<'_>) -> Result<bool, StoreError> {
        let Some(me) = self.me(player).await else { return Ok(false) };
        let log = self.theatre.store.read().await?.audit(me.community, 10_000).await?;
        let by_me = store::AuditWho::Person(me.id);
        Ok(log.iter().any(|entry| entry.action == "my-data.export" && entry.who == by_me))
    }
}

/// Whether a button that fits stands before somebody where only they and the bot are.
fn offers(player: &Person<'_>, fits: impl Fn(&str) -> bool) -> bool {
    let places = player.directs();
    let all = places.flat_map(|place| player.actor.platform().messages(player.actor.handle(), &place.id));
    let mut controls = all.flat_map(|seen| seen.controls);
    controls.any(|control| matches!(control, plsep_sandbox::Control::Button { key, .. } if fits(&key)))
}
