//! Keeps the database from growing with what nobody needs any more.

use chrono::TimeDelta;

use super::{Fault, Flows};

/// Forgets which events older than `kept` were acted on. Returns how many.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn forget_events(flows: &Flows, kept: TimeDelta) -> Result<u64, Fault> {
    let before = flows.clock.now() - kept;
    let mut tx = flows.store().write().await?;
    let forgotten = tx.prune_inbox(before).await?;
    tx.commit().await?;
    Ok(forgotten)
}

/// Forgets what was read of lists of participants handed in longer ago than `kept`, and with it the way back. Returns how
/// many.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn forget_lists(flows: &Flows, kept: TimeDelta) -> Result<u64, Fault> {
    let before = flows.clock.now() - kept;
    let mut tx = flows.store().write().await?;
    let forgotten = tx.forget_roster_imports(before).await?;
    tx.commit().await?;
    Ok(forgotten)
}

/// Forgets announcements whose question was asked longer ago than `kept` and never answered. Returns how many.
///
/// # Errors
/// The database; nothing has happened then.
pub async fn forget_announcements(flows: &Flows, kept: TimeDelta) -> Result<u64, Fault> {
    let before = flows.clock.now() - kept;
    let mut tx = flows.store().write().await?;
    let forgotten = tx.forget_announcements(before).await?;
    tx.commit().await?;
    Ok(forgotten)
}
