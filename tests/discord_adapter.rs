//! The Discord adapter against the pretend Discord: what a person sees, and what happens when the platform
//! misbehaves. Refuses to sleep: every wait is for something that happens.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails where it stands")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use plsep_bot::chat::message::{Control, Style};
use plsep_bot::chat::{
    ActionId, Attempt, Block, ChannelRef, Chat, ChatError, CommandId, CommandWords, CommunityRef, ConnectError,
    Connection, Event, Field, FieldKind, Form, Handler, Impossible, InFlight, Message, Post, Recipient, Reply, Room,
    Span, Text, UserRef, What,
};
use plsep_bot::clock::{Clock, within};
use plsep_bot::discord::{Backoff, Discord, Settings};
use plsep_sandbox::discord::{Discord as Pretend, DiscordOptions};
use plsep_sandbox::person::PlaceKind;
use plsep_sandbox::{Action, Fault, FaultKind, NewResident, Platform, Recorder, SandboxClock, Seen};
use tokio::sync::{Notify, watch};

const TOKEN: &str = "not-a-real-token";
/// Anything awaited here is there within this, or the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

// --- The program, scripted -------------------------------------------------------------------------

type Script = Box<dyn Fn(&Event) -> Reply + Send + Sync>;

struct Program {
    script: Mutex<Script>,
    events: watch::Sender<Vec<Event>>,
    reachable: Mutex<Vec<String>>,
    held: Mutex<Option<Arc<Notify>>>,
    at_work: Notify,
}

fn words(text: impl Into<String>) -> Message {
    Message::paragraph(Text::plain(text))
}

fn button(label: &str, action: &ActionId) -> Block {
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

    async fn reachable(&self, community: CommunityRef, name: String) {
        self.reachable.lock().unwrap().push(format!("{} {name}", community.chat));
    }

    fn apology(&self, _: Option<&str>) -> Message {
        words("Sorry, something went wrong on our side.")
    }

    fn form_ready(&self, reopen: &ActionId, title: &str, _: Option<&str>) -> Message {
        words(format!("{title} is ready.")).with(button("Open", reopen))
    }

    fn corrections(&self, form: &Form, errors: &[(String, Text)], _: Option<&str>) -> Message {
        words(errors[0].1.words()).with(button("Mend", &form.reopen))
    }
}

struct PlainWords;

impl CommandWords for PlainWords {
    fn describe(&self, path: &str, lang: &str) -> String {
        format!("{lang} {path}")
    }
}

fn form() -> Form {
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
        submit: "Send".into(),
        reopen: ActionId::new("apply.open", &["mentee"]),
    }
}

// --- The stage -------------------------------------------------------------------------------------

struct Stage {
    pretend: Pretend,
    program: Arc<Program>,
    discord: Arc<Discord>,
    in_flight: InFlight,
}

