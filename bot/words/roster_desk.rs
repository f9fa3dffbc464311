//! The roster line by line: the list, one line with what is known of its person, whose line it might be, and the
//! questions before an account is linked or parted. Decides nothing.

use chrono::{DateTime, Utc};
use plsep_domain::roster::LineState;
use plsep_domain::{ApplicationState, RosterEntry, RosterId, text};

use super::meeting_form::shortened;
use super::{Arg, Deed, LinesWanted, RosterDeed, Voice};
use crate::chat::{Block, Choice, CommandId, Control, Limits, Message, Style, Text, UserRef, command};

/// One line of the roster as coordinators see it.
pub struct LineView<'a> {
    /// Which.
    pub id: RosterId,
    /// What it says; may hold anything.
    pub entry: &'a RosterEntry,
    /// How it stands.
    pub state: LineState,
    /// Which account it belongs to, by link or by address.
    pub account: Option<&'a UserRef>,
}

/// A page of lines.
pub struct RosterPage<'a> {
    /// The lines.
    pub lines: Vec<LineView<'a>>,
    /// How many fit.
    pub count: usize,
    /// How many lines the roster has.
    pub all: usize,
    /// Which page, counted from 0.
    pub at: usize,
    /// How many pages there are.
    pub pages: usize,
    /// Which lines are wanted.
    pub wanted: LinesWanted,
    /// How many lines that fit the search stand how, in the order of [`LineState::ALL`].
    pub tally: [usize; 3],
}

/// What linking or parting would do.
pub struct LinkQuestion<'a> {
    /// The line.
    pub line: LineView<'a>,
    /// The account it would be linked to; `None` where it would be parted.
    pub user: Option<&'a UserRef>,
    /// The account that it belongs to now.
    pub taken_from: Option<UserRef>,
    /// Name on the line that the account belongs to now.
    pub other: Option<&'a str>,
    /// Who has applied and would no longer be on the roster.
    pub losing: Vec<UserRef>,
    /// Until when the question stands.
    pub until: DateTime<Utc>,
    /// What saying yes does.
    pub deed: RosterDeed,
}

/// A word of somebody's, as words of one line.
fn clean(words: &str) -> String {
    text::clean(words, false)
}

