//! Calls Slack's Web API through slack-morphism: bounded in time, within the limits, with every answer
//! checked. Payloads are JSON of ours, because the crate's models lack values we need. It knows no domain
//! word and never logs a body or a token.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;
use slack_morphism::errors::SlackClientError;
use slack_morphism::prelude::{
    SlackApiToken, SlackApiTokenValue, SlackClient, SlackClientApiCallContext, SlackClientHttpConnector,
    SlackClientHyperConnector, SlackHyperClient, SlackResponseUrl, ValueStruct,
};

use super::budget::{Budgets, NotYet};
use super::fault::{self, Fault, Why};
use super::files::is_its_own;
use super::lean::Lean;
use crate::chat::Handed;
use crate::clock::{self, Clock};
use crate::download;
use tokio::sync::Notify;

/// The name under which answers to response URLs appear in faults.
const RESPONSE_URL: &str = "response_url";
/// The same for the addresses that take files.
const UPLOAD_URL: &str = "upload_url";
/// What a file is told to be on its way: Slack knows its kind by its name.
const BYTES: &str = "application/octet-stream";

/// Slack's Web API for one app in one workspace.
pub struct Api {
    client: Arc<SlackHyperClient>,
    bot: SlackApiToken,
    app: SlackApiToken,
    timeout: Duration,
    /// For files, which the crate cannot fetch.
    files: reqwest::Client,
    url: Option<String>,
    budgets: Mutex<Budgets>,
    /// Told whenever an answer has come.
    news: Notify,
    clock: Clock,
}

/// A call that is out. If nobody waits for its answer any more it counts as answered without success.
struct Permit<'a> {
    api: &'a Api,
    method: &'static str,
    done: bool,
}

impl Permit<'_> {
    fn settle(mut self, answer: Result<Value, Fault>) -> Result<Value, Fault> {
        self.done = answer.is_ok();
        answer
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.api.budgets().answered(self.method, self.done, self.api.clock.now());
        self.api.news.notify_waiters();
    }
}

/// An address that Slack has given for one call.
fn address(url: &str) -> Result<SlackResponseUrl, Why> {
    serde_json::from_value(url.into()).map_err(|_| Why::Garbled)
}

/// Such an address says by itself who calls, so it stays out of logs.
fn without_token(span: &tracing::Span) -> SlackClientApiCallContext<'_> {
    SlackClientApiCallContext { rate_control_params: None, token: None, tracing_span: span, is_sensitive_url: true }
}

/// How to call.
pub struct Access<'a> {
    /// `xoxb-…`
    pub bot_token: &'a str,
    /// `xapp-…`
    pub app_token: &'a str,
    /// Another address than Slack's own.
    pub url: Option<&'a str>,
    /// Longest wait for one answer.
    pub timeout: Duration,
}

impl Api {
    /// Prepares to call; calls nothing.
    ///
    /// # Errors
    /// The machine's certificates cannot be read.
    pub fn new(access: &Access<'_>, clock: Clock) -> std::io::Result<Self> {
        // Sockets take the process's default provider; whoever installed one first is respected.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let connector = hyper_rustls::HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())?
            .https_or_http()
            .enable_http1()
            .enable_http2()
            .build();
        let mut connector = SlackClientHyperConnector::with_connector(connector);
        if let Some(url) = access.url {
            connector = connector.with_slack_api_url(url.trim_end_matches('/'));
        }
        Ok(Self {
            client: Arc::new(SlackClient::new(connector)),
            bot: token(access.bot_token),
            app: token(access.app_token),
            timeout: access.timeout,
            files: download::client(access.timeout).map_err(std::io::Error::other)?,
            url: access.url.map(str::to_owned),
            budgets: Mutex::default(),
            news: Notify::new(),
            clock,
        })
    }

    /// The time by our own clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Calls a method that changes something, at once: for answers a person waits for.
    pub async fn write(&self, method: &'static str, body: &Value) -> Result<Value, Fault> {
        let permit = self.permit_at_once(method);
        permit.settle(self.post(&self.bot, method, true, body).await)
    }

    /// Calls a method that changes something, if the budget has room: for effects that can wait.
    pub async fn effect(&self, method: &'static str, channel: Option<&str>, body: &Value) -> Result<Value, Fault> {
        let permit = self.permit(method, channel).await?;
        let answer = permit.settle(self.post(&self.bot, method, true, body).await);
        self.heed(channel, answer)
    }

    /// Asks for something, if the budget has room: for what can wait, or can be done without.
    pub async fn read(&self, method: &'static str, arguments: &[(&str, &str)]) -> Result<Value, Fault> {
        let permit = self.permit(method, None).await?;
        let answer = permit.settle(self.get(method, arguments).await);
        self.heed(None, answer)
    }

    /// Asks for something at once: for answers a person waits for.
    pub async fn read_at_once(&self, method: &'static str, arguments: &[(&str, &str)]) -> Result<Value, Fault> {
        let permit = self.permit_at_once(method);
        permit.settle(self.get(method, arguments).await)
    }

    /// Fetches a file that somebody handed in.
    pub async fn download(&self, url: &str, name: String) -> Handed {
        if !is_its_own(url, self.url.as_deref()) {
            tracing::warn!("a file that was handed in lies at an address that is not Slack's; not fetched");
            return Handed::NotFetched;
        }
        download::download(&self.files, url, Some(self.bot.token_value.value()), name).await
    }

