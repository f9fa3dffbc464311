//! When each job of a season last ran: the due time of the run, not when the machine got round to it.

use chrono::{DateTime, Utc};
use plsep_domain::SeasonId;

use super::{Row, StoreError, Stored, Tx};

/// The last run of a job.
struct LastRun(DateTime<Utc>);

impl Stored for LastRun {
    const WHAT: &'static str = "run";

    fn read(row: &Row) -> Result<Self, StoreError> {
        row.at("last_run").map(Self)
    }
}

impl Tx {
    /// When the job last ran, if it ever did.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_run(&mut self, season: SeasonId, job: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
        let sql = "SELECT last_run FROM job_runs WHERE season = $1 AND job = $2";
        let found: Option<LastRun> = self.maybe(sql, [season.into(), job.into()]).await?;
        Ok(found.map(|LastRun(at)| at))
    }

    /// Remembers a run, if the last one is still the one the caller read; `false` if somebody else ran the
    /// job meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Stray`] for an unknown season, or what the database says.
    pub async fn advance_run(
        &mut self,
        season: SeasonId,
        job: &str,
        from: Option<DateTime<Utc>>,
        to: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        match from {
            None => {
                let sql = "INSERT INTO job_runs (season, job, last_run) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
                self.changed(sql, [season.into(), job.into(), to.into()]).await
            }
            Some(from) => {
                let sql = "UPDATE job_runs SET last_run = $4 WHERE season = $1 AND job = $2 AND last_run = $3";
                self.changed(sql, [season.into(), job.into(), from.into(), to.into()]).await
            }
        }
    }
}
