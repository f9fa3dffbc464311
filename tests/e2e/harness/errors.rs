//! Hears what is logged as an error while a story is told. Hears its own thread alone, where all of it happens.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// Errors heard so far, and everything else that was said of this program's own.
#[derive(Clone, Default)]
pub struct Errors(Arc<Mutex<Vec<String>>>, Arc<Mutex<Vec<String>>>);

impl Errors {
    /// Listens until the guard is dropped.
    pub fn listen(&self) -> DefaultGuard {
        tracing::subscriber::set_default(tracing_subscriber::registry().with(self.clone()))
    }

    /// Everything that this program has written into its log so far, at any level.
    pub fn whole_log(&self) -> String {
        self.1.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }

    /// Fails if something else was heard than what was expected, or if something expected was not.
    pub fn only(&self, expected: &[String]) {
        let heard = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let strange: Vec<&String> =
            heard.iter().filter(|line| !expected.iter().any(|words| line.contains(words.as_str()))).collect();
        assert_eq!(strange, Vec::<&String>::new(), "errors were logged");
        for words in expected {
            assert!(heard.iter().any(|line| line.contains(words.as_str())), "no error says {words:?}: {heard:?}");
        }
    }
}

impl<S: Subscriber> Layer<S> for Errors {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let metadata = event.metadata();
        let failed = *metadata.level() == Level::ERROR;
        if failed || metadata.target().starts_with("plsep_bot") {
            let mut line = Line(format!("{}:", metadata.target()));
            event.record(&mut line);
            self.1.lock().unwrap_or_else(PoisonError::into_inner).push(line.0.clone());
            if failed {
                self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line.0);
            }
        }
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a String cannot fail.
        let _ = write!(self.0, " {field}={value:?}");
    }
}
