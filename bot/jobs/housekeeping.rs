//! Forgets what is kept only for a while.

use chrono::TimeDelta;

use crate::flows::{Fault, Flows, housekeeping};

/// How long it is known which events were acted on: far longer than any platform delivers one again.
const EVENTS_KEPT: TimeDelta = TimeDelta::days(7);

pub(super) async fn run(flows: &Flows) -> Result<(), Fault> {
    let forgotten = housekeeping::forget_events(flows, EVENTS_KEPT).await?;
    tracing::info!(forgotten, "forgot events of long ago");
    Ok(())
}
