//! Slash commands as typed: matched against what the bot registered, with the checks the client makes before
//! anything is sent.
//!
//! An attachment option takes `name` and contents as one value, divided by the first line break:
//! `file:"people.csv\nname,email…"` with a real line break in place of `\n`. Contents that begin with `base64:` are
//! bytes.

use serde_json::{Map, Value, json};

use super::controls;
use super::ids::Snowflake;
use super::interactions::ATTACHMENT_LIMIT;
use super::json;
use super::permissions::{self, USE_APPLICATION_COMMANDS};
use super::state::{Attachment, Channel, ChannelKind, Command, StoredFile, World};
use crate::person::{CannotAct, picked_file};

/// A command line that fits a registered command.
pub struct Typed {
    pub command: Command,
    /// Names of the group and subcommand.
    path: Vec<String>,
    /// Each filled option with its definition.
    pub options: Vec<(Value, String)>,
}

fn refused(text: String) -> CannotAct {
    CannotAct::Refused(text)
}

/// Words of a line; double quotes hold words together, `\"` is a quote.
fn words(line: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut begun) = (false, false);
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('"') => word.push('"'),
                Some(other) => word.extend(['\\', other]),
                None => word.push('\\'),
            },
            '"' => (quoted, begun) = (!quoted, true),
            it if it.is_whitespace() && !quoted => {
                if begun || !word.is_empty() {
                    all.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            other => word.push(other),
        }
    }
    if begun || !word.is_empty() {
        all.push(word);
    }
    all
}

/// Matches a line against the registered commands.
///
/// # Errors
/// What the client would say.
pub fn parse(world: &World, who: Snowflake, channel: &Channel, line: &str) -> Result<Typed, CannotAct> {
    let mut words = words(line.trim()).into_iter().peekable();
    let name = words.next().unwrap_or_default();
    let name = name.strip_prefix('/').ok_or_else(|| refused("a command begins with a slash".into()))?;
    let chat = world.commands.iter().filter(|it| it.body["type"] == 1 && it.body["name"] == name);
    // A command of the server stands before a global one of the same name.
    let command = chat.max_by_key(|it| it.guild.is_some()).cloned();
    let command = command.ok_or_else(|| CannotAct::NotThere(format!("there is no command /{name}")))?;
    may_use(world, who, channel, &command)?;
    let mut path = Vec::new();
    let mut definitions = list(&command.body);
    while definitions.iter().any(|it| matches!(it["type"].as_u64(), Some(1 | 2))) {
        let next = words.next().unwrap_or_default();
        let inner = definitions.iter().find(|it| it["name"] == *next);
        let inner = inner.ok_or_else(|| CannotAct::NotThere(format!("/{name} has no subcommand {next:?}")))?;
        path.push(next);
        definitions = list(inner);
    }
    let mut options: Vec<(Value, String)> = Vec::new();
    for word in words {
        let named = word
            .split_once(':')
            .and_then(|(key, value)| Some((definitions.iter().find(|it| it["name"] == key)?, value)));
        match (named, options.last_mut()) {
            (Some((definition, value)), _) => {
                if options.iter().any(|(it, _)| it["name"] == definition["name"]) {
                    return Err(refused(format!("the option {} is given twice", definition["name"])));
                }
                options.push((definition.clone(), value.to_owned()));
            }
            // Words after an option belong to it, as in the client's input box.
            (None, Some((_, value))) => *value = format!("{value} {word}"),
            (None, None) => return Err(refused(format!("{word:?} is not an option of this command"))),
        }
    }
    let missing = definitions
        .iter()
        .find(|it| it["required"] == true && options.iter().all(|(given, _)| given["name"] != it["name"]));
    if let Some(missing) = missing {
        return Err(refused(format!("the option {} is required", missing["name"])));
    }
    Ok(Typed { command, path, options })
}

fn list(body: &Value) -> Vec<Value> {
    body["options"].as_array().cloned().unwrap_or_default()
}

