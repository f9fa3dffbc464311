//! What is said of direct messages that cannot be sent, and what would have stood there.

use chrono::{DateTime, Utc};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, CommandId, File, Message, Style, UserRef, command};

/// A page of what could not be said directly.
#[derive(Clone, Debug)]
pub struct UnreadPage {
    /// The messages of this page with when they were written, oldest first.
    pub messages: Vec<(Message, DateTime<Utc>)>,
    /// How many more wait.
    pub more: usize,
    /// Files can be shown with it.
    pub files: bool,
}

impl Voice<'_> {
    /// What could not be said directly, and how to go on.
    #[must_use]
    pub fn unread(&self, page: UnreadPage) -> Message {
        let UnreadPage { messages, more, files } = page;
        let mut shown = Message::default()
            .with(self.heading("direct-unread-heading", &[]))
            .with(self.paragraph("direct-unread-intro", &[]));
        for (message, at) in messages {
            shown = shown.with(self.fine("direct-unread-at", &[("at", self.when(at))]));
            shown.blocks.extend(message.blocks);
            match files {
                true => shown.files.extend(message.files),
                false => shown.blocks.extend(message.files.iter().map(|file| self.file_missing(file))),
            }
        }
        let home = Deed::Do(CommandId::Home);
        match more {
            0 => shown.with(Block::Controls(vec![self.button("button-to-home", &home, Style::Plain)])),
            _ => shown
                .with(self.paragraph("direct-unread-more", &[("count", Arg::Number(more as i64))]))
                .with(Block::Controls(vec![self.button("button-read-on", &home, Style::Primary)])),
        }
    }

    fn file_missing(&self, file: &File) -> Block {
        self.paragraph("direct-unread-file", &[("name", Arg::Words(file.name.clone()))])
    }

    /// Puts the word that messages wait, with a button to read them, above everything else at home.
    #[must_use]
    pub fn with_unread(&self, mut home: Message, count: usize) -> Message {
        let read = self.button("button-read-on", &Deed::Do(CommandId::Home), Style::Primary);
        let word = self.paragraph("direct-unread-home", &[("count", Arg::Number(count as i64))]);
        let place = home.blocks.len().min(1);
        home.blocks.splice(place..place, [word, Block::Controls(vec![read])]);
        home
    }

    /// To somebody, where others read along: that something waits, and nothing of what.
    #[must_use]
    pub fn something_waits(&self, user: &UserRef) -> Message {
        let command = Arg::Code(command::typed(CommandId::Home));
        self.say("direct-waits", &[("person", Arg::Person(user.clone())), ("command", command)])
    }

    /// Tells the office that somebody cannot be written to directly.
    #[must_use]
    pub fn unreachable(&self, user: &UserRef, told: bool) -> Message {
        let command = Arg::Code(command::typed(CommandId::Home));
        let told = Arg::Key(if told { "yes" } else { "no" });
        self.say("notice-unreachable", &[("person", Arg::Person(user.clone())), ("command", command), ("told", told)])
    }
}
