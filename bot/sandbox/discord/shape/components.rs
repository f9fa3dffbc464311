//! Buttons, menus and the Components V2 of messages: their limits, and how Discord writes them back.

use serde_json::{Map, Value, json};

use super::super::refused::FormErrors;
use super::{given, is_url, join, needed, number, objects, text};

/// A component tree being checked: what was seen so far.
pub struct Walk<'a> {
    pub form: &'a mut FormErrors,
    /// Custom ids so far; a second one is an error.
    pub custom_ids: Vec<String>,
    /// Components so far, nested ones included; also the id given to those without one.
    pub count: usize,
    /// Characters in text displays.
    pub characters: usize,
}

/// Checks the components of a message and returns them as Discord would store them.
pub fn check(value: Option<&Value>, v2: bool, form: &mut FormErrors) -> Vec<Value> {
    let list: Vec<Map<String, Value>> = objects(value, "components", form).into_iter().cloned().collect();
    let mut walk = Walk { form, custom_ids: Vec::new(), count: 0, characters: 0 };
    if !v2 && list.len() > 5 {
        walk.form.add("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    let allowed: &[u64] = if v2 { &[1, 9, 10, 12, 13, 14, 17] } else { &[1] };
    let checked = walk.list(&list, "components", allowed);
    if v2 && walk.count > 40 {
        walk.form.add(
            "components",
            "COMPONENT_LAYOUT_MAX_COMPONENTS",
            "The total number of components must be 40 or fewer.",
        );
    }
    if walk.characters > 4000 {
        walk.form.add(
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            "Total displayable text size exceeds maximum size of 4000",
        );
    }
    checked
}

impl Walk<'_> {
    fn list(&mut self, list: &[Map<String, Value>], path: &str, allowed: &[u64]) -> Vec<Value> {
        list.iter().enumerate().map(|(index, item)| self.one(item, &join(path, &index.to_string()), allowed)).collect()
    }

    fn children(&mut self, item: &Map<String, Value>, path: &str, allowed: &[u64]) -> Vec<Value> {
        let at = join(path, "components");
        let list: Vec<Map<String, Value>> =
            objects(item.get("components"), &at, self.form).into_iter().cloned().collect();
        self.list(&list, &at, allowed)
    }

    fn one(&mut self, item: &Map<String, Value>, path: &str, allowed: &[u64]) -> Value {
        self.count += 1;
        let kind = item.get("type").and_then(Value::as_u64).unwrap_or(0);
        if !allowed.contains(&kind) {
            let list = allowed.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
            self.form.choice(&join(path, "type"), &list);
            return Value::Null;
        }
        let id = item.get("id").and_then(Value::as_u64).filter(|id| *id > 0).unwrap_or(self.count as u64);
        let mut out = match kind {
            1 => self.row(item, path),
            2 => self.button(item, path),
            3 | 5..=8 => self.select(item, kind, path, (0, 25)),
            9 => self.section(item, path),
            10 => self.text_display(item, path),
            11 => media(item, path, self.form),
            12 => self.gallery(item, path),
            13 => file(item, path, self.form),
            14 => {
                json!({"divider": flag(item, "divider", true), "spacing": item.get("spacing").and_then(Value::as_u64).unwrap_or(1)})
            }
            _ => json!({
                "accent_color": number(item, "accent_color", (0, 0xFF_FFFF), path, self.form),
                "spoiler": flag(item, "spoiler", false), "components": self.children(item, path, &[1, 9, 10, 12, 13, 14]),
            }),
        };
        out["type"] = kind.into();
        out["id"] = id.into();
        out
    }

    fn row(&mut self, item: &Map<String, Value>, path: &str) -> Value {
        let inside = self.children(item, path, &[2, 3, 5, 6, 7, 8]);
        let at = join(path, "components");
        self.form.items(&at, inside.len(), 1, 5);
        let menus = inside.iter().filter(|it| it["type"] != 2 && !it.is_null()).count();
        if menus > 0 && inside.len() > 1 {
            self.form.add(&at, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width");
        }
        json!({"components": inside})
    }

    /// Remembers a custom id and complains about a second one.
    pub fn custom_id(&mut self, item: &Map<String, Value>, path: &str) -> Option<String> {
        let id = needed(item, "custom_id", (1, 100), path, self.form)?.to_owned();
        if self.custom_ids.contains(&id) {
            self.form.add(
                &join(path, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            );
        }
        self.custom_ids.push(id.clone());
        Some(id)
    }

    fn button(&mut self, item: &Map<String, Value>, path: &str) -> Value {
        let style = number(item, "style", (1, 6), path, self.form);
        if given(item, "style").is_none() {
            self.form.required(&join(path, "style"));
        }
        let mut out = json!({"style": style, "disabled": flag(item, "disabled", false)});
        let label = text(item, "label", (0, 80), path, self.form);
        if label.is_none_or(str::is_empty) && given(item, "emoji").is_none() && style != Some(6) {
            self.form.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or emoji");
        }
        copy(item, &mut out, &["label", "emoji", "sku_id"]);
        if style == Some(5) {
            match text(item, "url", (1, 512), path, self.form) {
                Some(url) if is_url(url) => out["url"] = url.into(),
                Some(_) => self.form.add(
                    &join(path, "url"),
                    "URL_TYPE_INVALID_SCHEME",
                    "Scheme must be one of ('http', 'https', 'discord').",
                ),
                None => self.form.add(&join(path, "url"), "BUTTON_COMPONENT_URL_REQUIRED", "A url is required"),
            }
            if given(item, "custom_id").is_some() {
                self.form.add(
                    path,
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                );
            }
        } else if style != Some(6) {
            if given(item, "url").is_some() {
                self.form.add(
                    path,
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                );
            }
            out["custom_id"] = self.custom_id(item, path).into();
        }
        out
    }

    /// A menu; `bounds` are the choices Discord allows for it.
    pub fn select(&mut self, item: &Map<String, Value>, kind: u64, path: &str, bounds: (i64, i64)) -> Value {
        let custom_id = self.custom_id(item, path);
        text(item, "placeholder", (0, 150), path, self.form);
        let min = number(item, "min_values", bounds, path, self.form).unwrap_or(1);
        let max = number(item, "max_values", (1, bounds.1), path, self.form).unwrap_or(1);
        if min > max {
            self.form.add(
                &join(path, "min_values"),
                "SELECT_COMPONENT_MIN_VALUES_MAX_VALUES",
                "Min values must be less than or equal to max values",
            );
        }
        let mut out = json!({
            "custom_id": custom_id, "min_values": min, "max_values": max, "disabled": flag(item, "disabled", false),
        });
        copy(item, &mut out, &["placeholder", "required", "default_values", "channel_types"]);
        if kind == 3 {
            out["options"] = self.options(item, path, (1, 25), max).into();
        }
        out
    }

    /// The options of a menu, radio group or checkbox group.
    pub fn options(
        &mut self,
        item: &Map<String, Value>,
        path: &str,
        (least, most): (usize, usize),
        max: i64,
    ) -> Vec<Value> {
        let at = join(path, "options");
        let list = objects(item.get("options"), &at, self.form);
        self.form.items(&at, list.len(), least, most);
        let mut values: Vec<&str> = Vec::new();
        let mut written = Vec::new();
        let mut defaults = 0;
        for (index, option) in list.iter().enumerate() {
            let at = join(&at, &index.to_string());
            needed(option, "label", (1, 100), &at, self.form);
            let value = needed(option, "value", (1, 100), &at, self.form).unwrap_or_default();
            text(option, "description", (0, 100), &at, self.form);
            if values.contains(&value) {
                self.form.add(
                    &join(&at, "value"),
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    "The specified option value is already used",
                );
            }
            values.push(value);
            defaults += i64::from(flag(option, "default", false));
            written.push(Value::Object(super::super::json::without_nulls(option)));
        }
        if defaults > max {
            self.form.add(&at, "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "More default options than max_values");
        }
        if max > i64::try_from(list.len()).unwrap_or(i64::MAX) && !list.is_empty() {
            self.form.add(
                &join(path, "options"),
                "BASE_TYPE_BAD_LENGTH",
                &format!("Must be between {max} and {most} in length."),
            );
        }
        written
    }

    fn section(&mut self, item: &Map<String, Value>, path: &str) -> Value {
        let inside = self.children(item, path, &[10]);
        self.form.items(&join(path, "components"), inside.len(), 1, 3);
        let accessory = match given(item, "accessory").and_then(Value::as_object) {
            Some(accessory) => self.one(&accessory.clone(), &join(path, "accessory"), &[2, 11]),
            None => {
                self.form.required(&join(path, "accessory"));
                Value::Null
            }
        };
        json!({"components": inside, "accessory": accessory})
    }

    fn text_display(&mut self, item: &Map<String, Value>, path: &str) -> Value {
        let content = needed(item, "content", (1, 4000), path, self.form).unwrap_or_default();
        self.characters += content.chars().count();
        json!({"content": content})
    }

    fn gallery(&mut self, item: &Map<String, Value>, path: &str) -> Value {
        let at = join(path, "items");
        let list = objects(item.get("items"), &at, self.form);
        self.form.items(&at, list.len(), 1, 10);
        let items: Vec<Value> =
            list.iter().enumerate().map(|(index, it)| media(it, &join(&at, &index.to_string()), self.form)).collect();
        json!({"items": items})
    }
}

fn media(item: &Map<String, Value>, path: &str, form: &mut FormErrors) -> Value {
    text(item, "description", (0, 1024), path, form);
    let url = item.get("media").and_then(|media| media.get("url")).and_then(Value::as_str);
    if url.is_none() {
        form.required(&join(path, "media.url"));
    }
    json!({"media": unfurled(url.unwrap_or_default()), "description": item.get("description"), "spoiler": flag(item, "spoiler", false)})
}

fn file(item: &Map<String, Value>, path: &str, form: &mut FormErrors) -> Value {
    let url = item.get("file").and_then(|file| file.get("url")).and_then(Value::as_str).unwrap_or_default();
    if !url.starts_with("attachment://") {
        form.add(&join(path, "file.url"), "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('attachment',).");
    }
    let name = url.trim_start_matches("attachment://");
    json!({"file": unfurled(url), "name": name, "size": null, "spoiler": flag(item, "spoiler", false)})
}

fn unfurled(url: &str) -> Value {
    json!({"id": "1", "url": url, "proxy_url": url, "width": null, "height": null, "content_type": null})
}

pub fn flag(item: &Map<String, Value>, key: &str, otherwise: bool) -> bool {
    item.get(key).and_then(Value::as_bool).unwrap_or(otherwise)
}

/// Copies the named members that are set.
pub fn copy(from: &Map<String, Value>, to: &mut Value, keys: &[&str]) {
    for key in keys {
        if let Some(value) = given(from, key) {
            to[*key] = value.clone();
        }
    }
}
