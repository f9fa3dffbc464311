//! The queue of concerns in words: what it is, about whom, since when, who looks after it, and what one can do next. The
//! private note is for coordinators alone.

use chrono::{DateTime, Utc};
use plsep_domain::{ConcernId, ConcernKind, PairId, PersonId, text};

use super::meeting_form::shortened;
use super::{Arg, Deed, OfficeDeed, Voice};
use crate::chat::{
    Block, Choice, CommandId, Control, Field, FieldKind, Form, Limits, Message, Span, Style, Text, UserRef,
};

/// How many concerns one page of the queue holds.
const PAGE: usize = 10;

/// Key of the only field of the form about what came of a concern.
pub(crate) const RESOLUTION_FIELD: &str = "resolution";

/// Longest note about what came of a concern: what fits beside the rest of a message.
pub const RESOLUTION_MAX: usize = 500;

/// One concern.
pub struct ConcernView {
    /// Which.
    pub id: ConcernId,
    /// What it is.
    pub kind: ConcernKind,
    /// The pair it is about: mentor and mentee.
    pub pair: Option<(UserRef, UserRef)>,
    /// Whose concern it is.
    pub person: Option<UserRef>,
    /// What they wrote.
    pub note: Option<String>,
    /// Since when.
    pub raised_at: DateTime<Utc>,
    /// Who looks after it.
    pub assigned: Option<UserRef>,
    /// When and by whom it was resolved, and with which note.
    pub resolved: Option<(DateTime<Utc>, UserRef, Option<String>)>,
    /// The pair that could be ended for a new match because of it.
    pub rematch: Option<PairId>,
    /// The pair for which another place could be opened because of it.
    pub reopen: Option<PairId>,
}

/// One concern in the queue.
pub struct ConcernLine {
    /// The concern.
    pub view: ConcernView,
    /// Whom it is about, by name; they may hold anything.
    pub names: Vec<String>,
}

impl ConcernLine {
    /// What stands on a page, counted from 0, and which page that is: the last one where there are fewer.
    #[must_use]
    pub fn page<T>(all: &[T], page: u16) -> (usize, &[T]) {
        let last = all.len().saturating_sub(1) / PAGE;
        let page = usize::from(page).min(last);
        (page, &all[page * PAGE..all.len().min((page + 1) * PAGE)])
    }
}

