//! Embeds: their limits, and how Discord writes them back.

use serde_json::{Map, Value, json};

use super::super::json::without_nulls;
use super::super::refused::FormErrors;
use super::{given, is_url, join, needed, number, objects, text};

/// All embeds of a message together may hold this many characters.
const ALL_CHARACTERS: usize = 6000;

/// Checks the embeds of a message and returns them as Discord would store them.
pub fn check(value: Option<&Value>, path: &str, form: &mut FormErrors) -> Vec<Value> {
    let list = objects(value, path, form);
    form_items(path, list.len(), form);
    let mut total = 0;
    let checked = list
        .iter()
        .enumerate()
        .map(|(index, embed)| one(embed, &join(path, &index.to_string()), &mut total, form))
        .collect();
    if total > ALL_CHARACTERS {
        form.add(path, "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
    }
    checked
}

fn form_items(path: &str, count: usize, form: &mut FormErrors) {
    if count > 10 {
        form.add(path, "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
    }
}

fn one(embed: &Map<String, Value>, path: &str, total: &mut usize, form: &mut FormErrors) -> Value {
    let mut count = |text: Option<&str>| *total += text.map_or(0, |text| text.trim().chars().count());
    count(text(embed, "title", (0, 256), path, form));
    count(text(embed, "description", (0, 4096), path, form));
    number(embed, "color", (0, 0xFF_FFFF), path, form);
    url(embed, "url", path, form);
    let mut out = without_nulls(embed);
    out.insert("type".into(), "rich".into());
    if let Some(at) = embed.get("timestamp").and_then(Value::as_str) {
        match chrono::DateTime::parse_from_rfc3339(at) {
            Ok(at) => drop(out.insert("timestamp".into(), super::super::ids::iso(at.timestamp_millis()).into())),
            Err(_) => form.add(&join(path, "timestamp"), "DATE_TIME_TYPE_PARSE", "Could not parse. Should be ISO8601."),
        }
    }
    for (key, name, max) in [("author", "name", 256), ("footer", "text", 2048)] {
        let Some(part) = given(embed, key).and_then(Value::as_object) else { continue };
        count(needed(part, name, (0, max), &join(path, key), form));
        url(part, "icon_url", &join(path, key), form);
        out.insert(key.into(), Value::Object(without_nulls(part)));
    }
    for key in ["image", "thumbnail"] {
        let Some(part) = given(embed, key).and_then(Value::as_object) else { continue };
        url(part, "url", &join(path, key), form);
        out.insert(key.into(), json!({"url": part.get("url"), "proxy_url": part.get("url"), "width": 0, "height": 0}));
    }
    let fields = objects(embed.get("fields"), &join(path, "fields"), form);
    form.items(&join(path, "fields"), fields.len(), 0, 25);
    let mut written = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let at = join(path, &format!("fields.{index}"));
        count(needed(field, "name", (1, 256), &at, form));
        count(needed(field, "value", (1, 1024), &at, form));
        let inline = field.get("inline").and_then(Value::as_bool).unwrap_or(false);
        written.push(json!({"name": field.get("name"), "value": field.get("value"), "inline": inline}));
    }
    if written.is_empty() {
        out.remove("fields");
    } else {
        out.insert("fields".into(), written.into());
    }
    Value::Object(out)
}

fn url(map: &Map<String, Value>, key: &str, path: &str, form: &mut FormErrors) {
    let Some(text) = text(map, key, (0, 2048), path, form) else { return };
    if !is_url(text) && !text.starts_with("attachment://") {
        form.add(
            &join(path, key),
            "URL_TYPE_INVALID_SCHEME",
            &format!("Scheme \"{text}\" is not supported. Scheme must be one of ('http', 'https')."),
        );
    }
}
