//! What is said about direct messages: that something went there, or that nothing does.

use super::Voice;
use crate::chat::Message;

impl Voice<'_> {
    /// The answer went there, because it came with a file.
    #[must_use]
    pub fn sent_directly(&self) -> Message {
        self.say("direct-sent", &[])
    }
}
