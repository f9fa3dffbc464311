//! The people: each begins an application, and then goes round in what anybody does with it. Everything they do is
//! written down by the bot: a draft is saved, or at least that this interaction was acted on.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use plsep_sandbox::{
    Action, Control, FieldKind, FormSeen, NewResident, Platform, Seen,
    discord::{Discord, DiscordOptions},
    person::PlaceKind,
    slack::{Slack, SlackOptions},
};
use plsep_sandbox::{Recorder, SandboxClock};
use tokio::sync::{mpsc, oneshot};

/// Longer than any platform waits for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Command,
    Menu,
    Button,
    Form,
    /// Opens the form that is sent next. It writes nothing, so it does not count.
    Opening,
}

/// A pretend platform, and a way to hear when an answer is seen.
pub struct Place {
    pub platform: Arc<dyn Platform>,
    pub environment: Vec<(&'static str, String)>,
    on_discord: bool,
    heard: Arc<Mutex<HashMap<String, Heard>>>,
    sent: AtomicU64,
}

/// An answer may be seen before the one who waits for it has begun to.
enum Heard {
    Already(Instant),
    Awaited(oneshot::Sender<Instant>),
}

/// One person and their round.
pub struct Person {
    handle: String,
    round: Vec<(Kind, Action)>,
    at: usize,
}

impl Place {
    pub async fn open(discord: bool, now_ms: i64) -> std::io::Result<Self> {
        let (clock, recorder) = (SandboxClock::flowing(now_ms), Recorder::off());
        if discord {
            let (guild_name, bot_token) = ("PLSEP Mentorship".to_owned(), "sandbox.discord.token".to_owned());
            let options = DiscordOptions { port: 0, clock, recorder, guild_name, bot_token: bot_token.clone() };
            let discord = Discord::start(options).await?;
            let environment = vec![("DISCORD_API_URL", discord.base_url().to_owned()), ("DISCORD_TOKEN", bot_token)];
            let heard = listen(discord.answers());
            return Ok(Self {
                platform: Arc::new(discord),
                environment,
                on_discord: true,
                heard,
                sent: AtomicU64::new(0),
            });
        }
        let (bot_token, app_token) = ("xoxb-sandbox".to_owned(), "xapp-sandbox".to_owned());
        let workspace_name = "PLSEP Mentorship".to_owned();
        let (bot, app) = (bot_token.clone(), app_token.clone());
        let slack =
            Slack::start(SlackOptions { port: 0, clock, recorder, workspace_name, bot_token, app_token }).await?;
        // Forms are opened once for each person, all in the first seconds, which Slack would spread over minutes.
        slack.disable_rate_limits();
        let api = slack.api_url().to_owned();
        let environment = vec![("SLACK_API_URL", api), ("SLACK_BOT_TOKEN", bot), ("SLACK_APP_TOKEN", app)];
        let heard = listen(slack.answers());
        Ok(Self { platform: Arc::new(slack), environment, on_discord: false, heard, sent: AtomicU64::new(0) })
    }

    pub fn join(&self, number: usize) -> Result<String, String> {
        let handle = format!("person{number}");
        let who = NewResident {
            handle: handle.clone(),
            name: format!("Person {number}"),
            email: Some(format!("person{number}@library.example")),
            locale: "en-US".to_owned(),
            zone: "America/Los_Angeles".to_owned(),
            owner: number == 0,
            admin: number == 0,
            dms_closed: false,
        };
        self.platform.join(who).map(|_| handle).map_err(|error| error.to_string())
    }

    /// Somebody does something; returns when they see the answer, and when that was.
    pub async fn does(&self, handle: &str, action: Action) -> Result<Instant, String> {
        let acted = self.platform.act(handle, action).await.map_err(|error| error.to_string())?;
        let id = acted.interaction.ok_or("there was no bot to hear it")?;
        self.sent.fetch_add(1, Ordering::Relaxed);
        let seen = {
            let mut heard = self.heard.lock().expect("no panic holds it");
            if let Some(Heard::Already(at)) = heard.remove(&id) {
                return Ok(at);
            }
            let (told, seen) = oneshot::channel();
            heard.insert(id, Heard::Awaited(told));
            seen
        };
        match tokio::time::timeout(PATIENCE, seen).await {
            Ok(Ok(at)) => Ok(at),
            _ => Err("no answer within five seconds".to_owned()),
        }
    }

