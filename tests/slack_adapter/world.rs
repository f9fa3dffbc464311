//! A workspace with Ana in it, the adapter, and a scripted program behind it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::DateTime;
use plsep_bot::chat::{
    ActionId, Block, ChannelRef, CommandWords, CommunityRef, Connection, Control, Event, Form, Handler, InFlight,
    Message, Post, Receiver, Recipient, Reply, Style, Text, UserRef, What,
};
use plsep_bot::clock::{Clock, within};
use plsep_bot::slack::{Keeping, Settings, Slack};
use plsep_sandbox::slack::{Slack as PretendSlack, SlackOptions};
use plsep_sandbox::{Action, Fault, FaultKind, FormSeen, NewResident, Platform, Recorder, SandboxClock, Seen};
use tokio::sync::Notify;

pub const BOT_TOKEN: &str = "xoxb-1-bot";
pub const APP_TOKEN: &str = "xapp-1-app";
/// Monday, March 3, 2025, noon UTC.
pub const NOON_MS: i64 = 1_741_003_200_000;
/// No story takes this long unless something hangs.
const TOO_LONG: Duration = Duration::from_secs(20);

/// Words that only name where they stand.
pub struct Paths;

impl CommandWords for Paths {
    fn describe(&self, path: &str, lang: &str) -> String {
        format!("{path} ({lang})")
    }
}

/// What the scripted program does with an event.
pub enum Step {
    Say(Reply),
    /// Waits until the story lets it go on.
    After(Arc<Notify>, Reply),
    Panic,
}

type Script = Box<dyn Fn(&Event) -> Step + Send + Sync>;

pub struct Scripted {
    script: Mutex<Arc<Script>>,
    events: Mutex<Vec<Event>>,
    pub speechless: std::sync::atomic::AtomicBool,
    reached: Mutex<Vec<(CommunityRef, String)>>,
}

impl Default for Scripted {
    fn default() -> Self {
        let script: Script = Box::new(|_| Step::Say(Reply::Nothing));
        Self {
            script: Mutex::new(Arc::new(script)),
            events: Mutex::default(),
            speechless: false.into(),
            reached: Mutex::default(),
        }
    }
}

#[async_trait]
impl Handler for Scripted {
    async fn handle(&self, event: Event) -> Reply {
        let script = Arc::clone(&self.script.lock().unwrap());
        self.events.lock().unwrap().push(event.clone());
        match script(&event) {
            Step::Say(reply) => reply,
            Step::After(gate, reply) => {
                gate.notified().await;
                reply
            }
            Step::Panic => panic!("on purpose"),
        }
    }

    async fn reachable(&self, community: CommunityRef, name: String) {
        self.reached.lock().unwrap().push((community, name));
    }

    fn apology(&self, locale: Option<&str>) -> Message {
        assert!(!self.speechless.load(std::sync::atomic::Ordering::SeqCst), "no words, on purpose");
        words(&format!("Sorry, something went wrong ({}).", locale.unwrap_or("unknown")))
    }

    fn too_many(&self, _: Option<&str>) -> Message {
        words("That was a lot at once.")
    }

    fn form_ready(&self, reopen: &ActionId, title: &str, _: Option<&str>) -> Message {
        words(&format!("{title} is ready.")).with(Block::Controls(vec![button("Open it", reopen.as_str())]))
    }

    fn corrections(&self, form: &Form, errors: &[(String, Text)], _: Option<&str>) -> Message {
        let errors: Vec<_> = errors.iter().map(|(_, text)| text.words()).collect();
        words(&format!("{}: {}", form.title, errors.join(" ")))
    }
}

pub struct World {
    pub slack: PretendSlack,
    pub bot: Arc<Slack>,
    pub program: Arc<Scripted>,
    pub in_flight: InFlight,
    pub time: SandboxClock,
    pub community: CommunityRef,
}

/// Settings for a pretend Slack, with waits made for tests.
pub fn settings(slack: &PretendSlack) -> Settings {
    let mut settings = Settings::new(BOT_TOKEN.into(), APP_TOKEN.into());
    settings.api_url = Some(format!("{}/", slack.api_url()));
    settings.sockets = 1;
    settings.keeping = Keeping {
        first_wait: Duration::from_millis(10),
        longest_wait: Duration::from_millis(40),
        greeting: Duration::from_secs(5),
        ping_every: Duration::from_secs(5),
    };
    settings
}

