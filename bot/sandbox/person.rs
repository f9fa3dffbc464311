//! What a person can do in front of a pretend chat, and what the person has in front of them: the same
//! on both platforms, so that a script, a story or the page is written once.

use std::collections::BTreeMap;

use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::world::{NewResident, Resident};

/// A channel, a direct-message conversation with the bot, or the bot's home tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The platform's id of the conversation.
    pub id: String,
    /// Name as the person reads it (`#pair-ana-grace`, `PLSEP Mentorship (direct message)`).
    pub name: String,
    /// What sort of place it is.
    pub kind: PlaceKind,
    /// Topic or purpose, if any.
    pub topic: String,
    /// Display names of those who can read here (empty for a public channel: everybody can).
    pub members: Vec<String>,
    /// Archived (Slack), or moved to read-only (Discord: the person may read but not write).
    pub archived: bool,
}

/// What sort of place a [`Place`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Everybody reads it.
    Public,
    /// Only its members read it.
    Private,
    /// The conversation between the person and the bot.
    Direct,
    /// The bot's home tab (Slack).
    Home,
}

/// One message as one person sees it.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    /// The platform's id of the message (Discord snowflake; Slack `ts`, or an id of ours if ephemeral).
    pub id: String,
    /// Where it stands.
    pub place: String,
    /// Display name of the author.
    pub author: String,
    /// Written by the bot.
    pub by_bot: bool,
    /// The words as read on the screen: mentions as `@Name`, dates in the person's own zone, markup marks gone,
    /// embeds and blocks from top to bottom, one line each. Controls are not in it.
    pub text: String,
    /// The same as safe HTML for the page (only `b i s code pre a blockquote ul ol li h3 p br small time span`).
    pub html: String,
    /// Buttons and menus, in order.
    pub controls: Vec<Control>,
    /// Files that came with it.
    pub files: Vec<FileSeen>,
    /// Only this person sees it.
    pub ephemeral: bool,
    /// When it was posted, in world milliseconds since the epoch.
    pub at_ms: i64,
    /// When it was last edited.
    pub edited_ms: Option<i64>,
    /// People this message really notifies (display names; `@everyone` if it pings all).
    pub pings: Vec<String>,
    /// The platform's own notice that the app did not answer in time, or the like.
    pub failure: bool,
}

/// A lasting message of the bot's as the platform itself keeps it, for whoever compares it with what the bot meant to do.
#[derive(Clone, Debug)]
pub struct BotMessage {
    /// The platform's id of the conversation.
    pub channel: String,
    /// When it was posted, in world milliseconds since the epoch.
    pub at_ms: i64,
    /// The message in the platform's own form.
    pub json: serde_json::Value,
}

/// A file attached to a message.
#[derive(Clone, Debug, Serialize)]
pub struct FileSeen {
    /// Id under which `Platform::file` gives the bytes.
    pub id: String,
    /// File name.
    pub name: String,
    /// Size in bytes.
    pub size: usize,
    /// Alternative text, if given.
    pub alt: Option<String>,
}

/// Something to press or choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Control {
    /// A button.
    Button {
        /// Discord `custom_id`, Slack `action_id`.
        key: String,
        /// What is written on it.
        label: String,
        /// `primary`, `secondary`, `success` or `danger`.
        style: String,
        /// Cannot be pressed.
        disabled: bool,
    },
    /// A menu of one or several choices.
    Select {
        /// Discord `custom_id`, Slack `action_id`.
        key: String,
        /// Placeholder or label.
        label: String,
        /// `(value, label)` in order; for a people menu the present members (id, name).
        options: Vec<(String, String)>,
        /// Values chosen at present.
        chosen: Vec<String>,
        /// Fewest choices.
        min: usize,
        /// Most choices.
        max: usize,
        /// Cannot be used.
        disabled: bool,
    },
    /// A button that opens an address.
    Link {
        /// What is written on it.
        label: String,
        /// Where it leads.
        url: String,
    },
}

/// An open form (modal).
#[derive(Clone, Debug, Serialize)]
pub struct FormSeen {
    /// Names this one form and no later one of its kind: the interaction that opened it on Discord, the view
    /// on Slack. Controls in it are pressed under this id.
    pub id: String,
    /// Discord `custom_id`, Slack `callback_id`.
    pub key: String,
    /// Title.
    pub title: String,
    /// Text that is not a field (introductions, headings), in order: one entry a paragraph or list.
    pub notes: Vec<String>,
    /// The notes as safe HTML, from the same elements as [`Seen::html`].
    pub html: String,
    /// Fields in order.
    pub fields: Vec<FieldSeen>,
    /// Buttons and menus that act at once, without the form being sent (Slack).
    pub controls: Vec<Control>,
    /// Label of the send button; empty if there is none, because the form only tells something.
    pub submit: String,
    /// Label of the button that closes it.
    pub close: String,
    /// Errors shown after a refused submission: field key -> text.
    pub errors: BTreeMap<String, String>,
}

/// One field of a form.
#[derive(Clone, Debug, Serialize)]
pub struct FieldSeen {
    /// Discord `custom_id` of the input, Slack `block_id`.
    pub key: String,
    /// Label.
    pub label: String,
    /// Hint, description or placeholder.
    pub hint: String,
    /// Must be answered.
    pub required: bool,
    /// What can be entered.
    pub kind: FieldKind,
    /// What stands there now (prefilled or typed): one text, or the chosen values.
    pub value: Vec<String>,
}

