//! Plays a person against a bot written with an official Slack SDK, to show that the pretend Slack is not made
//! for our own client alone. It starts the sandbox, runs the given command as the bot, and walks from a slash
//! command over a form and a button to a private channel. Exit code 0 only if all of it happened.
//!
//! ```sh
//! cargo run -p plsep-sandbox --example slack_sdk -- node tests/sdk/slack/bolt.mjs
//! cargo run -p plsep-sandbox --example slack_sdk -- python tests/sdk/slack/bolt.py
//! ```

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, ExitCode};
use std::time::Duration;

use plsep_sandbox::slack::{Slack, SlackOptions};
use plsep_sandbox::{Action, NewResident, Platform, Recorder, SandboxClock, Seen};

const BOT_TOKEN: &str = "xoxb-1-sandbox";
const APP_TOKEN: &str = "xapp-1-sandbox";
/// An SDK may take a moment to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The bot's process, ended with the story.
struct Bot(Child);

impl Drop for Bot {
    fn drop(&mut self) {
        if self.0.kill().and_then(|()| self.0.wait()).is_err() {
            eprintln!("the bot had ended by itself");
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let Some(program) = words.next() else {
        eprintln!("usage: slack_sdk PROGRAM [ARGUMENT...]");
        return ExitCode::from(2);
    };
    match story(&program, &words.collect::<Vec<_>>()).await {
        Ok(()) => {
            println!("the whole story worked with: {program}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("the story broke off: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn story(program: &str, arguments: &[String]) -> Outcome {
    let recording = std::env::temp_dir().join("slack-sdk-recording.jsonl");
    let slack = start(&recording).await?;
    for (handle, name) in [("ana", "Ana Ruiz"), ("grace", "Grace Lee")] {
        slack.join(person(handle, name))?;
    }
    let child = Command::new(program)
        .args(arguments)
        .env("SLACK_API_URL", format!("{}/", slack.api_url()))
        .env("SLACK_BOT_TOKEN", BOT_TOKEN)
        .env("SLACK_APP_TOKEN", APP_TOKEN)
        .spawn()?;
    let _bot = Bot(child);
    until(&slack, "the bot connects", || slack.bot_connected().then_some(())).await?;
    walk(&slack).await?;
    if !slack.unknown_routes().is_empty() {
        return Err(format!("unknown routes were called: {:?}", slack.unknown_routes()).into());
    }
    slack.stop().await;
    println!("recorded in {}", recording.display());
    Ok(())
}

async fn start(recording: &Path) -> std::io::Result<Slack> {
    Slack::start(SlackOptions {
        port: 0,
        clock: SandboxClock::system(),
        recorder: Recorder::to_file(recording)?,
        workspace_name: "PLSEP".into(),
        bot_token: BOT_TOKEN.into(),
        app_token: APP_TOKEN.into(),
    })
    .await
}

/// The person's side: command, form (refused once), button, channel.
async fn walk(slack: &Slack) -> Outcome {
    slack.act("ana", Action::Command { place: None, text: "/mentorship apply".into() }).await?;
    let form = until(slack, "a form opens", || slack.form("ana")).await?;
    println!("form: {} ({} fields)", form.title, form.fields.len());
    slack.act("ana", submit("?")).await?;
    let refused = || slack.form("ana").filter(|form| form.errors.contains_key("goals"));
    println!("refused: {:?}", until(slack, "the form is refused", refused).await?.errors);
    slack.act("ana", submit("Run a branch, kindly.")).await?;
    until(slack, "the form closes", || slack.form("ana").is_none().then_some(())).await?;

    let direct = place(slack, "ana", "(direct message)").ok_or("no direct messages")?;
    let asked = || last(slack, "ana", &direct).filter(|seen| !seen.controls.is_empty());
    let question = until(slack, "a question with a button", asked).await?;
    println!("message: {}", question.text);
    slack.act("ana", Action::Press { message: question.id.clone(), key: "ready".into() }).await?;
    let pair = until(slack, "a private channel", || place(slack, "grace", "pair-ana-grace")).await?;
    let introduced = || slack.messages("grace", &pair).into_iter().find(|seen| seen.text.contains("meet"));
    let seen = until(slack, "an introduction", introduced).await?;
    println!("introduction: {}", seen.text);
    if seen.pings != ["Ana Ruiz", "Grace Lee"] {
        return Err(format!("it notifies {:?}", seen.pings).into());
    }
    let replaced = || last(slack, "ana", &direct).filter(|seen| seen.controls.is_empty() && seen.id == question.id);
    until(slack, "the button goes away", replaced).await?;
    Ok(())
}

fn submit(goals: &str) -> Action {
    let field = |key: &str, value: &str| (key.to_owned(), vec![value.to_owned()]);
    Action::Submit { values: BTreeMap::from([field("goals", goals), field("role", "Mentee")]) }
}

fn place(slack: &Slack, handle: &str, name: &str) -> Option<String> {
    slack.places(handle).into_iter().find(|place| place.name.contains(name)).map(|place| place.id)
}

fn last(slack: &Slack, handle: &str, place: &str) -> Option<Seen> {
    slack.messages(handle, place).pop()
}

fn person(handle: &str, name: &str) -> NewResident {
    NewResident {
        handle: handle.into(),
        name: name.into(),
        email: Some(format!("{handle}@library.example")),
        locale: "en-US".into(),
        zone: "America/Los_Angeles".into(),
        owner: handle == "grace",
        admin: false,
        dms_closed: false,
    }
}

/// Looks again whenever the sandbox says that something changed.
async fn until<T>(slack: &Slack, what: &str, check: impl Fn() -> Option<T>) -> Result<T, String> {
    let mut changes = slack.changes();
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            if let Some(found) = check() {
                return Some(found);
            }
            changes.changed().await.ok()?;
        }
    });
    found.await.ok().flatten().ok_or_else(|| format!("it never happened that {what}"))
}
