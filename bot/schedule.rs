//! Turns cron lines and dates into due jobs. "Due and not yet done" decides, never "it is now": what was missed
//! while the process was down is caught up once, and nothing is done twice.
//!
//! A job that fails rests for a while, longer each time, and holds up no other. A cron line that is changed while its
//! job is due counts from the change on: what the new line would have had done since the last run is due, once.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures_util::FutureExt;
use plsep_domain::{DateName, SeasonId};

use crate::clock::Clock;
use crate::cron_line::CronLine;
use crate::jobs::{Due, Fault, Job, Jobs};
use crate::recovery::{Way, took};
use crate::store::{PUT_BACK_MAX, Runs, Season, Store, StoreError};

/// How long a job rests after its first failure; doubles with each.
const REST_FIRST: TimeDelta = TimeDelta::seconds(5);

/// The longest rest: a database that comes back must not leave a round waiting for hours.
const REST_MAX: TimeDelta = TimeDelta::minutes(10);

/// A run that begins so long after it was due had been missed.
const CATCH_UP: TimeDelta = TimeDelta::minutes(5);

/// For how many minutes it is looked each minute how far a publication has come: 300 pairs on the slowest platform.
const MINUTES_LOOKED: i64 = 20;

/// For how many hours it is looked each hour after that. What was published at night waits for the morning, and what
/// fails for good is given up within this.
const HOURS_LOOKED: i64 = 48;

/// Cron lines that are kept parsed; far more than seasons have.
const LINES_KEPT: usize = 256;

/// Runs jobs when they are due.
pub struct Schedule {
    store: Store,
    jobs: Jobs,
    clock: Clock,
    lines: Mutex<HashMap<String, Option<Arc<CronLine>>>>,
    resting: Mutex<HashMap<(SeasonId, Job), Rest>>,
}

/// A job that failed.
#[derive(Clone, Copy)]
struct Rest {
    failures: u32,
    until: DateTime<Utc>,
}

/// A job that is due.
struct Run {
    season: SeasonId,
    job: Job,
    fired_at: DateTime<Utc>,
}

impl Schedule {
    /// A schedule over these seasons' jobs.
    #[must_use]
    pub fn new(store: Store, jobs: Jobs, clock: Clock) -> Self {
        Self { store, jobs, clock, lines: Mutex::default(), resting: Mutex::default() }
    }

    /// Runs every job that is due and not yet done. Returns how many ran. A job that fails is logged and due again
    /// after a rest.
    ///
    /// # Errors
    /// The database, when it does not even say what is due.
    pub async fn run_due(&self) -> Result<usize, StoreError> {
        let mut done = 0;
        for run in self.due().await? {
            let Run { season, job, fired_at } = run;
            match AssertUnwindSafe(self.carry_out(&run)).catch_unwind().await {
                Ok(Ok(())) => {
                    self.resting().remove(&(season, job));
                    done += 1;
                }
                Ok(Err(fault)) => {
                    tracing::error!(%season, job = job.key(), %fired_at, %fault, "a job failed; it is tried again");
                    self.rest(season, job);
                }
                Err(_) => {
                    tracing::error!(%season, job = job.key(), %fired_at, "a job panicked; it is tried again");
                    self.rest(season, job);
                }
            }
        }
        Ok(done)
    }

    /// The job first, then the mark: a job is idempotent by its keys, so a death in between repeats nothing that anybody
    /// sees, while a mark set first would skip the run for ever.
    async fn carry_out(&self, run: &Run) -> Result<(), Fault> {
        if self.clock.now() - run.fired_at > CATCH_UP {
            took(Way::RunCaughtUp);
        }
        self.jobs.run(run.job, run.season, run.fired_at).await?;
        let mut tx = self.store.write().await?;
        tx.record_run(run.season, run.job.key(), run.fired_at).await?;
        Ok(tx.commit().await?)
    }

