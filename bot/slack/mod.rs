//! The Slack adapter: turns what Slack sends into events, and replies, messages and rooms into what Slack
//! takes, through slack-morphism. It knows the neutral model of a chat and nothing of the program behind it;
//! it reads no conversation except to find its own messages, and logs neither tokens nor what people wrote.

mod api;
mod board;
mod budget;
mod desk;
mod effects;
mod fault;
mod files;
mod form;
mod groups;
mod lean;
mod line;
mod manifest;
mod people;
mod read;
mod render;
mod reply;
mod rooms;
mod socket;
mod text;
mod wording;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{Mutex, watch};
use tokio::task::JoinHandle;

use api::{Access, Api};
use board::Board;
use desk::{Desk, Parts};
use effects::{Directs, Me};
use fault::{Fault, Why};
use socket::Keeper;

pub use effects::key_of;
pub use manifest::manifest;
pub use socket::Keeping;

use crate::chat::{
    Attempt, ChannelRef, Chat, ChatError, CommunityRef, ConnectError, Connection, GroupRef, Handler, InFlight, Kept,
    Limits, Message, MessageRef, Post, Receiver, Room, UserRef,
};
use crate::clock::Clock;

/// The adapter's name.
pub const NAME: &str = "slack";

/// What Slack can show.
pub const LIMITS: Limits = Limits {
    form_fields: form::FIELDS,
    form_menus: true,
    form_moments: true,
    form_files: true,
    form_title: form::TITLE,
    field_label: form::FIELD_LABEL,
    field_text: form::FIELD_TEXT,
    control_rows: 40,
    menu_options: render::MENU_OPTIONS,
    option_label: render::OPTION_LABEL,
    button_label: render::BUTTON_LABEL,
    message_text: render::MESSAGE_TEXT,
    private_files: false,
    rooms_per_minute: rooms::PER_MINUTE,
};

const PLATFORM: &str = "Slack";
const BOT_TOKEN: &str = "SLACK_BOT_TOKEN";
const APP_TOKEN: &str = "SLACK_APP_TOKEN";
const PUBLIC_URL: &str = "https://slack.com/api";

/// How to reach Slack, and how patient to be.
#[derive(Clone)]
pub struct Settings {
    /// The bot token, `xoxb-…`.
    pub bot_token: String,
    /// The app-level token with `connections:write`, `xapp-…`.
    pub app_token: String,
    /// Another address than Slack's own, such as `http://127.0.0.1:1234/api`.
    pub api_url: Option<String>,
    /// Longest wait for the program before Slack is answered; Slack itself waits three seconds.
    pub reply_deadline: Duration,
    /// Longest wait for one answer of Slack.
    pub request_timeout: Duration,
    /// How the sockets are kept.
    pub keeping: Keeping,
    /// How many sockets; Slack allows ten, and two carry on when one is renewed.
    pub sockets: usize,
}

impl Settings {
    /// Settings for daily use with these tokens.
    #[must_use]
    pub fn new(bot_token: String, app_token: String) -> Self {
        Self {
            bot_token,
            app_token,
            api_url: None,
            reply_deadline: Duration::from_secs(2),
            request_timeout: Duration::from_secs(10),
            keeping: Keeping {
                first_wait: Duration::from_secs(1),
                longest_wait: Duration::from_secs(60),
                greeting: Duration::from_secs(10),
                ping_every: Duration::from_secs(5),
            },
            sockets: 2,
        }
    }
}

/// Slack, connected.
pub struct Slack {
    api: Arc<Api>,
    directs: Arc<Directs>,
    desk: Arc<Desk>,
    me: Me,
    board: Arc<Board>,
    sockets: Sockets,
    receiving: Mutex<Receiving>,
}

/// How sockets are opened.
#[derive(Clone, Copy)]
struct Sockets {
    places: usize,
    keeping: Keeping,
}

/// Whether sockets are kept.
enum Receiving {
    No,
    Yes { stop: watch::Sender<bool>, keepers: Vec<JoinHandle<()>> },
    NeverAgain,
}

