//! The port between the program and a chat: what the program asks of an adapter ([`Chat`]), and what an
//! adapter hands to the program ([`Handler`]).

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    ActionId, Asking, Capacity, ChannelRef, CommunityRef, Event, Form, GroupRef, Limits, Message, MessageRef,
    Suggestion, Text, UserRef, What,
};

/// What the program does with events.
#[async_trait]
pub trait Handler: Send + Sync {
    /// Handles one event completely: state is committed when it returns. Never panics on purpose; an
    /// adapter calls it through [`super::answer`], which survives it if it does.
    async fn handle(&self, event: Event) -> Reply;

    /// Called when the platform has taken the answer to an event, whole, from this process. Not called where that is not
    /// sure, so that whatever must have been seen is shown again.
    async fn delivered(&self, _event_key: &str) {}

    /// Called once for each community as it becomes reachable, with its display name, before any of its events.
    async fn reachable(&self, community: CommunityRef, name: String);

    /// Called when the adapter learns what a community has room for, where the platform sets a bound.
    fn has_room(&self, _community: &CommunityRef, _capacity: Capacity) {}

    /// Called when a conversation was deleted or closed, or the bot was taken out of it, by whomever. Such news may get lost
    /// on its way: whoever wants to say something there learns it then.
    async fn place_gone(&self, _community: CommunityRef, _place: ChannelRef) {}

    /// Whether what somebody did may be only for those who hold an office, so that their groups ([`super::Actor::groups`])
    /// are asked for first, where asking costs something.
    fn asks_rank(&self, _what: &What) -> bool {
        false
    }

    /// What somebody could mean who fills in an option of a command, the likeliest first. Asked at each letter, it changes
    /// nothing, and tells nothing to whoever may not give the command.
    async fn suggest(&self, _asking: Asking) -> Vec<Suggestion> {
        Vec::new()
    }

    /// What to say where there is no answer: [`Handler::handle`] panicked, or the platform does not take what it said.
    /// One calm line with an incident code.
    fn apology(&self, locale: Option<&str>) -> Message;

    /// What to say to somebody who has more at work than one person may.
    fn too_many(&self, locale: Option<&str>) -> Message;

    /// What to say when a form could not be opened in time, with `reopen` on a button.
    fn form_ready(&self, reopen: &ActionId, title: &str, locale: Option<&str>) -> Message;

    /// What to say where errors cannot be shown beside the fields: the errors, with `reopen` on a button.
    fn corrections(&self, form: &Form, errors: &[(String, Text)], locale: Option<&str>) -> Message;
}

/// The immediate answer to an event. It may be kept, for a second delivery of the same event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// A new message only the actor sees.
    Private(Message),
    /// Replaces the message whose control was used (also after a form that it opened). Where there is none, the same as [`Reply::Private`].
    Replace(Message),
    /// Opens a form.
    Open(Box<Form>),
    /// Keeps the form open with errors at its fields (`(field key, words)`), nothing typed is lost.
    Correct {
        /// The form as sent, with the values given.
        form: Box<Form>,
        /// What to mend, at least one.
        errors: Vec<(String, Text)>,
    },
    /// The actor's home, where the platform has one.
    Home(Message),
    /// Nothing to say.
    Nothing,
}

/// Texts of the command tree, by language.
pub trait CommandWords: Send + Sync {
    /// What the command, group or option at `path` does, in `lang` (`en` or `es`). `path` is dotted: `mentorship`,
    /// `mentorship.apply`, `mentorship.apply.role`, a choice `mentorship.apply.role.mentee`.
    fn describe(&self, path: &str, lang: &str) -> String;
}

/// A private place for a few people and the bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Stable key of the effect: the same for every attempt.
    pub key: String,
    /// Wanted name, lower-case words joined by hyphens; the adapter makes it fit.
    pub name: String,
    /// What it is for.
    pub topic: String,
    /// Who is in it, besides the bot; nobody else ever is.
    pub members: Vec<UserRef>,
}

/// To whom a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// A conversation.
    Channel(ChannelRef),
    /// A person, directly.
    Person(UserRef),
}

/// A message to deliver.
#[derive(Clone, Debug)]
pub struct Post<'a> {
    /// Stable key of the effect: the same for every attempt.
    pub key: &'a str,
    /// To whom.
    pub to: &'a Recipient,
    /// What.
    pub message: &'a Message,
    /// When the first attempt was made: nothing of it is older.
    pub since: DateTime<Utc>,
}

/// What stays of what an effect has left, where it may have left more.
#[derive(Clone, Debug)]
pub struct Kept<'a> {
    /// Stable key of the effect.
    pub key: &'a str,
    /// Where its messages are.
    pub place: &'a ChannelRef,
    /// The one message that stays; none where nobody wants any.
    pub message: Option<&'a str>,
    /// The effect opened the place of the message.
    pub opened: bool,
    /// When the first attempt was made.
    pub since: DateTime<Utc>,
}

/// Whether an effect may already be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Nobody has tried before.
    First,
    /// Somebody tried and did not learn what became of it: look first, and adopt what is there.
    Again,
}

/// A chat platform as the program uses it. Every call is bounded in time by the adapter.
#[async_trait]
pub trait Chat: Send + Sync {
    /// Stable name of the adapter; stored with each community.
    fn name(&self) -> &'static str;

    /// What it can show.
    fn limits(&self) -> Limits;

    /// Opens a private place with its members, or adopts the one that carries the key already. It is complete
    /// when this returns: every member is in.
    ///
    /// # Errors
    /// See [`ChatError`].
    async fn open_room(&self, community: &CommunityRef, room: &Room, attempt: Attempt)
    -> Result<ChannelRef, ChatError>;

