//! Registration of commands: names, limits, nesting, and the form in which Discord gives them back.

use serde_json::{Map, Value, json};

use super::super::refused::{FormErrors, Refused};
use super::components::{copy, flag};
use super::{given, join, needed, number, objects, text};

/// Characters of all names, descriptions and choice values of one command.
const ALL_CHARACTERS: usize = 8000;

/// Checks one command and returns what is kept of it.
///
/// # Errors
/// 50035 with every problem.
pub fn check(body: &Map<String, Value>, global: bool) -> Result<Value, Refused> {
    let mut form = FormErrors::default();
    let checked = one(body, "", global, &mut form);
    form.or(checked)
}

/// Checks a list that replaces all commands.
///
/// # Errors
/// 50035 with every problem, 30032 for too many.
pub fn check_all(list: &[Value], global: bool) -> Result<Vec<Value>, Refused> {
    let mut form = FormErrors::default();
    let mut checked = Vec::new();
    for (index, item) in list.iter().enumerate() {
        let Some(item) = item.as_object() else {
            form.add(&index.to_string(), "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
            continue;
        };
        let command = one(item, &index.to_string(), global, &mut form);
        let twin = |other: &Value| other["name"] == command["name"] && other["type"] == command["type"];
        if checked.iter().any(twin) {
            form.add(
                &index.to_string(),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
        checked.push(command);
    }
    for (kind, most) in [(1, 100), (2, 15), (3, 15)] {
        if checked.iter().filter(|command| command["type"] == kind).count() > most {
            return Err(Refused::new(400, 30032, &format!("Maximum number of application commands reached ({most}).")));
        }
    }
    form.or(checked)
}

fn one(body: &Map<String, Value>, path: &str, global: bool, form: &mut FormErrors) -> Value {
    let kind = given(body, "type").and_then(Value::as_u64).unwrap_or(1);
    if !(1..=3).contains(&kind) {
        form.choice(&join(path, "type"), "1, 2, 3");
    }
    name(body, path, kind == 1, form);
    let description = described(body, path, kind == 1, form);
    let mut out = json!({
        "type": kind, "name": body.get("name"), "description": description, "nsfw": flag(body, "nsfw", false),
        "default_member_permissions": permissions(body), "name_localizations": body.get("name_localizations"),
        "description_localizations": body.get("description_localizations"),
    });
    if global {
        out["contexts"] = given(body, "contexts").cloned().unwrap_or(Value::Null);
        out["integration_types"] = given(body, "integration_types").cloned().unwrap_or_else(|| json!([0]));
        out["dm_permission"] = flag(body, "dm_permission", true).into();
    }
    let options = options(body, path, 0, form);
    if kind != 1 && !options.is_empty() {
        form.add(
            &join(path, "options"),
            "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS",
            "Context menu commands cannot have options",
        );
    }
    if !options.is_empty() {
        out["options"] = options.into();
    }
    if characters(&out) > ALL_CHARACTERS {
        form.add(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)");
    }
    out
}

fn permissions(body: &Map<String, Value>) -> Value {
    match given(body, "default_member_permissions") {
        Some(Value::String(text)) => text.clone().into(),
        Some(number) => number.to_string().into(),
        None => Value::Null,
    }
}

fn name(body: &Map<String, Value>, path: &str, chat: bool, form: &mut FormErrors) {
    let Some(name) = needed(body, "name", (1, 32), path, form) else { return };
    let letter = |character: char| "-_'".contains(character) || character.is_alphanumeric();
    if chat && (!name.chars().all(letter) || name.to_lowercase() != name) {
        form.add(&join(path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

fn described(body: &Map<String, Value>, path: &str, chat: bool, form: &mut FormErrors) -> String {
    if chat {
        return needed(body, "description", (1, 100), path, form).unwrap_or_default().to_owned();
    }
    if text(body, "description", (0, 100), path, form).is_some_and(|text| !text.is_empty()) {
        form.add(
            &join(path, "description"),
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
            "Context menu commands cannot have a description",
        );
    }
    String::new()
}

/// `depth` 0: of a command, 1: of a subcommand or group, 2: of a subcommand in a group.
fn options(body: &Map<String, Value>, path: &str, depth: usize, form: &mut FormErrors) -> Vec<Value> {
    let at = join(path, "options");
    let list = objects(body.get("options"), &at, form);
    form.items(&at, list.len(), 0, 25);
    let kind_of = |item: &Map<String, Value>| item.get("type").and_then(Value::as_u64).unwrap_or(0);
    let nested = list.iter().filter(|item| kind_of(item) <= 2).count();
    if nested > 0 && nested < list.len() {
        form.add(
            &at,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        );
    }
    let mut names: Vec<&str> = Vec::new();
    let mut optional = false;
    let mut out = Vec::new();
    for (index, item) in list.iter().enumerate() {
        let here = join(&at, &index.to_string());
        name(item, &here, true, form);
        let its_name = item.get("name").and_then(Value::as_str).unwrap_or_default();
        if names.contains(&its_name) {
            form.add(&join(&here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option name is not unique");
        }
        names.push(its_name);
        let required = flag(item, "required", false);
        if required && optional {
            form.add(
                &here,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        optional |= !required;
        out.push(option(item, kind_of(item), &here, depth, form));
    }
    out
}

fn option(item: &Map<String, Value>, kind: u64, path: &str, depth: usize, form: &mut FormErrors) -> Value {
    let description = described(item, path, true, form);
    let mut out = json!({"type": kind, "name": item.get("name"), "description": description});
    copy(item, &mut out, &["name_localizations", "description_localizations"]);
    // A subcommand may stand in a command or in a group, a group only in a command.
    let parent_is_group = depth == 2;
    match kind {
        1 | 2 => {
            let deepest = if kind == 2 { depth == 0 } else { depth == 0 || parent_is_group };
            if !deepest {
                form.choice(&join(path, "type"), "3, 4, 5, 6, 7, 8, 9, 10, 11");
            }
            let inner = options(item, path, if kind == 2 { 2 } else { 1 }, form);
            let all_subcommands = inner.iter().all(|it| it["type"] == 1);
            if kind == 2 && (inner.is_empty() || !all_subcommands) {
                form.add(
                    &join(path, "options"),
                    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                    "A group holds subcommands only",
                );
            }
            out["options"] = inner.into();
            return out;
        }
        3..=11 if parent_is_group => form.choice(&join(path, "type"), "1"),
        3..=11 => {}
        _ => form.choice(&join(path, "type"), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"),
    }
    out["required"] = flag(item, "required", false).into();
    copy(item, &mut out, &["channel_types", "autocomplete", "min_value", "max_value", "min_length", "max_length"]);
    number(item, "min_length", (0, 6000), path, form);
    number(item, "max_length", (1, 6000), path, form);
    choices(item, kind, path, &mut out, form);
    out
}

fn choices(item: &Map<String, Value>, kind: u64, path: &str, out: &mut Value, form: &mut FormErrors) {
    let at = join(path, "choices");
    let list = objects(item.get("choices"), &at, form);
    if list.is_empty() {
        return;
    }
    form.items(&at, list.len(), 0, 25);
    if flag(item, "autocomplete", false) || !matches!(kind, 3 | 4 | 10) {
        form.add(&at, "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Choices are not allowed here");
    }
    let mut names: Vec<&str> = Vec::new();
    for (index, choice) in list.iter().enumerate() {
        let here = join(&at, &index.to_string());
        let name = needed(choice, "name", (1, 100), &here, form).unwrap_or_default();
        if names.contains(&name) {
            form.add(
                &join(&here, "name"),
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS",
                "Option choice names must be unique",
            );
        }
        names.push(name);
        match choice.get("value") {
            Some(Value::String(text)) if kind == 3 => form.length(&join(&here, "value"), text, 1, 100),
            Some(Value::Number(_)) if kind != 3 => {}
            _ => form.add(&join(&here, "value"), "BASE_TYPE_BAD_TYPE", "The value does not fit the type of the option"),
        }
    }
    out["choices"] = list.iter().map(|choice| Value::Object(super::super::json::without_nulls(choice))).collect();
}

fn characters(value: &Value) -> usize {
    let own = ["name", "description", "value"];
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| match value {
                Value::String(text) if own.contains(&key.as_str()) => text.chars().count(),
                Value::Object(_) | Value::Array(_) => characters(value),
                _ => 0,
            })
            .sum(),
        Value::Array(list) => list.iter().map(characters).sum(),
        _ => 0,
    }
}
