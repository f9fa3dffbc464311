//! What Discord accepts in bodies, and how it writes it back. Judges values only; rights and existence are
//! judged by whoever carries the request out.

pub mod commands;
pub mod components;
pub mod embeds;
pub mod mentions;
pub mod message;
pub mod modal;

use serde_json::{Map, Value};

use super::refused::FormErrors;

/// A member that is there and not `null`.
pub fn given<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    map.get(key).filter(|value| !value.is_null())
}

/// A text of `min..=max` characters, or nothing; complains otherwise.
pub fn text<'a>(
    map: &'a Map<String, Value>,
    key: &str,
    (min, max): (usize, usize),
    path: &str,
    form: &mut FormErrors,
) -> Option<&'a str> {
    let value = given(map, key)?;
    let Some(text) = value.as_str() else {
        form.add(&join(path, key), "STRING_TYPE_CONVERT", "Could not interpret value as string.");
        return None;
    };
    form.length(&join(path, key), text, min, max);
    Some(text)
}

/// A text that must be there.
pub fn needed<'a>(
    map: &'a Map<String, Value>,
    key: &str,
    size: (usize, usize),
    path: &str,
    form: &mut FormErrors,
) -> Option<&'a str> {
    if given(map, key).is_none() {
        form.required(&join(path, key));
    }
    text(map, key, size, path, form)
}

/// A whole number within bounds, or nothing; complains otherwise.
pub fn number(
    map: &Map<String, Value>,
    key: &str,
    (min, max): (i64, i64),
    path: &str,
    form: &mut FormErrors,
) -> Option<i64> {
    let value = given(map, key)?;
    match value.as_i64() {
        None => form.add(&join(path, key), "NUMBER_TYPE_COERCE", &format!("Value \"{value}\" is not int.")),
        Some(number) if number > max => {
            form.add(&join(path, key), "NUMBER_TYPE_MAX", &format!("int value should be less than or equal to {max}."));
        }
        Some(number) if number < min => {
            form.add(
                &join(path, key),
                "NUMBER_TYPE_MIN",
                &format!("int value should be greater than or equal to {min}."),
            );
        }
        Some(number) => return Some(number),
    }
    None
}

/// A list of objects; complains about anything else.
pub fn objects<'a>(value: Option<&'a Value>, path: &str, form: &mut FormErrors) -> Vec<&'a Map<String, Value>> {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Vec::new() };
    let Some(list) = value.as_array() else {
        form.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType.");
        return Vec::new();
    };
    let mut all = Vec::new();
    for (index, item) in list.iter().enumerate() {
        match item.as_object() {
            Some(object) => all.push(object),
            None => form.add(
                &join(path, &index.to_string()),
                "MODEL_TYPE_CONVERT",
                "Only dictionaries may be used in a ModelType",
            ),
        }
    }
    all
}

/// `a.b` out of `a` and `b`.
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Whether an address begins as Discord wants it.
pub fn is_url(text: &str) -> bool {
    ["http://", "https://", "discord://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme))
}
