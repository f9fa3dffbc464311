//! The stage of the adapter's stories: a scripted program, a pretend Discord, and waiting without sleeping.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use plsep_bot::chat::message::{Control, Style};
use plsep_bot::chat::{
    ActionId, Asking, Attempt, Block, ChannelRef, Chat, ChatError, CommandWords, CommunityRef, ConnectError,
    Connection, Event, Field, FieldKind, Form, Handler, InFlight, Message, Post, Receiver, Recipient, Reply, Room,
    Suggestion, Text, UserRef,
};
use plsep_bot::clock::{Clock, within};
use plsep_bot::discord::{Backoff, Discord, Settings};
use plsep_sandbox::discord::{Discord as Pretend, DiscordOptions};
use plsep_sandbox::{Action, Fault, FaultKind, NewResident, Platform, Recorder, SandboxClock, Seen};
use tokio::sync::{Notify, watch};

pub const TOKEN: &str = "not-a-real-token";
/// Anything awaited here is there within this, or the test fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub type Script = Box<dyn Fn(&Event) -> Reply + Send + Sync>;

pub struct Program {
    pub script: Mutex<Script>,
    pub events: watch::Sender<Vec<Event>>,
    pub reachable: Mutex<Vec<String>>,
    pub asked: Mutex<Vec<String>>,
    pub held: Mutex<Option<Arc<Notify>>>,
    pub at_work: Notify,
}

pub fn words(text: impl Into<String>) -> Message {
    Message::paragraph(Text::plain(text))
}

pub fn button(label: &str, action: &ActionId) -> Block {
    Block::Controls(vec![Control::Button { label: label.into(), action: action.clone(), style: Style::Primary }])
}

#[async_trait]
impl Handler for Program {
    async fn handle(&self, event: Event) -> Reply {
        let held = self.held.lock().unwrap().take();
        if let Some(released) = held {
            self.at_work.notify_one();
            released.notified().await;
        }
        let reply = (self.script.lock().unwrap())(&event);
        self.events.send_modify(|events| events.push(event));
        reply
    }

    async fn suggest(&self, asking: Asking) -> Vec<Suggestion> {
        let heard = format!("{:?} {} {}", asking.command, asking.option, asking.typed);
        self.asked.lock().unwrap().push(heard);
        (0..30).map(|number| Suggestion { label: format!("Pair {number}"), value: format!("pair:{number}") }).collect()
    }

    async fn reachable(&self, community: CommunityRef, name: String) {
        self.reachable.lock().unwrap().push(format!("{} {name}", community.chat));
    }

    fn apology(&self, _: Option<&str>) -> Message {
        words("Sorry, something went wrong on our side.")
    }

    fn too_many(&self, _: Option<&str>) -> Message {
        words("That was a lot at once.")
    }

    fn form_ready(&self, reopen: &ActionId, title: &str, _: Option<&str>) -> Message {
        words(format!("{title} is ready.")).with(button("Open", reopen))
    }

    fn corrections(&self, form: &Form, errors: &[(String, Text)], _: Option<&str>) -> Message {
        words(errors[0].1.words()).with(button("Mend", &form.reopen))
    }
}

pub struct PlainWords;

impl CommandWords for PlainWords {
    fn describe(&self, path: &str, lang: &str) -> String {
        format!("{lang} {path}")
    }
}

pub fn form() -> Form {
    let field = |key: &str, label: &str, value: &[&str]| Field {
        key: key.into(),
        label: label.into(),
        hint: "Shared with your match".into(),
        required: true,
        kind: FieldKind::Text { multiline: false, min: 2, max: 60 },
        value: value.iter().map(|it| (*it).to_owned()).collect(),
    };
    Form {
        action: ActionId::new("apply.send", &["mentee"]),
        title: "Apply as a mentee".into(),
        intro: None,
        fields: vec![field("library", "Your library", &[]), field("position", "Position", &["Page"])],
        controls: vec![],
        submit: "Send".into(),
        reopen: ActionId::new("apply.open", &["mentee"]),
    }
}

pub struct Stage {
    pub pretend: Pretend,
    pub program: Arc<Program>,
    pub discord: Arc<Discord>,
    pub in_flight: InFlight,
}

pub fn resident(handle: &str, name: &str) -> NewResident {
    NewResident {
        handle: handle.into(),
        name: name.into(),
        email: None,
        locale: "es-ES".into(),
        zone: "America/Los_Angeles".into(),
        owner: false,
        admin: false,
        dms_closed: false,
    }
}

pub async fn pretend() -> Pretend {
    let clock = SandboxClock::flowing(1_740_000_000_000);
    let options = DiscordOptions {
        port: 0,
        clock,
        recorder: Recorder::off(),
        guild_name: "PLSEP".into(),
        bot_token: TOKEN.into(),
    };
    let pretend = Pretend::start(options).await.unwrap();
    for (handle, name) in [("ana", "Ana *Maria*"), ("grace", "Grace"), ("eve", "Eve")] {
        pretend.join(resident(handle, name)).unwrap();
    }
    pretend
}

pub fn program() -> Arc<Program> {
    Arc::new(Program {
        script: Mutex::new(Box::new(|_| Reply::Nothing)),
        events: watch::Sender::new(Vec::new()),
        reachable: Mutex::default(),
        asked: Mutex::default(),
        held: Mutex::default(),
        at_work: Notify::new(),
    })
}

