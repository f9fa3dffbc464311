//! `check`: finds what is wrong with the configuration, and tells how each season stands, what is due next and what could
//! not be delivered. It fails when something needs a person, for whoever runs it by the clock. It touches no platform and
//! changes nothing.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use plsep_domain::Phase;

use super::Failed;
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::cron_line::CronLine;
use crate::store::{Community, DeadLetter, Store, StoreError, Tx};

/// How many messages that were given up are told one by one.
const LETTERS_SHOWN: usize = 10;

/// How long something may be due and not sent before somebody ought to look whether the bot runs.
const OVERDUE: TimeDelta = TimeDelta::hours(1);

/// How much of a reason is told.
const REASON_MAX_CHARS: usize = 120;

pub(super) async fn run(config: &Config) -> Result<(), Failed> {
    let faults = config::faults(config);
    for fault in &faults {
        println!("- {fault}");
    }
    if faults.is_empty() {
        println!("Nothing is wrong with the configuration.");
    }
    let mut needs = faults.len();
    match database(config).await {
        Ok(Some(store)) => {
            let mut outlook = Outlook::default();
            match outlook.look(&store, Clock::system().now()).await {
                Ok(()) => println!("{}", outlook.lines.join("\n")),
                Err(error) => {
                    println!("The database could not be looked through: {error}");
                    println!(
                        "If it is of an earlier version, plsep-bot migrate or the next start brings it up to date."
                    );
                    outlook.needs += 1;
                }
            }
            needs += outlook.needs;
            store.close().await;
        }
        Ok(None) => {}
        Err(fault) => {
            println!("- {fault}");
            needs += 1;
        }
    }
    match needs {
        0 => Ok(()),
        1 => Err(Failed::Found("One thing needs mending.".to_owned())),
        count => Err(Failed::Found(format!("{count} things need mending."))),
    }
}

/// How everything stands, in lines, and how many things of it need a person.
#[derive(Default)]
struct Outlook {
    lines: Vec<String>,
    needs: usize,
}

impl Outlook {
    /// How each community stands, what is due next, and what could not be delivered.
    async fn look(&mut self, store: &Store, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut tx = store.read().await?;
        for community in tx.communities().await? {
            self.lines.push(String::new());
            self.lines.push(format!("{} ({}, {})", community.name, community.at.chat, community.at.id));
            let zone = self.season(&mut tx, &community, now).await?;
            self.messages(&mut tx, &community, zone, now).await?;
        }
        if self.lines.is_empty() {
            self.lines.push("The bot knows no server or workspace yet.".to_owned());
        }
        Ok(())
    }

    /// How the season stands; its zone.
    async fn season(&mut self, tx: &mut Tx, community: &Community, now: DateTime<Utc>) -> Result<Tz, StoreError> {
        let Some(season) = tx.current_season(community.id).await? else {
            self.lines.push("  No season is set up.".to_owned());
            return Ok(Tz::UTC);
        };
        let calendar = &season.program.calendar;
        let zone = calendar.zone();
        let phase = calendar.phase(now);
        self.lines.push(format!("  Season {}: {}.", season.program.key, plain(phase.key())));
        if let Some((next, at)) = calendar.next_boundary(now) {
            self.lines.push(format!("  Next: {}, {}.", plain(next.key()), local(at, zone)));
        }
        let asked = CronLine::parse(&season.program.nudge.cron).ok().and_then(|line| line.next_after(now, zone));
        if let (Phase::Running, Some(at)) = (phase, asked) {
            self.lines.push(format!("  Pairs that have not met are asked next: {}.", local(at, zone)));
        }
        Ok(zone)
    }

    /// What waits to be sent or looked at, and what was given up.
    async fn messages(
        &mut self,
        tx: &mut Tx,
        community: &Community,
        zone: Tz,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let waiting = tx.waiting(community.id).await?;
        self.lines.push(match (waiting.count, waiting.next) {
            (0, _) | (_, None) => "  Nothing waits to be sent.".to_owned(),
            (count, Some(next)) => format!("  Waiting to be sent: {count}, the first {}.", local(next, zone)),
        });
        if waiting.next.is_some_and(|next| next + OVERDUE < now) {
            self.lines.push("  The first is overdue: look whether the bot runs and reaches the chat.".to_owned());
            self.needs += 1;
        }
        let coordinated =
            !tx.coordinators(community.id).await?.is_empty() || !tx.coordinator_groups(community.id).await?.is_empty();
        if coordinated && community.coordinators_channel.is_none() {
            self.lines
                .push("  The coordinators have no channel of their own: look whether the bot may open one.".to_owned());
            self.needs += 1;
        }
        self.lines.push(format!("  Open concerns: {}.", tx.open_concerns(community.id).await?.len()));
        let letters = tx.dead_letters(community.id).await?;
        self.lines.push(format!("  Given up: {}.", letters.len()));
        self.lines.extend(letters.iter().take(LETTERS_SHOWN).map(|letter| given_up(letter, zone)));
        if !letters.is_empty() {
            self.lines.push(
                "  Coordinators have a button in their channel for each, to try again or to leave it.".to_owned(),
            );
        }
        self.needs += letters.len();
        Ok(())
    }
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
