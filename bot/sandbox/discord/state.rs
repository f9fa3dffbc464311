//! What exists in the pretend Discord: one server with its roles, members, channels and messages, the
//! app's commands and interactions. Holds and finds; who may do what is decided elsewhere.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use tokio::sync::watch;

use super::gateway::hub::Hub;
use super::ids::{IdMaker, Snowflake};
use super::limits::Limiter;
use super::refused::Refused;
use crate::answers::Answers;

/// Everything, under one lock.
pub struct World {
    pub ids: IdMaker,
    pub guild: Guild,
    /// The app; the bot user has an id of its own.
    pub application: Snowflake,
    pub bot: Snowflake,
    /// The bot's managed role.
    pub bot_role: Snowflake,
    pub roles: Vec<Role>,
    /// Everybody who ever was in the server, the bot included.
    pub members: BTreeMap<Snowflake, Member>,
    pub channels: BTreeMap<Snowflake, Channel>,
    pub commands: Vec<Command>,
    pub interactions: BTreeMap<Snowflake, Interaction>,
    /// Open forms by person.
    pub forms: HashMap<Snowflake, OpenForm>,
    pub nonces: Vec<Nonce>,
    pub files: BTreeMap<Snowflake, StoredFile>,
    pub hub: Hub,
    pub limits: Limiter,
    pub unknown_routes: Vec<String>,
    /// How often the gateway's address was asked for.
    pub gateway_lookups: u64,
    /// The newest interaction as it was sent.
    pub last_interaction: Option<serde_json::Value>,
    pub base_url: String,
    pub answers: Answers,
    /// Grows with everything anybody could see.
    pub changed: watch::Sender<u64>,
}

pub struct Guild {
    pub id: Snowflake,
    pub name: String,
    pub owner: Snowflake,
}

#[derive(Clone)]
pub struct Role {
    pub id: Snowflake,
    pub name: String,
    pub permissions: u64,
    pub position: i64,
    pub color: u32,
    pub mentionable: bool,
    pub hoist: bool,
    /// The bot's own role.
    pub of_bot: Option<Snowflake>,
}

#[derive(Clone)]
pub struct Member {
    pub id: Snowflake,
    pub handle: String,
    pub name: String,
    pub locale: String,
    pub zone: String,
    pub email: Option<String>,
    pub bot: bool,
    /// The owner that exists when no resident owns the server; nobody plays them.
    pub unseen: bool,
    pub dms_closed: bool,
    pub roles: Vec<Snowflake>,
    pub joined_ms: i64,
    pub present: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChannelKind {
    Text,
    Direct,
    Voice,
    Category,
    News,
    PublicThread,
    PrivateThread,
}

impl ChannelKind {
    pub fn code(self) -> u64 {
        match self {
            Self::Text => 0,
            Self::Direct => 1,
            Self::Voice => 2,
            Self::Category => 4,
            Self::News => 5,
            Self::PublicThread => 11,
            Self::PrivateThread => 12,
        }
    }

    /// The kinds a bot can create in a server.
    pub fn of_new_channel(code: u64) -> Option<Self> {
        [Self::Text, Self::Voice, Self::Category, Self::News].into_iter().find(|kind| kind.code() == code)
    }

    /// Whether messages can stand in it.
    pub fn holds_messages(self) -> bool {
        self != Self::Category
    }
}

#[derive(Clone)]
pub struct Channel {
    pub id: Snowflake,
    pub kind: ChannelKind,
    pub name: String,
    pub topic: Option<String>,
    pub parent: Option<Snowflake>,
    pub position: i64,
    pub nsfw: bool,
    pub slow_seconds: u64,
    pub overwrites: Vec<Overwrite>,
    pub recipients: Vec<Snowflake>,
    pub thread: Option<Thread>,
    pub messages: Vec<Message>,
    pub last_pin_ms: Option<i64>,
}

impl Channel {
    pub fn message(&self, id: Snowflake) -> Option<&Message> {
        self.at(id).map(|at| &self.messages[at])
    }

