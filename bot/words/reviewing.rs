//! One application as coordinators read it: where it stands, what happened to it, and every answer, those for
//! coordinators alone marked as such. Decides nothing.

use chrono::{DateTime, Utc};
use plsep_domain::{Answers, ApplicationId, ApplicationState, Program, Role, Shared, text};

use super::audit::AuditLine;
use super::{Arg, Deed, OfficeDeed, Voice};
use crate::chat::{Block, Control, Message, Style, Text, UserRef};

/// Longest piece of an answer in one row; what is longer goes on in the next.
const PIECE_CHARS: usize = 1000;

/// How much of the answers one page holds, so that it fits into a message of either platform with room to spare.
const PAGE_CHARS: usize = 1600;

/// One application and what a coordinator may do with it.
pub struct ApplicationView<'a> {
    /// Which.
    pub id: ApplicationId,
    /// Whose.
    pub user: &'a UserRef,
    /// Their name; may hold anything.
    pub name: &'a str,
    /// As what they apply.
    pub role: Role,
    /// Where it stands.
    pub state: &'a ApplicationState,
    /// When it was last sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// The answers, if they are to be read.
    pub answers: Option<&'a Answers>,
    /// What was decided, newest first.
    pub history: Vec<AuditLine>,
    /// It can be accepted.
    pub can_accept: bool,
    /// It can be put on the waiting list.
    pub can_wait: bool,
    /// It can be declined.
    pub can_decline: bool,
    /// Which page, counted from 0.
    pub page: u16,
}

impl Voice<'_> {
    /// A page of one application.
    #[must_use]
    pub fn application_view(&self, program: &Program, view: &ApplicationView<'_>) -> Message {
        let rows = paged(self.answer_rows(program, view));
        let pages = rows.len();
        let page = usize::from(view.page).min(pages.saturating_sub(1));
        let args = [("name", Arg::Words(text::clean(view.name, false))), ("role", Arg::Key(view.role.key()))];
        let mut message = Message::default().with(self.heading("application-view-heading", &args));
        if page == 0 {
            message = self.application_standing(message, view);
        }
        match rows.into_iter().nth(page) {
            Some(rows) => message = message.with(Block::Fields(rows)),
            None => message = message.with(self.paragraph("application-view-unread", &[])),
        }
        if pages > 1 {
            message = message.with(self.page_of(page, pages));
        }
        message.with(Block::Controls(self.application_buttons(view, page, pages)))
    }

    fn application_standing(&self, message: Message, view: &ApplicationView<'_>) -> Message {
        let args = [("person", Arg::Person(view.user.clone())), ("state", Arg::Key(view.state.key()))];
        let mut message = message.with(self.paragraph("application-view-state", &args));
        if let ApplicationState::Declined { reason } = view.state {
            message = message.with(Block::Quote(Text::plain(reason)));
        }
        let mut lines: Vec<Text> = view.history.iter().map(|line| self.audit_line(line)).collect();
        if let Some(at) = view.sent_at {
            lines.push(self.text("application-view-sent", &[("at", self.when(at))]));
        }
        if lines.is_empty() { message } else { message.with(Block::Bullets(lines)) }
    }

    /// Every question with its answer; a long answer takes several rows.
    fn answer_rows(&self, program: &Program, view: &ApplicationView<'_>) -> Vec<(Text, Text)> {
        let Some(answers) = view.answers else { return vec![] };
        let mut rows = Vec::new();
        for question in program.questions_for(view.role) {
            let label = question.label.get(self.lang);
            let label = match question.shared {
                Shared::Match => Text::plain(label),
                Shared::Coordinators => {
                    self.text("panel-shared-coordinators", &[("question", Arg::Words(label.to_owned()))])
                }
            };
            match answers.get(&question.key) {
                None => rows.push((label, self.text("application-view-unanswered", &[]))),
                Some(answer) => {
                    for (index, piece) in pieces(&self.answer(question, answer)).into_iter().enumerate() {
                        let label = match index {
                            0 => label.clone(),
                            _ => self.text("application-view-goes-on", &[("question", Arg::Words(label.words()))]),
                        };
                        rows.push((label, Text::plain(piece)));
                    }
                }
            }
        }
        rows
    }

    fn application_buttons(&self, view: &ApplicationView<'_>, page: usize, pages: usize) -> Vec<Control> {
        let mut buttons = self.turns(page, pages, |to| Deed::Office(OfficeDeed::ShowApplication(view.id, to)));
        if view.can_accept {
            buttons.push(self.button("button-accept", &Deed::Accept(view.id), Style::Primary));
        }
        if view.can_wait {
            let wait = Deed::Office(OfficeDeed::WaitList(view.id));
            buttons.push(self.button("button-wait-list", &wait, Style::Plain));
        }
        if view.can_decline {
            buttons.push(self.button("button-decline", &Deed::Decline(view.id), Style::Plain));
        }
        buttons.push(self.button("button-queue", &Deed::Do(crate::chat::CommandId::ApplicationsQueue), Style::Plain));
        buttons
    }
}

/// Rows as pages: as many as fit, in order.
fn paged(rows: Vec<(Text, Text)>) -> Vec<Vec<(Text, Text)>> {
    let mut pages: Vec<Vec<(Text, Text)>> = Vec::new();
    let mut left = 0;
    for (label, value) in rows {
        let length = label.words().chars().count() + value.words().chars().count();
        if length > left || pages.is_empty() {
            pages.push(Vec::new());
            left = PAGE_CHARS;
        }
        left = left.saturating_sub(length);
        if let Some(page) = pages.last_mut() {
            page.push((label, value));
        }
    }
    pages
}

/// Words in pieces, parted at a space where there is one.
fn pieces(words: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut left = words;
    while let Some((end, _)) = left.char_indices().nth(PIECE_CHARS) {
        let at = left[..end].rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(end);
        pieces.push(left[..at].to_owned());
        left = left[at..].trim_start();
    }
    pieces.push(left.to_owned());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_answer_is_parted_between_words_and_nothing_is_lost() {
        let words = "library ".repeat(400);
        let words = words.trim();
        let parts = pieces(words);
        assert!(parts.len() > 2 && parts.iter().all(|part| part.chars().count() <= PIECE_CHARS));
        assert_eq!(parts.join(" "), words);
        assert_eq!(pieces(&"x".repeat(2500)).concat().len(), 2500);
        assert_eq!(pieces(""), [""]);
    }

    #[test]
    fn pages_hold_every_row_in_order() {
        let rows: Vec<_> = (0..40).map(|n| (Text::plain(n.to_string()), Text::plain("a".repeat(n * 40)))).collect();
        let pages = paged(rows.clone());
        assert!(pages.len() > 3 && pages.iter().all(|page| !page.is_empty()));
        assert_eq!(pages.concat(), rows);
        assert!(paged(vec![]).is_empty());
    }
}
