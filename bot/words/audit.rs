//! The audit log in words: when, what, by whom. Reads the stable names that the flows write down, and decides nothing.

use chrono::{DateTime, Utc};
use plsep_domain::{Audience, EndCause, PersonId};

use super::{Arg, Deed, OfficeDeed, Voice};
use crate::chat::{Block, Message, Span, Text, UserRef};

/// How many entries one page holds.
pub const AUDIT_PAGE: usize = 15;

/// By whom something was done.
#[derive(Clone, Debug)]
pub enum AuditBy {
    /// Somebody of the community.
    Person(UserRef),
    /// The bot, because its time had come.
    Bot,
    /// Whoever operates the bot.
    Operator,
    /// Somebody who asked to be forgotten since.
    Forgotten,
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
    /// About whom, as far as the log says.
    pub about: Vec<UserRef>,
    /// Why, for a pair that was ended.
    pub cause: Option<EndCause>,
    /// To whom, and how many messages, for an announcement.
    pub announced: Option<(Audience, i64)>,
}

impl Voice<'_> {
    /// A page of the log, newest first; of everybody, or `about` one person.
    #[must_use]
    pub fn audit(
        &self,
        lines: &[AuditLine],
        count: usize,
        (page, pages): (usize, usize),
        about: Option<PersonId>,
    ) -> Message {
        if lines.is_empty() {
            return self.say("audit-empty", &[]);
        }
        let message = Message::default()
            .with(self.heading("audit-heading", &[("count", Arg::Number(count as i64))]))
            .with(Block::Bullets(lines.iter().map(|line| self.audit_line(line)).collect()));
        if pages < 2 {
            return message;
        }
        let turns = self.turns(page, pages, |to| Deed::Office(OfficeDeed::ShowAudit(to, about)));
        message.with(self.page_of(page, pages)).with(Block::Controls(turns))
    }

    /// An entry in one line.
    #[must_use]
    pub fn audit_line(&self, line: &AuditLine) -> Text {
        let by = match &line.by {
            AuditBy::Person(user) => Arg::Person(user.clone()),
            AuditBy::Bot => Arg::Text(self.text("audit-bot", &[])),
            AuditBy::Operator => Arg::Text(self.text("audit-operator", &[])),
            AuditBy::Forgotten => Arg::Text(self.text("audit-forgotten", &[])),
        };
        let mut what = self.done(&line.action);
        for (index, user) in line.about.iter().enumerate() {
            what.0.push(Span::Plain(if index == 0 { ": " } else { ", " }.to_owned()));
            what.0.push(Span::Person(user.clone()));
        }
        if let Some(cause) = line.cause {
            what.0.push(Span::Plain(" (".to_owned()));
            what.0.extend(self.end_cause(cause).0);
            what.0.push(Span::Plain(")".to_owned()));
        }
        if let Some((audience, messages)) = line.announced {
            let args = [("to", Arg::Key(audience.key())), ("count", Arg::Number(messages))];
            what.0.extend(self.text("audit-announced", &args).0);
        }
        self.text("audit-line", &[("at", self.when(line.at)), ("what", Arg::Text(what)), ("by", by)])
    }

    /// What was done. What a later version wrote down has no words here, and is shown by its name.
    fn done(&self, action: &str) -> Text {
        let key = format!("audit-{}", action.replace('.', "-"));
        if self.catalogue.has(self.lang, &key) { self.text(&key, &[]) } else { Text::plain(action) }
    }
}
