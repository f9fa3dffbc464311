//! Interactive elements as a person meets them: which there are, what can be chosen, and what Slack makes of
//! a choice (state values). It sends nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime};
use serde_json::{Map, Value, json};

use super::shapes;
use super::state::{Inputs, Kind, World};
use crate::person::Control;

/// An interactive element with the block it stands in.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    pub block: &'a Value,
    pub element: &'a Value,
}

impl<'a> Spot<'a> {
    pub fn block_id(&self) -> &'a str {
        self.block["block_id"].as_str().unwrap_or_default()
    }

    pub fn action_id(&self) -> &'a str {
        self.element["action_id"].as_str().unwrap_or_default()
    }

    pub fn kind(&self) -> &'a str {
        self.element["type"].as_str().unwrap_or_default()
    }

    /// What is written on or beside it.
    pub fn label(&self) -> String {
        let words = [&self.block["label"], &self.element["text"], &self.element["placeholder"], &self.block["text"]];
        words.iter().find_map(|word| word["text"].as_str()).unwrap_or_default().to_owned()
    }

    pub fn is_button(&self) -> bool {
        matches!(self.kind(), "button" | "workflow_button")
    }

    /// What stands in it keeps standing there (and is sent with a form).
    pub fn is_stateful(&self) -> bool {
        !self.is_button() && self.kind() != "overflow" && !self.kind().is_empty() && self.kind() != "image"
    }

    /// Most values it takes.
    pub fn most(&self) -> usize {
        let many = self.kind().starts_with("multi_") || self.kind() == "checkboxes";
        let limit = self.element["max_selected_items"].as_u64().and_then(|most| usize::try_from(most).ok());
        if many { limit.unwrap_or(100) } else { 1 }
    }
}

/// Every interactive element, in reading order.
pub fn spots(blocks: &[Value]) -> Vec<Spot<'_>> {
    let mut found = Vec::new();
    for block in blocks {
        let elements: Vec<&Value> = match block["type"].as_str() {
            Some("input") => vec![&block["element"]],
            Some("section") if !block["accessory"].is_null() => vec![&block["accessory"]],
            Some("actions") => block["elements"].as_array().into_iter().flatten().collect(),
            _ => continue,
        };
        let interactive = elements.into_iter().filter(|element| !element["action_id"].is_null());
        found.extend(interactive.map(|element| Spot { block, element }));
    }
    found
}

/// The element with this action id, or else with this label.
pub fn find<'a>(blocks: &'a [Value], key: &str) -> Option<Spot<'a>> {
    let all = spots(blocks);
    let by_id = all.iter().find(|spot| spot.action_id() == key).copied();
    by_id.or_else(|| all.into_iter().find(|spot| spot.label() == key))
}

/// `(value, label)` of what can be chosen; empty where anything can be entered.
pub fn choices(world: &World, user: &str, element: &Value) -> Vec<(String, String)> {
    let kind = element["type"].as_str().unwrap_or_default();
    if kind.contains("users_select") {
        let present = world.people.iter().filter(|person| person.resident.present);
        return present.map(|person| (person.resident.id.clone(), person.resident.name.clone())).collect();
    }
    if kind.contains("conversations_select") || kind.contains("channels_select") {
        let shown =
            |kind: &Kind| *kind == Kind::Public || (*kind == Kind::Private && element["type"] != "channels_select");
        let channels = world.channels.iter().filter(|channel| shown(&channel.kind) && !channel.archived);
        let readable = channels.filter(|channel| world.can_read(user, channel));
        return readable.map(|channel| (channel.id.clone(), format!("#{}", channel.name))).collect();
    }
    let option = |option: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&option["value"]), text(&option["text"]["text"]))
    };
    let direct = element["options"].as_array().into_iter().flatten();
    let groups = element["option_groups"].as_array().into_iter().flatten();
    let grouped = groups.flat_map(|group| group["options"].as_array().into_iter().flatten());
    direct.chain(grouped).map(option).collect()
}

/// The control a person sees for an element of a message.
pub fn control(world: &World, user: &str, spot: Spot<'_>, inputs: Option<&Inputs>) -> Control {
    let (key, label) = (spot.action_id().to_owned(), spot.label());
    if spot.is_button() {
        if let Some(url) = spot.element["url"].as_str() {
            return Control::Link { label, url: url.to_owned() };
        }
        let style = spot.element["style"].as_str().unwrap_or("secondary").to_owned();
        return Control::Button { key, label, style, disabled: false };
    }
    let entered = inputs.and_then(|inputs| inputs.get(spot.block_id())?.get(spot.action_id()));
    let chosen = entered.map_or_else(|| chosen(&initial(spot.element)), chosen);
    let min = usize::from(!matches!(spot.kind(), "checkboxes") && !spot.kind().starts_with("multi_"));
    Control::Select {
        key,
        label,
        options: choices(world, user, spot.element),
        chosen,
        min,
        max: spot.most(),
        disabled: false,
    }
}

/// The name under which Slack keeps what was chosen in an element of this type.
fn slot(kind: &str) -> &'static str {
    match kind {
        "static_select" | "external_select" | "radio_buttons" | "overflow" => "selected_option",
        "multi_static_select" | "multi_external_select" | "checkboxes" => "selected_options",
        "users_select" => "selected_user",
        "multi_users_select" => "selected_users",
        "conversations_select" => "selected_conversation",
        "multi_conversations_select" => "selected_conversations",
        "channels_select" => "selected_channel",
        "multi_channels_select" => "selected_channels",
        "datepicker" => "selected_date",
        "timepicker" => "selected_time",
        "datetimepicker" => "selected_date_time",
        "rich_text_input" => "rich_text_value",
        "file_input" => "files",
        _ => "value",
    }
}

