//! Turns cron lines and dates into due jobs. "Due and not yet done" decides, never "it is now": what was missed
//! while the process was down is caught up once, and nothing is done twice.

use chrono::{DateTime, Utc};

use plsep_domain::SeasonId;

use crate::clock::Clock;
use crate::cron_line::CronLine;
use crate::jobs::{Due, Fault, Job, Jobs};
use crate::store::{Season, Store, StoreError};

/// Runs jobs when they are due.
pub struct Schedule {
    store: Store,
    jobs: Jobs,
    clock: Clock,
}

impl Schedule {
    /// A schedule over these seasons' jobs.
    #[must_use]
    pub fn new(store: Store, jobs: Jobs, clock: Clock) -> Self {
        Self { store, jobs, clock }
    }

    /// Runs every job that is due and not yet done. Returns how many ran.
    ///
    /// # Errors
    /// The database, or a job; the job is due again then.
    pub async fn run_due(&self) -> Result<usize, Fault> {
        let due = self.due().await?;
        for Run { season, job, last, fired_at } in &due {
            // The job first, then the mark: a job is idempotent by its keys, so a death in between repeats nothing that
            // anybody sees, while a mark set first would skip the run for ever.
            self.jobs.run(*job, *season, *fired_at).await?;
            let mut tx = self.store.write().await?;
            tx.advance_run(*season, job.key(), *last, *fired_at).await?;
            tx.commit().await?;
        }
        Ok(due.len())
    }

    /// What is due now, from one look at the database. The reading ends before anything is written: a database in memory
    /// has one connection for both.
    async fn due(&self) -> Result<Vec<Run>, StoreError> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let mut runs = Vec::new();
        for season in tx.seasons().await? {
            for job in Job::ALL {
                let last = tx.last_run(season.id, job.key()).await?;
                let fired_at = due(&season, job, last, now);
                runs.extend(fired_at.map(|fired_at| Run { season: season.id, job, last, fired_at }));
            }
        }
        Ok(runs)
    }

    /// When each job is due next, for a clock that jumps there.
    ///
    /// # Errors
    /// The database.
    pub async fn upcoming(&self) -> Result<Vec<(DateTime<Utc>, Job)>, StoreError> {
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let mut all = Vec::new();
        for season in tx.seasons().await? {
            for job in Job::ALL {
                let last = tx.last_run(season.id, job.key()).await?;
                all.extend(upcoming(&season, job, last, now).map(|at| (at, job)));
            }
        }
        Ok(all)
    }
}

/// A job that is due.
struct Run {
    season: SeasonId,
    job: Job,
    last: Option<DateTime<Utc>>,
    fired_at: DateTime<Utc>,
}

/// The latest moment at which the job was due and has not been done. Earlier missed moments are not made up for:
/// one question about this month is enough.
fn due(season: &Season, job: Job, last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let fired_at = match job.due(&season.program) {
        Due::Cron(line) => cron(&line)?.last_at_or_before(now, season.program.calendar.zone())?,
        Due::Once(at) => Some(at).filter(|at| *at <= now)?,
    };
    // What was due before the season was set up here concerns nobody.
    let since = last.unwrap_or(season.created_at);
    (fired_at > since || (last.is_none() && fired_at == since)).then_some(fired_at)
}

/// When the job is due next.
fn upcoming(season: &Season, job: Job, last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if due(season, job, last, now).is_some() {
        return Some(now);
    }
    match job.due(&season.program) {
        Due::Cron(line) => cron(&line)?.next_after(now, season.program.calendar.zone()),
        Due::Once(at) => Some(at).filter(|at| *at > now),
    }
}

fn cron(line: &str) -> Option<CronLine> {
    CronLine::parse(line)
        .inspect_err(|fault| tracing::error!(line, %fault, "a cron line cannot be read; its job does not run"))
        .ok()
}
