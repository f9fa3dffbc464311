//! The sandbox's page, against a small chat in memory: its control API over HTTP, and the page itself in a
//! headless Chromium. Knows nothing of the pretend Discord or the pretend Slack.

mod api;
mod browser;
mod chromium;
mod fake;
