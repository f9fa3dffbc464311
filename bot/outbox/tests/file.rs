//! A database in a file of its own, gone with the test.

use std::sync::atomic::{AtomicUsize, Ordering};

/// A database that outlives the processes that die over it, which one in memory does not: it ends with the connection
/// that a dying process takes along.
pub(super) struct TempFile(String);

impl TempFile {
    pub fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("plsep-outbox-{}-{number}.sqlite", std::process::id());
        let file = Self(std::env::temp_dir().join(name).display().to_string());
        file.remove();
        file
    }

    pub fn path(&self) -> &str {
        &self.0
    }

    fn remove(&self) {
        for beside in ["", "-wal", "-shm"] {
            // What is not there need not be removed.
            let _ = std::fs::remove_file(format!("{}{beside}", self.0));
        }
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        self.remove();
    }
}
