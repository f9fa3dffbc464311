//! What goes wrong on purpose: scripted faults for HTTP answers. Socket faults are methods of the platform
//! they belong to, because only it knows its sockets.

use std::sync::{Arc, Mutex, PoisonError};

/// One scripted fault.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Applies to requests whose `METHOD /path` contains this, for example `POST /api/v10/channels/` or
    /// `chat.postMessage`.
    pub matching: String,
    /// How many matching requests it still applies to.
    pub times: u32,
    /// Matching requests to let pass first.
    pub skip: u32,
    /// What happens.
    pub kind: FaultKind,
}

/// What happens to a request.
#[derive(Clone, Debug)]
pub enum FaultKind {
    /// Answers with this status, headers and body; the request has no effect.
    Answer {
        /// HTTP status.
        status: u16,
        /// Extra headers.
        headers: Vec<(String, String)>,
        /// Body as it goes over the wire (need not be JSON).
        body: String,
    },
    /// Carries the request out, then answers with this status and body instead.
    AnswerAfterEffect {
        /// HTTP status.
        status: u16,
        /// Body.
        body: String,
    },
    /// Cuts the connection without any effect.
    CutBefore,
    /// Carries the request out, then cuts the connection without an answer.
    CutAfterEffect,
    /// Carries the request out, then never answers.
    NeverAnswer,
    /// Holds the request for so many real milliseconds before carrying it out.
    Delay(u64),
}

/// The faults still to happen, in order. Cheap to clone; all clones share one list.
#[derive(Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<Fault>>>);

impl Faults {
    /// Adds a fault behind those already scripted.
    pub fn add(&self, fault: Fault) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    /// Forgets every scripted fault.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The fault for this request, if one is due; uses it up.
    #[must_use]
    pub fn take(&self, method: &str, path: &str) -> Option<FaultKind> {
        let line = format!("{method} {path}");
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for fault in all.iter_mut().filter(|fault| fault.times > 0 && line.contains(&fault.matching)) {
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            fault.times -= 1;
            return Some(fault.kind.clone());
        }
        None
    }

    /// Faults that have not happened yet.
    #[must_use]
    pub fn left(&self) -> u32 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().map(|fault| fault.times).sum()
    }
}
