//! Which user groups people are in, as Slack says: asked for all groups at once, and trusted for a minute. Where Slack
//! cannot be asked nobody is known to be in any; it decides nothing about what a group may do.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use tokio::sync::Mutex;

use super::api::Api;
use super::fault::Fault;
use crate::chat::command::{OptionKind, OptionValue, spec};
use crate::chat::{Group, GroupRef, Invocation, UserRef};
use crate::clock::{self, Clock};

/// How long an answer is trusted: whoever is taken out of a group can act on it for so long at most.
const FRESH: TimeDelta = TimeDelta::minutes(1);
/// Longest wait for it while a person waits for us.
const PATIENCE: Duration = Duration::from_secs(1);

/// The user groups of the workspace.
pub struct Groups {
    api: Arc<Api>,
    clock: Clock,
    /// Held while Slack is asked, so that it is asked once for everybody who waits.
    known: Mutex<Option<Known>>,
}

struct Known {
    /// The name of each group.
    names: HashMap<GroupRef, String>,
    /// The groups of each person.
    of: HashMap<String, Vec<GroupRef>>,
    at: DateTime<Utc>,
}

impl Groups {
    /// Knows none yet.
    pub fn new(api: Arc<Api>, clock: Clock) -> Self {
        Self { api, clock, known: Mutex::default() }
    }

    /// The groups that somebody is in; `None` if Slack does not tell now.
    pub async fn of(&self, user: &str) -> Option<Vec<GroupRef>> {
        self.ask(|_| true, |known| known.of.get(user).cloned().unwrap_or_default()).await
    }

    /// Calls the groups that a command names by their names, as far as Slack tells.
    pub async fn name(&self, invocation: &mut Invocation) {
        if !spec(invocation.id).options.iter().any(|option| matches!(option.kind, OptionKind::Group)) {
            return;
        }
        for value in invocation.options.values_mut() {
            if let OptionValue::Group(Group { at, name }) = value
                // It may have been made since.
                && let Some(Some(told)) =
                    self.ask(|known| known.names.contains_key(at), |known| known.names.get(at).cloned()).await
            {
                *name = told;
            }
        }
    }

    /// Asks Slack, unless what it said last is fresh and will do.
    async fn ask<T>(&self, will_do: impl Fn(&Known) -> bool, read: impl FnOnce(&Known) -> T) -> Option<T> {
        let mut known = self.known.lock().await;
        let now = self.clock.now();
        let fresh = |known: &Known| (TimeDelta::zero()..FRESH).contains(&(now - known.at)) && will_do(known);
        if !known.as_ref().is_some_and(fresh) {
            *known = None;
            match clock::within(PATIENCE, list(&self.api)).await {
                Ok(Ok(answer)) => *known = Some(learn(&answer, now)),
                Ok(Err(fault)) => tracing::warn!(what = fault.what(), "user groups could not be looked up"),
                Err(clock::TooSlow) => tracing::warn!("user groups could not be looked up in time"),
            }
        }
        known.as_ref().map(read)
    }
}

/// The groups that somebody is in, as Slack tells now.
pub async fn of(api: &Api, user: &UserRef) -> Result<Vec<GroupRef>, Fault> {
    let known = learn(&list(api).await?, DateTime::UNIX_EPOCH);
    Ok(known.of.get(&user.0).cloned().unwrap_or_default())
}

async fn list(api: &Api) -> Result<Value, Fault> {
    api.read("usergroups.list", &[("include_users", "true")]).await
}

fn learn(answer: &Value, at: DateTime<Utc>) -> Known {
    let (mut names, mut of) = (HashMap::new(), HashMap::<String, Vec<GroupRef>>::new());
    for group in answer["usergroups"].as_array().into_iter().flatten() {
        // A group that was switched off is nobody's any more.
        let off = group["date_delete"].as_i64().is_some_and(|at| at > 0);
        let Some(id) = group["id"].as_str().filter(|_| !off) else { continue };
        let id = GroupRef(id.to_owned());
        for user in group["users"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            of.entry(user.to_owned()).or_default().push(id.clone());
        }
        let told = [&group["name"], &group["handle"]].into_iter().filter_map(Value::as_str).find(|it| !it.is_empty());
        names.insert(id.clone(), told.unwrap_or(&id.0).to_owned());
    }
    Known { names, of, at }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn groups_in_slacks_words() {
        let answer = json!({"usergroups": [
            {"id": "S1", "name": "Mentorship office", "handle": "office", "users": ["U1", "U2"], "date_delete": 0},
            {"id": "S2", "name": "", "handle": "all", "users": ["U1"], "date_delete": 0},
            {"id": "S3", "name": "Old", "handle": "old", "users": ["U3"], "date_delete": 1_740_000_000},
        ]});
        let known = learn(&answer, DateTime::UNIX_EPOCH);
        let group = |id: &str| GroupRef(id.to_owned());
        assert_eq!(known.of["U1"], [group("S1"), group("S2")]);
        assert_eq!(known.of["U2"], [group("S1")]);
        assert_eq!(known.of.get("U3"), None);
        assert_eq!(known.names[&group("S1")], "Mentorship office");
        assert_eq!(known.names[&group("S2")], "all");
    }
}
