//! Waiting for the world's clock, whether it stands still, flows or jumps. The only place of the pretend
//! Slack where time passing wakes something up.

use std::time::Duration;

use crate::clock::SandboxClock;

/// Returns once the world's clock shows `at_ms` or later.
pub async fn until_world(clock: &SandboxClock, at_ms: i64) {
    let mut jumps = clock.jumps();
    loop {
        let before = clock.now_ms();
        if before >= at_ms {
            return;
        }
        // A still clock never arrives by waiting; the time-out only makes a flowing one be looked at again.
        let wait = Duration::from_millis(u64::try_from(at_ms - before).unwrap_or(0).clamp(1, 1000));
        match tokio::time::timeout(wait, jumps.changed()).await {
            Ok(Ok(())) | Err(_) => {}
            Ok(Err(_)) => return,
        }
    }
}