pub async fn pretend_slack() -> (PretendSlack, SandboxClock) {
    recorded_slack(Recorder::off()).await
}

pub async fn recorded_slack(recorder: Recorder) -> (PretendSlack, SandboxClock) {
    let time = SandboxClock::still(NOON_MS);
    let options = SlackOptions {
        port: 0,
        clock: time.clone(),
        recorder,
        workspace_name: "PLSEP".into(),
        bot_token: BOT_TOKEN.into(),
        app_token: APP_TOKEN.into(),
    };
    let slack = PretendSlack::start(options).await.unwrap();
    grant(&slack, &plsep_bot::slack::manifest(&Paths));
    (slack, time)
}

/// Gives the app what its manifest asks for, and nothing else.
fn grant(slack: &PretendSlack, manifest: &serde_json::Value) {
    let words = |list: &serde_json::Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    let scopes = words(&manifest["oauth_config"]["scopes"]["bot"]);
    let events = words(&manifest["settings"]["event_subscriptions"]["bot_events"]);
    let commands = manifest["features"]["slash_commands"].as_array().unwrap();
    let names: Vec<_> = commands.iter().map(|command| command["command"].as_str().unwrap()).collect();
    slack.set_scopes(&scopes.iter().map(String::as_str).collect::<Vec<_>>());
    slack.subscribe(&events.iter().map(String::as_str).collect::<Vec<_>>());
    slack.set_commands(&names);
    slack.set_command_escaping(commands.iter().all(|command| command["should_escape"] == true));
}

pub fn resident(handle: &str) -> NewResident {
    NewResident {
        handle: handle.into(),
        name: handle.to_uppercase(),
        email: Some(format!("{handle}@example.org")),
        locale: "en-US".into(),
        zone: "America/Los_Angeles".into(),
        owner: handle == "olga",
        admin: false,
        dms_closed: false,
    }
}

