//! Everything the pretend workspace holds: people, channels, messages, views, files. It only stores and
//! finds; what is allowed is decided by the rooms that call it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::ids::Ids;
use super::limits::Budgets;
use super::sockets::Sockets;
use crate::answers::Answers;
use crate::clock::SandboxClock;
use crate::world::Resident;

/// What stands in the inputs of a view or message: block id -> action id -> Slack's state value.
pub type Inputs = BTreeMap<String, BTreeMap<String, Value>>;

/// The application under test as the workspace knows it.
pub struct App {
    pub id: String,
    pub bot_id: String,
    pub user_id: String,
    pub name: String,
    pub bot_token: String,
    pub app_token: String,
    pub scopes: BTreeSet<String>,
    /// Slash commands that exist; `None` means any.
    pub commands: Option<BTreeSet<String>>,
    /// Turns mentions typed in slash commands into ids (`should_escape` of the manifest).
    pub escape_commands: bool,
    /// Event types the app is subscribed to (`message.im`, `team_join`, ...).
    pub events: BTreeSet<String>,
}

/// A member of the workspace.
pub struct Person {
    pub resident: Resident,
    pub restricted: bool,
    pub ultra_restricted: bool,
    pub updated_ms: i64,
}

/// What sort of conversation a channel is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Public,
    Private,
    /// The app's conversation with this one user.
    Direct(String),
    /// A group direct message.
    Group,
}

/// A topic or purpose.
#[derive(Clone, Default)]
pub struct Words {
    pub value: String,
    pub creator: String,
    pub last_set: i64,
}

/// A conversation with its messages.
pub struct Channel {
    pub id: String,
    pub name: String,
    pub kind: Kind,
    pub created_ms: i64,
    pub creator: String,
    pub members: Vec<String>,
    pub archived: bool,
    pub general: bool,
    /// For direct messages: shown in the app's lists.
    pub open: bool,
    pub topic: Words,
    pub purpose: Words,
    pub previous_names: Vec<String>,
    pub updated_ms: i64,
    pub messages: Vec<Message>,
    pub pins: Vec<String>,
}

impl Channel {
    pub fn has(&self, user: &str) -> bool {
        self.members.iter().any(|member| member == user)
    }

    pub fn is_direct(&self) -> bool {
        matches!(self.kind, Kind::Direct(_))
    }

    pub fn is_private(&self) -> bool {
        self.kind == Kind::Private
    }

    pub fn message(&self, ts: &str) -> Option<&Message> {
        self.messages.iter().find(|message| message.ts == ts)
    }

    pub fn message_mut(&mut self, ts: &str) -> Option<&mut Message> {
        self.messages.iter_mut().find(|message| message.ts == ts)
    }
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    App,
    User(String),
    /// Slack itself (failure notices).
    Slack,
}

/// A message, also an ephemeral one.
#[derive(Clone)]
pub struct Message {
    pub ts: String,
    pub at_ms: i64,
    pub author: Author,
    pub text: String,
    pub blocks: Vec<Value>,
    pub attachments: Vec<Value>,
    pub metadata: Option<Value>,
    pub thread_ts: Option<String>,
    pub broadcast: bool,
    pub subtype: Option<&'static str>,
    pub mrkdwn: bool,
    pub files: Vec<String>,
    /// Ephemeral: only this user sees it.
    pub only_for: Option<String>,
    pub failure: bool,
    /// Whom it notified when it was posted (user ids, or `@everyone`).
    pub pings: Vec<String>,
    pub edited: Option<(String, i64)>,
    pub reactions: BTreeMap<String, Vec<String>>,
}

impl Message {
    pub fn new(ts: String, at_ms: i64, author: Author, text: String) -> Self {
        Self {
            ts,
            at_ms,
            author,
            text,
            blocks: Vec::new(),
            attachments: Vec::new(),
            metadata: None,
            thread_ts: None,
            broadcast: false,
            subtype: None,
            mrkdwn: true,
            files: Vec::new(),
            only_for: None,
            failure: false,
            pings: Vec::new(),
            edited: None,
            reactions: BTreeMap::new(),
        }
    }
}

