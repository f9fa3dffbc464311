//! Stories of a bot on the pretend Slack, told over the wire: HTTP and a web socket, no client library.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod delivery;
mod journey;
mod messages;
mod recording;
mod refusals;
mod rich;
mod support;