impl World {
    /// Ana's workspace, ready.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with other settings.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let (slack, time) = pretend_slack().await;
        slack.join(resident("ana")).unwrap();
        let mut settings = settings(&slack);
        change(&mut settings);
        let world = Self::connect(slack, time, settings).await;
        world.ready().await;
        world.settle().await;
        world.program.events.lock().unwrap().clear();
        world
    }

    /// Connects without waiting.
    pub async fn connect(slack: PretendSlack, time: SandboxClock, settings: Settings) -> Self {
        let program = Arc::new(Scripted::default());
        let in_flight = InFlight::default();
        let clock = clock(&time);
        let bot = Slack::connect(settings, Arc::clone(&program) as _, in_flight.clone(), clock).await.unwrap();
        bot.start_receiving().await;
        let community = CommunityRef { chat: "slack".into(), id: slack.team_id() };
        assert_eq!(*program.reached.lock().unwrap(), [(community.clone(), "PLSEP".to_owned())]);
        Self { slack, bot, program, in_flight, time, community }
    }

    pub async fn ready(&self) {
        within(TOO_LONG, self.bot.ready()).await.expect("the bot becomes ready");
    }

    /// Waits until the connection stands like this.
    pub async fn stands(&self, how: impl Fn(&Connection) -> bool) -> Connection {
        let mut shown = self.bot.connection();
        let found = within(TOO_LONG, shown.wait_for(|now| how(now))).await;
        found.expect("the connection changes in time").unwrap().clone()
    }

    /// What the program does from now on.
    pub fn script(&self, script: impl Fn(&Event) -> Step + Send + Sync + 'static) {
        *self.program.script.lock().unwrap() = Arc::new(Box::new(script));
    }

    /// What the program answers from now on, whatever happens.
    pub fn answers(&self, reply: Reply) {
        self.script(move |_| Step::Say(reply.clone()));
    }

    /// What the program heard since the last look.
    pub fn heard(&self) -> Vec<Event> {
        std::mem::take(&mut self.program.events.lock().unwrap())
    }

    /// The only event since the last look.
    pub fn heard_once(&self) -> Event {
        let mut heard = self.heard();
        assert_eq!(heard.len(), 1, "{heard:?}");
        heard.remove(0)
    }

    /// Waits until Slack waits for nothing.
    pub async fn acknowledged(&self) {
        let mut changes = self.slack.changes();
        let all = async {
            while self.slack.pending() > 0 {
                changes.changed().await.unwrap();
            }
        };
        within(TOO_LONG, all).await.expect("everything is acknowledged");
    }

    /// Waits until nobody waits for anything.
    pub async fn settle(&self) {
        loop {
            self.acknowledged().await;
            within(TOO_LONG, self.in_flight.idle()).await.expect("everything is answered");
            if self.slack.pending() == 0 && self.in_flight.count() == 0 {
                return;
            }
        }
    }

    /// Ana does something, and everything comes to rest.
    pub async fn ana(&self, action: Action) {
        self.does("ana", action).await;
        self.settle().await;
    }

    /// Somebody does something.
    pub async fn does(&self, handle: &str, action: Action) {
        self.slack.act(handle, action).await.unwrap();
    }

    /// Ana types a command.
    pub async fn types(&self, line: &str) {
        self.ana(command(line)).await;
    }

    /// Ana presses a button of a message or view.
    pub async fn presses(&self, message: &str, label: &str) {
        self.ana(Action::Press { message: message.into(), key: label.into() }).await;
    }

    /// Ana sends the open form.
    pub async fn sends(&self, values: &[(&str, &[&str])]) {
        self.ana(submit(values)).await;
    }

    pub fn form(&self) -> FormSeen {
        self.slack.form("ana").expect("a form is open")
    }

    pub fn id(&self, handle: &str) -> UserRef {
        let found = self.slack.residents().into_iter().find(|person| person.handle == handle);
        UserRef(found.unwrap().id)
    }

    pub fn general(&self) -> ChannelRef {
        let places = self.slack.places("ana");
        ChannelRef(places.iter().find(|place| place.name.contains("general")).unwrap().id.clone())
    }

    /// What Ana sees in #general.
    pub fn seen(&self) -> Vec<Seen> {
        self.slack.messages("ana", &self.general().0).into_iter().filter(|seen| seen.by_bot).collect()
    }

    pub fn last(&self) -> Seen {
        self.seen().pop().expect("the bot said something")
    }

    /// What stands in Ana's direct conversation with the bot.
    pub fn direct(&self) -> Vec<Seen> {
        let places = self.slack.places("ana");
        let direct = places.iter().find(|place| place.kind == plsep_sandbox::person::PlaceKind::Direct).unwrap();
        self.slack.messages("ana", &direct.id)
    }

    pub fn breaks(&self, matching: &str, kind: FaultKind) {
        self.breaks_often(matching, 1, kind);
    }

    pub fn breaks_often(&self, matching: &str, times: u32, kind: FaultKind) {
        self.slack.faults().add(Fault { matching: matching.into(), times, skip: 0, kind });
    }
}

pub fn clock(time: &SandboxClock) -> Clock {
    let time = time.clone();
    Clock::simulated(move || DateTime::from_timestamp_millis(time.now_ms()).unwrap())
}

pub fn command(line: &str) -> Action {
    Action::Command { place: None, text: line.into() }
}

pub fn submit(values: &[(&str, &[&str])]) -> Action {
    let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    Action::Submit { values: values.iter().map(|(key, values)| ((*key).to_owned(), owned(values))).collect() }
}

pub fn words(words: &str) -> Message {
    Message::paragraph(Text::plain(words))
}

pub fn button(label: &str, action: &str) -> Control {
    Control::Button { label: label.into(), action: ActionId::parse(action).unwrap(), style: Style::Plain }
}

pub fn with_button(text: &str, label: &str, action: &str) -> Message {
    words(text).with(Block::Controls(vec![button(label, action)]))
}

pub fn post<'a>(key: &'a str, to: &'a Recipient, message: &'a Message) -> Post<'a> {
    Post { key, to, message, since: DateTime::UNIX_EPOCH }
}

/// What was pressed, sent or chosen, as `verb`, for scripts that answer by it.
pub fn verb(event: &Event) -> String {
    match &event.what {
        What::Press(action) | What::Choose { action, .. } | What::Turn { action, .. } | What::Submit { action, .. } => {
            action.verb().to_owned()
        }
        What::Command(_) => "command".into(),
        What::Unclear { .. } => "unclear".into(),
        What::HomeOpened => "home".into(),
        What::Joined => "joined".into(),
        What::Left => "left".into(),
    }
}
