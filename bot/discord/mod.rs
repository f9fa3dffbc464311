//! The Discord adapter: translates between [`crate::chat`] and Discord through serenity, unmodified. It
//! keeps no state that matters, decides nothing about the program, and reads no conversation.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serenity::http::HttpBuilder;
use serenity::model::gateway::GatewayIntents;
use serenity::model::id::{ApplicationId, GuildId};
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinHandle;

use crate::chat::{
    Attempt, ChannelRef, Chat, ChatError, CommandWords, CommunityRef, ConnectError, Connection, GroupRef, Handler,
    InFlight, Kept, Limits, Message, MessageRef, Post, Receiver, Room, UserRef,
};
use crate::clock::{Clock, within};

mod answers;
mod attachment;
mod budget;
mod capacity;
mod commands;
mod controls;
mod doubles;
mod error;
mod escape;
mod events;
mod gateway;
mod guilds;
mod mark;
mod posts;
mod render;
mod rest;
mod right;
mod rooms;
mod session;
mod threads;

pub use gateway::Backoff;
pub use mark::fingerprint;
pub use posts::print_of;
pub use render::LIMITS;

use answers::Answers;
use capacity::Capacities;
use error::{Failure, token_refused, unreachable};
use gateway::Gateway;
use guilds::{Arrivals, Guilds, Standing};
use posts::{Directs, refused, snowflake};
use rest::{Call, Rest};
use rooms::Rooms;

/// Stable name of the adapter; stored with each community.
pub const NAME: &str = "discord";

/// Directive for the log: serenity writes whole payloads into warnings, with what people typed in them.
/// Everything worth knowing is logged by the adapter itself.
pub const LOG_DIRECTIVE: &str = "serenity=off";

/// Events that may wait for their turn; more make the gateway wait.
const QUEUE: usize = 1024;
/// The app's flags that say that the privileged intent for members is switched on (also for small apps).
const MEMBERS_ALLOWED: u64 = (1 << 14) | (1 << 15);

/// What the adapter needs to know.
#[derive(Clone)]
pub struct Settings {
    /// The bot's token.
    pub token: String,
    /// Where Discord is, without path; `None` for the public one.
    pub api_url: Option<String>,
    /// How long a flow may take before its answer is deferred. Discord allows three seconds in all.
    pub reply_deadline: Duration,
    /// Longest time for one request.
    pub request_timeout: Duration,
    /// Longest time the gateway may take to let us in, or back in.
    pub patience: Duration,
    /// Pauses between attempts to connect.
    pub backoff: Backoff,
}

impl Settings {
    /// The usual settings with this token.
    #[must_use]
    pub fn new(token: impl Into<String>) -> Self {
        Self {
            token: token.into(),
            api_url: None,
            reply_deadline: Duration::from_secs(2),
            request_timeout: Duration::from_secs(10),
            patience: Duration::from_secs(30),
            backoff: Backoff::default(),
        }
    }
}

/// Discord, connected. Dropping it ends the connection.
pub struct Discord {
    rest: Arc<Rest>,
    bot: u64,
    rooms: Rooms,
    directs: Directs,
    in_flight: InFlight,
    gateway: Gateway,
    patience: Duration,
    connection: watch::Sender<Connection>,
    standing: watch::Sender<Standing>,
    // For the workers beside the gateway.
    stopping: watch::Sender<bool>,
    receiving: Mutex<Receiving>,
}

/// Whether the gateway is kept.
enum Receiving {
    No,
    Yes { stop: watch::Sender<bool>, keeper: JoinHandle<()> },
    NeverAgain,
}

/// Who we are, as Discord says.
struct Identity {
    bot: u64,
    application: ApplicationId,
    intents: GatewayIntents,
}

