//! HTTP in front of the pretend Slack: reads requests, injects scripted faults, hands the request on, and
//! records both sides. Uploaded bytes and web sockets are not recorded: no contract describes them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Map, Value, json};

use super::args::{Args, form_fields};
use super::wire::{CuttableListener, Line};
use super::{Inner, responses, socket_mode, uploads, web_api};
use crate::clock::until_world;
use crate::faults::{FaultKind, OnItsWay};
use crate::record::{Exchange, Recorder};

/// Larger than any upload of a mentorship program.
const LARGEST_BODY: usize = 64 << 20;

/// A request, read to its end.
pub struct Asked {
    pub method: String,
    /// Without the query.
    pub path: String,
    pub headers: BTreeMap<String, String>,
    pub args: Args,
    pub token: Option<String>,
    pub bytes: Bytes,
    /// The JSON body was not JSON.
    pub broken_json: bool,
}

impl Asked {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// An answer, before faults.
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Content,
}

/// What an answer holds.
pub enum Content {
    Json(Value),
    Text(String),
    File(Vec<u8>, &'static str),
}

impl Reply {
    pub fn json(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body: Content::Json(body) }
    }

    pub fn text(status: u16, body: &str) -> Self {
        Self { status, headers: Vec::new(), body: Content::Text(body.to_owned()) }
    }

    fn recorded(&self) -> Value {
        match &self.body {
            Content::Json(value) => value.clone(),
            Content::Text(text) => json!(text),
            Content::File(..) => Value::Null,
        }
    }

    fn into_response(self) -> Response {
        let (mime, body) = match self.body {
            Content::Json(value) => ("application/json; charset=utf-8", Body::from(value.to_string())),
            Content::Text(text) => ("text/html", Body::from(text)),
            Content::File(bytes, mime) => (mime, Body::from(bytes)),
        };
        let mut builder = Response::builder().status(self.status).header("content-type", mime);
        for (name, value) in self.headers {
            builder = builder.header(name, value);
        }
        builder.body(body).unwrap_or_else(|error| {
            tracing::error!(%error, "a scripted answer has an impossible header or status");
            plain(StatusCode::INTERNAL_SERVER_ERROR)
        })
    }
}

fn plain(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// Serves until the task is ended.
pub async fn serve(listener: CuttableListener, inner: Arc<Inner>) {
    let router = Router::new()
        .route("/link/", get(socket_mode::link))
        .route("/link", get(socket_mode::link))
        .fallback(any)
        .with_state(inner);
    if let Err(error) = axum::serve(listener, router.into_make_service_with_connect_info::<Line>()).await {
        tracing::error!(%error, "the pretend Slack stopped serving");
    }
}

/// Every request except web sockets: faults, then the work, then the recording.
async fn any(State(inner): State<Arc<Inner>>, ConnectInfo(line): ConnectInfo<Line>, request: Request) -> Response {
    let full_path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let Some(asked) = read(request).await else { return plain(StatusCode::BAD_REQUEST) };
    let about = asked.args.text("channel").unwrap_or_default();
    let fault = inner.faults.take(&asked.method, &full_path, &about);
    if let Some(FaultKind::Delay(ms)) = fault {
        delay(Duration::from_millis(ms)).await;
    }
    if let Some(FaultKind::Late(after_ms)) = fault {
        let later = Arc::clone(&inner);
        let way = inner.faults.on_its_way(inner.look(super::state::World::now_ms) + after_ms);
        inner.spawn(async move { late(later, way, asked, full_path).await });
        line.cut();
        return plain(StatusCode::OK);
    }
    let reply = match &fault {
        Some(FaultKind::Answer { status, headers, body }) => {
            Reply { status: *status, headers: headers.clone(), body: parse(body) }
        }
        Some(kind) if !kind.carries_out() => Reply::json(0, Value::Null),
        _ => work(&inner, &asked),
    };
    let reply = match &fault {
        Some(FaultKind::AnswerAfterEffect { status, body }) => {
            Reply { status: *status, headers: Vec::new(), body: parse(body) }
        }
        _ => reply,
    };
    record(&inner, &asked, &full_path, &reply);
    match fault {
        Some(FaultKind::CutBefore | FaultKind::CutAfterEffect) => {
            line.cut();
            plain(StatusCode::OK)
        }
        Some(FaultKind::NeverAnswer | FaultKind::Swallow) => {
            inner.faults.silent();
            std::future::pending().await
        }
        _ => reply.into_response(),
    }
}

/// Carries a request out when it arrives at last; nobody waits for its answer any more.
async fn late(inner: Arc<Inner>, way: OnItsWay, asked: Asked, full_path: String) {
    let clock = inner.look(|world| world.clock.clone());
    until_world(&clock, way.at_ms).await;
    let reply = work(&inner, &asked);
    record(&inner, &asked, &full_path, &reply);
}

#[expect(clippy::disallowed_methods, reason = "the fault is a real delay, asked for by the test")]
async fn delay(duration: Duration) {
    tokio::time::sleep(duration).await;
}

fn parse(body: &str) -> Content {
    serde_json::from_str(body).map_or_else(|_| Content::Text(body.to_owned()), Content::Json)
}

fn work(inner: &Arc<Inner>, asked: &Asked) -> Reply {
    if let Some(method) = asked.path.strip_prefix("/api/") {
        return web_api::call(inner, method, asked);
    }
    if asked.path.starts_with("/commands/") || asked.path.starts_with("/actions/") {
        return inner.change(|world| responses::respond(world, asked));
    }
    if let Some(file) = asked.path.strip_prefix("/upload/v1/") {
        return inner.change(|world| uploads::receive(world, file, asked));
    }
    if let Some(file) = asked.path.strip_prefix("/files-pri/") {
        return inner.look(|world| uploads::download(world, file, asked));
    }
    inner.change(|world| world.unknown_routes.push(format!("{} {}", asked.method, asked.path)));
    Reply::text(404, "Not Found")
}

fn lower(headers: &HeaderMap) -> BTreeMap<String, String> {
    let text = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_lowercase(), text(value))).collect()
}

