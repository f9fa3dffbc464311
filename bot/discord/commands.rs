//! The command tree as Discord registers it, for one server, in English and Spanish.
//!
//! The coordinators' root is not hidden with `default_member_permissions`: `"0"` would hide it from every
//! coordinator who is not also a Discord administrator, and only an administrator could show it again, by
//! hand, in the server's settings. Everybody may see it; each flow checks on the server side who may use it.
//! A server that prefers to hide it can do so under Server Settings, Integrations.

use serde_json::{Value, json};

use super::controls::short;
use crate::chat::CommandWords;
use crate::chat::command::{Command, Node, OptionKind, OptionSpec, Root, TREE};

/// Longest description, and longest name of a choice.
const DESCRIPTION: usize = 100;
/// The Spanish locales Discord knows: of Spain and of Latin America.
const SPANISH: [&str; 2] = ["es-ES", "es-419"];

/// All commands, as the body of a bulk overwrite.
pub(super) fn registration(words: &dyn CommandWords) -> Value {
    TREE.iter().map(|root| root_command(root, words)).collect()
}

fn root_command(root: &Root, words: &dyn CommandWords) -> Value {
    let options: Vec<Value> = root.nodes.iter().map(|node| node_option(node, root.name, words)).collect();
    described(json!({"type": 1, "name": root.name, "options": options}), root.name, words)
}

fn node_option(node: &Node, path: &str, words: &dyn CommandWords) -> Value {
    match node {
        Node::Command(command) => subcommand(command, path, words),
        Node::Group { name, commands } => {
            let path = format!("{path}.{name}");
            let options: Vec<Value> = commands.iter().map(|command| subcommand(command, &path, words)).collect();
            described(json!({"type": 2, "name": name, "options": options}), &path, words)
        }
    }
}

fn subcommand(command: &Command, path: &str, words: &dyn CommandWords) -> Value {
    let path = format!("{path}.{}", command.name);
    let options: Vec<Value> = command.options.iter().map(|spec| option(spec, &path, words)).collect();
    described(json!({"type": 1, "name": command.name, "options": options}), &path, words)
}

fn option(spec: &OptionSpec, path: &str, words: &dyn CommandWords) -> Value {
    let path = format!("{path}.{}", spec.name);
    let mut option = json!({"name": spec.name, "required": spec.required});
    match spec.kind {
        OptionKind::Choice(values) => {
            option["type"] = 3.into();
            option["choices"] = values.iter().map(|value| choice(value, &path, words)).collect();
        }
        OptionKind::Person => option["type"] = 6.into(),
        OptionKind::Group => option["type"] = 8.into(),
        OptionKind::File => option["type"] = 11.into(),
        OptionKind::Sought(sought) => {
            option["type"] = 3.into();
            option["max_length"] = sought.max_chars().into();
            option["autocomplete"] = true.into();
        }
        OptionKind::Words(max) => {
            option["type"] = 3.into();
            option["max_length"] = max.into();
        }
    }
    described(option, &path, words)
}

fn choice(value: &str, path: &str, words: &dyn CommandWords) -> Value {
    let path = format!("{path}.{value}");
    json!({
        "name": short(&words.describe(&path, "en"), DESCRIPTION),
        "name_localizations": spanish(&path, words),
        "value": value,
    })
}

fn described(mut command: Value, path: &str, words: &dyn CommandWords) -> Value {
    command["description"] = short(&words.describe(path, "en"), DESCRIPTION).into();
    command["description_localizations"] = spanish(path, words);
    command
}

fn spanish(path: &str, words: &dyn CommandWords) -> Value {
    let text = short(&words.describe(path, "es"), DESCRIPTION);
    SPANISH
        .iter()
        .map(|locale| ((*locale).to_owned(), Value::from(text.clone())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Paths;

    impl CommandWords for Paths {
        fn describe(&self, path: &str, lang: &str) -> String {
            format!("{lang}: {path}")
        }
    }

    #[test]
    fn the_whole_tree() {
        insta::assert_json_snapshot!(registration(&Paths));
    }

    #[test]
    fn it_is_within_what_discord_takes() {
        // Names, descriptions and choices of one command: at most 8,000 characters, of each text its longest language.
        fn characters(value: &Value) -> usize {
            let count = |text: &Value| text.as_str().map_or(0, |text| text.chars().count());
            let longest = |key: &str| {
                let others = value[format!("{key}_localizations")].as_object();
                let others = others.into_iter().flat_map(|all| all.values()).map(count);
                others.chain([count(&value[key])]).max().unwrap_or(0)
            };
            let inner = |key: &str| value[key].as_array().map_or(0, |list| list.iter().map(characters).sum());
            let chosen = if value.get("type").is_none() { count(&value["value"]) } else { 0 };
            longest("name") + longest("description") + chosen + inner("options") + inner("choices")
        }
        fn levels(value: &Value) {
            let Some(options) = value["options"].as_array() else { return };
            assert!(options.len() <= 25, "{}", value["name"]);
            options.iter().for_each(levels);
        }
        let words = crate::words::TreeWords(std::sync::Arc::new(crate::words::Catalogue::embedded()));
        for root in registration(&words).as_array().unwrap() {
            assert!(characters(root) <= 8000, "{}: {}", root["name"], characters(root));
            levels(root);
        }
    }

    #[test]
    fn a_description_is_never_longer_than_discord_takes() {
        struct Wordy;
        impl CommandWords for Wordy {
            fn describe(&self, _: &str, _: &str) -> String {
                "ñ".repeat(300)
            }
        }
        fn each(value: &Value) {
            let long = value["description"].as_str().map_or(0, |text| text.chars().count());
            assert!(long <= DESCRIPTION, "{}", value["name"]);
            value["options"].as_array().into_iter().flatten().for_each(each);
        }
        registration(&Wordy).as_array().unwrap().iter().for_each(each);
    }
}
