//! Every way the pretend Discord says no over HTTP, with Discord's own status and code.

use serde_json::{Map, Value, json};

/// An answer that is not a success.
#[derive(Clone, Debug)]
pub struct Refused {
    pub status: u16,
    pub body: Value,
    /// Extra headers, lower-case.
    pub headers: Vec<(&'static str, String)>,
}

impl Refused {
    pub fn new(status: u16, code: u32, message: &str) -> Self {
        Self { status, body: json!({"message": message, "code": code}), headers: Vec::new() }
    }

    pub fn unauthorized() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    pub fn no_route() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    pub fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    pub fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }

    pub fn unknown_channel() -> Self {
        Self::new(404, 10003, "Unknown Channel")
    }

    pub fn unknown_message() -> Self {
        Self::new(404, 10008, "Unknown Message")
    }

    pub fn unknown_member() -> Self {
        Self::new(404, 10007, "Unknown Member")
    }

    pub fn unknown_user() -> Self {
        Self::new(404, 10013, "Unknown User")
    }

    pub fn not_json() -> Self {
        Self::new(400, 50109, "The request body contains invalid JSON.")
    }

    /// One form error, where only one can be.
    pub fn form(path: &str, code: &str, message: &str) -> Self {
        let mut form = FormErrors::default();
        form.add(path, code, message);
        form.refused()
    }
}

/// Discord's nested description of what is wrong with a body (code 50035).
#[derive(Default)]
pub struct FormErrors(Map<String, Value>);

impl FormErrors {
    /// Adds an error at a dotted path (`embeds.0.title`); an empty path means the body itself.
    pub fn add(&mut self, path: &str, code: &str, message: &str) {
        let mut at = &mut self.0;
        for key in path.split('.').filter(|key| !key.is_empty()) {
            let next = at.entry(key).or_insert_with(|| Value::Object(Map::new()));
            let Value::Object(map) = next else { return };
            at = map;
        }
        let list = at.entry("_errors").or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(json!({"code": code, "message": message}));
        }
    }

    pub fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Counts characters as Discord does and complains outside `min..=max`.
    pub fn length(&mut self, path: &str, text: &str, min: usize, max: usize) {
        let count = text.chars().count();
        if count > max {
            self.add(path, "BASE_TYPE_MAX_LENGTH", &format!("Must be {max} or fewer in length."));
        } else if count < min {
            self.add(path, "BASE_TYPE_BAD_LENGTH", &format!("Must be between {min} and {max} in length."));
        }
    }

    /// Complains about a list with too few or too many items.
    pub fn items(&mut self, path: &str, count: usize, min: usize, max: usize) {
        if count < min || count > max {
            self.add(path, "BASE_TYPE_BAD_LENGTH", &format!("Must be between {min} and {max} in length."));
        }
    }

    pub fn choice(&mut self, path: &str, allowed: &str) {
        self.add(path, "BASE_TYPE_CHOICES", &format!("Value must be one of {{{allowed}}}."));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn refused(self) -> Refused {
        let mut refused = Refused::new(400, 50035, "Invalid Form Body");
        refused.body["errors"] = Value::Object(self.0);
        refused
    }

    pub fn or<T>(self, value: T) -> Result<T, Refused> {
        if self.is_empty() { Ok(value) } else { Err(self.refused()) }
    }
}