impl Voice<'_> {
    /// A page of the roster.
    #[must_use]
    pub fn roster_page(&self, page: &RosterPage<'_>, limits: &Limits) -> Message {
        let RosterPage { lines, count, all, at, pages, wanted, .. } = page;
        if *all == 0 {
            let command = Arg::Code(command::typed(CommandId::RosterImport));
            return self.say("roster-list-empty", &[("command", command)]);
        }
        let mut message = Message::default().with(self.heading("roster-list-heading", &[("count", number(*count))]));
        if !wanted.search.words().is_empty() {
            let words = Arg::Words(wanted.search.words().to_owned());
            message = message.with(self.paragraph("roster-list-search", &[("words", words)]));
        }
        if let Some(state) = wanted.state {
            message = message.with(self.paragraph("roster-list-state", &[("state", Arg::Key(state.key()))]));
        }
        let others = Block::Controls(self.roster_filters(page));
        if lines.is_empty() {
            return message.with(self.paragraph("roster-list-none", &[])).with(others);
        }
        let said = lines.iter().map(|line| self.roster_line_text(line)).collect();
        message = message.with(Block::Bullets(said));
        let menu = self.roster_menu("roster-list-menu", &RosterDeed::PickLine, self.line_choices(lines, limits));
        message = message.with(Block::Controls(vec![menu]));
        if *pages > 1 {
            let turns = self.turns(*at, *pages, |to| Deed::Roster(RosterDeed::ShowRoster(wanted.clone(), to)));
            message = message.with(self.page_of(*at, *pages)).with(Block::Controls(turns));
        }
        message.with(others)
    }

    /// Buttons to the lines that stand in one way, with how many there are, and back to all.
    fn roster_filters(&self, page: &RosterPage<'_>) -> Vec<Control> {
        let to = |state| Deed::Roster(RosterDeed::ShowRoster(LinesWanted { state, ..page.wanted.clone() }, 0));
        let states = LineState::ALL.into_iter().zip(page.tally).filter(|(_, count)| *count > 0);
        let states = states.filter(|(state, _)| page.wanted.state != Some(*state));
        let mut buttons: Vec<Control> = states
            .map(|(state, count)| Control::Button {
                label: self.line(&format!("button-roster-{}", state.key()), &[("count", number(count))]),
                action: to(Some(state)).action(),
                style: Style::Plain,
            })
            .collect();
        if page.wanted.state.is_some() {
            buttons.push(self.button("button-roster-all", &to(None), Style::Plain));
        }
        buttons
    }

    /// One line with what is known of its person. `done` says first what has just been done.
    #[must_use]
    pub fn roster_line(
        &self,
        done: Option<&'static str>,
        line: &LineView<'_>,
        application: Option<&ApplicationState>,
        offered: &[(&UserRef, &str)],
        limits: &Limits,
    ) -> Message {
        let entry = line.entry;
        let heading = self.heading("roster-line-heading", &[("name", Arg::Words(clean(&entry.name)))]);
        let mut message = Message::default().with(heading);
        if let Some(done) = done {
            message = message.with(self.paragraph(done, &[]));
        }
        let label = |key: &str| self.text(key, &[]);
        let library = match clean(&entry.library_system) {
            words if words.is_empty() => self.text("roster-line-library-none", &[]),
            words => Text::plain(words),
        };
        let active = if entry.active { "roster-line-active-yes" } else { "roster-line-active-no" };
        let account = match line.account {
            Some(user) => self.text("roster-line-account-of", &[("person", Arg::Person(user.clone()))]),
            None => self.text("roster-line-account-none", &[]),
        };
        let state = application.map_or("none", ApplicationState::key);
        message = message.with(Block::Fields(vec![
            (label("roster-line-email"), Text::plain(clean(&entry.email))),
            (label("roster-line-library"), library),
            (label("roster-line-active"), self.text(active, &[])),
            (label("roster-line-account"), account),
            (label("roster-line-application"), self.text("roster-line-applied", &[("state", Arg::Key(state))])),
        ]));
        let mut buttons = Vec::new();
        if entry.chat_user.is_some() {
            let ask = Deed::Roster(RosterDeed::AskUnlink(line.id));
            buttons.push(self.button("button-roster-unlink", &ask, Style::Plain));
        }
        buttons.push(self.button("button-roster", &Deed::Do(CommandId::RosterList), Style::Plain));
        if line.account.is_none() {
            let choices = offered.iter().take(limits.menu_options).map(|(user, name)| Choice {
                value: user.0.clone(),
                label: shortened(&named(name, &user.0), limits.option_label),
            });
            let choices: Vec<Choice> = choices.collect();
            if !choices.is_empty() {
                let menu = self.roster_menu("roster-line-menu", &RosterDeed::PickAccount(line.id), choices);
                message = message.with(Block::Controls(vec![menu]));
            }
            let command = Arg::Code(command::typed(CommandId::RosterLink));
            message = message.with(self.fine("roster-line-other", &[("command", command)]));
        }
        message.with(Block::Controls(buttons))
    }

    /// Offers the lines that might be a person's.
    #[must_use]
    pub fn roster_offer(
        &self,
        user: &UserRef,
        own: Option<&LineView<'_>>,
        lines: &[LineView<'_>],
        limits: &Limits,
    ) -> Message {
        let mut args = vec![("person", Arg::Person(user.clone()))];
        let key = match own {
            Some(line) => {
                args.push(("name", Arg::Words(clean(&line.entry.name))));
                "roster-offer-other"
            }
            None => "roster-offer",
        };
        let message = self.say(key, &args);
        let command = [("command", Arg::Code(command::typed(CommandId::RosterLink)))];
        if lines.is_empty() {
            return message.with(self.paragraph("roster-list-none", &[]));
        }
        let deed = RosterDeed::PickLineOf(user.clone());
        let menu = self.roster_menu("roster-offer-menu", &deed, self.line_choices(lines, limits));
        message.with(Block::Controls(vec![menu])).with(self.fine("roster-offer-hint", &command))
    }

    /// Asks before an account is linked or parted, with what follows.
    #[must_use]
    pub fn roster_link_question(&self, question: &LinkQuestion<'_>) -> Message {
        let LinkQuestion { line, user, taken_from, other, losing, until, deed } = question;
        let name = || ("name", Arg::Words(clean(&line.entry.name)));
        let person = |user: &UserRef| ("person", Arg::Person(user.clone()));
        let (mut message, button, style) = match (user, taken_from) {
            (Some(user), _) => {
                let library = Arg::Words(described(line));
                let asked = self.say("roster-link-question", &[("line", library), person(user)]);
                (asked, "button-roster-link", Style::Primary)
            }
            (None, taken) => {
                let user = taken.clone().unwrap_or_else(|| UserRef::gone(0));
                (
                    self.say("roster-unlink-question", &[name(), person(&user)]),
                    "button-roster-unlink-yes",
                    Style::Danger,
                )
            }
        };
        if let (Some(_), Some(before)) = (user, taken_from) {
            message = message.with(self.paragraph("roster-link-takes", &[person(before)]));
        }
        if let (Some(user), Some(other)) = (user, other) {
            let args = [person(user), ("other", Arg::Words(clean(other)))];
            message = message.with(self.paragraph("roster-link-moves", &args));
        }
        if user.is_some() && !line.entry.active {
            message = message.with(self.paragraph("roster-link-inactive", &[]));
        }
        for user in losing {
            message = message.with(self.paragraph("roster-losing", &[person(user)]));
        }
        message
            .with(Block::Controls(vec![
                self.button(button, &Deed::Roster(deed.clone()), style),
                self.button("button-not-now", &Deed::Do(CommandId::RosterList), Style::Plain),
            ]))
            .with(self.fine("roster-preview-until", &[("until", self.when(*until))]))
    }

    fn roster_line_text(&self, line: &LineView<'_>) -> Text {
        let state = match line.account {
            Some(user) if line.state == LineState::Found => {
                self.text("roster-line-found", &[("person", Arg::Person(user.clone()))])
            }
            _ if line.state == LineState::Inactive => self.text("roster-line-inactive", &[]),
            _ => self.text("roster-line-not-yet", &[]),
        };
        self.text("roster-list-line", &[("line", Arg::Words(described(line))), ("state", Arg::Text(state))])
    }

    fn line_choices(&self, lines: &[LineView<'_>], limits: &Limits) -> Vec<Choice> {
        let choice = |line: &LineView<'_>| Choice {
            value: line.id.to_string(),
            label: shortened(&format!("{}, {}", described(line), clean(&line.entry.email)), limits.option_label),
        };
        lines.iter().take(limits.menu_options).map(choice).collect()
    }

    fn roster_menu(&self, label: &str, deed: &RosterDeed, options: Vec<Choice>) -> Control {
        let action = Deed::Roster(deed.clone()).action();
        Control::Menu { label: self.line(label, &[]), action, options, chosen: vec![], min: 1, max: 1 }
    }
}

fn number(count: usize) -> Arg {
    Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A name, or what stands for somebody who has none.
fn named(name: &str, instead: &str) -> String {
    let name = clean(name);
    if name.is_empty() { instead.to_owned() } else { name }
}

/// Name and library of a line.
fn described(line: &LineView<'_>) -> String {
    let (name, library) = (clean(&line.entry.name), clean(&line.entry.library_system));
    if library.is_empty() { name } else { format!("{name}, {library}") }
}