    /// Where a message stands. Ids grow, so it is found without looking at every one, unless the clock was set back.
    fn at(&self, id: Snowflake) -> Option<usize> {
        let sorted = self.messages.binary_search_by_key(&id, |message| message.id);
        sorted.ok().or_else(|| self.messages.iter().rposition(|message| message.id == id))
    }
}

#[derive(Clone)]
pub struct Overwrite {
    pub id: Snowflake,
    /// Of a member rather than a role.
    pub member: bool,
    pub allow: u64,
    pub deny: u64,
}

#[derive(Clone)]
pub struct Thread {
    pub owner: Snowflake,
    pub archived: bool,
    pub locked: bool,
    pub invitable: bool,
    pub archive_minutes: u64,
    pub archive_ms: i64,
    pub created_ms: i64,
    /// Members and when they joined.
    pub members: BTreeMap<Snowflake, i64>,
    pub sent: u64,
}

#[derive(Clone)]
pub struct Message {
    pub id: Snowflake,
    pub channel: Snowflake,
    pub author: Snowflake,
    /// Discord's message type: 0 ordinary, 20 answer to a command, 19 reply, 18/6 notices.
    pub kind: u8,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Attachment>,
    pub flags: u64,
    pub at_ms: i64,
    pub edited_ms: Option<i64>,
    pub pinned: Option<i64>,
    pub pings: Pings,
    pub nonce: Option<Value>,
    pub reference: Option<Value>,
    pub reactions: Vec<(String, Vec<Snowflake>)>,
    /// What the interaction was that this message answers.
    pub origin: Option<Value>,
    /// Ephemeral: only this person sees it.
    pub only_for: Option<Snowflake>,
    /// The client's own notice, never on the wire.
    pub failure: bool,
}

/// Whom a message notifies.
#[derive(Clone, Default)]
pub struct Pings {
    pub users: Vec<Snowflake>,
    pub roles: Vec<Snowflake>,
    pub everyone: bool,
}

#[derive(Clone)]
pub struct Attachment {
    pub id: Snowflake,
    pub name: String,
    pub size: usize,
    pub alt: Option<String>,
    pub content_type: String,
}

pub struct StoredFile {
    pub content_type: String,
    pub bytes: Vec<u8>,
    /// Where it was posted.
    pub channel: Snowflake,
}

#[derive(Clone)]
pub struct Command {
    pub id: Snowflake,
    pub version: Snowflake,
    /// Of the guild; global if none.
    pub guild: Option<Snowflake>,
    /// As registered and checked, with defaults filled in.
    pub body: Value,
}

pub struct Interaction {
    pub id: Snowflake,
    pub token: String,
    /// 2 command, 3 component, 4 autocomplete, 5 form.
    pub kind: u8,
    pub by: Snowflake,
    pub channel: Snowflake,
    /// The message whose control was used (also of the form that came from it).
    pub message: Option<Snowflake>,
    pub created_ms: i64,
    pub state: InteractionState,
    /// The message that `@original` means.
    pub original: Option<Snowflake>,
    /// Metadata that messages answering it carry.
    pub origin: Value,
    /// Suggestions the bot gave (autocomplete).
    pub suggested: Option<Vec<Value>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InteractionState {
    /// On its way to the bot.
    Sent,
    /// Three seconds passed.
    Missed,
    /// Answered with this callback type.
    Answered(u8),
    /// Type 5 was given, the message is still to come.
    Deferred,
}

/// A form in front of a person.
#[derive(Clone)]
pub struct OpenForm {
    /// As the bot sent it: `custom_id`, `title`, `components`.
    pub body: Value,
    pub channel: Snowflake,
    /// The message whose button opened it.
    pub message: Option<Snowflake>,
    /// Metadata of the interaction that opened it.
    pub origin: Value,
    /// Errors the client showed when sending was refused: field -> text.
    pub errors: BTreeMap<String, String>,
}

pub struct Nonce {
    pub author: Snowflake,
    pub nonce: String,
    pub at_ms: i64,
    pub message: Message,
}

impl World {
    pub fn now_ms(&self) -> i64 {
        self.ids.now_ms()
    }

    /// Tells everybody who waits that something happened.
    pub fn touch(&self) {
        self.changed.send_modify(|count| *count += 1);
    }

    pub fn role(&self, id: Snowflake) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// A present member of the server.
    pub fn present(&self, id: Snowflake) -> Option<&Member> {
        self.members.get(&id).filter(|member| member.present)
    }

    pub fn channel(&self, id: Snowflake) -> Result<&Channel, Refused> {
        self.channels.get(&id).ok_or_else(Refused::unknown_channel)
    }

    pub fn message(&self, channel: Snowflake, id: Snowflake) -> Option<&Message> {
        self.channels.get(&channel)?.message(id)
    }

    pub fn message_mut(&mut self, channel: Snowflake, id: Snowflake) -> Option<&mut Message> {
        let channel = self.channels.get_mut(&channel)?;
        channel.at(id).map(|at| &mut channel.messages[at])
    }

    /// The highest role of a member, by position.
    pub fn highest_role(&self, who: Snowflake) -> i64 {
        let Some(member) = self.members.get(&who) else { return 0 };
        member.roles.iter().filter_map(|id| self.role(*id)).map(|role| role.position).max().unwrap_or(0)
    }

    /// The direct-message channel between the bot and a person.
    pub fn direct_channel(&self, with: Snowflake) -> Option<&Channel> {
        self.channels.values().find(|channel| channel.kind == ChannelKind::Direct && channel.recipients.contains(&with))
    }
}
