//! `check`: finds what is wrong with the configuration, and tells how each season stands, what is due next and what could
//! not be delivered. It touches no platform and changes nothing.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use plsep_domain::Phase;

use super::Failed;
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::cron_line::CronLine;
use crate::store::{Community, DeadLetter, Store, StoreError, Tx};

/// How many messages that were given up are told one by one.
const LETTERS_SHOWN: usize = 10;

/// How much of a reason is told.
const REASON_MAX_CHARS: usize = 120;

pub(super) async fn run(config: &Config) -> Result<(), Failed> {
    let mut faults = config::faults(config);
    let store = match database(config).await {
        Ok(store) => store,
        Err(fault) => {
            faults.push(fault);
            None
        }
    };
    for fault in &faults {
        println!("- {fault}");
    }
    if faults.is_empty() {
        println!("Nothing is wrong with the configuration.");
    }
    if let Some(store) = store {
        match outlook(&store, Clock::system().now()).await {
            Ok(lines) => println!("{}", lines.join("\n")),
            Err(error) => {
                println!("The database could not be looked through: {error}");
                println!("If it is of an earlier version, plsep-bot migrate or the next start brings it up to date.");
            }
        }
        store.close().await;
    }
    match faults.len() {
        0 => Ok(()),
        1 => Err(Failed::Found("One thing needs mending.".to_owned())),
        count => Err(Failed::Found(format!("{count} things need mending."))),
    }
}

/// How each community stands, what is due next, and what could not be delivered.
async fn outlook(store: &Store, now: DateTime<Utc>) -> Result<Vec<String>, StoreError> {
    let mut tx = store.read().await?;
    let mut lines = Vec::new();
    for community in tx.communities().await? {
        lines.push(String::new());
        lines.push(format!("{} ({}, {})", community.name, community.at.chat, community.at.id));
        standing(&mut tx, &community, now, &mut lines).await?;
    }
    if lines.is_empty() {
        lines.push("The bot knows no server or workspace yet.".to_owned());
    }
    Ok(lines)
}

async fn standing(
    tx: &mut Tx,
    community: &Community,
    now: DateTime<Utc>,
    lines: &mut Vec<String>,
) -> Result<(), StoreError> {
    let mut zone = Tz::UTC;
    match tx.current_season(community.id).await? {
        None => lines.push("  No season is set up.".to_owned()),
        Some(season) => {
            let calendar = &season.program.calendar;
            zone = calendar.zone();
            let phase = calendar.phase(now);
            lines.push(format!("  Season {}: {}.", season.program.key, plain(phase.key())));
            if let Some((next, at)) = calendar.next_boundary(now) {
                lines.push(format!("  Next: {}, {}.", plain(next.key()), local(at, zone)));
            }
            let asked = CronLine::parse(&season.program.nudge.cron).ok().and_then(|line| line.next_after(now, zone));
            if let (Phase::Running, Some(at)) = (phase, asked) {
                lines.push(format!("  Pairs that have not met are asked next: {}.", local(at, zone)));
            }
        }
    }
    let waiting = tx.waiting(community.id).await?;
    lines.push(match (waiting.count, waiting.next) {
        (0, _) | (_, None) => "  Nothing waits to be sent.".to_owned(),
        (count, Some(next)) => format!("  Waiting to be sent: {count}, the first {}.", local(next, zone)),
    });
    lines.push(format!("  Open concerns: {}.", tx.open_concerns(community.id).await?.len()));
    let letters = tx.dead_letters(community.id).await?;
    lines.push(format!("  Given up: {}.", letters.len()));
    lines.extend(letters.iter().take(LETTERS_SHOWN).map(|letter| given_up(letter, zone)));
    if !letters.is_empty() {
        lines.push("  Coordinators have a button in their channel for each, to try again or to leave it.".to_owned());
    }
    Ok(())
}

/// What was given up: its kind, and never to whom or what it said.
fn given_up(letter: &DeadLetter, zone: Tz) -> String {
    let kind = letter.key.split(':').next().unwrap_or_default();
    let reason: String = letter.error.chars().take(REASON_MAX_CHARS).collect();
    format!("    {} {kind}, after {} attempts: {reason}", local(letter.at, zone), letter.attempts)
}

fn plain(key: &str) -> String {
    key.replace(['_', '-'], " ")
}

fn local(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%A, %B %-d, %Y, %-I:%M %p %Z").to_string()
}

/// The database, if it can be used. A file that is not there yet is made at the first start, so only its folder counts.
async fn database(config: &Config) -> Result<Option<Store>, String> {
    if let Some(file) = config.database.sqlite_file().filter(|file| !file.exists()) {
        let folder = file.ancestors().skip(1).find(|folder| folder.as_os_str().is_empty() || folder.exists());
        let Some(folder) = folder else { return Ok(None) };
        let here = if folder.as_os_str().is_empty() { std::path::Path::new(".") } else { folder };
        let read_only = here.metadata().is_ok_and(|about| !about.is_dir() || about.permissions().readonly());
        if read_only {
            let here = here.display();
            return Err(format!("The database cannot be made in {here}: the folder cannot be written to."));
        }
        return Ok(None);
    }
    Store::connect(config.database.reveal()).await.map(Some).map_err(|error| error.to_string())
}
