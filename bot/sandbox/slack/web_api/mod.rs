//! The Web API: which methods there are, who may call them how often, and how answers are dressed. What each
//! does stands in the file of its family.

mod chat;
mod content;
mod conversations;
mod files;
mod history;
mod lists;
mod marks;
mod members;
mod schedule;
mod users;
pub mod views;

use std::sync::Arc;

use serde_json::{Map, Value, json};

pub use members::enter;

use super::Inner;
use super::args::Args;
use super::http::{Asked, Content, Reply};
use super::limits::Tier;
use super::state::{Channel, Kind, World};

/// A refusal with Slack's error code.
pub struct Refused {
    error: String,
    more: Map<String, Value>,
}

/// What a method answers, without `ok`.
pub type Answer = Result<Value, Refused>;

impl Refused {
    pub fn new(error: &str) -> Self {
        Self { error: error.to_owned(), more: Map::new() }
    }

    /// With one message for each thing that is wrong.
    pub fn because(error: &str, messages: Vec<String>) -> Self {
        let mut refused = Self::new(error);
        let bare = |text: &String| json!(text.trim_start_matches("[ERROR] "));
        if error == "invalid_blocks" {
            refused.more.insert("errors".into(), messages.iter().map(bare).collect());
        }
        refused.more.insert("response_metadata".into(), json!({"messages": messages}));
        refused
    }

    pub fn missing(argument: &str) -> Self {
        Self::because("invalid_arguments", vec![format!("[ERROR] missing required field: {argument}")])
    }

    pub fn missing_scope(world: &World, needed: &str) -> Self {
        let provided: Vec<&str> = world.app.scopes.iter().map(String::as_str).collect();
        Self::new("missing_scope").with("needed", json!(needed)).with("provided", json!(provided.join(",")))
    }

    pub fn with(mut self, key: &str, value: Value) -> Self {
        self.more.insert(key.to_owned(), value);
        self
    }
}

/// Shorthand for a refusal without details.
pub fn no<T>(error: &str) -> Result<T, Refused> {
    Err(Refused::new(error))
}

/// Which token a method wants.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    None,
    Bot,
    App,
}

struct Method {
    name: &'static str,
    tier: Tier,
    token: Token,
    /// One of these suffices; empty means none is needed.
    scopes: &'static [&'static str],
    run: fn(&mut World, &Args) -> Answer,
}

const READ: &[&str] = &["channels:read", "groups:read", "im:read", "mpim:read"];
const WRITE: &[&str] = &["channels:manage", "channels:write", "groups:write", "im:write", "mpim:write"];
const HISTORY: &[&str] = &["channels:history", "groups:history", "im:history", "mpim:history"];

macro_rules! methods {
    ($($name:literal $tier:ident $token:ident $scopes:expr, $run:path;)*) => {
        &[$(Method { name: $name, tier: Tier::$tier, token: Token::$token, scopes: $scopes, run: $run }),*]
    };
}