    /// What is due now, from one look at the database. The reading ends before anything is written: a database in memory
    /// has one connection for both.
    async fn due(&self) -> Result<Vec<Run>, StoreError> {
        let now = self.clock.now();
        let mut runs = Vec::new();
        for (season, job, plan, ran) in self.plans().await? {
            let due = plan.due(ran, now).filter(|_| self.rests_until(season, job, now).is_none());
            runs.extend(due.map(|fired_at| Run { season, job, fired_at }));
        }
        Ok(runs)
    }

    /// When each job is due next, for a clock that jumps there.
    ///
    /// # Errors
    /// The database.
    pub async fn upcoming(&self) -> Result<Vec<(DateTime<Utc>, Job)>, StoreError> {
        let now = self.clock.now();
        let plans = self.plans().await?.into_iter();
        Ok(plans
            .filter_map(|(season, job, plan, ran)| {
                let at = plan.upcoming(ran, now).filter(|at| plan.over_at.is_none_or(|over| *at < over))?;
                Some((self.rests_until(season, job, now).map_or(at, |until| at.max(until)), job))
            })
            .collect())
    }

    /// Every job of every season with what is remembered of its runs.
    async fn plans(&self) -> Result<Vec<(SeasonId, Job, Plan, Runs)>, StoreError> {
        let mut tx = self.store.read().await?;
        let seasons = tx.seasons().await?;
        let mut runs = tx.runs().await?;
        let publications = tx.publications().await?;
        let announcements = tx.announcements_going_out().await?;
        let imports: HashMap<SeasonId, DateTime<Utc>> = tx.long_imports_since().await?.into_iter().collect();
        let controls = tx.nudge_controls().await?;
        let meetings: HashMap<SeasonId, DateTime<Utc>> = tx.next_meeting_moments().await?.into_iter().collect();
        let agreed: HashMap<SeasonId, DateTime<Utc>> = tx.next_agreed_ends().await?.into_iter().collect();
        drop(tx);
        let mut all = Vec::new();
        for season in &seasons {
            // It goes on also where the clock was put back since it began.
            let importing = imports.get(&season.id).map(|since| self.clock.now().min(*since));
            let told_at = meetings.get(&season.id).copied();
            // Where the season itself lasts longer, its end is theirs.
            let run_ends = season.program.calendar.instant(DateName::RunsUntil);
            let agreed_end = agreed.get(&season.id).map(|at| run_ends.max(*at));
            let published = publications.iter().filter(|it| it.season == season.id).map(|it| it.at);
            let announced = announcements.iter().filter(|it| it.season == season.id).map(|it| it.since);
            let begun = published.chain(announced).max();
            let control = controls.get(&season.id).copied().unwrap_or_default();
            let rests = |job: &Job| control.paused_at.is_some() && job.asks_about_the_month();
            for job in Job::ALL.into_iter().filter(|job| !rests(job)) {
                let ran = runs.remove(&(season.id, job.key().to_owned())).unwrap_or_default();
                all.extend(
                    self.plan(season, job, Moments { begun, importing, told_at, agreed_end, ask_at: control.ask_at })
                        .map(|plan| (season.id, job, plan, ran)),
                );
            }
        }
        Ok(all)
    }

    fn plan(&self, season: &Season, job: Job, moments: Moments) -> Option<Plan> {
        let Moments { begun, importing, told_at, agreed_end, ask_at } = moments;
        let when = match job.due(&season.program) {
            Due::Cron(line) => When::Cron(self.line(line)?),
            Due::Once(at) => When::Once(at),
            Due::WhileUnderWay => When::From(begun?),
            Due::Importing => When::Open(importing?),
            Due::Meetings => When::Open(told_at?),
            Due::Agreed => When::Open(agreed_end?),
            Due::WhenAsked => When::Once(ask_at?),
        };
        // Once no pair goes on there is nobody to ask.
        let run_ends = season.program.calendar.instant(DateName::RunsUntil);
        let over_at = Some(run_ends).filter(|_| job.asks_about_the_month() && agreed_end.is_none());
        Some(Plan { when, zone: season.program.calendar.zone(), created_at: season.created_at, over_at })
    }