pub fn settings(pretend: &Pretend) -> Settings {
    Settings {
        api_url: Some(pretend.base_url().to_owned()),
        reply_deadline: Duration::from_millis(1500),
        request_timeout: Duration::from_secs(5),
        backoff: Backoff { first: Duration::from_millis(20), longest: Duration::from_millis(400) },
        ..Settings::new(TOKEN)
    }
}

pub async fn connect(settings: Settings, program: &Arc<Program>) -> Result<(Arc<Discord>, InFlight), ConnectError> {
    let in_flight = InFlight::default();
    let handler = Arc::clone(program) as Arc<dyn Handler>;
    let discord = Discord::connect(settings, handler, Arc::new(PlainWords), in_flight.clone(), Clock::system()).await?;
    discord.start_receiving().await;
    discord.let_in().await?;
    Ok((discord, in_flight))
}

pub async fn stage_with(change: impl FnOnce(&mut Settings)) -> Stage {
    let (pretend, program) = (pretend().await, program());
    let mut settings = settings(&pretend);
    change(&mut settings);
    let (discord, in_flight) = connect(settings, &program).await.unwrap();
    within(PATIENCE, discord.ready()).await.unwrap();
    Stage { pretend, program, discord, in_flight }
}

pub async fn stage() -> Stage {
    stage_with(|_| {}).await
}

impl Stage {
    pub fn answers(&self, script: impl Fn(&Event) -> Reply + Send + Sync + 'static) {
        *self.program.script.lock().unwrap() = Box::new(script);
    }

    /// The next event the program handles stays unanswered until the returned is notified.
    pub fn holds_the_next(&self) -> Arc<Notify> {
        let released = Arc::new(Notify::new());
        *self.program.held.lock().unwrap() = Some(Arc::clone(&released));
        released
    }

    pub async fn types(&self, who: &str, line: &str) -> Option<String> {
        let action = Action::Command { place: None, text: line.to_owned() };
        self.pretend.act(who, action).await.unwrap().interaction
    }

    pub async fn presses(&self, who: &str, message: &Seen, key: &str) {
        let action = Action::Press { message: message.id.clone(), key: key.to_owned() };
        self.pretend.act(who, action).await.unwrap();
    }

    /// Waits until `found` finds something.
    pub async fn sees<T>(&self, mut found: impl FnMut() -> Option<T>) -> T {
        let mut changes = self.pretend.changes();
        let wait = async {
            loop {
                changes.borrow_and_update();
                if let Some(found) = found() {
                    return found;
                }
                changes.changed().await.unwrap();
            }
        };
        within(PATIENCE, wait).await.expect("it is never to be seen")
    }

    /// The message with these words, wherever this person can read it.
    pub async fn reads(&self, who: &str, text: &str) -> Seen {
        self.sees(|| self.everything(who).into_iter().find(|seen| seen.text.contains(text))).await
    }

    /// The platform shows that the bot is at work.
    pub async fn is_told_to_wait(&self, who: &str) {
        self.sees(|| (!self.everything(who).is_empty()).then_some(())).await;
    }

    pub fn everything(&self, who: &str) -> Vec<Seen> {
        self.pretend.places(who).iter().flat_map(|place| self.pretend.messages(who, &place.id)).collect()
    }

    pub fn id(&self, who: &str) -> UserRef {
        UserRef(self.pretend.residents().into_iter().find(|it| it.handle == who).unwrap().id)
    }

    pub fn community(&self) -> CommunityRef {
        CommunityRef { chat: "discord".into(), id: self.pretend.guild_id() }
    }

    pub fn general(&self) -> ChannelRef {
        ChannelRef(self.pretend.places("ana").into_iter().find(|it| it.name.contains("general")).unwrap().id)
    }

    pub fn fails(&self, matching: &str, times: u32, kind: FaultKind) {
        self.pretend.faults().add(Fault { matching: matching.into(), times, skip: 0, kind });
    }

    pub async fn posts(
        &self,
        key: &str,
        to: &Recipient,
        message: &Message,
        attempt: Attempt,
    ) -> Result<String, ChatError> {
        let post = Post { key, to, message, since: chrono::DateTime::UNIX_EPOCH };
        self.discord.post(&self.community(), &post, attempt).await.map(|at| at.id)
    }

    pub fn room(&self, key: &str) -> Room {
        Room {
            key: key.into(),
            name: "pair-ana-grace".into(),
            topic: "Ana and Grace".into(),
            members: vec![self.id("ana"), self.id("grace")],
        }
    }
}

/// Waits for a state of the connection.
pub async fn until(discord: &Discord, wanted: impl FnMut(&Connection) -> bool) {
    within(PATIENCE, discord.connection().wait_for(wanted)).await.expect("the connection comes to that").unwrap();
}

/// Waits for what the gateway has counted; looks whenever the connection changes.
pub async fn counted(discord: &Discord, pretend: &Pretend, reached: impl Fn(&Pretend) -> bool) {
    let mut connection = discord.connection();
    let wait = async {
        while !reached(pretend) {
            connection.changed().await.unwrap();
        }
    };
    within(PATIENCE, wait).await.expect("the counter comes to that");
}
