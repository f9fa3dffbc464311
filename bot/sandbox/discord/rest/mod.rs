//! The REST side: one door for every request, with faults, credentials, rate limits and recording around the
//! route that carries it out. Never touches the world outside a route.

mod body;
mod callback;
mod channels;
mod commands;
mod guild;
mod messages;
pub use messages::unarchive;
mod overwrites;
mod reactions;
mod threads;
mod webhooks;

use std::collections::HashMap;
use std::time::Duration;

use axum::body::Body as HttpBody;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value};

use super::Discord;
use super::limits::{Bucket, RateLimits};
use super::listener::Cutter;
use super::refused::Refused;
use super::state::World;
use crate::FaultKind;
use crate::clock::until_world;
use crate::faults::OnItsWay;
use crate::record::{Exchange, Recorder};
use body::Body;

/// The largest request, in bytes.
const LARGEST_REQUEST: usize = 25 * 1024 * 1024;

/// One request being carried out.
pub struct Call<'a> {
    pub discord: &'a Discord,
    pub world: &'a mut World,
    pub query: HashMap<String, String>,
    pub body: Body,
}

/// A success.
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

/// What a route comes to.
pub type Outcome = Result<Answer, Refused>;

pub fn ok(body: Value) -> Outcome {
    Ok(Answer { status: 200, body })
}

pub fn created(body: Value) -> Outcome {
    Ok(Answer { status: 201, body })
}

pub fn nothing() -> Outcome {
    Ok(Answer { status: 204, body: Value::Null })
}

/// An answer on its way out.
struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    parsed: Value,
}

/// Answers every request that is not the gateway or a file.
pub async fn serve(
    State(discord): State<Discord>,
    ConnectInfo(cutter): ConnectInfo<Cutter>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or_else(|| parts.uri.path().to_owned(), ToString::to_string);
    let method = parts.method.as_str().to_owned();
    let fault = discord.faults().take(&method, &path, "");
    if let Some(FaultKind::Delay(ms)) = fault {
        let _ = tokio::time::timeout(Duration::from_millis(ms), std::future::pending::<()>()).await;
    }
    let bytes = match axum::body::to_bytes(body, LARGEST_REQUEST).await {
        Ok(bytes) => bytes,
        Err(_) => return respond(reply_of(Err(Refused::new(413, 40005, "Request entity too large")), Vec::new())),
    };
    let body = body::read(&parts, bytes).await;
    let seen =
        (method.as_str(), path.as_str(), &parts.headers, body.as_ref().map_or(Value::Null, |body| body.json.clone()));
    if let Some(FaultKind::Late(after_ms)) = fault {
        let way = discord.faults().on_its_way(discord.clock().now_ms() + after_ms);
        tokio::spawn(late(discord.clone(), way, method, path, parts.headers, body));
        return cut(&cutter);
    }
    let carry_out = || answer(&discord, &method, &path, &parts.headers, body);
    match fault {
        None | Some(FaultKind::Delay(_)) => {
            let reply = carry_out();
            record(&discord, seen, &reply);
            respond(reply)
        }
        Some(FaultKind::Answer { status, headers, body }) => {
            let reply = scripted(status, headers, body);
            record(&discord, seen, &reply);
            respond(reply)
        }
        Some(FaultKind::AnswerAfterEffect { status, body }) => {
            record(&discord, seen, &carry_out());
            respond(scripted(status, Vec::new(), body))
        }
        Some(FaultKind::CutBefore | FaultKind::Late(_)) => cut(&cutter),
        Some(FaultKind::CutAfterEffect) => {
            record(&discord, seen, &carry_out());
            cut(&cutter)
        }
        Some(FaultKind::NeverAnswer) => {
            record(&discord, seen, &carry_out());
            discord.faults().silent();
            std::future::pending().await
        }
        Some(FaultKind::Swallow) => {
            discord.faults().silent();
            std::future::pending().await
        }
    }
}

/// Carries a request out when it arrives at last; nobody waits for its answer any more.
async fn late(
    discord: Discord,
    way: OnItsWay,
    method: String,
    path: String,
    headers: HeaderMap,
    body: Result<Body, Refused>,
) {
    until_world(discord.clock(), way.at_ms).await;
    let shown = body.as_ref().map_or(Value::Null, |body| body.json.clone());
    let reply = answer(&discord, &method, &path, &headers, body);
    record(&discord, (&method, &path, &headers, shown), &reply);
}

fn cut(cutter: &Cutter) -> Response {
    cutter.cut();
    Response::new(HttpBody::empty())
}

fn scripted(status: u16, headers: Vec<(String, String)>, body: String) -> Reply {
    let parsed = serde_json::from_str(&body).unwrap_or_else(|_| Value::String(body.clone()));
    Reply { status, headers, body, parsed }
}

fn reply_of(outcome: Outcome, limits: Vec<(&'static str, String)>) -> Reply {
    let (status, parsed, more) = match outcome {
        Ok(answer) => (answer.status, answer.body, Vec::new()),
        Err(refused) => (refused.status, refused.body, refused.headers),
    };
    let mut headers: Vec<(String, String)> =
        limits.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value)).collect();
    if !parsed.is_null() {
        headers.push(("content-type".into(), "application/json".into()));
    }
    let body = if parsed.is_null() { String::new() } else { parsed.to_string() };
    Reply { status, headers, body, parsed }
}

