//! Who waits, and who makes room: mentors are asked for one more place, somebody is put on the waiting list and taken in
//! later, and whoever has no partner after somebody has left is matched with whom there is.

use chrono::TimeDelta;
use plsep_domain::matching::Candidate;
use plsep_domain::{ApplicationState, Meaning, PersonId, ProposalId, Role, parse_answer};

use super::{Done, Person, Season, Stuck, Troupe, coordinators};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::cli::people::{Temperament, naming_all};
use crate::store::StoreError;
use crate::words::Deed;

/// What asked mentors of a platform say, one after the other.
const SAID: [bool; 2] = [true, false];

/// How many mentees a mentor has said they take.
pub(in super::super) struct Places {
    pub platform: &'static str,
    pub handle: String,
    pub count: u32,
}

impl<'a> Season<'a> {
    /// A coordinator asks mentors whether they take one more; on the next day the first says yes, the second no.
    pub(super) async fn make_room(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        let mut asked = Vec::new();
        for (troupe, coordinator) in troupes.iter().zip(coordinators(troupes)) {
            let mut said = SAID.into_iter();
            for mentor in troupe.iter().filter(|player| player.person.role() == Some(Role::Mentor)) {
                let Some(places) = self.could_take_more(mentor).await else { continue };
                let Some(yes) = said.next() else { break };
                self.asks_for_place(coordinator, mentor).await?;
                asked.push((mentor, places, yes));
            }
            if said.len() < SAID.len() {
                let by = coordinator.person.handle.clone();
                done.office.push((coordinator.platform().to_owned(), by, "match.ask-one-more"));
            }
        }
        self.travel(self.theatre.now() + TimeDelta::days(1)).await?;
        for (mentor, places, yes) in asked {
            let told = async || self.office_was_told(mentor, places).await.unwrap_or(false);
            self.persists(mentor, "say whether they take one more", told, async || {
                mentor.presses(&Deed::OneMore { capacity: places, yes }).await
            })
            .await?;
            let (platform, handle) = (mentor.platform(), mentor.person.handle.clone());
            done.places.push(Places { platform, handle, count: places + u32::from(yes) });
        }
        Ok(())
    }

    /// Whoever waits is taken in and signs, and all who have no partner are matched as far as there is somebody.
    pub(super) async fn fill_up(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        self.travel(self.theatre.now() + TimeDelta::hours(10)).await?;
        for (troupe, coordinator) in troupes.iter().zip(coordinators(troupes)) {
            let platform = coordinator.platform();
            for player in troupe {
                if self.state_of(player).await == Some(ApplicationState::WaitListed) {
                    let taken_in = async || self.is_accepted(player).await;
                    self.persists(coordinator, "take in who waits", taken_in, async || {
                        coordinator.names(CommandId::ApplicationsAccept, &player.person.handle, None).await
                    })
                    .await?;
                    if !player.person.is(Temperament::Silent) {
                        self.signs(player).await?;
                    }
                }
            }
            let before = self.latest_proposal(platform).await;
            let published = async || self.published_since(platform, before).await.unwrap_or(false);
            self.persists(coordinator, "match who has no partner", published, async || {
                coordinator.says(&typed(CommandId::MatchPropose)).await?;
                coordinator.says(&typed(CommandId::MatchPublish)).await?;
                coordinator.presses_any("publish").await
            })
            .await?;
            let pairs = self.pairs_published_since(platform, before).await.unwrap_or_default();
            self.weather.tell(format!("{pairs} pairs more on {platform}"));
        }
        for coordinator in coordinators(troupes) {
            done.office.push((coordinator.platform().to_owned(), coordinator.person.handle.clone(), "match.propose"));
        }
        self.travel(self.theatre.now() + TimeDelta::days(1)).await
    }

    async fn asks_for_place(&self, coordinator: &Person<'a>, mentor: &Person<'_>) -> Result<(), Stuck> {
        let Some(me) = self.me(mentor).await else { return Ok(()) };
        let platform = coordinator.platform();
        let subject = format!("person:{}", me.id);
        let asked = async || self.audited_about(platform, "match.ask-one-more", &subject).await.unwrap_or(false);
        self.persists(coordinator, "ask for one more place", asked, async || {
            let named = [("mentor", mentor.person.handle.as_str())];
            coordinator.says(&naming_all(platform, &typed(CommandId::MatchOneMore), &named)).await?;
            coordinator.presses(&Deed::AskOneMore(me.id)).await
        })
        .await
    }

    /// How many mentees a mentor offers to take, where the form knows a greater number.
    async fn could_take_more(&self, mentor: &Person<'_>) -> Option<u32> {
        let places = self.places_of(mentor).await.ok()??;
        let question = self.program.meaning(Meaning::Capacity, Role::Mentor)?;
        parse_answer(question, &[(places + 1).to_string()]).ok().flatten().map(|_| places)
    }

    /// How many mentees a mentor offers to take; nothing of whoever is not accepted.
    pub(in super::super) async fn places_of(&self, mentor: &Person<'_>) -> Result<Option<u32>, StoreError> {
        let user = self.id_of(mentor.platform(), &mentor.person.handle);
        let mut tx = self.theatre.store.read().await?;
        let season = self.season(&mut tx, mentor.platform()).await?;
        let all = tx.applications(season).await?;
        let mine = all.into_iter().find(|(application, person)| {
            person.user.0 == user && application.state == ApplicationState::Accepted && application.role == Role::Mentor
        });
        let places =
            |answers| Candidate::from_answers(PersonId::from(0), "", Role::Mentor, self.program, &answers).capacity;
        Ok(mine.and_then(|(application, _)| application.answers).map(places))
    }

    async fn office_was_told(&self, mentor: &Person<'_>, places: u32) -> Result<bool, StoreError> {
        let Some(me) = self.me(mentor).await else { return Ok(false) };
        let mut tx = self.theatre.store.read().await?;
        let season = self.season(&mut tx, mentor.platform()).await?;
        let key = format!("one-more-said:{season}:{}:{places}", me.id);
        Ok(tx.effect_keys(me.community, &key).await?.contains(&key))
    }

    async fn latest_proposal(&self, platform: &str) -> Option<ProposalId> {
        let mut tx = self.theatre.store.read().await.ok()?;
        let season = self.season(&mut tx, platform).await.ok()?;
        tx.latest_proposal(season).await.ok()?.map(|proposal| proposal.id)
    }

    async fn pairs_published_since(&self, platform: &str, before: Option<ProposalId>) -> Result<usize, StoreError> {
        let mut tx = self.theatre.store.read().await?;
        let season = self.season(&mut tx, platform).await?;
        Ok(tx.pairs(season).await?.iter().filter(|pair| Some(pair.proposal) > before).count())
    }

    /// Whether a proposal later than this one is published, or proposes nobody.
    async fn published_since(&self, platform: &str, before: Option<ProposalId>) -> Result<bool, StoreError> {
        let mut tx = self.theatre.store.read().await?;
        let season = self.season(&mut tx, platform).await?;
        let latest = tx.latest_proposal(season).await?.filter(|proposal| Some(proposal.id) > before);
        let empty =
            |proposal: &crate::store::Proposal, what: &str| proposal.body[what].as_array().is_none_or(Vec::is_empty);
        Ok(latest.is_some_and(|it| it.published_at.is_some() || (empty(&it, "pairs") && empty(&it, "parted"))))
    }
}