impl Voice<'_> {
    /// A page of the queue, oldest first.
    #[must_use]
    pub fn concerns(&self, lines: &[ConcernLine], count: usize, page: usize, limits: &Limits) -> Message {
        if lines.is_empty() {
            return self.say("concerns-empty", &[]);
        }
        let pages = count.div_ceil(PAGE);
        let said = lines.iter().map(|line| {
            let since = ("at", self.when(line.view.raised_at));
            let mut spans = self.text("concern-line", &[("what", Arg::Text(self.what(&line.view))), since]).0;
            spans.push(Span::Plain(" ".to_owned()));
            spans.extend(self.looked_after(&line.view).0);
            Text(spans)
        });
        let choice = |line: &ConcernLine| {
            let names = text::clean(&line.names.join(", "), false);
            let args = [("kind", Arg::Key(line.view.kind.key())), ("names", Arg::Words(names))];
            let label = shortened(&self.line("concern-choice", &args), limits.option_label);
            Choice { value: line.view.id.to_string(), label }
        };
        let menu = Control::Menu {
            label: self.line("concern-menu", &[]),
            action: Deed::Office(OfficeDeed::PickConcern).action(),
            options: lines.iter().map(choice).collect(),
            chosen: vec![],
            min: 1,
            max: 1,
        };
        let mut message = Message::default()
            .with(self.heading("concerns-heading", &[("count", Arg::Number(count as i64))]))
            .with(Block::Bullets(said.collect()))
            .with(Block::Controls(vec![menu]));
        if pages > 1 {
            let turns = self.turns(page, pages, |to| Deed::Office(OfficeDeed::ShowConcerns(to)));
            message = message.with(self.page_of(page, pages)).with(Block::Controls(turns));
        }
        message
    }

    /// One concern with everything about it. `done` says first what has just been done.
    #[must_use]
    pub fn concern(
        &self,
        done: Option<&'static str>,
        view: &ConcernView,
        others: &[(PersonId, String)],
        limits: &Limits,
    ) -> Message {
        let mut message = Message::default().with(self.heading("concern-heading", &[]));
        if let Some(done) = done {
            message = message.with(self.paragraph(done, &[]));
        }
        message = self.concern_body(message, view);
        let menu = (!others.is_empty() && view.resolved.is_none()).then(|| Control::Menu {
            label: self.line("concern-hand", &[]),
            action: Deed::Office(OfficeDeed::HandConcern(view.id)).action(),
            options: others
                .iter()
                .take(limits.menu_options)
                .map(|(id, name)| Choice {
                    value: id.to_string(),
                    label: shortened(&text::clean(name, false), limits.option_label),
                })
                .collect(),
            chosen: vec![],
            min: 1,
            max: 1,
        });
        if let Some(menu) = menu {
            message = message.with(Block::Controls(vec![menu]));
        }
        let mut buttons = self.concern_buttons(view);
        buttons.push(self.button("button-concerns", &Deed::Do(CommandId::ConcernsList), Style::Plain));
        message.with(Block::Controls(buttons))
    }

    /// Tells a coordinator that a concern was handed to them.
    #[must_use]
    pub fn concern_handed(&self, by: &UserRef, view: &ConcernView, limits: &Limits) -> Message {
        let mut message = self.concern(None, view, &[], limits);
        message.blocks.insert(1, self.paragraph("concern-handed", &[("by", Arg::Person(by.clone()))]));
        message
    }

    /// The notice of a concern with what can be done about it.
    #[must_use]
    pub fn concern_to_take(&self, notice: Message, id: ConcernId) -> Message {
        let see = Deed::Office(OfficeDeed::ShowConcern(id));
        notice.with(Block::Controls(vec![
            self.button("button-concern-take", &Deed::Office(OfficeDeed::TakeConcern(id)), Style::Primary),
            self.button("button-concern-resolve", &Deed::Office(OfficeDeed::ResolveConcern(id)), Style::Plain),
            self.button("button-concern-more", &see, Style::Plain),
        ]))
    }

    /// The notice of a concern as it stands now.
    #[must_use]
    pub fn concern_notice_now(&self, notice: Message, view: &ConcernView) -> Message {
        let see = Deed::Office(OfficeDeed::ShowConcern(view.id));
        let mut buttons = self.concern_buttons(view);
        buttons.push(self.button("button-concern-more", &see, Style::Plain));
        let mut message = notice.without_controls().with(Block::Paragraph(self.looked_after(view)));
        if let Some((_, _, Some(note))) = &view.resolved {
            message = message.with(Block::Quote(Text::plain(note)));
        }
        message.with(Block::Controls(buttons))
    }

    /// The form about what came of a concern.
    #[must_use]
    pub fn resolution_form(&self, id: ConcernId) -> Form {
        let action = Deed::Office(OfficeDeed::ResolveConcern(id)).action();
        Form {
            reopen: action.clone(),
            action,
            title: self.line("resolution-title", &[]),
            intro: None,
            fields: vec![Field {
                key: RESOLUTION_FIELD.to_owned(),
                label: self.line("resolution-label", &[]),
                hint: self.line("shared-coordinators", &[]),
                required: true,
                kind: FieldKind::Text { multiline: true, min: 1, max: RESOLUTION_MAX },
                value: vec![],
            }],
            submit: self.line("button-concern-resolve", &[]),
            controls: vec![],
        }
    }

    fn concern_body(&self, message: Message, view: &ConcernView) -> Message {
        let mut message = message
            .with(Block::Paragraph(self.what(view)))
            .with(self.paragraph("concern-since", &[("at", self.when(view.raised_at))]));
        if let Some(note) = &view.note {
            message = message.with(self.paragraph("concern-note", &[])).with(Block::Quote(Text::plain(note)));
        }
        message = message.with(Block::Paragraph(self.looked_after(view)));
        match &view.resolved {
            Some((_, _, Some(note))) => message.with(Block::Quote(Text::plain(note))),
            Some(_) => message,
            None => message.with(self.paragraph("concern-next", &[("kind", Arg::Key(view.kind.key()))])),
        }
    }

    fn concern_buttons(&self, view: &ConcernView) -> Vec<Control> {
        let (take, resolve) = (OfficeDeed::TakeConcern(view.id), OfficeDeed::ResolveConcern(view.id));
        if view.resolved.is_some() {
            let reopen = Deed::Office(OfficeDeed::ReopenConcern(view.id));
            return vec![self.button("button-concern-reopen", &reopen, Style::Plain)];
        }
        let mut buttons = Vec::new();
        if view.assigned.is_none() {
            buttons.push(self.button("button-concern-take", &Deed::Office(take), Style::Primary));
        }
        if let Some(pair) = view.rematch {
            let ask = Deed::Office(OfficeDeed::AskRematch(pair));
            buttons.push(self.button("button-rematch", &ask, Style::Plain));
        }
        if let Some(pair) = view.reopen {
            buttons.push(self.reopen_pair(pair));
        }
        buttons.push(self.button("button-concern-resolve", &Deed::Office(resolve), Style::Plain));
        buttons
    }

    /// What it is, and about whom.
    fn what(&self, view: &ConcernView) -> Text {
        let kind = self.text("concern-kind", &[("kind", Arg::Key(view.kind.key()))]);
        let kind = ("what", Arg::Text(kind));
        let person = |user: &UserRef| Arg::Person(user.clone());
        match (&view.pair, &view.person) {
            (Some((mentor, mentee)), Some(who)) => {
                let args = [kind, ("person", person(who)), ("mentor", person(mentor)), ("mentee", person(mentee))];
                self.text("concern-of-one-in-pair", &args)
            }
            (Some((mentor, mentee)), None) => {
                self.text("concern-of-pair", &[kind, ("mentor", person(mentor)), ("mentee", person(mentee))])
            }
            (None, Some(who)) => self.text("concern-of-person", &[kind, ("person", person(who))]),
            (None, None) => self.text("concern-of-nobody", &[kind]),
        }
    }

    /// Who looks after it, or who resolved it.
    fn looked_after(&self, view: &ConcernView) -> Text {
        match (&view.resolved, &view.assigned) {
            (Some((at, by, _)), _) => {
                self.text("concern-resolved", &[("by", Arg::Person(by.clone())), ("at", self.when(*at))])
            }
            (None, Some(who)) => self.text("concern-assigned", &[("person", Arg::Person(who.clone()))]),
            (None, None) => self.text("concern-unassigned", &[]),
        }
    }
}