/// Whether the client offers this command to this person here.
fn may_use(world: &World, who: Snowflake, channel: &Channel, command: &Command) -> Result<(), CannotAct> {
    let rights = permissions::in_channel(world, who, channel);
    let direct = channel.kind == ChannelKind::Direct;
    let contexts = command.body["contexts"].as_array();
    let here = u64::from(direct);
    let dm_allowed = command.guild.is_none() && command.body["dm_permission"] != false;
    let offered = contexts.map_or(!direct || dm_allowed, |all| all.iter().any(|it| it.as_u64() == Some(here)));
    let needed: u64 =
        command.body["default_member_permissions"].as_str().and_then(|text| text.parse().ok()).unwrap_or(0);
    let only_admins = command.body["default_member_permissions"] == "0";
    let admin = rights == permissions::ALL;
    let allowed = direct || admin || (!only_admins && rights & needed == needed);
    if !offered || !allowed || rights & USE_APPLICATION_COMMANDS == 0 {
        return Err(refused(format!("the command {} is not available here", command.body["name"])));
    }
    Ok(())
}

impl Typed {
    /// The data of an autocomplete interaction for the option at `focused`, if its command asks for suggestions.
    pub fn asking(&self, focused: usize) -> Option<Value> {
        let (definition, _) = self.options.get(focused).filter(|(it, _)| it["autocomplete"] == true)?;
        let typed = self.options.iter().take(focused + 1).map(|(it, value)| {
            let mut option = json!({"name": it["name"], "type": it["type"], "value": value});
            if it["name"] == definition["name"] {
                option["focused"] = true.into();
            }
            option
        });
        Some(self.data(typed.collect(), Map::new()))
    }

    /// Takes a suggestion in place of what was typed, if one reads the same.
    pub fn take_suggestion(&mut self, at: usize, suggestions: &[Value]) {
        let Some((_, value)) = self.options.get_mut(at) else { return };
        let same = |it: &&Value| it["name"].as_str().is_some_and(|name| name.to_lowercase() == value.to_lowercase());
        if let Some(choice) = suggestions.iter().find(same) {
            *value = choice["value"].as_str().map_or_else(|| choice["value"].to_string(), str::to_owned);
        }
    }

    /// The data of the command interaction.
    ///
    /// # Errors
    /// A value that the client would not take.
    pub fn finish(&self, world: &mut World, channel: Snowflake) -> Result<Value, CannotAct> {
        let mut resolved = Map::new();
        let mut options = Vec::new();
        for (definition, text) in &self.options {
            let value = value(world, definition, text, channel, &mut resolved)?;
            options.push(json!({"name": definition["name"], "type": definition["type"], "value": value}));
        }
        Ok(self.data(options, resolved))
    }

    fn data(&self, mut options: Vec<Value>, resolved: Map<String, Value>) -> Value {
        let mut depth = self.path.len();
        for name in self.path.iter().rev() {
            // Of two names the first is the group.
            let kind = if depth == 1 && self.path.len() == 2 { 2 } else { 1 };
            options = vec![json!({"name": name, "type": kind, "options": options})];
            depth -= 1;
        }
        let mut data = json!({"id": self.command.id, "name": self.command.body["name"], "type": 1, "options": options});
        if let Some(guild) = self.command.guild {
            data["guild_id"] = guild.to_string().into();
        }
        if !resolved.is_empty() {
            data["resolved"] = Value::Object(resolved);
        }
        data
    }
}

