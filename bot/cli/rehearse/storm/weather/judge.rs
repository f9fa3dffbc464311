//! Decides request by request what goes wrong with it, and whether it should have come at all.

use std::sync::Arc;

use plsep_sandbox::{FaultKind, Judge};

use super::request::{Request, Sort};
use super::{Ill, Pause, Slow, Weather};

/// A client waits for an answer in real time, so only so many stay away in one season.
const SILENCES: u32 = 2;
/// The longest pause a platform asks for, in seconds.
const PAUSE_MAX: u64 = 40;
/// How much later a late request is carried out at most, in milliseconds of the world.
const LATE_MAX_MS: u64 = 14_000;

/// How often in ten thousand a list of conversations is behind, and how long it is not so again.
const BEHIND_RISK: u64 = 1_500;
const BEHIND_EVERY_MS: i64 = 60_000;

/// In ten thousand requests of a sort, so many go wrong so.
const fn risks(sort: Sort) -> &'static [(Ill, u64)] {
    match sort {
        Sort::Door => &[(Ill::CutBefore, 120), (Ill::ErrorBefore, 120)],
        Sort::Answer => &[
            (Ill::CutBefore, 60),
            (Ill::CutAfter, 60),
            (Ill::ErrorBefore, 40),
            (Ill::ErrorAfter, 40),
            (Ill::DieBefore, 30),
            (Ill::DieAfter, 30),
        ],
        Sort::Look => &[
            (Ill::CutBefore, 80),
            (Ill::ErrorBefore, 80),
            (Ill::TooMany, 50),
            (Ill::Garbled, 30),
            (Ill::DieBefore, 30),
        ],
        Sort::Deed => &[
            (Ill::CutBefore, 120),
            (Ill::CutAfter, 150),
            (Ill::ErrorBefore, 80),
            (Ill::ErrorAfter, 120),
            (Ill::TooMany, 90),
            (Ill::Garbled, 60),
            (Ill::Late, 50),
            (Ill::Silence, 15),
            (Ill::DieBefore, 60),
            (Ill::DieAfter, 90),
        ],
    }
}

impl Weather {
    /// Who decides about the requests to a platform.
    pub fn judge(&self, platform: &'static str) -> Arc<dyn Judge> {
        Arc::new(AtPlatform { weather: self.clone(), platform })
    }

    /// The one thing that goes wrong with this request, if any.
    fn strike(&self, request: &Request<'_>) -> Option<Ill> {
        let roll = self.roll(&request.key(), 10_000);
        let mut state = self.state();
        state.requests += 1;
        if state.calm || state.dying || (request.sort == Sort::Door && !state.starting) {
            return None;
        }
        if request.sort == Sort::Deed && state.slow == Some(Slow::AfterDeed) {
            state.slow = Some(Slow::Now);
        }
        let mut edge = 0;
        let (ill, _) = risks(request.sort).iter().find(|(_, risk)| {
            edge += risk;
            roll < edge
        })?;
        if *ill == Ill::Silence {
            if state.silences >= SILENCES {
                return None;
            }
            state.silences += 1;
        }
        Some(*ill)
    }

    /// Whether this is a message to somebody who lets nobody write to them, or to a place in which the bot may not write.
    fn not_let_in(&self, request: &Request<'_>) -> Option<Ill> {
        let state = self.state();
        let to = |place: &String| match request.platform {
            "discord" => request.method == "POST" && request.path.ends_with(&format!("/channels/{place}/messages")),
            _ => request.path.ends_with("chat.postMessage") && request.about == place,
        };
        let shut = state.doors_shut.iter().any(to).then_some(Ill::DoorShut);
        shut.or_else(|| state.barred.iter().any(to).then_some(Ill::Barred))
    }

    /// Whether this is a list that comes from a copy which has not heard of the newest. It is not so for long.
    fn is_behind(&self, request: &Request<'_>) -> bool {
        if !request.path.ends_with("users.conversations") || !self.happens("behind", BEHIND_RISK) {
            return false;
        }
        let now = self.clock.now_ms();
        let mut state = self.state();
        let caught_up = state.behind_ms.is_none_or(|behind| behind + BEHIND_EVERY_MS <= now);
        if caught_up {
            state.behind_ms = Some(now);
        }
        caught_up
    }

    /// A request that came although the platform had asked for a pause.
    fn check_pause(&self, request: &Request<'_>) {
        let now = self.clock.now_ms();
        let key = request.bucket();
        let left = self.state().pauses.get(&key).map(|pause| pause.until_ms - now).filter(|left| *left > 0);
        if let Some(left) = left {
            self.broke(format!(
                "polite: {key} came {left} ms before the pause was over that {} asked for",
                request.platform
            ));
        }
    }

    /// A pause is told to the process that asked. Processes that share the work do not tell each other, so only one
    /// that is alone is held to it.
    fn pause(&self, request: &Request<'_>, seconds: u64) {
        if !self.state().alone {
            return;
        }
        let until_ms = self.clock.now_ms() + i64::try_from(seconds * 1000).unwrap_or(i64::MAX);
        self.state().pauses.insert(request.bucket(), Pause { until_ms });
    }
}

struct AtPlatform {
    weather: Weather,
    platform: &'static str,
}