    /// A line, parsed once. One that cannot be read is said once, not at each look.
    fn line(&self, line: String) -> Option<Arc<CronLine>> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() >= LINES_KEPT {
            lines.clear();
        }
        let parsed = lines.entry(line).or_insert_with_key(|line| {
            CronLine::parse(line)
                .inspect_err(|fault| tracing::error!(line, %fault, "a cron line cannot be read; its job does not run"))
                .ok()
                .map(Arc::new)
        });
        parsed.clone()
    }

    fn resting(&self) -> std::sync::MutexGuard<'_, HashMap<(SeasonId, Job), Rest>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rest(&self, season: SeasonId, job: Job) {
        let now = self.clock.now();
        let mut resting = self.resting();
        let rest = resting.entry((season, job)).or_insert(Rest { failures: 0, until: now });
        rest.until = now + (REST_FIRST * 2_i32.pow(rest.failures.min(16))).min(REST_MAX);
        rest.failures += 1;
    }

    /// Until when a job that failed is left alone; nothing if it may be tried. A clock that was put back meanwhile
    /// does not prolong the rest.
    fn rests_until(&self, season: SeasonId, job: Job, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let until = self.resting().get(&(season, job))?.until;
        (now < until && until - now <= REST_MAX).then_some(until)
    }
}

/// What the database says of when something is due in a season.
#[derive(Clone, Copy)]
struct Moments {
    /// When the publication, or announcement, that is under way was begun.
    begun: Option<DateTime<Utc>>,
    /// Since when a long list of participants is being taken in.
    importing: Option<DateTime<Utc>>,
    /// When something is to be said of a meeting next.
    told_at: Option<DateTime<Utc>>,
    /// When a pair comes to its end next that goes on after the season's.
    agreed_end: Option<DateTime<Utc>>,
    /// When a coordinator wanted the month's question asked at once.
    ask_at: Option<DateTime<Utc>>,
}

/// When a job of a season is due.
#[derive(Clone, Debug)]
struct Plan {
    when: When,
    zone: Tz,
    created_at: DateTime<Utc>,
    /// When there is nothing more to do for it, so that nobody waits for it; a run that was missed is found all the same.
    over_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug)]
enum When {
    Cron(Arc<CronLine>),
    Once(DateTime<Utc>),
    /// Every now and then from this instant on.
    From(DateTime<Utc>),
    /// At this instant, and until it is done: that it is done stands with what it is about, not with the runs.
    Open(DateTime<Utc>),
}

impl Plan {
    /// The latest moment at which the job was due and has not been done. Earlier missed moments are not made up for:
    /// one question about this month is enough.
    fn due(&self, ran: Runs, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let fired_at = match &self.when {
            When::Open(at) => return Some(*at).filter(|at| *at <= now),
            When::Cron(line) => line.last_at_or_before(now, self.zone)?,
            When::Once(at) => Some(*at).filter(|at| *at <= now)?,
            When::From(since) => looks(*since).take_while(|at| *at <= now).last()?,
        };
        let open = match ran.last_at(now) {
            Some(last) => fired_at > last,
            // What was due before the season was set up here concerns nobody. A season that seems to be of the far
            // future was set up while the clock was wrong; when, nobody knows.
            None => self.created_at - now > PUT_BACK_MAX || fired_at >= self.created_at,
        };
        open.then_some(fired_at)
    }

    /// When the job is due next.
    fn upcoming(&self, ran: Runs, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.due(ran, now).is_some() {
            return Some(now);
        }
        match &self.when {
            When::Cron(line) => line.next_after(now, self.zone),
            When::Once(at) | When::Open(at) => Some(*at).filter(|at| *at > now),
            When::From(since) => looks(*since).find(|at| *at > now),
        }
    }
}

/// When it is looked how far something has come that began at `since`: each minute, then each hour, for two days. So
/// often, at most, a message about it changes.
fn looks(since: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
    let minutes = (1..=MINUTES_LOOKED).map(TimeDelta::minutes);
    let hours = (1..=HOURS_LOOKED).map(TimeDelta::hours).skip_while(|it| *it <= TimeDelta::minutes(MINUTES_LOOKED));
    minutes.chain(hours).map(move |after| since + after)
}

#[cfg(test)]
mod tests;
