//! The pretend Slack: Web API, Socket Mode, Block Kit and the people who use them, on one loopback port.
//!
//! It refuses what the documents say Slack refuses, with Slack's own error codes. It does not do OAuth,
//! Enterprise Grid, Slack Connect, workflows or delivery of events over HTTP.

mod admin;
mod args;
mod blocks;
mod controls;
mod form;
mod http;
mod ids;
mod interactions;
mod limits;
mod mrkdwn;
mod person;
mod posting;
mod responses;
mod rich;
mod shapes;
mod socket_mode;
mod sockets;
mod state;
mod uploads;
mod visible;
mod web_api;
mod wire;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::Future;
use std::io;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

pub use sockets::Sockets;

use crate::clock::SandboxClock;
use crate::faults::Faults;
use crate::person::BotMessage;
use crate::record::Recorder;
use socket_mode::Undelivered;
use state::{App, Author, Kind, World};
use wire::{CuttableListener, Lines};

/// Slack gives an app three seconds to answer a person.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a bot like this asks for in its manifest.
const DEFAULT_SCOPES: [&str; 26] = [
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "mpim:read",
    "mpim:write",
    "pins:read",
    "pins:write",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users.profile:read",
    "users:read",
    "users:read.email",
];

/// The events such a bot subscribes to: nothing of what people write to each other.
const DEFAULT_EVENTS: [&str; 17] = [
    "app_home_opened",
    "channel_archive",
    "channel_deleted",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.im",
    "team_join",
    "tokens_revoked",
    "user_change",
    "app_uninstalled",
];

/// How to start a pretend Slack.
pub struct SlackOptions {
    /// Port on the loopback interface; 0 takes any that is free.
    pub port: u16,
    /// The time everybody lives in.
    pub clock: SandboxClock,
    /// Where requests are written.
    pub recorder: Recorder,
    /// Name of the workspace.
    pub workspace_name: String,
    /// The bot token that is accepted (`xoxb-...`).
    pub bot_token: String,
    /// The app-level token that is accepted for Socket Mode (`xapp-...`).
    pub app_token: String,
}

/// A running pretend Slack. Clones are handles on the same workspace.
#[derive(Clone)]
pub struct Slack {
    inner: Arc<Inner>,
    api_url: Arc<str>,
}

impl Slack {
    /// Opens the workspace with the bot, `#general`, and nobody else.
    ///
    /// # Errors
    /// The port cannot be bound.
    pub async fn start(options: SlackOptions) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let sockets = Sockets::default();
        let world = found_workspace(&options, &origin, &sockets);
        let inner = Arc::new(Inner {
            world: Mutex::new(world),
            sockets,
            faults: Faults::default(),
            recorder: options.recorder,
            changes: watch::Sender::new(0),
            pending: Arc::default(),
            kept_events: Mutex::default(),
            held_events: Mutex::default(),
            lines: Lines::default(),
            tasks: Mutex::default(),
            runtime: Handle::current(),
        });
        let listener = CuttableListener::new(listener, inner.lines.clone());
        inner.spawn(http::serve(listener, Arc::clone(&inner)));
        inner.spawn(posting::deliver_scheduled(Arc::clone(&inner)));
        Ok(Self { inner, api_url: format!("{origin}/api").into() })
    }

    /// Base address of the Web API, without a slash at the end.
    #[must_use]
    pub fn api_url(&self) -> &str {
        &self.api_url
    }

    /// Scripted faults for HTTP requests.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// The app's sockets: faults and counters.
    #[must_use]
    pub fn sockets(&self) -> Sockets {
        self.inner.sockets.clone()
    }

    /// Delivers the newest envelope once more, as Slack does when it has heard no acknowledgement; `false` if there was
    /// none, or nobody is connected.
    #[must_use]
    pub fn deliver_again(&self) -> bool {
        self.inner.deliver_again()
    }

    /// Id of the workspace.
    #[must_use]
    pub fn team_id(&self) -> String {
        self.inner.look(|world| world.team_id.clone())
    }

    /// User id of the bot.
    #[must_use]
    pub fn bot_user_id(&self) -> String {
        self.inner.look(|world| world.app.user_id.clone())
    }

    /// Requests to routes and methods that do not exist, in order (`METHOD /path`).
    #[must_use]
    pub fn unknown_routes(&self) -> Vec<String> {
        self.inner.look(|world| world.unknown_routes.clone())
    }

    /// Replaces the bot token's scopes. What is not granted answers `missing_scope`.
    pub fn set_scopes(&self, scopes: &[&str]) {
        self.inner.change(|world| world.app.scopes = owned(scopes));
    }

    /// Replaces the events the app is subscribed to (`message.im`, `team_join`, ...).
    pub fn subscribe(&self, events: &[&str]) {
        self.inner.change(|world| world.app.events = owned(events));
    }

    /// Names the slash commands that exist (with the slash); without this, any command reaches the bot.
    pub fn set_commands(&self, commands: &[&str]) {
        self.inner.change(|world| world.app.commands = Some(owned(commands)));
    }

    /// Turns mentions typed in slash commands into ids, as `should_escape: true` in the manifest does.
    pub fn set_command_escaping(&self, on: bool) {
        self.inner.change(|world| world.app.escape_commands = on);
    }

    /// Shows the bot under this name.
    pub fn set_app_name(&self, name: &str) {
        self.inner.change(|world| world.app.name = name.to_owned());
    }

    /// How long a person waits for the bot and a `trigger_id` lives, in real time (three seconds at first).
    pub fn set_patience(&self, patience: Duration) {
        self.inner.change(|world| world.patience = patience);
    }

    /// Every lasting message that the app posted, wherever it stands.
    #[must_use]
    pub fn bot_messages(&self) -> Vec<BotMessage> {
        self.inner.look(|world| {
            let mut kept = Vec::new();
            for channel in world.channels.iter() {
                let all = channel.messages.iter();
                let lasting =
                    all.filter(|it| it.author == Author::App && it.only_for.is_none() && it.subtype.is_none());
                kept.extend(lasting.map(|it| BotMessage {
                    channel: channel.id.clone(),
                    at_ms: it.at_ms,
                    json: shapes::message(world, channel, it, true),
                }));
            }
            kept
        })
    }

    /// Switches the app's Messages tab off or on, as its settings can: without it nobody can be written to directly.
    pub fn set_messages_tab(&self, on: bool) {
        self.inner.change(|world| world.messages_tab = on);
    }

    /// How many private channels there are.
    #[must_use]
    pub fn private_places(&self) -> usize {
        self.inner.look(|world| world.channels.iter().filter(|channel| channel.is_private()).count())
    }

    /// Lets the patience of everybody who waits for an acknowledgement end now: for a bot that is known to be gone.
    pub fn miss_deadlines(&self) {
        self.inner.sockets.give_up();
    }

    /// Ids of interactions, each as soon as the person sees an answer to it: for measuring.
    pub fn answers(&self) -> mpsc::UnboundedReceiver<String> {
        self.inner.change_quietly(|world| world.answers.listen())
    }

    /// Ends every connection and stops listening. Handles stay readable.
    pub async fn stop(&self) {
        let mut tasks = std::mem::take(&mut *self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        self.inner.lines.cut_all();
        tasks.shutdown().await;
    }
}

