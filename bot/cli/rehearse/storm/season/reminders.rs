//! Some leave their application half done, some do not sign; a coordinator reminds them by hand.

use plsep_domain::ApplicationState;

use super::{Done, Season, Stuck, Temperament, Troupe, coordinators};
use crate::chat::CommandId;
use crate::chat::command::typed;

/// What the log calls it.
const REMINDED: &str = "application.remind";

impl<'a> Season<'a> {
    /// The forgetful begin early and leave it half done.
    pub(super) async fn begin_early(&self, troupes: &[Troupe<'a>]) -> Result<(), Stuck> {
        for player in troupes.iter().flatten().filter(|player| player.person.is(Temperament::Forgetful)) {
            let Some(role) = player.person.role() else { continue };
            self.weather.tell(format!("{} begins to apply on {}", player.person.handle, player.platform()));
            self.tries(async || player.begins(role).await).await?;
            self.closes(player).await;
        }
        Ok(())
    }

    /// A coordinator reminds those whose application is half done, if there is one.
    pub(super) async fn remind_of_drafts(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for troupe in troupes {
            let Some(platform) = troupe.first().map(super::Person::platform) else { continue };
            if (1..usize::MAX).contains(&self.waiting(platform, ApplicationState::Draft).await) {
                self.remind(std::slice::from_ref(troupe), done).await?;
            }
        }
        Ok(())
    }

    /// A coordinator reminds those who have not signed, if there is one.
    pub(super) async fn remind_of_forms(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for troupe in troupes {
            for player in troupe {
                if self.is_accepted(player).await && !self.has_signed(player).await {
                    self.remind(std::slice::from_ref(troupe), done).await?;
                    break;
                }
            }
        }
        Ok(())
    }

    async fn remind(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            let before = self.audits(platform, REMINDED).await;
            let reminded = async || self.audits(platform, REMINDED).await > before;
            self.persists(coordinator, "remind people", reminded, async || {
                coordinator.says(&typed(CommandId::ApplicationsRemind)).await?;
                coordinator.presses_any("remind").await
            })
            .await?;
            done.office.push((platform.to_owned(), coordinator.person.handle.clone(), REMINDED));
        }
        Ok(())
    }
}
