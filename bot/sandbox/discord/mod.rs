//! The pretend Discord: REST v10 and gateway v10 of one server on loopback. Refuses what Discord refuses;
//! speaks to nobody outside loopback and knows nothing of the bot.

mod admin;
mod controls;
mod forms;
mod gateway;
mod happen;
mod ids;
mod interactions;
mod json;
mod limits;
mod listener;
mod markdown;
mod moments;
mod permissions;
mod person;
mod refused;
mod rest;
mod shape;
mod state;
mod typed;
mod visible;

use std::collections::HashMap;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State, WebSocketUpgrade};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

pub use gateway::faults::{GatewayCounts, Sockets};
pub use limits::{RateLimit, RateLimits};
pub use permissions::BOT_DEFAULT as DEFAULT_BOT_PERMISSIONS;

use crate::{BotMessage, Faults, LimitUses, Recorder, SandboxClock};
use ids::{IdMaker, Snowflake};
use listener::{CuttableListener, Cutter, Cutters};
use state::{ChannelKind, Guild, Member, Role, World};

/// What the bot is called.
const BOT_NAME: &str = "PLSEP Mentorship";
/// How long a bot may take to answer an interaction, in real time.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);

/// How a pretend Discord is set up.
pub struct DiscordOptions {
    /// Port on loopback; 0 takes any free one.
    pub port: u16,
    /// The world's time.
    pub clock: SandboxClock,
    /// Where requests are written.
    pub recorder: Recorder,
    /// Name of the server.
    pub guild_name: String,
    /// The only token that is let in.
    pub bot_token: String,
}

/// A running pretend Discord. Cheap to clone; all clones are the same one.
#[derive(Clone)]
pub struct Discord(Arc<Shared>);

struct Shared {
    world: Arc<Mutex<World>>,
    clock: SandboxClock,
    recorder: Recorder,
    faults: Faults,
    sockets: Sockets,
    base_url: String,
    token: String,
    cutters: Cutters,
    server: Mutex<Option<JoinHandle<()>>>,
    answer_within: Mutex<Duration>,
}

