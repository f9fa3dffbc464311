//! Requests to Discord: built by serenity, sent by ourselves, so that the answer's status and headers are
//! read before anything is lost. It neither waits nor tries again; that is the caller's to decide.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Response, StatusCode};
use serde_json::Value;
use serenity::http::{LightMethod, Request, Route};

use super::budget::{Budget, RouteKey, Told};
use super::error::Failure;
use crate::clock::Clock;

/// What stands before every path of serenity's routes.
const API_PATH: &str = "/api/v10";
/// Where Discord is.
pub(super) const PUBLIC_URL: &str = "https://discord.com";

/// One request.
pub(super) struct Call<'a> {
    /// What it is for, as operators read it in an error. Never a path: an interaction's holds its token.
    pub what: &'static str,
    /// Where to.
    pub route: Route<'a>,
    /// How.
    pub method: LightMethod,
    /// JSON body.
    pub body: Option<Value>,
    /// Query.
    pub query: Vec<(&'static str, String)>,
}

impl<'a> Call<'a> {
    /// Reads something.
    pub fn get(what: &'static str, route: Route<'a>) -> Self {
        Self { what, route, method: LightMethod::Get, body: None, query: Vec::new() }
    }

    /// Writes something.
    pub fn write(what: &'static str, method: LightMethod, route: Route<'a>, body: Value) -> Self {
        Self { what, route, method, body: Some(body), query: Vec::new() }
    }

    fn writes(&self) -> bool {
        self.method != LightMethod::Get
    }
}

/// The way to Discord.
pub(super) struct Rest {
    client: reqwest::Client,
    token: String,
    base: Option<String>,
    budget: Mutex<Budget>,
    clock: Clock,
}

impl Rest {
    /// A way to the Discord at `base` (the public one if `None`). No request takes longer than `timeout`.
    ///
    /// # Errors
    /// The HTTP client cannot be built.
    pub fn new(token: &str, base: Option<String>, timeout: Duration, clock: Clock) -> Result<Self, reqwest::Error> {
        // A redirect would carry the token to wherever it points.
        let client = reqwest::Client::builder()
            .timeout(timeout)
            .connect_timeout(timeout)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let token = token.trim();
        let token = if token.starts_with("Bot ") { token.to_owned() } else { format!("Bot {token}") };
        let base = base.map(|base| base.trim_end_matches('/').to_owned());
        Ok(Self { client, token, base, budget: Mutex::default(), clock })
    }

    /// The client, for serenity's own use.
    pub fn client(&self) -> reqwest::Client {
        self.client.clone()
    }

    /// The address in use.
    pub fn base(&self) -> &str {
        self.base.as_deref().unwrap_or(PUBLIC_URL)
    }

    /// Sends a request and reads the JSON of its answer (`null` for an empty one).
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn send(&self, call: Call<'_>) -> Result<Value, Failure> {
        self.send_to(call, None).await
    }

    /// Reads what the app's settings say. Serenity's routes know only an older address, which leaves out the flags.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn application(&self) -> Result<Value, Failure> {
        let call = Call::get("read the app's settings", Route::Oauth2ApplicationCurrent);
        self.send_to(call, Some("/applications/@me")).await
    }

    async fn send_to(&self, call: Call<'_>, instead: Option<&str>) -> Result<Value, Failure> {
        let (what, writes) = (call.what, call.writes());
        let method = call.method.reqwest_method();
        let path = instead.map_or_else(|| api_path(&call.route), |path| Cow::Owned(path.to_owned()));
        let key = RouteKey::of(method.as_str(), &path);
        // Answers to interactions are not counted by Discord, and have their own address each.
        let counted = !matches!(path.split('/').nth(1), Some("interactions" | "webhooks"));
        let answered = path.starts_with("/interactions/");
        if !answered {
            let taken = self.budget().take(&key, counted, self.clock.now());
            taken.map_err(|wait| Failure::Busy { what, wait: Some(wait), sent: false })?;
        }
        let body = call.body.as_ref().map(|body| body.to_string().into_bytes());
        let builder = Request::new(call.route, call.method)
            .body(body)
            .params((!call.query.is_empty()).then_some(call.query))
            .build(&self.client, &self.token, self.base.as_deref());
        let request = builder.ok().and_then(|builder| builder.build().ok());
        let mut request = request.ok_or_else(|| Failure::unsendable(what))?;
        if instead.is_some() {
            let path = format!("{API_PATH}{path}");
            request.url_mut().set_path(&path);
        }
        let response =
            self.client.execute(request).await.map_err(|error| Failure::of_transport(what, &error, writes))?;
        if !answered {
            self.learn(&key, &response);
        }
        self.read(what, writes, &key, response).await
    }

    fn learn(&self, key: &RouteKey, response: &Response) {
        let told = told(response.headers());
        self.budget().learn(key, &told, self.clock.now());
    }

    async fn read(
        &self,
        what: &'static str,
        writes: bool,
        key: &RouteKey,
        response: Response,
    ) -> Result<Value, Failure> {
        let status = response.status();
        let headers = response.headers().clone();
        let bytes = response.bytes().await.map_err(|error| Failure::of_transport(what, &error, writes))?;
        let json: Option<Value> =
            if bytes.is_empty() { Some(Value::Null) } else { serde_json::from_slice(&bytes).ok() };
        if status == StatusCode::TOO_MANY_REQUESTS {
            let json = json.unwrap_or_default();
            let wait = seconds(headers.get("retry-after")).or_else(|| json["retry_after"].as_f64().and_then(duration));
            let global = headers.contains_key("x-ratelimit-global") || json["global"] == Value::Bool(true);
            let told = Told { retry_after: wait, global, ..told(&headers) };
            self.budget().learn(key, &told, self.clock.now());
            return Err(Failure::Busy { what, wait, sent: true });
        }
        if status.is_success() {
            return json.ok_or_else(|| Failure::unreadable(what, writes));
        }
        Err(Failure::of_status(what, status.as_u16(), &json.unwrap_or_default(), writes))
    }

    fn budget(&self) -> std::sync::MutexGuard<'_, Budget> {
        self.budget.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn api_path(route: &Route<'_>) -> Cow<'static, str> {
    let path = route.path();
    let from = path.find(API_PATH).map_or(0, |at| at + API_PATH.len());
    Cow::Owned(path[from..].to_owned())
}

fn told(headers: &HeaderMap) -> Told {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    Told {
        bucket: text("x-ratelimit-bucket").map(str::to_owned),
        remaining: text("x-ratelimit-remaining").and_then(|value| value.parse().ok()),
        reset_after: seconds(headers.get("x-ratelimit-reset-after")),
        retry_after: None,
        global: false,
    }
}

fn seconds(header: Option<&HeaderValue>) -> Option<Duration> {
    header.and_then(|value| value.to_str().ok()).and_then(|text| text.trim().parse().ok()).and_then(duration)
}

/// Longest wait that is believed; anything longer is a slip of the server.
const LONGEST_WAIT_SECONDS: f64 = 86_400.0;

fn duration(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds.min(LONGEST_WAIT_SECONDS)).ok()
}