    /// How many interactions were sent so far.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Somebody begins their application.
    pub async fn begin(&self, handle: &str) -> Result<(), String> {
        self.does(handle, self.apply(handle, "mentee")?).await.map(|_| ())
    }

    /// Somebody who is in a pair gets to where their round begins.
    pub async fn settle(&self, handle: String) -> Result<Person, String> {
        let round = if self.on_discord { self.on_discord(&handle).await } else { self.on_slack(&handle).await }?;
        Ok(Person { handle, round, at: 0 })
    }

    /// The round on Discord: the role is changed by a command, two menus of the panel are answered, and between them
    /// the written questions; and twice it is told how this month's meeting stands.
    async fn on_discord(&self, handle: &str) -> Result<Vec<(Kind, Action)>, String> {
        let as_mentor = self.apply(handle, "mentor")?;
        self.does(handle, self.apply(handle, "mentee")?).await?;
        let panel = self.newest(handle)?;
        let menu = panel.controls.iter().find_map(|control| match control {
            Control::Select { key, options, .. } => Some((key.clone(), options.clone())),
            _ => None,
        });
        let (menu, options) = menu.filter(|(_, options)| options.len() > 1).ok_or("the panel has no menu")?;
        let menu = |at: usize| Action::Choose {
            message: panel.id.clone(),
            key: menu.clone(),
            values: vec![options[at].0.clone()],
        };
        let write = button(&panel, "write").ok_or("the panel has no button for written answers")?;
        let open = Action::Press { message: panel.id.clone(), key: write };
        self.does(handle, menu(0)).await?;
        self.does(handle, open.clone()).await?;
        let form = Action::Submit { values: filled(&self.form(handle)?, false) };
        self.does(handle, form.clone()).await?;
        let [met, planned] = self.check_in(handle).await?;
        Ok(vec![
            (Kind::Command, as_mentor),
            (Kind::Menu, menu(0)),
            (Kind::Button, met),
            (Kind::Opening, open),
            (Kind::Form, form),
            (Kind::Button, planned),
            (Kind::Menu, menu(1)),
        ])
    }

    /// The round on Slack: the role is changed by a command, which opens the form; it is sent with one answer missing,
    /// which saves the others and keeps it open; and in between it is told how this month's meeting stands.
    async fn on_slack(&self, handle: &str) -> Result<Vec<(Kind, Action)>, String> {
        let mut round = Vec::new();
        let [met, planned] = self.check_in(handle).await?;
        for role in ["mentor", "mentee"] {
            let apply = self.apply(handle, role)?;
            self.does(handle, apply.clone()).await?;
            let form = Action::Submit { values: filled(&self.form(handle)?, true) };
            self.does(handle, form.clone()).await?;
            round.push((Kind::Command, apply));
            for tell in [&met, &planned, &met] {
                round.push((Kind::Form, form.clone()));
                round.push((Kind::Button, tell.clone()));
            }
        }
        Ok(round)
    }

    /// Two of the buttons that `check-in` shows: answers that call for nobody's help.
    async fn check_in(&self, handle: &str) -> Result<[Action; 2], String> {
        self.does(handle, self.says(handle, "/mentorship check-in")?).await?;
        let message = self.newest(handle)?;
        let press = |answer: &str| {
            let key = button(&message, answer).ok_or_else(|| format!("there is no button for {answer}"))?;
            Ok::<_, String>(Action::Press { message: message.id.clone(), key })
        };
        Ok([press("met")?, press("planned")?])
    }

    fn apply(&self, handle: &str, role: &str) -> Result<Action, String> {
        self.says(handle, &format!("/mentorship apply {}{role}", if self.on_discord { "role:" } else { "" }))
    }

