//! The dates of the 2025 season, and the odd days of other zones.

use super::*;

/// PLSEP's 2025 season.
pub(crate) fn sample() -> Calendar {
    serde_json::from_str(
        r#"{
            "zone": "America/Los_Angeles",
            "applications_open": "2025-01-13 09:00",
            "applications_close": "2025-02-17 23:59",
            "agreements_due": "2025-03-01",
            "runs_from": "2025-03-01",
            "runs_until": "2025-06-30",
            "wrap_up_until": "2025-07-14"
        }"#,
    )
    .expect("the sample is a calendar")
}
