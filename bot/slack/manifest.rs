//! The app manifest: what an administrator pastes into Slack to create the app. It is made from the command
//! tree, so that it cannot disagree with what the bot understands.

use serde_json::{Value, json};

use crate::chat::CommandWords;
use crate::chat::command::{Command, Node, OptionKind, Root, TREE};

/// The app's name, as people see it beside every message.
const APP: &str = "PLSEP Mentorship";
/// Longest description of the app, of a command, and longest usage hint.
const SHORT: usize = 140;
const DESCRIPTION: usize = 2000;
const HINT: usize = 1000;

/// The scopes of the bot token, each with what it is for:
/// commands (slash commands), chat:write (messages), files:write (files that come with them), files:read (a file that a coordinator hands in with a form), im:write and im:history (direct messages, and finding one
/// whose answer was lost), groups:read, groups:write and groups:history (private channels of pairs: open,
/// recognise, close, find a message), channels:history (messages in a public channel), users:read and
/// users:read.email (who somebody is; the roster knows people by address), team:read (the workspace's name), usergroups:read (who is in a user group that coordinates).
const SCOPES: [&str; 13] = [
    "channels:history",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:write",
    "usergroups:read",
    "users:read",
    "users:read.email",
];

/// What Slack tells the bot: who opens its home, who joins, leaves or changes, and when a private channel it is in is
/// archived or deleted, or somebody takes it out of one. Nothing of what people write to each other.
const EVENTS: [&str; 6] =
    ["app_home_opened", "group_archive", "group_deleted", "group_left", "team_join", "user_change"];

/// The manifest of the app, in English.
#[must_use]
pub fn manifest(words: &dyn CommandWords) -> Value {
    let commands: Vec<_> = TREE.iter().map(|root| slash_command(root, words)).collect();
    json!({
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": APP,
            "description": cut(&words.describe("mentorship", "en"), SHORT),
        },
        "features": {
            "app_home": {
                "home_tab_enabled": true,
                "messages_tab_enabled": true,
                "messages_tab_read_only_enabled": true,
            },
            "bot_user": {"display_name": APP, "always_online": true},
            "slash_commands": commands,
        },
        "oauth_config": {"scopes": {"bot": SCOPES}},
        "settings": {
            "event_subscriptions": {"bot_events": EVENTS},
            "interactivity": {"is_enabled": true},
            "org_deploy_enabled": false,
            "socket_mode_enabled": true,
            "token_rotation_enabled": false,
        },
    })
}

fn slash_command(root: &Root, words: &dyn CommandWords) -> Value {
    let hints: Vec<_> = root.nodes.iter().map(hint).collect();
    json!({
        "command": format!("/{}", root.name),
        "description": cut(&words.describe(root.name, "en"), DESCRIPTION),
        "usage_hint": cut(&format!("[{}]", hints.join(" | ")), HINT),
        // Without it Slack sends names instead of ids for the people a command mentions.
        "should_escape": true,
    })
}

fn hint(node: &Node) -> String {
    match node {
        Node::Command(command) => command_hint(command),
        Node::Group { name, commands } => {
            // The hint is one line on a screen; what each takes is told by the help.
            let commands: Vec<_> = commands.iter().map(|command| command.name).collect();
            format!("{name} {}", commands.join("/"))
        }
    }
}

fn command_hint(command: &Command) -> String {
    let options = command.options.iter().map(|option| match option.kind {
        OptionKind::Choice(choices) => format!(" <{}>", choices.join("/")),
        OptionKind::Person | OptionKind::Group => format!(" @{}", option.name),
        OptionKind::Words(_) | OptionKind::Sought(_) => format!(" <{}>", option.name),
        // Asked for in a form.
        OptionKind::File => String::new(),
    });
    format!("{}{}", command.name, options.collect::<String>())
}

fn cut(words: &str, most: usize) -> String {
    super::text::shorten(words, most)
}