impl Slack {
    /// Checks both tokens and introduces the workspace to `handler`. From then on it can send; it receives once it
    /// is told to ([`Receiver::start_receiving`]), and [`Slack::ready`] waits until events come in.
    ///
    /// # Errors
    /// See [`ConnectError`].
    pub async fn connect(
        settings: Settings,
        handler: Arc<dyn Handler>,
        in_flight: InFlight,
        clock: Clock,
    ) -> Result<Arc<Self>, ConnectError> {
        let Settings { bot_token, app_token, api_url, reply_deadline, request_timeout, keeping, sockets } = settings;
        let url = api_url.as_deref().unwrap_or(PUBLIC_URL);
        let access = Access { bot_token: &bot_token, app_token: &app_token, url: Some(url), timeout: request_timeout };
        let api = Api::new(&access, clock.clone()).map_err(|error| ConnectError::Refused {
            platform: PLATFORM,
            what: format!("the certificates of this machine cannot be read ({error}); install ca-certificates"),
        })?;
        let api = Arc::new(api);
        let who = api.who_am_i().await.map_err(|fault| refused(&fault, BOT_TOKEN, url))?;
        let word = |name: &str| who[name].as_str().filter(|word| !word.is_empty()).map(str::to_owned);
        let (Some(team), Some(user)) = (word("team_id"), word("user_id")) else {
            let fault = Fault::new("auth.test", false, Why::Garbled);
            return Err(refused(&fault, BOT_TOKEN, url));
        };
        // Whether Slack would give a socket; the address is left to run out.
        api.open_socket().await.map_err(|fault| refused(&fault, APP_TOKEN, url))?;

        let community = CommunityRef { chat: NAME.into(), id: team.clone() };
        handler.reachable(community.clone(), word("team").unwrap_or(team)).await;
        let directs = Arc::new(Directs::new(Arc::clone(&api)));
        let parts = Parts {
            api: Arc::clone(&api),
            handler,
            directs: Arc::clone(&directs),
            deadline: reply_deadline,
            in_flight,
            clock,
            community,
        };
        Ok(Arc::new(Self {
            api,
            directs,
            desk: Arc::new(Desk::new(parts)),
            me: Me { user, bot: word("bot_id") },
            board: Arc::new(Board::new(sockets)),
            sockets: Sockets { places: sockets, keeping },
            receiving: Mutex::new(Receiving::No),
        }))
    }

    fn open_sockets(&self) -> Receiving {
        let stop = watch::Sender::new(false);
        let Sockets { places, keeping } = self.sockets;
        let keepers = (0..places).map(|place| {
            let keeper = Keeper {
                desk: Arc::clone(&self.desk),
                api: Arc::clone(&self.api),
                board: Arc::clone(&self.board),
                place,
                keeping,
                stop: stop.subscribe(),
            };
            tokio::spawn(keeper.keep())
        });
        Receiving::Yes { keepers: keepers.collect(), stop }
    }

    /// How the adapter stands with Slack, now and from now on.
    #[must_use]
    pub fn connection(&self) -> watch::Receiver<Connection> {
        self.board.subscribe()
    }

    /// Waits until Slack has greeted a socket: events come in. While another process receives there is nothing to
    /// wait for.
    pub async fn ready(&self) {
        let is_ready = |shown: &Connection| matches!(shown, Connection::Ready | Connection::Standby);
        // The board lives as long as `self`, so waiting cannot fail.
        let _ = self.board.subscribe().wait_for(is_ready).await;
    }

    /// Closes the sockets, then waits until every interaction that was received is answered. The caller bounds
    /// the wait.
    pub async fn stop(&self) {
        self.leave(Receiving::NeverAgain).await;
        self.board.stopped();
        self.desk.in_flight().idle().await;
    }