    /// Lets somebody into a private place; fine if the person is in already.
    ///
    /// # Errors
    /// See [`ChatError`].
    async fn admit(&self, community: &CommunityRef, channel: &ChannelRef, user: &UserRef) -> Result<(), ChatError>;

    /// Takes somebody out of a private place; fine if the person is not in it.
    ///
    /// # Errors
    /// See [`ChatError`].
    async fn dismiss(&self, community: &CommunityRef, channel: &ChannelRef, user: &UserRef) -> Result<(), ChatError>;

    /// The groups that somebody is in at this moment; none of somebody who is not here any more.
    ///
    /// # Errors
    /// See [`ChatError`].
    async fn groups_of(&self, community: &CommunityRef, user: &UserRef) -> Result<Vec<GroupRef>, ChatError>;

    /// Posts a message, or adopts the one that carries the key already.
    ///
    /// # Errors
    /// See [`ChatError`].
    async fn post(&self, community: &CommunityRef, post: &Post<'_>, attempt: Attempt) -> Result<MessageRef, ChatError>;

    /// Looks for the message that carries the key already, and gives it its files if they are missing. Posts nothing.
    ///
    /// # Errors
    /// See [`ChatError`].
    async fn find(&self, community: &CommunityRef, post: &Post<'_>) -> Result<Option<MessageRef>, ChatError>;

    /// Replaces the content of the bot's own message `at`. `key` is the key it was posted with.
    ///
    /// # Errors
    /// See [`ChatError`].
    async fn update(
        &self,
        community: &CommunityRef,
        key: &str,
        at: &MessageRef,
        message: &Message,
    ) -> Result<(), ChatError>;

    /// Closes a private place for writing; its history stays readable for its members. Fine if it is closed already.
    ///
    /// # Errors
    /// See [`ChatError`].
    async fn archive(&self, community: &CommunityRef, channel: &ChannelRef) -> Result<(), ChatError>;

    /// Takes away what a request that arrived late has left beside what is kept: a second message, or a second
    /// place as long as nobody has written in it.
    ///
    /// # Errors
    /// See [`ChatError`].
    async fn take_away_doubles(&self, community: &CommunityRef, kept: &Kept<'_>) -> Result<(), ChatError>;
}

/// The receiving side of an adapter, switched on and off at run time: of several processes that share one
/// community, one receives at a time. Sending needs none of it.
#[async_trait]
pub trait Receiver: Send + Sync {
    /// The adapter's name, as given by [`Chat::name`].
    fn name(&self) -> &'static str;

    /// Begins to receive events, in the background; nothing if it does already, or was stopped for good.
    async fn start_receiving(&self);

    /// Waits until the platform has let us in for the first time, or for a while; what fails for now is tried
    /// again in the background.
    ///
    /// # Errors
    /// The platform refuses us for good.
    async fn let_in(&self) -> Result<(), ConnectError>;

    /// Receives no more; nothing further comes in once this returns. What came in before is still answered.
    async fn stop_receiving(&self);
}

/// Why a platform did not do something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChatError {
    /// May work later: the platform is busy, slow or unreachable.
    #[error("{what}")]
    Passing {
        /// What happened, for operators; no personal data.
        what: String,
        /// How long the platform asks us to wait, to the letter.
        retry_after: Option<Duration>,
        /// It may have happened all the same: the next attempt must look first.
        ambiguous: bool,
    },
    /// Not asked: the platform would refuse, because its budget is used up for a while.
    #[error("{what}")]
    Held {
        /// What was to be asked, for operators; no personal data.
        what: String,
        /// For how long.
        wait: Duration,
        /// What else would be refused until then.
        scope: Scope,
        /// An earlier step may have happened: the next attempt must look first.
        ambiguous: bool,
    },
    /// Will not work, however often it is tried.
    #[error("{what}")]
    Never {
        /// In which way.
        why: Impossible,
        /// What happened, for operators; no personal data.
        what: String,
    },
}

/// What a used-up budget keeps waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This conversation.
    Here,
    /// Whatever opens a place.
    Openings,
    /// Whatever closes one.
    Closings,
    /// Whatever is written to a person directly.
    Directs,
    /// Everything.
    Everything,
}

/// Why something can never be done as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// The person is not in the community (any more), or unknown.
    PersonGone,
    /// The person takes no direct messages from the bot.
    PersonUnreachable,
    /// The conversation or message is not there (any more).
    PlaceGone,
    /// The bot lacks a right.
    NotAllowed,
    /// The platform is full (channels, categories).
    Full,
    /// The platform refuses the content: a fault of ours.
    Refused,
}

/// How an adapter stands with its platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Not receiving: another process does, or nobody has said yet that this one shall. It can send.
    Standby,
    /// Not ready yet.
    Connecting,
    /// Receiving events.
    Ready,
    /// Lost, being mended; with what happened, for operators.
    Down(String),
    /// Stopped for good.
    Stopped,
}

/// Why a platform cannot be used at all. Each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The platform refuses the token.
    #[error(
        "{platform} refuses the token in {variable}: {what}. Copy it again from the app's settings, without spaces, and start again"
    )]
    Token {
        /// Name of the platform for people.
        platform: &'static str,
        /// The environment variable that holds the token.
        variable: &'static str,
        /// What the platform said.
        what: String,
    },
    /// The address of the platform cannot be used.
    #[error("{platform} cannot be reached at {url}: {what}. Check the address and the network, then start again")]
    Unreachable {
        /// Name of the platform for people.
        platform: &'static str,
        /// The address.
        url: String,
        /// What happened.
        what: String,
    },
    /// The app lacks something that only its settings can give.
    #[error("{platform} does not let the bot in: {what}")]
    Refused {
        /// Name of the platform for people.
        platform: &'static str,
        /// What is missing and where to switch it on.
        what: String,
    },
}