impl Discord {
    /// Checks the token and the address. From then on it can send; it receives once it is told to
    /// ([`Receiver::start_receiving`]).
    ///
    /// # Errors
    /// See [`ConnectError`]: the token is refused, the address leads nowhere, or the app lacks a setting.
    pub async fn connect(
        settings: Settings,
        handler: Arc<dyn Handler>,
        words: Arc<dyn CommandWords>,
        in_flight: InFlight,
        clock: Clock,
    ) -> Result<Arc<Self>, ConnectError> {
        let address = settings.api_url.clone().unwrap_or_else(|| rest::PUBLIC_URL.to_owned());
        let rest = Rest::new(&settings.token, settings.api_url.clone(), settings.request_timeout, clock.clone());
        let rest = Arc::new(rest.map_err(|error| unreachable(&address, error.to_string()))?);
        let identity = identify(&rest, &settings.token).await?;
        gateway::address(&rest).await?;

        let connection = watch::Sender::new(Connection::Standby);
        let (stopping, stop) = watch::channel(false);
        let standing = watch::Sender::new(Standing::default());
        let answers = Answers::new(
            Arc::clone(&rest),
            Arc::clone(&handler),
            identity.application,
            settings.reply_deadline,
            in_flight.clone(),
            clock.clone(),
        );
        let guilds = Guilds {
            rest: Arc::clone(&rest),
            handler,
            words,
            application: identity.application,
            bot: identity.bot,
            capacities: Capacities::default(),
            answers: Arc::new(answers),
            clock,
            standing: standing.clone(),
            backoff: settings.backoff,
            stopping: stop,
        };
        let (arrived, queue) = mpsc::channel(QUEUE);
        tokio::spawn(guilds.work(queue));

        let token = settings.token.trim().trim_start_matches("Bot ").to_owned();
        let http = HttpBuilder::new(&token).client(rest.client()).ratelimiter_disabled(true).proxy(rest.base()).build();
        let gateway = Gateway {
            rest: Arc::clone(&rest),
            http: Arc::new(http),
            token,
            patience: settings.patience,
            backoff: settings.backoff,
            intents: identity.intents,
            sink: Arc::new(Arrivals { queue: arrived, in_flight: in_flight.clone() }),
            connection: connection.clone(),
            fatal: watch::Sender::new(None),
        };
        Ok(Arc::new(Self {
            rest,
            bot: identity.bot,
            rooms: Rooms::new(identity.bot),
            directs: Directs::default(),
            in_flight,
            gateway,
            patience: settings.request_timeout,
            connection,
            standing,
            stopping,
            receiving: Mutex::new(Receiving::No),
        }))
    }

    /// How the connection stands, now and in future.
    #[must_use]
    pub fn connection(&self) -> watch::Receiver<Connection> {
        self.connection.subscribe()
    }

    /// Waits until the first READY has come and the commands are registered in every server named in it; while
    /// another process receives there is nothing to wait for.
    pub async fn ready(&self) {
        let (mut connection, mut standing) = (self.connection.subscribe(), self.standing.subscribe());
        // The senders live as long as `self`, so waiting cannot fail.
        tokio::select! {
            _ = connection.wait_for(|now| *now == Connection::Standby) => {}
            _ = standing.wait_for(Standing::complete) => {}
        }
    }

    /// Closes the gateway, and waits until every interaction at work has its last word. The caller bounds it.
    pub async fn stop(&self) {
        self.stopping.send_replace(true);
        self.leave(Receiving::NeverAgain, Connection::Standby).await;
        self.in_flight.idle().await;
        self.connection.send_replace(Connection::Stopped);
    }

    /// Closes the gateway if it is open. What comes next is noted only when nothing comes in any more.
    async fn leave(&self, next: Receiving, shown: Connection) {
        let mut receiving = self.receiving.lock().await;
        if let Receiving::Yes { stop, keeper } = std::mem::replace(&mut *receiving, next) {
            stop.send_replace(true);
            if let Err(lost) = keeper.await {
                tracing::error!(%lost, "the keeper of the gateway was lost");
            }
            self.connection.send_replace(shown);
        }
    }
}

#[async_trait]
impl Receiver for Discord {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn start_receiving(&self) {
        let mut receiving = self.receiving.lock().await;
        if let Receiving::No = *receiving {
            self.standing.send_modify(Standing::begin);
            self.connection.send_replace(Connection::Connecting);
            let (stop, stopping) = watch::channel(false);
            let keeper = tokio::spawn(self.gateway.clone().keep(stopping));
            *receiving = Receiving::Yes { stop, keeper };
        }
    }

