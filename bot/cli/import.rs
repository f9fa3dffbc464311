//! `import`: the roster of program participants from a CSV file with the columns name, email, chat_user,
//! library_system and active.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use plsep_domain::{CommunityId, RosterEntry};
use serde::Deserialize;

use super::Failed;
use super::stage::open_store;
use crate::clock::Clock;
use crate::config::Config;
use crate::flows::roster;
use crate::store::{AuditEntry, AuditWho, Put, Store, StoreError};
use crate::words::Catalogue;

/// What to import.
#[derive(clap::Args)]
pub(super) struct Options {
    /// The CSV file.
    #[arg(long)]
    roster: PathBuf,
    /// Which server or workspace, by its id; needed only where the bot serves several.
    #[arg(long)]
    community: Option<String>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    email: String,
    #[serde(default)]
    chat_user: Option<String>,
    #[serde(default)]
    library_system: String,
    #[serde(default)]
    active: String,
}

pub(super) async fn run(config: &Config, options: &Options) -> Result<(), Failed> {
    let entries = read(&options.roster)?;
    let store = open_store(config.database.reveal()).await?;
    let communities = store.read().await?.communities().await?;
    let mut fitting = communities.iter().filter(|known| options.community.as_ref().is_none_or(|id| known.at.id == *id));
    let (Some(community), None) = (fitting.next(), fitting.next()) else {
        let known: Vec<String> = communities.iter().map(|known| format!("{} ({})", known.at.id, known.name)).collect();
        return Err(Failed::Input(if known.is_empty() {
            "The bot knows no server or workspace yet. Start it once, so that it gets to know them, then import."
                .to_owned()
        } else {
            format!("Say which server or workspace with --community. Known are: {}", known.join(", "))
        }));
    };
    let counts = put(&store, community.id, &entries, Clock::system().now()).await?;
    store.close().await;
    println!("{} added, {} changed, {} already there.", counts[0], counts[1], counts[2]);
    Ok(())
}

/// Imports all rows or none, and lets follow what follows for those who have applied. Returns how many were added, changed, and there already.
pub(super) async fn put(
    store: &Store,
    community: CommunityId,
    entries: &[RosterEntry],
    now: DateTime<Utc>,
) -> Result<[usize; 3], StoreError> {
    let mut counts = [0; 3];
    let mut tx = store.write().await?;
    let before = tx.roster(community).await?;
    for entry in entries {
        counts[match tx.put_roster_entry(community, entry, now).await? {
            Put::Added => 0,
            Put::Changed => 1,
            Put::Same => 2,
        }] += 1;
    }
    let entry = AuditEntry {
        community,
        at: now,
        who: AuditWho::Operator,
        action: "roster.import".to_owned(),
        subject: format!("community:{community}"),
        detail: serde_json::json!({ "added": counts[0], "changed": counts[1], "same": counts[2] }),
    };
    tx.append_audit(&entry).await?;
    roster::follow_up(&mut tx, &Catalogue::embedded(), community, before, now).await?;
    tx.commit().await?;
    Ok(counts)
}

/// Reads every row, or says of every faulty row what is wrong.
fn read(path: &PathBuf) -> Result<Vec<RosterEntry>, Failed> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path)
        .map_err(|error| Failed::Input(format!("{} cannot be read: {error}", path.display())))?;
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for (index, row) in reader.deserialize::<Row>().enumerate() {
        // The first row behind the headings is line 2 of the file.
        let line = index + 2;
        match row {
            Ok(row) if !row.email.contains('@') => {
                faults.push(format!("line {line}: “{}” is not an e-mail address", row.email))
            }
            Ok(row) => match active(&row.active) {
                Some(active) => entries.push(RosterEntry {
                    name: row.name,
                    email: row.email,
                    chat_user: row.chat_user.filter(|user| !user.is_empty()),
                    library_system: row.library_system,
                    active,
                }),
                None => {
                    faults.push(format!("line {line}: “{}” in the column active is neither yes nor no", row.active))
                }
            },
            Err(error) => faults.push(format!("line {line}: {error}")),
        }
    }
    if faults.is_empty() {
        return Ok(entries);
    }
    Err(Failed::Input(format!(
        "Nothing was imported. Please mend this in {} first:\n{}",
        path.display(),
        faults.join("\n")
    )))
}

/// An empty field means yes: somebody on a list of participants is one.
fn active(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "" | "yes" | "y" | "true" | "1" => Some(true),
        "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}
