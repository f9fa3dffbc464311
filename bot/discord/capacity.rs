//! What each server has room for, counted from what the gateway tells of its channels: nothing is asked for. An
//! estimate for people; a room is opened by what Discord says at that moment.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serenity::model::channel::GuildChannel;
use serenity::model::guild::Guild;
use serenity::model::id::{ChannelId, GuildId, UserId};

use super::{right, rooms, threads};
use crate::chat::Capacity;

/// Servers and their channels.
#[derive(Default)]
pub(super) struct Capacities(Mutex<HashMap<GuildId, Server>>);

struct Server {
    /// Each channel, and whether it is the one above the threads.
    channels: HashMap<ChannelId, bool>,
    /// The bot may use private threads.
    threads: bool,
}

impl Capacities {
    /// A server as it is announced, also again after a break.
    pub fn announced(&self, guild: &Guild, bot: u64) -> Capacity {
        let everyone = guild.roles.values().find(|role| role.id.get() == guild.id.get());
        let mine = guild.members.get(&UserId::new(bot)).into_iter().flat_map(|me| &me.roles);
        let held = mine.filter_map(|id| guild.roles.get(id)).chain(everyone);
        let rights = held.fold(0, |sum, role| sum | role.permissions.bits());
        let all = rights & right::ADMINISTRATOR != 0;
        let threads = all || rights & right::FOR_THREADS == right::FOR_THREADS;
        let channels = guild.channels.values().map(|channel| (channel.id, is_parent(channel))).collect();
        let server = Server { channels, threads };
        let capacity = server.capacity();
        self.servers().insert(guild.id, server);
        capacity
    }

    /// A channel was made, or deleted; nothing is known of a server that was never announced.
    pub fn changed(&self, channel: &GuildChannel, made: bool) -> Option<Capacity> {
        let mut servers = self.servers();
        let server = servers.get_mut(&channel.guild_id)?;
        if made {
            server.channels.insert(channel.id, is_parent(channel));
        } else {
            server.channels.remove(&channel.id);
        }
        Some(server.capacity())
    }

    fn servers(&self) -> std::sync::MutexGuard<'_, HashMap<GuildId, Server>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Server {
    fn capacity(&self) -> Capacity {
        let has_parent = self.channels.values().any(|parent| *parent);
        Capacity { rooms: rooms::room_for(self.channels.len(), has_parent), beyond: self.threads }
    }
}

fn is_parent(channel: &GuildChannel) -> bool {
    channel.topic.as_deref().is_some_and(threads::is_parent_topic)
}