    async fn let_in(&self) -> Result<(), ConnectError> {
        let mut connection = self.connection.subscribe();
        // Slow is not an error: the supervisor goes on.
        let _ = within(self.patience, connection.wait_for(|now| *now != Connection::Connecting)).await;
        self.gateway.fatal.borrow().clone().map_or(Ok(()), Err)
    }

    async fn stop_receiving(&self) {
        self.leave(Receiving::No, Connection::Standby).await;
    }
}

async fn identify(rest: &Rest, token: &str) -> Result<Identity, ConnectError> {
    if token.trim().is_empty() {
        return Err(token_refused("it is empty"));
    }
    let me = rest.send(Call::get("check the token", serenity::http::Route::UserMe)).await;
    let me = me.map_err(|failure: Failure| failure.connect(rest.base()))?;
    let app = rest.application().await.map_err(|failure| failure.connect(rest.base()))?;
    let id = |value: &serde_json::Value| value["id"].as_str().and_then(snowflake);
    let (Some(bot), Some(application)) = (id(&me), id(&app)) else {
        return Err(unreachable(rest.base(), "it does not answer like Discord".to_owned()));
    };
    // As few events as possible: servers and their changes. Who joins and leaves only if the app may know.
    let mut intents = GatewayIntents::GUILDS;
    if app["flags"].as_u64().unwrap_or(0) & MEMBERS_ALLOWED != 0 {
        intents |= GatewayIntents::GUILD_MEMBERS;
    }
    Ok(Identity { bot, application: ApplicationId::new(application), intents })
}

fn guild(community: &CommunityRef) -> Result<GuildId, ChatError> {
    snowflake(&community.id).map(GuildId::new).ok_or_else(|| refused("the community has no id of Discord"))
}

#[async_trait]
impl Chat for Discord {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        LIMITS
    }

    async fn open_room(
        &self,
        community: &CommunityRef,
        room: &Room,
        attempt: Attempt,
    ) -> Result<ChannelRef, ChatError> {
        self.rooms.open(&self.rest, guild(community)?, room, attempt).await
    }

    async fn admit(&self, community: &CommunityRef, channel: &ChannelRef, user: &UserRef) -> Result<(), ChatError> {
        self.rooms.admit(&self.rest, guild(community)?, channel, user).await
    }

    async fn dismiss(&self, _: &CommunityRef, channel: &ChannelRef, user: &UserRef) -> Result<(), ChatError> {
        rooms::dismiss(&self.rest, channel, user).await
    }

    async fn groups_of(&self, community: &CommunityRef, user: &UserRef) -> Result<Vec<GroupRef>, ChatError> {
        rooms::roles(&self.rest, guild(community)?, user).await
    }

    async fn post(&self, community: &CommunityRef, post: &Post<'_>, attempt: Attempt) -> Result<MessageRef, ChatError> {
        let us = (guild(community)?.get(), self.bot);
        posts::post(&self.rest, &self.directs, us, post, attempt).await
    }

    async fn find(&self, _: &CommunityRef, post: &Post<'_>) -> Result<Option<MessageRef>, ChatError> {
        let channel = posts::channel(&self.rest, &self.directs, post.to).await?;
        posts::adopt(&self.rest, channel, self.bot, post).await
    }

    async fn update(
        &self,
        community: &CommunityRef,
        key: &str,
        at: &MessageRef,
        message: &Message,
    ) -> Result<(), ChatError> {
        posts::update(&self.rest, guild(community)?.get(), key, at, message).await
    }

    async fn archive(&self, community: &CommunityRef, channel: &ChannelRef) -> Result<(), ChatError> {
        self.rooms.archive(&self.rest, guild(community)?, channel).await
    }

    async fn take_away_doubles(&self, community: &CommunityRef, kept: &Kept<'_>) -> Result<(), ChatError> {
        doubles::take_away(&self.rest, (guild(community)?, self.bot), kept).await
    }
}
