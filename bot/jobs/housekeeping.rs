//! Forgets what is kept only for a while.

use chrono::TimeDelta;

use crate::flows::{Fault, Flows, housekeeping};

/// How long it is known which events were acted on: far longer than any platform delivers one again.
const EVENTS_KEPT: TimeDelta = TimeDelta::days(7);

/// How long a list of participants that was handed in can be taken back at least. Its question is closed long before.
const LISTS_KEPT: TimeDelta = TimeDelta::days(2);

/// How long the words of an announcement are kept whose question nobody answers. The question is closed long before.
const ANNOUNCEMENTS_KEPT: TimeDelta = TimeDelta::days(1);

pub(super) async fn run(flows: &Flows) -> Result<(), Fault> {
    let forgotten = housekeeping::forget_events(flows, EVENTS_KEPT).await?;
    let lists = housekeeping::forget_lists(flows, LISTS_KEPT).await?;
    housekeeping::forget_announcements(flows, ANNOUNCEMENTS_KEPT).await?;
    tracing::info!(forgotten, lists, "forgot events and lists of long ago");
    Ok(())
}
