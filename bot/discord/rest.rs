//! Requests to Discord: built by serenity, sent by ourselves, so that the answer's status and headers are
//! read before anything is lost. It waits for no clock and tries nothing again; that is the
//! caller's to decide.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::multipart::{Form, Part};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::Value;
use serenity::http::{LightMethod, Request, Route};
use tokio::sync::Notify;

use super::budget::{Asked, Budget, NotYet, RouteKey, Taken, Told};
use super::error::Failure;
use crate::chat::File;
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
    /// Files that the body describes under `attachments`, in that order.
    pub files: &'a [File],
}

impl<'a> Call<'a> {
    /// Reads something.
    pub fn get(what: &'static str, route: Route<'a>) -> Self {
        Self { what, route, method: LightMethod::Get, body: None, query: Vec::new(), files: &[] }
    }

    /// Writes something.
    pub fn write(what: &'static str, method: LightMethod, route: Route<'a>, body: Value) -> Self {
        Self { what, route, method, body: Some(body), query: Vec::new(), files: &[] }
    }

    /// Takes something away.
    pub fn delete(what: &'static str, route: Route<'a>) -> Self {
        Self { what, route, method: LightMethod::Delete, body: None, query: Vec::new(), files: &[] }
    }

    /// The same with files.
    pub fn carrying(self, files: &'a [File]) -> Self {
        Self { files, ..self }
    }

    fn writes(&self) -> bool {
        self.method != LightMethod::Get
    }

    /// Whether it gives something a name or topic.
    fn names(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.get("name").is_some() || body.get("topic").is_some())
    }
}

/// The way to Discord.
pub(super) struct Rest {
    client: reqwest::Client,
    token: String,
    base: Option<String>,
    budget: Mutex<Budget>,
    /// Told whenever an answer has come.
    news: Notify,
    clock: Clock,
}

/// A request that is out. If nobody waits for its answer any more it counts as lost.
struct Permit<'a> {
    rest: &'a Rest,
    taken: Option<Taken>,
}

