//! When each job of a season last ran: the due time of the run, not when the machine got round to it.
//!
//! Of each job the two latest runs are kept, the one before the newest under a name of its own. A clock that is put
//! back finds with it what was done before the moment to which it was put back.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::SeasonId;

use super::{Row, StoreError, Stored, Tx};

/// Behind the job's name where the run before the newest is kept.
const BEFORE: &str = ":before";

/// What people, and the programs that keep a machine's time, put a clock back by.
pub const PUT_BACK_MAX: TimeDelta = TimeDelta::days(1);

/// The runs of a job that are remembered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    newest: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
}

impl Runs {
    /// The last run, as far as it counts at `now`. One in the future does not count: a clock that was far ahead for a
    /// while and has been set right must not silence the job until then. If both are in the future by a little, the
    /// clock has been put back a little, and all that was due until the newest is done.
    #[must_use]
    pub fn last_at(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let past = [self.newest, self.before].into_iter().flatten().find(|at| *at <= now);
        past.or(self.newest.filter(|newest| *newest - now <= PUT_BACK_MAX))
    }

    /// What is remembered after one more run; nothing if it is remembered already.
    #[must_use]
    pub fn with(self, at: DateTime<Utc>) -> Option<Self> {
        match self.newest {
            _ if self.newest == Some(at) || self.before == Some(at) => None,
            Some(newest) if newest > at => Some(Self { newest: Some(newest), before: Some(at) }),
            newest => Some(Self { newest: Some(at), before: newest }),
        }
    }
}

/// One kept run.
struct Run {
    season: SeasonId,
    job: String,
    at: DateTime<Utc>,
}

impl Stored for Run {
    const WHAT: &'static str = "run";

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { season: row.id("season")?, job: row.text("job")?, at: row.at("last_run")? })
    }
}

fn gathered(rows: Vec<Run>) -> HashMap<(SeasonId, String), Runs> {
    let mut all: HashMap<(SeasonId, String), Runs> = HashMap::new();
    for Run { season, job, at } in rows {
        match job.strip_suffix(BEFORE) {
            Some(job) => all.entry((season, job.to_owned())).or_default().before = Some(at),
            None => all.entry((season, job)).or_default().newest = Some(at),
        }
    }
    all
}

impl Tx {
    /// The runs of every job of every season, by season and job; what never ran is not there.
    ///
    /// # Errors
    /// What the database says.
    pub async fn runs(&mut self) -> Result<HashMap<(SeasonId, String), Runs>, StoreError> {
        Ok(gathered(self.all("SELECT season, job, last_run FROM job_runs", []).await?))
    }

    /// The runs of one job.
    ///
    /// # Errors
    /// What the database says.
    pub async fn runs_of(&mut self, season: SeasonId, job: &str) -> Result<Runs, StoreError> {
        let sql = "SELECT season, job, last_run FROM job_runs WHERE season = $1 AND (job = $2 OR job = $3)";
        let rows = self.all(sql, [season.into(), job.into(), format!("{job}{BEFORE}").into()]).await?;
        Ok(gathered(rows).into_values().next().unwrap_or_default())
    }

    /// Remembers a run; `false` if it was remembered already, such as by another process.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown season, or what the database says.
    pub async fn record_run(&mut self, season: SeasonId, job: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let Some(Runs { newest, before }) = self.runs_of(season, job).await?.with(at) else { return Ok(false) };
        let sql = "INSERT INTO job_runs (season, job, last_run) VALUES ($1, $2, $3)
             ON CONFLICT (season, job) DO UPDATE SET last_run = excluded.last_run";
        for (job, at) in [(job.to_owned(), newest), (format!("{job}{BEFORE}"), before)] {
            if let Some(at) = at {
                self.run(sql, [season.into(), job.into(), at.into()]).await?;
            }
        }
        Ok(true)
    }
}
