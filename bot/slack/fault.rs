//! What went wrong with a call of Slack's Web API, and what that means for whoever asked. Slack's bodies
//! stay here: only method names, codes and numbers get out.

use std::time::Duration;

use hyper_util::client::legacy::Error as HyperError;
use slack_morphism::errors::SlackClientError;

use crate::chat::{ChatError, Impossible, Scope};

/// A call that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The method that was called.
    pub method: &'static str,
    /// The call would have changed something.
    pub writes: bool,
    /// What happened.
    pub why: Why,
    /// Whatever happened to this call: an earlier step, or an attempt before, may have had its effect.
    pub unsettled: bool,
}

/// What happened to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Slack says: too many.
    Limited(Option<Duration>),
    /// We did not ask: Slack would say "too many".
    Spent(Duration, Scope),
    /// No answer in time.
    TooSlow,
    /// No connection: the call never got there.
    Unreachable,
    /// The connection broke: the call may have got there.
    Broken,
    /// An HTTP status that is no answer of the API.
    Status(u16),
    /// More than we read through.
    TooMuch,
    /// An answer that cannot be read, or says neither yes nor why not.
    Garbled,
    /// Slack's own word for it, and those for single people of a list.
    Code {
        /// The word.
        code: String,
        /// Slack's words for single people.
        people: Vec<String>,
    },
}

impl Fault {
    /// A call of `method` did not succeed; `writes` if it would have changed something.
    pub fn new(method: &'static str, writes: bool, why: Why) -> Self {
        Self { method, writes, why, unsettled: false }
    }

    /// The same, while something before it may have had its effect: whoever tries again must look first.
    pub fn unsettled(self) -> Self {
        Self { unsettled: true, ..self }
    }

    /// Slack's word, if it gave one.
    pub fn code(&self) -> Option<&str> {
        match &self.why {
            Why::Code { code, .. } => Some(code),
            _ => None,
        }
    }

    /// Slack's words for single people of a list.
    pub fn people(&self) -> &[String] {
        match &self.why {
            Why::Code { people, .. } => people,
            _ => &[],
        }
    }

    /// In words for operators.
    pub fn what(&self) -> String {
        let method = self.method;
        match &self.why {
            Why::Limited(_) => format!("{method}: Slack asks us to slow down"),
            Why::Spent(..) => format!("{method}: held back, to stay within Slack's limits"),
            Why::TooSlow => format!("{method}: no answer in time"),
            Why::Unreachable => format!("{method}: Slack cannot be reached"),
            Why::Broken => format!("{method}: the connection broke"),
            Why::Status(status) => format!("{method}: HTTP status {status}"),
            Why::TooMuch => format!("{method}: there is too much to look through"),
            Why::Garbled => format!("{method}: an answer that cannot be read"),
            Why::Code { code, .. } => format!("{method}: {code}"),
        }
    }
}

impl From<Fault> for ChatError {
    fn from(fault: Fault) -> Self {
        let what = fault.what();
        let passing = |retry_after, ambiguous| {
            let ambiguous = ambiguous || fault.unsettled;
            Self::Passing { what: what.clone(), retry_after, ambiguous }
        };
        match &fault.why {
            Why::Limited(after) => passing(*after, false),
            Why::Spent(wait, scope) => Self::Held { what, wait: *wait, scope: *scope, ambiguous: fault.unsettled },
            Why::Unreachable => passing(None, false),
            Why::TooSlow | Why::Broken | Why::Garbled | Why::TooMuch => passing(None, fault.writes),
            Why::Status(status) if *status >= 500 => passing(None, fault.writes),
            Why::Status(_) => Self::Never { why: Impossible::Refused, what },
            Why::Code { code, .. } => match meaning(code) {
                Meaning::Never(why) => Self::Never { why, what },
                Meaning::Limited | Meaning::LockedOut => passing(None, false),
                Meaning::Passing => passing(None, fault.writes),
            },
        }
    }
}

/// What one of Slack's words means for us.
enum Meaning {
    Never(Impossible),
    Limited,
    /// The token is no longer good: an operator will give another, and nothing is to be lost until then.
    LockedOut,
    Passing,
}

