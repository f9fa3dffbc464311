//! The pretend Discord over the wire: what a bot and its people get, and what it refuses. Uses no client
//! library of Discord.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test they are used in")]

mod bot;
mod gateway;
mod interactions;
mod limits;
mod messages;
mod permissions;
mod story;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use plsep_sandbox::discord::{Discord, DiscordOptions};
use plsep_sandbox::{Action, NewResident, Platform, Recorder, SandboxClock};

/// Saturday, March 1, 2025, 09:00 in Los Angeles.
const MARCH_1: i64 = 1_740_848_400_000;
const TOKEN: &str = "test.bot.token";

/// Every world is recorded in the target folder, so that its answers can be held against Discord's contract.
fn recorder(name: &str) -> Recorder {
    Recorder::to_file(&PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)).unwrap()
}

/// A world that stands still, with Ana and Grace, and Coral who administers it.
async fn world() -> (Discord, SandboxClock) {
    static WORLDS: AtomicU32 = AtomicU32::new(0);
    let name = format!("discord-{}.jsonl", WORLDS.fetch_add(1, Ordering::SeqCst));
    world_recorded(recorder(&name)).await
}

async fn world_recorded(recorder: Recorder) -> (Discord, SandboxClock) {
    let clock = SandboxClock::still(MARCH_1);
    let options =
        DiscordOptions { port: 0, clock: clock.clone(), recorder, guild_name: "PLSEP".into(), bot_token: TOKEN.into() };
    let discord = Discord::start(options).await.unwrap();
    for (handle, name, admin) in [("ana", "Ana", false), ("grace", "Grace", false), ("coral", "Coral", true)] {
        discord.join(resident(handle, name, admin)).unwrap();
    }
    (discord, clock)
}

fn resident(handle: &str, name: &str, admin: bool) -> NewResident {
    NewResident {
        handle: handle.into(),
        name: name.into(),
        email: None,
        locale: "en-US".into(),
        zone: "America/Los_Angeles".into(),
        owner: false,
        admin,
        dms_closed: false,
    }
}

/// The platform's id of a person.
fn id_of(discord: &Discord, handle: &str) -> String {
    discord.residents().into_iter().find(|it| it.handle == handle).unwrap().id
}

/// The id of the place with this name, as this person sees it.
fn place(discord: &Discord, handle: &str, name: &str) -> Option<String> {
    discord.places(handle).into_iter().find(|it| it.name == name).map(|it| it.id)
}

async fn types(discord: &Discord, handle: &str, line: &str) {
    discord.act(handle, Action::Command { place: None, text: line.into() }).await.unwrap();
}

/// Waits until something this person sees fits.
async fn until<T>(discord: &Discord, mut look: impl FnMut() -> Option<T>) -> T {
    let mut changes = discord.changes();
    let waiting = async {
        loop {
            if let Some(found) = look() {
                return found;
            }
            changes.changed().await.unwrap();
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), waiting).await.expect("it never came")
}
