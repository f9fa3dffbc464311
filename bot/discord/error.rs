//! What Discord's refusals mean for the program. Holds no token and no text that a person wrote.

use std::time::Duration;

use serde_json::Value;

use crate::chat::{ChatError, ConnectError, Impossible, Scope};

/// The environment variable that holds the token, as people know it.
const TOKEN_VARIABLE: &str = "DISCORD_TOKEN";
/// Name of the platform for people.
pub(super) const PLATFORM: &str = "Discord";

/// Why a request did not succeed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Failure {
    /// Too many requests, Discord says.
    Busy {
        /// What the request was for.
        what: &'static str,
        /// How long to wait, if Discord says so.
        wait: Option<Duration>,
    },
    /// Not sent, because Discord would refuse it.
    Held {
        /// What the request was for.
        what: &'static str,
        /// How long it would.
        wait: Duration,
        /// What else it would refuse.
        scope: Scope,
    },
    /// Discord answered no.
    Refused {
        /// What the request was for.
        what: &'static str,
        /// HTTP status.
        status: u16,
        /// Discord's own code, 0 if it gave none.
        code: u64,
        /// Discord's words, and which parts of the request they are about.
        said: String,
    },
    /// No answer, or none that makes sense.
    Broken {
        /// What the request was for, and what happened.
        what: String,
        /// It may have happened all the same.
        ambiguous: bool,
    },
}

impl Failure {
    /// The request cannot even be built: the token or an address holds what no header or address may.
    pub fn unsendable(what: &'static str) -> Self {
        let said = "the token or the address holds characters that cannot be sent".to_owned();
        Self::Refused { what, status: 401, code: 0, said }
    }

    /// The answer came, but is not JSON.
    pub fn unreadable(what: &'static str, writes: bool) -> Self {
        Self::Broken { what: format!("{what}: the answer is not readable"), ambiguous: writes }
    }

    /// The network failed.
    pub fn of_transport(what: &'static str, error: &reqwest::Error, writes: bool) -> Self {
        let how = if error.is_connect() {
            "cannot connect"
        } else if error.is_timeout() {
            "no answer in time"
        } else {
            "the connection broke"
        };
        Self::Broken { what: format!("{what}: {how}"), ambiguous: writes && !error.is_connect() }
    }

    /// Discord answered with something else than success or 429.
    pub fn of_status(what: &'static str, status: u16, body: &Value, writes: bool) -> Self {
        if status >= 500 || status == 408 || status < 400 {
            return Self::Broken { what: format!("{what}: Discord answered {status}"), ambiguous: writes };
        }
        let mut said = body["message"].as_str().unwrap_or("no reason given").to_owned();
        let mut parts = Vec::new();
        refused_parts(&body["errors"], &mut String::new(), &mut parts);
        if !parts.is_empty() {
            said = format!("{said}: {}", parts.join(", "));
        }
        Self::Refused { what, status, code: body["code"].as_u64().unwrap_or(0), said }
    }

    /// Discord's code, if it gave one.
    pub fn code(&self) -> u64 {
        if let Self::Refused { code, .. } = self { *code } else { 0 }
    }

    /// The same as the program knows it.
    pub fn chat(&self) -> ChatError {
        match self {
            Self::Busy { what, wait } => ChatError::Passing {
                what: format!("{what}: Discord asks us to slow down"),
                retry_after: *wait,
                ambiguous: false,
            },
            Self::Held { what, wait, scope } => ChatError::Held {
                what: format!("{what}: held back, the budget is used up"),
                wait: *wait,
                scope: *scope,
                ambiguous: false,
            },
            Self::Broken { what, ambiguous } => {
                ChatError::Passing { what: what.clone(), retry_after: None, ambiguous: *ambiguous }
            }
            Self::Refused { what, status, code, said } => {
                let what = format!("{what}: Discord answered {status} ({code}: {said})");
                match impossible(*status, *code) {
                    Some(why) => ChatError::Never { why, what },
                    None => ChatError::Passing { what, retry_after: None, ambiguous: false },
                }
            }
        }
    }

    /// The same where the bot wants to start.
    pub fn connect(&self, url: &str) -> ConnectError {
        match self {
            Self::Refused { status: 401, said, .. } => token_refused(said),
            Self::Refused { status, said, .. } => unreachable(url, format!("it answered {status} ({said})")),
            Self::Broken { what, .. } => unreachable(url, what.clone()),
            Self::Busy { .. } | Self::Held { .. } => unreachable(url, "it asks us to slow down".to_owned()),
        }
    }
}

