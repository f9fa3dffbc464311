//! The small checks everything in Block Kit is made of, worded as Slack words them.

use serde_json::Value;

/// Collects what is wrong.
#[derive(Default)]
pub struct Checker {
    /// `[ERROR] ... [json-pointer:...]`, in order.
    pub findings: Vec<String>,
}

impl Checker {
    pub fn add(&mut self, what: &str, at: &str) {
        self.findings.push(format!("[ERROR] {what} [json-pointer:{at}]"));
    }

    /// Required properties are there and no unknown one is (`type` is always known).
    pub fn properties(&mut self, value: &Value, at: &str, required: &[&str], optional: &[&str]) {
        let Some(object) = value.as_object() else {
            return self.add("must provide an object", at);
        };
        for key in required.iter().filter(|key| object.get(**key).is_none_or(Value::is_null)) {
            self.add(&format!("missing required field: {key}"), at);
        }
        for key in object.keys().map(String::as_str) {
            if key != "type" && !required.contains(&key) && !optional.contains(&key) {
                self.add(&format!("invalid additional property: {key}"), at);
            }
        }
    }

    /// A string of `least..=most` characters; absence is fine.
    pub fn string(&mut self, value: &Value, at: &str, least: usize, most: usize) {
        match value {
            Value::Null => {}
            Value::String(text) => self.length(text, at, least, most),
            _ => self.add("must provide a string", at),
        }
    }

    fn length(&mut self, text: &str, at: &str, least: usize, most: usize) {
        let length = text.chars().count();
        if length < least {
            self.add(&format!("must be more than {} characters", least - 1), at);
        }
        if length > most {
            self.add(&format!("must be less than {} characters", most + 1), at);
        }
    }

    pub fn boolean(&mut self, value: &Value, at: &str) {
        if !value.is_null() && !value.is_boolean() {
            self.add("must provide a boolean", at);
        }
    }

    /// A whole number in a range; absence is fine.
    pub fn number(&mut self, value: &Value, at: &str, least: u64, most: u64) {
        if !value.is_null() && !value.as_u64().is_some_and(|number| (least..=most).contains(&number)) {
            self.add(&format!("must be a number between {least} and {most}"), at);
        }
    }

    /// One of some words; absence is fine.
    pub fn word(&mut self, value: &Value, at: &str, words: &[&str]) {
        if !value.is_null() && !value.as_str().is_some_and(|word| words.contains(&word)) {
            self.add("must be a valid enum value", at);
        }
    }

    /// An array of `least..=most` items; absence is a finding.
    pub fn array<'v>(&mut self, value: &'v Value, at: &str, least: usize, most: usize) -> Option<&'v Vec<Value>> {
        let Some(items) = value.as_array() else {
            if !value.is_null() {
                self.add("must be an array", at);
            }
            return None;
        };
        if items.len() > most {
            self.add(&format!("no more than {most} items allowed"), at);
        }
        if items.len() < least {
            self.add(&format!("no less than {least} items allowed"), at);
        }
        Some(items)
    }

    /// A `plain_text` object; absence is fine.
    pub fn plain(&mut self, value: &Value, at: &str, most: usize) {
        if value.is_null() {
            return;
        }
        if value.is_object() && value["type"] != "plain_text" {
            return self.add("must be a plain_text object", &format!("{at}/type"));
        }
        self.text(value, at, most);
    }

    /// A `plain_text` or `mrkdwn` object; absence is fine.
    pub fn text(&mut self, value: &Value, at: &str, most: usize) {
        if value.is_null() {
            return;
        }
        let flag = match value["type"].as_str() {
            Some("plain_text") => "emoji",
            Some("mrkdwn") => "verbatim",
            Some(other) => return self.add(&format!("unsupported type: {other}"), &format!("{at}/type")),
            None if value.is_object() => return self.add("missing required field: type", at),
            None => return self.add("must provide an object", at),
        };
        self.properties(value, at, &["text"], &[flag]);
        self.boolean(&value[flag], &format!("{at}/{flag}"));
        self.string(&value["text"], &format!("{at}/text"), 1, most);
    }
}
