//! Looks at the database, by which people's script knows whether something has worked.

use plsep_domain::{ApplicationState, PairState, SeasonId};

use super::{Applicant, Person, Season};
use crate::store::{Season as Kept, StoreError, Tx};

impl<'a> Season<'a> {
    /// The season that is played, on this platform.
    pub(in super::super) async fn season(&self, tx: &mut Tx, platform: &str) -> Result<SeasonId, StoreError> {
        let all = self.seasons(tx, platform).await?.into_iter();
        let played = all.map(|season| (season.id, season.program)).find(|(_, program)| program.key == self.program.key);
        played.map(|(id, _)| id).ok_or(StoreError::Missing { what: "season" })
    }

    /// The season after it, once there is one.
    pub(in super::super) async fn next_season(&self, tx: &mut Tx, platform: &str) -> Result<Kept, StoreError> {
        let mut all = self.seasons(tx, platform).await?.into_iter();
        all.find(|season| season.program.key != self.program.key).ok_or(StoreError::Missing { what: "season" })
    }

    /// All seasons of a platform's community.
    pub(in super::super) async fn seasons(&self, tx: &mut Tx, platform: &str) -> Result<Vec<Kept>, StoreError> {
        let all = tx.communities().await?;
        let community =
            all.into_iter().find(|it| it.at.chat == platform).ok_or(StoreError::Missing { what: "community" })?;
        tx.seasons_of(community.id).await
    }

    pub(super) async fn applications(&self, platform: &str) -> Result<Vec<(String, ApplicationState)>, StoreError> {
        let mut tx = self.theatre.store.read().await?;
        let season = self.season(&mut tx, platform).await?;
        let all = tx.applications(season).await?;
        Ok(all.into_iter().map(|(application, person)| (person.user.0, application.state)).collect())
    }

    pub(super) async fn waiting(&self, platform: &str, state: ApplicationState) -> usize {
        let all = self.applications(platform).await.unwrap_or_default();
        if all.is_empty() { usize::MAX } else { all.iter().filter(|(_, is)| *is == state).count() }
    }

    pub(super) async fn is_in(&self, platform: &str, person: &Applicant, state: ApplicationState) -> bool {
        let id = self.id_of(platform, &person.handle);
        self.applications(platform).await.is_ok_and(|all| all.iter().any(|(user, is)| *user == id && *is == state))
    }

    pub(super) async fn is_accepted(&self, player: &Person<'a>) -> bool {
        self.state_of(player).await == Some(ApplicationState::Accepted)
    }

    pub(super) async fn state_of(&self, player: &Person<'a>) -> Option<ApplicationState> {
        let id = self.id_of(player.platform(), &player.person.handle);
        let all = self.applications(player.platform()).await.ok()?;
        all.into_iter().find(|(user, _)| *user == id).map(|(_, state)| state)
    }

    pub(super) async fn published(&self, platform: &str) -> bool {
        let look = async {
            let mut tx = self.theatre.store.read().await?;
            let season = self.season(&mut tx, platform).await?;
            Ok::<_, StoreError>(
                tx.pairs(season).await?.iter().any(|pair| !matches!(pair.state, PairState::Archived { .. })),
            )
        };
        look.await.unwrap_or(false)
    }

    pub(super) async fn has_signed(&self, player: &Person<'a>) -> bool {
        let look = async {
            let mut tx = self.theatre.store.read().await?;
            let season = self.season(&mut tx, player.platform()).await?;
            let id = self.id_of(player.platform(), &player.person.handle);
            let people: Vec<_> = tx.applications(season).await?.into_iter().map(|(_, person)| person).collect();
            let Some(person) = people.into_iter().find(|person| person.user.0 == id) else { return Ok(false) };
            Ok::<_, StoreError>(tx.signature(season, person.id).await?.is_some())
        };
        look.await.unwrap_or(false)
    }

    pub(super) async fn audited(&self, platform: &str, action: &str) -> bool {
        self.audits(platform, action).await > 0
    }

    /// How often the log has this.
    pub(super) async fn audits(&self, platform: &str, action: &str) -> usize {
        let look = async {
            let community = self.theatre.community(platform).await?;
            let log = self.theatre.store.read().await?.audit(community, 10_000).await?;
            Ok::<_, StoreError>(log.iter().filter(|entry| entry.action == action).count())
        };
        look.await.unwrap_or(0)
    }

    /// Whether the log has this about somebody or something.
    pub(super) async fn audited_about(&self, platform: &str, action: &str, subject: &str) -> Result<bool, StoreError> {
        let community = self.theatre.community(platform).await?;
        let log = self.theatre.store.read().await?.audit(community, 10_000).await?;
        Ok(log.iter().any(|entry| entry.action == action && entry.subject == subject))
    }

    pub(in super::super) fn id_of(&self, platform: &str, handle: &str) -> String {
        let platforms = self.theatre.platforms();
        let residents = platforms.iter().find(|it| it.key() == platform).map(|it| it.residents()).unwrap_or_default();
        residents.into_iter().find(|who| who.handle == handle).map(|who| who.id).unwrap_or_default()
    }
}
