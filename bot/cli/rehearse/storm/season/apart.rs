//! A coordinator keeps two people apart whom the first proposal has put together.

use plsep_domain::matching::Matching;

use super::{Person, Season, Stuck};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::cli::people::naming_all;
use crate::store::StoreError;

impl<'a> Season<'a> {
    /// Asks for a proposal, and keeps the first pair of it apart.
    pub(super) async fn keep_apart(&self, coordinator: &Person<'a>) -> Result<(), Stuck> {
        let platform = coordinator.platform();
        let proposed = async || self.first_pair(platform).await.is_some();
        self.persists(coordinator, "propose", proposed, async || {
            coordinator.says(&typed(CommandId::MatchPropose)).await
        })
        .await?;
        let Some((mentee, mentor)) = self.first_pair(platform).await else { return Ok(()) };
        let kept_apart = async || self.audited(platform, "match.forbid").await;
        self.persists(coordinator, "keep two apart", kept_apart, async || {
            let people = [("mentee", mentee.as_str()), ("mentor", mentor.as_str())];
            coordinator.says(&naming_all(platform, &typed(CommandId::MatchForbid), &people)).await?;
            coordinator.presses_any("forbid").await
        })
        .await
    }

    /// The handles of the first pair of the latest proposal.
    async fn first_pair(&self, platform: &str) -> Option<(String, String)> {
        let look = async {
            let mut tx = self.theatre.store.read().await?;
            let season = self.season(&mut tx, platform).await?;
            let Some(proposal) = tx.latest_proposal(season).await? else { return Ok(None) };
            let proposed =
                serde_json::from_value::<Matching>(proposal.body).ok().and_then(|it| it.pairs.into_iter().next());
            let Some(proposed) = proposed else { return Ok(None) };
            let (mentee, mentor) = (tx.person(proposed.pair.mentee).await?, tx.person(proposed.pair.mentor).await?);
            Ok::<_, StoreError>(Some((mentee.user.0, mentor.user.0)))
        };
        let (mentee, mentor) = look.await.ok().flatten()?;
        let platforms = self.theatre.platforms();
        let residents = platforms.iter().find(|it| it.key() == platform)?.residents();
        let handle = |id: &str| residents.iter().find(|who| who.id == id).map(|who| who.handle.clone());
        Some((handle(&mentee)?, handle(&mentor)?))
    }
}
