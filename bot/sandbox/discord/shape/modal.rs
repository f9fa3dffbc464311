//! Forms (modals): their limits.

use serde_json::{Map, Value, json};

use super::super::refused::{FormErrors, Refused};
use super::components::{Walk, copy, flag};
use super::{join, needed, number, objects, text};

/// Checks the data of callback type 9 and returns the form as the client gets it.
///
/// # Errors
/// 50035 with every problem.
pub fn check(data: &Map<String, Value>) -> Result<Value, Refused> {
    let mut form = FormErrors::default();
    needed(data, "custom_id", (1, 100), "data", &mut form);
    needed(data, "title", (1, 45), "data", &mut form);
    let list: Vec<Map<String, Value>> =
        objects(data.get("components"), "data.components", &mut form).into_iter().cloned().collect();
    form.items("data.components", list.len(), 1, 5);
    let mut walk = Walk { form: &mut form, custom_ids: Vec::new(), count: 0, characters: 0 };
    let components: Vec<Value> = list
        .iter()
        .enumerate()
        .map(|(index, item)| top(&mut walk, item, &format!("data.components.{index}")))
        .collect();
    form.or(json!({"custom_id": data.get("custom_id"), "title": data.get("title"), "components": components}))
}

fn kind(item: &Map<String, Value>) -> u64 {
    item.get("type").and_then(Value::as_u64).unwrap_or(0)
}

fn top(walk: &mut Walk<'_>, item: &Map<String, Value>, path: &str) -> Value {
    walk.count += 1;
    let id = item.get("id").and_then(Value::as_u64).filter(|id| *id > 0).unwrap_or(walk.count as u64);
    match kind(item) {
        1 => {
            let at = join(path, "components");
            let list = objects(item.get("components"), &at, walk.form);
            walk.form.items(&at, list.len(), 1, 1);
            let inside: Vec<Value> = list
                .iter()
                .enumerate()
                .map(|(index, it)| row_input(walk, it, &join(&at, &index.to_string())))
                .collect();
            json!({"type": 1, "id": id, "components": inside})
        }
        10 => json!({"type": 10, "id": id, "content": needed(item, "content", (1, 4000), path, walk.form)}),
        18 => {
            needed(item, "label", (1, 45), path, walk.form);
            text(item, "description", (1, 100), path, walk.form);
            let mut out = json!({"type": 18, "id": id, "label": item.get("label")});
            copy(item, &mut out, &["description"]);
            match item.get("component").and_then(Value::as_object) {
                Some(inside) => out["component"] = labelled(walk, inside, &join(path, "component")),
                None => walk.form.required(&join(path, "component")),
            }
            out
        }
        _ => {
            walk.form.choice(&join(path, "type"), "1, 10, 18");
            Value::Null
        }
    }
}

fn row_input(walk: &mut Walk<'_>, item: &Map<String, Value>, path: &str) -> Value {
    if kind(item) != 4 {
        walk.form.choice(&join(path, "type"), "4");
        return Value::Null;
    }
    needed(item, "label", (1, 45), path, walk.form);
    text_input(walk, item, path)
}

fn text_input(walk: &mut Walk<'_>, item: &Map<String, Value>, path: &str) -> Value {
    walk.count += 1;
    let custom_id = walk.custom_id(item, path);
    if number(item, "style", (1, 2), path, walk.form).is_none() && item.get("style").is_none_or(Value::is_null) {
        walk.form.required(&join(path, "style"));
    }
    let min = number(item, "min_length", (0, 4000), path, walk.form).unwrap_or(0);
    let max = number(item, "max_length", (1, 4000), path, walk.form).unwrap_or(4000);
    if min > max {
        walk.form.add(&join(path, "min_length"), "NUMBER_TYPE_MAX", "min_length must be at most max_length.");
    }
    text(item, "placeholder", (0, 100), path, walk.form);
    let bounds = (usize::try_from(min).unwrap_or(0), usize::try_from(max).unwrap_or(4000));
    if item.get("value").and_then(Value::as_str).is_some_and(|value| !value.is_empty()) {
        text(item, "value", bounds, path, walk.form);
    }
    let mut out = json!({
        "type": 4, "id": walk.count, "custom_id": custom_id, "style": item.get("style"), "min_length": min, "max_length": max,
        "required": flag(item, "required", true),
    });
    copy(item, &mut out, &["label", "placeholder", "value"]);
    out
}

/// What stands in a Label.
fn labelled(walk: &mut Walk<'_>, item: &Map<String, Value>, path: &str) -> Value {
    let which = kind(item);
    if which == 4 {
        return text_input(walk, item, path);
    }
    walk.count += 1;
    let id = walk.count;
    if flag(item, "disabled", false) {
        walk.form.add(
            &join(path, "disabled"),
            "MODAL_COMPONENT_CANNOT_BE_DISABLED",
            "Components in modals cannot be disabled",
        );
    }
    let required = flag(item, "required", true);
    let mut out = match which {
        3 | 5..=8 => walk.select(item, which, path, (0, 25)),
        19 => group(walk, item, path, false),
        21 => {
            let mut out = json!({"custom_id": walk.custom_id(item, path)});
            out["options"] = walk.options(item, path, (2, 10), 1).into();
            out
        }
        22 => group(walk, item, path, true),
        23 => json!({"custom_id": walk.custom_id(item, path), "default": flag(item, "default", false)}),
        _ => {
            walk.form.choice(&join(path, "type"), "3, 4, 5, 6, 7, 8, 19, 21, 22, 23");
            return Value::Null;
        }
    };
    // A required group must be answered with at least one choice.
    if required && item.get("min_values").and_then(Value::as_i64) == Some(0) && which != 23 {
        walk.form.add(
            &join(path, "min_values"),
            "COMPONENT_REQUIRED_MIN_VALUES",
            "min_values must be at least 1 when required",
        );
    }
    out["type"] = which.into();
    out["id"] = id.into();
    out["required"] = required.into();
    out
}

/// A checkbox group or a file upload: bounds of 0 to 10.
fn group(walk: &mut Walk<'_>, item: &Map<String, Value>, path: &str, options: bool) -> Value {
    let count = item.get("options").and_then(Value::as_array).map_or(1, Vec::len);
    let otherwise = if options { i64::try_from(count).unwrap_or(10) } else { 1 };
    let max = number(item, "max_values", (1, 10), path, walk.form).unwrap_or(otherwise);
    let min = number(item, "min_values", (0, 10), path, walk.form).unwrap_or(1);
    let mut out = json!({"custom_id": walk.custom_id(item, path), "min_values": min, "max_values": max});
    if options {
        out["options"] = walk.options(item, path, (1, 10), max).into();
    }
    out
}