    fn says(&self, handle: &str, text: &str) -> Result<Action, String> {
        Ok(Action::Command { place: Some(self.place(handle)?), text: text.to_owned() })
    }

    /// Where the person types: on Discord a command belongs to the server.
    fn place(&self, handle: &str) -> Result<String, String> {
        let kind = if self.on_discord { PlaceKind::Public } else { PlaceKind::Direct };
        let found = self.platform.places(handle).into_iter().find(|place| place.kind == kind);
        found.map(|place| place.id).ok_or_else(|| format!("{handle} sees no such place"))
    }

    fn newest(&self, handle: &str) -> Result<Seen, String> {
        let messages = self.platform.messages(handle, &self.place(handle)?);
        let newest = messages.into_iter().rev().find(|seen| !seen.controls.is_empty());
        newest.ok_or_else(|| format!("{handle} sees nothing to press"))
    }

    fn form(&self, handle: &str) -> Result<FormSeen, String> {
        self.platform.form(handle).ok_or_else(|| format!("{handle} has no form open"))
    }
}

impl Person {
    /// Does what comes next; says what it was and when the answer was seen.
    pub async fn goes_on(&mut self, place: &Place) -> (Kind, Result<Instant, String>) {
        let (kind, action) = self.round[self.at].clone();
        self.at = (self.at + 1) % self.round.len();
        let seen = place.does(&self.handle, action).await;
        (kind, seen.map_err(|why| format!("{} ({kind:?}): {why}", self.handle)))
    }

    /// Begins the round elsewhere, so that not everybody does the same at once.
    pub fn begin_at(&mut self, number: usize) {
        // A form can be sent only once it is open: on Discord after the step before, on Slack from its command on.
        self.at = match self.round.len() {
            7 => [0, 1, 2, 3, 5, 6][number % 6],
            slack => slack / 2 + number % (slack / 2),
        };
    }
}

fn listen(mut answers: mpsc::UnboundedReceiver<String>) -> Arc<Mutex<HashMap<String, Heard>>> {
    let heard: Arc<Mutex<HashMap<String, Heard>>> = Arc::default();
    let map = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Some(id) = answers.recv().await {
            let now = Instant::now();
            let mut heard = map.lock().expect("no panic holds it");
            match heard.remove(&id) {
                // Whoever waited may have given up.
                Some(Heard::Awaited(told)) => drop(told.send(now)),
                Some(already) => drop(heard.insert(id, already)),
                None => drop(heard.insert(id, Heard::Already(now))),
            }
        }
    });
    heard
}

fn button(message: &Seen, word: &str) -> Option<String> {
    message.controls.iter().find_map(|control| match control {
        Control::Button { key, .. } if key.contains(word) => Some(key.clone()),
        _ => None,
    })
}

/// Something in every field that must be answered; if `unfinished`, one of them gets only spaces, which the client lets
/// through and the bot does not.
fn filled(form: &FormSeen, unfinished: bool) -> BTreeMap<String, Vec<String>> {
    let mut leave = unfinished;
    let fields = form.fields.iter().filter(|field| field.required);
    fields
        .map(|field| {
            let value = match &field.kind {
                FieldKind::Text { .. } if std::mem::take(&mut leave) => vec!["   ".to_owned()],
                FieldKind::Text { .. } if field.key.contains("years") => vec!["7".to_owned()],
                FieldKind::Text { .. } => vec!["Yes, at the main branch".to_owned()],
                FieldKind::Choice { options, .. } => options.iter().take(1).map(|(value, _)| value.clone()).collect(),
                FieldKind::Date => vec!["2026-01-15".to_owned()],
                FieldKind::Time => vec!["10:00".to_owned()],
                FieldKind::Moment => vec!["2026-01-15T10:00".to_owned()],
                FieldKind::File { .. } => vec!["list.csv\nName,Email".to_owned()],
            };
            (field.key.clone(), value)
        })
        .collect()
}
