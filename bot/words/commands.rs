//! Help, and the texts of the command tree.

use std::sync::Arc;

use plsep_domain::Lang;

use super::{Arg, Catalogue, Deed, Voice};
use crate::chat::command::{self, OptionKind, TREE};
use crate::chat::{Block, CommandId, CommandWords, Message, Span, Style, Text};

/// Gives adapters the texts of the command tree.
pub struct TreeWords(pub Arc<Catalogue>);

impl CommandWords for TreeWords {
    fn describe(&self, path: &str, lang: &str) -> String {
        self.0.line(Lang::nearest(lang), &format!("command-{}", path.replace('.', "-")), &[])
    }
}

/// Where commands stand that have no theme of their own.
const THEME_OTHER: &str = "help-theme-yourself";

/// Under which words people look for a command: by what they want to do, and coordinators by its group.
fn theme(path: &[&str]) -> String {
    match path {
        [_, "about" | "apply" | "status" | "withdraw"] => "help-theme-take-part".to_owned(),
        [_, "agreement" | "check-in" | "meeting" | "how-often" | "ask"] => "help-theme-pair".to_owned(),
        ["mentorship", "meeting", _] => "help-theme-pair".to_owned(),
        [_, "survey" | "certificate"] => "help-theme-after".to_owned(),
        ["mentorship", ..] | [_, "help"] => THEME_OTHER.to_owned(),
        [root, group, ..] => format!("command-{root}-{group}"),
        [..] => THEME_OTHER.to_owned(),
    }
}

impl Voice<'_> {
    /// Every command of one root, with what it does.
    #[must_use]
    pub fn help(&self, root: &str) -> Message {
        let mut themes: Vec<(String, Vec<Text>)> = Vec::new();
        for (path, spec) in command::all().filter(|(path, _)| path[0] == root) {
            let options = spec.options.iter().map(|option| format!(" {}", self.placeholder(&path, option.name)));
            let typed = format!("{}{}", command::typed(spec.id), options.collect::<String>());
            let about = self.line(&format!("command-{}", path.join("-")), &[]);
            let line = self.text("help-line", &[("command", Arg::Code(typed)), ("about", Arg::Words(about))]);
            let theme = theme(&path);
            match themes.iter_mut().find(|(known, _)| *known == theme) {
                Some((_, lines)) => lines.push(line),
                None => themes.push((theme, vec![line])),
            }
        }
        // What is for oneself comes last.
        themes.sort_by_key(|(theme, _)| theme == THEME_OTHER);
        let home = if root == TREE[0].name { CommandId::Home } else { CommandId::SeasonShow };
        let mut message = Message::default().with(self.heading("help-heading", &[]));
        for (theme, lines) in themes {
            let heading = if theme.starts_with("command-") {
                Block::Paragraph(Text(vec![Span::Strong(self.line(&theme, &[]))]))
            } else {
                self.paragraph(&theme, &[])
            };
            message = message.with(heading).with(Block::Bullets(lines));
        }
        message.with(self.paragraph("help-no-need", &[])).with(Block::Controls(vec![self.button(
            "button-menu",
            &Deed::Do(home),
            Style::Primary,
        )]))
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
            Some(OptionKind::Person | OptionKind::Group) => format!("@{option}"),
            _ => format!("<{option}>"),
        }
    }
}
