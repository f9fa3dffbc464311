//! Some people let nobody write to them for a while, and the coordinators, who are told, decide what becomes of it.

use chrono::TimeDelta;
use plsep_domain::PersonId;
use plsep_sandbox::person::PlaceKind;

use super::{Done, Left, Person, Season, Stuck, Troupe, coordinators};
use crate::cli::stage::StageError;
use crate::store::{DeadLetter, Effect, StoreError, To};
use crate::words::Deed;

/// Within so long whatever is to reach somebody has been tried: the next civil hour has come, and outages are over.
const TRIED_WITHIN: TimeDelta = TimeDelta::days(5);

/// Somebody who lets nobody write to them, and what the coordinators do about it.
pub(super) struct Door {
    platform: &'static str,
    user: String,
    /// It is left; otherwise it is tried again.
    leave: bool,
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
            for leave in [false, true] {
                if concerned.is_empty() {
                    break;
                }
                let at = self.weather.roll("door", concerned.len() as u64);
                let (place, player) = concerned.swap_remove(usize::try_from(at).unwrap_or(0));
                let (platform, handle) = (player.platform(), player.actor.handle());
                self.weather.tell(format!("{handle} lets nobody write to them on {platform}"));
                self.weather.shut_door(place);
                doors.push(Door { platform, user: self.id_of(platform, handle), leave });
            }
        }
        doors
    }

    /// The coordinators hear of what could not be delivered. Some of it they have tried again, and leave the rest.
    pub(super) async fn office_decides(
        &self,
        troupes: &[Troupe<'a>],
        doors: &[Door],
        done: &mut Done,
    ) -> Result<(), Stuck> {
        let all = async || {
            let mut given_up = 0;
            for coordinator in coordinators(troupes) {
                given_up += self.letters(coordinator.platform()).await.map_or(0, |letters| letters.len());
            }
            given_up >= doors.len()
        };
        self.travel_until(self.theatre.now() + TRIED_WITHIN, all).await?;
        self.weather.open_doors();
        for coordinator in coordinators(troupes) {
            let platform = coordinator.platform();
            for (letter, user) in self.letters(platform).await.map_err(StageError::Store)? {
                let left = doors
                    .iter()
                    .any(|door| door.platform == platform && door.leave && Some(&door.user) == user.as_ref());
                let (deed, action) = match left {
                    true => (Deed::LeaveIt(letter.id), "undelivered.leave-it"),
                    false => (Deed::TryAgain(letter.id), "undelivered.try-again"),
                };
                let decided = async || {
                    let letters = self.letters(platform).await;
                    letters.is_ok_and(|letters| letters.iter().all(|(other, _)| other.id != letter.id))
                };
                self.persists(coordinator, "decide what becomes of a message", decided, async || {
                    coordinator.presses(&deed).await
                })
                .await?;
                done.office.push((platform.to_owned(), coordinator.person.handle.clone(), action));
                if left {
                    done.left.push(Left { platform, key: letter.key, notice: format!("undelivered:{}:", letter.id) });
                }
            }
        }
        Ok(())
    }

    /// What was given up on a platform, with whom it was to reach.
    async fn letters(&self, platform: &str) -> Result<Vec<(DeadLetter, Option<String>)>, StoreError> {
        let community = self.theatre.community(platform).await?;
        let mut tx = self.theatre.store.read().await?;
        let mut letters = Vec::new();
        for letter in tx.dead_letters(community).await? {
            let user = match reader(&letter.effect) {
                Some(person) => Some(tx.person(person).await?.user.0),
                None => None,
            };
            letters.push((letter, user));
        }
        Ok(letters)
    }
}

fn reader(effect: &Effect) -> Option<PersonId> {
    match effect {
        Effect::Post { to: To::Person(person), .. } => Some(*person),
        _ => None,
    }
}