impl Discord {
    /// Starts a server with the bot, its role and one public channel, `#general`.
    ///
    /// # Errors
    /// The port cannot be bound.
    pub async fn start(options: DiscordOptions) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let world = Arc::new(Mutex::new(new_world(&options, &base_url)));
        let cutters = Cutters::default();
        let discord = Self(Arc::new(Shared {
            sockets: Sockets::new(world.clone()),
            world,
            clock: options.clock,
            recorder: options.recorder,
            faults: Faults::default(),
            base_url,
            token: options.bot_token,
            cutters: cutters.clone(),
            server: Mutex::new(None),
            answer_within: Mutex::new(ANSWER_WITHIN),
        }));
        let router = Router::new()
            .route("/", any(open_gateway))
            .route("/gateway", any(open_gateway))
            .route("/gateway/", any(open_gateway))
            .route("/attachments/{channel}/{id}/{name}", get(file))
            .fallback(rest::serve)
            .layer(DefaultBodyLimit::disable())
            .with_state(discord.clone());
        let listener = CuttableListener { listener, cutters };
        let service = router.into_make_service_with_connect_info::<Cutter>();
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, service).await {
                tracing::error!(%error, "the pretend Discord ended");
            }
        });
        *discord.0.server.lock().unwrap_or_else(PoisonError::into_inner) = Some(server);
        Ok(discord)
    }

    /// Ends the server and every connection. Nothing can be started again on this value.
    pub async fn stop(&self) {
        let server = self.0.server.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.0.cutters.cut_all();
        self.world().hub.forget_all();
        if let Some(server) = server {
            server.abort();
            // An aborted task ends with an error that says only so.
            let _ = server.await;
        }
        self.0.cutters.cut_all();
    }

    /// Where it listens, without a trailing slash: `http://127.0.0.1:PORT`. REST is under `/api/v10`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// The gateway's address, as REST gives it.
    #[must_use]
    pub fn gateway_url(&self) -> String {
        format!("{}/gateway", self.0.base_url.replacen("http", "ws", 1))
    }

    /// Faults of HTTP answers still to happen.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.0.faults
    }

    /// Faults and counters of the gateway.
    #[must_use]
    pub fn sockets(&self) -> &Sockets {
        &self.0.sockets
    }

    /// Id of the server.
    #[must_use]
    pub fn guild_id(&self) -> String {
        self.world().guild.id.to_string()
    }

    /// Id of the app.
    #[must_use]
    pub fn application_id(&self) -> String {
        self.world().application.to_string()
    }

    /// Id of the bot's user.
    #[must_use]
    pub fn bot_id(&self) -> String {
        self.world().bot.to_string()
    }

    /// Whether a bot is connected and identified.
    #[must_use]
    pub fn bot_connected(&self) -> bool {
        self.world().hub.connected()
    }

    /// Requests to routes that this server does not have, as `METHOD /route`.
    #[must_use]
    pub fn unknown_routes(&self) -> Vec<String> {
        self.world().unknown_routes.clone()
    }

    /// How full every rate limit was since the start, or since [`Discord::forget_limits`].
    #[must_use]
    pub fn limits_report(&self) -> LimitUses {
        self.world().limits.uses.clone()
    }

    /// Begins to count afresh how full the rate limits are; the limits themselves go on.
    pub fn forget_limits(&self) {
        self.world().limits.uses.clear();
    }

    /// Gives the rate-limit buckets other sizes.
    pub fn set_rate_limits(&self, limits: RateLimits) {
        self.world().limits.sizes = limits;
    }

    /// Gives the bot's own role these permission bits (see [`DEFAULT_BOT_PERMISSIONS`]).
    pub fn set_bot_permissions(&self, permissions: u64) {
        let mut world = self.world();
        let id = world.bot_role;
        let Some(role) = world.roles.iter_mut().find(|role| role.id == id) else { return };
        role.permissions = permissions;
        let data = serde_json::json!({"guild_id": world.guild.id, "role": world.role(id).map(json::role)});
        happen::tell(&mut world, "GUILD_ROLE_UPDATE", data, happen::GUILDS);
    }

    /// Ids of interactions, each as soon as the person sees an answer to it: for measuring.
    pub fn answers(&self) -> mpsc::UnboundedReceiver<String> {
        self.world().answers.listen()
    }

    /// How long, in real time, a bot may take for its first answer; three seconds on the real platform.
    pub fn set_answer_deadline(&self, within: Duration) {
        *self.0.answer_within.lock().unwrap_or_else(PoisonError::into_inner) = within;
    }

    /// Every lasting message that the bot posted, wherever it stands.
    #[must_use]
    pub fn bot_messages(&self) -> Vec<BotMessage> {
        let world = self.world();
        let all = world.channels.values().flat_map(|channel| &channel.messages);
        let lasting = all.filter(|it| it.author == world.bot && it.only_for.is_none() && !it.failure);
        let kept = |it: &state::Message| BotMessage {
            channel: it.channel.to_string(),
            at_ms: it.at_ms,
            json: json::message(&world, it),
        };
        lasting.map(kept).collect()
    }

    /// Somebody closes their direct messages, or opens them again. Nothing happens if nobody is called so.
    pub fn close_directs(&self, handle: &str, closed: bool) {
        let mut world = self.world();
        if let Some(member) = world.members.values_mut().find(|it| it.handle == handle) {
            member.dms_closed = closed;
        }
    }

    /// How many places there are that not everybody may read: those a bot made, and those added by hand.
    #[must_use]
    pub fn private_places(&self) -> usize {
        let world = self.world();
        let hidden = |channel: &state::Channel| {
            let kind = channel.kind;
            kind == ChannelKind::PrivateThread
                || kind == ChannelKind::Text
                    && channel
                        .overwrites
                        .iter()
                        .any(|it| it.id == world.guild.id && it.deny & permissions::VIEW_CHANNEL != 0)
        };
        world.channels.values().filter(|channel| hidden(channel)).count()
    }

    /// Lets the deadline of every unanswered interaction pass now: for a bot that is known to be gone.
    pub fn miss_deadlines(&self) {
        interactions::miss_all(&mut self.world());
    }

    /// Adds a channel as a coordinator would by hand, readable by everybody or only by administrators (and whom
    /// the bot lets in), and returns its id.
    pub fn add_channel(&self, name: &str, private: bool) -> String {
        let mut world = self.world();
        let id = world.ids.next();
        let mut channel = happen::new_channel(id, ChannelKind::Text, name);
        channel.position = i64::try_from(world.channels.len()).unwrap_or(0);
        if private {
            let (everyone, bot) = (world.guild.id, world.bot);
            channel.overwrites = vec![
                state::Overwrite { id: everyone, member: false, allow: 0, deny: permissions::VIEW_CHANNEL },
                state::Overwrite { id: bot, member: true, allow: permissions::VIEW_CHANNEL, deny: 0 },
            ];
        }
        world.channels.insert(id, channel);
        happen::tell_channel(&mut world, "CREATE", id);
        id.to_string()
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn knows_token(&self, token: &str) -> bool {
        token.strip_prefix("Bot ").unwrap_or(token) == self.0.token
    }

    /// The world's time.
    #[must_use]
    pub fn clock(&self) -> &SandboxClock {
        &self.0.clock
    }

    fn recorder(&self) -> &Recorder {
        &self.0.recorder
    }

    fn answer_within(&self) -> Duration {
        *self.0.answer_within.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends an interaction and starts its deadline.
    fn interact(&self, doing: interactions::Doing) -> Option<Snowflake> {
        let id = interactions::send(&mut self.world(), doing, self.sockets().delivers_twice())?;
        interactions::watch_deadline(self.0.world.clone(), id, self.answer_within());
        Some(id)
    }
}

async fn open_gateway(
    State(discord): State<Discord>,
    Query(query): Query<HashMap<String, String>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(move |socket| gateway::serve(discord, socket, query))
}

/// Serves an attachment to whoever has its address, like the real delivery network.
async fn file(State(discord): State<Discord>, Path((channel, id, _name)): Path<(String, String, String)>) -> Response {
    let world = discord.world();
    let file = id.parse().ok().and_then(|id: Snowflake| world.files.get(&id));
    match file.filter(|file| file.channel.to_string() == channel) {
        Some(file) => ([(header::CONTENT_TYPE, file.content_type.clone())], file.bytes.clone()).into_response(),
        None => (StatusCode::NOT_FOUND, "This content is no longer available.").into_response(),
    }
}

fn new_world(options: &DiscordOptions, base_url: &str) -> World {
    let mut ids = IdMaker::new(options.clock.clone());
    let (application, bot, guild, owner, general, bot_role) =
        (ids.next(), ids.next(), ids.next(), ids.next(), ids.next(), ids.next());
    let now = options.clock.now_ms();
    let role = |id, name: &str, permissions, position, of_bot| Role {
        id,
        name: name.into(),
        permissions,
        position,
        color: 0,
        mentionable: false,
        hoist: false,
        of_bot,
    };
    let member = |id, handle: &str, name: &str, bot, roles| Member {
        id,
        handle: handle.into(),
        name: name.into(),
        locale: "en-US".into(),
        zone: "America/Los_Angeles".into(),
        email: None,
        bot,
        unseen: !bot,
        dms_closed: true,
        roles,
        joined_ms: now,
        present: true,
    };
    let members = [
        member(bot, "plsep-bot", BOT_NAME, true, vec![bot_role]),
        member(owner, "server-owner", "Server Owner", false, Vec::new()),
    ];
    World {
        ids,
        guild: Guild { id: guild, name: options.guild_name.clone(), owner },
        application,
        bot,
        bot_role,
        roles: vec![
            role(guild, "@everyone", permissions::EVERYONE_DEFAULT, 0, None),
            role(bot_role, BOT_NAME, permissions::BOT_DEFAULT, 1, Some(bot)),
        ],
        members: members.into_iter().map(|member| (member.id, member)).collect(),
        channels: [(general, happen::new_channel(general, ChannelKind::Text, "general"))].into(),
        commands: Vec::new(),
        interactions: Default::default(),
        forms: HashMap::new(),
        nonces: Vec::new(),
        files: Default::default(),
        hub: Default::default(),
        limits: Default::default(),
        unknown_routes: Vec::new(),
        gateway_lookups: 0,
        last_interaction: None,
        base_url: base_url.into(),
        answers: Default::default(),
        changed: watch::Sender::new(0),
    }
}
