//! `backup`: a copy of the database while the bot serves. A database on a server has its own tool, which is named.

use std::path::{Path, PathBuf};

use super::Failed;
use crate::clock::Clock;
use crate::config::Config;
use crate::store;

/// Where the copy goes.
#[derive(clap::Args)]
pub(super) struct Options {
    /// The new file. One that is there already is left alone, and nothing is copied.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

pub(super) async fn run(config: &Config, options: &Options) -> Result<(), Failed> {
    let Some(file) = config.database.sqlite_file() else {
        return Err(Failed::Input(
            if config.database.in_memory() {
                "This database is in memory and ends with the program: there is nothing to copy."
            } else {
                "This database is on a PostgreSQL server, which copies it with its own tool, also while the bot serves:\n\
                 pg_dump --format=custom --file=plsep.dump followed by the address in DATABASE_URL.\n\
                 To restore, stop the bot and use pg_restore --clean --if-exists."
            }
            .to_owned(),
        ));
    };
    if !file.exists() {
        return Err(Failed::Input(format!("There is no database yet in {}.", file.display())));
    }
    let to = &options.to;
    if to.exists() {
        let there = format!("{} is there already. Name a new file, such as one with today's date.", to.display());
        return Err(Failed::Input(there));
    }
    // Under its own name only once it is whole.
    let part = beside(to);
    let _ = std::fs::remove_file(&part);
    let copied = store::copy_file(config.database.reveal(), &part, Clock::system().now()).await;
    let kept = match copied {
        Ok(()) => keep(&part, to).map_err(|error| Failed::Found(format!("{}: {error}", to.display()))),
        Err(error) => Err(error.into()),
    };
    if let Err(failed) = kept {
        let _ = std::fs::remove_file(&part);
        return Err(failed);
    }
    let bytes = std::fs::metadata(to).map_or(0, |about| about.len());
    println!("Copied to {} ({} kB), and looked through: it is whole.", to.display(), bytes.div_ceil(1024));
    println!("It holds what people told the bot. Keep it where nobody else reads it.");
    Ok(())
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// On the disk for certain, readable for its owner alone, then under its name.
fn keep(part: &Path, to: &Path) -> std::io::Result<()> {
    let file = std::fs::File::options().read(true).write(true).open(part)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    file.sync_all()?;
    std::fs::rename(part, to)
}