/// Every method of the pretend Slack, with its published tier.
static METHODS: &[Method] = methods! {
    "api.test" Four None &[], users::api_test;
    "apps.connections.open" One App &[], users::connections_open;
    "auth.test" Ample Bot &[], users::auth_test;
    "bots.info" Three Bot &["users:read"], users::bots_info;
    "chat.delete" Three Bot &["chat:write"], chat::delete;
    "chat.deleteScheduledMessage" Three Bot &["chat:write"], schedule::delete;
    "chat.getPermalink" Ample Bot &[], chat::get_permalink;
    "chat.postEphemeral" Four Bot &["chat:write"], chat::post_ephemeral;
    "chat.postMessage" Posting Bot &["chat:write"], chat::post_message;
    "chat.scheduleMessage" Three Bot &["chat:write"], schedule::add;
    "chat.scheduledMessages.list" Three Bot &[], schedule::list;
    "chat.update" Three Bot &["chat:write"], chat::update;
    "conversations.archive" Two Bot WRITE, conversations::archive;
    "conversations.close" Two Bot WRITE, conversations::close;
    "conversations.create" Two Bot WRITE, conversations::create;
    "conversations.history" Three Bot HISTORY, history::history;
    "conversations.info" Three Bot READ, lists::info;
    "conversations.invite" Three Bot WRITE, members::invite;
    "conversations.join" Three Bot &["channels:join"], members::join;
    "conversations.kick" Three Bot WRITE, members::kick;
    "conversations.leave" Three Bot WRITE, members::leave;
    "conversations.list" Two Bot READ, lists::list;
    "conversations.members" Four Bot READ, members::members;
    "conversations.open" Three Bot WRITE, conversations::open;
    "conversations.rename" Two Bot WRITE, conversations::rename;
    "conversations.replies" Three Bot HISTORY, history::replies;
    "conversations.setPurpose" Two Bot WRITE, conversations::set_purpose;
    "conversations.setTopic" Two Bot WRITE, conversations::set_topic;
    "conversations.unarchive" Two Bot WRITE, conversations::unarchive;
    "files.completeUploadExternal" Four Bot &["files:write"], files::complete;
    "files.delete" Three Bot &["files:write"], files::delete;
    "files.getUploadURLExternal" Four Bot &["files:write"], files::get_upload_url;
    "files.info" Four Bot &["files:read"], files::info;
    "pins.add" Two Bot &["pins:write"], marks::pin;
    "pins.list" Two Bot &["pins:read"], marks::pins;
    "pins.remove" Two Bot &["pins:write"], marks::unpin;
    "reactions.add" Three Bot &["reactions:write"], marks::react;
    "team.info" Three Bot &["team:read"], users::team_info;
    "usergroups.list" Two Bot &["usergroups:read"], users::groups;
    "usergroups.users.list" Two Bot &["usergroups:read"], users::group_users;
    "users.conversations" Two Bot READ, lists::of_user;
    "users.info" Four Bot &["users:read"], users::info;
    "users.list" Two Bot &["users:read"], users::list;
    "users.lookupByEmail" Three Bot &["users:read.email"], users::lookup_by_email;
    "users.profile.get" Four Bot &["users.profile:read"], users::profile_get;
    "views.open" Four Bot &[], views::open;
    "views.publish" Four Bot &[], views::publish;
    "views.push" Four Bot &[], views::push;
    "views.update" Four Bot &[], views::update;
};

/// Answers one call.
pub fn call(inner: &Arc<Inner>, name: &str, asked: &Asked) -> Reply {
    if name == "apps.connections.open" {
        inner.sockets.count_open_call();
    }
    let (mut reply, scopes) = inner.change(|world| {
        let scopes = world.app.scopes.iter().cloned().collect::<Vec<_>>().join(",");
        (answer(world, name, asked), scopes)
    });
    reply.headers.push(("x-oauth-scopes".into(), scopes));
    if let Content::Json(body) = &mut reply.body {
        warn_about_charset(asked, body);
    }
    reply
}

fn answer(world: &mut World, name: &str, asked: &Asked) -> Reply {
    let Some(method) = METHODS.iter().find(|method| method.name == name) else {
        world.unknown_routes.push(format!("{} {}", asked.method, asked.path));
        return Reply::json(200, json!({"ok": false, "error": "unknown_method", "req_method": name}));
    };
    if let Err(refused) = admitted(world, method, asked) {
        return dress(Err(refused));
    }
    let channel = asked.args.text("channel");
    let now = world.now_ms();
    if let Err(seconds) = world.budgets.spend(name, method.tier, channel.as_deref(), now) {
        let mut reply = Reply::json(429, json!({"ok": false, "error": "ratelimited"}));
        reply.headers.push(("retry-after".into(), seconds.to_string()));
        return reply;
    }
    dress((method.run)(world, &asked.args))
}

/// Token, scopes and content type.
fn admitted(world: &World, method: &Method, asked: &Asked) -> Result<(), Refused> {
    let kind = asked.header("content-type");
    let known = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
    if asked.method == "POST" && !kind.is_empty() && !known.iter().any(|known| kind.starts_with(known)) {
        return no("invalid_post_type");
    }
    if asked.broken_json {
        return no("invalid_json");
    }
    if method.token == Token::None {
        return Ok(());
    }
    let token = asked.token.as_deref();
    match (token, method.token) {
        (None, _) => return no("not_authed"),
        (Some(token), Token::App) if token == world.app.bot_token => return no("not_allowed_token_type"),
        (Some(token), Token::Bot) if token == world.app.app_token => return no("not_allowed_token_type"),
        (Some(token), Token::App) if token == world.app.app_token => return Ok(()),
        (Some(token), Token::Bot) if token == world.app.bot_token => {}
        _ => return no("invalid_auth"),
    }
    let granted = method.scopes.is_empty() || method.scopes.iter().any(|scope| world.app.scopes.contains(*scope));
    if granted { Ok(()) } else { Err(Refused::missing_scope(world, &method.scopes.join(","))) }
}

