//! Help, and the texts of the command tree.

use std::sync::Arc;

use plsep_domain::Lang;

use super::{Arg, Catalogue, Deed, Voice};
use crate::chat::command::{self, OptionKind, TREE};
use crate::chat::{Block, CommandId, CommandWords, Message, Style};

/// Gives adapters the texts of the command tree.
pub struct TreeWords(pub Arc<Catalogue>);

impl CommandWords for TreeWords {
    fn describe(&self, path: &str, lang: &str) -> String {
        self.0.line(Lang::nearest(lang), &format!("command-{}", path.replace('.', "-")), &[])
    }
}

impl Voice<'_> {
    /// Every command of one root, with what it does.
    #[must_use]
    pub fn help(&self, root: &str) -> Message {
        let lines = command::all().filter(|(path, _)| path[0] == root).map(|(path, spec)| {
            let options = spec.options.iter().map(|option| format!(" {}", self.placeholder(&path, option.name)));
            let typed = format!("{}{}", command::typed(spec.id), options.collect::<String>());
            let about = self.line(&format!("command-{}", path.join("-")), &[]);
            self.text("help-line", &[("command", Arg::Code(typed)), ("about", Arg::Words(about))])
        });
        let home = if root == TREE[0].name { CommandId::Home } else { CommandId::SeasonShow };
        Message::default()
            .with(self.heading("help-heading", &[]))
            .with(Block::Bullets(lines.collect()))
            .with(self.paragraph("help-no-need", &[]))
            .with(Block::Controls(vec![self.button("button-menu", &Deed::Do(home), Style::Primary)]))
    }

    /// A line that could not be read as a command, with the way on.
    #[must_use]
    pub fn unclear(&self, root: &str, typed: &str) -> Message {
        let help = self.help(root);
        let args = [("typed", Arg::Words(typed.chars().take(80).collect()))];
        let mut message = self.say("unclear", &args);
        message.blocks.extend(help.blocks.into_iter().skip(1));
        message
    }

    fn placeholder(&self, path: &[&str], option: &str) -> String {
        let spec = command::all().find(|(known, _)| known == path).map(|(_, spec)| spec.options).unwrap_or_default();
        match spec.iter().find(|known| known.name == option).map(|known| &known.kind) {
            Some(OptionKind::Choice(choices)) if choices.len() <= 3 => choices.join("|"),
            Some(OptionKind::Person) => format!("@{option}"),
            _ => format!("<{option}>"),
        }
    }
}
