//! What comes in from a chat: who did what, where and when. An adapter parses a platform's event into
//! this once, at the edge; everything behind trusts it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ActionId, Handed, Invocation};

/// One server or workspace of one chat platform.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CommunityRef {
    /// The adapter's name, as given by [`super::Chat::name`].
    pub chat: String,
    /// The platform's id of the server or workspace.
    pub id: String,
}

/// The platform's stable id of a person, never a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserRef(pub String);

impl UserRef {
    /// What stands for somebody who asked to be forgotten: nothing of any platform's, and nobody's.
    #[must_use]
    pub fn gone(number: i64) -> Self {
        Self(format!("gone:{number}"))
    }

    /// Whether it stands for somebody who asked to be forgotten.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.0.starts_with("gone:")
    }
}

/// The platform's stable id of a group of people, such as everybody with one role.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupRef(pub String);

/// A group that somebody names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Stable id.
    pub at: GroupRef,
    /// What it is called at this moment; may change, may hold anything.
    pub name: String,
}

/// The platform's id of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChannelRef(pub String);

/// A posted message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MessageRef {
    /// The conversation it stands in.
    pub channel: ChannelRef,
    /// The platform's id within that conversation.
    pub id: String,
}

/// Who did something, as far as the platform says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Stable id.
    pub user: UserRef,
    /// Display name at this moment; may change, may hold anything.
    pub name: String,
    /// BCP 47 locale of the client, if known.
    pub locale: Option<String>,
    /// IANA time zone of the device, if the platform tells it.
    pub zone: Option<String>,
    /// E-mail address, if the platform tells it.
    pub email: Option<String>,
    /// Owns or administers the server or workspace: may appoint the first coordinator.
    pub steward: bool,
    /// The groups they are in at this moment; `None` where the platform could not be asked, or does not say. Adapters need
    /// only ask where [`super::Handler::asks_rank`] says so.
    pub groups: Option<Vec<GroupRef>>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// The same for every delivery of the same event: a second delivery is answered again, acted on once.
    pub key: String,
    /// Where it happened.
    pub community: CommunityRef,
    /// Who did it.
    pub actor: Actor,
    /// When the person did it: the platform's own timestamp where it has one, else the time of receipt.
    pub at: DateTime<Utc>,
    /// The conversation it happened in, if any.
    pub place: Option<ChannelRef>,
    /// What it was.
    pub what: What,
    /// The file that came with it, if one did.
    pub handed: Option<Handed>,
}

/// What a person did.
#[derive(Clone, Debug)]
pub enum What {
    /// Gave a command that the tree knows, with options the tree allows.
    Command(Invocation),
    /// Gave a command that could not be understood. `text` is what was typed behind the root command.
    Unclear {
        /// Name of the root command, without slash.
        root: String,
        /// The rest of the line.
        text: String,
    },
    /// Pressed a button.
    Press(ActionId),
    /// Chose in a menu.
    Choose {
        /// The menu's action.
        action: ActionId,
        /// Chosen values, in the menu's order.
        values: Vec<String>,
    },
    /// Sent a form.
    Submit {
        /// The form's action.
        action: ActionId,
        /// Field key -> text or chosen values; fields left empty are absent or hold an empty list.
        values: BTreeMap<String, Vec<String>>,
    },
    /// Pressed a button of a form that is not sent yet.
    Turn {
        /// The button's action.
        action: ActionId,
        /// What stands in the form's fields by then, as in [`What::Submit`], checked by nobody.
        values: BTreeMap<String, Vec<String>>,
    },
    /// Opened the bot's home (where the platform has one).
    HomeOpened,
    /// Left the server or workspace (the actor is who left).
    Left,
    /// Joined or came back.
    Joined,
}
