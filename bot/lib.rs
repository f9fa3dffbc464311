//! The bot that runs the PLSEP Mentorship Program in Discord or Slack. Modules in reading order: from what
//! any chat can do, over what people read, what is kept and what happens, to the platforms and the wiring.

pub mod chat;
pub mod clock;
pub mod download;
pub mod recovery;
pub mod sheet;
pub mod words;

pub mod store;

pub mod flows;

pub mod jobs;

pub mod cron_line;
pub mod schedule;

pub mod outbox;
pub mod reports;

pub mod config;
pub mod discord;
pub mod slack;

pub mod wiring;

pub mod cli;