fn value(
    world: &mut World,
    definition: &Value,
    text: &str,
    channel: Snowflake,
    resolved: &mut Map<String, Value>,
) -> Result<Value, CannotAct> {
    let name = definition["name"].as_str().unwrap_or_default().to_owned();
    let wrong = |what: &str| refused(format!("{name}: {text:?} is not {what}"));
    if let Some(choices) = definition["choices"].as_array().filter(|choices| !choices.is_empty()) {
        let by_value = choices
            .iter()
            .find(|it| it["value"] == *text || it["value"].as_f64().is_some_and(|it| text.parse() == Ok(it)));
        let choice = by_value.or_else(|| choices.iter().find(|it| it["name"] == *text));
        return choice.map(|it| it["value"].clone()).ok_or_else(|| wrong("one of the choices"));
    }
    let bounds = |number: f64| {
        let low = definition["min_value"].as_f64().is_none_or(|min| number >= min);
        low && definition["max_value"].as_f64().is_none_or(|max| number <= max)
    };
    match definition["type"].as_u64() {
        Some(4) => {
            let number: i64 = text.parse().map_err(|_| wrong("a whole number"))?;
            #[expect(clippy::cast_precision_loss, reason = "Discord's integers fit 53 bits")]
            let fits = bounds(number as f64);
            if fits { Ok(number.into()) } else { Err(wrong("within the bounds")) }
        }
        Some(5) => text.to_lowercase().parse::<bool>().map(Value::Bool).map_err(|_| wrong("true or false")),
        Some(kind @ 6..=9) => {
            let id = target(world, kind, text).ok_or_else(|| wrong("anybody or anything here"))?;
            controls::resolve(world, &[id.to_string()], resolved);
            Ok(id.to_string().into())
        }
        Some(10) => match text.parse::<f64>() {
            Ok(number) if bounds(number) => Ok(json!(number)),
            _ => Err(wrong("a number within the bounds")),
        },
        Some(11) => attach(world, text, channel, resolved).ok_or_else(|| wrong("a file (name, line break, contents)")),
        _ => {
            let count = text.chars().count() as u64;
            let short = definition["min_length"].as_u64().is_some_and(|min| count < min);
            if short || definition["max_length"].as_u64().is_some_and(|max| count > max) || count > 6000 {
                return Err(wrong("of the right length"));
            }
            Ok(text.into())
        }
    }
}

/// A person by handle, name, mention or id; a channel or role by name or id.
fn target(world: &World, kind: u64, text: &str) -> Option<Snowflake> {
    let plain = text.trim_start_matches(['<', '@', '#', '!', '&']).trim_end_matches('>');
    let id: Option<Snowflake> = plain.parse().ok();
    let people = || {
        let present = || world.members.values().filter(|it| it.present);
        let found = present().find(|it| Some(it.id) == id || it.handle == plain);
        found.or_else(|| present().find(|it| it.name == plain)).map(|it| it.id)
    };
    let role = || world.roles.iter().find(|it| Some(it.id) == id || it.name == plain).map(|it| it.id);
    let channel = || {
        world.channels.values().find(|it| Some(it.id) == id || (it.name == plain && !plain.is_empty())).map(|it| it.id)
    };
    match kind {
        6 => people(),
        7 => channel(),
        8 => role(),
        _ => people().or_else(role),
    }
}

fn attach(world: &mut World, text: &str, channel: Snowflake, resolved: &mut Map<String, Value>) -> Option<Value> {
    let (name, bytes) = picked_file(text)?;
    if bytes.len() > ATTACHMENT_LIMIT as usize {
        return None;
    }
    let id = world.ids.next();
    let content_type =
        if name.ends_with(".csv") { "text/csv; charset=utf-8" } else { "application/octet-stream" }.to_owned();
    let file = Attachment { id, name, size: bytes.len(), alt: None, content_type: content_type.clone() };
    let group = resolved.entry("attachments").or_insert_with(|| json!({}));
    group[id.to_string()] = json::attachment(world, channel, &file, true);
    world.files.insert(id, StoredFile { content_type, bytes, channel });
    Some(id.to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(
            words(r#"/a b note:"two words" c:"say \"hi\"" d:"""#),
            ["/a", "b", "note:two words", "c:say \"hi\"", "d:"]
        );
    }
}