impl Judge for AtPlatform {
    fn judge(&self, method: &str, path: &str, about: &str) -> Option<FaultKind> {
        let request = Request::new(self.platform, method, path, about);
        if takes_away(method, request.path) {
            // No request of a storm is late for longer than the bot waits before it looks, so nothing should ever have
            // stood there twice.
            self.weather.broke(format!("exactly once: {} was to be seen twice for a while", request.exact()));
        }
        let away = self.weather.in_outage(self.platform);
        let ill = if away { None } else { self.weather.strike(&request) };
        if request.sort != Sort::Answer && request.sort != Sort::Door {
            self.weather.check_pause(&request);
        }
        if away {
            return Some(FaultKind::Answer { status: 503, headers: vec![], body: "upstream is away".to_owned() });
        }
        if let Some(ill) = self.weather.not_let_in(&request) {
            self.weather.count(ill, &request.exact());
            return Some(not_let_in(self.platform, ill));
        }
        if self.weather.is_behind(&request) {
            self.weather.count(Ill::Behind, &request.exact());
            let none = serde_json::json!({"ok": true, "channels": [], "response_metadata": {"next_cursor": ""}});
            return Some(FaultKind::Answer { status: 200, headers: vec![], body: none.to_string() });
        }
        let ill = ill?;
        self.weather.count(ill, &request.exact());
        Some(match ill {
            Ill::CutBefore => FaultKind::CutBefore,
            Ill::CutAfter => FaultKind::CutAfterEffect,
            Ill::ErrorBefore => FaultKind::Answer { status: 502, headers: vec![], body: "<html>".to_owned() },
            Ill::ErrorAfter => FaultKind::AnswerAfterEffect { status: 500, body: "{}".to_owned() },
            Ill::Garbled => FaultKind::AnswerAfterEffect { status: 200, body: "<html>hm</html>".to_owned() },
            Ill::Late => {
                let after = 1 + self.weather.roll("late", LATE_MAX_MS);
                FaultKind::Late(i64::try_from(after).unwrap_or(1))
            }
            Ill::TooMany => {
                let seconds = 1 + self.weather.roll("pause", PAUSE_MAX);
                self.weather.pause(&request, seconds);
                too_many(self.platform, seconds)
            }
            Ill::DieBefore => {
                self.weather.state().dying = true;
                FaultKind::Swallow
            }
            Ill::DieAfter => {
                self.weather.state().dying = true;
                FaultKind::NeverAnswer
            }
            _ => FaultKind::NeverAnswer,
        })
    }

    fn silent(&self) {
        if self.weather.state().dying {
            self.weather.death.send_replace(true);
        }
    }
}

/// Whether the bot takes something of its own away that people could see.
fn takes_away(method: &str, path: &str) -> bool {
    path.ends_with("/chat.delete") || (method == "DELETE" && path.contains("/channels/"))
}

fn not_let_in(platform: &str, ill: Ill) -> FaultKind {
    let (status, body) = match (platform, ill) {
        ("discord", Ill::Barred) => (403, serde_json::json!({"message": "Missing Permissions", "code": 50013})),
        ("discord", _) => (403, serde_json::json!({"message": "Cannot send messages to this user", "code": 50007})),
        (_, Ill::Barred) => (200, serde_json::json!({"ok": false, "error": "restricted_action"})),
        (..) => (200, serde_json::json!({"ok": false, "error": "messages_tab_disabled"})),
    };
    FaultKind::Answer { status, headers: vec![], body: body.to_string() }
}

fn too_many(platform: &str, seconds: u64) -> FaultKind {
    let mut headers = vec![("retry-after".to_owned(), seconds.to_string())];
    let body = if platform == "discord" {
        headers.push(("x-ratelimit-scope".to_owned(), "shared".to_owned()));
        serde_json::json!({"message": "The resource is being rate limited.", "retry_after": seconds, "global": false})
    } else {
        serde_json::json!({"ok": false, "error": "ratelimited"})
    };
    FaultKind::Answer { status: 429, headers, body: body.to_string() }
}

#[cfg(test)]
mod tests {
    use plsep_sandbox::SandboxClock;

    use super::*;

    #[test]
    fn every_risk_of_a_sort_comes_up() {
        let weather = Weather::new(7, SandboxClock::still(0), 1);
        weather.begin();
        let request = Request::new("discord", "POST", "/api/v10/channels/17/messages", "");
        let struck: std::collections::BTreeSet<Ill> = (0..20_000).filter_map(|_| weather.strike(&request)).collect();
        assert_eq!(struck.len(), risks(Sort::Deed).len());
    }

    #[test]
    fn requests_are_known_by_their_shape() {
        let key = |method, path| Request::new("discord", method, path, "").key();
        assert_eq!(key("GET", "/api/v10/channels/123/messages?x=1"), "discord GET /api/v10/channels/:/messages");
        assert_eq!(key("POST", "/api/v10/channels/123/messages?x=1"), "discord POST /api/v10/channels/123/messages");
        let slack = |path| Request::new("slack", "POST", path, "");
        assert_eq!(slack("/actions/T1/123/abc").key(), "slack POST /actions");
        assert!(slack("/api/views.open").sort == Sort::Answer);
        assert!(slack("/api/conversations.history").sort == Sort::Look);
        assert!(slack("/api/conversations.create").sort == Sort::Deed);
    }

    #[test]
    fn nothing_goes_wrong_in_calm_weather() {
        let weather = Weather::new(7, SandboxClock::still(0), 1);
        let judge = weather.judge("slack");
        assert!((0..5_000).all(|_| judge.judge("POST", "/api/chat.postMessage", "C1").is_none()));
        assert_eq!(weather.requests(), 5_000);
    }
}
