//! Starts a pretend Discord for a bot written with any library, and plays the person in front of it: types
//! `/apply`, fills the form in, presses the button and looks for the private channel. Ends with 0 only if all of
//! that happened. Runs the command given as arguments with `DISCORD_API_URL`, `DISCORD_TOKEN` and
//! `DISCORD_GUILD_ID` set, or, without one, prints them and waits for a bot.
//!
//!     cargo run -p plsep-sandbox --example discord_sdk -- node tests/sdk/discord/story.mjs

use std::process::{Child, Command, ExitCode};
use std::time::Duration;

use plsep_sandbox::discord::{Discord, DiscordOptions};
use plsep_sandbox::{Acted, Action, CannotAct, NewResident, Platform, Recorder, SandboxClock, Seen};

/// How long one step of the bot may take, in real time.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long the person looks before acting, in real time.
const REACTION: Duration = Duration::from_millis(300);
const TOKEN: &str = "MTA.sandbox.token";

#[tokio::main]
async fn main() -> ExitCode {
    match play().await {
        Ok(()) => {
            println!("the story is complete");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("the story broke off: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn play() -> Result<(), String> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let recorder = match words.iter().position(|word| word == "--record") {
        Some(at) => {
            let path = words.drain(at..at + 2).nth(1).ok_or("--record needs a file")?;
            Recorder::to_file(path.as_ref()).map_err(|error| error.to_string())?
        }
        None => Recorder::off(),
    };
    let discord = Discord::start(DiscordOptions {
        port: 0,
        clock: SandboxClock::system(),
        recorder,
        guild_name: "PLSEP".into(),
        bot_token: TOKEN.into(),
    })
    .await
    .map_err(|error| error.to_string())?;
    for (handle, name) in [("ana", "Ana"), ("grace", "Grace")] {
        discord.join(person(handle, name)).map_err(|error| error.to_string())?;
    }
    let mut bot = start_bot(&discord, &words)?;
    let story = story(&discord).await;
    if let Some(bot) = &mut bot {
        // The bot has done its part; it may have ended by itself already.
        let _ = bot.kill();
        let _ = bot.wait();
    }
    let unknown = discord.unknown_routes();
    discord.stop().await;
    if unknown.is_empty() { story } else { Err(format!("requests to unknown routes: {unknown:?}")) }
}

fn person(handle: &str, name: &str) -> NewResident {
    NewResident {
        handle: handle.into(),
        name: name.into(),
        email: None,
        locale: "en-US".into(),
        zone: "America/Los_Angeles".into(),
        owner: false,
        admin: false,
        dms_closed: false,
    }
}

fn start_bot(discord: &Discord, words: &[String]) -> Result<Option<Child>, String> {
    let api = format!("{}/api", discord.base_url());
    println!("DISCORD_API_URL={api} DISCORD_TOKEN={TOKEN} DISCORD_GUILD_ID={}", discord.guild_id());
    let Some((program, arguments)) = words.split_first() else { return Ok(None) };
    let mut command = Command::new(program);
    command.args(arguments).env("DISCORD_API_URL", api).env("DISCORD_TOKEN", TOKEN);
    command.env("DISCORD_GUILD_ID", discord.guild_id());
    command.spawn().map(Some).map_err(|error| format!("{program}: {error}"))
}

async fn story(discord: &Discord) -> Result<(), String> {
    wait(discord, "a bot to connect and register /apply", || typed(discord)).await?;
    let form = wait(discord, "the form", || discord.form("ana")).await?;
    println!("form {:?} with {} field(s)", form.title, form.fields.len());
    let key = form.fields.first().map(|field| field.key.clone()).ok_or("the form has no field")?;
    act(discord, Action::Submit { values: [(key, vec!["Riverside".into()])].into() }).await?;
    let general = discord.places("ana").into_iter().next().ok_or("there is no channel")?.id;
    let button = |seen: Seen| (!seen.controls.is_empty()).then_some(seen);
    let answer = wait(discord, "the answer", || discord.messages("ana", &general).pop().and_then(button)).await?;
    println!("answer {:?}, ephemeral: {}", answer.text, answer.ephemeral);
    if !answer.ephemeral || !discord.messages("grace", &general).is_empty() {
        return Err("the answer is not private".into());
    }
    act(discord, Action::Press { message: answer.id, key: "open".into() }).await?;
    let place =
        wait(discord, "the private channel", || discord.places("ana").into_iter().find(|it| it.name.contains("pair")))
            .await?;
    let welcome = wait(discord, "the welcome", || discord.messages("ana", &place.id).pop()).await?;
    println!("channel {} with {:?}: {:?}", place.name, place.members, welcome.text);
    let pinged = welcome.pings == ["Ana"];
    let hidden = discord.places("grace").iter().all(|it| it.id != place.id);
    if pinged && hidden { Ok(()) } else { Err(format!("pinged Ana: {pinged}, hidden from Grace: {hidden}")) }
}

/// Acts as a person does: not within the same millisecond. discord.py learns only from the answer to its request
/// which form or button it has sent, and ignores whoever is faster than that answer.
async fn act(discord: &Discord, action: Action) -> Result<Acted, String> {
    let _ = tokio::time::timeout(REACTION, std::future::pending::<()>()).await;
    discord.act("ana", action).await.map_err(|error: CannotAct| error.to_string())
}

/// Types the command as soon as a bot is there and has registered it.
fn typed(discord: &Discord) -> Option<()> {
    if !discord.bot_connected() {
        return None;
    }
    let line = Action::Command { place: None, text: "/apply".into() };
    // Nothing in it waits: the command has no suggestions to ask for.
    futures_util::FutureExt::now_or_never(discord.act("ana", line))?.ok().map(|_| ())
}

async fn wait<T>(discord: &Discord, what: &str, mut look: impl FnMut() -> Option<T>) -> Result<T, String> {
    let mut changes = discord.changes();
    let waiting = async {
        loop {
            changes.mark_unchanged();
            if let Some(found) = look() {
                return Ok(found);
            }
            changes.changed().await.map_err(|error| error.to_string())?;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| Err(format!("{what} did not come")))
}
