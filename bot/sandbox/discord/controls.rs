//! Buttons and menus of messages as a person uses them: listing, finding by key or label, choosing.

use serde_json::{Map, Value, json};

use super::ids::Snowflake;
use super::json;
use super::state::{ChannelKind, World};
use crate::person::{CannotAct, Control};

/// The controls of a message, in order.
pub fn of(world: &World, components: &[Value]) -> Vec<Control> {
    all(components).into_iter().filter_map(|component| control(world, component)).collect()
}

/// Every component that can be used, from top to bottom.
fn all(components: &[Value]) -> Vec<&Value> {
    let mut found = Vec::new();
    for component in components {
        if matches!(component["type"].as_u64(), Some(2 | 3 | 5..=8)) {
            found.push(component);
        }
        found.extend(component["components"].as_array().map(|inner| all(inner)).unwrap_or_default());
        found.extend(component.get("accessory").map(|it| all(std::slice::from_ref(it))).unwrap_or_default());
    }
    found
}

fn words(component: &Value, key: &str) -> String {
    component[key].as_str().unwrap_or_default().to_owned()
}

fn size(component: &Value, key: &str) -> usize {
    component[key].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(1)
}

/// What is written on a button: its emoji and label.
fn label(button: &Value) -> String {
    let emoji = button["emoji"]["name"].as_str().filter(|_| button["emoji"]["id"].is_null()).unwrap_or_default();
    format!("{emoji} {}", words(button, "label")).trim().to_owned()
}

fn control(world: &World, component: &Value) -> Option<Control> {
    let disabled = component["disabled"] == true;
    if component["type"] == 2 {
        let style = match component["style"].as_u64()? {
            1 => "primary",
            2 => "secondary",
            3 => "success",
            4 => "danger",
            _ => return Some(Control::Link { label: label(component), url: words(component, "url") }),
        };
        return Some(Control::Button {
            key: words(component, "custom_id"),
            label: label(component),
            style: style.into(),
            disabled,
        });
    }
    let chosen = match component["default_values"].as_array() {
        Some(defaults) => defaults.iter().map(|it| words(it, "id")).collect(),
        None => preset(component),
    };
    Some(Control::Select {
        key: words(component, "custom_id"),
        label: words(component, "placeholder"),
        options: options(world, component),
        chosen,
        min: size(component, "min_values"),
        max: size(component, "max_values"),
        disabled,
    })
}

/// Values of options that are chosen from the start.
pub fn preset(component: &Value) -> Vec<String> {
    let options = component["options"].as_array().into_iter().flatten();
    options.filter(|option| option["default"] == true).map(|option| words(option, "value")).collect()
}

/// `(value, label)` of everything a menu offers.
pub fn options(world: &World, component: &Value) -> Vec<(String, String)> {
    let people =
        || world.members.values().filter(|it| it.present && !it.unseen).map(|it| (it.id.to_string(), it.name.clone()));
    let roles = || world.roles.iter().map(|it| (it.id.to_string(), it.name.clone()));
    match component["type"].as_u64() {
        Some(5) => people().collect(),
        Some(6) => roles().collect(),
        Some(7) => people().chain(roles()).collect(),
        Some(8) => {
            let channels = world.channels.values().filter(|it| it.kind != ChannelKind::Direct && it.thread.is_none());
            channels.map(|it| (it.id.to_string(), it.name.clone())).collect()
        }
        _ => component["options"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|option| (words(option, "value"), words(option, "label")))
            .collect(),
    }
}

/// The control with this key, or else with this label.
pub fn find<'a>(components: &'a [Value], key: &str) -> Result<&'a Value, CannotAct> {
    let found = all(components);
    let by_key = found.iter().find(|it| it["custom_id"] == key);
    let by_label = || found.iter().find(|it| label(it) == key || it["label"] == key || it["placeholder"] == key);
    let control = by_key.or_else(by_label).copied();
    let control = control.ok_or_else(|| CannotAct::NotThere(format!("the message has no control {key:?}")))?;
    if control["disabled"] == true {
        return Err(CannotAct::Refused(format!("the control {key:?} is disabled")));
    }
    Ok(control)
}

/// Turns values or labels into values and checks their number, as the client does.
pub fn choose(
    world: &World,
    component: &Value,
    given: &[String],
    (min, max): (usize, usize),
) -> Result<Vec<String>, CannotAct> {
    let options = options(world, component);
    let handle = |text: &str| {
        world.members.values().find(|it| it.handle == text.trim_start_matches('@')).map(|it| it.id.to_string())
    };
    let mut values = Vec::new();
    for wanted in given {
        let by_value = options.iter().find(|(value, _)| value == wanted);
        let found =
            by_value.or_else(|| options.iter().find(|(_, label)| label == wanted)).map(|(value, _)| value.clone());
        let people = matches!(component["type"].as_u64(), Some(5 | 7));
        let value = found.or_else(|| handle(wanted).filter(|_| people));
        let value = value.ok_or_else(|| CannotAct::Refused(format!("there is no choice {wanted:?}")))?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    if values.len() < min || values.len() > max {
        return Err(CannotAct::Refused(format!("choose between {min} and {max}, not {}", values.len())));
    }
    Ok(values)
}

/// `resolved` for the ids that a menu of people, roles or channels was given.
pub fn resolve(world: &World, ids: &[String], into: &mut Map<String, Value>) {
    let mut put = |group: &str, id: &str, value: Value| {
        let group = into.entry(group).or_insert_with(|| json!({}));
        group[id] = value;
    };
    for text in ids {
        let Ok(id) = text.parse::<Snowflake>() else { continue };
        if let Some(member) = world.members.get(&id) {
            put("users", text, json::user(member));
            let mut bare = json::bare_member(member);
            bare["permissions"] = super::permissions::in_guild(world, id).to_string().into();
            put("members", text, bare);
        } else if let Some(role) = world.role(id) {
            put("roles", text, json::role(role));
        } else if let Some(channel) = world.channels.get(&id) {
            let mut json = json::channel(world, channel);
            json["permissions"] = super::permissions::in_channel(world, world.bot, channel).to_string().into();
            put("channels", text, json);
        }
    }
}