/// What a field takes.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldKind {
    /// Text of `min..=max` characters.
    Text {
        /// Several lines.
        multiline: bool,
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
    },
    /// Choices `(value, label)`, between `min` and `max` of them.
    Choice {
        /// `(value, label)` in order.
        options: Vec<(String, String)>,
        /// Fewest.
        min: usize,
        /// Most.
        max: usize,
    },
    /// A date, `YYYY-MM-DD`.
    Date,
    /// A time, `HH:MM`.
    Time,
    /// A date with its time in the person's own zone, `YYYY-MM-DDTHH:MM`.
    Moment,
    /// A file: its name, a line break, and its contents, which begin with `base64:` where they are no text.
    File {
        /// The endings a file's name may have, without the dot; empty for any.
        endings: Vec<String>,
    },
}

/// A file that a person picks, as it stands among the values of a command or form: its name, a line break, and its
/// contents, which begin with `base64:` where they are bytes and not text.
#[must_use]
pub(crate) fn picked_file(value: &str) -> Option<(String, Vec<u8>)> {
    let (name, contents) = value.split_once('\n')?;
    let bytes = match contents.strip_prefix("base64:") {
        Some(encoded) => STANDARD.decode(encoded).ok()?,
        None => contents.as_bytes().to_vec(),
    };
    (!name.trim().is_empty()).then(|| (name.trim().to_owned(), bytes))
}

/// Something a person does.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Action {
    /// Sends a slash command as it would be typed: `/mentorship apply role:mentee` on Discord (options as
    /// `name:value`, values with spaces in double quotes), free text on Slack. `place` defaults to the first
    /// public channel.
    Command {
        /// Conversation to type it in.
        #[serde(default)]
        place: Option<String>,
        /// The whole line.
        text: String,
    },
    /// Presses a button of a message, of the home tab or in the open form. `key` is the control's key or, if
    /// none has it, its label.
    Press {
        /// Id of the message, home tab or form.
        message: String,
        /// Control key or label.
        key: String,
    },
    /// Chooses values in a menu of a message, of the home tab or in the open form.
    Choose {
        /// Id of the message, home tab or form.
        message: String,
        /// Control key or label.
        key: String,
        /// Chosen values (or labels, where no value matches).
        values: Vec<String>,
    },
    /// Types and chooses in the open form without sending it: a button in the form is pressed with this in it (Slack;
    /// Discord's forms have no buttons, and nobody hears of it).
    Enter {
        /// Field key (or label) -> values.
        values: BTreeMap<String, Vec<String>>,
    },
    /// Sends the open form. Fields left out keep what stands in them.
    Submit {
        /// Field key (or label) -> values.
        values: BTreeMap<String, Vec<String>>,
    },
    /// Closes the open form without sending.
    CloseForm,
    /// Opens the bot's home tab (Slack; on Discord nothing happens).
    OpenHome,
    /// Writes an ordinary message.
    Say {
        /// Conversation to write in.
        place: String,
        /// Words.
        text: String,
    },
    /// Leaves the server or workspace.
    Leave,
    /// Comes back.
    Rejoin,
}

/// What became of an action.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Acted {
    /// Id of the interaction that was sent to the bot, if any.
    pub interaction: Option<String>,
}

/// Why a person cannot do that, as the platform's own client would tell them before the bot hears of it.
#[derive(Debug, thiserror::Error)]
pub enum CannotAct {
    /// No such person, message, control or form.
    #[error("{0}")]
    NotThere(String),
    /// The client refuses (a required field is empty, too long, not a member).
    #[error("{0}")]
    Refused(String),
}

/// A pretend platform as its people know it.
#[async_trait]
pub trait Platform: Send + Sync {
    /// `discord` or `slack`.
    fn key(&self) -> &'static str;
    /// Name of the server or workspace.
    fn title(&self) -> String;
    /// Everybody, in order of joining, also those who left.
    fn residents(&self) -> Vec<Resident>;
    /// Somebody joins. Returns the person with the platform's id.
    ///
    /// # Errors
    /// The handle is taken.
    fn join(&self, who: NewResident) -> Result<Resident, CannotAct>;
    /// Every place this person can read, oldest first; nothing else, whatever its id.
    fn places(&self, handle: &str) -> Vec<Place>;
    /// The messages of a place, oldest first, as this person sees them; empty if the person may not read it.
    fn messages(&self, handle: &str, place: &str) -> Vec<Seen>;
    /// The form this person has open.
    fn form(&self, handle: &str) -> Option<FormSeen>;
    /// The home tab as last published for this person.
    fn home(&self, handle: &str) -> Option<Seen>;
    /// Bytes of a file this person can see.
    fn file(&self, handle: &str, file: &str) -> Option<Vec<u8>>;
    /// Does something. Returns as soon as the bot has been sent the event (or there is nobody to send it to).
    async fn act(&self, handle: &str, action: Action) -> Result<Acted, CannotAct>;
    /// Interactions that were sent and not answered yet, plus events queued for a connected bot.
    fn pending(&self) -> usize;
    /// From now on what happens is told to the bot one after another, each when [`Platform::tell_next`] is called: what a
    /// bot hears of its own deeds comes when it has come to rest. What people do with the bot is told at once.
    fn hold(&self) {}
    /// Tells the bot the next of what is held; `false` if there is nothing, or nobody is connected.
    fn tell_next(&self) -> bool {
        false
    }
    /// Whether a bot is connected and ready to receive events.
    fn bot_connected(&self) -> bool;
    /// A number that grows with every change anybody could see, and with every answer of the bot.
    fn changes(&self) -> watch::Receiver<u64>;
}
