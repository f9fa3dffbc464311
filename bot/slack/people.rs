//! What Slack says about people: asked once, kept for some minutes. It decides nothing about them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::api::Api;
use crate::chat::{Actor, UserRef};
use crate::clock::{self, Clock};

/// How long an answer is trusted.
const FRESH: TimeDelta = TimeDelta::minutes(5);
/// Longest wait for it while a person waits for us; after that the person is taken as known so far.
const PATIENCE: Duration = Duration::from_secs(1);
/// Most people kept; then all that are no longer fresh are forgotten, and if that is none, everybody.
const KEPT: usize = 5_000;

/// The people of the workspace, as far as they have met us.
pub struct People {
    api: Arc<Api>,
    clock: Clock,
    known: Mutex<HashMap<String, Known>>,
}

#[derive(Clone)]
struct Known {
    actor: Actor,
    gone: bool,
    at: DateTime<Utc>,
}

impl People {
    /// Knows nobody yet.
    pub fn new(api: Arc<Api>, clock: Clock) -> Self {
        Self { api, clock, known: Mutex::default() }
    }

    /// The person behind an interaction. Where Slack does not tell in time, or has asked not to be asked, what it told before, or else only
    /// id and `name` (and then no right of any kind).
    pub async fn actor(&self, id: &str, name: &str) -> Actor {
        let known = self.lock().get(id).cloned();
        if let Some(fresh) = known.as_ref().filter(|known| self.is_fresh(known)) {
            return fresh.actor.clone();
        }
        let arguments = [("user", id), ("include_locale", "true")];
        match clock::within(PATIENCE, self.api.read("users.info", &arguments)).await {
            Ok(Ok(answer)) if answer["user"]["id"] == id => return self.learn(&answer["user"]).actor,
            Ok(Err(fault)) => tracing::warn!(user = id, what = fault.what(), "a person could not be looked up"),
            _ => tracing::warn!(user = id, "a person could not be looked up in time"),
        }
        known.map_or_else(|| stranger(id, name), |known| known.actor)
    }

    /// The person's locale, as far as it is known without asking.
    pub fn locale(&self, id: &str) -> Option<String> {
        self.lock().get(id).and_then(|known| known.actor.locale.clone())
    }

    /// Takes in what an event tells about a person. Says who it is, whether the person has left, and whether we
    /// knew the person as gone before.
    pub fn heard(&self, user: &Value) -> (Actor, bool, bool) {
        let id = user["id"].as_str().unwrap_or_default();
        let before = self.lock().get(id).is_some_and(|known| known.gone);
        let now = self.learn(user);
        (now.actor, now.gone, before)
    }

    fn learn(&self, user: &Value) -> Known {
        let known = Known { actor: actor(user), gone: user["deleted"] == true, at: self.clock.now() };
        let mut all = self.lock();
        if all.len() >= KEPT {
            all.retain(|_, known| self.is_fresh(known));
        }
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert(known.actor.user.0.clone(), known.clone());
        known
    }

    fn is_fresh(&self, known: &Known) -> bool {
        let age = self.clock.now() - known.at;
        age < FRESH && age >= TimeDelta::zero()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn stranger(id: &str, name: &str) -> Actor {
    let user = UserRef(id.to_owned());
    Actor { user, name: name.to_owned(), locale: None, zone: None, email: None, steward: false, groups: None }
}

fn actor(user: &Value) -> Actor {
    let told = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let profile = &user["profile"];
    let name = [&profile["display_name"], &profile["real_name"], &user["real_name"], &user["name"]];
    Actor {
        user: UserRef(user["id"].as_str().unwrap_or_default().to_owned()),
        name: name.into_iter().find_map(told).unwrap_or_default(),
        locale: told(&user["locale"]),
        zone: told(&user["tz"]),
        email: told(&profile["email"]),
        steward: ["is_owner", "is_admin", "is_primary_owner"].iter().any(|right| user[*right] == true),
        groups: None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_person_in_slacks_words() {
        let user = json!({
            "id": "U1", "name": "ana", "real_name": "Ana M", "tz": "America/Chicago", "locale": "es-ES",
            "is_admin": true, "profile": {"display_name": "", "real_name": "Ana María", "email": "ana@example.org"},
        });
        let expected = Actor {
            user: UserRef("U1".into()),
            name: "Ana María".into(),
            locale: Some("es-ES".into()),
            zone: Some("America/Chicago".into()),
            email: Some("ana@example.org".into()),
            steward: true,
            groups: None,
        };
        assert_eq!(actor(&user), expected);
        assert_eq!(actor(&json!({"id": "U2", "name": "bo"})), stranger("U2", "bo"));
    }
}
