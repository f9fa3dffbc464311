//! Works through what arrives from the gateway: servers that become reachable are told to the program and
//! get their commands; interactions go to a task each; who leaves and joins is told, and which channels are deleted.
//! Servers are handled in order, so that the program knows a server before anything happens in it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use serenity::http::{LightMethod, Route};
use serenity::model::application::Interaction;
use serenity::model::channel::GuildChannel;
use serenity::model::event::Event as Arrived;
use serenity::model::id::{ApplicationId, ChannelId, GuildId};
use serenity::model::user::User;
use tokio::sync::{mpsc, watch};

use super::answers::Answers;
use super::capacity::Capacities;
use super::error::Failure;
use super::events::{self, Read, community};
use super::gateway::Backoff;
use super::rest::{Call, Rest};
use super::session::Sink;
use crate::chat::answer::AtWork;
use crate::chat::{Actor, ChannelRef, CommandWords, Event, Handler, InFlight, UserRef, What};
use crate::clock::{Clock, pause};

/// Shortest pause between attempts to register commands, where a clock that stands still says none is needed.
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);

/// Puts what arrives into the queue; an interaction counts as at work from here on.
pub(super) struct Arrivals {
    /// The queue.
    pub queue: mpsc::Sender<(Arrived, AtWork)>,
    /// Counts.
    pub in_flight: InFlight,
}

#[async_trait]
impl Sink for Arrivals {
    async fn take(&self, event: Arrived) {
        // A closed queue means that the adapter is gone, and nobody waits for the event.
        let _ = self.queue.send((event, self.in_flight.begin())).await;
    }
}

/// Which servers are ready.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    greeted: bool,
    missing: HashSet<GuildId>,
}

impl Standing {
    /// READY has come, and no server waits for its commands.
    pub fn complete(&self) -> bool {
        self.greeted && self.missing.is_empty()
    }

    /// A new connection begins: READY has yet to come.
    pub fn begin(&mut self) {
        self.greeted = false;
    }
}

/// The worker.
pub(super) struct Guilds {
    /// Requests.
    pub rest: Arc<Rest>,
    /// The program.
    pub handler: Arc<dyn Handler>,
    /// Texts of the commands.
    pub words: Arc<dyn CommandWords>,
    /// The app.
    pub application: ApplicationId,
    /// The bot's own account.
    pub bot: u64,
    /// What servers have room for.
    pub capacities: Capacities,
    /// Answers interactions.
    pub answers: Arc<Answers>,
    /// The time.
    pub clock: Clock,
    /// Which servers are ready.
    pub standing: watch::Sender<Standing>,
    /// Pauses between attempts to register commands.
    pub backoff: Backoff,
    /// Becomes true (or closed) when everything shall end.
    pub stopping: watch::Receiver<bool>,
}

/// Servers told to the program, with their owners.
type Known = Arc<Mutex<HashMap<GuildId, u64>>>;

impl Guilds {
    /// Works until nobody can send any more.
    pub async fn work(self, mut queue: mpsc::Receiver<(Arrived, AtWork)>) {
        let known: Known = Known::default();
        while let Some((event, at_work)) = queue.recv().await {
            self.one(event, at_work, &known).await;
        }
    }

    async fn one(&self, event: Arrived, at_work: AtWork, known: &Known) {
        match event {
            Arrived::Ready(ready) => {
                let known = lock(known);
                self.standing.send_modify(|standing| {
                    standing.greeted = true;
                    let new = ready.ready.guilds.iter().map(|guild| guild.id).filter(|id| !known.contains_key(id));
                    standing.missing.extend(new);
                });
            }
            Arrived::GuildCreate(created) => {
                let guild = created.guild;
                let capacity = self.capacities.announced(&guild, self.bot);
                self.handler.has_room(&community(guild.id.get()), capacity);
                self.reachable(guild.id, guild.name, guild.owner_id.get(), known).await;
            }
            Arrived::ChannelCreate(made) => self.channel(&made.channel, true),
            Arrived::ChannelDelete(gone) => {
                self.channel(&gone.channel, false);
                self.gone(gone.channel.guild_id, gone.channel.id, at_work);
            }
            Arrived::ThreadDelete(gone) => self.gone(gone.thread.guild_id, gone.thread.id, at_work),
            Arrived::GuildUpdate(updated) => {
                if let Some(owner) = lock(known).get_mut(&updated.guild.id) {
                    *owner = updated.guild.owner_id.get();
                }
            }
            Arrived::GuildDelete(gone) if !gone.guild.unavailable => {
                lock(known).remove(&gone.guild.id);
                self.done(gone.guild.id);
            }
            Arrived::InteractionCreate(created) => self.interaction(created.interaction, at_work, known),
            Arrived::GuildMemberRemove(left) => self.moved(left.guild_id, &left.user, What::Left, at_work),
            Arrived::GuildMemberAdd(joined) => {
                self.moved(joined.member.guild_id, &joined.member.user, What::Joined, at_work);
            }
            _ => {}
        }
    }

