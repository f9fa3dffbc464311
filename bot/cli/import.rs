//! `import`: takes the roster of program participants in from a file, as a coordinator does in chat: the same reader, the
//! same words about what is wrong. Nothing is taken in in part unless it is asked for, and nobody who is missing from the
//! file ends unless it is asked for. The bot may serve meanwhile.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use plsep_domain::roster::{PlanFigures, Sheet};
use plsep_domain::{CommunityId, Lang, RosterEntry};

use super::Failed;
use super::stage::open_store;
use crate::clock::Clock;
use crate::config::Config;
use crate::flows::roster;
use crate::sheet;
use crate::store::{AuditEntry, AuditWho, Community, Store, StoreError, Tx};
use crate::words::{Catalogue, Voice};

/// Largest file that is read, in bytes.
const FILE_MAX_BYTES: u64 = 50 << 20;

/// How many mistakes are printed; all of them go into the file of `--report`.
const FAULTS_SHOWN: usize = 20;

/// What to import.
#[derive(clap::Args)]
pub(super) struct Options {
    /// The list: values separated by commas, semicolons or tabs, as spreadsheet programs save it. Its first row names the
    /// columns; a name and an e-mail column are needed.
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// Which server or workspace, by its id; needed only where the bot serves several.
    #[arg(long, value_name = "ID")]
    community: Option<String>,
    /// Says what would change, and changes nothing.
    #[arg(long)]
    look: bool,
    /// Takes the good rows in and leaves out those with a mistake. Without it one mistake stops the import.
    #[arg(long)]
    good_rows: bool,
    /// Marks people who are on the roster and not in the file as no longer taking part. Without it they stay.
    #[arg(long)]
    end_missing: bool,
    /// Writes every mistake, with how to mend it, into this CSV file.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

pub(super) async fn run(config: &Config, options: &Options) -> Result<(), Failed> {
    let bytes = bytes(&options.roster)?;
    let store = open_store(config.database.reveal()).await?;
    let imported = import(&store, options, &bytes).await;
    store.close().await;
    imported
}

async fn import(store: &Store, options: &Options, bytes: &[u8]) -> Result<(), Failed> {
    let catalogue = Catalogue::embedded();
    let voice = Voice::new(&catalogue, Lang::En, Tz::UTC);
    let community = community(store, options.community.as_deref()).await?;
    let sheet = sheet::read(bytes, &[&community.at.chat]).map_err(|why| {
        let words = voice.roster_file_refused(why.key()).words();
        Failed::Input(format!("{}: {words}\nNothing was imported.", options.roster.display()))
    })?;
    if let Some(path) = &options.report {
        let file = voice.roster_report(&sheet.faults);
        std::fs::write(path, file.content)
            .map_err(|error| Failed::Input(format!("{} cannot be written: {error}", path.display())))?;
    }
    for fault in sheet.faults.iter().take(FAULTS_SHOWN) {
        println!("- {}", voice.row_fault(fault).words());
    }
    if sheet.faults.len() > FAULTS_SHOWN {
        println!("- and {} more; --report FILE.csv tells them all", sheet.faults.len() - FAULTS_SHOWN);
    }
    if !sheet.faults.is_empty() && !options.good_rows && !options.look {
        return Err(Failed::Input(
            "Nothing was imported. Mend these rows and import again, or import the good ones alone with --good-rows."
                .to_owned(),
        ));
    }
    let figures = if options.look {
        let mut tx = store.read().await?;
        sheet.plan(&entries(&mut tx, community.id).await?).figures()
    } else {
        put(store, community.id, &sheet, options.end_missing, Clock::system().now()).await?
    };
    for line in voice.roster_figures(figures, &sheet) {
        println!("{}", line.words());
    }
    println!("{}", last_words(options, figures));
    Ok(())
}

fn last_words(options: &Options, figures: PlanFigures) -> &'static str {
    match (options.look, figures.missing, options.end_missing) {
        (true, ..) => "Nothing was changed. Leave --look away to import.",
        (false, 0, _) => "Imported.",
        (false, _, true) => "Imported. Who is missing from the file is marked as no longer taking part.",
        (false, _, false) => {
            "Imported. Who is missing from the file stays; --end-missing marks them as no longer taking part."
        }
    }
}

/// The community of this id, or the only one there is.
pub(super) async fn community(store: &Store, id: Option<&str>) -> Result<Community, Failed> {
    let communities = store.read().await?.communities().await?;
    let known: Vec<String> = communities.iter().map(|known| format!("{} ({})", known.at.id, known.name)).collect();
    let mut fitting = communities.into_iter().filter(|known| id.is_none_or(|id| known.at.id == id));
    match (fitting.next(), fitting.next()) {
        (Some(community), None) => Ok(community),
        _ if known.is_empty() => Err(Failed::Input(
            "The bot knows no server or workspace yet. Start it once, so that it gets to know them, and try again."
                .to_owned(),
        )),
        _ => {
            let known = known.join(", ");
            Err(Failed::Input(format!("Say which server or workspace with --community. Known are: {known}")))
        }
    }
}

async fn entries(tx: &mut Tx, community: CommunityId) -> Result<Vec<RosterEntry>, StoreError> {
    Ok(tx.roster(community).await?.into_iter().map(|line| line.entry).collect())
}

/// Takes a list in, and lets follow what follows for those who have applied. Returns what it has changed.
pub(super) async fn put(
    store: &Store,
    community: CommunityId,
    sheet: &Sheet,
    end_missing: bool,
    now: DateTime<Utc>,
) -> Result<PlanFigures, StoreError> {
    let mut tx = store.write_long().await?;
    let before = tx.roster(community).await?;
    let known: Vec<RosterEntry> = before.iter().map(|line| line.entry.clone()).collect();
    let plan = sheet.plan(&known);
    let figures = plan.figures();
    // Of rows that say the same address the last one counts.
    let lines: BTreeMap<String, RosterEntry> =
        plan.lines(end_missing).into_iter().map(|line| (line.email.trim().to_lowercase(), line)).collect();
    let lines: Vec<RosterEntry> = lines.into_values().collect();
    tx.write_roster(community, &lines, now).await?;
    let ended = if end_missing { figures.missing } else { 0 };
    let entry = AuditEntry {
        community,
        at: now,
        who: AuditWho::Operator,
        action: "roster.import".to_owned(),
        subject: format!("community:{community}"),
        detail: serde_json::json!({
            "added": figures.added, "changed": figures.changed, "same": figures.same, "ended": ended,
            "left_out": sheet.bad_rows(),
        }),
    };
    tx.append_audit(&entry).await?;
    roster::follow_up(&mut tx, &Catalogue::embedded(), community, before, now).await?;
    tx.commit().await?;
    Ok(figures)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failed> {
    let unreadable = |why: String| Failed::Input(format!("{} cannot be read: {why}", path.display()));
    let size = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if size > FILE_MAX_BYTES {
        return Err(unreadable(format!("it is larger than {} megabytes", FILE_MAX_BYTES >> 20)));
    }
    std::fs::read(path).map_err(|error| unreadable(error.to_string()))
}