/// Words not listed are refusals: they name a fault of what was sent, which no second attempt mends.
fn meaning(code: &str) -> Meaning {
    use Impossible::{Full, NotAllowed, PersonGone, PersonUnreachable, PlaceGone, Refused};
    match code {
        "ratelimited" | "rate_limited" | "message_limit_exceeded" => Meaning::Limited,
        "invalid_auth" | "not_authed" | "account_inactive" | "token_revoked" | "token_expired" => Meaning::LockedOut,
        "fatal_error"
        | "internal_error"
        | "service_unavailable"
        | "request_timeout"
        | "team_added_to_org"
        | "updating_error"
        // Slack has taken a file in and does not know it yet.
        | "file_not_found"
        | "accesslimited" => Meaning::Passing,
        "user_not_found"
        | "users_not_found"
        | "user_disabled"
        | "user_not_visible"
        | "user_team_mismatch"
        | "account_inactive_user"
        | "no_user" => Meaning::Never(PersonGone),
        "cannot_dm_bot"
        | "cant_dm_bot"
        | "user_is_bot"
        | "messages_tab_disabled"
        | "im_disabled"
        | "cannot_dm_user"
        | "ura_max_channels"
        | "user_is_restricted"
        | "user_is_ultra_restricted" => Meaning::Never(PersonUnreachable),
        "channel_not_found" | "is_archived" | "message_not_found" | "cant_update_message" | "thread_not_found" => {
            Meaning::Never(PlaceGone)
        }
        "missing_scope"
        | "restricted_action"
        | "not_allowed"
        | "no_permission"
        | "not_in_channel"
        | "access_denied"
        | "user_is_restricted_action"
        | "restricted_action_non_threadable_channel"
        | "restricted_action_read_only_channel"
        | "team_access_not_granted"
        | "not_authorized"
        | "ekm_access_denied"
        | "org_login_required"
        | "cant_invite" => Meaning::Never(NotAllowed),
        "too_many_members" | "too_many_channels" | "too_many_users" | "max_members_limit" | "channel_limit_reached" => {
            Meaning::Never(Full)
        }
        _ => Meaning::Never(Refused),
    }
}

/// Reads an error of the client library. Its own words may hold bodies, so none of them are kept.
pub fn read(error: &SlackClientError) -> Why {
    match error {
        SlackClientError::ApiError(error) if matches!(meaning(&error.code), Meaning::Limited) => Why::Limited(None),
        SlackClientError::ApiError(error) => Why::Code {
            code: error.code.clone(),
            people: error.http_response_body.as_deref().map(people_in).unwrap_or_default(),
        },
        SlackClientError::RateLimitError(error) => Why::Limited(error.retry_after),
        SlackClientError::HttpError(error) => Why::Status(error.status_code.as_u16()),
        SlackClientError::ProtocolError(_) => Why::Garbled,
        SlackClientError::HttpProtocolError(error) => {
            let cause = error.cause.as_ref().and_then(|cause| cause.downcast_ref::<HyperError>());
            if cause.is_some_and(HyperError::is_connect) { Why::Unreachable } else { Why::Broken }
        }
        SlackClientError::EndOfStream(_)
        | SlackClientError::SystemError(_)
        | SlackClientError::SocketModeProtocolError(_) => Why::Broken,
    }
}

/// `{"errors": [{"user": "U1", "ok": false, "error": "user_not_found"}]}` -> the words.
fn people_in(body: &str) -> Vec<String> {
    let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let errors = body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    errors.iter().filter_map(|error| error["error"].as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(writes: bool, why: Why) -> ChatError {
        Fault::new("chat.postMessage", writes, why).into()
    }

    fn coded(code: &str) -> ChatError {
        told(true, Why::Code { code: code.into(), people: vec![] })
    }

    #[test]
    fn only_a_write_without_an_answer_is_ambiguous() {
        for why in [Why::TooSlow, Why::Broken, Why::Garbled, Why::Status(503)] {
            assert!(matches!(told(true, why.clone()), ChatError::Passing { ambiguous: true, .. }), "{why:?}");
            assert!(matches!(told(false, why.clone()), ChatError::Passing { ambiguous: false, .. }), "{why:?}");
        }
        for why in [Why::Unreachable, Why::Limited(None)] {
            assert!(matches!(told(true, why.clone()), ChatError::Passing { ambiguous: false, .. }), "{why:?}");
        }
    }

    #[test]
    fn a_pause_amid_several_steps_leaves_it_unsettled() {
        let fault = Fault::new("conversations.invite", true, Why::Limited(None)).unsettled();
        assert!(matches!(fault.into(), ChatError::Passing { ambiguous: true, .. }));
    }

    #[test]
    fn the_wait_slack_asks_for_is_kept_to_the_letter() {
        let wait = Some(Duration::from_secs(17));
        assert!(
            matches!(told(true, Why::Limited(wait)), ChatError::Passing { retry_after, .. } if retry_after == wait)
        );
    }

    #[test]
    fn slacks_words_say_what_can_never_work() {
        for (code, expected) in [
            ("users_not_found", Impossible::PersonGone),
            ("cannot_dm_bot", Impossible::PersonUnreachable),
            ("is_archived", Impossible::PlaceGone),
            ("restricted_action", Impossible::NotAllowed),
            ("too_many_members", Impossible::Full),
            ("invalid_blocks", Impossible::Refused),
            ("a_word_of_tomorrow", Impossible::Refused),
        ] {
            assert!(matches!(coded(code), ChatError::Never { why, .. } if why == expected), "{code}");
        }
        assert!(matches!(coded("fatal_error"), ChatError::Passing { ambiguous: true, .. }));
        assert!(matches!(coded("token_revoked"), ChatError::Passing { ambiguous: false, .. }), "a new token will come");
    }

    #[test]
    fn a_fault_names_the_method_and_the_word_only() {
        assert_eq!(coded("is_archived").to_string(), "chat.postMessage: is_archived");
        let body = r#"{"ok":false,"errors":[{"user":"U1","ok":false,"error":"user_not_found"}]}"#;
        assert_eq!(people_in(body), ["user_not_found"]);
    }
}