/// What an element holds before anybody touches it.
pub fn initial(element: &Value) -> Value {
    let kind = element["type"].as_str().unwrap_or_default();
    let given = [
        "initial_option",
        "initial_options",
        "initial_user",
        "initial_users",
        "initial_conversation",
        "initial_conversations",
        "initial_channel",
        "initial_channels",
        "initial_date",
        "initial_time",
        "initial_date_time",
        "initial_value",
    ];
    let value = given.iter().map(|key| &element[*key]).find(|value| !value.is_null()).cloned();
    let empty = if slot(kind).ends_with('s') { json!([]) } else { Value::Null };
    json!({"type": kind, slot(kind): value.unwrap_or(empty)})
}

/// What stands in every stateful element; what was entered before is kept where the same element still is.
pub fn inputs(blocks: &[Value], before: Option<&Inputs>) -> Inputs {
    let mut all: Inputs = BTreeMap::new();
    for spot in spots(blocks).into_iter().filter(Spot::is_stateful) {
        let kept = before.and_then(|before| before.get(spot.block_id())?.get(spot.action_id()));
        let kept = kept.filter(|value| value["type"] == spot.kind());
        let value = kept.cloned().unwrap_or_else(|| initial(spot.element));
        all.entry(spot.block_id().to_owned()).or_default().insert(spot.action_id().to_owned(), value);
    }
    all
}

/// The values in a state value: one text, or what is chosen.
pub fn chosen(value: &Value) -> Vec<String> {
    let kind = value["type"].as_str().unwrap_or_default();
    let one = |item: &Value| match item {
        Value::Object(file) if kind == "file_input" => file.get("name").and_then(Value::as_str).map(str::to_owned),
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(option) => Some(match option.get("value").and_then(Value::as_str) {
            Some(value) => value.to_owned(),
            None => rich_words(item),
        }),
        _ => None,
    };
    match &value[slot(kind)] {
        Value::Array(items) => items.iter().filter_map(one).collect(),
        item => one(item).into_iter().collect(),
    }
}

/// The words of a rich text value.
pub fn rich_words(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(rich_words).collect(),
        Value::Object(map) => {
            let own = map.get("text").and_then(Value::as_str).unwrap_or_default();
            format!("{own}{}", map.get("elements").map(rich_words).unwrap_or_default())
        }
        _ => String::new(),
    }
}

/// The state value for what a person entered. `Err` names what cannot be chosen.
pub fn entered(world: &World, user: &str, element: &Value, values: &[String]) -> Result<Value, String> {
    let kind = element["type"].as_str().unwrap_or_default();
    let slot = slot(kind);
    let options = choices(world, user, element);
    let mut items = Vec::new();
    for value in values {
        items.push(match slot {
            "selected_option" | "selected_options" => option(element, value).ok_or_else(|| value.clone())?,
            "selected_date_time" => json!(picked(world, user, value).ok_or_else(|| value.clone())?),
            "files" => world.file(value).map(|file| shapes::file(world, file)).ok_or_else(|| value.clone())?,
            "selected_date" | "selected_time" | "value" => json!(value),
            "rich_text_value" => rich_text(value),
            _ => json!(pick(world, &options, value).ok_or_else(|| value.clone())?),
        });
    }
    let mut state = Map::new();
    state.insert("type".into(), json!(kind));
    let held = if slot.ends_with('s') { Value::Array(items) } else { items.into_iter().next().unwrap_or(Value::Null) };
    state.insert(slot.into(), held);
    Ok(Value::Object(state))
}

/// How a moment is picked: on the person's own calendar and clock.
const WALL_TIME: &str = "%Y-%m-%dT%H:%M";

fn zone_of(world: &World, user: &str) -> chrono_tz::Tz {
    world.person(user).and_then(|person| person.resident.zone.parse().ok()).unwrap_or(chrono_tz::UTC)
}

/// The seconds of a moment that somebody picked; none if their clocks skip it.
fn picked(world: &World, user: &str, value: &str) -> Option<i64> {
    let local = NaiveDateTime::parse_from_str(value, WALL_TIME).ok()?;
    Some(local.and_local_timezone(zone_of(world, user)).earliest()?.timestamp())
}

/// What a field holds, as the person reads it.
pub fn shown(world: &World, user: &str, value: &Value) -> Vec<String> {
    let moment = value["selected_date_time"].as_i64().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    match moment {
        Some(at) => vec![at.with_timezone(&zone_of(world, user)).format(WALL_TIME).to_string()],
        None => chosen(value),
    }
}

fn pick(world: &World, options: &[(String, String)], wanted: &str) -> Option<String> {
    let by_handle = world.by_handle(wanted).map(|person| person.resident.id.clone());
    let matches =
        |(value, label): &&(String, String)| value == wanted || label == wanted || by_handle.as_deref() == Some(value);
    options.iter().find(matches).map(|(value, _)| value.clone())
}

/// The option as Slack sends it back: with its text, without its address.
fn option(element: &Value, wanted: &str) -> Option<Value> {
    let direct = element["options"].as_array().into_iter().flatten();
    let groups = element["option_groups"].as_array().into_iter().flatten();
    let all: Vec<&Value> =
        direct.chain(groups.flat_map(|group| group["options"].as_array().into_iter().flatten())).collect();
    let by_value = all.iter().find(|option| option["value"] == wanted);
    by_value.or_else(|| all.iter().find(|option| option["text"]["text"] == wanted)).map(|option| (*option).clone())
}

fn rich_text(words: &str) -> Value {
    let section = json!({"type": "rich_text_section", "elements": [{"type": "text", "text": words}]});
    json!({"type": "rich_text", "elements": [section]})
}
