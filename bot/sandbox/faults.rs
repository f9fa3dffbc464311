//! What goes wrong on purpose: faults of HTTP answers, scripted one by one or decided request by request by a
//! [`Judge`]. Socket faults are methods of the platform they belong to, because only it knows its sockets.

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
    /// Neither carries the request out nor answers.
    Swallow,
    /// Cuts the connection at once, and carries the request out when so many milliseconds of the world have passed:
    /// a request that was on its way for longer than its sender waited.
    Late(i64),
}

impl FaultKind {
    /// Whether the request is carried out before anything is answered.
    #[must_use]
    pub const fn carries_out(&self) -> bool {
        match self {
            Self::AnswerAfterEffect { .. } | Self::CutAfterEffect | Self::NeverAnswer | Self::Delay(_) => true,
            Self::Answer { .. } | Self::CutBefore | Self::Swallow | Self::Late(_) => false,
        }
    }
}

/// Decides request by request what goes wrong, where no scripted fault is due.
pub trait Judge: Send + Sync {
    /// What happens to this request, if anything. `path` has its query. `about` is the conversation that it names
    /// elsewhere than in its path (Slack), else empty.
    fn judge(&self, method: &str, path: &str, about: &str) -> Option<FaultKind>;

    /// A request has been left without an answer, and whatever it was to have done is done.
    fn silent(&self) {}
}

/// The faults still to happen, in order. Cheap to clone; all clones share one list.
#[derive(Clone, Default)]
pub struct Faults {
    scripted: Arc<Mutex<Vec<Fault>>>,
    judge: Arc<Mutex<Option<Arc<dyn Judge>>>>,
    late: Arc<Mutex<Vec<i64>>>,
}

/// A request that is still on its way.
pub(crate) struct OnItsWay {
    late: Arc<Mutex<Vec<i64>>>,
    /// When it arrives, in world milliseconds.
    pub at_ms: i64,
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        let mut late = self.late.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = late.iter().position(|at| *at == self.at_ms) {
            late.swap_remove(place);
        }
    }
}

impl Faults {
    /// Adds a fault behind those already scripted.
    pub fn add(&self, fault: Fault) {
        self.scripted.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    /// Forgets every scripted fault.
    pub fn clear(&self) {
        self.scripted.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Lets `judge` decide from now on about requests that no scripted fault is meant for.
    pub fn set_judge(&self, judge: Option<Arc<dyn Judge>>) {
        *self.judge.lock().unwrap_or_else(PoisonError::into_inner) = judge;
    }

    /// The fault for this request, if one is due; uses it up.
    #[must_use]
    pub fn take(&self, method: &str, path: &str, about: &str) -> Option<FaultKind> {
        self.take_scripted(method, path).or_else(|| self.judge()?.judge(method, path, about))
    }

    /// When the next late request arrives, in world milliseconds. Whoever moves a still clock past it lets it arrive
    /// first, as it would have.
    #[must_use]
    pub fn next_late(&self) -> Option<i64> {
        self.late.lock().unwrap_or_else(PoisonError::into_inner).iter().min().copied()
    }

    pub(crate) fn on_its_way(&self, at_ms: i64) -> OnItsWay {
        self.late.lock().unwrap_or_else(PoisonError::into_inner).push(at_ms);
        OnItsWay { late: Arc::clone(&self.late), at_ms }
    }

    /// Tells the judge that a request stays without an answer.
    pub(crate) fn silent(&self) {
        if let Some(judge) = self.judge() {
            judge.silent();
        }
    }

    fn judge(&self) -> Option<Arc<dyn Judge>> {
        self.judge.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn take_scripted(&self, method: &str, path: &str) -> Option<FaultKind> {
        let line = format!("{method} {path}");
        let mut all = self.scripted.lock().unwrap_or_else(PoisonError::into_inner);
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
        self.scripted.lock().unwrap_or_else(PoisonError::into_inner).iter().map(|fault| fault.times).sum()
    }
}
