//! A message in neutral terms. What a person typed enters only as [`Span::Plain`], which every renderer
//! makes harmless: it can neither mention, nor format, nor break the layout.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::UserRef;

/// Longest [`ActionId`], in bytes: what the narrower platform takes (100) less what its adapter adds.
pub const ACTION_ID_MAX_BYTES: usize = 80;

/// A message: blocks from top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Files that come with it. A message that replaces another replaces its files, too: those not named again are gone.
    /// A message that only one person sees carries files only where [`super::Limits`] say so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
}

/// A file that comes with a message. What it says stands in the message's words, too, as far as a person needs it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name with its ending: plain letters, digits, hyphens and one dot.
    pub name: String,
    /// Its media type, such as `text/calendar`.
    pub media: String,
    /// What it shows, for whoever cannot see it; `None` where its name says it all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// Its bytes.
    #[serde(with = "bytes")]
    pub content: Vec<u8>,
}

impl fmt::Debug for File {
    /// Its bytes may be a person's own words: they are counted, never written into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({}, {}, {} bytes)", self.name, self.media, self.content.len())
    }
}

/// Bytes as they are kept in JSON.
mod bytes {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// One part of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A short heading.
    Heading(Text),
    /// A paragraph.
    Paragraph(Text),
    /// A list, one line each.
    Bullets(Vec<Text>),
    /// Label and value, one line each.
    Fields(Vec<(Text, Text)>),
    /// Somebody's own words, set apart.
    Quote(Text),
    /// Small print.
    Fine(Text),
    /// Buttons and menus.
    Controls(Vec<Control>),
}

/// A run of words with a little meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Span>);

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Words to show as they are; line breaks kept.
    Plain(String),
    /// Strong words.
    Strong(String),
    /// Something to type, such as `/mentorship status`.
    Code(String),
    /// A person, by mention: notifies where the message is not private to somebody else.
    Person(UserRef),
    /// A moment, shown in the reader's own zone where the platform can.
    When {
        /// The moment.
        at: DateTime<Utc>,
        /// How much of it to show.
        style: WhenStyle,
        /// The same in words with weekday and zone, for where the platform cannot.
        words: String,
    },
    /// A link.
    Link {
        /// What to show.
        label: String,
        /// Where it leads.
        url: String,
    },
}

/// How much of a moment to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenStyle {
    /// Weekday, date and time.
    DateTime,
    /// Weekday and date.
    Date,
}

/// Something to press or choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// A button.
    Button {
        /// What is written on it.
        label: String,
        /// What it does.
        action: ActionId,
        /// How it looks.
        style: Style,
    },
    /// A menu.
    Menu {
        /// What is asked; shown while nothing is chosen.
        label: String,
        /// What choosing does.
        action: ActionId,
        /// What can be chosen.
        options: Vec<Choice>,
        /// Values chosen at present.
        chosen: Vec<String>,
        /// Fewest choices.
        min: usize,
        /// Most choices.
        max: usize,
    },
}

/// An option of a menu or of a form's field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Stable value.
    pub value: String,
    /// What the person reads.
    pub label: String,
}

/// How a button looks. Meaning is always in its label as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// The step most people want next.
    Primary,
    /// Any other.
    #[default]
    Plain,
    /// Ends or removes something.
    Danger,
}

/// What a control or form does: a verb and its arguments, `verb:arg:arg`, at most
/// [`ACTION_ID_MAX_BYTES`] long. It travels through the platform and comes back with the event, so nothing
/// in it is trusted but its shape: the flow checks again who may.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActionId(String);

impl ActionId {
    /// An action of `verb` on `args`.
    ///
    /// # Panics
    /// If it would be longer than [`ACTION_ID_MAX_BYTES`] or a part holds a colon: both are slips of the
    /// programmer, since verbs are literals and arguments are ids or keys.
    #[must_use]
    pub fn new(verb: &str, args: &[&str]) -> Self {
        let mut id = verb.to_owned();
        for arg in args {
            assert!(!arg.contains(':'), "an action's argument holds no colon: {arg}");
            id.push(':');
            id.push_str(arg);
        }
        assert!(id.len() <= ACTION_ID_MAX_BYTES, "an action id is at most {ACTION_ID_MAX_BYTES} bytes: {id}");
        Self(id)
    }

    /// An action as it came back from a platform; `None` if it cannot be one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (!text.is_empty() && text.len() <= ACTION_ID_MAX_BYTES).then(|| Self(text.to_owned()))
    }

    /// The verb.
    #[must_use]
    pub fn verb(&self) -> &str {
        self.0.split(':').next().unwrap_or_default()
    }

    /// The arguments in order.
    pub fn args(&self) -> impl Iterator<Item = &str> {
        self.0.split(':').skip(1)
    }

    /// The whole as it travels.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Text {
    /// Words to show as they are.
    #[must_use]
    pub fn plain(words: impl Into<String>) -> Self {
        Self(vec![Span::Plain(words.into())])
    }

    /// The bare words, for notifications, logs of tests and places without any markup. People appear as
    /// their id, moments in words.
    #[must_use]
    pub fn words(&self) -> String {
        self.0
            .iter()
            .map(|span| match span {
                Span::Plain(words) | Span::Strong(words) | Span::Code(words) => words.as_str(),
                Span::Person(user) => user.0.as_str(),
                Span::When { words, .. } => words.as_str(),
                Span::Link { label, .. } => label.as_str(),
            })
            .collect()
    }
}

impl Message {
    /// A message of these blocks.
    #[must_use]
    pub fn of(blocks: Vec<Block>) -> Self {
        Self { blocks, files: Vec::new() }
    }

    /// A message of one paragraph.
    #[must_use]
    pub fn paragraph(text: Text) -> Self {
        Self::of(vec![Block::Paragraph(text)])
    }

    /// Adds a file.
    #[must_use]
    pub fn with_file(mut self, file: File) -> Self {
        self.files.push(file);
        self
    }

    /// Adds a block.
    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// The same message without anything to press: what an answered or ended message becomes.
    #[must_use]
    pub fn without_controls(mut self) -> Self {
        self.blocks.retain(|block| !matches!(block, Block::Controls(_)));
        self
    }

    /// The same message without a mention of these people.
    #[must_use]
    pub fn without_mentions(mut self, people: &[UserRef]) -> Self {
        for block in &mut self.blocks {
            if let Block::Paragraph(Text(spans)) = block {
                spans.retain(|span| !matches!(span, Span::Person(user) if people.contains(user)));
            }
        }
        self
    }

    /// One line for notifications and screen readers: the first heading, or else the first words.
    #[must_use]
    pub fn summary(&self) -> String {
        self.blocks
            .iter()
            .find_map(|block| match block {
                Block::Heading(text) | Block::Paragraph(text) | Block::Quote(text) | Block::Fine(text) => {
                    Some(text.words())
                }
                Block::Bullets(lines) => lines.first().map(Text::words),
                Block::Fields(rows) => {
                    rows.first().map(|(label, value)| format!("{}: {}", label.words(), value.words()))
                }
                Block::Controls(_) => None,
            })
            .unwrap_or_default()
    }

    /// Every control of the message, in order.
    pub fn controls(&self) -> impl Iterator<Item = &Control> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Controls(controls) => controls.as_slice(),
            _ => &[],
        })
    }
}