/// The token is wrong.
pub(super) fn token_refused(said: &str) -> ConnectError {
    ConnectError::Token { platform: PLATFORM, variable: TOKEN_VARIABLE, what: said.to_owned() }
}

/// The address does not lead to Discord.
pub(super) fn unreachable(url: &str, what: String) -> ConnectError {
    ConnectError::Unreachable { platform: PLATFORM, url: url.to_owned(), what }
}

/// In which way a refusal is final; `None` if it may pass.
fn impossible(status: u16, code: u64) -> Option<Impossible> {
    match code {
        // Opening direct messages too fast; writing too fast on one resource.
        40003 | 20016 | 20022 | 20028 | 20029 | 31002 => None,
        50007 | 50278 => Some(Impossible::PersonUnreachable),
        10007 | 10013 | 50033 => Some(Impossible::PersonGone),
        10003 | 10004 | 10008 => Some(Impossible::PlaceGone),
        50001 | 50013 => Some(Impossible::NotAllowed),
        30000..=30999 => Some(Impossible::Full),
        // The token is no longer good: an operator will give another, and nothing is to be lost until then.
        _ if status == 401 => None,
        _ => Some(match status {
            403 => Impossible::NotAllowed,
            404 => Impossible::PlaceGone,
            _ => Impossible::Refused,
        }),
    }
}

/// Paths and codes of what is wrong in a request, without the values.
fn refused_parts(errors: &Value, path: &mut String, out: &mut Vec<String>) {
    const MOST: usize = 5;
    let Some(fields) = errors.as_object() else { return };
    for (key, inner) in fields {
        if out.len() >= MOST {
            return;
        }
        if key == "_errors" {
            let codes = inner.as_array().into_iter().flatten().filter_map(|error| error["code"].as_str());
            out.extend(codes.map(|code| format!("{} {code}", path.trim_start_matches('.'))));
            continue;
        }
        let length = path.len();
        path.push('.');
        path.push_str(key);
        refused_parts(inner, path, out);
        path.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(status: u16, code: u64) -> ChatError {
        Failure::of_status("do it", status, &json!({"code": code, "message": "No"}), true).chat()
    }

    #[test]
    fn each_refusal_says_what_can_never_be() {
        let table = [
            (403, 50007, Impossible::PersonUnreachable),
            (403, 50278, Impossible::PersonUnreachable),
            (404, 10007, Impossible::PersonGone),
            (404, 10013, Impossible::PersonGone),
            (404, 10003, Impossible::PlaceGone),
            (404, 10008, Impossible::PlaceGone),
            (403, 50001, Impossible::NotAllowed),
            (403, 50013, Impossible::NotAllowed),
            (400, 30013, Impossible::Full),
            (400, 50035, Impossible::Refused),
        ];
        for (status, code, expected) in table {
            match refused(status, code) {
                ChatError::Never { why, .. } => assert_eq!(why, expected, "{code}"),
                other => panic!("{code} is final, not {other:?}"),
            }
        }
    }

    #[test]
    fn what_may_pass_is_tried_again() {
        assert!(matches!(refused(400, 40003), ChatError::Passing { ambiguous: false, .. }));
        assert!(matches!(refused(401, 0), ChatError::Passing { ambiguous: false, .. }), "a new token will come");
        assert!(matches!(refused(502, 0), ChatError::Passing { ambiguous: true, .. }));
        let read = Failure::of_status("look", 502, &Value::Null, false).chat();
        assert!(matches!(read, ChatError::Passing { ambiguous: false, .. }));
    }

    #[test]
    fn a_refused_form_names_its_parts_and_no_values() {
        let body = json!({"code": 50035, "message": "Invalid Form Body", "errors": {
            "data": {"components": {"0": {"_errors": [{"code": "BAD", "message": "Value \"Ana\" is bad"}]}}}}});
        let ChatError::Never { what, .. } = Failure::of_status("answer", 400, &body, true).chat() else { panic!() };
        assert_eq!(what, "answer: Discord answered 400 (50035: Invalid Form Body: data.components.0 BAD)");
    }
}
