//! The audit log in words: when, what, by whom. Reads the stable names that the flows write down, and decides nothing.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use plsep_domain::{Audience, AuditLook, EndCause};

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
    /// How many people, where a coordinator reminded some.
    pub reminded: Option<i64>,
}

impl Voice<'_> {
    /// A page of the entries that are looked at, newest first.
    #[must_use]
    pub fn audit(&self, lines: &[AuditLine], count: usize, (page, pages): (usize, usize), look: &AuditLook) -> Message {
        if lines.is_empty() {
            let empty = self.say("audit-empty", &[]);
            return self.audit_only(look).into_iter().fold(empty, Message::with);
        }
        let heading = self.heading("audit-heading", &[("count", Arg::Number(count as i64))]);
        let message = self.audit_only(look).into_iter().fold(Message::default().with(heading), Message::with);
        let message = message.with(Block::Bullets(lines.iter().map(|line| self.audit_line(line)).collect()));
        if pages < 2 {
            return message;
        }
        let turns = self.turns(page, pages, |to| Deed::Office(OfficeDeed::ShowAudit(to, *look)));
        message.with(self.page_of(page, pages)).with(Block::Controls(turns))
    }

    /// What is left out, if anything is, besides everybody else.
    fn audit_only(&self, look: &AuditLook) -> Vec<Block> {
        let group = look.group.map(|group| self.fine("audit-only-group", &[("group", Arg::Key(group.key()))]));
        let since = look.since.map(|at| self.fine("audit-only-since", &[("at", self.when(at))]));
        group.into_iter().chain(since).collect()
    }

    /// What the file of the whole log holds, and how to keep it.
    #[must_use]
    pub fn audit_file(&self, count: usize, zone: Tz) -> Message {
        let args = [("count", Arg::Number(count as i64)), ("zone", Arg::Words(zone.name().to_owned()))];
        Message::default()
            .with(self.heading("audit-file-heading", &[]))
            .with(self.paragraph("audit-file", &args))
            .with(self.fine("audit-file-care", &[]))
    }

    /// What is in the file.
    #[must_use]
    pub fn audit_file_alt(&self) -> String {
        self.line("audit-file-alt", &[])
    }

    /// The heading of a column of the file; moments are those of this zone.
    #[must_use]
    pub fn audit_column(&self, key: &str, zone: Tz) -> String {
        self.line(&format!("audit-column-{key}"), &[("zone", Arg::Words(zone.name().to_owned()))])
    }

    /// What was done, in words.
    #[must_use]
    pub fn audit_what(&self, action: &str) -> String {
        self.done(action).words()
    }

    /// By whom, in words; a person by the name of their account.
    #[must_use]
    pub fn audit_by_word(&self, by: &AuditBy) -> String {
        match by {
            AuditBy::Person(user) => user.0.clone(),
            AuditBy::Bot => self.line("audit-bot", &[]),
            AuditBy::Operator => self.line("audit-operator", &[]),
            AuditBy::Forgotten => self.line("audit-forgotten", &[]),
        }
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
        if let Some(people) = line.reminded {
            what.0.extend(self.text("audit-reminded", &[("count", Arg::Number(people))]).0);
        }
        self.text("audit-line", &[("at", self.when(line.at)), ("what", Arg::Text(what)), ("by", by)])
    }

    /// What was done. What a later version wrote down has no words here, and is shown by its name.
    fn done(&self, action: &str) -> Text {
        let key = format!("audit-{}", action.replace('.', "-"));
        if self.catalogue.has(self.lang, &key) { self.text(&key, &[]) } else { Text::plain(action) }
    }
}
