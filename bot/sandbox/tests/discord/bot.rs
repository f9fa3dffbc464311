//! A bot written by hand: one WebSocket and plain HTTP.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use plsep_sandbox::discord::Discord;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::TOKEN;

/// Guilds, messages and direct messages: nothing privileged.
pub const INTENTS: u64 = 1 | 1 << 9 | 1 << 12;

const USER_AGENT: &str = "DiscordBot (https://example.org, 1.0)";

pub struct Bot {
    pub base: String,
    pub client: Client,
    pub socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub application: String,
    pub session: String,
    pub seq: u64,
}

/// An HTTP answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Answer {
    pub fn code(&self) -> u64 {
        self.body["code"].as_u64().unwrap_or(0)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The id of what was answered.
    pub fn id(&self) -> String {
        self.body["id"].as_str().unwrap_or_else(|| panic!("no id in {self:?}")).to_owned()
    }
}

impl Bot {
    /// Connects and says hello, no more.
    pub async fn dial(discord: &Discord) -> Self {
        Self::dial_with(discord, "v=10&encoding=json").await
    }

    pub async fn dial_with(discord: &Discord, query: &str) -> Self {
        let client = Client::new();
        let base = discord.base_url().to_owned();
        let found: Value = client
            .get(format!("{base}/api/v10/gateway"))
            .header("authorization", format!("Bot {TOKEN}"))
            .header("user-agent", USER_AGENT)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let url = format!("{}?{query}", found["url"].as_str().unwrap());
        let (socket, _) = connect_async(url).await.unwrap();
        let application = discord.application_id();
        Self { base, client, socket, application, session: String::new(), seq: 0 }
    }

    /// Connects, identifies and reads READY and GUILD_CREATE.
    pub async fn login(discord: &Discord) -> Self {
        let mut bot = Self::dial(discord).await;
        assert_eq!(bot.receive().await["op"], 10);
        bot.identify(TOKEN, INTENTS).await;
        let ready = bot.event("READY").await;
        bot.session = ready["session_id"].as_str().unwrap().to_owned();
        bot.event("GUILD_CREATE").await;
        bot
    }

    pub async fn send(&mut self, payload: Value) {
        self.socket.send(Message::Text(payload.to_string().into())).await.unwrap();
    }

    pub async fn identify(&mut self, token: &str, intents: u64) {
        let data = json!({"token": token, "intents": intents, "properties": {"os": "linux", "browser": "test", "device": "test"}});
        self.send(json!({"op": 2, "d": data})).await;
    }

    pub async fn resume(&mut self, session: &str, seq: u64) {
        self.send(json!({"op": 6, "d": {"token": TOKEN, "session_id": session, "seq": seq}})).await;
    }

    async fn frame(&mut self) -> Option<Message> {
        let next =
            tokio::time::timeout(Duration::from_secs(10), self.socket.next()).await.expect("the gateway is silent");
        next.and_then(Result::ok)
    }

    /// The next payload.
    pub async fn receive(&mut self) -> Value {
        loop {
            match self.frame().await.expect("the gateway closed") {
                Message::Text(text) => {
                    let payload: Value = serde_json::from_str(text.as_str()).unwrap();
                    self.seq = payload["s"].as_u64().unwrap_or(self.seq);
                    return payload;
                }
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("expected a payload, got {other:?}"),
            }
        }
    }

    /// The next event of this name; those before it are dropped.
    pub async fn event(&mut self, name: &str) -> Value {
        loop {
            let mut payload = self.receive().await;
            if payload["t"] == name {
                return payload["d"].take();
            }
        }
    }

    /// The close code with which the gateway ends; 0 without a close frame.
    pub async fn close_code(&mut self) -> u16 {
        loop {
            match self.frame().await {
                Some(Message::Close(Some(frame))) => return frame.code.into(),
                Some(Message::Close(None)) | None => return 0,
                Some(_) => {}
            }
        }
    }

    pub async fn call(&self, method: &str, path: &str, body: Value) -> Answer {
        self.call_as(&format!("Bot {TOKEN}"), method, path, body).await
    }

    pub async fn call_as(&self, authorization: &str, method: &str, path: &str, body: Value) -> Answer {
        let method: Method = method.parse().unwrap();
        let mut request = self
            .client
            .request(method, format!("{}/api/v10{path}", self.base))
            .header("authorization", authorization)
            .header("user-agent", USER_AGENT);
        if !body.is_null() {
            request = request.json(&body);
        }
        answer(request.send().await.unwrap()).await
    }

    pub async fn callback(&self, interaction: &Value, body: Value) -> Answer {
        let (id, token) = (interaction["id"].as_str().unwrap(), interaction["token"].as_str().unwrap());
        self.call("POST", &format!("/interactions/{id}/{token}/callback"), body).await
    }

    pub fn webhook(&self, interaction: &Value) -> String {
        format!("/webhooks/{}/{}", self.application, interaction["token"].as_str().unwrap())
    }

    /// Registers commands in the server.
    pub async fn register(&self, guild: &str, commands: Value) -> Answer {
        self.call("PUT", &format!("/applications/{}/guilds/{guild}/commands", self.application), commands).await
    }
}

pub async fn answer(response: reqwest::Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.unwrap();
    let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
    Answer { status, headers, body }
}