fn respond(reply: Reply) -> Response {
    let mut response = Response::new(HttpBody::from(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

fn record(discord: &Discord, (method, path, headers, body): (&str, &str, &HeaderMap, Value), reply: &Reply) {
    discord.recorder().write(|| {
        let mut shown = Map::new();
        for (name, value) in headers {
            let value = value.to_str().unwrap_or_default();
            let secret = name == header::AUTHORIZATION;
            let value = if secret { Recorder::shorten_credential(value) } else { value.to_owned() };
            shown.insert(name.as_str().to_owned(), value.into());
        }
        Exchange {
            t: discord.clock().now_ms(),
            platform: "discord",
            method: method.into(),
            path: path.into(),
            headers: shown,
            body,
            status: reply.status,
            response: reply.parsed.clone(),
        }
    });
}

/// Checks credentials and limits, then carries the request out.
fn answer(discord: &Discord, method: &str, path: &str, headers: &HeaderMap, body: Result<Body, Refused>) -> Reply {
    let (plain, query) = path.split_once('?').unwrap_or((path, ""));
    let segments: Vec<String> = plain.split('/').filter(|it| !it.is_empty()).map(body::unescape).collect();
    let mut route: Vec<&str> = segments.iter().map(String::as_str).collect();
    if route.first() != Some(&"api") {
        return reply_of(Err(Refused::no_route()), Vec::new());
    }
    route.remove(0);
    if route.first().is_some_and(|it| it.starts_with('v') && it[1..].parse::<u8>().is_ok()) {
        route.remove(0);
    }
    let mut world = discord.world();
    let tokenless = matches!(route.first(), Some(&("webhooks" | "interactions"))) || route.as_slice() == ["gateway"];
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !tokenless && !authorization.strip_prefix("Bot ").is_some_and(|token| discord.knows_token(token)) {
        return reply_of(Err(Refused::unauthorized()), Vec::new());
    }
    let now = world.now_ms();
    if !tokenless && let Err(refused) = world.limits.take_global(now) {
        return reply_of(Err(refused), Vec::new());
    }
    let mut limits = Vec::new();
    if route.first() != Some(&"interactions") {
        let bucket = bucket(method, &route, world.limits.sizes);
        match world.limits.take(&bucket, now) {
            Ok(headers) => limits = headers,
            Err(refused) => return reply_of(Err(refused), Vec::new()),
        }
    }
    let outcome = body.and_then(|body| {
        let mut call = Call { discord, world: &mut world, query: body::query(query), body };
        dispatch(&mut call, method, &route)
    });
    world.touch();
    reply_of(outcome, limits)
}

/// The bucket of a route: ids become placeholders, except the one that the bucket is counted for.
fn bucket(method: &str, route: &[&str], sizes: RateLimits) -> Bucket {
    let majors = if route.first() == Some(&"webhooks") { 2 } else { 1 };
    let own = matches!(route.first(), Some(&("channels" | "guilds" | "webhooks")));
    let major =
        if own { route.iter().skip(1).take(majors).copied().collect::<Vec<_>>().join("/") } else { String::new() };
    let shape = |(index, part): (usize, &&str)| {
        let placeholder = part.parse::<u64>().is_ok() || (own && (1..=majors).contains(&index));
        if placeholder { ":id" } else { *part }.to_owned()
    };
    let shaped = route.iter().enumerate().map(shape).collect::<Vec<_>>().join("/");
    let limit = match (method, route) {
        ("POST", ["channels", _, "messages"]) => sizes.message_create,
        ("PATCH", ["channels", _, "messages", _]) => sizes.message_edit,
        ("DELETE", ["channels", _, "messages", _]) => sizes.message_delete,
        ("POST", ["guilds", _, "channels"] | ["channels", _, "threads"]) => sizes.channel_create,
        ("PATCH", ["channels", _]) => sizes.channel_edit,
        ("POST", ["users", "@me", "channels"]) => sizes.direct,
        (
            "POST" | "PUT" | "PATCH" | "DELETE",
            ["applications", _, .., "commands"] | ["applications", .., "commands", _],
        ) => sizes.commands,
        (_, ["webhooks", ..]) => sizes.webhook,
        _ => sizes.other,
    };
    Bucket { route: format!("{method} /{shaped}"), major, limit }
}

fn dispatch(call: &mut Call<'_>, method: &str, route: &[&str]) -> Outcome {
    threads::put_quiet_away(call.world);
    let outcome = match route {
        ["gateway" | "users" | "oauth2", ..] | ["applications", "@me"] => guild::about(call, method, route),
        ["guilds", guild, rest @ ..] => guild::route(call, method, guild, rest),
        ["channels", channel, "messages", rest @ ..] => messages::route(call, method, channel, rest),
        ["channels", channel, rest @ ..] => channels::route(call, method, channel, rest),
        ["applications", application, rest @ ..] => commands::route(call, method, application, rest),
        ["interactions", id, token, "callback"] if method == "POST" => Some(callback::answer(call, id, token)),
        ["webhooks", application, token, rest @ ..] => webhooks::route(call, method, application, token, rest),
        _ => None,
    };
    outcome.unwrap_or_else(|| {
        call.world.unknown_routes.push(format!("{method} /{}", route.join("/")));
        Err(Refused::no_route())
    })
}
