//! JSON without waste. Reading leaves out what nobody here reads: what a message or a modal looks like comes back with
//! every click, and is most of what Slack sends. Building takes the parts in rather than copying them, as `json!` does
//! at every level.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Never looked at, wherever they stand: how something looks, and the message whose control was used.
const UNREAD: [&str; 3] = ["blocks", "message", "attachments"];

/// JSON without what nobody reads.
pub struct Lean(pub Value);

/// An object of these entries.
pub fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Reads a text.
///
/// # Errors
/// It is not JSON.
pub fn read(text: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice::<Lean>(text).map(|lean| lean.0)
}

impl<'de> Deserialize<'de> for Lean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reads).map(Self)
    }
}

struct Reads;

impl<'de> Visitor<'de> for Reads {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Lean(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut entries = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            if UNREAD.contains(&key.as_str()) {
                object.next_value::<IgnoredAny>()?;
            } else {
                let Lean(value) = object.next_value()?;
                entries.insert(key, value);
            }
        }
        Ok(entries.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_is_kept_but_how_it_looks() {
        let text = r#"{"a": [1, -2, 0.5, true, null, "x\n"], "view": {"id": "V1", "blocks": [{"type": "input"}]}, "message": {}}"#;
        let kept = json!({"a": [1, -2, 0.5, true, null, "x\n"], "view": {"id": "V1"}});
        assert_eq!(read(text.as_bytes()).unwrap(), kept);
        assert!(read(b"{\"blocks\": [}").is_err(), "what is left out must be JSON too");
    }
}
