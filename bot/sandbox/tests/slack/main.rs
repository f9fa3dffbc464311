//! Stories of a bot on the pretend Slack, told over the wire: HTTP and a web socket, no client library.

mod delivery;
mod journey;
mod messages;
mod recording;
mod refusals;
mod support;
