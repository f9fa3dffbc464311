//! The arguments of one Web API call, whichever way they came: JSON, form, query or multipart. It reads
//! leniently as Slack does (numbers as text, lists as commas) and judges nothing.

use serde_json::{Map, Value};

/// Arguments that hold JSON even when the call is a form.
const JSON_ARGUMENTS: [&str; 7] = ["blocks", "attachments", "view", "metadata", "files", "users_json", "event_payload"];

/// Arguments by name.
#[derive(Clone, Default)]
pub struct Args(Map<String, Value>);

impl Args {
    /// From a JSON object.
    pub fn json(object: Map<String, Value>) -> Self {
        let mut args = Self(object);
        args.parse_nested();
        args
    }

    /// Adds form or query fields.
    pub fn add_fields(&mut self, fields: impl IntoIterator<Item = (String, String)>) {
        for (key, value) in fields {
            self.0.insert(key, Value::String(value));
        }
        self.parse_nested();
    }

    fn parse_nested(&mut self) {
        for key in JSON_ARGUMENTS {
            let Some(Value::String(text)) = self.0.get(key) else { continue };
            if let Ok(parsed) = serde_json::from_str::<Value>(text) {
                self.0.insert(key.to_owned(), parsed);
            }
        }
    }

    /// Takes the token out, so that it is never recorded.
    pub fn take_token(&mut self) -> Option<String> {
        self.0.remove("token").and_then(|token| token.as_str().map(str::to_owned))
    }

    /// Everything, for the recording.
    pub fn as_value(&self) -> Value {
        Value::Object(self.0.clone())
    }

    /// The raw value; `null` counts as absent.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    /// Text; numbers and booleans as they are written.
    pub fn text(&self, key: &str) -> Option<String> {
        match self.value(key)? {
            Value::String(text) => Some(text.clone()),
            other @ (Value::Number(_) | Value::Bool(_)) => Some(other.to_string()),
            _ => None,
        }
    }

    /// Text that is not empty.
    pub fn filled(&self, key: &str) -> Option<String> {
        self.text(key).filter(|text| !text.is_empty())
    }

    /// `true`, `"true"`, `1` or `"1"`.
    pub fn flag(&self, key: &str) -> bool {
        self.text(key).is_some_and(|text| matches!(text.as_str(), "true" | "1" | "True"))
    }

    /// A whole number.
    pub fn number(&self, key: &str) -> Option<i64> {
        self.text(key)?.parse().ok()
    }

    /// A list, given as commas or as an array.
    pub fn list(&self, key: &str) -> Option<Vec<String>> {
        let items: Vec<String> = match self.value(key)? {
            Value::Array(items) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
            Value::String(text) if text.starts_with('[') => serde_json::from_str(text).ok()?,
            Value::String(text) => text.split(',').map(|item| item.trim().to_owned()).collect(),
            _ => return None,
        };
        Some(items.into_iter().filter(|item| !item.is_empty()).collect())
    }
}

/// Splits `a=b&c=d` and undoes the percent encoding.
pub fn form_fields(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key), decode(value))
        })
        .collect()
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                let code = std::str::from_utf8(&digits).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
                bytes.push(code.unwrap_or(b'?'));
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_json_read_alike() {
        let mut form = Args::default();
        form.add_fields(form_fields(
            "channel=C1&text=a%26b+c&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D&users=U1,U2",
        ));
        assert_eq!(form.text("text").as_deref(), Some("a&b c"));
        assert_eq!(form.value("blocks").and_then(|blocks| blocks[0]["type"].as_str()), Some("divider"));
        assert_eq!(form.list("users"), Some(vec!["U1".to_owned(), "U2".to_owned()]));
        let json = Args::json(serde_json::from_str(r#"{"users":["U1","U2"],"force":true,"limit":5}"#).unwrap());
        assert_eq!(json.list("users"), form.list("users"));
        assert!(json.flag("force") && json.number("limit") == Some(5));
    }
}