    /// Slack reads the arguments of methods that ask for something from the address only.
    async fn get(&self, method: &'static str, arguments: &[(&str, &str)]) -> Result<Value, Fault> {
        let arguments: Vec<(&str, Option<&str>)> =
            arguments.iter().map(|(name, value)| (*name, Some(*value))).collect();
        let session = self.client.open_session(&self.bot);
        let call = session.http_session_api.http_get::<Value, _, _>(method, &arguments, None);
        judge(method, false, clock::within(self.timeout, call).await)
    }

    /// Who the bot token belongs to.
    pub async fn who_am_i(&self) -> Result<Value, Fault> {
        self.post(&self.bot, "auth.test", false, &Value::Object(serde_json::Map::new())).await
    }

    /// Asks for the address of a socket, which is good once.
    pub async fn open_socket(&self) -> Result<String, Fault> {
        const METHOD: &str = "apps.connections.open";
        let body = Value::Object(serde_json::Map::new());
        let answer = self.post(&self.app, METHOD, false, &body).await?;
        answer["url"].as_str().map(str::to_owned).ok_or_else(|| Fault::new(METHOD, false, Why::Garbled))
    }

    /// Answers an interaction at the address Slack gave with it.
    pub async fn respond(&self, url: &str, body: &Value) -> Result<(), Fault> {
        let fault = |why| Fault::new(RESPONSE_URL, true, why);
        let url = address(url).map_err(fault)?;
        let span = tracing::Span::none();
        let connector = &self.client.http_api.connector;
        let call = connector.http_post_uri::<_, Value>(url.value().clone(), body, without_token(&span));
        match clock::within(self.timeout, call).await {
            // Such an address answers "ok" in plain text, which arrives here as an empty object.
            Ok(Ok(answer)) if answer["ok"] != false => Ok(()),
            Ok(Ok(_)) => Err(fault(Why::Garbled)),
            Ok(Err(error)) => Err(fault(fault::read(&error))),
            Err(clock::TooSlow) => Err(fault(Why::TooSlow)),
        }
    }

    /// Gives the bytes of a file to the address Slack gave for it. Nobody sees it yet.
    pub async fn upload(&self, url: &str, bytes: &[u8]) -> Result<(), Fault> {
        let fault = |why| Fault::new(UPLOAD_URL, false, why);
        let url = address(url).map_err(fault)?;
        let (span, kind) = (tracing::Span::none(), BYTES.to_owned());
        let connector = &self.client.http_api.connector;
        let call = connector.http_post_uri_binary::<Value>(url.value().clone(), kind, bytes, without_token(&span));
        match clock::within(self.timeout, call).await {
            // Such an address answers in plain text, too.
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(fault(fault::read(&error))),
            Err(clock::TooSlow) => Err(fault(Why::TooSlow)),
        }
    }

    async fn post(
        &self,
        token: &SlackApiToken,
        method: &'static str,
        writes: bool,
        body: &Value,
    ) -> Result<Value, Fault> {
        let session = self.client.open_session(token);
        let call = session.http_session_api.http_post::<_, Lean>(method, body, None);
        judge(method, writes, clock::within(self.timeout, call).await.map(|answer| answer.map(|Lean(answer)| answer)))
    }

    /// Waits for the answers that are out, where one of them will tell, and takes a call out of its budget.
    async fn permit(&self, method: &'static str, channel: Option<&str>) -> Result<Permit<'_>, Fault> {
        loop {
            let news = self.news.notified();
            let spent = self.budgets().spend(method, channel, self.clock.now());
            match spent {
                Ok(()) => return Ok(Permit { api: self, method, done: false }),
                // Every call ends: it is answered, or its time is up.
                Err(NotYet::AfterAnswer) => news.await,
                Err(NotYet::For(wait, scope)) => return Err(Fault::new(method, false, Why::Spent(wait, scope))),
            }
        }
    }

    fn permit_at_once(&self, method: &'static str) -> Permit<'_> {
        self.budgets().sent(method);
        Permit { api: self, method, done: false }
    }

    fn budgets(&self) -> MutexGuard<'_, Budgets> {
        self.budgets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a pause Slack asked for.
    fn heed(&self, channel: Option<&str>, answer: Result<Value, Fault>) -> Result<Value, Fault> {
        if let Err(Fault { method, why: Why::Limited(Some(pause)), .. }) = &answer {
            self.budgets().hold(method, channel, *pause, self.clock.now());
        }
        answer
    }
}

fn token(value: &str) -> SlackApiToken {
    SlackApiToken::new(SlackApiTokenValue::new(value.trim().to_owned()))
}

/// The crate takes any answer with status 200 that is not JSON for an empty success. Slack says `ok: true` to
/// what it did, so anything else is no answer.
fn judge(
    method: &'static str,
    writes: bool,
    answer: Result<Result<Value, SlackClientError>, clock::TooSlow>,
) -> Result<Value, Fault> {
    let why = match answer {
        Ok(Ok(answer)) if answer["ok"] == true => return Ok(answer),
        Ok(Ok(_)) => Why::Garbled,
        Ok(Err(error)) => fault::read(&error),
        Err(clock::TooSlow) => Why::TooSlow,
    };
    Err(Fault::new(method, writes, why))
}