impl Permit<'_> {
    fn answered(mut self, told: &Told) {
        let now = self.rest.clock.now();
        let stops = match self.taken.take() {
            Some(taken) => self.rest.budget().answered(&taken, told, now),
            None => self.rest.budget().refusal(told.refused, now),
        };
        if stops {
            tracing::error!(
                "Discord has refused so many requests that we stop asking for a while; look at the bot's permissions"
            );
        }
        self.rest.news.notify_waiters();
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(taken) = self.taken.take() {
            self.rest.budget().lost(&taken, self.rest.clock.now());
            self.rest.news.notify_waiters();
        }
    }
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
        Ok(Self { client, token, base, budget: Mutex::default(), news: Notify::new(), clock })
    }

    /// The client, for serenity's own use.
    pub fn client(&self) -> reqwest::Client {
        self.client.clone()
    }

    /// The time by our own clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
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
        let asked = Asked { counted, renames: key.shape == "PATCH channels/:id" && call.names() };
        let permit = self.permit(what, &key, asked, path.starts_with("/interactions/")).await?;
        let body = call.body.as_ref().map(Value::to_string);
        let (plain, with_files) = if call.files.is_empty() { (body, None) } else { (None, body) };
        let builder = Request::new(call.route, call.method)
            .body(plain.map(String::into_bytes))
            .params((!call.query.is_empty()).then_some(call.query))
            .build(&self.client, &self.token, self.base.as_deref());
        let request = builder.ok().and_then(|builder| builder.build().ok());
        let mut request = request.ok_or_else(|| Failure::unsendable(what))?;
        if instead.is_some() {
            let path = format!("{API_PATH}{path}");
            request.url_mut().set_path(&path);
        }
        if let Some(body) = with_files {
            request = multipart(&self.client, request, body, call.files).ok_or_else(|| Failure::unsendable(what))?;
        }
        let response =
            self.client.execute(request).await.map_err(|error| Failure::of_transport(what, &error, writes))?;
        self.read(what, writes, permit, response).await
    }

    /// Waits for the answers that are out, where one of them will tell, and takes a request out of its budget.
    async fn permit(
        &self,
        what: &'static str,
        key: &RouteKey,
        asked: Asked,
        exempt: bool,
    ) -> Result<Permit<'_>, Failure> {
        loop {
            let news = self.news.notified();
            let now = self.clock.now();
            let taken = match exempt {
                true => self.budget().not_shut_out(now).map(|()| None),
                false => self.budget().take(key, asked, now).map(Some),
            };
            match taken {
                Ok(taken) => return Ok(Permit { rest: self, taken }),
                // Every request ends: it is answered, or its time is up.
                Err(NotYet::AfterAnswer) => news.await,
                Err(NotYet::For(wait, scope)) => return Err(Failure::Held { what, wait, scope }),
            }
        }
    }

    async fn read(
        &self,
        what: &'static str,
        writes: bool,
        permit: Permit<'_>,
        response: Response,
    ) -> Result<Value, Failure> {
        let status = response.status();
        let headers = response.headers().clone();
        let bytes = match response.bytes().await {
            Ok(bytes) => bytes,
            Err(error) => {
                permit.answered(&told(&headers, status));
                return Err(Failure::of_transport(what, &error, writes));
            }
        };
        let json: Option<Value> =
            if bytes.is_empty() { Some(Value::Null) } else { serde_json::from_slice(&bytes).ok() };
        if status == StatusCode::TOO_MANY_REQUESTS {
            let json = json.unwrap_or_default();
            let wait = seconds(headers.get("retry-after")).or_else(|| json["retry_after"].as_f64().and_then(duration));
            let global = headers.contains_key("x-ratelimit-global") || json["global"] == Value::Bool(true);
            permit.answered(&Told { retry_after: wait, global, ..told(&headers, status) });
            return Err(Failure::Busy { what, wait });
        }
        permit.answered(&told(&headers, status));
        if status.is_success() {
            return json.ok_or_else(|| Failure::unreadable(what, writes));
        }
        Err(Failure::of_status(what, status.as_u16(), &json.unwrap_or_default(), writes))
    }

    fn budget(&self) -> std::sync::MutexGuard<'_, Budget> {
        self.budget.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body and the files in parts, as Discord takes them. Serenity numbers every file of a request alike.
fn multipart(
    client: &reqwest::Client,
    mut request: reqwest::Request,
    body: String,
    files: &[File],
) -> Option<reqwest::Request> {
    let mut form = Form::new().part("payload_json", Part::text(body).mime_str("application/json").ok()?);
    for (number, file) in files.iter().enumerate() {
        let part = Part::bytes(file.content.clone()).file_name(file.name.clone()).mime_str(&file.media).ok()?;
        form = form.part(format!("files[{number}]"), part);
    }
    for of_the_body in [CONTENT_LENGTH, CONTENT_TYPE] {
        request.headers_mut().remove(of_the_body);
    }
    RequestBuilder::from_parts(client.clone(), request).multipart(form).build().ok()
}

fn api_path(route: &Route<'_>) -> Cow<'static, str> {
    let path = route.path();
    let from = path.find(API_PATH).map_or(0, |at| at + API_PATH.len());
    Cow::Owned(path[from..].to_owned())
}

fn told(headers: &HeaderMap, status: StatusCode) -> Told {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    Told {
        bucket: text("x-ratelimit-bucket").map(str::to_owned),
        limit: text("x-ratelimit-limit").and_then(|value| value.parse().ok()),
        remaining: text("x-ratelimit-remaining").and_then(|value| value.parse().ok()),
        reset_after: seconds(headers.get("x-ratelimit-reset-after")),
        retry_after: None,
        global: false,
        refused: matches!(status.as_u16(), 401 | 403 | 429) && text("x-ratelimit-scope") != Some("shared"),
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
