//! What can go wrong in a storm, by name.

/// What can go wrong. Each kind is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Ill {
    /// The connection breaks before the platform has done anything.
    CutBefore,
    /// The connection breaks after the platform has done it.
    CutAfter,
    /// An error of the platform's servers, with nothing done.
    ErrorBefore,
    /// An error of the platform's servers, although it is done.
    ErrorAfter,
    /// "Slow down", with a time to wait.
    TooMany,
    /// An answer that is none.
    Garbled,
    /// No answer at all, although it is done.
    Silence,
    /// No answer; it is done some seconds later, when nobody expects it any more.
    Late,
    /// The bot's process dies before the platform has done it.
    DieBefore,
    /// The bot's process dies after the platform has done it, before it could hear so.
    DieAfter,
    /// The bot's process dies between two steps.
    DieIdle,
    /// The bot stays away for hours or days.
    Absence,
    /// A platform fails altogether for a while.
    Outage,
    /// The database is busy.
    Busy,
    /// The database commits, and the connection breaks before it says so.
    CommitLost,
    /// The database is slow for longer than a person may wait.
    Slow,
    /// A process stalls until its leases are another one's.
    Stall,
    /// Somebody lets the bot write to them no more.
    DoorShut,
    /// Somebody takes the bot's right to write in a pair's place.
    Barred,
    /// A list of conversations lacks the newest.
    Behind,
    /// What a process died over is delivered to the next one.
    Again,
    /// Every socket breaks.
    SocketDropped,
    /// Every socket is closed with a code.
    SocketClosed,
    /// The platform asks to connect anew.
    Reconnect,
    /// The session is void.
    SessionVoid,
    /// What people do is delivered twice.
    Twice,
    /// The bot's clock jumps ahead.
    ClockAhead,
    /// The bot's clock is set back.
    ClockBack,
}

impl Ill {
    /// Every kind, in the order of the report.
    pub const ALL: [Self; 28] = [
        Self::CutBefore,
        Self::CutAfter,
        Self::ErrorBefore,
        Self::ErrorAfter,
        Self::TooMany,
        Self::Garbled,
        Self::Silence,
        Self::Late,
        Self::DieBefore,
        Self::DieAfter,
        Self::DieIdle,
        Self::Absence,
        Self::Outage,
        Self::Busy,
        Self::CommitLost,
        Self::Slow,
        Self::Stall,
        Self::DoorShut,
        Self::Barred,
        Self::Behind,
        Self::Again,
        Self::SocketDropped,
        Self::SocketClosed,
        Self::Reconnect,
        Self::SessionVoid,
        Self::Twice,
        Self::ClockAhead,
        Self::ClockBack,
    ];

    /// Its name in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::CutBefore => "cut before",
            Self::CutAfter => "cut after",
            Self::ErrorBefore => "5xx before",
            Self::ErrorAfter => "5xx after",
            Self::TooMany => "429",
            Self::Garbled => "garbled answer",
            Self::Silence => "no answer",
            Self::Late => "done late",
            Self::DieBefore => "death before",
            Self::DieAfter => "death after",
            Self::DieIdle => "death between",
            Self::Absence => "long absence",
            Self::Outage => "outage",
            Self::Busy => "database busy",
            Self::CommitLost => "commit unheard",
            Self::Slow => "database slow",
            Self::Stall => "process stalled",
            Self::DoorShut => "not let in",
            Self::Barred => "not allowed to write",
            Self::Behind => "list behind",
            Self::Again => "delivered after a death",
            Self::SocketDropped => "socket dropped",
            Self::SocketClosed => "socket closed",
            Self::Reconnect => "asked to reconnect",
            Self::SessionVoid => "session void",
            Self::Twice => "delivered twice",
            Self::ClockAhead => "clock ahead",
            Self::ClockBack => "clock set back",
        }
    }
}