    /// Closes the sockets if they are open. What comes next is noted only when nothing comes in any more.
    async fn leave(&self, next: Receiving) {
        let mut receiving = self.receiving.lock().await;
        if let Receiving::Yes { stop, keepers } = std::mem::replace(&mut *receiving, next) {
            stop.send_replace(true);
            for keeper in keepers {
                if keeper.await.is_err() {
                    tracing::error!("the keeper of a socket was lost");
                }
            }
            self.board.standby();
        }
    }
}

#[async_trait]
impl Receiver for Slack {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn start_receiving(&self) {
        let mut receiving = self.receiving.lock().await;
        if let Receiving::No = *receiving {
            self.board.connecting();
            *receiving = self.open_sockets();
        }
    }

    async fn let_in(&self) -> Result<(), ConnectError> {
        // The tokens were checked when we connected; what fails later is tried again.
        Ok(())
    }

    async fn stop_receiving(&self) {
        self.leave(Receiving::No).await;
    }
}

/// Why Slack cannot be used, with what to do about it.
fn refused(fault: &Fault, variable: &'static str, url: &str) -> ConnectError {
    match (&fault.why, fault.code()) {
        (
            _,
            Some(
                word @ ("invalid_auth"
                | "not_authed"
                | "account_inactive"
                | "token_revoked"
                | "token_expired"
                | "not_allowed_token_type"
                | "invalid_token"
                | "no_permission"),
            ),
        ) => ConnectError::Token { platform: PLATFORM, variable, what: word.to_owned() },
        (_, Some("missing_scope")) => ConnectError::Refused {
            platform: PLATFORM,
            what: format!(
                "the token in {variable} lacks a scope. Create the app-level token with connections:write, \
                 install the app again from its manifest, and copy both tokens"
            ),
        },
        (_, Some(word)) => ConnectError::Refused {
            platform: PLATFORM,
            what: format!("{}: {word}. Check in the app's settings that Socket Mode is on", fault.method),
        },
        _ => ConnectError::Unreachable { platform: PLATFORM, url: url.to_owned(), what: fault.what() },
    }
}

#[async_trait]
impl Chat for Slack {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        LIMITS
    }

    async fn open_room(&self, _: &CommunityRef, room: &Room, attempt: Attempt) -> Result<ChannelRef, ChatError> {
        Ok(rooms::open(&self.api, &self.me, room, attempt).await?)
    }

    async fn admit(&self, _: &CommunityRef, channel: &ChannelRef, user: &UserRef) -> Result<(), ChatError> {
        Ok(rooms::admit(&self.api, channel, user).await?)
    }

    async fn dismiss(&self, _: &CommunityRef, channel: &ChannelRef, user: &UserRef) -> Result<(), ChatError> {
        Ok(rooms::dismiss(&self.api, channel, user).await?)
    }

    async fn groups_of(&self, _: &CommunityRef, user: &UserRef) -> Result<Vec<GroupRef>, ChatError> {
        Ok(groups::of(&self.api, user).await?)
    }

    async fn post(&self, _: &CommunityRef, post: &Post<'_>, attempt: Attempt) -> Result<MessageRef, ChatError> {
        Ok(effects::post(&self.api, &self.directs, &self.me, post, attempt).await?)
    }

    async fn find(&self, _: &CommunityRef, post: &Post<'_>) -> Result<Option<MessageRef>, ChatError> {
        let channel = effects::channel(&self.directs, post.to).await.map_err(Fault::unsettled)?;
        Ok(effects::adopt(&self.api, &self.me, &channel, post).await?)
    }

    async fn update(&self, _: &CommunityRef, key: &str, at: &MessageRef, message: &Message) -> Result<(), ChatError> {
        Ok(effects::update(&self.api, key, at, message).await?)
    }

    async fn archive(&self, _: &CommunityRef, channel: &ChannelRef) -> Result<(), ChatError> {
        Ok(rooms::archive(&self.api, channel).await?)
    }

    async fn take_away_doubles(&self, _: &CommunityRef, kept: &Kept<'_>) -> Result<(), ChatError> {
        Ok(effects::take_away_doubles(&self.api, &self.me, kept).await?)
    }
}
