//! Who may do what where, computed as Discord documents it: role permissions, then the overwrites of
//! @everyone, of the roles together, of the member. Decides nothing else.

use super::ids::Snowflake;
use super::state::{Channel, ChannelKind, World};

pub const ADMINISTRATOR: u64 = 1 << 3;
pub const MANAGE_CHANNELS: u64 = 1 << 4;
pub const VIEW_CHANNEL: u64 = 1 << 10;
pub const SEND_MESSAGES: u64 = 1 << 11;
pub const MANAGE_MESSAGES: u64 = 1 << 13;
pub const EMBED_LINKS: u64 = 1 << 14;
pub const ATTACH_FILES: u64 = 1 << 15;
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
pub const MENTION_EVERYONE: u64 = 1 << 17;
pub const ADD_REACTIONS: u64 = 1 << 6;
pub const MANAGE_ROLES: u64 = 1 << 28;
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
pub const MANAGE_THREADS: u64 = 1 << 34;
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
pub const PIN_MESSAGES: u64 = 1 << 51;

/// Every bit in use.
pub const ALL: u64 = (1 << 53) - 1;

/// What a new server gives @everyone: view, write, react, threads, commands, voice, and mentioning everyone.
pub const EVERYONE_DEFAULT: u64 = 1
    | ADD_REACTIONS
    | 1 << 9
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | MENTION_EVERYONE
    | 1 << 18
    | 1 << 20
    | 1 << 21
    | 1 << 25
    | 1 << 26
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | 1 << 37
    | SEND_MESSAGES_IN_THREADS;

/// What the bot's own role holds unless a test says otherwise: manage channels and roles, view, send, embed,
/// attach, read history, and the bits for pins and private threads.
pub const BOT_DEFAULT: u64 =
    268_553_232 | PIN_MESSAGES | MANAGE_THREADS | CREATE_PRIVATE_THREADS | SEND_MESSAGES_IN_THREADS;

/// Takes part in a direct message whatever the server says.
const DIRECT: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | USE_APPLICATION_COMMANDS
    | PIN_MESSAGES;

/// The rights somebody holds in the whole server; none for strangers.
pub fn in_guild(world: &World, who: Snowflake) -> u64 {
    let Some(member) = world.members.get(&who).filter(|member| member.present) else { return 0 };
    if who == world.guild.owner {
        return ALL;
    }
    let mut rights = world.role(world.guild.id).map_or(0, |role| role.permissions);
    for role in member.roles.iter().filter_map(|id| world.role(*id)) {
        rights |= role.permissions;
    }
    if rights & ADMINISTRATOR != 0 { ALL } else { rights }
}

/// The rights somebody holds in one channel, thread or direct message.
pub fn in_channel(world: &World, who: Snowflake, channel: &Channel) -> u64 {
    if channel.kind == ChannelKind::Direct {
        return if channel.recipients.contains(&who) || who == world.bot { DIRECT } else { 0 };
    }
    if let Some(thread) = &channel.thread {
        let Some(parent) = channel.parent.and_then(|id| world.channels.get(&id)) else { return 0 };
        let rights = in_channel(world, who, parent);
        let hidden = channel.kind == ChannelKind::PrivateThread
            && rights & MANAGE_THREADS == 0
            && !thread.members.contains_key(&who);
        if hidden {
            return 0;
        }
        let may_send = rights & SEND_MESSAGES_IN_THREADS != 0;
        return if may_send { rights | SEND_MESSAGES } else { rights & !SEND_MESSAGES };
    }
    let base = in_guild(world, who);
    if base == ALL {
        return ALL;
    }
    let rights = overwritten(world, who, channel, base);
    if rights & VIEW_CHANNEL == 0 {
        return 0;
    }
    if rights & SEND_MESSAGES == 0 {
        return rights & !(MENTION_EVERYONE | ATTACH_FILES | EMBED_LINKS | 1 << 12);
    }
    rights
}

fn overwritten(world: &World, who: Snowflake, channel: &Channel, base: u64) -> u64 {
    let of = |id: Snowflake| channel.overwrites.iter().find(|overwrite| overwrite.id == id);
    let mut rights = base;
    if let Some(everyone) = of(world.guild.id) {
        rights = (rights & !everyone.deny) | everyone.allow;
    }
    let roles = world.members.get(&who).map_or(&[][..], |member| &member.roles);
    let (mut allow, mut deny) = (0, 0);
    for overwrite in roles.iter().filter_map(|id| of(*id)) {
        allow |= overwrite.allow;
        deny |= overwrite.deny;
    }
    rights = (rights & !deny) | allow;
    if let Some(own) = of(who) {
        rights = (rights & !own.deny) | own.allow;
    }
    rights
}

/// What anybody without roles of their own may do in this channel.
pub fn of_everyone(world: &World, channel: &Channel) -> u64 {
    let base = world.role(world.guild.id).map_or(0, |role| role.permissions);
    let Some(own) = channel.overwrites.iter().find(|overwrite| overwrite.id == world.guild.id) else { return base };
    (base & !own.deny) | own.allow
}