fn dress(answer: Answer) -> Reply {
    let body = match answer {
        Ok(mut body) => {
            body["ok"] = json!(true);
            body
        }
        Err(Refused { error, more }) => {
            let mut body = json!({"ok": false, "error": error});
            for (key, value) in more {
                body[key] = value;
            }
            body
        }
    };
    Reply::json(200, body)
}

/// JSON without a charset is accepted, with a warning.
fn warn_about_charset(asked: &Asked, body: &mut Value) {
    let kind = asked.header("content-type").to_lowercase();
    if kind.starts_with("application/json") && !kind.contains("charset") {
        body["warning"] = json!("missing_charset");
        if !body["response_metadata"].is_object() {
            body["response_metadata"] = json!({});
        }
        body["response_metadata"]["warnings"] = json!(["missing_charset"]);
    }
}

/// The conversation named by `channel`, if the app may know of it at all: a private one it is not in does not
/// exist for it.
fn visible_channel<'w>(world: &'w World, args: &Args) -> Result<&'w Channel, Refused> {
    let id = args.filled("channel").ok_or_else(|| Refused::missing("channel"))?;
    known_channel(world, &id)
}

fn known_channel<'w>(world: &'w World, id: &str) -> Result<&'w Channel, Refused> {
    let bot = &world.app.user_id;
    let found = world.channel(id).filter(|channel| match channel.kind {
        Kind::Public | Kind::Direct(_) => true,
        Kind::Private | Kind::Group => channel.has(bot),
    });
    found.ok_or_else(|| Refused::new("channel_not_found"))
}

/// The scope of a family (`read`, `history`, `write`) that this sort of conversation needs.
fn need_scope(world: &World, kind: &Kind, family: &str) -> Result<(), Refused> {
    let scopes: &[&str] = match (kind, family) {
        (Kind::Public, "read") => &["channels:read"],
        (Kind::Public, "history") => &["channels:history"],
        (Kind::Public, _) => &["channels:manage", "channels:write"],
        (Kind::Private, "read") => &["groups:read"],
        (Kind::Private, "history") => &["groups:history"],
        (Kind::Private, _) => &["groups:write"],
        (Kind::Direct(_), "read") => &["im:read"],
        (Kind::Direct(_), "history") => &["im:history"],
        (Kind::Direct(_), _) => &["im:write"],
        (Kind::Group, "read") => &["mpim:read"],
        (Kind::Group, "history") => &["mpim:history"],
        (Kind::Group, _) => &["mpim:write"],
    };
    let granted = scopes.iter().any(|scope| world.app.scopes.contains(*scope));
    if granted { Ok(()) } else { Err(Refused::missing_scope(world, scopes[0])) }
}

/// A page of a list: at most `limit` items from where `cursor` points. Returns the next cursor, or "".
fn page<T: Clone>(items: &[T], args: &Args, default: usize, most: usize) -> Result<(Vec<T>, String), Refused> {
    let limit = match args.number("limit") {
        None | Some(0) => default,
        Some(limit) => usize::try_from(limit).map_err(|_| Refused::new("invalid_limit"))?.min(most),
    };
    let start = match args.filled("cursor") {
        None => 0,
        Some(cursor) => {
            let offset = cursor
                .strip_prefix("bmV4dDo")
                .and_then(|rest| usize::from_str_radix(rest.trim_end_matches('='), 16).ok());
            offset.filter(|offset| *offset <= items.len()).ok_or_else(|| Refused::new("invalid_cursor"))?
        }
    };
    let end = (start + limit).min(items.len());
    let next = if end < items.len() { format!("bmV4dDo{end:x}=") } else { String::new() };
    Ok((items[start..end].to_vec(), next))
}