/// A modal or home view.
#[derive(Clone)]
pub struct View {
    pub id: String,
    pub user: String,
    pub hash: String,
    /// As the app sent it, checked and with generated ids filled in. Clones share it: a form can be large.
    pub body: Arc<Value>,
    pub inputs: Inputs,
    pub root: String,
    pub previous: Option<String>,
    /// Errors shown after a refused submission; the key "" stands for the form as a whole.
    pub errors: BTreeMap<String, String>,
    /// Submitted and not answered yet.
    pub sending: bool,
}

impl View {
    pub fn is_home(&self) -> bool {
        self.body["type"] == "home"
    }

    pub fn blocks(&self) -> &[Value] {
        self.body["blocks"].as_array().map_or(&[], Vec::as_slice)
    }

    pub fn flag(&self, key: &str) -> bool {
        self.body[key].as_bool().unwrap_or(false)
    }
}

/// The right to open one view for one user, for three real seconds.
pub struct Trigger {
    pub user: String,
    pub born: Instant,
    pub used: bool,
}

/// A `response_url`.
pub struct Hook {
    pub channel: String,
    pub user: String,
    /// The message the interaction came from, if any.
    pub original: Option<String>,
    pub born_ms: i64,
    pub uses: u32,
    /// The interaction it answers.
    pub trigger: String,
}

/// A message that waits for its time.
pub struct Scheduled {
    /// Empty for the message that shares a file: nobody can take it back.
    pub id: String,
    pub channel: String,
    pub post_at_ms: i64,
    pub message: Message,
}

/// An uploaded file.
pub struct StoredFile {
    pub id: String,
    pub name: String,
    pub title: String,
    pub alt: Option<String>,
    pub declared: usize,
    pub bytes: Option<Vec<u8>>,
    pub complete: bool,
    pub created_ms: i64,
    /// Whose it is, if not the app's.
    pub owner: Option<String>,
    /// Where it was shared: channel id and message ts.
    pub shares: Vec<(String, String)>,
}

/// A user group.
pub struct UserGroup {
    pub id: String,
    pub handle: String,
    pub name: String,
    pub users: Vec<String>,
    pub created_ms: i64,
}

/// Things in the order in which they came, found by their id at once. None is ever taken away.
pub struct Shelf<T> {
    all: Vec<T>,
    at: HashMap<String, usize>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { all: Vec::new(), at: HashMap::new() }
    }
}

impl<T> Shelf<T> {
    pub fn push(&mut self, id: &str, thing: T) {
        self.at.insert(id.to_owned(), self.all.len());
        self.all.push(thing);
    }

    pub fn find(&self, id: &str) -> Option<&T> {
        self.at.get(id).map(|at| &self.all[*at])
    }

    pub fn find_mut(&mut self, id: &str) -> Option<&mut T> {
        self.at.get(id).map(|at| &mut self.all[*at])
    }
}

impl<T> Deref for Shelf<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all
    }
}

impl<T> DerefMut for Shelf<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.all
    }
}

/// The whole workspace.
pub struct World {
    pub clock: SandboxClock,
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    pub team_id: String,
    pub team_name: String,
    pub domain: String,
    pub app: App,
    pub people: Shelf<Person>,
    /// Handle -> id.
    pub handles: HashMap<String, String>,
    pub channels: Shelf<Channel>,
    pub views: BTreeMap<String, View>,
    /// Open modals per user, bottom first.
    pub stacks: BTreeMap<String, Vec<String>>,
    pub homes: BTreeMap<String, String>,
    /// What people chose in menus of messages, per user and message.
    pub chosen: BTreeMap<(String, String), Inputs>,
    pub triggers: BTreeMap<String, Trigger>,
    pub hooks: BTreeMap<String, Hook>,
    pub answers: Answers,
    pub scheduled: Vec<Scheduled>,
    /// People can be written to directly.
    pub messages_tab: bool,
    pub files: Vec<StoredFile>,
    pub groups: Vec<UserGroup>,
    pub budgets: Budgets,
    pub sockets: Sockets,
    pub unknown_routes: Vec<String>,
    /// How long a person waits for an answer and a trigger lives, in real time.
    pub patience: std::time::Duration,
    pub ids: Ids,
    /// Events to send once the lock is released.
    pub outgoing: Vec<Value>,
}

