//! A minimal bot: posts JSON, reads envelopes, acknowledges. It knows nothing of the sandbox's inside.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use plsep_sandbox::slack::{Slack, SlackOptions};
use plsep_sandbox::{Acted, Action, CannotAct, NewResident, Platform, Recorder, Resident, SandboxClock, Seen};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

pub const BOT_TOKEN: &str = "xoxb-1-test";
pub const APP_TOKEN: &str = "xapp-1-test";
/// Mon Feb 17 2025, 17:00 in Los Angeles.
pub const START_MS: i64 = 1_739_840_400_000;

pub struct World {
    pub slack: Slack,
    pub clock: SandboxClock,
    http: reqwest::Client,
}

impl World {
    pub async fn new() -> Self {
        Self::recorded(Recorder::off()).await
    }

    pub async fn recorded(recorder: Recorder) -> Self {
        let clock = SandboxClock::still(START_MS);
        let slack = Slack::start(SlackOptions {
            port: 0,
            clock: clock.clone(),
            recorder,
            workspace_name: "PLSEP".into(),
            bot_token: BOT_TOKEN.into(),
            app_token: APP_TOKEN.into(),
        })
        .await
        .unwrap();
        // Loopback needs no certificates, and reading them takes longer than most stories.
        let http = reqwest::Client::builder().tls_built_in_root_certs(false).build().unwrap();
        Self { slack, clock, http }
    }

    pub fn join(&self, handle: &str, name: &str) -> Resident {
        self.slack.join(person(handle, name)).unwrap()
    }

    /// Calls a method with a JSON body and the bot token.
    pub async fn api(&self, method: &str, body: Value) -> Value {
        self.raw(method, BOT_TOKEN, body).await.1
    }

    /// Calls a method and expects `ok`.
    pub async fn ok(&self, method: &str, body: Value) -> Value {
        let answer = self.api(method, body).await;
        assert_eq!(answer["ok"], true, "{method}: {answer}");
        answer
    }

    /// Calls a method and expects this error.
    pub async fn refused(&self, method: &str, body: Value, error: &str) -> Value {
        let answer = self.api(method, body).await;
        assert_eq!(answer["error"], error, "{method}: {answer}");
        answer
    }

    /// Status, body, `Retry-After`.
    pub async fn raw(&self, method: &str, token: &str, body: Value) -> (u16, Value, Option<String>) {
        let url = format!("{}/{method}", self.slack.api_url());
        let request = self.http.post(url).header("content-type", "application/json; charset=utf-8");
        let answer = request.bearer_auth(token).body(body.to_string()).send().await.unwrap();
        let (status, retry) = (answer.status().as_u16(), answer.headers().get("retry-after").cloned());
        let retry = retry.map(|value| value.to_str().unwrap().to_owned());
        (status, answer.json().await.unwrap(), retry)
    }

