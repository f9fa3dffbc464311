//! `export`: a whole season in a folder, once as JSON and once as tables that open in a spreadsheet program, of one moment
//! and while the bot serves. Moments in the tables are those of the program's zone, which each heading names; nothing in
//! a cell can act as a formula. A folder that is there already is left alone.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use plsep_domain::cells::harmless;
use plsep_domain::{Answer, Answers};
use serde_json::{Map, Value, json};

use super::Failed;
use super::import::community;
use super::stage::open_store;
use crate::clock::Clock;
use crate::config::Config;
use crate::store::{Community, HeldValue, Season, SeasonPart, Store};

/// What to export.
#[derive(clap::Args)]
pub(super) struct Options {
    /// The new folder. One that is there already is left alone, and nothing is exported.
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Which server or workspace, by its id; needed only where the bot serves several.
    #[arg(long, value_name = "ID")]
    community: Option<String>,
    /// Which season, by the key in its file; without it the latest.
    #[arg(long, value_name = "KEY")]
    season: Option<String>,
}

pub(super) async fn run(config: &Config, options: &Options) -> Result<(), Failed> {
    let to = &options.to;
    if to.exists() {
        let there = format!("{} is there already. Name a new folder, such as one with today's date.", to.display());
        return Err(Failed::Input(there));
    }
    if config.database.sqlite_file().is_some_and(|file| !file.exists()) {
        return Err(Failed::Input("There is no database yet, so there is nothing to export.".to_owned()));
    }
    let store = open_store(config.database.reveal()).await?;
    let told = tell(&store, options).await;
    store.close().await;
    let Told { community, season, parts } = told?;
    let now = Clock::system().now();
    let files = files(&community, &season, &parts, now);
    // Under its own name only once it is whole.
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let _ = std::fs::remove_dir_all(&part);
    let written = write(&part, &files).and_then(|()| std::fs::rename(&part, to));
    if let Err(error) = written {
        let _ = std::fs::remove_dir_all(&part);
        return Err(Failed::Input(format!("{} cannot be written: {error}", to.display())));
    }
    println!("{} files were written to {}. README.txt there says what they are.", files.len(), to.display());
    println!(
        "They hold what people told the bot, some of it for coordinators alone. Keep them where nobody else reads them."
    );
    Ok(())
}

/// What is exported.
struct Told {
    community: Community,
    season: Season,
    parts: Vec<SeasonPart>,
}

async fn tell(store: &Store, options: &Options) -> Result<Told, Failed> {
    let community = community(store, options.community.as_deref()).await?;
    let mut tx = store.read().await?;
    let seasons = tx.seasons_of(community.id).await?;
    let known: Vec<String> = seasons.iter().rev().map(|season| season.program.key.clone()).collect();
    let wanted = |season: &Season| options.season.as_ref().is_none_or(|key| season.program.key == *key);
    let Some(season) = seasons.into_iter().find(wanted) else {
        return Err(Failed::Input(if known.is_empty() {
            "No season is set up yet, so there is nothing to export.".to_owned()
        } else {
            format!("There is no such season. Known are: {}", known.join(", "))
        }));
    };
    let parts = tx.whole_season(season.id).await?;
    Ok(Told { community, season, parts })
}

/// Every file, by its name.
fn files(community: &Community, season: &Season, parts: &[SeasonPart], now: DateTime<Utc>) -> Vec<(String, Vec<u8>)> {
    let zone = season.program.calendar.zone();
    let mut files = vec![
        ("README.txt".to_owned(), readme(community, season, parts, now).into_bytes()),
        ("season.json".to_owned(), whole(community, season, parts, now).to_string().into_bytes()),
    ];
    files.extend(parts.iter().map(|part| (format!("{}.csv", part.part), table(part, zone))));
    files
}

fn readme(community: &Community, season: &Season, parts: &[SeasonPart], now: DateTime<Utc>) -> String {
    let (zone, name) = (season.program.calendar.zone(), &season.program.name.en);
    let mut text = format!(
        "{name} ({})\n{} ({})\nWritten {}.\n\nseason.json holds everything, with moments in UTC. The tables hold the same, with moments as\n\
         clocks in {zone} showed them. A cell that begins like a formula has a ' before it.\n\n",
        season.program.key,
        community.name,
        community.at.id,
        local(now, zone),
    );
    for part in parts {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}.csv: {} rows", part.part, part.rows.len());
    }
    text.push_str(
        "\nFor coordinators alone, as people were promised: pulses.csv (private questions about the fit), concerns.csv,\n\
         surveys.csv, the answers in applications.csv that are marked so in the season's file, and season.json.\n",
    );
    text
}

