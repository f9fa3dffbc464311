//! A pretend Discord and a pretend Slack on loopback, for rehearsals, tests and the page.
//!
//! Written from the vendors' documents alone: it imports nothing of the bot and no client library of
//! either platform, so that a bot which the real platforms would refuse is refused here as well. It
//! never talks to anything but loopback.

pub mod actor;
mod answers;
pub mod clock;
pub mod discord;
pub mod faults;
pub mod limits;
pub mod page;
pub mod person;
pub mod record;
pub mod slack;
pub mod world;

pub use actor::Actor;
pub use clock::SandboxClock;
pub use faults::{Fault, FaultKind, Faults};
pub use limits::{LimitUse, LimitUses};
pub use person::{Acted, Action, CannotAct, Control, FieldKind, FieldSeen, FormSeen, Place, Platform, Seen};
pub use record::Recorder;
pub use world::{NewResident, Resident};
