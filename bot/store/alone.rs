//! One process for a database in a file: a lock of the operating system on a file beside it.
//!
//! The system takes the lock back however the process ends, so nothing is left to clean up; the empty lock file stays
//! and means nothing by itself. A server shares itself out and a database in memory has no second process: neither is
//! locked.

use std::{
    fs::{File, TryLockError},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use super::StoreError;

/// The lock of one store.
#[derive(Debug)]
pub(super) struct Alone {
    /// The database's file, if it has one.
    database: Option<PathBuf>,
    held: Mutex<Option<File>>,
}

impl Alone {
    /// For a database that several processes may use, or that no other can reach.
    pub(super) fn never() -> Self {
        Self { database: None, held: Mutex::new(None) }
    }

    /// For the database in this file.
    pub(super) fn beside(database: PathBuf) -> Self {
        Self { database: Some(database), held: Mutex::new(None) }
    }

    /// Takes the lock, unless it is ours already.
    pub(super) fn claim(&self) -> Result<(), StoreError> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(database), None) = (&self.database, &*held) else { return Ok(()) };
        // One file has one name here, however it is reached.
        let database = database.canonicalize().unwrap_or_else(|_| database.clone());
        let path = database.display().to_string();
        let mut lock = database.into_os_string();
        lock.push(".lock");
        let unusable = |error: std::io::Error| StoreError::File {
            path: PathBuf::from(&lock).display().to_string(),
            what: error.to_string(),
        };
        let file = File::options().create(true).append(true).open(&lock).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => *held = Some(file),
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse { path }),
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
        Ok(())
    }

    /// Gives the lock back.
    pub(super) fn release(&self) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