fn whole(community: &Community, season: &Season, parts: &[SeasonPart], now: DateTime<Utc>) -> Value {
    let mut all = Map::new();
    all.insert("exported_at".to_owned(), json!(utc(now)));
    all.insert("zone".to_owned(), json!(season.program.calendar.zone().name()));
    let place = json!({ "chat": community.at.chat, "id": community.at.id, "name": community.name });
    all.insert("community".to_owned(), place);
    all.insert("program".to_owned(), json!(*season.program));
    for SeasonPart { part, columns, rows } in parts {
        let row = |row: &Vec<Option<HeldValue>>| -> Value {
            let known = columns.iter().zip(row).filter_map(|(column, value)| {
                let value = match value.as_ref()? {
                    HeldValue::Words(words) => json!(words),
                    HeldValue::Number(number) => json!(number),
                    HeldValue::When(at) => json!(utc(*at)),
                    HeldValue::Json(json) => json.clone(),
                };
                Some(((*column).to_owned(), value))
            });
            Value::Object(known.collect())
        };
        all.insert((*part).to_owned(), rows.iter().map(row).collect());
    }
    Value::Object(all)
}

/// A part as a table. Answers take a column each.
fn table(part: &SeasonPart, zone: Tz) -> Vec<u8> {
    let asked: Vec<BTreeSet<String>> = (0..part.columns.len()).map(|place| questions(part, place)).collect();
    let mut headings = Vec::new();
    for (place, column) in part.columns.iter().enumerate() {
        let moments = part.rows.iter().any(|row| matches!(row[place], Some(HeldValue::When(_))));
        match (&asked[place], moments) {
            (asked, _) if !asked.is_empty() => headings.extend(asked.iter().cloned()),
            (_, true) => headings.push(format!("{column} ({zone})")),
            _ => headings.push((*column).to_owned()),
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut written = writer.write_record(&headings);
    for row in &part.rows {
        let mut cells = Vec::new();
        for (value, asked) in row.iter().zip(&asked) {
            match answers(value.as_ref()) {
                Some(Answers(answers)) if !asked.is_empty() => {
                    cells.extend(asked.iter().map(|key| answers.get(key).map(answer).unwrap_or_default()));
                }
                _ if !asked.is_empty() => cells.extend(asked.iter().map(|_| String::new())),
                _ => cells.push(value.as_ref().map(|value| cell(value, zone)).unwrap_or_default()),
            }
        }
        written = written.and_then(|()| writer.write_record(&cells));
    }
    // Writing into memory does not fail.
    let rows = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    // The mark by which spreadsheet programs know the encoding.
    [b"\xef\xbb\xbf".as_slice(), &rows].concat()
}

/// The questions answered in a column of answers; none in any other.
fn questions(part: &SeasonPart, place: usize) -> BTreeSet<String> {
    if part.columns[place] != "answers" {
        return BTreeSet::new();
    }
    part.rows.iter().filter_map(|row| answers(row[place].as_ref())).flat_map(|Answers(all)| all.into_keys()).collect()
}

fn answers(value: Option<&HeldValue>) -> Option<Answers> {
    match value {
        Some(HeldValue::Json(json)) => serde_json::from_value(json.clone()).ok(),
        _ => None,
    }
}

fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Text(words) | Answer::One(words) => harmless(words).into_owned(),
        Answer::Many(all) => harmless(&all.join("; ")).into_owned(),
        Answer::Yes(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Answer::Number(number) => number.to_string(),
    }
}

fn cell(value: &HeldValue, zone: Tz) -> String {
    match value {
        HeldValue::Words(words) => harmless(words).into_owned(),
        HeldValue::Number(number) => number.to_string(),
        HeldValue::When(at) => local(*at, zone),
        HeldValue::Json(Value::Null) => String::new(),
        HeldValue::Json(json) => harmless(&json.to_string()).into_owned(),
    }
}

fn local(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Writes the files into a new folder that only its owner reads.
fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)?;
    for (name, content) in files {
        std::fs::write(folder.join(name), content)?;
    }
    Ok(())
}