impl World {
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    pub fn now_s(&self) -> i64 {
        self.now_ms().div_euclid(1000)
    }

    pub fn next_ts(&mut self) -> String {
        let now = self.now_ms();
        self.ids.ts(now)
    }

    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.find(id)
    }

    pub fn by_handle(&self, handle: &str) -> Option<&Person> {
        self.person(self.handles.get(handle)?)
    }

    /// Display name of a user or of the app; the id itself if nobody has it.
    pub fn name_of(&self, user: &str) -> String {
        if user == self.app.user_id {
            return self.app.name.clone();
        }
        self.person(user).map_or_else(|| user.to_owned(), |person| person.resident.name.clone())
    }

    pub fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels.find(id)
    }

    pub fn channel_mut(&mut self, id: &str) -> Option<&mut Channel> {
        self.channels.find_mut(id)
    }

    pub fn direct_with(&self, user: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| matches!(&channel.kind, Kind::Direct(with) if with == user))
    }

    pub fn file(&self, id: &str) -> Option<&StoredFile> {
        self.files.iter().find(|file| file.id == id)
    }

    /// Whether `user` can read the conversation.
    pub fn can_read(&self, user: &str, channel: &Channel) -> bool {
        match &channel.kind {
            Kind::Public => channel.has(user) || !self.is_guest(user),
            Kind::Private | Kind::Group => channel.has(user),
            Kind::Direct(with) => user == with || user == self.app.user_id,
        }
    }

    fn is_guest(&self, user: &str) -> bool {
        self.person(user).is_some_and(|person| person.restricted || person.ultra_restricted)
    }

    /// The name without `#` is used by a channel, archived ones included.
    pub fn name_in_use(&self, name: &str) -> bool {
        self.channels.iter().any(|channel| channel.name == name && !channel.is_direct())
    }

    pub fn new_channel(&mut self, name: &str, kind: Kind, creator: &str) -> String {
        let prefix = match kind {
            Kind::Direct(_) => "D",
            Kind::Group => "G",
            Kind::Public | Kind::Private => "C",
        };
        let (id, now) = (self.ids.next(prefix), self.now_ms());
        let channel = Channel {
            id: id.clone(),
            name: name.to_owned(),
            kind,
            created_ms: now,
            creator: creator.to_owned(),
            members: Vec::new(),
            archived: false,
            general: false,
            open: false,
            topic: Words::default(),
            purpose: Words::default(),
            previous_names: Vec::new(),
            updated_ms: now,
            messages: Vec::new(),
            pins: Vec::new(),
        };
        self.channels.push(&id, channel);
        id
    }

    /// Queues an event for the app if it is subscribed to `subscription`.
    pub fn emit(&mut self, subscription: &str, event: Value) {
        if self.app.events.contains(subscription) {
            self.outgoing.push(event);
        }
    }

    /// A timestamp for an event, as Slack sends it.
    pub fn event_ts(&mut self) -> Value {
        json!(self.next_ts())
    }

    pub fn new_trigger(&mut self, user: &str) -> String {
        let token = self.ids.token("trigger");
        let id = format!("{}.{}.{token}", self.now_ms(), self.people.len());
        self.triggers.insert(id.clone(), Trigger { user: user.to_owned(), born: Instant::now(), used: false });
        id
    }

    /// A fresh `response_url` for an interaction; `family` is `commands` or `actions`.
    pub fn new_hook(
        &mut self,
        family: &str,
        trigger: &str,
        channel: &str,
        user: &str,
        original: Option<String>,
    ) -> String {
        let token = self.ids.token("hook");
        let path = format!("/{family}/{}/{token}", self.team_id);
        let born_ms = self.now_ms();
        let hook = Hook {
            channel: channel.to_owned(),
            user: user.to_owned(),
            original,
            born_ms,
            uses: 0,
            trigger: trigger.to_owned(),
        };
        self.hooks.insert(path.clone(), hook);
        format!("{}{path}", self.origin)
    }

    /// The view on top of what the user has open.
    pub fn open_view(&self, user: &str) -> Option<&View> {
        self.views.get(self.stacks.get(user)?.last()?)
    }
}
