//! The pretend Slack.
