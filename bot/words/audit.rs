//! The audit log in words: when, what, by whom. Reads the stable names that the flows write down, and decides nothing.

use chrono::{DateTime, Utc};

use super::{Arg, Voice};
use crate::chat::{Text, UserRef};

/// By whom something was done.
#[derive(Clone, Debug)]
pub enum AuditBy {
    /// Somebody of the community.
    Person(UserRef),
    /// The bot, because its time had come.
    Bot,
    /// Whoever operates the bot.
    Operator,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct AuditLine {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: AuditBy,
    /// What, by its stable name.
    pub action: String,
}

impl Voice<'_> {
    /// An entry in one line.
    #[must_use]
    pub fn audit_line(&self, line: &AuditLine) -> Text {
        let by = match &line.by {
            AuditBy::Person(user) => Arg::Person(user.clone()),
            AuditBy::Bot => Arg::Text(self.text("audit-bot", &[])),
            AuditBy::Operator => Arg::Text(self.text("audit-operator", &[])),
        };
        self.text("audit-line", &[("at", self.when(line.at)), ("what", Arg::Text(self.done(&line.action))), ("by", by)])
    }

    /// What was done. What a later version wrote down has no words here, and is shown by its name.
    fn done(&self, action: &str) -> Text {
        let key = format!("audit-{}", action.replace('.', "-"));
        if self.catalogue.has(self.lang, &key) { self.text(&key, &[]) } else { Text::plain(action) }
    }
}
