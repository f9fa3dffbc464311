//! Counts the ways back that the bot takes, by listening to its log.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, Filter};
use tracing_subscriber::registry::LookupSpan;

use crate::recovery::{TARGET, Way};

/// Listens for ways that are taken. Clones count together.
#[derive(Clone, Default)]
pub struct Ways(Arc<Mutex<BTreeMap<String, u64>>>);

/// Lets nothing else through.
struct OnlyWays;

impl<S> Filter<S> for OnlyWays {
    fn enabled(&self, metadata: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        metadata.target() == TARGET
    }
}

impl<S: Subscriber> Layer<S> for Ways {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut name = Name(String::new());
        event.record(&mut name);
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counted.entry(name.0).or_default() += 1;
    }
}

struct Name(String);

impl Visit for Name {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "way" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

impl Ways {
    /// Listens to the log for ways, and for nothing else.
    pub fn layer<S: Subscriber + for<'span> LookupSpan<'span>>(&self) -> impl Layer<S> + Send + Sync + use<S> {
        self.clone().with_filter(OnlyWays)
    }

    /// How often each way was taken so far, of those that can be taken in a storm: people act one after another in it, so
    /// no two events share a commit, and none has to begin anew.
    pub(super) fn counts(&self) -> BTreeMap<&'static str, u64> {
        let counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Way::ALL
            .iter()
            .filter(|way| **way != Way::BegunAnew)
            .map(|way| (way.key(), counted.get(way.key()).copied().unwrap_or_default()))
            .collect()
    }
}
