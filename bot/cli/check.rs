//! `check`: finds what is wrong with the configuration without touching a platform or changing anything.

use super::Failed;
use crate::config::{self, Config};

pub(super) async fn run(config: &Config) -> Result<(), Failed> {
    let mut faults = config::faults(config);
    if let Some(fault) = database(config).await {
        faults.push(fault);
    }
    if faults.is_empty() {
        println!("Nothing is wrong with the configuration.");
        return Ok(());
    }
    for fault in &faults {
        println!("- {fault}");
    }
    Err(Failed::Found(match faults.len() {
        1 => "One thing needs mending.".to_owned(),
        count => format!("{count} things need mending."),
    }))
}

/// Whether the database can be used. A file that is not there yet is made at the first start, so only its folder counts.
async fn database(config: &Config) -> Option<String> {
    if let Some(file) = config.database.sqlite_file().filter(|file| !file.exists()) {
        let folder = file.ancestors().skip(1).find(|folder| folder.as_os_str().is_empty() || folder.exists())?;
        let here = if folder.as_os_str().is_empty() { std::path::Path::new(".") } else { folder };
        let read_only = here.metadata().is_ok_and(|about| !about.is_dir() || about.permissions().readonly());
        return read_only
            .then(|| format!("The database cannot be made in {}: the folder cannot be written to.", here.display()));
    }
    match crate::store::Store::connect(config.database.reveal()).await {
        Ok(store) => {
            store.close().await;
            None
        }
        Err(error) => Some(error.to_string()),
    }
}
