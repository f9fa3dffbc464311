//! Whom a message names and whom it may notify: `allowed_mentions` as documented, with its two defaults.

use serde_json::{Map, Value};

use super::super::ids::Snowflake;
use super::super::refused::FormErrors;
use super::given;

/// Whose mentions notify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    All,
    These(Vec<Snowflake>),
}

impl Which {
    fn allows(&self, id: Snowflake) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.contains(&id),
        }
    }
}

/// What a message may notify.
#[derive(Clone, Debug)]
pub struct Allowed {
    pub users: Which,
    pub roles: Which,
    pub everyone: bool,
    pub replied: bool,
}

impl Allowed {
    /// What holds when nothing is said: everything in ordinary messages, users only in answers to interactions.
    pub fn unsaid(interaction: bool) -> Self {
        let roles = if interaction { Which::These(Vec::new()) } else { Which::All };
        Self { users: Which::All, roles, everyone: !interaction, replied: true }
    }

    pub fn user(&self, id: Snowflake) -> bool {
        self.users.allows(id)
    }

    pub fn role(&self, id: Snowflake) -> bool {
        self.roles.allows(id)
    }
}

/// Reads `allowed_mentions`.
pub fn allowed(body: &Map<String, Value>, interaction: bool, form: &mut FormErrors) -> Allowed {
    let Some(said) = given(body, "allowed_mentions").and_then(Value::as_object) else {
        return Allowed::unsaid(interaction);
    };
    let parse: Vec<&str> = given(said, "parse")
        .and_then(Value::as_array)
        .map(|list| list.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    for (index, word) in parse.iter().enumerate() {
        if !["users", "roles", "everyone"].contains(word) {
            form.choice(&format!("allowed_mentions.parse.{index}"), "'roles', 'everyone', 'users'");
        }
    }
    let mut which = |key: &str| {
        let list = given(said, key).and_then(Value::as_array);
        let ids: Vec<Snowflake> = list.map(|list| list.iter().filter_map(Snowflake::of).collect()).unwrap_or_default();
        let path = format!("allowed_mentions.{key}");
        if ids.len() > 100 {
            form.add(&path, "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
        }
        if !parse.contains(&key) {
            return Which::These(ids);
        }
        if !ids.is_empty() {
            form.add(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                &format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive."),
            );
        }
        Which::All
    };
    let (users, roles) = (which("users"), which("roles"));
    let replied = said.get("replied_user").and_then(Value::as_bool).unwrap_or(false);
    Allowed { users, roles, everyone: parse.contains(&"everyone"), replied }
}

/// The mentions that stand in a text, code excepted.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Named {
    pub users: Vec<Snowflake>,
    pub roles: Vec<Snowflake>,
    pub everyone: bool,
}

/// Finds mentions.
pub fn named(text: &str) -> Named {
    let text = without_code(text);
    let mut found = Named { everyone: text.contains("@everyone") || text.contains("@here"), ..Named::default() };
    for piece in text.split("<@").skip(1) {
        let Some((inside, _)) = piece.split_once('>') else { continue };
        let (list, digits) = match inside.strip_prefix('&') {
            Some(digits) => (&mut found.roles, digits),
            None => (&mut found.users, inside.strip_prefix('!').unwrap_or(inside)),
        };
        if let Ok(id) = digits.parse::<Snowflake>()
            && !list.contains(&id)
        {
            list.push(id);
        }
    }
    found
}

fn without_code(text: &str) -> String {
    let mut kept = String::new();
    for (index, part) in text.split("```").enumerate() {
        if index % 2 == 0 {
            kept.extend(part.split('`').step_by(2).flat_map(|piece| [piece, " "]));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_people_roles_and_everyone_but_not_in_code() {
        let found = named("hi <@11> and <@!12>, <@&13> `<@14>` ```@everyone```");
        assert_eq!(
            found,
            Named { users: vec![Snowflake(11), Snowflake(12)], roles: vec![Snowflake(13)], everyone: false }
        );
        assert!(named("@here now").everyone);
    }
}
