//! Rights on Discord, as bits.

pub(super) const ADMINISTRATOR: u64 = 1 << 3;
pub(super) const MANAGE_CHANNELS: u64 = 1 << 4;
pub(super) const ADD_REACTIONS: u64 = 1 << 6;
pub(super) const VIEW_CHANNEL: u64 = 1 << 10;
pub(super) const SEND_MESSAGES: u64 = 1 << 11;
pub(super) const EMBED_LINKS: u64 = 1 << 14;
pub(super) const ATTACH_FILES: u64 = 1 << 15;
pub(super) const READ_MESSAGE_HISTORY: u64 = 1 << 16;
pub(super) const MANAGE_THREADS: u64 = 1 << 34;
pub(super) const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
pub(super) const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
pub(super) const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

/// What a member may do in a room.
pub(super) const MEMBER: u64 =
    VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY | ATTACH_FILES | EMBED_LINKS | ADD_REACTIONS;
/// What the bot needs there.
pub(super) const BOT: u64 = MEMBER | MANAGE_CHANNELS;
/// What the bot needs besides where a pair talks in a thread.
pub(super) const FOR_THREADS: u64 = MANAGE_THREADS | CREATE_PRIVATE_THREADS | SEND_MESSAGES_IN_THREADS;