async fn read(request: Request) -> Option<Asked> {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, LARGEST_BODY).await.ok()?;
    let headers = lower(&parts.headers);
    let mut asked = Asked {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        args: Args::default(),
        token: None,
        bytes: bytes.clone(),
        broken_json: false,
        headers,
    };
    let kind = asked.header("content-type").to_lowercase();
    if kind.starts_with("application/json") && !bytes.is_empty() {
        match serde_json::from_slice::<Map<String, Value>>(&bytes) {
            Ok(object) => asked.args = Args::json(object),
            Err(_) => asked.broken_json = true,
        }
    } else if kind.starts_with("application/x-www-form-urlencoded") {
        asked.args.add_fields(form_fields(&String::from_utf8_lossy(&bytes)));
    } else if kind.starts_with("multipart/form-data") {
        let rebuilt = Request::from_parts(parts.clone(), Body::from(bytes));
        multipart(&mut asked, Multipart::from_request(rebuilt, &()).await.ok()?).await?;
    }
    asked.args.add_fields(form_fields(parts.uri.query().unwrap_or_default()));
    let header = asked.header("authorization").to_owned();
    let bearer = header.strip_prefix("Bearer ").map(str::to_owned);
    asked.token = asked.args.take_token().or(bearer).filter(|token| !token.is_empty());
    Some(asked)
}

/// Text parts become arguments; the first part with a file name becomes the body.
async fn multipart(asked: &mut Asked, mut form: Multipart) -> Option<()> {
    while let Some(field) = form.next_field().await.ok()? {
        let (name, file) = (field.name().unwrap_or_default().to_owned(), field.file_name().is_some());
        let bytes = field.bytes().await.ok()?;
        if file || matches!(name.as_str(), "file" | "filename") {
            asked.bytes = bytes;
        } else {
            asked.args.add_fields([(name, String::from_utf8_lossy(&bytes).into_owned())]);
        }
    }
    Some(())
}

fn record(inner: &Inner, asked: &Asked, full_path: &str, reply: &Reply) {
    if ["/api/", "/commands/", "/actions/"].iter().any(|prefix| full_path.starts_with(prefix)) {
        inner.recorder.write(|| exchange(inner, asked, full_path, reply));
    }
}

fn exchange(inner: &Inner, asked: &Asked, full_path: &str, reply: &Reply) -> Exchange {
    let mut headers = Map::new();
    for (name, value) in &asked.headers {
        let shown = if name == "authorization" { Recorder::shorten_credential(value) } else { value.clone() };
        headers.insert(name.clone(), json!(shown));
    }
    if let (Some(token), false) = (&asked.token, headers.contains_key("authorization")) {
        // A token sent as an argument is shown as the header it stands for.
        headers.insert("authorization".into(), json!(Recorder::shorten_credential(&format!("Bearer {token}"))));
    }
    let body = if asked.method == "GET" { Value::Null } else { asked.args.as_value() };
    Exchange {
        t: inner.look(super::state::World::now_ms),
        platform: "slack",
        method: asked.method.clone(),
        path: without_token(full_path),
        headers,
        body,
        status: reply.status,
        response: reply.recorded(),
    }
}

fn without_token(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else { return path.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("token=")).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}