fn owned(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn found_workspace(options: &SlackOptions, origin: &str, sockets: &Sockets) -> World {
    let mut ids = ids::Ids::default();
    let app = App {
        id: ids.next("A"),
        bot_id: ids.next("B"),
        user_id: ids.next("U"),
        name: "PLSEP Mentorship".into(),
        bot_token: options.bot_token.clone(),
        app_token: options.app_token.clone(),
        scopes: owned(&DEFAULT_SCOPES),
        commands: None,
        escape_commands: false,
        events: owned(&DEFAULT_EVENTS),
    };
    let domain: String = options.workspace_name.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut world = World {
        clock: options.clock.clone(),
        origin: origin.to_owned(),
        team_id: ids.next("T"),
        team_name: options.workspace_name.clone(),
        domain: domain.to_lowercase(),
        app,
        people: Default::default(),
        handles: Default::default(),
        channels: Default::default(),
        views: BTreeMap::new(),
        stacks: BTreeMap::new(),
        homes: BTreeMap::new(),
        chosen: BTreeMap::new(),
        triggers: BTreeMap::new(),
        hooks: BTreeMap::new(),
        answers: Default::default(),
        scheduled: Vec::new(),
        messages_tab: true,
        files: Vec::new(),
        groups: Vec::new(),
        budgets: limits::Budgets::default(),
        sockets: sockets.clone(),
        unknown_routes: Vec::new(),
        patience: PATIENCE,
        ids,
        outgoing: Vec::new(),
    };
    let bot = world.app.user_id.clone();
    let general = world.new_channel("general", Kind::Public, &bot);
    if let Some(channel) = world.channel_mut(&general) {
        channel.general = true;
        channel.members.push(bot);
    }
    world
}

/// What all parts share.
pub(crate) struct Inner {
    world: Mutex<World>,
    sockets: Sockets,
    faults: Faults,
    recorder: Recorder,
    changes: watch::Sender<u64>,
    pending: Arc<AtomicUsize>,
    kept_events: Mutex<Vec<Undelivered>>,
    /// What has happened and is told one after another, as asked for; none: it is told at once.
    held_events: Mutex<Option<VecDeque<Undelivered>>>,
    lines: Lines,
    tasks: Mutex<JoinSet<()>>,
    runtime: Handle,
}

/// Counts as pending while it lives.
pub(crate) struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Inner {
    /// Reads the workspace.
    fn look<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(&self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the workspace without telling anybody.
    fn change_quietly<T>(&self, write: impl FnOnce(&mut World) -> T) -> T {
        write(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the workspace, sends the events that came of it, and tells the watchers.
    fn change<T>(self: &Arc<Self>, write: impl FnOnce(&mut World) -> T) -> T {
        let (result, events) = self.change_quietly(|world| {
            posting::deliver_due(world);
            let result = write(world);
            (result, std::mem::take(&mut world.outgoing))
        });
        for event in events {
            self.send_event(event);
        }
        self.bump();
        result
    }

    /// Something visible changed.
    fn bump(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    /// Something was sent to the bot and waits for its answer.
    fn begin(&self) -> Waiting {
        self.pending.fetch_add(1, Ordering::SeqCst);
        Waiting(Arc::clone(&self.pending))
    }

    fn pending(&self) -> usize {
        self.pending.load(Ordering::SeqCst)
    }

    fn keep_event(&self, event: Undelivered) {
        self.kept_events.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }

    fn take_kept_events(&self) -> Vec<Undelivered> {
        std::mem::take(&mut self.kept_events.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs in the background until done or stopped.
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn_on(task, &self.runtime);
    }
}