fn resident(handle: &str, name: &str) -> NewResident {
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

async fn pretend() -> Pretend {
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

fn program() -> Arc<Program> {
    Arc::new(Program {
        script: Mutex::new(Box::new(|_| Reply::Nothing)),
        events: watch::Sender::new(Vec::new()),
        reachable: Mutex::default(),
        held: Mutex::default(),
        at_work: Notify::new(),
    })
}

fn settings(pretend: &Pretend) -> Settings {
    Settings {
        api_url: Some(pretend.base_url().to_owned()),
        reply_deadline: Duration::from_millis(1500),
        request_timeout: Duration::from_secs(5),
        backoff: Backoff { first: Duration::from_millis(20), longest: Duration::from_millis(400) },
        ..Settings::new(TOKEN)
    }
}

async fn connect(settings: Settings, program: &Arc<Program>) -> Result<(Arc<Discord>, InFlight), ConnectError> {
    let in_flight = InFlight::default();
    let handler = Arc::clone(program) as Arc<dyn Handler>;
    let discord = Discord::connect(settings, handler, Arc::new(PlainWords), in_flight.clone(), Clock::system()).await?;
    Ok((discord, in_flight))
}

async fn stage_with(change: impl FnOnce(&mut Settings)) -> Stage {
    let (pretend, program) = (pretend().await, program());
    let mut settings = settings(&pretend);
    change(&mut settings);
    let (discord, in_flight) = connect(settings, &program).await.unwrap();
    within(PATIENCE, discord.ready()).await.unwrap();
    Stage { pretend, program, discord, in_flight }
}

async fn stage() -> Stage {
    stage_with(|_| {}).await
}

impl Stage {
    fn answers(&self, script: impl Fn(&Event) -> Reply + Send + Sync + 'static) {
        *self.program.script.lock().unwrap() = Box::new(script);
    }

    /// The next event the program handles stays unanswered until the returned is notified.
    fn holds_the_next(&self) -> Arc<Notify> {
        let released = Arc::new(Notify::new());
        *self.program.held.lock().unwrap() = Some(Arc::clone(&released));
        released
    }

    async fn types(&self, who: &str, line: &str) -> Option<String> {
        let action = Action::Command { place: None, text: line.to_owned() };
        self.pretend.act(who, action).await.unwrap().interaction
    }

    async fn presses(&self, who: &str, message: &Seen, key: &str) {
        let action = Action::Press { message: message.id.clone(), key: key.to_owned() };
        self.pretend.act(who, action).await.unwrap();
    }

    /// Waits until `found` finds something.
    async fn sees<T>(&self, mut found: impl FnMut() -> Option<T>) -> T {
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
    async fn reads(&self, who: &str, text: &str) -> Seen {
        self.sees(|| self.everything(who).into_iter().find(|seen| seen.text.contains(text))).await
    }

    /// The platform shows that the bot is at work.
    async fn is_told_to_wait(&self, who: &str) {
        self.sees(|| (!self.everything(who).is_empty()).then_some(())).await;
    }

    fn everything(&self, who: &str) -> Vec<Seen> {
        self.pretend.places(who).iter().flat_map(|place| self.pretend.messages(who, &place.id)).collect()
    }

    fn id(&self, who: &str) -> UserRef {
        UserRef(self.pretend.residents().into_iter().find(|it| it.handle == who).unwrap().id)
    }

    fn community(&self) -> CommunityRef {
        CommunityRef { chat: "discord".into(), id: self.pretend.guild_id() }
    }

    fn general(&self) -> ChannelRef {
        ChannelRef(self.pretend.places("ana").into_iter().find(|it| it.name.contains("general")).unwrap().id)
    }

    fn fails(&self, matching: &str, times: u32, kind: FaultKind) {
        self.pretend.faults().add(Fault { matching: matching.into(), times, skip: 0, kind });
    }

    async fn posts(&self, key: &str, to: &Recipient, message: &Message, attempt: Attempt) -> Result<String, ChatError> {
        let post = Post { key, to, message };
        self.discord.post(&self.community(), &post, attempt).await.map(|at| at.id)
    }

    fn room(&self, key: &str) -> Room {
        Room {
            key: key.into(),
            name: "pair-ana-grace".into(),
            topic: "Ana and Grace".into(),
            members: vec![self.id("ana"), self.id("grace")],
        }
    }
}

/// Waits for a state of the connection.
async fn until(discord: &Discord, wanted: impl FnMut(&Connection) -> bool) {
    within(PATIENCE, discord.connection().wait_for(wanted)).await.expect("the connection comes to that").unwrap();
}

/// Waits for what the gateway has counted; looks whenever the connection changes.
async fn counted(discord: &Discord, pretend: &Pretend, reached: impl Fn(&Pretend) -> bool) {
    let mut connection = discord.connection();
    let wait = async {
        while !reached(pretend) {
            connection.changed().await.unwrap();
        }
    };
    within(PATIENCE, wait).await.expect("the counter comes to that");
}

// --- Answers ---------------------------------------------------------------------------------------

#[tokio::test]
async fn a_command_opens_a_form_and_the_form_gets_a_private_reply() {
    let s = stage().await;
    s.answers(|event| match &event.what {
        What::Command(command) if command.id == CommandId::Apply => Reply::Open(Box::new(form())),
        What::Submit { values, .. } => Reply::Private(words(format!("Received: {}", values["library"][0]))),
        _ => Reply::Nothing,
    });
    s.types("ana", "/mentorship apply role:mentee").await;
    let shown = s.sees(|| s.pretend.form("ana")).await;
    assert_eq!(shown.title, "Apply as a mentee");
    let values = BTreeMap::from([("library".to_owned(), vec!["Oxnard".to_owned()])]);
    s.pretend.act("ana", Action::Submit { values }).await.unwrap();
    let reply = s.reads("ana", "Received: Oxnard").await;
    assert!(reply.ephemeral);
    assert!(s.everything("eve").is_empty());

    let events = s.program.events.borrow().clone();
    assert_eq!(events[0].actor.name, "Ana *Maria*");
    assert_eq!(events[0].actor.locale.as_deref(), Some("es-ES"));
    assert!(!events[0].actor.steward);
    assert_eq!(events[0].community, s.community());
    assert_eq!(events[0].at.timestamp_millis() / 60_000, 1_740_000_000_000 / 60_000);
    assert!(matches!(&events[1].what, What::Submit { values, .. } if values["position"] == ["Page"]));
    assert_eq!(*s.program.reachable.lock().unwrap(), ["discord PLSEP"]);
    assert!(s.pretend.unknown_routes().is_empty());
}

#[tokio::test]
async fn a_button_replaces_its_message_and_a_menu_tells_what_was_chosen() {
    let s = stage().await;
    let menu = Control::Menu {
        label: "Topics".into(),
        action: ActionId::new("topics", &[]),
        options: ["teen", "adult", "reference"]
            .map(|it| plsep_bot::chat::Choice { value: it.into(), label: it.to_uppercase() })
            .into(),
        chosen: vec!["adult".into()],
        min: 0,
        max: 3,
    };
    s.answers(move |event| match &event.what {
        What::Command(_) => Reply::Private(
            words("Choose")
                .with(Block::Controls(vec![menu.clone()]))
                .with(button("Done", &ActionId::new("done", &["7"]))),
        ),
        What::Choose { values, .. } => Reply::Private(words(format!("Chosen: {}", values.join("+")))),
        What::Press(action) => Reply::Replace(words(format!("Done with {}", action.as_str()))),
        _ => Reply::Nothing,
    });
    s.types("ana", "/mentorship home").await;
    let message = s.reads("ana", "Choose").await;
    let chosen = vec!["reference".to_owned(), "teen".to_owned()];
    let action = Action::Choose { message: message.id.clone(), key: "Topics".into(), values: chosen };
    s.pretend.act("ana", action).await.unwrap();
    s.reads("ana", "Chosen: teen+reference").await;
    s.presses("ana", &message, "Done").await;
    let replaced = s.reads("ana", "Done with done:7").await;
    assert_eq!((replaced.id, replaced.controls.len()), (message.id, 0));
}

#[tokio::test]
async fn a_late_answer_is_deferred_and_then_given() {
    let s = stage_with(|settings| settings.reply_deadline = Duration::from_millis(50)).await;
    s.answers(|_| Reply::Private(words("Here it is").with(button("Go", &ActionId::new("go", &[])))));
    let released = s.holds_the_next();
    s.types("ana", "/mentorship status").await;
    s.is_told_to_wait("ana").await;
    assert!(s.program.events.borrow().is_empty(), "deferred while the flow is at work");
    assert_eq!(s.in_flight.count(), 1);
    released.notify_one();
    let first = s.reads("ana", "Here it is").await;
    assert!(first.ephemeral);

    // A button: the message stays until the late replacement comes.
    s.answers(|_| Reply::Replace(words("Replaced late")));
    let released = s.holds_the_next();
    s.presses("ana", &first, "Go").await;
    released.notify_one();
    assert_eq!(s.reads("ana", "Replaced late").await.id, first.id);
    within(PATIENCE, s.in_flight.idle()).await.unwrap();
}

#[tokio::test]
async fn a_form_that_is_late_waits_behind_a_button() {
    let s = stage_with(|settings| settings.reply_deadline = Duration::from_millis(50)).await;
    s.answers(|_| Reply::Open(Box::new(form())));
    let released = s.holds_the_next();
    s.types("ana", "/mentorship apply role:mentee").await;
    s.is_told_to_wait("ana").await;
    released.notify_one();
    let ready = s.reads("ana", "Apply as a mentee is ready.").await;
    s.presses("ana", &ready, "Open").await;
    s.sees(|| s.pretend.form("ana")).await;
}

#[tokio::test]
async fn errors_that_no_field_can_show_are_said_with_a_way_back() {
    let s = stage().await;
    s.answers(|event| match &event.what {
        What::Submit { .. } => {
            Reply::Correct { form: Box::new(form()), errors: vec![("library".into(), Text::plain("No such library"))] }
        }
        _ => Reply::Open(Box::new(form())),
    });
    s.types("ana", "/mentorship apply role:mentee").await;
    s.sees(|| s.pretend.form("ana")).await;
    let values = BTreeMap::from([("library".to_owned(), vec!["Nowhere".to_owned()])]);
    s.pretend.act("ana", Action::Submit { values }).await.unwrap();
    let said = s.reads("ana", "No such library").await;
    s.presses("ana", &said, "Mend").await;
    s.sees(|| s.pretend.form("ana")).await;
}

#[tokio::test]
async fn a_panic_costs_an_apology_and_nothing_else() {
    let s = stage().await;
    s.answers(|event| match &event.what {
        What::Command(command) if command.id == CommandId::Status => panic!("on purpose"),
        _ => Reply::Private(words("All is well")),
    });
    s.program.script.clear_poison();
    s.types("ana", "/mentorship status").await;
    s.reads("ana", "Sorry, something went wrong").await;
    s.program.script.clear_poison();
    s.types("ana", "/mentorship home").await;
    s.reads("ana", "All is well").await;
}

#[tokio::test]
async fn a_second_delivery_is_not_answered_twice() {
    let s = stage().await;
    s.answers(|event| Reply::Private(words(format!("Once {}", event.key))));
    s.pretend.sockets().deliver_interactions_twice(true);
    let id = s.types("ana", "/mentorship home").await.unwrap();
    s.reads("ana", &format!("Once {id}")).await;
    s.pretend.sockets().deliver_interactions_twice(false);
    s.types("ana", "/mentorship home").await;
    s.sees(|| (s.everything("ana").len() == 2).then_some(())).await;
    assert_eq!(s.program.events.borrow().len(), 2);
}

#[tokio::test]
async fn an_answer_whose_way_back_is_cut_is_not_said_twice() {
    let s = stage().await;
    s.answers(|_| Reply::Private(words("Said once")));
    s.fails("/callback", 1, FaultKind::CutAfterEffect);
    s.types("ana", "/mentorship home").await;
    s.reads("ana", "Said once").await;
    within(PATIENCE, s.in_flight.idle()).await.unwrap();
    assert_eq!(s.everything("ana").len(), 1);
}

#[tokio::test]
async fn a_reply_to_nothing_leaves_nothing() {
    let s = stage().await;
    s.types("ana", "/mentorship home").await;
    s.sees(|| (s.program.events.borrow().len() == 1 && s.pretend.pending() == 0).then_some(())).await;
    within(PATIENCE, s.in_flight.idle()).await.unwrap();
    assert!(s.everything("ana").is_empty());
}

// --- Messages --------------------------------------------------------------------------------------

#[tokio::test]
async fn nothing_a_person_types_pings_anybody() {
    let s = stage().await;
    let ana = s.id("ana");
    let nasty = format!("@everyone @here <@{}> <@&{}> **bold** [x](https://evil.example)", ana.0, s.pretend.guild_id());
    let message =
        words(nasty.clone()).with(Block::Fields(vec![(Text::plain("Named"), Text(vec![Span::Person(s.id("grace"))]))]));
    s.posts("k1", &Recipient::Channel(s.general()), &message, Attempt::First).await.unwrap();
    let seen = s.reads("ana", "Named").await;
    assert_eq!(seen.pings, ["Grace"], "only whom the program names");
    assert!(seen.text.contains("**bold**"), "{}", seen.text);

    s.answers(move |_| {
        Reply::Private(words(nasty.clone()).with(Block::Paragraph(Text(vec![Span::Person(ana.clone())]))))
    });
    s.types("eve", "/mentorship home").await;
    assert!(s.reads("eve", "evil.example").await.pings.iter().all(|it| it != "@everyone" && it != "Ana *Maria*"));
}

#[tokio::test]
async fn a_direct_message_and_its_buttons_know_their_community() {
    let s = stage().await;
    let to = Recipient::Person(s.id("ana"));
    let message = words("Did you meet?").with(button("We met", &ActionId::new("met", &["3"])));
    s.posts("nudge:3", &to, &message, Attempt::First).await.unwrap();
    let seen = s.reads("ana", "Did you meet?").await;
    s.answers(|_| Reply::Replace(words("Thank you!")));
    s.presses("ana", &seen, "We met").await;
    assert_eq!(s.reads("ana", "Thank you!").await.id, seen.id);
    let event = s.program.events.borrow()[0].clone();
    assert_eq!(event.community, s.community());
    assert!(matches!(&event.what, What::Press(action) if action.as_str() == "met:3"));

    // Answered meanwhile or not: it is still known as that effect.
    let again = s.posts("nudge:3", &to, &message, Attempt::Again).await.unwrap();
    assert_eq!(again, seen.id);
}

#[tokio::test]
async fn closed_direct_messages_are_final() {
    let s = stage().await;
    s.pretend.join(NewResident { dms_closed: true, ..resident("shy", "Shy") }).unwrap();
    let refused = s.posts("k", &Recipient::Person(s.id("shy")), &words("Hello"), Attempt::First).await;
    assert!(matches!(refused, Err(ChatError::Never { why: Impossible::PersonUnreachable, .. })), "{refused:?}");
}

#[tokio::test]
async fn a_message_whose_answer_was_lost_is_adopted() {
    let s = stage().await;
    let to = Recipient::Channel(s.general());
    for (key, message) in
        [("with", words("Press me").with(button("Go", &ActionId::new("go", &[])))), ("without", words("Just words"))]
    {
        s.fails("POST /api/v10/channels/", 1, FaultKind::CutAfterEffect);
        let lost = s.posts(key, &to, &message, Attempt::First).await;
        assert!(matches!(lost, Err(ChatError::Passing { ambiguous: true, .. })), "{lost:?}");
        let there = s.reads("ana", &message.summary()).await.id;
        let adopted = s.posts(key, &to, &message, Attempt::Again).await.unwrap();
        assert_eq!(adopted, there);
    }
    assert_eq!(s.everything("ana").len(), 2);
    let at = plsep_bot::chat::MessageRef { channel: s.general(), id: s.reads("ana", "Press me").await.id };
    s.discord.update(&s.community(), "with", &at, &words("Edited")).await.unwrap();
    assert_eq!(s.posts("with", &to, &words("Edited"), Attempt::Again).await.unwrap(), at.id);
}

#[tokio::test]
async fn a_long_message_is_shown_as_far_as_discord_can() {
    let s = stage().await;
    let message = words("begin ".to_owned() + &"many words ".repeat(2_000));
    s.posts("long", &Recipient::Channel(s.general()), &message, Attempt::First).await.unwrap();
    assert!(s.reads("ana", "begin").await.text.contains("[…]"));
}

#[tokio::test]
async fn too_many_requests_are_told_to_the_letter_and_held_back() {
    let s = stage().await;
    let body = r#"{"message":"You are being rate limited.","retry_after":7.5,"global":false}"#;
    let headers = vec![("Retry-After".to_owned(), "7.5".to_owned())];
    s.fails("POST /api/v10/channels/", 1, FaultKind::Answer { status: 429, headers, body: body.into() });
    let to = Recipient::Channel(s.general());
    let first = s.posts("k", &to, &words("Hello"), Attempt::First).await;
    let Err(ChatError::Passing { retry_after, ambiguous: false, .. }) = first else { panic!("{first:?}") };
    assert_eq!(retry_after, Some(Duration::from_millis(7500)));
    let second = s.posts("k", &to, &words("Hello"), Attempt::First).await;
    let Err(ChatError::Passing { retry_after: Some(wait), .. }) = second else { panic!("{second:?}") };
    assert!(wait <= Duration::from_millis(7500) && wait > Duration::from_secs(2), "{wait:?}");
    assert!(s.everything("ana").is_empty(), "the second was never sent");
}

#[tokio::test]
async fn failures_say_whether_it_may_have_happened() {
    let s = stage().await;
    let to = Recipient::Channel(s.general());
    let broken = FaultKind::Answer { status: 502, headers: Vec::new(), body: "<html>".into() };
    s.fails("POST /api/v10/channels/", 1, broken);
    let failed = s.posts("k", &to, &words("Hello"), Attempt::First).await;
    assert!(matches!(failed, Err(ChatError::Passing { ambiguous: true, retry_after: None, .. })), "{failed:?}");
    let gone = Recipient::Channel(ChannelRef("4242".into()));
    let never = s.posts("k", &gone, &words("Hello"), Attempt::First).await;
    assert!(matches!(never, Err(ChatError::Never { why: Impossible::PlaceGone, .. })), "{never:?}");
}

// --- Rooms -----------------------------------------------------------------------------------------

#[tokio::test]
async fn a_room_is_private_complete_and_found_again() {
    let s = stage().await;
    s.fails("POST /api/v10/guilds/", 1, FaultKind::Delay(0));
    let room = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await.unwrap();
    let place = s.pretend.places("ana").into_iter().find(|it| it.id == room.0).unwrap();
    assert_eq!((place.kind, place.name.contains("pair-ana-grace")), (PlaceKind::Private, true));
    assert!(s.pretend.places("grace").iter().any(|it| it.id == room.0));
    assert!(s.pretend.places("eve").iter().all(|it| it.id != room.0));

    let to = Recipient::Channel(room.clone());
    s.posts("intro:1", &to, &words("Meet each other"), Attempt::First).await.unwrap();
    s.reads("grace", "Meet each other").await;

    let again = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::Again).await.unwrap();
    assert_eq!(again, room);
    let other = s.discord.open_room(&s.community(), &s.room("intro:2"), Attempt::Again).await.unwrap();
    assert_ne!(other, room);
}

#[tokio::test]
async fn a_room_whose_answer_was_lost_is_adopted_and_mended() {
    let s = stage().await;
    // The first request makes the category, the second the channel.
    let cut = Fault { matching: "POST /api/v10/guilds/".into(), times: 1, skip: 1, kind: FaultKind::CutAfterEffect };
    s.pretend.faults().add(cut);
    let lost = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await;
    assert!(matches!(lost, Err(ChatError::Passing { ambiguous: true, .. })), "{lost:?}");
    let mut wanted = s.room("intro:1");
    wanted.members.push(s.id("eve"));
    let room = s.discord.open_room(&s.community(), &wanted, Attempt::Again).await.unwrap();
    for who in ["ana", "grace", "eve"] {
        assert_eq!(s.pretend.places(who).iter().filter(|it| it.kind == PlaceKind::Private).count(), 1, "{who}");
        assert!(s.pretend.places(who).iter().any(|it| it.id == room.0));
    }
}

#[tokio::test]
async fn people_are_let_in_and_a_closed_room_stays_readable() {
    let s = stage().await;
    let room = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await.unwrap();
    for _ in 0..2 {
        s.discord.admit(&s.community(), &room, &s.id("eve")).await.unwrap();
    }
    assert!(s.pretend.places("eve").iter().any(|it| it.id == room.0));
    for _ in 0..2 {
        s.discord.archive(&s.community(), &room).await.unwrap();
    }
    let say = Action::Say { place: room.0.clone(), text: "Hello?".into() };
    assert!(s.pretend.act("ana", say).await.is_err());
    let place = s.pretend.places("ana").into_iter().find(|it| it.id == room.0).unwrap();
    assert!(place.archived && place.name.contains("archived-pair-ana-grace"), "{place:?}");
}

#[tokio::test]
async fn who_left_is_not_waited_for_and_rights_are_not_assumed() {
    let s = stage().await;
    s.pretend.act("grace", Action::Leave).await.unwrap();
    let gone = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await;
    assert!(matches!(gone, Err(ChatError::Never { why: Impossible::PersonGone, .. })), "{gone:?}");
    s.pretend.act("grace", Action::Rejoin).await.unwrap();
    s.pretend.set_bot_permissions(1 << 10);
    let refused = s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await;
    assert!(matches!(refused, Err(ChatError::Never { why: Impossible::NotAllowed, .. })), "{refused:?}");
    s.pretend.set_bot_permissions(plsep_sandbox::discord::DEFAULT_BOT_PERMISSIONS);
    s.discord.open_room(&s.community(), &s.room("intro:1"), Attempt::First).await.unwrap();
}

// --- Connecting ------------------------------------------------------------------------------------

#[tokio::test]
async fn a_wrong_token_is_said_in_a_sentence() {
    let (pretend, program) = (pretend().await, program());
    for token in ["wrong", " ", "line\nbreak"] {
        let settings = Settings { token: token.into(), ..settings(&pretend) };
        let refused = connect(settings, &program).await.err().expect("refused");
        assert!(matches!(refused, ConnectError::Token { .. }), "{refused:?}");
        assert!(refused.to_string().starts_with("Discord refuses the token in DISCORD_TOKEN"), "{refused}");
    }
    assert_eq!(pretend.sockets().counts().connections, 0);
}

#[tokio::test]
async fn a_gateway_that_cannot_be_looked_up_is_never_guessed() {
    let (pretend, program) = (pretend().await, program());
    for body in ["{}", r#"{"url":"https://elsewhere"}"#, "<html>"] {
        let answer = FaultKind::Answer { status: 200, headers: Vec::new(), body: body.into() };
        pretend.faults().add(Fault { matching: "GET /api/v10/gateway".into(), times: 1, skip: 0, kind: answer });
        let refused = connect(settings(&pretend), &program).await.err().expect("refused");
        assert!(matches!(refused, ConnectError::Unreachable { .. }), "{refused:?}");
    }
    // Later as well: every session asks anew, and stays away while there is no answer.
    let (discord, _) = connect(settings(&pretend), &program).await.unwrap();
    within(PATIENCE, discord.ready()).await.unwrap();
    let before = pretend.sockets().counts();
    let gone = FaultKind::Answer { status: 503, headers: Vec::new(), body: String::new() };
    pretend.faults().add(Fault { matching: "GET /api/v10/gateway".into(), times: 3, skip: 0, kind: gone });
    pretend.sockets().invalidate_sessions(false);
    counted(&discord, &pretend, |it| it.faults().left() == 0).await;
    until(&discord, |now| *now == Connection::Ready).await;
    assert_eq!(pretend.sockets().counts().connections, before.connections + 1);
}

#[tokio::test]
async fn nobody_at_the_address_is_said_at_once() {
    let program = program();
    let settings = Settings { api_url: Some("http://127.0.0.1:1".into()), ..Settings::new(TOKEN) };
    let refused = connect(settings, &program).await.err().expect("refused");
    assert!(refused.to_string().starts_with("Discord cannot be reached at http://127.0.0.1:1"), "{refused}");
}

#[tokio::test]
async fn commands_are_registered_as_the_tree_says() {
    let s = stage().await;
    let url = format!(
        "{}/api/v10/applications/{}/guilds/{}/commands?with_localizations=true",
        s.pretend.base_url(),
        s.pretend.application_id(),
        s.pretend.guild_id()
    );
    let request = reqwest::Client::new().get(url).header("authorization", format!("Bot {TOKEN}"));
    let registered: serde_json::Value =
        serde_json::from_str(&request.send().await.unwrap().text().await.unwrap()).unwrap();
    let names: Vec<&str> = registered.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["mentorship", "mentorship-admin"]);
    assert_eq!(registered[0]["description_localizations"]["es-419"], "es mentorship");
    assert!(registered[1]["default_member_permissions"].is_null());
}

// --- A hostile gateway -----------------------------------------------------------------------------

/// Switches the privileged intent for members on, in the app's settings and at the gateway.
fn may_know_members(pretend: &Pretend) {
    pretend.sockets().allow_privileged_intents(1 << 1);
    let body = format!(r#"{{"id":"{}","flags":{}}}"#, pretend.application_id(), 1 << 15);
    let kind = FaultKind::Answer { status: 200, headers: Vec::new(), body };
    pretend.faults().add(Fault { matching: "GET /api/v10/applications/@me".into(), times: 1, skip: 0, kind });
}

/// Does something to the gateway, waits for the next good session, and shows that the bot still answers.
async fn survives(s: &Stage, sessions: impl Fn(&Pretend) -> bool) {
    counted(&s.discord, &s.pretend, sessions).await;
    until(&s.discord, |now| *now == Connection::Ready).await;
    s.answers(|_| Reply::Private(words("Still here")));
    s.sees(|| s.pretend.bot_connected().then_some(())).await;
    s.types("ana", "/mentorship home").await;
    s.reads("ana", "Still here").await;
}

#[tokio::test]
async fn a_lost_connection_is_resumed_and_what_happened_meanwhile_arrives() {
    let s = stage().await;
    s.pretend.sockets().ask_reconnect();
    survives(&s, |it| it.sockets().counts().resumes == 1).await;
    assert_eq!(s.pretend.sockets().counts().identifies, 1);
    assert_eq!(s.program.reachable.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_dropped_connection_comes_back() {
    let s = stage().await;
    s.pretend.sockets().drop_all();
    survives(&s, |it| it.sockets().counts().resumes + it.sockets().counts().identifies >= 2).await;
}

#[tokio::test]
async fn an_invalid_session_identifies_anew() {
    let s = stage().await;
    s.pretend.sockets().invalidate_sessions(false);
    survives(&s, |it| it.sockets().counts().identifies == 2).await;
    assert_eq!(s.program.reachable.lock().unwrap().len(), 1, "the same server is told once");
}

#[tokio::test]
async fn a_server_that_closes_on_every_resume_is_not_hammered() {
    let s = stage().await;
    s.pretend.sockets().refuse_resumes(true);
    s.pretend.sockets().close_all(Some(4000));
    survives(&s, |it| it.sockets().counts().identifies == 2).await;
    let counts = s.pretend.sockets().counts();
    assert!(counts.resumes <= 2, "{counts:?}");
}

#[tokio::test]
async fn closes_that_make_serenity_spin_are_noticed() {
    let mut tasks = tokio::task::JoinSet::new();
    for code in [Some(4003), Some(4010), Some(4011), None] {
        tasks.spawn(async move {
            let s = stage().await;
            s.pretend.sockets().close_all(code);
            survives(&s, |it| it.sockets().counts().identifies >= 2 || it.sockets().counts().resumes >= 1).await;
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
}

#[tokio::test]
async fn a_server_that_takes_no_connection_is_asked_ever_less_often() {
    let s = stage().await;
    s.pretend.sockets().refuse_connections(true);
    let before = s.pretend.sockets().counts();
    let began = Instant::now();
    s.pretend.sockets().invalidate_sessions(false);
    counted(&s.discord, &s.pretend, |it| it.sockets().counts().connections >= before.connections + 2).await;
    let tries = s.pretend.sockets().counts().connections - before.connections;
    let allowed = 3 + began.elapsed().as_millis() as u64 / 20;
    assert!(tries <= allowed, "{tries} connections in {:?}", began.elapsed());
    s.pretend.sockets().refuse_connections(false);
    survives(&s, |it| it.sockets().counts().identifies > before.identifies).await;
}

#[tokio::test]
async fn heartbeats_that_nobody_answers_end_the_session() {
    let (pretend, program) = (pretend().await, program());
    pretend.sockets().set_heartbeat_interval_ms(300);
    let (discord, in_flight) = connect(settings(&pretend), &program).await.unwrap();
    within(PATIENCE, discord.ready()).await.unwrap();
    pretend.sockets().mute_heartbeat_acks(true);
    counted(&discord, &pretend, |it| it.sockets().counts().identifies >= 2).await;
    pretend.sockets().mute_heartbeat_acks(false);
    let s = Stage { pretend, program, discord, in_flight };
    survives(&s, |_| true).await;
}

#[tokio::test]
async fn a_gateway_that_accepts_and_says_nothing_is_left() {
    let (pretend, program) = (pretend().await, program());
    // An address that takes the connection and never speaks.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(r#"{{"url":"ws://{}"}}"#, silent.local_addr().unwrap());
    let silence = FaultKind::Answer { status: 200, headers: Vec::new(), body: url };
    pretend.faults().add(Fault { matching: "GET /api/v10/gateway".into(), times: 1, skip: 1, kind: silence });
    let settings = Settings { patience: Duration::from_millis(300), ..settings(&pretend) };
    let (discord, _) = connect(settings, &program).await.unwrap();
    until(&discord, |now| *now == Connection::Ready).await;
}

#[tokio::test]
async fn a_token_refused_later_is_final_and_said() {
    let s = stage().await;
    s.pretend.sockets().close_all(Some(4004));
    until(&s.discord, |now| matches!(now, Connection::Down(what) if what.contains("DISCORD_TOKEN"))).await;
    let before = s.pretend.sockets().counts().connections;
    within(PATIENCE, s.discord.stop()).await.unwrap();
    assert_eq!(s.pretend.sockets().counts().connections, before);
}

#[tokio::test]
async fn refused_intents_are_final_and_said() {
    let s = stage().await;
    s.pretend.sockets().close_all(Some(4014));
    until(&s.discord, |now| matches!(now, Connection::Down(what) if what.contains("developer portal"))).await;
}

#[tokio::test]
async fn who_joins_and_leaves_is_told_if_the_app_may_know() {
    let (pretend, program) = (pretend().await, program());
    may_know_members(&pretend);
    let (discord, in_flight) = connect(settings(&pretend), &program).await.unwrap();
    within(PATIENCE, discord.ready()).await.unwrap();
    let s = Stage { pretend, program, discord, in_flight };
    s.pretend.act("grace", Action::Leave).await.unwrap();
    let mut events = s.program.events.subscribe();
    within(PATIENCE, events.wait_for(|events| matches!(events.first().map(|it| &it.what), Some(What::Left))))
        .await
        .unwrap()
        .unwrap();
    s.pretend.act("grace", Action::Rejoin).await.unwrap();
    within(PATIENCE, events.wait_for(|events| matches!(events.last().map(|it| &it.what), Some(What::Joined))))
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn intents_refused_meanwhile_are_done_without() {
    let (pretend, program) = (pretend().await, program());
    may_know_members(&pretend);
    let (discord, in_flight) = connect(settings(&pretend), &program).await.unwrap();
    within(PATIENCE, discord.ready()).await.unwrap();
    pretend.sockets().allow_privileged_intents(0);
    pretend.sockets().invalidate_sessions(false);
    let s = Stage { pretend, program, discord, in_flight };
    survives(&s, |it| it.sockets().counts().identifies >= 3).await;
}

#[tokio::test]
async fn stopping_waits_for_the_last_word() {
    let s = stage().await;
    s.answers(|_| Reply::Private(words("Last word")));
    let released = s.holds_the_next();
    s.types("ana", "/mentorship home").await;
    within(PATIENCE, s.program.at_work.notified()).await.unwrap();
    let stopped = Arc::new(AtomicUsize::new(0));
    let stopping = tokio::spawn({
        let (discord, stopped) = (Arc::clone(&s.discord), Arc::clone(&stopped));
        async move {
            discord.stop().await;
            stopped.store(1, Ordering::SeqCst);
        }
    });
    s.sees(|| (!s.pretend.bot_connected()).then_some(())).await;
    assert_eq!(stopped.load(Ordering::SeqCst), 0);
    released.notify_one();
    within(PATIENCE, stopping).await.unwrap().unwrap();
    assert_eq!(*s.discord.connection().borrow(), Connection::Stopped);
    s.reads("ana", "Last word").await;
}
