//! What is wrong with a configuration, in sentences. It never repeats a value that may be secret.

use std::fmt;

/// One or more faults, each a sentence that says where, what was expected and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// At least one.
    faults: Vec<String>,
}

impl ConfigError {
    /// One fault.
    #[must_use]
    pub(super) fn one(fault: impl Into<String>) -> Self {
        Self { faults: vec![fault.into()] }
    }

    /// `Ok` if there is no fault.
    ///
    /// # Errors
    /// All the faults together.
    pub(super) fn check(faults: Vec<String>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self { faults }) }
    }

    /// Every fault, in the order found; at least one.
    #[must_use]
    pub fn faults(&self) -> &[String] {
        &self.faults
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.faults.join("\n"))
    }
}

impl std::error::Error for ConfigError {}
