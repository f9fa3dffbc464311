//! The ways back after something went wrong, by name. Whoever takes one says so here: operators read it in the log, and
//! a rehearsal counts it, because a way that was never taken is a way that was never tried. It decides nothing.

/// The target under which ways are logged.
pub const TARGET: &str = "plsep_bot::recovery";

/// A way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// An effect whose fate was unknown was found to be there, and was adopted: a message.
    MessageAdopted,
    /// The same for a place.
    PlaceAdopted,
    /// A place that was found lacked something, which it was given.
    PlaceMended,
    /// A name was taken already: by the bot itself, in an attempt nobody remembered.
    NameTaken,
    /// An effect went on where an earlier attempt had kept its steps.
    StepsResumed,
    /// An effect was looked for, was not there, and was done anew.
    DoneAnew,
    /// An attempt failed in passing and was put off.
    PutOff,
    /// A platform asked for a pause and got it.
    PauseKept,
    /// The budget was used up, so the platform was not even asked.
    BudgetKept,
    /// An effect was given up, and the coordinators were told.
    GivenUp,
    /// Another process had taken an effect over; the report of the first one counted for nothing.
    LeaseLost,
    /// An effect was not wanted any more when its time came.
    Outdated,
    /// An effect came due outside the reader's civil hours and waited for them.
    CivilWait,
    /// An event came a second time and was answered as before.
    AnsweredAgain,
    /// What an event did was taken back together with what another one did; it was taken up anew.
    BegunAnew,
    /// An answer did not come in time and was put off with a word.
    AnswerLate,
    /// The first answer to an interaction did not get through, and was tried again.
    AnswerRetried,
    /// The connection through which events come was lost and opened again.
    Reconnected,
    /// A run of a job was missed and made good.
    RunCaughtUp,
    /// A process took the receiving of events over from another.
    ReceivingTakenOver,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 20] = [
        Self::MessageAdopted,
        Self::PlaceAdopted,
        Self::PlaceMended,
        Self::NameTaken,
        Self::StepsResumed,
        Self::DoneAnew,
        Self::PutOff,
        Self::PauseKept,
        Self::BudgetKept,
        Self::GivenUp,
        Self::LeaseLost,
        Self::Outdated,
        Self::CivilWait,
        Self::AnsweredAgain,
        Self::BegunAnew,
        Self::AnswerLate,
        Self::AnswerRetried,
        Self::Reconnected,
        Self::RunCaughtUp,
        Self::ReceivingTakenOver,
    ];

    /// Its name in logs and reports.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::MessageAdopted => "message adopted",
            Self::PlaceAdopted => "place adopted",
            Self::PlaceMended => "place mended",
            Self::NameTaken => "name taken by us",
            Self::StepsResumed => "steps resumed",
            Self::DoneAnew => "done anew",
            Self::PutOff => "put off",
            Self::PauseKept => "pause kept",
            Self::BudgetKept => "budget kept",
            Self::GivenUp => "given up",
            Self::LeaseLost => "lease lost",
            Self::Outdated => "outdated",
            Self::CivilWait => "civil wait",
            Self::AnsweredAgain => "answered again",
            Self::BegunAnew => "begun anew",
            Self::AnswerLate => "answer late",
            Self::AnswerRetried => "answer retried",
            Self::Reconnected => "reconnected",
            Self::RunCaughtUp => "run caught up",
            Self::ReceivingTakenOver => "receiving taken over",
        }
    }
}

/// Says that a way was taken.
pub fn took(way: Way) {
    tracing::debug!(target: TARGET, way = way.key());
}
