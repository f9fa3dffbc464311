//! Open forms (modals): what the person sees, what the client refuses to send, and what it sends.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::controls;
use super::ids::Snowflake;
use super::markdown::{Page, render};
use super::state::{OpenForm, World};
use super::visible::with_names;
use crate::person::{CannotAct, FieldKind, FieldSeen, FormSeen};

/// A form as the person sees it.
pub fn seen(world: &World, who: Snowflake, form: &OpenForm) -> FormSeen {
    let words = |key: &str| form.body[key].as_str().unwrap_or_default().to_owned();
    let (mut notes, mut html) = (Vec::new(), String::new());
    let mut fields = Vec::new();
    for top in form.body["components"].as_array().into_iter().flatten() {
        if top["type"] == 10 {
            let mut page = Page::default();
            with_names(world, who, |names| render(top["content"].as_str().unwrap_or_default(), names, &mut page));
            notes.push(page.text);
            html.push_str(&page.html);
        }
        fields.extend(inputs(top).into_iter().map(|input| field(world, top, input)));
    }
    FormSeen {
        id: form.origin["id"].as_str().unwrap_or_default().to_owned(),
        key: words("custom_id"),
        title: words("title"),
        notes,
        html,
        fields,
        controls: Vec::new(),
        submit: "Submit".into(),
        close: "Cancel".into(),
        errors: form.errors.clone(),
    }
}

/// The input components under a row or a label.
fn inputs(top: &Value) -> Vec<&Value> {
    match top["type"].as_u64() {
        Some(1) => top["components"].as_array().into_iter().flatten().collect(),
        Some(18) => vec![&top["component"]],
        _ => Vec::new(),
    }
}

fn number(value: &Value, otherwise: usize) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(otherwise)
}

fn field(world: &World, top: &Value, input: &Value) -> FieldSeen {
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let own_label = words(&input["label"]);
    let hint =
        [&top["description"], &input["placeholder"]].into_iter().find_map(|it| it.as_str().filter(|it| !it.is_empty()));
    FieldSeen {
        key: words(&input["custom_id"]),
        label: if top["type"] == 18 { words(&top["label"]) } else { own_label },
        hint: hint.unwrap_or_default().to_owned(),
        required: required(input),
        kind: kind(world, input),
        value: initial(input),
    }
}

fn required(input: &Value) -> bool {
    input["type"] != 23 && input["required"].as_bool().unwrap_or(true)
}

/// What stands in a field when the form opens.
fn initial(input: &Value) -> Vec<String> {
    match input["type"].as_u64() {
        Some(4) => input["value"].as_str().filter(|it| !it.is_empty()).map(str::to_owned).into_iter().collect(),
        Some(23) => (input["default"] == true).then(|| "true".to_owned()).into_iter().collect(),
        _ => match input["default_values"].as_array() {
            Some(defaults) => defaults.iter().filter_map(|it| it["id"].as_str().map(str::to_owned)).collect(),
            None => controls::preset(input),
        },
    }
}

fn kind(world: &World, input: &Value) -> FieldKind {
    match input["type"].as_u64() {
        Some(4) => FieldKind::Text {
            multiline: input["style"] == 2,
            min: number(&input["min_length"], 0),
            max: number(&input["max_length"], 4000),
        },
        Some(23) => FieldKind::Choice { options: vec![("true".into(), "Yes".into())], min: 0, max: 1 },
        _ => FieldKind::Choice {
            options: controls::options(world, input),
            min: if required(input) { number(&input["min_values"], 1) } else { 0 },
            max: number(&input["max_values"], 1),
        },
    }
}

/// What the client would send for these values; they are named by field key or label.
///
/// # Errors
/// For each field the client would complain about: key -> text.
pub fn fill(
    world: &World,
    form: &OpenForm,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Value, BTreeMap<String, String>> {
    let mut errors = BTreeMap::new();
    let mut used = Vec::new();
    let mut resolved = Map::new();
    let mut sent = Vec::new();
    for top in form.body["components"].as_array().into_iter().flatten() {
        let mut written = Vec::new();
        for input in inputs(top) {
            let seen = field(world, top, input);
            let name = [&seen.key, &seen.label].into_iter().find(|name| values.contains_key(*name));
            used.extend(name.cloned());
            let given = name.and_then(|name| values.get(name)).cloned().unwrap_or_else(|| seen.value.clone());
            match answer(world, input, &seen, &given) {
                Ok(value) => {
                    if matches!(input["type"].as_u64(), Some(5..=8)) {
                        controls::resolve(world, &given_ids(&value), &mut resolved);
                    }
                    written.push(value);
                }
                Err(complaint) => drop(errors.insert(seen.key, complaint)),
            }
        }
        let first = written.first().cloned().unwrap_or(Value::Null);
        sent.push(match top["type"].as_u64() {
            Some(1) => json!({"type": 1, "id": top["id"], "components": written}),
            Some(18) => json!({"type": 18, "id": top["id"], "component": first}),
            _ => json!({"type": 10, "id": top["id"]}),
        });
    }
    for stray in values.keys().filter(|name| !used.contains(name)) {
        errors.insert(stray.clone(), "There is no such field.".into());
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut data = json!({"custom_id": form.body["custom_id"], "components": sent});
    if !resolved.is_empty() {
        data["resolved"] = Value::Object(resolved);
    }
    Ok(data)
}

fn given_ids(value: &Value) -> Vec<String> {
    value["values"].as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

fn answer(world: &World, input: &Value, seen: &FieldSeen, given: &[String]) -> Result<Value, String> {
    let mut out = json!({"type": input["type"], "id": input["id"], "custom_id": input["custom_id"]});
    let given: Vec<String> = given.iter().filter(|it| !it.is_empty()).cloned().collect();
    if given.is_empty() && seen.required {
        return Err("This field is required.".into());
    }
    match (&seen.kind, input["type"].as_u64()) {
        (FieldKind::Text { min, max, .. }, _) => {
            let text = given.first().cloned().unwrap_or_default();
            let count = text.chars().count();
            if count > *max || (count < *min && count > 0) {
                return Err(format!("Must be between {min} and {max} in length."));
            }
            out["value"] = text.into();
        }
        (_, Some(23)) => out["value"] = given.iter().any(|it| it == "true" || it == "Yes").into(),
        (FieldKind::Choice { min, max, .. }, kind) => {
            let least = if given.is_empty() { 0 } else { *min };
            let chosen = controls::choose(world, input, &given, (least, *max)).map_err(|error| error.to_string())?;
            if kind == Some(21) {
                out["value"] = chosen.first().map_or(Value::Null, |it| it.clone().into());
            } else {
                out["values"] = json!(chosen);
            }
        }
        (FieldKind::Date | FieldKind::Time | FieldKind::Moment | FieldKind::File { .. }, _) => {
            return Err("There is no such field on Discord.".into());
        }
    }
    Ok(out)
}

/// The refusal a person gets to read.
pub fn refusal(errors: &BTreeMap<String, String>) -> CannotAct {
    let all: Vec<String> = errors.iter().map(|(key, text)| format!("{key}: {text}")).collect();
    CannotAct::Refused(all.join("; "))
}
