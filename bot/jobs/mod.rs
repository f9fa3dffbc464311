//! What happens because time has passed: one file per job, each handing over to a flow.

mod close_agreed;
mod close_pairs;
mod digest;
mod housekeeping;
mod meetings;
mod nudge;
mod progress;
mod remind;
mod roster_import;
mod survey_reminder;

use chrono::{DateTime, Utc};
use plsep_domain::{DateName, Program, SeasonId};

use std::sync::Arc;

use crate::flows::{Flows, NUDGE_JOB};

pub use crate::flows::Fault;

/// Everything that happens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Job {
    /// The month's question to every pair that has not met.
    Nudge,
    /// The question again to pairs that said "not yet".
    NudgeAgain,
    /// The month's question now, because a coordinator said so.
    NudgeNow,
    /// The end of the run: farewells, and the pairs' places are closed.
    ClosePairs,
    /// The end of pairs that went on after it.
    CloseAgreed,
    /// The closing survey, mentioned once more to whoever has not answered it.
    SurveyReminder,
    /// How far the opening of the pairs' places, and an announcement, has come is told to the coordinators.
    Progress,
    /// A long list of participants is taken in further.
    RosterImport,
    /// People are reminded of what is due, and the roster is looked at again for those it did not know.
    Remind,
    /// Reminders of meetings, and the question whether they took place.
    Meetings,
    /// The coordinators' weekly digest.
    Digest,
    /// What is kept only for a while is forgotten.
    Housekeeping,
}

/// When a job is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// By a cron line in the program's zone.
    Cron(String),
    /// Once, at this instant.
    Once(DateTime<Utc>),
    /// While a publication or an announcement is under way, less often the longer it takes.
    WhileUnderWay,
    /// While a long list of participants is being taken in.
    Importing,
    /// When something is to be said of a meeting.
    Meetings,
    /// When a pair comes to its end that goes on after the season's.
    Agreed,
    /// Once, at the instant at which a coordinator said so.
    WhenAsked,
}

impl Job {
    /// Every job, in the order in which those of one instant run.
    pub const ALL: [Self; 12] = [
        Self::Nudge,
        Self::NudgeAgain,
        Self::NudgeNow,
        Self::ClosePairs,
        Self::CloseAgreed,
        Self::SurveyReminder,
        Self::Progress,
        Self::RosterImport,
        Self::Remind,
        Self::Meetings,
        Self::Digest,
        Self::Housekeeping,
    ];

    /// Under which name its last run is kept.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Nudge => NUDGE_JOB,
            Self::NudgeAgain => "nudge-again",
            Self::NudgeNow => "nudge-now",
            Self::ClosePairs => "close-pairs",
            Self::CloseAgreed => "close-agreed",
            Self::SurveyReminder => "survey-reminder",
            Self::Progress => "progress",
            Self::RosterImport => "roster-import",
            Self::Remind => "remind",
            Self::Meetings => "meetings",
            Self::Digest => "digest",
            Self::Housekeeping => "housekeeping",
        }
    }

    /// Whether it asks about the month, and rests while that pauses.
    #[must_use]
    pub const fn asks_about_the_month(self) -> bool {
        matches!(self, Self::Nudge | Self::NudgeAgain | Self::NudgeNow)
    }

    /// When it is due in a season.
    #[must_use]
    pub fn due(self, program: &Program) -> Due {
        match self {
            Self::Nudge => Due::Cron(program.nudge.cron.clone()),
            // Every day at the hour from which people may be written to; the flow asks only who is due.
            Self::NudgeAgain | Self::Remind => {
                Due::Cron(program.nudge.civil_hours.from.format("%-M %-H * * *").to_string())
            }
            Self::Digest => Due::Cron(program.watch.digest_cron.clone()),
            // Weekly is often enough for what is kept a week.
            Self::Housekeeping => Due::Cron("30 4 * * SUN".to_owned()),
            Self::NudgeNow => Due::WhenAsked,
            Self::Meetings => Due::Meetings,
            Self::CloseAgreed => Due::Agreed,
            Self::Progress => Due::WhileUnderWay,
            Self::RosterImport => Due::Importing,
            Self::ClosePairs => Due::Once(program.calendar.instant(DateName::RunsUntil)),
            Self::SurveyReminder => Due::Once(program.calendar.survey_reminder()),
        }
    }
}

/// Carries jobs out.
pub struct Jobs(Arc<Flows>);

impl Jobs {
    /// Jobs over these flows.
    #[must_use]
    pub fn new(flows: Arc<Flows>) -> Self {
        Self(flows)
    }

    /// Runs one for a season. `fired_at` is when it was due, which may be long ago.
    ///
    /// # Errors
    /// The database; it is due again then.
    pub async fn run(&self, job: Job, season: SeasonId, fired_at: DateTime<Utc>) -> Result<(), Fault> {
        let flows = &*self.0;
        match job {
            Job::Nudge => nudge::first(flows, season, fired_at).await,
            Job::NudgeAgain => nudge::again(flows, season, fired_at).await,
            Job::NudgeNow => nudge::now(flows, season, fired_at).await,
            Job::ClosePairs => close_pairs::run(flows, season).await,
            Job::CloseAgreed => close_agreed::run(flows, season).await,
            Job::SurveyReminder => survey_reminder::run(flows, season).await,
            Job::Progress => progress::run(flows, season).await,
            Job::RosterImport => roster_import::run(flows, season).await,
            Job::Remind => remind::run(flows, season).await,
            Job::Meetings => meetings::run(flows, season).await,
            Job::Digest => digest::run(flows, season, fired_at).await,
            Job::Housekeeping => housekeeping::run(flows).await,
        }
    }
}