    /// Posts to a `response_url` or any other address.
    pub async fn post(&self, url: &str, body: Value) -> (u16, String) {
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    pub fn client(&self) -> &reqwest::Client {
        &self.http
    }

    pub async fn connect(&self) -> Socket {
        let (_, answer, _) = self.raw("apps.connections.open", APP_TOKEN, json!({})).await;
        Socket::open(answer["url"].as_str().expect("a socket address")).await
    }

    pub async fn act(&self, handle: &str, action: Action) -> Result<Acted, CannotAct> {
        self.slack.act(handle, action).await
    }

    /// Waits until `check` gives something; the sandbox says when to look again.
    pub async fn until<T>(&self, what: &str, check: impl Fn() -> Option<T>) -> T {
        let mut changes = self.slack.changes();
        let found = tokio::time::timeout(Duration::from_secs(10), async {
            loop {
                if let Some(found) = check() {
                    return found;
                }
                changes.changed().await.unwrap();
            }
        });
        found.await.unwrap_or_else(|_| panic!("never happened: {what}"))
    }

    pub fn general(&self, handle: &str) -> String {
        let places = self.slack.places(handle);
        places.into_iter().find(|place| place.name == "#general").unwrap().id
    }

    pub fn direct(&self, handle: &str) -> String {
        let places = self.slack.places(handle);
        places.into_iter().find(|place| place.name.ends_with("(direct message)")).unwrap().id
    }

    pub fn last(&self, handle: &str, place: &str) -> Option<Seen> {
        self.slack.messages(handle, place).pop()
    }
}

pub fn person(handle: &str, name: &str) -> NewResident {
    NewResident {
        handle: handle.into(),
        name: name.into(),
        email: Some(format!("{handle}@library.example")),
        locale: "en-US".into(),
        zone: "America/Los_Angeles".into(),
        owner: false,
        admin: false,
        dms_closed: false,
    }
}

pub fn typed(text: &str) -> Action {
    Action::Command { place: None, text: text.into() }
}

pub fn filled(values: &[(&str, &str)]) -> Action {
    Action::Submit { values: values.iter().map(|(key, value)| ((*key).into(), vec![(*value).into()])).collect() }
}

pub fn pressed(message: &str, key: &str) -> Action {
    Action::Press { message: message.into(), key: key.into() }
}

pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects and reads the hello.
    pub async fn open(url: &str) -> Self {
        let (stream, _) = connect_async(url).await.unwrap();
        let mut socket = Self(stream);
        let hello = socket.next().await.expect("hello");
        assert_eq!(hello["type"], "hello", "{hello}");
        assert!(hello["connection_info"]["app_id"].as_str().unwrap().starts_with('A'));
        socket
    }

    /// The next JSON frame; `None` when the connection ends.
    pub async fn next(&mut self) -> Option<Value> {
        tokio::time::timeout(Duration::from_secs(10), async {
            loop {
                match self.0.next().await? {
                    Ok(Message::Text(text)) => return Some(serde_json::from_str(text.as_str()).unwrap()),
                    Ok(Message::Close(_)) | Err(_) => return None,
                    Ok(_) => {}
                }
            }
        })
        .await
        .expect("a frame or the end")
    }

    /// The next envelope whose payload is of this type; events in between are acknowledged and skipped.
    pub async fn expect(&mut self, kind: &str) -> Value {
        loop {
            let envelope = self.next().await.unwrap_or_else(|| panic!("the socket ended before {kind}"));
            let payload = &envelope["payload"];
            let named = [&envelope["type"], &payload["type"], &payload["event"]["type"]];
            if named.iter().any(|name| *name == kind) {
                return envelope;
            }
            self.ack(&envelope).await;
        }
    }

    pub async fn ack(&mut self, envelope: &Value) {
        self.send(json!({"envelope_id": envelope["envelope_id"]})).await;
    }

    pub async fn ack_with(&mut self, envelope: &Value, payload: Value) {
        self.send(json!({"envelope_id": envelope["envelope_id"], "payload": payload})).await;
    }

    async fn send(&mut self, frame: Value) {
        self.0.send(Message::Text(frame.to_string().into())).await.unwrap();
    }
}

pub fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": text})
}

/// A form with a text, a choice and an optional list.
pub fn application_form() -> Value {
    let option = |value: &str, label: &str| json!({"text": plain(label), "value": value});
    json!({
        "type": "modal", "callback_id": "apply", "title": plain("Apply"), "submit": plain("Send"),
        "close": plain("Not now"), "private_metadata": "draft-7", "notify_on_close": true,
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": "*Welcome*, tell us about you."}},
            {"type": "input", "block_id": "goals", "label": plain("Your goals"), "hint": plain("Two sentences"),
             "element": {"type": "plain_text_input", "action_id": "goals_text", "multiline": true, "max_length": 200}},
            {"type": "input", "block_id": "role", "label": plain("I am a"),
             "element": {"type": "static_select", "action_id": "role_pick",
                         "options": [option("mentor", "Mentor"), option("mentee", "Mentee")]}},
            {"type": "input", "block_id": "how", "label": plain("How to meet"), "optional": true,
             "element": {"type": "checkboxes", "action_id": "how_list",
                         "options": [option("video", "Video"), option("phone", "Phone")]}},
        ],
    })
}
