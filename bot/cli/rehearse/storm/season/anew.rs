//! The season after: a coordinator sets it up once the one before is closed, and when its applications open some of the
//! same people apply anew.

use chrono::TimeDelta;
use plsep_domain::{ApplicationState, DateName, Role};

use super::{Done, Person, Season, Stuck, Troupe, coordinators};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::cli::people::Temperament;
use crate::cli::stage::StageError;
use crate::store::{Season as Kept, StoreError};

/// In the months in which nothing is on a process that dies is away for no longer.
const AWAY: TimeDelta = TimeDelta::hours(1);

impl<'a> Season<'a> {
    /// A coordinator of each platform sets up the next season.
    pub(super) async fn set_up_the_next(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        self.travel(self.program.calendar.instant(DateName::WrapUpUntil) + TimeDelta::days(1)).await?;
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            let there = async || self.next(platform).await.is_ok();
            self.persists(coordinator, "set up the next season", there, async || {
                coordinator.says(&typed(CommandId::SeasonCreate)).await?;
                coordinator.presses_any("season-next").await
            })
            .await?;
            done.office.push((platform.to_owned(), coordinator.person.handle.clone(), "season.create"));
        }
        Ok(())
    }

    /// A mentee and a mentor of each platform apply for the next season.
    pub(super) async fn apply_anew(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        self.theatre.allow_absence(AWAY);
        for troupe in troupes {
            let Some(platform) = troupe.first().map(Person::platform) else { continue };
            let next = self.next(platform).await.map_err(StageError::from)?;
            self.travel(next.program.calendar.instant(DateName::ApplicationsOpen) + TimeDelta::hours(1)).await?;
            for role in [Role::Mentee, Role::Mentor] {
                let Some(player) = troupe.iter().find(|player| {
                    player.person.role() == Some(role)
                        && player.person.is(Temperament::Prompt)
                        && done.forgotten_at(platform, &player.person.handle).is_none()
                }) else {
                    continue;
                };
                let sent = async || self.has_sent(player, &next).await.unwrap_or(false);
                self.persists(player, "apply anew", sent, async || player.applies(role).await).await?;
                done.anew.push((platform, player.person.handle.clone()));
            }
        }
        Ok(())
    }

    async fn next(&self, platform: &str) -> Result<Kept, StoreError> {
        self.next_season(&mut self.theatre.store.read().await?, platform).await
    }

    /// Whether somebody has sent an application for this season.
    async fn has_sent(&self, player: &Person<'_>, season: &Kept) -> Result<bool, StoreError> {
        let Some(me) = self.me(player).await else { return Ok(false) };
        let mine = self.theatre.store.read().await?.application_of(season.id, me.id).await?;
        Ok(mine.is_some_and(|application| application.state != ApplicationState::Draft))
    }
}