    fn channel(&self, channel: &GuildChannel, made: bool) {
        if let Some(capacity) = self.capacities.changed(channel, made) {
            self.handler.has_room(&community(channel.guild_id.get()), capacity);
        }
    }

    fn gone(&self, guild: GuildId, channel: ChannelId, at_work: AtWork) {
        let handler = Arc::clone(&self.handler);
        tokio::spawn(async move {
            handler.place_gone(community(guild.get()), ChannelRef(channel.get().to_string())).await;
            drop(at_work);
        });
    }

    /// Tells the program of a server, once, and then registers the commands there. The same server comes
    /// again with every new session.
    async fn reachable(&self, guild: GuildId, name: String, owner: u64, known: &Known) {
        if lock(known).insert(guild, owner).is_some() {
            return;
        }
        let handler = Arc::clone(&self.handler);
        let told = tokio::spawn(async move { handler.reachable(community(guild.get()), name).await });
        if told.await.is_err() {
            tracing::error!(guild = guild.get(), "the program did not take the server in");
        }
        let body = super::commands::registration(&*self.words);
        let (rest, standing, mut stopping) = (Arc::clone(&self.rest), self.standing.clone(), self.stopping.clone());
        let (application_id, backoff) = (self.application, self.backoff);
        tokio::spawn(async move {
            for failures in 1_u32.. {
                let route = Route::GuildCommands { application_id, guild_id: guild };
                let call = Call::write("register the commands", LightMethod::Put, route, body.clone());
                let Err(failure) = rest.send(call).await else { break };
                tracing::warn!(guild = guild.get(), failures, ?failure, "the commands are not registered");
                let wait = match failure {
                    Failure::Busy { wait: Some(wait), .. } | Failure::Held { wait, .. } => wait,
                    // The rest of the bot works without; asking again would not help.
                    Failure::Refused { .. } => break,
                    _ => backoff.first.saturating_mul(failures).min(backoff.longest),
                };
                tokio::select! {
                    () = pause(wait.max(SHORTEST_PAUSE)) => {}
                    _ = stopping.wait_for(|stop| *stop) => return,
                }
            }
            done(&standing, guild);
        });
    }

    fn done(&self, guild: GuildId) {
        done(&self.standing, guild);
    }

    fn interaction(&self, interaction: Interaction, at_work: AtWork, known: &Known) {
        if !self.answers.first_delivery(interaction.id()) {
            tracing::debug!(interaction = interaction.id().get(), "delivered twice; answered once");
            return;
        }
        let owners = Arc::clone(known);
        let read = events::read(interaction, move |guild| lock(&owners).get(&guild).copied());
        let answers = Arc::clone(&self.answers);
        tokio::spawn(async move {
            match read {
                Read::Ours(incoming) => answers.run(*incoming).await,
                Read::Asking(asked) => answers.suggest(*asked).await,
                Read::Stray(stray) => answers.stray(&stray).await,
                Read::Nothing => {}
            }
            drop(at_work);
        });
    }

    /// Tells the program who left or joined. Discord gives these events no id and no time: two deliveries
    /// within a minute count as one.
    fn moved(&self, guild: GuildId, user: &User, what: What, at_work: AtWork) {
        let now = self.clock.now();
        let word = if matches!(what, What::Left) { "left" } else { "joined" };
        let event = Event {
            key: format!("{word}.{guild}.{}.{}", user.id, now.timestamp() / 60),
            community: community(guild.get()),
            actor: Actor {
                user: UserRef(user.id.get().to_string()),
                name: user.display_name().to_owned(),
                locale: None,
                zone: None,
                email: None,
                steward: false,
                groups: None,
            },
            at: now,
            place: None,
            what,
            handed: None,
        };
        let handler = Arc::clone(&self.handler);
        tokio::spawn(async move {
            // Nobody waits for an answer.
            let _ = handler.handle(event).await;
            drop(at_work);
        });
    }
}

fn done(standing: &watch::Sender<Standing>, guild: GuildId) {
    standing.send_modify(|standing| {
        standing.missing.remove(&guild);
    });
}

fn lock(known: &Known) -> std::sync::MutexGuard<'_, HashMap<GuildId, u64>> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}
