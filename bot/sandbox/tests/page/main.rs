//! The sandbox's page, against a small chat in memory: its control API over HTTP, and the page itself in a
//! headless Chromium. Knows nothing of the pretend Discord or the pretend Slack.

#![expect(clippy::unwrap_used, reason = "a test ends at the first thing that is not as it should be")]

mod api;
mod browser;
mod chromium;
mod fake;
